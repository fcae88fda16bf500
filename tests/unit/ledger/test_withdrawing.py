"""Withdrawing: what counts afterwards, what was known before, and what cannot be withdrawn."""

from datetime import datetime
from pathlib import Path

import pytest

from outcomes.errors import LedgerError
from outcomes.ledger.recording import record
from outcomes.ledger.store import Ledger, open_ledger
from outcomes.ledger.verifying import verify
from outcomes.ledger.withdrawing import withdraw
from tests.unit.ledger.handmade import NOON, accepted, day, figure, rejected


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    return open_ledger(tmp_path / "ledger")


def send(ledger: Ledger, content: bytes, *rows: dict[str, object]) -> int:
    return record(ledger, accepted(*rows, content=content), content, received_at=NOON).number


def take_back(ledger: Ledger, number: int, reason: str = "the wrong month's figures") -> int:
    return withdraw(ledger, number, reason=reason, at=day(25)).number


def numbers(ledger: Ledger, known_at: int | None = None) -> list[tuple[int | None, int, bool]]:
    return ledger.observations(known_at).frame.select("numerator", "submission", "is_revision").rows()


def test_an_earlier_figure_counts_again_and_the_number_before_still_shows_the_withdrawn_one(ledger: Ledger) -> None:
    send(ledger, b"one", figure(5))
    send(ledger, b"two", figure(6))
    assert take_back(ledger, 2) == 3
    assert numbers(ledger) == [(5, 1, False)]
    assert numbers(ledger, 2) == [(6, 2, True)]
    assert verify(ledger) == ()


def test_a_figure_that_only_the_withdrawn_file_had_is_gone_and_a_fresh_reader_says_the_same(ledger: Ledger) -> None:
    send(ledger, b"one", figure(5), figure(7, area_code="dunmere"))
    take_back(ledger, 1)
    assert numbers(ledger) == numbers(open_ledger(ledger.folder)) == []
    assert len(numbers(ledger, 1)) == 2


def test_a_later_file_that_said_the_same_again_stands_for_the_withdrawn_one(ledger: Ledger) -> None:
    send(ledger, b"june", figure(5, sheet="June", row=2))
    cumulative = send(ledger, b"july", figure(5, sheet="All", row=9), figure(6, period="2026-07", sheet="All", row=10))
    take_back(ledger, 1)
    frame = ledger.observations().frame
    assert frame.select("numerator", "submission", "sheet", "row").rows() == [
        (5, cumulative, "All", 9),
        (6, cumulative, "All", 10),
    ]
    assert verify(ledger) == ()


def test_a_revision_stays_one_when_only_words_change_after_it_and_another_file_is_withdrawn(ledger: Ledger) -> None:
    for content, row in ((b"1", figure(5)), (b"2", figure(6)), (b"3", figure(6, comment="checked"))):
        send(ledger, content, row)
    take_back(ledger, send(ledger, b"4", figure(9)))
    assert numbers(ledger) == [(6, 3, True)]
    assert ledger.versions().select("numerator", "is_revision").rows() == [(5, False), (6, True), (6, True)]


def test_what_comes_after_a_withdrawal_is_held_against_what_counts(ledger: Ledger) -> None:
    send(ledger, b"one", figure(5))
    send(ledger, b"two", figure(6))
    take_back(ledger, 2)
    receipt = record(ledger, accepted(figure(5), content=b"three"), b"three", received_at=NOON)
    assert receipt.new_observations == 0
    receipt = record(ledger, accepted(figure(6), content=b"four"), b"four", received_at=NOON)
    assert receipt.new_observations == 1
    assert numbers(ledger) == [(6, 5, True)]


def test_the_same_content_may_come_again_and_the_receipt_says_that_it_was_withdrawn(ledger: Ledger) -> None:
    send(ledger, b"one", figure(5))
    withdrawal = take_back(ledger, 1)
    receipt = record(ledger, accepted(figure(5), content=b"one"), b"one", received_at=NOON)
    assert (receipt.number, receipt.is_repeat, receipt.sent_again_after) == (3, False, withdrawal)
    assert ledger.receipts()[-1].sent_again_after == withdrawal
    assert numbers(ledger) == [(5, 3, False)]
    # from now on it is the same file again
    again = record(ledger, accepted(figure(5), content=b"one"), b"one", received_at=NOON)
    assert (again.number, again.is_repeat) == (3, True)
    assert ledger.submission_of_content(receipt.sha256, "RXX") == 3
    assert verify(ledger) == ()


def test_other_partners_figures_are_untouched(ledger: Ledger) -> None:
    send(ledger, b"one", figure(5))
    theirs = accepted(figure(9, partner_code="RYY"), partner="RYY", content=b"one")
    record(ledger, theirs, b"one", received_at=NOON)
    take_back(ledger, 1)
    assert numbers(ledger) == [(9, 2, False)]


def test_the_record_says_who_withdrew_what_when_and_why(ledger: Ledger) -> None:
    send(ledger, b"one", figure(5))
    made = withdraw(ledger, 1, reason="  wrong\n file ", at=day(25), by="J. Okafor, data lead")
    assert ledger.withdrawals() == (made,)
    assert ledger.withdrawals(1) == ()
    assert (made.number, made.submission, made.partner_code, made.file) == (2, 1, "RXX", "return.csv")
    assert (made.reason, made.by, made.withdrawn_at) == ("wrong file", "J. Okafor, data lead", day(25))


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (0, "there is no entry 0. Name a submission's number, from 1 to 4"),
        (9, "there is no entry 9"),
        (2**63, f"there is no entry {2**63}"),
        (9991234578, r"there is no entry \[number removed\]"),
        (2, "entry 2 is a file that was rejected: none of its figures counts"),
        (4, "entry 4 is no file of a partner, it is of the kind withdrawal"),
        (3, r"submission 3 was withdrawn before, by entry 4 on 2026-07-25 \(the wrong month's figures\)"),
    ],
)
def test_what_cannot_be_withdrawn_is_said_plainly_and_changes_nothing(ledger: Ledger, number: int, said: str) -> None:
    send(ledger, b"one", figure(5))
    record(ledger, rejected(), None, received_at=NOON)
    send(ledger, b"two", figure(6))
    take_back(ledger, 3)
    with pytest.raises(LedgerError, match=said):
        take_back(ledger, number)
    assert ledger.number == 4
    assert verify(ledger) == ()


def test_an_empty_ledger_has_nothing_to_withdraw(ledger: Ledger) -> None:
    with pytest.raises(LedgerError, match="The ledger is empty"):
        take_back(ledger, 1)


@pytest.mark.parametrize(
    ("reason", "said"),
    [
        (" \n", "the reason is empty"),
        ("x" * 1001, "1001 characters"),
        ("patient 999 123 4578 was in it", "NHS number"),
        # what a terminal obeys, what hides digits, and what no file of text can hold
        ("\x1b[2Jwrong", r"cannot be shown \(U\+001B\)"),
        ("999\u200b123\u200b4578", r"cannot be shown \(U\+200B\)"),
        ("half a character: \udc80", r"cannot be shown \(U\+DC80\)"),
    ],
)
def test_a_reason_that_must_not_stand_in_the_log_is_refused_and_not_repeated(
    ledger: Ledger, reason: str, said: str
) -> None:
    send(ledger, b"one", figure(5))
    with pytest.raises(ValueError, match=said) as refused:
        take_back(ledger, 1, reason)
    assert "4578" not in str(refused.value)
    with pytest.raises(ValueError, match="NHS number"):
        withdraw(ledger, 1, reason="wrong", at=NOON, by="9991234578")
    with pytest.raises(ValueError, match="time zone"):
        withdraw(ledger, 1, reason="wrong", at=datetime(2026, 7, 1))
    assert ledger.number == 1


def test_a_moment_counts_withdrawals_too_and_a_clock_that_went_back_changes_no_order(ledger: Ledger) -> None:
    for place in (1, 9):
        content = str(place).encode()
        record(ledger, accepted(figure(place), content=content), content, received_at=day(place))
    withdraw(ledger, 2, reason="wrong", at=day(12))
    # this machine's clock is wrong: the entry stands after those before it all the same
    record(ledger, accepted(figure(4), content=b"4"), b"4", received_at=day(2))
    assert [ledger.number_at(day(moment)) for moment in (1, 2, 9, 11, 12)] == [1, 1, 2, 2, 4]
    assert (
        numbers(ledger, 2) == ledger.observations(day(11)).frame.select("numerator", "submission", "is_revision").rows()
    )
    assert ledger.observations(day(12)).frame["numerator"].to_list() == [4]
