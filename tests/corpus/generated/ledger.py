"""Rule 8: what the ledger already holds of the same partner."""

from collections.abc import Iterator
from typing import Any

from tests.corpus.generated.case import ACCEPTED, REJECTED, WARNED, Case, made
from tests.corpus.generated.sheet import Sheet, counts, months
from tests.corpus.generated.writing import xlsxwriter_bytes

__all__ = ["cases"]


def cases() -> Iterator[Case]:
    """Yield the cases with an earlier submission."""
    revision = "a different number or marker for a key already in the ledger is a revision (warning; both kept)"
    same = "an identical file adds nothing"

    def after(
        case_id: str,
        what: str,
        must_be: str,
        why: str,
        sheet: Sheet,
        new: int,
        prior: Sheet | None = None,
        partner: str = "INFIRMARY-P",
        **more: Any,
    ) -> Case:
        return made(
            f"led-{case_id}",
            what,
            must_be,
            8,
            why,
            sheet,
            prior=prior or months(),
            partner=partner,
            new_observations=new,
            **more,
        )

    yield after(
        "numerator",
        "a numerator corrected",
        WARNED,
        revision,
        months().put(3, numerator=449).mean(3, numerator=449),
        1,
        rows=[3],
        columns=["numerator"],
    )
    yield after(
        "denominator",
        "a denominator corrected",
        WARNED,
        revision,
        months().put(3, denominator=520).mean(3, denominator=520),
        1,
        rows=[3],
        columns=["denominator"],
    )
    yield after(
        "both",
        "both corrected",
        WARNED,
        revision,
        months().put(3, numerator=449, denominator=525).mean(3, numerator=449, denominator=525),
        1,
        rows=[3],
    )
    yield after(
        "three",
        "three corrected",
        WARNED,
        revision,
        months()
        .put(2, numerator=310)
        .mean(2, numerator=310)
        .put(4, denominator=320)
        .mean(4, denominator=320)
        .put(7, numerator=262)
        .mean(7, numerator=262),
        3,
        rows=[2, 4, 7],
    )
    yield after(
        "number-to-marker",
        "a number became a marker",
        WARNED,
        revision,
        months().put(3, numerator="*").mean(3, numerator=None, status="suppressed"),
        1,
        rows=[3],
        columns=["numerator"],
    )
    marked = months().put(3, numerator="*").mean(3, numerator=None, status="suppressed")
    yield after(
        "marker-to-number",
        "a marker became a number",
        WARNED,
        revision,
        months(),
        1,
        prior=marked,
        rows=[3],
        columns=["numerator"],
    )
    yield after(
        "marker-same",
        "the same marker again",
        WARNED,
        same + " (the marker itself is a warning)",
        marked,
        0,
        prior=marked,
    )
    other = months().put(3, numerator="..").mean(3, numerator=None, status="not_available")
    yield after("marker-other", "suppressed became not available", WARNED, revision, other, 1, prior=marked, rows=[3])
    yield after("identical", "the same file again", ACCEPTED, same, months(), 0, also_ok=[WARNED])
    turned = months()
    turned.lines = [turned.lines[0], *turned.lines[:0:-1]]
    turned.meanings = [None, *turned.meanings[:0:-1]]
    yield after(
        "other-order",
        "the same rows in another order",
        ACCEPTED,
        "the same figures add nothing",
        turned,
        0,
        also_ok=[WARNED],
    )
    loose = months().put(3, numerator="447.0", place_code="w06000082", period="Apr-25")
    yield after(
        "other-form", "the same figures in other forms", WARNED, "the same figures add nothing", loose, 0, rows=[3]
    )
    yield after(
        "other-file-kind",
        "the same figures as a workbook",
        ACCEPTED,
        "the same figures add nothing",
        months(),
        0,
        content=xlsxwriter_bytes(months()),
        suffix="xlsx",
        also_ok=[WARNED],
    )
    yield after(
        "new-month",
        "a new month beside the old ones",
        ACCEPTED,
        "new keys",
        months(("2025-04", "2025-05", "2025-06")),
        3,
        also_ok=[WARNED],
    )
    yield after(
        "new-month-only",
        "a new month alone",
        ACCEPTED,
        "absence never deletes",
        months(("2025-06",)),
        3,
        also_ok=[WARNED],
    )
    yield after(
        "new-month-and-correction",
        "a new month and a correction",
        WARNED,
        revision,
        months(("2025-04", "2025-05", "2025-06")).put(2, numerator=313).mean(2, numerator=313),
        4,
        rows=[2],
    )
    lacking = months(("2025-04",)).put(2, comment="")
    lacking.lines.pop()
    lacking.meanings.pop()
    yield after(
        "vanished",
        "a row is absent now",
        WARNED,
        "absence never deletes",
        lacking,
        0,
        missing=[{"indicator_id": "tdv-1", "place_code": "W06000083", "period": "2025-04"}],
    )
    yield after(
        "rejected-correction",
        "a correction beside a fault",
        REJECTED,
        "all or nothing",
        months().put(2, numerator=311).put(3, numerator="4a"),
        0,
        rows=[3],
        columns=["numerator"],
    )
    yield after(
        "breakdown-added",
        "a breakdown added",
        ACCEPTED,
        "new keys",
        months().add("tdv-1", "W06000082", "2025-04", 200, 240, sex="Male"),
        1,
        also_ok=[WARNED],
    )
    split = months().put(3, sex="Persons")
    yield after(
        "whole-spelled-out",
        "Persons spelled out where it was empty",
        ACCEPTED,
        "the same key",
        split,
        0,
        also_ok=[WARNED],
    )
    yield after(
        "duplicate-of-correction",
        "a correction, twice",
        WARNED,
        revision,
        months().put(3, numerator=449).mean(3, numerator=449).again(3),
        1,
        rows=[3, 8],
    )
    yield after(
        "count",
        "a count corrected",
        WARNED,
        revision,
        counts().put(2, numerator=120).mean(2, numerator=120),
        1,
        prior=counts(),
        partner="LINKS-S",
        rows=[2],
        columns=["numerator"],
    )
