"""What an experiment found: figures with their Monte Carlo error, in named tables."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Any, Final

import numpy as np
import numpy.typing as npt

__all__ = ["ERRORS_APART", "Figure", "Row", "Table", "average", "share"]

ERRORS_APART: Final = 2.0
"""What is printed behind ± is so many standard errors of the simulation."""


@dataclass(frozen=True)
class Figure:
    """One figure.

    Attributes:
        estimate: Per cent of a share; else a number.
        error: The standard error that the simulation leaves on it, on the same scale.
    """

    estimate: float
    error: float

    def __str__(self) -> str:
        """Return the figure with ± as it is printed."""
        apart = ERRORS_APART * self.error
        decimals = 1 if apart >= 0.1 else 2 if apart >= 0.01 else 3
        return f"{self.estimate:.{decimals}f} ±{apart:.{decimals}f}"


Row = tuple[tuple[str, ...], tuple[Figure | None, ...]]
"""A row's labels, and its figures; None where there is nothing to measure."""


@dataclass(frozen=True)
class Table:
    """A table of figures.

    Attributes:
        name: What tests and the documentation call it.
        labels: The heads of the columns that say what a row is.
        columns: The heads of the columns of figures.
        rows: Each row's labels and figures.
    """

    name: str
    labels: tuple[str, ...]
    columns: tuple[str, ...]
    rows: tuple[Row, ...]

    def figure(self, column: str, *labels: str) -> Figure:
        """Return one figure by its row's labels and its column.

        Raises:
            LookupError: There is none.
        """
        for row, figures in self.rows:
            if row == labels:
                found = figures[self.columns.index(column)]
                if found is not None:
                    return found
        raise LookupError(f"table {self.name}: found no row {labels} with a figure under {column!r}")

    def as_json(self) -> dict[str, Any]:
        return {
            "labels": list(self.labels),
            "columns": list(self.columns),
            "rows": [
                [*row, *(None if one is None else [round(one.estimate, 6), round(one.error, 6)] for one in figures)]
                for row, figures in self.rows
            ],
        }


def share(is_so: npt.ArrayLike) -> Figure | None:
    """Return the share of independent repetitions in which something was so, in per cent; None of no repetition.

    The error is that of a share drawn in by two of each kind (Agresti and Coull), so that it is never 0.

    >>> str(share([True] * 30 + [False] * 70)), str(share([False] * 100))
    ('30.0 ±9.1', '0.0 ±2.7')
    """
    marks = np.asarray(is_so, dtype=bool)
    runs = int(marks.size)
    if runs == 0:
        return None
    hits = int(np.count_nonzero(marks))
    drawn_in = (hits + 2.0) / (runs + 4.0)
    return Figure(100.0 * hits / runs, 100.0 * sqrt(drawn_in * (1.0 - drawn_in) / (runs + 4.0)))


def average(numbers: Sequence[float] | npt.NDArray[np.float64]) -> Figure:
    """Return the average of independent repetitions.

    >>> str(average([1.0, 2.0, 3.0]))
    '2.0 ±1.2'
    """
    values = np.asarray(numbers, dtype=np.float64)
    return Figure(float(values.mean()), float(values.std(ddof=1)) / sqrt(values.size))
