"""Receiving an inbox: which files, in which order, and what happens when it is broken off or run again."""

from dataclasses import replace
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from outcomes.bundled import bundled_folder
from outcomes.errors import LedgerError, UnreadableFileError
from outcomes.intake.model import CheckResult
from outcomes.ledger.recording import record
from outcomes.ledger.store import Ledger, open_ledger
from outcomes.ledger.verifying import verify
from outcomes.partnership.layout import Layout, Limits
from outcomes.partnership.loading import load_partnership
from outcomes.partnership.model import Partnership
from outcomes.vocabulary import Verdict
from outcomes.workflows import receiving
from outcomes.workflows.inbox import inbox_files
from outcomes.workflows.receiving import receive
from tests.small_world import indicator, world
from tests.unit.intake.returns_world import CLEAN, HEADER, INDICATORS, returns_world
from tests.unit.ledger.handmade import NOON, accepted, figure, rejected

TODAY = date(2026, 7, 20)


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    return open_ledger(tmp_path / "ledger")


@pytest.fixture
def partnership() -> Partnership:
    return world([indicator("falls")])


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    """Two good files and a bad one, out of order, among what an inbox gathers."""
    folder = tmp_path / "inbox"
    (folder / "sub").mkdir(parents=True)
    for name, text in {"b.csv": "8", "a.csv": "5", "c-bad.csv": "five", ".hidden": "1", "~$a.xlsx": "1"}.items():
        (folder / name).write_text(text)
    return folder


@pytest.fixture
def checked(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """In place of the check: a file holds one number for the area of its name; what it was asked is listed."""
    asked: list[dict[str, Any]] = []

    def check(content: bytes | Path, partnership: Partnership, **terms: Any) -> CheckResult:
        asked.append({"content": content, **terms})
        if isinstance(content, Path) or not content.isdigit():
            return rejected(b"" if isinstance(content, Path) else content)
        return accepted(figure(int(content), area_code=terms["file_name"]), content=content, file=terms["file_name"])

    monkeypatch.setattr(receiving, "check", check)
    return asked


def test_an_inbox_is_received_in_the_order_of_its_names(
    inbox: Path, partnership: Partnership, ledger: Ledger, checked: list[dict[str, Any]]
) -> None:
    said: list[tuple[str, int, int]] = []
    receipts = receive(
        inbox,
        partnership,
        ledger,
        received_at=NOON,
        as_of=TODAY,
        partner="RXX",
        progress=lambda name, place, total: said.append((name, place, total)),
    )
    assert [asked["file_name"] for asked in checked] == ["a.csv", "b.csv", "c-bad.csv"]
    assert [receipt.number for receipt in receipts] == [1, 2, 3]
    # one bad file does not hold up the others, and says why
    assert [receipt.verdict is Verdict.REJECTED for receipt in receipts] == [False, False, True]
    assert [finding.code for finding in receipts[2].findings] == ["OUT-101"]
    assert said == [("a.csv", 1, 3), ("b.csv", 2, 3), ("c-bad.csv", 3, 3)]
    assert {(asked["partner"], asked["as_of"], asked["ledger"]) for asked in checked} == {("RXX", TODAY, ledger)}
    assert checked[0]["content"] == b"5"
    assert verify(ledger) == ()


def test_receiving_again_adds_nothing(
    inbox: Path, partnership: Partnership, ledger: Ledger, checked: list[dict[str, Any]]
) -> None:
    first = receive(inbox, partnership, ledger, received_at=NOON, as_of=TODAY)
    again = receive(inbox, partnership, ledger, received_at=NOON, as_of=TODAY)
    assert [receipt.number for receipt in again] == [receipt.number for receipt in first]
    assert all(receipt.is_repeat for receipt in again)
    assert ledger.number == 3


def test_a_file_without_a_period_is_received_once_for_each_period_that_is_given(ledger: Ledger, tmp_path: Path) -> None:
    file = tmp_path / "return.csv"
    file.write_text("indicator_id,place_code,numerator,denominator\nstay,P1,5,10\n")
    given = partial(receive, file, returns_world(), ledger, received_at=NOON, as_of=TODAY, partner="T1")
    first, again, other = given(period="2026-05"), given(period="2026-05"), given(period="2026-04")
    assert [(one[0].number, one[0].is_repeat, one[0].new_observations) for one in (first, again, other)] == [
        (1, False, 1),
        (1, True, 1),
        (2, False, 1),
    ]
    assert ledger.observations().frame["period"].sort().to_list() == ["2026-04", "2026-05"]
    assert verify(ledger) == ()
    # without one it is refused, and says how to give it
    (refused,) = given()
    assert refused.verdict is Verdict.REJECTED


def test_a_run_that_was_broken_off_goes_on_from_there(
    inbox: Path,
    partnership: Partnership,
    ledger: Ledger,
    checked: list[dict[str, Any]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with monkeypatch.context() as patch:

        def failing(ledger: Ledger, result: CheckResult, content: bytes | None, **terms: Any) -> Any:
            if result.file == "b.csv":
                raise LedgerError("the disk is full")
            return record(ledger, result, content, **terms)

        patch.setattr(receiving, "record", failing)
        with pytest.raises(LedgerError, match="disk is full"):
            receive(inbox, partnership, ledger, received_at=NOON, as_of=TODAY)
    assert ledger.number == 1
    receipts = receive(inbox, partnership, ledger, received_at=NOON, as_of=TODAY)
    assert [(receipt.number, receipt.is_repeat) for receipt in receipts] == [(1, True), (2, False), (3, False)]


def test_a_file_that_counts_is_a_repeat_whatever_the_check_would_say_of_it_by_now(
    ledger: Ledger, tmp_path: Path
) -> None:
    file = tmp_path / "T1_return.csv"
    file.write_text(f"{HEADER}\n{CLEAN}")
    pages = {name: tmp_path / name for name in ("first", "earlier", "other")}
    given = partial(receive, file, ledger=ledger, received_at=NOON)
    (first,) = given(partnership=returns_world(), as_of=TODAY, reports=pages["first"])
    # the period had not begun on that day, and nobody asks for the indicator any more
    (earlier,) = given(partnership=returns_world(), as_of=date(2026, 1, 1), reports=pages["earlier"])
    (other,) = given(partnership=returns_world(indicators=INDICATORS[1:]), as_of=TODAY, reports=pages["other"])
    for again in (earlier, other):
        assert again == replace(first, is_repeat=True)
    assert ledger.number == 1
    for folder in pages.values():
        (note,) = folder.glob("*.txt")
        assert "000001" in note.name
        said = " ".join(note.read_text().split())
        assert "accepted" in said
        assert "Receipt 1." in said
        assert "not accepted" not in said
        (page,) = folder.glob("*.html")
        assert "not accepted yet" not in page.read_text()
        assert "The file is on record under number 1." in page.read_text()
    (note,) = pages["earlier"].glob("*.txt")
    assert "2 figures" in note.read_text()


def test_of_a_file_that_was_rejected_first_and_accepted_then_the_accepted_entry_is_named(
    ledger: Ledger, tmp_path: Path
) -> None:
    file = tmp_path / "T1_return.csv"
    file.write_text(f"{HEADER}\n{CLEAN}")
    given = partial(receive, file, returns_world(), ledger, received_at=NOON)
    days = (date(2026, 1, 1), TODAY, date(2026, 1, 1))
    receipts = [given(as_of=one)[0] for one in days]
    assert [(one.number, one.is_repeat, one.verdict is Verdict.REJECTED) for one in receipts] == [
        (1, False, True),
        (2, False, False),
        (2, True, False),
    ]
    assert verify(ledger) == ()


def test_an_empty_inbox_gives_no_receipt(tmp_path: Path, partnership: Partnership, ledger: Ledger) -> None:
    (tmp_path / "empty").mkdir()
    assert receive(tmp_path / "empty", partnership, ledger, received_at=NOON, as_of=TODAY) == ()
    assert ledger.number == 0


def test_a_file_that_cannot_be_opened_is_found_out_before_anything_is_recorded(
    inbox: Path, partnership: Partnership, ledger: Ledger, checked: list[dict[str, Any]]
) -> None:
    with pytest.raises(UnreadableFileError, match=r"missing\.csv: the file cannot be opened"):
        receive([inbox, inbox / "missing.csv"], partnership, ledger, received_at=NOON, as_of=TODAY)
    assert ledger.number == 0
    assert checked == []


def test_a_time_without_a_zone_is_refused_before_anything_is_read(
    inbox: Path, partnership: Partnership, ledger: Ledger, checked: list[dict[str, Any]]
) -> None:
    with pytest.raises(ValueError, match="time zone"):
        receive(inbox, partnership, ledger, received_at=datetime(2026, 7, 1), as_of=TODAY)
    assert checked == []


def test_a_file_larger_than_any_layout_allows_is_not_read_into_memory(
    inbox: Path, ledger: Ledger, checked: list[dict[str, Any]]
) -> None:
    small = Layout(id="native", title="Small", limits=Limits(max_file_bytes=3))
    receipts = receive(
        inbox, replace(world([]), layouts={"native": small}), ledger, received_at=NOON, as_of=TODAY, partner="RXX"
    )
    assert [isinstance(asked["content"], Path) for asked in checked] == [False, False, True]
    assert receipts[2].verdict is Verdict.REJECTED


def test_real_files_of_every_kind_are_checked_recorded_and_known_again(ledger: Ledger) -> None:
    folder = bundled_folder("examples", "eastvale")
    partnership = load_partnership(folder)
    inbox = folder / "returns" / "2026-06"
    first = receive(inbox, partnership, ledger, received_at=NOON, as_of=TODAY)
    assert {path.suffix for path in inbox_files(inbox).files} >= {".csv", ".xlsx", ".tsv"}
    assert [receipt.verdict for receipt in first if receipt.verdict is Verdict.REJECTED] == []
    assert ledger.observations().frame.height == sum(receipt.new_observations for receipt in first) > 50
    again = receive(inbox, partnership, ledger, received_at=NOON, as_of=TODAY)
    assert [(receipt.number, receipt.is_repeat) for receipt in again] == [(receipt.number, True) for receipt in first]
    assert verify(ledger) == ()
