"""Rule 5: markers, and figures that are not given."""

from collections.abc import Iterator
from typing import Final

from tests.corpus.generated.case import ACCEPTED, REJECTED, WARNED, Case, made
from tests.corpus.generated.sheet import (
    Sheet,
    counts,
    months,
    split_by_sex,
    years,
)

__all__ = ["markers", "missing"]

_MARKED: Final = "a marker never becomes a number; stored without one, said as a warning"


_NO_MARKER: Final = "neither a number nor a marker of the framework"


def markers() -> Iterator[Case]:
    """Yield the cases of markers."""
    for number, (written, status) in enumerate((
        ("*", "suppressed"), ("c", "suppressed"), ("C", "suppressed"), ("[c]", "suppressed"), ("[C]", "suppressed"),
        ("<7", "suppressed"), (" <7 ", "suppressed"), ("..", "not_available"), ("x", "not_available"),
        ("X", "not_available"), (":", "not_available"), ("z", "not_applicable"), ("[Z]", "not_applicable"),
    )):  # fmt: skip
        sheet = months().put(3, numerator=written).mean(3, numerator=None, status=status)
        yield made(
            f"mark-numerator-{number:02d}",
            f"numerator {written!r}",
            WARNED,
            5,
            _MARKED,
            sheet,
            rows=[3],
            columns=["numerator"],
        )
    for number, (written, status) in enumerate(
        (("*", "suppressed"), ("..", "not_available"), ("z", "not_applicable"), ("[C] ", "suppressed"))
    ):
        sheet = months().put(3, denominator=written).mean(3, denominator=None, status=status)
        yield made(
            f"mark-denominator-{number}",
            f"denominator {written!r}",
            WARNED,
            5,
            _MARKED,
            sheet,
            rows=[3],
            columns=["denominator"],
        )
        sheet = (
            months()
            .put(3, numerator=written, denominator=written)
            .mean(3, numerator=None, denominator=None, status=status)
        )
        yield made(
            f"mark-both-{number}",
            f"both {written!r}",
            WARNED,
            5,
            _MARKED,
            sheet,
            rows=[3],
            columns=["numerator", "denominator"],
        )
        sheet = months().put(3, value=written)
        yield made(
            f"mark-value-alone-{number}",
            f"value {written!r} beside two numbers",
            WARNED,
            5,
            "a marker in value alone means not given (warning)",
            sheet,
            rows=[3],
            columns=["value"],
        )
    sheet = (
        months()
        .put(3, numerator="..", denominator="*")
        .mean(3, numerator=None, denominator=None, status="not_available")
    )
    yield made(
        "mark-two-kinds",
        "not available over suppressed: the numerator's decides",
        WARNED,
        5,
        "the row's status is the numerator's marker, else the denominator's",
        sheet,
        rows=[3],
        columns=["numerator", "denominator"],
    )
    sheet = counts().put(2, numerator="<7").mean(2, numerator=None, status="suppressed")
    yield made(
        "mark-count",
        "a count that is suppressed",
        WARNED,
        5,
        _MARKED,
        sheet,
        rows=[2],
        columns=["numerator"],
        partner="LINKS-S",
    )
    for number, written in enumerate((
        "<5", "<8", "<6", "< 7", "<07", "<=7", "\u22647", ">7", "<70", "**", "*7", "7*", "[c", "c]", "(c)", "[ c ]",
        "[d]", "[u]", "[x]", "u", "...", "\u2026", "::", ";", "-", "\u2013", "\u2014", "--", ".", "n/a", "N/A",
        "NULL", "null", "nan", "None", "#N/A", "#DIV/0!", "#VALUE!", "nil", "0*", "suppressed", "missing", "?",
        "TBC", "not yet", "zz", "\u2217", "\u0441",
    )):  # fmt: skip
        sheet = months().put(3, numerator=written)
        yield made(
            f"mark-no-{number:02d}",
            f"numerator {written!r}",
            REJECTED,
            5,
            _NO_MARKER,
            sheet,
            rows=[3],
            columns=["numerator"],
        )
    for number, written in enumerate(("<5", "-", "n/a", "NULL", "[x]", "\u2026", "#N/A")):
        sheet = months().put(3, denominator=written)
        yield made(
            f"mark-no-denominator-{number}",
            f"denominator {written!r}",
            REJECTED,
            5,
            _NO_MARKER,
            sheet,
            rows=[3],
            columns=["denominator"],
        )
    for column in ("place_code", "period", "sex", "age_band", "deprivation_decile"):
        sheet = months().put(3, **{column: "[c]"})
        yield made(
            f"mark-in-{column}",
            f"a marker in {column}",
            REJECTED,
            5,
            "markers stand in numerator, denominator and value",
            sheet,
            rows=[3],
            columns=[column],
        )
    sheet = months().put(3, comment="*", value_note="x")
    yield made(
        "mark-in-text",
        "markers in the text columns are text",
        ACCEPTED,
        10,
        "text is data",
        sheet,
        text_check={"row": 3, "comment": "*", "value_note": "x"},
        also_ok=[WARNED],
    )
    yield from _given_away()


def _given_away() -> Iterator[Case]:
    gives = "a suppressed figure that a total with its other part gives away is a warning"
    sheet = split_by_sex((312, 390), (None, 190), (162, 200), status="suppressed")
    yield made(
        "mark-sex-gives-away",
        "one sex suppressed beside total and the other sex",
        WARNED,
        5,
        gives,
        sheet,
        rows=[3],
        columns=["numerator"],
    )
    sheet = split_by_sex((312, 390), (None, 190), (None, 200), status="suppressed")
    yield made(
        "mark-both-sexes", "both sexes suppressed", WARNED, 5, _MARKED, sheet, rows=[3, 4], columns=["numerator"]
    )
    sheet = split_by_sex((None, 390), (150, 190), (162, 200), status="suppressed")
    yield made(
        "mark-whole-given-away",
        "the total suppressed, both its parts there",
        WARNED,
        5,
        gives,
        sheet,
        rows=[2],
        columns=["numerator"],
    )
    sheet = Sheet().add("tdv-1", "W06000081", "2025-04", 312, 390)
    for band, numerator, denominator in (("0-17", 90, 100), ("18-64", None, 110), ("65-74", 62, 80), ("75+", 70, 100)):
        sheet.add("tdv-1", "W06000081", "2025-04", "*" if numerator is None else numerator, denominator, age_band=band)
    sheet.mean(4, numerator=None, status="suppressed")
    yield made(
        "mark-age-gives-away",
        "one age band suppressed beside total and the other bands",
        WARNED,
        5,
        gives,
        sheet,
        rows=[4],
        columns=["numerator"],
    )


def missing() -> Iterator[Case]:
    """Yield the cases of what is not given."""
    for column in ("indicator_id", "place_code", "period", "numerator", "denominator"):
        for name, written in (
            ("empty", ""),
            ("spaces", "  "),
            ("no-break", "\u00a0"),
            ("null", "NULL"),
            ("n-a", "N/A"),
        ):
            sheet = months().put(4, **{column: written})
            yield made(
                f"miss-{column}-{name}",
                f"{column} {written!r}",
                REJECTED,
                5,
                "blank, NULL and N/A in a required column are rejected",
                sheet,
                rows=[4],
                columns=[column],
            )
    for column in ("value", "sex", "age_band", "deprivation_decile", "value_note", "comment"):
        for number, written in enumerate(("NULL", "null", "N/A", "na", "None", "-", " - ")):
            sheet = months().put(4, **{column: written})
            yield made(
                f"miss-optional-{column}-{number}",
                f"{column} {written!r}",
                WARNED,
                5,
                "in optional columns they mean not given (warning)",
                sheet,
                rows=[4],
                columns=[column],
            )
    for number, written in enumerate(("NULL", "N/A", "-", "None")):
        sheet = counts().put(2, denominator=written)
        yield made(
            f"miss-count-denominator-{number}",
            f"denominator {written!r} of a count",
            WARNED,
            5,
            "null_words: in the denominator of a count they are read as not given (warning)",
            sheet,
            rows=[2],
            columns=["denominator"],
            partner="LINKS-S",
        )
    for number, written in enumerate(("\u2013", "nil", "nan", "n.a.")):
        sheet = months().put(4, sex=written)
        yield made(
            f"miss-not-a-word-{number}",
            f"sex {written!r}",
            REJECTED,
            4,
            "no null word and no spelling of the list",
            sheet,
            rows=[4],
            columns=["sex"],
        )
    for number, written in enumerate(("\u200b", " ", "\u00a0\u00a0")):
        sheet = months().put(4, sex=written, age_band=written, deprivation_decile=written, value=written)
        yield made(
            f"miss-invisible-{number}",
            f"optional columns hold {written!r}",
            ACCEPTED,
            5,
            "blank in an optional column means not given",
            sheet,
            also_ok=[WARNED],
        )
    sheet = months().put(2, numerator="").put(3, denominator="").put(6, period="", place_code="")
    yield made(
        "miss-several",
        "four blanks in three rows",
        REJECTED,
        1,
        "every fault is listed",
        sheet,
        rows=[2, 3, 6],
        columns=["numerator", "denominator", "period", "place_code"],
    )
    sheet = years(("2023/24",)).add("bed-6", "W06000084", "2023/24", 3, None).put(2, denominator="")
    yield made(
        "miss-proportion-denominator",
        "the proportion's denominator is empty, the count's may be",
        REJECTED,
        5,
        "blank in a required number",
        sheet,
        rows=[2],
        columns=["denominator"],
        partner="SHIRE-Q",
    )
