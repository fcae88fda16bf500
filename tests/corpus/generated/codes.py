"""Rule 4: strict on identity, for indicators, places and breakdowns."""

from collections.abc import Iterator
from typing import Final

from tests.corpus.generated.case import ACCEPTED, REJECTED, WARNED, Case, made
from tests.corpus.generated.sheet import counts, months, neighbourhoods, quarters, years

__all__ = ["cases"]

_TRIM: Final = "codes match after trimming and folding of ASCII letters only (said as a warning)"
_STRICT: Final = "strict on identity: a hint instead"


def cases() -> Iterator[Case]:
    """Yield the cases."""
    for name, before, after in (
        ("space", " ", "  "), ("no-break", "\u00a0", "\u00a0"), ("narrow-no-break", "", "\u202f"),
        ("zero-width-space", "\u200b", ""), ("zero-width-joiner", "", "\u200d"),
        ("zero-width-non-joiner", "\u200c", ""), ("byte-order-mark", "\ufeff", "\ufeff"), ("tab", "\t", ""),
        ("word-joiner", "", "\u2060"), ("ideographic", "\u3000", ""), ("several", " \u00a0\u200b", "\u200b \t"),
    ):  # fmt: skip
        sheet = months().put(3, place_code=f"{before}W06000082{after}")
        yield made(
            f"code-trim-place-{name}",
            f"{name} around a place",
            WARNED,
            4,
            _TRIM,
            sheet,
            rows=[3],
            columns=["place_code"],
        )
        sheet = months().put(4, indicator_id=f"{before}tdv-1{after}")
        yield made(
            f"code-trim-indicator-{name}",
            f"{name} around an indicator",
            WARNED,
            4,
            _TRIM,
            sheet,
            rows=[4],
            columns=["indicator_id"],
        )
    yield made(
        "code-fold-indicator",
        "TDV-1",
        WARNED,
        4,
        _TRIM,
        months().put(3, indicator_id="TDV-1"),
        rows=[3],
        columns=["indicator_id"],
    )
    yield made(
        "code-fold-place",
        "w06000082",
        WARNED,
        4,
        _TRIM,
        months().put(3, place_code="w06000082"),
        rows=[3],
        columns=["place_code"],
    )
    yield made(
        "code-fold-neighbourhood",
        "3e02 and sep2",
        WARNED,
        4,
        _TRIM,
        neighbourhoods().put(4, place_code="3e02").put(5, place_code="sep2"),
        rows=[4, 5],
        columns=["place_code"],
        partner="SURGERIES-R",
    )
    for number, written in enumerate((
        "W06 000082", "W0600 0082", "W06-000082", "W06000082.", "W06000082;", "'W06000082", "W6000082", "W006000082",
        "W0600082", "W06000O82", "\u051c06000082", "\uff37\uff10\uff16\uff10\uff10\uff10\uff10\uff18\uff12",
        "W\u0660\u0666000082", "Southvale", "southvale", "W06000082 Southvale", "Southvale (W06000082)",
        "W06000081/W06000082", "W06000082, W06000083", "82", "06000082", "W06\u200b000082", "W06000082\u0301",
        "=W06000082", "W06000088", "E06000082", "W92000009", "W12000008", "W54000077", "0007", "",
    )):  # fmt: skip
        sheet = months().put(3, place_code=written)
        yield made(
            f"code-place-{number:02d}",
            f"place {written!r} for W06000082",
            REJECTED,
            4,
            _STRICT,
            sheet,
            rows=[3],
            columns=["place_code"],
        )
    for number, written in enumerate((
        "tdv1", "tdv 1", "tdv_1", "tdv\u20131", "tdv\u20111", "tdv-01", "tdv-1.0", "tdv-1;", "tdv", "tdv-l", "tdv-I",
        "\u0442dv-1", "tdv-\u00b9", "tdv-\uff11", "Seen at home within two days", "tdv-1 Seen at home", "tdv-9",
        "TDV-1-A", "",
    )):  # fmt: skip
        sheet = months().put(3, indicator_id=written)
        yield made(
            f"code-indicator-{number:02d}",
            f"indicator {written!r} for tdv-1",
            REJECTED,
            4,
            _STRICT,
            sheet,
            rows=[3],
            columns=["indicator_id"],
        )
    sheet = counts().put(2, indicator_id="ln\u212a-7")
    yield made(
        "code-kelvin-sign",
        "lnK-7 with the Kelvin sign, which lower-cases to k",
        REJECTED,
        4,
        "folding of ASCII letters only",
        sheet,
        rows=[2],
        columns=["indicator_id"],
        partner="LINKS-S",
    )
    sheet = neighbourhoods().put(5, place_code="\u017fEP2")
    yield made(
        "code-long-s",
        "SEP2 with a long s, which upper-cases to S",
        REJECTED,
        4,
        "folding of ASCII letters only",
        sheet,
        rows=[5],
        columns=["place_code"],
        partner="SURGERIES-R",
    )
    for number, (row, written) in enumerate((
        (2, "7"), (2, "07"), (2, "007"), (2, "00007"), (2, "0007.0"), (2, "7.00E+00"), (2, "70"), (3, "70"),
        (3, "00070"), (4, "300"), (4, "3.00E+02"), (4, "300.0"), (4, "3E2"), (4, "3E+02"), (5, "02-Sep"),
        (5, "Sep-02"), (5, "2-Sep"), (5, "2025-09-02"), (5, "Sept2"), (5, "Quayside"), (2, "W06000081"),
        (2, "0007, 0070"),
    )):  # fmt: skip
        sheet = neighbourhoods().put(row, place_code=written)
        yield made(
            f"code-neighbourhood-{number:02d}",
            f"{written!r} for a neighbourhood",
            REJECTED,
            4,
            "no padding of zeros, no turning back of what a spreadsheet did",
            sheet,
            rows=[row],
            columns=["place_code"],
            partner="SURGERIES-R",
        )
    yield from _times()
    yield from _breakdowns()


def _times() -> Iterator[Case]:
    lived = "a place counts only for periods in which it existed"
    sheet = months(("2024-03",))
    yield made(
        "code-before-its-first-day",
        "Midvale (from April 2024) in March 2024",
        REJECTED,
        4,
        lived,
        sheet,
        rows=[4],
        columns=["place_code"],
    )
    yield made("code-from-its-first-day", "Midvale in April 2024", ACCEPTED, 4, lived, months(("2024-04",)))
    yield made(
        "code-quarter-before",
        "Midvale in the last quarter before it began",
        REJECTED,
        4,
        lived,
        quarters(periods=("2023/24 Q4",)),
        rows=[4],
        columns=["place_code"],
    )
    yield made(
        "code-quarter-from", "Midvale in its first quarter", ACCEPTED, 4, lived, quarters(periods=("2024/25 Q1",))
    )
    sheet = counts(("2024/25 Q4",)).add("lnk-7", "W06000087", "2024/25 Q4", 40, None)
    yield made("code-to-its-last-day", "Oldwold in its last quarter", ACCEPTED, 4, lived, sheet, partner="LINKS-S")
    sheet = counts().add("lnk-7", "W06000087", "2025/26 Q1", 40, None)
    yield made(
        "code-after-its-last-day",
        "Oldwold in the quarter after its end",
        REJECTED,
        4,
        lived,
        sheet,
        rows=[4],
        columns=["place_code"],
        partner="LINKS-S",
    )
    for period in ("2023-04", "2025-04"):
        for code in ("W07000181", "55K"):
            sheet = months((period,), ("W06000081", "W06000082")).add("tdv-1", code, period, 90, 120).forget(4)
            yield made(
                f"code-retired-{code.lower()}-{period}",
                f"the retired {code} in {period}",
                REJECTED,
                4,
                "no mapping of retired codes",
                sheet,
                rows=[4],
                columns=["place_code"],
            )


def _breakdowns() -> Iterator[Case]:
    for number, written in enumerate(("persons", "PERSON", "p", "Both", " Persons", "all")):
        known = written != "all"
        sheet = months().put(2, sex=written)
        yield made(
            f"code-sex-persons-{number}",
            f"sex {written!r}",
            WARNED if known else REJECTED,
            4,
            "lists: these spellings and no other",
            sheet,
            rows=[2],
            columns=["sex"],
        )
    for number, (written, must_be) in enumerate((
        ("Male", ACCEPTED), ("male", WARNED), ("M", WARNED), ("boys and men", WARNED), ("BOYS AND MEN ", WARNED),
        ("man", REJECTED), ("Males", REJECTED), ("1", REJECTED), ("\u043cale", REJECTED), ("M/F", REJECTED),
    )):  # fmt: skip
        sheet = months().add("tdv-1", "W06000081", "2025-04", 100, 130, sex=written)
        if must_be == REJECTED:
            sheet.forget(8)
        yield made(
            f"code-sex-male-{number}",
            f"sex {written!r}",
            must_be,
            4,
            "lists: these spellings and no other",
            sheet,
            rows=[] if must_be == ACCEPTED else [8],
            columns=[] if must_be == ACCEPTED else ["sex"],
        )
    for number, (written, must_be) in enumerate((
        ("18-64", ACCEPTED), (" 18-64", WARNED), ("75+", ACCEPTED), ("18\u201364", REJECTED), ("18 - 64", REJECTED),
        ("18 to 64", REJECTED), ("18_64", REJECTED), ("Oct-17", REJECTED), ("75 +", REJECTED),
        ("75 and over", REJECTED), (">75", REJECTED), ("65+", REJECTED), ("0-18", REJECTED), ("17-Oct", REJECTED),
    )):  # fmt: skip
        sheet = months().add("tdv-1", "W06000081", "2025-04", 100, 130, age_band=written)
        if must_be == REJECTED:
            sheet.forget(8)
        yield made(
            f"code-age-{number:02d}",
            f"age band {written!r}",
            must_be,
            4,
            "lists: these spellings and no other",
            sheet,
            rows=[] if must_be == ACCEPTED else [8],
            columns=[] if must_be == ACCEPTED else ["age_band"],
        )
    for number, written in enumerate(("all ages", "ALL AGES", "All ages ")):
        yield made(
            f"code-age-all-{number}",
            f"age band {written!r}",
            WARNED,
            4,
            "lists, folding",
            months().put(2, age_band=written),
            rows=[2],
            columns=["age_band"],
        )
    sheet = years().put(2, sex="Persons").put(3, age_band="All ages")
    yield made(
        "code-wholes-spelled-out",
        "Persons and All ages as the list has them",
        ACCEPTED,
        4,
        "lists",
        sheet,
        partner="SHIRE-Q",
    )
