"""A definition that is to be confirmed says so beside its line, and what its sources leave open is called open."""

import pytest

from outcomes.report.definition_view import definition_pairs
from outcomes.report.line_view import line_view
from outcomes.report.pages import place_page
from outcomes.scorecard.model import IndicatorLine
from outcomes.vocabulary import Statistic
from tests.report_cards import castlewick, definition


def _line(**changes: object) -> IndicatorLine:
    line = castlewick().lines[0]
    return line.model_copy(update={"definition": definition(**changes)})  # type: ignore[arg-type]


@pytest.mark.parametrize("is_open", [True, False])
def test_a_line_says_that_its_definition_is_to_be_confirmed(is_open: bool) -> None:
    subtitle = line_view(_line(is_to_be_confirmed=is_open), "Castlewick").subtitle
    assert subtitle.endswith(". Definition to be confirmed.") is is_open


def test_the_page_of_a_place_prints_it_once_a_line() -> None:
    card = castlewick()
    to_be_confirmed = {"definition": definition(is_to_be_confirmed=True)}
    marked = card.model_copy(
        update={
            "outcomes": tuple(
                outcome.model_copy(
                    update={"national": tuple(line.model_copy(update=to_be_confirmed) for line in outcome.national)}
                )
                for outcome in card.outcomes
            )
        }
    )
    national = sum(len(outcome.national) for outcome in card.outcomes)
    assert national > 5
    assert place_page(card).count("Definition to be confirmed.") == 0
    assert place_page(marked).count("Definition to be confirmed.") == national


def test_what_is_open_and_what_is_taken_as_published_are_said_in_the_definition() -> None:
    said = {
        term: text
        for term, text, _ in definition_pairs(
            _line(
                statistic=Statistic.PUBLISHED_VALUE,
                published_as="score",
                published_name="Number of things",
                numerator="",
                denominator="",
                unit="points",
                multiplier=1,
                not_established=("numerator_definition", "unit"),
                verified="to be confirmed against the official definition",
                agreed_by="Joint committee",
            )
        )
    }
    assert said["Numerator"] == "Not established in the sources seen"
    assert "Denominator" not in said
    assert said["Unit"] == "points (not established in the sources seen)"
    assert said["Statistic"] == "Published value (score)"
    assert said["Published as"] == "Number of things"
    assert said["Taken as it stands by"] == "Joint committee"
    assert said["Definition checked"] == "To be confirmed against the official definition"
