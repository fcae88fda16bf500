"""Turns one IndicatorLine into what a line over time draws, and the one sentence that says what it shows."""

from typing import Final

from outcomes.period import period_from_text
from outcomes.report.charts import ChartLimits, ChartPoint, ChartTarget, Series
from outcomes.report.formatting import shortened, value_text
from outcomes.report.headline import first_comparison_word, headline, movement
from outcomes.report.line_tables import point_period
from outcomes.report.process_drawing import flag_of
from outcomes.report.signals import absence_text
from outcomes.report.target_words import is_drawn
from outcomes.report.wording import say
from outcomes.scorecard.model import IndicatorLine, ProcessPoint, TargetSignal
from outcomes.vocabulary import Qualifier, Word

__all__ = ["series_of", "spark_label"]

_LABEL: Final = 125


def series_of(line: IndicatorLine, *, with_targets: bool = True) -> Series:
    """Return what a line over time draws."""
    points = tuple(
        ChartPoint(
            month=point.period_start.year * 12 + point.period_start.month - 1,
            value=point.value.value,
            lower=point.value.lower_ci_95 if point.value.value is not None else None,
            upper=point.value.upper_ci_95 if point.value.value is not None else None,
            benchmark=point.benchmark,
            is_break=Qualifier.BREAK_IN_SERIES in point.value.qualifiers,
            limits=_limits(point.process),
            flag=flag_of(point.process.variation) if point.process is not None else None,
        )
        for point in line.points
    )
    first = line.comparisons[0].benchmark if line.comparisons else None
    level = first.value if first is not None and not any(point.benchmark is not None for point in points) else None
    drawn = [target for target in line.targets if is_drawn(target)] if with_targets else []
    targets = [_chart_target(line, target) for target in drawn]
    return Series(
        points=points,
        targets=tuple(target for target in targets if target is not None),
        last=headline(line)[0],
        level=level,
    )


def _limits(process: ProcessPoint | None) -> ChartLimits | None:
    if process is None or process.mean is None or process.lower is None or process.upper is None:
        return None
    return ChartLimits(process.segment, process.mean, process.lower, process.upper, process.is_provisional)


def _chart_target(line: IndicatorLine, target: TargetSignal) -> ChartTarget | None:
    agreed = [(point.period, point.value) for point in target.points]
    if not agreed and target.target_value is not None and target.target_period:
        agreed = [(target.target_period, target.target_value)]
    points = []
    for text, value in agreed:
        try:
            start = period_from_text(line.period_kind, text).first
        except ValueError:
            return None
        points.append((start.year * 12 + start.month - 1, value))
    return ChartTarget(tuple(sorted(points))) if points else None


def spark_label(line: IndicatorLine) -> str:
    """Return the one sentence that says what the line over time shows, at most 125 characters."""
    name = line.short_name or line.name
    current = line.current
    if current is None:
        return shortened(say("spark_none", measure=name), _LABEL)
    period = point_period(line, current)
    if current.value.value is None:
        text = say("spark_label_missing", measure="{}", period=period, reason=absence_text(current.value).lower())
    else:
        standing = (one.word.value for one in line.targets if not (one.breakdown or one.change))
        target = next(standing, Word.NO_TARGET.value)
        moving, _, what = movement(line)
        text = say(
            "spark_label",
            measure="{}",
            value=value_text(current.value.value, line.decimals, line.unit),
            period=period,
            comparison=first_comparison_word(line).value,
            moves=f"{what.lower()}: {moving.value}",
            target=target,
        )
    start, _, rest = text.partition("{}")
    return shortened(start + shortened(name, max(_LABEL - len(start) - len(rest), 20)) + rest, _LABEL)
