"""The mark by which a template is known when it comes back: whose it is, of which partnership, and what it asked for.

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
_ASKS: Final = "asks"
# no template asks for so many indicators and periods
_MOST_ROWS: Final = 5_000


@dataclass(frozen=True)
class TemplateMark:
    """What a template says of itself.

    Attributes:
        version: Of the layout of the workbook.
        partnership_id: The partnership for which it was made.
        partner_code: The partner for whom it was made.
        asks: The id of each indicator with each period for which a figure was asked; empty where the template does
            not say, as the first ones did not.
    """

    version: str
    partnership_id: str
    partner_code: str
    asks: tuple[tuple[str, str], ...] = ()

    @property
    def rows(self) -> tuple[tuple[str, ...], ...]:
        """What is written into the hidden worksheet: a name and a text, or two, in each row."""
        named = tuple(zip(_KEYS, (self.version, self.partnership_id, self.partner_code), strict=True))
        return (*named, *((_ASKS, *pair) for pair in self.asks))


def mark_of(grids: Iterable[Grid]) -> TemplateMark | None:
    """Return the mark of a workbook that was made as a template; None of any other file.

    Arguments:
        grids: The worksheets of a file that was found safe.
    """
    for grid in grids:
        if grid.sheet is not None and grid.sheet.lower() == MARK_SHEET and grid.cells.width > 1:
            rows = [_texts(row) for row in grid.texts(0, _MOST_ROWS).rows()]
            said = {key: value for key, value, _ in rows if key}
            asks = tuple(sorted({(first, second) for key, first, second in rows if key == _ASKS and first and second}))
            version, partnership_id, partner_code = (said.get(key, "") for key in _KEYS)
            return TemplateMark(version, partnership_id, partner_code, asks)
    return None


def _texts(row: Sequence[str | None]) -> tuple[str, str, str]:
    key, first, second = (trimmed(row[at] or "") if at < len(row) else "" for at in range(3))
    return key, first, second


def as_template(native: Layout | None) -> Layout:
    """Return the layout by which a template is read: the long form, on its sheet, beside the names of the codes.

    >>> as_template(None).sheet
    'Return'
    """
    terms = {name: getattr(native or NATIVE, name) for name in _OF_THE_FILE}
    return NATIVE.model_copy(update={"sheet": RETURN_SHEET, "ignored_columns": HELPER_COLUMNS, **terms})
