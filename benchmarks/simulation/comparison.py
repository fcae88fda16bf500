"""The first signal: how often a value is flagged that truly equals its benchmark, and one that does not."""

from typing import Final

import numpy as np
import numpy.typing as npt
import polars as pl

from benchmarks.simulation.draws import counts
from benchmarks.simulation.figures import Figure, Table, average, share
from benchmarks.simulation.plan import Plan
from outcomes.statistics import (
    OVERDISPERSION_METHODS,
    absolute_gap,
    compare_beyond_overdispersion,
    compare_with_benchmark,
    crude_rate,
    overdispersed_limits,
    proportion,
    rate_funnel,
)
from outcomes.vocabulary import Polarity, Word

__all__ = ["comparison", "flagged"]

PERSONS: Final = 100_000.0
EXPECTED: Final = (5, 10, 20, 50, 100, 500, 2_000, 10_000)
_MUCH: Final = [Word.MUCH_LOWER.value, Word.MUCH_HIGHER.value]
_HIGHER: Final = [Word.HIGHER.value, Word.MUCH_HIGHER.value]
_LOWER: Final = [Word.LOWER.value, Word.MUCH_LOWER.value]
_AT_95, _AT_99_8 = "flagged (95 %)", "flagged much (99.8 %)"


def comparison(plan: Plan) -> list[Table]:
    """Return the tables of false alarms, of power, of own earlier values, and of areas that differ beyond chance."""
    alone = [_false_alarms(plan), _proportions(plan), _inside(plan), _power(plan), _earlier(plan)]
    return [*alone, _beyond_chance(plan), _few_areas(plan)]


def flagged(estimates: pl.DataFrame, benchmark: npt.ArrayLike) -> pl.Series:
    """Return the words of estimates beside a benchmark, or one each, with no judgement."""
    marks = np.broadcast_to(np.asarray(benchmark, dtype=np.float64), (estimates.height,))
    held = estimates.with_columns(benchmark=pl.Series(marks))
    return held.select(compare_with_benchmark(polarity=Polarity.NO_JUDGEMENT)).to_series()


def _words(events: npt.NDArray[np.int64], benchmark: npt.ArrayLike, persons: float = PERSONS) -> pl.Series:
    """Return the words of crude rates per person-count beside a benchmark on the same scale."""
    drawn = pl.DataFrame({"events": events})
    return flagged(drawn.select(crude_rate("events", pl.lit(persons)).struct.unnest()), benchmark)


def _both(words: pl.Series) -> tuple[Figure | None, Figure | None]:
    return share((words != Word.SIMILAR.value).to_numpy()), share(words.is_in(_MUCH).to_numpy())


def _false_alarms(plan: Plan) -> Table:
    runs, found = plan.runs(10_000, 400_000), []
    settings: tuple[tuple[str, dict[str, float]], ...] = (
        ("chance", {}),
        ("twice its variance", {"dispersion": 2.0}),
        ("rates that truly vary by 5 %", {"real_spread": 0.05}),
        ("rates that truly vary by 10 %", {"real_spread": 0.1}),
    )
    for expected in EXPECTED:
        for spread, terms in settings:
            events = counts(plan.generator("comparison", expected, spread), float(expected), runs, **terms)
            found.append(((f"{expected:,}", spread), _both(_words(events, float(expected)))))
    return Table("comparison-false-alarms", ("events expected", "spread"), (_AT_95, _AT_99_8), tuple(found))


def _proportions(plan: Plan) -> Table:
    runs, found = plan.runs(10_000, 400_000), []
    for chance in (0.01, 0.1, 0.5, 0.9, 0.99):
        for asked in (100, 1_000, 10_000):
            having = plan.generator("comparison share", chance, asked).binomial(asked, chance, runs)
            estimates = pl.DataFrame({"having": having}).select(proportion("having", pl.lit(asked)).struct.unnest())
            words = flagged(estimates, 100.0 * chance)
            found.append(((f"{100 * chance:g} %", f"{asked:,}"), _both(words)))
    return Table("comparison-false-alarms-proportions", ("true share", "asked"), (_AT_95, _AT_99_8), tuple(found))


def _inside(plan: Plan) -> Table:
    """An area that is part of what it is compared with pulls the benchmark towards itself."""
    runs, found = plan.runs(10_000, 200_000), []
    for expected in (20, 100, 500):
        for part in (0.01, 0.1, 0.3):
            generator = plan.generator("inside", expected, part)
            rest = counts(generator, expected * (1.0 - part) / part, runs)
            figures: list[Figure | None] = []
            for ratio in (1.0, 1.2):
                events = counts(generator, expected * ratio, runs)
                whole = (events + rest) * part
                figures += [
                    share((_words(events, whole) != Word.SIMILAR.value).to_numpy()),
                    # beside the rest alone
                    share((_words(events, rest * part / (1.0 - part)) != Word.SIMILAR.value).to_numpy()),
                ]
            found.append(((f"{expected:,}", f"{100 * part:g} %"), tuple(figures)))
    heads = (
        "equal, held against the whole: flagged",
        "equal, held against the rest: flagged",
        "20 % higher, against the whole: flagged",
        "20 % higher, against the rest: flagged",
    )
    return Table("comparison-part-of-benchmark", ("events expected", "area's share of the whole"), heads, tuple(found))


def _power(plan: Plan) -> Table:
    runs, found = plan.runs(5_000, 100_000), []
    for ratio in (1.1, 1.2, 1.5, 2.0):
        for expected in (10, 20, 50, 100, 500, 2_000):
            events = counts(plan.generator("power", ratio, expected), expected * ratio, runs)
            words = _words(events, float(expected))
            found.append(
                (
                    (f"{ratio:g} times", f"{expected:,}"),
                    (
                        share(words.is_in(_HIGHER).to_numpy()),
                        share((words == Word.MUCH_HIGHER.value).to_numpy()),
                        share(words.is_in(_LOWER).to_numpy()),
                    ),
                )
            )
    heads = ("said to be higher", "said to be much higher", "said to be lower")
    return Table("comparison-power", ("truly", "events expected at the benchmark"), heads, tuple(found))


def _earlier(plan: Plan) -> Table:
    """A value held against the area's own of an earlier period, by the interval of the difference."""
    runs, found = plan.runs(5_000, 100_000), []
    for expected in (10, 50, 200, 1_000):
        for change, spread, terms in (
            ("none", "chance", {}),
            ("none", "twice its variance", {"dispersion": 2.0}),
            ("up by 20 %", "chance", {}),
        ):
            generator = plan.generator("earlier", expected, change, spread)
            periods = pl.DataFrame({"benchmark": np.zeros(runs)})
            # the later value stands where the most deprived group's does, the earlier where the least deprived one's
            for name, ratio in (("most_deprived", 1.2 if change != "none" else 1.0), ("least_deprived", 1.0)):
                events = pl.DataFrame({"events": counts(generator, expected * ratio, runs, **terms)})
                rates = events.select(crude_rate("events", pl.lit(PERSONS)).struct.unnest())
                names = {column: f"{name}_{column}" for column in rates.columns}
                periods = periods.hstack(rates.rename(names).drop(f"{name}_reason", f"{name}_detail"))
            found.append(
                ((f"{expected:,}", change, spread), _both(flagged(periods.select(absolute_gap().struct.unnest()), 0.0)))
            )
    return Table(
        "comparison-own-earlier", ("events expected", "true change", "spread"), (_AT_95, _AT_99_8), tuple(found)
    )


def _beyond_chance(plan: Plan) -> Table:
    """A hundred areas that vary a little around one benchmark; the largest of them is half as high again."""
    pages, areas, found = plan.runs(40, 2_000), 100, []
    sizes = np.geomspace(20.0, 2_000.0, areas)
    for spread, terms in (("chance", {}), ("rates that truly vary by 10 %", {"real_spread": 0.1})):
        means = np.broadcast_to(sizes, (pages, areas)).copy()
        means[:, -1] *= 1.5
        events = counts(plan.generator("beyond chance", spread), means, (pages, areas), **terms)
        rows = pl.DataFrame(
            {
                "page": np.repeat(np.arange(pages), areas),
                "events": events.ravel(),
                "persons": np.tile(sizes * 1_000.0, pages),
                # what was expected of each is the benchmark
                "benchmark": np.full(pages * areas, 100.0),
            }
        ).with_columns(crude_rate("events", "persons").struct.unnest())
        told = rows.with_columns(compare_with_benchmark(polarity=Polarity.NO_JUDGEMENT).alias("word"))
        found.append(((spread, "the value's own interval"), _shares(told["word"], pages, areas)))
        for method in reversed(OVERDISPERSION_METHODS):
            found.append(((spread, f"and limits by {method}"), _shares(_allowing(rows, method), pages, areas)))
    heads = (
        "ordinary areas flagged",
        "flagged much",
        "of the largest quarter flagged",
        "the one half as high again flagged",
    )
    return Table("comparison-beyond-chance", ("spread", "judged by"), heads, tuple(found))


def _allowing(rows: pl.DataFrame, method: str) -> pl.Series:
    """Return the words of rates by limits that leave room for how the areas of their page differ."""
    spread_of = rate_funnel(
        rows.select("page", "events", "persons"),
        numerator="events",
        denominator="persons",
        by="page",
        method=method,
    ).select("overdispersion", "variance_between")
    limits = overdispersed_limits("benchmark", "persons", is_proportion=False, method=method, multiplier=100_000.0)
    held = rows.hstack(spread_of).with_columns(limits.struct.unnest())
    return held.select(compare_beyond_overdispersion(polarity=Polarity.NO_JUDGEMENT)).to_series()


def _few_areas(plan: Plan) -> Table:
    """Ordinary areas of 500 events and more, whose rates truly vary by 10 %: how many are flagged among so many."""
    found = []
    for areas in (10, 20, 50, 150):
        pages = plan.runs(4_000, 200_000) // areas
        for kind, sizes in (("500 events", np.full(areas, 500.0)), ("500 to 20,000", np.geomspace(500, 20_000, areas))):
            generator = plan.generator("few areas", areas, kind)
            events = counts(generator, np.broadcast_to(sizes, (pages, areas)), (pages, areas), real_spread=0.1)
            rows = pl.DataFrame(
                {
                    "page": np.repeat(np.arange(pages), areas),
                    "events": events.ravel(),
                    "persons": np.tile(sizes * 1_000.0, pages),
                    "benchmark": np.full(pages * areas, 100.0),
                }
            ).with_columns(crude_rate("events", "persons").struct.unnest())
            words = [rows.select(compare_with_benchmark(polarity=Polarity.NO_JUDGEMENT)).to_series()]
            words += [_allowing(rows, method) for method in reversed(OVERDISPERSION_METHODS)]
            flags = [(told != Word.SIMILAR.value).to_numpy().reshape(pages, areas) for told in words]
            found.append(((str(areas), kind), tuple(average(100.0 * marks.mean(axis=1)) for marks in flags)))
    heads = ("the value's own interval", *(f"and limits by {method}" for method in reversed(OVERDISPERSION_METHODS)))
    return Table("comparison-beyond-chance-few-areas", ("areas", "events expected in each"), heads, tuple(found))


def _shares(words: pl.Series, pages: int, areas: int) -> tuple[Figure | None, ...]:
    """Return the shares of ordinary areas flagged, page by page, and how often the last area is."""
    is_flagged = (words != Word.SIMILAR.value).to_numpy().reshape(pages, areas)
    is_much = words.is_in(_MUCH).to_numpy().reshape(pages, areas)
    ordinary = slice(0, areas - 1)
    by_page = (is_flagged[:, ordinary], is_much[:, ordinary], is_flagged[:, areas * 3 // 4 : areas - 1])
    return (*(average(100.0 * marks.mean(axis=1)) for marks in by_page), share(is_flagged[:, -1]))
