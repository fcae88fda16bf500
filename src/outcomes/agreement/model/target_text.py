"""Says in one short text what a target asks for, so that two versions of it can be read side by side."""

from outcomes.breakdown import spoken_group
from outcomes.framework.model import Indicator
from outcomes.target import Target
from outcomes.vocabulary import TargetKind

__all__ = ["target_text"]


def target_text(target: Target, indicator: Indicator | None = None) -> str:
    """Return what a target asks for, without its indicator and area.

    Arguments:
        target: As agreed.
        indicator: The definition it is for, which gives the unit and the order of its groups; None for plain numbers.

    >>> target_text(Target(indicator="a", kind="path", points=[{"period": "2024/25", "value": 50},
    ...     {"period": "2027/28", "value": 62.5}], set_by="place", decision="B 1", agreed_on="2024-01-09"))
    'a path from 50 in 2024/25 to 62.5 in 2027/28'
    """
    unit = indicator.unit if indicator else ""
    points = [f"{_number(point.value, unit)} in {point.period}" for point in target.points]
    match target.kind:
        case TargetKind.LEVEL:
            said = points[0]
        case TargetKind.PATH:
            by_way_of = "".join(f", {point}" for point in points[1:-1])
            said = f"a path from {points[0]}{by_way_of} to {points[-1]}"
        case TargetKind.GAP:
            other = _group(target.compared_with, indicator) or "everybody"
            said = f"the gap between {_group(target.group, indicator)} and {other} is to {_change(target)}"
        case TargetKind.BENCHMARK:
            matched = target.match.value.replace("_", " ") if target.match else ""
            said = f"as good as the {matched} by {target.due}"
        case TargetKind.CHANGE:
            said = f"it is to {_change(target)}"
    group = f", for {_group(target.breakdown, indicator)}" if target.breakdown else ""
    return f"{said}{group}{', a standing standard' if target.is_standard else ''}{_terms(target)}"


def _terms(target: Target) -> str:
    """How it is read, where that is said: by which rule it is reached, and from which figure a change is counted."""
    terms = ["reached by the whole interval"] if target.reached_by == "interval" else []
    terms += ["by a straight path"] if target.has_path else []
    terms += [f"quarters by {target.quantile_rule.value}"] if target.quantile_rule else []
    terms += [f"of at least {target.fewest_areas} areas"] if target.fewest_areas else []
    if target.baseline is not None and target.baseline.value is not None:
        terms.append(f"counted from {target.baseline.value:,.12g}")
    return f" ({'; '.join(terms)})" if terms else ""


def _number(value: float, unit: str) -> str:
    number = f"{value:,.12g}"
    return f"£{number}" if unit == "£" else f"{number}%" if unit == "%" else number


def _group(breakdown: str, indicator: Indicator | None) -> str:
    return spoken_group(breakdown, indicator.by_deprivation if indicator else {})


def _change(target: Target) -> str:
    by, baseline = target.by, target.baseline
    if by is None or baseline is None:
        return ""
    number = by.points if by.points is not None else by.per_cent or 0.0
    verb = "narrow" if target.kind is TargetKind.GAP else "rise" if number > 0 else "fall"
    amount = f"{abs(number):,.12g} {'points' if by.points is not None else 'per cent'}"
    return f"{verb} by {amount} from {baseline.period} to {target.due}"
