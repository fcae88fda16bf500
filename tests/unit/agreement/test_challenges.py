"""Challenges go either way by one rule: swap the sides, and everything that is counted swaps with them."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outcomes.agreement.model import (
    LEVELS_THAT_SPEAK,
    Agreement,
    Challenge,
    Clocks,
    Party,
    Responses,
    challenge_state,
    challenges_due,
    responses,
)
from outcomes.partnership.loading import load_partnership
from outcomes.vocabulary import AgreementForm, AreaLevel, ChallengeState
from tests.unit.world.mutual_cases import HEAD
from tests.world_folder import FILES, write_world

AS_OF = date(2026, 11, 22)
DAYS = st.integers(-400, 40).map(lambda days: AS_OF + timedelta(days=days))


def asked(**changes: object) -> Challenge:
    known: dict[str, object] = {
        "id": "q1",
        "raised_by": "VA",
        "raised_by_level": AreaLevel.PLACE,
        "to": "ICB",
        "to_level": AreaLevel.SYSTEM,
        "raised_on": date(2026, 9, 1),
        "what": "Why?",
    }
    return Challenge.model_validate(known | changes)


@st.composite
def challenges(draw: st.DrawFn) -> tuple[Challenge, date | None]:
    levels = draw(st.tuples(st.sampled_from(LEVELS_THAT_SPEAK), st.sampled_from(LEVELS_THAT_SPEAK)))
    raised = draw(DAYS)
    replied = draw(st.none() | st.integers(0, 90))
    one = asked(
        raised_by_level=levels[0],
        to_level=levels[1],
        raised_on=raised,
        replied_on=None if replied is None else raised + timedelta(days=replied),
        reply="" if replied is None else "So.",
    )
    return one, draw(st.none() | st.just(raised + timedelta(days=28)))


def turned(one: Challenge) -> Challenge:
    """The same challenge the other way round."""
    sides = {"raised_by": one.to, "to": one.raised_by}
    return one.model_copy(update={**sides, "raised_by_level": one.to_level, "to_level": one.raised_by_level})


def by_way(counts: tuple[Responses, ...]) -> dict[tuple[str, str], tuple[object, ...]]:
    return {
        (one.raised_by_level, one.to_level): (
            *(one.raised, one.answered, one.answered_late, one.not_yet_due, one.unanswered),
            *(one.days, one.days_waiting, one.median_days),
        )
        for one in counts
    }


@given(st.lists(challenges()))
def test_swapping_the_sides_swaps_the_counts_and_nothing_else(given_ones: list[tuple[Challenge, date | None]]) -> None:
    there = by_way(responses(given_ones, AS_OF))
    back = by_way(responses([(turned(one), due) for one, due in given_ones], AS_OF))
    assert back == {(to, raised_by): counts for (raised_by, to), counts in there.items()}


@given(st.lists(challenges()))
def test_every_challenge_raised_by_the_date_is_in_one_state(given_ones: list[tuple[Challenge, date | None]]) -> None:
    counts = responses(given_ones, AS_OF)
    known = [one for one, _ in given_ones if one.raised_on <= AS_OF]
    assert sum(one.raised for one in counts) == len(known)
    for one in counts:
        assert one.raised == one.answered + one.answered_late + one.not_yet_due + one.unanswered
        assert len(one.days) == one.answered + one.answered_late
        assert len(one.days_waiting) == one.unanswered
    ways = [(one.raised_by_level, one.to_level) for one in counts]
    assert all((to, raised_by) in ways for raised_by, to in ways)
    assert (AreaLevel.SYSTEM, AreaLevel.PLACE) in ways


@pytest.mark.parametrize(
    ("replied_on", "as_of", "state"),
    [
        (None, date(2026, 9, 29), ChallengeState.NOT_YET_DUE),
        (None, date(2026, 9, 30), ChallengeState.UNANSWERED),
        (date(2026, 9, 29), date(2026, 9, 29), ChallengeState.ANSWERED),
        (date(2026, 9, 30), date(2026, 9, 30), ChallengeState.ANSWERED_LATE),
        # what is said tomorrow is not known today
        (date(2026, 10, 5), date(2026, 10, 4), ChallengeState.UNANSWERED),
        (date(2026, 9, 20), date(2026, 9, 19), ChallengeState.NOT_YET_DUE),
    ],
)
def test_a_state_holds_as_of_a_date(replied_on: date | None, as_of: date, state: ChallengeState) -> None:
    one = asked(replied_on=replied_on, reply="So." if replied_on else "")
    assert challenge_state(one, one.due_on(28), as_of) is state
    assert challenge_state(turned(one), one.due_on(28), as_of) is state


def version(number: int, effective_from: date, days: int | None, *ones: Challenge) -> Agreement:
    return Agreement(
        area_code="P1",
        version=number,
        title="Ours",
        form=AgreementForm.MEMORANDUM_OF_UNDERSTANDING,
        frameworks=("local",),
        parties=(Party(partner="VA", signatory_role="Chair"),),
        effective_from=effective_from,
        review_by=date(2030, 1, 1),
        decision="Board",
        clocks=Clocks(challenge_reply_days=days),
        challenges=ones,
    )


def test_the_clock_is_that_of_the_version_then_and_a_day_of_its_own_comes_first() -> None:
    ones = (
        asked(id="early", raised_on=date(2024, 1, 1)),
        asked(id="first", raised_on=date(2025, 6, 1)),
        asked(id="second", raised_on=date(2026, 6, 1)),
        asked(id="own", raised_on=date(2026, 6, 1), reply_due=date(2026, 6, 3)),
    )
    second, first = version(2, date(2026, 4, 1), 10, *ones), version(1, date(2025, 4, 1), 28, *ones)

    def standing_on(day: date) -> Agreement | None:
        return next((one for one in (second, first) if one.effective_from <= day), None)

    found = {one.id: due for one, due in challenges_due([second, first], standing_on)}
    assert found == {
        "early": date(2024, 1, 29),
        "first": date(2025, 6, 29),
        "second": date(2026, 6, 11),
        "own": date(2026, 6, 3),
    }
    assert challenges_due([], standing_on) == ()


def test_a_version_that_lacks_signatures_changes_no_clock(tmp_path: Path) -> None:
    asked_of_t1 = "q1,C1,place,T1,system,2026-05-01,carers,Why?,,,,,\n"
    clock = "    decision: Board {}\n    clocks: {{challenge_reply_days: {}}}\n"
    versions = FILES["agreements/PL1.yaml"]
    for number, days in ((1, 28), (2, 5)):
        versions = versions.replace(f"    decision: Board {number}\n", clock.format(number, days), 1)
    for signed, due in ((", signed_on: 2026-03-20", date(2026, 5, 6)), ("", date(2026, 5, 29))):
        folder = write_world(
            tmp_path / str(due),
            {
                "agreements/PL1.yaml": ("", versions.replace(", signed_on: 2026-03-20", signed)),
                "agreements/PL1/challenges.csv": ("", HEAD + asked_of_t1),
            },
        )
        (found,) = load_partnership(folder).challenges_of("PL1")
        assert found[1] == due
