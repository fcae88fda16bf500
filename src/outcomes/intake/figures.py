"""Says which cells of a row make up which figures, where a description names several in each row."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from outcomes.intake.cell_sums import Part
from outcomes.intake.codes import fold_header, trimmed
from outcomes.intake.entries_model import Address
from outcomes.intake.headers import Header
from outcomes.intake.missing_columns import missing_column
from outcomes.intake.named_periods import period_of_sheet
from outcomes.intake.period_spellings import part_of_year
from outcomes.intake.remark import Remark
from outcomes.partnership.layout import Cells, SideBySide, WideFigure

__all__ = ["ADDED_UP", "Figure", "address_of", "figures_of", "missing_cells", "number_places"]

# of these a whole is the sum of its parts
ADDED_UP = frozenset({"numerator", "denominator", "sum_of_squares"})
_NUMBERS = ("numerator", "denominator", "value")


@dataclass(frozen=True)
class Figure:
    """One figure in each row.

    Attributes:
        constants: Our column to the text that it has in every row.
        cells: Our column of a number to the cells that make it up.
        is_left_out_where_blank: Whether there is no such figure where all of its cells are blank.
        categories: Our column to the place of the header that says its text.
    """

    constants: Mapping[str, str]
    cells: Mapping[str, tuple[Part, ...]]
    is_left_out_where_blank: bool = False
    categories: Mapping[str, int] | None = None


def figures_of(header: Header) -> tuple[Figure, ...]:
    """Return the figures that stand in each row; none where a row is one figure, in columns of our own."""
    description = header.description
    if description.side_by_side:
        return tuple(_beside_each_other(header, description.side_by_side))
    return tuple(_wide(header, figure) for figure in description.wide)


def _wide(header: Header, figure: WideFigure) -> Figure:
    return Figure(
        figure.constants,
        {name: tuple(_parts(header, cells)) for name, cells in figure.cells.items()},
        figure.is_left_out_where_blank,
    )


def _parts(header: Header, cells: Cells) -> Iterator[Part]:
    for texts, is_less in ((cells.add, False), (cells.less, True)):
        for text in texts:
            place = header.place_of(text)
            if place is not None:
                yield Part(place, is_less)


def _beside_each_other(header: Header, described: SideBySide) -> Iterator[Figure]:
    codes = header.description.codes.get(described.becomes, {})
    year = period_of_sheet(header.grid, header.description.period.sheet) if described.becomes == "period" else None
    for place, text in _run(header, described):
        said = codes.get(text, text)
        yield Figure(
            {described.becomes: part_of_year(said, year) if year else said},
            {described.figure: (Part(place),)},
            described.is_left_out_where_blank,
            {described.becomes: place},
        )


def _run(header: Header, described: SideBySide) -> Iterator[tuple[int, str]]:
    for named in described.headers:
        place = header.place_of(named)
        if place is not None:
            yield place, trimmed(header.texts[place])
    if described.headers:
        return
    for place, text in enumerate(header.texts):
        found = re.fullmatch(described.pattern, trimmed(text))
        is_first = header.places.get(fold_header(text)) == place
        if found and (is_first or not header.description.is_header_repeated_by_first):
            yield place, trimmed(found[1] or "") if found.re.groups else trimmed(text)


def missing_cells(header: Header) -> Iterator[Remark]:
    """Yield a remark for each column of numbers, or part of a joined text, that is described and not there."""
    description = header.description
    wanted = [text for texts in description.joined.values() for text in texts]
    for figure in description.wide:
        wanted += [text for cells in figure.cells.values() for text in (*cells.add, *cells.less)]
    side_by_side = description.side_by_side
    if side_by_side:
        wanted += side_by_side.headers
        if not side_by_side.headers and not any(_run(header, side_by_side)):
            wanted.append(side_by_side.pattern)
    if description.one_below_the_other:
        wanted += [description.one_below_the_other.column, description.one_below_the_other.value]
    for text in dict.fromkeys(wanted):
        if header.place_of(text) is None:
            yield missing_column(fold_header(text), header.row, header.names.values())


def number_places(header: Header, figures: tuple[Figure, ...]) -> dict[int, None]:
    """Return the places of all cells from which numbers are read, in order."""
    places = [header.columns[name] for name in _NUMBERS if name in header.columns]
    places += [part.place for figure in figures for parts in figure.cells.values() for part in parts]
    one_below = header.description.one_below_the_other
    place = header.place_of(one_below.value) if one_below else None
    return dict.fromkeys([*places, *([] if place is None else [place])])


def address_of(header: Header, figure: Figure | None = None) -> Address:
    """Return where the columns of a figure stand."""
    columns = dict(header.columns)
    for name, texts in header.description.joined.items():
        columns.pop(name, None)
        place = header.place_of(texts[0])
        if place is not None:
            columns[name] = place
    headers = {name: header.texts[place] for name, place in columns.items()}
    for name, texts in header.description.joined.items():
        places = [place for text in texts if (place := header.place_of(text)) is not None]
        headers[name] = " + ".join(header.texts[place] for place in places)
    if figure is not None:
        columns |= figure.categories or {}
        headers |= {name: header.texts[place] for name, place in (figure.categories or {}).items()}
        for name, parts in figure.cells.items():
            columns.pop(name, None)
            if len(parts) == 1:
                columns[name] = parts[0].place
            headers[name] = _worded(header, parts)
    return Address(
        header_row=header.row,
        columns=columns,
        headers=headers,
        names=header.names,
        texts=dict(enumerate(header.texts)),
        sheet=header.grid.sheet,
        has_addresses=header.grid.has_addresses,
    )


def _worded(header: Header, parts: tuple[Part, ...]) -> str:
    words = "".join(f"{' − ' if part.is_less else ' + '}{header.texts[part.place].strip()}" for part in parts)
    return words.removeprefix(" + ").strip()
