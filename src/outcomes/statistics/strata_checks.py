"""Checks that each group has just the strata that it must have."""

from collections.abc import Collection

import polars as pl

from outcomes.errors import TableError
from outcomes.statistics.frame_columns import refuse_lazy

__all__ = ["checked_strata", "strata_checks"]


def checked_strata(frame: pl.DataFrame, stratum: str | None, expected: int | Collection[str] | None) -> pl.Expr:
    """Return the column of the strata's names as text (missing where none is named), refusing what cannot be one.

    Args:
        frame: The frame of strata.
        stratum: The column of their names.
        expected: How many strata a group has, or their names.

    Raises:
        ValueError: Names are expected, and no column of names is given.
        TableError: The frame has no such column.

    >>> bands = pl.DataFrame({"age_band": [65]})
    >>> bands.select(checked_strata(bands, "age_band", None)).item()
    '65'
    """
    refuse_lazy(frame)
    if not isinstance(expected, int | None) and stratum is None:
        raise ValueError("stratum: found none, expected the column of the strata's names. Name it, or give a number.")
    if stratum is None:
        return pl.lit(None, dtype=pl.String).alias("stratum")
    if stratum not in frame.columns:
        raise TableError(f"column {stratum}: found none, expected the strata's names. Add or name the column.")
    return pl.col(stratum).cast(pl.String).alias("stratum")


def strata_checks(expected: int | Collection[str] | None, *, has_stratum: bool) -> list[pl.Expr]:
    """Return per group whether a stratum is absent, and whether one is repeated, nameless or not expected.

    Args:
        expected: How many strata a group has, or their names.
        has_stratum: Whether the column `stratum` holds names.

    Returns:
        `lacks_stratum` and `has_impossible_strata`, to be aggregated by group.

    >>> bands = pl.DataFrame({"area_code": ["E1"], "stratum": ["0-64"]})
    >>> bands.group_by("area_code").agg(strata_checks(["0-64", "65+"], has_stratum=True)).row(0)
    ('E1', True, False)
    """
    name = pl.col("stratum")
    lacks = pl.lit(value=False)
    is_wrong = pl.lit(value=False)
    if has_stratum:
        is_wrong = name.is_duplicated().any() | name.is_null().any()
    if isinstance(expected, int):
        lacks = pl.len() < expected
        is_wrong = is_wrong | (pl.len() > expected)
    elif expected is not None:
        names = sorted(set(expected))
        lacks = name.filter(name.is_in(names)).n_unique() < len(names)
        is_wrong = is_wrong | (~name.is_in(names)).any()
    return [lacks.alias("lacks_stratum"), is_wrong.alias("has_impossible_strata")]
