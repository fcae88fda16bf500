"""The nouns of a comparison with golden values: one cell, one file's outcome, and when two numbers agree."""

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import polars as pl

__all__ = ["TOLERANCE", "Cell", "Content", "agrees", "cells_of", "read_golden", "relative_difference"]

Content = float | str | None

TOLERANCE = 1e-12
"""The relative difference that golden numbers allow; absolute where the golden number is 0."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One golden value and what the library gives in its place; None is a missing value."""

    file: str
    case: str
    column: str
    expected: Content
    found: Content
    # the relative difference that this number allows
    tolerance: float = TOLERANCE


def read_golden(folder: Path, name: str) -> pl.DataFrame:
    """Return a golden file as a frame; NaN is kept apart from an empty cell."""
    return pl.read_csv(folder / name, infer_schema_length=None)


def cells_of(
    file: str,
    cases: Iterable[str],
    columns: dict[str, str],
    expected: pl.DataFrame,
    found: pl.DataFrame,
    tolerance: float = TOLERANCE,
) -> Iterator[Cell]:
    """Yield each pair of cells of two frames with the same rows in the same order.

    `columns` maps the name in the golden file to the name in the library's frame.
    """
    names = list(cases)
    assert len(names) == expected.height == found.height, f"{file}: the rows do not match"
    for golden_name, own_name in columns.items():
        pairs = zip(names, expected[golden_name].to_list(), found[own_name].to_list(), strict=True)
        for case, golden, own in pairs:
            yield Cell(file, case, golden_name, _content(golden), _content(own), tolerance)


def relative_difference(cell: Cell) -> float:
    """Return how far two numbers lie apart, as a share of the golden one (absolute where that is 0)."""
    if not isinstance(cell.expected, float) or not isinstance(cell.found, float):
        return 0.0 if cell.expected == cell.found else math.inf
    if math.isnan(cell.expected) or math.isnan(cell.found):
        return math.inf
    distance = abs(cell.found - cell.expected)
    return distance / abs(cell.expected) if cell.expected else distance


def agrees(cell: Cell) -> bool:
    """Return whether a cell holds what the golden file has: numbers to the tolerance, words exactly."""
    return relative_difference(cell) <= cell.tolerance


def _content(value: object) -> Content:
    if value is None or isinstance(value, str):
        return value
    assert isinstance(value, bool | int | float), f"a cell of type {type(value).__name__}"
    return str(value).lower() if isinstance(value, bool) else float(value)
