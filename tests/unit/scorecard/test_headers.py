"""What stands around the lines: the first summary, the place, its agreement, promises and returns."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outcomes.scorecard.headers import (
    agreement_summary,
    commitment_lines,
    partner_returns,
    place_header,
    summary_of,
)
from outcomes.scorecard.model import Comparison, IndicatorLine, Trend
from outcomes.vocabulary import CommitmentState, Tier, Word
from tests.report_cards import line as page_line
from tests.small_world import benchmark_series
from tests.unit.scorecard.card_world import AS_OF, agreement, partnership, status

COMPARISON_WORDS = (
    Word.MUCH_BETTER,
    Word.BETTER,
    Word.SIMILAR,
    Word.WORSE,
    Word.MUCH_WORSE,
    Word.MUCH_HIGHER,
    Word.HIGHER,
    Word.LOWER,
    Word.MUCH_LOWER,
    Word.NOT_COMPARED,
    Word.CANNOT_TELL,
)
TREND_WORDS = (
    Word.IMPROVING,
    Word.GETTING_WORSE,
    Word.INCREASING,
    Word.DECREASING,
    Word.NO_SIGNIFICANT_CHANGE,
    Word.CANNOT_TELL,
)
# what each word becomes when the agreed direction is turned round
MIRROR = {
    Word.MUCH_BETTER: Word.MUCH_WORSE,
    Word.BETTER: Word.WORSE,
    Word.WORSE: Word.BETTER,
    Word.MUCH_WORSE: Word.MUCH_BETTER,
    Word.IMPROVING: Word.GETTING_WORSE,
    Word.GETTING_WORSE: Word.IMPROVING,
}
# the words above that ask those who answer for a measure to say why
ASKING = {Word.WORSE, Word.MUCH_WORSE, Word.GETTING_WORSE}

Spoken = tuple[tuple[Word, ...], Word, Tier]
LINES = st.lists(
    st.tuples(
        st.lists(st.sampled_from(COMPARISON_WORDS), max_size=2).map(tuple),
        st.sampled_from(TREND_WORDS),
        st.sampled_from(list(Tier)),
    ),
    max_size=6,
)


def lines_of(spoken: list[Spoken]) -> list[IndicatorLine]:
    return [
        page_line(
            f"i{number}",
            "short",
            "name",
            points=(),
            comparisons=tuple(Comparison(word=word) for word in comparisons),
            trend=Trend(word=trend),
            tier=tier,
        )
        for number, (comparisons, trend, tier) in enumerate(spoken)
    ]


def asked(spoken: list[Spoken]) -> tuple[str, ...]:
    """The measures beside which a reply has its place: any unwelcome word, of whichever benchmark."""
    return tuple(
        f"i{number}"
        for number, (comparisons, trend, tier) in enumerate(spoken)
        if tier is not Tier.OPERATIONAL and ASKING & {*comparisons, trend}
    )


@given(LINES)
def test_turning_the_agreed_direction_round_turns_better_and_worse_and_nothing_else(spoken: list[Spoken]) -> None:
    mirrored: list[Spoken] = [
        (tuple(MIRROR.get(word, word) for word in comparisons), MIRROR.get(trend, trend), tier)
        for comparisons, trend, tier in spoken
    ]
    one, other = summary_of(lines_of(spoken)), summary_of(lines_of(mirrored))
    assert (one.call_for_reply, one.with_reply) == (asked(spoken), ())
    turned = {"better": one.worse, "worse": one.better, "call_for_reply": asked(mirrored)}
    assert other == one.model_copy(update=turned)


@given(LINES)
def test_every_counted_measure_is_in_one_list_or_in_both_better_and_worse(spoken: list[Spoken]) -> None:
    lines = lines_of(spoken)
    found = summary_of(lines)
    counted = {line.indicator_id for line in lines if line.tier is not Tier.OPERATIONAL}
    told, untold, level = {*found.better, *found.worse}, {*found.cannot_tell}, {*found.no_difference}
    assert told | untold | level == counted
    assert not (told & untold or told & level or untold & level)
    assert found.differing <= found.compared <= len(counted)
    assert found.differing_by_chance == pytest.approx(found.compared / 20)


@given(LINES)
def test_operational_measures_move_nothing(spoken: list[Spoken]) -> None:
    lines = lines_of(spoken)
    assert summary_of(lines) == summary_of([line for line in lines if line.tier is not Tier.OPERATIONAL])


@pytest.mark.parametrize(
    ("comparisons", "trend", "expected"),
    [
        ((Word.BETTER,), Word.CANNOT_TELL, "better"),
        ((Word.MUCH_WORSE,), Word.CANNOT_TELL, "worse"),
        ((Word.BETTER,), Word.GETTING_WORSE, "better worse"),
        ((), Word.IMPROVING, "better"),
        ((Word.SIMILAR,), Word.CANNOT_TELL, "no_difference"),
        ((Word.NOT_COMPARED,), Word.NO_SIGNIFICANT_CHANGE, "no_difference"),
        # without an agreed direction a difference is told, and is neither good nor bad
        ((Word.HIGHER,), Word.INCREASING, "no_difference"),
        ((Word.NOT_COMPARED,), Word.CANNOT_TELL, "cannot_tell"),
        ((), Word.CANNOT_TELL, "cannot_tell"),
        # the first choice of benchmark is the one that counts
        ((Word.SIMILAR, Word.WORSE), Word.CANNOT_TELL, "no_difference"),
    ],
)
def test_what_the_summary_makes_of_words(comparisons: tuple[Word, ...], trend: Word, expected: str) -> None:
    found = summary_of(lines_of([(comparisons, trend, Tier.LOCAL)]))
    lists = ("better", "worse", "cannot_tell", "no_difference")
    assert " ".join(name for name in lists if getattr(found, name)) == expected


def test_a_difference_that_is_neither_good_nor_bad_still_counts_as_differing() -> None:
    spoken: list[Spoken] = [
        ((word,), Word.CANNOT_TELL, Tier.NATIONAL)
        for word in (Word.HIGHER, Word.SIMILAR, Word.WORSE, Word.NOT_COMPARED, Word.CANNOT_TELL)
    ]
    found = summary_of(lines_of(spoken))
    assert (found.compared, found.differing) == (3, 2)


def test_a_place_says_where_it_lies_and_what_lies_in_it() -> None:
    found = place_header(partnership(), "PL1", AS_OF)
    assert (found.area_code, found.name, found.level) == ("PL1", "Castlewick", "place")
    assert found.within == ("Eastvale", "North", "England")
    assert found.part_names == ("Abbey", "Moor", "Zetland")
    assert (found.population, found.population_note) == (None, "")


def test_the_population_is_the_latest_that_was_known() -> None:
    people = benchmark_series(
        {"area_code": "PL1", "indicator_id": None, "period": "2023/24", "numerator": 900},
        {"area_code": "PL1", "indicator_id": None, "period": "2024/25", "numerator": 1000},
        {"area_code": "PL1", "indicator_id": None, "period": "2026/27", "numerator": 5000},
        {"area_code": "PL1", "indicator_id": None, "period": "2025/26", "numerator": 400, "breakdown": "sex=Male"},
        {"area_code": "PL2", "indicator_id": None, "period": "2025/26", "numerator": 7000},
        kind="population",
    )
    found = place_header(partnership(series=[benchmark_series(series_id="other"), people]), "PL1", AS_OF)
    assert (found.population, found.population_note) == (1000, "Published figures, 2025")


def test_who_had_signed_by_the_date() -> None:
    signed = agreement(
        parties=[
            {"partner": "VA", "signatory_role": "chair", "signed_on": date(2026, 11, 23)},
            {"partner": "CC", "signatory_role": "leader", "signed_on": AS_OF},
            {"partner": "NHS", "signatory_role": "director"},
        ]
    )
    found = agreement_summary(signed, partnership(), AS_OF)
    assert [(party.partner, party.signed_on) for party in found.parties] == [
        ("Castlewick Council", AS_OF),
        ("Eastvale Trust", None),
        ("Voluntary Alliance", None),
    ]
    assert not found.is_in_force
    assert agreement_summary(agreement(), partnership(), AS_OF).is_in_force
    assert not agreement_summary(agreement(), partnership(), date(2026, 3, 31)).is_in_force


def promise(promise_id: str, due: date, **terms: Any) -> dict[str, Any]:
    return {"id": promise_id, "partner": "VA", "what": "Open a hub", "due": due, **terms}


def test_promises_stand_late_first_then_by_what_became_of_them() -> None:
    early, late = date(2026, 5, 1), date(2026, 9, 1)
    agreed = agreement(
        commitments=[
            promise("withdrawn", early, withdrawn_on=late),
            promise("coming", date(2026, 12, 1)),
            promise("broken", early, not_kept_on=late),
            promise("kept", late, kept_on=early, evidence="minutes"),
            promise("late-b", late),
            promise("late-a", early),
            promise("late-c", early, partner="CC"),
            # what becomes of it later is not known yet
            promise("kept-later", late, kept_on=date(2026, 11, 23), evidence="photo", explanation="It opened"),
        ]
    )
    found = commitment_lines(agreed, partnership(), AS_OF)
    assert [line.id for line in found] == [
        "late-c",
        "late-a",
        "kept-later",
        "late-b",
        "kept",
        "broken",
        "coming",
        "withdrawn",
    ]
    by_id = {line.id: line for line in found}
    assert by_id["late-a"].days_late == (AS_OF - early).days
    assert (by_id["kept"].since, by_id["kept"].days_late, by_id["kept"].evidence) == (early, 0, "minutes")
    assert (by_id["broken"].state, by_id["broken"].since) == (CommitmentState.NOT_KEPT, late)
    assert by_id["kept-later"].since is None
    assert (by_id["kept-later"].evidence, by_id["kept-later"].explanation) == ("", "")


def test_a_promise_is_late_from_the_day_after_it_was_due() -> None:
    agreed = agreement(commitments=[promise("today", AS_OF), promise("yesterday", date(2026, 11, 21))])
    states = {line.id: (line.state, line.days_late) for line in commitment_lines(agreed, partnership(), AS_OF)}
    assert states == {"today": (CommitmentState.NOT_YET_DUE, 0), "yesterday": (CommitmentState.LATE, 1)}


def test_returns_are_counted_partner_by_partner_for_the_place_and_its_parts() -> None:
    sent = status(
        {"partner_code": "VA", "status": "late"},
        {"partner_code": "VA", "status": "revised", "area_code": "N1"},
        {"partner_code": "VA", "status": "missing", "area_code": "N2"},
        {"partner_code": "CC"},
        {"partner_code": "CC", "status": "not yet due", "period": "2025/26"},
        {"partner_code": "CC", "status": "rejected", "period": "2023/24"},
        # a publisher signs nothing, and another place's figures are not this one's
        {"partner_code": "OHID"},
        {"partner_code": "NHS", "area_code": "PL2"},
    )
    found = partner_returns(sent, partnership(), "PL1")
    assert [line.partner for line in found] == ["Castlewick Council", "Voluntary Alliance"]
    council, alliance = found
    assert (council.expected, council.received, council.not_yet_due, council.rejected) == (3, 1, 1, 1)
    # late and revised figures have come
    assert (alliance.expected, alliance.received, alliance.late, alliance.revised, alliance.missing) == (3, 2, 1, 1, 1)


def test_without_a_ledger_no_returns_are_counted() -> None:
    assert partner_returns(None, partnership(), "PL1") == ()
