"""Lineage: where the areas of a day came from, period by period, as tables of numbers that sums can be joined to."""

from bisect import bisect_right
from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from typing import Final

import polars as pl

from outcomes.geography.areas import Area
from outcomes.geography.succession import Succession, change_of
from outcomes.rollup.ladder import OUTSIDE, WEIGHT_SCALE, Terrain

__all__ = ["Lineage", "lineage_of"]

_ORIGINS: Final = {
    "epoch": pl.UInt32(),
    "area": pl.UInt32(),
    "origin": pl.UInt32(),
    # an AreaChange
    "change": pl.String(),
    # of WEIGHT_SCALE; null where it is not known
    "share": pl.Int64(),
}
_SPLITS: Final = {
    "epoch": pl.UInt32(),
    "area": pl.UInt32(),
    "whole": pl.UInt32(),
    "split": pl.UInt32(),
    "weight": pl.Int64(),
    "is_taken": pl.Boolean(),
}
_PARTS: Final = {"area": pl.UInt32(), "part": pl.UInt32(), "parts": pl.UInt32()}
_LINES: Final = {
    "origin": pl.UInt32(),
    "area": pl.UInt32(),
    "origin_from": pl.Date(),
    "origin_to": pl.Date(),
    "area_from": pl.Date(),
    "area_to": pl.Date(),
}


@dataclass(frozen=True)
class Lineage:
    """Where the areas of a day came from.

    Attributes:
        epochs: period_start, epoch: spans of days in which no area begins or ends.
        origins: For the periods that begin in an epoch, each area that had not begun by then: what it came from, by
            which change, and how much of that it holds.
        splits: How each origin that was divided is shared out: all of its shares (and `OUTSIDE`) together are whole.
        lines: Every pair of an area and one that followed it, over however many steps, with their first and last days.
        taken_in: Areas that existed before they took others in, and the day from which they hold them.
        after: area, part, parts: each area that ended into new areas alone, to these, and how many they are.
        before: The same of each area that was made of ended areas alone, to those that it was made of.
    """

    epochs: pl.DataFrame
    origins: pl.DataFrame
    splits: pl.DataFrame
    lines: pl.DataFrame
    taken_in: pl.DataFrame
    after: pl.DataFrame
    before: pl.DataFrame


def lineage_of(succession: Succession, terrain: Terrain, starts: pl.Series, as_of: date) -> Lineage:
    """Return where the areas of a day came from.

    Arguments:
        succession: The chains.
        terrain: The numbers of the areas.
        starts: The first days of all periods.
        as_of: The day; areas that are not valid on it have no lineage.
    """
    number, areas = terrain.number_of, succession.areas
    pairs = succession.lines()
    epochs, days = _epochs(starts, [areas[code] for code in sorted({code for pair in pairs for code in pair})])
    origins: list[tuple[int, int, int, str, int | None]] = []
    splits: list[tuple[int, int, int, int, int, bool]] = []
    for epoch, day in days.items():
        divided: set[str] = set()
        concerned: set[int] = set()
        for code in succession.predecessors:
            found = succession.origins(code, day, as_of)
            for origin in found:
                share = None if origin.share is None else _scaled(origin.share)
                origins.append((epoch, number[code], number[origin.code], change_of(found).value, share))
                concerned.add(number[code])
                if origin.share not in (None, 1):
                    divided.add(origin.code)
        for split, code in enumerate(sorted(divided)):
            shares = {number[later]: share for later, share in succession.became(code, as_of).items()}
            splits += [
                (epoch, number[code], whole, split, weight, whole in concerned)
                for whole, weight in _whole_shares(shares).items()
            ]
    return Lineage(
        pl.DataFrame(epochs, schema={"period_start": pl.Date, "epoch": pl.UInt32}, orient="row"),
        pl.DataFrame(origins, schema=_ORIGINS, orient="row"),
        pl.DataFrame(splits, schema=_SPLITS, orient="row"),
        pl.DataFrame(
            [(number[before], number[after], *_span(areas[before]), *_span(areas[after])) for before, after in pairs],
            schema=_LINES,
            orient="row",
        ),
        pl.DataFrame(
            [(number[code], day) for code in succession.predecessors for day in succession.taken_in(code)],
            schema={"area": pl.UInt32, "day": pl.Date},
            orient="row",
        ),
        *_parts(succession, number),
    )


def _parts(succession: Succession, number: dict[str, int]) -> tuple[pl.DataFrame, pl.DataFrame]:
    """What each area became and what each was made of, but of those that took in others or were taken in."""
    made_of = succession.predecessors
    became: dict[str, list[str]] = defaultdict(list)
    for code, codes in made_of.items():
        for origin in codes:
            became[origin].append(code)
    into = {code: {origin for codes in succession.taken_in(code).values() for origin in codes} for code in made_of}
    taken_in: set[str] = set().union(*into.values())
    rows = (
        [(area, parts) for area, parts in sorted(became.items()) if area not in taken_in],
        [(area, parts) for area, parts in made_of.items() if not into[area]],
    )
    after, before = (
        pl.DataFrame(
            [(number[area], number[part], len(parts)) for area, parts in found for part in parts],
            schema=_PARTS,
            orient="row",
        )
        for found in rows
    )
    return after, before


def _epochs(starts: pl.Series, areas: list[Area]) -> tuple[list[tuple[date, int]], dict[int, date]]:
    """The epoch of each first day of a period, and of each epoch the first such day."""
    begins = {area.valid_from for area in areas if area.valid_from}
    ends = {area.valid_to + timedelta(days=1) for area in areas if area.valid_to and area.valid_to < date.max}
    changes = sorted(begins | ends)
    epochs = [(start, bisect_right(changes, start)) for start in starts.unique().sort()]
    days: dict[int, date] = {}
    for start, epoch in epochs:
        days.setdefault(epoch, start)
    return epochs, days


def _whole_shares(shares: dict[int, Fraction | None]) -> dict[int, int]:
    """Shares as whole numbers that add up to a whole; what none of them holds is outside."""
    known = {whole: share for whole, share in shares.items() if share is not None}
    scaled = {whole: _scaled(share) for whole, share in known.items()}
    total = _scaled(sum(known.values(), Fraction(0)))
    if scaled:
        # what rounding left over goes to the first
        scaled[min(scaled)] += total - sum(scaled.values())
    return scaled | ({OUTSIDE: WEIGHT_SCALE - total} if total < WEIGHT_SCALE else {})


def _scaled(share: Fraction) -> int:
    return round(share * WEIGHT_SCALE)


def _span(area: Area) -> tuple[date | None, date | None]:
    return area.valid_from, area.valid_to
