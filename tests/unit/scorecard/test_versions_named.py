"""Where two versions of a measure stand side by side, returns, duties, promises and challenges say which is meant."""

import json
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

import outcomes as oc
from outcomes.cli.printing import print_status
from outcomes.exchange.mutual_tables import mutual_tables
from tests.seeds.places_world import indicator, sheet, write_partnership

NOW = date(2026, 11, 22)
BOTH = indicator("falls", more={"version": "1", "valid_to": "2025-03-31", "name": "Falls as of old"}) + indicator(
    "falls", more={"version": "2", "valid_from": "2025-04-01", "name": "Falls anew"}
)
INCLUSIONS = "inclusions:\n" + "".join(
    f"  - {{indicator: falls, version: {version}, outcome: live, tier: local, polarity: lower_is_better, "
    f"polarity_agreed_by: The board, order: {version}}}\n"
    for version in (1, 2)
)
DUTIES = "    responsibilities:\n      - {partner: COU, role: accountable, indicators: [falls]}\n"
LOGS = {
    "agreements/PL1/commitments.csv": "id,partner,what,due,indicator\nhub,COU,Open a hub,2026-09-30,falls\n",
    "agreements/PL1/challenges.csv": "id,raised_by,raised_by_level,to,to_level,raised_on,indicator,what,reply_due\n"
    "q1,VOL,place,COU,place,2026-08-01,falls,Why?,2026-09-01\n",
}


@pytest.fixture
def made(tmp_path: Path) -> tuple[oc.Partnership, oc.ReturnsStatus, oc.Scorecard]:
    files = {**LOGS, "frameworks/small/inclusions.yaml": INCLUSIONS}
    folder = write_partnership(
        tmp_path / "world", {"falls": BOTH}, agreement=DUTIES, files=files, returns_from="2023-04-01"
    )
    partnership, ledger = oc.load_partnership(folder), oc.open_ledger(tmp_path / "ledger")
    file = sheet(tmp_path / "COU_1.csv", ["falls,PL1,2023/24,40,100"])
    oc.receive(file, partnership, ledger, received_at=datetime(2026, 6, 1, 12, tzinfo=UTC), as_of=date(2026, 6, 1))
    status = oc.returns_status(partnership, ledger, as_of=NOW)
    cards = oc.scorecards(partnership, ledger.observations(), as_of=NOW, policy="none", returns=status)
    return partnership, status, cards["PL1"]


Made = tuple[oc.Partnership, oc.ReturnsStatus, oc.Scorecard]


def test_what_is_owed_names_the_version_of_its_period(made: Made, capsys: pytest.CaptureFixture[str]) -> None:
    partnership, status, _ = made
    print_status(status, partnership, as_json=True)
    owed = {one["period"]: one["indicator_version"] for one in json.loads(capsys.readouterr().out)["owed"]}
    assert owed == {"2024/25": 1, "2025/26": 2}
    print_status(status, partnership, as_json=False)
    said = capsys.readouterr().out
    assert "falls@1, 2024/25" in said
    assert "falls@2, 2025/26" in said


def test_what_a_partner_sends_is_called_by_the_version_of_its_period(made: Made) -> None:
    (line,) = (one for one in made[2].partners if one.code == "COU")
    told = {(one.period, one.indicator_version, one.name) for one in line.returns}
    assert told == {
        ("2024/25", 1, "Falls as of old, version 1"),
        ("2025/26", 2, "Falls anew"),
    }


def test_what_names_no_version_is_said_to_be_about_the_one_in_use(made: Made) -> None:
    card = made[2]
    assert {one.key for one in card.lines} == {("falls", 1), ("falls", 2)}
    assert [one.indicator_version for one in card.commitments] == [2]
    assert [one.indicator_version for one in card.challenges] == [2]
    assert {(one.partner_code, one.role.value, one.indicator_version) for one in card.room} == {
        ("COU", "accountable", 2),
        ("COU", "supplies_data", 2),
    }
    assert [part.indicator_version for one in card.partners for part in one.parts] == [2]
    tables = mutual_tables([card])
    for name in ("commitments", "challenges", "room"):
        assert tables[name]["indicator_version"].unique().to_list() == [2], name
