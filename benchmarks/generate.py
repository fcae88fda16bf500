"""Writes made-up submissions: `python -m benchmarks.generate --rows 1e6 --out DIR`; the same seed, the same bytes."""

import argparse
from pathlib import Path

import polars as pl

from benchmarks.world import SEXES, Size, partnership_of, size_for

__all__ = ["write_world"]

_SEED = 20261122
_ROWS_OF_A_GROUP = 250_000


def write_world(folder: Path, size: Size) -> None:
    """Write the submissions of a size, and the geography.

    Files:
        observations.parquet: one row a figure with the key of an observation, codes as text, in no order of meaning.
        submissions/PARTNER.parquet: the same figures in the form in which a partner sends them.
        areas.csv, footprints.csv: the geography.
    """
    (folder / "submissions").mkdir(parents=True, exist_ok=True)
    frame = _figures(size)
    frame.write_parquet(folder / "observations.parquet", row_group_size=_ROWS_OF_A_GROUP)
    for (partner,), sent in frame.group_by("partner_code", maintain_order=True):
        sent.select(
            "indicator_id",
            pl.col("area_code").alias("place_code"),
            "period",
            pl.col("breakdown").str.strip_prefix("sex=").alias("sex"),
            "numerator",
            "denominator",
        ).write_parquet(folder / "submissions" / f"{partner}.parquet", row_group_size=_ROWS_OF_A_GROUP)
    partnership = partnership_of(size)
    partnership.areas.frame.drop("successors").write_csv(folder / "areas.csv")
    partnership.footprints.frame.write_csv(folder / "footprints.csv")


def _figures(size: Size) -> pl.DataFrame:
    # 0, 1, … in another order, the same every time: a partner's file is in its own order
    place = pl.int_range(size.rows, eager=True).sample(fraction=1.0, shuffle=True, seed=_SEED).alias("place")
    lists = {
        "breakdown": [f"sex={sex}" for sex in SEXES],
        "period": [str(period) for period in size.periods],
        "indicator_id": size.indicator_ids,
        "area_code": size.area_codes["neighbourhood"],
        "partner_code": size.partner_codes,
    }
    columns, left, year = {}, pl.col("place"), pl.lit(0)
    for name, codes in lists.items():
        columns[name] = pl.lit(pl.Series(codes, dtype=pl.String)).gather(left % len(codes))
        if name == "period":
            year = left % len(codes)
            starts = pl.Series([period.first for period in size.periods], dtype=pl.Date)
            columns["period_start"] = pl.lit(starts).gather(left % len(codes))
        left = left // len(codes)
    mixed = pl.col("place").hash(_SEED)
    frame = place.to_frame().with_columns(
        **columns,
        source_code=pl.lit(""),
        indicator_version=pl.lit(1, pl.Int32),
        period_kind=pl.lit("financial_year"),
        denominator=(mixed % 900 + 100).cast(pl.Int64),
    )
    # per thousand: by indicator, by area, and drifting over the years one way or the other
    of_area = (pl.col("area_code").hash(_SEED) % 11).cast(pl.Int64)
    way = (pl.struct("indicator_id", "area_code").hash(_SEED) % 3).cast(pl.Int64)
    drift = pl.when(way == 0).then(year).when(way == 1).then(size.years - year).otherwise(0) * 4
    share = 30 + (pl.col("indicator_id").hash(_SEED) % 50).cast(pl.Int64) + of_area + drift
    noise = (mixed // 1000 % 5).cast(pl.Int64)
    return frame.select(
        "partner_code",
        "source_code",
        "indicator_id",
        "indicator_version",
        "area_code",
        "period_kind",
        "period_start",
        "period",
        "breakdown",
        numerator=pl.col("denominator") * share // 1000 + noise,
        denominator="denominator",
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=float, default=1e6, help="how many figures, such as 1e5 or 1e7")
    parser.add_argument("--out", type=Path, required=True, help="the folder to write to")
    given = parser.parse_args()
    size = size_for(int(given.rows))
    write_world(given.out, size)
    print(f"{size.rows:,} figures of {size.partners} partners in {given.out}")


if __name__ == "__main__":
    main()
