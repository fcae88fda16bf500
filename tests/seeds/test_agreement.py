"""Who owes what: forms, signatures, priorities, levels that own, versions, contracts; bound to bodies and roles."""

import csv
import json
import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest

import outcomes as oc
from outcomes.cli import main
from outcomes.partnership.lint import lint_partnership
from tests.seeds.seed import nothing, seed, without
from tests.seeds.street import AS_OF, built, changed, copy_of_eastvale, text_of

ALDERMERE = "agreements/EMX060001.yaml"
CASTLEWICK = "agreements/EMX060002.yaml"
DUNMARSH = "agreements/EMX060003.yaml"
THORNMOOR = "agreements/EMX060004.yaml"
SYSTEM = "agreements/EMX540001.yaml"
SIGNED_BY_PRIMARY_CARE = (
    "{partner: PCC, signatory_role: Chair of the collaborative}",
    "{partner: PCC, signatory_role: Chair of the collaborative, signed_on: 2026-03-20}",
)
OF_THE_SYSTEM = """\
area_code: EMX540001
versions:
  - version: 1
    title: Eastvale and Moor together
    form: joint_committee
    frameworks: [eastvale, phof, ascof, bcf]
    parties:
      - {partner: EMI, signatory_role: Chair, signed_on: 2026-03-20}
      - {partner: EVC, signatory_role: Leader of the council, signed_on: 2026-03-20}
    effective_from: 2026-04-01
    review_by: 2029-03-31
    decision: Integrated care partnership, ICP 2026/01
    targets:
      - indicator: local-01
        area_code: %s
        kind: level
        points: [{period: "2028", value: 58}]
        set_by: system
        decision: Integrated care partnership, ICP 2026/01
        agreed_on: 2026-03-20
"""


def broken(folder: Path) -> dict[str, str]:
    """The rules that a partnership breaks, advice left out, each with what is said."""
    return {one.rule: f"{one.message} {one.fix}" for one in lint_partnership(folder) if not one.is_advice}


def card_of(site: Path, area_code: str) -> dict[str, Any]:
    """A place's scorecard as it was exported."""
    card: dict[str, Any] = json.loads((site / "scorecards" / f"{area_code}.json").read_text(encoding="utf-8"))
    return card


def figures_of_smoking(folder: Path) -> Path:
    """What the board of the example sends of adult smoking, which gets worse from year to year."""
    path = folder / "EMI_smoking.csv"
    rows = [
        f"92443,EMX060002,{year},,,,,,{value},{value - 2:.1f},{value + 2:.1f}"
        for year, value in ((2022, 14.6), (2023, 15.2), (2024, 16.1), (2025, 17.4))
    ]
    head = "indicator_id,place_code,period,sex,age_band,deprivation_decile,numerator,denominator,value,lower_ci_95,"
    path.write_text("\n".join([f"{head}upper_ci_95", *rows, ""]), encoding="utf-8")
    return path


@seed(
    "Governance forms",
    seen="outcomes lint; agreements/<area>.html, Its form, and what it binds",
    behind="outcomes.agreement.model.form:MAY_BIND",
    off=lambda _: {},
)
def test_governance_forms(tmp_path: Path) -> None:
    # the joint committee of Castlewick binds what was delegated to it, and passes
    folder = copy_of_eastvale(tmp_path / "eastvale")
    site = built(folder, tmp_path / "site", places=["EMX060001", "EMX060002"])
    said = text_of(site / "agreements" / "EMX060002.html")
    assert "This form may bind: Statutory functions A pooled budget How services are provided" in said
    assert "How community nursing and therapies are planned in Castlewick" in said
    assert "This form binds nobody" in text_of(site / "agreements" / "EMX060001.html")
    # beyond what was delegated, or beyond its form, it is refused; so is a memorandum of understanding that records a
    # binding decision, in words or as data
    text = (folder / CASTLEWICK).read_text(encoding="utf-8")
    more = text.replace("        budget: 24600000\n    mission", "        budget: 24600001\n    mission")
    land = more.replace(
        "    binds:\n", "    binds:\n      - {matter: assets, what: The land of the clinics, delegation: carers}\n"
    )
    assert text != more != land
    (folder / CASTLEWICK).write_text(land, encoding="utf-8")
    changed(folder, {ALDERMERE: ("decision: Aldermere partnership board", "decision: Binding decision of the board")})
    changed(folder, {ALDERMERE: ("    mission:", "    binds: [{matter: pooled_budget, what: The fund}]\n    mission:")})
    with pytest.raises(oc.DefinitionError) as refused:
        oc.load_partnership(folder)
    faults = [(fault.file, fault.rule) for fault in refused.value.faults]
    assert sorted(faults) == [
        (ALDERMERE, "mou-binds"),
        (ALDERMERE, "mou-binds"),
        (CASTLEWICK, "binds-beyond-its-delegation"),
        (CASTLEWICK, "binds-beyond-its-form"),
    ]
    assert "a memorandum of understanding binds nobody" in str(refused.value)


@seed(
    "Binding decisions",
    seen="places/<area>.html and agreements/<area>.html; scorecards/<area>.json",
    behind="outcomes.partnership.model:standing_of",
    off=lambda real: (
        lambda version, _as_of, sectors: (
            real(version, date.max, sectors)
            if version.area_code != "EMX060003"
            else real(version.model_copy(update={"sign_off": {}, "parties": ()}), date.max, sectors)
        )
    ),
)
def test_binding_decisions(tmp_path: Path) -> None:
    folder = copy_of_eastvale(tmp_path / "eastvale")
    # eleven of the twelve of Thornmoor are enough; of Dunmarsh every one is needed, and primary care has not signed
    site = built(folder, tmp_path / "site", places=["EMX060003", "EMX060004"])
    page = text_of(site / "agreements" / "EMX060003.html")
    assert "It is not signed as it must be, so it is a draft, and so is every page made under it." in page
    assert "11 of 12 have signed. It waits for Eastvale Primary Care Collaborative." in page
    assert "The agreement lacks signatures: 11 of 12 partners have signed." in text_of(
        site / "places" / "EMX060003.html"
    )
    assert card_of(site, "EMX060004")["agreement"]["is_in_force"]
    assert "It needs the signatures of at least 11 of them: 11 of 12" in text_of(site / "agreements" / "EMX060004.html")
    # with the last signature it is valid, and nothing else was changed; in Thornmoor the lead's signature is enough,
    # whoever else has not signed; a new version of Castlewick that lacks one leaves the version before it in force
    changed(folder, {DUNMARSH: SIGNED_BY_PRIMARY_CARE, THORNMOOR: ("quorate, number: 11", "lead_only, lead: EVC")})
    changed(folder, {THORNMOOR: ("Managing director, signed_on: 2024-03-06", "Managing director")})
    changed(folder, {CASTLEWICK: ("Co-chairs of the panel, signed_on: 2026-03-16", "Co-chairs of the panel")})
    other = built(folder, tmp_path / "other", places=["EMX060002", "EMX060003", "EMX060004"])
    assert card_of(other, "EMX060003")["agreement"]["is_in_force"]
    assert "lacks signatures" not in text_of(other / "places" / "EMX060003.html")
    assert card_of(other, "EMX060004")["agreement"]["is_in_force"]
    assert "It needs the signature of Eastvale County Council, which signs for all: 10 of 12 have signed." in text_of(
        other / "agreements" / "EMX060004.html"
    )
    held = card_of(other, "EMX060002")
    assert (held["agreement"]["version"], held["agreement"]["is_in_force"]) == (1, True)
    assert held["record"]["pending"]["sign_off"]["waits_for"] == ["Eastvale and Moor Residents' Panel"]
    assert "Version 2 was to take its place on 1 April 2026" in text_of(other / "agreements" / "EMX060002.html")


@seed(
    "Local priorities agreed",
    seen="places/<area>.html, agreements/<area>.html, What comes first; outcomes publish",
    behind="outcomes.scorecard.agreed:priority_state",
    off=lambda _: lambda *_args, **_named: __import__("outcomes.vocabulary").vocabulary.PriorityState.AGREED,
)
def test_local_priorities_agreed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = changed(copy_of_eastvale(tmp_path / "eastvale"), {DUNMARSH: SIGNED_BY_PRIMARY_CARE})
    site = built(folder, tmp_path / "site", places=["EMX060003", "EMX060004"])
    page, card = text_of(site / "agreements" / "EMX060003.html"), card_of(site, "EMX060003")
    # signed, and yet its priorities are not agreed: overdue, and only a draft
    assert "0 of 2 local priorities are agreed. They were due by 1 April 2023." in page
    assert "Not agreed, overdue" in page
    assert "Local priorities not agreed: Dunmarsh." in text_of(site / "index.html")
    assert card["product"] == "draft"
    assert "2 local priorities are not agreed, due since 1 April 2023." in card["draft_reasons"]
    assert not card["record"]["is_agreed"]
    # agreed by whom, when, on which evidence
    agreed = text_of(site / "agreements" / "EMX060004.html")
    assert "2 of 2 local priorities are agreed." in agreed
    assert "Agreed on 11 Mar 2024 by 11 partners (decision Thornmoor alliance board, TAB 2024/06)" in agreed
    assert "Joint strategic needs assessment of Thornmoor, 2023, 7 Nov 2023." in agreed
    assert card_of(site, "EMX060004")["record"]["is_agreed"]
    # publishing is refused for this very reason, and of the signed place for no such reason
    ledger = tmp_path / "site-ledger"
    publish = ["publish", "--partnership", str(folder), "--ledger", str(ledger), "--as-of", str(AS_OF)]
    asked = [*publish, "--policy", "hes-2018", "--decision", "JC 2026-11/4"]
    monkeypatch.setattr("sys.argv", ["outcomes", *asked])
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 3
    said = " ".join("".join(capsys.readouterr()).split())
    assert "Dunmarsh: its local priorities are not agreed, so it can only be a draft." in said
    assert "Thornmoor: its local priorities" not in said


@seed(
    "Shared JSNA",
    seen="agreements/<area>.html, What comes first, and on which evidence",
    behind="outcomes.scorecard.agreed:overdue_evidence",
    off=nothing(()),
)
def test_shared_jsna(tmp_path: Path) -> None:
    folder = copy_of_eastvale(tmp_path / "eastvale")
    site = built(folder, tmp_path / "site", places=["EMX060001"])
    page = text_of(site / "agreements" / "EMX060001.html")
    assert (
        "Joint strategic needs assessment of Aldermere, 2022, 20 Sep 2022. Took part: Eastvale County Council, public "
        "health, Community Alliance, Residents' Panel and Primary Care Collaborative. It was to be looked at again by "
        "30 Sep 2025: 418 days ago."
    ) in page
    evidence = [one["evidence"][0] for one in card_of(site, "EMX060001")["record"]["priorities"]]
    assert [one["days_overdue"] for one in evidence] == [418, 418, 0]
    assert "Of these, 2 rest on evidence that was due for review." in text_of(site / "places" / "EMX060001.html")
    # without evidence, or without who took part, it does not load
    bare = changed(copy_of_eastvale(tmp_path / "bare"), {ALDERMERE: ("            review_by: 2027-01-31\n", "")})
    assert "missing-key" in broken(bare)
    text = (folder / ALDERMERE).read_text(encoding="utf-8")
    (folder / ALDERMERE).write_text(re.sub(r"        evidence:\n(?:          .*\n)+", "", text), encoding="utf-8")
    assert set(broken(folder)) == {"priority-without-evidence"}


@seed(
    "Subsidiarity",
    seen="outcomes lint; oc.propose_version; agreements/<area>.html, Targets, and who owns them",
    behind="outcomes.partnership.lint:AGREEMENT_RULES",
    off=without("target_of_a_lower_level"),
)
def test_subsidiarity(tmp_path: Path) -> None:
    folder = copy_of_eastvale(tmp_path / "eastvale")
    # for itself a system may agree a target; its figure is added up from its places
    (folder / SYSTEM).write_text(OF_THE_SYSTEM % "EMX540001", encoding="utf-8")
    assert broken(folder) == {}
    partnership = oc.load_partnership(folder)
    # a target that a place owns it may not edit: not in a file …
    (folder / SYSTEM).write_text(OF_THE_SYSTEM % "EMX060002", encoding="utf-8")
    assert "agreements/EMX060002.yaml, version 2" in broken(folder)["target-of-a-lower-level"]
    with pytest.raises(oc.DefinitionError, match=r"a version 3 of agreements/EMX060002\.yaml"):
        oc.load_partnership(folder)
    # … nor in Python
    (target,) = next(one.targets for one in partnership.agreements if one.area_code == "EMX540001")
    ours = target.model_copy(update={"area_code": "EMX060002"})
    asked: dict[str, Any] = {"decision": "ICP 2026/02", "reason": "To catch up", "effective_from": date(2027, 4, 1)}
    with pytest.raises(oc.SubsidiarityError, match=r"it takes version 3 of agreements/EMX060002\.yaml"):
        oc.propose_version(partnership, "EMX540001", targets=[ours], review_by=date(2029, 3, 31), **asked)
    draft = oc.propose_version(partnership, "EMX540001", targets=[target], review_by=date(2029, 3, 31), **asked)
    assert (draft.version, draft.supersedes, draft.signed_by(date.max)) == (2, 1, ())
    # every target, priority and definition says which level owns it
    (folder / SYSTEM).unlink()
    site = built(folder, tmp_path / "site", places=["EMX060002"])
    record = card_of(site, "EMX060002")["record"]
    assert {one["set_by"] for one in record["targets"]} == {"place", "nation"}
    assert {one["set_by"] for one in record["priorities"]} == {"place"}
    owned = {one["level"]: one["measures"] for one in record["owned"]}
    assert "Early help" in owned["system"]
    assert "Adult smoking" in owned["nation"]
    assert "Which level owns which definition" in text_of(site / "agreements" / "EMX060002.html")


@seed(
    "Alliance agreements",
    seen="agreements/<area>.html, Contracts that members hold besides; data/results.csv",
    behind="outcomes.scorecard.assembly:without_contract_measures",
    off=lambda _: lambda frame, *_: frame,
)
def test_alliance_agreements(tmp_path: Path) -> None:
    folder = copy_of_eastvale(tmp_path / "eastvale")
    # the measure of the home care contract was agreed to be shared: a line like any other
    site = built(folder, tmp_path / "site", places=["EMX060004"])
    lines = [one["indicator_id"] for part in card_of(site, "EMX060004")["outcomes"] for one in part["local"]]
    assert "local-12" in lines
    page = text_of(site / "agreements" / "EMX060004.html")
    assert "Eastvale County Council commissions, Moor Care Association holds" in page
    # a contract measure that nobody agreed to share may be no target, no priority and nobody's shared outcome
    apart = copy_of_eastvale(tmp_path / "apart")
    text = (apart / THORNMOOR).read_text(encoding="utf-8").replace("        shared_measures: [local-12]\n", "")
    (apart / THORNMOOR).write_text(text, encoding="utf-8")
    assert set(broken(apart)) == {"contract-measure"}
    # taken out of all that is shared it loads, and is on no collective page and in no collective table
    kept = re.sub(r"      - indicator: local-12\n(?:        .*\n)+", "", text)
    kept = kept.replace("local-11, local-12,", "local-11,").replace("[local-12, ascof-2c", "[ascof-2c")
    (apart / THORNMOOR).write_text(kept, encoding="utf-8")
    assert broken(apart) == {}
    sheet = apart.with_name("MCA_2026-27-Q2.csv")
    sheet.write_text(
        "indicator_id,place_code,period,source_code,numerator,denominator,sum_of_squares\n"
        + "".join(
            f"local-12,{area},2026/27 Q2,{source},1640,200,13900\n"
            for area in ("EMX060003", "EMX060004")
            for source in ("MCA-HEATHER", "MCA-KINGFISHER")
        ),
        encoding="utf-8",
    )
    own = built(apart, tmp_path / "own", sheet, places=["EMX060003", "EMX060004"])
    card = card_of(own, "EMX060004")
    assert "local-12" not in json.dumps([card["outcomes"], card["operational"]])
    with (own / "data" / "results.csv").open(encoding="utf-8", newline="") as table:
        areas = {row["area_code"] for row in csv.DictReader(table) if row["indicator_id"] == "local-12"}
    assert "EMX060003" in areas
    assert "EMX060004" not in areas
    assert card["record"]["contracts"][0]["own_measures"] == ["Treated with respect"]


@seed(
    "Survives people leaving",
    seen="agreements/<area>.html, Fingerprint of what was agreed; scorecards/<area>.json",
    behind="outcomes.agreement.model.agreed:_LOGGED",
    off=lambda logged: logged - {"office_holders"},
)
def test_survives_people_leaving(tmp_path: Path) -> None:
    folder = copy_of_eastvale(tmp_path / "eastvale")
    both = ["EMX060001", "EMX060002"]
    site = built(folder, tmp_path / "site", places=both)
    before, aldermere = card_of(site, "EMX060002"), card_of(site, "EMX060001")["record"]["fingerprint"]
    # everybody who holds a role leaves on one day, and others follow
    roles = {(party["partner"], party["signatory_role"]) for party in before["agreement"]["parties"]}
    codes = {one.name: one.code for one in oc.load_partnership(folder).partners}
    rows = [f"{codes[partner]},{role},2026-11-02," for partner, role in sorted(roles)]
    log = folder / "agreements" / "EMX060002" / "office_holders.csv"
    log.write_text("\n".join(["partner,role,since,until", *rows, ""]), encoding="utf-8")
    changed(folder, {ALDERMERE: ("nobody in Aldermere grows old alone", "nobody grows old alone")})
    after = card_of(built(folder, tmp_path / "after", places=both), "EMX060002")
    assert len(after["record"]["offices"]) == len(roles) == 12
    assert {one["since"] for one in after["record"]["offices"]} == {"2026-11-02"}
    assert after["agreement"] == before["agreement"]
    assert after["record"]["fingerprint"] == before["record"]["fingerprint"]
    printed = text_of(tmp_path / "after" / "agreements" / "EMX060002.html")
    head = before["record"]["fingerprint"][:16].upper()
    grouped = "-".join(head[start : start + 4] for start in range(0, 16, 4))
    assert f"Fingerprint of what was agreed: {grouped}" in printed
    # a word that was agreed changes it
    assert card_of(tmp_path / "after", "EMX060001")["record"]["fingerprint"] != aldermere
    # a person in place of a role is refused
    named = {CASTLEWICK: ("signatory_role: Leader of the council", "signatory_role: Cllr Ann Lee")}
    assert "signed-by-a-person" in broken(changed(folder, named))


@seed(
    "Survives new leadership",
    seen="places/<area>.html, beside the measure; agreements/<area>.html, Versions, and what each changed",
    behind="outcomes.partnership.model:replaced_targets",
    off=nothing(()),
)
def test_survives_new_leadership(tmp_path: Path) -> None:
    folder = copy_of_eastvale(tmp_path / "eastvale")
    site = built(folder, tmp_path / "site", figures_of_smoking(tmp_path), places=["EMX060002"])
    # the path for smoking fails, and version 2 dropped it: the page says so, and judges it on until it ends
    lines = [one for part in card_of(site, "EMX060002")["outcomes"] for one in part["national"]]
    (smoking,) = (one for one in lines if one["indicator_id"] == "92443")
    (dropped,) = (one for one in smoking["targets"] if one["change"] == "dropped")
    assert dropped["word"] == "off track"
    assert [point["period"] for point in dropped["points"]] == ["2022", "2028"]
    assert dropped["replaced_decision"] == "Castlewick joint committee, CJC 2026/05"
    place = text_of(site / "places" / "EMX060002.html")
    assert "Dropped on 1 Apr 2026 (decision Castlewick joint committee, CJC 2026/05), shown until it ends" in place
    # the change is a version of its own: what, from what to what, why, by which decision
    page = text_of(site / "agreements" / "EMX060002.html")
    assert "Target Adult smoking Became: Dropped Before: a path from 14.6% in 2022 to 9% in 2028" in page
    assert "Became: Changed Before: a path from 54% in 2023 to 62% in 2028 After: a path from 66% in 2025" in page
    assert "Became: Dropped Before: Nobody starts to smoke" in page
    assert "the regional stop-smoking service ended in 2025" in page
    # it counts no more among the targets
    with (site / "data" / "results.csv").open(encoding="utf-8", newline="") as table:
        (row,) = (
            row
            for row in csv.DictReader(table)
            if (row["indicator_id"], row["area_code"], row["period"], row["framework_id"])
            == ("92443", "EMX060002", "2025", "eastvale")
        )
    assert row["target_value"] == "5.0"
    # without a reason it may not be dropped
    text = (folder / CASTLEWICK).read_text(encoding="utf-8")
    silent = re.sub(r"    reason: >-\n      The early help(?:.*\n)(?:      .*\n)+", "", text)
    assert silent != text
    (folder / CASTLEWICK).write_text(silent, encoding="utf-8")
    said = broken(folder)
    assert set(said) == {"change-without-reason"}
