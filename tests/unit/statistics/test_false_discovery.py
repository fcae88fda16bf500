"""Tests of the adjustment of Benjamini and Hochberg, held to their own example and to SciPy's."""

import math

import pytest
from scipy import stats

from outcomes.statistics import false_discovery_adjusted

# Benjamini and Hochberg 1995, section 3.2: fifteen comparisons, of which four stay at 5 %
PUBLISHED = [
    0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1.0,
]  # fmt: skip


def test_four_stay_in_the_authors_own_example() -> None:
    assert [adjusted <= 0.05 for adjusted in false_discovery_adjusted(PUBLISHED)] == [True] * 4 + [False] * 11


def test_it_is_scipys_to_the_bit() -> None:
    for family in (PUBLISHED, [0.5], [0.0, 0.0, 1.0], [0.04, 0.01, 0.03, 0.01], [1.0] * 4):
        assert false_discovery_adjusted(family) == stats.false_discovery_control(family).tolist()


def test_a_family_of_none_has_nothing_to_adjust() -> None:
    assert false_discovery_adjusted([]) == []


@pytest.mark.parametrize("wrong", [-0.1, 1.1, math.nan, math.inf])
def test_what_is_no_p_value_is_refused(wrong: float) -> None:
    with pytest.raises(ValueError, match="expected numbers from 0 to 1"):
        false_discovery_adjusted([0.5, wrong])
