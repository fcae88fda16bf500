"""Standing, differences, replaced targets, the fingerprint and the proposal of a next version, from the nouns up."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from outcomes.agreement.lint import AGREEMENT_RULES
from outcomes.agreement.loading import read_agreements
from outcomes.agreement.model import (
    LOGS,
    Agreement,
    ReplacedTarget,
    agreement_fingerprint,
    differences,
    may_bind,
    replaced_targets,
    standing_of,
)
from outcomes.definitions.rules import name_of
from outcomes.errors import SubsidiarityError, UnknownNameError
from outcomes.partnership.loading import load_partnership
from outcomes.partnership.model import Partnership
from outcomes.partnership.proposing import propose_version
from outcomes.vocabulary import AgreementForm, AgreementPart, AreaLevel, Change, ContractKind, Matter, PartnerType
from tests.unit.world.agreement_cases import PL1, SYS, TEXT, THIRD, UPPER
from tests.world_folder import write_world

SECTORS = {"A": PartnerType.COUNCIL, "B": PartnerType.NHS_TRUST, "C": PartnerType.NHS_TRUST}
DAY = date(2026, 6, 1)
MANUAL = Path(__file__).parents[3] / "docs" / "agreements.md"


def level(value: float, period: str, **terms: Any) -> dict[str, Any]:
    """A level target."""
    return {
        "indicator": "a",
        "kind": "level",
        "points": [{"period": period, "value": value}],
        "set_by": "place",
        "decision": "B 1",
        "agreed_on": "2024-01-09",
        **terms,
    }


def agreement(**terms: Any) -> Agreement:
    """An agreement of three partners, of whom two have signed."""
    return Agreement.model_validate(
        {
            "area_code": "PL",
            "version": 1,
            "title": "First",
            "form": "joint_committee",
            "frameworks": ["f"],
            "parties": [
                {"partner": "A", "signatory_role": "Leader", "signed_on": "2026-03-01"},
                {"partner": "B", "signatory_role": "Chair", "signed_on": "2026-03-02"},
                {"partner": "C", "signatory_role": "Chair"},
            ],
            "effective_from": "2026-04-01",
            "review_by": "2027-04-01",
            "decision": "B 1",
            **terms,
        }
    )


@pytest.mark.parametrize(
    ("rule", "is_in_force", "waits_for", "more"),
    [
        ({}, False, ("C",), (0, 0)),
        ({"rule": "quorate", "number": 2}, True, (), (0, 0)),
        ({"rule": "quorate", "number": 3}, False, (), (1, 0)),
        ({"rule": "quorate", "sectors": 2}, True, (), (0, 0)),
        ({"rule": "quorate", "sectors": 3}, False, (), (0, 1)),
        ({"rule": "quorate", "number": 2, "required": ["C"]}, False, ("C",), (0, 0)),
        ({"rule": "lead_only", "lead": "A"}, True, (), (0, 0)),
        ({"rule": "lead_only", "lead": "C"}, False, ("C",), (0, 0)),
    ],
)
def test_each_rule_says_whose_signatures_are_missing(
    rule: dict[str, Any], is_in_force: bool, waits_for: tuple[str, ...], more: tuple[int, int]
) -> None:
    standing = standing_of(agreement(sign_off=rule), DAY, SECTORS)
    assert (standing.is_in_force, standing.waits_for) == (is_in_force, waits_for)
    assert (standing.more_parties, standing.more_sectors) == more


def test_a_signature_of_later_is_not_known_yet_and_a_day_to_come_holds_nothing() -> None:
    lead = agreement(sign_off={"rule": "lead_only", "lead": "B"})
    assert not standing_of(lead, date(2026, 3, 1), SECTORS).is_signed
    before = standing_of(lead, date(2026, 3, 31), SECTORS)
    assert (before.is_signed, before.is_effective, before.is_in_force) == (True, False, False)


def test_the_same_target_restated_is_no_difference_and_another_number_is() -> None:
    first = agreement(targets=[level(50, "2027/28")])
    restated = agreement(
        version=2, targets=[level(50, "2027/28", decision="B 2", agreed_on="2026-01-01", area_code="PL")]
    )
    assert replaced_targets(first, restated) == ()
    assert [one for one in differences(first, restated) if one.part is AgreementPart.TARGETS] == []
    lowered = agreement(version=2, targets=[level(45, "2027/28")])
    assert [(one.change, one.successor) for one in replaced_targets(first, lowered)] == [(Change.CHANGED, 0)]
    (said,) = (one for one in differences(first, lowered) if one.part is AgreementPart.TARGETS)
    assert (said.change, said.before, said.after, said.position) == (
        Change.CHANGED,
        "50 in 2027/28",
        "45 in 2027/28",
        0,
    )
    assert said.is_weighty


def test_what_goes_is_dropped_what_comes_is_set_and_groups_are_kept_apart() -> None:
    first = agreement(targets=[level(50, "2027/28"), level(60, "2027/28", breakdown="sex=Male")])
    later = agreement(
        version=2, targets=[level(60, "2027/28", breakdown="sex=Male"), level(1, "2027/28", indicator="b")]
    )
    (gone,) = replaced_targets(first, later)
    assert gone == ReplacedTarget(0, first.targets[0], Change.DROPPED, None)
    found = [(one.change, one.about) for one in differences(first, later) if one.part is AgreementPart.TARGETS]
    assert found == [(Change.DROPPED, "a"), (Change.SET, "b")]


def test_two_targets_of_one_measure_are_matched_by_their_period_then_in_the_order_of_time() -> None:
    first = agreement(targets=[level(50, "2027/28"), level(60, "2029/30")])
    later = agreement(version=2, targets=[level(65, "2029/30"), level(55, "2028/29")])
    assert [(one.position, one.successor) for one in replaced_targets(first, later)] == [(0, 1), (1, 0)]


def test_a_target_whose_period_was_over_has_ended_and_was_not_dropped(tmp_path: Path) -> None:
    world = load_partnership(write_world(tmp_path / "world"))
    target = {**level(50, "2025/26 Q1"), "indicator": "carers"}
    first, later = agreement(targets=[target]), agreement(version=2)
    assert len(replaced_targets(first, later)) == 1
    assert replaced_targets(first, later, world.versions_by_indicator) == ()


def test_every_part_of_an_agreement_that_differs_is_named() -> None:
    evidence = [{"title": "T", "dated": "2025-01-01", "review_by": "2028-01-01", "took_part": ["A"]}]
    later = agreement(
        version=2,
        form="contract",
        contract_kind="alliance",
        frameworks=["f", "g"],
        parties=[{"partner": "A", "signatory_role": "Leader"}],
        sign_off={"rule": "lead_only", "lead": "A"},
        review_by="2029-04-01",
        mission="Together",
        priorities=[{"id": "p", "title": "P", "set_by": "place", "evidence": evidence}],
        contracts=[{"id": "k", "title": "K", "commissioner": "B", "holder": "A", "from": "2026-01-01"}],
        binds=[{"matter": "payment", "what": "Pay"}],
        responsibilities=[{"partner": "A", "role": "accountable", "indicators": ["a"]}],
        control_totals=[{"id": "t", "title": "T", "period": "2026/27", "amount": 1, "decision": "B 1"}],
        clocks={"challenge_reply_days": 28},
        rebased=[{"indicator": "a", "from": "2026-04-01", "because": "New", "decision": "B 1"}],
    )
    assert {one.part for one in differences(agreement(), later)} == set(AgreementPart) - {
        AgreementPart.TARGETS,
        AgreementPart.DEFINITIONS,
    }


def test_another_edition_and_another_version_of_an_indicator_are_changed_definitions(tmp_path: Path) -> None:
    world = load_partnership(write_world(tmp_path / "world"))
    duty = [{"partner": "A", "role": "accountable", "indicators": ["carers"]}]
    first = agreement(effective_from="2025-04-01", responsibilities=duty, framework_versions=["f@1"])
    later = agreement(version=2, responsibilities=duty, framework_versions=["f@2"])
    found = [one for one in differences(first, later, world.versions_by_indicator) if one.is_weighty]
    assert [(one.about, one.before) for one in found] == [
        ("f", "edition 1"),
        ("carers", "version 1: Carers who feel supported"),
    ]


def test_the_fingerprint_is_of_what_was_agreed_and_not_of_acts_upon_it() -> None:
    first = agreement()
    turned = agreement(parties=[*reversed([one.model_dump() for one in first.parties])])
    signed = agreement(parties=[{**one.model_dump(), "signed_on": "2026-05-05"} for one in first.parties])
    logged = agreement(
        office_holders=[{"partner": "A", "role": "Leader", "since": "2026-05-05"}],
        commitments=[{"id": "c", "partner": "A", "what": "Open a hub", "due": "2026-09-30"}],
    )
    assert len({agreement_fingerprint(one) for one in (first, turned, signed, logged)}) == 1
    other_role = [{**one.model_dump(), "signatory_role": "Mayor"} for one in first.parties]
    others = (agreement(parties=other_role), agreement(title="Other"), agreement(targets=[level(1, "2027/28")]))
    assert len({agreement_fingerprint(one) for one in (first, *others)}) == 4


def test_every_form_and_kind_of_contract_has_its_entry_and_only_a_memorandum_binds_nothing() -> None:
    bound = {form: may_bind(form) for form in AgreementForm if form is not AgreementForm.CONTRACT}
    assert [form for form, matters in bound.items() if not matters] == [AgreementForm.MEMORANDUM_OF_UNDERSTANDING]
    assert bound[AgreementForm.MERGER] == tuple(Matter)
    assert all(may_bind(AgreementForm.CONTRACT, kind) for kind in ContractKind)
    # before its kind is known a contract binds nothing
    assert may_bind(AgreementForm.CONTRACT) == ()


def _three_versions(tmp_path: Path) -> Partnership:
    lowered = THIRD.replace("value: 60", "value: 55")
    end = lowered.index("    targets:")
    changed = lowered[end:].replace("decision: Board 2", "decision: Board 3").replace("2026-03-20", "2026-06-18")
    lowered = lowered[:end] + changed
    return load_partnership(write_world(tmp_path / "world", {PL1: ("", TEXT + lowered)}))


def test_a_version_goes_on_until_the_next_is_signed(tmp_path: Path) -> None:
    world = _three_versions(tmp_path)

    def version_on(day: date) -> tuple[int | None, int | None]:
        found, pending = world.agreement_for("PL1", day), world.pending_for("PL1", day)
        return (found.version if found else None, pending.version if pending else None)

    assert version_on(date(2025, 3, 31)) == (None, None)
    assert version_on(date(2025, 4, 1)) == (1, None)
    assert version_on(date(2026, 4, 1)) == (2, None)
    assert version_on(date(2026, 7, 1)) == (3, None)
    # the third lacks its one signature: the second goes on, and is named with what waits
    text = (tmp_path / "world" / PL1).read_text(encoding="utf-8").replace(", signed_on: 2026-06-20", "")
    (tmp_path / "world" / PL1).write_text(text, encoding="utf-8")
    world = load_partnership(tmp_path / "world")
    assert version_on(date(2026, 7, 1)) == (2, 3)


def test_a_changed_target_is_known_beside_the_one_that_took_its_place(tmp_path: Path) -> None:
    world = _three_versions(tmp_path)
    known = [one for one in world.targets_known(date(2026, 7, 1)) if one.key.startswith("agreements/")]
    assert {(one.key, one.change) for one in known} == {
        ("agreements/PL1@3#1", None),
        ("agreements/PL1@2#1", Change.CHANGED),
    }
    assert {one.replaced_by for one in known if one.change} == {(3, "Board 3", date(2026, 7, 1))}
    assert world.replaced_target_keys(date(2026, 7, 1)) == {"agreements/PL1@2#1"}
    # before the third version took effect, nothing was changed
    assert world.replaced_target_keys(date(2026, 6, 30)) == frozenset()


def test_a_proposal_sets_drops_and_asks_for_every_signature_anew(tmp_path: Path) -> None:
    world = load_partnership(write_world(tmp_path / "world"))
    terms: dict[str, Any] = {
        "decision": "Board 4",
        "reason": "Why",
        "effective_from": date(2027, 4, 1),
        "review_by": date(2028, 4, 1),
    }
    (target,) = world.agreements[1].targets
    same = target.model_copy(update={"decision": "Board 4"})
    found = propose_version(world, "PL1", targets=[same], **terms)
    assert (found.version, found.supersedes, found.targets, found.signed_by(date.max)) == (3, 2, (same,), ())
    assert propose_version(world, "PL1", dropping=["carers"], **terms).targets == ()
    with pytest.raises(UnknownNameError, match="no agreement is recorded for 'PL2'"):
        propose_version(world, "PL2", **terms)
    nations = target.model_copy(update={"set_by": AreaLevel.NATION})
    with pytest.raises(SubsidiarityError, match="owned by the level nation"):
        propose_version(world, "PL1", targets=[nations], **terms)


def test_a_system_is_told_in_which_agreement_a_target_is_changed(tmp_path: Path) -> None:
    world = load_partnership(write_world(tmp_path / "world", {SYS: ("", UPPER)}))
    terms: dict[str, Any] = {
        "decision": "S 4",
        "reason": "Why",
        "effective_from": date(2027, 4, 1),
        "review_by": date(2028, 4, 1),
    }
    (target,) = next(one.targets for one in world.agreements if one.area_code == "PL1" and one.targets)
    with pytest.raises(SubsidiarityError, match=r"it takes version 3 of agreements/PL1\.yaml"):
        propose_version(world, "SYS", targets=[target.model_copy(update={"set_by": AreaLevel.SYSTEM})], **terms)


def test_the_version_that_the_manual_shows_can_be_read(tmp_path: Path) -> None:
    text = MANUAL.read_text(encoding="utf-8")
    block = text[text.index("```yaml\n") + 8 : text.index("```\n\nAlso")]
    folder = tmp_path / "agreements"
    folder.mkdir()
    (folder / "EMX060002.yaml").write_text(block, encoding="utf-8")
    (source,) = read_agreements(folder, tmp_path)
    assert source.faults == ()
    (version,) = source.versions
    assert version.noun.sign_off.required == ("CWC",)
    assert version.noun.priorities[0].evidence[0].took_part == ("Council", "Residents' Panel")
    # every key of a version stands in the manual
    logged = {log.name for log in LOGS}
    assert {name for name in Agreement.model_fields if name not in text} <= logged


def test_the_manual_names_every_rule_that_is_its_subject() -> None:
    subjects = ("change", "contract", "form", "priority", "signing", "subsidiarity", "target", "version")
    modules = {f"outcomes.agreement.{subject}_rules" for subject in subjects}
    names = {name_of(rule) for rule in AGREEMENT_RULES if rule.__module__ in modules}
    text = MANUAL.read_text(encoding="utf-8")
    assert len(names) > 25
    assert {name for name in names if f"`{name}`" not in text} == set()
