"""Holds a stage's frame against that stage's one written table of columns and types."""

from collections.abc import Mapping

import polars as pl

from outcomes.errors import TableError

__all__ = ["Columns", "empty_table", "hold_to_table"]

Columns = Mapping[str, pl.DataType]


def empty_table(columns: Columns) -> pl.DataFrame:
    """Return a frame of no rows with the given columns.

    >>> empty_table({"area_code": pl.String()}).shape
    (0, 1)
    """
    return pl.DataFrame(schema=dict(columns))


def hold_to_table(frame: pl.DataFrame, columns: Columns, stage: str) -> pl.DataFrame:
    """Return the frame with exactly the stage's columns, in their written order.

    Arguments:
        frame: What a stage is about to hand on.
        columns: The stage's written table: name to data type.
        stage: The stage's name, for the message.

    Raises:
        TableError: A column is missing, is surplus, or has another type; every difference is named.

    >>> hold_to_table(pl.DataFrame({"b": [1], "a": ["x"]}), {"a": pl.String(), "b": pl.Int64()}, "test").columns
    ['a', 'b']
    """
    faults = [f"{name} is missing" for name in columns if name not in frame.columns]
    faults += [f"{name} is surplus" for name in frame.columns if name not in columns]
    faults += [
        f"{name} is {frame.schema[name]}, expected {dtype}"
        for name, dtype in columns.items()
        if name in frame.columns and frame.schema[name] != dtype
    ]
    if faults:
        raise TableError(f"the table of {stage} does not hold: " + "; ".join(faults))
    return frame.select(list(columns))
