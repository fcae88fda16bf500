"""Which counts are small: halves of patients, and sums at a level that the policy leaves as it is."""

from typing import Any

import pytest

from outcomes.partnership.policy import Policy
from outcomes.protection.small_counts import is_small, protection_terms, rounded
from tests.small_world import STEPS, Row, indicator, measures, world

POLICY = Policy.model_validate(
    {"id": "p", "version": "1", "title": "t", "preset": {"suppress_to": 7, "rounds_to": 5, "exempt_levels": ["nation"]}}
)
HALVES: Row = {"numerator_scale": 2, "denominator_scale": 2, "numerator": "number"}
# one system of one region is all of the nation that the partnership knows
ONE_SYSTEM = tuple(step for step in STEPS if step != ("REG1", "SYS2"))
ENGLAND: Row = {"area_code": "E92000001", "numerator": 3, "parts_expected": 4, "parts_contributed": 4}


@pytest.mark.parametrize(
    ("numerator", "denominator", "expected"),
    [
        (14, 200, None),  # 7 of 100 patients
        (190, 204, None),  # 95 of 102: 7 are left
        (1, 200, None),  # half a patient
        (17, 200, (20, 200)),  # 8½ of 100, shown as 10 of 100
        (181, 199, (180, 200)),  # 90½ of 99½: 9 are left
        (200, 200, (200, 200)),  # all of them
    ],
)
def test_half_patients_are_counts_of_patients(
    numerator: int, denominator: int, expected: tuple[int, int] | None
) -> None:
    found = _protected(HALVES, {"numerator": numerator, "denominator": denominator})
    assert found == expected


@pytest.mark.parametrize("coverage", [0.02, 0.9999])
def test_a_nation_of_which_only_some_came_is_protected_like_its_parts(coverage: float) -> None:
    assert _count({**ENGLAND, "numerator": 23, "coverage": coverage}) == 25
    assert _count({**ENGLAND, "coverage": coverage}) is None


def test_a_nation_that_came_whole_is_left_as_it_is() -> None:
    two_regions = (*STEPS, ("E92000001", "REG2"))
    assert _count({**ENGLAND, "coverage": 1.0}, steps=two_regions) == 3


def test_a_sum_over_a_single_part_is_that_part_whatever_its_level() -> None:
    assert _count({**ENGLAND, "coverage": 1.0}, steps=ONE_SYSTEM) is None


def test_a_sum_of_a_single_area_is_that_areas_though_there_are_several_today() -> None:
    # as of a region of two councils that were one when the figure was counted
    two_regions = (*STEPS, ("E92000001", "REG2"))
    row = {**ENGLAND, "coverage": 1.0, "parts_expected": 1, "parts_contributed": 1}
    assert _count(row, steps=two_regions) is None
    assert _count({**row, "numerator": 23}, steps=two_regions) == 25


def test_a_nation_that_sent_its_own_figure_is_left_as_it_is() -> None:
    assert _count({**ENGLAND, "coverage": None, "parts_expected": 1, "parts_contributed": 1}, steps=ONE_SYSTEM) == 3


def _count(row: Row, **world_terms: Any) -> int | None:
    found = _protected({"statistic": "count", "denominator": "none"}, row, **world_terms)
    return found[0] if found else None


def _protected(terms: Row, row: Row, **world_terms: Any) -> tuple[int | None, int | None] | None:
    """The numbers shown of one cell, or nothing where it is hidden."""
    partnership = world([indicator(**terms)], **world_terms)
    joined = measures(row).frame.join(
        protection_terms(partnership, POLICY), on=["indicator_id", "indicator_version"], how="left"
    )
    if joined.select(is_small()).to_series().item():
        return None
    ((numerator, denominator),) = rounded(joined).select("numerator", "denominator").rows()
    return numerator, denominator
