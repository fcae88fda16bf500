"""The mark by which a template is known when it comes back: whose it is, of which partnership, of which version.

It stands in a worksheet that spreadsheet programs hide and keep, so it survives being saved by any of them.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from outcomes.intake.codes import trimmed
from outcomes.intake.reading.grid import Grid
from outcomes.partnership.layout import NATIVE, Layout

__all__ = ["HELPER_COLUMNS", "MARK_SHEET", "RETURN_SHEET", "TEMPLATE_VERSION", "TemplateMark", "as_template", "mark_of"]

# of the layout of the workbook; another one is another form
TEMPLATE_VERSION: Final = "1"
RETURN_SHEET: Final = "Return"
MARK_SHEET: Final = "outcomes_template"
# for the reader's eye only: what the code beside it stands for
HELPER_COLUMNS: Final = ("indicator_name", "place_name")
# what a partnership says of the long form that is no matter of where things stand
_OF_THE_FILE: Final = ("markers", "null_words", "lists", "limits", "first_period_starts", "empty_number_means")
_KEYS: Final = ("template_version", "partnership", "partner")


@dataclass(frozen=True)
class TemplateMark:
    """What a template says of itself.

    Attributes:
        version: Of the layout of the workbook.
        partnership_id: The partnership for which it was made.
        partner_code: The partner for whom it was made.
    """

    version: str
    partnership_id: str
    partner_code: str

    @property
    def rows(self) -> tuple[tuple[str, str], ...]:
        """What is written into the hidden worksheet: a name and a text in each row."""
        return tuple(zip(_KEYS, (self.version, self.partnership_id, self.partner_code), strict=True))


def mark_of(grids: Iterable[Grid]) -> TemplateMark | None:
    """Return the mark of a workbook that was made as a template; None of any other file.

    Arguments:
        grids: The worksheets of a file that was found safe.
    """
    for grid in grids:
        if grid.sheet is not None and grid.sheet.lower() == MARK_SHEET and grid.cells.width > 1:
            said = {key: value for key, value in map(_pair, grid.texts(0, 20).rows()) if key}
            return TemplateMark(*(said.get(key, "") for key in _KEYS))
    return None


def _pair(row: Sequence[str | None]) -> tuple[str, str]:
    return trimmed(row[0] or ""), trimmed(row[1] or "")


def as_template(native: Layout | None) -> Layout:
    """Return the layout by which a template is read: the long form, on its sheet, beside the names of the codes.

    >>> as_template(None).sheet
    'Return'
    """
    terms = {name: getattr(native or NATIVE, name) for name in _OF_THE_FILE}
    return NATIVE.model_copy(update={"sheet": RETURN_SHEET, "ignored_columns": HELPER_COLUMNS, **terms})
