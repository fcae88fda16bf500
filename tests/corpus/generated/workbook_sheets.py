"""XLSX: several sheets, hidden and merged cells, and what other programs write."""

import re
from collections.abc import Iterator
from typing import Any, Final

from tests.corpus.generated.case import ACCEPTED, REJECTED, WARNED, Case, made
from tests.corpus.generated.sheet import Sheet, months
from tests.corpus.generated.workbook_case import book_case
from tests.corpus.generated.writing import repacked, xlsxwriter_bytes

__all__ = ["cases"]

_PART: Final = "xl/worksheets/sheet1.xml"


def cases() -> Iterator[Case]:
    """Yield the cases."""
    yield from _sheets()
    yield from _structure()
    yield from _xml()


def _sheets() -> Iterator[Case]:
    names = "only one sheet fits; the sheet that was read is named"

    def notes(workbook: Any, _: Any) -> None:
        workbook.add_worksheet("Guidance").write_string(0, 0, "How to fill this in")

    def copy_of(sheet: Sheet, *, hidden: bool = False) -> Any:
        def add(workbook: Any, _: Any) -> None:
            other = workbook.add_worksheet("Copy")
            for row, line in enumerate(sheet.lines):
                other.write_row(row, 0, line)
            if hidden:
                other.hide()

        return add

    yield book_case(
        "sheets-notes", "a sheet of guidance behind the data", WARNED, 3, names, months(), tweak=notes, sheet="Return"
    )
    yield book_case(
        "sheets-notes-before",
        "a sheet of guidance before the data",
        WARNED,
        3,
        names,
        months(),
        before=lambda workbook: workbook.add_worksheet("Read me").write_string(0, 0, "Dear all"),
        sheet="Return",
    )
    yield book_case(
        "sheets-two-alike",
        "the same table on two sheets",
        REJECTED,
        2,
        "which is the return?",
        months(),
        tweak=copy_of(months()),
    )
    yield book_case(
        "sheets-two-different",
        "two tables on two sheets, one number apart",
        REJECTED,
        2,
        "which is the return?",
        months(),
        tweak=copy_of(months().put(3, numerator=440)),
    )
    yield book_case(
        "sheets-two-one-hidden",
        "a second table on a hidden sheet",
        REJECTED,
        2,
        "which is the return? Hidden data are data",
        months(),
        tweak=copy_of(months().put(3, numerator=440), hidden=True),
        also_ok=[WARNED],
    )
    yield book_case(
        "sheets-empty",
        "two empty sheets behind",
        ACCEPTED,
        3,
        "empty sheets carry nothing",
        months(),
        tweak=lambda workbook, _: (workbook.add_worksheet("Sheet2"), workbook.add_worksheet("Sheet3")),
        also_ok=[WARNED],
    )
    yield book_case(
        "sheets-header-only",
        "a second sheet with the header alone",
        WARNED,
        3,
        "only one sheet holds data",
        months(),
        tweak=copy_of(Sheet()),
        also_ok=[REJECTED],
    )
    yield book_case(
        "sheets-none-fits",
        "two sheets, neither with the header",
        REJECTED,
        6,
        "columns go by name",
        Sheet(["a", "b"]),
        tweak=notes,
    )
    yield book_case(
        "sheets-hostile-name",
        "a sheet name with markup",
        ACCEPTED,
        10,
        "a name is data",
        months(),
        name="<b>&amp;'x",
        also_ok=[WARNED],
    )

    def chart(workbook: Any, _: Any) -> None:
        sheet = workbook.add_chartsheet("Chart")
        drawn = workbook.add_chart({"type": "line"})
        drawn.add_series({"values": "=Return!$D$2:$D$7"})
        sheet.set_chart(drawn)

    yield book_case(
        "sheets-chart",
        "a chart on a sheet of its own",
        ACCEPTED,
        3,
        "a chart carries no data of its own",
        months(),
        tweak=chart,
        also_ok=[WARNED],
    )


def _structure() -> Iterator[Case]:
    hidden = "hidden rows are data; never dropped in silence"
    yield book_case(
        "hidden-rows",
        "two hidden rows",
        WARNED,
        2,
        hidden,
        months(),
        tweak=lambda _, worksheet: [worksheet.set_row(row, None, None, {"hidden": True}) for row in (2, 5)],
        rows=[3, 6],
        also_ok=[REJECTED],
    )
    yield book_case(
        "hidden-filtered",
        "rows hidden by a filter",
        WARNED,
        2,
        hidden,
        months(),
        tweak=_filtered,
        rows=[3],
        also_ok=[REJECTED],
    )
    yield book_case(
        "hidden-row-fault",
        "a fault in a hidden row",
        REJECTED,
        2,
        hidden,
        months().put(4, numerator="x1"),
        tweak=lambda _, worksheet: worksheet.set_row(3, None, None, {"hidden": True}),
        rows=[4],
        columns=["numerator"],
    )
    yield book_case(
        "hidden-columns",
        "the denominators are hidden",
        WARNED,
        2,
        "hidden columns are data; never dropped in silence",
        months(),
        tweak=lambda _, worksheet: worksheet.set_column(4, 4, 8, None, {"hidden": True}),
        also_ok=[ACCEPTED, REJECTED],
    )
    yield book_case(
        "zero-height",
        "a row of no height",
        WARNED,
        2,
        hidden,
        months(),
        tweak=lambda _, worksheet: worksheet.set_row(2, 0),
        also_ok=[ACCEPTED, REJECTED],
    )
    sheet = months().insert(1, "Return for 2025")
    yield book_case(
        "merged-title",
        "a title merged over the table",
        WARNED,
        6,
        "rows above the header are skipped with a warning",
        sheet,
        tweak=lambda _, worksheet: worksheet.merge_range(0, 0, 0, 10, "Return for 2025"),
        rows=[1],
    )
    sheet = months().put(3, place_code="").put(4, place_code="")
    yield book_case(
        "merged-place",
        "a place merged over three rows",
        REJECTED,
        4,
        "no filling down of blank or merged cells",
        sheet,
        tweak=lambda _, worksheet: worksheet.merge_range(1, 1, 3, 1, "W06000081"),
        rows=[3, 4],
        columns=["place_code"],
    )
    sheet = months().put(3, period="")
    yield book_case(
        "merged-period",
        "a period merged over two rows",
        REJECTED,
        4,
        "no filling down of blank or merged cells",
        sheet,
        tweak=lambda _, worksheet: worksheet.merge_range(1, 2, 2, 2, "2025-04"),
        rows=[3],
        columns=["period"],
    )
    sheet = months().put(3, numerator="")
    yield book_case(
        "merged-numerator",
        "a numerator merged over two rows",
        REJECTED,
        4,
        "no filling down of blank or merged cells",
        sheet,
        tweak=lambda _, worksheet: worksheet.merge_range(1, 3, 2, 3, 312),
        rows=[3],
        columns=["numerator"],
    )
    yield book_case(
        "rich-text",
        "a code in two typefaces",
        ACCEPTED,
        4,
        "the whole text of the cell",
        months(),
        tweak=lambda workbook, worksheet: worksheet.write_rich_string(
            2, 1, workbook.add_format({"bold": True}), "W06", "000082"
        ),
    )
    yield book_case(
        "dressed",
        "filters, frozen panes, drop-downs, colours, a comment",
        ACCEPTED,
        3,
        "none of it is data",
        months(),
        tweak=_dressed,
        also_ok=[WARNED],
    )
    yield book_case(
        "blank-rows",
        "blank rows between",
        WARNED,
        6,
        "blank rows are skipped with a warning",
        months().insert(4).insert(6),
        rows=[4, 6],
    )
    yield book_case(
        "short-header-note",
        "a remark to the right of the table",
        WARNED,
        6,
        "unknown_or_nameless",
        months(),
        tweak=lambda _, worksheet: worksheet.write_string(3, 14, "check this"),
        also_ok=[REJECTED],
    )
    yield book_case(
        "string-formula",
        "texts that look like formulas, in the comment",
        WARNED,
        10,
        "stored as sent, flagged",
        months().put(3, comment="=1+1").put(4, value_note="@x"),
        also_ok=[ACCEPTED],
        text_check={"row": 3, "comment": "=1+1"},
    )


def _filtered(_: Any, worksheet: Any) -> None:
    worksheet.autofilter(0, 0, 6, 10)
    worksheet.filter_column(1, "x != W06000082")
    worksheet.set_row(2, None, None, {"hidden": True})
    worksheet.set_row(5, None, None, {"hidden": True})


def _dressed(workbook: Any, worksheet: Any) -> None:
    worksheet.autofilter(0, 0, 6, 10)
    worksheet.freeze_panes(1, 0)
    worksheet.data_validation(1, 6, 6, 6, {"validate": "list", "source": ["Persons", "Male", "Female"]})
    worksheet.conditional_format(
        1,
        3,
        6,
        3,
        {"type": "cell", "criteria": ">", "value": 400, "format": workbook.add_format({"bg_color": "#ff0000"})},
    )
    worksheet.write_comment(2, 3, "looked at twice")
    worksheet.protect()
    workbook.define_name("Figures", "=Return!$D$2:$D$7")


def _xml() -> Iterator[Case]:
    """What other programs write: wrong dimensions, cells without addresses, texts in other forms."""

    def changed(*changes: tuple[str, str]) -> Any:
        def change(xml: bytes) -> bytes:
            text = xml.decode()
            for old, new in changes:
                text = re.sub(old, new, text)
            return text.encode()

        return change

    def book(
        name: str, what: str, must_be: str, why: str, *changes: tuple[str, str], sheet: Sheet | None = None, **more: Any
    ) -> Case:
        content = repacked(xlsxwriter_bytes(sheet or months()), {_PART: changed(*changes)})
        return made(
            f"xlsx-xml-{name}", what, must_be, 2, why, sheet or months(), content=content, suffix="xlsx", **more
        )

    whole = "every cell is read, whatever the part says of itself"
    yield book(
        "dimension-small",
        "a sheet that says it is A1:A1",
        ACCEPTED,
        whole,
        ('<dimension ref="[^"]*"/>', '<dimension ref="A1:A1"/>'),
    )
    yield book(
        "dimension-none", "a sheet that does not say how large it is", ACCEPTED, whole, ('<dimension ref="[^"]*"/>', "")
    )
    yield book(
        "dimension-huge",
        "a sheet that says it is A1:XFD1048576",
        ACCEPTED,
        whole,
        ('<dimension ref="[^"]*"/>', '<dimension ref="A1:XFD1048576"/>'),
        max_seconds=20,
        also_ok=[WARNED, REJECTED],
    )
    yield book(
        "dimension-shifted",
        "a sheet that says it starts at C3",
        ACCEPTED,
        whole,
        ('<dimension ref="[^"]*"/>', '<dimension ref="C3:K7"/>'),
    )
    yield book("no-spans", "rows without spans", ACCEPTED, whole, (' spans="[^"]*"', ""))
    yield book(
        "float-form",
        "447 written 4.47E2 in the part",
        ACCEPTED,
        "a typed number is taken by value",
        ("<v>447</v>", "<v>4.47E2</v>"),
    )
    yield book(
        "float-long",
        "447 written 447.00000000000000 in the part",
        ACCEPTED,
        "a typed number is taken by value",
        ("<v>447</v>", "<v>447.00000000000000</v>"),
    )
    yield book(
        "inline",
        "a place as an in-line text",
        ACCEPTED,
        whole,
        ('(<c r="B3")[^>]*><v>\\d+</v></c>', r'\1 t="inlineStr"><is><t>W06000082</t></is></c>'),
    )
    yield book(
        "str",
        "a place as a formula's text",
        ACCEPTED,
        whole,
        ('(<c r="B3")[^>]*><v>\\d+</v></c>', r'\1 t="str"><v>W06000082</v></c>'),
    )
    yield book(
        "iso-date",
        "a period as an ISO date cell",
        WARNED,
        "typed date on the first of a month",
        ('(<c r="C3")[^>]*><v>\\d+</v></c>', r'\1 t="d"><v>2025-04-01</v></c>'),
        rows=[3],
        columns=["period"],
        also_ok=[REJECTED],
    )
    yield book("number-nan", "NaN in a typed cell", REJECTED, "it must be finite", ("<v>447</v>", "<v>NaN</v>"))
    yield book("number-inf", "INF in a typed cell", REJECTED, "it must be finite", ("<v>447</v>", "<v>1e999</v>"))
    yield book(
        "number-empty",
        "a typed cell without a value",
        REJECTED,
        "blank in a required number",
        ("<v>447</v>", "<v></v>"),
    )
    yield book("number-words", "words in a typed cell", REJECTED, "no number", ("<v>447</v>", "<v>many</v>"))
    yield book(
        "string-index",
        "a shared text that does not exist",
        REJECTED,
        "damaged",
        ('(<c r="B3"[^>]*><v>)\\d+', r"\g<1>99999"),
    )
    yield book(
        "string-index-negative",
        "a shared text before the first",
        REJECTED,
        "damaged",
        ('(<c r="B3"[^>]*><v>)\\d+', r"\g<1>-1"),
    )
    yield book(
        "cell-twice",
        "the cell D3 is there twice, with two numbers",
        REJECTED,
        "a number could be read two ways",
        ('(<c r="D3"[^>]*>)<v>447</v></c>', r"\1<v>447</v></c>\1<v>440</v></c>"),
    )
    yield book(
        "row-twice",
        "row 3 is there twice, with two numbers",
        REJECTED,
        "a number could be read two ways",
        ('(<row r="3".*?</row>)', r'\1<row r="3"><c r="D3"><v>440</v></c></row>'),
    )
    yield book(
        "address-wild", "a cell with a wild address", REJECTED, "damaged", ('<c r="D3"', '<c r="ZZZZZ99999999999"')
    )
    yield book(
        "address-row-differs",
        "a cell of row 3 that says it is in row 5",
        REJECTED,
        "a number could be read two ways",
        ('<c r="D3"', '<c r="D5"'),
    )
    yield book(
        "preserved-spaces",
        "a place with spaces that the part keeps",
        WARNED,
        "trimmed, said as a warning",
        ('(<c r="B3")[^>]*><v>\\d+</v></c>', r'\1 t="inlineStr"><is><t xml:space="preserve"> W06000082 </t></is></c>'),
        rows=[3],
        columns=["place_code"],
    )
    yield book(
        "escaped-characters",
        "a comment with _x000D_ as Excel writes a carriage return",
        ACCEPTED,
        "text is data",
        ("zzz", "zzz"),
        sheet=months().put(3, comment="one_x000D_two"),
        also_ok=[WARNED],
    )
