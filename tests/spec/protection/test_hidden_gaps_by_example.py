"""Protection of gaps told by example: what a hidden group takes with it, and what stays."""

from datetime import date
from typing import Any

import pytest

from outcomes.estimates.estimating import estimate
from outcomes.framework.model import Indicator
from outcomes.judgement.judging import judge
from outcomes.judgement.model import Judgements
from outcomes.judgement.renumbering import renumbered
from outcomes.partnership.model import Partnership
from outcomes.partnership.policy import Policy
from outcomes.protection.protecting import protect
from tests.inequality_world import FIFTHS, fifths, gap_of, word_of, year
from tests.small_world import Row, inclusion, indicator, measures, world

AS_OF = date(2025, 6, 30)
POLICY = Policy(
    id="hes-2018",
    version="2018",
    title="1 to 7 hidden, the rest to the nearest 5",
    preset={"suppress_from": 1, "suppress_to": 7, "rounds_to": 5, "exempt_levels": ("nation",)},
)
# of 1,000 people in each fifth, year by year: a gap that narrows
MOST = (360, 330, 300, 270, 240)
LEAST = 150


def _world(**terms: Any) -> Partnership:
    measure: Indicator = indicator(breakdowns=[fifths()], **terms)
    return world([measure], [inclusion()], policies=[POLICY])


def _rows(**changed: int) -> list[Row]:
    """The counts of five years; `y2022_g5=3` changes one group of one year, `y2022=3` its whole."""
    rows: list[Row] = []
    for step, most in enumerate(MOST):
        number = 2020 + step
        counts = [most, 300, 250, 200, LEAST]
        whole = changed.get(f"y{number}", sum(counts))
        rows.append({"period": year(number), "numerator": whole, "denominator": 5000})
        for group, count in zip(FIFTHS, counts, strict=True):
            numerator = changed.get(f"y{number}_g{group}", count)
            key = f"deprivation_quintile={group}"
            rows.append({"period": year(number), "numerator": numerator, "denominator": 1000, "breakdown": key})
    return rows


def _printed(rows: list[Row], policy: str | None = "hes-2018") -> Judgements:
    """What is printed: words of true counts with numbers of protected ones, as the scoring workflow makes it."""
    partnership = _world()
    true = measures(*rows)
    judged = judge(estimate(true, partnership), partnership, as_of=AS_OF)
    protected = protect(true, judged, partnership, policy=policy)
    if policy is None:
        return protected.judgements
    assert protected.judgements.gaps.is_empty()
    again = judge(estimate(protected.measures, partnership), partnership, as_of=AS_OF)
    return renumbered(protected.judgements, again)


def test_without_small_counts_the_word_is_that_of_true_counts_and_the_numbers_of_rounded_ones() -> None:
    rows = _rows(y2024_g1=243)
    true, printed = _printed(rows, None), _printed(rows)
    assert word_of(true)["word"] == word_of(printed)["word"] == "narrowing"
    assert gap_of(true)["absolute_gap"] == pytest.approx(24.3 - 15)
    # 243 is printed as 245
    assert gap_of(printed)["absolute_gap"] == pytest.approx(24.5 - 15)
    assert gap_of(printed)["slope_index"] != gap_of(true)["slope_index"]
    assert word_of(printed)["amount"] != word_of(true)["amount"]


@pytest.mark.parametrize("group", ["1", "5"])
def test_a_hidden_end_takes_the_word_and_every_number_made_of_it(group: str) -> None:
    printed = _printed(_rows(**{f"y2024_g{group}": 3}))
    row = word_of(printed)
    assert (row["word"], row["reason"], row["direction"], row["points"]) == ("cannot tell", "confidential", None, None)
    assert row["because"] == "A count that the gap rests on is too small to show."
    assert (row["amount"], row["test_statistic"]) == (None, None)
    gap = gap_of(printed)
    names = ("absolute_gap", "relative_gap", "slope_index", "relative_index")
    numbers = [gap[name] for name in gap if name.startswith(names)]
    assert numbers == [None] * 20
    assert (gap["reason"], gap["slope_reason"]) == ("confidential", "confidential")
    # the other end is a figure of its own
    other = "least_deprived_value" if group == "1" else "most_deprived_value"
    hidden = "most_deprived_value" if group == "1" else "least_deprived_value"
    assert gap[other] is not None
    assert gap[hidden] is None


def test_an_end_that_was_hidden_in_an_earlier_point_takes_the_word_and_leaves_the_gap_of_now() -> None:
    printed = _printed(_rows(y2021_g5=3))
    assert (word_of(printed)["word"], word_of(printed)["reason"]) == ("cannot tell", "confidential")
    assert gap_of(printed)["absolute_gap"] == pytest.approx(24 - 15)
    assert gap_of(printed, 2021)["absolute_gap"] is None


def test_an_end_hidden_before_the_points_that_entered_takes_nothing() -> None:
    earlier = [
        {"period": year(2019), "numerator": 1200, "denominator": 5000},
        *(
            {
                "period": year(2019),
                "numerator": count,
                "denominator": 1000,
                "breakdown": f"deprivation_quintile={group}",
            }
            for group, count in zip(FIFTHS, (390, 300, 250, 200, 3), strict=True)
        ),
    ]
    assert word_of(_printed([*earlier, *_rows()]))["word"] == "narrowing"


def test_a_hidden_group_between_the_ends_takes_the_slope_index_alone() -> None:
    printed = _printed(_rows(y2024_g3=3))
    gap = gap_of(printed)
    assert word_of(printed)["word"] == "narrowing"
    assert gap["absolute_gap"] == pytest.approx(24 - 15)
    assert (gap["slope_index"], gap["slope_reason"]) == (None, "confidential")


def test_a_hidden_whole_takes_the_word_and_the_gap_between_its_parts() -> None:
    printed = _printed(_rows(y2024=3))
    row = word_of(printed)
    assert (row["word"], row["reason"]) == ("cannot tell", "confidential")
    gap = gap_of(printed)
    assert (gap["absolute_gap"], gap["most_deprived_value"], gap["slope_index"]) == (None, None, None)
    assert (gap["reason"], gap["slope_reason"]) == ("confidential", "confidential")


def test_the_working_copy_shows_what_is_true() -> None:
    copy = _printed(_rows(y2024_g5=3), None)
    assert word_of(copy)["word"] == "no significant change"
    assert gap_of(copy)["absolute_gap"] == pytest.approx(24 - 0.3)
