"""Straight lines through points that lie side by side in a row: slope, chi-squared, and whether the sign holds."""

from collections.abc import Callable, Iterable, Sequence
from functools import reduce
from operator import add

import polars as pl

__all__ = ["Line", "line_through_counts", "line_through_values"]

Line = tuple[pl.Expr, pl.Expr, pl.Expr]
"""A slope a step, its chi-squared on one degree of freedom, and whether it keeps its sign without any one point."""

Fit = Callable[[Sequence[int]], tuple[pl.Expr, pl.Expr, pl.Expr]]
"""Of some of the points: the sum of products (slope × squares), the sum of squares, and the size of the parts."""

NO_SLOPE = 1e-12
"""A slope whose parts cancel to less than this share of them is level: rounding has no sign."""


def line_through_values(points: int) -> Line:
    """Return the line through values, each weighted by its interval: w = (3.92 / (upper - lower))².

    Args:
        points: How many points; the columns are `y_0`, `lower_0`, `upper_0` (the oldest), `y_1`, and so on.

    Returns:
        The slope, its chi-squared, and whether it keeps its sign when any one point is left out.

    Source: OHID, Fingertips public health technical guidance: trend markers.

    >>> points = pl.DataFrame({f"y_{i}": [y] for i, y in enumerate([50.0, 51, 50, 52, 51])})
    >>> points = points.with_columns([(pl.col(f"y_{i}") - 2).alias(f"lower_{i}") for i in range(5)])
    >>> points = points.with_columns([(pl.col(f"y_{i}") + 2).alias(f"upper_{i}") for i in range(5)])
    >>> points.select(line_through_values(5)[1].round(3)).item()
    0.864
    """
    weights = [_square(pl.lit(3.92) / (pl.col(f"upper_{i}") - pl.col(f"lower_{i}"))) for i in range(points)]
    values = [pl.col(f"y_{i}") for i in range(points)]

    def fit(used: Sequence[int]) -> tuple[pl.Expr, pl.Expr, pl.Expr]:
        # from the weighted centre the textbook's differences of near equals do not arise
        total = _sum(weights[i] for i in used)
        centre = _sum(weights[i] * float(i) for i in used) / total
        level = _sum(weights[i] * values[i] for i in used) / total
        products = [weights[i] * (float(i) - centre) * (values[i] - level) for i in used]
        squares = _sum(weights[i] * _square(float(i) - centre) for i in used)
        return _sum(products), squares, _sum(product.abs() for product in products)

    product, squares, _ = fit(range(points))
    slope = product / squares
    return slope, slope * slope * squares, _keeps_its_sign(fit, points)


def line_through_counts(points: int) -> Line:
    """Return the line through proportions given as counts (Cochran-Armitage).

    Args:
        points: How many points; the columns are `x_0` and `n_0` (the oldest), `x_1`, and so on.

    Returns:
        The slope (the change of the proportion a step), its chi-squared, and whether it keeps its sign when any
        one point is left out.

    Source: Armitage P, Biometrics 1955;11:375-86.

    >>> points = pl.DataFrame({f"x_{i}": [100.0 + 10 * i] for i in range(5)})
    >>> points = points.with_columns([pl.lit(1000.0).alias(f"n_{i}") for i in range(5)])
    >>> points.select(line_through_counts(5)[1].round(4)).item()
    9.4697
    """
    counts = [pl.col(f"x_{i}") for i in range(points)]
    sizes = [pl.col(f"n_{i}") for i in range(points)]
    # steps from the middle give the same line with smaller numbers
    steps = [i - (points - 1) / 2 for i in range(points)]

    def fit(used: Sequence[int]) -> tuple[pl.Expr, pl.Expr, pl.Expr]:
        all_counts, all_sizes = _sum(counts[i] for i in used), _sum(sizes[i] for i in used)
        forward = all_sizes * _sum(counts[i] * steps[i] for i in used)
        back = all_counts * _sum(sizes[i] * steps[i] for i in used)
        squares = all_sizes * _sum(sizes[i] * steps[i] ** 2 for i in used) - _square(
            _sum(sizes[i] * steps[i] for i in used)
        )
        return forward - back, squares, all_sizes * _sum(counts[i] * abs(steps[i]) for i in used) + back.abs()

    product, squares, _ = fit(range(points))
    events, persons = _sum(counts), _sum(sizes)
    chi_square = (product / squares) * product * (persons / (events * (persons - events)))
    return product / squares, chi_square, _keeps_its_sign(fit, points)


def _keeps_its_sign(fit: Fit, points: int) -> pl.Expr:
    samples = [range(points), *([i for i in range(points) if i != left_out] for left_out in range(points))]
    fits = [fit(used) for used in samples]
    rises = [product > NO_SLOPE * size for product, _, size in fits]
    falls = [product < -NO_SLOPE * size for product, _, size in fits]
    return pl.all_horizontal(rises) | pl.all_horizontal(falls)


def _sum(terms: Iterable[pl.Expr]) -> pl.Expr:
    # one term after the other: the order is part of the result
    return reduce(add, terms)


def _square(term: pl.Expr) -> pl.Expr:
    return term * term
