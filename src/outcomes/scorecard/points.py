"""Makes what a line draws and counts from the rows of its measure: its points, its trend, its groups."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from outcomes.breakdown import WHOLE, breakdown_from_text
from outcomes.framework.model import Inclusion, Indicator, IndicatorKey
from outcomes.period import Period, period_starting
from outcomes.scorecard.figures import Figures, Row, value_of
from outcomes.scorecard.model import GroupValue, Point, Trend, Value
from outcomes.scorecard.special_cause import process_point
from outcomes.vocabulary import PeriodKind, Qualifier, Reason, Word

__all__ = ["groups_of", "points_of", "rows_of", "trend_of"]


def rows_of(figures: Figures, key: IndicatorKey, area_code: str, as_of: date) -> tuple[list[Row], list[Row]]:
    """Return what is known of a measure of an area by a date: every row, and those of the whole."""
    rows = [row for row in figures.estimates_of(key, area_code) if row["period_end"] <= as_of]
    return rows, [row for row in rows if row["breakdown"] == WHOLE] or _only_by_group(rows)


def points_of(
    rows: Sequence[Row],
    names: Mapping[str, str],
    levels: Mapping[date, float],
    charted: Mapping[date, Row],
    *,
    is_stale: bool,
) -> tuple[Point, ...]:
    """Return every period from the first with a row to the last with one; a period without a row has its reason.

    Arguments:
        rows: The rows of the whole, earliest first.
        names: Area code to name.
        levels: What stands beside the points as their benchmark, by the first day of its period.
        charted: The points of the process chart, likewise.
        is_stale: Whether the last period is older than it should be.
    """
    if not rows:
        return ()
    found = {row["period_start"]: row for row in rows}
    period = _period(rows[0])
    last = _period(rows[-1])
    points = []
    while period <= last:
        row = found.get(period.first)
        to_know = (Qualifier.STALE,) if is_stale and period == last else ()
        value = value_of(row, names, to_know) if row else Value(reason=Reason.MISSING)
        points.append(
            Point(
                period=str(period),
                period_start=period.first,
                period_end=period.last,
                value=value,
                benchmark=levels.get(period.first),
                process=process_point(charted.get(period.first)),
            )
        )
        period = period.shifted(1)
    return tuple(points)


def trend_of(rows: Sequence[Row], inclusion: Inclusion, method_titles: Mapping[str, str]) -> Trend:
    """Return the trend that was judged, or why there is none."""
    title = method_titles.get(inclusion.trend, inclusion.trend)
    if not rows:
        why = "There is no figure." if inclusion.trend else "No trend is asked for this measure."
        return Trend(word=Word.CANNOT_TELL, method=inclusion.trend, method_title=title, because=why)
    row = rows[0]
    return Trend(
        word=Word(row["word"]),
        method=row["against"] or "",
        method_title=method_titles.get(row["against"] or "", row["against"] or ""),
        direction=row["direction"],
        slope=row["amount"],
        chi_square=row["test_statistic"],
        points=row["points"] or 0,
        because=row["because"] or "",
    )


def groups_of(
    indicator: Indicator, rows: Sequence[Row], current: Point | None, names: Mapping[str, str]
) -> tuple[GroupValue, ...]:
    """Return the groups of the current period, in the order of the definition."""
    if current is None:
        return ()
    found: dict[tuple[str, str], Value] = {}
    for row in rows:
        pairs = breakdown_from_text(row["breakdown"])
        if len(pairs) == 1 and row["period_start"] == current.period_start:
            ((dimension, category),) = pairs.items()
            found[(dimension, category)] = value_of(row, names)
    return tuple(
        GroupValue(dimension=breakdown.dimension, category=category, value=found[(breakdown.dimension, category)])
        for breakdown in indicator.breakdowns
        for category in breakdown.categories
        if (breakdown.dimension, category) in found
    )


def _only_by_group(rows: Sequence[Row]) -> list[Row]:
    """A row without a number for each period of a measure that is given by group only, such as by sex."""
    periods = {row["period_start"]: row for row in rows}
    numbers = dict.fromkeys(("value", "lower_ci_95", "upper_ci_95", "lower_ci_99_8", "upper_ci_99_8"))
    missing = {"numerator": None, "denominator": None, "detail": None, "reason": Reason.NOT_APPLICABLE.value}
    return [{**periods[start], **numbers, **missing, "breakdown": WHOLE, "qualifiers": []} for start in sorted(periods)]


def _period(row: Row) -> Period:
    start: Any = row["period_start"]
    return period_starting(PeriodKind(row["period_kind"]), start)
