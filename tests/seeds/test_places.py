"""Places as they are: areas and partners with dates, footprints that overlap, small areas, and what cannot be told."""

import html
from datetime import UTC, date, datetime
from pathlib import Path

import polars as pl
import pytest
from openpyxl import Workbook

import outcomes as oc
from outcomes.ledger.model import SOURCE_STATUS_COLUMNS
from outcomes.partnership.lint import lint_partnership
from outcomes.table import empty_table
from tests.seeds.places_world import AREAS, PARTNERS, YEARS, indicator, results, sheet, write_partnership
from tests.seeds.seed import nothing, seed
from tests.seeds.street import AS_OF, built, text_of
from tests.unit.cli.running import Command

BY_GROUP = "indicator_id,place_code,period,deprivation_decile,numerator,denominator"


def of(site: Path, area: str, period: str = "2025/26", group: str = "") -> dict[str, str]:
    """The one row of the results that is of an area, a period and a group."""
    found = [
        row for row in results(site) if (row["area_code"], row["period"], row["breakdown"]) == (area, period, group)
    ]
    assert len(found) == 1, found
    return found[0]


def rules_broken(folder: Path) -> set[str]:
    return {fault.rule for fault in lint_partnership(folder) if not fault.is_advice}


@seed(
    "Place as the unit",
    seen="places/<area>.html; data/results.csv",
    behind="outcomes.rollup.rolling:wholes_above",
    off=lambda found: lambda *given: found(*given).clear(),
)
def test_place_as_the_unit(tmp_path: Path) -> None:
    folder = write_partnership(tmp_path / "small", {"falls": indicator("falls", "neighbourhood")})
    counts = ["falls,NB1,2025/26,1,10", "falls,NB2,2025/26,81,90"]
    site = built(folder, tmp_path / "site", sheet(tmp_path / "COU_1.csv", counts), policy="none")
    place = of(site, "PL1")
    assert (float(place["numerator"]), float(place["denominator"]), float(place["value"])) == (82, 100, 82)
    rates = [float(of(site, code)["value"]) for code in ("NB1", "NB2")]
    assert rates == [10, 90]
    mean = sum(rates) / len(rates)
    page = text_of(site / "places" / "PL1.html")
    assert "82.0%" in page
    # the mean of the rates is another number, and is printed nowhere
    assert mean == 50
    assert f"{mean:.1f}%" not in page
    # nor is it taken from somebody who sends it for the place
    partnership = oc.load_partnership(folder)
    sent = sheet(tmp_path / "COU_2.csv", [*counts, f"falls,PL1,2025/26,{mean:.0f},100"])
    refused = oc.check(sent, partnership, as_of=AS_OF, ledger=None)
    assert (refused.verdict, [one.code for one in refused.findings]) == ("rejected", ["OUT-209"])
    # nor can a definition ask for it
    asked = indicator("falls", "neighbourhood", {"combine": "mean_of_rates"})
    faults = lint_partnership(write_partnership(tmp_path / "asking", {"falls": asked}))
    assert [fault.message for fault in faults if not fault.is_advice] == ["combine is 'mean_of_rates'."]


SYSTEMS = """\
area_code,name,level,parent_code
NAT,The nation,nation,
I1,First board,system,NAT
I2,Second board,system,NAT
I3,Third board,system,NAT
SYS,The county round it,region,NAT
C1,North Yorkshire,council,
"""


@seed(
    "Overlapping footprints",
    seen="outcomes lint; places/<area>.html; data/results.csv",
    behind="outcomes.rollup.hierarchy:apportioned",
    off=lambda found: lambda *given: found(*given).clear(),
)
def test_overlapping_footprints(tmp_path: Path) -> None:
    boards = ("I1", "I2", "I3")
    partners = PARTNERS.replace("[PL1]", "[C1]")

    def world(name: str, *weights: float) -> Path:
        steps = "".join(f"{code},C1,{weight}\n" for code, weight in zip(boards, weights, strict=True))
        return write_partnership(
            tmp_path / name,
            {"falls": indicator("falls", "council")},
            areas=SYSTEMS,
            footprints="area_code,member_code,weight\n" + steps,
            partners=partners,
            places=boards,
        )

    sent = sheet(tmp_path / "COU_1.csv", ["falls,C1,2025/26,101,1003"])
    site = built(world("shared", 0.7, 0.2, 0.1), tmp_path / "site", sent, policy="none", places=boards)
    parts = [of(site, code) for code in boards]
    assert [float(row["numerator"]) for row in parts] == [71, 20, 10]
    assert sum(float(row["numerator"]) for row in parts) == 101
    assert sum(float(row["denominator"]) for row in parts) == 1003
    # the nation holds the council once
    assert (float(of(site, "NAT")["numerator"]), of(site, "NAT")["qualifiers"]) == (101, "")
    assert {row["qualifiers"] for row in parts} == {"apportioned"}
    assert "Data Apportioned" in text_of(site / "places" / "I1.html")
    twice = lint_partnership(world("twice", 1, 1, 1))
    assert [fault.message for fault in twice if not fault.is_advice] == [
        "the shares of 'C1' in areas of level system sum to 3, more than 1."
    ]


@seed(
    "Wide set of partners",
    seen="outcomes check, its report as a page",
    behind="outcomes.cli.printing:_print_findings",
    off=nothing(),
)
def test_wide_set_of_partners(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    supplies = "    supplies:\n      - indicators: [falls]\n"
    partners = PARTNERS.replace(supplies, "") + supplies
    folder = write_partnership(
        tmp_path / "small", {"falls": indicator("falls", "neighbourhood")}, partners=partners, parties=("COU", "VOL")
    )
    book = Workbook()
    page = book.active
    assert page is not None
    page["A1"] = "Falls in our groups, with many thanks"
    page.merge_cells("A1:E1")
    page["D3"] = "Counted"
    page.merge_cells("D3:E3")
    rows = [
        ("indicator_id", "place_code", "period", "numerator", "denominator"),
        ("falls", "NB1", "2025/26", "<5", 40),
        ("falls", "NB2", "from 1st April 2025", "12 people", "80"),
    ]
    for number, row in enumerate(rows, 4):
        for column, cell in enumerate(row, 1):
            page.cell(number, column, cell)
    book.save(tmp_path / "VOL_1.xlsx")
    run = Command(capsys, monkeypatch)
    report = tmp_path / "VOL_1.html"
    usual = ("--partnership", folder, "--as-of", AS_OF.isoformat())
    done = run("check", tmp_path / "VOL_1.xlsx", *usual, "--report", report)
    assert done.code == 1, (done.out, done.err)
    for said in (done.out, html.unescape(text_of(report))):
        # where, what is there, and what to do instead
        assert "D6" in said
        assert "“12 people” is no number and no marker" in said
        assert "C6" in said
        assert "“from 1st April 2025” cannot be read as a financial year" in said
        assert "2025/26" in said
        assert "“<5”" in said
        assert "Traceback" not in said
    assert "Traceback" not in done.err
    # done as the list says, the file is taken
    page["C6"], page["D6"] = "2025/26", 12
    book.save(tmp_path / "VOL_2.xlsx")
    again = run("check", tmp_path / "VOL_2.xlsx", *usual)
    assert again.code == 0, again.out


SMALL_AREAS = [f"N{number:02d}" for number in range(40)]


@seed(
    "Scale to 300,000",
    seen="places/<area>.html; data/results.csv",
    behind="outcomes.protection.protecting:is_small",
    off=nothing(pl.lit(value=False)),
)
def test_scale_to_300_000(tmp_path: Path) -> None:
    areas = AREAS.split("NB1")[0] + "PL2,The other place,place,SYS,,,\n"
    areas += "".join(f"{code},Small area {code},neighbourhood,PL1,,,\n" for code in SMALL_AREAS)
    areas += "M01,The only one,neighbourhood,PL2,,,\n"
    folder = write_partnership(
        tmp_path / "small",
        {"falls": indicator("falls", "neighbourhood")},
        areas=areas,
        partners=PARTNERS.replace("[PL1]", "[PL1, PL2]"),
        places=("PL1", "PL2"),
    )
    counts = {code: (3 if code == "N07" else 20 + number) for number, code in enumerate(SMALL_AREAS)} | {"M01": 4}
    people = {code: 7_400 + 5 * number for number, code in enumerate(counts)}
    assert sum(people[code] for code in SMALL_AREAS) == 299_900
    rows = [f"falls,{code},2025/26,{counts[code]},{people[code]}" for code in counts]
    sent = sheet(tmp_path / "COU_1.csv", rows)
    exact = built(folder, tmp_path / "exact", sent, policy="none")
    place = of(exact, "PL1")
    assert float(place["numerator"]) == sum(counts[code] for code in SMALL_AREAS)
    assert float(place["denominator"]) == 299_900
    assert float(place["value"]) == 100 * float(place["numerator"]) / 299_900
    assert place["lower_ci_95"] and place["upper_ci_95"]
    # one rule at each level: a small count is hidden for a small area and for a place, a larger one is not
    public = built(folder, tmp_path / "public", sent, policy="hes-2018")
    for code in ("N07", "M01", "PL2"):
        row = of(public, code)
        assert (row["reason"], row["numerator"], row["value"]) == ("confidential", "", "")
    assert float(of(public, "N08")["numerator"]) == 30
    assert of(public, "PL1")["value"]
    assert "Hidden" in text_of(public / "places" / "PL2.html")


@seed(
    "Ambiguity and uncertainty",
    seen="places/<area>.html; data/results.csv",
    behind="outcomes.judgement.trend:recent_trend",
    off=lambda found: (
        lambda *given, **named: found(*given, **named).with_columns(direction=pl.lit("no significant change"))
    ),
)
def test_ambiguity_and_uncertainty(tmp_path: Path) -> None:
    falls = {"falls": indicator("falls")}

    def trend(name: str, numbers: list[str]) -> tuple[str, str]:
        folder = write_partnership(tmp_path / name, falls, inclusion="    trend: trend_fingertips_2020\n")
        rows = [f"falls,PL1,{year},{number},1000" for year, number in zip(YEARS[-len(numbers) :], numbers, strict=True)]
        site = built(folder, tmp_path / f"{name}-site", sheet(tmp_path / name / "COU_1.csv", rows), policy="none")
        return of(site, "PL1")["trend"], text_of(site / "places" / "PL1.html").split("Trend Cannot tell", 1)[-1][:40]

    # five points that hardly move: here "no significant change" may be said
    assert trend("five", ["100", "101", "100", "99", "100"])[0] == "no significant change"
    for name, numbers in (("four", ["101", "100", "99", "100"]), ("hidden", ["100", "101", "[c]", "99", "100"])):
        word, because = trend(name, numbers)
        assert word == "cannot tell"
        assert "Fewer than five points" in because


@seed(
    "Wider determinants, inequality",
    seen="places/<area>.html; data/results.csv",
    behind="outcomes.judgement.judging:inequalities",
    off=lambda found: lambda current, gaps, trends: found(current, gaps, trends.clear()),
)
def test_wider_determinants_inequality(tmp_path: Path) -> None:
    tenths = ", ".join(f'"{tenth}"' for tenth in range(1, 11))
    groups = (
        f"[{{dimension: deprivation_decile, categories: [{tenths}], deprivation: most_deprived_first, whole: All}}]"
    )
    folder = write_partnership(tmp_path / "small", {"falls": indicator("falls", more={"breakdowns": groups})})
    rows = []
    for number, year in enumerate(YEARS):
        # every tenth gets better, and the least deprived ones faster
        counts = [4_000 - number * tenth * 70 for tenth in range(1, 11)]
        rows += [f"falls,PL1,{year},{tenth},{count},20000" for tenth, count in enumerate(counts, 1)]
        rows.append(f"falls,PL1,{year},All,{sum(counts)},200000")
    site = built(folder, tmp_path / "site", sheet(tmp_path / "COU_1.csv", rows, BY_GROUP), policy="none")
    row = of(site, "PL1")
    assert row["trend"] == "improving"
    assert row["inequality"] == "improving, unequally"
    first, last = of(site, "PL1", YEARS[0]), row
    assert float(last["value"]) < float(first["value"])
    assert float(last["absolute_gap"]) > float(first["absolute_gap"])
    for name in ("absolute_gap", "relative_gap", "slope_index", "relative_index"):
        assert last[name], name
    assert "Improving, unequally" in text_of(site / "places" / "PL1.html")


@seed(
    "Lead provider",
    seen="places/<area>.html, Data received; partners/<code>.html; outcomes status",
    behind="outcomes.ledger.status:source_status",
    off=lambda _: lambda *_given, **_named: empty_table(SOURCE_STATUS_COLUMNS),
)
def test_lead_provider(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    lead = """\
partners:
  - code: LEAD
    name: Home care together
    type: care_provider
    footprint: [PL1]
    file_pattern: "LEAD_*"
    sources: {HEA: Heather Home Care, KIN: Kingfisher Care}
    supplies:
      - indicators: [visits]
        source_codes: [LEAD, HEA, KIN]
  - code: VOL
    name: The alliance
    type: voluntary_sector
    footprint: [PL1]
"""
    visits = {
        "statistic": "count",
        "denominator_definition": "",
        "multiplier": "1",
        "unit": "visits",
        "combine": "sum_of_sources",
        "optional_columns": "[source_code]",
    }
    folder = write_partnership(
        tmp_path / "small",
        {"visits": indicator("visits", more=visits)},
        partners=lead,
        parties=("LEAD", "VOL"),
        returns_from="2025-04-01",
    )
    columns = "indicator_id,place_code,period,source_code,numerator"
    rows = ["visits,PL1,2025/26,LEAD,500", "visits,PL1,2025/26,HEA,300"]
    on_time = date(2026, 6, 1)
    partnership = oc.load_partnership(folder)
    ledger = oc.open_ledger(tmp_path / "ledger")

    def site(name: str, sent: Path, as_of: date) -> Path:
        noon = datetime(as_of.year, as_of.month, as_of.day, 12, tzinfo=UTC)
        oc.receive(sent, partnership, ledger, received_at=noon, as_of=as_of)
        status = oc.returns_status(partnership, ledger, as_of=AS_OF)
        cards = oc.scorecards(partnership, ledger.observations(), as_of=AS_OF, policy="none", returns=status)
        oc.build_site(cards, tmp_path / name)
        return tmp_path / name

    first = site("first", sheet(tmp_path / "LEAD_1.csv", rows, columns), on_time)
    # the lead is on time, and the page says who is not in
    place = text_of(first / "places" / "PL1.html")
    assert "Of 1 figure due, 1 came on time, 0 late" in place
    assert "Missing: Kingfisher Care" in place
    assert "Sent for others: Heather Home Care: 1 of 1; Kingfisher Care: 0 of 1" in place
    row = of(first, "PL1")
    assert (row["numerator"], row["qualifiers"]) == ("800.0", "partial")
    own = text_of(first / "partners" / "LEAD.html")
    assert "for Kingfisher Care" in own
    run = Command(capsys, monkeypatch)
    done = run("status", "--partnership", folder, "--ledger", tmp_path / "ledger", "--as-of", AS_OF.isoformat())
    assert "Kingfisher Care (KIN) missing for PL1" in done.out, done.out
    # what comes later is the subcontractor's own, and late
    second = site("second", sheet(tmp_path / "LEAD_2.csv", ["visits,PL1,2025/26,KIN,200"], columns), date(2026, 9, 1))
    assert "Sent for others: Heather Home Care: 1 of 1; Kingfisher Care: 1 of 1, 1 late" in text_of(
        second / "places" / "PL1.html"
    )
    assert (of(second, "PL1")["numerator"], of(second, "PL1")["qualifiers"]) == ("1000.0", "")


@seed(
    "Other regulators",
    seen="places/<area>.html; data/results.csv; outcomes lint",
    behind="outcomes.geography.lint:RANK",
    off=lambda ranks: {level: rank for level, rank in ranks.items() if level != "police_force_area"},
)
def test_other_regulators(tmp_path: Path) -> None:
    areas = AREAS + "PFA,Vale and Moor,police_force_area,,,,\n"
    holds = "area_code,member_code,weight\nPFA,PL1,1\n"
    crime = {"crime": indicator("crime", "police_force_area")}
    inspectorate = """\
  - code: INS
    name: The inspectorate
    type: publisher
    footprint: [SYS, PFA]
    file_pattern: "INS_*"
    supplies: [{indicators: [crime]}]
"""
    partners = PARTNERS.replace("    supplies:\n      - indicators: [falls]\n", "") + inspectorate
    folder = write_partnership(tmp_path / "small", crime, areas=areas, partners=partners, footprints=holds)
    sent = sheet(tmp_path / "INS_1.csv", ["crime,PFA,2025/26,4321,10000"])
    site = built(folder, tmp_path / "site", sent, policy="none")
    assert of(site, "PFA")["value"] == "43.21"
    assert [row for row in results(site) if row["area_code"] != "PFA"] == []
    page = text_of(site / "places" / "PL1.html")
    assert "Latest No figure yet" in page
    assert "Vale and Moor, of which this place is a part: 43.2% (2025/26)." in page
    assert page.count("43.2") == 1
    # nobody can send the force's figure as the place's, nor make the place of the force
    partnership = oc.load_partnership(folder)
    told = sheet(tmp_path / "INS_2.csv", ["crime,PL1,2025/26,4321,10000"])
    assert "OUT-209" in {one.code for one in oc.check(told, partnership, as_of=AS_OF, ledger=None).findings}
    turned = "area_code,member_code,weight\nPL1,PFA,0.4\n"
    wrong = write_partnership(tmp_path / "turned", crime, areas=areas, partners=partners, footprints=turned)
    assert "area-level-order" in rules_broken(wrong)
    # the inspectorate sends and reads; it owes nothing, signs nothing and has no page as a partner
    assert not (site / "partners" / "INS.html").exists()


MERGED = """\
partners:
  - code: NOR
    name: North Hospital
    type: nhs_trust
    footprint: [PL1]
    file_pattern: "NOR_*"
    supplies: [{indicators: [waits]}]
    valid_to: 2024-03-31
    successor: UNI
  - code: SOU
    name: South Hospital
    type: nhs_trust
    footprint: [PL1]
    file_pattern: "SOU_*"
    supplies: [{indicators: [waits, beds]}]
    valid_to: 2024-03-31
    successor: UNI
  - code: UNI
    name: United Hospitals
    type: nhs_trust
    footprint: [PL1]
    file_pattern: "UNI_*"
    supplies: [{indicators: [waits, beds]}]
    valid_from: 2024-04-01
  - code: OLD
    name: Moor Clinic
    type: nhs_trust
    footprint: [PL1]
    file_pattern: "OLD_*"
    supplies: [{indicators: [scans]}]
    valid_to: 2024-03-31
    successor: NEW
  - code: NEW
    name: Moorland Clinic
    type: nhs_trust
    footprint: [PL1]
    file_pattern: "NEW_*"
    supplies: [{indicators: [scans]}]
    valid_from: 2024-04-01
  - code: COU
    name: The council
    type: council
    footprint: [PL1]
    file_pattern: "COU_*"
    supplies: [{indicators: [homes]}]
"""
# one place under a new code, and another that was divided nobody knows how
RECODED = """\
area_code,name,level,parent_code,valid_from,valid_to,successors
SYS,The system,system,,,,
PL1,The place,place,SYS,2024-04-01,,
WAS,The place as it was coded,place,SYS,,2024-03-31,PL1
SPL,The split place,place,SYS,,2024-03-31,HA1;HA2
HA1,One half,place,SYS,2024-04-01,,
HA2,The other half,place,SYS,2024-04-01,,
"""


@seed(
    "Loose to structural",
    seen="places/<area>.html; partners/<code>.html; data/results.csv; outcomes status",
    behind="outcomes.rollup.rolling:with_partner_breaks",
    off=lambda _: lambda measures, _partnership: measures,
)
def test_loose_to_structural(tmp_path: Path) -> None:
    summed = {"combine": "sum_of_sources"}
    folder = write_partnership(
        tmp_path / "merged",
        {
            "waits": indicator("waits", more=summed),
            "scans": indicator("scans"),
            "beds": indicator("beds"),
            "homes": indicator("homes"),
        },
        partners=MERGED,
        parties=("UNI", "NEW", "COU"),
        files={"agreements/PL1/commitments.csv": "id,partner,what,due\nhub,NOR,Open one front door,2026-09-30\n"},
    )
    sent = [
        sheet(tmp_path / "NOR_1.csv", [f"waits,PL1,{year},10,100" for year in YEARS[:3]]),
        # of one measure the last year of the one that ended never came
        sheet(
            tmp_path / "SOU_1.csv",
            [
                *(f"waits,PL1,{year},20,100" for year in YEARS[:3]),
                *(f"beds,PL1,{year},20,100" for year in YEARS[:2]),
            ],
        ),
        sheet(tmp_path / "UNI_1.csv", [f"waits,PL1,{year},33,200" for year in YEARS[3:]]),
        sheet(tmp_path / "OLD_1.csv", [f"scans,PL1,{year},50,100" for year in YEARS[:3]]),
        sheet(tmp_path / "NEW_1.csv", [f"scans,PL1,{year},50,100" for year in YEARS[3:]]),
    ]
    site = built(folder, tmp_path / "site", *sent, policy="none")
    rows = {(row["indicator_id"], row["period"]): row for row in results(site) if row["area_code"] == "PL1"}
    # history stays as it was sent, and the series goes on with a break that is seen
    assert [rows["waits", year]["numerator"] for year in YEARS] == ["30.0", "30.0", "30.0", "33.0", "33.0"]
    assert [rows["waits", year]["qualifiers"] for year in YEARS] == ["", "", "", "break in series", ""]
    assert rows["waits", YEARS[-1]]["trend"] == "cannot tell"
    # a new name for the same organisation is no break
    assert {rows["scans", year]["qualifiers"] for year in YEARS} == {""}
    assert rows["scans", YEARS[-1]]["trend"] == "no significant change"
    page = text_of(site / "places" / "PL1.html")
    assert "Sent by North Hospital and South Hospital until 31 March 2024, then by United Hospitals" in page
    assert "Sent by Moor Clinic until 31 March 2024, which is now Moorland Clinic." in page
    assert "North Hospital (now United Hospitals)" in page
    # what is promised is for whoever stands there now to do, and nobody else has a page of its own
    own = text_of(site / "partners" / "UNI.html")
    assert "What is yours to do now" in own
    assert "Open one front door" in own.split("What is yours to do now", 1)[1].split("Your data", 1)[0]
    assert sorted(one.stem for one in (site / "partners").iterdir()) == ["COU", "NEW", "UNI"]
    # whoever is called into the room is there
    room = oc.who_is_in_the_room(oc.load_partnership(folder), place="PL1", as_of=AS_OF, indicator="waits")
    assert set(room["partner_code"]) == {"UNI"}
    # nobody is asked of what ended; what it owed, the successor owes
    partnership = oc.load_partnership(folder)
    status = oc.returns_status(partnership, oc.open_ledger(tmp_path / "site-ledger"), as_of=AS_OF).frame
    owed = status.filter(pl.col("status") == "missing", pl.col("period") < "2024/25", pl.col("indicator_id") != "homes")
    assert owed.select("partner_code", "indicator_id", "period").rows() == [("UNI", "beds", "2023/24")]
    assert status.filter(pl.col("partner_code").is_in(["NOR", "OLD"]), pl.col("period") > "2023/24").is_empty()
    # areas: one new code for one old one is followed; of a division nothing is made
    homes = write_partnership(
        tmp_path / "recoded",
        {"homes": indicator("homes")},
        areas=RECODED,
        partners=PARTNERS.replace("[falls]", "[homes]").replace("[PL1]", "[WAS, PL1, SPL, HA1, HA2]"),
        places=("PL1", "HA1"),
    )
    figures = [f"homes,{code},{year},40,100" for code in ("WAS", "SPL") for year in YEARS[:3]]
    figures += [f"homes,{code},{year},40,100" for code in ("PL1", "HA1", "HA2") for year in YEARS[3:]]
    moved = built(homes, tmp_path / "moved", sheet(tmp_path / "COU_1.csv", figures), policy="none")
    before = of(moved, "PL1", YEARS[0])
    assert (before["value"], before["qualifiers"]) == ("40.0", "former areas")
    assert (of(moved, "HA1", YEARS[0])["value"], of(moved, "HA1", YEARS[0])["reason"]) == ("", "not comparable")
    assert of(moved, "HA1", YEARS[3])["qualifiers"] == "break in series"
    # a retired code is not taken for its successor's in a year in which it is retired
    late = sheet(tmp_path / "COU_2.csv", ["homes,WAS,2025/26,40,100"])
    refused = oc.check(late, oc.load_partnership(homes), as_of=AS_OF, ledger=None)
    assert refused.verdict == "rejected"
    assert any("It was followed by PL1." in f"{one.text} {one.fix}" for one in refused.findings)
