"""Every file that the example's partners sent gets the verdict that was meant, and only that."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import polars as pl
import pytest

from outcomes.bundled import bundled_folder
from outcomes.intake.checking import check
from outcomes.intake.model import CheckResult
from outcomes.ledger.model import ReturnsStatus
from outcomes.ledger.recording import record
from outcomes.ledger.status import returns_status
from outcomes.ledger.store import open_ledger
from outcomes.partnership.loading import load_partnership
from outcomes.vocabulary import DataStatus, Severity, Verdict

FOLDER = bundled_folder("examples", "eastvale")
RETURNS = FOLDER / "returns"
AS_OF = date(2026, 11, 22)
REJECTED = "2026-11/EMA_2026-27-Q2.csv"

# what is said about each file that is not plainly accepted; every other file has no finding at all
SAID = {
    REJECTED: {"OUT-205", "OUT-402", "OUT-414", "OUT-501", "OUT-505"},
    # markers: not applicable, suppressed, not available
    "history/ESP_history.csv": {"OUT-458"},
    "history/STA_history.csv": {"OUT-458"},
    "history/VCT_history.csv": {"OUT-458"},
    "2026-09/ESP_2025-26.csv": {"OUT-458"},
    "2026-11/STA_2026-27-Q2.csv": {"OUT-458"},
    # a month with far fewer people than any of the two years before
    "2026-08/EVH_2026-06.xlsx": {"OUT-654"},
    # a place is missing
    "2026-08/PCC_2026-27-Q1.xlsx": {"OUT-555"},
    "2026-11/PCC_2026-27-Q2.xlsx": {"OUT-555"},
    "2026-11/EMA_2026-09.csv": {"OUT-555"},
    # what those sent who became part of it later
    "history/EHG_history.csv": {"OUT-555"},
    # rows above the header, headings in other words, another code of the indicator
    # and the place that is owed for those who became part of it
    "2026-08/EHG_2026-27-Q1.xlsx": {"OUT-151", "OUT-160", "OUT-252", "OUT-555"},
    "2026-11/EHG_2026-27-Q2.xlsx": {"OUT-151", "OUT-160", "OUT-252"},
    "2026-09/CWC_2025-26.tsv": {"OUT-252"},
    # Windows-1252
    "2026-09/EMA_2025-26_carers.csv": {"OUT-052"},
    # a revision of one place: the others are said to be missing
    "2026-11/EVH_2026-08_revised.csv": {"OUT-555", "OUT-651", "OUT-653"},
}


@dataclass(frozen=True)
class Received:
    results: dict[str, CheckResult]
    observations: pl.DataFrame
    status: ReturnsStatus


def schedule() -> Iterator[tuple[str, datetime]]:
    with (RETURNS / "schedule.csv").open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            yield row["file"], datetime.fromisoformat(row["received_at"])


@pytest.fixture(scope="module")
def received(tmp_path_factory: pytest.TempPathFactory) -> Received:
    partnership = load_partnership(FOLDER)
    ledger = open_ledger(tmp_path_factory.mktemp("example") / "ledger")
    results = {}
    for name, received_at in schedule():
        path = RETURNS / name
        # no partner named: each file tells its own by its name
        results[name] = check(path, partnership, as_of=received_at.date(), ledger=ledger)
        record(ledger, results[name], path.read_bytes(), received_at=received_at)
    return Received(results, ledger.observations().frame, returns_status(partnership, ledger, as_of=AS_OF))


def test_the_schedule_lists_every_file_once_in_the_order_of_time() -> None:
    listed = list(schedule())
    files = [path.relative_to(RETURNS).as_posix() for path in RETURNS.rglob("*.*") if path.name != "schedule.csv"]
    assert sorted(name for name, _ in listed) == sorted(files)
    assert [at for _, at in listed] == sorted(at for _, at in listed)
    assert all(at.utcoffset() is not None and at.date() <= AS_OF for _, at in listed)


def test_every_kind_of_file_is_among_the_returns() -> None:
    assert {Path(name).suffix for name, _ in schedule()} == {".csv", ".tsv", ".xlsx", ".parquet"}


def test_exactly_one_file_is_rejected(received: Received) -> None:
    rejected = [name for name, result in received.results.items() if result.verdict is Verdict.REJECTED]
    assert rejected == [REJECTED]


def test_every_file_is_told_what_was_meant_and_no_more(received: Received) -> None:
    said = {name: {finding.code for finding in result.findings} for name, result in received.results.items()}
    assert {name: codes for name, codes in said.items() if codes} == SAID


def test_every_file_tells_its_partner_by_its_name(received: Received) -> None:
    for name, result in received.results.items():
        assert Path(name).name.startswith(f"{result.partner_code}_"), name


def test_the_rejected_file_names_every_faulty_row(received: Received) -> None:
    errors = [finding for finding in received.results[REJECTED].findings if finding.severity is Severity.ERROR]
    assert {finding.row for finding in errors} == {3, 5, 7, 10, 11, 15, 16}
    assert received.results[REJECTED].loaded_rows == 0
    assert received.results[REJECTED].indicator_ids == ("local-10",)


def test_a_revision_keeps_both_figures_and_the_new_one_counts(received: Received) -> None:
    whole = received.observations.filter(
        pl.col("indicator_id") == "op-01",
        pl.col("area_code") == "EMX060002",
        pl.col("period") == "2026-08",
        pl.col("breakdown") == "",
    )
    assert whole["is_revision"].to_list() == [True]
    sent_first = received.results["2026-10/EVH_2026-08.xlsx"].frame.filter(
        pl.col("indicator_id") == "op-01", pl.col("area_code") == "EMX060002", pl.col("breakdown") == ""
    )
    assert sent_first["numerator"].item() - whole["numerator"].item() == 312


def test_two_partners_have_one_figure_of_carers_breaks(received: Received) -> None:
    both = received.observations.filter(
        pl.col("indicator_id") == "local-08", pl.col("area_code") == "EMX060002", pl.col("period") == "2025/26"
    )
    assert sorted(both["partner_code"].to_list()) == ["CWC", "EMA"]
    assert both["numerator"].n_unique() == 2


def test_half_patients_are_held_whole(received: Received) -> None:
    cancer = received.observations.filter(pl.col("indicator_id") == "op-02")
    assert (cancer["numerator"] % 2 == 1).any()
    assert (cancer["numerator"] <= cancer["denominator"]).all()


def test_versions_of_a_changed_measure_follow_its_periods(received: Received) -> None:
    changed = received.observations.filter(pl.col("indicator_id") == "ascof-2d-1")
    by_version = {
        version: sorted(rows["period"].unique()) for (version,), rows in changed.group_by("indicator_version")
    }
    assert by_version[1][-1] == "2023/24"
    assert by_version[2] == ["2024/25", "2025/26"]


def test_members_of_the_care_association_keep_their_own_names(received: Received) -> None:
    respect = received.observations.filter(pl.col("indicator_id") == "local-12")
    assert set(respect["source_code"]) == {"MCA-HEATHER", "MCA-KINGFISHER"}
    assert respect["sum_of_squares"].null_count() == 0


def test_returns_stand_in_every_state_that_needs_no_act_of_the_keeper(received: Received) -> None:
    never = {DataStatus.WITHDRAWN, DataStatus.EXPUNGED}
    assert {DataStatus(status) for status in received.status.frame["status"].unique()} == set(DataStatus) - never


def test_the_late_return_is_late_and_the_unsent_ones_are_missing(received: Received) -> None:
    def of(status: DataStatus) -> set[tuple[str, str, str]]:
        rows = received.status.frame.filter(pl.col("status") == status.value)
        return set(rows.select("partner_code", "indicator_id", "period").iter_rows())

    assert of(DataStatus.LATE) == {("EHG", "local-05", "2026/27 Q2")}
    # the file of EMA that was sent back says nothing of local-09, which came without one place
    assert of(DataStatus.MISSING) == {
        ("PCC", "local-06", "2026/27 Q1"),
        ("PCC", "local-06", "2026/27 Q2"),
        ("EMA", "local-09", "2026-09"),
        # owed for a partner that ended
        ("EHG", "local-05", "2026/27 Q1"),
    }
    assert of(DataStatus.REVISED) == {("EVH", "op-01", "2026-08")}
    assert ("EMA", "local-10", "2026/27 Q2") in of(DataStatus.REJECTED)


def test_sending_everything_again_adds_nothing(received: Received, tmp_path: Path) -> None:
    partnership = load_partnership(FOLDER)
    ledger = open_ledger(tmp_path / "ledger")
    path = RETURNS / "2026-06/EVH_2026-04.xlsx"
    came = datetime.fromisoformat("2026-06-10T08:12:00+01:00")
    for expected in (32, 0):
        result = check(path, partnership, as_of=came.date(), ledger=ledger)
        assert result.new_observations == expected
        record(ledger, result, path.read_bytes(), received_at=came)
    assert received.results["2026-06/EVH_2026-04.xlsx"].new_observations == 32
