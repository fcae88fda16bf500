"""Statistical neighbours: the areas that somebody named as most like an area; reads neighbours.csv."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import polars as pl

from outcomes.definitions import TableFile, read_table_file
from outcomes.table import hold_to_table

__all__ = [
    "NEIGHBOURS_FILE",
    "NEIGHBOURS_HEADER",
    "NEIGHBOUR_COLUMNS",
    "Neighbours",
    "neighbours_of",
    "read_neighbours",
]

NEIGHBOURS_FILE: Final = "neighbours.csv"
NEIGHBOURS_HEADER: Final = ("area_code", "neighbour_code", "source", "edition")
NEIGHBOUR_COLUMNS: Final[dict[str, pl.DataType]] = {
    "area_code": pl.String(),
    "neighbour_code": pl.String(),
    # who named the neighbours, such as CIPFA, and in which edition of the list
    "source": pl.String(),
    "edition": pl.String(),
}


@dataclass(frozen=True)
class Neighbours:
    """The neighbours of each area, by one source and edition.

    Attributes:
        frame: Columns `NEIGHBOUR_COLUMNS`, sorted by area, then neighbour.
    """

    frame: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=NEIGHBOUR_COLUMNS))

    def __post_init__(self) -> None:
        """Refuse a frame that is not of the neighbours' table."""
        hold_to_table(self.frame, NEIGHBOUR_COLUMNS, "statistical neighbours")


def read_neighbours(folder: Path) -> TableFile | None:
    """Return the cells of a partnership's neighbours.csv as text; None where there is none.

    Arguments:
        folder: The partnership's.
    """
    path = folder / NEIGHBOURS_FILE
    if not path.exists():
        return None
    return read_table_file(path, folder, known=NEIGHBOURS_HEADER, required=NEIGHBOURS_HEADER)


def neighbours_of(table: TableFile | None) -> Neighbours:
    """Return the neighbours of a faultless table."""
    if table is None:
        return Neighbours()
    return Neighbours(table.frame.select(list(NEIGHBOUR_COLUMNS)).sort("area_code", "neighbour_code"))
