"""The golden file of slope indices: computes what it holds by the library and pairs the cells."""

import math
from collections.abc import Callable, Iterator
from pathlib import Path

import polars as pl

from outcomes import statistics
from tests.reference.golden import Cell, read_golden

__all__ = ["INEQUALITY_CHECKS"]

EXACT = 1e-9
SCALES = {0: "own", 1: "log", 2: "logit"}
DRAWS = 100_000
# four Monte-Carlo standard errors of a percentile of 100,000 draws, in standard deviations of what is drawn
ERRORS = {"95_0": 0.034, "99_8": 0.12}
# the golden limits are the mean of two runs, and this is one more
RUNS = math.sqrt(1 / 2 + 1)


def check_sii(folder: Path) -> Iterator[Cell]:
    file = "sii.csv"
    groups = read_golden(folder, "sii_input.csv")
    for case in read_golden(folder, file).iter_rows(named=True):
        name = case["case_id"]
        found = statistics.slope_index_of_inequality(
            groups.filter(pl.col("case_id") == name),
            by="case_id",
            group="quantile",
            population="population",
            lower_ci_95="lower_cl",
            upper_ci_95="upper_cl",
            standard_error="se" if case["value_type"] == 0 and not case["transform"] else None,
            scale=SCALES[case["value_type"]],
            is_fitted_on_scale=case["transform"],
            multiplier=case["multiplier"],
            method="slope_index_simulated",
            draws=DRAWS,
            seed=2004,
        ).row(0, named=True)
        # the golden intercept carries the multiplier where the line is fitted on a scale, and not elsewhere
        intercept = found["intercept"] * (abs(case["multiplier"]) if case["transform"] else 1)
        yield Cell(file, name, "sii", case["sii"], found["slope_index"], EXACT)
        yield Cell(file, name, "rii", case["rii"], found["relative_index"], EXACT)
        yield Cell(file, name, "intercept", case["intercept"], intercept, EXACT)
        for golden_index, own_index in (("sii", "slope_index"), ("rii", "relative_index")):
            deviation = (case[f"{golden_index}_upper95_0cl"] - case[f"{golden_index}_lower95_0cl"]) / 3.92
            for label, error in ERRORS.items():
                for side in ("lower", "upper"):
                    column = f"{golden_index}_{side}{label}cl"
                    own = found[f"{own_index}_{side}_ci_{label.removesuffix('_0')}"]
                    tolerance = error * RUNS * deviation / abs(case[column])
                    yield Cell(file, name, column, case[column], own, tolerance)


INEQUALITY_CHECKS: dict[str, Callable[[Path], Iterator[Cell]]] = {"sii.csv": check_sii}
"""The golden files of inequality that the library is held against."""
