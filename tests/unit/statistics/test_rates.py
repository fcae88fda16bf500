"""Tests of crude rates, counts and their Poisson limits."""

import math
from typing import Any

import polars as pl
import pytest

from outcomes import statistics
from outcomes.errors import UnknownNameError


def rate(numerator: float | None, denominator: float | None, **options: Any) -> dict[str, Any]:
    frame = pl.DataFrame({"x": [numerator], "n": [denominator]}, schema={"x": pl.Float64, "n": pl.Float64})
    return frame.select(statistics.crude_rate("x", "n", **options).struct.unnest()).row(0, named=True)


def count(numerator: float | None, **options: Any) -> dict[str, Any]:
    frame = pl.DataFrame({"x": [numerator]}, schema={"x": pl.Float64})
    return frame.select(statistics.count("x", **options).struct.unnest()).row(0, named=True)


def share(numerator: float, denominator: float) -> dict[str, Any]:
    frame = pl.DataFrame({"x": [numerator], "n": [denominator]})
    return frame.select(statistics.proportion("x", "n").struct.unnest()).row(0, named=True)


def poisson_tail(events: int, expected: float) -> float:
    return math.fsum(math.exp(-expected) * expected**k / math.factorial(k) for k in range(events + 1))


@pytest.mark.parametrize("events", range(10))
@pytest.mark.parametrize(("level", "label"), [(0.95, "95"), (0.998, "99_8")])
def test_exact_limits_leave_the_right_tails_of_the_poisson_distribution(events: int, level: float, label: str) -> None:
    row = count(events)
    assert poisson_tail(events, row[f"upper_ci_{label}"]) == pytest.approx((1 - level) / 2, rel=1e-10)
    if events:
        tail_above = 1 - poisson_tail(events - 1, row[f"lower_ci_{label}"])
        assert tail_above == pytest.approx((1 - level) / 2, rel=1e-9)
    else:
        assert row[f"lower_ci_{label}"] == 0.0


def test_the_method_changes_at_ten_events_and_by_the_count_itself() -> None:
    plain = [count(events, method="byar")["upper_ci_95"] for events in (9, 9.999999, 10, 50)]
    default = [count(events)["upper_ci_95"] for events in (9, 9.999999, 10, 50)]
    assert [a == b for a, b in zip(plain, default, strict=True)] == [False, False, True, True]


def test_plain_byar_gives_no_limit_below_0() -> None:
    for events in (0, 0.01, 0.2, 1, 2, 3):
        row = count(events, method="byar")
        assert 0.0 <= row["lower_ci_99_8"] <= row["lower_ci_95"] <= row["value"] < row["upper_ci_95"]


def test_a_rate_is_the_count_and_its_limits_over_the_denominator() -> None:
    events, persons = count(7), rate(7, 2000, multiplier=1000)
    for name in ("value", "lower_ci_95", "upper_ci_99_8"):
        assert persons[name] == pytest.approx(events[name] / 2, rel=1e-15)


def test_a_rate_is_per_100_000_and_a_proportion_per_cent_unless_another_number_is_named() -> None:
    assert rate(20, 1000)["value"] == 2000.0
    assert share(20, 1000)["value"] == 2.0


def test_events_may_outnumber_the_denominator() -> None:
    assert rate(12, 5, multiplier=100_000)["value"] == 240_000.0


@pytest.mark.parametrize(
    ("numerator", "denominator", "detail"),
    [
        (5, 0, "zero denominator"),
        (0, 0, "zero denominator"),
        (-1, 5, "impossible input"),
        (1, -5, "impossible input"),
        (float("nan"), 5, "impossible input"),
        (5, float("nan"), "impossible input"),
        (float("inf"), 5, "impossible input"),
        (5, 1e-300, "impossible input"),
    ],
)
def test_a_row_that_cannot_be_is_refused_with_its_detail(numerator: float, denominator: float, detail: str) -> None:
    for method in ("exact_or_byar", "byar"):
        row = rate(numerator, denominator, method=method)
        assert (row.pop("reason"), row.pop("detail")) == ("cannot be calculated", detail)
        assert set(row.values()) == {None}


def test_a_missing_input_is_missing() -> None:
    assert [row["reason"] for row in (rate(None, 5), rate(5, None), count(None))] == ["missing"] * 3


def test_a_negative_count_is_impossible() -> None:
    assert count(-1)["detail"] == "impossible input"


def test_an_unknown_method_is_refused_by_name() -> None:
    for make in (rate, count):
        with pytest.raises(UnknownNameError, match="found 'Byars', expected one of exact_or_byar, byar, exact"):
            make(*([5] if make is count else [5, 10]), method="Byars")


def test_a_large_frame_mixes_both_methods_as_single_rows_do() -> None:
    numerators = [0.0, 9.5, 10.0, 3.0, 1e12, 3.0]
    frame = pl.DataFrame({"x": numerators, "n": [1e13] * 6})
    table = frame.select(statistics.crude_rate("x", "n").struct.unnest())
    assert table.rows(named=True) == [rate(numerator, 1e13) for numerator in numerators]


def test_scipy_is_not_loaded_until_a_small_count_needs_it() -> None:
    import subprocess
    import sys

    program = (
        "import sys, polars as pl; from outcomes import statistics as s\n"
        "frame = pl.DataFrame({'x': [10, 50], 'n': [100, 100]})\n"
        "frame.select(s.crude_rate('x', 'n').struct.unnest(), s.proportion('x', 'n').alias('p'))\n"
        "assert 'scipy' not in sys.modules\n"
        "frame.select(s.crude_rate(pl.col('x') - 8, 'n'))\n"
        "assert 'scipy' in sys.modules\n"
    )
    subprocess.run([sys.executable, "-c", program], check=True)


def test_the_exact_method_is_exact_whatever_the_count() -> None:
    # scipy.stats.chi2: the quantiles of 2x and 2x + 2 degrees of freedom, halved
    from scipy.stats import chi2

    counts = pl.DataFrame({"x": [0.0, 1.0, 9.0, 10.0, 132.0, 50_000.0]})
    found = counts.select(statistics.count("x", method="exact").alias("e")).unnest("e")
    for x, lower, upper in zip(counts["x"], found["lower_ci_95"], found["upper_ci_95"], strict=True):
        assert lower == pytest.approx(chi2.ppf(0.025, 2 * x) / 2 if x else 0.0, rel=1e-10)
        assert upper == pytest.approx(chi2.ppf(0.975, 2 * x + 2) / 2, rel=1e-10)


def test_the_largest_numbers_that_can_be_told_apart_are_taken_and_any_larger_is_refused() -> None:
    beyond = math.nextafter(1e15, math.inf)
    assert rate(1e15, 1e15, multiplier=1)["value"] == 1.0
    assert count(1e15)["value"] == 1e15
    assert share(1e15, 1e15)["value"] == 100.0
    for row in (rate(beyond, 5), rate(5, beyond), count(beyond), share(5, beyond)):
        assert (row["value"], row["detail"]) == (None, "impossible input")


def test_a_column_of_multipliers_is_taken_and_refused_row_by_row() -> None:
    beyond = math.nextafter(1e15, math.inf)
    frame = pl.DataFrame({"x": [20] * 6, "n": [100] * 6, "per": [100.0, 1e15, None, 0.0, -1.0, beyond]})
    for method in ("exact_or_byar", "byar"):
        table = frame.select(statistics.crude_rate("x", "n", multiplier="per", method=method).struct.unnest())
        assert table["value"].to_list() == [20.0, 2e14, None, None, None, None]
        assert table["reason"].to_list() == [None, None, "missing", *["cannot be calculated"] * 3]
        assert table["detail"].to_list() == [None, None, None, *["impossible input"] * 3]
