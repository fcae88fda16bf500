"""Makes the tidy results as CSV and Parquet bytes, the same rows and columns in both; and other tables as CSV."""

import io

import polars as pl

from outcomes.exchange.formulas import FORMULA_PATTERN
from outcomes.scorecard.collection import Scorecards

__all__ = ["results_csv", "results_parquet", "table_csv"]


def results_csv(cards: Scorecards) -> bytes:
    """Return the results as CSV: UTF-8, line feeds, a missing value empty beside its reason.

    Text that a spreadsheet would run as a formula is led by an apostrophe; numbers are left as they are.

    Arguments:
        cards: The scorecards of all places.
    """
    return table_csv(cards.frame)


def table_csv(frame: pl.DataFrame) -> bytes:
    """Return a table as CSV, in the manner of `results_csv`.

    Arguments:
        frame: The table; its lists, if it has any, are joined to text before.
    """
    neutralised = [
        pl.when(pl.col(name).str.contains(FORMULA_PATTERN)).then(pl.lit("'") + pl.col(name)).otherwise(name).alias(name)
        for name, dtype in frame.schema.items()
        if dtype == pl.String
    ]
    return frame.with_columns(neutralised).write_csv().encode()


def results_parquet(cards: Scorecards) -> bytes:
    """Return the results as Parquet, types kept.

    Arguments:
        cards: The scorecards of all places.
    """
    buffer = io.BytesIO()
    cards.frame.write_parquet(buffer, compression="zstd", statistics=False)
    return buffer.getvalue()
