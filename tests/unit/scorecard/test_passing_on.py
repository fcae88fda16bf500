"""What of a scorecard may be passed on: nobody's own words before they are released, whatever part holds them."""

from collections.abc import Iterator
from datetime import date
from typing import Any, get_args

from pydantic import BaseModel

from outcomes.scorecard.model import Scorecard
from outcomes.scorecard.passing_on import OWN_WORDS, scorecard_to_pass_on
from tests.unit.scorecard.card_world import agreement, cards, partnership

SAID = "We had no driver."


def models(model: type[BaseModel], seen: set[type[BaseModel]]) -> None:
    """Gather a model and all that its fields are made of."""
    if model not in seen:
        seen.add(model)
        for field in model.model_fields.values():
            for one in types_in(field.annotation):
                if issubclass(one, BaseModel):
                    models(one, seen)


def types_in(annotation: Any) -> Iterator[type]:
    if isinstance(annotation, type):
        yield annotation
    for part in get_args(annotation):
        yield from types_in(part)


def test_every_part_that_can_be_released_says_which_words_wait_for_it() -> None:
    every: set[type[BaseModel]] = set()
    models(Scorecard, every)
    assert {one for one in every if "is_released" in one.model_fields} == set(OWN_WORDS)
    for model, words in OWN_WORDS.items():
        assert all(model.model_fields[name].annotation is str for name in words)


def test_words_go_when_they_are_released_or_asked_for() -> None:
    reply = {"indicator": "smoking", "partner": "VA", "given_on": date(2026, 9, 1), "text": SAID}
    released = {**reply, "text": "In public.", "released_by": "Chair", "released_on": date(2026, 9, 2)}
    card = cards(of=partnership(agreements=[agreement(replies=[reply, released])]))["PL1"]
    kept, texts = scorecard_to_pass_on(card)
    assert {one.text for line in kept.lines for one in line.replies} == {"(not released)", "In public."}
    assert texts == 1
    assert SAID not in kept.model_dump_json()
    whole, none = scorecard_to_pass_on(card, with_unreleased=True)
    assert (whole, none) == (card, 0)
