"""Who is in the room: every part that an agreement and partners.yaml give, for the people that are asked about."""

import json
from datetime import date
from pathlib import Path

import pytest

from outcomes.errors import UnknownNameError
from outcomes.partnership.loading import load_partnership
from outcomes.partnership.model import Partnership
from outcomes.partnership.room import ROOM_COLUMNS, who_is_in_the_room
from tests.unit.cli.running import run_program
from tests.world_folder import write_world

DAY = date(2026, 6, 1)
SOME = "      - {partner: C1, role: consulted, indicators: [falls]}\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for_some = (
        "      - {partner: C1, role: consulted, indicators: [falls], area_code: NB1}\n"
        "      - {partner: C1, role: contributes, indicators: [carers], breakdown: sex=Female}\n"
    )
    return write_world(tmp_path / "world", {"agreements/PL1.yaml": (SOME, for_some)})


@pytest.fixture
def partnership(folder: Path) -> Partnership:
    return load_partnership(folder)


def parts(partnership: Partnership, **terms: str) -> list[tuple[str, str, str, str]]:
    found = who_is_in_the_room(partnership, place="PL1", as_of=DAY, **terms)
    assert found.schema == dict(ROOM_COLUMNS)
    return found.select("indicator_id", "partner_code", "role", "population").rows()


def test_the_parts_of_an_agreement_and_of_those_who_send_are_there(partnership: Partnership) -> None:
    assert parts(partnership, indicator="carers") == [
        ("carers", "C1", "accountable", "Carers asked, First place"),
        ("carers", "T1", "accountable", "Carers asked, First place"),
        # nobody is named as supplier, so those of partners.yaml are
        ("carers", "C1", "supplies_data", "Carers asked, First place"),
        ("carers", "T1", "supplies_data", "Carers asked, First place"),
        ("carers", "C1", "contributes", "Carers asked, Female, First place"),
    ]
    # a named supplier stands in the place of those of partners.yaml
    suppliers = [code for _, code, role, _ in parts(partnership, indicator="92443") if role == "supplies_data"]
    assert suppliers == ["C1"]


def test_a_conversation_about_some_people_has_those_of_everybody_and_their_own(partnership: Partnership) -> None:
    here = parts(partnership, indicator="falls", population="NB1")
    assert [(code, role) for _, code, role, _ in here] == [
        ("T1", "contributes"),
        ("T1", "supplies_data"),
        ("C1", "consulted"),
    ]
    elsewhere = parts(partnership, indicator="falls", population="NB4")
    assert [code for _, code, _, _ in elsewhere] == ["T1", "T1"]
    women = parts(partnership, indicator="carers", population="female")
    assert ("carers", "C1", "contributes", "Carers asked, Female, First place") in women
    assert len(parts(partnership, indicator="carers", population="Male")) == 4
    assert len(parts(partnership, indicator="carers", population="NB1")) == 5


def test_a_topic_is_an_outcome_or_a_word_of_a_name(partnership: Partnership) -> None:
    assert {one for one, *_ in parts(partnership, topic="live-well")} == {"carers", "falls", "smoking"}
    assert {one for one, *_ in parts(partnership, topic="FALL")} == {"falls"}
    with pytest.raises(UnknownNameError, match=r"nothing of First place is called 'housing'; its outcomes are: live"):
        parts(partnership, topic="housing")
    with pytest.raises(UnknownNameError, match="'hubs' is no one indicator"):
        parts(partnership, indicator="hubs")


def test_without_an_agreement_those_who_send_are_there_and_nobody_is_said(partnership: Partnership) -> None:
    found = who_is_in_the_room(partnership, place="PL2", as_of=DAY)
    assert found.filter(found["indicator_id"] == "falls")["partner_code"].to_list() == ["T1"]
    # nobody sends or owns it
    (nobody,) = found.filter(found["indicator_id"] == "smoking").rows(named=True)
    assert (nobody["partner_code"], nobody["role"], nobody["partners_in_the_room"]) == (None, None, 0)


def test_the_command_says_it_in_plain_words_and_as_a_document(folder: Path) -> None:
    asked = ("room", "--partnership", str(folder), "--place", "PL2", "--as-of", "2026-06-01")
    said = run_program(*asked).out
    assert "Falls (falls): Residents, Second place\n  supplies data: A trust (T1)\n" in said
    assert "nobody is named" in said
    assert said.endswith("3 measures with fewer than two partners: carers, falls, smoking\n")
    document = json.loads(run_program(*asked, "--indicator", "falls", "--json").out)
    assert [row["partner_code"] for row in document] == ["T1"]
