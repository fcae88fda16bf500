"""Properties of p-values: they touch the interval of their own level, and agree with the words to the bit."""

import random

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from outcomes.statistics import (
    agreeing_with_limits,
    compare_beyond_overdispersion,
    compare_with_benchmark,
    count,
    directly_standardised_rate,
    false_discovery_adjusted,
    mean,
    mean_p_value,
    overdispersed_limits,
    poisson_p_value,
    proportion,
    proportion_p_value,
    standardised_p_value,
)
from outcomes.vocabulary import Polarity

COUNTS = st.one_of(st.integers(0, 30), st.integers(0, 10**5), st.integers(0, 10**12))
# on a limit, a hair beside it, or anywhere
SHIFTS = st.one_of(st.just(0.0), st.sampled_from([1e-16, -1e-16, 1e-12, -1e-12]), st.floats(-0.9, 9.0))
LIMITS = ("lower_ci_95", "upper_ci_95", "lower_ci_99_8", "upper_ci_99_8")
FEW = settings(max_examples=25, deadline=None)
SIMILAR = "similar"


def beside_every_limit(rows: pl.DataFrame, shift: float) -> pl.DataFrame:
    """Each row once beside each of its limits, shifted by a share of it."""
    return pl.concat([rows.with_columns((pl.col(side) * (1.0 + shift)).alias("mark")) for side in LIMITS])


def assert_agrees(rows: pl.DataFrame, p_value: pl.Expr) -> None:
    """A p-value is a probability, and on the side of 0.05 and of 0.002 on which the word has it."""
    words = compare_with_benchmark(benchmark="mark", polarity=Polarity.NO_JUDGEMENT)
    found = rows.with_columns(agreeing_with_limits(p_value, "mark").alias("p"), words.alias("word"))
    p, word = pl.col("p"), pl.col("word")
    is_sound = p.is_finite() & p.is_between(0.0, 1.0)
    agrees = ((p < 0.05) == (word != SIMILAR)) & ((p < 0.002) == word.str.starts_with("much"))
    assert found.filter(~(is_sound & agrees).fill_null(value=False)).rows() == []


@FEW
@given(st.lists(st.tuples(COUNTS, COUNTS), min_size=1, max_size=30), SHIFTS)
def test_a_proportions_p_value_agrees_with_its_word(parts: list[tuple[int, int]], shift: float) -> None:
    rows = pl.DataFrame([(x, x + rest + (x + rest == 0)) for x, rest in parts], schema=["x", "n"], orient="row")
    rows = beside_every_limit(rows.with_columns(proportion("x", "n").struct.unnest()), shift)
    assert_agrees(rows, proportion_p_value("x", "n", "mark"))


@FEW
@given(st.lists(COUNTS, min_size=1, max_size=30), st.sampled_from(["exact_or_byar", "byar", "exact"]), SHIFTS)
def test_a_counts_p_value_agrees_with_its_word(counts: list[int], method: str, shift: float) -> None:
    rows = pl.DataFrame({"x": counts}).with_columns(count("x", method=method).struct.unnest())
    assert_agrees(beside_every_limit(rows, shift), poisson_p_value("x", "mark", method=method))


@FEW
@given(st.lists(st.integers(1, 10**6), min_size=1, max_size=30), st.floats(0.5, 0.9999))
def test_the_interval_of_the_level_that_a_p_value_names_touches_the_benchmark(counts: list[int], level: float) -> None:
    label = f"{level * 100:.10g}".replace(".", "_")
    rows = pl.DataFrame({"x": counts}).with_columns((2 * pl.col("x") + 1).alias("n"))
    shares = rows.with_columns(proportion("x", "n", confidence=[level]).struct.unnest())
    events = rows.with_columns(count("x", confidence=[level]).struct.unnest())
    for side in (f"lower_ci_{label}", f"upper_ci_{label}"):
        for found in (
            shares.select(proportion_p_value("x", "n", side)),
            # Byar's lower limit of few events is 0 for every level from some on
            events.filter(pl.col(side) > 0).select(poisson_p_value("x", side)),
        ):
            assert found.filter(~((pl.col("p_value") - (1.0 - level)).abs() < 1e-7)).rows() == []


@FEW
@given(
    st.lists(st.tuples(st.integers(1, 10**6), st.integers(1, 10**7), st.integers(1, 10**5)), min_size=1, max_size=30),
    SHIFTS,
)
def test_a_standardised_rates_p_value_agrees_with_its_word(bands: list[tuple[int, int, int]], shift: float) -> None:
    strata = pl.DataFrame(bands, schema=["events", "persons", "weight"], orient="row").with_row_index("area")
    # two bands an area
    strata = strata.with_columns(pl.col("area") // 2)
    rows = directly_standardised_rate(
        strata, numerator="events", denominator="persons", standard_population="weight", by="area", multiplier=1e5
    ).filter(pl.col("value").is_not_null())
    p_value = standardised_p_value("value", "lower_ci_95", "upper_ci_95", "numerator", "mark")
    assert_agrees(beside_every_limit(rows, shift), p_value)


@FEW
@given(st.lists(st.lists(st.integers(0, 10**4), min_size=2, max_size=9), min_size=1, max_size=12), SHIFTS)
def test_a_means_p_value_agrees_with_its_word(groups: list[list[int]], shift: float) -> None:
    sums = [(sum(values), sum(value * value for value in values), len(values)) for values in groups]
    rows = pl.DataFrame(sums, schema=["total", "squares", "n"], orient="row")
    rows = rows.with_columns(mean("total", "squares", "n").struct.unnest())
    assert_agrees(beside_every_limit(rows, shift), mean_p_value("value", "lower_ci_95", "upper_ci_95", "n", "mark"))


@FEW
@given(st.integers(0, 10**6), st.floats(0.0, 1.0), st.floats(0.0, 1.0))
def test_a_benchmark_further_off_is_never_more_likely(x: int, near: float, far: float) -> None:
    n = 10**6
    ends = [share * (end - x / n) for end in (0.0, 1.0) for share in sorted((near, far))]
    rows = pl.DataFrame({"mark": [100 * (x / n + away) for away in ends]})
    down, further_down, up, further_up = rows.select(proportion_p_value(pl.lit(x), pl.lit(n), "mark")).to_series()
    assert further_down <= down + 1e-9
    assert further_up <= up + 1e-9


@settings(deadline=None)
@given(st.lists(st.floats(0.0, 1.0), min_size=1, max_size=40), st.integers(0, 10**6))
def test_the_order_of_a_family_leaves_no_trace(p_values: list[float], seed: int) -> None:
    adjusted = false_discovery_adjusted(p_values)
    order = list(range(len(p_values)))
    random.Random(seed).shuffle(order)
    assert false_discovery_adjusted([p_values[place] for place in order]) == [adjusted[place] for place in order]
    assert all(mine <= after for mine, after in zip(p_values, adjusted, strict=True))
    # a smaller p-value is never adjusted to a larger one
    assert [after for _, after in sorted(zip(p_values, adjusted, strict=True))] == sorted(adjusted)


@FEW
@given(
    st.lists(st.tuples(st.integers(0, 10**8), st.integers(0, 10**8)), min_size=1, max_size=30),
    st.floats(0.0, 100.0),
    st.floats(0.0, 500.0),
    st.floats(0.0, 0.2),
    st.sampled_from(["funnel_additive", "funnel_multiplicative"]),
)
def test_allowing_for_overdispersion_never_flags_more_than_chance_alone(
    parts: list[tuple[int, int]], mark: float, phi: float, tau_squared: float, method: str
) -> None:
    rows = pl.DataFrame([(x, x + rest + 1) for x, rest in parts], schema=["x", "n"], orient="row")
    rows = rows.with_columns(overdispersion=pl.lit(phi), variance_between=pl.lit(tau_squared)).with_columns(
        proportion("x", "n").struct.unnest(),
        overdispersed_limits(mark, "n", is_proportion=True, method=method).struct.unnest(),
    )
    words = rows.select(
        compare_with_benchmark(benchmark=mark, polarity=Polarity.NO_JUDGEMENT),
        compare_beyond_overdispersion(benchmark=mark, polarity=Polarity.NO_JUDGEMENT),
    ).rows()
    strength = {SIMILAR: 0, "lower": 1, "higher": 1, "much lower": 2, "much higher": 2}
    for plain, adjusted in words:
        assert strength[adjusted] <= strength[plain]
        assert adjusted == SIMILAR or adjusted.split()[-1] == plain.split()[-1]
