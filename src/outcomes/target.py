"""Targets: a level to be reached by a date, or a path of levels, for one indicator and area."""

from typing import Self

from pydantic import model_validator

from outcomes.scalars import Day, Definition, Flag, Number, Slug, Text, Words
from outcomes.vocabulary import AreaLevel, TargetKind

__all__ = ["Target", "TargetPoint"]


class TargetPoint(Definition):
    """One agreed point of a path: the canonical text of a period and the level agreed for it."""

    period: Text
    value: Number


class Target(Definition):
    """What was agreed to be reached, by whom it was set and when.

    Attributes:
        indicator: The id of the indicator.
        area_code: The area it is set for; empty on a national target, which holds for every area.
        breakdown: The canonical text of the group it is set for; empty for everybody.
        kind: `level`: one point, to be reached in that period. `path`: two or more points, straight lines between them.
        points: The agreed points, earliest first.
        set_by: The level that owns the target.
        decision: The reference of the decision behind it.
        agreed_on: The day it was agreed: before the first data it judges.
        reached_by: Whether the target-setter's own rule looks at the point value or at the whole interval.
        is_standard: Whether it is a standing standard: held beside later targets of the same setter, such as steps on
            the way back to it, and replaced by a later standard only.
    """

    indicator: Slug
    area_code: Words = ""
    breakdown: Words = ""
    kind: TargetKind
    points: tuple[TargetPoint, ...]
    set_by: AreaLevel
    decision: Text
    agreed_on: Day
    reached_by: Text = "point"
    is_standard: Flag = False

    @model_validator(mode="after")
    def _points_fit_kind(self) -> Self:
        if self.kind is TargetKind.LEVEL and len(self.points) != 1:
            raise ValueError("a level target has exactly one point")
        if self.kind is TargetKind.PATH and len(self.points) < 2:
            raise ValueError("a path target has two or more points")
        if len({point.period for point in self.points}) != len(self.points):
            raise ValueError("a period stands twice among the points")
        if self.reached_by not in ("point", "interval"):
            raise ValueError("reached_by is 'point' or 'interval'")
        return self
