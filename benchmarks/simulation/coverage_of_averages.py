"""Coverage of the intervals of means and of life expectancy."""

from typing import Final

import numpy as np
import polars as pl

from benchmarks.simulation.coverage import COVERAGE, GIVEN, covered, given
from benchmarks.simulation.figures import Table
from benchmarks.simulation.plan import Plan
from outcomes.statistics import life_expectancy, mean

__all__ = ["coverage_of_averages"]

STARTS: Final = np.array([0, 1, *range(5, 95, 5)])
# residents by age band and deaths a year and person, as of an English area
RESIDENTS: Final = np.array(
    [1.1, 4.3, 5.9, 6, 5.6, 6, 6.6, 7, 6.9, 6.5, 6.1, 6.7, 6.9, 6.2, 5.2, 4.9, 3.8, 2.5, 1.4, 0.9]
)
DEATHS: Final = (
    np.array([40, 1.5, 0.8, 0.9, 2.5, 4, 5, 7, 10, 15, 23, 34, 52, 85, 135, 220, 390, 710, 1250, 2300]) / 10_000.0
)


def coverage_of_averages(plan: Plan) -> list[Table]:
    """Return the tables of means and of life expectancy."""
    return [_means(plan), _lives(plan)]


def _means(plan: Plan) -> Table:
    runs, found = plan.runs(2_000, 40_000), []
    for shape, width in (
        ("normal", 0.0),
        ("skewed (log-normal, σ 0.5)", 0.5),
        ("very skewed (log-normal, σ 1)", 1.0),
    ):
        truth = float(np.exp(width**2 / 2.0)) if width else 50.0
        for size in (5, 20, 100, 500):
            generator = plan.generator("mean", shape, size)
            values = (
                generator.normal(50.0, 10.0, (runs, size))
                if not width
                else generator.lognormal(0.0, width, (runs, size))
            )
            sums = pl.DataFrame({"total": values.sum(axis=1), "squares": (values**2).sum(axis=1)})
            found.append(
                (
                    (shape, f"{size}"),
                    covered(sums.select(mean("total", "squares", pl.lit(size)).struct.unnest()), truth),
                )
            )
    return Table("coverage-means", ("values", "how many"), COVERAGE, tuple(found))


def _lives(plan: Plan) -> Table:
    runs, found = plan.runs(1_500, 40_000), []
    for size in (6_000, 20_000, 100_000, 300_000):
        residents = np.round(RESIDENTS / RESIDENTS.sum() * size)
        expected = residents * DEATHS
        truth = _at_birth(expected[None, :], residents)["value"].item()
        drawn = plan.generator("life", size).poisson(expected, (runs, STARTS.size))
        tables = _at_birth(np.minimum(drawn, residents), residents)
        found.append(((f"{size:,}",), (given(tables), *covered(tables, truth))))
    return Table("coverage-life-expectancy", ("residents",), (GIVEN, *COVERAGE), tuple(found))


def _at_birth(
    deaths: np.ndarray[tuple[int, int], np.dtype[np.float64]], residents: np.typing.NDArray[np.float64]
) -> pl.DataFrame:
    runs = deaths.shape[0]
    bands = pl.DataFrame(
        {
            "run": np.repeat(np.arange(runs), STARTS.size),
            "age": np.tile(STARTS, runs),
            "deaths": deaths.ravel(),
            "population": np.tile(residents, runs),
        }
    )
    tables = life_expectancy(bands, deaths="deaths", population="population", band_start="age", by="run")
    return tables.filter(pl.col("age") == 0)
