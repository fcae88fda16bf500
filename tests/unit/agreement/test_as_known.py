"""Of an agreement and its logs nothing is known before its day, and no day is forgotten."""

from collections.abc import Iterator
from datetime import date
from typing import Any, get_args

import pytest

from outcomes.agreement.as_known import DAYS, agreement_as_known
from outcomes.agreement.model import LOGS, Agreement, Released
from outcomes.agreement.passing_on import OWN_WORDS, row_to_pass_on
from outcomes.scalars import Definition
from tests.unit.scorecard.card_world import agreement


def types_in(annotation: Any) -> Iterator[type]:
    if isinstance(annotation, type):
        yield annotation
    for part in get_args(annotation):
        yield from types_in(part)


def nouns(noun: type[Definition]) -> Iterator[type[Definition]]:
    """A noun and all that its fields are made of."""
    yield noun
    for field in noun.model_fields.values():
        for one in types_in(field.annotation):
            if issubclass(one, Definition):
                yield from nouns(one)


EVERY = sorted(set(nouns(Agreement)), key=lambda noun: noun.__name__)


@pytest.mark.parametrize("noun", EVERY, ids=lambda noun: noun.__name__)
def test_every_day_of_every_noun_says_whether_it_is_when_something_was_written(noun: type[Definition]) -> None:
    days = {name for name, field in noun.model_fields.items() if date in types_in(field.annotation)}
    told = DAYS.get(noun)
    known = {told.written, *told.ends, *told.foreseen} - {""} if told else set()
    assert known == days
    for words in told.ends.values() if told else ():
        # what was added with a later day can be taken back: it need not be there
        assert all(not noun.model_fields[name].is_required() for name in words)


def test_every_row_that_can_be_released_says_which_words_wait_for_it() -> None:
    released = {log.noun for log in LOGS if issubclass(log.noun, Released)}
    assert set(OWN_WORDS) == released
    for noun, words in OWN_WORDS.items():
        assert set(words) <= set(noun.model_fields)


def test_what_was_added_to_a_row_later_is_taken_back() -> None:
    promise = {
        "id": "c1",
        "partner": "VA",
        "what": "A hub",
        "agreed_on": date(2026, 5, 1),
        "due": date(2026, 9, 30),
        "kept_on": date(2026, 9, 15),
        "evidence": "Photographs",
        "explanation": "A week early",
        "released_by": "Chair",
        "released_on": date(2026, 9, 20),
    }
    whole = agreement(commitments=[promise])
    assert agreement_as_known(whole, date(2026, 9, 20)) == whole
    unreleased = agreement_as_known(whole, date(2026, 9, 15))
    assert unreleased is not None
    assert (unreleased.commitments[0].explanation, unreleased.commitments[0].released_by) == ("A week early", "")
    told, texts = row_to_pass_on(unreleased.commitments[0], date(2026, 9, 15))
    assert (told.what, told.explanation, told.evidence, texts) == ("A hub", "(not released)", "(not released)", 2)
    before = agreement_as_known(whole, date(2026, 9, 14))
    assert before is not None
    (open_one,) = before.commitments
    assert (open_one.kept_on, open_one.evidence, open_one.explanation) == (None, "", "")
    early = agreement_as_known(whole, date(2026, 4, 30))
    assert early is not None
    assert early.commitments == ()
    assert agreement_as_known(whole, date(2026, 3, 31)) is None


def test_a_meeting_to_come_is_known_and_how_it_ended_is_not() -> None:
    boards = [
        {"id": f"m{month}", "body": "Board", "held_on": date(2026, month, 9), "quorum": 2, "present": 2, "minutes": "M"}
        for month in (6, 9, 12)
    ]
    papers = [
        {"reference": f"B {board['id']}", "meeting": board["id"], "title": "T", "result": "agreed", "decided": "Yes"}
        for board in boards
    ]
    known = agreement_as_known(agreement(meetings=boards, decisions=papers), date(2026, 7, 1))
    assert known is not None
    assert [(one.id, one.present, one.minutes) for one in known.meetings] == [("m6", 2, "M"), ("m9", None, "")]
    assert [(one.reference, one.decided) for one in known.decisions] == [("B m6", "Yes"), ("B m9", "")]
