"""What record keeps of accepted and rejected files, and what of files sent again."""

import dataclasses
import json
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

import pytest

from outcomes.errors import LedgerError, TableError
from outcomes.intake.observations import KEY, OBSERVATION_COLUMNS
from outcomes.ledger.connection import read_log
from outcomes.ledger.entries import indicators_of, read_entries
from outcomes.ledger.folder import content_path
from outcomes.ledger.recording import record
from outcomes.ledger.store import Ledger, open_ledger
from outcomes.ledger.verifying import verify
from outcomes.ledger.withdrawing import withdraw
from outcomes.personal_numbers import MASK
from outcomes.vocabulary import Severity, Verdict
from tests.unit.ledger.handmade import NOON, accepted, day, figure, finding, observations, rejected


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    return open_ledger(tmp_path / "ledger")


def everything_in(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file())


def test_an_accepted_file_keeps_its_bytes_its_figures_and_its_receipt(ledger: Ledger) -> None:
    warning = finding("OUT-401", Severity.WARNING)
    result = accepted(
        figure(5),
        figure(7, area_code="dunmere"),
        content=b"the bytes",
        findings=(warning, warning),
        verdict=Verdict.ACCEPTED_WITH_WARNING,
    )
    receipt = record(ledger, result, b"the bytes", received_at=NOON)
    assert (receipt.number, receipt.loaded_rows, receipt.new_observations) == (1, 2, 2)
    assert receipt.codes == ("OUT-401",)
    assert not receipt.is_repeat
    assert (ledger.folder / content_path(result.sha256)).read_bytes() == b"the bytes"
    assert ledger.receipts() == (receipt,)
    known = ledger.observations()
    assert known.known_at == ledger.number == 1
    assert known.frame.schema == dict(OBSERVATION_COLUMNS)
    assert known.frame["numerator"].to_list() == [5, 7]
    assert known.frame["submission"].to_list() == [1, 1]
    assert verify(ledger) == ()


def test_an_empty_ledger_has_number_zero_and_a_table_without_rows(ledger: Ledger) -> None:
    assert ledger.number == 0
    assert ledger.observations().frame.schema == dict(OBSERVATION_COLUMNS)
    assert ledger.observations().frame.is_empty()
    assert ledger.receipts() == ()
    assert ledger.publications() == ()
    assert verify(ledger) == ()


def test_a_rejected_file_leaves_hash_time_and_codes_but_no_bytes_and_no_values(ledger: Ledger) -> None:
    result = rejected(b"patient 17 secret-bytes", codes=("OUT-102", "OUT-101", "OUT-101"))
    receipt = record(ledger, result, b"patient 17 secret-bytes", received_at=NOON)
    assert (receipt.verdict, receipt.codes) == (Verdict.REJECTED, ("OUT-101", "OUT-102"))
    assert receipt.findings == result.findings
    assert ledger.receipts() == (dataclasses.replace(receipt, findings=()),)
    assert ledger.observations().frame.is_empty()
    assert not (ledger.folder / "content").exists()
    stored = everything_in(ledger.folder)
    assert b"secret-bytes" not in stored
    assert b"secret-value" not in stored
    assert result.sha256.encode() in stored
    assert verify(ledger) == ()


def test_bytes_that_must_not_be_kept_are_not_kept_while_the_figures_are(ledger: Ledger) -> None:
    result = accepted(figure(5), content=b"secret-bytes", keeps_bytes=False)
    record(ledger, result, b"secret-bytes", received_at=NOON)
    assert b"secret-bytes" not in everything_in(ledger.folder)
    assert ledger.observations().frame["numerator"].to_list() == [5]
    assert verify(ledger) == ()


def test_a_frame_without_bytes_is_recorded_by_its_figures(ledger: Ledger) -> None:
    record(ledger, accepted(figure(5)), None, received_at=NOON)
    assert not (ledger.folder / "content").exists()
    assert ledger.observations().frame.height == 1
    assert verify(ledger) == ()


def test_the_same_content_again_adds_nothing_and_has_the_first_receipt(ledger: Ledger) -> None:
    first = record(ledger, accepted(figure(5)), b"a file", received_at=NOON)
    before = everything_in(ledger.folder)
    again = record(ledger, accepted(figure(5), file="renamed.csv"), b"a file", received_at=day(25))
    assert again == dataclasses.replace(first, is_repeat=True)
    assert everything_in(ledger.folder) == before
    assert ledger.submission_of_content(first.sha256, "RXX") == 1
    assert ledger.submission_of_content(first.sha256, "RYY") is None


def test_the_same_content_from_another_partner_is_its_own_submission(ledger: Ledger) -> None:
    record(ledger, accepted(figure(5)), b"a file", received_at=NOON)
    other = record(ledger, accepted(figure(5, partner_code="RYY"), partner="RYY"), b"a file", received_at=NOON)
    assert (other.number, other.is_repeat, other.new_observations) == (2, False, 1)
    assert verify(ledger) == ()


def test_an_older_file_sent_again_does_not_undo_a_revision(ledger: Ledger) -> None:
    record(ledger, accepted(figure(5), content=b"one"), b"one", received_at=day(1))
    record(ledger, accepted(figure(6), content=b"two"), b"two", received_at=day(2))
    assert record(ledger, accepted(figure(5), content=b"one"), b"one", received_at=day(3)).is_repeat
    assert ledger.observations().frame["numerator"].to_list() == [6]


def test_a_rejected_file_sent_again_is_one_attempt_until_it_is_rejected_for_something_else(ledger: Ledger) -> None:
    first = record(ledger, rejected(), None, received_at=day(1))
    again = record(ledger, rejected(), None, received_at=day(2))
    assert (again.number, again.is_repeat, again.received_at) == (1, True, first.received_at)
    assert record(ledger, rejected(codes=("OUT-999",)), None, received_at=day(3)).number == 2
    assert record(ledger, rejected(codes=("OUT-999",)), None, received_at=day(4)).is_repeat
    assert record(ledger, rejected(partner="RYY"), None, received_at=day(5)).number == 3
    # once the partnership knows what it is about, it speaks for that
    named = rejected(partner="RYY", indicator_ids=("falls",))
    assert [record(ledger, named, None, received_at=day(at)).number for at in (6, 7)] == [4, 4]


def test_the_indicators_that_a_file_names_are_kept_under_the_chain(ledger: Ledger) -> None:
    record(ledger, rejected(indicator_ids=("falls", "smoking")), None, received_at=day(1))
    record(ledger, accepted(figure(5)), b"a file", received_at=day(2))
    entries = read_log(ledger.folder, ledger.busy_seconds, lambda connection: list(read_entries(connection)))
    assert [indicators_of(entry) for entry in entries] == [("falls", "smoking"), ("falls",)]
    assert all(entry.expected_hash() == entry.entry_hash for entry in entries)
    # an entry of before this was kept names nothing
    fields = {name: kept for name, kept in entries[0].fields.items() if name != "indicator_ids"}
    assert indicators_of(dataclasses.replace(entries[0], body=json.dumps(fields))) == ()


def test_content_that_was_rejected_can_be_accepted_later(ledger: Ledger) -> None:
    record(ledger, rejected(b"a file"), None, received_at=day(1))
    receipt = record(ledger, accepted(figure(5)), b"a file", received_at=day(2))
    assert (receipt.number, receipt.is_repeat) == (2, False)
    # and where the rules have changed back, it is the accepted one that the record names
    assert record(ledger, rejected(b"a file"), None, received_at=day(3)).number == 2
    assert ledger.observations().frame["submission"].to_list() == [2]


def test_content_that_counts_is_not_rejected_by_a_later_check(ledger: Ledger) -> None:
    warned = accepted(figure(5), findings=(finding("OUT-401", Severity.WARNING),))
    first = record(ledger, warned, b"a file", received_at=day(1))
    before = everything_in(ledger.folder)
    assert record(ledger, rejected(b"a file"), b"a file", received_at=day(2)) == dataclasses.replace(
        first, is_repeat=True
    )
    assert everything_in(ledger.folder) == before
    kept, said = ledger.kept_of(1)
    assert kept == first
    assert said["numerator"].to_list() == [5]
    # other bytes, another sender or what was withdrawn are rejected
    assert record(ledger, rejected(b"a file."), b"a file.", received_at=day(3)).number == 2
    assert record(ledger, rejected(b"a file", partner="RYY"), b"a file", received_at=day(3)).number == 3
    withdraw(ledger, 1, reason="sent in error", at=day(4))
    back = record(ledger, rejected(b"a file"), b"a file", received_at=day(5))
    assert (back.number, back.is_repeat, back.verdict) == (5, False, Verdict.REJECTED)
    assert verify(ledger) == ()


@pytest.mark.parametrize("name", ["return.csv", f"{MASK}.csv"])
def test_a_persons_number_that_is_found_later_is_never_passed_over(ledger: Ledger, name: str) -> None:
    record(ledger, accepted(figure(5)), b"a file", received_at=day(1))
    named = dataclasses.replace(rejected(b"a file", codes=("OUT-701",)), file=name)
    receipt = record(ledger, named, b"a file", received_at=day(2))
    assert (receipt.number, receipt.verdict, receipt.is_repeat) == (2, Verdict.REJECTED, False)
    assert [one.code for one in receipt.findings] == ["OUT-701"]


def test_what_a_submission_said_is_kept_even_where_the_record_had_it_before(ledger: Ledger) -> None:
    record(ledger, accepted(figure(5), content=b"one"), b"one", received_at=day(1))
    both = accepted(figure(5), figure(6, area_code="dunmere"), content=b"two")
    record(ledger, both, b"two", received_at=day(2))
    assert ledger.kept_of(2)[1]["numerator"].to_list() == [5, 6]
    with pytest.raises(LedgerError, match="there is no submission 3"):
        ledger.kept_of(3)


def test_of_content_without_a_period_the_one_that_was_given_tells_whether_it_counts(ledger: Ledger) -> None:
    result = accepted(figure(5), given_period="2026-05")
    record(ledger, result, b"a file", received_at=day(1), period="2026-05")
    # a check that was broken off does not come to say which period it would have used
    broken_off = rejected(b"a file")
    assert record(ledger, broken_off, b"a file", received_at=day(2), period="2026-05").number == 1
    assert record(ledger, broken_off, b"a file", received_at=day(2), period="2026-06").number == 2
    assert record(ledger, broken_off, b"a file", received_at=day(2)).is_repeat


def test_identical_figures_add_nothing_and_a_changed_one_is_a_revision_of_which_both_stay(ledger: Ledger) -> None:
    june, july = figure(5), figure(7, period="2026-07")
    record(ledger, accepted(june, content=b"one"), b"one", received_at=day(1))
    cumulative = record(ledger, accepted(june, july, content=b"two"), b"two", received_at=day(2))
    assert (cumulative.loaded_rows, cumulative.new_observations) == (2, 1)
    revising = record(ledger, accepted(figure(6), july, content=b"three"), b"three", received_at=day(3))
    assert revising.new_observations == 1

    now = ledger.observations().frame.select("numerator", "submission", "is_revision").rows()
    assert now == [(6, 3, True), (7, 2, False)]
    assert ledger.observations(2).frame["numerator"].to_list() == [5, 7]
    assert ledger.observations(1).frame["numerator"].to_list() == [5]
    assert ledger.observations(0).frame.is_empty()
    assert ledger.versions()["numerator"].to_list() == [5, 7, 6]
    assert verify(ledger) == ()


def test_a_file_with_nothing_new_is_still_received(ledger: Ledger) -> None:
    record(ledger, accepted(figure(5), content=b"one"), b"one", received_at=day(1))
    receipt = record(ledger, accepted(figure(5), content=b"one, resaved"), b"one, resaved", received_at=day(2))
    assert (receipt.number, receipt.new_observations, receipt.is_repeat) == (2, 0, False)
    assert ledger.observations().frame["submission"].to_list() == [1]
    assert verify(ledger) == ()


@pytest.mark.parametrize(
    "change",
    [
        {"numerator": 6},
        {"denominator": 101},
        {"numerator": None, "status": "suppressed"},
        {"value": 5.0},
        {"lower_ci_95": 1.0},
        {"value_status": "provisional"},
        {"sum_of_squares": 9},
    ],
)
def test_any_other_number_marker_or_standing_is_a_revision(ledger: Ledger, change: dict[str, object]) -> None:
    record(ledger, accepted(figure(5), content=b"one"), b"one", received_at=day(1))
    changed = {**figure(5), **change}
    assert record(ledger, accepted(changed, content=b"two"), b"two", received_at=day(2)).new_observations == 1
    assert ledger.observations().frame["is_revision"].to_list() == [True]
    # back to the first figure: that is another figure once more
    assert record(ledger, accepted(figure(5), content=b"three"), b"three", received_at=day(3)).new_observations == 1


def test_other_words_alone_are_kept_and_make_no_revision(ledger: Ledger) -> None:
    record(ledger, accepted(figure(5), content=b"one"), b"one", received_at=day(1))
    noted = accepted(figure(5, comment="one ward was closed"), content=b"two")
    assert record(ledger, noted, b"two", received_at=day(2)).new_observations == 1
    (row,) = ledger.observations().frame.rows(named=True)
    assert (row["comment"], row["is_revision"], row["submission"]) == ("one ward was closed", False, 2)


def test_a_revision_stays_one_when_only_words_change_after_it(ledger: Ledger) -> None:
    for content, row in ((b"1", figure(5)), (b"2", figure(6)), (b"3", figure(6, comment="checked"))):
        record(ledger, accepted(row, content=content), content, received_at=NOON)
    assert ledger.observations().frame["is_revision"].to_list() == [True]


def test_another_sheet_or_row_of_the_same_figure_is_nothing_new(ledger: Ledger) -> None:
    record(ledger, accepted(figure(5, sheet="A", row=2), content=b"one"), b"one", received_at=day(1))
    moved = record(ledger, accepted(figure(5, sheet="B", row=9), content=b"two"), b"two", received_at=day(2))
    assert moved.new_observations == 0


def test_two_partners_or_sources_with_one_place_key_are_both_kept_unresolved(ledger: Ledger) -> None:
    record(ledger, accepted(figure(5), figure(6, source_code="RZZ"), content=b"1"), b"1", received_at=day(1))
    theirs = accepted(figure(9, partner_code="RYY"), partner="RYY", content=b"2")
    assert record(ledger, theirs, b"2", received_at=day(2)).new_observations == 1
    frame = ledger.observations().frame
    assert frame.select("partner_code", "source_code", "numerator").rows() == [
        ("RXX", "RXX", 5),
        ("RXX", "RZZ", 6),
        ("RYY", "RYY", 9),
    ]
    assert not frame["is_revision"].any()


def test_an_absent_figure_is_not_deleted(ledger: Ledger) -> None:
    record(ledger, accepted(figure(5), figure(7, area_code="dunmere"), content=b"1"), b"1", received_at=day(1))
    record(ledger, accepted(figure(6), content=b"2"), b"2", received_at=day(2))
    assert ledger.observations().frame["area_code"].to_list() == ["castlewick", "dunmere"]


def test_figures_come_sorted_by_key_whatever_the_order_of_submissions(ledger: Ledger) -> None:
    for place, area in enumerate(("c", "a", "b")):
        content = area.encode()
        record(ledger, accepted(figure(place, area_code=area), content=content), content, received_at=NOON)
    frame = ledger.observations().frame
    assert frame["area_code"].to_list() == ["a", "b", "c"]
    assert frame.equals(frame.sort(KEY))


def test_a_time_without_a_zone_is_refused(ledger: Ledger) -> None:
    with pytest.raises(ValueError, match="needs a time zone"):
        record(ledger, accepted(figure(5)), b"a file", received_at=datetime(2026, 7, 1))
    assert ledger.number == 0


@pytest.mark.parametrize(
    "moment",
    [
        datetime(9999, 12, 31, 23, 59, tzinfo=timezone(timedelta(hours=-12))),
        datetime(1, 1, 1, tzinfo=timezone(timedelta(hours=5))),
        datetime(1899, 12, 31, tzinfo=UTC),
        datetime(3000, 1, 1, tzinfo=UTC),
    ],
)
def test_a_time_that_is_none_of_our_days_is_refused(moment: datetime, ledger: Ledger) -> None:
    with pytest.raises(ValueError, match=r"received_at is .*; a time from 1900-01-01 to 2999-12-31 is expected"):
        record(ledger, accepted(figure(5)), b"a file", received_at=moment)
    assert ledger.number == 0
    for last in (datetime(1900, 1, 1, tzinfo=UTC), datetime(2999, 12, 31, 23, tzinfo=timezone(timedelta(hours=-12)))):
        record(ledger, rejected(str(last).encode()), None, received_at=last)
    assert verify(ledger) == ()


def test_the_time_is_kept_as_utc(ledger: Ledger) -> None:
    summer = datetime(2026, 7, 1, 0, 30, tzinfo=timezone(timedelta(hours=1)))
    receipt = record(ledger, accepted(figure(5)), b"a file", received_at=summer)
    assert receipt.received_at == summer
    assert receipt.received_at.tzinfo is UTC
    assert receipt.received_at.date() == date(2026, 6, 30)


def test_order_is_by_number_never_by_the_clock(ledger: Ledger) -> None:
    record(ledger, accepted(figure(5), content=b"1"), b"1", received_at=day(20))
    record(ledger, accepted(figure(6), content=b"2"), b"2", received_at=day(1))
    assert ledger.observations().frame["numerator"].to_list() == [6]


def test_a_moment_is_resolved_to_the_last_entry_before_it(ledger: Ledger) -> None:
    for place in (1, 5, 9):
        content = str(place).encode()
        record(ledger, accepted(figure(place), content=content), content, received_at=day(place))
    assert [ledger.number_at(day(moment)) for moment in (1, 4, 5, 30)] == [1, 1, 2, 3]
    assert ledger.number_at(day(30, month=6)) == 0
    with pytest.raises(ValueError, match="time zone"):
        ledger.number_at(datetime(2026, 7, 1))


def test_bytes_other_than_those_checked_are_refused(ledger: Ledger) -> None:
    with pytest.raises(ValueError, match="not those that were checked"):
        record(ledger, accepted(figure(5)), b"other bytes", received_at=NOON)
    assert ledger.number == 0


@pytest.mark.parametrize("partner", ["", "RYY"])
def test_figures_of_another_sender_are_refused(ledger: Ledger, partner: str) -> None:
    with pytest.raises(LedgerError, match="one sender"):
        record(ledger, accepted(figure(5), partner=partner), b"a file", received_at=NOON)
    assert ledger.number == 0


def test_a_key_that_stands_twice_or_lacks_a_part_is_refused_and_leaves_nothing(ledger: Ledger) -> None:
    twice = accepted(observations=observations([figure(5), figure(6)]))
    with pytest.raises(TableError, match="more than once"):
        record(ledger, twice, b"a file", received_at=NOON)
    with pytest.raises(TableError, match="empty"):
        record(ledger, accepted(figure(5, area_code=None)), b"a file", received_at=NOON)
    assert ledger.number == 0
    assert not (ledger.folder / "content").exists()
    assert verify(ledger) == ()


@pytest.mark.parametrize("number", [-1, 2])
def test_a_number_that_the_ledger_does_not_have_is_refused(ledger: Ledger, number: int) -> None:
    record(ledger, accepted(figure(5)), b"a file", received_at=NOON)
    with pytest.raises(LedgerError, match="from 0 to 1"):
        ledger.observations(number)
    with pytest.raises(LedgerError, match="from 0 to 1"):
        ledger.receipts(number)


def test_file_names_of_any_script_and_of_broken_bytes_are_kept(ledger: Ledger) -> None:
    for place, name in enumerate(("Q1 «Été» – 結果.csv", "broken\udcff.csv")):
        content = str(place).encode()
        record(ledger, accepted(figure(place), content=content, file=name), content, received_at=NOON)
    assert [receipt.file for receipt in ledger.receipts()] == ["Q1 «Été» – 結果.csv", "broken\udcff.csv"]
    assert verify(ledger) == ()


def test_two_ledgers_of_the_same_submissions_have_the_same_entries_and_files(tmp_path: Path) -> None:
    ledgers = [open_ledger(tmp_path / name) for name in ("one", "two")]
    for ledger in ledgers:
        record(ledger, accepted(figure(5), content=b"1"), b"1", received_at=day(1))
        record(ledger, rejected(), None, received_at=day(2))
        record(ledger, accepted(figure(6), content=b"2"), b"2", received_at=day(3))
    names = [sorted(path.relative_to(one.folder) for path in one.folder.rglob("*")) for one in ledgers]
    assert names[0] == names[1]
    assert ledgers[0].receipts() == ledgers[1].receipts()
    seals = [(one.folder / "ledger.seal").read_text() for one in ledgers]
    assert seals[0].split("entry_hash")[1][:70] == seals[1].split("entry_hash")[1][:70]


def test_a_rejected_file_with_the_same_errors_and_other_warnings_is_one_attempt(ledger: Ledger) -> None:
    first = record(ledger, rejected(codes=("OUT-7",)), None, received_at=day(1))
    remarked = rejected(codes=("OUT-7",))
    remarked = dataclasses.replace(remarked, findings=(*remarked.findings, finding("OUT-653", Severity.WARNING)))
    again = record(ledger, remarked, None, received_at=day(2))
    assert (again.number, again.is_repeat) == (first.number, True)
    assert record(ledger, rejected(codes=("OUT-7", "OUT-8")), None, received_at=day(3)).number == 2
