"""Positions in a funnel: the word for the lines that a value lies beyond, and lines with overdispersion allowed for."""

from collections.abc import Callable, Sequence
from typing import Final

import polars as pl

from outcomes.statistics.confidence import normal_quantile
from outcomes.statistics.funnel_lines import line_names
from outcomes.statistics.overdispersion import (
    FEWEST_POINTS,
    corrected_variance_between,
    dispersion_of,
    left_by_chance,
    variance_between,
)
from outcomes.vocabulary import Detail, Word

__all__ = [
    "ADDITIVE",
    "BY_CHANCE",
    "CORRECTED",
    "FUNNEL",
    "FUNNEL_METHODS",
    "MULTIPLICATIVE",
    "overdispersed",
    "position_of",
]

BY_CHANCE: Final = "funnel_chance"
MULTIPLICATIVE: Final = "funnel_multiplicative"
ADDITIVE: Final = "funnel_additive"
CORRECTED: Final = "funnel_additive_corrected"
FUNNEL_METHODS: Final = (ADDITIVE, CORRECTED, BY_CHANCE, MULTIPLICATIVE)

FUNNEL: Final = "funnel_number"
"""The column that numbers the funnels."""

# beyond the inner line, and beyond the outer one too
_LOWER: Final = (Word.LOWER.value, Word.MUCH_LOWER.value)
_HIGHER: Final = (Word.HIGHER.value, Word.MUCH_HIGHER.value)


def position_of(is_above: Sequence[pl.Expr], is_below: Sequence[pl.Expr]) -> pl.Expr:
    """Return the word of the outermost line that a value lies beyond; missing where that cannot be asked.

    Args:
        is_above: Whether the value lies above the inner line, and above the outer.
        is_below: Likewise below.

    >>> position_of([pl.lit(True), pl.lit(False)], [pl.lit(False), pl.lit(False)]).pipe(pl.select).item()
    'higher'
    """
    word = pl.when(is_above[0].is_not_null() & is_below[0].is_not_null()).then(pl.lit(Word.SIMILAR.value))
    chosen: pl.Expr = word
    for names, sides in ((_HIGHER, is_above), (_LOWER, is_below)):
        for name, side in zip(names, sides, strict=False):
            chosen = pl.when(side).then(pl.lit(name)).otherwise(chosen)
    return chosen


def overdispersed(
    rows: pl.DataFrame,
    method: str,
    levels: Sequence[float],
    *,
    to_scale: Callable[[pl.Expr], pl.Expr],
    from_scale: Callable[[pl.Expr], pl.Expr],
    standard_error: pl.Expr,
    is_average_known: bool,
) -> pl.DataFrame:
    """Add lines and words on a scale where the standard error of chance depends on the size alone.

    Args:
        rows: The `value`, its funnel's `mean`, `refusal`, `is_missing` and `funnel_number`.
        method: `funnel_multiplicative`, `funnel_additive` or `funnel_additive_corrected`.
        levels: The confidence levels, the inner first.
        to_scale: What turns a value into the scale.
        from_scale: What turns it back, however far out.
        standard_error: That of chance, on the scale.
        is_average_known: Whether the mean was given rather than made of the values.

    Returns:
        The rows with the lines, `position`, `overdispersion`, `variance_between` and `obstacle`.

    Source: Spiegelhalter DJ, Statistics in Medicine 2005;24:1185-202. Paule RC, Mandel J, Journal of Research of the
    National Bureau of Standards 1982;87:377-85 (corrected).
    """
    is_used = pl.col("refusal").is_null() & ~pl.col("is_missing")
    rows = rows.with_columns(to_scale(pl.col("mean")).alias("centre"), standard_error.alias("error")).with_columns(
        pl.when(is_used).then((to_scale(pl.col("value")) - pl.col("centre")) / pl.col("error")).alias("z_score")
    )
    groups = rows.filter(pl.col("z_score").is_finite()).group_by(FUNNEL, maintain_order=True).agg("z_score", "error")
    found = [
        (group, *_spread(method, z_scores, errors, is_average_known=is_average_known))
        for group, z_scores, errors in groups.iter_rows()
        if len(z_scores) >= FEWEST_POINTS
    ]
    spreads = pl.DataFrame(
        found,
        schema={FUNNEL: pl.UInt32, "overdispersion": pl.Float64, "variance_between": pl.Float64},
        orient="row",
    )
    rows = rows.join(spreads, on=FUNNEL, how="left", maintain_order="left")
    if method == MULTIPLICATIVE:
        # less spread than chance would make is no reason for narrower limits
        error = pl.col("error") * pl.max_horizontal(pl.col("overdispersion"), pl.lit(1.0)).sqrt()
    else:
        error = (pl.col("error") * pl.col("error") + pl.col("variance_between")).sqrt()
    error = pl.when(pl.col("overdispersion").is_not_null()).then(error)
    score = pl.col("z_score") * pl.col("error") / error
    lines: list[pl.Expr] = []
    for level in levels:
        half = normal_quantile(level) * error
        lower, upper = line_names(level)
        lines.append(from_scale(pl.col("centre") - half).alias(lower))
        lines.append(from_scale(pl.col("centre") + half).alias(upper))
    words = position_of(
        [score > normal_quantile(level) for level in levels], [score < -normal_quantile(level) for level in levels]
    )
    too_few = pl.when(is_used & pl.col("overdispersion").is_null()).then(pl.lit(Detail.TOO_FEW_POINTS.value))
    return rows.with_columns(*lines, words.alias("position"), too_few.alias("obstacle"))


def _spread(
    method: str, z_scores: Sequence[float], errors: Sequence[float], *, is_average_known: bool
) -> tuple[float, float]:
    """Return φ and τ²; corrected, φ is so many times what drawing in leaves of chance."""
    if method != CORRECTED:
        return dispersion_of(z_scores), variance_between(z_scores, errors)
    by_chance = left_by_chance(len(z_scores), is_average_known=is_average_known)
    between = corrected_variance_between(z_scores, errors, is_average_known=is_average_known)
    return dispersion_of(z_scores) / by_chance, between
