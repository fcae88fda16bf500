"""Makes the process control charts that frameworks ask for: each series' points with their limits."""

from datetime import date
from typing import Final

import polars as pl

from outcomes.errors import UnknownNameError
from outcomes.estimates.model import Estimates
from outcomes.judgement.current import CURRENT_KEY
from outcomes.judgement.model import PROCESS_POINT_COLUMNS
from outcomes.ordering import in_order
from outcomes.partnership.model import Partnership
from outcomes.statistics import METHODS, seasonal_series, special_cause_points
from outcomes.table import empty_table
from outcomes.vocabulary import PeriodKind, Qualifier, Reason, Signal, Statistic

__all__ = ["CHARTED_KINDS", "process_points", "running_number"]

CHARTED_KINDS: Final = {PeriodKind.MONTH.value: 1, PeriodKind.QUARTER.value: 3}
"""The periods that a process control chart is made of, with their months; those of others are too few, or overlap."""

_TERMS: Final = (*CURRENT_KEY, "polarity", "special_cause_method", "statistic", "period_kind")


def process_points(
    current: pl.DataFrame, estimates: Estimates, series: pl.Series, partnership: Partnership, as_of: date
) -> pl.DataFrame:
    """Return every point of the monthly and quarterly series of which a framework asks special cause.

    A chart begins after the latest break, and after the latest period that does not compare with what follows. A
    period without a figure is a point without a value; so is a count of which a part is missing: it would look like a
    fall. Limits begin anew at the changes that the inclusion names, at those that the place's agreement in force names,
    and nowhere else.

    Arguments:
        current: The current figures with their terms (`current_figures`).
        estimates: Every period of every area.
        series: A number for each of their rows, the same throughout a series (`SERIES`).
        partnership: Whose inclusions and agreements name the changes.
        as_of: The date that the judgement speaks for.

    Returns:
        Columns `PROCESS_POINT_COLUMNS`, sorted.

    Raises:
        UnknownNameError: A framework names a special-cause method that there is not.
    """
    asked = current.filter((pl.col("special_cause_method") != "") & pl.col("period_kind").is_in(list(CHARTED_KINDS)))
    _refuse_unknown(asked)
    if asked.is_empty():
        return empty_table(PROCESS_POINT_COLUMNS)
    numbered = asked.select(*_TERMS, series.gather(asked["row"]).alias("series"))
    points = _points(numbered, estimates, series, as_of)
    charts = (
        numbered.join(points, on=["series", "period_kind"], how="inner", maintain_order="left")
        .with_columns(
            is_partial_count=(pl.col("statistic") == Statistic.COUNT.value)
            & pl.col("is_partial").fill_null(value=False)
        )
        .with_columns(value=pl.when(~pl.col("is_partial_count")).then("value"))
        .join(
            _changes(partnership),
            on=["framework_id", "indicator_id", "indicator_version", "period_kind", "running_number"],
            how="left",
            maintain_order="left",
        )
        .join(
            _local_changes(partnership, as_of),
            on=["indicator_id", "area_code", "period_kind", "running_number"],
            how="left",
            maintain_order="left",
        )
        .with_columns(pl.coalesce("begins_anew", "begins_anew_here").alias("begins_anew"))
        .select(
            *CURRENT_KEY, "period_kind", "running_number", "value", "polarity", "special_cause_method", "begins_anew"
        )
    )
    found = [
        special_cause_points(
            charts.filter(pl.col("special_cause_method") == method),
            by=CURRENT_KEY,
            order="running_number",
            polarity="polarity",
            begins_anew="begins_anew",
            method=method,
        )
        for method in sorted(charts["special_cause_method"].unique())
    ]
    first_month = pl.col("running_number") * pl.col("period_kind").replace_strict(CHARTED_KINDS, return_dtype=pl.Int64)
    dated = (
        pl.concat(found)
        .join(_seasons(charts), on=CURRENT_KEY, how="left", maintain_order="left")
        .with_columns(period_start=pl.date(first_month // 12, first_month % 12 + 1, 1))
    )
    return in_order(
        dated.select(pl.col(name).cast(dtype) for name, dtype in PROCESS_POINT_COLUMNS.items()),
        (*CURRENT_KEY, "period_kind", "period_start"),
    )


def _refuse_unknown(asked: pl.DataFrame) -> None:
    known = [method.name for method in METHODS if method.signal is Signal.SPECIAL_CAUSE]
    rows = asked.select("framework_id", "indicator_id", "special_cause_method").unique().sort(pl.all())
    for framework_id, indicator_id, method in rows.iter_rows():
        if method not in known:
            raise UnknownNameError(
                f"framework {framework_id}, inclusion of {indicator_id}: found special-cause method {method!r}, "
                f"expected one of {', '.join(known)}. Correct it in inclusions.yaml, or leave it empty for none."
            )


def running_number() -> pl.Expr:
    """Return the running number of a month or quarter: neighbours differ by exactly 1."""
    months = pl.col("period_kind").replace_strict(CHARTED_KINDS, default=None, return_dtype=pl.Int64)
    start = pl.col("period_start")
    return (start.dt.year().cast(pl.Int64) * 12 + start.dt.month().cast(pl.Int64) - 1) // months


def _points(numbered: pl.DataFrame, estimates: Estimates, series: pl.Series, as_of: date) -> pl.DataFrame:
    """Return one row for each period of the series asked, from where it can be read on, gaps filled."""
    rows = (
        estimates.frame.select("period_kind", "period_start", "period_end", "value", "reason", "qualifiers")
        .with_columns(series.alias("series"))
        .filter(pl.col("period_end") <= as_of)
        .join(numbered.select("series", "period_kind").unique(), on=["series", "period_kind"], how="semi")
        .with_columns(
            running_number().alias("running_number"),
            is_partial=pl.col("qualifiers").list.contains(Qualifier.PARTIAL.value),
        )
    )
    is_break = pl.col("qualifiers").list.contains(Qualifier.BREAK_IN_SERIES.value)
    not_comparable = (pl.col("reason") == Reason.NOT_COMPARABLE.value).fill_null(value=False)
    begins = pl.max_horizontal(
        pl.col("running_number").filter(is_break).max(),
        # what does not compare ends the day before the next
        pl.col("running_number").filter(not_comparable).max() + 1,
        pl.col("running_number").min(),
    )
    spans = rows.group_by("series", "period_kind").agg(
        begins.alias("begins"), pl.col("running_number").max().alias("last")
    )
    grid = (
        spans.filter(pl.col("begins") <= pl.col("last"))
        .select("series", "period_kind", pl.int_ranges("begins", pl.col("last") + 1).alias("running_number"))
        .explode("running_number")
    )
    known = rows.select("series", "period_kind", "running_number", "value", "is_partial")
    return grid.join(known, on=["series", "period_kind", "running_number"], how="left").sort(
        "series", "period_kind", "running_number"
    )


def _seasons(charts: pl.DataFrame) -> pl.DataFrame:
    """Return whether each chart goes up and down with the year."""
    found = [
        seasonal_series(
            charts.filter(pl.col("period_kind") == kind),
            by=CURRENT_KEY,
            order="running_number",
            periods_a_year=12 // months,
        )
        for kind, months in CHARTED_KINDS.items()
    ]
    return pl.concat(found).select(*CURRENT_KEY, "is_seasonal")


def _changes(partnership: Partnership) -> pl.DataFrame:
    """Return the periods with which limits begin anew: the first that begin on the day of a change or after it."""
    rows = [
        # rounded up: a change within a period is not yet seen in the whole of it
        (framework.id, *inclusion.key, kind, -(-_months_to(change.from_day) // months))
        for framework, inclusion in partnership.inclusions
        for change in inclusion.rebased
        for kind, months in CHARTED_KINDS.items()
    ]
    schema = {
        "framework_id": pl.String(),
        "indicator_id": pl.String(),
        "indicator_version": pl.Int32(),
        "period_kind": pl.String(),
        "running_number": pl.Int64(),
    }
    changes = pl.DataFrame(rows, schema=schema, orient="row").unique(maintain_order=True)
    return changes.with_columns(pl.lit(value=True).alias("begins_anew"))


def _local_changes(partnership: Partnership, as_of: date) -> pl.DataFrame:
    """Return the same of the agreements that hold on the date, for their areas alone."""
    rows = []
    for place in sorted({agreement.area_code for agreement in partnership.agreements}):
        agreement = partnership.agreement_for(place, as_of)
        for change in agreement.rebased if agreement else ():
            for kind, months in CHARTED_KINDS.items():
                first = -(-_months_to(change.from_day) // months)
                rows.append((change.indicator, change.area_code or place, kind, first))
    schema = {
        "indicator_id": pl.String(),
        "area_code": pl.String(),
        "period_kind": pl.String(),
        "running_number": pl.Int64(),
    }
    changes = pl.DataFrame(rows, schema=schema, orient="row").unique(maintain_order=True)
    return changes.with_columns(pl.lit(value=True).alias("begins_anew_here"))


def _months_to(day: date) -> int:
    """The month since year 0 that begins on a day, or the next one."""
    return day.year * 12 + day.month - 1 + (day.day > 1)
