"""What is asked of a target, national or local, once its indicator is known."""

from collections.abc import Iterator

from outcomes.breakdown import breakdown_from_text, breakdown_text
from outcomes.framework.model import Indicator
from outcomes.period import Period, period_from_text
from outcomes.target import Target
from outcomes.vocabulary import TargetKind

__all__ = ["breakdown_complaint", "target_complaints"]


def target_complaints(target: Target, indicator: Indicator) -> Iterator[tuple[str, str, tuple[str | int, ...]]]:
    """Say what is wrong with a target for an indicator: its periods, their order, its date and its group.

    Arguments:
        target: As agreed.
        indicator: The definition it is for.

    Returns:
        Message, fix, and the path of the part that is meant.
    """
    periods: list[Period] = []
    for position, point in enumerate(target.points):
        try:
            periods.append(period_from_text(indicator.period, point.period))
        except ValueError as error:
            yield f"period {error}.", "", ("points", position, "period")
    if len(periods) == len(target.points):
        if periods != sorted(periods):
            yield "the points are not in the order of time.", "Put the earliest first.", ("points",)
        # the first point of a path may be the baseline that everybody knew
        judged = min(periods) if target.kind is TargetKind.LEVEL else sorted(periods)[1]
        if target.agreed_on > judged.first:
            yield (
                f"the target was agreed on {target.agreed_on}, after {judged} had begun: after the data it judges.",
                "A target is agreed on or before the first day that it judges; choose a later period.",
                ("agreed_on",),
            )
    said = breakdown_complaint(target.breakdown, indicator)
    if said:
        yield said, "Write it as dimension=category pairs, sorted, such as age_band=65+; sex=Female.", ("breakdown",)


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
