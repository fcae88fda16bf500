"""The record's own acts from the command line: withdraw, expunge, what is due to go, changes, upgrade, known-at."""

import json
from pathlib import Path

import pytest

from outcomes.ledger.store import open_ledger
from outcomes.ledger.verifying import verify
from tests.unit.cli.running import DAY, REVISED, Command, Done
from tests.unit.ledger.format_1_maker import Format1

RECORD = ("--partnership", "world", "--ledger", "ledger", *DAY)
LEDGER = ("--ledger", "ledger")
TRUST = "TRUST_q1.csv"


@pytest.fixture
def withdrawn(outcomes: Command, desk: Path) -> Done:
    done = outcomes("withdraw", "2", *LEDGER, "--reason", "the wrong quarter", "--by", "J. Okafor")
    assert done.code == 0, done.err
    return done


def keep(desk: Path, years: int) -> None:
    path = desk / "world" / "partnership.yaml"
    path.write_text(f"{path.read_text()}\nretention:\n  years: {years}\n  authority: Records code 2021\n")


def test_a_withdrawal_says_what_it_did_and_status_says_withdrawn(outcomes: Command, withdrawn: Done) -> None:
    assert withdrawn.out.startswith(
        f"Entry 3: submission 2 (TRUST, {TRUST}) is withdrawn. --known-at 2 still shows it."
    )
    said = outcomes("status", *RECORD).out
    assert "2 withdrawn" in said
    assert "local-01, 2026/27 Q1" in said and "withdrawn for PLACE-A, PLACE-B" in said
    before = outcomes("status", *RECORD, "--known-at", "2").out
    assert "withdrawn" not in before
    assert json.loads(outcomes("status", *RECORD, "--json").out)["partners"][-1]["withdrawn"] == 2


def test_a_withdrawn_file_comes_back_only_where_that_is_said(outcomes: Command, withdrawn: Done) -> None:
    checked = outcomes("check", TRUST, *RECORD)
    assert checked.code == 1
    assert "by entry 3 of the record (the wrong quarter)" in " ".join(checked.out.split())
    # what still lies in the inbox is sent back, night after night, and stays withdrawn
    for _ in range(2):
        assert outcomes("receive", TRUST, *RECORD).code == 1
    assert "2 withdrawn" in outcomes("status", *RECORD).out
    assert outcomes("check", TRUST, *RECORD, "--again").code == 0
    received = outcomes("receive", TRUST, *RECORD, "--again")
    assert (received.code, "the very same file was withdrawn by entry 3, and counts again" in received.out) == (0, True)
    assert "received before, nothing changed" in outcomes("receive", TRUST, *RECORD).out
    assert "withdrawn" not in outcomes("status", *RECORD).out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("withdraw", "2", *LEDGER, "--reason", "again"), "submission 2 was withdrawn before, by entry 3"),
        (("withdraw", "1", *LEDGER, "--reason", "x"), "entry 1 is a file that was rejected"),
        (("withdraw", "9", *LEDGER, "--reason", "x"), "there is no entry 9"),
        (("withdraw", "one", *LEDGER, "--reason", "x"), "'one' is no ledger number"),
        (("withdraw", "9991234578", *LEDGER, "--reason", "x"), "there is no entry [number removed]"),
        (("withdraw", "999 123 4578", *LEDGER, "--reason", "x"), "'[number removed]' is no ledger number"),
        (("changes", *RECORD, "--since", "9991234578"), "there is no entry [number removed]"),
        (
            ("withdraw", "2", *LEDGER, "--reason", "of 9991234578"),
            "nothing was withdrawn: the reason holds an NHS number",
        ),
        (("expunge", "2", *LEDGER, "--reason", "x"), "Give the submission's number, --reason and --authority"),
        (("expunge", "2", *LEDGER, "--reason", " ", "--authority", "a"), "nothing was expunged: the reason is empty"),
        (("expunge", *LEDGER, "--due"), "--due needs --partnership and no submission"),
        (("expunge", "--due", *RECORD), "names no period of retention"),
        (("upgrade", "ledger", "new"), "has the newest format"),
        (("changes", *RECORD, "--since", "3", "--known-at", "1"), "--since 3 comes after ledger number 1"),
        (("status", *RECORD, "--known-at", "2026-11-20"), "is a day; write the time of day too"),
    ],
)
def test_what_cannot_be_done_is_one_plain_message_and_changes_nothing(
    outcomes: Command, withdrawn: Done, arguments: tuple[str, ...], said: str
) -> None:
    done = outcomes(*arguments)
    assert (done.code, done.out) == (2, "")
    assert said in " ".join(done.err.split())
    assert "Traceback" not in done.err and "4578" not in done.err
    assert open_ledger("ledger").number == 3


def test_what_is_expunged_is_gone_and_a_look_back_says_so(outcomes: Command, desk: Path) -> None:
    done = outcomes("expunge", "2", *LEDGER, "--reason", "held a name", "--authority", "Caldicott guardian")
    assert done.out.startswith(
        f"Entry 3: submission 2 (TRUST, {TRUST}) is expunged; its bytes and figures are destroyed."
    )
    assert "Pages, notes and workbooks written of it (--reports, --report) may quote it: destroy those too." in done.out
    back = outcomes("status", *RECORD, "--known-at", "2")
    assert "Not shown: the figures of submission 2 (TRUST, TRUST_q1.csv)" in back.err
    assert "2 expunged" in back.out
    document = json.loads(outcomes("status", *RECORD, "--known-at", "2", "--json").out)
    assert [one["authority"] for one in document["destroyed_since"]] == ["Caldicott guardian"]
    built = outcomes("build", *RECORD, "--known-at", "2", "--working-copy", "--out", "site")
    assert (built.code, "Not shown" in built.err) == (0, True)
    assert "every file as it was received but for 1 submission expunged" in outcomes("verify", *LEDGER).out
    # the file lies in the inbox still, beside one that is in order: it is refused and holds nothing up
    (desk / "inbox").mkdir()
    (desk / "inbox" / TRUST).write_bytes((desk / TRUST).read_bytes())
    (desk / "inbox" / "TRUST_q1b.csv").write_text(REVISED)
    received = outcomes("receive", "inbox", *RECORD)
    assert received.code == 1
    assert "OUT-601" in received.out and "TRUST_q1b.csv  TRUST: accepted" in received.out
    assert verify("ledger") == ()


def test_what_is_past_its_time_is_listed_and_destroyed_only_when_told(outcomes: Command, desk: Path) -> None:
    keep(desk, 8)
    due = ("expunge", "--due", "--partnership", "world", *LEDGER)
    # received on 20 July 2026: the day eight years later is the last
    assert "No submission is past its period" in outcomes(*due, "--as-of", "2034-07-20").out
    listed = outcomes(*due, "--as-of", "2034-07-21").out
    assert "received 2026-07-20, kept until 2034-07-20; 2 figures, 2 of which count" in listed
    assert "Nothing was destroyed. Give --yes" in listed
    (row,) = json.loads(outcomes(*due, "--as-of", "2034-07-21", "--json").out)
    assert (row["submission"], row["retained_until"]) == (2, "2034-07-20")
    assert open_ledger("ledger").number == 2
    done = outcomes(*due, "--as-of", "2034-07-21", "--yes")
    assert "submission 2 (TRUST, TRUST_q1.csv) is expunged" in done.out
    (stone,) = open_ledger("ledger").tombstones()
    assert stone.authority == "Records code 2021"
    assert stone.reason == "kept for 8 years after it came on 2026-07-20; the period ended on 2034-07-20"
    assert "No submission is past its period" in outcomes(*due, "--as-of", "2034-07-21", "--yes").out
    assert open_ledger("ledger").number == 3


def test_a_period_of_retention_that_is_none_is_a_fault_with_its_line(outcomes: Command, desk: Path) -> None:
    keep(desk, 0)
    done = outcomes("lint", "world")
    assert done.code == 1
    assert "partnership.yaml:" in done.out and "retention.years" in done.out


def test_changes_say_old_and_new_and_what_reads_differently(outcomes: Command, desk: Path) -> None:
    (desk / "TRUST_q1b.csv").write_text(REVISED)
    outcomes("receive", "TRUST_q1b.csv", *RECORD)
    said = outcomes("changes", *RECORD).out
    assert "From ledger number 2 to 3, as of 2026-11-22. For partners only." in said
    assert "local-01, PLACE-A, 2026/27 Q1: 40 of 100 → 41 of 100 (TRUST)" in said
    assert "not accepted yet" in outcomes("changes", *RECORD, "--since", "0").out
    document = json.loads(outcomes("changes", *RECORD, "--since", "0", "--json").out)
    assert {row["change"] for row in document["figures"]} == {"new"}
    assert [row["numerator_after"] for row in document["figures"]] == [41, 30]
    assert {row["change"] for row in document["scorecards"]} == {"added"}
    assert [file["verdict"] for file in document["files"]] == ["rejected", "accepted", "accepted with warning"]
    outcomes("withdraw", "3", *LEDGER, "--reason", "mixed up")
    said = outcomes("changes", *RECORD).out
    assert "submission 3 of TRUST withdrawn: mixed up" in said and "41 of 100 → 40 of 100" in said
    assert "No figure moved." in outcomes("changes", *RECORD, "--since", "2").out


def test_a_time_stands_for_a_number_and_which_is_said(outcomes: Command, withdrawn: Done) -> None:
    done = outcomes("status", *RECORD, "--known-at", "2026-07-20T09:00")
    assert "At 2026-07-20T09:00:00+00:00 the record stood at ledger number 2" in done.err
    assert "As of 2026-11-22, ledger number 2" in done.out
    early = outcomes("status", *RECORD, "--known-at", "2026-07-20T08:59:59+00:00")
    assert "ledger number 0" in early.out
    explained = (
        "explain",
        *RECORD,
        "--place",
        "PLACE-A",
        "--indicator",
        "local-01",
        "--known-at",
        "2026-07-20T10:00+01:00",
    )
    assert outcomes(*explained).code == 0
    assert "ledger number 2" in outcomes(*explained).out


def test_an_old_ledger_is_copied_and_the_way_is_named_where_it_cannot_be_written(outcomes: Command, desk: Path) -> None:
    Format1(desk / "old").made()
    refused = outcomes("receive", TRUST, "--partnership", "world", "--ledger", "old", *DAY)
    assert refused.code == 2 and "outcomes upgrade old NEW_FOLDER" in refused.err
    done = outcomes("upgrade", "old", "new")
    assert done.out == "new: 1 entries in format 2, verified. Every number means what it did. old is as it was.\n"
    assert outcomes("receive", TRUST, "--partnership", "world", "--ledger", "new", *DAY).code == 0
