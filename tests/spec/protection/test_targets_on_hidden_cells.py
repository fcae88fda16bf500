"""Targets that rest on other cells than their own: what is hidden there withholds their words and numbers."""

from datetime import date
from typing import Any

import polars as pl
import pytest

from outcomes.estimates.estimating import estimate
from outcomes.judgement.judging import judge
from outcomes.judgement.model import Judgements
from outcomes.judgement.renumbering import renumbered
from outcomes.partnership.policy import Policy
from outcomes.protection.protecting import protect
from tests.small_world import Row, benchmark_series, inclusion, indicator, measures, world

AS_OF = date(2025, 11, 22)
POLICY = Policy(
    id="hes-2018",
    version="2018",
    title="1 to 7 hidden, the rest to the nearest 5",
    preset={"suppress_from": 1, "suppress_to": 7, "rounds_to": 5, "exempt_levels": ("nation",)},
)
AGREED: dict[str, Any] = {"indicator": "smoking", "set_by": "place", "decision": "JC 4", "agreed_on": "2020-01-01"}
SEXES = [{"dimension": "sex", "categories": ("Female", "Male"), "is_full": True}]
MEN, WOMEN = {"breakdown": "sex=Male"}, {"breakdown": "sex=Female"}
BEFORE = {"period": "2022/23"}
CHANGE = {"kind": "change", "by": {"per_cent": -20}, "baseline": BEFORE, "due": "2024/25"}
GAP = {**CHANGE, "kind": "gap", "group": "sex=Male", "compared_with": "sex=Female"}
FROZEN = {**GAP, "baseline": {**BEFORE, "value": 10, "source": "Plan"}}
SYSTEM = {"kind": "benchmark", "match": "system", "due": "2024/25"}
MEDIAN = {**SYSTEM, "match": "median"}
WHOLE: Row = {"numerator": 42, "denominator": 302}
THEN: Row = {"numerator": 92, "denominator": 298, **BEFORE}
OTHERS: list[Row] = [{"numerator": 91 + n, "denominator": 402, "area_code": f"PL{n}"} for n in (2, 3, 9)]
GROUPS: list[Row] = [
    {"numerator": 152, "denominator": 501, **MEN, **BEFORE},
    {"numerator": 91, "denominator": 503, **WOMEN, **BEFORE},
    {"numerator": 101, "denominator": 501, **MEN},
    {"numerator": 92, "denominator": 503, **WOMEN},
]
NUMBERS = ["baseline_value", "end_value", "measured_value", "lower_amount", "upper_amount"]


def _protected(target: dict[str, Any], rows: list[Row], **terms: Any) -> tuple[Row, Row, Judgements]:
    """The row of Castlewick's target as judged on true counts and as it is printed, and the printed judgements."""
    partnership = world(
        [indicator(breakdowns=SEXES)], [inclusion(targets=[{**AGREED, **target}])], policies=[POLICY], **terms
    )
    given = measures(*rows)
    true = judge(estimate(given, partnership), partnership, as_of=AS_OF)
    protected = protect(given, true, partnership, policy="hes-2018")
    again = judge(estimate(protected.measures, partnership), partnership, as_of=AS_OF)
    printed = renumbered(protected.judgements, again)
    return _row(true), _row(printed), printed


def _row(judgements: Judgements) -> Row:
    keys = ["framework_id", "area_code", "target_key"]
    frame = judgements.frame.filter(pl.col("target_key").is_not_null(), area_code="PL1")
    (row,) = frame.join(judgements.targets.select(*keys, *NUMBERS), on=keys).iter_rows(named=True)
    return row


def _with_small(rows: list[Row], place: int) -> list[Row]:
    return [{**row, "numerator": 5} if number == place else row for number, row in enumerate(rows)]


@pytest.mark.parametrize(
    ("target", "rows", "hidden"),
    [
        (CHANGE, [WHOLE, THEN], 1),
        (GAP, GROUPS, 0),
        (GAP, GROUPS, 1),
        (GAP, GROUPS, 3),
        (FROZEN, GROUPS[2:], 1),
        (SYSTEM, [WHOLE, {"numerator": 92, "denominator": 402, "area_code": "SYS1"}], 1),
        (MEDIAN, [WHOLE, *OTHERS], 2),
    ],
    ids=[
        "own baseline",
        "first baseline group",
        "second baseline group",
        "second group",
        "frozen gap",
        "area above",
        "peer",
    ],
)
def test_a_hidden_cell_that_enters_withholds_the_word_and_every_number(
    target: dict[str, Any], rows: list[Row], hidden: int
) -> None:
    before, shown, _ = _protected(target, rows)
    assert before["word"] != "cannot tell" or before["certainty"] == "within chance"
    assert shown["reason"] is None
    _, found, printed = _protected(target, _with_small(rows, hidden))
    assert (found["word"], found["reason"]) == ("cannot tell", "confidential")
    assert found["because"] == "A count that it is held against is too small to show."
    gone = [*NUMBERS, "against_value", "amount", "reached", "certainty", "direction", "points"]
    assert [found[name] for name in gone] == [None] * len(gone)
    # what was agreed is no secret
    assert found["target_period"] == "2024/25"
    assert printed.targets["kind"].to_list()[0] == target["kind"]


def test_the_own_cell_withholds_the_target_of_a_gap_too() -> None:
    _, found, _ = _protected(GAP, _with_small(GROUPS, 2))
    assert (found["word"], found["reason"]) == ("cannot tell", "confidential")
    assert found["because"] == "The count behind it is too small to show."


def test_printed_numbers_come_from_rounded_counts_under_the_word_of_true_ones() -> None:
    true, printed, _ = _protected(CHANGE, [WHOLE, THEN])
    # 42 of 302 and 92 of 298 are printed as 40 of 300 and 90 of 300: 13.33 and 30, of which four fifths are 24
    assert (printed["baseline_value"], printed["against_value"]) == (30.0, pytest.approx(24.0))
    assert printed["amount"] == pytest.approx(100 * 40 / 300 - 24)
    assert true["baseline_value"] == pytest.approx(100 * 92 / 298)
    assert printed["word"] == true["word"] == "met"
    true, printed, _ = _protected(GAP, GROUPS)
    # men 100 of 500 and women 90 of 505 now, men 150 of 500 and women 90 of 505 then
    assert printed["measured_value"] == pytest.approx(100 * (100 / 500 - 90 / 505))
    assert printed["baseline_value"] == pytest.approx(100 * (150 / 500 - 90 / 505))
    assert true["measured_value"] != printed["measured_value"]


def test_a_frozen_baseline_stays_in_print_whatever_is_rounded() -> None:
    true, printed, _ = _protected(FROZEN, GROUPS[2:])
    assert printed["against_value"] == true["against_value"] == 8.0
    assert printed["baseline_value"] == 10.0


def test_a_published_benchmark_is_known_to_all_even_where_our_own_figure_of_it_is_hidden() -> None:
    rows = [WHOLE, {"numerator": 5, "denominator": 402, "area_code": "REG1", "level": "region"}]
    region = {**SYSTEM, "match": "region"}
    published = benchmark_series({"value": 15.0, "area_code": "REG1"})
    _, found, _ = _protected(region, rows, series=[published])
    assert (found["against_value"], found["reason"]) == (15.0, None)


def test_before_renumbering_no_number_of_true_counts_is_left_where_one_was_rounded() -> None:
    partnership = world(
        [indicator(breakdowns=SEXES)],
        [inclusion(targets=[{**AGREED, **one} for one in (CHANGE, GAP, SYSTEM, MEDIAN)])],
        policies=[POLICY],
    )
    system: Row = {"numerator": 92, "denominator": 402, "area_code": "SYS1"}
    given = measures(WHOLE, THEN, *GROUPS, *OTHERS, system)
    judged = judge(estimate(given, partnership), partnership, as_of=AS_OF)
    found = protect(given, judged, partnership, policy="hes-2018").judgements
    kept = found.targets.filter(area_code="PL1")
    assert kept.height == 4
    assert kept.select(NUMBERS).null_count().row(0) == (4,) * len(NUMBERS)
    words = found.frame.filter(pl.col("target_key").is_not_null(), area_code="PL1")
    assert words.select("against_value", "amount").null_count().row(0) == (4, 4)


def test_the_working_copy_keeps_true_numbers() -> None:
    partnership = world([indicator()], [inclusion(targets=[{**AGREED, **CHANGE}])], policies=[POLICY])
    given = measures(WHOLE, THEN)
    judged = judge(estimate(given, partnership), partnership, as_of=AS_OF)
    found = protect(given, judged, partnership, policy=None)
    assert found.judgements.targets.equals(judged.targets)
