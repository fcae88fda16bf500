"""XLSX: where the table starts, and what a spreadsheet turned into dates."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any, Final

from tests.corpus.generated.case import ACCEPTED, REJECTED, WARNED, Case
from tests.corpus.generated.sheet import months, neighbourhoods, quarters, years
from tests.corpus.generated.workbook_case import book_case
from tests.corpus.generated.writing import openpyxl_bytes, xlsxwriter_bytes

__all__ = ["cases"]

_NO_NUMBER: Final = "dates, booleans and error cells are no numbers"


def cases() -> Iterator[Case]:
    """Yield the cases."""
    yield from _where()
    yield from _dates()


def _where() -> Iterator[Case]:
    above = "rows above the header, blank rows and blank columns are skipped with a warning"
    for number, at in enumerate(((6, 2), (0, 3), (11, 0), (3, 25))):
        yield book_case(
            f"starts-{number}",
            f"the table starts at row {at[0] + 1}, column {at[1] + 1}",
            WARNED,
            6,
            above,
            months(),
            at=at,
        )
        yield book_case(
            f"starts-{number}-fault",
            f"the table starts at row {at[0] + 1}, column {at[1] + 1}, with a fault",
            REJECTED,
            6,
            "row numbers are the sheet's own",
            months().put(4, numerator="x1"),
            at=at,
            writer=openpyxl_bytes,
            rows=[4 + at[0]],
            columns=["numerator"],
        )
    yield book_case(
        "starts-too-low",
        "the header stands in row 13",
        REJECTED,
        6,
        "header_row: in the top header_search_rows rows",
        months(),
        at=(12, 0),
    )

    def table(_: Any, worksheet: Any) -> None:
        worksheet.add_table(
            4, 3, 10, 13, {"columns": [{"header": name} for name in months().columns], "autofilter": True}
        )

    yield book_case("table-object", "an Excel table at D5", WARNED, 6, above, months(), at=(4, 3), tweak=table)
    sheet = months().end("Total", "", "", 2052, 2443)
    yield book_case(
        "table-total",
        "an Excel table at D5 with a total row",
        REJECTED,
        6,
        "rows with numbers that belong to no known place",
        sheet,
        at=(4, 3),
        tweak=table,
        rows=[12],
    )
    yield book_case(
        "far-note",
        "a word in row 20,000 under the first heading",
        WARNED,
        6,
        "text-only rows and blank rows are skipped with a warning",
        months(),
        tweak=lambda _, worksheet: worksheet.write_string(19_999, 0, "end"),
        max_seconds=20,
    )
    yield book_case(
        "far-number",
        "a number in row 20,000 under numerator",
        REJECTED,
        6,
        "numbers that belong to no known place",
        months(),
        tweak=lambda _, worksheet: worksheet.write_number(19_999, 3, 12),
        rows=[20_000],
        max_seconds=20,
    )
    yield book_case(
        "far-corner",
        "a number in the very last cell of the sheet",
        REJECTED,
        11,
        "above max_rows and max_columns",
        months(),
        tweak=lambda _, worksheet: worksheet.write_number(1_048_575, 16_383, 12),
        max_seconds=20,
    )

    def formats(workbook: Any, worksheet: Any) -> None:
        shade = workbook.add_format({"bg_color": "#ffff00"})
        for row in range(8, 300):
            worksheet.write_blank(row, 20, None, shade)

    yield book_case(
        "empty-formats",
        "coloured empty cells below and to the right",
        ACCEPTED,
        6,
        "empty cells carry nothing",
        months(),
        tweak=formats,
        also_ok=[WARNED],
    )


def _dates() -> Iterator[Case]:
    listed = "typed date on the first or last day of a month"
    for name, day, must_be in (
        ("first", date(2025, 4, 1), WARNED),
        ("last", date(2025, 4, 30), WARNED),
        ("midnight", datetime(2025, 4, 1), WARNED),
        ("middle", date(2025, 4, 15), REJECTED),
        ("noon", datetime(2025, 4, 1, 12), REJECTED),
        ("second-past", datetime(2025, 4, 1, 0, 0, 1), REJECTED),
        ("turned-us", date(2025, 1, 4), REJECTED),
    ):
        for writer in (xlsxwriter_bytes, openpyxl_bytes):
            yield book_case(
                f"date-{name}-{writer.__name__[:4]}",
                f"a date cell of {day}",
                must_be,
                3,
                listed,
                months().put(3, period=day),
                writer=writer,
                rows=[3],
                columns=["period"],
            )
    sheet = months()
    for row in sheet.rows():
        sheet.put(row, period=date(2025, int(str(sheet.lines[row - 1][2])[5:]), 1))
    yield book_case(
        "date-1904",
        "dates counted from 1904",
        WARNED,
        3,
        listed,
        sheet,
        rows=range(2, 8),
        columns=["period"],
        options={"date_1904": True},
    )
    yield book_case(
        "date-all", "every period a date cell", WARNED, 3, listed, sheet, rows=range(2, 8), columns=["period"]
    )
    for column in ("numerator", "denominator", "value", "age_band", "deprivation_decile", "place_code", "sex"):
        yield book_case(
            f"date-in-{column}",
            f"a date cell in {column}",
            REJECTED,
            4 if column in {"age_band", "place_code", "sex"} else 2,
            _NO_NUMBER,
            months().put(3, **{column: date(2025, 10, 1)}),
            rows=[3],
            columns=[column],
        )
    yield book_case(
        "date-for-quarter",
        "a date cell for a quarter",
        REJECTED,
        2,
        "typed date: for months only",
        quarters().put(3, period=date(2025, 4, 1)),
        rows=[3],
        columns=["period"],
    )
    yield book_case(
        "date-for-year",
        "a date cell for a year",
        REJECTED,
        2,
        "typed date: for months only",
        years().put(3, period=date(2024, 4, 1)),
        rows=[3],
        columns=["period"],
        partner="SHIRE-Q",
    )
    yield book_case(
        "date-for-neighbourhood",
        "SEP2 turned into a date",
        REJECTED,
        4,
        "no turning back of what a spreadsheet did",
        neighbourhoods().put(5, place_code=date(2025, 9, 2)),
        rows=[5],
        columns=["place_code"],
        partner="SURGERIES-R",
    )
    for number, bare in enumerate((45748, 202504, 2025, 2025.04)):
        yield book_case(
            f"period-number-{number}",
            f"{bare} as a typed number",
            REJECTED,
            2,
            "a bare number is not a period",
            months().put(3, period=bare),
            rows=[3],
            columns=["period"],
        )
