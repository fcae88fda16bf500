"""The columns that every row-wise estimate reads and returns: numbers in, one struct with a value or a reason out."""

from collections.abc import Callable, Sequence

import polars as pl

from outcomes.statistics.confidence import limit_names
from outcomes.vocabulary import Detail, Reason

__all__ = [
    "LARGEST_INPUT",
    "Column",
    "Multiplier",
    "as_number",
    "estimate_struct",
    "on_distinct_values",
    "without_negative_zero",
]

LARGEST_INPUT = 1e15
"""Above this a Float64 no longer tells a count from its neighbour: such an input is impossible."""

Column = str | pl.Expr
"""A column's name, or an expression."""

Multiplier = int | float | str | pl.Expr
"""One multiplier for all rows, or the column (or expression) that holds each row's own."""


def as_number(column: Column | int | float) -> pl.Expr:
    """Return a column as Float64; text is refused by polars, never parsed.

    Args:
        column: A column's name, an expression, or one number for all rows.

    Returns:
        The number, with missing left missing and no negative zero.

    >>> pl.DataFrame({"deaths": [3, None]}).select(as_number("deaths"))["deaths"].to_list()
    [3.0, None]
    """
    if isinstance(column, int | float):
        return pl.lit(float(column))
    expression = pl.col(column) if isinstance(column, str) else column
    # arithmetic rather than a cast: a cast would parse "12" in silence
    return without_negative_zero((expression + pl.lit(0.0)).cast(pl.Float64))


def without_negative_zero(number: pl.Expr) -> pl.Expr:
    """Return numbers with 0 in place of -0: no page prints "-0.0", no file tells the two apart.

    Args:
        number: A Float64 expression; missing stays missing.

    Returns:
        A Float64 expression.

    >>> pl.DataFrame({"change": [-0.0, -1.5]}).select(without_negative_zero(pl.col("change")))["change"].to_list()
    [0.0, -1.5]
    """
    # adding 0.0 to a column would do, but polars passes such a sum over
    return pl.when(number == 0).then(number.abs()).otherwise(number)


def on_distinct_values(column: pl.Expr, function: Callable[[pl.Series], pl.Series]) -> pl.Expr:
    """Return a costly function of a column, evaluated once for each distinct value.

    Args:
        column: A Float64 expression; missing stays missing.
        function: Takes the sorted distinct values and returns as many Float64 results.

    Returns:
        A Float64 expression.

    >>> counts = pl.DataFrame({"count": [2.0, 2.0, None]})
    >>> counts.select(on_distinct_values(pl.col("count"), lambda distinct: distinct * 10))["count"].to_list()
    [20.0, 20.0, None]
    """

    def evaluate(values: pl.Series) -> pl.Series:
        distinct = values.drop_nulls().unique().sort()
        if distinct.is_empty():
            return pl.Series(values.name, [None] * len(values), dtype=pl.Float64)
        return values.replace_strict(distinct, function(distinct), default=None, return_dtype=pl.Float64)

    return column.map_batches(evaluate, return_dtype=pl.Float64, is_elementwise=True)


def estimate_struct(
    *,
    value: pl.Expr,
    limits: Sequence[tuple[pl.Expr, pl.Expr]],
    levels: Sequence[float],
    is_missing: pl.Expr,
    refusals: Sequence[tuple[pl.Expr, Detail]],
    has_spread: pl.Expr | None = None,
) -> pl.Expr:
    """Return the struct of one estimate a row: value, limits, reason and detail.

    Args:
        value: The value, Float64.
        limits: The lower and the upper limit at each level.
        levels: The confidence levels, as fractions.
        is_missing: True where an input is missing; such a row has the reason `missing`.
        refusals: Conditions, in order of precedence, with the detail of why the row cannot be calculated. They
            refuse every row whose value or limits would not be finite.
        has_spread: False where the value stands without an interval.

    Returns:
        A struct of `value`, `lower_ci_95`, `upper_ci_95` and so on (one pair a level), `reason`, `detail`.
        Without a value `reason` says why, and `detail` narrows `cannot be calculated`. With a value `reason` is
        missing, and `detail` is `no spread` where the value has no interval.

    >>> estimate = estimate_struct(
    ...     value=pl.lit(5.0), limits=[(pl.lit(4.0), pl.lit(6.0))], levels=[0.95],
    ...     is_missing=pl.lit(False), refusals=[])
    >>> pl.select(estimate.struct.unnest()).row(0)
    (5.0, 4.0, 6.0, None, None)
    """
    none = pl.lit(None, dtype=pl.String)
    refusal: pl.Expr = none
    # the first condition that holds decides, so it is asked last
    for condition, detail in reversed(refusals):
        refusal = pl.when(condition).then(pl.lit(detail.value)).otherwise(refusal)
    refusal = pl.when(is_missing).then(none).otherwise(refusal)
    is_given = ~is_missing & refusal.is_null()
    is_bounded = is_given if has_spread is None else is_given & has_spread

    fields = [pl.when(is_given).then(value).alias("value")]
    for level, (lower, upper) in zip(levels, limits, strict=True):
        lower_name, upper_name = limit_names(level)
        # rounding may carry a limit past the value by the last bit
        fields.append(pl.when(is_bounded).then(pl.min_horizontal(lower, value)).alias(lower_name))
        fields.append(pl.when(is_bounded).then(pl.max_horizontal(upper, value)).alias(upper_name))
    fields.append(
        pl.when(is_missing)
        .then(pl.lit(Reason.MISSING.value))
        .when(refusal.is_not_null())
        .then(pl.lit(Reason.CANNOT_BE_CALCULATED.value))
        .otherwise(none)
        .alias("reason")
    )
    without_spread = pl.when(is_given & ~is_bounded).then(pl.lit(Detail.NO_SPREAD.value))
    fields.append((refusal if has_spread is None else without_spread.otherwise(refusal)).alias("detail"))
    return pl.struct(fields)
