"""The versions of figures: which ones a submission brings that the record did not have, and which is the newest."""

import io
from collections.abc import Iterable
from pathlib import Path
from typing import IO

import polars as pl

from outcomes.errors import LedgerError, TableError
from outcomes.fingerprint import sha256_of_bytes
from outcomes.intake.observations import KEY, OBSERVATION_COLUMNS, new_versions
from outcomes.table import empty_table

__all__ = ["as_parquet", "join_versions", "newest", "read_versions", "versions_of_submission"]


def versions_of_submission(sent: pl.DataFrame, known: pl.DataFrame, number: int) -> pl.DataFrame:
    """Return what a submission adds: the figures that the record did not have, numbered.

    Arguments:
        sent: The figures, columns `OBSERVATION_COLUMNS`.
        known: The newest accepted version of each key of this partner, same columns.
        number: The ledger number of the submission.

    Raises:
        TableError: A key stands twice, or lacks a part.
    """
    if sent.select(pl.any_horizontal(pl.col(KEY).is_null()).any()).item():
        raise TableError("the figures of a submission: a part of a key is empty")
    if sent.select(pl.struct(KEY).is_duplicated().any()).item():
        raise TableError("the figures of a submission: a key stands more than once; expected each once")
    return new_versions(sent, known).with_columns(submission=pl.lit(number, dtype=pl.Int64))


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
        LedgerError: A file is missing, is not what its name (the hash of its bytes) says, or holds no figures.
    """
    paths = tuple(files)
    if not paths:
        return empty_table(OBSERVATION_COLUMNS)
    try:
        contents: list[IO[bytes]] = [io.BytesIO(_trusted_bytes(folder / path)) for path in paths]
        return pl.scan_parquet(contents, glob=False, schema=OBSERVATION_COLUMNS).collect(engine="streaming")
    except (OSError, ValueError, pl.exceptions.PolarsError) as error:
        raise LedgerError(
            f"{folder}: the figures of a submission are missing or damaged. "
            "Run `outcomes verify` to see which, and restore them from a backup."
        ) from error


def join_versions(parts: Iterable[pl.DataFrame]) -> pl.DataFrame:
    """Return versions of later submissions below those of earlier ones."""
    return pl.concat([empty_table(OBSERVATION_COLUMNS), *parts], rechunk=False)


def _trusted_bytes(path: Path) -> bytes:
    # Parquet would give another number for a flipped bit without a word
    content = path.read_bytes()
    if sha256_of_bytes(content) != path.stem:
        raise ValueError(path.name)
    return content
