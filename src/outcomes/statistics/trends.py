"""The recent trend of each series of yearly values, by the national rules."""

from collections.abc import Sequence

import polars as pl

from outcomes.errors import TableError, UnknownNameError
from outcomes.statistics.estimate_columns import LARGEST_INPUT, as_number
from outcomes.statistics.frame_columns import checked_groups, checked_numbers
from outcomes.statistics.slopes import fit_to_counts, fit_to_values
from outcomes.vocabulary import Detail, Reason, Word

__all__ = ["CRITICAL_CHI_SQUARE", "POINTS_USED", "TREND_METHODS", "recent_trend"]

CRITICAL_CHI_SQUARE = 9.54953570608324
"""The chi-squared value on one degree of freedom that chance passes twice in a thousand."""

POINTS_USED = 5
"""The national rules look at the newest five points."""

TREND_METHODS = ("trend_fingertips_2020", "trend_fingertips_next", "chi_square_proportions")

_REPEATED = "a period comes twice or has no number"
_IMPOSSIBLE = "a point has an impossible number"
_TOO_FEW = "fewer than five points"
_BROKEN = "the newest five periods are not unbroken"
_NO_WIDTH = "an interval has no width"
_NO_EVENTS = "all counts are 0"
_AT_CEILING = "a count equals its denominator"

_OBSTACLES = {
    _REPEATED: Detail.IMPOSSIBLE_INPUT,
    _IMPOSSIBLE: Detail.IMPOSSIBLE_INPUT,
    _TOO_FEW: Detail.TOO_FEW_POINTS,
    _BROKEN: Detail.TOO_FEW_POINTS,
    _NO_WIDTH: Detail.NO_SPREAD,
    _NO_EVENTS: Detail.NO_SPREAD,
    _AT_CEILING: Detail.NO_SPREAD,
}

_RESULTS = (
    "slope",
    "chi_square",
    "direction",
    "points",
    "first_order",
    "last_order",
    "reason",
    "detail",
    "obstacle",
)
_POSITIONS = range(POINTS_USED)


def recent_trend(
    frame: pl.DataFrame,
    *,
    by: str | Sequence[str],
    order: str,
    value: str = "value",
    lower_ci_95: str = "lower_ci_95",
    upper_ci_95: str = "upper_ci_95",
    numerator: str | None = "numerator",
    denominator: str | None = "denominator",
    method: str = "trend_fingertips_2020",
) -> pl.DataFrame:
    """Return the recent trend of each series: a straight line through its newest five points.

    The line is weighted by the points' intervals (w = (3.92 / (upper - lower))²). It is a trend if its chi-squared
    passes 9.54953570608324 (p = 0.002) and its slope keeps its sign when any one of the five points is left out.

    Args:
        frame: One row a point of a series; the points a year apart and not overlapping.
        by: The column or columns that make a series.
        order: The column of the period's running number (whole; one more for each next year), which shows gaps.
        value: The column of values (not read by `chi_square_proportions`).
        lower_ci_95: The column of lower 95 % limits (likewise).
        upper_ci_95: The column of upper 95 % limits (likewise).
        numerator: The column of counts, or None where there is none.
        denominator: The column of denominators, or None.
        method: `trend_fingertips_2020` needs the newest five periods unbroken. `trend_fingertips_next` passes over
            a period without a value or interval and counts the five that are left as 1 to 5.
            `chi_square_proportions` needs five unbroken like the first, and tests numerators and denominators
            (Cochran-Armitage) instead of values and limits; its slope is in proportions.

    Returns:
        The series, sorted, with `slope` (the value's change a step), `chi_square`, `direction` (a `Word`:
        `increasing`, `decreasing`, `no significant change`, `cannot tell`), `points` (how many were used),
        `first_order` and `last_order` (of those), and, where it cannot tell, `reason`, `detail` and `obstacle`
        (what stood in the way, in words).

    Raises:
        TableError: A column is absent or holds no numbers, or the order is not whole.
        UnknownNameError: No method has the name.
        ValueError: `chi_square_proportions` without numerator and denominator.

    Source: OHID, Fingertips public health technical guidance: trend markers; it tests proportions by their counts
    (`chi_square_proportions`) and everything else by intervals. Of trends that were published for proportions with an
    interval both readings reproduce nearly all. Armitage P, Biometrics 1955;11:375-86.

    >>> years = pl.DataFrame({
    ...     "area_code": ["E1"] * 5, "year": [2016, 2017, 2018, 2019, 2020], "value": [50.0, 52.0, 53.0, 55.0, 58.0]})
    >>> years = years.with_columns(lower_ci_95=pl.col("value") - 2, upper_ci_95=pl.col("value") + 2)
    >>> trends = recent_trend(years, by="area_code", order="year", numerator=None, denominator=None)
    >>> trends.select("direction", pl.col("slope").round(3), pl.col("chi_square").round(3)).rows()
    [('increasing', 1.9, 34.67)]
    """
    if method not in TREND_METHODS:
        raise UnknownNameError(
            f"method: found {method!r}, expected one of {', '.join(TREND_METHODS)}. Use the one your framework names."
        )
    by_counts = method == "chi_square_proportions"
    if by_counts and (numerator is None or denominator is None):
        raise ValueError(
            "method: chi_square_proportions found no counts, expected a numerator and a denominator. Name both."
        )
    groups = checked_groups(frame, by, _RESULTS)
    sources: dict[str, str | None] = {
        "x": numerator,
        "n": denominator,
        "y": value,
        "lower": lower_ci_95,
        "upper": upper_ci_95,
    }
    if by_counts:
        # a test on counts reads neither values nor limits
        sources |= dict.fromkeys(("y", "lower", "upper"))
    checked_numbers(frame, [order, *(name for name in sources.values() if name is not None)])
    if not (frame.schema[order].is_integer() or frame.schema[order] == pl.Null):
        raise TableError(
            f"column {order}: found {frame.schema[order]}, expected whole running numbers. Number the periods."
        )
    points = frame.select(
        *groups,
        pl.col(order).cast(pl.Int64).alias("order"),
        *(
            (pl.lit(None, dtype=pl.Float64) if name is None else as_number(name)).alias(part)
            for part, name in sources.items()
        ),
    ).with_columns(_is_present(by_counts).alias("is_present"))

    newest = _newest_five(points, groups, skips_gaps=method == "trend_fingertips_next")
    fit = fit_to_counts if by_counts else fit_to_values
    fitted = fit(newest.with_columns(_obstacle(by_counts).alias("obstacle")), POINTS_USED)
    # a line that overflowed is no line
    is_fit = pl.col("slope").is_finite() & pl.col("chi_square").is_finite()
    fitted = fitted.with_columns(
        pl.when(pl.col("obstacle").is_null() & ~is_fit.fill_null(value=False))
        .then(pl.lit(_IMPOSSIBLE))
        .otherwise("obstacle")
        .alias("obstacle")
    )
    can_tell = pl.col("obstacle").is_null()
    is_trend = (pl.col("chi_square") > CRITICAL_CHI_SQUARE) & pl.col("keeps_its_sign")
    direction = (
        pl.when(~can_tell)
        .then(pl.lit(Word.CANNOT_TELL.value))
        .when(~is_trend)
        .then(pl.lit(Word.NO_SIGNIFICANT_CHANGE.value))
        .when(pl.col("slope") > 0)
        .then(pl.lit(Word.INCREASING.value))
        .otherwise(pl.lit(Word.DECREASING.value))
    )
    obstacles = list(_OBSTACLES)
    details = [detail.value for detail in _OBSTACLES.values()]
    return (
        fitted.with_columns(
            direction.alias("direction"),
            pl.when(can_tell).then("slope").alias("slope"),
            pl.when(can_tell).then("chi_square").alias("chi_square"),
            pl.when(~can_tell).then(pl.lit(Reason.CANNOT_BE_CALCULATED.value)).alias("reason"),
            pl.col("obstacle").replace_strict(obstacles, details, default=None, return_dtype=pl.String).alias("detail"),
        )
        .select(*groups, *_RESULTS)
        .sort(groups)
    )


def _is_present(by_counts: bool) -> pl.Expr:
    """Return whether a point has what the method needs of it."""
    needed = ("x", "n") if by_counts else ("y", "lower", "upper")
    return pl.all_horizontal(pl.col(name).is_not_null() for name in needed)


def _newest_five(points: pl.DataFrame, groups: list[str], *, skips_gaps: bool) -> pl.DataFrame:
    """Return one row a series: its newest five points side by side (`y_0` the oldest), and how they lie."""
    order = pl.col("order")
    series = points.group_by(groups, maintain_order=True).agg(
        # a repeat or a period without a number would make "newest" a matter of chance
        (order.is_null().any() | order.is_duplicated().any()).alias("is_repeated"),
        pl.col("is_present").sum().alias("present"),
    )
    candidates = points.filter("is_present") if skips_gaps else points
    newness = order.rank("ordinal", descending=True).over(groups)
    ranked = candidates.with_columns(newness.alias("newness")).filter(pl.col("newness") <= POINTS_USED)
    newest = ranked.group_by(groups, maintain_order=True).agg(
        pl.col("is_present").sum().cast(pl.Int64).alias("points"),
        order.min().alias("first_order"),
        order.max().alias("last_order"),
        *(
            pl.col(part).filter(pl.col("newness") == POINTS_USED - position).first().alias(f"{part}_{position}")
            for part in ("y", "lower", "upper", "x", "n")
            for position in _POSITIONS
        ),
    )
    is_unbroken = pl.col("last_order") - pl.col("first_order") == POINTS_USED - 1
    return series.join(newest, on=groups, how="left", nulls_equal=True, maintain_order="left").with_columns(
        pl.col("points").fill_null(0),
        (pl.lit(value=True) if skips_gaps else is_unbroken.fill_null(value=False)).alias("is_unbroken"),
    )


def _obstacle(by_counts: bool) -> pl.Expr:
    """Return what stands in the way of a line through the five points, or missing where nothing does."""
    y, lower, upper, x, n = (
        [pl.col(f"{part}_{position}") for position in _POSITIONS] for part in ("y", "lower", "upper", "x", "n")
    )
    if by_counts:
        # NaN counts as above every number
        wrong = [(c < 0) | (c > d) | (d <= 0) | (d > LARGEST_INPUT) for c, d in zip(x, n, strict=True)]
        without_width = [pl.all_horizontal(count == 0 for count in x)]
    else:
        wrong = [
            ~(v.is_finite() & a.is_finite() & b.is_finite()) | (a > b) for v, a, b in zip(y, lower, upper, strict=True)
        ]
        without_width = [a == b for a, b in zip(lower, upper, strict=True)]
    at_ceiling = [count == size for count, size in zip(x, n, strict=True)]
    return (
        pl.when("is_repeated")
        .then(pl.lit(_REPEATED))
        .when(pl.col("present") < POINTS_USED)
        .then(pl.lit(_TOO_FEW))
        .when((pl.col("points") < POINTS_USED) | ~pl.col("is_unbroken"))
        .then(pl.lit(_BROKEN))
        .when(pl.any_horizontal(wrong))
        .then(pl.lit(_IMPOSSIBLE))
        .when(pl.any_horizontal(without_width))
        .then(pl.lit(_NO_EVENTS if by_counts else _NO_WIDTH))
        .when(pl.any_horizontal(at_ceiling))
        .then(pl.lit(_AT_CEILING))
        .otherwise(pl.lit(None, dtype=pl.String))
    )
