"""What was given for a whole, in words: the sum of the parts, the other figure and the difference."""

import pytest

from outcomes.report.submitted import differing_whole, submitted_notes
from outcomes.scorecard.figures import rows_with_submitted, value_of
from outcomes.scorecard.model import SubmittedWhole, Value
from tests.small_world import estimates


def given(**more: object) -> Value:
    submitted = SubmittedWhole.model_validate({"partners": ("NHS England",), **more})
    return Value(value=12.0, numerator=1200.0, denominator=10_000.0, submitted=submitted)


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (
            given(value=12.4, numerator=1250, denominator=10_050, numerator_difference=50, denominator_difference=50),
            "NHS England gives 1,250 of 10,050, 12.4% for the whole (50 more, out of 50 more)",
        ),
        (
            given(value=11.9, numerator=1190, denominator=10_000, numerator_difference=-10, denominator_difference=0),
            "NHS England gives 1,190 of 10,000, 11.9% for the whole (10 fewer)",
        ),
        (
            given(value=12, numerator=1200, denominator=9_990, numerator_difference=0, denominator_difference=-10),
            "NHS England gives 1,200 of 9,990, 12.0% for the whole (the same, out of 10 fewer)",
        ),
        (given(value=12.6, value_difference=0.6), "NHS England gives 12.6% for the whole (0.6 higher)"),
        (given(value=11.98, value_difference=-0.02), "NHS England gives 12.0% for the whole (0.02 lower)"),
        (
            given(value=12.6, value_difference=0.6, partners=("A", "B")),
            "A and B give 12.6% for the whole (0.6 higher)",
        ),
    ],
)
def test_both_figures_and_the_difference_are_printed(value: Value, said: str) -> None:
    own = "12.0%" if value.submitted and value.submitted.numerator is None else "1,200 of 10,000"
    assert submitted_notes(value, 1, "%") == (f"Sum of its parts: {own}", said)
    assert differing_whole(value, 1, "%") == (said,)


def test_the_same_figure_is_said_once_and_not_in_tables() -> None:
    value = given(value=12.0, numerator=1200, denominator=10_000, numerator_difference=0, denominator_difference=0)
    assert submitted_notes(value, 1, "%") == ("Sum of its parts; NHS England gives the same for the whole",)
    assert differing_whole(value, 1, "%") == ()


def test_nothing_is_said_where_nothing_was_given_or_no_value_stands() -> None:
    assert submitted_notes(Value(value=1.0), 0, "") == ()
    assert submitted_notes(Value(submitted=SubmittedWhole(value=2.0)), 0, "") == differing_whole(Value(), 0, "") == ()


def test_the_difference_has_no_dust_of_binary_fractions() -> None:
    own, whole = estimates({"value": 0.1}).frame, estimates({"value": 0.3, "partner_codes": ["X"]}).frame
    (row,) = rows_with_submitted(own, whole)
    found = value_of(row, {"X": "Ministry"}).submitted
    assert found is not None
    assert (found.value_difference, found.partners) == (0.2, ("Ministry",))
