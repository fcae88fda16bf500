"""The noun of the middle of intake: a Table of a partner's rows under our column names, with their addresses."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

import polars as pl

from outcomes.framework.model import Indicator
from outcomes.intake.remark import Remark
from outcomes.partnership.layout import Layout, PeriodReading
from outcomes.partnership.model import Partnership
from outcomes.vocabulary import Combine, Statistic

__all__ = [
    "ADDED",
    "AS_TEXT",
    "IDENTITY",
    "ROW_SAID",
    "TEXT_COLUMNS",
    "WANTED",
    "Address",
    "Table",
    "columns_known",
    "dimensions_of",
    "optional_columns_of",
]

# marks an entry that stands for a row which is not there
ADDED: Final = "is_added"
# whole numbers, and texts that many rows share, as texts like all others
AS_TEXT: Final = (pl.selectors.matches("_text$") - pl.selectors.string()).cast(pl.String)
# how a row is named among others, where rows of several sheets stand together
ROW_SAID: Final = "row_said"
IDENTITY: Final = ("indicator_id", "place_code", "period")
# by these names a header is known for one
WANTED: Final = (*IDENTITY, "numerator", "denominator")
TEXT_COLUMNS: Final = ("value_note", "comment")
_USUAL_DIMENSIONS: Final = ("sex", "age_band", "deprivation_decile")
_LIMITS: Final = frozenset({"lower_ci_95", "upper_ci_95"})
_DECLARED: Final = (
    "source_code",
    "sum_of_squares",
    "effective_sample_size",
    "lower_ci_95",
    "upper_ci_95",
    "value_status",
)


@dataclass(frozen=True)
class Address:
    """Where the columns of some entries stand in the partner's file.

    Attributes:
        header_row: The row of the header.
        columns: Our column to its place in the sheet, counted from 0; one that is made of several cells has none.
        headers: Our column to the partner's own wording.
        names: The name of every place of the sheet: ours, else the partner's folded header.
        texts: The partner's own wording of every place.
        sheet: The worksheet; None in a file without sheets.
        has_addresses: Whether a cell has an address such as D14.
        table: Which of the tables of the file it belongs to, counted from 0.
    """

    header_row: int | None
    columns: Mapping[str, int]
    headers: Mapping[str, str]
    names: Mapping[int, str] = field(default_factory=dict)
    texts: Mapping[int, str] = field(default_factory=dict)
    sheet: str | None = None
    has_addresses: bool = True
    table: int = 0


@dataclass(frozen=True)
class Table:
    """The rows of a partner's tables that may hold figures, as text, under our column names.

    Attributes:
        entries: `row` (the partner's own), and for each column found `<name>_text` (texts, an Enum of those that many
            rows share, or whole numbers), and `<name>_kind` where the cells are not all text. Where they differ
            between entries: `address_at` and `reading_at`, the places of the entry's address and reading of periods;
            `<name>_row`, the row of one number; `<name>_place`, the place of the one cell that spoils a sum of cells;
            `row_said`, the row with its sheet, where there are several; `is_added`, whether the entry stands for a row
            that is not there.
        addresses: Where the columns stand; one, unless several figures or tables stand in the file.
        readings: How periods are written.
        refuses_commas: Whether a comma in a number is refused.
        remarks: What is to be said about the shape.
    """

    entries: pl.DataFrame
    addresses: tuple[Address, ...]
    readings: tuple[PeriodReading, ...] = (PeriodReading(),)
    refuses_commas: bool = False
    remarks: tuple[Remark, ...] = ()

    def has(self, column: str) -> bool:
        """Whether the sheet (or the layout's constants) gives a column."""
        return f"{column}_text" in self.entries.columns

    @property
    def header_row(self) -> int | None:
        """The row of the first header."""
        return self.addresses[0].header_row

    @property
    def names(self) -> tuple[str, ...]:
        """The names of all columns, ours or the partner's."""
        return tuple(dict.fromkeys(name for address in self.addresses for name in address.names.values()))


def dimensions_of(partnership: Partnership) -> tuple[str, ...]:
    """Return the columns that may hold a breakdown: the usual three, then others that indicators declare, sorted."""
    declared = {
        breakdown.dimension for indicator in partnership.indicators.values() for breakdown in indicator.breakdowns
    }
    return (*_USUAL_DIMENSIONS, *sorted(declared - set(_USUAL_DIMENSIONS)))


def optional_columns_of(indicator: Indicator) -> frozenset[str]:
    """Return the further columns that are read of an indicator: a published value may bring its interval."""
    own = frozenset(indicator.optional_columns)
    return own | _LIMITS if indicator.statistic is Statistic.PUBLISHED_VALUE else own


def columns_known(partnership: Partnership, layout: Layout) -> tuple[str, ...]:
    """Return our columns that a sheet may have: the long form's, and those that an indicator or the layout declares."""
    declared = {column for indicator in partnership.indicators.values() for column in optional_columns_of(indicator)}
    declared |= set(_given_by(layout))
    if any(indicator.combine is Combine.SUM_OF_SOURCES for indicator in partnership.indicators.values()) or any(
        supply.source_codes for partner in partnership.partners for supply in partner.supplies
    ):
        # whose figure it is decides what a row counts for: never to be overlooked
        declared.add("source_code")
    known = (*WANTED, "value", *dimensions_of(partnership), *TEXT_COLUMNS)
    return (*known, *(column for column in _DECLARED if column in declared))


def _given_by(layout: Layout) -> Iterator[str]:
    for table in layout.described_tables:
        yield from (*table.columns.values(), *table.constants, *table.joined)
        for figure in table.wide:
            yield from (*figure.constants, *figure.cells)
        if table.side_by_side:
            yield from (table.side_by_side.becomes, table.side_by_side.figure)
        if table.one_below_the_other:
            yield from table.one_below_the_other.figures.values()
