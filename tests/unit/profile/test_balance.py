"""A measure and the one that would show its side effect: flagged where the two move apart, either way."""

from typing import Any

import pytest

from outcomes.profile.model import Balance
from outcomes.profile.profiling import profile
from outcomes.vocabulary import Word
from tests.small_world import inclusion, indicator
from tests.unit.scorecard.card_world import AS_OF, judgements, partnership


def balances(*words: dict[str, Any], **terms: Any) -> tuple[Balance, ...]:
    world = partnership(
        indicators=[indicator("a"), indicator("b")],
        local=[inclusion("a", balance="b", **terms), inclusion("b", tier="operational")],
    )
    return profile(judgements(*words), None, None, world, area_code="PL1", as_of=AS_OF).balances


def said(name: str, word: Word, signal: str = "trend") -> dict[str, Any]:
    return {"framework_id": "local", "indicator_id": name, "signal": signal, "word": word.value}


@pytest.mark.parametrize(
    ("own", "other", "apart"),
    [
        (Word.IMPROVING, Word.GETTING_WORSE, True),
        (Word.GETTING_WORSE, Word.IMPROVING, True),
        (Word.IMPROVING, Word.IMPROVING, False),
        (Word.GETTING_WORSE, Word.GETTING_WORSE, False),
        (Word.IMPROVING, Word.NO_SIGNIFICANT_CHANGE, False),
        (Word.IMPROVING, Word.CANNOT_TELL, False),
        # which way is good was not agreed, so neither way is a side effect
        (Word.IMPROVING, Word.INCREASING, False),
    ],
)
def test_the_two_move_apart_where_one_improves_and_the_other_gets_worse(own: Word, other: Word, *, apart: bool) -> None:
    (found,) = balances(said("a", own), said("b", other))
    assert (found.indicator_id, found.balance_id, found.word, found.balance_word) == ("a", "b", own, other)
    assert found.moves_apart is apart


def test_an_everyday_measure_may_be_the_balance_of_an_outcome() -> None:
    (found,) = balances(said("a", Word.IMPROVING), said("b", Word.GETTING_WORSE))
    assert found.moves_apart


def test_a_special_cause_tells_where_no_trend_does() -> None:
    words = [said("a", Word.IMPROVING), said("b", Word.CANNOT_TELL), said("b", Word.GETTING_WORSE, "special_cause")]
    (found,) = balances(*words)
    assert (found.balance_word, found.moves_apart) == (Word.GETTING_WORSE, True)


def test_without_a_line_of_its_own_a_balance_is_not_read_beside_anything() -> None:
    world = partnership(indicators=[indicator("a"), indicator("b")], local=[inclusion("a", balance="b")])
    assert profile(judgements(), None, None, world, area_code="PL1", as_of=AS_OF).balances == ()
