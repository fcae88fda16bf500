"""Looks at a frame in the long form once, for a schema: which rules are broken, where. Nothing of it is kept."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final, Self

import polars as pl

from outcomes.intake.checking import examined_frame
from outcomes.intake.entries_model import IDENTITY
from outcomes.intake.rules import Rule, rules_for
from outcomes.intake.rules.reach import ROWS, Reach, reach_of
from outcomes.intake.terms import Terms
from outcomes.partnership.model import Partnership
from outcomes.vocabulary import Severity

__all__ = ["PERSONAL", "ROW_COLUMN", "FrameLook", "Place", "SeenFrame"]

PERSONAL: Final = "OUT-701"
# a rule on whole rows is told at the first column: pandera would write the whole row into its message
ROW_COLUMN: Final = IDENTITY[0]

Place = tuple[int | None, str | None]


@dataclass(frozen=True)
class SeenFrame:
    """What one look at a frame found.

    Attributes:
        cells: The records (counted from 0) that break a rule at a column of the frame, by code and column; an empty
            column is the whole row.
        others: What is said of the frame as such, or of columns that it does not have: the places, by code.
    """

    cells: dict[tuple[str, str], pl.Series] = field(default_factory=dict)
    others: dict[str, set[Place]] = field(default_factory=dict)


class FrameLook:
    """Looks at frames: which rules are broken, where. It never changes, and a copy of it is itself."""

    def __init__(self, partnership: Partnership, partner: str | None, as_of: date | None, severity: Severity) -> None:
        self._given = (partnership, partner, as_of, severity)
        sender = partnership.partner(partner) if partner is not None else None
        self.terms = Terms(partnership, sender, as_of, partnership.layouts["native"])
        tolerated = self.terms.layout.tolerated
        self.rules = tuple(
            rule
            for rule in rules_for(self.terms.dimensions)
            if reach_of(rule) in (Reach.CELLS, Reach.TABLE, Reach.LAYOUT)
            and severity is (Severity.WARNING if rule.is_tolerable and rule.code in tolerated else rule.severity)
        )
        places = [(rule.code, column) for rule in self.rules for column in _columns(rule)]
        self.places = tuple((code, at) for code, at in places if (at or ROW_COLUMN) in self.terms.columns)

    def __deepcopy__(self, memo: dict[int, Any]) -> Self:
        return self

    def __reduce__(self) -> tuple[object, ...]:
        return (FrameLook, self._given)

    def at(self, frame: pl.DataFrame) -> SeenFrame:
        """Return what is found in a frame; of one that holds a personal number only that it does."""
        found = examined_frame(frame, self.terms)
        personal: set[Place] = {(one.row, one.column) for one in found.remarks if one.code == PERSONAL}
        if personal:
            # pandera quotes the cells that fail
            return SeenFrame(others={PERSONAL: personal})
        seen = SeenFrame()
        codes = {rule.code for rule in self.rules}
        of_rows = {rule.code for rule in self.rules if reach_of(rule) is Reach.CELLS}
        for one in found.broken:
            if one.rule.code in codes and found.entries is not None:
                positions = found.entries["row"].cast(pl.Int64).gather(one.positions) - 2
                self._add(seen, frame, one.rule.code, one.column, positions)
        for code in ROWS:
            rows = [one.row - 2 for one in found.remarks if one.code == code and one.row is not None]
            if code in codes and rows:
                self._add(seen, frame, code, "", pl.Series(rows, dtype=pl.Int64))
        for remark in found.remarks:
            if remark.code in codes - of_rows - set(ROWS):
                seen.others.setdefault(remark.code, set()).add((remark.row, remark.column))
        return seen

    def _add(self, seen: SeenFrame, frame: pl.DataFrame, code: str, column: str, positions: pl.Series) -> None:
        if (code, column) in self.places and (column or ROW_COLUMN) in frame.columns:
            seen.cells[code, column] = positions
        else:
            seen.others.setdefault(code, set()).update((row + 2, column or None) for row in positions)


def _columns(rule: Rule) -> Iterable[str]:
    return [""] if rule.code in ROWS else [column for column, _ in rule.checks]
