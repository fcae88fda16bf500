"""Every family of statistics with the table it is measured on, and what it costs at two sizes."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any, Final

import polars as pl

from benchmarks import statistics_world as world
from benchmarks.measure import interleaved
from outcomes import statistics
from outcomes.vocabulary import Polarity

__all__ = ["FAMILIES", "Family", "measured_families"]


@dataclass(frozen=True)
class Family:
    """A family: what one row of its table is, how the table is made, and what is done with it."""

    of: str
    table: Callable[[int], pl.DataFrame]
    run: Callable[[pl.DataFrame], pl.DataFrame]


def _rowwise(expression: pl.Expr) -> Callable[[pl.DataFrame], pl.DataFrame]:
    return lambda table: table.select(expression.struct.unnest())


def _with_limits(rows: int) -> pl.DataFrame:
    return world.counts(rows).select(statistics.proportion("x", "n").struct.unnest()).drop("reason", "detail")


def _areas_in_tens(rows: int) -> pl.DataFrame:
    return _with_limits(rows).with_columns(measure=pl.int_range(pl.len()) // 10)


def _charts_with_points(series: int) -> pl.DataFrame:
    return statistics.special_cause_points(world.charts(series), by="series", order="month")


FAMILIES: Final[dict[str, Family]] = {
    "proportion": Family("row", world.counts, _rowwise(statistics.proportion("x", "n"))),
    "crude rate": Family("row", world.counts, _rowwise(statistics.crude_rate("x", "n"))),
    "crude rate, exact": Family("row", world.counts, _rowwise(statistics.crude_rate("x", "n", method="exact"))),
    "count": Family("row", world.counts, _rowwise(statistics.count("x"))),
    "mean from sums": Family("row", world.counts, _rowwise(statistics.mean("x", pl.col("x") * pl.col("x"), "n"))),
    "absolute gap": Family("row", world.pairs_of_groups, _rowwise(statistics.absolute_gap())),
    "relative gap": Family("row", world.pairs_of_groups, _rowwise(statistics.relative_gap())),
    "comparison": Family(
        "row",
        _with_limits,
        lambda table: table.select(statistics.compare_with_benchmark(benchmark=9.0, polarity=Polarity.LOWER_IS_BETTER)),
    ),
    "quantile": Family("row", _with_limits, _rowwise(statistics.quantile("value"))),
    "rank": Family(
        "row",
        _with_limits,
        lambda table: statistics.ranks(table, value="value", lower="lower_ci_95", upper="upper_ci_95"),
    ),
    "rank of ten": Family(
        "row",
        _areas_in_tens,
        lambda table: statistics.ranks(table, value="value", lower="lower_ci_95", upper="upper_ci_95", by="measure"),
    ),
    "funnel of proportions": Family(
        "row", world.counts, lambda table: statistics.proportion_funnel(table, numerator="x", denominator="n")
    ),
    "funnel of rates": Family(
        "row", world.counts, lambda table: statistics.rate_funnel(table, numerator="x", denominator="n")
    ),
    "funnel of rates of 19": Family(
        "group of 19",
        world.strata,
        lambda table: statistics.rate_funnel(table, numerator="x", denominator="n", by="area"),
    ),
    "directly standardised rate": Family(
        "group of 19",
        world.strata,
        lambda table: statistics.directly_standardised_rate(
            table,
            numerator="x",
            denominator="n",
            standard_population="weight",
            by="area",
            stratum="age",
            strata_expected=19,
        ),
    ),
    "standardised rate of repeat events": Family(
        "group of 19",
        world.strata,
        lambda table: statistics.directly_standardised_rate_of_repeat_events(
            table,
            persons="x",
            events_each="each",
            denominator="n",
            standard_population="weight",
            by="area",
            stratum="age",
        ),
    ),
    "indirectly standardised ratio": Family(
        "group of 19",
        world.strata,
        lambda table: statistics.indirectly_standardised_ratio(
            table,
            numerator="x",
            denominator="n",
            reference_numerator="reference_x",
            reference_denominator="reference_n",
            by="area",
        ),
    ),
    "life expectancy": Family(
        "group of 20",
        world.life_bands,
        lambda table: statistics.life_expectancy(
            table, deaths="deaths", population="population", band_start="age", by="area"
        ),
    ),
    "mean of values": Family(
        "group of 19", world.strata, lambda table: statistics.mean_of_values(table, value="x", by="area")
    ),
    "slope index, analytic": Family(
        "group of 5",
        world.fifths,
        lambda table: statistics.slope_index_of_inequality(table, by="area", group="place", population="n"),
    ),
    "recent trend": Family(
        "group of 5",
        world.fifths,
        lambda table: statistics.recent_trend(table, by="area", order="place", numerator="x", denominator="n"),
    ),
    "gap trend": Family(
        "group of 5", world.fifths, lambda table: statistics.gap_trend(table, by="area", order="place")
    ),
    "special cause": Family(
        "series of 36",
        world.charts,
        lambda table: statistics.special_cause_points(table, by="series", order="month"),
    ),
    "variation and assurance": Family(
        "series of 36",
        _charts_with_points,
        lambda table: statistics.variation_and_assurance(table, by="series", target=65.0),
    ),
    "season": Family(
        "series of 36", world.charts, lambda table: statistics.seasonal_series(table, by="series", order="month")
    ),
}

_GROWTH: Final = 10


def measured_families(rows: int, groups: int, rounds: int) -> dict[str, Any]:
    """Return what each family costs at a size and at a tenth of it.

    Arguments:
        rows: How many rows of those that are worked out row by row.
        groups: How many groups or series of the others; of the charts, a tenth.
        rounds: How many rounds count.
    """
    found: dict[str, Any] = {}
    for name, family in FAMILIES.items():
        size = rows if family.of == "row" else groups if family.of.startswith("group") else groups // 10
        tables = {"small": family.table(size // _GROWTH), "large": family.table(size)}
        measured = interleaved({which: partial(family.run, table) for which, table in tables.items()}, "small", rounds)
        found[name] = {
            "of": family.of,
            "size": size,
            "rows": tables["large"].height,
            "seconds": round(measured["large"].seconds[0], 4),
            "processor_seconds": round(measured["large"].processor_seconds[0], 4),
            # 1 where ten times as much takes ten times as long
            "growth": round(measured["large"].processor_ratio[0] / _GROWTH, 3),
        }
    return found
