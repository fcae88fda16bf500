"""The season warning: how often it sees a pattern of the year that is there, and how often one that is not."""

from collections.abc import Callable
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import polars as pl

from benchmarks.simulation.draws import counts, seasonal
from benchmarks.simulation.figures import Table, share
from benchmarks.simulation.plan import Plan
from benchmarks.simulation.special_cause import process
from outcomes.statistics import seasonal_series

__all__ = ["seasons"]

Series = npt.NDArray[np.float64]
Drawn = Callable[[np.random.Generator, tuple[int, int], int], Series]

LENGTHS: Final = ((24, 12), (36, 12), (60, 12), (16, 4), (24, 4))
"""How many points, and how many of them are a year."""


def _wave(height: float) -> Drawn:
    return lambda generator, size, a_year: seasonal(generator, size, height, a_year)


def _process(name: str) -> Drawn:
    return lambda generator, size, _: process(generator, name, size)


def _counts(mean: float) -> Drawn:
    return lambda generator, size, _: counts(generator, mean, size).astype(np.float64)


def _noise_and(told: Callable[[npt.NDArray[np.signedinteger[Any]], int], npt.NDArray[np.floating[Any]]]) -> Drawn:
    """Noise of standard deviation 1 beside what a series does anyway, of its running number and the year's periods."""

    def drawn(generator: np.random.Generator, size: tuple[int, int], a_year: int) -> Series:
        return np.asarray(generator.standard_normal(size) + told(np.arange(size[1]), a_year), dtype=np.float64)

    return drawn


SERIES: Final[dict[str, Drawn]] = {
    **{f"wave of {height:g} standard deviations": _wave(height) for height in (0.5, 1.0, 2.0)},
    "two waves a year, of 2": _noise_and(lambda place, a_year: 2.0 * np.sin(4.0 * np.pi * place / a_year + 0.6)),
    "a quarter of the year 2 higher": _noise_and(lambda place, a_year: 2.0 * (place % a_year >= a_year * 3 // 4)),
    "one month or quarter of the year 5 higher": _noise_and(lambda place, a_year: 5.0 * (place % a_year == a_year - 1)),
    "wave of 2, and 0.1 more each period": _noise_and(
        lambda place, a_year: 2.0 * np.sin(2.0 * np.pi * place / a_year) + 0.1 * place
    ),
    "normal": _process("normal"),
    "counts of 0.2 on average": _counts(0.2),
    "counts of 1": _counts(1.0),
    "counts of 2 on average": _process("counts of 2 on average"),
    "each month keeps 0.3 of the one before": _process("each month keeps 0.3 of the one before"),
    "each month keeps 0.5 of the one before": _process("each month keeps 0.5 of the one before"),
    "0.1 more each period": _noise_and(lambda place, _: 0.1 * place),
    "2 higher from the middle on": _noise_and(lambda place, _: 2.0 * (place >= len(place) // 2)),
    "to and fro by 2": _noise_and(lambda place, _: 2.0 * (-1.0) ** place),
}
"""What is there: patterns of the year first, in standard deviations of the noise, then none."""


def seasons(plan: Plan) -> list[Table]:
    """Return the table of the season warning."""
    charts, found = plan.runs(600, 20_000), []
    for name, drawn in SERIES.items():
        figures = []
        for points, a_year in LENGTHS:
            generator = plan.generator("season", name, points, a_year)
            frame = pl.DataFrame(
                {
                    "chart": np.repeat(np.arange(charts), points),
                    "month": np.tile(np.arange(points), charts),
                    "value": drawn(generator, (charts, points), a_year).ravel(),
                }
            )
            told = seasonal_series(frame, by="chart", order="month", periods_a_year=a_year)
            figures.append(share(told["is_seasonal"].to_numpy()))
        found.append(((name,), tuple(figures)))
    heads = tuple(f"{points} {'months' if a_year == 12 else 'quarters'}" for points, a_year in LENGTHS)
    return [Table("special-cause-season-warning", ("series",), heads, tuple(found))]
