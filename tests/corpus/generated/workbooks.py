"""XLSX: where the table starts, dates, numbers, errors, percent formats, formulas."""

from collections.abc import Iterator
from typing import Any, Final

from tests.corpus.generated.case import ACCEPTED, REJECTED, WARNED, Case
from tests.corpus.generated.sheet import ErrorCell, Formula, Percent, Sheet, months, neighbourhoods, quarters
from tests.corpus.generated.workbook_case import book_case
from tests.corpus.generated.writing import openpyxl_bytes, xlsxwriter_bytes

__all__ = ["cases"]

_NO_NUMBER: Final = "dates, booleans and error cells are no numbers"


_TYPED: Final = "a number typed as such is taken by value"


def cases() -> Iterator[Case]:
    """Yield the cases."""
    yield book_case("clean-one", "typed numbers, first writer", ACCEPTED, 3, _TYPED, months())
    yield book_case("clean-two", "typed numbers, second writer", ACCEPTED, 3, _TYPED, months(), writer=openpyxl_bytes)
    yield book_case(
        "clean-inline",
        "texts kept in the cells themselves",
        ACCEPTED,
        3,
        "plain",
        months(),
        options={"constant_memory": True},
    )
    yield from _numbers()
    yield from _formulas()


def _numbers() -> Iterator[Case]:
    yield book_case(
        "text-numbers",
        "every number a text",
        ACCEPTED,
        3,
        "text in an XLSX cell is read as in a CSV",
        _as_text(months()),
        also_ok=[WARNED],
    )
    yield book_case(
        "text-number-spaces",
        "a text with spaces",
        WARNED,
        3,
        "text in an XLSX cell is read as in a CSV",
        months().put(3, numerator=" 447 "),
        rows=[3],
        columns=["numerator"],
    )
    yield book_case(
        "text-number-groups",
        "a text with a comma",
        WARNED,
        3,
        "text in an XLSX cell is read as in a CSV",
        months().put(3, numerator="1,234", denominator=2345).mean(3, numerator=1234, denominator=2345),
        rows=[3],
        columns=["numerator"],
    )
    yield book_case(
        "text-number-scientific",
        "a text 4.47E+02",
        REJECTED,
        2,
        "text in an XLSX cell is read as in a CSV",
        months().put(3, numerator="4.47E+02"),
        rows=[3],
        columns=["numerator"],
    )
    for name, number in (
        ("half", 447.5),
        ("nearly", 447.0000000001),
        ("huge", 1e300),
        ("above", 5_000_001),
        ("minus", -447),
        ("tiny", 1e-300),
    ):
        yield book_case(
            f"typed-{name}",
            f"a typed {number}",
            REJECTED,
            2,
            _TYPED + "; whole for a count",
            months().put(3, numerator=number),
            rows=[3],
            columns=["numerator"],
        )
    yield book_case(
        "typed-at-limit",
        "a typed max_count",
        ACCEPTED,
        2,
        _TYPED,
        months().put(3, denominator=5_000_000).mean(3, denominator=5_000_000),
    )
    for column in ("numerator", "denominator", "value", "deprivation_decile"):
        yield book_case(
            f"boolean-{column}",
            f"TRUE in {column}",
            REJECTED,
            2,
            _NO_NUMBER,
            months().put(3, **{column: True}),
            rows=[3],
            columns=[column],
        )
    for number, error in enumerate(("#N/A", "#DIV/0!", "#REF!", "#VALUE!", "#NAME?", "#NUM!", "#NULL!")):
        for writer in (xlsxwriter_bytes, openpyxl_bytes):
            yield book_case(
                f"error-{number}-{writer.__name__[:4]}",
                f"{error} in numerator",
                REJECTED,
                2,
                _NO_NUMBER,
                months().put(3, numerator=ErrorCell(error)),
                writer=writer,
                rows=[3],
                columns=["numerator"],
            )
    for column in ("denominator", "value", "place_code", "period", "indicator_id", "sex"):
        yield book_case(
            f"error-in-{column}",
            f"#N/A in {column}",
            REJECTED,
            2,
            "an error cell is no missing value",
            months().put(3, **{column: ErrorCell("#N/A")}),
            rows=[3],
            columns=[column],
        )
    value = 447 / 522
    yield book_case(
        "percent-format",
        "0.8563… shown as 85.6%",
        WARNED,
        3,
        "percent_sign: sign or cell format, with warning",
        months().put(3, value=Percent(value)),
        rows=[3],
        columns=["value"],
    )
    yield book_case(
        "percent-format-short",
        "0.856 under a percent format",
        WARNED,
        3,
        "two fewer decimals under a percent format",
        months().put(3, value=Percent(0.856)),
        writer=openpyxl_bytes,
        rows=[3],
        columns=["value"],
    )
    yield book_case(
        "percent-format-wrong",
        "0.586 under a percent format",
        REJECTED,
        2,
        "value_check",
        months().put(3, value=Percent(0.586)),
        rows=[3],
        columns=["value"],
    )
    yield book_case(
        "percent-format-hundredfold",
        "85.6 under a percent format is 8560%",
        REJECTED,
        2,
        "value_check",
        months().put(3, value=Percent(85.6)),
        rows=[3],
        columns=["value"],
    )
    yield book_case(
        "percent-format-rate",
        "a percent format in the value of a rate",
        REJECTED,
        2,
        "percent_sign: in the value of a proportion only",
        quarters().put(2, value=Percent(10.879)),
        rows=[2],
        columns=["value"],
    )
    yield book_case(
        "percent-format-numerator",
        "a percent format in a numerator",
        REJECTED,
        2,
        "percent_sign: in the value of a proportion only",
        months().put(3, numerator=Percent(4)),
        rows=[3],
        columns=["numerator"],
    )
    yield book_case(
        "value-unrounded",
        "an unrounded typed value",
        ACCEPTED,
        3,
        "value_check: at most six decimals",
        months().put(3, value=100 * value),
    )
    yield book_case(
        "value-fraction",
        "an unrounded typed fraction without a percent format",
        REJECTED,
        2,
        "value_check: 100 times too small",
        months().put(3, value=value),
        rows=[3],
        columns=["value"],
    )
    for number, written in enumerate((7, 70.0, 300)):
        row = (2, 3, 4)[number]
        yield book_case(
            f"code-number-{number}",
            f"a typed {written} for a neighbourhood",
            REJECTED,
            4,
            "no padding of zeros",
            neighbourhoods().put(row, place_code=written),
            rows=[row],
            columns=["place_code"],
            partner="SURGERIES-R",
        )

    def padded(workbook: Any, worksheet: Any) -> None:
        worksheet.write_number(1, 1, 7, workbook.add_format({"num_format": "0000"}))

    yield book_case(
        "code-number-padded-by-format",
        "a typed 7 shown as 0007",
        REJECTED,
        4,
        "identity is never guessed",
        neighbourhoods(),
        tweak=padded,
        rows=[2],
        columns=["place_code"],
        partner="SURGERIES-R",
    )
    yield book_case(
        "decile-typed",
        "a typed decile",
        ACCEPTED,
        3,
        "a whole number in an XLSX cell needs no warning",
        months().put(2, deprivation_decile=3),
    )
    yield book_case(
        "decile-half",
        "a typed decile 3.5",
        REJECTED,
        2,
        "deciles are whole",
        months().put(2, deprivation_decile=3.5),
        rows=[2],
        columns=["deprivation_decile"],
    )
    yield book_case(
        "number-in-sex",
        "a typed 1 for a sex",
        REJECTED,
        4,
        "lists: other spellings are rejected",
        months().put(2, sex=1),
        rows=[2],
        columns=["sex"],
    )


def _as_text(sheet: Sheet) -> Sheet:
    for row in sheet.rows():
        sheet.put(row, numerator=str(sheet.lines[row - 1][3]), denominator=str(sheet.lines[row - 1][4]))
    return sheet


def _formulas() -> Iterator[Case]:
    yield book_case(
        "formula-kept",
        "a formula with its result",
        ACCEPTED,
        3,
        "the shown number is in the file",
        months().put(3, numerator=Formula("=400+47", 447)),
        also_ok=[WARNED],
    )
    yield book_case(
        "formula-kept-error",
        "a formula whose result is an error",
        REJECTED,
        2,
        _NO_NUMBER,
        months().put(3, numerator=Formula("=1/0", "#DIV/0!")),
        rows=[3],
        columns=["numerator"],
    )
    yield book_case(
        "formula-kept-empty",
        "a formula whose result is an empty text",
        REJECTED,
        5,
        "blank in a required number",
        months().put(3, numerator=Formula('=""', "")),
        rows=[3],
        columns=["numerator"],
    )
    yield book_case(
        "formula-kept-boolean",
        "a formula whose result is TRUE",
        REJECTED,
        2,
        _NO_NUMBER,
        months().put(3, numerator=Formula("=1=1", True)),
        rows=[3],
        columns=["numerator"],
    )
    yield book_case(
        "formula-kept-half",
        "a formula whose result is 447.5",
        REJECTED,
        2,
        "counts are whole",
        months().put(3, numerator=Formula("=895/2", 447.5)),
        rows=[3],
        columns=["numerator"],
    )
    yield book_case(
        "formula-value",
        "the value worked out by a formula",
        ACCEPTED,
        3,
        "the shown number is in the file",
        months().put(3, value=Formula("=100*D3/E3", 100 * 447 / 522)),
        also_ok=[WARNED],
    )
    for column in (
        "indicator_id", "place_code", "period", "numerator", "denominator", "value", "sex", "deprivation_decile",
    ):  # fmt: skip
        yield book_case(
            f"formula-lost-{column}",
            f"a formula without its result in {column}",
            REJECTED,
            2,
            "what it comes to is not in the file; never null, never 0",
            months().put(3, **{column: Formula("=X99")}),
            writer=openpyxl_bytes,
            rows=[3],
            columns=[column],
        )
    yield book_case(
        "formula-lost-two",
        "two formulas without results in two rows",
        REJECTED,
        1,
        "every fault is listed",
        months().put(3, numerator=Formula("=X1")).put(6, denominator=Formula("=X2")),
        writer=openpyxl_bytes,
        rows=[3, 6],
        columns=["numerator", "denominator"],
    )
