"""Writes the workbook that a partner fills, by the government's rules for accessible spreadsheets.

Source: Government Analysis Function, "Releasing statistics in spreadsheets" (a cover, one table a sheet, no merged
cells, nothing said by colour alone).
"""

import io
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final

from outcomes.intake.template.asking import NEEDED, Asked, asked_of
from outcomes.intake.template.entry_rules import hold_entries
from outcomes.intake.template.lists import CodeList, code_lists
from outcomes.intake.template.mark import MARK_SHEET, RETURN_SHEET, TEMPLATE_VERSION, TemplateMark
from outcomes.intake.template.texts import COLUMN_NOTES, cover_lines, spoken_day
from outcomes.output import write_files
from outcomes.partnership.model import Partnership

__all__ = ["template_workbook", "write_template"]

_WIDTHS: Final = {
    "indicator_id": 20, "indicator_name": 40, "place_code": 13, "place_name": 22, "period": 13, "source_code": 18,
    "numerator": 14, "denominator": 14, "value": 12, "lower_ci_95": 14, "upper_ci_95": 14, "sum_of_squares": 18,
    "effective_sample_size": 22, "value_status": 18, "comment": 48,
}  # fmt: skip
_USUAL_WIDTH: Final = 18
_COVER_WIDTH: Final = 100
_COVER_HEIGHTS: Final = {"title": 30, "heading": 30}
# of a line of text, in points
_LINE: Final = 15.5
_BLUE: Final = "#003087"
_FRAME: Final = "#005EB8"
_PALE: Final = "#D2E2F1"
_QUIET: Final = "#F0F4F5"
# whoever fills it may make columns wider, and nothing else of the sheet's shape
_ALLOWED: Final = {"format_columns": True, "format_rows": True}


def write_template(
    partnership: Partnership,
    partner: str,
    path: str | Path,
    *,
    as_of: date,
    period: str | None = None,
    contact: str = "",
) -> Path:
    """Write the workbook that a partner fills and sends back; the same input gives the same bytes.

    It asks for the partner's own indicators and places only: of each indicator the latest period that has ended. It
    is accepted when it is filled as it says, and tells whose it is when it comes back.

    Arguments:
        partnership: Who asks.
        partner: The partner's code.
        path: Where to write it; the name ends in `.xlsx`.
        as_of: The day for which it is made.
        period: The canonical text of a period, such as `2026-09`, to ask for that one instead.
        contact: Whom to ask, printed on the cover; empty for the partnership's own `contact`.

    Returns:
        The path.

    Raises:
        UnknownNameError: No partner has the code, or it is asked for nothing.
        OutputError: The file cannot be written.
    """
    target = Path(path)
    content = template_workbook(asked_of(partnership, partner, as_of=as_of, period=period), contact)
    return write_files(target.parent, {target.name: content})[0]


def template_workbook(asked: Asked, contact: str = "") -> bytes:
    """Return the workbook's bytes.

    Arguments:
        asked: What it asks for.
        contact: Whom to ask; empty for the partnership's own `contact`.
    """
    import xlsxwriter

    buffer = io.BytesIO()
    # text stays text: nothing is turned into a number, a link or a formula
    options = {
        "in_memory": True,
        "strings_to_numbers": False,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "default_date_format": "yyyy-mm-dd",
    }
    with xlsxwriter.Workbook(buffer, options) as book:
        day = datetime(asked.as_of.year, asked.as_of.month, asked.as_of.day)
        book.set_properties(
            {
                "title": f"Return of {asked.partner.name}, {spoken_day(asked.as_of)}",
                "author": asked.partnership.description.title,
                "subject": asked.partnership.description.title,
                "created": day,
            }
        )
        _Sheets(book, asked).write(contact or asked.partnership.description.contact)
    return buffer.getvalue()


class _Sheets:
    """The sheets of one workbook."""

    def __init__(self, book: Any, asked: Asked) -> None:
        self.book = book
        self.asked = asked
        plain = {"font_name": "Arial", "font_size": 11, "valign": "top"}
        framed = {**plain, "border": 1, "border_color": _FRAME, "locked": False}
        self.formats = {
            "title": book.add_format(
                {**plain, "font_size": 18, "bold": True, "font_color": _BLUE, "valign": "vcenter"}
            ),
            "heading": book.add_format(
                {**plain, "font_size": 13, "bold": True, "font_color": _BLUE, "valign": "bottom"}
            ),
            "text": book.add_format({**plain, "text_wrap": True}),
            "note": book.add_format(plain),
            "link": book.add_format({**plain, "text_wrap": True, "underline": 1, "font_color": _FRAME}),
            "header": book.add_format(
                {**plain, "bold": True, "font_color": _BLUE, "bg_color": _PALE, "text_wrap": True, "border": 1}
            ),
            "given": book.add_format({**plain, "bg_color": _QUIET, "num_format": "@", "text_wrap": True}),
            "number": book.add_format({**framed, "bold": True}),
            "word": book.add_format({**framed, "num_format": "@", "text_wrap": True}),
            "spare_word": book.add_format({**plain, "num_format": "@", "locked": False}),
            "spare_number": book.add_format({**plain, "locked": False}),
            "code": book.add_format({**plain, "num_format": "@", "text_wrap": True}),
        }

    def write(self, contact: str) -> None:
        """Write all sheets, in the order in which they are read."""
        cover = self.book.add_worksheet("Cover")
        page = self.book.add_worksheet(RETURN_SHEET)
        self._cover(cover, contact)
        self._return(page)
        for codes in code_lists(self.asked):
            self._codes(codes)
        hold_entries(page, self.asked)
        self._mark()
        cover.activate()

    def _cover(self, page: Any, contact: str) -> None:
        page.hide_gridlines(2)
        page.set_column(0, 0, _COVER_WIDTH)
        for row, (kind, text) in enumerate(cover_lines(self.asked, contact)):
            if kind == "link":
                page.write_url(row, 0, f"internal:'{RETURN_SHEET}'!A1", self.formats[kind], text)
            else:
                page.write_string(row, 0, text, self.formats[kind])
            page.set_row(row, _COVER_HEIGHTS.get(kind) or _height((text,), (_COVER_WIDTH,)))
        page.set_portrait()
        page.set_paper(9)
        page.fit_to_pages(1, 0)
        page.protect("", _ALLOWED)

    def _return(self, page: Any) -> None:
        asked, formats = self.asked, self.formats
        for place, column in enumerate(asked.columns):
            is_number = column in NEEDED or column.endswith(("_95", "_squares", "_size"))
            # the column's own format is that of the rows below the last one, where more may be added
            is_helper = column in ("indicator_name", "place_name")
            spare = None if is_helper else formats["spare_number" if is_number else "spare_word"]
            page.set_column(place, place, _WIDTHS.get(column, _USUAL_WIDTH), spare)
            page.write_string(0, place, column, formats["header"])
            note = COLUMN_NOTES.get(column, "For whom the figure speaks. Rows from the start are for everybody.")
            page.write_comment(0, place, note, {"author": asked.partnership.description.title, "x_scale": 2})
            for row, line in enumerate(asked.rows, start=1):
                text = asked.text_of(line, column)
                if text is None:
                    page.write_blank(row, place, None, formats["number" if is_number else "word"])
                elif text:
                    page.write_string(row, place, text, formats["given"])
                else:
                    page.write_blank(row, place, None, formats["given"])
        widths = [_WIDTHS.get(column, _USUAL_WIDTH) for column in asked.columns]
        page.set_row(0, 2 * _LINE)
        for row, line in enumerate(asked.rows, start=1):
            page.set_row(row, _height([asked.text_of(line, column) or "" for column in asked.columns], widths))
        page.add_table(
            *(0, 0, len(asked.rows), len(asked.columns) - 1),
            {
                "name": "figures",
                "autofilter": False,
                "style": None,
                "columns": [{"header": column, "header_format": formats["header"]} for column in asked.columns],
            },
        )
        # no wider: what is frozen cannot be moved out of a small window
        page.freeze_panes(1, 1)
        page.set_landscape()
        page.set_paper(9)
        page.fit_to_pages(1, 0)
        page.repeat_rows(0)
        page.print_area(0, 0, len(asked.rows), len(asked.columns) - 1)
        first = next(place for place, column in enumerate(asked.columns) if column in NEEDED)
        page.set_selection(1, first, 1, first)
        page.protect("", _ALLOWED)

    def _codes(self, codes: CodeList) -> None:
        page = self.book.add_worksheet(codes.sheet)
        page.hide_gridlines(2)
        head = 2
        page.write_string(0, 0, codes.sheet, self.formats["title"])
        page.set_row(0, _COVER_HEIGHTS["title"])
        page.write_string(1, 0, codes.note, self.formats["note"])
        page.set_row(1, 1.5 * _LINE)
        page.set_row(head, 2 * _LINE)
        for row, texts in enumerate(codes.rows, start=head + 1):
            page.set_row(row, _height(texts, codes.widths))
        for place, (column, width) in enumerate(zip(codes.columns, codes.widths, strict=True)):
            page.set_column(place, place, width)
            page.write_string(head, place, column, self.formats["header"])
            for row, texts in enumerate(codes.rows, start=head + 1):
                page.write_string(row, place, texts[place], self.formats["code"])
        if codes.rows:
            page.add_table(
                *(head, 0, head + len(codes.rows), len(codes.columns) - 1),
                {
                    "name": f"codes_{codes.sheet.lower()}",
                    "autofilter": False,
                    "style": None,
                    "columns": [{"header": name, "header_format": self.formats["header"]} for name in codes.columns],
                },
            )
            for name, (column_at, first, last) in codes.ranges.items():
                letter = chr(ord("A") + column_at)
                cells = f"${letter}${head + 2 + first}:${letter}${head + 2 + last}"
                self.book.define_name(name, f"='{codes.sheet}'!{cells}")
        page.freeze_panes(head + 1, 1)
        page.set_landscape()
        page.set_paper(9)
        page.fit_to_pages(1, 0)
        page.repeat_rows(head)
        page.protect("", _ALLOWED)

    def _mark(self) -> None:
        page = self.book.add_worksheet(MARK_SHEET)
        asked = self.asked
        asks = sorted({(row.indicator.id, row.period) for row in asked.rows})
        mark = TemplateMark(TEMPLATE_VERSION, asked.partnership.description.id, asked.partner.code, tuple(asks))
        for at, texts in enumerate(mark.rows):
            for place, said in enumerate(texts):
                page.write_string(at, place, said, self.formats["code"])
        page.protect("", {})
        page.very_hidden()


def _height(texts: Sequence[str], widths: Sequence[int]) -> float:
    """The height of a row in which every text is seen whole, whatever program shows it."""
    lines = max(1 + int(len(text) / (1.05 * width)) for text, width in zip(texts, widths, strict=True))
    return lines * _LINE
