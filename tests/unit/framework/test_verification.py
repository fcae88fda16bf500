"""How far an entry was checked: its forms in YAML, its words in print, and what may be offered as official."""

import pytest
from pydantic import ValidationError

from outcomes.framework.loading import bundled_framework
from outcomes.framework.model import Framework, Inclusion, Indicator, Verification
from outcomes.vocabulary import Polarity, Statistic, Tier, VerificationState

INDICATOR: dict[str, object] = {
    "id": "a",
    "name": "A",
    "statistic": "published_value",
    "numerator_definition": "A",
    "period": "month",
    "level": "place",
    "source": "Us",
    "licence": "OGL",
}


@pytest.mark.parametrize(
    ("given", "state", "text"),
    [
        ("yes: agreed by the board", "yes", "yes: agreed by the board"),
        ("partly: the id only", "partial", "partly: the id only"),
        ("to be confirmed", "memory", "to be confirmed against the official definition"),
        ({"state": "memory"}, "memory", "to be confirmed against the official definition"),
        (
            {"state": "memory", "source": "only the break is established"},
            "memory",
            "to be confirmed against the official definition; only the break is established",
        ),
        (
            {"state": "yes", "seen": ["id", "name", "definition"], "source": "a list"},
            "yes",
            "yes: id, name and definition seen in a list",
        ),
        (
            {"state": "yes", "seen": ["name"], "source": "a list"},
            "yes",
            "yes: name seen in a list; the definition was not seen there",
        ),
        (
            {"state": "partial", "seen": ["id"], "source": "a list"},
            "partial",
            "partly: id seen in a list; the rest is to be confirmed",
        ),
    ],
)
def test_what_was_checked_is_said_in_words_for_a_board(given: object, state: str, text: str) -> None:
    verified = Verification.model_validate(given)
    assert (verified.state.value, verified.text) == (state, text)
    assert verified.is_official is (verified.state is VerificationState.YES)


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ("checked in March", "begins with 'yes: ', 'partly: ' or 'to be confirmed'"),
        ("yes", "begins with"),
        ("yes: ", "begins with"),
        ({"state": "yes"}, "a source is needed"),
        ({"state": "partial", "seen": ["id"]}, "a source is needed"),
        ({"state": "memory", "seen": ["id"]}, "is not from memory"),
    ],
)
def test_a_claim_without_a_source_is_refused(given: object, says: str) -> None:
    with pytest.raises(ValidationError, match=says):
        Verification.model_validate(given)


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"numerator_definition": ""}, "a numerator_definition is needed, or its name in not_established"),
        ({"not_established": ["numerator_definition"]}, "numerator_definition is not established, and stands here"),
        ({"not_established": ["name"]}, "not_established names 'name'; it may name numerator_definition"),
        (
            {"numerator_definition": "", "not_established": ["numerator_definition"], "statistic": "count"},
            "only a published_value can be taken",
        ),
        ({"statistic": "count", "published_as": "score"}, "published_as belongs to a published_value"),
    ],
)
def test_what_is_open_is_said_to_be_open(changed: dict[str, object], says: str) -> None:
    with pytest.raises(ValidationError, match=says):
        Indicator.model_validate(INDICATOR | changed)


def test_what_is_counted_may_be_left_open_by_a_published_value() -> None:
    changed = {"numerator_definition": "", "not_established": ["numerator_definition", "unit", "period"]}
    assert Indicator.model_validate(INDICATOR | changed).statistic is Statistic.PUBLISHED_VALUE


def _framework(own: str, *, included: str = "") -> Framework:
    indicator = Indicator.model_validate(INDICATOR | {"verified": own})
    inclusion = Inclusion.model_validate(
        {"indicator": "a", "outcome": "o", "tier": Tier.LOCAL, "polarity": Polarity.NO_JUDGEMENT}
        | ({"verified": included} if included else {})
    )
    head = {"id": "f", "version": "1", "title": "F", "publisher": "Us", "source": "Us", "licence": "OGL"}
    return Framework.model_validate(head | {"indicators": (indicator,), "inclusions": (inclusion,)})


def test_only_what_was_verified_is_official_and_a_set_speaks_for_its_own_claim() -> None:
    assert len(_framework("yes: read").official) == 1
    assert _framework("partly: read").official == _framework("to be confirmed").official == ()
    assert _framework("yes: read", included="partly: its number was seen").official == ()
    assert len(_framework("partly: read", included="yes: it asks for it").official) == 1


def test_of_each_bundled_set_as_many_are_official_as_were_verified() -> None:
    counted = {
        name: (len(bundled_framework(name).official), len(bundled_framework(name).inclusions))
        for name in ("ascof", "bcf", "bcf-2023-25", "core20plus5", "lof", "nof", "nof-icb-2026-27", "phof")
    }
    assert counted == {
        "ascof": (4, 27),
        "bcf": (1, 9),
        "bcf-2023-25": (3, 5),
        "core20plus5": (5, 10),
        "lof": (37, 37),
        "nof": (25, 33),
        "nof-icb-2026-27": (0, 7),
        "phof": (27, 60),
    }
