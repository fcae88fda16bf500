"""What is asked of a target, national or local, once its indicator is known."""

from collections.abc import Iterator

from outcomes.breakdown import breakdown_from_text, breakdown_text
from outcomes.framework.model import Indicator
from outcomes.period import Period, period_from_text
from outcomes.target import Target
from outcomes.vocabulary import Statistic, TargetKind, TargetMatch

__all__ = ["breakdown_complaint", "first_judged", "target_complaints", "target_marks"]


def target_complaints(target: Target, indicator: Indicator) -> Iterator[tuple[str, str, tuple[str | int, ...]]]:
    """Say what is wrong with a target for an indicator: its periods, their order, its date, groups and benchmark.

    Arguments:
        target: As agreed.
        indicator: The definition it is for.

    Returns:
        Message, fix, and the path of the part that is meant.
    """
    if target.points:
        yield from _about_points(target, indicator)
    else:
        yield from _about_its_end(target, indicator)
    judged = first_judged(target, indicator)
    if judged is not None:
        yield from _about_its_date(target, judged)
    yield from _about_groups(target, indicator)
    if target.match is TargetMatch.NATION and indicator.is_proxy:
        message = f"{indicator.id!r} is a local variant of a national measure, never held against the national figure."
        yield message, "Match the median or the best quartile, or set a level.", ("match",)
    if target.match is not None and indicator.statistic is Statistic.COUNT:
        message = f"{indicator.id!r} is a count: it grows with the size of the area, so no other area's can be matched."
        yield message, "Set a level, or a change against its own baseline.", ("match",)


def first_judged(target: Target, indicator: Indicator) -> Period | None:
    """Return the first period that a target judges; None where one of its periods cannot be read.

    Arguments:
        target: As agreed.
        indicator: The definition it is for.
    """
    try:
        periods = sorted(period_from_text(indicator.period, point.period) for point in target.points)
        # the first point of a path may be the baseline that everybody knew
        at = 0 if target.kind is TargetKind.LEVEL else 1
        return periods[at] if periods else period_from_text(indicator.period, target.due)
    except ValueError:
        return None


def target_marks(target: Target) -> frozenset[tuple[str, ...]]:
    """Return what no second target of an agreement may also be: its measure, area, groups, sort and periods."""
    sort = "" if target.points else target.kind.value
    about = (target.indicator, target.area_code, target.speaks_for, sort, target.compared_with, target.match or "")
    periods = [point.period for point in target.points] or [target.due]
    return frozenset((*about, period) for period in periods)


def _about_points(target: Target, indicator: Indicator) -> Iterator[tuple[str, str, tuple[str | int, ...]]]:
    periods: list[Period] = []
    for position, point in enumerate(target.points):
        try:
            periods.append(period_from_text(indicator.period, point.period))
        except ValueError as error:
            yield f"period {error}.", "", ("points", position, "period")
    if len(periods) == len(target.points) and periods != sorted(periods):
        yield "the points are not in the order of time.", "Put the earliest first.", ("points",)


def _about_its_end(target: Target, indicator: Indicator) -> Iterator[tuple[str, str, tuple[str | int, ...]]]:
    """The periods of a target that has no points: when it is due, and its baseline, which lies before."""
    try:
        due = period_from_text(indicator.period, target.due)
    except ValueError as error:
        yield f"due {error}.", "", ("due",)
        return
    if target.baseline is None:
        return
    try:
        baseline = period_from_text(indicator.period, target.baseline.period)
    except ValueError as error:
        yield f"period {error}.", "", ("baseline", "period")
        return
    if baseline.last >= due.first:
        message = f"the baseline, {baseline}, does not lie before {due}, in which the target is due."
        yield message, "A baseline and what is held against it share no day; choose an earlier one.", ("baseline",)


def _about_its_date(target: Target, judged: Period) -> Iterator[tuple[str, str, tuple[str | int, ...]]]:
    if target.agreed_on > judged.first:
        yield (
            f"the target was agreed on {target.agreed_on}, after {judged} had begun: after the data it judges.",
            "A target is agreed on or before the first day that it judges; choose a later period.",
            ("agreed_on",),
        )


def _about_groups(target: Target, indicator: Indicator) -> Iterator[tuple[str, str, tuple[str | int, ...]]]:
    said = False
    for key in ("breakdown", "group", "compared_with"):
        if message := breakdown_complaint(getattr(target, key), indicator):
            said = True
            yield message, "Write it as dimension=category pairs, sorted, such as age_band=65+; sex=Female.", (key,)
    if said or not target.compared_with:
        return
    if target.group == target.compared_with:
        yield "a group has no gap to itself.", "Name another group, or leave compared_with out.", ("compared_with",)
    elif set(breakdown_from_text(target.group)) != set(breakdown_from_text(target.compared_with)):
        yield (
            f"{target.group!r} and {target.compared_with!r} are no groups of one breakdown.",
            "Name two groups of one breakdown; leave compared_with out for everybody.",
            ("compared_with",),
        )


def breakdown_complaint(text: str, indicator: Indicator) -> str:
    """Say what is wrong with a breakdown for an indicator; empty where nothing is.

    Arguments:
        text: The canonical text of the breakdown; empty for everybody.
        indicator: Names the dimensions and categories there are.
    """
    if not text:
        return ""
    try:
        pairs = breakdown_from_text(text)
    except ValueError:
        return f"{text!r} is no breakdown."
    if breakdown_text(pairs) != text:
        return f"{text!r} is not in the canonical form; that is {breakdown_text(pairs)!r}."
    known = {breakdown.dimension: breakdown.categories for breakdown in indicator.breakdowns}
    for dimension, category in pairs.items():
        if dimension not in known:
            return f"{indicator.id!r} has no breakdown by {dimension!r}."
        if category not in known[dimension]:
            return f"{dimension!r} of {indicator.id!r} has no category {category!r}."
    return ""
