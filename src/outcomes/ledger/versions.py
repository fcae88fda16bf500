"""The versions of figures: which ones a submission brings that the record did not have, and which is the newest."""

import io
from collections.abc import Iterable
from pathlib import Path
from typing import Final

import polars as pl

from outcomes.errors import LedgerError, TableError
from outcomes.intake.observations import KEY, OBSERVATION_COLUMNS
from outcomes.table import empty_table

__all__ = ["FIGURE", "as_parquet", "join_versions", "new_versions", "newest", "read_versions"]

# another of these for the same key is another figure
FIGURE: Final = (
    "numerator",
    "denominator",
    "value",
    "lower_ci_95",
    "upper_ci_95",
    "sum_of_squares",
    "effective_sample_size",
    "status",
    "value_status",
)
# another of these alone is kept as a version, but makes no revision: the figure stands
_WORDS: Final = ("value_note", "comment")


def new_versions(sent: pl.DataFrame, known: pl.DataFrame, number: int) -> pl.DataFrame:
    """Return those of the figures sent that say something the record did not have, as versions of a submission.

    Arguments:
        sent: Columns `OBSERVATION_COLUMNS`, each key once.
        known: The newest accepted version of each key of this partner, same columns.
        number: The ledger number of the submission.

    Returns:
        Sorted by key; `submission` is the number, `is_revision` says whether the record had another figure.

    Raises:
        TableError: A key stands twice, or lacks a part.
    """
    if sent.select(pl.any_horizontal(pl.col(KEY).is_null()).any()).item():
        raise TableError("the figures of a submission: a part of a key is empty")
    if sent.select(pl.struct(KEY).is_duplicated().any()).item():
        raise TableError("the figures of a submission: a key stands more than once; expected each once")
    kept = known.select(*KEY, *(pl.col(name).name.suffix("_known") for name in (*FIGURE, *_WORDS)), "is_revision")
    paired = sent.drop("is_revision").join(kept, on=KEY, how="left", maintain_order="left", nulls_equal=False)
    # a key that the record has carries true or false here, a new one null
    is_known = pl.col("is_revision").is_not_null()
    has_other_figure = is_known & _differs(FIGURE)
    return (
        paired.filter(~is_known | _differs((*FIGURE, *_WORDS)))
        .with_columns(
            submission=pl.lit(number, dtype=pl.Int64),
            is_revision=has_other_figure | pl.col("is_revision").fill_null(value=False),
        )
        .select(list(OBSERVATION_COLUMNS))
        .sort(KEY)
    )


def newest(versions: pl.DataFrame) -> pl.DataFrame:
    """Return the last version of each key, sorted by key."""
    ordered = versions.sort(*KEY, "submission")
    is_last = pl.any_horizontal(pl.col(name).ne_missing(pl.col(name).shift(-1)) for name in KEY)
    return ordered.filter(is_last)


def as_parquet(versions: pl.DataFrame) -> bytes:
    """Return versions as the bytes of a Parquet file, the same for the same versions."""
    buffer = io.BytesIO()
    versions.write_parquet(buffer, compression="zstd", statistics=True)
    return buffer.getvalue()


def read_versions(folder: Path, files: Iterable[Path]) -> pl.DataFrame:
    """Return the versions of several submissions, one below the other, in the order of the files.

    Raises:
        LedgerError: A file is missing or is no Parquet file of figures.
    """
    paths = [folder / path for path in files]
    if not paths:
        return empty_table(OBSERVATION_COLUMNS)
    try:
        return pl.scan_parquet(paths, glob=False, schema=OBSERVATION_COLUMNS).collect(engine="streaming")
    except (OSError, pl.exceptions.PolarsError) as error:
        raise LedgerError(
            f"{folder}: the figures of a submission are missing or damaged. "
            "Run `outcomes verify` to see which, and restore them from a backup."
        ) from error


def join_versions(parts: Iterable[pl.DataFrame]) -> pl.DataFrame:
    """Return versions of later submissions below those of earlier ones."""
    return pl.concat([empty_table(OBSERVATION_COLUMNS), *parts], rechunk=False)


def _differs(names: Iterable[str]) -> pl.Expr:
    return pl.any_horizontal(pl.col(name).ne_missing(pl.col(f"{name}_known")) for name in names)
