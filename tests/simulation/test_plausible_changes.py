"""How often an ordinary figure is called out of line, and how often a slip is, by a small simulation."""

from statistics import mean

import pytest
from benchmarks.simulation.plausible_changes import Rate, rates


@pytest.fixture(scope="module")
def found() -> list[Rate]:
    return list(rates(500))


def test_ordinary_figures_are_hardly_ever_named(found: list[Rate]) -> None:
    steady = [one for one in found if one.series in {"chance alone", "varies by 10%", "grows", "drifts"}]
    assert mean(one.named for one in steady) <= 5.0
    # one figure in five hundred is 20 of ten thousand
    assert max(one.named for one in steady) <= 40.0
    assert mean(one.named for one in found) <= 10.0
    assert max(one.named for one in found) <= 100.0


def test_a_slip_of_a_digit_is_found_in_all_but_small_counts(found: list[Rate]) -> None:
    large = [one for one in found if one.level >= 200.0]
    for slip in ("ten times", "a tenth"):
        assert mean(one.found[slip] for one in large) >= 8_500.0
        assert mean(one.found[slip] for one in large if one.series != "seasons") >= 9_500.0


def test_of_counts_of_two_or_three_nobody_can_say_much(found: list[Rate]) -> None:
    assert max(one.found["a tenth"] for one in found if one.level == 2.0) <= 100.0
