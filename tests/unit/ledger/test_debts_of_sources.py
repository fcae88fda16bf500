"""What a single source still owed through a lead provider that ended is owed through the one that followed it."""

import json
from datetime import UTC, date, datetime
from pathlib import Path

import polars as pl
import pytest

import outcomes as oc
from outcomes.cli.printing import print_status
from outcomes.partnership.model import Partnership
from outcomes.report.accountability_view import returns_row
from outcomes.scorecard.source_returns import source_returns
from tests.seeds.places_world import indicator, sheet, write_partnership

NOW = date(2026, 11, 22)
LEADS = """\
partners:
  - code: LEAD
    name: Home care together
    type: care_provider
    footprint: [PL1]
    file_pattern: "LEAD_*"
    sources: {HEA: Heather Home Care, KIN: Kingfisher Care}
    supplies: [{indicators: [visits], source_codes: [LEAD, HEA, KIN]}]
    valid_to: 2026-04-30
    successor: NEXT
  - code: NEXT
    name: Care at home
    type: care_provider
    footprint: [PL1]
    file_pattern: "NEXT_*"
    sources: {HEA: Heather Home Care}
    supplies: [{indicators: [visits], source_codes: [NEXT, HEA]}]
    valid_from: 2026-05-01
"""
VISITS = {
    **{"statistic": "count", "denominator_definition": "", "multiplier": "1", "unit": "visits"},
    **{"combine": "sum_of_sources", "optional_columns": "[source_code]"},
}
COLUMNS = "indicator_id,place_code,period,source_code,numerator"


def world(folder: Path) -> tuple[Partnership, oc.Ledger]:
    visits = {"visits": indicator("visits", more=VISITS)}
    write_partnership(folder / "world", visits, partners=LEADS, parties=("NEXT",), returns_from="2025-04-01")
    return oc.load_partnership(folder / "world"), oc.open_ledger(folder / "ledger")


def receive(folder: Path, partnership: Partnership, ledger: oc.Ledger, name: str, day: date, *rows: str) -> None:
    noon = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
    file = sheet(folder / name, [f"visits,PL1,2025/26,{row}" for row in rows], COLUMNS)
    oc.receive(file, partnership, ledger, received_at=noon, as_of=day)


def owed(partnership: Partnership, ledger: oc.Ledger, as_of: date = NOW) -> list[tuple[str, ...]]:
    frame = oc.returns_status(partnership, ledger, as_of=as_of).sources
    return frame.select("partner_code", "source_code", "status").rows()


def test_what_a_source_did_not_send_through_the_lead_that_ended_is_owed_through_its_successor(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    partnership, ledger = world(tmp_path)
    receive(tmp_path, partnership, ledger, "LEAD_1.csv", date(2026, 4, 20), "LEAD,500", "HEA,300")
    # while the lead is there, the debt is its own
    assert owed(partnership, ledger, date(2026, 4, 30)) == [
        ("LEAD", "HEA", "received"),
        ("LEAD", "KIN", "not yet due"),
    ]
    # what had come stays with the one that sent it; Kingfisher's figure is now to come through Care at home
    assert owed(partnership, ledger) == [("LEAD", "HEA", "received"), ("NEXT", "KIN", "missing")]
    status = oc.returns_status(partnership, ledger, as_of=NOW)
    print_status(status, partnership, as_json=True)
    (debt,) = json.loads(capsys.readouterr().out)["owed_for_others"]
    assert (debt["partner"], debt["source"]) == ("NEXT", "Kingfisher Care")
    (line,) = source_returns(status, partnership.partner("NEXT"), ["PL1"], partnership)
    assert (line.name, line.missing) == ("Kingfisher Care", 1)
    cards = oc.scorecards(partnership, ledger.observations(), as_of=NOW, policy="none", returns=status)
    shown = {row.partner: returns_row(row) for row in cards["PL1"].returns}
    assert "Kingfisher Care: 0 of 1" in shown["Care at home"].note
    assert "Nothing is due" not in shown["Care at home"].note
    assert "Kingfisher Care" not in shown["Home care together"].note


def test_what_the_successor_sends_of_the_source_is_in_and_nothing_is_missing_of_the_sum(tmp_path: Path) -> None:
    partnership, ledger = world(tmp_path)
    receive(tmp_path, partnership, ledger, "LEAD_1.csv", date(2026, 4, 20), "LEAD,500", "KIN,200")
    receive(tmp_path, partnership, ledger, "NEXT_1.csv", date(2026, 9, 1), "HEA,300")
    assert owed(partnership, ledger) == [("LEAD", "KIN", "received"), ("NEXT", "HEA", "late")]
    measures = oc.roll_up(ledger.observations(), partnership, as_of=NOW).frame
    (row,) = measures.filter(pl.col("area_code") == "PL1").iter_rows(named=True)
    assert (row["numerator"], row["missing_parts"], row["qualifiers"]) == (1000, [], [])
