"""One function a golden file: computes what the file holds by the library and pairs the cells."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import polars as pl

from outcomes import statistics
from outcomes.vocabulary import Polarity, Reason
from tests.reference.funnel_checks import FUNNEL_CHECKS
from tests.reference.golden import Cell, cells_of, read_golden
from tests.reference.inequality_checks import INEQUALITY_CHECKS
from tests.reference.special_cause import check_spc_points, check_spc_series
from tests.reference.standardised_checks import STANDARDISED_CHECKS, STANDARDISED_INPUTS

__all__ = ["CHECKS", "INPUTS", "NOT_THERE_YET"]

LIMITS = {
    "lower95_0cl": "lower_ci_95",
    "upper95_0cl": "upper_ci_95",
    "lower99_8cl": "lower_ci_99_8",
    "upper99_8cl": "upper_ci_99_8",
}
ESTIMATE = {"value": "value", **LIMITS}


def check_proportions(folder: Path) -> Iterator[Cell]:
    golden = read_golden(folder, "proportions.csv")
    found = golden.select(statistics.proportion("x", "n", multiplier="multiplier").struct.unnest())
    yield from cells_of("proportions.csv", golden["case_id"], ESTIMATE, golden, found)


def check_proportions_grouped(folder: Path) -> Iterator[Cell]:
    file = "proportions_grouped.csv"
    golden = read_golden(folder, file).sort("group")
    rows = read_golden(folder, "proportions_grouped_input.csv")
    # strict sums: one missing part makes the whole missing
    sums = (
        rows.group_by("group")
        .agg(
            pl.when(pl.col(name).is_null().any()).then(None).otherwise(pl.col(name).sum()).alias(name)
            for name in ("x", "n")
        )
        .sort("group")
    )
    assert sums["group"].equals(golden["group"]), f"{file}: the groups do not match"
    yield from cells_of(file, golden["group"], {"x": "x", "n": "n"}, golden, sums)
    percentages = sums.select(statistics.proportion("x", "n").struct.unnest())
    rates = sums.select(statistics.crude_rate("x", "n", multiplier=1000).struct.unnest())
    for prefix, found in (("pct_", percentages), ("rate_", rates)):
        columns = {f"{prefix}{name}": own for name, own in ESTIMATE.items()}
        yield from cells_of(file, golden["group"], columns, golden, found)
    yield from cells_of(file, golden["group"], {"rate_method": "method"}, golden, _branch_taken(sums))


def check_rates(folder: Path) -> Iterator[Cell]:
    golden = read_golden(folder, "rates.csv")
    found = golden.select(statistics.crude_rate("x", "n", multiplier="multiplier").struct.unnest())
    yield from cells_of("rates.csv", golden["case_id"], ESTIMATE, golden, found)
    yield from cells_of("rates.csv", golden["case_id"], {"method": "method"}, golden, _branch_taken(golden))


def _branch_taken(counts: pl.DataFrame) -> pl.DataFrame:
    """Return which limits each count got, told by the limits themselves."""
    default, plain = (
        statistics.count("x", method=method).struct.field("upper_ci_95") for method in ("exact_or_byar", "byar")
    )
    return counts.select(
        pl.when(default == plain).then(pl.lit("Byars")).when(default != plain).then(pl.lit("Exact")).alias("method")
    )


def check_means(folder: Path) -> Iterator[Cell]:
    golden = read_golden(folder, "means.csv").sort("case_id")
    found = statistics.mean_of_values(read_golden(folder, "means_input.csv"), value="x", by="case_id")
    assert found["case_id"].equals(golden["case_id"]), "means.csv: the cases do not match"
    columns = {"value_sum": "numerator", "value_count": "denominator", "stdev": "standard_deviation", **ESTIMATE}
    yield from cells_of("means.csv", golden["case_id"], columns, golden, found)


def check_dsr(folder: Path) -> Iterator[Cell]:
    golden = read_golden(folder, "dsr.csv")
    strata = read_golden(folder, "dsr_input.csv")
    columns = {"total_count": "numerator", "total_pop": "denominator", "vardsr": "variance", **ESTIMATE}
    for (multiplier,), cases in golden.sort("case_id").group_by("multiplier", maintain_order=True):
        assert isinstance(multiplier, int | float)
        found = statistics.directly_standardised_rate(
            strata.join(cases, on="case_id", how="semi"),
            numerator="x",
            denominator="n",
            standard_population="stdpop",
            by="case_id",
            multiplier=multiplier,
            # the golden values count a missing number of events as none; the library's own rule is to refuse
            missing_events="zero",
            stratum="ageband",
        )
        assert found["case_id"].equals(cases["case_id"]), "dsr.csv: the cases do not match"
        yield from cells_of("dsr.csv", cases["case_id"], columns, cases, found)
        yield from cells_of(
            "dsr.csv",
            cases["case_id"],
            {"suppressed": "suppressed"},
            cases,
            found.select((pl.col("detail") == "too few events").fill_null(value=False).alias("suppressed")),
        )


def check_comparisons(folder: Path) -> Iterator[Cell]:
    file = "comparisons.csv"
    golden = read_golden(folder, file)
    estimates = golden.select(statistics.proportion("x", "n").struct.unnest())
    yield from cells_of(file, golden["case_id"], ESTIMATE, golden, estimates)

    # the words are judged on the golden limits: some benchmarks lie on a limit to the last bit
    def words(level: str, polarity: pl.Expr | Polarity, outer: str | None = None) -> pl.Expr:
        return statistics.compare_with_benchmark(
            benchmark="benchmark",
            polarity=polarity,
            lower_ci_95=f"lower{level}cl",
            upper_ci_95=f"upper{level}cl",
            lower_ci_99_8=None if outer is None else f"lower{outer}cl",
            upper_ci_99_8=None if outer is None else f"upper{outer}cl",
        )

    stated = pl.col("polarity").replace("none", Polarity.NO_JUDGEMENT.value)
    # the golden file writes "much better" as better_99.8 and "better" as better_95
    five_level = (
        words("95_0", stated, "99_8")
        .str.replace(r"^much (\w+)$", "${1}_99.8")
        .str.replace(r"^(better|worse|higher|lower)$", "${1}_95")
    )
    found = golden.select(
        words("95_0", Polarity.NO_JUDGEMENT).alias("position_95"),
        words("99_8", Polarity.NO_JUDGEMENT).alias("position_99_8"),
        words("95_0", stated).alias("category_95"),
        words("99_8", stated).alias("category_99_8"),
        five_level.alias("five_level"),
    )
    yield from cells_of(file, golden["case_id"], {name: name for name in found.columns}, golden, found)


def check_rejections(folder: Path) -> Iterator[Cell]:
    golden = read_golden(folder, "rejections.csv")
    for row in golden.iter_rows(named=True):
        case = f"{row['statistic']}/{row['scenario']}"
        found = _scenario(row["statistic"], row["scenario"], row["x"], row["n"])
        outcome = "error" if found.reason == Reason.CANNOT_BE_CALCULATED else "ok"
        if row["statistic"] == "dsr" and found.reason == Reason.MISSING:
            # R stops where a population or a standard population is missing; here the row is refused as missing
            outcome = "error"
        yield Cell("rejections.csv", case, "r_outcome", row["r_outcome"], outcome)
        yield Cell("rejections.csv", case, "value", row["value"], found.value)
        yield Cell("rejections.csv", case, "lower95_0cl", row["lower95_0cl"], found.lower)
        yield Cell("rejections.csv", case, "upper95_0cl", row["upper95_0cl"], found.upper)


class ScenarioOutcome(NamedTuple):
    """What the library makes of one scenario."""

    value: float | None
    lower: float | None
    upper: float | None
    reason: str | None


def _scenario(statistic: str, scenario: str, x: float | None, n: float | None) -> ScenarioOutcome:
    confidence = [0.95]
    if scenario.startswith("confidence_"):
        confidence = [float(scenario.removeprefix("confidence_"))]
    one = pl.DataFrame({"x": [x], "n": [n]}, schema={"x": pl.Float64, "n": pl.Float64})
    try:
        if statistic == "proportion":
            estimate = statistics.proportion("x", "n", multiplier=1, confidence=confidence)
            table = one.select(estimate.struct.unnest())
        elif statistic == "rate":
            estimate = statistics.crude_rate("x", "n", multiplier=100_000, confidence=confidence)
            table = one.select(estimate.struct.unnest())
        else:
            table = _scenario_of_strata(scenario, x, n)
    except ValueError:
        return ScenarioOutcome(None, None, None, Reason.CANNOT_BE_CALCULATED.value)
    lower, upper = (name for name in table.columns if name.startswith(("lower_ci", "upper_ci")))
    row = table.row(0, named=True)
    return ScenarioOutcome(row["value"], row[lower], row[upper], row["reason"])


def _scenario_of_strata(scenario: str, x: float | None, n: float | None) -> pl.DataFrame:
    """Return the rate of nineteen age bands of 5 events in 1,000 persons, of which the first is the scenario's."""
    standard = statistics.european_standard_population_2013()
    weights: list[float | None] = [float(weight) for weight in standard["standard_population"]]
    if "standard_population" in scenario:
        weights[0] = {"missing": None, "negative": -1.0, "zero": 0.0}[scenario.split("_", 1)[0]]
    strata = pl.DataFrame(
        {
            "age_band": standard["age_band"],
            "x": pl.Series([x] + [5.0] * 18, dtype=pl.Float64),
            "n": pl.Series([n] + [1000.0] * 18, dtype=pl.Float64),
            "weight": pl.Series(weights, dtype=pl.Float64),
        }
    )
    return statistics.directly_standardised_rate(
        strata.with_columns(pl.lit("one").alias("area_code")),
        numerator="x",
        denominator="n",
        standard_population="weight",
        by="area_code",
        missing_events="zero",
        stratum="age_band",
        strata_expected=19,
        confidence=[0.95],
    )


CHECKS: dict[str, Callable[[Path], Iterator[Cell]]] = {
    **STANDARDISED_CHECKS,
    "comparisons.csv": check_comparisons,
    "dsr.csv": check_dsr,
    **FUNNEL_CHECKS,
    **INEQUALITY_CHECKS,
    "means.csv": check_means,
    "proportions.csv": check_proportions,
    "proportions_grouped.csv": check_proportions_grouped,
    "rates.csv": check_rates,
    "rejections.csv": check_rejections,
    "spc_points.csv": check_spc_points,
    "spc_series.csv": check_spc_series,
}
"""The golden files that the library is held against."""

INPUTS = STANDARDISED_INPUTS | frozenset(
    {"dsr_input.csv", "means_input.csv", "proportions_grouped_input.csv", "sii_input.csv", "spc_input.csv"}
)
"""Files that feed the checks and hold no golden value."""

NOT_THERE_YET: dict[str, str] = {}
"""Golden files and their inputs whose method the library does not have yet."""
