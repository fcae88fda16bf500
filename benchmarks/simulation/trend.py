"""The second signal: how often five years without a trend are said to have one, and how often a real one is found."""

from typing import Final

import numpy as np
import numpy.typing as npt
import polars as pl

from benchmarks.simulation.draws import counts, proportions, series_with_memory
from benchmarks.simulation.figures import Figure, Table, share
from benchmarks.simulation.plan import Plan
from outcomes.statistics import crude_rate, proportion, recent_trend
from outcomes.vocabulary import Word

__all__ = ["trend"]

YEARS: Final = 5
PERSONS: Final = 100_000
_BY_VALUES: Final = ("trend_fingertips_2020", "trend_fingertips_next")
_UP, _DOWN, _UNKNOWN = Word.INCREASING.value, Word.DECREASING.value, Word.CANNOT_TELL.value
_MOVES: Final = "said to have a trend"


def trend(plan: Plan) -> list[Table]:
    """Return the tables of false alarms, of power and of what a missing year does."""
    return [_false_alarms(plan), _power(plan), _proportions(plan), _gaps(plan)]


def _directions(events: npt.NDArray[np.int64], method: str, is_there: npt.NDArray[np.bool_] | None = None) -> pl.Series:
    """Return the direction of each row of counts, a year a column."""
    rows, years = events.shape
    series = pl.DataFrame(
        {"run": np.repeat(np.arange(rows), years), "year": np.tile(np.arange(years), rows), "events": events.ravel()}
    ).with_columns(crude_rate("events", pl.lit(PERSONS)).struct.unnest())
    if is_there is not None:
        series = series.filter(pl.Series(is_there.ravel()))
    return recent_trend(series, by="run", order="year", numerator=None, denominator=None, method=method)["direction"]


def _moves(directions: pl.Series) -> Figure | None:
    return share(directions.is_in([_UP, _DOWN]).to_numpy())


def _false_alarms(plan: Plan) -> Table:
    runs, found = plan.runs(3_000, 100_000), []
    for expected in (10, 50, 200, 1_000, 5_000):
        for spread in (
            "chance",
            "twice its variance",
            "rates that truly vary by 5 % a year",
            "rates that vary by 5 % and keep 0.7 of it each year",
        ):
            generator = plan.generator("trend", expected, spread)
            size = (runs, YEARS)
            if spread == "twice its variance":
                events = counts(generator, float(expected), size, dispersion=2.0)
            elif spread.endswith("% a year"):
                events = counts(generator, float(expected), size, real_spread=0.05)
            elif spread == "chance":
                events = counts(generator, float(expected), size)
            else:
                drift = np.exp(0.05 * series_with_memory(generator, size, 0.7))
                events = counts(generator, expected * drift, size)
            found.append(((f"{expected:,}", spread), tuple(_moves(_directions(events, name)) for name in _BY_VALUES)))
    return Table(
        "trend-false-alarms",
        ("events a year", "spread"),
        tuple(f"{_MOVES}, {name}" for name in _BY_VALUES),
        tuple(found),
    )


def _power(plan: Plan) -> Table:
    runs, found = plan.runs(2_000, 50_000), []
    for yearly in (2, 5, 10):
        for expected in (20, 100, 500, 2_000, 10_000):
            means = expected * (1.0 + yearly / 100.0) ** np.arange(YEARS)
            words = _directions(
                counts(plan.generator("trend power", yearly, expected), means, (runs, YEARS)), _BY_VALUES[0]
            )
            figures = (share((words == _UP).to_numpy()), share((words == _DOWN).to_numpy()))
            found.append(((f"{yearly} %", f"{expected:,}"), figures))
    heads = ("said to increase", "said to decrease")
    return Table("trend-power", ("true increase a year", "events in the first year"), heads, tuple(found))


def _proportions(plan: Plan) -> Table:
    runs, found = plan.runs(2_000, 50_000), []
    for chance, asked in ((0.1, 200), (0.1, 1_000), (0.1, 10_000), (0.5, 1_000), (0.9, 1_000)):
        for yearly, dispersion in ((0.0, 1.0), (0.0, 2.0), (0.05, 1.0)):
            generator = plan.generator("trend share", chance, asked, yearly, dispersion)
            # less than the whole: 0.9 moves down
            sign = -1.0 if chance > 0.5 else 1.0
            having = np.stack(
                [
                    proportions(generator, chance * (1.0 + sign * yearly) ** year, asked, runs, dispersion=dispersion)
                    for year in range(YEARS)
                ],
                axis=1,
            )
            series = pl.DataFrame(
                {
                    "run": np.repeat(np.arange(runs), YEARS),
                    "year": np.tile(np.arange(YEARS), runs),
                    "numerator": having.ravel(),
                    "denominator": np.full(runs * YEARS, asked),
                }
            ).with_columns(proportion("numerator", "denominator").struct.unnest())
            figures = tuple(
                _moves(recent_trend(series, by="run", order="year", method=method)["direction"])
                for method in ("trend_fingertips_2020", "chi_square_proportions")
            )
            spread = "chance" if dispersion == 1.0 else "twice its variance"
            change = f"{100 * sign * yearly:+.0f} %" if yearly else "none"
            found.append(((f"{100 * chance:g} %", f"{asked:,}", change, spread), figures))
    heads = (f"{_MOVES}, trend_fingertips_2020", f"{_MOVES}, chi_square_proportions")
    return Table("trend-proportions", ("true share", "asked", "true change a year", "spread"), heads, tuple(found))


def _gaps(plan: Plan) -> Table:
    """One year in ten has no figure, any year but the newest; seven years are kept."""
    runs, found, years = plan.runs(2_000, 50_000), [], 7
    for yearly in (0, 10):
        generator = plan.generator("trend gaps", yearly)
        means = 500.0 * (1.0 + yearly / 100.0) ** np.arange(years)
        events = counts(generator, means, (runs, years))
        is_there = generator.uniform(size=(runs, years)) > 0.1
        is_there[:, -1] = True
        for method in _BY_VALUES:
            words = _directions(events, method, is_there)
            figures = (_moves(words), share((words == _UNKNOWN).to_numpy()))
            found.append(((f"{yearly} %", method), figures))
    return Table("trend-missing-years", ("true increase a year", "method"), (_MOVES, "cannot be told"), tuple(found))
