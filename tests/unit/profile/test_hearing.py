"""What people said, carried up: each person and record once, with the way, the dissent, and nobody's words unasked."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import outcomes as oc
from outcomes.agreement.model import Insight, least_heard, may_show_words, people_heard, records_of
from outcomes.agreement.model.carrying import circles
from outcomes.errors import UnknownNameError
from outcomes.profile.hearing import every_voice
from outcomes.vocabulary import Audience, Consent, InsightMethod, Reason
from tests.world_folder import write_world

AS_OF = date(2026, 11, 22)
HEADER = (
    "id,partner,group,method,n_heard,people,area_code,collected_from,collected_to,theme,text,dissent,consent,outcomes,"
    "summarises,released_by,released_on\n"
)


def said(name: str, n: int | None = None, *of: str, **more: Any) -> Insight:
    """A record, or a summary of some."""
    told: dict[str, Any] = {
        **{"id": name, "group": "g", "method": "summary" if of else "walk", "n_heard": n, "area_code": "A"},
        **{"collected_from": date(2026, 5, 1), "collected_to": date(2026, 5, 1), "theme": "t", "text": "x"},
        **{"consent": "partners", "summarises": of},
    }
    return Insight(**{**told, **more})


@st.composite
def summaries(draw: st.DrawFn) -> dict[str, Insight]:
    """Records, some of the same people, and summaries of anything before them, in any number of layers."""
    found: dict[str, Insight] = {}
    for number in range(draw(st.integers(1, 6))):
        people = draw(st.sampled_from(["", "", "choir", "club"]))
        found[f"r{number}"] = said(f"r{number}", draw(st.integers(1, 30)), people=people)
    for number in range(draw(st.integers(0, 6))):
        below = draw(st.lists(st.sampled_from(sorted(found)), min_size=1, max_size=5))
        found[f"s{number}"] = said(f"s{number}", None, *below)
    return found


def reached(name: str, every: dict[str, Insight]) -> set[str]:
    """By plain recursion."""
    below = every[name].summarises
    return {record for one in below for record in reached(one, every)} if below else {name}


@given(summaries())
def test_people_and_records_count_once_however_many_paths_lead_to_them(every: dict[str, Insight]) -> None:
    assert circles(every) == {}
    for name in every:
        records = records_of(name, every)
        assert set(records) == reached(name, every)
        assert len(set(records)) == len(records)
        # the largest number of each lot of people, and of those only what may be shown
        lots: dict[str, list[int]] = {}
        for record in records:
            lots.setdefault(every[record].people or record, []).append(every[record].n_heard or 0)
        people, number, few = people_heard([*records, *records], every)
        assert people == sum(max(lot) for lot in lots.values() if max(lot) >= 5)
        assert number == len(records)
        assert few == sum(len(lot) for lot in lots.values() if max(lot) < 5)


def test_a_summary_of_a_summary_has_no_circle_and_a_ring_of_three_has() -> None:
    ring = {one.id: one for one in (said("a", None, "b"), said("b", None, "c"), said("c", None, "a"), said("r", 9))}
    assert circles(ring) == {"a": ("a", "b", "c", "a"), "b": ("b", "c", "a", "b"), "c": ("c", "a", "b", "c")}
    assert records_of("a", ring) == ()


@pytest.mark.parametrize("consent", list(Consent))
@pytest.mark.parametrize("released_on", [None, AS_OF, date(2026, 11, 23)])
def test_words_are_shown_to_nobody_whom_the_people_did_not_mean(consent: Consent, released_on: date | None) -> None:
    one = said("a", 9, consent=consent, released_by="Chair" if released_on else "", released_on=released_on)
    shown = {audience for audience in Audience if may_show_words(one, audience, AS_OF)}
    expected = {Consent.COUNT_ONLY: set(), Consent.PARTNERS: {Audience.PARTNERS}}.get(
        consent, {Audience.PARTNERS, Audience.NATIONAL}
    )
    assert shown - {Audience.PUBLIC} == expected
    assert (Audience.PUBLIC in shown) == (consent is Consent.PUBLIC and released_on == AS_OF)


def test_every_method_has_its_least_number() -> None:
    assert {method: least_heard(method) for method in InsightMethod if least_heard(method) != 5} == {
        InsightMethod.PANEL: 10,
        InsightMethod.SURVEY: 10,
    }


ROWS = """\
walk,T1,,walk,9,,NB1,2026-05-01,2026-05-01,Buses,Too few,Not for us,public,live-well,,Chair,2026-06-01
talk,,A group,interviews,6,,PL1,2026-05-02,2026-05-03,Buses,Too late,,partners,,,,
few,C1,,interviews,2,,NB4,2026-05-02,2026-05-03,Buses,,,count_only,live-well,,,
late,C1,,walk,20,,NB1,2026-11-20,2026-11-23,Buses,Later,,public,live-well,,,
sum,C1,,summary,,,PL1,2026-05-01,2026-05-03,Buses,Seldom,,partners,live-well,walk;talk;few,,
"""


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> oc.Partnership:
    folder: Path = write_world(tmp_path_factory.mktemp("world") / "w")
    (folder / "agreements/PL1/insights.csv").write_text(HEADER + ROWS, encoding="utf-8")
    return oc.load_partnership(folder)


def test_the_way_up_begins_at_home_and_ends_where_one_looks(world: oc.Partnership) -> None:
    ways = {
        area: {one.id: [step.areas for step in one.path] for one in oc.carried_up(world, area, as_of=AS_OF)}
        for area in ("NB1", "PL1", "SYS", "ENG", "PL2")
    }
    assert ways["NB1"] == {"walk": [("One",)]}
    assert ways["PL1"]["walk"] == [("One",), ("First place",)]
    assert ways["SYS"]["walk"] == [("One",), ("First place",), ("Our system",)]
    assert ways["ENG"]["walk"][-1] == ("England",)
    # the neighbourhood lies in both places
    assert ways["SYS"]["few"] == [("Four",), ("First place", "Second place"), ("Our system",)]
    assert ways["PL2"] == {"few": [("Four",), ("Second place",)]}


def test_what_is_collected_later_is_not_known_yet(world: oc.Partnership) -> None:
    assert "late" not in {one.id for one in oc.carried_up(world, "PL1", as_of=AS_OF)}
    assert "late" in {one.id for one in oc.carried_up(world, "PL1", as_of=date(2026, 11, 23))}


def test_a_summary_carries_the_dissent_and_counts_without_what_would_give_a_few_away(world: oc.Partnership) -> None:
    found = {one.id: one for one in oc.carried_up(world, "SYS", as_of=AS_OF)}
    total = found["sum"]
    assert (total.heard.people, total.heard.records, total.heard.few_records) == (15, 3, 1)
    assert [(one.insight, one.area, one.text) for one in total.dissents] == [("walk", "One", "Not for us")]
    assert total.records == ("few", "talk", "walk")
    assert found["walk"].summarised_by == ("sum",)
    assert (found["few"].text, found["few"].withheld, found["few"].heard.people) == ("", Reason.CONFIDENTIAL, 0)
    assert found["talk"].logged_at == "PL1"


def test_the_public_reads_what_was_released_and_no_more(world: oc.Partnership) -> None:
    shown = {one.id: one.text for one in oc.carried_up(world, "SYS", as_of=AS_OF, audience=Audience.PUBLIC)}
    assert shown == {"walk": "Too few", "talk": "", "few": "", "sum": ""}
    before = oc.carried_up(world, "SYS", as_of=date(2026, 5, 31), audience=Audience.PUBLIC)
    assert {one.text for one in before} == {""}
    assert {one.released_on for one in before} == {None}
    (own,) = [one for one in oc.carried_up(world, "SYS", as_of=AS_OF) if one.id == "walk"]
    assert own.is_released
    assert own.dissents[0].is_released


def test_an_outcome_counts_the_people_behind_it_once(world: oc.Partnership) -> None:
    found = every_voice(world, ["PL1", "SYS"], as_of=AS_OF)
    (well,) = [one for one in found["PL1"].outcomes if one.outcome == "live-well"]
    # by the summary and by two of its own records: three records all the same
    assert (well.heard.people, well.heard.records) == (15, 3)
    assert well.insights == ("sum",)
    assert well.of_panels.records == 0
    assert well.of_volunteers == well.heard
    assert well.dissents == ("One",)
    assert well.is_heard
    assert found["SYS"].heard.records == 3


def test_an_area_that_there_is_not_is_said(world: oc.Partnership) -> None:
    with pytest.raises(UnknownNameError, match="no area has the code 'XX'"):
        oc.carried_up(world, "XX", as_of=AS_OF)
