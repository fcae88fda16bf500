"""The noun Header of a table, and what tells it from other rows: the columns that a description of the sheet names."""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

from outcomes.intake.codes import fold_header, trimmed
from outcomes.intake.entries_model import WANTED
from outcomes.intake.reading.grid import Grid
from outcomes.partnership.layout import Layout, TableDescription

__all__ = ["Header", "HeaderFinder", "header_finder", "headers_named", "spellings_of_header"]

_FEWEST: Final = 3


@dataclass(frozen=True)
class Header:
    """The header of a table.

    Attributes:
        grid: The table's cells.
        position: The place of the header's last row among the rows; -1 where the file itself names its columns.
        texts: The partner's own names, by place.
        names: Our column or the folded header, by place; nameless columns are absent.
        columns: Our column to its place.
        description: How the table is laid out.
        first: The place of the header's first row.
    """

    grid: Grid
    position: int
    texts: tuple[str, ...]
    names: dict[int, str]
    columns: dict[str, int]
    description: TableDescription = field(default_factory=TableDescription)
    first: int = 0

    @property
    def row(self) -> int:
        """The row of the sheet in which the header stands; 1 where the file itself names its columns."""
        return 1 if self.position < 0 else int(self.grid.rows[self.position])

    @property
    def is_plain(self) -> bool:
        """Whether nothing is described besides the names of columns: a row is a figure, a cell what it says."""
        said = self.description
        return not any(
            (
                said.codes,
                said.joined,
                said.rows,
                said.totals,
                said.wide,
                said.side_by_side,
                said.one_below_the_other,
                said.named_groups,
            )
        )

    @cached_property
    def places(self) -> dict[str, int]:
        """The folded header to its place; of several columns with one header the first."""
        found: dict[str, int] = {}
        for place, text in enumerate(self.texts):
            found.setdefault(fold_header(text), place)
        found.pop("", None)
        return found

    def place_of(self, named: str) -> int | None:
        """Return the place of a column by the sheet's header (alternatives separated by `|`), else by our own name."""
        for spelling in spellings_of_header(named):
            if spelling in self.places:
                return self.places[spelling]
        return self.columns.get(trimmed(named))


def spellings_of_header(named: str) -> tuple[str, ...]:
    """Return the folded headers that a description's text stands for: itself, or one of the alternatives in it.

    >>> spellings_of_header("ODS Code (1) | ODS Code")
    ('ods_code_(1)_|_ods_code', 'ods_code_(1)', 'ods_code')
    """
    parts = [fold_header(part) for part in named.split("|")] if "|" in named else []
    return (fold_header(named), *(part for part in parts if part))


def headers_named(description: TableDescription) -> Iterator[str]:
    """Yield the headers that a description names apart from its columns: of cells, filters, totals, joined texts."""
    for row_filter in description.rows:
        yield from (row_filter.column, *row_filter.where)
    for total in description.totals:
        yield from (total.column, *total.within)
    for texts in description.joined.values():
        yield from texts
    for figure in description.wide:
        for cells in figure.cells.values():
            yield from (*cells.add, *cells.less)
    if description.side_by_side:
        yield from description.side_by_side.headers
    if description.named_groups:
        yield from (description.named_groups.kind, description.named_groups.category)
    if description.one_below_the_other:
        yield from (description.one_below_the_other.column, description.one_below_the_other.value)


def header_finder(
    layout: Layout, description: TableDescription, known: Sequence[str], unasked: Collection[str] = ()
) -> "HeaderFinder":
    """Return what tells a header from other rows, for a description and the columns that a partnership knows.

    Columns that it knows but does not ask for are read where they stand, and offered to nobody.
    """
    meanings = {
        spelling: column for text, column in description.columns.items() for spelling in spellings_of_header(text)
    }
    own = set(meanings) | set(meanings.values())
    named = dict.fromkeys(spellings_of_header(text) for text in headers_named(description))
    return HeaderFinder(
        layout,
        description,
        meanings or {name: name for name in known},
        bool(meanings),
        frozenset(unasked),
        tuple(spellings for spellings in named if own.isdisjoint(spellings)),
    )


@dataclass(frozen=True)
class HeaderFinder:
    """Tells a header from other rows.

    Attributes:
        layout, description: How the file and the table are laid out.
        meanings: The folded header to our column.
        is_translated: Whether the layout says so, rather than our own names being looked for.
        unasked: Our columns that nobody is to be asked for.
        named: Further columns that are needed, each with its spellings.
    """

    layout: Layout
    description: TableDescription
    meanings: dict[str, str]
    is_translated: bool
    unasked: frozenset[str] = frozenset()
    named: tuple[tuple[str, ...], ...] = ()

    @cached_property
    def offered(self) -> frozenset[str]:
        """Our columns by which a header is known."""
        return frozenset(self.meanings.values()) & frozenset(WANTED)

    @cached_property
    def _pattern(self) -> re.Pattern[str] | None:
        side_by_side = self.description.side_by_side
        return re.compile(side_by_side.pattern) if side_by_side and side_by_side.pattern else None

    def is_of_pattern(self, text: str) -> bool:
        """Whether a header is one of those that stand side by side."""
        return self._pattern is not None and self._pattern.fullmatch(trimmed(text)) is not None

    def found_in(self, texts: Sequence[str | None]) -> int:
        """Return how many of the columns that are needed stand in a row."""
        folded = {fold_header(text) for text in texts if text}
        found = len({self.meanings.get(text) for text in folded} & self.offered)
        found += sum(1 for spellings in self.named if not folded.isdisjoint(spellings))
        return found + int(self._pattern is not None and any(text and self.is_of_pattern(text) for text in texts))

    def is_header(self, texts: Sequence[str | None]) -> bool:
        """Whether enough of the columns that are needed stand in a row."""
        needed = len(self.offered) + len(self.named) + int(self._pattern is not None)
        return self.found_in(texts) >= min(_FEWEST, needed)

    def position_in(self, rows: Sequence[Sequence[str | None]]) -> int | None:
        """Return the place of the header's first row among some first rows, or None.

        Where the description names columns for other ends, the row with the most of them is meant, else the first.
        """
        best: tuple[int, int] | None = None
        for position in range(min(len(rows), self.description.header_search_rows)):
            texts = self.merged(rows[position : position + self.description.header_rows])
            if not self.is_header(texts):
                continue
            if not self.named:
                return position
            if best is None or self.found_in(texts) > best[0]:
                best = (self.found_in(texts), position)
        return None if best is None else best[1]

    def has_header(self, rows: list[list[str]]) -> bool:
        """Whether the header stands in some first rows."""
        return self.position_in(rows) is not None

    def merged(self, rows: Sequence[Sequence[str | None]]) -> tuple[str, ...]:
        """Return the header of several rows as one: read downwards, an empty upper part being that to its left."""
        if len(rows) == 1:
            return tuple(text or "" for text in rows[0])
        width = max((len(row) for row in rows), default=0)
        lines = [[trimmed(row[place] or "") if place < len(row) else "" for place in range(width)] for row in rows]
        filled = [list(line) for line in lines]
        for line in filled[:-1]:
            for place in range(1, width):
                line[place] = line[place] or line[place - 1]
        # below a part that is merged downwards nothing stands: then only what is written above it counts
        return tuple(
            " ".join(part for part in (line[place] for line in (filled if lines[-1][place] else lines)) if part)
            for place in range(width)
        )

    def is_described(self, text: str) -> bool:
        """Whether the description says what a column is for, or that it is not read."""
        folded = fold_header(text)
        return folded in self._described or self.is_of_pattern(text)

    @cached_property
    def _described(self) -> frozenset[str]:
        named = (*self.description.ignored_columns, *headers_named(self.description))
        return frozenset(spelling for text in named for spelling in spellings_of_header(text)) | frozenset(
            self.meanings
        )

    @cached_property
    def needed_once(self) -> frozenset[str]:
        """Headers, besides those of our columns, that may stand only once."""
        return frozenset(spelling for spellings in self.named for spelling in spellings)
