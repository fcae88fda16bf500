"""Resident and registered versions of a measure stand side by side, each said, and are never set against each other."""

from pathlib import Path

from outcomes.partnership.lint import lint_partnership
from tests.seeds.places_world import indicator, results, sheet, write_partnership
from tests.seeds.street import built, text_of

BOTH = {
    "asthma-residents": indicator("asthma-residents", more={"population_basis": "resident"}),
    "asthma-patients": indicator("asthma-patients", more={"population_basis": "registered"}),
    "asthma": indicator("asthma"),
}
PARTNERS = """\
partners:
  - code: COU
    name: The council
    type: council
    footprint: [PL1]
    file_pattern: "COU_*"
    supplies: [{indicators: [asthma-residents, asthma-patients, asthma]}]
  - code: VOL
    name: The alliance
    type: voluntary_sector
    footprint: [PL1]
"""


def test_both_bases_are_printed_beside_their_values_and_exported(tmp_path: Path) -> None:
    folder = write_partnership(tmp_path / "small", BOTH, partners=PARTNERS)
    sent = sheet(tmp_path / "COU_1.csv", [f"{name},PL1,2025/26,{50 + len(name)},1000" for name in BOTH])
    site = built(folder, tmp_path / "site", sent, policy="none")
    basis = {row["indicator_id"]: row["population_basis"] for row in results(site) if row["area_code"] == "PL1"}
    assert basis == {"asthma-residents": "resident", "asthma-patients": "registered", "asthma": ""}
    page = text_of(site / "places" / "PL1.html")
    assert "2025/26, residents" in page
    assert "2025/26, registered patients" in page
    own = text_of(site / "indicators" / "PL1" / "asthma-patients.html")
    assert "People registered with a practice of the area, wherever they live" in own


def test_a_balance_that_counts_other_people_is_advised_against(tmp_path: Path) -> None:
    folder = write_partnership(tmp_path / "small", BOTH, partners=PARTNERS)
    path = folder / "frameworks" / "small" / "inclusions.yaml"
    lines = path.read_text(encoding="utf-8").replace("    order: 0\n", "    order: 0\n    balance: asthma-patients\n")
    path.write_text(lines, encoding="utf-8")
    said = [fault for fault in lint_partnership(folder) if fault.rule == "balance-of-another-basis"]
    assert [fault.message for fault in said] == [
        "'asthma-residents' counts resident people, its balance registered ones."
    ]
    assert said[0].is_advice
