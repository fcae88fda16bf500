"""Gives each comparison its p-value, by the method that made the value's interval."""

from typing import Final

import polars as pl

from outcomes.judgement.own_earlier import DIFFERENCE
from outcomes.statistics import (
    agreeing_with_limits,
    difference_p_value,
    mean_p_value,
    poisson_p_value,
    proportion_p_value,
    published_p_value,
    standardised_p_value,
    symmetric_p_value,
)
from outcomes.vocabulary import AS_PUBLISHED, BenchmarkKind, Statistic

__all__ = ["p_value_of_comparison"]

_COUNTS: Final = ("byar", "exact", "exact_or_byar")
_EARLIER: Final = BenchmarkKind.OWN_EARLIER_VALUE.value


def p_value_of_comparison(rows: pl.DataFrame) -> pl.Series:
    """Return how unlikely each value is where its true level is that of the benchmark.

    It is one less the confidence level at which the value's own interval just touches the benchmark, found from what
    the interval was made of: a p-value below 0.05 and a benchmark outside the 95 % interval are one and the same.

    Arguments:
        rows: Compared figures with their terms, `against`, `against_value` and the columns of the difference from an
            own earlier value.

    Returns:
        `p_value`, one a row: 0 to 1; missing where the value has no interval, there is no benchmark, or the interval
        was published and has no width on the benchmark's side.
    """
    if rows.is_empty():
        return pl.Series("p_value", [], dtype=pl.Float64)
    is_earlier = pl.col("against") == _EARLIER
    way = (
        pl.when(pl.col("lower_ci_95").is_null() | pl.col("against_value").is_null())
        .then(pl.lit(""))
        .when(is_earlier)
        .then(pl.lit(_EARLIER))
        .otherwise(pl.concat_str(pl.col("method").fill_null(""), "statistic", separator=" "))
    )
    numbered = rows.with_row_index("compared").with_columns(way.alias("way"))
    parts = [
        part.select("compared", _one_way(name).alias("p_value"))
        for (name,), part in numbered.partition_by("way", as_dict=True, maintain_order=True).items()
    ]
    return pl.concat(parts).sort("compared")["p_value"]


def _one_way(way: str) -> pl.Expr:
    """Return the p-value of rows whose intervals were all made alike."""
    nothing = pl.lit(None, dtype=pl.Float64)
    if not way:
        return nothing
    if way == _EARLIER:
        difference = {name: pl.col(column) for name, column in DIFFERENCE.items() if name != "value"}
        found = difference_p_value(DIFFERENCE["value"], DIFFERENCE["lower_ci_95"], DIFFERENCE["upper_ci_95"])
        return agreeing_with_limits(found, 0.0, **difference)
    method, _, statistic = way.partition(" ")
    by_method = _by_method(method, statistic)
    return nothing if by_method is None else agreeing_with_limits(by_method, "against_value")


def _by_method(method: str, statistic: str) -> pl.Expr | None:
    mark, per = pl.col("against_value"), pl.col("multiplier")
    own = ("value", "lower_ci_95", "upper_ci_95")
    # events that come together told chance as much as so many fewer, when the interval was made
    count, base = (pl.col(name) / pl.col("design_effect") for name in ("numerator", "denominator"))
    if method in _COUNTS:
        of_statistic = {
            Statistic.CRUDE_RATE.value: (count, mark * base / per),
            # the denominator is the events expected of the standard population's rates
            Statistic.INDIRECTLY_STANDARDISED_RATIO.value: (pl.col("numerator"), mark * pl.col("denominator") / per),
            Statistic.COUNT.value: (pl.col("numerator"), mark / per),
        }
        events, expected = of_statistic[statistic]
        return poisson_p_value(events, expected, method=method)
    ways = {
        AS_PUBLISHED: published_p_value(*own, mark),
        "wilson": proportion_p_value(count, base, mark, multiplier=per),
        "dobson_byar": standardised_p_value(*own, "numerator", mark),
        "student_t": mean_p_value(*own, "denominator", mark),
        "chiang_silcocks": symmetric_p_value(*own, mark),
    }
    return ways.get(method)
