"""Rule 1 with all the others: several faults or forms at once, faults far down."""

from collections.abc import Iterator
from typing import Any

from tests.corpus.generated.case import REJECTED, WARNED, Case, made
from tests.corpus.generated.personal import nhs_number
from tests.corpus.generated.sheet import Sheet, months, quarters, years
from tests.corpus.generated.writing import csv_bytes, csv_text, xlsxwriter_bytes

__all__ = ["cases"]


def cases() -> Iterator[Case]:
    """Yield the cases."""
    lenient = "lenient on form, each said as a warning"
    every = "every fault is listed"
    sheet = months().put(3, place_code="\u00a0W06000082\u00a0").put(6, indicator_id="tdv-1\u00a0")
    yield made(
        "mix-utf16-semicolon-nbsp",
        "UTF-16, semicolons, no-break spaces in codes",
        WARNED,
        3,
        lenient,
        sheet,
        content=csv_bytes(sheet, encoding="utf-16-le", mark=b"\xff\xfe", separator=";"),
        rows=[3, 6],
        columns=["place_code", "indicator_id"],
    )
    sheet = months().put(3, period="Apr-25").put(4, numerator="+271").put(5, place_code="w06000081")
    yield made(
        "mix-cr-bom-forms",
        "CR line ends, a mark, three loose forms",
        WARNED,
        3,
        lenient,
        sheet,
        content=csv_bytes(sheet, line_end="\r", mark=b"\xef\xbb\xbf"),
        rows=[3, 4, 5],
        columns=["period", "numerator", "place_code"],
    )
    sheet = months().put(3, comment="café").insert(1, "Titre").insert(5).end("Note")
    yield made(
        "mix-cp1252-titles-blank-note",
        "Windows-1252, a title, a blank row and a footnote",
        WARNED,
        6,
        lenient,
        sheet,
        content=csv_bytes(sheet, encoding="cp1252"),
        rows=[1, 4, 5, 10],
    )
    sheet = (
        months()
        .head(indicator_id="Indicator ID", place_code="PLACE CODE")
        .put(2, period="01/04/2025")
        .insert(1, "Return")
    )
    for line in sheet.lines[2:4]:
        del line[5:]
    yield made(
        "mix-header-title-short",
        "a folded header below a title, short rows, a date",
        WARNED,
        6,
        lenient,
        sheet,
        rows=[1, 2, 3, 4],
    )
    sheet = (
        months()
        .put(2, numerator="abc", period="2025-13")
        .put(4, place_code="Midvale", denominator="-")
        .put(6, numerator=9999)
    )
    yield made(
        "mix-five-faults",
        "five faults in three rows",
        REJECTED,
        1,
        every,
        sheet,
        rows=[2, 4, 6],
        columns=["numerator", "period", "place_code", "denominator"],
    )
    sheet = (
        months()
        .put(2, numerator="1,05", sex="man")
        .put(3, place_code="W07000181", period="April")
        .put(5, denominator="0")
        .put(7, age_band="17-Oct", deprivation_decile="12", value="n")
    )
    yield made(
        "mix-eight-faults",
        "eight faults in four rows",
        REJECTED,
        1,
        every,
        sheet,
        rows=[2, 3, 5, 7],
        columns=["numerator", "sex", "place_code", "period", "denominator", "age_band", "deprivation_decile", "value"],
    )
    sheet = months().put(3, numerator="*", place_code=" W06000082").again(4).end("Total", "", "", 5, 6)
    yield made(
        "mix-warnings-and-a-total",
        "a marker, a space, a duplicate, and a total",
        REJECTED,
        1,
        "any error: rejected",
        sheet,
        rows=[9],
    )
    for row in range(2, 8):
        yield made(
            f"mix-one-fault-row-{row}",
            f"one fault, in row {row}",
            REJECTED,
            1,
            "one faulty row rejects the file",
            months().put(row, denominator="3?"),
            rows=[row],
            columns=["denominator"],
        )
    yield from _far_down()
    sheet = (
        months()
        .put(2, numerator="312.0")
        .put(3, numerator="*")
        .mean(3, numerator=None, status="suppressed")
        .put(4, period="2025-04-30")
        .put(5, sex="P")
        .put(6, comment="=x")
        .again(7)
    )
    yield made(
        "mix-six-warnings",
        "six things to say, none of them a fault",
        WARNED,
        3,
        lenient,
        sheet,
        rows=[2, 3, 4, 5, 7, 8],
        columns=["numerator", "period", "sex"],
    )
    sheet = (
        months()
        .insert(1, "A")
        .insert(1, "B")
        .insert(5, "Section")
        .insert(7)
        .put(4, place_code="W06000081 ")
        .end("", "", "", "", "")
    )
    yield made(
        "mix-labels-everywhere",
        "titles, a label, a blank row and a space",
        WARNED,
        6,
        lenient,
        sheet,
        rows=[1, 2, 4, 5, 7, 12],
        columns=["place_code"],
    )
    number = nhs_number(71_000)
    sheet = months().put(2, numerator="abc").put(3, comment=number).insert(1, "title")
    yield made(
        "mix-nhs-and-more",
        "an NHS number, a fault and a title",
        REJECTED,
        10,
        every,
        sheet,
        rows=[3, 4],
        columns=["numerator", "comment"],
        report_must_not_contain=[number],
    )
    sheet = quarters().put(2, numerator="41 834").put(3, numerator="52,067").put(4, numerator="29\u202f518")
    yield made(
        "mix-three-separators",
        "three kinds of thousands, one in each row",
        WARNED,
        3,
        "one kind of separator throughout: throughout a number",
        sheet,
        rows=[2, 3, 4],
        columns=["numerator"],
        also_ok=[REJECTED],
    )
    sheet = years().put(2, period="2023-24", value="79.1%").put(3, denominator="407.0", place_code="w06000084")
    yield made(
        "mix-council",
        "a yearly return in loose forms",
        WARNED,
        3,
        lenient,
        sheet,
        rows=[2, 3],
        columns=["period", "value", "denominator", "place_code"],
        partner="SHIRE-Q",
    )
    sheet = months().put(3, numerator="x1")
    yield made(
        "mix-xlsx-offset-fault",
        "a workbook that starts at C7, a text number, a fault",
        REJECTED,
        1,
        "row numbers are the sheet's own",
        sheet,
        content=xlsxwriter_bytes(sheet, at=(6, 2)),
        suffix="xlsx",
        rows=[9],
        columns=["numerator"],
    )
    sheet = months().insert(1, "Title").insert(4)
    content = xlsxwriter_bytes(
        sheet, at=(2, 1), tweak=lambda _, worksheet: worksheet.set_row(6, None, None, {"hidden": True})
    )
    down = Sheet()
    down.lines = [[], [], *sheet.lines]
    down.meanings = [None, None, *sheet.meanings]
    yield made(
        "mix-xlsx-title-blank-hidden",
        "a workbook with a title, a blank and a hidden row",
        WARNED,
        6,
        lenient,
        down,
        content=content,
        suffix="xlsx",
        rows=[3, 6, 7],
        also_ok=[REJECTED],
    )


def _far_down() -> Iterator[Case]:
    head = csv_text(months())
    repeat = csv_text(months()).split("\r\n")[1] + "\r\n"
    for name, bad, column in (
        ("number", "tdv-1,W06000082,2025-05,45l,530,,,,,,", "numerator"),
        ("code", "tdv-1,W06000O82,2025-05,451,530,,,,,,", "place_code"),
        ("period", "tdv-1,W06000082,2025-15,451,530,,,,,,", "period"),
        ("above", "tdv-1,W06000082,2025-05,531,530,,Male,75+,,,", "numerator"),
    ):
        text = head + repeat * (20_000 - 8) + bad + "\r\n" + repeat * 10
        yield made(
            f"mix-row-20000-{name}",
            f"one fault, in row 20,000: {name}",
            REJECTED,
            1,
            "one faulty row rejects the file, and it is named",
            b"",
            content=text.encode(),
            rows=[20_000],
            columns=[column],
            max_seconds=60,
        )
    text = head + repeat * 9_992 + "tdv-1,W06000082,2025-05,451,530,,,,,,late\r\n"
    yield made(
        "mix-row-10000-surplus",
        "an unclosed quote at the very end",
        REJECTED,
        11,
        "a quote never closed",
        b"",
        content=(text + '"tdv-1,W06').encode(),
        max_seconds=60,
    )
    sheet = months()

    def long(_: Any, worksheet: Any) -> None:
        for row in range(7, 5_005):
            worksheet.write_row(row, 0, ["tdv-1", "W06000081", "2025-04", 312, 390 if row != 4_999 else 39.5])

    yield made(
        "mix-xlsx-row-5000",
        "one fault, in row 5,000 of a workbook",
        REJECTED,
        1,
        "one faulty row rejects the file, and it is named",
        b"",
        content=xlsxwriter_bytes(sheet, tweak=long),
        suffix="xlsx",
        rows=[5_000],
        max_seconds=60,
    )
