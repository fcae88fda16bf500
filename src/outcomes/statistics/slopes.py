"""Straight lines through points that lie side by side in a row: slope, chi-squared, and whether the sign holds."""

from collections.abc import Iterable
from functools import reduce
from operator import add

import polars as pl

__all__ = ["fit_to_counts", "fit_to_values"]

NO_SLOPE = 1e-12
"""A slope whose parts cancel to less than this share of them is level: rounding has no sign."""


def fit_to_values(rows: pl.DataFrame, points: int) -> pl.DataFrame:
    """Add the line through each row's values, each weighted by its interval: w = (3.92 / (upper - lower))².

    Args:
        rows: One row a series, its points in `y_0`, `lower_0`, `upper_0` (the oldest), `y_1`, and so on.
        points: How many points.

    Returns:
        The rows with `slope` (a step), `chi_square` (on one degree of freedom) and `keeps_its_sign` (whether the
        slope has one sign with all points and without any one of them).

    Source: OHID, Fingertips public health technical guidance: trend markers.

    >>> rows = pl.DataFrame({f"y_{i}": [y] for i, y in enumerate([50.0, 51, 50, 52, 51])})
    >>> rows = rows.with_columns([(pl.col(f"y_{i}") - 2).alias(f"lower_{i}") for i in range(5)])
    >>> rows = rows.with_columns([(pl.col(f"y_{i}") + 2).alias(f"upper_{i}") for i in range(5)])
    >>> fit_to_values(rows, 5).select(pl.col("slope", "chi_square").round(3), "keeps_its_sign").row(0)
    (0.3, 0.864, True)
    """
    samples = _samples(points)
    weight = [pl.col(f"weight_{i}") for i in range(points)]
    y = [pl.col(f"y_{i}") for i in range(points)]
    # step by step, each a column: one expression of all of it takes longer to plan than to compute
    fitted = rows.with_columns(
        _square(pl.lit(3.92) / (pl.col(f"upper_{i}") - pl.col(f"lower_{i}"))).alias(f"weight_{i}")
        for i in range(points)
    ).with_columns(_sum(weight[i] for i in used).alias(f"total_{s}") for s, used in enumerate(samples))
    # from the weighted centre the textbook's differences of near equals do not arise
    fitted = fitted.with_columns(
        (_sum(part) / pl.col(f"total_{s}")).alias(f"{name}_{s}")
        for s, used in enumerate(samples)
        for name, part in (
            ("centre", [weight[i] * float(i) for i in used]),
            ("level", [weight[i] * y[i] for i in used]),
        )
    )
    fitted = fitted.with_columns(
        (weight[i] * (float(i) - pl.col(f"centre_{s}")) * (y[i] - pl.col(f"level_{s}"))).alias(f"part_{s}_{i}")
        for s, used in enumerate(samples)
        for i in used
    )
    squares = _sum(weight[i] * _square(float(i) - pl.col("centre_0")) for i in range(points))
    fitted = fitted.with_columns(
        squares.alias("squares"),
        *(_sum(pl.col(f"part_{s}_{i}") for i in used).alias(f"product_{s}") for s, used in enumerate(samples)),
        *(_sum(pl.col(f"part_{s}_{i}").abs() for i in used).alias(f"size_{s}") for s, used in enumerate(samples)),
    )
    slope = pl.col("product_0") / pl.col("squares")
    return fitted.select(
        *rows.columns,
        slope.alias("slope"),
        (slope * pl.col("product_0")).alias("chi_square"),
        _keeps_its_sign(points),
    )


def fit_to_counts(rows: pl.DataFrame, points: int) -> pl.DataFrame:
    """Add the line through each row's proportions, given as counts (Cochran-Armitage).

    Args:
        rows: One row a series, its points in `x_0` and `n_0` (the oldest), `x_1`, and so on.
        points: How many points.

    Returns:
        The rows with `slope` (the change of the proportion a step), `chi_square` and `keeps_its_sign`, as above.

    Source: Armitage P, Biometrics 1955;11:375-86.

    >>> rows = pl.DataFrame({f"x_{i}": [100.0 + 10 * i] for i in range(5)} | {f"n_{i}": [1000.0] for i in range(5)})
    >>> fit_to_counts(rows, 5).select(pl.col("slope", "chi_square").round(4), "keeps_its_sign").row(0)
    (0.01, 9.4697, True)
    """
    samples = _samples(points)
    x, n = ([pl.col(f"{part}_{i}") for i in range(points)] for part in ("x", "n"))
    # steps from the middle give the same line with smaller numbers
    step = [i - (points - 1) / 2 for i in range(points)]
    fitted = rows.with_columns(
        part.alias(f"{name}_{s}")
        for s, used in enumerate(samples)
        for name, part in (
            ("events", _sum(x[i] for i in used)),
            ("persons", _sum(n[i] for i in used)),
            ("event_steps", _sum(x[i] * step[i] for i in used)),
            ("person_steps", _sum(n[i] * step[i] for i in used)),
            ("size_of_steps", _sum(x[i] * abs(step[i]) for i in used)),
        )
    )
    fitted = fitted.with_columns(
        part.alias(f"{name}_{s}")
        for s in range(len(samples))
        for name, part in (
            (
                "product",
                pl.col(f"persons_{s}") * pl.col(f"event_steps_{s}")
                - pl.col(f"events_{s}") * pl.col(f"person_steps_{s}"),
            ),
            (
                "size",
                pl.col(f"persons_{s}") * pl.col(f"size_of_steps_{s}")
                + (pl.col(f"events_{s}") * pl.col(f"person_steps_{s}")).abs(),
            ),
        )
    )
    persons, events, product = pl.col("persons_0"), pl.col("events_0"), pl.col("product_0")
    squares = persons * _sum(n[i] * step[i] ** 2 for i in range(points)) - _square(pl.col("person_steps_0"))
    return fitted.select(
        *rows.columns,
        (product / squares).alias("slope"),
        ((product / squares) * product * (persons / (events * (persons - events)))).alias("chi_square"),
        _keeps_its_sign(points),
    )


def _samples(points: int) -> list[list[int]]:
    """Return which points each fit uses: all, then all but one."""
    everything = list(range(points))
    return [everything, *([i for i in everything if i != left_out] for left_out in everything)]


def _keeps_its_sign(points: int) -> pl.Expr:
    fits = range(points + 1)
    rises = [pl.col(f"product_{s}") > NO_SLOPE * pl.col(f"size_{s}") for s in fits]
    falls = [pl.col(f"product_{s}") < -NO_SLOPE * pl.col(f"size_{s}") for s in fits]
    return (pl.all_horizontal(rises) | pl.all_horizontal(falls)).alias("keeps_its_sign")


def _sum(terms: Iterable[pl.Expr]) -> pl.Expr:
    # one term after the other: the order is part of the result
    return reduce(add, terms)


def _square(term: pl.Expr) -> pl.Expr:
    return term * term
