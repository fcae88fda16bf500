"""The parts of a layout: what is said of rows, cells, headers and periods of a sheet, each held to itself when made."""

import re
from collections.abc import Iterable
from typing import Final, Literal, Self

from pydantic import Field, model_validator

from outcomes.scalars import Definition, Flag, PositiveNumber, PositiveWhole, Slug, Text, Words

__all__ = [
    "MARGIN",
    "NUMBERS",
    "Cells",
    "OneBelowTheOther",
    "PeriodReading",
    "PlausibleChange",
    "RowFilter",
    "SideBySide",
    "TotalRows",
    "WideFigure",
]

# our columns of numbers
NUMBERS: Final = (
    "numerator",
    "denominator",
    "value",
    "lower_ci_95",
    "upper_ci_95",
    "sum_of_squares",
    "effective_sample_size",
)
# half the width of a 95% interval around the value
MARGIN: Final = "margin_95"
_MARK: Final = "{period}"
# a sum of more cells than this is not known to be exact
_MOST_CELLS: Final = 100


def _refuse_strangers(names: Iterable[str], allowed: tuple[str, ...], what: str) -> None:
    strange = sorted(set(names) - set(allowed))
    if strange:
        raise ValueError(f"{what} {strange[0]!r} is no column of numbers; there are: {', '.join(allowed)}")


class RowFilter(Definition):
    """Rows that are read only (`keep`), or skipped and counted (`skip`), by what stands in one of the sheet's columns.

    Attributes:
        column: The sheet's own header.
        keep: The row is read only if the cell is one of these (trimmed, any case); an empty text means an empty cell.
        skip: The row is skipped if the cell is one of these (trimmed, any case).
        where: Other headers to texts: only rows in which each of these columns holds one of its texts are looked at.
        because: Said with the number of rows that were skipped.
    """

    column: Text
    keep: tuple[Words, ...] = ()
    skip: tuple[Words, ...] = ()
    where: dict[Text, tuple[Words, ...]] = Field(default_factory=dict)
    because: Text


class TotalRows(Definition):
    """Rows that are totals of the others: compared with the sum of their parts, never read as a place.

    Attributes:
        column: The sheet's own header by which a total row is known.
        texts: What stands there in a total row (trimmed, any case).
        within: The sheet's headers in which a total and its parts have the same text; empty: every other row is a part.
        because: Said with the number of rows.
    """

    column: Text
    texts: tuple[Words, ...] = Field(min_length=1)
    within: tuple[Text, ...] = ()
    because: Words = ""


class Cells(Definition):
    """Cells of one row whose numbers make up one number, exactly.

    Attributes:
        add: The sheet's headers whose cells are added up. A cell that holds a marker, or nothing, or no number makes
            the whole so: a part that is missing is not nought.
        less: Headers whose cells are taken off.
    """

    add: tuple[Text, ...] = Field(min_length=1)
    less: tuple[Text, ...] = ()

    @model_validator(mode="after")
    def _are_few(self) -> Self:
        if len(self.add) + len(self.less) > _MOST_CELLS:
            raise ValueError(f"one number is made of at most {_MOST_CELLS} cells")
        return self


class WideFigure(Definition):
    """One figure among those that stand side by side in each row of a wide sheet.

    Attributes:
        constants: Our column to the text that this figure has in every row, such as its indicator_id.
        cells: Our column of a number (numerator, denominator, value, lower_ci_95, …) to the cells it is made of.
        is_left_out_where_blank: Whether a row in which all of its cells are blank has no such figure.
    """

    constants: dict[Slug, Text] = Field(default_factory=dict)
    cells: dict[Slug, Cells] = Field(min_length=1)
    is_left_out_where_blank: Flag = False

    @model_validator(mode="after")
    def _cells_are_numbers(self) -> Self:
        _refuse_strangers(self.cells, NUMBERS, "cells:")
        twice = sorted(set(self.cells) & set(self.constants))
        if twice:
            raise ValueError(f"{twice[0]!r} is given by cells and as a constant; keep one")
        return self


class SideBySide(Definition):
    """A run of columns that hold the same number for different categories, periods or indicators.

    Attributes:
        headers: The sheet's headers; empty where a pattern finds them.
        pattern: A regular expression that the whole header must match (before folding, trimmed); what its first group
            holds, or else all of it, is the text.
        becomes: Our column for the header's text, such as age_band or period; `codes` and `lists` apply to it.
        figure: Our column for the cells' numbers.
        is_left_out_where_blank: Whether a blank cell is no figure at all.
    """

    headers: tuple[Text, ...] = ()
    pattern: Words = ""
    becomes: Slug
    figure: Slug = "numerator"
    is_left_out_where_blank: Flag = False

    @model_validator(mode="after")
    def _headers_are_found_in_one_way(self) -> Self:
        if bool(self.headers) == bool(self.pattern):
            raise ValueError("either headers or a pattern is expected, and not both")
        try:
            found = re.compile(self.pattern)
        except re.error as error:
            raise ValueError(f"the pattern is no regular expression ({error})") from None
        if found.groups > 1:
            raise ValueError("the pattern has several groups; the text is what its one group holds")
        _refuse_strangers([self.figure], NUMBERS, "figure:")
        if self.becomes in NUMBERS:
            raise ValueError("becomes: a header is a text, such as an age_band or a period, and no number")
        return self


class OneBelowTheOther(Definition):
    """A sheet in which the numbers of one figure stand in several rows, each row saying which number it holds.

    Rows that agree in every other column that is read belong to one figure.

    Attributes:
        column: The sheet's header of the column that says which number it is.
        value: The sheet's header of the column of the numbers.
        figures: What stands in `column` (trimmed, any case) to our column of a number; `margin_95` is half the width of
            a 95% interval around the value.
        skip: What stands in `column` of rows that are known and not read.
    """

    column: Text
    value: Text
    figures: dict[Text, Slug] = Field(min_length=1)
    skip: tuple[Text, ...] = ()

    @model_validator(mode="after")
    def _kinds_can_be_told_apart(self) -> Self:
        _refuse_strangers(self.figures.values(), (*NUMBERS, MARGIN), "figures:")
        texts = [text.strip().lower() for text in (*self.figures, *self.skip)]
        if len(set(texts)) < len(texts):
            raise ValueError("a text stands twice among figures and skip")
        named = set(self.figures.values())
        if MARGIN in named and ("value" not in named or named & {"lower_ci_95", "upper_ci_95"}):
            raise ValueError(f"{MARGIN} makes the limits around the value: it needs value, and no limits besides")
        return self


class PeriodReading(Definition):
    """How the sheet writes periods.

    Attributes:
        form: `canonical` (with the lenient forms of the intake rules) or `year` (four digits: the calendar year,
            or the year in which a financial or academic year, or a span of three years, begins).
        pattern: The text around the period, which is written as `{period}`, such as `MSitAE-{period}`; any case.
        cell: The address of the one cell that names the period of the whole sheet, such as `A2`.
        beside: The text of a cell above the header; the first filled cell right of it names the period of the sheet.
        sheet: How the names of worksheets name the period, which is written as `{period}`, such as `Activity {period}`:
            the table is read from every worksheet whose name is so written, in the order of the workbook. Where months
            (or quarters) stand side by side without a year, they are those of the worksheet's year.
    """

    form: Literal["canonical", "year"] = "canonical"
    pattern: Words = ""
    cell: Words = ""
    beside: Words = ""
    sheet: Words = ""

    @model_validator(mode="after")
    def _is_found_in_one_way(self) -> Self:
        if self.pattern and self.pattern.count(_MARK) != 1:
            raise ValueError(f"the pattern has {_MARK} in it once, as in 'MSitAE-{_MARK}'")
        if self.cell and not re.fullmatch(r"[A-Za-z]{1,3}[1-9][0-9]{0,6}", self.cell):
            raise ValueError("cell is the address of a cell, such as A2")
        if self.cell and self.beside:
            raise ValueError("either cell or beside is expected, and not both")
        if self.sheet and (self.cell or self.beside or self.pattern):
            raise ValueError("sheet: the worksheet's name names the period, so no cell, beside or pattern is expected")
        if self.sheet and self.sheet.count(_MARK) != 1:
            raise ValueError(f"sheet has {_MARK} in it once, as in 'Activity {_MARK}'")
        return self


class PlausibleChange(Definition):
    """When a figure is said to be out of line with the sender's own earlier ones; it is only ever said.

    Attributes:
        earlier_figures: From how many earlier figures of the same indicator, place and group on anything is said.
        most_figures: So many of them are looked at, the last before the figure.
        times: How far beyond all of them it must lie: so many times the largest, or so many times below the smallest
            (of a share, by its odds).
        chance_deviations: How many standard deviations of chance alone a count, or a share of people, must be from
            their middle.
        own_deviations: And how many of their own standard deviations, by how many times larger or smaller it is.
        same_by_chance: How unlikely it must be that all new figures of a period are those of the period before, or of
            another partner, by chance, before that is said.
        not_for: The ids of indicators of which nothing is said, such as yearly campaigns that begin from nothing.
    """

    earlier_figures: PositiveWhole = 6
    most_figures: PositiveWhole = 24
    times: PositiveNumber = 1.5
    chance_deviations: PositiveNumber = 4.5
    own_deviations: PositiveNumber = 4.0
    same_by_chance: PositiveNumber = 0.0001
    not_for: tuple[Slug, ...] = ()
