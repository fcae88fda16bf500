"""Every public function of `outcomes.statistics` with a table it reads: what the common invariants are asked of."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import polars as pl

from outcomes import statistics
from outcomes.statistics.life_expectancy import BAND_STARTS
from outcomes.vocabulary import Polarity

__all__ = ["FAMILIES", "NO_TABLE", "Family", "sample"]

NO_TABLE = {
    "DEFAULT_CONFIDENCE": "a constant",
    "METHODS": "a constant",
    "OVERDISPERSION_METHODS": "a constant",
    "Method": "a noun",
    "OneEstimate": "a noun",
    "RakedWeights": "a noun",
    "design_effect": "takes weights; see the tests of raking",
    "effective_sample_size": "takes weights; see the tests of raking",
    "estimate_of": "takes plain numbers; see the tests of single estimates",
    "european_standard_population_2013": "takes nothing; see the tests of standard populations",
    "false_discovery_adjusted": "takes a list; see the tests of false discovery",
    "limit_names": "takes a level; see the tests of levels below",
    "method_named": "takes a name; see the tests of methods",
    "normal_quantile": "takes a level; see the tests of levels below",
    "raked_weights": "takes counts and margins; see the tests of raking",
    "rank_words": "takes two ranks; see the tests of ranks",
}
"""Public names that read no table, and why."""


@dataclass(frozen=True)
class Family:
    """One way to call one function.

    Attributes:
        function: Its public name.
        table: Makes a valid table of about so many rows, from a seed that is fixed.
        call: What is asked of the table; `confidence` may be passed where `levels` says so.
        numbers: The columns of numbers that it reads and that may be anything.
        counts: Those of them that are whole, in any type of whole numbers.
        unit: The columns that make a group of rows with a result of its own; none where each row has one, and
            `everything` where all rows have one together.
        keys: The columns of the result by which its rows are put in order; none where the rows keep theirs.
        value: The column that is missing just where `reason` is given; None where the result has no reason.
        intervals: The value and the prefixes of its limits.
        levels: Whether it takes confidence levels, and how many at most.
    """

    function: str
    table: Callable[[int], pl.DataFrame]
    call: Callable[..., pl.DataFrame]
    numbers: tuple[str, ...]
    counts: tuple[str, ...] = ()
    unit: tuple[str, ...] = ()
    keys: tuple[str, ...] = ()
    value: str | None = "value"
    intervals: tuple[tuple[str, str], ...] = ()
    levels: int = 0


def sample(rows: int, *, modulus: int, step: int, start: int = 0) -> pl.Expr:
    """Return whole numbers that look like chance and are the same everywhere."""
    return (pl.int_range(rows) * step + start) * (pl.int_range(rows) + 7) % modulus


def counted(rows: int) -> pl.DataFrame:
    n = sample(rows, modulus=97, step=31) + 30
    return pl.select(
        x=sample(rows, modulus=30, step=17),
        n=n,
        squares=sample(rows, modulus=30, step=17).pow(2) * 2 + n * n,
        measure=pl.int_range(rows) % 3,
        row=pl.int_range(rows),
    ).with_columns(pl.all().cast(pl.Int64))


def valued(rows: int) -> pl.DataFrame:
    value = sample(rows, modulus=53, step=29) / 4 + 3.0
    return pl.select(row=pl.int_range(rows), measure=pl.int_range(rows) % 2, value=value, n=pl.lit(40)).with_columns(
        lower_ci_95=pl.col("value") - 1.5,
        upper_ci_95=pl.col("value") + 2.0,
        lower_ci_99_8=pl.col("value") - 2.5,
        upper_ci_99_8=pl.col("value") + 3.0,
        lower_limit_95=pl.lit(6.0),
        upper_limit_95=pl.lit(12.0),
        lower_limit_99_8=pl.lit(5.0),
        upper_limit_99_8=pl.lit(14.0),
        benchmark=pl.lit(9.0),
        overdispersion=pl.lit(4.0),
        variance_between=pl.lit(0.01),
    )


def two_groups(rows: int) -> pl.DataFrame:
    columns: dict[str, pl.Expr] = {"row": pl.int_range(rows)}
    for group, start in (("most_deprived", 12), ("least_deprived", 9)):
        value = sample(rows, modulus=37, step=start) / 8 + start
        for name, width in (
            ("value", 0.0), ("lower_ci_95", -2.0), ("upper_ci_95", 2.5), ("lower_ci_99_8", -3.0),
            ("upper_ci_99_8", 4.0),
        ):  # fmt: skip
            columns[f"{group}_{name}"] = value + width
    return pl.select([column.alias(name) for name, column in columns.items()])


TWO = tuple(f"{g}_{n}" for g in ("most_deprived", "least_deprived") for n in ("value", "lower_ci_95", "upper_ci_99_8"))


def strata(rows: int) -> pl.DataFrame:
    bands = 4
    groups = max(1, rows // bands)
    total = groups * bands
    return pl.select(
        area=pl.int_range(total) // bands,
        age=(pl.int_range(total) % bands).cast(pl.String),
        x=sample(total, modulus=41, step=19) + 3,
        n=sample(total, modulus=90, step=23) + 50,
        weight=pl.int_range(total) % bands + 1,
        reference_x=pl.int_range(total) % bands * 9 + 4,
        reference_n=pl.lit(100),
        each=pl.int_range(total) % 2 + 1,
    ).with_columns(pl.col("x", "n", "weight", "reference_x", "reference_n", "each").cast(pl.Int64))


def bands(rows: int) -> pl.DataFrame:
    size = len(BAND_STARTS)
    total = max(1, rows // size) * size
    return pl.select(
        area=pl.int_range(total) // size,
        age=pl.lit(pl.Series(BAND_STARTS)).gather(pl.int_range(total) % size),
        deaths=sample(total, modulus=23, step=11) + 1 + pl.int_range(total) % size,
        persons=sample(total, modulus=700, step=37) + 400,
    ).with_columns(pl.col("deaths", "persons").cast(pl.Int64))


def years(rows: int) -> pl.DataFrame:
    points = 6
    total = max(1, rows // points) * points
    slope = (pl.int_range(total) // points) % 5 - 2
    value = 40.0 + slope * (pl.int_range(total) % points) + sample(total, modulus=11, step=7) / 8
    return (
        pl.select(
            area=pl.int_range(total) // points,
            year=pl.int_range(total) % points + 2015,
            fifth=pl.int_range(total) % points + 1,
            value=value,
            n=sample(total, modulus=90, step=13) + 60,
        )
        .with_columns(
            lower_ci_95=pl.col("value") - 3.0,
            upper_ci_95=pl.col("value") + 3.5,
            x=(pl.col("n") * pl.col("value") / 100).floor().cast(pl.Int64),
        )
        .with_columns(pl.col("n").cast(pl.Int64))
    )


def months(rows: int) -> pl.DataFrame:
    points = 30
    total = max(1, rows // points) * points
    place = pl.int_range(total) % points
    season = (place % 12 - 6).abs() * ((pl.int_range(total) // points) % 2)
    return pl.select(
        trust=pl.int_range(total) // points,
        month=place,
        value=20.0 + season + sample(total, modulus=19, step=5) / 4 + pl.when(place > 20).then(3.0).otherwise(0.0),
    )


def rowwise(make: Callable[..., pl.Expr]) -> Callable[..., pl.DataFrame]:
    def call(table: pl.DataFrame, **options: Any) -> pl.DataFrame:
        expression = make(**options)
        if isinstance(table.lazy().select(expression).collect_schema().dtypes()[0], pl.Struct):
            expression = expression.struct.unnest()
        return table.select(expression)

    return call


def beside(call: Callable[..., pl.DataFrame]) -> Callable[..., pl.DataFrame]:
    """Take the columns away that a frame brought itself."""
    return lambda table, **options: call(table, **options).drop(table.columns)


S = statistics
OWN = (("value", ""),)
SLOPES = (("slope_index", "slope_index_"), ("relative_index", "relative_index_"))
ESTIMATE: dict[str, Any] = {"intervals": OWN, "levels": 3}
GROUPED: dict[str, Any] = {"unit": ("area",), "keys": ("area",), **ESTIMATE}
LIMITED = ("value", "lower_ci_95", "upper_ci_95")
REFERENCE: dict[str, Any] = {"reference_numerator": "reference_x", "reference_denominator": "reference_n"}
POISSON: dict[str, Any] = {"numerator": "x", "denominator": "n"}
TOGETHER: dict[str, Any] = {"unit": ("everything",)}
BETTER = Polarity.HIGHER_IS_BETTER


def row_family(function: str, table: Any, numbers: tuple[str, ...], make: Any, **options: Any) -> Family:
    return Family(function, table, rowwise(make), numbers, **options)


def p_value(function: str, make: Callable[..., pl.Expr], *names: str) -> Family:
    return row_family(function, valued, names, lambda: make(*names, "benchmark"), value=None)


FAMILIES: dict[str, Family] = {
    "proportion": row_family(
        "proportion", counted, ("x", "n"), lambda **o: S.proportion("x", "n", **o), counts=("x", "n"), **ESTIMATE
    ),
    **{
        f"crude_rate {method}": row_family(
            "crude_rate", counted, ("x", "n"), lambda method=method, **o: S.crude_rate("x", "n", method=method, **o),
            counts=("x", "n"), **ESTIMATE,
        )
        for method in ("exact_or_byar", "byar", "exact")
    },
    "count": row_family("count", counted, ("x",), lambda **o: S.count("x", **o), counts=("x",), **ESTIMATE),
    "mean": row_family(
        "mean", counted, ("x", "squares", "n"), lambda **o: S.mean("x", "squares", "n", **o),
        counts=("x", "squares", "n"), **ESTIMATE,
    ),
    "mean_of_values": Family(
        "mean_of_values", strata, lambda t, **o: S.mean_of_values(t, value="x", by="area", **o), ("x",), ("x",),
        **GROUPED,
    ),
    "absolute_gap": row_family("absolute_gap", two_groups, TWO, S.absolute_gap, intervals=OWN),
    **{
        f"relative_gap {method}": row_family(
            "relative_gap", two_groups, TWO, lambda method=method, **o: S.relative_gap(method=method, **o),
            intervals=OWN,
        )
        for method in ("gap_ratio_mover", "gap_ratio_log")
    },
    "compare_with_benchmark": row_family(
        "compare_with_benchmark", valued, (*LIMITED, "benchmark"), lambda: S.compare_with_benchmark(polarity=BETTER),
        value=None,
    ),
    "compare_beyond_overdispersion": row_family(
        "compare_beyond_overdispersion", valued, (*LIMITED, "benchmark"),
        lambda: S.compare_beyond_overdispersion(polarity=BETTER), value=None,
    ),
    **{
        f"overdispersed_limits {method}": row_family(
            "overdispersed_limits", valued, ("benchmark", "n", "overdispersion"),
            lambda method=method, **o: S.overdispersed_limits(
                "benchmark", "n", is_proportion=True, method=method, **o
            ), value=None,
        )
        for method in S.OVERDISPERSION_METHODS
    },
    "agreeing_with_limits": row_family(
        "agreeing_with_limits", valued, ("lower_ci_95", "upper_ci_95", "benchmark"),
        lambda: S.agreeing_with_limits(pl.lit(0.05), "benchmark"), value=None,
    ),
    "difference_p_value": row_family(
        "difference_p_value", valued, LIMITED, lambda: S.difference_p_value(*LIMITED), value=None
    ),
    "mean_p_value": p_value("mean_p_value", S.mean_p_value, *LIMITED, "n"),
    "published_p_value": p_value("published_p_value", S.published_p_value, *LIMITED),
    "standardised_p_value": p_value("standardised_p_value", S.standardised_p_value, *LIMITED, "n"),
    "symmetric_p_value": p_value("symmetric_p_value", S.symmetric_p_value, *LIMITED),
    "proportion_p_value": row_family(
        "proportion_p_value", counted, ("x", "n"), lambda: S.proportion_p_value("x", "n", 20.0), counts=("x", "n"),
        value=None,
    ),
    "poisson_p_value": row_family(
        "poisson_p_value", counted, ("x", "n"), lambda: S.poisson_p_value("x", "n"), counts=("x", "n"), value=None
    ),
    "quantile": row_family(
        "quantile", valued, ("value",), lambda: S.quantile("value"), value="quantile", unit=("everything",)
    ),
    "ranks": Family(
        "ranks", lambda n: valued(n).select("row", *LIMITED),
        beside(lambda t: S.ranks(t, value="value", lower="lower_ci_95", upper="upper_ci_95")), LIMITED,
        value="rank", **TOGETHER,
    ),
    "proportion_funnel_lines": row_family(
        "proportion_funnel_lines", counted, ("x", "n"), lambda **o: S.proportion_funnel_lines("n", "x", **o),
        counts=("x", "n"), value=None,
    ),
    "ratio_funnel_lines": row_family(
        "ratio_funnel_lines", counted, ("x", "n"), lambda **o: S.ratio_funnel_lines("x", average="n", **o),
        counts=("x", "n"), value=None,
    ),
    **{
        f"{make.__name__} {method}": Family(
            make.__name__, counted,
            beside(
                lambda t, make=make, method=method, **o: make(
                    t, **(POISSON if make is not S.ratio_funnel else {"observed": "x", "expected": "n"}),
                    method=method, **o,
                )
            ),
            ("x", "n"), ("x", "n"), **TOGETHER,
        )
        for make in (S.proportion_funnel, S.rate_funnel, S.ratio_funnel)
        for method in ("funnel_chance", "funnel_multiplicative", "funnel_additive", "funnel_additive_corrected")
    },
    "directly_standardised_rate": Family(
        "directly_standardised_rate", strata,
        lambda t, **o: S.directly_standardised_rate(t, **POISSON, standard_population="weight", by="area", **o),
        ("x", "n", "weight"), ("x", "n", "weight"), **GROUPED,
    ),
    "directly_standardised_rate_of_repeat_events": Family(
        "directly_standardised_rate_of_repeat_events", strata,
        lambda t, **o: S.directly_standardised_rate_of_repeat_events(
            t, persons="x", events_each="each", denominator="n", standard_population="weight", stratum="age",
            by="area", **o,
        ),
        ("x", "n", "weight", "each"), ("x", "n", "weight", "each"), **GROUPED,
    ),
    **{
        make.__name__: Family(
            make.__name__, strata, lambda t, make=make, **o: make(t, **POISSON, **REFERENCE, by="area", **o),
            ("x", "n", *REFERENCE.values()), ("x", "n", *REFERENCE.values()), **GROUPED,
        )
        for make in (S.indirectly_standardised_ratio, S.indirectly_standardised_rate)
    },
    "life_expectancy": Family(
        "life_expectancy", bands,
        lambda t, **o: S.life_expectancy(t, deaths="deaths", population="persons", band_start="age", by="area", **o),
        ("deaths", "persons"), ("deaths", "persons"), unit=("area",), keys=("area", "age"), **ESTIMATE,
    ),
    **{
        f"slope_index_of_inequality {name}": Family(
            "slope_index_of_inequality", years,
            lambda t, options=options, **o: S.slope_index_of_inequality(
                t, by="area", group="fifth", population="n", **options, **o
            ),
            ("value", "n", "lower_ci_95"), ("n",), ("area",), ("area",), "slope_index", SLOPES, 3,
        )
        for name, options in (
            ("analytic", {}),
            ("on logarithms", {"scale": "log", "is_fitted_on_scale": True}),
            ("simulated", {"method": "slope_index_simulated", "seed": 7, "draws": 1000}),
        )
    },
    **{
        f"recent_trend {method}": Family(
            "recent_trend", years,
            lambda t, method=method: S.recent_trend(t, by="area", order="year", **POISSON, method=method),
            (*LIMITED, "x", "n"), ("x", "n"), ("area",), ("area",), "slope",
        )
        for method in ("trend_fingertips_2020", "trend_fingertips_next", "chi_square_proportions")
    },
    "gap_trend": Family(
        "gap_trend", years, lambda t: S.gap_trend(t, by="area", order="year"), LIMITED, (), ("area",), ("area",),
        None,
    ),
    "seasonal_series": Family(
        "seasonal_series", months, lambda t: S.seasonal_series(t, by="trust", order="month"), ("value",), (),
        ("trust",), ("trust",), None,
    ),
    "yearly_differences": Family(
        "yearly_differences", months,
        lambda t: S.yearly_differences(t, by="trust", order="month").drop("value"), ("value",), (), ("trust",),
        ("trust", "month"), None,
    ),
    **{
        f"special_cause_points {method}": Family(
            "special_cause_points", months,
            lambda t, method=method: S.special_cause_points(
                t, by="trust", order="month", polarity=BETTER, method=method
            ).drop("value"),
            ("value",), (), ("trust",), ("trust", "month"), "variation",
        )
        for method in ("ptd", "nhse_excel")
    },
    "variation_and_assurance": Family(
        "variation_and_assurance", months,
        lambda t: S.variation_and_assurance(
            S.special_cause_points(t, by="trust", order="month", polarity=BETTER), by="trust", polarity=BETTER,
            target=24.0,
        ),
        ("value",), (), ("trust",), ("trust",), "variation",
    ),
}  # fmt: skip
"""Name of the way to call it → the family."""
