"""Golden checks of indirect standardisation, repeat events, life expectancy and quantiles."""

from collections.abc import Callable, Iterator
from pathlib import Path

import polars as pl

from outcomes import statistics
from outcomes.statistics import normal_quantile
from outcomes.statistics.life_table import BAND_STARTS, life_table
from tests.reference.golden import Cell, cells_of, read_golden

__all__ = ["STANDARDISED_CHECKS", "STANDARDISED_INPUTS"]

LIMITS = {
    "lower95_0cl": "lower_ci_95",
    "upper95_0cl": "upper_ci_95",
    "lower99_8cl": "lower_ci_99_8",
    "upper99_8cl": "upper_ci_99_8",
}
ESTIMATE = {"value": "value", **LIMITS}


def check_isr(folder: Path) -> Iterator[Cell]:
    golden = read_golden(folder, "isr.csv").sort("case_id")
    # the golden values count a missing population as none; the library has no such argument
    strata = read_golden(folder, "isr_input.csv").with_columns(pl.col("n").fill_null(0))
    kinds = (
        ("isratio_", "refvalue", statistics.indirectly_standardised_ratio),
        ("israte_", "multiplier", statistics.indirectly_standardised_rate),
    )
    for prefix, scale, method in kinds:
        for (multiplier,), cases in golden.group_by(scale, maintain_order=True):
            assert isinstance(multiplier, int | float)
            of_cases = strata.join(cases, on="case_id", how="semi")
            found, plain = (
                method(
                    of_cases,
                    numerator="x",
                    denominator="n",
                    reference_numerator="x_ref",
                    reference_denominator="n_ref",
                    by="case_id",
                    multiplier=multiplier,
                    missing_events="zero",
                    stratum="ageband",
                    method=limits,
                )
                for limits in ("exact_or_byar", "byar")
            )
            found = found.with_columns(
                (pl.col("reference_rate") * cases["multiplier"]).alias("ref_rate"),
                # which limits were taken, told by the limits themselves
                pl.when(pl.col("upper_ci_95") == plain["upper_ci_95"])
                .then(pl.lit("Byars"))
                .otherwise(pl.lit("Exact"))
                .alias("method"),
            )
            assert found["case_id"].equals(cases["case_id"]), "isr.csv: the cases do not match"
            names = {f"{prefix}{name}": own for name, own in ESTIMATE.items()}
            names |= {"observed": "numerator", "expected": "denominator", "ref_rate": "ref_rate", "method": "method"}
            yield from cells_of("isr.csv", cases["case_id"], names, cases, found)


def check_dsr_nonindependent(folder: Path) -> Iterator[Cell]:
    file = "dsr_nonindependent.csv"
    golden = read_golden(folder, file).sort("case_id")
    (multiplier,) = golden["multiplier"].unique()
    found = statistics.directly_standardised_rate_of_repeat_events(
        read_golden(folder, "dsr_nonindependent_input.csv"),
        persons="x",
        events_each="eventfreq",
        denominator="n",
        standard_population="stdpop",
        stratum="ageband",
        by="case_id",
        multiplier=multiplier,
        # as in the golden values; the library's own rule is to refuse
        missing_events="zero",
        strata_expected=19,
    ).with_columns((pl.col("detail") == "too few events").fill_null(value=False).alias("suppressed"))
    assert found["case_id"].equals(golden["case_id"]), f"{file}: the cases do not match"
    columns = {"total_events": "numerator", "total_pop": "denominator", "suppressed": "suppressed", **ESTIMATE}
    yield from cells_of(file, golden["case_id"], columns, golden, found)


def check_life_expectancy(folder: Path) -> Iterator[Cell]:
    file = "life_expectancy.csv"
    # a column with an Inf is read as text
    upper = pl.col("^upper.*cl$").cast(pl.String).str.replace("Inf", "inf").cast(pl.Float64)
    golden = read_golden(folder, file).sort("case_id", "startage").with_columns(upper)
    bands = read_golden(folder, "life_expectancy_input.csv")
    found = statistics.life_expectancy(
        bands,
        deaths="deaths",
        population="pops",
        band_start="startage",
        by="case_id",
    )
    assert found.select("case_id", "startage").equals(golden.select("case_id", "startage")), f"{file}: rows differ"
    # a golden status speaks for the whole table
    worst = (
        found.join(bands, on=["case_id", "startage"])
        .group_by("case_id")
        .agg(
            pl.col("detail").eq("impossible input").any().alias("is_impossible"),
            pl.col("detail").eq("population too small").any().alias("is_small"),
            pl.col("value").is_null().any().alias("lacks_value"),
            (pl.col("deaths") < 0).any().alias("has_negative"),
        )
    )
    status = (
        pl.when(pl.col("is_impossible") & pl.col("has_negative"))
        .then(pl.lit("suppressed_negative_deaths"))
        .when("is_impossible")
        .then(pl.lit("suppressed_deaths_exceed_population"))
        .when("is_small")
        .then(pl.lit("suppressed_total_population_5000_or_less"))
        .when("lacks_value")
        .then(pl.lit("some_values_suppressed_interval_over_20_years"))
        .otherwise(pl.lit("ok"))
    )
    found = found.join(worst.select("case_id", status.alias("status")), on="case_id", maintain_order="left")
    cases = golden["case_id"] + "/" + golden["startage"].cast(pl.String)
    columns = {"status": "status", "pops_used": "denominator", "deaths_used": "numerator", **ESTIMATE}
    yield from cells_of(file, cases, columns, golden, found)
    yield from _withheld_limits(file, golden, bands)


def _withheld_limits(file: str, golden: pl.DataFrame, bands: pl.DataFrame) -> Iterator[Cell]:
    """Yield the finite golden limits of values that are not given and the life table's own."""
    groups = bands.sort("case_id", "startage").group_by("case_id", maintain_order=True)
    tables = groups.agg(pl.col("deaths", "pops").cast(pl.Float64)).rename({"pops": "population"})
    computed = pl.concat(
        tables.select("case_id", startage=pl.lit(start)).hstack(band)
        for start, band in zip(BAND_STARTS, life_table(tables), strict=True)
    ).with_columns(
        (pl.col("years") + sign * normal_quantile(level) * pl.col("standard_error")).alias(f"{side}{label}cl")
        for side, sign in (("lower", -1), ("upper", 1))
        for level, label in ((0.95, "95_0"), (0.998, "99_8"))
    )
    withheld = golden.filter(pl.col("value").is_null() & pl.all_horizontal(pl.col(*LIMITS).is_finite()))
    found = withheld.select("case_id", "startage").join(
        computed, on=["case_id", "startage"], how="left", maintain_order="left"
    )
    cases = withheld["case_id"] + "/" + withheld["startage"].cast(pl.String) + " before it is withheld"
    yield from cells_of(file, cases, {name: name for name in LIMITS}, withheld, found)


def check_quantiles(folder: Path) -> Iterator[Cell]:
    file = "quantiles.csv"
    golden = read_golden(folder, file)
    groups = ["case_id", "group"]
    for (classes, invert), cases in golden.group_by("nquantiles", "invert", maintain_order=True):
        assert isinstance(classes, int)
        # the golden rule asks for one area a quantile; the library's own for ten areas
        ranked = statistics.quantile("value", quantiles=classes, highest_first=bool(invert), by=groups, fewest_areas=1)
        names = cases["case_id"] + "/" + cases["area"]
        yield from cells_of(file, names, {"quantile": "quantile"}, cases, cases.select(ranked.struct.field("quantile")))


STANDARDISED_CHECKS: dict[str, Callable[[Path], Iterator[Cell]]] = {
    "dsr_nonindependent.csv": check_dsr_nonindependent,
    "isr.csv": check_isr,
    "life_expectancy.csv": check_life_expectancy,
    "quantiles.csv": check_quantiles,
}

STANDARDISED_INPUTS = frozenset({"dsr_nonindependent_input.csv", "isr_input.csv", "life_expectancy_input.csv"})
