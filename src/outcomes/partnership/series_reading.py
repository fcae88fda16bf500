"""Reads the reference series of a partnership: CSV into their one table, with the line of each row."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import polars as pl

from outcomes.breakdown import breakdown_from_text, breakdown_text
from outcomes.definitions import Column, Located, TableFile, quoted, read_table_file, typed_columns
from outcomes.errors import Fault
from outcomes.period import Period, period_from_text
from outcomes.reference_series import REFERENCE_COLUMNS, ReferenceSeries, SeriesDescription
from outcomes.vocabulary import PeriodKind

__all__ = ["SERIES_HEADER", "SeriesSource", "read_series", "series_of", "typed_series"]

SERIES_HEADER: Final = (
    "indicator_id",
    "area_code",
    "period_kind",
    "period",
    "breakdown",
    "numerator",
    "denominator",
    "value",
    "lower_ci_95",
    "upper_ci_95",
)
_KINDS: Final = {
    "numerator": Column.WHOLE,
    "denominator": Column.WHOLE,
    "value": Column.NUMBER,
    "lower_ci_95": Column.NUMBER,
    "upper_ci_95": Column.NUMBER,
}


@dataclass(frozen=True)
class SeriesSource:
    """One reference series as it was read.

    Attributes:
        description: Its entry in partnership.yaml.
        file: How its file is named in faults.
        frame: Columns of a reference series, and `line`.
        faults: What is wrong with the file.
        files: The name in faults and the path of the file.
    """

    description: Located[SeriesDescription]
    file: str
    frame: pl.DataFrame
    faults: tuple[Fault, ...] = ()
    files: dict[str, Path] = field(default_factory=dict)


def read_series(description: Located[SeriesDescription], folder: Path) -> SeriesSource:
    """Return the series of a description from `series/<id>.csv`; nothing is raised.

    Arguments:
        description: Its entry in partnership.yaml.
        folder: The partnership's folder.
    """
    path = folder / "series" / f"{description.noun.id}.csv"
    table = read_table_file(path, folder, known=SERIES_HEADER)
    source = typed_series(description, table)
    return SeriesSource(description, source.file, source.frame, source.faults, {table.file: path})


def typed_series(description: Located[SeriesDescription], table: TableFile) -> SeriesSource:
    """Return the typed series of a table of text."""
    table = typed_columns(table, _KINDS)
    faults = list(table.faults)
    frame = table.frame.with_columns(pl.col("breakdown").fill_null(""))
    periods, wrong = _periods(table.file, frame)
    faults += wrong
    faults += _breakdown_faults(table.file, frame)
    joined = frame.join(periods, on=["period_kind", "period"], how="left", nulls_equal=True, maintain_order="left")
    return SeriesSource(description, table.file, joined.select(*REFERENCE_COLUMNS, "line"), tuple(faults))


def series_of(source: SeriesSource) -> ReferenceSeries:
    """Return the reference series of a faultless source."""
    return ReferenceSeries(source.description.noun, source.frame.select(list(REFERENCE_COLUMNS)))


def _periods(file: str, frame: pl.DataFrame) -> tuple[pl.DataFrame, list[Fault]]:
    """Read each distinct period once; a million rows have few of them."""
    distinct = frame.group_by("period_kind", "period").agg(pl.col("line").min()).sort("line")
    faults = []
    rows: list[tuple[str | None, str | None, object, object]] = []
    kinds = ", ".join(kind.value for kind in PeriodKind)
    for kind, text, line in distinct.rows():
        period: Period | None = None
        if kind is None and text is None:
            pass
        elif kind is None or text is None:
            message = "a period needs both period_kind and period."
            faults.append(Fault(file, line, "missing-key", message, "Add the other."))
        elif kind not in set(PeriodKind):
            faults.append(
                Fault(file, line, "unknown-word", f"period_kind is {quoted(kind)}.", f"Write one of {kinds}.")
            )
        else:
            try:
                period = period_from_text(PeriodKind(kind), text)
            except ValueError as error:
                faults.append(Fault(file, line, "wrong-value", f"period {error}."))
        rows.append((kind, text, period.first if period else None, period.last if period else None))
    schema = {"period_kind": pl.String(), "period": pl.String(), "period_start": pl.Date(), "period_end": pl.Date()}
    return pl.DataFrame(rows, schema=schema, orient="row"), faults


def _breakdown_faults(file: str, frame: pl.DataFrame) -> list[Fault]:
    faults = []
    for text, line in frame.group_by("breakdown").agg(pl.col("line").min()).sort("line").rows():
        try:
            is_canonical = breakdown_text(breakdown_from_text(text)) == text
        except ValueError:
            is_canonical = False
        if not is_canonical:
            fix = "Write dimension=category pairs, sorted by dimension, such as age_band=65+; sex=Female."
            faults.append(Fault(file, line, "wrong-value", f"breakdown is {quoted(text)}.", fix))
    return faults
