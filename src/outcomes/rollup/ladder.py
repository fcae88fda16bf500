"""Ladders: which parts make up which whole, rung by rung, so that nothing is counted twice.

The footprints valid on a day, seen from the level at which an indicator is collected, are a graph of weighted edges.
A ladder turns it into steps: a whole is the sum of its direct members where these share no area; where an area reaches
a whole by two routes, the whole is summed from the areas themselves, each once. An area of which only a share belongs
to a whole is split; the parts of a split add up to the area exactly.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Final

import polars as pl

from outcomes.errors import TableError
from outcomes.geography.areas import Areas
from outcomes.geography.footprints import Footprints
from outcomes.vocabulary import AreaLevel

__all__ = ["OUTSIDE", "WEIGHT_SCALE", "Ladder", "Rung", "Terrain"]

# weights become whole numbers of this many parts
WEIGHT_SCALE: Final = 10**9
# weights are typed with few decimals: three times 0.333333 are a whole
_TOLERANCE: Final = WEIGHT_SCALE // 100_000
# the number of no area: the rest of a split that belongs to no whole of the level
OUTSIDE: Final = 2**32 - 1

_STEPS: Final = {"area": pl.UInt32(), "whole": pl.UInt32()}
_SPLITS: Final = {**_STEPS, "split": pl.UInt32(), "weight": pl.Int64(), "is_taken": pl.Boolean()}


@dataclass(frozen=True)
class Rung:
    """One rung of a ladder: wholes of which every part is already summed.

    Attributes:
        steps: For each lower rung (0: the collected areas) the rows area, whole: the part belongs wholly to the whole.
        splits: For each lower rung the rows area, split, whole, weight, is_taken: the area is split over these wholes
            (and `OUTSIDE`); weights of one split add up to `WEIGHT_SCALE`; the rung takes the pieces marked.
    """

    steps: Mapping[int, pl.DataFrame]
    splits: Mapping[int, pl.DataFrame]


@dataclass(frozen=True)
class Ladder:
    """How sums climb from the areas of one level.

    Attributes:
        rungs: From the lowest.
        holdings: whole, area, share: the collected areas of each whole, and how much of each is its
            (of `WEIGHT_SCALE`).
    """

    rungs: tuple[Rung, ...]
    holdings: pl.DataFrame


# part → whole → weight
_Edges = dict[int, dict[int, int]]
# (part, whole) → share
_Shares = dict[tuple[int, int], int]
# whole → area → share
_Holdings = dict[int, dict[int, int]]
# (whole, weight) of each piece
_Split = tuple[tuple[int, int], ...]


class Terrain:
    """The areas and footprints of a partnership, as numbers; it gives the ladder for a day and a level."""

    def __init__(self, areas: Areas, footprints: Footprints) -> None:
        self.areas = areas
        self.codes: list[str] = sorted(areas.by_code)
        self._footprints = footprints
        self._ladders: dict[tuple[int, AreaLevel], Ladder] = {}
        self._steps: dict[int, tuple[_Edges, _Shares]] = {}

    @cached_property
    def number_of(self) -> dict[str, int]:
        """The number of each area: its place among the sorted codes."""
        return {code: number for number, code in enumerate(self.codes)}

    @cached_property
    def levels(self) -> list[AreaLevel]:
        """The level of each area, by number."""
        return [self.areas.by_code[code].level for code in self.codes]

    @cached_property
    def _changes(self) -> list[date]:
        """The days from which other footprints hold."""
        frame = self._footprints.frame
        begins = set(frame["valid_from"].drop_nulls())
        ends = {day + timedelta(days=1) for day in frame["valid_to"].drop_nulls() if day < date.max}
        return sorted(begins | ends)

    def regime_on(self, day: date) -> int:
        """The number of the span of days, holding this one, in which no footprint changes."""
        return bisect_right(self._changes, day)

    def ladder(self, regime: int, level: AreaLevel) -> Ladder:
        """Return the ladder from a level up, by the footprints of a regime."""
        if (regime, level) not in self._ladders:
            if regime not in self._steps:
                edges = self._edges(self._changes[regime - 1] if regime else date.min)
                self._steps[regime] = edges, _shares(edges, self.levels)
            self._ladders[regime, level] = _ladder(*self._steps[regime], level, self.levels, self.codes)
        return self._ladders[regime, level]

    def held_by(self, code: str, level: AreaLevel, day: date) -> tuple[str, ...]:
        """Return the codes of the areas of a level that a whole holds on a day, in full or in part, sorted."""
        if code not in self.number_of:
            return ()
        holdings = self.ladder(self.regime_on(day), level).holdings
        held = holdings.filter(pl.col("whole") == self.number_of[code])["area"]
        # codes are sorted, so numbers in order are codes in order
        return tuple(self.codes[area] for area in held.sort())

    def _edges(self, day: date) -> _Edges:
        """Part → whole → weight, of the footprints valid on a day."""
        found: dict[int, dict[int, int]] = defaultdict(dict)
        # a span without a beginning holds from ever
        valid = (pl.col("valid_from").is_null() | (pl.col("valid_from") <= day)) & (
            pl.col("valid_to").is_null() | (pl.col("valid_to") >= day)
        )
        numbers = pl.DataFrame({"code": self.codes}, schema={"code": pl.String}).with_row_index("number")
        steps = (
            self._footprints.frame.filter(valid)
            .join(numbers.rename({"code": "area_code", "number": "whole"}), on="area_code")
            .join(numbers.rename({"code": "member_code", "number": "part"}), on="member_code")
            .sort("part", "whole", "weight")
            .select("part", "whole", "weight")
        )
        for part, whole, weight in steps.iter_rows():
            found[part][whole] = round(weight * WEIGHT_SCALE)
        return found


def _ladder(edges: _Edges, shares: _Shares, level: AreaLevel, levels: list[AreaLevel], codes: list[str]) -> Ladder:
    parts_of = _parts_above(edges, level, levels)
    holdings: _Holdings = {
        number: {number: WEIGHT_SCALE} for number, its_level in enumerate(levels) if its_level is level
    }
    collected = set(holdings)
    rung_of = dict.fromkeys(collected, 0)
    # whole → its parts, wholly its own; whole → the splits of which it takes a piece
    steps: dict[int, list[int]] = {}
    pieces: dict[int, list[tuple[int, _Split]]] = {}
    # level → whole → area → share, of wholes that are summed from the areas themselves
    from_areas: dict[AreaLevel, _Holdings] = defaultdict(dict)
    for whole in _from_below(parts_of, collected, codes):
        routes = [(part, shares[part, whole]) for part in sorted(parts_of[whole])]
        held: dict[int, int] = {}
        elsewhere = _lying_elsewhere(whole, routes, edges, holdings, levels)
        is_overlapping = bool(elsewhere)
        for part, weight in routes:
            is_overlapping |= not held.keys().isdisjoint(holdings[part])
            held |= {area: share * weight // WEIGHT_SCALE for area, share in holdings[part].items()}
        if is_overlapping:
            held = _held_once(whole, routes, edges, holdings, levels, elsewhere)
            routes = sorted(held.items())
        steps[whole] = [part for part, weight in routes if weight == WEIGHT_SCALE]
        # wholes of one level share a part between them
        apart = {part: weight for part, weight in routes if weight < WEIGHT_SCALE}
        if is_overlapping:
            from_areas[levels[whole]][whole] = apart
        else:
            pieces[whole] = [(part, _split_of(part, whole, edges[part], shares, levels)) for part in apart]
        holdings[whole] = held
        # a whole of which every area says that it lies elsewhere holds nothing
        rung_of[whole] = 1 + max((rung_of[part] for part, _ in routes), default=0)
    for of_level in from_areas.values():
        pieces |= _shared_areas(of_level)
    return Ladder(
        _rungs(rung_of, steps, pieces),
        pl.DataFrame(
            [
                (whole, area, share)
                for whole, held in holdings.items()
                if whole not in collected
                for area, share in sorted(held.items())
            ],
            schema={"whole": pl.UInt32(), "area": pl.UInt32(), "share": pl.Int64()},
            orient="row",
        ),
    )


def _parts_above(edges: Mapping[int, dict[int, int]], level: AreaLevel, levels: list[AreaLevel]) -> dict[int, set[int]]:
    """Whole → parts, of every whole above the level; areas of the level itself are never wholes."""
    parts_of: dict[int, set[int]] = defaultdict(set)
    front = [number for number, its_level in enumerate(levels) if its_level is level]
    seen = set(front)
    while front:
        reached = []
        for part in front:
            for whole in edges.get(part, {}):
                if levels[whole] is not level:
                    parts_of[whole].add(part)
                    if whole not in seen:
                        seen.add(whole)
                        reached.append(whole)
        front = reached
    return parts_of


def _from_below(parts_of: Mapping[int, set[int]], collected: set[int], codes: list[str]) -> list[int]:
    """The wholes, each after all of its parts."""
    order: list[int] = []
    ready = set(collected)
    waiting = dict(parts_of)
    while waiting:
        rung = sorted(whole for whole, parts in waiting.items() if parts <= ready)
        if not rung:
            circle = ", ".join(codes[whole] for whole in sorted(waiting)[:10])
            raise TableError(f"the footprints go round in a circle: {circle}; a whole may not be a part of itself")
        order += rung
        ready.update(rung)
        for whole in rung:
            del waiting[whole]
    return order


def _shares(edges: _Edges, levels: list[AreaLevel]) -> _Shares:
    """(part, whole) → share; shares of one part over the wholes of a level that nearly make 1 make exactly 1."""
    found: _Shares = {}
    for part, wholes in edges.items():
        if all(weight == WEIGHT_SCALE for weight in wholes.values()):
            # the usual case: a part lies in its wholes altogether
            found.update(((part, whole), WEIGHT_SCALE) for whole in wholes)
            continue
        for group in _by_level(wholes, levels).values():
            total = sum(group.values())
            short = WEIGHT_SCALE - total
            for place, (whole, weight) in enumerate(sorted(group.items())):
                # the rounding of typed decimals goes to the first
                mended = weight + short if place == 0 and abs(short) <= _TOLERANCE else weight
                found[part, whole] = mended
    return found


def _by_level(wholes: Mapping[int, int], levels: list[AreaLevel]) -> dict[AreaLevel, dict[int, int]]:
    groups: dict[AreaLevel, dict[int, int]] = defaultdict(dict)
    for whole, weight in sorted(wholes.items()):
        groups[levels[whole]][whole] = weight
    return groups


def _held_once(
    whole: int,
    routes: Sequence[tuple[int, int]],
    edges: _Edges,
    holdings: _Holdings,
    levels: list[AreaLevel],
    elsewhere: set[int],
) -> dict[int, int]:
    """The share of each area that a whole holds, where areas reach it by several routes.

    A footprint row from the area to the whole says it outright. Else members of one level are parts of a partition
    and their shares add up, to 1 at most; over several levels the greatest counts.
    """
    by_level: dict[AreaLevel, dict[int, int]] = defaultdict(lambda: defaultdict(int))
    for part, weight in routes:
        of_level = by_level[levels[part]]
        for area, share in holdings[part].items():
            if area not in elsewhere:
                of_level[area] += share if weight == WEIGHT_SCALE else share * weight // WEIGHT_SCALE
    greatest: dict[int, int] = {}
    for of_level in by_level.values():
        for area, share in of_level.items():
            if share > greatest.get(area, 0):
                greatest[area] = share
    held = {}
    for area in sorted(greatest):
        share = edges.get(area, {}).get(whole) or min(WEIGHT_SCALE, greatest[area])
        held[area] = WEIGHT_SCALE if abs(WEIGHT_SCALE - share) <= _TOLERANCE else share
    return held


def _lying_elsewhere(
    whole: int, routes: Sequence[tuple[int, int]], edges: _Edges, holdings: _Holdings, levels: list[AreaLevel]
) -> set[int]:
    """The areas below a whole that say themselves that they lie in another one, with which it shares a part.

    A council that lies in two systems is a part of both by its weights; each of its small areas has a row of its own to
    the one system that it lies in, and is then no part of the other, whatever larger areas lead there.
    """
    siblings: set[int] = set()
    for part, weight in routes:
        if weight < WEIGHT_SCALE:
            siblings.update(other for other in edges.get(part, ()) if levels[other] is levels[whole])
    siblings.discard(whole)
    found: set[int] = set()
    for part, _ in routes if siblings else ():
        for area in holdings[part]:
            own = edges.get(area, {})
            said = sum(share for other, share in own.items() if other in siblings)
            if whole not in own and said >= WEIGHT_SCALE - _TOLERANCE:
                found.add(area)
    return found


def _split_of(
    part: int,
    whole: int,
    edges: Mapping[int, int],
    shares: Mapping[tuple[int, int], int],
    levels: list[AreaLevel],
) -> _Split:
    """The split of a part over the wholes of a level: whole and weight of each piece, `OUTSIDE` for the rest."""
    siblings = {sibling: shares[part, sibling] for sibling in edges if levels[sibling] is levels[whole]}
    return _completed(siblings, whole)


def _shared_areas(held: _Holdings) -> dict[int, list[tuple[int, _Split]]]:
    """The pieces of wholes of one level that are summed from the areas: an area is split over all of them at once."""
    over: dict[int, dict[int, int]] = defaultdict(dict)
    for whole, shares in held.items():
        for area, share in shares.items():
            over[area][whole] = share
    return {whole: [(area, _completed(over[area], whole)) for area in shares] for whole, shares in held.items()}


def _completed(shares: Mapping[int, int], whole: int) -> _Split:
    split = dict(shares)
    if sum(split.values()) > WEIGHT_SCALE:
        # shares that overlap cannot be parts of one split
        split = {whole: shares[whole]}
    if sum(split.values()) < WEIGHT_SCALE:
        split[OUTSIDE] = WEIGHT_SCALE - sum(split.values())
    return tuple(sorted(split.items()))


def _rungs(
    rung_of: Mapping[int, int],
    steps: Mapping[int, list[int]],
    pieces: Mapping[int, list[tuple[int, _Split]]],
) -> tuple[Rung, ...]:
    number_of = {
        split: number for number, split in enumerate(sorted({pair for taken in pieces.values() for pair in taken}))
    }
    rungs = []
    for rung in range(1, 1 + max(rung_of.values(), default=0)):
        step_rows: dict[int, list[tuple[int, int]]] = defaultdict(list)
        taken: dict[tuple[int, _Split], set[int]] = defaultdict(set)
        for whole in sorted(whole for whole, its_rung in rung_of.items() if its_rung == rung):
            for part in steps[whole]:
                step_rows[rung_of[part]].append((part, whole))
            for piece in pieces[whole]:
                taken[piece].add(whole)
        split_rows: dict[int, list[tuple[int, int, int, int, bool]]] = defaultdict(list)
        for (part, split), wholes in sorted(taken.items()):
            split_rows[rung_of[part]] += [
                (part, whole, number_of[part, split], weight, whole in wholes) for whole, weight in split
            ]
        rungs.append(
            Rung(
                {low: pl.DataFrame(rows, schema=_STEPS, orient="row") for low, rows in sorted(step_rows.items())},
                {low: pl.DataFrame(rows, schema=_SPLITS, orient="row") for low, rows in sorted(split_rows.items())},
            )
        )
    return tuple(rungs)
