"""Succession: which areas of an earlier day became an area, how much of each, and what kind of change that was."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from functools import cached_property
from typing import Final

import polars as pl

from outcomes.geography.areas import Area, Areas
from outcomes.geography.footprints import FOOTPRINT_COLUMNS, Footprints
from outcomes.vocabulary import AreaChange

__all__ = ["Origin", "Succession", "change_of", "with_former_areas_placed"]

# weights are typed with few decimals: three times 0.333333 are a whole
_TOLERANCE: Final = Fraction(1, 100_000)
_STEP: Final = ("member_code", "area_code", "valid_from", "valid_to")
# a whole, and the first and last day on which an area lay in it
_Placing = tuple[str, date | None, date | None]


@dataclass(frozen=True, slots=True)
class Origin:
    """An area of an earlier day, and the share of it (0 to 1; None: unknown) that became part of another area."""

    code: str
    share: Fraction | None


def change_of(origins: Sequence[Origin]) -> AreaChange:
    """Return what kind of change made an area of its origins.

    >>> change_of((Origin("E10000023", Fraction(1)),)), change_of((Origin("A", Fraction(1)), Origin("B", None)))
    (<AreaChange.RECODE: 'recode'>, <AreaChange.SPLIT: 'split'>)
    """
    if any(origin.share is None for origin in origins):
        return AreaChange.SPLIT
    if any(origin.share != 1 for origin in origins):
        return AreaChange.APPORTIONED
    return AreaChange.RECODE if len(origins) == 1 else AreaChange.MERGER


@dataclass(frozen=True)
class Succession:
    """The chains of areas: each area that ended is followed by its successors from the next day on.

    An area with one successor became it wholly. Of one with several the shares are those that the footprints give
    from the area to each successor; without them they are not known. What parts meet again in one area is whole.

    Attributes:
        areas, footprints: The geography; of the footprints only the shares between an area and its successors.
    """

    areas: Areas
    footprints: Footprints

    @cached_property
    def predecessors(self) -> dict[str, tuple[str, ...]]:
        """Every area that followed others, to the areas that it directly followed, both sorted."""
        found: dict[str, list[str]] = defaultdict(list)
        for area in self.areas:
            for code in self._successors(area):
                found[code].append(area.code)
        return {code: tuple(before) for code, before in sorted(found.items())}

    @cached_property
    def _weights(self) -> dict[tuple[str, str], Fraction]:
        """(area, successor) → share, where the footprints say it."""
        rows = self.footprints.successions.select("member_code", "area_code", "weight").iter_rows()
        return {(part, whole): Fraction(round(weight * 10**9), 10**9) for part, whole, weight in rows}

    def _successors(self, area: Area) -> tuple[str, ...]:
        """The areas that followed one that ended; an area cannot follow itself."""
        if area.valid_to is None:
            return ()
        return tuple(sorted({code for code in area.successors if code != area.code and code in self.areas}))

    def _handed_on(self, area: Area) -> dict[str, Fraction | None]:
        """Each direct successor to the share that it took over."""
        codes = self._successors(area)
        given = {code: self._weights.get((area.code, code)) for code in codes}
        known = {code: share for code, share in given.items() if share is not None}
        if not known:
            return {code: Fraction(1) if len(codes) == 1 else None for code in codes}
        # shares of which one is missing do not say how the area was divided
        if len(known) < len(codes):
            return dict.fromkeys(codes)
        short = Fraction(1) - sum(known.values(), Fraction(0))
        if abs(short) <= _TOLERANCE:
            known[codes[0]] += short
        return dict(known)

    def became(self, code: str, day: date) -> dict[str, Fraction | None]:
        """Return what an area had become by a day: each area to the share of the first one that it holds.

        Arguments:
            code: The area; one that has not ended by the day is itself.
            day: The day to look from.

        Returns:
            Sorted by code; empty where the area ended without a successor. None: the share is not known.
        """
        return dict(sorted(self._became(code, day, frozenset()).items()))

    def _became(self, code: str, day: date, above: frozenset[str]) -> dict[str, Fraction | None]:
        area = self.areas[code]
        if area.valid_to is None or day <= area.valid_to or code in above:
            return {code: Fraction(1)}
        found: dict[str, Fraction | None] = {}
        is_all_there = True
        for successor, share in self._handed_on(area).items():
            became = self._became(successor, day, above | {code})
            # a part that ended without a successor is nowhere now
            is_all_there &= list(became.values()) == [1]
            for later, part in became.items():
                piece = None if share is None or part is None else share * part
                before = found.get(later, Fraction(0))
                found[later] = None if piece is None or before is None else before + piece
        # parts that met again in one area are all of it, however they had been divided
        is_whole = is_all_there and list(found.values()) == [None]
        return {later: Fraction(1) for later in found} if is_whole else found

    def is_followed(self, code: str, day: date) -> bool:
        """Whether an area had ended by a day, and others followed it."""
        last = self.areas[code].valid_to
        return last is not None and last < day and bool(self._successors(self.areas[code]))

    def origins(self, code: str, day: date, as_of: date) -> tuple[Origin, ...]:
        """Return the areas that were valid on a day and had by another day become an area, or a part of it.

        Arguments:
            code: The area, as it is on `as_of`.
            day: The day to look back to; nothing is found where the area itself had begun by then.
            as_of: The day on which the area is looked at.

        Returns:
            Sorted by code; empty where there are none.
        """
        area = self.areas[code]
        if area.valid_from is None or area.valid_from <= day or not area.is_valid(as_of, as_of):
            return ()
        found = []
        for before in self._ancestors(code):
            origin = self.areas[before]
            if origin.is_valid(day, day):
                became = self.became(before, as_of)
                if code in became:
                    found.append(Origin(before, became[code]))
        return tuple(found)

    def taken_in(self, code: str) -> dict[date, tuple[str, ...]]:
        """Return the days from which an area that existed before held more than before, to what it took in."""
        area = self.areas[code]
        found: dict[date, list[str]] = defaultdict(list)
        for before in self.predecessors.get(code, ()):
            last = self.areas[before].valid_to
            if last is not None and (area.valid_from is None or area.valid_from <= last):
                found[last + timedelta(days=1)].append(before)
        return {day: tuple(codes) for day, codes in sorted(found.items())}

    def _ancestors(self, code: str) -> list[str]:
        """Every area from which a chain leads to this one, sorted."""
        seen: set[str] = set()
        front = [code]
        while front:
            front = [before for later in front for before in self.predecessors.get(later, ()) if before not in seen]
            seen.update(front)
        return sorted(seen - {code})

    def lines(self) -> list[tuple[str, str]]:
        """Return every pair of an area and one that a chain leads to from it, over however many steps, sorted."""
        return sorted((before, code) for code in self.predecessors for before in self._ancestors(code))


def with_former_areas_placed(succession: Succession) -> Footprints:
    """Return the footprints so that every figure of an area that followed or was followed reaches the wholes of then.

    Someone who lists the places of today often leaves out where the areas of then lay. An area that is a part of
    nothing lay in every whole in which all of its successors lie wholly on the day after it ended; if they lie in
    different wholes, in none that is known. Where an area lay when it ended, it lies for good: a year in which it ended
    has its last day after it. And where an area lay when it began, it lay ever: figures of years before are published
    for the areas of a later day too. Which of two codes counts, where both have figures, is not said here.

    Arguments:
        succession: The chains, with the areas and footprints as given.

    Returns:
        The same footprints, where no area followed another.
    """
    areas, footprints = succession.areas, succession.footprints
    if not succession.predecessors:
        return footprints
    ended = [area for area in areas if area.valid_to and area.successors]
    begun = [areas[code] for code in succession.predecessors if areas[code].valid_from]
    steps = footprints.frame
    for column, days in (
        ("valid_to", {area.code: area.valid_to for area in ended}),
        ("valid_from", {area.code: area.valid_from for area in begun}),
    ):
        own = pl.col("member_code").replace_strict(days, default=None, return_dtype=pl.Date)
        steps = steps.with_columns(
            pl.when(pl.col(column) != own).then(column).when(own.is_null()).then(column).alias(column)
        )
    places: dict[str, list[_Placing]] = defaultdict(list)
    for part, *placing in steps.filter(pl.col("weight") == 1).select(_STEP).iter_rows():
        places[part].append((placing[0], placing[1], placing[2]))
    is_placed = frozenset(steps["member_code"])
    rows = []
    # the latest to end first, so that a chain of several steps finds its next step placed
    for area in sorted(ended, key=lambda area: (area.valid_to or date.max, area.code), reverse=True):
        if area.code not in is_placed:
            day = _day_after(area.valid_to)
            wholes = [_wholes_on(places[code], day) for code in succession.became(area.code, day)]
            for whole in sorted(set.intersection(*wholes)) if wholes else ():
                rows.append((whole, area.code, 1.0, area.valid_from, None))
                places[area.code].append((whole, area.valid_from, None))
    added = pl.DataFrame(rows, schema=FOOTPRINT_COLUMNS, orient="row")
    order = ["area_code", "member_code", "valid_from"]
    return Footprints(pl.concat([steps, added]).sort(order, nulls_last=False), footprints.successions)


def _wholes_on(places: Sequence[_Placing], day: date) -> set[str]:
    return {whole for whole, first, last in places if (first is None or first <= day) and (last is None or day <= last)}


def _day_after(day: date | None) -> date:
    return day + timedelta(days=1) if day is not None and day < date.max else date.max
