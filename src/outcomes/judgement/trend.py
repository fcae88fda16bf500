"""The second signal: the recent trend of each series, by the method that its framework names."""

from datetime import date
from typing import Final

import polars as pl

from outcomes.errors import UnknownNameError
from outcomes.estimates.model import Estimates
from outcomes.judgement.current import as_judgements
from outcomes.judgement.sides import DOWN, LEVEL, UP
from outcomes.ordering import order_numbers
from outcomes.statistics import METHODS, recent_trend
from outcomes.vocabulary import PeriodKind, Polarity, Qualifier, Reason, Signal, Statistic, Word

__all__ = ["trends"]

_STATISTICS: Final = (Statistic.PROPORTION, Statistic.CRUDE_RATE, Statistic.DIRECTLY_STANDARDISED_RATE)
_YEARS: Final = (PeriodKind.CALENDAR_YEAR, PeriodKind.FINANCIAL_YEAR, PeriodKind.ACADEMIC_YEAR)
# this one tests counts, so it is only for proportions, and its slope is of bare proportions
_BY_COUNTS: Final = "chi_square_proportions"
_NUMBERS: Final = ("value", "lower_ci_95", "upper_ci_95", "numerator", "denominator")

_DIRECTIONS: Final = {
    Word.INCREASING.value: UP,
    Word.DECREASING.value: DOWN,
    Word.NO_SIGNIFICANT_CHANGE.value: LEVEL,
}


def trends(current: pl.DataFrame, estimates: Estimates, series: pl.Series, as_of: date) -> pl.DataFrame:
    """Return one row for each current figure: which way its series moves, or why that cannot be told.

    The national rule: proportions, crude rates and directly standardised rates (or what was published as one of these)
    of one-year periods, the newest five points up to the date; a series begins anew where a point is marked as a break.
    A polarity turns increasing and decreasing into improving and getting worse. *No significant change* is never said
    for *cannot tell*.

    Arguments:
        current: The current figures with their terms (`current_figures`).
        estimates: Every period of every area.
        series: A number for each of their rows, the same throughout a series (`SERIES`).
        as_of: The date that the judgement speaks for.

    Returns:
        The judgements' columns; `amount` is the slope a year on the printed scale, `test_statistic` chi-squared.

    Raises:
        UnknownNameError: A framework names a trend method that there is not.

    Source: OHID, Fingertips public health technical guidance: trend markers.
    """
    # periods of two kinds are two lines
    by_kind = estimates.frame.select(series.alias("series"), "period_kind")
    numbers = order_numbers(by_kind, by_kind.columns).alias("series")
    points = _points(numbers, estimates, as_of)
    numbered = current.with_columns(numbers.gather(current["row"]), pl.col("trend_method").alias("against"))
    fitted = [
        _fitted(points.join(_asked(numbered, method), on="series", how="semi"), method) for method in _methods(current)
    ]
    told = numbered.join(
        pl.concat(fitted) if fitted else _fitted(points.clear(), "trend_fingertips_2020"),
        left_on=["series", "against"],
        right_on=["series", "fitted_by"],
        how="left",
        maintain_order="left",
    )
    judged = told.with_columns(_obstacle().alias("terms_obstacle")).with_columns(
        pl.when(pl.col("terms_obstacle").is_null()).then(pl.col("trend_direction")).alias("found")
    )
    is_told = pl.col("found").is_not_null() & (pl.col("found") != Word.CANNOT_TELL.value)
    has_terms = pl.col("terms_obstacle").is_null()
    slope = pl.when(pl.col("against") == _BY_COUNTS).then(pl.col("slope") * pl.col("multiplier")).otherwise("slope")
    said = pl.concat_str(
        pl.col("obstacle").str.slice(0, 1).str.to_uppercase(), pl.col("obstacle").str.slice(1), pl.lit(".")
    )
    return as_judgements(
        judged.with_columns(
            pl.when(is_told).then(_turned(pl.col("found"))).otherwise(pl.lit(Word.CANNOT_TELL.value)).alias("word"),
            pl.when(is_told)
            .then(pl.col("found").replace_strict(_DIRECTIONS, default=None, return_dtype=pl.String))
            .alias("direction"),
            pl.when(is_told).then(slope).alias("amount"),
            pl.when(is_told).then("chi_square").alias("test_statistic"),
            pl.when(has_terms).then("trend_points").alias("points"),
            pl.when(~has_terms)
            .then(pl.lit(Reason.NOT_APPLICABLE.value))
            .when(~is_told)
            .then("trend_reason")
            .alias("reason"),
            pl.when(has_terms & ~is_told).then("trend_detail").alias("detail"),
            pl.when(~has_terms).then("terms_obstacle").when(~is_told).then(said).alias("because"),
        ),
        Signal.TREND,
    )


def _methods(current: pl.DataFrame) -> list[str]:
    """Return the trend methods that are asked for, refusing a name that is none."""
    asked = current.select("framework_id", "indicator_id", "trend_method").unique().sort(pl.all())
    known = [method.name for method in METHODS if method.signal is Signal.TREND]
    for framework_id, indicator_id, method in asked.iter_rows():
        if method and method not in known:
            raise UnknownNameError(
                f"framework {framework_id}, inclusion of {indicator_id}: found trend method {method!r}, expected one "
                f"of {', '.join(known)}. Correct it in inclusions.yaml, or leave it empty for no trend."
            )
    return sorted({method for method in asked["trend_method"] if method})


def _points(numbers: pl.Series, estimates: Estimates, as_of: date) -> pl.DataFrame:
    """Return the points of every yearly series, from its latest break on, each with the number of its series."""
    is_known = (pl.col("period_end") <= as_of) & pl.col("period_kind").is_in([kind.value for kind in _YEARS])
    points = (
        estimates.frame.select("period_kind", "period_start", "period_end", "qualifiers", *_NUMBERS)
        .with_columns(
            numbers,
            pl.col("qualifiers").list.contains(Qualifier.BREAK_IN_SERIES.value).alias("is_break"),
            # the running number of a year: neighbours differ by exactly 1
            pl.col("period_start").dt.year().cast(pl.Int64).alias("running_number"),
        )
        .drop("qualifiers")
        .filter(is_known)
    )
    if points["is_break"].any():
        begins = pl.col("period_start").filter("is_break").max().over("series")
        points = points.filter((pl.col("period_start") >= begins).fill_null(value=True))
    return points


def _asked(numbered: pl.DataFrame, method: str) -> pl.DataFrame:
    """Return the series that a method is for and asked of."""
    is_of_kind = pl.col("statistic") == Statistic.PROPORTION.value if method == _BY_COUNTS else _is_told_of()
    return numbered.filter((pl.col("trend_method") == method) & is_of_kind).select("series")


def _is_told_of() -> pl.Expr:
    """Return whether the rule is made for a measure; of a published value, for what it was published as."""
    names = [statistic.value for statistic in _STATISTICS]
    is_published = pl.col("statistic") == Statistic.PUBLISHED_VALUE.value
    published_as = pl.col("published_as").str.to_lowercase().str.replace_all(" ", "_", literal=True)
    return pl.col("statistic").is_in(names) | (is_published & published_as.is_in(names))


def _fitted(points: pl.DataFrame, method: str) -> pl.DataFrame:
    found = recent_trend(
        points.select("series", "running_number", *_NUMBERS),
        by="series",
        order="running_number",
        method=method,
    )
    return found.select(
        "series",
        pl.lit(method).alias("fitted_by"),
        "slope",
        "chi_square",
        pl.col("direction").alias("trend_direction"),
        pl.col("points").cast(pl.Int32).alias("trend_points"),
        pl.col("reason").alias("trend_reason"),
        pl.col("detail").alias("trend_detail"),
        "obstacle",
    )


def _obstacle() -> pl.Expr:
    """Return why a series is not asked for its trend at all, or missing where it is."""
    kinds = [kind.value for kind in _YEARS]
    by_counts = (pl.col("trend_method") == _BY_COUNTS) & (pl.col("statistic") != Statistic.PROPORTION.value)
    return (
        pl.when(pl.col("trend_method") == "")
        .then(pl.lit("The framework that includes it names no way to tell a trend."))
        .when(~_is_told_of())
        .then(pl.lit("A recent trend is told only of proportions, crude rates and directly standardised rates."))
        .when(by_counts)
        .then(pl.lit("This trend method is only for proportions."))
        .when(~pl.col("period_kind").is_in(kinds))
        .then(pl.lit("A recent trend is told only of periods of one year."))
    )


def _turned(word: pl.Expr) -> pl.Expr:
    """Return improving or getting worse for increasing or decreasing, where people agreed which way is good."""
    is_good = (word == Word.INCREASING.value) == (pl.col("polarity") == Polarity.HIGHER_IS_BETTER.value)
    is_turned = word.is_in([Word.INCREASING.value, Word.DECREASING.value]) & (
        pl.col("polarity") != Polarity.NO_JUDGEMENT.value
    )
    return (
        pl.when(~is_turned)
        .then(word)
        .when(is_good)
        .then(pl.lit(Word.IMPROVING.value))
        .otherwise(pl.lit(Word.GETTING_WORSE.value))
    )
