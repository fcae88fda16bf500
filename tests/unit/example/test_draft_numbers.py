"""The example's draft holds no number of true counts: each is made again of the rounded counts printed beside it."""

import csv
from collections import Counter
from math import sqrt

import pytest

from outcomes.bundled import bundled_folder
from outcomes.framework.model import Indicator
from outcomes.partnership.loading import load_partnership
from outcomes.vocabulary import Statistic
from outcomes.workflows.example import ExampleRun

Z = 1.959963984540054
NUMBERS = ("numerator", "denominator", "value", "lower_ci_95", "upper_ci_95", "lower_ci_99_8", "upper_ci_99_8")


@pytest.fixture(scope="module")
def results(example: ExampleRun) -> list[dict[str, str]]:
    with (example.index.parent / "data" / "results.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


@pytest.fixture(scope="module")
def indicators() -> dict[str, Indicator]:
    partnership = load_partnership(bundled_folder("examples", "eastvale"))
    return {one.id: one for one in partnership.indicators.values()}


def test_a_hidden_cell_has_no_number_and_no_word(results: list[dict[str, str]]) -> None:
    hidden = [row for row in results if row["reason"] == "confidential"]
    assert len(hidden) > 100
    assert not [row for row in hidden if any(row[name] for name in (*NUMBERS, "detail", "benchmark_value"))]
    words = {row[name] for row in hidden for name in ("comparison", "trend", "target")}
    assert words <= {"", "cannot tell", "no target"}


def test_every_count_shown_is_zero_or_rounded_and_no_rest_is_small(
    results: list[dict[str, str]], indicators: dict[str, Indicator]
) -> None:
    # of the nation only one system came: it is no exempt national figure
    shown = [row for row in results if row["numerator"]]
    assert "nation" in {row["level"] for row in shown}
    counts = [row for row in shown if indicators[row["indicator_id"]].statistic is not Statistic.MEAN]
    assert {float(row["numerator"]) % 5 for row in counts} == {0.0}
    proportions = [row for row in counts if indicators[row["indicator_id"]].statistic is Statistic.PROPORTION]
    assert {float(row["denominator"]) % 5 for row in proportions} == {0.0}
    rests = [float(row["denominator"]) - float(row["numerator"]) for row in proportions]
    # the smallest rest that is shown is 7½, half a patient above the bound: 5 at the least once both are rounded
    assert all(rest == 0 or rest >= 5 for rest in rests)


def test_values_and_limits_are_those_of_the_printed_counts(
    results: list[dict[str, str]], indicators: dict[str, Indicator]
) -> None:
    seen: Counter[Statistic] = Counter()
    for row in results:
        indicator = indicators[row["indicator_id"]]
        if not row["value"] or not row["denominator"]:
            continue
        count, persons, value = float(row["numerator"]), float(row["denominator"]), float(row["value"])
        if indicator.statistic in (Statistic.PROPORTION, Statistic.CRUDE_RATE, Statistic.MEAN):
            assert value == pytest.approx(indicator.multiplier * count / persons, rel=1e-12)
            seen[indicator.statistic] += 1
        if indicator.statistic is Statistic.PROPORTION:
            root = Z * sqrt(Z * Z + 4 * count * (1 - count / persons))
            limits = [(2 * count + Z * Z + sign * root) / (2 * (persons + Z * Z)) for sign in (-1, 1)]
            found = [float(row["lower_ci_95"]), float(row["upper_ci_95"])]
            assert found == pytest.approx([100 * limit for limit in limits], rel=1e-9, abs=1e-9)
    assert min(seen[one] for one in (Statistic.PROPORTION, Statistic.CRUDE_RATE, Statistic.MEAN)) > 200
