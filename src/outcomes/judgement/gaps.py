"""Measures the gaps: both ends of each series by deprivation, period by period, and how the gap between them moves."""

from datetime import date
from typing import Final, NamedTuple

import polars as pl

from outcomes.breakdown import WHOLE
from outcomes.estimates.model import Estimates
from outcomes.judgement.current import CURRENT_KEY, SERIES
from outcomes.judgement.gap_terms import gap_groups, gap_terms
from outcomes.judgement.model import GAP_COLUMNS
from outcomes.judgement.slope_indices import slope_indices
from outcomes.ordering import in_order
from outcomes.partnership.model import Partnership
from outcomes.statistics import absolute_gap, gap_trend, relative_gap
from outcomes.table import empty_table
from outcomes.vocabulary import PeriodKind, Qualifier, Reason, Statistic

__all__ = ["YEARS", "Gaps", "measured_gaps"]

YEARS: Final = [kind.value for kind in (PeriodKind.CALENDAR_YEAR, PeriodKind.FINANCIAL_YEAR, PeriodKind.ACADEMIC_YEAR)]
"""The periods over which the change of a gap is told: a year apart, and not overlapping."""

_INDICATOR: Final = ("indicator_id", "indicator_version")
_SERIES: Final = (*SERIES, "period_kind")
_PERIOD: Final = (*_SERIES, "period_start")
_NUMBERS: Final = ("value", "lower_ci_95", "upper_ci_95", "lower_ci_99_8", "upper_ci_99_8")
_LIMITS: Final = ("lower_ci_95", "upper_ci_95", "lower_ci_99_8", "upper_ci_99_8")
_CONFIDENTIAL: Final = Reason.CONFIDENTIAL.value


class Gaps(NamedTuple):
    """What the fifth signal is told from.

    Attributes:
        terms: One row for each inclusion of which it is asked (`gap_terms`).
        points: Both ends and their gap, period by period; columns `GAP_COLUMNS`.
        changes: One row for each framework × series of years: how its gap moves (`gap_trend`). Without columns where
            inequality is asked of nothing.
    """

    terms: pl.DataFrame
    points: pl.DataFrame
    changes: pl.DataFrame


def measured_gaps(current: pl.DataFrame, estimates: Estimates, partnership: Partnership, as_of: date) -> Gaps:
    """Return the gaps of every series of which a framework asks inequality.

    Of several breakdowns by deprivation the first stands that has a figure in the current period. A gap is hidden
    where an end is, or the figure of everybody. Counts have none: they grow with the number of people in a group.

    Arguments:
        current: The current figures with their terms (`current_figures`).
        estimates: Every period of every area.
        partnership: Whose inclusions ask, and whose indicators order their groups.
        as_of: The date that the judgement speaks for.

    Raises:
        UnknownNameError: An inclusion names a method that there is not.
    """
    terms = gap_terms(partnership)
    # most partnerships collect little by deprivation: what nobody asks takes no time
    if terms.is_empty():
        return Gaps(terms, empty_table(GAP_COLUMNS), pl.DataFrame())
    asked = _asked(current, terms)
    if asked.is_empty():
        return Gaps(terms, empty_table(GAP_COLUMNS), _changes(_whole_gaps(asked, estimates, as_of), asked))
    rows = _group_rows(asked, estimates, partnership, as_of)
    points = pl.concat([_between_ends(rows, estimates), _whole_gaps(asked, estimates, as_of)], how="diagonal")
    changes = _changes(points, asked)
    series = asked.select(*CURRENT_KEY, "period_kind", pl.col("period_start").alias("current_start"))
    in_change = changes.filter(pl.col("slope").is_not_null()).select(
        *CURRENT_KEY, "period_kind", "first_order", "last_order"
    )
    told = (
        series.join(points, on=list(_SERIES), how="inner", maintain_order="left")
        .join(in_change, on=[*CURRENT_KEY, "period_kind"], how="left", maintain_order="left")
        .with_columns(
            (
                pl.col("period_start").dt.year().is_between("first_order", "last_order")
                & pl.col("absolute_gap_lower_ci_95").is_not_null()
            )
            .fill_null(value=False)
            .alias("is_in_change")
        )
        .join(slope_indices(asked, rows), on=[*CURRENT_KEY, "period_kind", "period_start"], how="left")
        # whoever may not see the whole may not see what its parts make
        .with_columns(
            pl.when(~pl.col("is_hidden")).then(pl.col("^(slope|relative)_index.*$")),
            pl.when(pl.col("is_hidden") & pl.col("slope_reason").is_null() & pl.col("slope_index").is_not_null())
            .then(pl.lit(_CONFIDENTIAL))
            .otherwise("slope_reason")
            .alias("slope_reason"),
        )
    )
    return Gaps(
        terms,
        in_order(
            told.select(pl.col(name).cast(dtype) for name, dtype in GAP_COLUMNS.items()),
            (*CURRENT_KEY, "period_kind", "period_start"),
        ),
        changes,
    )


def _asked(current: pl.DataFrame, terms: pl.DataFrame) -> pl.DataFrame:
    """Return the current figures of everybody of which a gap can be made."""
    is_asked = (pl.col("breakdown") == WHOLE) & (pl.col("statistic") != Statistic.COUNT.value)
    keys = ["framework_id", *_INDICATOR]
    return (
        current.filter(is_asked & pl.col("indicator_id").is_in(terms["indicator_id"].unique().sort().to_list()))
        .select(*CURRENT_KEY, "period_kind", "period_start", "multiplier")
        .join(terms, on=keys, how="inner", maintain_order="left")
    )


def _group_rows(asked: pl.DataFrame, estimates: Estimates, partnership: Partnership, as_of: date) -> pl.DataFrame:
    """Return the figures of every group of the breakdown that speaks for each series."""
    groups = gap_groups(partnership)
    series = asked.select(*_SERIES, pl.col("period_start").alias("current_start")).unique(maintain_order=True)
    columns = ("area_code", "period_kind", "period_start", "denominator", "reason", "detail", "qualifiers", *_NUMBERS)
    found = (
        estimates.frame.filter(
            (pl.col("period_end") <= as_of)
            & (pl.col("breakdown") != WHOLE)
            & pl.col("indicator_id").is_in(groups["indicator_id"].unique().sort().to_list())
        )
        .select(*_INDICATOR, "breakdown", *columns)
        .join(groups, on=[*_INDICATOR, "breakdown"], how="inner", maintain_order="left")
        .with_columns(
            pl.col("qualifiers")
            .list.contains(Qualifier.BREAK_IN_SERIES.value)
            .fill_null(value=False)
            .alias("is_break"),
            pl.lit(WHOLE).alias("breakdown"),
        )
        .drop("qualifiers")
        .join(series, on=list(_SERIES), how="inner", maintain_order="left")
    )
    is_current = pl.col("period_start") == pl.col("current_start")
    chosen = (
        found.group_by(*_SERIES, "choice", maintain_order=True)
        .agg(is_current.any().alias("has_current"))
        .sort(pl.col("has_current").not_(), "choice", maintain_order=True)
        .unique(_SERIES, keep="first", maintain_order=True)
    )
    return found.join(chosen.select(*_SERIES, "choice"), on=[*_SERIES, "choice"], how="semi")


def _end(rows: pl.DataFrame, number: pl.Expr, name: str) -> pl.DataFrame:
    columns = (*_NUMBERS, "reason", "detail", "is_break")
    return rows.filter(pl.col("group") == number).select(*_PERIOD, *(pl.col(c).alias(f"{name}_{c}") for c in columns))


def _between_ends(rows: pl.DataFrame, estimates: Estimates) -> pl.DataFrame:
    """Return one row for each series and period: both ends and the gap between them, or why there is none."""
    ends = {"most_deprived": pl.lit(1), "least_deprived": pl.col("groups")}
    named = rows.select(*_INDICATOR, "dimension").unique(maintain_order=True)
    periods = rows.select(*_PERIOD, "dimension", "groups").unique(_PERIOD, maintain_order=True)
    for name, number in ends.items():
        periods = periods.join(_end(rows, number, name), on=list(_PERIOD), how="left", maintain_order="left")
        categories = rows.filter(pl.col("group") == number).select(
            *_INDICATOR, "dimension", pl.col("category").alias(f"{name}_group")
        )
        named = named.join(
            categories.unique([*_INDICATOR, "dimension"], maintain_order=True),
            on=[*_INDICATOR, "dimension"],
            how="left",
            maintain_order="left",
        )
    wholes = estimates.frame.filter(
        (pl.col("breakdown") == WHOLE) & pl.col("indicator_id").is_in(named["indicator_id"].unique().sort().to_list())
    ).select(
        *_PERIOD,
        (pl.col("reason") == _CONFIDENTIAL).fill_null(value=False).alias("is_hidden"),
        pl.col("qualifiers").list.contains(Qualifier.BREAK_IN_SERIES.value).alias("whole_is_break"),
    )
    held = periods.join(wholes, on=list(_PERIOD), how="left", maintain_order="left").with_columns(
        pl.col("is_hidden").fill_null(value=False)
    )
    reasons = [
        # an end without a row was sent by nobody
        pl.when(pl.col(f"{end}_value").is_null()).then(pl.col(f"{end}_reason").fill_null(Reason.MISSING.value))
        for end in ends
    ]
    is_confidential = pl.col("is_hidden") | pl.any_horizontal(
        (reason == _CONFIDENTIAL).fill_null(value=False) for reason in reasons
    )
    numbers = [f"{end}_{name}" for end in ends for name in _NUMBERS]
    # an end alone may be shown; what is made of both, or stands beside a hidden whole, is not
    shown = held.with_columns(
        *(pl.when(~pl.col("is_hidden")).then(pl.col(name)).alias(name) for name in numbers),
        pl.when(is_confidential).then(pl.lit(_CONFIDENTIAL)).otherwise(pl.coalesce(reasons)).alias("reason_of_end"),
    )
    gaps = _with_gaps(shown).join(named, on=[*_INDICATOR, "dimension"], how="left", maintain_order="left")
    return gaps.with_columns(
        pl.when(pl.col("absolute_gap").is_null()).then(pl.coalesce("reason_of_end", "reason")).alias("reason"),
        # where both ends have a value, the detail is that of their gap
        pl.when(pl.col("absolute_gap").is_not_null() | pl.col("reason_of_end").is_null())
        .then("detail")
        .when(pl.col("reason_of_end") == Reason.CANNOT_BE_CALCULATED.value)
        .then(
            pl.when(pl.col("most_deprived_reason") == pl.col("reason_of_end"))
            .then("most_deprived_detail")
            .otherwise("least_deprived_detail")
        )
        .alias("detail"),
        # a break of everybody is one of every group
        pl.any_horizontal(f"{name}_is_break" for name in (*ends, "whole")).fill_null(value=False).alias("is_break"),
    )


def _with_gaps(ends: pl.DataFrame) -> pl.DataFrame:
    """Return rows with the absolute and the relative gap; each level of confidence by itself, for some have one."""
    found = ends.drop("reason", "detail", strict=False)
    for name, gap in (("absolute_gap", absolute_gap), ("relative_gap", relative_gap)):
        inner, outer = (found.select(gap(confidence=[level]).struct.unnest()) for level in (0.95, 0.998))
        columns = [inner["value"].alias(name), inner["lower_ci_95"], inner["upper_ci_95"]]
        columns += [outer["lower_ci_99_8"], outer["upper_ci_99_8"]]
        found = found.hstack(
            [column.alias(f"{name}_{column.name}" if at else name) for at, column in enumerate(columns)]
        )
        if name == "absolute_gap":
            found = found.hstack([inner["reason"], inner["detail"]])
    return found


def _whole_gaps(asked: pl.DataFrame, estimates: Estimates, as_of: date) -> pl.DataFrame:
    """Return one row for each period of a measure that is itself a gap."""
    series = asked.filter("is_gap").select(_SERIES).unique(maintain_order=True)
    rows = estimates.frame.filter(
        (pl.col("period_end") <= as_of) & pl.col("indicator_id").is_in(series["indicator_id"].unique().sort().to_list())
    ).join(series, on=list(_SERIES), how="semi")
    return rows.select(
        *_PERIOD,
        pl.lit("").alias("dimension"),
        pl.lit(0, dtype=pl.Int32).alias("groups"),
        *(pl.lit(None, dtype=pl.String).alias(f"{end}_deprived_group") for end in ("most", "least")),
        *(pl.lit(None, dtype=pl.Float64).alias(f"{end}_deprived_value") for end in ("most", "least")),
        pl.col("value").alias("absolute_gap"),
        *(pl.col(name).alias(f"absolute_gap_{name}") for name in _LIMITS),
        *(
            pl.lit(None, dtype=pl.Float64).alias(name)
            for name in ("relative_gap", *(f"relative_gap_{limit}" for limit in _LIMITS))
        ),
        "reason",
        "detail",
        pl.lit(value=False).alias("is_hidden"),
        pl.col("qualifiers").list.contains(Qualifier.BREAK_IN_SERIES.value).fill_null(value=False).alias("is_break"),
    )


def _changes(points: pl.DataFrame, asked: pl.DataFrame) -> pl.DataFrame:
    """Return how the gap of each series of years moves up to its current period, by the method its framework names."""
    yearly = points.filter(pl.col("period_kind").is_in(YEARS))
    methods = asked.select(*CURRENT_KEY, "period_kind", "inequality_method", pl.col("period_start").alias("current"))
    # groups may come before everybody does: what is newer than the figure says nothing of it
    known = methods.join(yearly, on=list(_SERIES), how="inner", maintain_order="left").filter(
        pl.col("period_start") <= pl.col("current")
    )
    begins = pl.col("period_start").filter("is_break").max().over(*CURRENT_KEY, "period_kind")
    rows = known.filter((pl.col("period_start") >= begins).fill_null(value=True)).with_columns(
        pl.col("period_start").dt.year().cast(pl.Int64).alias("running_number")
    )
    # no row at all still tells the columns
    found = [
        gap_trend(
            rows.filter(pl.col("inequality_method") == method),
            by=[*CURRENT_KEY, "period_kind"],
            order="running_number",
            gap="absolute_gap",
            lower_ci_95="absolute_gap_lower_ci_95",
            upper_ci_95="absolute_gap_upper_ci_95",
            method=method,
        )
        for method in sorted(methods["inequality_method"].unique()) or ["gap_trend_fingertips_2020"]
    ]
    return pl.concat(found)
