"""Writes one partner's submission in every form that is measured: clean, with bad rows, with one bad row."""

from dataclasses import replace
from pathlib import Path
from typing import Final

import polars as pl
import xlsxwriter

from benchmarks.generate import write_world
from benchmarks.world import SEXES, Size, partnership_of
from outcomes.partnership.layout import NATIVE, Limits
from outcomes.partnership.model import Partnership

__all__ = [
    "COLUMNS",
    "MOST",
    "PARTNER",
    "SHARE_BAD",
    "receiver",
    "size_of_one",
    "write_csv",
    "write_parquet",
    "write_xlsx",
]

PARTNER: Final = "RX000"
COLUMNS: Final = ("indicator_id", "place_code", "period", "sex", "numerator", "denominator")
# a number above this is no count of people
MOST: Final = 1_000_000_000
SHARE_BAD: Final = 30
_ROWS_OF_A_GROUP: Final = 250_000
# one fault in a bad row, each as often as any other
_FAULTS: Final = 14


def size_of_one(rows: int) -> Size:
    """Return a world in which one partner sends so many rows, or a few more.

    >>> size_of_one(10_000_000).rows, size_of_one(100_000).rows
    (10000000, 100000)
    """
    neighbourhoods = 500 if rows >= 1_000_000 else 125
    each = neighbourhoods * 20 * len(SEXES)
    return Size(partners=1, neighbourhoods=neighbourhoods, indicators=max(1, -(-rows // each)), years=20)


def receiver(size: Size) -> Partnership:
    """Return the partnership that is sent to, which takes files of any size."""
    limits = Limits(max_rows=100_000_000, max_file_bytes=4 << 30, xlsx_max_unpacked_bytes=4 << 30)
    return replace(partnership_of(size), layouts={"native": NATIVE.model_copy(update={"limits": limits})})


def write_parquet(folder: Path, size: Size) -> tuple[Path, Path]:
    """Write clean.parquet, and bad.parquet in which 30 % of the rows have one fault each; return both."""
    write_world(folder, size)
    (folder / "observations.parquet").unlink()
    clean = (folder / "submissions" / f"{PARTNER}.parquet").replace(folder / "clean.parquet")
    bad = folder / "bad.parquet"
    _with_faults(pl.read_parquet(clean), size).write_parquet(bad, row_group_size=_ROWS_OF_A_GROUP)
    return clean, bad


def _with_faults(sent: pl.DataFrame, size: Size) -> pl.DataFrame:
    """A faulty key stays the only one of its kind, so that every contender finds the same repeated keys."""
    mixed = pl.struct(COLUMNS[:4]).hash(1)
    is_bad = mixed % 100 < SHARE_BAD
    fault = pl.when(is_bad).then(mixed // 100 % _FAULTS).otherwise(_FAULTS)
    first = (pl.lit(size.indicator_ids[0]), pl.lit(size.area_codes["neighbourhood"][0]), pl.lit(str(size.periods[0])))
    second = pl.lit(str(size.periods[1]))
    sent = sent.with_columns(fault.alias("fault"))
    # the row before says for whom and when, where it is a good one
    is_copied = (pl.col("fault") == 13) & (pl.col("fault").shift(1) == _FAULTS)
    changed: dict[str, pl.Expr] = {}
    for at, name in enumerate(COLUMNS[:4]):
        text = pl.col(name)
        # of one sex only: who reads both as nobody's in particular would see two figures for one place
        is_misspelt = (pl.col("fault") == 4 + at) & ((text == SEXES[0]) if at == 3 else pl.lit(True))
        misspelt = pl.when(is_misspelt).then(text + "x").otherwise(text)
        if at < 3:
            blank = pl.when(text != first[at]).then(text + "x")
            misspelt = pl.when(pl.col("fault") == at).then(blank).otherwise(misspelt)
        changed[name] = pl.when(is_copied).then(text.shift(1)).otherwise(misspelt)
    changed["period"] = (
        pl.when((pl.col("fault") == 3) & (pl.col("period") == second))
        .then(pl.lit("2030/31"))
        .otherwise(changed["period"])
    )
    numerator, denominator, is_fault = pl.col("numerator"), pl.col("denominator"), pl.col("fault")
    changed["numerator"] = (
        pl.when(is_fault == 8)
        .then(denominator + 1)
        .when(is_fault == 9)
        .then(-numerator - 1)
        .when(is_fault == 10)
        .then(numerator + 2 * MOST)
        .when((is_fault != 11) & ~((is_fault == 7) & (pl.col("sex") != SEXES[0])))
        .then(numerator)
    )
    changed["denominator"] = (
        pl.when((is_fault == 12) & (numerator % 2 == 0)).then(-denominator).when(is_fault != 12).then(denominator)
    )
    return sent.with_columns(**changed).select(COLUMNS)


def write_csv(folder: Path, clean: Path) -> tuple[Path, Path, Path]:
    """Write clean.csv, bad_cells.csv (one cell in a hundred is no number) and one_bad.csv; return them."""
    sent = pl.read_parquet(clean)
    paths = folder / "clean.csv", folder / "bad_cells.csv", folder / "one_bad.csv"
    sent.write_csv(paths[0])
    is_bad = pl.struct(COLUMNS[:4]).hash(2) % 100 == 0
    text = pl.col("numerator").cast(pl.String)
    sent.with_columns(pl.when(is_bad).then(text + "o").otherwise(text).alias("numerator")).write_csv(paths[1])
    is_one = pl.int_range(pl.len()) == sent.height * 2 // 3
    sent.with_columns(
        pl.when(is_one).then(-1 - pl.col("numerator")).otherwise("numerator").alias("numerator")
    ).write_csv(paths[2])
    return paths


def write_xlsx(folder: Path, rows: int) -> Path:
    """Write clean.xlsx with so many rows of eight columns; return it."""
    path = folder / "clean.xlsx"
    sent = pl.read_parquet(folder / "clean.parquet").head(rows)
    with xlsxwriter.Workbook(path) as workbook:
        sheet = workbook.add_worksheet("Return")
        sheet.write_row(0, 0, [*COLUMNS, "value_note", "comment"])
        for number, row in enumerate(sent.iter_rows(), 1):
            sheet.write_row(number, 0, [*row, "as counted", "none"])
    return path
