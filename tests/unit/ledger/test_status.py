"""Expected against received: every status a return can have, and which comes before which."""

from dataclasses import replace
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

import polars as pl
import pytest

from outcomes.errors import LedgerError
from outcomes.ledger import status
from outcomes.ledger.expunging import expunge
from outcomes.ledger.model import STATUS_COLUMNS
from outcomes.ledger.recording import record
from outcomes.ledger.status import returns_status
from outcomes.ledger.store import Ledger, open_ledger
from outcomes.ledger.versions import read_versions
from outcomes.ledger.withdrawing import withdraw
from outcomes.partnership.calendar import Calendar, DueRule
from outcomes.partnership.model import Partner, Partnership, Supply
from outcomes.vocabulary import PartnerType, PeriodKind
from tests.small_world import indicator, world
from tests.unit.ledger.handmade import accepted, day, figure, rejected

JUNE = ("RXX", "falls", "PL1", "2026-06")
FALLS = ("falls",)


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    return open_ledger(tmp_path / "ledger")


@pytest.fixture
def partnership() -> Partnership:
    """Two trusts that each owe a monthly count of falls for Castlewick, from May 2026, 30 days after the month."""
    partners = tuple(
        Partner(
            code=code,
            name=code,
            type=PartnerType.NHS_TRUST,
            footprint=("PL1",),
            supplies=(Supply(indicators=("falls",)),),
        )
        for code in ("RXX", "RYY")
    )
    return replace(
        world([indicator("falls", period="month", breakdowns=())]),
        partners=partners,
        calendar=Calendar(due={PeriodKind.MONTH: DueRule(days_after_period=30)}, returns_from=date(2026, 5, 1)),
    )


def send(ledger: Ledger, numerator: int = 5, *, at: datetime, **terms: object) -> int:
    content = repr((numerator, at, terms)).encode()
    row = figure(numerator, **{"area_code": "PL1", **terms})
    result = accepted(row, content=content, partner=row["partner_code"])
    return record(ledger, result, content, received_at=at).number


def status_of(partnership: Partnership, ledger: Ledger, as_of: date, **terms: int) -> dict[tuple[str, ...], str]:
    frame = returns_status(partnership, ledger, as_of=as_of, **terms).frame
    return {
        row[:4]: row[4] for row in frame.select("partner_code", "indicator_id", "area_code", "period", "status").rows()
    }


def row_of(partnership: Partnership, ledger: Ledger, as_of: date) -> dict[str, object]:
    frame = returns_status(partnership, ledger, as_of=as_of).frame
    (row,) = frame.filter((pl.col("partner_code") == "RXX") & (pl.col("period") == "2026-06")).rows(named=True)
    return row


def test_of_an_empty_ledger_every_figure_is_missing_or_not_yet_due(partnership: Partnership, ledger: Ledger) -> None:
    found = returns_status(partnership, ledger, as_of=date(2026, 7, 5))
    assert found.frame.schema == dict(STATUS_COLUMNS)
    assert (found.as_of, found.known_at) == (date(2026, 7, 5), 0)
    assert found.frame.select("partner_code", "period", "due_on", "status").rows() == [
        ("RXX", "2026-05", date(2026, 6, 30), "missing"),
        ("RXX", "2026-06", date(2026, 7, 30), "not yet due"),
        ("RYY", "2026-05", date(2026, 6, 30), "missing"),
        ("RYY", "2026-06", date(2026, 7, 30), "not yet due"),
    ]
    assert found.frame["received_on"].null_count() == found.frame["submission"].null_count() == 4


def test_on_its_due_day_a_figure_is_not_yet_missing(partnership: Partnership, ledger: Ledger) -> None:
    assert status_of(partnership, ledger, date(2026, 7, 30))[JUNE] == "not yet due"
    assert status_of(partnership, ledger, date(2026, 7, 31))[JUNE] == "missing"


def test_a_figure_that_came_by_its_due_day_is_received(partnership: Partnership, ledger: Ledger) -> None:
    number = send(ledger, at=day(30))
    row = row_of(partnership, ledger, date(2026, 8, 5))
    assert (row["status"], row["received_on"], row["submission"]) == ("received", date(2026, 7, 30), number)
    # the other partner's is still owed
    assert status_of(partnership, ledger, date(2026, 8, 5))["RYY", *JUNE[1:]] == "missing"


def test_a_figure_that_first_came_after_its_due_day_is_late(partnership: Partnership, ledger: Ledger) -> None:
    send(ledger, at=day(31))
    assert row_of(partnership, ledger, date(2026, 8, 5))["status"] == "late"
    # the same figure in another file later changes nothing of that
    send(ledger, at=day(5, 8), comment="once more")
    row = row_of(partnership, ledger, date(2026, 8, 9))
    assert (row["status"], row["received_on"], row["submission"]) == ("late", date(2026, 7, 31), 2)


def test_a_day_is_that_of_the_place_where_the_file_came(partnership: Partnership, ledger: Ledger) -> None:
    summer = timezone(timedelta(hours=1))
    send(ledger, at=datetime(2026, 7, 31, 0, 30, tzinfo=summer))
    row = row_of(partnership, ledger, date(2026, 8, 5))
    assert (row["status"], row["received_on"]) == ("late", date(2026, 7, 31))


def test_a_changed_figure_is_revised_and_keeps_the_day_it_first_came(partnership: Partnership, ledger: Ledger) -> None:
    send(ledger, 5, at=day(10))
    number = send(ledger, 6, at=day(5, 8))
    row = row_of(partnership, ledger, date(2026, 8, 9))
    assert (row["status"], row["received_on"], row["submission"]) == ("revised", date(2026, 7, 10), number)


def test_a_breakdown_or_a_marker_counts_as_come(partnership: Partnership, ledger: Ledger) -> None:
    send(ledger, at=day(10), breakdown="sex=Female")
    assert status_of(partnership, ledger, date(2026, 8, 9))[JUNE] == "received"
    marked = accepted(
        figure(None, area_code="PL1", partner_code="RYY", status="not_available"), partner="RYY", content=b"marked"
    )
    record(ledger, marked, b"marked", received_at=day(11))
    assert status_of(partnership, ledger, date(2026, 8, 9))["RYY", *JUNE[1:]] == "received"


def test_another_area_period_or_indicator_does_not_count(partnership: Partnership, ledger: Ledger) -> None:
    send(ledger, at=day(10), area_code="PL2")
    send(ledger, at=day(11), indicator_id="smoking")
    send(ledger, at=day(12), period="2026-05")
    assert status_of(partnership, ledger, date(2026, 8, 9))[JUNE] == "missing"


def test_what_is_owed_is_rejected_when_the_last_file_that_names_it_was(
    partnership: Partnership, ledger: Ledger
) -> None:
    record(ledger, rejected(indicator_ids=FALLS), None, received_at=day(10))
    row = row_of(partnership, ledger, date(2026, 8, 9))
    assert (row["status"], row["submission"], row["received_on"]) == ("rejected", 1, None)
    found = status_of(partnership, ledger, date(2026, 8, 9))
    assert found["RYY", *JUNE[1:]] == "missing"
    # before it is due nothing is owed: the receipt told the sender what to mend
    assert status_of(partnership, ledger, date(2026, 7, 12))[JUNE] == "not yet due"


def test_a_rejected_file_says_nothing_of_a_period_that_had_not_ended(partnership: Partnership, ledger: Ledger) -> None:
    record(ledger, rejected(indicator_ids=FALLS), None, received_at=day(30, 6))
    found = status_of(partnership, ledger, date(2026, 8, 9))
    assert found[JUNE] == "missing"
    assert found["RXX", "falls", "PL1", "2026-05"] == "rejected"


def test_a_rejected_file_does_not_touch_what_was_received(partnership: Partnership, ledger: Ledger) -> None:
    send(ledger, at=day(10))
    record(ledger, rejected(indicator_ids=FALLS), None, received_at=day(12))
    found = status_of(partnership, ledger, date(2026, 8, 9))
    assert (found[JUNE], found["RXX", "falls", "PL1", "2026-05"]) == ("received", "rejected")


def test_a_rejected_file_says_nothing_of_what_it_does_not_name(partnership: Partnership, ledger: Ledger) -> None:
    # one that cannot be read names nothing, and another is about something else
    record(ledger, rejected(), None, received_at=day(10))
    record(ledger, rejected(b"another", indicator_ids=("smoking",)), None, received_at=day(11))
    found = status_of(partnership, ledger, date(2026, 8, 9))
    assert (found[JUNE], found["RXX", "falls", "PL1", "2026-05"]) == ("missing", "missing")
    assert "rejected" not in found.values()
    # nor does such a file, or an accepted one about something else, end a rejection
    record(ledger, rejected(b"of falls", indicator_ids=("falls", "smoking")), None, received_at=day(12))
    record(ledger, rejected(b"a picture"), None, received_at=day(13))
    send(ledger, at=day(14), indicator_id="smoking")
    row = row_of(partnership, ledger, date(2026, 8, 9))
    assert (row["status"], row["submission"]) == ("rejected", 3)


def test_an_accepted_file_after_a_rejected_one_ends_the_rejection(partnership: Partnership, ledger: Ledger) -> None:
    record(ledger, rejected(indicator_ids=FALLS), None, received_at=day(10))
    send(ledger, at=day(11), period="2026-05")
    assert status_of(partnership, ledger, date(2026, 8, 9))[JUNE] == "missing"
    # of an attempt whose sender could not be told, nobody is blamed
    record(ledger, rejected(partner="", indicator_ids=FALLS), None, received_at=day(12))
    assert "rejected" not in status_of(partnership, ledger, date(2026, 8, 9)).values()


def test_the_status_can_be_asked_as_it_was_known(partnership: Partnership, ledger: Ledger) -> None:
    send(ledger, 5, at=day(10))
    send(ledger, 6, at=day(11))
    day_asked = date(2026, 8, 9)
    found = [status_of(partnership, ledger, day_asked, known_at=number)[JUNE] for number in (0, 1, 2)]
    assert found == ["missing", "received", "revised"]
    with pytest.raises(LedgerError, match="from 0 to 2"):
        returns_status(partnership, ledger, as_of=day_asked, known_at=3)


def test_without_a_start_nothing_is_expected(partnership: Partnership, ledger: Ledger) -> None:
    unasked = replace(partnership, calendar=Calendar())
    assert returns_status(unasked, ledger, as_of=date(2026, 8, 9)).frame.schema == dict(STATUS_COLUMNS)


def test_a_figure_that_was_imported_as_history_is_never_late(partnership: Partnership, ledger: Ledger) -> None:
    result = accepted(figure(5, area_code="PL1"), content=b"an old workbook")
    receipt = record(ledger, result, b"an old workbook", received_at=day(1, month=10), is_history=True)
    assert receipt.is_history
    assert [one.is_history for one in ledger.receipts()] == [True]
    assert status_of(partnership, ledger, date(2026, 10, 2))[JUNE] == "received"
    # what is revised since is said, and what others send late is late
    send(ledger, 6, at=day(2, month=10))
    assert status_of(partnership, ledger, date(2026, 10, 3))[JUNE] == "revised"
    send(ledger, 6, at=day(2, month=10), partner_code="RYY")
    assert status_of(partnership, ledger, date(2026, 10, 3))["RYY", *JUNE[1:]] == "late"


def test_an_old_workbook_that_was_sent_back_rejects_nothing_that_is_owed(
    partnership: Partnership, ledger: Ledger
) -> None:
    record(ledger, rejected(indicator_ids=FALLS), None, received_at=day(1, month=10), is_history=True)
    assert status_of(partnership, ledger, date(2026, 10, 2))[JUNE] == "missing"
    record(ledger, rejected(b"this month's", indicator_ids=FALLS), None, received_at=day(2, month=10))
    assert status_of(partnership, ledger, date(2026, 10, 3))[JUNE] == "rejected"


def take_back(ledger: Ledger, number: int) -> int:
    return withdraw(ledger, number, reason="wrong", at=day(25)).number


def test_of_a_rejection_and_a_withdrawal_the_later_one_says_where_a_figure_stands(
    partnership: Partnership, ledger: Ledger
) -> None:
    sent = send(ledger, at=day(10))
    record(ledger, rejected(b"first", indicator_ids=FALLS), None, received_at=day(11))
    withdrawal = take_back(ledger, sent)
    row = row_of(partnership, ledger, date(2026, 8, 9))
    assert (row["status"], row["submission"]) == ("withdrawn", withdrawal)
    last = record(ledger, rejected(b"second", indicator_ids=FALLS), None, received_at=day(26)).number
    row = row_of(partnership, ledger, date(2026, 8, 9))
    assert (row["status"], row["submission"]) == ("rejected", last)


def test_a_figure_that_a_file_said_again_is_withdrawn_with_that_file_too(
    partnership: Partnership, ledger: Ledger
) -> None:
    first = send(ledger, at=day(10))
    rows = (figure(5, area_code="PL1"), figure(7, area_code="PL1", period="2026-05"))
    again = record(ledger, accepted(*rows, content=b"both"), b"both", received_at=day(11)).number
    take_back(ledger, first)
    assert row_of(partnership, ledger, date(2026, 8, 9))["submission"] == again
    last = take_back(ledger, again)
    row = row_of(partnership, ledger, date(2026, 8, 9))
    assert (row["status"], row["submission"]) == ("withdrawn", last)


def test_a_file_that_is_expunged_while_the_status_is_asked_is_no_damage(
    partnership: Partnership, ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    take_back(ledger, send(ledger, at=day(10)))
    reads: list[int] = []

    def reading(folder: Path, files: list[Path]) -> pl.DataFrame:
        reads.append(len(reads))
        if len(reads) == 1:
            expunge(open_ledger(folder), 1, reason="held a name", authority="CG-7", at=day(26))
        return read_versions(folder, files)

    monkeypatch.setattr(status, "read_versions", reading)
    assert status_of(partnership, ledger, date(2026, 8, 9))[JUNE] == "expunged"
    assert reads == [0]
    # what is damaged is still refused, and not asked for ever
    take_back(ledger, send(ledger, 8, at=day(12)))
    for path in ledger.folder.rglob("*.parquet"):
        path.write_bytes(b"damaged")
    with pytest.raises(LedgerError, match="missing or damaged"):
        status_of(partnership, ledger, date(2026, 8, 9))
