"""Targets: what was agreed to be reached for one indicator and area, by when, from which baseline or beside whom."""

from typing import Any, Final, Self

from pydantic import ConfigDict, model_validator

from outcomes.scalars import Day, Definition, Flag, Number, PositiveWhole, Slug, Text, Words
from outcomes.vocabulary import AreaLevel, QuantileRule, TargetKind, TargetMatch

__all__ = ["Target", "TargetBaseline", "TargetChange", "TargetPoint"]

# the keys of each kind: those that must be there, and those that may
_KEYS: Final[dict[TargetKind, tuple[tuple[str, ...], tuple[str, ...]]]] = {
    TargetKind.LEVEL: (("points",), ("breakdown",)),
    TargetKind.PATH: (("points",), ("breakdown",)),
    TargetKind.GAP: (("group", "by", "baseline", "due"), ("compared_with", "has_path")),
    TargetKind.BENCHMARK: (("match", "due"), ("breakdown", "quantile_rule", "fewest_areas")),
    TargetKind.CHANGE: (("by", "baseline", "due"), ("breakdown", "has_path")),
}
_OF_SOME_KINDS: Final = tuple(dict.fromkeys(key for needed, optional in _KEYS.values() for key in (*needed, *optional)))
# of fewer other areas there is no quartile, and no median
_FEWEST: Final = {TargetMatch.BEST_QUARTILE: 10, TargetMatch.MEDIAN: 3}


class TargetPoint(Definition):
    """One agreed point of a path.

    Attributes:
        period: The canonical text of its period.
        value: The level agreed for it, in the indicator's unit.
    """

    period: Text
    value: Number


class TargetBaseline(Definition):
    """What a change or a gap is measured from.

    Attributes:
        period: The canonical text of its period.
        value: The value frozen in the agreement (of a gap its size, above zero), which then counts as exact; left out,
            the baseline is the figure of that period as now known, with its own chance.
        source: Where a frozen value was taken from.
    """

    period: Text
    value: Number | None = None
    source: Words = ""

    @model_validator(mode="after")
    def _names_the_source_of_a_frozen_value(self) -> Self:
        if (self.value is None) != (not self.source):
            raise ValueError(
                "a frozen baseline has a value and the source it was taken from; write both, or neither for the "
                "figure as now known"
            )
        return self


class TargetChange(Definition):
    """By how much something is to change, with its sign: in points of the indicator's own unit, or in per cent.

    Attributes:
        points: So many points of the indicator's own unit; below zero for a fall.
        per_cent: So many per cent of the baseline; below zero for a fall.
    """

    points: Number | None = None
    per_cent: Number | None = None

    @model_validator(mode="after")
    def _is_one_change(self) -> Self:
        if (self.points is None) == (self.per_cent is None):
            raise ValueError("a change is in points or in per cent; write one of the two, such as {per_cent: -20}")
        if not (self.points or self.per_cent):
            raise ValueError("a change of 0 is none; write a level target to hold a level")
        if self.per_cent is not None and self.per_cent < -100:
            raise ValueError("nothing falls by more than 100 per cent; write at most {per_cent: -100}")
        return self


def _conditions() -> dict[str, Any]:
    """Return the JSON Schema of what each kind must and must not have, so that editors say it too."""
    return {
        "allOf": [
            {
                "if": {"properties": {"kind": {"const": kind.value}}, "required": ["kind"]},
                "then": {
                    "required": list(needed),
                    "properties": {key: {"type": "null"} for key in _OF_SOME_KINDS if key not in (*needed, *optional)},
                },
            }
            for kind, (needed, optional) in _KEYS.items()
        ]
    }


class Target(Definition):
    """What was agreed to be reached, by whom it was set and when.

    Attributes:
        indicator: The id of the indicator.
        area_code: The area it is set for; empty on a national target, which holds for every area.
        breakdown: The canonical text of the group it is set for; empty for everybody. Not of a gap.
        kind: `level`: one point, to be reached in that period. `path`: two or more points, straight lines between them.
            `gap`: the gap between two groups, reduced from a baseline. `benchmark`: as good as an area above, the best
            quartile or the median of the other areas. `change`: a change against the area's own baseline.
        points: Of a level or path: the agreed points, earliest first.
        group: Of a gap: the canonical text of one group, such as `sex=Female`.
        compared_with: Of a gap: the other group, of the same breakdown; left out for everybody.
        by: Of a gap or a change: by how much, with its sign, such as {per_cent: -20} or {points: 3}.
        baseline: Of a gap or a change: the period it is measured from and, where that was frozen, its value.
        match: Of a benchmark: `nation`, `region`, `system`, `best_quartile` or `median`.
        quantile_rule: Of the best quartile: the rule by which areas are put into quarters, the best first;
            `phe_quantile` where it is left out. The rules differ by later quarters only.
        fewest_areas: Of the best quartile or median: of fewer other areas nothing can be told; at least 10 and 3, which
            hold where it is left out.
        due: Of a gap, a benchmark or a change: the canonical text of the period in which it is to be reached.
        has_path: Of a gap or a change: whether a straight path from the baseline was agreed; without one nothing is
            expected before it is due.
        set_by: The level that owns the target.
        decision: The reference of the decision behind it.
        agreed_on: The day it was agreed: before the first data it judges.
        reached_by: Whether the target-setter's own rule looks at the point value or at the whole interval.
        is_standard: Whether it is a standing standard: held beside later targets of the same setter, such as steps on
            the way back to it, and replaced by a later standard only.

    >>> narrower = Target(
    ...     indicator="smoking", kind="gap", group="sex=Male", compared_with="sex=Female", by={"per_cent": -20},
    ...     baseline={"period": "2023/24"}, due="2027/28", set_by="place", decision="JC 1", agreed_on="2024-01-09")
    >>> narrower.last_period, narrower.speaks_for
    ('2027/28', 'sex=Male')
    """

    model_config = ConfigDict(json_schema_extra=lambda schema: schema.update(_conditions()))

    indicator: Slug
    area_code: Words = ""
    breakdown: Words = ""
    kind: TargetKind
    points: tuple[TargetPoint, ...] = ()
    group: Words = ""
    compared_with: Words = ""
    by: TargetChange | None = None
    baseline: TargetBaseline | None = None
    match: TargetMatch | None = None
    quantile_rule: QuantileRule | None = None
    fewest_areas: PositiveWhole | None = None
    due: Words = ""
    has_path: Flag = False
    set_by: AreaLevel
    decision: Text
    agreed_on: Day
    reached_by: Text = "point"
    is_standard: Flag = False

    @property
    def last_period(self) -> str:
        """The canonical text of the period in which it is to be reached."""
        return self.points[-1].period if self.points else self.due

    @property
    def speaks_for(self) -> str:
        """The canonical text of the group whose figure it is held against: of a gap the first; empty for everybody."""
        return self.group or self.breakdown

    @property
    def fewest_others(self) -> int:
        """Of fewer other areas the best quartile or the median cannot be told; 0 of other kinds."""
        return self.fewest_areas or _FEWEST.get(self.match, 0) if self.match else 0

    @model_validator(mode="after")
    def _has_the_keys_of_its_kind(self) -> Self:
        needed, optional = _KEYS[self.kind]
        wanted = ", ".join(needed)
        for key in _OF_SOME_KINDS:
            is_given = getattr(self, key) not in (None, "", (), False)
            if key in needed and key != "points" and not is_given:
                raise ValueError(f"a {self.kind.value} target needs {key}; write {wanted}")
            if is_given and key not in (*needed, *optional):
                raise ValueError(f"a {self.kind.value} target has no {key}; take it away and write {wanted}")
        if self.kind is TargetKind.LEVEL and len(self.points) != 1:
            raise ValueError("a level target has exactly one point")
        if self.kind is TargetKind.PATH and len(self.points) < 2:
            raise ValueError("a path target has two or more points")
        if len({point.period for point in self.points}) != len(self.points):
            raise ValueError("a period stands twice among the points")
        if self.reached_by not in ("point", "interval"):
            raise ValueError("reached_by is 'point' or 'interval'")
        return self

    @model_validator(mode="after")
    def _fits_its_benchmark(self) -> Self:
        if self.match is None:
            return self
        if self.quantile_rule is not None and self.match is not TargetMatch.BEST_QUARTILE:
            raise ValueError("quantile_rule goes with match: best_quartile, and with nothing else; take it away")
        fewest = _FEWEST.get(self.match)
        if self.fewest_areas is not None and (fewest is None or self.fewest_areas < fewest):
            least = f"at least {fewest}" if fewest else "none: it goes with best_quartile and median"
            raise ValueError(f"fewest_areas is {self.fewest_areas} for {self.match.value}; write {least}")
        return self

    @model_validator(mode="after")
    def _narrows_its_gap(self) -> Self:
        if self.kind is not TargetKind.GAP or self.by is None or self.baseline is None:
            return self
        if (self.by.points or self.by.per_cent or 0.0) > 0:
            raise ValueError("a gap is reduced: write by with a minus sign, such as {per_cent: -20}")
        frozen = self.baseline.value
        if frozen is not None and frozen <= 0:
            raise ValueError("the frozen value of a gap is its size, above 0; write it without a sign")
        if frozen is not None and -(self.by.points or 0.0) > frozen:
            raise ValueError(f"a gap of {frozen:g} cannot be reduced by {-(self.by.points or 0.0):g}; write less")
        return self
