"""P-values of comparisons: each is the inversion of the interval method that the value has."""

import math
from collections.abc import Callable
from typing import Final

import polars as pl

from outcomes.statistics.confidence import normal_quantile
from outcomes.statistics.estimate_columns import (
    LARGEST_INPUT,
    Column,
    Multiplier,
    as_number,
    on_distinct_values,
    on_numbers,
)
from outcomes.statistics.poisson import EXACT_BELOW, byar_limits, checked_count_method

__all__ = [
    "difference_p_value",
    "mean_p_value",
    "poisson_p_value",
    "proportion_p_value",
    "published_p_value",
    "standardised_p_value",
    "symmetric_p_value",
]

_Z95: Final = normal_quantile(0.95)
# the last digits differ between machines
_DIGITS: Final = 10


def proportion_p_value(
    numerator: Column, denominator: Column, benchmark: Column | float, *, multiplier: Multiplier = 100.0
) -> pl.Expr:
    """Return the p-value of each proportion beside a benchmark: the level at which Wilson's interval touches it.

    That interval holds the proportions that a score test does not reject, so the inversion is the score test itself:
    z = (x - nπ) / √(nπ(1 - π)).

    Args:
        numerator: How many have the property, from 0 to the denominator, whole or not.
        denominator: How many there are, above 0.
        benchmark: The proportion that is held against, on the multiplier's scale.
        multiplier: What a whole is: 100 gives per cent.

    Returns:
        The two-sided p-value, 0 to 1: 0 where no interval, however wide, reaches the benchmark (one outside 0 to the
        whole; 0 where some have the property). Missing where an input is missing or impossible.

    Source: Wilson EB, J Am Stat Assoc 1927;22:209-12.

    >>> smokers = pl.DataFrame({"smokers": [20, 0], "asked": [100, 50]})
    >>> smokers.select(proportion_p_value("smokers", "asked", 13.0))["p_value"].round(4).to_list()
    [0.0374, 0.0063]
    """
    numbers = {
        "x": as_number(numerator),
        "n": as_number(denominator),
        "benchmark": as_number(benchmark),
        "whole": as_number(multiplier),
    }
    x, n, share = pl.col("x"), pl.col("n"), pl.col("share")
    expected = n * share
    variance = expected * (1.0 - share)
    z = (x - expected).abs() / variance.sqrt()
    p = (
        pl.when((share < 0) | (share > 1))
        .then(0.0)
        .when((share == 0) | (share == 1))
        .then(pl.when(x == expected).then(1.0).otherwise(0.0))
        .otherwise(_normal_tails(z))
    )
    is_usable = (x >= 0) & (x <= n) & (n > 0) & (n <= LARGEST_INPUT) & share.is_finite()
    shares = {"x": x, "n": n, "share": pl.col("benchmark") / pl.col("whole")}
    return on_numbers(numbers, on_numbers(shares, _p_value(p, is_usable))).alias("p_value")


def poisson_p_value(count: Column, expected: Column, *, method: str = "exact_or_byar") -> pl.Expr:
    """Return the p-value of each count beside the events expected: the level at which its limits touch them.

    Byar's limits are turned round in closed form. Those of the exact method are tails of the Poisson distribution: the
    chance of so many events or more (or of so few or fewer), doubled, and 1 at the most.

    Args:
        count: The events, 0 or more, whole or not.
        expected: The events that the benchmark would make: for a rate, benchmark × denominator / multiplier.
        method: `exact_or_byar` (exact below 10 events, else Byar), `byar` or `exact`: as the limits were made.

    Returns:
        The two-sided p-value, 0 to 1; 0 where fewer than no events are expected. Missing where an input is missing or
        impossible.

    Raises:
        UnknownNameError: No method for counts has the name.

    Source: Breslow NE, Day NE, Statistical methods in cancer research, volume II, IARC 1987 (Byar). Armitage P,
    Berry G, Statistical methods in medical research, 4th edition, Blackwell 2002 (exact).

    >>> deaths = pl.DataFrame({"deaths": [5, 20], "expected": [1.6235, 30.8899]})
    >>> deaths.select(poisson_p_value("deaths", "expected"))["p_value"].round(4).to_list()
    [0.05, 0.05]
    """
    x, mark = pl.col("x"), pl.col("mark")
    is_usable = (x >= 0) & (x <= LARGEST_INPUT) & mark.is_finite()
    is_exact = {"byar": pl.lit(value=False), "exact": pl.lit(value=True)}.get(
        checked_count_method(method), x < EXACT_BELOW
    )
    is_asked = is_usable & (mark >= 0) & (x != mark)
    by_tail = _poisson_tails(
        pl.when(is_asked & is_exact).then(x).alias("count"), pl.when(is_asked & is_exact).then(mark).alias("expected")
    )
    by_byar = _normal_tails(_byar_score(x, mark))
    p = (
        pl.when(mark < 0)
        .then(0.0)
        .when(x == mark)
        .then(1.0)
        .otherwise(by_byar if method == "byar" else pl.when(is_exact).then(by_tail).otherwise(by_byar))
    )
    return on_numbers({"x": as_number(count), "mark": as_number(expected)}, _p_value(p, is_usable)).alias("p_value")


def standardised_p_value(
    value: Column, lower_ci_95: Column, upper_ci_95: Column, events: Column, benchmark: Column | float
) -> pl.Expr:
    """Return the p-value of each directly standardised rate beside a benchmark, by Dobson's and Byar's limits.

    The limits lie at value + s (Byar's limit of the events - events). The width of the 95 % interval gives back s, and
    s turns the benchmark into a number of events, of which Byar's limits are turned round.

    Args:
        value: The rate.
        lower_ci_95: Its lower limit.
        upper_ci_95: Its upper limit.
        events: All events behind it, 10 or more.
        benchmark: The rate that is held against, per the same number.

    Returns:
        The two-sided p-value, 0 to 1. Missing where an input is missing or impossible, or the interval has no width.

    Source: Dobson AJ et al., Statistics in Medicine 1991;10:457-62.

    >>> rates = pl.DataFrame({"value": [20.0], "low": [12.2114], "high": [30.8899], "deaths": [20]})
    >>> rates.select(standardised_p_value("value", "low", "high", "deaths", 12.2114))["p_value"].round(4).to_list()
    [0.05]
    """
    given = {**_of_interval(value, lower_ci_95, upper_ci_95, benchmark), "x": as_number(events)}
    middle, mark, x, spread = pl.col("middle"), pl.col("mark"), pl.col("x"), pl.col("spread")
    least, most = byar_limits(x, 0.95)
    width = pl.col("upper") - pl.col("lower")
    is_usable = pl.all_horizontal(
        (x > 0) & (x <= LARGEST_INPUT), spread > 0, *(number.is_finite() for number in (middle, mark, spread))
    )
    p = (
        pl.when(pl.col("as_events") < 0)
        .then(0.0)
        .when(middle == mark)
        .then(1.0)
        .otherwise(_normal_tails(_byar_score(x, pl.col("as_events"))))
    )
    spreads = {"middle": middle, "mark": mark, "x": x, "spread": width / (most - least)}
    in_events = {**{name: pl.col(name) for name in spreads}, "as_events": x + (mark - middle) / spread}
    return on_numbers(given, on_numbers(spreads, on_numbers(in_events, _p_value(p, is_usable)))).alias("p_value")


def mean_p_value(
    value: Column, lower_ci_95: Column, upper_ci_95: Column, n: Column, benchmark: Column | float
) -> pl.Expr:
    """Return the p-value of each mean beside a benchmark: Student's t test, by the mean's own interval.

    Args:
        value: The mean.
        lower_ci_95: Its lower limit.
        upper_ci_95: Its upper limit: their distance gives back the standard error.
        n: How many values there are, 2 or more.
        benchmark: The mean that is held against.

    Returns:
        The two-sided p-value, 0 to 1; of values that are all alike, 0, or 1 where they are the benchmark. Missing
        where an input is missing or impossible.

    Source: Student, Biometrika 1908;6:1-25.

    >>> stays = pl.DataFrame({"value": [2.0], "low": [-0.4841], "high": [4.4841], "stays": [3]})
    >>> stays.select(mean_p_value("value", "low", "high", "stays", 4.4841))["p_value"].round(4).to_list()
    [0.05]
    """
    given = {**_of_interval(value, lower_ci_95, upper_ci_95, benchmark), "size": as_number(n)}
    middle, mark, size, half = pl.col("middle"), pl.col("mark"), pl.col("size"), pl.col("half")
    is_usable = pl.all_horizontal(
        (size >= 2) & (size <= LARGEST_INPUT), half >= 0, *(number.is_finite() for number in (middle, mark, half))
    )
    is_asked = is_usable & (half > 0)
    tails = _student_tails(
        pl.when(is_asked).then((middle - mark).abs() / half).alias("halves"),
        pl.when(is_asked).then(size - 1.0).alias("degrees"),
    )
    p = pl.when(middle == mark).then(1.0).when(half == 0).then(0.0).otherwise(tails)
    halves = {"middle": middle, "mark": mark, "size": size, "half": (pl.col("upper") - pl.col("lower")) / 2.0}
    return on_numbers(given, on_numbers(halves, _p_value(p, is_usable))).alias("p_value")


def symmetric_p_value(value: Column, lower_ci_95: Column, upper_ci_95: Column, benchmark: Column | float) -> pl.Expr:
    """Return the p-value of each value beside a benchmark, the value's 95 % interval being that of a normal variable.

    For an interval of ± z standard errors (life expectancy) this is its inversion. The distance to the benchmark is
    counted in distances to the 95 % limit on the benchmark's side.

    Args:
        value: The value.
        lower_ci_95: Its lower limit.
        upper_ci_95: Its upper limit.
        benchmark: What is held against, on the same scale.

    Returns:
        The two-sided p-value, 0 to 1. Missing where an input is missing, or the limit on that side is the value itself.

    >>> lives = pl.DataFrame({"value": [80.0], "low": [79.0], "high": [81.0]})
    >>> lives.select(symmetric_p_value("value", "low", "high", 79.0))["p_value"].round(4).to_list()
    [0.05]
    """
    return on_numbers(_of_interval(value, lower_ci_95, upper_ci_95, benchmark), _symmetric()).alias("p_value")


def published_p_value(value: Column, lower_ci_95: Column, upper_ci_95: Column, benchmark: Column | float) -> pl.Expr:
    """Return the p-value of each published value by the normal approximation, on the scale that fits its interval.

    How its publisher made the interval is not known. It is taken as symmetric on the scale of the value or on that of
    logarithms, whichever makes its two sides more alike (the logarithm only where all three numbers are above 0). At
    its 95 % limits the p-value is 0.05 on either scale; beyond them it is an approximation.

    Args:
        value: The value.
        lower_ci_95: Its published lower limit.
        upper_ci_95: Its published upper limit.
        benchmark: What is held against, on the same scale.

    Returns:
        The two-sided p-value, 0 to 1. Missing where an input is missing, or the limit on the benchmark's side is the
        value itself, as rounding can make it.

    Source: Altman DG, Bland JM, BMJ 2011;343:d2304 (a p-value from a confidence interval, by the normal approximation
    on the scale of the value or of logarithms).

    >>> published = pl.DataFrame({"value": [2.0], "low": [1.0], "high": [4.0]})
    >>> published.select(published_p_value("value", "low", "high", 1.0))["p_value"].round(4).to_list()
    [0.05]
    """
    given = _of_interval(value, lower_ci_95, upper_ci_95, benchmark)
    numbers = {name: pl.col(name) for name in given}
    logarithms = {name: pl.col(f"log_{name}") for name in given}
    has_logarithms = pl.all_horizontal(pl.col(name) > 0 for name in ("lower", "middle", "mark"))
    both = numbers | {f"log_{name}": pl.when(has_logarithms).then(number).log() for name, number in numbers.items()}
    plain, logarithmic = (
        _unlikeness(scale["middle"], scale["lower"], scale["upper"]) for scale in (numbers, logarithms)
    )
    is_logarithmic = logarithmic < plain
    chosen = {
        name: pl.when(is_logarithmic).then(logarithms[name]).otherwise(number) for name, number in numbers.items()
    }
    return on_numbers(given, on_numbers(both, on_numbers(chosen, _symmetric()))).alias("p_value")


def difference_p_value(difference: Column, lower_ci_95: Column, upper_ci_95: Column) -> pl.Expr:
    """Return the p-value of each difference of two values: how far 0 lies from it, in distances to its 95 % limit.

    The interval of a difference is joined from two others and has no inversion in closed form: the standard normal
    runs through its 95 % limit on the side of 0.

    Args:
        difference: The difference.
        lower_ci_95: Its lower limit.
        upper_ci_95: Its upper limit.

    Returns:
        As `symmetric_p_value`.

    >>> changes = pl.DataFrame({"difference": [3.0], "low": [0.0], "high": [5.0]})
    >>> changes.select(difference_p_value("difference", "low", "high"))["p_value"].round(4).to_list()
    [0.05]
    """
    return symmetric_p_value(difference, lower_ci_95, upper_ci_95, 0.0)


def _of_interval(
    value: Column, lower_ci_95: Column, upper_ci_95: Column, benchmark: Column | float
) -> dict[str, pl.Expr]:
    """The numbers of an interval and what is held against it, each worked out once."""
    named = {"middle": value, "lower": lower_ci_95, "upper": upper_ci_95, "mark": benchmark}
    return {name: as_number(number) for name, number in named.items()}


def _symmetric() -> pl.Expr:
    """The p-value of numbers named as `_of_interval` names them, by the normal distribution on their scale."""
    middle, lower, upper, mark = (pl.col(name) for name in ("middle", "lower", "upper", "mark"))
    side = pl.when(mark < middle).then(middle - lower).otherwise(upper - middle)
    z = _Z95 * (mark - middle).abs() / side
    p = pl.when(middle == mark).then(1.0).otherwise(_normal_tails(z))
    is_usable = pl.all_horizontal(
        (side > 0) | (middle == mark), *(number.is_finite() for number in (middle, lower, upper, mark))
    )
    return _p_value(p, is_usable)


def _p_value(p: pl.Expr, is_usable: pl.Expr) -> pl.Expr:
    usable = pl.when(is_usable.fill_null(value=False)).then(p)
    rounded = pl.col("p").round_sig_figs(_DIGITS).clip(0.0, 1.0)
    return on_numbers({"p": usable}, pl.when(pl.col("p").is_finite()).then(rounded).alias("p_value")).alias("p_value")


def _normal_tails(z: pl.Expr) -> pl.Expr:
    """The chance that a standard normal variable lies further from 0 than z; of a z below 0, 1."""

    def tails(scores: pl.Series) -> pl.Series:
        return pl.Series([min(1.0, math.erfc(score / math.sqrt(2.0))) for score in scores], dtype=pl.Float64)

    return on_numbers(
        {"z": z}, on_distinct_values(pl.when(pl.col("z").is_finite()).then("z").when(pl.col("z") > 0).then(1e9), tails)
    )


def _byar_score(x: pl.Expr, expected: pl.Expr) -> pl.Expr:
    """The z at which Byar's limit of a count is the events expected; below 0 where it is so even at the middle."""
    under = 3.0 * x.sqrt() * (1.0 - 1.0 / (9.0 * x) - (expected / x).cbrt())
    above = x + 1.0
    over = 3.0 * above.sqrt() * ((expected / above).cbrt() - 1.0 + 1.0 / (9.0 * above))
    return pl.when(expected < x).then(under).otherwise(over)


def _unlikeness(middle: pl.Expr, lower: pl.Expr, upper: pl.Expr) -> pl.Expr:
    """How far from 1 the sides of an interval are, one over the other; without end where a side has no width."""
    down, up = middle - lower, upper - middle
    return pl.max_horizontal(down, up) / pl.min_horizontal(down, up)


def _poisson_tails(count: pl.Expr, expected: pl.Expr) -> pl.Expr:
    def tails(counts: pl.Series, marks: pl.Series) -> list[float]:
        from scipy import special

        x, mark = counts.to_numpy(), marks.to_numpy()
        is_less = mark < x
        # where the count is the larger the lower limit is asked for, which a count of 0 does not have
        at_least = special.gammainc(x.clip(min=1e-300), mark)
        at_most = special.gammaincc(x + 1.0, mark)
        return [
            2.0 * float(least if less else most) for less, least, most in zip(is_less, at_least, at_most, strict=True)
        ]

    return _on_pairs(count, expected, tails)


def _student_tails(halves: pl.Expr, degrees: pl.Expr) -> pl.Expr:
    def tails(distances: pl.Series, freedom: pl.Series) -> list[float]:
        from scipy import special

        df = freedom.to_numpy()
        t = distances.to_numpy() * -special.stdtrit(df, 0.025)
        return [2.0 * float(tail) for tail in special.stdtr(df, -t)]

    return _on_pairs(halves, degrees, tails)


def _on_pairs(first: pl.Expr, second: pl.Expr, function: Callable[[pl.Series, pl.Series], list[float]]) -> pl.Expr:
    """Return a function of two numbers, asked only where both are given."""

    def evaluate(pairs: pl.Series) -> pl.Series:
        numbers = pairs.struct.unnest()
        left, right = numbers.columns
        asked = numbers.with_row_index("row").drop_nulls()
        if asked.is_empty():
            return pl.Series(pairs.name, [None] * len(pairs), dtype=pl.Float64)
        found = asked.select("row", pl.Series("found", function(asked[left], asked[right]), dtype=pl.Float64))
        every = pl.DataFrame({"row": pl.Series(range(len(pairs)), dtype=asked.schema["row"])})
        return every.join(found, on="row", how="left", maintain_order="left")["found"].alias(pairs.name)

    return pl.struct(first, second).map_batches(evaluate, return_dtype=pl.Float64, is_elementwise=True)
