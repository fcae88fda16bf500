"""Whatever is wrong with a request: one plain message, exit 2, and nothing that was not there before."""

import os
import re
import shutil
from pathlib import Path

import pytest

from tests.small_disks import make_read_only, mounted_disk, tree_of
from tests.unit.cli.running import BAD, DAY, REVISED, Command, assert_plain_failure, run_program

WORLD = ("--partnership", "world")
RECORD = (*WORLD, "--ledger", "ledger", *DAY)
EXPLAIN = ("explain", "--place", "PLACE-A", "--indicator", "local-01")
BUILD = ("build", "--policy", "local", "--out", "site")
# every command that reads a partnership, with all that it needs but that
OF_A_WORLD = (
    ("check", "TRUST_q1.csv", *DAY),
    ("receive", "TRUST_q1.csv", "--ledger", "new", *DAY),
    ("status", "--ledger", "ledger", *DAY),
    (*BUILD, "--ledger", "ledger", *DAY),
    (*EXPLAIN, "--ledger", "ledger", *DAY),
)
# every command that reads a ledger, likewise
OF_A_LEDGER = (
    ("check", "TRUST_q1.csv", *WORLD, *DAY),
    ("status", *WORLD, *DAY),
    (*BUILD, *WORLD, *DAY),
    (*EXPLAIN, *WORLD, *DAY),
)


def name_of(arguments: object) -> str:
    return str(arguments[0]) if isinstance(arguments, tuple) else str(arguments)


@pytest.fixture
def failure(outcomes: Command, desk: Path) -> "Failure":
    return Failure(outcomes, desk)


class Failure:
    """Runs a command that must fail, and proves that it left everything as it was."""

    def __init__(self, outcomes: Command, desk: Path) -> None:
        self.outcomes, self.desk = outcomes, desk

    def __call__(self, *arguments: str | Path) -> str:
        before = tree_of(self.desk)
        message = assert_plain_failure(self.outcomes(*arguments))
        assert tree_of(self.desk) == before
        return message


@pytest.mark.parametrize("command", OF_A_WORLD, ids=name_of)
def test_a_partnership_that_is_not_there_is_said(command: tuple[str, ...], failure: Failure) -> None:
    said = failure(*command, "--partnership", "nowhere")
    assert said == "nowhere: there is no such folder. Give the folder of a partnership."


@pytest.mark.parametrize("command", OF_A_WORLD, ids=name_of)
def test_a_file_in_place_of_a_partnership_is_said(command: tuple[str, ...], failure: Failure) -> None:
    said = failure(*command, "--partnership", "world/areas.csv")
    assert said == "world/areas.csv: this is a file, not a folder. Give the folder of a partnership."


@pytest.mark.parametrize("command", OF_A_WORLD, ids=name_of)
def test_another_folder_in_place_of_a_partnership_is_said(command: tuple[str, ...], failure: Failure) -> None:
    said = failure(*command, "--partnership", "ledger")
    assert "partnership.yaml: missing-file: there is no such file." in said


@pytest.mark.parametrize("command", OF_A_WORLD, ids=name_of)
def test_faults_of_a_partnership_are_all_named(command: tuple[str, ...], failure: Failure, desk: Path) -> None:
    (desk / "world/calendar.yaml").write_text("due: {month: {days_after_period: NO}}\nreturns_from: 0\n")
    said = failure(*command, *WORLD)
    assert said.splitlines()[0] == "2 faults in the definitions:"
    assert re.findall(r"calendar\.yaml:(\d): wrong-value: ", said) == ["1", "2"]


@pytest.mark.parametrize("command", OF_A_LEDGER, ids=name_of)
def test_a_ledger_that_is_not_there_is_said(command: tuple[str, ...], failure: Failure) -> None:
    assert failure(*command, "--ledger", "nowhere") == (
        "nowhere: there is no ledger here. Name the folder of a ledger."
    )


@pytest.mark.parametrize("command", [*OF_A_LEDGER, ("receive", "TRUST_q1.csv", *WORLD, *DAY), ("verify",)], ids=name_of)
def test_a_file_in_place_of_a_ledger_is_said(command: tuple[str, ...], failure: Failure) -> None:
    said = failure(*command, "--ledger", "TRUST_q1.csv")
    assert said.startswith("TRUST_q1.csv: this is a file; a ledger is a folder.")


@pytest.mark.parametrize("command", [*OF_A_LEDGER, ("receive", "TRUST_q1.csv", *WORLD, *DAY)], ids=name_of)
def test_another_folder_in_place_of_a_ledger_is_said(command: tuple[str, ...], failure: Failure) -> None:
    said = failure(*command, "--ledger", "world")
    assert said.startswith("world: the folder holds agreements, but no log of a ledger (ledger.sqlite).")


@pytest.mark.parametrize("command", OF_A_LEDGER, ids=name_of)
def test_a_log_that_is_none_is_said(command: tuple[str, ...], failure: Failure, desk: Path) -> None:
    (desk / "broken").mkdir()
    (desk / "broken/ledger.sqlite").write_bytes(b"no database" * 100)
    assert "ledger.sqlite cannot be read as a ledger's log." in failure(*command, "--ledger", "broken")


@pytest.mark.parametrize("command", ["check", "receive"])
def test_a_file_that_is_not_there_is_said_and_no_ledger_is_made(command: str, failure: Failure) -> None:
    said = failure(
        command, "TRUST_q1.csv", "none.csv", *WORLD, "--ledger", *(["ledger"] if command == "check" else ["new"]), *DAY
    )
    assert said.startswith("none.csv")


def test_a_folder_in_place_of_a_file_is_said(failure: Failure) -> None:
    said = failure("check", "world", *WORLD, *DAY)
    assert said == "world is a folder; give files, or `outcomes receive` a whole inbox"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes among its files")
@pytest.mark.parametrize("command", ["check", "receive"])
def test_a_pipe_is_never_waited_for(command: str, outcomes: Command, desk: Path) -> None:
    os.mkfifo(desk / "TRUST_pipe.csv")
    done = outcomes(command, "TRUST_pipe.csv", *WORLD, "--ledger", "ledger" if command == "check" else "new", *DAY)
    assert re.search("no (plain )?file", assert_plain_failure(done))
    assert not (desk / "new").exists()


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="the modes of files do not bind root")
@pytest.mark.parametrize("command", ["check", "receive"])
def test_a_file_that_may_not_be_read_is_said(command: str, outcomes: Command, desk: Path) -> None:
    (desk / "TRUST_q1.csv").chmod(0)
    done = outcomes(command, "TRUST_q1.csv", *WORLD, "--ledger", "ledger" if command == "check" else "new", *DAY)
    assert "TRUST_q1.csv" in assert_plain_failure(done)
    assert not (desk / "new").exists()


@pytest.mark.parametrize("command", [("check",), ("receive", "--ledger", "new")], ids=name_of)
def test_an_unknown_partner_is_said_with_those_there_are(command: tuple[str, ...], failure: Failure) -> None:
    said = failure(*command, "TRUST_q1.csv", *WORLD, *DAY, "--partner", "NOBODY")
    assert said == "no partner has the code 'NOBODY'; there are: COUNCIL, TRUST"


@pytest.mark.parametrize("command", [("check",), ("receive", "--ledger", "new")], ids=name_of)
def test_an_unknown_layout_is_said(command: tuple[str, ...], failure: Failure, desk: Path) -> None:
    said = failure(*command, "TRUST_q1.csv", *WORLD, *DAY, "--layout", "nosuch")
    assert said == "no layout is called 'nosuch'; there are: native"
    assert not (desk / "new").exists()


@pytest.mark.parametrize(
    "command",
    [(*BUILD, "--place", "NOWHERE"), ("explain", "--place", "NOWHERE", "--indicator", "local-01")],
    ids=name_of,
)
def test_an_unknown_place_is_said(command: tuple[str, ...], failure: Failure) -> None:
    assert failure(*command, *RECORD) == "no area has the code 'NOWHERE'; see areas.csv for those there are"


def test_an_unknown_indicator_is_said_with_those_there_are(failure: Failure) -> None:
    said = failure("explain", "--place", "PLACE-A", "--indicator", "smoking", *RECORD)
    assert said == "no indicator is called 'smoking'; there are: local-01, local-02"


def test_a_figure_or_period_that_is_not_known_is_said(failure: Failure) -> None:
    assert failure("explain", "--place", "PLACE-A", "--indicator", "local-02", *RECORD) == (
        "no figure of 'local-02' for First place is known at ledger number 2; "
        "see `outcomes status` for what was received"
    )
    assert failure(*EXPLAIN, *RECORD, "--period", "2025/26") == (
        "no figure for the period '2025/26'; there are: 2026/27 Q1"
    )


def test_an_unknown_policy_is_said_with_those_there_are(failure: Failure) -> None:
    said = failure("build", "--policy", "nosuch", "--out", "site", *RECORD)
    assert said == "no policy is called 'nosuch'; there are: hes-2018, local, opensafely, under-5"


@pytest.mark.parametrize("terms", [(), ("--policy", "local", "--working-copy")])
def test_without_one_way_of_protection_nothing_is_built(terms: tuple[str, ...], failure: Failure) -> None:
    assert failure("build", *terms, "--out", "site", *RECORD).startswith("say how small numbers are protected: ")


@pytest.mark.parametrize("command", [("status",), BUILD, EXPLAIN], ids=name_of)
def test_a_ledger_number_that_is_not_there_is_said(command: tuple[str, ...], failure: Failure) -> None:
    assert failure(*command, *RECORD, "--known-at", "9") == "ledger: there is no entry 9. Name a number from 0 to 2."


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (("status",), "Missing option '--partnership'."),
        (("frobnicate",), "No such command 'frobnicate'."),
        (("check",), "Missing argument 'FILE'."),
        (
            ("status", *WORLD, "--ledger", "ledger", "--as-of", "22/11/2026"),
            "'22/11/2026' is no date; write year-month-day",
        ),
        (("status", *RECORD, "--known-at", "-1"), "'-1' is no ledger number"),
        (("status", *RECORD, "--known-at", "two"), "'two' is no ledger number; write a whole number, such as 12"),
        (("receive", "TRUST_q1.csv", *RECORD, "--received-at", "noon"), "'noon' is no time"),
        (
            ("receive", "TRUST_q1.csv", *RECORD, "--received-at", "9999-12-31T23:59-12:00"),
            "'9999-12-31T23:59-12:00' lies too far off; give a date from 1900-01-01 to 2999-12-31",
        ),
        (("receive", "TRUST_q1.csv", *RECORD, "--received-at", "0001-01-01T00:00+05:00"), "lies too far off"),
        (("status", *RECORD, "--known-at", "9999-12-31T23:59"), "lies too far off"),
        (
            ("status", *WORLD, "--ledger", "ledger", "--as-of", "9999-12-31"),
            "'9999-12-31' lies too far off; give a date from 1900-01-01 to 2999-12-31",
        ),
        (
            ("template", *WORLD, "--partner", "TRUST", "--out", "t.xlsx", "--as-of", "0001-01-01"),
            "'0001-01-01' lies too far off",
        ),
        (("status", *RECORD, "--jsn"), "--jsn"),
        (("check", "TRUST_q1.csv", *WORLD, *DAY, "--period", "last year"), "'last year' is no period; write it"),
        (("receive", "TRUST_q1.csv", *RECORD, "--period", "20/21"), "'20/21' is no period; write it"),
    ],
)
def test_a_command_that_is_written_wrongly_is_explained(
    arguments: tuple[str, ...], expected: str, failure: Failure
) -> None:
    said = failure(*arguments)
    assert expected in said
    # plain text: no frame is drawn around it
    assert said.isascii()
    assert said.splitlines()[-1].startswith("Error: ")


@pytest.mark.parametrize("day", ["1900-01-01", "2999-12-31"])
def test_every_command_speaks_for_the_first_and_the_last_day(day: str, outcomes: Command, desk: Path) -> None:
    asked = (*WORLD, "--ledger", "ledger", "--as-of", day)
    for arguments in (
        ("status", *asked),
        ("changes", *asked),
        ("check", "TRUST_q1.csv", *asked, "--report", "page.html"),
        ("template", "--partner", "TRUST", *WORLD, "--as-of", day, "--out", "template.xlsx"),
        ("build", *asked, "--policy", "local", "--out", "site"),
        ("receive", "TRUST_q1.csv", *asked, "--received-at", f"{day}T12:00"),
    ):
        done = outcomes(*arguments)
        # of a template for which nothing is asked, that is said
        assert done.code in ((0, 1) if arguments[0] != "template" else (0, 2)), done.err


def test_an_output_that_is_a_file_is_said(failure: Failure, desk: Path) -> None:
    assert failure("build", "--policy", "local", "--out", "TRUST_q1.csv", *RECORD) == (
        "TRUST_q1.csv is a file; a folder is expected: choose another name for the output"
    )
    assert failure("init", "TRUST_q1.csv") == "TRUST_q1.csv: this is a file. Name a new folder."
    assert "TRUST_q1.csv" in failure("demo", "--out", "TRUST_q1.csv")


def test_a_folder_that_holds_something_is_never_written_over(failure: Failure) -> None:
    assert failure("init", "world") == (
        "world: the folder holds something already. Name a new folder; nothing was changed."
    )


@pytest.mark.parametrize(("name", "content"), [("none.csv", None), ("empty.csv", b""), ("list.csv", b"a,b\n1,2\n")])
def test_a_list_of_indicators_that_is_none_is_said(
    name: str, content: bytes | None, failure: Failure, desk: Path
) -> None:
    if content is not None:
        (desk / name).write_bytes(content)
    assert name in failure("init", "first", "--indicators", name)
    assert failure("init", "first", "--indicators", "world")


@pytest.mark.parametrize("path", ["nowhere", "TRUST_q1.csv"])
def test_lint_of_what_is_no_definition_is_said(path: str, failure: Failure) -> None:
    assert failure("lint", path).startswith(path)


def test_verify_of_what_is_no_ledger_is_said(failure: Failure) -> None:
    assert failure("verify", "--ledger", "nowhere").startswith("nowhere: there is no such folder.")


@pytest.mark.parametrize("content", [b"", b"\x00\x01\x02" * 50, b"PK\x03\x04broken", b"%PDF-1.7", b"a"])
def test_a_file_that_opens_and_is_no_table_is_rejected(content: bytes, outcomes: Command, desk: Path) -> None:
    (desk / "TRUST_x.csv").write_bytes(content)
    (desk / "TRUST_x.xlsx").write_bytes(content)
    done = outcomes("check", "TRUST_x.csv", "TRUST_x.xlsx", *WORLD, *DAY)
    assert (done.code, done.err) == (1, "")
    assert done.out.count(": not accepted yet\n") == 2
    assert "Traceback" not in done.out


def test_a_process_of_its_own_fails_as_plainly(desk: Path) -> None:
    done = run_program("status", "--partnership", "nowhere", "--ledger", "ledger", *DAY, cwd=desk)
    assert assert_plain_failure(done) == "nowhere: there is no such folder. Give the folder of a partnership."


@pytest.mark.parametrize("kilobytes", [16, 64, 300])
def test_a_demonstration_on_a_full_disk_ends_plainly_and_its_record_is_whole(
    kilobytes: int, outcomes: Command, desk: Path
) -> None:
    with mounted_disk(desk / "disk", kilobytes) as disk:
        said = assert_plain_failure(outcomes("demo", "--out", disk / "demo"))
        assert "full" in said
        assert_nothing_half_written(disk)
        if (disk / "demo/ledger/ledger.sqlite").stat().st_size:
            assert outcomes("verify", "--ledger", disk / "demo/ledger").code == 0


def test_a_full_disk_leaves_record_and_site_as_they_were(outcomes: Command, desk: Path) -> None:
    (desk / "TRUST_q2.csv").write_text(REVISED, encoding="utf-8")
    (desk / "COUNCIL_q2.csv").write_text(BAD.replace("many", "lots"), encoding="utf-8")
    with mounted_disk(desk / "disk", 160) as disk:
        shutil.copytree(desk / "ledger", disk / "ledger")
        record = (*WORLD, "--ledger", disk / "ledger", *DAY)
        fill(disk)
        before = kept(disk)
        for file in ("TRUST_q2.csv", "COUNCIL_q2.csv"):
            assert "The disk is full" in assert_plain_failure(outcomes("receive", file, *record))
        said = assert_plain_failure(outcomes("build", *record, "--policy", "local", "--out", disk / "site"))
        assert said == f"{disk / 'site'} cannot be written: No space left on device; nothing in it was changed"
        assert "(No space left on device)" in assert_plain_failure(outcomes("init", disk / "first"))
        assert kept(disk) == before
        assert_nothing_half_written(disk)
        # what only reads goes on
        assert outcomes("status", *record).code == 0
        assert outcomes(*EXPLAIN, *record).code == 0
        assert outcomes("verify", "--ledger", disk / "ledger").code == 0
        # and with room again the same file is received
        (disk / "filler").unlink()
        assert outcomes("receive", "TRUST_q2.csv", *record).code == 0
        assert outcomes("verify", "--ledger", disk / "ledger").code == 0


def test_a_disk_that_may_only_be_read_is_read_and_never_written(outcomes: Command, desk: Path) -> None:
    (desk / "TRUST_q2.csv").write_text(REVISED, encoding="utf-8")
    with mounted_disk(desk / "disk", 300) as disk:
        shutil.copytree(desk / "ledger", disk / "ledger")
        (disk / "empty").mkdir()
        make_read_only(disk)
        record = (*WORLD, "--ledger", disk / "ledger", *DAY)
        before = tree_of(disk)
        for folder in ("ledger", "empty", "new"):
            done = outcomes("receive", "TRUST_q2.csv", *WORLD, "--ledger", disk / folder, *DAY)
            assert "Access was refused" in assert_plain_failure(done)
        for folder in ("empty", "new"):
            done = outcomes("build", *RECORD, "--policy", "local", "--out", disk / folder)
            assert "Read-only file system; nothing in it was changed" in assert_plain_failure(done)
            assert "(Read-only file system)" in assert_plain_failure(outcomes("init", disk / folder))
            assert_plain_failure(outcomes("demo", "--out", disk / folder))
        assert tree_of(disk) == before
        for command in (("status", *record), (*EXPLAIN, *record), ("check", "TRUST_q2.csv", *record)):
            assert outcomes(*command).code == 0
        assert outcomes("verify", "--ledger", disk / "ledger").code == 0
        assert outcomes("build", *record, "--working-copy", "--out", "site").code == 0


def fill(disk: Path) -> None:
    """Take the last byte of a disk."""
    with (disk / "filler").open("wb", buffering=0) as filler:
        try:
            while True:
                filler.write(b"x" * 4096)
        except OSError:
            return


def kept(disk: Path) -> dict[str, bytes | None]:
    """Return what is on a disk, without the files that SQLite keeps beside an open log."""
    return {name: content for name, content in tree_of(disk).items() if not name.endswith(("-wal", "-shm"))}


def assert_nothing_half_written(folder: Path) -> None:
    left = [path for path in folder.rglob("*") if path.name.startswith(".") or path.parent.name == "incoming"]
    assert left == []
    assert not list(folder.rglob("site"))
