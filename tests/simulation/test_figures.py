"""The machinery of the simulation: streams, errors, tables, and coverage held against exact sums."""

import subprocess
import sys
from pathlib import Path

import numpy as np
import polars as pl
import pytest
from benchmarks.simulation.coverage import covered
from benchmarks.simulation.draws import counts, proportions, seasonal, series_with_memory
from benchmarks.simulation.figures import Figure, Table, share
from benchmarks.simulation.page import table_from_json, with_tables
from benchmarks.simulation.plan import Plan
from scipy import stats

from outcomes.statistics import crude_rate, proportion

_PRINTED = """
from benchmarks.simulation.coverage_of_standardised import coverage_of_standardised
from benchmarks.simulation.plan import Plan
from benchmarks.simulation.target import target
print([table.as_json() for of in (coverage_of_standardised, target) for table in of(Plan({seed}))])
"""


def _exact(chances: np.ndarray, estimates: pl.DataFrame, truth: float) -> float:
    """Return the exact coverage in per cent: the chances of all counts whose interval holds the truth."""
    lower, upper = estimates["lower_ci_95"].to_numpy(), estimates["upper_ci_95"].to_numpy()
    return 100.0 * float(chances[(lower <= truth) & (truth <= upper)].sum())


@pytest.mark.parametrize(("chance", "asked"), [(0.01, 20), (0.1, 100), (0.5, 1_000), (0.99, 100)])
def test_simulated_coverage_of_a_proportion_is_the_exact_one(chance: float, asked: int) -> None:
    having = pl.DataFrame({"having": np.arange(asked + 1)})
    each = having.select(proportion("having", pl.lit(asked)).struct.unnest())
    exact = _exact(stats.binom.pmf(np.arange(asked + 1), asked, chance), each, 100.0 * chance)
    drawn = proportions(Plan(7).generator("exact", chance, asked), chance, asked, 100_000)
    found = covered(pl.DataFrame({"x": drawn}).select(proportion("x", pl.lit(asked)).struct.unnest()), 100.0 * chance)
    assert found[0] is not None
    assert found[0].estimate == pytest.approx(exact, abs=4.0 * found[0].error)


@pytest.mark.parametrize("dispersion", [1.0, 2.0])
@pytest.mark.parametrize("expected", [0.5, 5.0, 100.0])
def test_simulated_coverage_of_a_rate_is_the_exact_one(expected: float, dispersion: float) -> None:
    possible = np.arange(1_000)
    each = pl.DataFrame({"x": possible}).select(crude_rate("x", pl.lit(100_000)).struct.unnest())
    chances = (
        stats.poisson.pmf(possible, expected)
        if dispersion == 1.0
        else stats.nbinom.pmf(possible, expected / (dispersion - 1.0), 1.0 / dispersion)
    )
    exact = _exact(chances, each, expected)
    drawn = counts(Plan(7).generator("exact rate", expected, dispersion), expected, 100_000, dispersion=dispersion)
    found = covered(pl.DataFrame({"x": drawn}).select(crude_rate("x", pl.lit(100_000)).struct.unnest()), expected)
    assert found[0] is not None
    assert found[0].estimate == pytest.approx(exact, abs=4.0 * found[0].error)


def test_draws_have_the_spread_and_the_memory_that_they_are_asked_for() -> None:
    generator = Plan(7).generator("draws")
    twice = counts(generator, 50.0, 100_000, dispersion=2.0)
    assert (twice.mean(), twice.var()) == (pytest.approx(50.0, rel=0.01), pytest.approx(100.0, rel=0.03))
    # chance's own variance, and that of the rates
    varying = counts(generator, 100.0, 100_000, real_spread=0.1)
    assert varying.var() == pytest.approx(100.0 + 100.0, rel=0.03)
    clustered = proportions(generator, 0.1, 200, 100_000, dispersion=2.0)
    assert clustered.var() == pytest.approx(2.0 * 200 * 0.09, rel=0.03)
    remembering = series_with_memory(generator, (20_000, 12), 0.5)
    assert remembering.std() == pytest.approx(1.0, rel=0.02)
    assert np.corrcoef(remembering[:, 5], remembering[:, 6])[0, 1] == pytest.approx(0.5, abs=0.03)
    # a sine of height 2 adds a variance of 2
    assert seasonal(generator, (20_000, 12), 2.0).var() == pytest.approx(3.0, rel=0.03)


@pytest.mark.slow
def test_the_same_seed_gives_the_same_figures_with_any_number_of_threads_and_another_seed_others() -> None:
    root = Path(__file__).parents[2]
    said = [
        subprocess.run(
            [sys.executable, "-c", _PRINTED.format(seed=seed)],
            cwd=root,
            env={"POLARS_MAX_THREADS": threads, "PATH": "", "PYTHONPATH": f"{root}{':'}{root / 'src'}"},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed, threads in ((3, "1"), (3, "2"), (4, "2"))
    ]
    assert said[0] == said[1]
    assert said[1] != said[2]


def test_a_page_keeps_its_prose_and_takes_the_tables_between_its_markers() -> None:
    table = Table("flags", ("chart",), ("flagged",), ((("normal",), (share([True, False]),)), (("none",), (None,))))
    page = "Before.\n<!-- table flags -->\nold\n<!-- end of table -->\nAfter.\n"
    written = with_tables(page, [table])
    assert written.startswith("Before.\n") and written.endswith("After.\n") and "old" not in written
    assert "| none | – |" in written
    assert with_tables(written, [table]) == written
    with pytest.raises(ValueError, match="found places for flags, expected each once of flags, more"):
        with_tables(page, [table, Table("more", (), (), ())])


def test_a_table_comes_back_from_json_and_tells_its_figures_by_name() -> None:
    table = Table("t", ("a", "b"), ("one", "two"), ((("x", "y"), (Figure(5.0, 0.25), None)),))
    again = table_from_json("t", table.as_json())
    assert again == table
    assert again.figure("one", "x", "y") == Figure(5.0, 0.25)
    with pytest.raises(LookupError, match="found no row"):
        again.figure("two", "x", "y")
