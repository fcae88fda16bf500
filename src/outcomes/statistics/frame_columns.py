"""Checks the columns that a method over groups of rows reads, before it reads them."""

from collections.abc import Iterable, Sequence

import polars as pl

from outcomes.errors import TableError

__all__ = ["checked_groups", "checked_numbers", "refuse_lazy", "written_out"]


def checked_groups(frame: pl.DataFrame, by: str | Sequence[str], results: Iterable[str]) -> list[str]:
    """Return the names of the columns that make the groups, refusing those that cannot.

    Args:
        frame: The frame to be grouped.
        by: One column or several.
        results: The names of the columns that the method adds.

    Returns:
        The names, as a list.

    Raises:
        TableError: No column is named, the frame has no such column, or a result would have its name.

    >>> checked_groups(pl.DataFrame({"area_code": ["E06000001"]}), "area_code", ["value"])
    ['area_code']
    """
    refuse_lazy(frame)
    names = [by] if isinstance(by, str) else list(by)
    if not names:
        raise TableError("by: found no column, expected at least one. Name the columns that make a group.")
    _require(frame, names)
    clashing = sorted(set(names) & set(results))
    if clashing:
        raise TableError(f"by: found {', '.join(clashing)}, expected names that no result has. Rename before grouping.")
    return names


def checked_numbers(frame: pl.DataFrame, columns: Iterable[str]) -> None:
    """Refuse a frame where one of the columns is absent or holds no numbers.

    Args:
        frame: The frame.
        columns: The names of columns that must hold numbers (or nothing but missing).

    Raises:
        TableError: A column is absent or not numeric.

    >>> checked_numbers(pl.DataFrame({"deaths": ["3"]}), ["deaths"])
    Traceback (most recent call last):
    ...
    outcomes.errors.TableError: column deaths: found String, expected numbers. Turn it into numbers first.
    """
    refuse_lazy(frame)
    names = list(columns)
    _require(frame, names)
    for name in names:
        dtype = frame.schema[name]
        if not (dtype.is_numeric() or dtype == pl.Null):
            raise TableError(f"column {name}: found {dtype}, expected numbers. Turn it into numbers first.")


def refuse_lazy(frame: object) -> None:
    """Refuse a lazy frame: a method over groups looks at all rows, so collecting them is the caller's choice.

    Args:
        frame: What was given for a frame.

    Raises:
        TableError: It is lazy.

    >>> refuse_lazy(pl.LazyFrame({"deaths": [3]}))
    Traceback (most recent call last):
    ...
    outcomes.errors.TableError: frame: found a LazyFrame, expected a DataFrame. Call collect() on it first.
    """
    if isinstance(frame, pl.LazyFrame):
        raise TableError("frame: found a LazyFrame, expected a DataFrame. Call collect() on it first.")


def written_out(frame: pl.DataFrame) -> pl.DataFrame:
    """Return a frame in which a column of one constant is held as any other column.

    Polars divides by a constant through its reciprocal, which may miss the quotient by the last bit; so 49 of 49
    would not be 1, and the same numbers would give other bits by how they were made.

    Args:
        frame: The frame.

    Returns:
        The same columns.

    >>> ones = pl.DataFrame({"x": [49.0, 98.0]}).with_columns(n=pl.lit(49.0))
    >>> written_out(ones).select(pl.col("x") / pl.col("n"))["x"].to_list()
    [1.0, 2.0]
    """
    return pl.DataFrame(frame.get_columns())


def _require(frame: pl.DataFrame, names: Iterable[str]) -> None:
    absent = [name for name in names if name not in frame.columns]
    if absent:
        raise TableError(
            f"column {', '.join(absent)}: found only {', '.join(frame.columns) or 'no columns'}, "
            f"expected {', '.join(absent)}. Add or name the column."
        )
