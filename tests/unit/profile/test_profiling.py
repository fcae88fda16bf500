"""The ten lines of a place: every word counted once, every line in plain words, never one number."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

import polars as pl
import pytest

from outcomes.agreement.model import Agreement
from outcomes.judgement.model import OVERDUE_COLUMNS, Judgements
from outcomes.ledger.model import ReturnsStatus
from outcomes.partnership.model import Partnership
from outcomes.profile.model import ProfileLine
from outcomes.profile.profiling import profile
from outcomes.profile.words import CurrentFigure
from outcomes.vocabulary import CommitmentState, DataStatus, Word
from tests.small_world import inclusion, indicator
from tests.unit.scorecard.card_world import AS_OF, agreement, judgements, partnership, status

IDS = [
    "attainment",
    "direction",
    "comparison",
    "inequality",
    "data",
    "commitments",
    "parity",
    "breadth",
    "voice",
    "resource",
]
NAMES = ("a", "b", "c", "d")


def whole(*agreements: Agreement, **terms: Any) -> Partnership:
    """Return two local measures, one of them operational, and two national ones."""
    return partnership(
        indicators=[indicator(name) for name in NAMES],
        local=[inclusion("a", **terms), inclusion("b", tier="operational")],
        national=[inclusion("c", tier="national", outcome="money"), inclusion("d", tier="national")],
        agreements=agreements,
    )


def lines(
    words: Judgements | None = None,
    *,
    of: Partnership | None = None,
    returns: ReturnsStatus | None = None,
    as_of: date = AS_OF,
    area_code: str = "PL1",
    current: Mapping[str, CurrentFigure] | None = None,
) -> dict[str, ProfileLine]:
    world = of or whole()
    found = profile(
        words or judgements(),
        world.agreement_for(area_code, as_of),
        returns,
        world,
        area_code=area_code,
        as_of=as_of,
        current=current,
    )
    assert [line.id for line in found.lines] == IDS
    return {line.id: line for line in found.lines}


def said(name: str, word: Word | str, **terms: Any) -> dict[str, Any]:
    """Return a judgement of a measure, on the terms of its framework."""
    held = "local" if name in "ab" else "national"
    return {"framework_id": held, "indicator_id": name, "signal": "trend", "word": str(word), **terms}


def test_a_place_of_which_nothing_is_known_has_its_ten_lines() -> None:
    found = lines()
    sentences = {line_id: line.sentence for line_id, line in found.items()}
    assert sentences == {
        "attainment": "0 targets on 0 of 3 measures: nothing to count yet.",
        "direction": "Nothing to count yet.",
        "comparison": "Nothing to count yet.",
        "inequality": "None of 3 measures are collected by deprivation.",
        "data": "No record of returns stands behind these figures.",
        "commitments": "No promise is recorded.",
        "parity": "1 local and 2 national measures; with a target 0 and 0; compared 0 and 0; with words 0 and 0. "
        "Neither is behind by the stated rules.",
        "breadth": "No agreement is recorded.",
        "voice": "Of 2 outcomes, 0 have a measure of what people experience and 0 an insight; 2 hear nobody. "
        "No insight is recorded.",
        "resource": "No money is recorded beside any outcome. It never enters an outcome.",
    }
    # a question for each, and a title that is its own
    assert all(line.question.endswith("?") for line in found.values())
    assert len({line.title for line in found.values()}) == 10


def test_words_are_counted_once_a_measure_in_their_printed_order() -> None:
    words = judgements(
        said("a", Word.NO_SIGNIFICANT_CHANGE), said("c", Word.GETTING_WORSE), said("d", Word.NO_SIGNIFICANT_CHANGE)
    )
    assert lines(words)["direction"].counts == (("getting worse", 1), ("no significant change", 2))
    assert lines(words)["direction"].sentence == "1 getting worse, 2 no significant change."


def test_operational_measures_other_places_groups_and_frameworks_move_nothing() -> None:
    words = judgements(
        said("b", Word.IMPROVING),
        said("a", Word.IMPROVING, area_code="PL2"),
        said("a", Word.IMPROVING, breakdown="sex=Male"),
        said("a", Word.IMPROVING, framework_id="national"),
        said("a", Word.IMPROVING, indicator_version=2),
    )
    found = lines(words)
    assert found == lines()
    assert found["direction"].counts == ()


@pytest.mark.parametrize(
    ("benchmarks", "expected"), [(("region", "nation"), "better"), (("nation", "region"), "worse")]
)
def test_of_several_benchmarks_the_first_choice_is_counted(benchmarks: tuple[str, ...], expected: str) -> None:
    words = judgements(
        said("a", Word.WORSE, signal="comparison", against="nation"),
        said("a", Word.BETTER, signal="comparison", against="region"),
    )
    assert lines(words, of=whole(benchmarks=benchmarks))["comparison"].counts == ((expected, 1),)


@pytest.mark.parametrize(
    ("line_id", "signal", "words"),
    [
        (
            "comparison",
            "comparison",
            "much better,better,similar,worse,much worse,much higher,higher,lower,much lower,not compared,cannot tell",
        ),
        (
            "direction",
            "trend",
            "improving,getting worse,increasing,decreasing,no significant change,cannot tell",
        ),
        ("attainment", "target", "met,on track,not met,off track,cannot tell,no target"),
    ],
)
def test_no_word_of_a_signal_is_lost(line_id: str, signal: str, words: str) -> None:
    for word in words.split(","):
        assert lines(judgements(said("a", word, signal=signal)))[line_id].counts == ((word, 1),)


def test_a_place_is_mirrored_when_good_and_bad_are_exchanged() -> None:
    turned = {"better": "worse", "worse": "better", "improving": "getting worse", "getting worse": "improving"}
    rows = [
        said("a", "better", signal="comparison", against="nation"),
        said("c", "worse", signal="comparison", against="nation"),
        said("d", "better", signal="comparison", against="nation"),
        said("a", "improving"),
        said("c", "improving"),
    ]
    one = lines(judgements(*rows))
    other = lines(judgements(*({**row, "word": turned[row["word"]]} for row in rows)))
    for line_id in ("comparison", "direction"):
        assert {turned[word]: number for word, number in one[line_id].counts} == dict(other[line_id].counts)
    assert one["parity"] == other["parity"]


def test_measures_without_a_target_are_said_and_not_counted_as_having_one() -> None:
    words = judgements(
        said("a", Word.MET, signal="target", against="place"),
        said("c", Word.OFF_TRACK, signal="target", against="nation"),
        said("d", Word.NO_TARGET, signal="target"),
    )
    found = lines(words)["attainment"]
    assert found.counts == (("met", 1), ("off track", 1), ("no target", 1))
    assert found.sentence == "2 targets on 2 of 3 measures: 1 met, 1 off track, 1 no target."


def test_figures_are_counted_for_the_place_and_its_parts() -> None:
    statuses = (*DataStatus, DataStatus.MISSING)
    returns = status(
        *({"status": one.value, "area_code": "N1" if number % 2 else "PL1"} for number, one in enumerate(statuses)),
        {"status": "received", "area_code": "PL2"},
    )
    found = lines(returns=returns)["data"]
    assert found.counts == tuple((one.value, 2 if one is DataStatus.MISSING else 1) for one in DataStatus)
    # what has come late or was revised has come; what is not yet due was not due, and what was destroyed is no more
    assert found.sentence.startswith(
        "3 of 7 figures due were received: 1 received, 1 late, 1 revised, 1 not accepted yet, 1 withdrawn"
    )


def promise(promise_id: str, **terms: Any) -> dict[str, Any]:
    return {"id": promise_id, "partner": "VA", "what": "Open a hub", "due": date(2026, 9, 1), **terms}


def test_promises_are_counted_by_what_became_of_them() -> None:
    kept = {"kept_on": date(2026, 8, 1)}
    agreed = agreement(
        commitments=[
            promise("1"),
            promise("2", **kept),
            promise("3", **kept),
            promise("4", due=date(2027, 1, 1)),
            promise("5", withdrawn_on=date(2026, 8, 1)),
            promise("6", not_kept_on=date(2026, 8, 1)),
        ]
    )
    found = lines(of=whole(agreed))["commitments"]
    assert found.counts == (
        (CommitmentState.KEPT.value, 2),
        (CommitmentState.LATE.value, 1),
        (CommitmentState.NOT_KEPT.value, 1),
        (CommitmentState.NOT_YET_DUE.value, 1),
        (CommitmentState.WITHDRAWN.value, 1),
    )
    assert found.sentence == "6 promises: 2 kept, 1 late, 1 not kept, 1 not yet due, 1 withdrawn."
    one = lines(of=whole(agreement(commitments=[promise("1")])))["commitments"]
    assert one.sentence == "1 promise: 1 late."


def test_local_and_national_measures_are_held_beside_each_other() -> None:
    goal = {
        "kind": "level",
        "points": [{"period": "2028/29", "value": 12}],
        "set_by": "place",
        "decision": "JC 1",
        "agreed_on": date(2026, 4, 2),
    }
    agreed = agreement(
        targets=[{**goal, "indicator": "c"}],
        replies=[
            {"indicator": "a", "partner": "VA", "given_on": AS_OF, "text": "today"},
            {"indicator": "d", "partner": "VA", "given_on": date(2026, 11, 23), "text": "tomorrow"},
            {"indicator": "b", "partner": "VA", "given_on": AS_OF, "text": "of an operational measure"},
        ],
    )
    words = judgements(
        said("a", Word.CANNOT_TELL, signal="comparison", against="nation"),
        said("c", Word.SIMILAR, signal="comparison", against="nation"),
        said("d", Word.NOT_COMPARED, signal="comparison"),
    )
    world = whole(agreed, targets=({**goal, "indicator": "a", "set_by": "nation"},))
    told = "1 local and 2 national measures; with a target 1 and 1; compared 0 and 1; with words 1 and 0."
    flagged = "Local measures are behind in: comparison; national measures are behind in: words beside them."
    assert lines(words, of=world)["parity"].sentence == f"{told} {flagged}"
    # and the day after, when the reply is known
    assert "with words 1 and 1." in lines(words, of=world, as_of=date(2026, 11, 23))["parity"].sentence


def test_breadth_counts_sectors_that_sign_and_own_and_no_publisher() -> None:
    agreed = agreement(
        parties=[
            {"partner": "CC", "signatory_role": "leader", "signed_on": date(2026, 3, 1)},
            {"partner": "VA", "signatory_role": "chair", "signed_on": date(2026, 11, 23)},
            {"partner": "NHS", "signatory_role": "director", "signed_on": AS_OF},
            {"partner": "OHID", "signatory_role": "nobody", "signed_on": date(2026, 3, 1)},
        ],
        responsibilities=[
            {"partner": "VA", "role": "accountable", "indicators": ["a"]},
            {"partner": "VA", "role": "accountable", "indicators": ["c"]},
            {"partner": "OHID", "role": "accountable", "indicators": ["d"]},
            {"partner": "CC", "role": "supplies_data", "indicators": ["d"]},
        ],
    )
    found = lines(of=whole(agreed))["breadth"]
    assert found.counts == (("sectors named", 3), ("sectors signed", 2), ("sectors that own a measure", 1))
    assert found.sentence == (
        "2 of 3 partners have signed, from 2 sectors; partners of 1 sector own a measure. No signature from: the "
        "voluntary sector. No insight from any of these 3 sectors. 8 sectors have no partner here."
    )


def test_the_agreement_decides_on_whose_terms_a_measure_is_counted() -> None:
    both = partnership(national=[inclusion(tier="national")], agreements=[agreement(frameworks=["national", "local"])])
    words = judgements(
        {"signal": "trend", "word": "improving"},
        {"signal": "trend", "word": "getting worse", "framework_id": "national"},
    )
    assert lines(words, of=both)["direction"].counts == (("getting worse", 1),)
    assert lines(words, of=both)["parity"].counts == (("local", 0), ("national", 1))


def test_targets_of_groups_and_gaps_are_counted_where_everybody_has_none() -> None:
    key = "agreements/PL1@1#1"
    words = judgements(
        said("a", Word.NO_TARGET, signal="target"),
        said("a", Word.ON_TRACK, signal="target", against="place", breakdown="sex=Male", target_key=key),
        said("a", Word.NO_TARGET, signal="target", breakdown="sex=Female"),
        said("c", Word.NO_TARGET, signal="target"),
    )
    found = lines(words)["attainment"]
    assert found.counts == (("on track", 1), ("no target", 1))


def test_a_measure_is_stale_where_its_line_is_and_counted_once() -> None:
    owed = [
        {"indicator_id": "a", "partner_code": "CC", "period": "2023/24"},
        {"indicator_id": "a", "partner_code": "VA", "period": "2023/24"},
        {"indicator_id": "a", "partner_code": "CC", "status": "missing"},
        {"indicator_id": "a", "partner_code": "VA", "status": "rejected"},
        {"indicator_id": "c", "partner_code": "CC", "period": "2023/24"},
        {"indicator_id": "c", "partner_code": "CC"},
        {"indicator_id": "c", "partner_code": "VA", "period": "2023/24"},
        {"indicator_id": "c", "partner_code": "VA", "status": "missing"},
    ]
    found = lines(returns=status(*owed))["data"]
    # what came of one of the two is a figure of that period: nothing later than it was due
    assert found.sentence.endswith("1 measure is stale.")
    assert [dict(part.counts)["stale measures"] for part in found.details] == [1, 1]
    # without a value the line says that it cannot be calculated, and nothing of it is stale
    newest = {"a": CurrentFigure("financial_year", date(2023, 4, 1), has_value=False)}
    assert "stale" not in lines(returns=status(*owed), current=newest)["data"].sentence


def test_a_measure_that_nobody_was_to_send_is_stale_by_its_own_rhythm() -> None:
    late = {
        "indicator_id": "d",
        "indicator_version": 1,
        "area_code": "PL1",
        "breakdown": "",
        "period_kind": "financial_year",
        "period_start": date(2023, 4, 1),
        "next_period": "2024/25",
        "due_on": date(2026, 1, 1),
        "missed": 1,
        "due_by": "usual release",
    }
    words = replace(judgements(), overdue=pl.DataFrame([late], schema=OVERDUE_COLUMNS))
    newest = {"d": CurrentFigure("financial_year", date(2023, 4, 1), has_value=True)}
    assert lines(words, returns=status(), current=newest)["data"].sentence.endswith("1 measure is stale.")
    later = {"d": CurrentFigure("financial_year", date(2024, 4, 1), has_value=True)}
    assert "stale" not in lines(words, returns=status(), current=later)["data"].sentence
