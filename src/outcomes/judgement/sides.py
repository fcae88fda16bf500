"""Tells on which side of a level a value lies, by its interval."""

from typing import Final

import polars as pl

__all__ = ["DOWN", "LEVEL", "UP", "direction_beside"]

UP: Final = "up"
DOWN: Final = "down"
LEVEL: Final = "level"


def direction_beside(level: str) -> pl.Expr:
    """Return where each 95 % interval lies beside a level: above it, below it, or around it (bounds included).

    Arguments:
        level: The column of levels, on the value's scale.

    Returns:
        `up`, `down` or `level`; missing where the interval or the level is.

    >>> values = pl.DataFrame({"lower_ci_95": [2.0, 1.0, 0.1], "upper_ci_95": [3.0, 3.0, 0.5], "mark": [1.0] * 3})
    >>> values.select(direction_beside("mark")).to_series().to_list()
    ['up', 'level', 'down']
    """
    is_above = pl.col("lower_ci_95") > pl.col(level)
    is_below = pl.col("upper_ci_95") < pl.col(level)
    is_known = pl.all_horizontal(pl.col(name).is_not_null() for name in ("lower_ci_95", "upper_ci_95", level))
    return (
        pl.when(~is_known)
        .then(pl.lit(None, dtype=pl.String))
        .when(is_above)
        .then(pl.lit(UP))
        .when(is_below)
        .then(pl.lit(DOWN))
        .otherwise(pl.lit(LEVEL))
        .alias("direction")
    )
