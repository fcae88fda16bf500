"""What each command prints and how it ends when nothing is wrong with the request."""

import json
import os
import re
from pathlib import Path
from typing import Any

import pytest

from outcomes.cli import printing
from outcomes.scorecard.reading import read_scorecard
from outcomes.version import VERSION
from outcomes.workflows.example import ExampleRun
from tests.small_disks import tree_of
from tests.unit.cli.running import DAY, GOOD, HEADER, REVISED, Command, Done, run_program

WORLD = ("--partnership", "world")
RECORD = (*WORLD, "--ledger", "ledger", *DAY)


def document(done: Done, code: int = 0) -> Any:
    """Return the one JSON document on stdout; there is nothing else anywhere."""
    assert (done.code, done.err) == (code, "")
    return json.loads(done.out)


def test_the_version_and_the_help_are_printed(outcomes: Command) -> None:
    assert outcomes("--version") == Done(0, f"{VERSION}\n", "")
    shown = outcomes("--help")
    assert shown.code == 0
    for command in ("demo", "init", "lint", "check", "receive", "status", "build", "explain", "verify"):
        assert re.search(rf"^  {command} ", shown.out, flags=re.MULTILINE)
        assert outcomes(command, "--help").code == 0


def test_a_first_partnership_is_made_and_has_no_fault(outcomes: Command, desk: Path) -> None:
    done = outcomes("init", "first")
    files = [name for name, content in tree_of(desk / "first").items() if content is not None]
    assert done == Done(0, f"{len(files)} files written to first. Next: outcomes lint first\n", "")
    assert outcomes("lint", "first") == Done(0, "", "0 faults, 0 pieces of advice in first\n")


def test_indicators_come_from_a_list(outcomes: Command, desk: Path) -> None:
    header = "id,name,statistic,numerator,denominator,multiplier,unit,polarity,period,level,source,licence,outcome\n"
    row = "1,Smokers,proportion,smokers,people,100,%,lower_is_better,financial_year,place,survey,none,health\n"
    (desk / "list.csv").write_text(header + row, encoding="utf-8")
    assert outcomes("init", "first", "--indicators", "list.csv").code == 0
    assert "Smokers" in (desk / "first/frameworks/local/indicators.yaml").read_text(encoding="utf-8")


def test_lint_names_every_fault_with_file_and_line(outcomes: Command, desk: Path) -> None:
    partners = desk / "world/partners.yaml"
    text = partners.read_text(encoding="utf-8")
    partners.write_text(
        text.replace("type: council", "type: counsel").replace("[SYSTEM]", "[SYSTM]", 1), encoding="utf-8"
    )
    done = outcomes("lint", "world")
    assert done.code == 1
    lines = done.out.splitlines()
    assert all(re.match(r"partners\.yaml:\d+: [a-z-]+( \(advice\))?: .+", line) for line in lines)
    assert len(lines) == 3
    assert done.err == "2 faults, 1 piece of advice in world\n"


def test_check_says_what_to_mend_and_stores_nothing(outcomes: Command, desk: Path) -> None:
    before = tree_of(desk)
    good = outcomes("check", "TRUST_q1.csv", *WORLD, *DAY)
    assert good == Done(0, "TRUST_q1.csv from TRUST: ready to send\n  2 figures read\n", "")
    known = outcomes("check", "TRUST_q1.csv", *RECORD)
    assert (known.code, known.out.splitlines()[-1]) == (0, "  2 figures read, 0 new to the record")
    bad = outcomes("check", "TRUST_q1.csv", "COUNCIL_q1.csv", *WORLD, *DAY)
    # one bad file among several is enough
    assert bad.code == 1
    assert "COUNCIL_q1.csv from COUNCIL: not accepted yet\n" in bad.out
    assert "1. Cell D2: This is not a number (OUT-402)\n" in bad.out
    assert (outcomes("check", "TRUST_q1.csv", *WORLD, *DAY, "--partner", "COUNCIL").code, tree_of(desk)) == (1, before)


def test_check_prints_one_json_document_of_the_published_form(outcomes: Command, desk: Path) -> None:
    found = document(outcomes("check", "TRUST_q1.csv", "COUNCIL_q1.csv", *RECORD, "--json"), code=1)
    assert [one["file"] for one in found] == ["TRUST_q1.csv", "COUNCIL_q1.csv"]
    good, bad = found
    # the same file was received before, which is worth a warning
    assert (good["verdict"], good["loaded_rows"], good["new_observations"]) == ("accepted with warning", 2, 0)
    assert [message["severity"] for message in good["messages"]] == ["warning"]
    assert good["observations"][0] == {
        "row": 2,
        "indicator_id": "local-01",
        "place_code": "PLACE-A",
        "period": "2026/27 Q1",
        "sex": "Persons",
        "age_band": "All ages",
        "deprivation_decile": None,
        "numerator": 40,
        "denominator": 100,
        "value": None,
        "status": None,
        "value_note": None,
        "comment": None,
    }
    assert (bad["verdict"], bad["loaded_rows"], bad["observations"]) == ("rejected", 0, [])
    message = bad["messages"][0]
    assert {"code", "severity", "sheet", "row", "cell", "column", "value", "text", "fix"} <= set(message)
    assert (message["severity"], message["row"], message["cell"]) == ("error", 2, "D2")


def test_counts_without_a_ledger_are_null(outcomes: Command, desk: Path) -> None:
    (found,) = document(outcomes("check", "TRUST_q1.csv", *WORLD, *DAY, "--json"))
    assert found["new_observations"] is None


def test_receiving_again_changes_nothing(outcomes: Command, desk: Path) -> None:
    when = ("--received-at", "2026-11-22T09:00:00+00:00")
    before = tree_of(desk / "ledger")
    again = outcomes("receive", "TRUST_q1.csv", *RECORD, *when)
    assert again.code == 0
    assert "TRUST: accepted; received before, nothing changed\n" in again.out
    assert tree_of(desk / "ledger") == before
    # one line is enough, of a rejected file too
    assert again.out.count("\n") == 1
    rejected = outcomes("receive", "COUNCIL_q1.csv", *RECORD, *when)
    assert rejected.code == 1
    assert rejected.out == (
        "   1  COUNCIL_q1.csv  COUNCIL: not accepted yet; received before, nothing changed "
        "(`outcomes check` says what to mend)\n"
    )
    (desk / "TRUST_q2.csv").write_text(REVISED, encoding="utf-8")
    revised = outcomes("receive", "TRUST_q2.csv", *RECORD, *when)
    assert revised.code == 0
    assert "1 of 2 figures new" in revised.out
    assert outcomes("receive", "COUNCIL_q1.csv", *RECORD, *when).code == 1
    assert outcomes("verify", "--ledger", "ledger").code == 0


def test_of_a_file_that_counts_and_would_not_be_accepted_by_now_that_is_said(outcomes: Command, desk: Path) -> None:
    early = ("--ledger", "ledger", "--as-of", "2026-03-01")
    done = outcomes("check", "TRUST_q1.csv", *WORLD, *early)
    assert done.code == 1
    assert "It came before, and its figures count." in done.out
    assert "No figure of it counts yet" not in done.out
    received = outcomes("receive", "TRUST_q1.csv", *WORLD, *early)
    assert (received.code, received.out) == (
        0,
        "   2  TRUST_q1.csv  TRUST: accepted; received before, nothing changed\n",
    )


def test_a_file_that_came_before_under_another_name_is_said_with_both(outcomes: Command, desk: Path) -> None:
    (desk / "TRUST_new.csv").write_bytes((desk / "TRUST_q1.csv").read_bytes())
    done = outcomes("receive", "TRUST_new.csv", *RECORD)
    assert done.out == "   2  TRUST_new.csv  TRUST: accepted; received before as TRUST_q1.csv, nothing changed\n"


@pytest.mark.skipif(os.name != "posix", reason="no other system lets a name hold a line end")
def test_what_hides_in_the_name_of_a_file_is_shown_as_a_dot(outcomes: Command, desk: Path) -> None:
    name, shown = "TRUST_\x1b[31m\nq\u202e1.csv", "TRUST_·[31m·q·1.csv"
    (desk / "inbox").mkdir()
    (desk / "inbox" / name).write_text(REVISED, encoding="utf-8")
    (desk / "inbox/a\x1bb").mkdir()
    path = f"inbox/{name}"
    asked = (
        ("check", path, *WORLD, *DAY),
        ("check", path, *WORLD, *DAY, "--report", f"{name}.txt"),
        ("receive", "inbox", *RECORD),
        ("receive", "inbox", *RECORD, "--reports", name),
        ("withdraw", "3", "--ledger", "ledger", "--reason", "wrong"),
        ("changes", *RECORD, "--since", "2"),
        ("expunge", "3", "--ledger", "ledger", "--reason", "wrong", "--authority", "us"),
        ("check", f"{path}x", *WORLD, *DAY),
        ("receive", f"{path}x", *RECORD),
    )
    for arguments in asked:
        done = outcomes(*arguments)
        said = done.out + done.err
        assert shown in said, arguments
        assert not {"\x1b", "\u202e", "\r"} & set(said), arguments
        assert not any(line.startswith("q") for line in said.splitlines()), arguments


def test_a_new_ledger_is_made_by_the_first_file_and_an_inbox_is_taken_whole(outcomes: Command, desk: Path) -> None:
    (desk / "inbox").mkdir()
    (desk / "inbox/TRUST_1.csv").write_text(GOOD, encoding="utf-8")
    (desk / "inbox/nobody.csv").write_text(GOOD, encoding="utf-8")
    (desk / "inbox/.hidden").write_text("x", encoding="utf-8")
    done = outcomes("receive", "inbox", *WORLD, "--ledger", "new/ledger", *DAY, "--received-at", "2026-11-22")
    assert done.code == 1
    assert [line.split()[1] for line in done.out.splitlines() if line.startswith("   ") and line[3].isdigit()] == [
        "TRUST_1.csv",
        "nobody.csv",
    ]
    assert "unknown sender: not accepted yet" in done.out
    assert outcomes("verify", "--ledger", "new/ledger").out.startswith("The record is whole: 2 entries")


def test_an_empty_inbox_is_said(outcomes: Command, desk: Path) -> None:
    (desk / "inbox").mkdir()
    assert outcomes("receive", "inbox", *RECORD) == Done(0, "The inbox holds no file.\n", "")


def test_status_says_who_has_sent(outcomes: Command, desk: Path) -> None:
    done = outcomes("status", *RECORD)
    assert (done.code, done.err) == (0, "")
    assert done.out == (
        "As of 2026-11-22, ledger number 2\n"
        "  COUNCIL  Our council         2 not accepted yet, 2 missing\n"
        "  TRUST    Our hospital trust  2 received, 2 missing\n"
        "Owed:\n"
        "  COUNCIL  local-02, 2026/27 Q1, due 2026-08-14: not accepted yet for PLACE-A, PLACE-B\n"
        "  COUNCIL  local-02, 2026/27 Q2, due 2026-11-14: missing for PLACE-A, PLACE-B\n"
        "  TRUST    local-01, 2026/27 Q2, due 2026-11-14: missing for PLACE-A, PLACE-B\n"
    )
    assert document(outcomes("status", *RECORD, "--json"))["owed"][0] == {
        "partner": "COUNCIL",
        "indicator_id": "local-02",
        "indicator_version": 1,
        "period": "2026/27 Q1",
        "due_on": "2026-08-14",
        "status": "rejected",
        "area_codes": ["PLACE-A", "PLACE-B"],
    }
    earlier = document(outcomes("status", *RECORD, "--known-at", "1", "--json"))
    assert (earlier["as_of"], earlier["known_at"]) == ("2026-11-22", 1)
    assert [one["partner"] for one in earlier["partners"]] == ["COUNCIL", "TRUST"]
    assert set(earlier["partners"][0]) == {
        "partner",
        *("received", "late", "revised", "rejected", "withdrawn", "expunged", "missing", "not yet due"),
    }


def test_status_of_an_empty_ledger_says_that_nobody_has_sent(outcomes: Command, desk: Path) -> None:
    (desk / "inbox").mkdir()
    outcomes("receive", "inbox", *WORLD, "--ledger", "empty", *DAY)
    done = outcomes("status", *WORLD, "--ledger", "empty", *DAY)
    assert done.code == 0
    assert done.out.splitlines()[:2] == ["As of 2026-11-22, ledger number 0", "Nobody has sent anything yet."]
    # and so does a ledger as it was before the first file
    assert "Nobody has sent anything yet." in outcomes("status", *RECORD, "--known-at", "0").out
    assert document(outcomes("status", *WORLD, "--ledger", "empty", *DAY, "--json"))["known_at"] == 0


def test_a_partnership_that_expects_nothing_says_so(outcomes: Command, desk: Path) -> None:
    (desk / "world/calendar.yaml").write_text("due: {}\n", encoding="utf-8")
    assert "No figure is expected: the partnership names no supplier for any period." in outcomes("status", *RECORD).out


def test_a_draft_site_is_built(outcomes: Command, desk: Path) -> None:
    done = outcomes("build", *RECORD, "--policy", "local", "--out", "site")
    assert (done.code, done.err) == (0, "")
    written = [name for name, content in tree_of(desk / "site").items() if content is not None]
    assert done.out == (
        f"{len(written)} files written to site: 2 scorecards as of 2026-11-22, ledger number 2\n"
        f"Open {Path('site') / 'index.html'}\n"
    )
    card = read_scorecard(desk / "site/scorecards/PLACE-A.json")
    assert (card.product, card.versions.policy_id) == ("draft", "local")
    first = tree_of(desk / "site")
    outcomes("build", *RECORD, "--policy", "local", "--out", "site")
    assert tree_of(desk / "site") == first


def test_places_choose_pages_and_change_no_figure(outcomes: Command, desk: Path) -> None:
    outcomes("build", *RECORD, "--working-copy", "--out", "all")
    one = outcomes("build", *RECORD, "--working-copy", "--out", "one", "--place", "PLACE-B", "--place", "PLACE-B")
    assert "1 scorecard as of" in one.out
    every, some = tree_of(desk / "all"), tree_of(desk / "one")
    assert "places/PLACE-A.html" in every
    assert "places/PLACE-A.html" not in some
    for name in ("scorecards/PLACE-B.json", "data/results.csv", "data/results.parquet"):
        assert some[name] == every[name]
    assert read_scorecard(desk / "one/scorecards/PLACE-B.json").product == "working copy"


def test_a_page_can_be_built_as_it_was_known(outcomes: Command, desk: Path) -> None:
    outcomes("build", *RECORD, "--working-copy", "--out", "site", "--known-at", "0")
    assert read_scorecard(desk / "site/scorecards/PLACE-A.json").versions.ledger_number == 0


def test_a_number_is_explained_down_to_its_row(outcomes: Command, desk: Path) -> None:
    asked = ("explain", *RECORD, "--place", "PLACE-A", "--indicator", "local-01")
    done = outcomes(*asked)
    assert (done.code, done.err) == (0, "")
    assert "Carers who feel supported (local-01, version 1)\nFirst place (PLACE-A), 2026/27 Q1\n" in done.out
    assert re.search(
        r"First place \(PLACE-A\): 40 of 100 — Our hospital trust, TRUST_q1.csv, row 2, ledger number \d", done.out
    )
    found = document(outcomes(*asked, "--json", "--period", "2026/27 Q1"))
    (row,) = found["rows"]
    assert (row["numerator"], row["denominator"], row["file"], row["row"]) == (40, 100, "TRUST_q1.csv", 2)
    assert found["value"]["value"] == 40.0


@pytest.mark.slow
def test_json_is_valid_in_an_output_that_knows_no_accents(desk: Path) -> None:
    areas = desk / "world/areas.csv"
    areas.write_text(areas.read_text(encoding="utf-8").replace("First place", "Ynys Môn ’ 𝄞"), encoding="utf-8")
    asked = ("explain", *RECORD, "--place", "PLACE-A", "--indicator", "local-01")
    for encoding in ("ascii", "utf-8", "latin-1"):
        done = run_program(*asked, "--json", cwd=desk, encoding=encoding)
        assert document(done)["area"] == "Ynys Môn ’ 𝄞"
        # and what cannot be printed does not end a command
        assert run_program(*asked, cwd=desk, encoding=encoding).code == 0


def test_today_is_filled_in_once_and_said_beside_the_answer(outcomes: Command, desk: Path) -> None:
    done = outcomes("status", *WORLD, "--ledger", "ledger", "--json")
    assert re.fullmatch(r"As of \d{4}-\d\d-\d\d \(today; give --as-of for another date\)\n", done.err)
    assert json.loads(done.out)["as_of"] == done.err.split()[2]


def test_a_damaged_record_is_told(outcomes: Command, desk: Path) -> None:
    whole = outcomes("verify", "--ledger", "ledger")
    assert whole == Done(0, "The record is whole: 2 entries, every file as it was received (format 2).\n", "")
    kept = next(path for path in (desk / "ledger/content").rglob("*") if path.is_file())
    kept.write_bytes(kept.read_bytes() + b"x")
    damaged = outcomes("verify", "--ledger", "ledger")
    assert damaged.code == 1
    assert len(damaged.out.splitlines()) == 1
    assert damaged.err == "1 fault: the record cannot be trusted as it is\n"


@pytest.mark.slow
def test_the_example_can_be_read_by_every_command(example: ExampleRun, outcomes: Command, tmp_path: Path) -> None:
    from outcomes.bundled import bundled_folder

    record = ("--partnership", bundled_folder("examples", "eastvale"), "--ledger", example.ledger, *DAY)
    assert outcomes("verify", "--ledger", example.ledger).code == 0
    status = outcomes("status", *record)
    assert status.code == 0
    assert f"ledger number {max(receipt.number for receipt in example.receipts)}" in status.out
    built = outcomes("build", *record, "--policy", "hes-2018", "--out", tmp_path / "site")
    assert built.code == 0
    # the same pages as the demonstration made
    assert tree_of(tmp_path / "site") == tree_of(example.site)


def test_the_demonstration_ends_by_naming_the_page(
    example: ExampleRun, outcomes: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    from outcomes.workflows import example as example_workflow

    # the run itself is proved by every test that reads the example
    monkeypatch.setattr(example_workflow, "run_example", lambda out, progress: example)
    done = outcomes("demo", "--out", "anywhere")
    assert (done.code, done.err) == (0, "")
    lines = done.out.splitlines()
    (page,) = example.sent_back
    assert "Not accepted yet" in page.read_text(encoding="utf-8")
    assert lines[len(example.receipts) :] == [
        f"{len(example.paths)} files written to {example.site}",
        f"What the sender of a file that is not accepted yet reads: {page}",
        f"Open {example.index}",
    ]


def test_long_lists_of_findings_are_cut_and_say_so(outcomes: Command, desk: Path) -> None:
    rows = "".join(f"local-02,PLACE-A,2026/27 Q1,many{number},5000\n" for number in range(60))
    columns = "".join(f"local-0{number % 9 + 3},PLACE-{number},20{number:02d}\n" for number in range(60))
    (desk / "COUNCIL_x.csv").write_text(HEADER + rows + columns, encoding="utf-8")
    done = outcomes("check", "COUNCIL_x.csv", *WORLD, *DAY)
    assert done.code == 1
    shown = [line for line in done.out.splitlines() if re.match(r"  \S.*\(OUT-", line)]
    assert len(shown) <= printing._SHOWN
    assert "more" in done.out


@pytest.mark.parametrize("moment", ["import", "command"])
def test_ctrl_c_is_one_message_from_the_first_moment(
    moment: str, monkeypatch: pytest.MonkeyPatch, outcomes: Command
) -> None:
    from outcomes.cli import commands

    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    if moment == "import":
        monkeypatch.setattr(commands, "app", interrupted)
    else:
        monkeypatch.setattr("outcomes.ledger.verifying.verify", interrupted)
    done = outcomes("verify", "--ledger", "ledger")
    assert done == Done(130, "", "Interrupted; nothing is half-written.\n")
