"""Explaining: a number of the example, back to its rows, on the day it is asked about."""

from collections.abc import Callable

import pytest

from outcomes.bundled import bundled_folder
from outcomes.ledger.store import open_ledger
from outcomes.partnership.loading import load_partnership
from outcomes.scorecard.model import Explanation
from outcomes.workflows.example import EXAMPLE_AS_OF, ExampleRun
from outcomes.workflows.explaining import explain

Ask = Callable[..., Explanation]


@pytest.fixture(scope="module")
def ask(example: ExampleRun) -> Ask:
    ledger, partnership = open_ledger(example.ledger), load_partnership(bundled_folder("examples", "eastvale"))

    def asked(place: str, indicator: str, known_at: int | None = None, period: str | None = None) -> Explanation:
        return explain(
            ledger,
            partnership,
            place=place,
            indicator=indicator,
            as_of=EXAMPLE_AS_OF,
            known_at=known_at,
            period=period,
        )

    return asked


def _rolled_up(found: Explanation) -> tuple[str, dict[str, str]]:
    (step,) = (step for step in found.steps if step.stage == "rolled up")
    return step.sentence, dict(step.figures)


def test_a_dispute_says_whose_figure_was_taken_and_keeps_both_positions(ask: Ask) -> None:
    found = ask("EMX060002", "local-08")
    sentence, figures = _rolled_up(found)
    assert sorted((row.partner_code, row.numerator, row.denominator) for row in found.rows) == [
        ("CWC", 160, 484),
        ("EMA", 127, 425),
    ]
    assert "Sources disagree" in sentence
    assert figures["figures taken from"] == "Castlewick City Council"
    assert (figures["numerator"], figures["to know"]) == ("160", "disputed")


def test_an_undisputed_figure_is_not_called_disputed(ask: Ask) -> None:
    sentence, figures = _rolled_up(ask("EMX060002", "local-08", period="2024/25"))
    assert "disagree" not in sentence
    assert (figures["figures taken from"], figures["to know"]) == ("Eastvale and Moor Community Alliance", "none")


def test_a_revision_is_explained_as_it_was_known(ask: Ask) -> None:
    before = ask("EMX060002", "op-01", known_at=51, period="2026-08")
    after = ask("EMX060002", "op-01", known_at=52, period="2026-08")
    assert (before.value.numerator, before.value.denominator) == (6597, 8720)
    assert (after.value.numerator, after.value.denominator) == (6285, 8391)
    assert _rolled_up(before)[1]["to know"] == "none"
    assert _rolled_up(after)[1]["to know"] == "revised"


def test_a_sum_of_sources_names_all_whose_calls_were_added(ask: Ask) -> None:
    found = ask("EMX060001", "local-09", period="2026-09")
    assert sum(row.numerator or 0 for row in found.rows) == found.value.numerator
    assert (
        _rolled_up(found)[1]["figures taken from"] == "Eastvale and Moor Community Alliance, Vale Community NHS Trust"
    )
