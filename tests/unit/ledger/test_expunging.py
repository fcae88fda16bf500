"""Expunging: no value is left in any byte of the folder, the chain holds, and no other gap is allowed."""

from datetime import date
from pathlib import Path

import pytest

from outcomes.errors import LedgerError
from outcomes.intake.model import Receipt
from outcomes.ledger import expunging, store
from outcomes.ledger.entries import Entry
from outcomes.ledger.expunging import expunge
from outcomes.ledger.folder import content_path
from outcomes.ledger.model import Tombstone
from outcomes.ledger.reading_back import receipt_of
from outcomes.ledger.recording import record
from outcomes.ledger.store import Ledger, open_ledger
from outcomes.ledger.verifying import verify
from outcomes.ledger.withdrawing import withdraw
from outcomes.vocabulary import Severity
from tests.unit.ledger.handmade import NOON, accepted, day, figure, finding, rejected

# numbers and words that stand nowhere else
SECRET = 918273645
WORDS = "one-ward-was-closed"


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    return open_ledger(tmp_path / "ledger")


def send(ledger: Ledger, content: bytes, *rows: dict[str, object], partner: str = "RXX", **terms: object) -> int:
    result = accepted(*rows, content=content, partner=partner, **terms)
    return record(ledger, result, content, received_at=NOON).number


def destroy(ledger: Ledger, number: int) -> Tombstone:
    return expunge(ledger, number, reason="held a name", authority="Caldicott guardian, CG-7", at=day(25))


def bytes_of(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file())


def rules(ledger: Ledger) -> set[str]:
    return {fault.rule for fault in verify(ledger)}


def test_no_byte_of_the_folder_holds_what_was_destroyed_and_the_chain_still_holds(ledger: Ledger) -> None:
    content = f"castlewick,{SECRET},{WORDS}".encode()
    # a warning quotes what stands in a cell
    said = (finding("OUT-651", Severity.WARNING),)
    send(ledger, content, figure(SECRET, comment=WORDS), findings=said)
    send(ledger, b"again", figure(SECRET, comment=WORDS), figure(3, period="2026-07"))
    values = (str(SECRET).encode(), SECRET.to_bytes(8, "little"), WORDS.encode(), b"secret-value-17", content)
    before = bytes_of(ledger.folder)
    # zstd keeps short texts whole or not; the file of the findings and the bytes themselves are certain
    assert all(value in before for value in (values[0], values[2], values[3], content))
    stone = destroy(ledger, 1)
    assert stone.figures_also_in == (2,)
    destroy(ledger, 2)
    assert [value for value in values if value in bytes_of(ledger.folder)] == []
    assert not list(ledger.folder.rglob("*.parquet"))
    assert verify(ledger) == ()


def test_its_figures_are_gone_at_every_number_and_a_question_about_before_says_so(ledger: Ledger) -> None:
    send(ledger, b"one", figure(5))
    send(ledger, b"two", figure(6))
    stone = destroy(ledger, 2)
    assert stone.number == 3
    for number in (2, 3):
        assert ledger.observations(number).frame["numerator"].to_list() == [5]
    assert ledger.observations(2).destroyed_since == (2,)
    assert ledger.destroyed_since(2) == (stone,)
    # at the tombstone and after it, and before the file came, nothing is hidden
    assert ledger.observations(3).destroyed_since == ledger.observations(1).destroyed_since == ()
    assert open_ledger(ledger.folder).versions().height == 1


def test_the_entry_and_its_receipt_stay_without_what_was_found(ledger: Ledger) -> None:
    send(ledger, b"one", figure(5), findings=(finding("OUT-651", Severity.WARNING),))
    assert [one.value for one in ledger.receipts()[0].findings] == ["secret-value-17"]
    stone = destroy(ledger, 1)
    (receipt,) = ledger.receipts()
    assert (receipt.number, receipt.file, receipt.loaded_rows, receipt.findings) == (1, "return.csv", 1, ())
    assert ledger.tombstones() == (stone,)
    assert (stone.reason, stone.authority) == ("held a name", "Caldicott guardian, CG-7")


def test_bytes_that_another_submission_needs_stay_and_are_named(ledger: Ledger) -> None:
    send(ledger, b"shared", figure(5))
    send(ledger, b"shared", figure(9, partner_code="RYY"), partner="RYY")
    path = ledger.folder / content_path(ledger.receipts()[0].sha256)
    assert destroy(ledger, 1).is_content_shared_with == (2,)
    assert path.exists()
    assert verify(ledger) == ()
    assert destroy(ledger, 2).is_content_shared_with == ()
    assert not path.exists()
    assert verify(ledger) == ()


def test_destroyed_content_is_not_taken_in_again_from_its_sender(ledger: Ledger) -> None:
    send(ledger, b"one", figure(5))
    destroy(ledger, 1)
    with pytest.raises(LedgerError, match=r"destroyed by entry 2 \(Caldicott guardian, CG-7\) and is not taken in"):
        send(ledger, b"one", figure(5))
    assert not list(ledger.folder.rglob("*.parquet"))
    assert ledger.number == 2
    # the figures in another file, such as one without the name
    assert send(ledger, b"mended", figure(5)) == 3
    assert ledger.observations().frame["numerator"].to_list() == [5]


def test_a_withdrawn_submission_can_be_destroyed_and_a_destroyed_one_not_withdrawn(ledger: Ledger) -> None:
    send(ledger, b"one", figure(5))
    withdraw(ledger, 1, reason="wrong", at=NOON)
    destroy(ledger, 1)
    assert ledger.observations(1).destroyed_since == (1,)
    # at number 2 it was withdrawn already: nothing that counted then is hidden
    assert ledger.observations(2).destroyed_since == ()
    with pytest.raises(LedgerError, match="was expunged by entry 3: nothing of it is left to withdraw"):
        withdraw(ledger, 1, reason="wrong", at=NOON)
    with pytest.raises(LedgerError, match="was expunged before, by entry 3 on 2026-07-25"):
        destroy(ledger, 1)
    assert verify(ledger) == ()


def test_what_is_no_submission_cannot_be_destroyed_and_words_are_held_to_the_same_rules(ledger: Ledger) -> None:
    record(ledger, rejected(), None, received_at=NOON)
    with pytest.raises(LedgerError, match="nothing to expunge"):
        destroy(ledger, 1)
    with pytest.raises(LedgerError, match="no entry 7"):
        destroy(ledger, 7)
    for reason, authority in (("", "a"), ("r", " "), ("r", "for 9991234578")):
        with pytest.raises(ValueError, match=r"empty|NHS number"):
            expunge(ledger, 1, reason=reason, authority=authority, at=NOON)
    assert ledger.number == 1


def test_a_program_that_is_stopped_after_the_tombstone_is_finished_by_the_next_act(
    ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    send(ledger, b"one", figure(5))
    with monkeypatch.context() as stopped:
        stopped.setattr(expunging, "_destroy", lambda *_: None)
        destroy(ledger, 1)
    assert rules(ledger) == {"expunge-unfinished"}
    # nobody sees the figures, though the files are still there
    assert ledger.observations().frame.is_empty()
    send(ledger, b"two", figure(6))
    assert verify(ledger) == ()
    assert not (ledger.folder / content_path("0" * 64)).parent.exists()
    assert [path.name for path in (ledger.folder / "content").rglob("*") if path.is_file()] == [
        ledger.receipts()[1].sha256
    ]


def test_a_file_that_comes_back_from_a_backup_is_found(ledger: Ledger) -> None:
    send(ledger, b"one", figure(5))
    path = ledger.folder / content_path(ledger.receipts()[0].sha256)
    kept = path.read_bytes()
    destroy(ledger, 1)
    path.write_bytes(kept)
    assert rules(ledger) == {"expunged-file-present"}


def test_a_gap_without_a_tombstone_is_a_fault(ledger: Ledger) -> None:
    send(ledger, b"one", figure(5))
    send(ledger, b"two", figure(6))
    destroy(ledger, 1)
    next(path for path in ledger.folder.rglob("*.parquet")).unlink()
    assert rules(ledger) == {"file-missing"}


def test_a_later_file_that_said_the_same_stands_at_the_numbers_from_its_own(ledger: Ledger) -> None:
    send(ledger, b"one", figure(5))
    send(ledger, b"two", figure(5), figure(7, area_code="dunmere"))
    destroy(ledger, 1)
    assert ledger.observations(1).frame.is_empty()
    assert ledger.observations(2).frame.select("numerator", "submission").rows() == [(5, 2), (7, 2)]


def test_damaged_figures_can_be_destroyed_too(ledger: Ledger) -> None:
    send(ledger, b"one", figure(5, period_start=date(2026, 6, 1)))
    next(path for path in ledger.folder.rglob("*.parquet")).write_bytes(b"damaged")
    destroy(ledger, 1)
    assert verify(ledger) == ()


def test_destroyed_bytes_are_not_taken_in_again_with_another_period(ledger: Ledger) -> None:
    send(ledger, b"names no period", figure(5), given_period="2026-06")
    destroy(ledger, 1)
    with pytest.raises(LedgerError, match="destroyed by entry 2"):
        send(ledger, b"names no period", figure(5, period="2026-07"), given_period="2026-07")
    assert b"names no period" not in bytes_of(ledger.folder)
    # other bytes, and other senders, are their own
    send(ledger, b"others", figure(5), given_period="2026-06")
    assert send(ledger, b"names no period", figure(5, partner_code="RYY"), partner="RYY") == 4


def test_findings_that_are_destroyed_while_receipts_are_read_are_no_damage(
    ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    send(ledger, b"one", figure(5), findings=(finding("OUT-651", Severity.WARNING),))
    made: list[Tombstone] = []

    def reading(entry: Entry, folder: Path | None = None) -> Receipt:
        if not made:
            made.append(destroy(open_ledger(ledger.folder, busy_seconds=0.1), 1))
        return receipt_of(entry, folder)

    monkeypatch.setattr(store, "receipt_of", reading)
    assert [receipt.findings for receipt in ledger.receipts()] == [()]
    assert len(made) == 1


def test_digits_that_could_pass_for_a_decimal_number_are_refused_in_words_kept_for_good(ledger: Ledger) -> None:
    send(ledger, b"one", figure(5))
    with pytest.raises(ValueError, match="NHS number"):
        expunge(ledger, 1, reason="9991234578.5", authority="CG-7", at=NOON)
    assert ledger.number == 1
