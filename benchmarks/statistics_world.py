"""The tables that the statistical methods are measured on: made up, from a seed, of any size."""

import polars as pl

from outcomes.statistics import european_standard_population_2013
from outcomes.statistics.life_expectancy import BAND_STARTS

__all__ = ["charts", "counts", "fifths", "life_bands", "pairs_of_groups", "strata"]

_SEED = 20_261_122
_STRATA = 19


def counts(rows: int) -> pl.DataFrame:
    """Events and persons, one row an area; half of the counts below 20, none 0 (one peer stops at a 0)."""
    row = pl.int_range(rows)
    chance = _chances(rows, 2)
    return chance.select(
        row=row,
        x=(1 + pl.when(pl.col("chance_0") < 0.5).then(pl.col("chance_1") * 19).otherwise(pl.col("chance_1") * 5000))
        .floor()
        .cast(pl.Int64),
        n=(6000 + pl.col("chance_0") * 90_000).floor().cast(pl.Int64),
    )


def charts(series: int, points: int = 36) -> pl.DataFrame:
    """Monthly series of noise, one in ten with a step in it, to one decimal."""
    rows = series * points
    noise = _chances(rows, 4).select(pl.sum_horizontal(pl.all()) - 2.0).to_series()
    return pl.select(
        series=pl.int_range(rows) // points,
        month=pl.int_range(rows) % points,
    ).select(
        "series",
        "month",
        value=(
            60.0
            + 8.0 * noise
            + pl.when((pl.col("series") % 10 == 0) & (pl.col("month") > points // 2)).then(9.0).otherwise(0.0)
        ).round(1),
    )


def strata(groups: int) -> pl.DataFrame:
    """Nineteen age bands a group, with the standard population of 2013 and a reference."""
    rows = groups * _STRATA
    weights = european_standard_population_2013()["standard_population"]
    chance = _chances(rows, 2)
    place = pl.int_range(rows) % _STRATA
    return chance.select(
        area=pl.int_range(rows) // _STRATA,
        age=place,
        x=(pl.col("chance_0") * 9).floor().cast(pl.Int64),
        n=(500 + pl.col("chance_1") * 4500).floor().cast(pl.Int64),
        weight=pl.lit(weights).gather(place),
        reference_x=place * 10 + 5,
        reference_n=pl.lit(10_000),
        each=pl.lit(1),
    )


def life_bands(groups: int) -> pl.DataFrame:
    """Twenty age bands a group."""
    bands = len(BAND_STARTS)
    rows = groups * bands
    return _chances(rows, 2).select(
        area=pl.int_range(rows) // bands,
        age=pl.lit(pl.Series(BAND_STARTS)).gather(pl.int_range(rows) % bands),
        deaths=(1 + pl.col("chance_0") * 9).floor().cast(pl.Int64),
        population=(500 + pl.col("chance_1") * 4500).floor().cast(pl.Int64),
    )


def fifths(groups: int) -> pl.DataFrame:
    """Five rows a group, a value with limits and its counts: fifths by deprivation, or five years."""
    rows = groups * 5
    table = _chances(rows, 2).select(
        area=pl.int_range(rows) // 5,
        place=pl.int_range(rows) % 5 + 1,
        n=(500 + pl.col("chance_1") * 4500).floor().cast(pl.Int64),
        value=20.0 + pl.int_range(rows) % 5 + 4.0 * pl.col("chance_0"),
    )
    return table.with_columns(
        x=(pl.col("n") * pl.col("value") / 100.0).floor().cast(pl.Int64),
        lower_ci_95=pl.col("value") - 2.0,
        upper_ci_95=pl.col("value") + 2.0,
    )


def pairs_of_groups(rows: int) -> pl.DataFrame:
    """Values of the most and the least deprived group with their limits, one row a pair."""
    chance = _chances(rows, 2)
    columns: dict[str, pl.Expr] = {}
    for name, level in (("most_deprived", 30.0), ("least_deprived", 20.0)):
        value = level + 9.0 * pl.col("chance_0" if level > 25 else "chance_1")
        for part, width in (
            ("value", 0.0),
            ("lower_ci_95", -2.0),
            ("upper_ci_95", 2.2),
            ("lower_ci_99_8", -3.1),
            ("upper_ci_99_8", 3.5),
        ):
            columns[f"{name}_{part}"] = value + width
    return chance.select(**columns)


def _chances(rows: int, number: int) -> pl.DataFrame:
    """Columns of even chances between 0 and 1: the same of the same seed, whatever the number of threads."""
    # the fractional part of multiples of irrational numbers: spread evenly, and no generator to drift
    steps = (0.618_033_988_749_894_9, 0.754_877_666_246_692_7, 0.569_840_290_998_053_3, 0.414_213_562_373_095_1)
    row = pl.int_range(1, rows + 1, dtype=pl.Int64).cast(pl.Float64) + float(_SEED % 1000)
    # squared, so that neighbours are not alike
    return pl.select(
        ((row * step * ((row * 0.37) % 1.0 + 1.0)) % 1.0).alias(f"chance_{k}") for k, step in enumerate(steps[:number])
    )
