"""Turns special cause and assurance into what a page prints: icons, words, limits, and what to know of them."""

from typing import Final

from markupsafe import Markup

from outcomes.report.formatting import date_text, number_text, period_text
from outcomes.report.marks import Mark, mark_of
from outcomes.report.process_drawing import assurance_icon, variation_icon
from outcomes.report.signals import SignalView, agreed_text, with_unit_short
from outcomes.report.target_words import is_drawn, is_of_level
from outcomes.report.wording import say, sentence_case
from outcomes.scorecard.model import IndicatorLine, LimitsBegin, ProcessPoint, SpecialCause, TargetSignal
from outcomes.vocabulary import Assurance, PeriodKind, ProcessRule, Variation, Word

__all__ = ["limits_text", "process_keys", "process_notes", "rule_text", "same_period_text", "special_cause_views"]

# as many earlier years stand beside a seasonal figure
_YEARS_SHOWN: Final = 3
_RULES: Final = {
    (ProcessRule.OUTSIDE_LIMITS, "up"): "spc_outside_up",
    (ProcessRule.OUTSIDE_LIMITS, "down"): "spc_outside_down",
    (ProcessRule.SEVEN_IN_A_TREND, "up"): "spc_trend_up",
    (ProcessRule.SEVEN_IN_A_TREND, "down"): "spc_trend_down",
    (ProcessRule.TWO_IN_THREE, "up"): "spc_near_up",
    (ProcessRule.TWO_IN_THREE, "down"): "spc_near_down",
    (ProcessRule.SEVEN_ON_ONE_SIDE, "up"): "spc_side_up",
    (ProcessRule.SEVEN_ON_ONE_SIDE, "down"): "spc_side_down",
}
_ASSURANCES: Final = {
    Assurance.CONSISTENTLY_MEETS: "spc_meets",
    Assurance.HIT_AND_MISS: "spc_hit_and_miss",
    Assurance.CONSISTENTLY_MISSES: "spc_misses",
}
_ASSURANCE_MARKS: Final = {
    Assurance.CONSISTENTLY_MEETS: Mark("good", "tick"),
    Assurance.HIT_AND_MISS: Mark("same", "equal"),
    Assurance.CONSISTENTLY_MISSES: Mark("bad", "cross"),
}


def rule_text(kind: PeriodKind, process: ProcessPoint) -> str:
    """Return the rule by which a point is flagged, in words; of common cause, that; of no value, nothing.

    >>> flagged = ProcessPoint(segment=0, rule="seven on one side of the mean", direction="down", variation="concern")
    >>> rule_text(PeriodKind.MONTH, flagged)
    'seven or more months in a row below the mean'
    """
    if process.variation is None:
        return ""
    if process.rule is None:
        return say("common_cause")
    periods = say("spc_quarters" if kind is PeriodKind.QUARTER else "spc_months")
    return say(_RULES[process.rule, process.direction or "up"], periods=periods)


def limits_text(line: IndicatorLine, process: ProcessPoint) -> str:
    """Return the process limits as they are printed, or an empty text where there are none."""
    if process.lower is None or process.upper is None:
        return ""
    return say(
        "spc_between", lower=number_text(process.lower, line.decimals), upper=number_text(process.upper, line.decimals)
    )


def special_cause_views(line: IndicatorLine) -> tuple[SignalView, ...]:
    """Return what the cell of special cause holds: variation, then each target's assurance; nothing where not asked."""
    cause = line.special_cause
    if not isinstance(cause, SpecialCause):
        return ()
    mark = mark_of(cause.word, cause.direction)
    word = sentence_case(cause.word.value)
    if cause.word is Word.CANNOT_TELL:
        return (SignalView(mark, word, (cause.because,) if cause.because else ()),)
    process = cause.process
    variation = {
        Word.IMPROVING: Variation.IMPROVEMENT,
        Word.GETTING_WORSE: Variation.CONCERN,
        Word.NO_SIGNIFICANT_CHANGE: Variation.COMMON_CAUSE,
    }.get(cause.word, Variation.NOT_JUDGED)
    said = [sentence_case(rule_text(line.period_kind, process))] if process is not None and process.rule else []
    if process is not None and process.mean is not None:
        said.append(_limits_sentence(line, process))
    if process is not None and process.is_provisional:
        said.append(say("spc_provisional", number=cause.points))
    if cause.is_seasonal:
        said.append(say("spc_seasonal"))
    text = " ".join(f"{one}." for one in said)
    icon = Markup(variation_icon(variation, cause.direction))
    views = [SignalView(mark, word, (text,) if text else (), icon)]
    views += [
        _assurance_view(line, target) for target in line.targets if target.assurance is not None and is_drawn(target)
    ]
    return tuple(dict.fromkeys(views))


def _limits_sentence(line: IndicatorLine, process: ProcessPoint) -> str:
    mean = number_text(process.mean or 0.0, line.decimals)
    limits = limits_text(line, process)
    return say("spc_limits", mean=mean, limits=limits) if limits else say("spc_mean_alone", mean=mean)


def _assurance_view(line: IndicatorLine, target: TargetSignal) -> SignalView:
    assurance = target.assurance or Assurance.HIT_AND_MISS
    if target.expected is not None and (target.expected != target.target_value or not is_of_level(target)):
        level = number_text(target.expected, line.decimals)
    else:
        level = agreed_text(target.target_value or 0.0)
    text = say(_ASSURANCES[assurance], level=with_unit_short(level, line.unit))
    return SignalView(
        _ASSURANCE_MARKS[assurance], sentence_case(assurance.value), (text,), Markup(assurance_icon(assurance))
    )


def process_notes(line: IndicatorLine) -> tuple[str, ...]:
    """Return what stands under a chart with limits: how they are made, provisional ones, changes, a season."""
    cause = line.special_cause
    if not isinstance(cause, SpecialCause) or not any(point.process and point.process.mean for point in line.points):
        return ()
    notes = [say("spc_how")]
    if any(point.process is not None and point.process.is_provisional for point in line.points):
        notes.append(say("spc_provisional_drawn"))
    notes += [
        say("spc_begin_anew", date=date_text(change.day), because=_because(change)) for change in cause.begin_anew
    ]
    if cause.is_seasonal:
        notes.append(" ".join(f"{one}." for one in (say("spc_seasonal"), same_period_text(line)) if one))
    return tuple(notes)


def same_period_text(line: IndicatorLine) -> str:
    """Return the values of the current month or quarter in other years, newest first; empty where there are none."""
    if line.current is None:
        return ""
    month = line.current.period_start.month
    earlier = [
        point for point in line.points[:-1] if point.period_start.month == month and point.value.value is not None
    ]
    values = ", ".join(
        f"{number_text(point.value.value or 0.0, line.decimals)} "
        f"({period_text(line.period_kind, point.period, point.period_start, point.period_end)})"
        for point in reversed(earlier[-_YEARS_SHOWN:])
    )
    if not values:
        return ""
    period = say("spc_quarter" if line.period_kind is PeriodKind.QUARTER else "spc_month")
    return say("spc_same_period", period=period, values=values)


def _because(change: LimitsBegin) -> str:
    because = change.because.rstrip(".")
    return f"{because} ({change.decision})" if change.decision else because


def process_keys() -> tuple[tuple[Markup, str], ...]:
    """Return the icons of special cause and assurance, each with what it means, for the legend of a page."""
    icons = (
        (variation_icon(Variation.COMMON_CAUSE, None), "key_common"),
        (variation_icon(Variation.IMPROVEMENT, "up"), "key_improvement"),
        (variation_icon(Variation.CONCERN, "down"), "key_concern"),
        (variation_icon(Variation.NOT_JUDGED, "up"), "key_not_judged"),
        (assurance_icon(Assurance.CONSISTENTLY_MEETS), "key_meets"),
        (assurance_icon(Assurance.HIT_AND_MISS), "key_hit_and_miss"),
        (assurance_icon(Assurance.CONSISTENTLY_MISSES), "key_misses"),
    )
    return tuple((Markup(icon), say(key)) for icon, key in icons)
