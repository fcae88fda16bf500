"""The fifth signal: how often a gap that does not change is said to, and how often a change is found."""

from typing import Final

import numpy as np
import numpy.typing as npt
import polars as pl

from benchmarks.simulation.coverage_of_inequality import fifths
from benchmarks.simulation.draws import counts
from benchmarks.simulation.figures import Table, share
from benchmarks.simulation.plan import Plan
from outcomes.statistics import absolute_gap, crude_rate, gap_trend, recent_trend
from outcomes.vocabulary import Word

__all__ = ["inequality"]

YEARS: Final = 5
FIFTHS: Final = 5
PERSONS: Final = 20_000
# events of each fifth beside those of the middle one, the most deprived first
GRADIENT: Final = np.array([1.2, 1.1, 1.0, 0.9, 0.8])
_NARROWING, _WIDENING = Word.NARROWING.value, Word.WIDENING.value


def inequality(plan: Plan) -> list[Table]:
    """Return the tables of false alarms and power of the change of a gap, and of falls shared unequally."""
    return [_changes(plan), _unequally(plan)]


def _rates(events: npt.NDArray[np.int64]) -> pl.DataFrame:
    """Return the rates of runs × years × fifths of counts; a series is a run, and its five years are five runs."""
    runs = events.shape[0]
    return pl.DataFrame(
        {
            "run": np.repeat(np.arange(runs * YEARS), FIFTHS),
            "fifth": np.tile(np.arange(1, FIFTHS + 1), runs * YEARS),
            "events": events.ravel(),
        }
    ).with_columns(crude_rate("events", pl.lit(PERSONS)).struct.unnest())


def _gap_changes(events: npt.NDArray[np.int64]) -> pl.Series:
    """Return how the absolute gap between the two end fifths is said to change."""
    pairs = fifths(_rates(events))
    series = pairs.select(
        (pl.col("run") // YEARS).alias("series"),
        (pl.col("run") % YEARS).alias("year"),
        absolute_gap().struct.unnest(),
    )
    return gap_trend(series, by="series", order="year")["change"]


def _average_moves(events: npt.NDArray[np.int64]) -> pl.Series:
    """Return the recent trend of all fifths together."""
    runs = events.shape[0]
    series = pl.DataFrame(
        {
            "series": np.repeat(np.arange(runs), YEARS),
            "year": np.tile(np.arange(YEARS), runs),
            "events": events.sum(axis=2).ravel(),
        }
    ).with_columns(crude_rate("events", pl.lit(PERSONS * FIFTHS)).struct.unnest())
    return recent_trend(series, by="series", order="year", numerator=None, denominator=None)["direction"]


def _changes(plan: Plan) -> Table:
    runs, found = plan.runs(1_500, 30_000), []
    for expected in (20, 100, 500, 2_000):
        for change, yearly in (("none", 0.0), ("narrows by 10 % a year", -0.1), ("widens by 10 % a year", 0.1)):
            for spread, dispersion in (("chance", 1.0), ("twice its variance", 2.0)):
                if yearly and dispersion > 1.0:
                    continue
                height = (1.0 + yearly) ** np.arange(YEARS)
                means = expected * (1.0 + (GRADIENT - 1.0)[None, :] * height[:, None])
                generator = plan.generator("gap change", expected, change, spread)
                words = _gap_changes(counts(generator, means, (runs, YEARS, FIFTHS), dispersion=dispersion))
                figures = (share((words == _NARROWING).to_numpy()), share((words == _WIDENING).to_numpy()))
                found.append(((f"{expected:,}", change, spread), figures))
    heads = ("said to narrow", "said to widen")
    return Table("gap-changes", ("events a fifth and year", "true change of the gap", "spread"), heads, tuple(found))


def _unequally(plan: Plan) -> Table:
    """All fifths fall by 5 % of themselves a year, or by the same number, or only the least deprived fall."""
    runs, found = plan.runs(1_500, 30_000), []
    fall = 1.0 - 0.95 ** np.arange(YEARS)
    for how, falls in (
        ("each fifth by 5 % of its own rate", GRADIENT[None, :] * fall[:, None]),
        ("each fifth by the same number", np.repeat(fall[:, None], FIFTHS, axis=1)),
        ("the three least deprived fifths alone, by 10 %", np.array([0, 0, 1.0, 0.9, 0.8]) * (2.0 * fall)[:, None]),
    ):
        for expected in (100, 500, 2_000):
            means = expected * (GRADIENT - falls)
            events = counts(plan.generator("unequally", how, expected), means, (runs, YEARS, FIFTHS))
            words, moves = _gap_changes(events), _average_moves(events)
            falls_on_average = (moves == Word.DECREASING.value).to_numpy()
            widens = (words == _WIDENING).to_numpy()
            figures = (
                share(falls_on_average),
                share((words == _NARROWING).to_numpy()),
                share(widens),
                share(falls_on_average & widens),
            )
            found.append(((how, f"{expected:,}"), figures))
    heads = ("the average is said to fall", "the gap to narrow", "the gap to widen", "improving, unequally")
    return Table("gap-improving-unequally", ("what truly falls", "events a fifth and year"), heads, tuple(found))
