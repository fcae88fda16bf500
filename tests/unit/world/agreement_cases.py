"""How rules about forms, signatures, versions, levels, priorities and contracts are broken: what becomes what."""

from typing import Final

from tests.world_folder import FILES

__all__ = ["AGREEMENT_ADVICE", "AGREEMENT_FAULTS", "PRIORITY", "THIRD", "UPPER"]

PL1: Final = "agreements/PL1.yaml"
SYS: Final = "agreements/SYS.yaml"
OFFICES: Final = "agreements/PL1/office_holders.csv"
TEXT: Final = FILES[PL1]
TARGET: Final = TEXT[TEXT.index("      - indicator: carers\n") :]
RESPONSIBLE: Final = "    responsibilities:\n"
FORM: Final = "form: joint_committee"
SIGN_OFF: Final = "sign_off: {rule: quorate, number: 1}"

PRIORITY: Final = """\
    priorities:
      - id: p1
        title: Carers rest
        indicators: [carers]
        set_by: place
        agreed_on: 2026-03-20
        decision: Board 2
        evidence:
          - {title: JSNA, dated: 2025-09-01, review_by: 2028-09-01, took_part: [C1, T1]}
"""
# a third version with a reason and a decision of its own, that sets the same target
THIRD: Final = (
    TEXT[TEXT.index("  - version: 2") :]
    .replace("version: 2", "version: 3")
    .replace("2026-04-01", "2026-07-01")
    .replace("signed_on: 2026-03-20", "signed_on: 2026-06-20")
    .replace("supersedes: 1", "supersedes: 2")
    .replace("decision: Board 2\n    resp", "decision: Board 3\n    reason: We learned\n    resp")
)
UPPER: Final = """\
area_code: SYS
versions:
  - version: 1
    title: System
    form: joint_committee
    frameworks: [local, other]
    parties:
      - {partner: T1, signatory_role: Chief executive, signed_on: 2026-03-20}
    effective_from: 2026-04-01
    review_by: 2027-03-31
    decision: System board 1
    responsibilities:
      - {partner: T1, role: accountable, indicators: [falls]}
"""


def _third(*changes: tuple[str, str]) -> tuple[str, str, str]:
    """The agreement with a third version, spoilt."""
    third = THIRD
    for old, new in changes:
        assert old in third, old
        third = third.replace(old, new)
    return PL1, "", TEXT + third


def _said(lines: str) -> tuple[str, str, str]:
    """The second version with more keys."""
    return PL1, RESPONSIBLE, f"{lines}{RESPONSIBLE}"


def _priority(old: str, new: str) -> tuple[str, str, str]:
    assert old in PRIORITY
    return _said(PRIORITY.replace(old, new, 1))


def _contract(*, measures: str = "falls", shared: str = "", holder: str = "T1", times: int = 1) -> tuple[str, str, str]:
    one = f"""\
      - id: k1
        title: Care at home
        commissioner: C1
        holder: {holder}
        from: 2026-04-01
        measures: [{measures}]
        shared_measures: [{shared}]
"""
    return _said("    contracts:\n" + one * times)


LOWERED: Final = ("value: 60", "value: 55")
DELEGATED: Final = """\
    delegations:
      - id: d1
        function: Community nursing
        from_partner: T1
        to_body: Joint committee
        from: 2026-04-01
        to: 2027-03-31
        instrument: Scheme 1
        decision: Board 2
"""

# rule, file, old, new, text on the line that is named, file of that line, whether it is the last such line
AGREEMENT_FAULTS: Final[tuple[tuple[str, str, str, str, str, str, bool], ...]] = (
    ("contract-kind", PL1, FORM, "form: contract", "form: contract", "", False),
    ("contract-kind", PL1, FORM, f"{FORM}\n    contract_kind: alliance", "contract_kind", "", False),
    ("mou-binds", PL1, FORM, "form: memorandum_of_understanding", "sign_off", "", False),
    ("mou-binds", PL1, "decision: Board 1", "decision: Board 1, a binding decision", "binding", "", False),
    ("mou-binds", PL1, "decision: Board 1", "decision: Board 1\n    mission: What we decide is binding", "mission", "",
     False),
    ("mou-binds", PL1, "decision: Board 1", "decision: Board 1\n    shared_commitments: [All are legally bound]",
     "shared_commitments", "", False),
    ("mou-binds", PL1, FORM, "form: memorandum_of_understanding\n    binds: [{matter: payment, what: Pay}]",
     "what: Pay", "", False),
    ("mou-binds", PL1, "decision: Board 1", f"decision: Board 1\n{DELEGATED}".rstrip(), "id: d1", "", False),
    ("mou-binds", PL1, "decision: Board 1",
     "decision: Board 1\n"
     "    control_totals: [{id: pool, title: Pool, period: 2026/27, amount: 100, decision: B, retained: 100}]\n"
     "    risk_shares: [{control_total: pool, decision: B, shares: [{partner: T1, share: 1}]}]",
     "risk_shares", "", False),
    ("binds-beyond-its-form", *_said("    binds: [{matter: assets, what: Land}]\n"), "what: Land", "", False),
    ("binds-beyond-its-form", PL1, FORM,
     "form: contract\n    contract_kind: alliance\n    binds: [{matter: staff, what: Nurses}]", "Nurses", "", False),
    ("binds-beyond-its-delegation", *_said("    binds: [{matter: functions, what: Nursing}]\n"), "Nursing", "", False),
    ("binds-beyond-its-delegation",
     *_said("    binds: [{matter: functions, what: Nursing, delegation: d2}]\n" + DELEGATED), "Nursing", "", False),
    ("binds-beyond-its-delegation",
     *_said("    binds: [{matter: functions, what: Nursing, delegation: d1, budget: 5}]\n" + DELEGATED),
     "Nursing", "", False),
    ("binds-beyond-its-delegation",
     *_said("    binds: [{matter: functions, what: Nursing, delegation: d1}]\n"
            + DELEGATED.replace("2026-04-01", "2025-04-01").replace("2027-03-31", "2026-03-31")),
     "Nursing", "", False),
    ("sign-off-beyond-parties", PL1, "number: 1}", "number: 3}", "number: 3", "", False),
    ("sign-off-beyond-parties", PL1, "number: 1}", "sectors: 3}", "sectors: 3", "", False),
    ("sign-off-beyond-parties", PL1, "number: 1}", "number: 1, required: [P1]}", "[P1]", "", False),
    ("sign-off-beyond-parties", PL1, SIGN_OFF, "sign_off: {rule: lead_only, lead: P1}", "lead: P1", "", False),
    ("signed-by-a-person", PL1, "Chief executive", "Chief executive (Dr Ann Lee)", "Ann", "", False),
    ("signed-by-a-person", OFFICES, "", "partner,role,since,until\nT1,Cllr Ann Lee,2026-01-01,\n", "Ann", "", False),
    ("overlapping-versions",
     *_third(("2026-07-01", "2025-04-01"), ("supersedes: 2", "supersedes: 1"), ("2026-06-20", "2025-03-22")),
     "effective_from: 2025-04-01", "", True),
    ("change-without-reason", *_third(LOWERED, ("    reason: We learned\n", "")), "- indicator: carers", "", True),
    ("change-without-reason", *_third((TARGET, ""), ("    targets:\n", ""), ("    reason: We learned\n", "")),
     "version: 3", "", False),
    ("change-without-decision", *_third(LOWERED, ("Board 3", "Board 2")), "- indicator: carers", "", True),
    ("change-without-decision", *_third(LOWERED), "decision: Board 2", "", True),
    ("change-without-decision",
     *_third(LOWERED, ("decision: Board 2\n        agreed", "decision: The  board 2.\n        agreed")),
     "decision: The", "", False),
    ("change-without-decision",
     *_third(LOWERED, ("Board 2\n        agreed_on: 2026-03-20", "Board 3\n        agreed_on: 2026-03-19")),
     "agreed_on: 2026-03-19", "", False),
    # as if it had been agreed with the one it takes the place of, and on the day on which that was first signed
    ("change-without-decision", *_third(LOWERED, ("Board 2\n        agreed", "Board 3\n        agreed")),
     "agreed_on: 2026-03-20", "", True),
    ("change-without-decision",
     PL1, "", (TEXT + THIRD.replace(*LOWERED).replace("Board 2\n        agreed", "Board 3\n        agreed")).replace(
         "agreed_on: 2026-03-20", "agreed_on: 2026-03-18", 1).replace(
         "Board 3\n        agreed_on: 2026-03-20", "Board 3\n        agreed_on: 2026-03-19"),
     "agreed_on: 2026-03-19", "", False),
    ("agreed-edition", PL1, "supersedes: 1", 'supersedes: 1\n    framework_versions: [local@2]', "local@2", "", False),
    ("agreed-edition", PL1, "supersedes: 1", "supersedes: 1\n    framework_versions: [other]", "[other]", "", False),
    ("owned-by-another-level", PL1, "set_by: place", "set_by: nation", "set_by: nation", "", False),
    ("owned-by-another-level", *_priority("set_by: place", "set_by: system"), "set_by: system", "", False),
    ("target-of-a-lower-level", SYS, "",
     UPPER + "    targets:\n" + TARGET.replace("set_by: place", "set_by: system").replace("60}", "50}"),
     "- indicator: carers", "", False),
    ("priority-twice", *_said(PRIORITY + PRIORITY.partition("\n")[2]), "id: p1", "", True),
    ("priority-without-evidence", *_said(PRIORITY[: PRIORITY.index("        evidence")]), "id: p1", "", False),
    ("priority-agreed-by-nobody", *_priority("        decision: Board 2\n", ""), "id: p1", "", False),
    ("accountable-role-apart", *_said("    accountable_role: {role: Director, partner: P1, decision: B}\n"),
     "role: Director", "", False),
    ("accountable-role-apart",
     *_said("    accountable_role: {role: Director, partner: C1, decision: B}\n"
            "    statutory_roles: [{role: director, partner: C1}]\n"), "role: Director", "", False),
    ("contract-measure", *_contract(measures="carers"), "- indicator: carers", "", False),
    ("shared-measure-of-no-contract", *_contract(shared="smoking"), "shared_measures", "", False),
    ("contract-of-a-stranger", *_contract(holder="P1"), "holder: P1", "", False),
    ("contract-twice", *_contract(times=2), "id: k1", "", True),
    ("unknown-partner", *_contract(holder="T7"), "id: k1", "", False),
    ("unknown-indicator", *_contract(measures="nothing"), "measures: [nothing]", "", False),
    ("unknown-indicator", *_priority("[carers]", "[nothing]"), "[nothing]", "", False),
    ("unknown-outcome", *_priority("[carers]", "[carers]\n        outcome: dying"), "outcome: dying", "", False),
)  # fmt: skip

AGREEMENT_ADVICE: Final[tuple[tuple[str, str, str, str, str, str, bool], ...]] = (
    ("lacks-signature", PL1, SIGN_OFF, "sign_off: {rule: unanimous}", "parties:", "", True),
    ("lacks-signature", PL1, SIGN_OFF, "sign_off: {rule: quorate, sectors: 2}", "parties:", "", True),
    ("lacks-signature", PL1, SIGN_OFF, "sign_off: {rule: quorate, number: 1, required: [C1]}", "parties:", "", True),
    ("lacks-signature", PL1, SIGN_OFF, "sign_off: {rule: lead_only, lead: C1}", "parties:", "", True),
    ("agreed-on-old-evidence", *_priority("review_by: 2028-09-01", "review_by: 2026-01-01"), "JSNA", "", False),
    ("agreed-on-old-evidence", *_priority("dated: 2025-09-01", "dated: 2026-09-01"), "JSNA", "", False),
)
