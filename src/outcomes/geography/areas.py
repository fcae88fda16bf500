"""Areas: any coded geography, with the dates between which its code was valid and what followed it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Final

import polars as pl

from outcomes.errors import UnknownNameError
from outcomes.table import hold_to_table
from outcomes.vocabulary import AreaLevel

__all__ = ["AREA_COLUMNS", "RANK", "Area", "Areas"]

AREA_COLUMNS: Final[dict[str, pl.DataType]] = {
    "area_code": pl.String(),
    "name": pl.String(),
    "level": pl.String(),
    # null: no known beginning, no known end
    "valid_from": pl.Date(),
    "valid_to": pl.Date(),
    "successors": pl.List(pl.String()),
}

# a whole stands above its parts; `other` may stand anywhere
RANK: Final[dict[str, int]] = {
    AreaLevel.NATION.value: 0,
    AreaLevel.REGION.value: 1,
    AreaLevel.SYSTEM.value: 2,
    # beside a system: neither is made of the other
    AreaLevel.POLICE_FORCE_AREA.value: 2,
    AreaLevel.PLACE.value: 3,
    AreaLevel.COUNCIL.value: 4,
    AreaLevel.NEIGHBOURHOOD.value: 5,
    AreaLevel.WARD.value: 6,
    AreaLevel.LSOA.value: 7,
}


@dataclass(frozen=True, slots=True)
class Area:
    """One area: code, name, level, validity (both days included) and the codes that followed it.

    Other codes are those by which partners may name it, such as the ODS code of an integrated care board.

    A remainder holds what belongs to no area of its level, such as patients of an unknown commissioner: it counts in
    the wholes above it, nothing is expected of it, and it is never judged or given a page.
    """

    code: str
    name: str
    level: AreaLevel
    valid_from: date | None = None
    valid_to: date | None = None
    successors: tuple[str, ...] = ()
    is_remainder: bool = False
    other_codes: tuple[str, ...] = ()

    def is_valid(self, first: date, last: date) -> bool:
        """Whether the whole span from first to last lies within the area's dates."""
        return (self.valid_from is None or self.valid_from <= first) and (
            self.valid_to is None or last <= self.valid_to
        )


@dataclass(frozen=True)
class Areas:
    """All areas of a partnership.

    Attributes:
        frame: One row an area, columns `AREA_COLUMNS`, sorted by code.
        remainders: The codes of the areas that are remainders.
        other_codes: The codes of areas to others by which partners may name them.
    """

    frame: pl.DataFrame
    remainders: frozenset[str] = frozenset()
    other_codes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Refuse a frame that is not of the areas' table, or in which a code stands twice."""
        hold_to_table(self.frame, AREA_COLUMNS, "areas")
        if self.frame["area_code"].is_duplicated().any():
            twice = self.frame.filter(pl.col("area_code").is_duplicated())["area_code"].unique().sort().to_list()
            raise ValueError(f"these area codes stand twice: {', '.join(twice[:10])}")

    @cached_property
    def by_code(self) -> dict[str, Area]:
        """Every area by its code."""
        return {
            row["area_code"]: Area(
                row["area_code"],
                row["name"],
                AreaLevel(row["level"]),
                row["valid_from"],
                row["valid_to"],
                tuple(row["successors"] or ()),
                row["area_code"] in self.remainders,
                tuple(self.other_codes.get(row["area_code"], ())),
            )
            for row in self.frame.iter_rows(named=True)
        }

    def __getitem__(self, code: str) -> Area:
        """Return the area of a code; UnknownNameError if nobody defined it."""
        try:
            return self.by_code[code]
        except KeyError:
            raise UnknownNameError(f"no area has the code {code!r}; see areas.csv for those there are") from None

    def __contains__(self, code: object) -> bool:
        """Whether an area has this code."""
        return code in self.by_code

    def __iter__(self) -> Iterator[Area]:
        """Every area, sorted by code."""
        return iter(self.by_code.values())

    def at_level(self, level: AreaLevel) -> tuple[Area, ...]:
        """Every area at a level, sorted by code."""
        return tuple(area for area in self if area.level is level)
