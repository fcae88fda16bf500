"""A number that a partner wrote down is shown no more exactly than the figure it speaks of."""

from datetime import date
from typing import Any

import pytest

from outcomes.agreement.model import Position
from outcomes.partnership.policy import Preset
from outcomes.scorecard.disputes import dispute_lines
from outcomes.scorecard.model import DisputeLine
from outcomes.scorecard.stated_numbers import StatedNumbers
from outcomes.vocabulary import AreaLevel, DisputeSubject, Reason, Statistic
from tests.small_world import indicator
from tests.unit.scorecard.card_world import agreement

AS_OF = date(2026, 11, 22)
HES = Preset(suppress_from=1, suppress_to=7, rounds_to=5, exempt_levels=(AreaLevel.NATION,))
# as rounded: 130 of 425 carers
ROW: dict[str, Any] = {
    "period": "2025/26",
    "level": "place",
    "basis": "counts",
    "numerator": 130.0,
    "denominator": 425.0,
    "value": 130 / 425 * 100,
    "coverage": 1.0,
    "parts_expected": 2,
    "parts_contributed": 2,
    "reason": None,
}


def shown(
    number: float,
    preset: Preset | None = HES,
    *,
    about: DisputeSubject = DisputeSubject.VALUE,
    terms: dict[str, Any] | None = None,
    **row: Any,
) -> tuple[float | None, Reason | None]:
    numbers = StatedNumbers([{**ROW, **row}], indicator("carers", **(terms or {})), preset)
    (line,) = of_two((number, number), numbers, about)
    (found,) = {(side.value, side.reason) for side in line.positions}
    return (None if found[0] is None else round(found[0], 9), found[1])


def of_counts(count: int) -> tuple[float, None]:
    """The number of so many of 425."""
    return (round(count / 425 * 100, 9), None)


def of_two(
    numbers: tuple[float, float], stated: StatedNumbers, about: DisputeSubject = DisputeSubject.VALUE
) -> tuple[DisputeLine, ...]:
    sides = tuple(
        Position(
            id="D",
            indicator="carers",
            about=about,
            partner=partner,
            position="Ours",
            period="2025/26",
            number=number,
            opened_on=date(2026, 9, 1),
        )
        for partner, number in zip(("VA", "CC"), numbers, strict=True)
    )
    return dispute_lines((), agreement(disputes=sides), "carers", "P", {}, AS_OF, stated)


@pytest.mark.parametrize("about", [DisputeSubject.VALUE, DisputeSubject.METHOD])
def test_a_stated_number_is_that_of_the_nearest_count_that_the_policy_shows(about: DisputeSubject) -> None:
    # 124.95 and 127.7 of 425
    assert shown(29.4, about=about) == of_counts(125)
    assert shown(30.0471, about=about) == of_counts(130)
    # every number is one of a count: nothing between two of them is told
    counts = {round(shown(tenths / 10)[0] * 425 / 100, 6) for tenths in range(102, 300)}  # type: ignore[operator]
    assert counts == {float(count) for count in range(45, 126, 5)}


def test_a_stated_number_of_few_people_is_hidden_like_a_sent_one() -> None:
    hidden = (None, Reason.CONFIDENTIAL)
    assert shown(7 / 425 * 100) == hidden
    # and so is the rest: all but six
    assert shown(419 / 425 * 100) == hidden
    assert shown(0.0) == (0.0, None)
    assert shown(4.0, terms={"statistic": "count"}, value=130.0, denominator=None) == hidden
    assert shown(13.0, terms={"statistic": "count"}, value=130.0, denominator=None) == (15.0, None)


def test_beside_a_figure_of_nobody_a_stated_number_still_has_its_steps() -> None:
    assert shown(29.4, numerator=0.0, value=0.0) == of_counts(125)


def test_a_target_the_working_copy_and_an_exempt_level_say_what_was_written() -> None:
    assert shown(29.4321, about=DisputeSubject.TARGET) == (29.4321, None)
    assert shown(29.4321, None) == (29.4321, None)
    assert shown(29.4321, level="nation") == (29.4321, None)
    # a nation of which one part came is that part
    assert shown(29.4, level="nation", parts_contributed=1) == of_counts(125)


def test_what_is_no_count_has_the_decimals_of_its_measure() -> None:
    for terms in ({"statistic": "mean"}, {"statistic": "life_expectancy", "numerator": "count"}):
        assert shown(29.4567, terms=terms) == (29.5, None)
    assert shown(29.4567, basis="published") == (29.5, None)
    # where counts are shown as they are, so many decimals as the measure has
    assert shown(29.4567, Preset(suppress_from=1, suppress_to=4)) == (29.5, None)
    assert shown(29.4567, Preset(), period="2024/25") == (29.5, None)


def test_where_there_is_no_figure_to_hold_it_against_a_stated_number_of_people_is_not_shown() -> None:
    hidden = (None, Reason.CONFIDENTIAL)
    assert shown(29.4, period="2024/25") == hidden
    assert shown(29.4, value=None, numerator=None, reason="missing") == hidden
    # what its publisher prints is no secret of the partners'
    assert shown(29.4, terms={"statistic": "published_value"}, period="2024/25") == (29.4, None)


def test_under_a_policy_that_rounds_no_dispute_asks_for_more_decimals() -> None:
    measure = indicator("carers", statistic=Statistic.PROPORTION)
    (under_hes,) = of_two((29.4, 30.0), StatedNumbers([ROW], measure, HES))
    (as_written,) = of_two((29.4, 30.0), StatedNumbers([ROW], measure, None))
    assert (under_hes.is_rounded, as_written.is_rounded) == (True, False)
    (of_target,) = of_two((29.4, 30.0), StatedNumbers([ROW], measure, HES), DisputeSubject.TARGET)
    assert not of_target.is_rounded
