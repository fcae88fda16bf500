"""Tells a target in plain words: what is to be reached from where by when, and what stands now."""

from decimal import Decimal
from typing import Final

from outcomes.period import period_from_text
from outcomes.report.formatting import number_text, period_text, value_text, with_unit
from outcomes.report.wording import say, sentence_case
from outcomes.scorecard.model import IndicatorLine, TargetSignal
from outcomes.vocabulary import AreaLevel, PeriodKind, TargetKind, TargetMatch

__all__ = [
    "agreed_text",
    "baseline_text",
    "distance_text",
    "goal_text",
    "is_drawn",
    "is_of_level",
    "now_text",
    "period_of_text",
    "set_by_text",
    "with_unit_short",
]

_LEVELS: Final = {
    TargetMatch.NATION: "goal_nation",
    TargetMatch.REGION: "goal_region",
    TargetMatch.SYSTEM: "goal_system",
}


def agreed_text(level: float) -> str:
    """Return an agreed level as it was agreed: with as many decimals as it has.

    >>> agreed_text(70.0), agreed_text(66.25), agreed_text(1200)
    ('70', '66.25', '1,200')
    """
    decimals = max(-int(Decimal(repr(float(level))).normalize().as_tuple().exponent), 0)
    return number_text(level, decimals)


def with_unit_short(number: str, unit: str) -> str:
    """Return a number with a unit that takes no room: a per cent sign; longer units stand beside the value already."""
    return with_unit(number, unit) if unit in ("%", "£") else number


def period_of_text(kind: PeriodKind, text: str, *, long: bool = False) -> str:
    """Return a period given by its canonical text as people write it; any other text as it is."""
    try:
        period = period_from_text(kind, text)
    except ValueError:
        return text
    return period_text(kind, text, period.first, period.last, long=long)


def set_by_text(level: AreaLevel | None) -> str:
    """Return who set a target, in words."""
    if level is None:
        return say("set_unknown")
    if level is AreaLevel.NATION:
        return say("set_nation")
    if level is AreaLevel.PLACE:
        return say("set_local")
    return say("set_level", level=say(f"level_{level.value}"))


def is_of_level(target: TargetSignal) -> bool:
    """Whether a target names its level, or levels, itself."""
    return target.kind in (None, TargetKind.LEVEL, TargetKind.PATH)


def is_drawn(target: TargetSignal) -> bool:
    """Whether a target has levels on the scale of the line's own values: not a gap's, a group's or a benchmark's."""
    return not target.breakdown and target.kind not in (TargetKind.GAP, TargetKind.BENCHMARK)


def goal_text(line: IndicatorLine, target: TargetSignal, *, is_bare: bool = False) -> str:
    """Return what is to be reached, by when, and who set it.

    Arguments:
        line: The measure.
        target: Of any kind but one without a target.
        is_bare: Whether it is said without who set it.
    """
    period = period_of_text(line.period_kind, target.target_period)
    if target.match is TargetMatch.BEST_QUARTILE:
        text = say("goal_quartile", period=period)
    elif target.match is TargetMatch.MEDIAN:
        text = say("goal_median", period=period)
    elif target.kind is TargetKind.BENCHMARK:
        benchmark = target.compared_with or say(_LEVELS[target.match or TargetMatch.NATION])
        text = say("goal_match", benchmark=benchmark, period=period)
    elif target.kind is TargetKind.GAP:
        other = target.compared_with or say("target_everybody")
        groups = _between(target.group or say("target_everybody"), other)
        text = say("goal_gap", groups=groups, amount=_amount(line, target), baseline=_from(line, target), period=period)
    elif is_of_level(target):
        value = with_unit(agreed_text(target.target_value or 0.0), line.unit)
        text = say("goal_level", value=value, period=period)
    else:
        is_rise = (target.by_points or target.by_per_cent or 0.0) > 0
        pattern = "goal_rise" if is_rise else "goal_fall"
        text = say(pattern, amount=_amount(line, target), baseline=_from(line, target), period=period)
    if target.breakdown and target.kind is not TargetKind.GAP:
        text = say("goal_for_group", group=target.group, goal=text[:1].lower() + text[1:])
    return text if is_bare else f"{text}, {set_by_text(target.set_by)}"


def now_text(line: IndicatorLine, target: TargetSignal) -> str:
    """Return what stands now and what is expected of it; an empty text where nothing is known."""
    said = []
    if target.measured is not None:
        is_current = line.current is not None and line.current.period == target.period
        period = "" if is_current else period_of_text(line.period_kind, target.period)
        pattern = "target_now" if is_current else "target_then"
        said.append(say(pattern, value=_value(line, target, target.measured), period=period))
    if target.expected is not None and target.match is not None:
        benchmark = target.compared_with or say("benchmark_level")
        said.append(say("benchmark_now", benchmark=benchmark, value=_value(line, target, target.expected)))
    elif target.expected is not None:
        # beside the gap as it is, the points are said already
        is_said = target.kind is TargetKind.GAP and target.measured is not None and _is_per_cent(line)
        number = value_text(target.expected, line.decimals, "")
        said.append(say("expected_now", value=number if is_said else _with_unit(line, target, number)))
    if target.areas is not None:
        said.append(say("of_other_areas", number=target.areas))
    return sentence_case(", ".join(said))


def distance_text(line: IndicatorLine, target: TargetSignal) -> str:
    """Return how far what stands now is from what is expected, with its interval; empty where that is not known."""
    low, high = target.distance_lower_ci_95, target.distance_upper_ci_95
    if target.distance is None or low is None or high is None:
        return ""
    distance, lower, upper = (number_text(number, line.decimals) for number in (target.distance, low, high))
    # two percentages differ by points, not by per cent
    distance = say("percentage_points", number=distance) if _is_per_cent(line) else distance
    return say("distance_now", distance=distance, lower=lower, upper=upper)


def baseline_text(line: IndicatorLine, target: TargetSignal) -> str:
    """Return whether a baseline is frozen, and where it was taken from; empty of a target without one."""
    if target.baseline is None:
        return ""
    if target.baseline.is_frozen:
        return say(
            "baseline_frozen",
            value=_with_unit(line, target, agreed_text(target.baseline.value or 0.0)),
            source=target.baseline.source,
        )
    if target.baseline.value is None:
        return say("baseline_unknown")
    return say("baseline_as_known", value=_value(line, target, target.baseline.value))


def _from(line: IndicatorLine, target: TargetSignal) -> str:
    return period_of_text(line.period_kind, target.baseline.period) if target.baseline else ""


def _between(group: str, other: str) -> str:
    """Name two groups together: the most and least deprived fifth."""
    first, second = group.split(" "), other.split(" ")
    if len(first) == len(second) == 4 and first[2:] == second[2:]:
        return f"{first[0]} {first[1]} and {second[1]} {first[2]} {first[3]}"
    return say("goal_two_groups", group=group, other=other)


def _amount(line: IndicatorLine, target: TargetSignal) -> str:
    if target.by_per_cent is not None:
        return f"{agreed_text(abs(target.by_per_cent))}%"
    number = agreed_text(abs(target.by_points or 0.0))
    return say("percentage_points", number=number) if _is_per_cent(line) else with_unit(number, line.unit)


def _is_per_cent(line: IndicatorLine) -> bool:
    return line.unit.startswith("%")


def _value(line: IndicatorLine, target: TargetSignal, number: float) -> str:
    return _with_unit(line, target, value_text(number, line.decimals, ""))


def _with_unit(line: IndicatorLine, target: TargetSignal, number: str) -> str:
    """A number with its short unit: the size of a gap between percentages is told in percentage points."""
    if target.kind is TargetKind.GAP and _is_per_cent(line):
        return say("percentage_points", number=number)
    return with_unit_short(number, line.unit)
