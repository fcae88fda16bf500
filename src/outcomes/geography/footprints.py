"""Footprints: the weighted, dated areas that make up another area."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

import polars as pl

from outcomes.table import hold_to_table

__all__ = ["FOOTPRINT_COLUMNS", "Footprints"]

FOOTPRINT_COLUMNS: Final[dict[str, pl.DataType]] = {
    # the whole, such as a place
    "area_code": pl.String(),
    # the part, such as a neighbourhood
    "member_code": pl.String(),
    # the share of the member that belongs to the whole; over all wholes of one level it sums to 1
    "weight": pl.Float64(),
    "valid_from": pl.Date(),
    "valid_to": pl.Date(),
}


@dataclass(frozen=True)
class Footprints:
    """Which areas make up which, each step of the hierarchy one row.

    Attributes:
        frame: Columns `FOOTPRINT_COLUMNS`, sorted by whole, then part, then date.
        successions: The same columns, of areas that ended: `area_code` is a successor, `member_code` the area, and
            weight the share of it that the successor took over. No whole is summed by them.
    """

    frame: pl.DataFrame
    successions: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=FOOTPRINT_COLUMNS))

    def __post_init__(self) -> None:
        """Refuse a frame that is not of the footprints' table or has a weight outside (0, 1]."""
        for frame in (self.frame, self.successions):
            hold_to_table(frame, FOOTPRINT_COLUMNS, "footprints")
            if frame.filter(~pl.col("weight").is_between(0, 1, closed="right")).height:
                raise ValueError("a footprint's weight is above 0 and at most 1")

    @cached_property
    def members(self) -> dict[str, tuple[str, ...]]:
        """The direct parts of every whole, whatever the date."""
        found: dict[str, list[str]] = {}
        for whole, part in (
            self.frame.select("area_code", "member_code").unique().sort("area_code", "member_code").iter_rows()
        ):
            found.setdefault(whole, []).append(part)
        return {whole: tuple(parts) for whole, parts in found.items()}

    def parts(self, code: str) -> tuple[str, ...]:
        """The parts that a whole is shown by: its direct members but those that lie in another of them.

        A small area may be a member beside the council that it lies in, to say where it lies where the council is
        shared; it is no part of its own then.
        """
        direct = self.members.get(code, ())
        if len(direct) < 2:
            return direct
        among = set(direct)
        return tuple(part for part in direct if among.isdisjoint(self.ancestors(part)))

    @cached_property
    def wholes(self) -> dict[str, tuple[str, ...]]:
        """The direct wholes of every part, whatever the date."""
        found: dict[str, list[str]] = {}
        for whole, parts in self.members.items():
            for part in parts:
                found.setdefault(part, []).append(whole)
        return {part: tuple(sorted(wholes)) for part, wholes in sorted(found.items())}

    def ancestors(self, code: str) -> Iterator[str]:
        """Every whole above an area, nearest first, each once."""
        seen: set[str] = set()
        front = [code]
        while front:
            front = [whole for part in front for whole in self.wholes.get(part, ()) if whole not in seen]
            for whole in dict.fromkeys(front):
                if whole not in seen:
                    seen.add(whole)
                    yield whole

    def within(self, code: str) -> tuple[str, ...]:
        """An area and every part below it, sorted."""
        return tuple(sorted({code, *self.descendants(code)}))

    def descendants(self, code: str) -> Iterator[str]:
        """Every part below an area, nearest first, each once."""
        seen: set[str] = set()
        front = [code]
        while front:
            front = [part for whole in front for part in self.members.get(whole, ()) if part not in seen]
            for part in dict.fromkeys(front):
                if part not in seen:
                    seen.add(part)
                    yield part
