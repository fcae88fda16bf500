"""`check --report` and `receive --reports` write what is asked and refuse what would do harm; lines fit a terminal."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from outcomes.cli.finding_lines import finding_lines
from outcomes.finding import Finding
from outcomes.ledger.store import open_ledger
from outcomes.vocabulary import Severity
from tests.unit.cli.running import BAD, DAY, GOOD, HEADER, Command, assert_plain_failure

WORLD = ("--partnership", "world")


def test_check_writes_every_report_that_is_asked_for_and_says_so(outcomes: Command, desk: Path) -> None:
    names = ["page.html", "note.txt", "list.csv", "result.json"]
    options = [part for name in names for part in ("--report", name)]
    done = outcomes("check", "COUNCIL_q1.csv", *WORLD, *DAY, *options)
    assert (done.code, done.err) == (1, "")
    assert [line for line in done.out.splitlines() if line.startswith("Written: ")] == [
        f"Written: {name}" for name in names
    ]
    assert "Not accepted yet: one thing to mend" in (desk / "page.html").read_text(encoding="utf-8")
    assert (desk / "note.txt").read_text(encoding="utf-8").startswith("Subject: Your return COUNCIL_q1.csv")
    assert json.loads((desk / "result.json").read_text(encoding="utf-8"))[0]["verdict"] == "rejected"


def test_json_on_the_terminal_stays_one_document_when_reports_are_written(outcomes: Command, desk: Path) -> None:
    done = outcomes("check", "COUNCIL_q1.csv", *WORLD, *DAY, "--json", "--report", "page.html")
    assert json.loads(done.out)[0]["file"] == "COUNCIL_q1.csv"
    assert done.err == "Written: page.html\n"


@pytest.mark.parametrize(
    ("report", "said"),
    [
        ("COUNCIL_q1.csv", "the partner's own file"),
        ("page.pdf", "ends in"),
        ("world/page", "ends in"),
        ("world/areas.csv", "not replaced"),
    ],
)
def test_a_report_that_would_do_harm_is_refused_before_any_work(
    report: str, said: str, outcomes: Command, desk: Path
) -> None:
    message = assert_plain_failure(outcomes("check", "COUNCIL_q1.csv", *WORLD, *DAY, "--report", report))
    assert said in message
    assert (desk / "COUNCIL_q1.csv").read_text(encoding="utf-8") == BAD
    assert (desk / "world/areas.csv").read_text(encoding="utf-8").startswith("area_code,")


def test_the_same_check_writes_its_reports_again(outcomes: Command, desk: Path) -> None:
    options = [part for name in ("a.html", "a.txt", "a.csv", "a.json", "pages/") for part in ("--report", name)]
    first = outcomes("check", "COUNCIL_q1.csv", *WORLD, *DAY, *options)
    assert outcomes("check", "COUNCIL_q1.csv", *WORLD, *DAY, *options) == first


def test_several_files_go_into_a_folder_or_a_list(outcomes: Command, desk: Path) -> None:
    both = ("COUNCIL_q1.csv", "TRUST_q1.csv")
    assert "give a folder" in assert_plain_failure(outcomes("check", *both, *WORLD, *DAY, "--report", "page.html"))
    done = outcomes("check", *both, *WORLD, *DAY, "--report", "pages/", "--report", "all.csv")
    assert done.code == 1
    assert sorted(path.name for path in (desk / "pages").iterdir()) == [
        f"{name}{ending}" for name in both for ending in (".html", ".txt")
    ]
    assert (desk / "all.csv").read_text(encoding="utf-8-sig").count("COUNCIL_q1.csv") >= 1


def test_receive_leaves_a_page_and_a_note_for_each_file(outcomes: Command, desk: Path) -> None:
    (desk / "inbox").mkdir()
    (desk / "inbox/TRUST_1.csv").write_text(GOOD, encoding="utf-8")
    (desk / "inbox/COUNCIL_1.csv").write_text(BAD, encoding="utf-8")
    when = ("--received-at", "2026-11-22T09:00:00+00:00")
    done = outcomes("receive", "inbox", *WORLD, "--ledger", "new", *DAY, *when, "--reports", "pages")
    assert done.code == 1
    assert "Pages and covering notes for the senders are in pages\n" in done.out
    names = sorted(path.name for path in (desk / "pages").iterdir())
    assert names == [
        "000001-COUNCIL_1.csv.html",
        "000001-COUNCIL_1.csv.txt",
        "000002-TRUST_1.csv.html",
        "000002-TRUST_1.csv.txt",
    ]


def test_a_folder_of_reports_that_cannot_be_written_is_found_out_before_anything_is_recorded(
    outcomes: Command, desk: Path
) -> None:
    asked = ("receive", "TRUST_q1.csv", *WORLD, "--ledger", "new", *DAY, "--reports")
    assert "cannot be written" in assert_plain_failure(outcomes(*asked, "TRUST_q1.csv/pages"))
    # a record that is not there yet is no place for them either
    assert "a ledger's folder" in assert_plain_failure(outcomes(*asked, "new/pages"))
    assert not (desk / "new").exists()


def test_where_a_later_report_cannot_be_written_what_is_on_record_is_said(outcomes: Command, desk: Path) -> None:
    (desk / "inbox").mkdir()
    for name in ("TRUST_1.csv", "TRUST_2.csv", "TRUST_3.csv"):
        (desk / "inbox" / name).write_text(GOOD.replace("40,100", f"4{name[6]},100"), encoding="utf-8")
    # a folder stands where the second page would
    (desk / "pages/000002-TRUST_2.csv.html").mkdir(parents=True)
    done = outcomes("receive", "inbox", *WORLD, "--ledger", "new", *DAY, "--reports", "pages")
    assert done.code == 2
    assert [line.split()[:2] for line in done.out.splitlines() if ": accepted" in line] == [
        ["1", "TRUST_1.csv"],
        ["2", "TRUST_2.csv"],
    ]
    said = done.err.splitlines()
    assert said[0] == "2 of 3 files are on record by now; receive again to go on from there."
    assert "cannot be written" in said[1]
    assert open_ledger(desk / "new").number == 2


def test_findings_fit_80_columns_whatever_stands_in_them(outcomes: Command, desk: Path) -> None:
    rows = "".join(f"local-02,PLACE-A,2026/27 Q1,{'long' * 30}{number},5000\n" for number in range(60))
    (desk / "COUNCIL_x.csv").write_text(f"{HEADER}{rows}", encoding="utf-8")
    done = outcomes("check", "COUNCIL_x.csv", *WORLD, *DAY)
    assert max(map(len, done.out.splitlines())) <= 80
    assert "Cells D2 to D21 and 40 more: This is not a number (OUT-402)" in done.out.replace("\n       ", " ")
    assert len(done.out.splitlines()) < 60
    # nothing is said by colour
    assert "\x1b" not in done.out


def test_many_kinds_are_bounded_and_the_rest_is_counted() -> None:
    findings = [
        Finding(code=f"OUT-{number}", severity=Severity.ERROR, text=f"Wrong {number}.", fix="Mend it.", row=number)
        for number in range(100, 160)
    ]
    lines = list(finding_lines(findings))
    assert "    … and 48 more; --report FILE.html lists all" in lines
    assert sum(1 for line in lines if "To do: Mend it." in line) == 12


def test_where_a_person_stands_is_said_with_the_sheet() -> None:
    person = Finding(code="OUT-701", severity=Severity.ERROR, text="A person.", fix="Delete it.", row=3, sheet="Notes")
    said = " ".join(" ".join(finding_lines([person])).split())
    assert "Sheet Notes, row 3: " in said
    # of the one sheet that is read, each line need not say it
    assert "Notes" not in " ".join(finding_lines([replace(person, code="OUT-402")]))


def test_what_asks_for_nothing_stands_last_and_what_asks_for_a_look_before_it() -> None:
    findings = [
        Finding(
            code="OUT-453", severity=Severity.WARNING, text="A plus.", fix="Nothing needs doing.", row=2, cell="D2"
        ),
        Finding(code="OUT-352", severity=Severity.WARNING, text="Not over.", fix="Send it again.", row=3, cell="C3"),
    ]
    text = "\n".join(finding_lines(findings))
    assert (
        text.index("Please look at")
        < text.index("Not over.")
        < text.index("Nothing to do about")
        < text.index("A plus.")
    )
    assert "To mend" not in text


def test_sheets_are_named_where_there_are_several() -> None:
    findings = [
        Finding(code="OUT-402", severity=Severity.ERROR, text="Wrong.", row=2, cell="D2", sheet=sheet)
        for sheet in ("One", "Two")
    ]
    text = "\n".join(finding_lines(findings))
    assert "Sheet One, cell D2: " in text
    assert "Sheet Two, cell D2: " in text
    assert "heet" not in "\n".join(finding_lines(findings[:1]))
