"""Coverage of the intervals of counts, crude rates and proportions: by chance alone, and with more spread than that."""

import polars as pl

from benchmarks.simulation.coverage import COVERAGE, covered
from benchmarks.simulation.draws import counts, proportions
from benchmarks.simulation.figures import Table
from benchmarks.simulation.plan import Plan
from outcomes.statistics import crude_rate, proportion

__all__ = ["coverage_of_counts"]

EXPECTED = (0.5, 2, 5, 10, 20, 50, 100, 1000)
SHARES = (0.01, 0.1, 0.5, 0.9, 0.99)
ASKED = (20, 100, 1_000, 10_000)
PERSONS = 100_000
SPREADS = (
    ("twice the variance of chance", {"dispersion": 2.0}),
    ("rates that truly vary by 10 %", {"real_spread": 0.1}),
)


def coverage_of_counts(plan: Plan) -> list[Table]:
    """Return the tables of counts and of proportions."""
    runs = plan.runs(20_000, 400_000)
    rates, spread, people, clustered = [], [], [], []
    for expected in EXPECTED:
        drawn = pl.DataFrame({"events": counts(plan.generator("rate", expected), expected, runs)})
        # the methods differ where counts are small
        for method in ("exact_or_byar", "byar", "exact") if expected <= 20 else ("exact_or_byar",):
            found = drawn.select(crude_rate("events", pl.lit(PERSONS), method=method).struct.unnest())
            rates.append(((f"{expected:g}", method), covered(found, float(expected))))
        for name, terms in SPREADS:
            more = counts(plan.generator("rate", expected, name), expected, runs, **terms)
            found = pl.DataFrame({"events": more}).select(crude_rate("events", pl.lit(PERSONS)).struct.unnest())
            spread.append(((f"{expected:g}", name), covered(found, float(expected))))
    for chance in SHARES:
        for asked in ASKED:
            drawn = pl.DataFrame({"having": proportions(plan.generator("share", chance, asked), chance, asked, runs)})
            found = drawn.select(proportion("having", pl.lit(asked)).struct.unnest())
            people.append(((f"{100 * chance:g} %", f"{asked:,}"), covered(found, 100.0 * chance)))
    for chance in (0.1, 0.5):
        for asked in ASKED:
            more = proportions(plan.generator("clusters", chance, asked), chance, asked, runs, dispersion=2.0)
            drawn = pl.DataFrame({"having": more, "asked": [asked] * runs})
            for effect in (1.0, 2.0):
                # as an indicator with a design effect is estimated
                found = drawn.select(proportion(pl.col("having") / effect, pl.col("asked") / effect).struct.unnest())
                label = "none" if effect == 1.0 else f"{effect:g}"
                clustered.append(((f"{100 * chance:g} %", f"{asked:,}", label), covered(found, 100.0 * chance)))
    return [
        Table("coverage-rates", ("events expected", "method"), COVERAGE, tuple(rates)),
        Table("coverage-rates-overdispersed", ("events expected", "spread"), COVERAGE, tuple(spread)),
        Table("coverage-proportions", ("true share", "asked"), COVERAGE, tuple(people)),
        Table(
            "coverage-proportions-overdispersed", ("true share", "asked", "design effect"), COVERAGE, tuple(clustered)
        ),
    ]
