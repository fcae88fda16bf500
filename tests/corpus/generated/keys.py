"""Rules 4, 8 and 9: repeated keys, who may send what, and places that are not there."""

from collections.abc import Iterator
from typing import Final

from tests.corpus.generated.case import ACCEPTED, REJECTED, WARNED, Case, made
from tests.corpus.generated.sheet import (
    Sheet,
    counts,
    months,
    neighbourhoods,
    quarters,
    without_row,
)

__all__ = ["completeness", "duplicates", "entitlement"]

PLACE_FAR: Final = ("W06000081", "W06000082", "W06000083")


FIGURES_FAR: Final = ((312, 390), (447, 522), (271, 318))


def duplicates() -> Iterator[Case]:
    """Yield the cases of repeated keys."""
    once = "exact duplicates count once (the first stays; warning), after normalising keys"
    conflict = "conflicting duplicates are rejected, after normalising keys"
    for name, cells in (
        ("as-it-is", {}),
        ("code-folded", {"place_code": " w06000082"}),
        ("indicator-folded", {"indicator_id": "TDV-1"}),
        ("period-spelled", {"period": "Apr-25"}),
        ("sex-spelled", {"sex": "Persons"}),
        ("age-spelled", {"age_band": "All ages"}),
        ("number-spelled", {"numerator": "447.0", "denominator": " 522"}),
        (
            "everything",
            {
                "indicator_id": "TdV-1 ",
                "place_code": "w06000082\u00a0",
                "period": "01/04/2025",
                "sex": "p",
                "numerator": "+447",
            },
        ),
    ):
        yield made(
            f"dup-exact-{name}",
            f"row 3 again in row 8: {name}",
            WARNED,
            8,
            once,
            months().again(3, **cells),
            rows=[3, 8],
        )
        yield made(
            f"dup-conflict-{name}",
            f"row 3 again in row 8, another denominator: {name}",
            REJECTED,
            8,
            conflict,
            months().again(3, **{**cells, "denominator": 523}),
            rows=[3, 8],
        )
    yield made("dup-three-times", "row 3 three times", WARNED, 8, once, months().again(3).again(3), rows=[3, 8, 9])
    yield made(
        "dup-two-agree-one-not",
        "row 3 three times, the last with another number",
        REJECTED,
        8,
        conflict,
        months().again(3).again(3, numerator=446),
        rows=[3, 8, 9],
    )
    yield made(
        "dup-marker",
        "row 3 again with a marker",
        REJECTED,
        8,
        "marker against number too",
        months().again(3, numerator="*"),
        rows=[3, 8],
    )
    sheet = months().put(3, numerator="*").mean(3, numerator=None, status="suppressed")
    yield made("dup-marker-twice", "the same marker twice", WARNED, 8, once, sheet.copy().again(3), rows=[3, 8])
    yield made(
        "dup-two-kinds-of-marker",
        "suppressed and not available for one key",
        REJECTED,
        8,
        conflict,
        sheet.copy().again(3, numerator=".."),
        rows=[3, 8],
    )
    yield made(
        "dup-not-the-same-key",
        "another sex, another band, another decile: no duplicates",
        ACCEPTED,
        8,
        "the key has six parts",
        months()
        .add("tdv-1", "W06000082", "2025-04", 200, 240, sex="Male")
        .add("tdv-1", "W06000082", "2025-04", 100, 120, age_band="75+")
        .add("tdv-1", "W06000082", "2025-04", 40, 50, deprivation_decile=3)
        .add("tdv-1", "W06000082", "2025-04", 40, 50, deprivation_decile=4),
    )
    yield made(
        "dup-decile-spelled",
        "decile 3 and 3.0",
        REJECTED,
        8,
        conflict,
        months()
        .add("tdv-1", "W06000082", "2025-04", 40, 50, deprivation_decile=3)
        .again(8, deprivation_decile="3.0", numerator=41),
        rows=[8, 9],
    )
    yield made("dup-whole-file-twice", "every row twice", WARNED, 8, once, _twice(), rows=range(2, 14))
    far = months()
    for number in range(4000):
        far.insert(8, "tdv-1", PLACE_FAR[number % 3], "2025-04", *FIGURES_FAR[number % 3], *[""] * 6)
    far.again(3, numerator=440)
    yield made(
        "dup-far-apart", "4,000 exact repeats of the April rows, and one that conflicts", REJECTED, 8, conflict, far
    )


def _twice() -> Sheet:
    sheet = months()
    for row in range(2, 8):
        sheet.again(row)
    return sheet


def entitlement() -> Iterator[Case]:
    """Yield the cases of who may send what."""
    right = "a partner sends its own indicators for its own places"
    for indicator in ("rea-5", "bed-6", "lnk-7", "cpl-8", "scr-9"):
        sheet = months().end(indicator, "W06000081", "2025-04", 4, 9)
        yield made(
            f"ent-indicator-{indicator}",
            f"INFIRMARY-P sends {indicator}",
            REJECTED,
            4,
            right,
            sheet,
            rows=[8],
            columns=["indicator_id"],
        )
    for place in ("W06000084", "W06000085", "W06000087"):
        sheet = months().end("tdv-1", place, "2024-04", 4, 9)
        yield made(
            f"ent-place-{place}",
            f"{place} is outside the footprint",
            REJECTED,
            4,
            right,
            sheet,
            rows=[8],
            columns=["place_code"],
        )
    yield made(
        "ent-whole-file-of-another",
        "the clean return of INFIRMARY-P, sent by SHIRE-Q",
        REJECTED,
        4,
        right,
        months(),
        rows=range(2, 8),
        columns=["indicator_id"],
        partner="SHIRE-Q",
    )
    sheet = counts().end("lnk-7", "W06000082", "2025/26 Q1", 31)
    yield made(
        "ent-links-place",
        "LINKS-S sends a place of INFIRMARY-P only",
        REJECTED,
        4,
        right,
        sheet,
        rows=[4],
        columns=["place_code"],
        partner="LINKS-S",
    )
    yield made(
        "ent-shared-place", "LINKS-S and INFIRMARY-P share Northvale", ACCEPTED, 4, right, counts(), partner="LINKS-S"
    )
    sheet = neighbourhoods().put(2, place_code="W06000081")
    yield made(
        "ent-level",
        "a place in a return by neighbourhood",
        REJECTED,
        4,
        right,
        sheet,
        rows=[2],
        columns=["place_code"],
        partner="SURGERIES-R",
    )


def completeness() -> Iterator[Case]:
    """Yield the cases of places that are not there."""
    listed = "missing places are a warning that lists them"

    def lacks(place: str, period: str = "2025-04", indicator: str = "tdv-1") -> dict[str, str]:
        return {"indicator_id": indicator, "place_code": place, "period": period}

    for place in ("W06000081", "W06000082", "W06000083"):
        others = [one for one in ("W06000081", "W06000082", "W06000083") if one != place]
        yield made(
            f"cmp-without-{place[-2:]}",
            f"{place} is not there",
            WARNED,
            9,
            listed,
            months(("2025-04",), others),
            missing=[lacks(place)],
        )
    yield made(
        "cmp-one-of-three",
        "one place of three",
        WARNED,
        9,
        listed,
        months(("2025-04",), ("W06000082",)),
        missing=[lacks("W06000081"), lacks("W06000083")],
    )
    yield made(
        "cmp-other-month",
        "a place is there in one month of two",
        WARNED,
        9,
        listed,
        without_row(months(), 6),
        missing=[lacks("W06000082", "2025-05")],
    )
    sheet = months()
    sheet.lines += quarters().lines[1:3]
    sheet.meanings += quarters().meanings[1:3]
    yield made(
        "cmp-second-indicator",
        "the second indicator lacks a place",
        WARNED,
        9,
        listed,
        sheet,
        missing=[lacks("W06000083", "2025/26 Q1", "con-4")],
    )
    yield made(
        "cmp-not-begun",
        "Midvale did not exist in 2023-05",
        ACCEPTED,
        9,
        "every place that existed then",
        months(("2023-05",), ("W06000081", "W06000082")),
    )
    yield made(
        "cmp-ended",
        "Oldwold did not exist in 2025/26",
        ACCEPTED,
        9,
        "every place that existed then",
        counts(),
        partner="LINKS-S",
    )
    yield made(
        "cmp-still-there",
        "Oldwold existed in 2024/25 Q4",
        WARNED,
        9,
        listed,
        counts(("2024/25 Q4",)),
        missing=[lacks("W06000087", "2024/25 Q4", "lnk-7")],
        partner="LINKS-S",
    )
    sheet = months(("2025-04",))
    yield made(
        "cmp-any-row-counts",
        "one place sends only one sex",
        ACCEPTED,
        9,
        "completeness: any row counts, whatever its breakdown",
        sheet.put(3, sex="Female"),
    )
    yield made(
        "cmp-neighbourhood",
        "a neighbourhood is not there",
        WARNED,
        9,
        listed,
        without_row(neighbourhoods(), 4),
        missing=[lacks("3E02", "2024/25", "cpl-8")],
        partner="SURGERIES-R",
    )
    yield made(
        "cmp-rejected-too",
        "a place is missing and a number is wrong",
        REJECTED,
        1,
        "any error rejects",
        months(("2025-04",), ("W06000081", "W06000082")).put(2, numerator="x9"),
        rows=[2],
        columns=["numerator"],
    )
