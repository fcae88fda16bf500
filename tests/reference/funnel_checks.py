"""The golden files of funnels: computes what each holds by the library and pairs the cells."""

from collections.abc import Callable, Iterator
from pathlib import Path

import polars as pl

from outcomes import statistics
from tests.reference.golden import Cell, cells_of, read_golden

__all__ = ["FUNNEL_CHECKS"]

# plotted limits were found by bisection: the README compares them at this
PLOTTED = 1e-5
LEVELS = {"2s": "95", "3s": "99_8"}
SIDES = ("lower", "upper")
SIGNIFICANCE = {
    "much lower": "Low (0.001)",
    "lower": "Low (0.025)",
    "similar": "Not significant",
    "higher": "High (0.025)",
    "much higher": "High (0.001)",
    "not compared": "Not applicable for events less than 10 for dsrs",
}


def significance(funnel: pl.DataFrame) -> pl.DataFrame:
    return funnel.select(pl.col("position").replace_strict(SIGNIFICANCE).alias("significance"))


def check_funnel_proportion(folder: Path) -> Iterator[Cell]:
    file = "funnel_proportion.csv"
    golden = read_golden(folder, file)
    for (multiplier,), cases in golden.group_by("multiplier", maintain_order=True):
        assert isinstance(multiplier, int)
        found = statistics.proportion_funnel(cases, numerator="x", denominator="n", by="case_id", multiplier=multiplier)
        names = cases["case_id"] + "/" + cases["area"]
        yield from cells_of(file, names, {"significance": "significance"}, cases, significance(found))


def check_funnel_proportion_limits(folder: Path) -> Iterator[Cell]:
    file = "funnel_proportion_limits.csv"
    golden = read_golden(folder, file)
    points = read_golden(folder, "funnel_proportion.csv")
    for (multiplier,), cases in points.group_by("multiplier", maintain_order=True):
        assert isinstance(multiplier, int)
        averages = (
            statistics.proportion_funnel(cases, numerator="x", denominator="n", by="case_id", multiplier=multiplier)
            .group_by("case_id", maintain_order=True)
            .agg(pl.col("average").first())
        )
        lines = golden.join(averages, on="case_id", maintain_order="left")
        found = lines.select(
            "average",
            statistics.proportion_funnel_lines("Population", "average", multiplier=multiplier).struct.unnest(),
        )
        names = lines["case_id"] + "/" + lines["Population"].cast(pl.String)
        columns = {f"{side}_{s}_limit": f"{side}_limit_{label}" for s, label in LEVELS.items() for side in SIDES}
        yield from cells_of(file, names, columns | {"baseline": "average"}, lines, found)


def check_funnel_ratio(folder: Path) -> Iterator[Cell]:
    file = "funnel_ratio.csv"
    golden = read_golden(folder, file)
    found = statistics.ratio_funnel(golden, observed="observed", expected="expected", by="case_id")
    names = golden["case_id"] + "/" + golden["area"].cast(pl.String)
    yield from cells_of(file, names, {"significance": "significance"}, golden, significance(found))


def check_funnel_ratio_limits(folder: Path) -> Iterator[Cell]:
    file = "funnel_ratio_limits.csv"
    types = read_golden(folder, "funnel_ratio.csv").select("case_id", "ratio_type").unique()
    golden = read_golden(folder, file).join(types, on="case_id", maintain_order="left")
    # a standardised ratio is printed per 100, the ratio of counts as the share above or below what was expected
    is_per_100 = pl.col("ratio_type") == "isr"
    found = golden.select("ratio_type", statistics.ratio_funnel_lines("Observed_events").struct.unnest())
    found = found.with_columns(
        pl.when(is_per_100).then(pl.col(name) * 100).otherwise(pl.col(name) - 1).alias(name)
        for name in (f"{side}_limit_{label}" for side in SIDES for label in LEVELS.values())
    )
    columns = {f"{side}_{s}_exp_events": f"{side}_size_{label}" for s, label in LEVELS.items() for side in SIDES}
    columns |= {f"{side}_{s}_limit": f"{side}_limit_{label}" for s, label in LEVELS.items() for side in SIDES}
    names = golden["case_id"] + "/" + golden["Observed_events"].cast(pl.String)
    yield from cells_of(file, names, columns, golden, found, PLOTTED)


def _rate_funnels(points: pl.DataFrame) -> Iterator[tuple[pl.DataFrame, pl.DataFrame]]:
    for _, cases in points.group_by("multiplier", "rate_type", maintain_order=True):
        funnel = statistics.rate_funnel(
            cases.rename({"significance": "golden_significance"}),
            numerator="x",
            denominator="n",
            rate="rate",
            is_directly_standardised=cases["rate_type"][0] == "dsr",
            by="case_id",
            multiplier=cases["multiplier"][0],
        )
        yield cases, funnel


def check_funnel_rate(folder: Path) -> Iterator[Cell]:
    file = "funnel_rate.csv"
    for cases, funnel in _rate_funnels(read_golden(folder, file)):
        is_drawn = funnel["detail"].is_null()
        found = significance(funnel).with_columns(
            pl.when(is_drawn).then(funnel["value"]).alias("rate_chart"),
            # a year's size
            pl.when(is_drawn).then(funnel["size"] / cases["years_of_data"]).alias("denominator_derived"),
        )
        names = cases["case_id"] + "/" + cases["area"].cast(pl.String)
        yield from cells_of(file, names, {name: name for name in found.columns}, cases, found)


def check_funnel_rate_limits(folder: Path) -> Iterator[Cell]:
    file = "funnel_rate_limits.csv"
    golden = read_golden(folder, file)
    for cases, funnel in _rate_funnels(read_golden(folder, "funnel_rate.csv")):
        terms = cases.select("case_id", "multiplier", "years_of_data", funnel["average"]).unique("case_id")
        lines = golden.join(terms, on="case_id", maintain_order="left")
        per_person = pl.col("average") / pl.col("multiplier")
        found = lines.select(
            "average",
            "multiplier",
            "years_of_data",
            statistics.ratio_funnel_lines("Events", average=per_person).struct.unnest(),
        ).with_columns(
            *(
                (pl.col(f"{side}_limit_{label}") * pl.col("multiplier")).alias(f"{side}_limit_{label}")
                for side in SIDES
                for label in LEVELS.values()
            ),
            *(
                (pl.col(f"{side}_size_{label}") / pl.col("years_of_data")).alias(f"{side}_size_{label}")
                for side in SIDES
                for label in LEVELS.values()
            ),
        )
        columns = {
            f"{side}_{s}_population_1_year": f"{side}_size_{label}" for s, label in LEVELS.items() for side in SIDES
        }
        columns |= {f"{side}_{s}_limit": f"{side}_limit_{label}" for s, label in LEVELS.items() for side in SIDES}
        names = lines["case_id"] + "/" + lines["Events"].cast(pl.String)
        yield from cells_of(file, names, columns, lines, found, PLOTTED)
        yield from cells_of(file, names, {"baseline": "average"}, lines, found)


FUNNEL_CHECKS: dict[str, Callable[[Path], Iterator[Cell]]] = {
    "funnel_proportion.csv": check_funnel_proportion,
    "funnel_proportion_limits.csv": check_funnel_proportion_limits,
    "funnel_rate.csv": check_funnel_rate,
    "funnel_rate_limits.csv": check_funnel_rate_limits,
    "funnel_ratio.csv": check_funnel_ratio,
    "funnel_ratio_limits.csv": check_funnel_ratio_limits,
}
"""The golden files of funnels that the library is held against."""
