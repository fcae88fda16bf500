"""The built example shows every capability of collective accountability, on the page that its table names."""

import csv
import re

import pytest

from outcomes.bundled import bundled_folder
from outcomes.vocabulary import ChallengeState
from outcomes.workflows.example import ExampleRun
from tests.seeds.street import text_of

# the page, and words that stand on it in this order
SHOWN = {
    "a sign-off by a rule": ("agreements/EMX060004", "at least 11 of them: 11 of 12 have signed", "Signed: 11 Mar"),
    "what a form binds": ("agreements/EMX060002", "Its form, and what it binds", "How community nursing"),
    "a draft that waits": ("places/EMX060003", "This is a draft", "Agreement version 1"),
    "a version with its reason": ("agreements/EMX060002", "What is different from version 1", "Version 1: Castlewick"),
    "a dropped target": ("places/EMX060002", "Dropped on 1 Apr 2026 (decision", "shown until it ends"),
    "a changed target": ("places/EMX060002", "Changed on 1 Apr 2026 (decision", "shown until it ends"),
    "an overdue priority": ("agreements/EMX060003", "They were due by 1 April 2023.", "Not agreed, overdue"),
    "an unsigned promise": ("places/EMX060002", "Promises Status", "Withdrawn", "The money goes to the family hubs"),
    "a reply": ("places/EMX060002", "Special cause Getting worse", "Reply from Vale Community NHS Trust"),
    "an empty slot": ("places/EMX060002", "Much worse England", "No reply recorded", "The place for a reply"),
    "what was counted twice": ("places/EMX060002", "were counted twice in August; the figure was corrected"),
    "a dispute in numbers": ("agreements/EMX060002", "Disputed value", "computation goes on with this one"),
    "a settled dispute": ("agreements/EMX060001", "Disputed method Settled on 22 Apr 2026: APB 2026/04"),
    "a merger": ("places/EMX060003", "40.0%", "Break in series", "Sent by Marsh and Moor Housing Association until"),
    "another way of counting": ("places/EMX060001", "Break in series", "From 1 April 2024: the client level data took"),
    "a promise of before": ("places/EMX060003", "Marsh and Moor Housing Association (now Eastvale Homes Group)"),
    "what it owed": (
        "partners/EHG",
        "What is yours to do now",
        "1 figure for Dunmarsh",
        "Damp inspections",
        "Your data",
    ),
    "a force area": (
        "places/EMX060001",
        "No figure yet",
        "Eastvale and Moor force area, of which this place is a part:",
    ),
    "a former code": ("places/EMX060004", "Figures up to 31 March 2017 are those of Thornmoor and the Upper Dale"),
    "registered patients": ("places/EMX060002", "registered patients"),
    "parts of a place": ("places/EMX060003", "Apportioned"),
    "members of a lead": ("places/EMX060004", "Sent for others:", "Kingfisher Care at Home"),
    "side effects": ("places/EMX060003", "The two move apart: this is improving, that is getting worse"),
    "parity": ("agreements/EMX060002", "Local and national Aspect", "Neither is behind"),
    "breadth": ("agreements/EMX060002", "Which sectors take part Sector and partners", "No insight"),
    "burden": ("agreements/EMX060002", "If every set asked by itself", "Better Care Fund"),
    "voices carried up": ("index", "Low Fen", "Dunmarsh", "Dissent"),
    "weights of a panel": ("agreements/EMX060002", "a design effect of 1.02 (Kish)", "as much as 1,127"),
    "volunteers apart": ("agreements/EMX060003", "Buses and the new clinic"),
    "money beside": ("agreements/EMX060002", "No amount here enters the value", "Share of the risk", "bears £119,230"),
    "delegations": ("agreements/EMX060002", "Delegations: 1 in force, 1 expired"),
    "a quorum": ("meetings/EMX060002", "Quorum: 8 of 12 parties", "Decisions sought", "Heard in private"),
    "a promise due": ("meetings/EMX060002", "due by this meeting", "Falls-safe checks", "Where partners differ"),
    "a register": ("meetings/EMX060002", "Register of decisions", "Not agreed.", "Seen otherwise:"),
    "plain words": ("public/EMX060002", "What is going well", "About 6 in 100", "What was promised"),
}


@pytest.fixture(scope="module")
def pages(example: ExampleRun) -> dict[str, str]:
    names = {page for page, *_ in SHOWN.values()}
    return {page: text_of(example.site / f"{page}.html") for page in names}


@pytest.mark.parametrize("what", SHOWN)
def test_the_page_shows_it(pages: dict[str, str], what: str) -> None:
    page, *words = SHOWN[what]
    rest = pages[page]
    for said in words:
        before, found, rest = rest.partition(said)
        assert found, f"{said!r} does not stand on {page}, or not after {before[-80:]!r}"


def test_challenges_between_place_and_system_stand_in_every_state_either_way(example: ExampleRun) -> None:
    with (example.site / "data" / "challenges.csv").open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream))
    for way in (("place", "system"), ("system", "place")):
        states = {row["state"] for row in rows if (row["raised_by_level"], row["to_level"]) == way}
        assert states == set(ChallengeState), way


def test_the_table_of_the_example_names_files_that_there_are(example: ExampleRun) -> None:
    folder = bundled_folder("examples", "eastvale")
    table = (folder / "README.md").read_text(encoding="utf-8")
    named = {name for name in re.findall(r"`([\w/.-]+\.\w+)`", table) if "place" not in name.split("/")}
    there = [name for name in named if any((root / name).exists() for root in (folder, example.site))]
    # logs are named once with their folder, and then alone
    alone = {path.name for path in folder.rglob("*.*")}
    assert sorted(named - set(there) - alone) == []
    assert len(there) > 20
