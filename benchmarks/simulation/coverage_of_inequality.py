"""Coverage of the intervals of gaps, slope indices and ranks."""

from typing import Final

import numpy as np
import polars as pl

from benchmarks.simulation.coverage import COVERAGE, GIVEN, covered, given
from benchmarks.simulation.draws import counts
from benchmarks.simulation.figures import Figure, Table, share
from benchmarks.simulation.plan import Plan
from outcomes.statistics import absolute_gap, crude_rate, ranks, relative_gap, slope_index_of_inequality

__all__ = ["coverage_of_inequality", "fifths"]

FIFTHS: Final = 5
PERSONS: Final = 20_000
# events of each fifth beside those of the middle one, the most deprived first: one and a half times the least
GRADIENT: Final = np.array([1.2, 1.1, 1.0, 0.9, 0.8])
LEVELS: Final = ("95", "99_8")


def coverage_of_inequality(plan: Plan) -> list[Table]:
    """Return the tables of gaps, of slope indices and of ranks."""
    return [_gaps(plan), _slopes(plan), _ranks(plan)]


def fifths(rates: pl.DataFrame, most: str = "1", least: str = "5") -> pl.DataFrame:
    """Return one row a run with the estimates of the most and the least deprived fifth side by side.

    Arguments:
        rates: Columns `run`, `fifth` and an estimate's.
        most, least: The numbers of the two fifths.
    """
    names = ["value", *(f"{side}_ci_{level}" for side in ("lower", "upper") for level in LEVELS)]
    sides = [
        rates.filter(pl.col("fifth").cast(pl.String) == fifth).select(
            "run", *(pl.col(name).alias(f"{begin}_{name}") for name in names)
        )
        for fifth, begin in ((most, "most_deprived"), (least, "least_deprived"))
    ]
    return sides[0].join(sides[1], on="run", maintain_order="left")


def _rates(plan: Plan, expected: float, runs: int, dispersion: float) -> pl.DataFrame:
    generator = plan.generator("fifths", expected, dispersion)
    drawn = counts(generator, expected * GRADIENT, (runs, FIFTHS), dispersion=dispersion).ravel()
    return pl.DataFrame(
        {"run": np.repeat(np.arange(runs), FIFTHS), "fifth": np.tile(np.arange(1, FIFTHS + 1), runs), "events": drawn}
    ).with_columns(crude_rate("events", pl.lit(PERSONS), multiplier=1_000.0).struct.unnest(), persons=pl.lit(PERSONS))


def _gaps(plan: Plan) -> Table:
    runs, found = plan.runs(3_000, 200_000), []
    for expected in (5, 20, 100, 500):
        for spread, dispersion in (("chance", 1.0), ("twice its variance", 2.0)):
            pairs = fifths(_rates(plan, expected, runs, dispersion))
            rate = expected / PERSONS * 1_000.0
            kinds = (
                ("absolute", absolute_gap(), rate * (GRADIENT[0] - GRADIENT[-1])),
                ("relative, gap_ratio_mover", relative_gap(), GRADIENT[0] / GRADIENT[-1]),
                ("relative, gap_ratio_log", relative_gap(method="gap_ratio_log"), GRADIENT[0] / GRADIENT[-1]),
            )
            for kind, gap, truth in kinds:
                told = pairs.select(gap.struct.unnest())
                found.append(((f"{expected:,}", kind, spread), (given(told), *covered(told, float(truth)))))
    return Table("coverage-gaps", ("events expected a fifth", "gap", "spread"), (GIVEN, *COVERAGE), tuple(found))


def _slopes(plan: Plan) -> Table:
    found = []
    for expected in (20, 100, 500):
        rate = expected / PERSONS * 1_000.0
        # of equal fifths on a straight line the ends lie half a step beyond the outermost
        truth = (-0.5 * rate, 0.75 / 1.25)
        for method, spread, dispersion, runs in (
            ("slope_index_analytic", "chance", 1.0, plan.runs(1_500, 40_000)),
            ("slope_index_analytic", "twice its variance", 2.0, plan.runs(1_500, 40_000)),
            ("slope_index_simulated", "chance", 1.0, plan.runs(60, 3_000)),
        ):
            told = slope_index_of_inequality(
                _rates(plan, expected, runs, dispersion),
                by="run",
                group="fifth",
                population="persons",
                scale="log",
                method=method,
                draws=plan.runs(2_000, 10_000),
                seed=1,
            )
            for index, level in zip(("slope_index", "relative_index"), truth, strict=True):
                figures = (given(told, f"{index}_"), *covered(told, level, f"{index}_"))
                found.append(((f"{expected:,}", index.replace("_", " "), method, spread), figures))
    return Table(
        "coverage-slopes", ("events expected a fifth", "index", "method", "spread"), (GIVEN, *COVERAGE), tuple(found)
    )


def _ranks(plan: Plan) -> Table:
    runs, found = plan.runs(40, 5_000), []
    settings = (
        ("10", "all next to equal", 1.0 + 1e-6 * np.arange(10)),
        ("20", "all next to equal", 1.0 + 1e-6 * np.arange(20)),
        ("20", "from 0.7 to 1.3 of the average", np.linspace(0.7, 1.3, 20)),
        ("150", "from 0.7 to 1.3 of the average", np.linspace(0.7, 1.3, 150)),
    )
    for areas, how, truths in settings:
        repeated = max(1, runs * 20 // truths.size)
        for expected in (20, 200):
            drawn = counts(plan.generator("ranks", areas, how, expected), expected * truths, (repeated, truths.size))
            rates = pl.DataFrame(
                {
                    "run": np.repeat(np.arange(repeated), truths.size),
                    "true_rank": np.tile(np.arange(truths.size, 0, -1), repeated),
                    "events": drawn.ravel(),
                }
            ).with_columns(crude_rate("events", pl.lit(PERSONS)).struct.unnest())
            told = ranks(
                rates.drop("reason", "detail"), value="value", lower="lower_ci_95", upper="upper_ci_95", by="run"
            )
            is_held = pl.col("true_rank").is_between("rank_lower", "rank_upper")
            is_first = (pl.col("rank_first") == 1) & (pl.col("true_rank") != 1)
            by_run = told.group_by("run", maintain_order=True).agg(
                is_held.all().alias("all"), is_held.mean().alias("each"), is_first.any().alias("wrong_first")
            )
            figures: tuple[Figure | None, ...] = (
                share(by_run["all"].to_numpy()),
                share(told.filter(pl.int_range(pl.len()).over("run") == 0).select(is_held).to_series().to_numpy()),
                share(by_run["wrong_first"].to_numpy()),
            )
            found.append(((areas, how, f"{expected:,}"), figures))
    heads = (
        "all true ranks in their intervals at once",
        "a given area's in its own",
        "another than the true 1st is 1st",
    )
    return Table("coverage-ranks", ("areas", "true rates", "events expected"), heads, tuple(found))
