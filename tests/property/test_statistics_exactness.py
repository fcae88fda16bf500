"""Limits against 60 digits of arithmetic at any size of count; parts that add up to their whole; mirrored series."""

import math
from decimal import Decimal, getcontext
from typing import Any

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from outcomes import statistics

getcontext().prec = 60
MOST = 10**12
few = settings(max_examples=40, deadline=None)
LEVELS = (0.95, 0.998)
LIMITS = [name for level in LEVELS for name in statistics.limit_names(level)]


def is_near(found: float, exact: Decimal, tolerance: float = 1e-12) -> bool:
    return abs(Decimal(found) - exact) <= Decimal(tolerance) * max(abs(exact), Decimal(10) ** -300)


@st.composite
def parts(draw: st.DrawFn) -> tuple[int, int]:
    whole = draw(st.integers(1, 100) | st.integers(1, MOST))
    return draw(st.integers(0, whole) | st.just(0) | st.just(whole) | st.just(1)), whole


@few
@given(parts())
def test_a_proportion_has_the_limits_of_exact_arithmetic(pair: tuple[int, int]) -> None:
    x, n = pair
    found = statistics.estimate_of(statistics.proportion(x, n, multiplier=1))
    assert is_near(found.value or 0.0, Decimal(x) / n)
    for level in LEVELS:
        z = Decimal(statistics.normal_quantile(level))
        root = z * (z * z + 4 * Decimal(x) * (n - x) / n).sqrt()
        lower, upper = found.interval(level) or (math.nan, math.nan)
        assert is_near(upper, (2 * x + z * z + root) / (2 * (n + z * z)))
        # of none the lower limit is 0; 60 digits of a difference of equals are not
        assert lower == 0.0 if x == 0 else is_near(lower, (2 * x + z * z - root) / (2 * (n + z * z)))


@few
@given(st.integers(10, 200) | st.integers(10, MOST), st.integers(1, MOST))
def test_a_rate_has_the_limits_of_exact_arithmetic(x: int, n: int) -> None:
    found = statistics.estimate_of(statistics.crude_rate(x, n, method="byar"))
    assert is_near(found.value or 0.0, Decimal(x) * 100_000 / n)
    for level in LEVELS:
        z = Decimal(statistics.normal_quantile(level))
        lower, upper = found.interval(level) or (math.nan, math.nan)
        below = x * (1 - 1 / Decimal(9 * x) - z / (3 * Decimal(x).sqrt())) ** 3
        above = (x + 1) * (1 - 1 / Decimal(9 * x + 9) + z / (3 * Decimal(x + 1).sqrt())) ** 3
        assert is_near(upper, above * 100_000 / n)
        assert is_near(lower, below * 100_000 / n)


values = st.lists(st.integers(-(10**9), 10**9), min_size=2, max_size=12)


@few
@given(values)
def test_a_mean_of_whole_numbers_has_the_spread_of_exact_arithmetic(numbers: list[int]) -> None:
    table = pl.DataFrame({"area": ["E1"] * len(numbers), "days": numbers})
    found = statistics.mean_of_values(table, value="days", by="area").row(0, named=True)
    n = len(numbers)
    spread = n * sum(number * number for number in numbers) - sum(numbers) ** 2
    exact = (Decimal(spread) / n / (n - 1)).sqrt()
    assert is_near(found["standard_deviation"], exact, 1e-9)
    sums = statistics.estimate_of(statistics.mean(sum(numbers), sum(number * number for number in numbers), n))
    assert sums.value is not None
    assert math.isclose(sums.value, found["value"], rel_tol=1e-15)


bands = st.lists(
    st.tuples(st.integers(3, 1000), st.integers(2000, 10**6), st.integers(1, 9), st.integers(1, 40)),
    min_size=2,
    max_size=6,
)


def standardised(rows: list[tuple[Any, ...]], **options: Any) -> dict[str, Any]:
    table = pl.DataFrame(rows, schema=["x", "n", "weight", "reference_x", "reference_n"], orient="row", strict=False)
    table = table.with_columns(pl.all().cast(pl.Float64), area=pl.lit("E1"))
    columns: dict[str, Any] = {"numerator": "x", "denominator": "n", "by": "area"}
    if options.pop("direct"):
        found = statistics.directly_standardised_rate(table, **columns, standard_population="weight")
    else:
        found = statistics.indirectly_standardised_ratio(
            table, **columns, reference_numerator="reference_x", reference_denominator="reference_n"
        )
    return found.row(0, named=True)


@few
@given(bands, st.booleans())
def test_a_band_that_is_split_in_halves_alike_changes_nothing(
    rows: list[tuple[int, int, int, int]], direct: bool
) -> None:
    whole = [(2 * x, 2 * n, 2 * weight, reference, 100) for x, n, weight, reference in rows]
    halves = [(x, n, weight, reference, 100) for x, n, weight, reference in rows for _ in range(2)]
    one, two = (standardised(strata, direct=direct) for strata in (whole, halves))
    assert one["reason"] is two["reason"] is None
    for name in ("numerator", "denominator", "value", *LIMITS):
        assert math.isclose(one[name], two[name], rel_tol=1e-12)


@few
@given(st.lists(parts(), min_size=1, max_size=20))
def test_children_that_add_up_have_the_estimate_of_their_parent(children: list[tuple[int, int]]) -> None:
    table = pl.DataFrame(children, schema={"x": pl.Int64, "n": pl.Int64}, orient="row")
    sums = table.sum()
    parent = statistics.estimate_of(statistics.proportion(sum(x for x, _ in children), sum(n for _, n in children)))
    row = sums.select(statistics.proportion("x", "n").struct.unnest()).row(0, named=True)
    assert row["value"] == parent.value
    least, most = (table.select(statistics.proportion("x", "n").struct.field("value")) for _ in range(2))
    assert least.min().item() * (1 - 1e-15) <= row["value"] <= most.max().item() * (1 + 1e-15)


@few
@given(st.lists(st.tuples(st.integers(-50, 50), st.integers(1, 9)), min_size=5, max_size=8))
def test_a_gap_turned_about_changes_alike_with_the_slope_turned(points: list[tuple[int, int]]) -> None:
    def change(sign: int) -> dict[str, Any]:
        table = pl.DataFrame(
            [("E1", year, float(sign * gap), sign * gap - width, sign * gap + width) for year, (gap, width) in
             enumerate(points)],
            schema={"area": pl.String, "year": pl.Int64, "value": pl.Float64, "lower_ci_95": pl.Float64,
                    "upper_ci_95": pl.Float64},
            orient="row", strict=False,
        )  # fmt: skip
        return statistics.gap_trend(table, by="area", order="year").row(0, named=True)

    one, other = change(1), change(-1)
    assert one["change"] == other["change"]
    assert math.isclose(one["slope"], -other["slope"], rel_tol=1e-9, abs_tol=1e-12)


def test_the_standard_population_is_the_published_one() -> None:
    table = statistics.european_standard_population_2013()
    weights = table["standard_population"]
    assert table["age_band"].to_list() == [f"{age}-{age + 4}" for age in range(0, 90, 5)] + ["90+"]
    # Eurostat's totals: everybody, under 75, 65 and over
    assert (weights.sum(), weights.head(15).sum(), weights.tail(6).sum()) == (100_000, 91_000, 19_500)
    assert weights.dtype == pl.Int64
