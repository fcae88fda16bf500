"""Turns the points of a long line into what its large drawing prints: the drawing, its key and what to know of it."""

from dataclasses import dataclass
from typing import Final

from markupsafe import Markup

from outcomes.report.axes import axis_labels
from outcomes.report.charts import Series
from outcomes.report.formatting import number_text, with_unit
from outcomes.report.legend import stroke
from outcomes.report.line_tables import interval_of, point_period, printed_value
from outcomes.report.special_cause_view import process_notes, rule_text
from outcomes.report.timeline import Timeline, scale_of_timeline, timeline
from outcomes.report.wording import say
from outcomes.scorecard.model import IndicatorLine, Point

__all__ = ["LONG", "NO_TIMELINE", "TimelineView", "timeline_view"]

# a series of so many periods is more than a small drawing can show
LONG = 12


@dataclass(frozen=True, slots=True)
class TimelineView:
    """The large drawing of a long series.

    Attributes:
        drawing: The drawing; empty where the series is short, or has no value.
        key: Each stroke that is drawn, and what it means.
        note: What is to be known of its scale; may be empty.
        process_notes: What is to be known of its process limits, one sentence or two a line.
    """

    drawing: Markup
    key: tuple[tuple[Markup, str], ...]
    note: str
    process_notes: tuple[str, ...] = ()


# of a line that is too short, or whose large drawing stands on another page
NO_TIMELINE: Final = TimelineView(Markup(""), (), "")


def timeline_view(
    line: IndicatorLine, series: Series, label: str, place: str, *, drawn_from: int = LONG
) -> TimelineView:
    """Return the large drawing of a line of twelve periods or more; an empty one for a shorter line.

    Arguments:
        line: The line.
        series: What is drawn of it.
        label: The sentence for those who do not see it.
        place: The name of its place.
        drawn_from: How many periods with a value make a line long.
    """
    if sum(point.value.value is not None for point in line.points) < drawn_from:
        return NO_TIMELINE
    labels = axis_labels(
        line.period_kind,
        [(drawn.month, point_period(line, point)) for drawn, point in zip(series.points, line.points, strict=True)],
    )
    titles = tuple(_title(line, point) for point in line.points)
    unit = line.unit
    drawn = Timeline(series, labels, titles, line.decimals, unit)
    low, _ = scale_of_timeline(drawn)
    short = unit if unit in ("%", "£") else ""
    return TimelineView(
        drawing=Markup(timeline(drawn, label)),
        key=_key(line, series, place),
        note=say("timeline_scale", low=with_unit(number_text(low, 0 if float(low).is_integer() else 2), short))
        if low > 0
        else "",
        process_notes=process_notes(line),
    )


def _title(line: IndicatorLine, point: Point) -> str:
    value = point.value
    said = [f"{point_period(line, point, long=True)}: {printed_value(value, line.decimals, line.unit)}"]
    interval = interval_of(value, line.decimals)
    if interval:
        said.append(interval)
    if point.benchmark is not None and line.drawn_benchmark:
        short = line.unit if line.unit in ("%", "£") else ""
        said.append(f"{line.drawn_benchmark} {with_unit(number_text(point.benchmark, line.decimals), short)}")
    if point.process is not None and point.process.rule is not None:
        said.append(f"{say('special_cause').lower()}: {rule_text(line.period_kind, point.process)}")
    return "; ".join(said)


def _key(line: IndicatorLine, series: Series, place: str) -> tuple[tuple[Markup, str], ...]:
    points = series.points
    drawn = [("line", place)]
    if any(point.lower is not None for point in points):
        drawn.append(("band", say("interval")))
    if any(point.benchmark is not None for point in points) or series.level is not None:
        named = line.comparisons[0].benchmark.name if line.comparisons and line.comparisons[0].benchmark else ""
        drawn.append(("benchmark", line.drawn_benchmark or named or say("key_benchmark")))
    if series.targets:
        drawn.append(("path", say("key_target")))
    if any(point.limits is not None for point in points):
        drawn += [("mean", say("key_mean")), ("limits", say("key_limits"))]
    if any(point.flag is not None for point in points):
        drawn.append(("flagged", say("key_flagged")))
    if any(point.value is None for point in points):
        drawn.append(("gap", say("key_gap_short")))
    if any(point.is_break for point in points[1:]):
        drawn.append(("break", say("key_break_short")))
    return tuple((stroke(name), text) for name, text in drawn)
