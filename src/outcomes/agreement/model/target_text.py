"""Says in one short text what a target asks for, so that two versions of it can be read side by side."""

from outcomes.breakdown import spoken_group
from outcomes.target import Target
from outcomes.vocabulary import TargetKind

__all__ = ["target_text"]


def target_text(target: Target) -> str:
    """Return what a target asks for, without its indicator and area.

    Arguments:
        target: As agreed.

    >>> target_text(Target(indicator="a", kind="path", points=[{"period": "2024/25", "value": 50},
    ...     {"period": "2027/28", "value": 62.5}], set_by="place", decision="B 1", agreed_on="2024-01-09"))
    'a path from 50 in 2024/25 to 62.5 in 2027/28'
    """
    match target.kind:
        case TargetKind.LEVEL:
            said = f"{target.points[0].value:g} in {target.points[0].period}"
        case TargetKind.PATH:
            first, *between, last = target.points
            by_way_of = "".join(f", {point.value:g} in {point.period}" for point in between)
            said = f"a path from {first.value:g} in {first.period}{by_way_of} to {last.value:g} in {last.period}"
        case TargetKind.GAP:
            other = spoken_group(target.compared_with, {}) or "everybody"
            said = f"the gap between {spoken_group(target.group, {})} and {other} {_change(target)} by {target.due}"
        case TargetKind.BENCHMARK:
            matched = target.match.value.replace("_", " ") if target.match else ""
            said = f"as good as the {matched} by {target.due}"
        case TargetKind.CHANGE:
            said = f"{_change(target)} by {target.due}"
    group = f", for {spoken_group(target.breakdown, {})}" if target.breakdown else ""
    standing = ", a standing standard" if target.is_standard else ""
    return f"{said}{group}{standing}"


def _change(target: Target) -> str:
    by, baseline = target.by, target.baseline
    amount = "" if by is None else f"{by.points:+g} points" if by.points is not None else f"{by.per_cent:+g} per cent"
    return f"{amount} from {baseline.period}" if baseline else amount
