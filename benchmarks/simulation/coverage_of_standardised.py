"""Coverage of the intervals of standardised rates and ratios, and of rates of repeat events."""

from typing import Final

import numpy as np
import numpy.typing as npt
import polars as pl

from benchmarks.simulation.coverage import COVERAGE, GIVEN, covered, given
from benchmarks.simulation.draws import counts
from benchmarks.simulation.figures import Row, Table
from benchmarks.simulation.plan import Plan
from outcomes.statistics import (
    directly_standardised_rate,
    directly_standardised_rate_of_repeat_events,
    european_standard_population_2013,
    indirectly_standardised_ratio,
)

__all__ = ["coverage_of_standardised"]

PER: Final = 100_000.0
BANDS: Final = 19
# residents of the 19 age bands 0-4 … 90+, of 100,000 in all
RESIDENTS: Final = np.array(
    [5400, 5900, 6000, 5600, 6000, 6600, 7000, 6900, 6500, 6100, 6700, 6900, 6200, 5200, 4900, 3800, 2500, 1500, 300.0]
)
# how many times as common from one band to the next, and what such a measure is like
SHAPES: Final = (
    ("alike at all ages", 1.0),
    ("1.3 times as common each band", 1.3),
    ("twice as common each band, nearly all in the last five", 2.0),
)
# of persons with an event: how many events each had, and how many in a hundred had so many
EACH: Final = np.array([1, 2, 3, 6])
SHARE_OF_PERSONS: Final = np.array([0.7, 0.15, 0.1, 0.05])


def coverage_of_standardised(plan: Plan) -> list[Table]:
    """Return the tables of directly standardised rates, of repeat events and of indirectly standardised ratios."""
    return [
        Table("coverage-standardised", ("events expected", "by age", "spread"), (GIVEN, *COVERAGE), _direct(plan)),
        Table("coverage-repeat-events", ("persons expected", "method"), (GIVEN, *COVERAGE), _repeat(plan)),
        Table("coverage-ratios", ("events expected", "true ratio", "reference"), COVERAGE, _indirect(plan)),
    ]


def _expected(total: float, steepness: float) -> npt.NDArray[np.float64]:
    weights = RESIDENTS * steepness ** np.arange(BANDS)
    return np.asarray(total * weights / weights.sum(), dtype=np.float64)


def _strata(runs: int, copies: int = 1) -> pl.DataFrame:
    """Return the strata of so many areas, each band so many times."""
    weights = european_standard_population_2013().select(pl.last()).to_series().to_numpy().astype(np.float64)
    return pl.DataFrame(
        {
            "run": np.repeat(np.arange(runs), BANDS * copies),
            "band": np.tile(np.repeat([f"{band:02}" for band in range(BANDS)], copies), runs),
            "persons": np.tile(np.repeat(RESIDENTS, copies), runs),
            "weight": np.tile(np.repeat(weights, copies), runs),
        }
    )


def _true_rate(expected: npt.NDArray[np.float64]) -> float:
    weights = _strata(1)["weight"].to_numpy()
    return float(PER * (weights * expected / RESIDENTS).sum() / weights.sum())


def _direct(plan: Plan) -> tuple[Row, ...]:
    runs, found = plan.runs(1_500, 60_000), []
    strata = _strata(runs)
    for total in (15, 50, 200, 1_000):
        for shape, steepness in SHAPES:
            expected = _expected(total, steepness)
            for spread, dispersion in (("chance", 1.0), ("twice its variance", 2.0)):
                if dispersion > 1.0 and steepness != 1.3:
                    continue
                generator = plan.generator("direct", total, shape, spread)
                drawn = counts(generator, expected, (runs, BANDS), dispersion=dispersion).ravel()
                rates = directly_standardised_rate(
                    strata.with_columns(events=pl.Series(drawn)),
                    numerator="events",
                    denominator="persons",
                    standard_population="weight",
                    by="run",
                    stratum="band",
                    strata_expected=BANDS,
                )
                figures = (given(rates), *covered(rates, _true_rate(expected)))
                found.append(((f"{total:,}", shape, spread), figures))
    return tuple(found)


def _repeat(plan: Plan) -> tuple[Row, ...]:
    runs, found = plan.runs(700, 20_000), []
    strata = _strata(runs, len(EACH)).with_columns(each=pl.Series(np.tile(EACH, runs * BANDS)))
    for total in (20, 100, 500):
        persons = _expected(total, 1.3)
        generator = plan.generator("repeat", total)
        drawn = generator.poisson(np.outer(persons, SHARE_OF_PERSONS), (runs, BANDS, len(EACH))).ravel()
        rows = strata.with_columns(people=pl.Series(drawn))
        truth = _true_rate(persons * float((EACH * SHARE_OF_PERSONS).sum()))
        widened = directly_standardised_rate_of_repeat_events(
            rows,
            persons="people",
            events_each="each",
            denominator="persons",
            standard_population="weight",
            stratum="band",
            by="run",
        )
        events = rows.group_by("run", "band", maintain_order=True).agg(
            (pl.col("people") * pl.col("each")).sum().alias("events"), pl.col("persons", "weight").first()
        )
        plain = directly_standardised_rate(
            events, numerator="events", denominator="persons", standard_population="weight", by="run"
        )
        for method, rates in (("dobson_byar_repeat_events", widened), ("dobson_byar, of the events", plain)):
            found.append(((f"{total:,}", method), (given(rates), *covered(rates, truth))))
    return tuple(found)


def _indirect(plan: Plan) -> tuple[Row, ...]:
    runs, found = plan.runs(4_000, 200_000), []
    for total in (5, 20, 100, 1_000):
        for ratio in (1.0, 1.5):
            for reference, times in (("known", 0), ("ten areas as large", 10)):
                generator = plan.generator("indirect", total, ratio, reference)
                expected = total / ratio
                events = counts(generator, float(total), runs)
                # a known reference is one of so many events that none of them is missed
                in_reference = counts(generator, expected * times, runs) if times else np.full(runs, expected * 1e6)
                areas = pl.DataFrame(
                    {
                        "run": np.arange(runs),
                        "events": events,
                        "persons": np.full(runs, PER),
                        "events_there": in_reference.astype(np.float64),
                        "persons_there": np.full(runs, PER * (times or 1e6)),
                    }
                )
                ratios = indirectly_standardised_ratio(
                    areas,
                    numerator="events",
                    denominator="persons",
                    reference_numerator="events_there",
                    reference_denominator="persons_there",
                    by="run",
                )
                found.append(((f"{total:,}", f"{ratio:g}", reference), covered(ratios, 100.0 * ratio)))
    return tuple(found)
