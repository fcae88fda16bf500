"""Importing history: three years of an old workbook, twice, dry and wrong; what was read, revised and published."""

import subprocess
import sys
from datetime import UTC, date, datetime
from pathlib import Path

import polars as pl
import pytest

import outcomes as oc
from outcomes.bundled import bundled_folder
from outcomes.partnership.loading import load_partnership
from outcomes.vocabulary import Verdict
from outcomes.workflows.backtest_reasons import Computed, LikelyReason, Surroundings, likely_reason
from outcomes.workflows.backtesting import BACKTEST_COLUMNS
from outcomes.workflows.importing import ImportedHistory, import_history
from outcomes.workflows.published_values import Printed, PublishedValue

EXAMPLE = bundled_folder("examples", "old_workbook")
HISTORY = EXAMPLE / "history"
WORKBOOK = HISTORY / "RCC_monitoring_2023_to_2026.xlsx"
CORRECTED = HISTORY / "RCC_monitoring_corrected.xlsx"
PACK = HISTORY / "pack_2026-04.csv"
AT = datetime(2026, 5, 20, 9, tzinfo=UTC)
AS_OF = date(2026, 5, 20)


@pytest.fixture(scope="module")
def partnership() -> oc.Partnership:
    return oc.load_partnership(EXAMPLE)


def run(
    partnership: oc.Partnership,
    ledger: oc.Ledger | None,
    *files: Path,
    against: Path | None = None,
    again: bool = False,
    is_dry_run: bool = False,
) -> ImportedHistory:
    return import_history(
        files,
        partnership,
        ledger,
        partner="RCC",
        layout="old-monitoring",
        against=against,
        again=again,
        received_at=AT,
        as_of=AS_OF,
        is_dry_run=is_dry_run,
    )


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> oc.Ledger:
    return oc.open_ledger(tmp_path_factory.mktemp("record") / "ledger")


@pytest.fixture(scope="module")
def imported(partnership: oc.Partnership, ledger: oc.Ledger) -> ImportedHistory:
    return run(partnership, ledger, WORKBOOK, CORRECTED, against=PACK)


def test_the_script_reproduces_the_workbook_and_the_pack(tmp_path: Path) -> None:
    subprocess.run(
        [sys.executable, "-m", "examples.build_old_workbook", "--out", str(tmp_path)],
        check=True,
        capture_output=True,
        cwd=bundled_folder("examples").parent,
    )
    names = sorted(path.name for path in HISTORY.iterdir())
    assert sorted(path.name for path in tmp_path.iterdir()) == names
    assert [name for name in names if (tmp_path / name).read_bytes() != (HISTORY / name).read_bytes()] == []


def test_each_file_is_one_submission_marked_as_history_and_none_is_late(
    imported: ImportedHistory, ledger: oc.Ledger, partnership: oc.Partnership
) -> None:
    assert [(one.number, one.is_history, one.verdict) for one in ledger.receipts()] == [
        (1, True, Verdict.ACCEPTED_WITH_WARNING),
        (2, True, Verdict.ACCEPTED_WITH_WARNING),
    ]
    # 3 indicators: two of 4 places in 36 months but one, one of 4 places in 3 years
    assert [one.loaded_rows for one in imported.receipts] == [4 * 36 + 4 * 35 + 4 * 3, 4]
    statuses = set(oc.returns_status(partnership, ledger, as_of=AS_OF).frame["status"])
    assert statuses == {"received", "revised", "not yet due"}
    assert oc.verify(ledger) == ()


def test_what_was_read_is_counted_by_year_with_its_gaps(imported: ImportedHistory) -> None:
    series = imported.series.filter(indicator_id="delayed-days", area_code="MILLFIELD")
    assert series.select("year", "figures", "first", "last", "gaps").rows() == [
        ("2023/24", 11, "2023-04", "2024-03", "2023-08"),
        ("2024/25", 12, "2024-04", "2025-03", ""),
        ("2025/26", 12, "2025-04", "2026-03", ""),
    ]
    assert (
        imported.series.filter(indicator_id="carers-supported", area_code="OLDHARBOUR")["figures"].to_list() == [1] * 3
    )


def test_what_the_record_had_otherwise_is_said(imported: ImportedHistory) -> None:
    (row,) = imported.revisions.rows(named=True)
    assert (row["file"], row["area_code"], row["period"]) == (CORRECTED.name, "OLDHARBOUR", "2026-02")
    assert (row["numerator_before"], row["numerator"], row["submission_before"]) == (58, 71, 1)


def test_every_published_value_agrees_or_is_explained(imported: ImportedHistory) -> None:
    assert imported.backtest is not None
    frame = imported.backtest.frame
    assert frame.schema == pl.Schema(BACKTEST_COLUMNS)
    assert (frame.height, imported.backtest.agreeing, imported.backtest.differing) == (137, 127, 10)
    found = frame.filter(~pl.col("agrees")).select("place", "period", "likely_reason", "explanation").rows()
    assert [row[:3] for row in found] == [
        ("Riverside", "2025-09", "missing part"),
        ("Old Harbour", "2026-02", "revised since"),
        ("Riverside", "2026-02", "revised since"),
        ("Riverside", "2025-06", "unexplained"),
        ("Riverside", "2025-11", "part counted twice"),
        ("Northbank", "2023/24", "rounding"),
        ("Stonebridge", "2024/25", "other denominator"),
        ("Millfield", "2025/26", "value of another period"),
        ("Riverside", "2022/23", "not computed here"),
        ("Riverside", "2025/26", "unknown to the partnership"),
    ]
    said = {row[2]: row[3] for row in found}
    assert "Stonebridge" in said["missing part"]
    assert "Northbank" in said["part counted twice"]
    assert "2023/24" in said["other denominator"]
    assert "2024/25" in said["value of another period"]
    unknown = said["unknown to the partnership"]
    assert unknown.startswith("no indicator of the partnership, or more than one, is called “")


@pytest.mark.parametrize(
    ("computed", "printed", "half_step", "expected"),
    [
        # a count is printed as it is
        (560.0, 559.0, 0.5, LikelyReason.UNEXPLAINED),
        (12.5, 12.4, 0.05, LikelyReason.UNEXPLAINED),
        (0.3 + 0.6, 0.8, 0.05, LikelyReason.UNEXPLAINED),
        (12.46, 12.4, 0.05, LikelyReason.ROUNDING),
        (558.7, 558.0, 0.5, LikelyReason.ROUNDING),
    ],
)
def test_only_what_has_more_digits_than_are_printed_may_differ_by_rounding(
    computed: float, printed: float, half_step: float, expected: LikelyReason
) -> None:
    one = PublishedValue(2, "", "", "", "", Printed(printed, half_step), None, None, "")
    found = Computed(computed, None, None, None, None, "", "", None, ())
    surroundings = Surroundings({}, {}, load_partnership(bundled_folder("examples", "eastvale")))
    assert likely_reason(one, ("x", "EMX060001", "2026-09", ""), found, ["value"], surroundings)[0] is expected


def test_words_of_comparison_and_limits_are_held_too(imported: ImportedHistory) -> None:
    assert imported.backtest is not None
    held = imported.backtest.frame.filter(pl.col("published_comparison").is_not_null() & pl.col("agrees"))
    assert held["published_comparison"].to_list() == held["computed_comparison"].to_list()
    assert set(held["published_comparison"]) == {"similar", "worse"}
    assert held["published_lower"].is_not_null().all()


def test_importing_again_changes_nothing(
    partnership: oc.Partnership, ledger: oc.Ledger, imported: ImportedHistory
) -> None:
    number, figures = ledger.number, ledger.observations().frame
    again = run(partnership, ledger, WORKBOOK, CORRECTED)
    assert all(receipt.is_repeat for receipt in again.receipts)
    assert ledger.number == number == len(imported.receipts)
    assert ledger.observations().frame.equals(figures)


def test_a_dry_run_records_nothing_and_says_the_same(
    partnership: oc.Partnership, imported: ImportedHistory, tmp_path: Path
) -> None:
    dry = run(partnership, None, WORKBOOK, CORRECTED, against=PACK, is_dry_run=True)
    assert dry.receipts == ()
    assert dry.series.equals(imported.series)
    assert dry.revisions.equals(imported.revisions)
    assert dry.backtest is not None and imported.backtest is not None
    assert dry.backtest.frame.equals(imported.backtest.frame)
    assert [result.new_observations for result in dry.results] == [296, 1]
    ledger = oc.open_ledger(tmp_path / "ledger")
    assert run(partnership, ledger, WORKBOOK, is_dry_run=True).series.height == 36
    assert ledger.number == 0


def test_a_wrong_file_is_rejected_whole_and_the_others_are_not(partnership: oc.Partnership, tmp_path: Path) -> None:
    wrong = tmp_path / "RCC_wrong.csv"
    wrong.write_text("Measure,Locality\nFalls,Nowhere\n")
    ledger = oc.open_ledger(tmp_path / "ledger")
    imported = run(partnership, ledger, wrong, CORRECTED, against=PACK)
    assert imported.is_rejected
    assert [receipt.verdict for receipt in imported.receipts] == [Verdict.REJECTED, Verdict.ACCEPTED_WITH_WARNING]
    assert ledger.observations().frame.height == 4
    assert imported.backtest is not None
    assert set(imported.backtest.frame["likely_reason"].drop_nulls()) >= {"not computed here"}


def test_what_cannot_be_opened_is_found_out_before_anything_is_recorded(
    partnership: oc.Partnership, tmp_path: Path
) -> None:
    ledger = oc.open_ledger(tmp_path / "ledger")
    for files, against in (((WORKBOOK, tmp_path / "absent.xlsx"), None), ((WORKBOOK,), tmp_path / "absent.csv")):
        with pytest.raises(oc.UnreadableFileError):
            run(partnership, ledger, *files, against=against)
    with pytest.raises(ValueError, match="a ledger is needed"):
        run(partnership, None, WORKBOOK)
    assert ledger.number == 0


def test_a_file_that_cannot_be_opened_is_named_without_a_personal_number(
    partnership: oc.Partnership, ledger: oc.Ledger, tmp_path: Path
) -> None:
    folder = tmp_path / "patient 999 123 4578"
    folder.mkdir()
    for path in (folder, folder / "9991234578.xlsx"):
        with pytest.raises(oc.UnreadableFileError, match="no plain file") as refused:
            run(partnership, ledger, path)
        assert "4578" not in str(refused.value)


def test_a_withdrawn_file_counts_again_only_if_that_is_meant(partnership: oc.Partnership, tmp_path: Path) -> None:
    record = oc.open_ledger(tmp_path / "ledger")
    before = run(partnership, record, WORKBOOK)
    oc.withdraw(record, 1, reason="the wrong years", at=AT)

    refused = run(partnership, record, WORKBOOK)
    assert refused.is_rejected
    assert "OUT-602" in {finding.code for finding in refused.results[0].findings}
    assert record.observations().frame.is_empty()

    supposed = run(partnership, record, WORKBOOK, again=True, is_dry_run=True)
    number = record.number
    assert not supposed.is_rejected
    assert supposed.series.equals(before.series)

    back = run(partnership, record, WORKBOOK, again=True)
    assert record.number == number + 1
    assert (back.receipts[0].is_history, back.receipts[0].sent_again_after) == (True, 2)
    assert {"OUT-658"} <= {finding.code for finding in back.results[0].findings}
    assert back.series.equals(before.series)
    assert record.observations().frame.height == before.receipts[0].new_observations
