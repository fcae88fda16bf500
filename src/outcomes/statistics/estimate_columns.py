"""The columns that every row-wise estimate reads and returns: numbers in, one struct with a value or a reason out."""

from collections.abc import Callable, Mapping, Sequence

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
    "on_numbers",
    "without_negative_zero",
]

LARGEST_INPUT = 1e15
"""Above this a Float64 no longer tells a count from its neighbour: such an input is impossible."""

# the parts of an estimate on its way
_VALUE = "value"
_IS_MISSING = "is_missing"
_HAS_SPREAD = "has_spread"

_SLICE = 2**17

Column = str | pl.Expr | int | float
"""A column's name, an expression, or one number for all rows."""

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
    parts = [value.alias(_VALUE), is_missing.alias(_IS_MISSING)]
    for level, (lower, upper) in zip(levels, limits, strict=True):
        lower_name, upper_name = limit_names(level)
        parts += [lower.alias(lower_name), upper.alias(upper_name)]
    parts += [condition.alias(f"refusal_{place}") for place, (condition, _) in enumerate(refusals)]
    if has_spread is not None:
        parts.append(has_spread.alias(_HAS_SPREAD))
    names = [name for level in levels for name in limit_names(level)]
    details = [detail for _, detail in refusals]

    def told(rows: pl.Series) -> pl.Series:
        return _told(rows.struct.unnest(), names, details).to_struct(rows.name)

    numbers = dict.fromkeys([_VALUE, *names], pl.Float64())
    dtype = pl.Struct({**numbers, "reason": pl.String(), "detail": pl.String()})
    # one step after the other: a single expression would work the same conditions out for each of its fields
    return pl.struct(parts).map_batches(told, return_dtype=dtype, is_elementwise=True)


def on_numbers(numbers: Mapping[str, pl.Expr], estimate: pl.Expr, *, in_slices: bool = False) -> pl.Expr:
    """Return an expression of named numbers, each of which is worked out once, however often it is read.

    Args:
        numbers: The name by which the expression reads each number, and the number; rows of one length or one.
        estimate: The expression: a struct as of `estimate_struct`.
        in_slices: Whether rows are worked out in slices that the processor's cache holds, which is quicker for plain
            arithmetic (and slower for what is evaluated on distinct values).

    Returns:
        The expression, of the frame's own columns.

    >>> estimate = estimate_struct(
    ...     value=pl.col("x") / 2.0, limits=[], levels=[], is_missing=pl.col("x").is_null(), refusals=[])
    >>> deaths = pl.DataFrame({"deaths": [3, None]})
    >>> deaths.select(on_numbers({"x": as_number("deaths")}, estimate).struct.unnest()).rows()
    [(1.5, None, None), (None, 'missing', None)]
    """
    dtype = pl.DataFrame(schema=dict.fromkeys(numbers, pl.Float64())).select(estimate).dtypes[0]

    def worked_out(rows: pl.Series) -> pl.Series:
        frame = rows.struct.unnest()
        slices = range(0, max(len(frame), 1), _SLICE) if in_slices else (0,)
        if len(slices) == 1:
            return frame.select(estimate).to_series()
        return pl.concat([frame.slice(start, _SLICE).select(estimate).to_series() for start in slices])

    named = [number.alias(name) for name, number in numbers.items()]
    return pl.struct(named).map_batches(worked_out, return_dtype=dtype, is_elementwise=True)


def _told(rows: pl.DataFrame, limits: Sequence[str], details: Sequence[Detail]) -> pl.DataFrame:
    """Return values and limits where they are given, and why not where they are not."""
    refusals = [f"refusal_{place}" for place in range(len(details))]
    has_spread = pl.col(_HAS_SPREAD) if _HAS_SPREAD in rows.columns else pl.lit(value=True)
    value = pl.col(_VALUE)
    # rounding may carry a limit past the value by the last bit
    sides = [pl.col(name) > value if place % 2 == 0 else pl.col(name) < value for place, name in enumerate(limits)]
    held = [pl.when(side).then(value).otherwise(name).alias(name) for side, name in zip(sides, limits, strict=True)]
    none = pl.lit(None, dtype=pl.String)
    is_plain = rows.select(
        pl.any_horizontal(_IS_MISSING, *refusals, ~has_spread).any().not_()
        & pl.all_horizontal((pl.col(name) != 0.0).all() for name in (_VALUE, *limits))
    ).item()
    if is_plain:
        return rows.select(value, *held, none.alias("reason"), none.alias("detail"))
    # the first condition that holds decides, so it is asked last
    refusal: pl.Expr = none
    for name, detail in reversed(list(zip(refusals, details, strict=True))):
        refusal = pl.when(name).then(pl.lit(detail.value)).otherwise(refusal)
    is_given = ~pl.col(_IS_MISSING) & pl.col("refusal").is_null()
    rows = rows.with_columns(refusal.alias("refusal"), *held).with_columns(
        is_given.alias("is_given"), (is_given & has_spread).alias("is_bounded")
    )
    bounded = [pl.when("is_bounded").then(without_negative_zero(pl.col(name))).alias(name) for name in limits]
    without_spread = pl.when(pl.col("is_given") & ~pl.col("is_bounded")).then(pl.lit(Detail.NO_SPREAD.value))
    return rows.select(
        pl.when("is_given").then(without_negative_zero(value)).alias(_VALUE),
        *bounded,
        pl.when(_IS_MISSING)
        .then(pl.lit(Reason.MISSING.value))
        .when(pl.col("refusal").is_not_null())
        .then(pl.lit(Reason.CANNOT_BE_CALCULATED.value))
        .alias("reason"),
        pl.when(_IS_MISSING).then(none).otherwise(pl.coalesce(without_spread, "refusal")).alias("detail"),
    )
