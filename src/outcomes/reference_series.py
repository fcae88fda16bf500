"""Reference series: published benchmarks, populations and standard populations, each with source and date."""

from dataclasses import dataclass
from enum import StrEnum, unique
from typing import Final

import polars as pl

from outcomes.scalars import Day, Definition, Slug, Text, Words
from outcomes.table import hold_to_table

__all__ = ["REFERENCE_COLUMNS", "ReferenceSeries", "SeriesDescription", "SeriesKind"]


@unique
class SeriesKind(StrEnum):
    """What a reference series holds."""

    BENCHMARK = "benchmark"
    POPULATION = "population"
    STANDARD_POPULATION = "standard_population"


REFERENCE_COLUMNS: Final[dict[str, pl.DataType]] = {
    # null in a population or standard population
    "indicator_id": pl.String(),
    # null in a standard population
    "area_code": pl.String(),
    # null in a standard population; of a population, the mid-year or the year it holds for
    "period_kind": pl.String(),
    "period_start": pl.Date(),
    "period_end": pl.Date(),
    # canonical text, empty for everybody
    "breakdown": pl.String(),
    # persons, events or weights, whole; null where only a value is published. A standard population whose rates a
    # ratio is set against has its events here, and its persons in the denominator
    "numerator": pl.Int64(),
    "denominator": pl.Int64(),
    "value": pl.Float64(),
    "lower_ci_95": pl.Float64(),
    "upper_ci_95": pl.Float64(),
}


class SeriesDescription(Definition):
    """Where a reference series comes from; an entry under `series` in partnership.yaml.

    Attributes:
        id: Its code, which is also its file's name in `series/`.
        kind: What its numbers are: a population, a benchmark, …
        title: Its name, printed beside what is made of it.
        source: Who publishes it, and where it was taken from.
        licence: On what terms it may be used and passed on.
        released_on: The day on which it was published; of several that could serve, the newest does.
        note: What a reader has to know of it; empty for nothing.
    """

    id: Slug
    kind: SeriesKind
    title: Text
    source: Text
    licence: Text
    released_on: Day
    note: Words = ""


@dataclass(frozen=True)
class ReferenceSeries:
    """One reference series and where it comes from.

    Attributes:
        description: Its id, kind, source, licence and release date.
        frame: Columns `REFERENCE_COLUMNS`; a population stands in `numerator`, so do standard weights.
    """

    description: SeriesDescription
    frame: pl.DataFrame

    def __post_init__(self) -> None:
        """Refuse a frame that is not of the reference series' table."""
        hold_to_table(self.frame, REFERENCE_COLUMNS, f"reference series {self.description.id}")
