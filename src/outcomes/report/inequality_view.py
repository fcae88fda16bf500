"""Turns the fifth signal into what a page prints: its word with both ends in figures, and the indices behind it."""

import math

from outcomes.report.formatting import interval_text, number_text
from outcomes.report.marks import mark_of
from outcomes.report.signals import SignalView, not_built_view, period_of_text, with_unit_short
from outcomes.report.wording import say, sentence_case
from outcomes.scorecard.model import GapFigure, IndicatorLine, Inequality
from outcomes.vocabulary import Word

__all__ = ["inequality_facts", "inequality_spoken", "inequality_view"]

_PARTS = {2: "part_half", 3: "part_third", 4: "part_quarter", 5: "part_fifth", 10: "part_tenth"}
# a ratio is told to two decimals, whatever the measure is
_OF_RATIO = 2


def inequality_view(line: IndicatorLine, said_once: frozenset[str]) -> SignalView | None:
    """Return what the cell of inequality holds: its word, both ends in figures, the gap and what it was.

    Arguments:
        line: The line.
        said_once: Sentences that the page says once, and no line repeats.
    """
    gap = line.inequality
    if gap is None:
        return None
    if not isinstance(gap, Inequality):
        return None if gap.because in said_once else not_built_view(gap)
    details = []
    if gap.most_deprived is not None and gap.least_deprived is not None:
        most, least = (_number(line, value) for value in (gap.most_deprived, gap.least_deprived))
        details.append(say("gap_ends", most=most, least=least, part=_part(gap)))
    if gap.absolute_gap.value is not None:
        now = _short_difference(line, abs(gap.absolute_gap.value))
        if gap.first_gap is None:
            details.append(say("gap_now", gap=now))
        elif gap.first_gap * gap.absolute_gap.value < 0:
            details.append(say("gap_turned", gap=now, was=_bare_difference(line, abs(gap.first_gap))))
        else:
            details.append(say("gap_was", gap=now, was=_bare_difference(line, abs(gap.first_gap))))
    apart = _ratio_apart(gap)
    if apart is not None:
        ratio, was = (
            number_text(number or 0.0, _OF_RATIO) for number in (gap.relative_gap.value, gap.first_relative_gap)
        )
        moved = say("gap_ratio_widened" if apart is Word.WIDENING else "gap_ratio_narrowed")
        details.append(say("gap_ratio_apart", word=moved, ratio=ratio, was=was))
    if gap.because:
        details.append(gap.because)
    return SignalView(mark_of(gap.word), sentence_case(gap.word.value), tuple(details))


def inequality_facts(line: IndicatorLine) -> tuple[tuple[str, str], ...]:
    """Return the gap, the indices and their methods as terms and texts, for the details behind a line."""
    gap = line.inequality
    if not isinstance(gap, Inequality) or gap.absolute_gap.value is None:
        return ()
    facts = [(say("gap_absolute"), _with_interval(line, gap.absolute_gap))]
    if gap.worse_end is not None:
        facts.append((say("gap_worse"), say("gap_worse_end", end=gap.worse_end, part=_part(gap))))
    if gap.first_gap is not None:
        period = period_of_text(line.period_kind, gap.first_period)
        first = say("gap_first", gap=_difference(line, gap.first_gap), period=period, number=gap.points)
        facts.append((say("gap_change"), first))
    if not gap.groups:
        return tuple(facts)
    if gap.relative_gap.value is not None:
        facts.append((say("gap_relative"), _ratio(gap.relative_gap)))
        if gap.first_relative_gap is not None:
            facts.append((say("gap_relative_first"), number_text(gap.first_relative_gap, _OF_RATIO)))
    if gap.slope_index.value is not None:
        facts.append((say("gap_slope"), _with_interval(line, gap.slope_index)))
        if gap.relative_index.value is not None:
            facts.append((say("gap_index"), _ratio(gap.relative_index)))
        facts.append((say("gap_slope_method"), gap.slope_method_title))
    elif gap.slope_method and gap.slope_reason is not None:
        why = say(f"reason_{gap.slope_reason.value}")
        text = f"{why}: {say(f'detail_{gap.slope_detail.value}')}" if gap.slope_detail else why
        facts.append((say("gap_slope"), say("gap_no_slope", reason=text)))
    facts.append(
        (say("gap_ends_are"), say("gap_end_groups", most=gap.most_deprived_group, least=gap.least_deprived_group))
    )
    facts.append((say("gap_limits"), say("gap_limits_text")))
    return tuple(facts)


def inequality_spoken(line: IndicatorLine) -> str:
    """Return the fifth signal inside a sentence of the first screen; empty where nothing is told."""
    gap = line.inequality
    if not isinstance(gap, Inequality) or gap.word in (Word.CANNOT_TELL, Word.NO_SIGNIFICANT_CHANGE):
        return ""
    moving = Word.WIDENING if gap.word is Word.IMPROVING_UNEQUALLY else gap.word
    apart = _ratio_apart(gap)
    if apart is not None:
        return say("gap_spoken_apart", word=moving.value, other=apart.value)
    return say("gap_spoken", word=moving.value)


def _ratio_apart(gap: Inequality) -> Word | None:
    """Return which way the ratio went where the gap went the other: both are true, and neither says it all.

    A gap of 20 (60 over 40) that is 10 later (15 over 5) is half as wide, and its ratio twice as far from 1.
    """
    now, first = gap.relative_gap.value, gap.first_relative_gap
    if gap.direction not in ("up", "down") or now is None or first is None or now <= 0 or first <= 0:
        return None
    # what prints alike did not move
    if number_text(now, _OF_RATIO) == number_text(first, _OF_RATIO):
        return None
    is_wider = abs(math.log(now)) > abs(math.log(first))
    if is_wider == (gap.direction == "up"):
        return None
    return Word.WIDENING if is_wider else Word.NARROWING


def _part(gap: Inequality) -> str:
    return say(_PARTS.get(gap.groups, "part_group"))


def _number(line: IndicatorLine, value: float) -> str:
    return with_unit_short(number_text(value, line.decimals), line.unit)


def _difference(line: IndicatorLine, value: float) -> str:
    """A difference with its short unit: two percentages differ by percentage points, not by per cent."""
    number = number_text(value, line.decimals)
    return say("percentage_points", number=number) if _is_per_cent(line) else with_unit_short(number, line.unit)


def _short_difference(line: IndicatorLine, value: float) -> str:
    """The same for a narrow column: the page says once what points are."""
    number = number_text(value, line.decimals)
    return say("gap_points", number=number) if _is_per_cent(line) else with_unit_short(number, line.unit)


def _bare_difference(line: IndicatorLine, value: float) -> str:
    """The same beside another that has the points already."""
    number = number_text(value, line.decimals)
    return number if _is_per_cent(line) else with_unit_short(number, line.unit)


def _is_per_cent(line: IndicatorLine) -> bool:
    return line.unit.startswith("%")


def _with_interval(line: IndicatorLine, figure: GapFigure) -> str:
    if figure.value is None:
        return say("no_value")
    number = _difference(line, figure.value)
    if figure.lower_ci_95 is None or figure.upper_ci_95 is None:
        return say("gap_alone", value=number)
    return say(
        "gap_interval", value=number, interval=interval_text(figure.lower_ci_95, figure.upper_ci_95, line.decimals)
    )


def _ratio(figure: GapFigure) -> str:
    number = number_text(figure.value or 0.0, _OF_RATIO)
    if figure.lower_ci_95 is None or figure.upper_ci_95 is None:
        return say("gap_alone", value=number)
    return say("gap_interval", value=number, interval=interval_text(figure.lower_ci_95, figure.upper_ci_95, _OF_RATIO))
