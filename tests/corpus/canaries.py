"""Files in which one NHS number of the test range stands somewhere: in every column, part, name and damaged place."""

import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Final

import polars as pl
from openpyxl.comments import Comment
from openpyxl.worksheet.datavalidation import DataValidation

from tests.corpus.generated.description import COLUMNS
from tests.corpus.generated.personal import nhs_number
from tests.corpus.generated.sheet import Sheet, months
from tests.corpus.generated.writing import (
    csv_bytes,
    csv_text,
    openpyxl_bytes,
    parquet_bytes,
    repacked,
    xlsxwriter_bytes,
)

__all__ = ["Canary", "canaries"]

_FORMS: Final[dict[str, Callable[[str], str]]] = {
    "plain": lambda number: number,
    "spaced": lambda number: f"{number[:3]} {number[3:6]} {number[6:]}",
    "hyphened": lambda number: f"{number[:3]}-{number[3:6]}-{number[6:]}",
    "in text": lambda number: f"patient {number}, ward 4",
}


@dataclass(frozen=True)
class Canary:
    """One file; `is_told_apart` where the number itself must be what is said, beside whatever else is wrong."""

    name: str
    number: str
    content: bytes
    file: str
    is_told_apart: bool = True


def canaries() -> Iterator[Canary]:
    """Yield every file, each with a number of its own."""
    for at, (name, made) in enumerate(_all()):
        number = nhs_number(200_000 + 17 * at)
        content, file, is_told_apart = made(number)
        yield Canary(name, number, content, file, is_told_apart)


_Made = Callable[[str], tuple[bytes, str, bool]]


def _all() -> Iterator[tuple[str, _Made]]:
    for column in COLUMNS:
        for form, written in _FORMS.items():
            yield f"csv {column}, {form}", _csv(column, written)
    yield from _texts()
    yield from _damaged()
    for column in COLUMNS:
        yield f"xlsx {column}", _xlsx(column)
        yield f"parquet {column}", _parquet(column)
    yield from _workbooks()
    yield from _parquets()


def _csv(column: str, written: Callable[[str], str]) -> _Made:
    return lambda number: (csv_bytes(months().put(3, **{column: written(number)})), "return.csv", True)


def _xlsx(column: str) -> _Made:
    return lambda number: (xlsxwriter_bytes(months().put(3, **{column: number})), "return.xlsx", True)


def _parquet(column: str) -> _Made:
    def made(number: str) -> tuple[bytes, str, bool]:
        sheet = months()
        types: dict[str, Any] = {}
        if column in ("numerator", "denominator", "value", "deprivation_decile"):
            types = {column: pl.Float64() if column == "value" else pl.Int64()}
            sheet.put(3, **{column: float(number) if column == "value" else int(number)})
        else:
            sheet.put(3, **{column: number})
        return parquet_bytes(sheet, types), "return.parquet", True

    return made


def _texts() -> Iterator[tuple[str, _Made]]:
    def sheet_made(change: Callable[[Sheet, str], Sheet]) -> _Made:
        return lambda number: (csv_bytes(change(months(), number)), "return.csv", True)

    yield "header name", sheet_made(lambda sheet, number: sheet.with_column(number, ["1"]))
    yield "ignored column", sheet_made(lambda sheet, number: sheet.with_column("ref", ["", number]))
    yield "nameless column", sheet_made(lambda sheet, number: sheet.with_column("", ["", number]))
    yield "title row", sheet_made(lambda sheet, number: sheet.insert(1, f"Return {number}"))
    yield "footnote", sheet_made(lambda sheet, number: sheet.end(f"without {number}"))
    yield "total row", sheet_made(lambda sheet, number: sheet.end("Total", number, "", 1, 2))
    yield "every row", sheet_made(lambda sheet, number: sheet.with_column("nhs_number", [number] * 6))
    yield "fault beside", sheet_made(lambda sheet, number: sheet.put(3, numerator=f"x{number}y", comment=number))
    for codec, mark in (("utf-16-le", b"\xff\xfe"), ("utf-16-be", b"\xfe\xff")):
        yield codec, _encoded(codec, mark)
    yield (
        "windows-1252",
        lambda number: (csv_bytes(months().put(3, comment=f"é {number}"), encoding="cp1252"), "r.csv", True),
    )
    yield "semicolons", lambda number: (csv_bytes(months().put(3, comment=number), separator=";"), "r.csv", True)
    for form, written in _FORMS.items():
        yield f"file name, {form}", _file_name(written)
    yield "file name of a workbook", lambda number: (xlsxwriter_bytes(months()), f"{number}.xlsx", True)
    yield (
        "surplus field",
        lambda number: (csv_text(months()).replace("312,390,,,,,,", f"312,390,,,,,,,{number}").encode(), "r.csv", True),
    )


def _encoded(codec: str, mark: bytes) -> _Made:
    return lambda number: (csv_bytes(months().put(3, comment=number), encoding=codec, mark=mark), "return.csv", True)


def _file_name(written: Callable[[str], str]) -> _Made:
    return lambda number: (csv_bytes(months()), f"return {written(number)}.csv", True)


def _damaged() -> Iterator[tuple[str, _Made]]:
    """Files that are refused before their cells are looked at: the number must not be told all the same."""

    def text(change: Callable[[bytes, str], bytes], file: str = "return.csv") -> _Made:
        def made(number: str) -> tuple[bytes, str, bool]:
            return change(csv_bytes(months().put(3, comment=number)), number), file, False

        return made

    yield "quote never closed", text(lambda content, number: content + f'"{number}'.encode())
    yield "NUL bytes", text(lambda content, _: content + b"\0")
    yield "UTF-16 without its mark", text(lambda content, _: content.decode().encode("utf-16-le"))
    yield "UTF-16 cut in a unit", text(lambda content, _: b"\xff\xfe" + content.decode().encode("utf-16-le")[:-1])
    yield "undefined byte", text(lambda content, number: content + number.encode() + b"\x81\xff")
    yield "no header", text(lambda content, _: content.partition(b"\r\n")[2])
    yield "the number alone", text(lambda _, number: number.encode())
    yield (
        "long cell",
        text(lambda content, number: content.replace(b",,,,,", f",,,,,{'z' * 1500} {number} ".encode(), 1)),
    )
    yield "too large a file", text(lambda content, number: content + (f"{number},".encode() * 10 + b"\r\n") * 40_000)
    yield "too many columns", text(lambda content, number: content + f"{number},".encode() * 60)
    yield "a web page", text(lambda _, number: f"<!DOCTYPE html><title>{number}</title>".encode())
    yield "text called a workbook", text(lambda content, _: content, "return.xlsx")
    yield "column twice", text(lambda content, number: content.replace(b"comment", b"numerator"))
    yield (
        "cut Parquet",
        lambda number: (
            parquet_bytes(months().put(3, comment=number), compression="uncompressed")[:-9],
            "r.parquet",
            False,
        ),
    )
    yield "cut workbook", lambda number: (xlsxwriter_bytes(months().put(3, comment=number))[:-60], "return.xlsx", False)
    yield (
        "document type in a workbook",
        lambda number: (_with_doctype(xlsxwriter_bytes(months()), number), "return.xlsx", False),
    )
    yield (
        "member name",
        lambda number: (
            repacked(xlsxwriter_bytes(months()), added={f"../{number}.xml": b"<x/>"}),
            "return.xlsx",
            False,
        ),
    )


def _with_doctype(book: bytes, number: str) -> bytes:
    name = "xl/worksheets/sheet1.xml"
    return repacked(
        book,
        {name: lambda xml: xml.replace(b"<worksheet", f'<!DOCTYPE x [<!ENTITY a "{number}">]><worksheet'.encode(), 1)},
    )


def _workbooks() -> Iterator[tuple[str, _Made]]:
    def written(change: Callable[[Any, Any, str], Any], sheet: Sheet | None = None) -> _Made:
        def made(number: str) -> tuple[bytes, str, bool]:
            def tweak(workbook: Any, worksheet: Any) -> None:
                change(workbook, worksheet, number)

            return xlsxwriter_bytes(sheet or months(), tweak=tweak), "return.xlsx", True

        return made

    yield "typed number", written(lambda _, worksheet, number: worksheet.write_number(2, 10, int(number)))
    yield "typed number elsewhere", written(lambda _, worksheet, number: worksheet.write_number(40, 20, int(number)))
    yield (
        "hidden row",
        written(lambda _, ws, number: (ws.write_string(4, 10, number), ws.set_row(4, None, None, {"hidden": True}))),
    )
    yield (
        "hidden column",
        written(
            lambda _, ws, number: (ws.write_string(4, 12, number), ws.set_column(12, 12, 8, None, {"hidden": True}))
        ),
    )
    yield "other sheet", written(lambda wb, _, number: wb.add_worksheet("Notes").write_string(9, 9, number))
    yield (
        "other sheet, number",
        written(lambda wb, _, number: wb.add_worksheet("Notes").write_number(9, 9, int(number))),
    )

    def hidden_sheet(workbook: Any, _: Any, number: str) -> None:
        sheet = workbook.add_worksheet("Old")
        sheet.write_string(0, 0, number)
        sheet.very_hidden()

    yield "very hidden sheet", written(hidden_sheet)
    yield "sheet name", lambda number: (xlsxwriter_bytes(months(), name=number), "return.xlsx", True)
    yield "name of an empty sheet", written(lambda wb, _, number: wb.add_worksheet(f"p {number}"))
    yield "header", lambda number: (xlsxwriter_bytes(months().with_column(number, ["1"])), "return.xlsx", True)
    yield "formula", written(lambda _, ws, number: ws.write_formula(2, 10, f'=IF(TRUE,"","{number}")', None, "fine"))
    yield "result of a formula", written(lambda _, ws, number: ws.write_formula(2, 10, "=A99", None, number))
    yield "cell comment", written(lambda _, ws, number: ws.write_comment(2, 3, f"see {number}"))
    yield "author of a comment", written(lambda _, ws, number: ws.write_comment(2, 3, "see", {"author": number}))
    yield "page header", written(lambda _, ws, number: ws.set_header(f"&C{number}"))
    yield "defined name", written(lambda wb, _, number: wb.define_name("Patient", f'="{number}"'))
    yield (
        "drop-down list",
        written(lambda _, ws, number: ws.data_validation(1, 6, 6, 6, {"validate": "list", "source": [number, "b"]})),
    )
    yield (
        "drop-down prompt",
        written(
            lambda _, ws, number: ws.data_validation(
                1, 6, 6, 6, {"validate": "any", "input_title": "Who", "input_message": number}
            )
        ),
    )
    yield (
        "conditional format",
        written(
            lambda _, ws, number: ws.conditional_format(1, 3, 6, 3, {"type": "formula", "criteria": f'=A1="{number}"'})
        ),
    )
    yield "text box", written(lambda _, ws, number: ws.insert_textbox(10, 2, f"about {number}"))
    yield (
        "hyperlink",
        written(lambda _, ws, number: ws.write_url(12, 0, f"https://a.invalid/?nhs={number}", string="link")),
    )
    for field in ("title", "author", "subject", "keywords", "comments", "company"):
        yield f"document {field}", _property(field)

    def custom(number: str) -> tuple[bytes, str, bool]:
        return (
            xlsxwriter_bytes(months(), tweak=lambda wb, _: wb.set_custom_property("Case", number)),
            "return.xlsx",
            True,
        )

    yield "custom property", custom

    def chart(workbook: Any, worksheet: Any, number: str) -> None:
        drawn = workbook.add_chart({"type": "line"})
        drawn.add_series({"values": "=Return!$D$2:$D$7"})
        drawn.set_title({"name": f"Patient {number}"})
        worksheet.insert_chart(10, 2, drawn)

    yield "chart title", written(chart)
    yield (
        "other writer's comment",
        lambda number: (openpyxl_bytes(months(), tweak=lambda _, ws: _noted(ws, number)), "return.xlsx", True),
    )
    yield (
        "spaced comment",
        written(lambda _, ws, number: ws.write_comment(2, 3, f"{number[:3]} {number[3:6]} {number[6:]}")),
    )
    yield "unused shared text", lambda number: (_with_unused(xlsxwriter_bytes(months()), number), "return.xlsx", True)
    yield (
        "pivot cache",
        lambda number: (
            _with_part(
                xlsxwriter_bytes(months()),
                "xl/pivotCache/pivotCacheRecords1.xml",
                f'<pivotCacheRecords xmlns="x"><r><s v="{number}"/></r></pivotCacheRecords>',
            ),
            "return.xlsx",
            True,
        ),
    )
    yield (
        "external link",
        lambda number: (
            _with_part(
                xlsxwriter_bytes(months()),
                "xl/externalLinks/externalLink1.xml",
                f"<externalLink xmlns='x'><v>{number}</v></externalLink>",
            ),
            "return.xlsx",
            True,
        ),
    )
    yield (
        "rich text",
        written(
            lambda wb, ws, number: ws.write_rich_string(2, 10, number[:4], wb.add_format({"bold": True}), number[4:])
        ),
    )


def _property(field: str) -> _Made:
    return lambda number: (
        xlsxwriter_bytes(months(), tweak=lambda wb, _: wb.set_properties({field: f"x {number}"})),
        "return.xlsx",
        True,
    )


def _noted(worksheet: Any, number: str) -> None:
    worksheet["D3"].comment = Comment(f"see {number}", "data lead")
    worksheet.add_data_validation(DataValidation(type="list", formula1='"a,b"'))


def _with_unused(book: bytes, number: str) -> bytes:
    return repacked(
        book, {"xl/sharedStrings.xml": lambda xml: xml.replace(b"</sst>", f"<si><t>{number}</t></si></sst>".encode())}
    )


def _with_part(book: bytes, name: str, xml: str) -> bytes:
    return repacked(book, added={name: xml.encode()})


def _parquets() -> Iterator[tuple[str, _Made]]:
    def frame(
        change: Callable[[pl.DataFrame, str], pl.DataFrame], *, is_told_apart: bool = True, **options: Any
    ) -> _Made:
        def made(number: str) -> tuple[bytes, str, bool]:
            stream = io.BytesIO()
            clean = pl.read_parquet(io.BytesIO(parquet_bytes(months())))
            written = {name: value(number) if callable(value) else value for name, value in options.items()}
            change(clean, number).write_parquet(stream, **written)
            return stream.getvalue(), "return.parquet", is_told_apart

        return made

    yield "Parquet column name", frame(lambda clean, number: clean.with_columns(pl.lit("x").alias(number)))
    # columns of which no single cell can be looked at are refused as such
    yield (
        "Parquet list",
        frame(
            lambda clean, number: clean.with_columns(pl.lit([int(number)], dtype=pl.List(pl.Int64)).alias("ref")),
            is_told_apart=False,
        ),
    )
    yield "Parquet ignored number", frame(lambda clean, number: clean.with_columns(pl.lit(int(number)).alias("ref")))
    yield "Parquet ignored float", frame(lambda clean, number: clean.with_columns(pl.lit(float(number)).alias("ref")))
    yield (
        "Parquet category",
        frame(lambda clean, number: clean.with_columns(pl.lit(number).cast(pl.Categorical).alias("ref"))),
    )
    yield (
        "Parquet bytes",
        frame(lambda clean, number: clean.with_columns(pl.lit(number.encode()).alias("ref")), is_told_apart=False),
    )
    yield (
        "Parquet file metadata",
        frame(lambda clean, _: clean, metadata=lambda number: {"made_for": f"patient {number}"}),
    )
