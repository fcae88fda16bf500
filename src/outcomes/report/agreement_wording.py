"""Every word that the page "who agreed what" prints, in one table; joined to the one of all pages."""

from typing import Final

from outcomes.vocabulary import AgreementPart, Change, ContractKind, Matter, PriorityState, SignOffRule

__all__ = ["AGREEMENT_WORDING"]

_MATTERS: Final = {
    Matter.FUNCTIONS: "Statutory functions",
    Matter.POOLED_BUDGET: "A pooled budget",
    Matter.SERVICES: "How services are provided",
    Matter.PAYMENT: "Payment between partners",
    Matter.STAFF: "Staff",
    Matter.ASSETS: "Land, buildings and other assets",
}
_KINDS: Final = {
    ContractKind.SECTION_75: "under section 75 of the NHS Act 2006",
    ContractKind.ALLIANCE: "an alliance",
    ContractKind.LEAD_PROVIDER: "with a lead provider",
}
_RULES: Final = {
    SignOffRule.UNANIMOUS: "It needs the signature of every party",
    SignOffRule.QUORATE: "It needs the signatures of {quorum}",
    SignOffRule.LEAD_ONLY: "It needs the signature of {lead}, which signs for all",
}
_PARTS: Final = {
    AgreementPart.TARGETS: "Target",
    AgreementPart.PRIORITIES: "Priority",
    AgreementPart.DEFINITIONS: "Definition",
    AgreementPart.RESPONSIBILITIES: "Who does what",
    AgreementPart.PARTIES: "Party",
    AgreementPart.SIGN_OFF: "Sign-off",
    AgreementPart.FORM: "Form",
    AgreementPart.BINDS: "What it binds",
    AgreementPart.FRAMEWORKS: "Framework",
    AgreementPart.PURPOSE: "Purpose",
    AgreementPart.CONTRACTS: "Contract",
    AgreementPart.MONEY: "Money",
    AgreementPart.CLOCKS: "Days for a reply",
    AgreementPart.LIMITS: "Process limits anew",
    AgreementPart.DATES: "Date",
}
_CHANGES: Final = {Change.SET: "Set", Change.CHANGED: "Changed", Change.DROPPED: "Dropped"}
_STATES: Final = {
    PriorityState.AGREED: "Agreed",
    PriorityState.EVIDENCE_OVERDUE: "Agreed, evidence due for review",
    PriorityState.NOT_AGREED: "Not agreed yet",
    PriorityState.OVERDUE: "Not agreed, overdue",
}

AGREEMENT_WORDING: Final = (
    {
        "record_title": "{place}: who agreed what",
        "record_kicker": "Who agreed what",
        "record_lede": "What the partners here agreed with each other, who signed it, and who answers for what.",
        "record_to_place": "How the area is doing: its scorecard",
        "record_link": "Who agreed what: signatures, priorities, targets, versions",
        "record_standing": "Where the agreement stands",
        "record_form": "Its form, and what it binds",
        "record_purpose_head": "What it is for, and who answers for it",
        "record_priorities": "What comes first, and on which evidence",
        "record_targets": "Targets, and who owns them",
        "record_versions": "Versions, and what each changed",
        "record_contracts": "Contracts that members hold besides",
        "own_pages": "Each partner’s own page, which opens with what is its to do:",
        "standing_agreed": "Agreed",
        "standing_agreed_text": "It is signed as it must be, and its local priorities are agreed.",
        "standing_no_priorities": "Signed, priorities open",
        "standing_no_priorities_text": (
            "It is signed as it must be, but not every local priority is agreed, so pages made under it are drafts."
        ),
        "standing_draft": "Draft",
        "standing_draft_text": "It is not signed as it must be, so it is a draft, and so is every page made under it.",
        "sign_off_met": "{rule}: {signed} of {parties} have signed.",
        "sign_off_waits": "{rule}: {signed} of {parties} have signed. It waits for {waits}.",
        "sign_off_required": ", among them {required}",
        "sign_off_parties": "at least {number} of them",
        "sign_off_sectors": "parties from at least {number} kinds of partner",
        "sign_off_more_parties": "{number} more of them",
        "sign_off_more_sectors": "partners of {number} more kinds",
        "pending_text": (
            "Version {version} was to take its place on {date} and is not signed as it must be. This version goes on "
            "until it is. {sign_off}"
        ),
        "agreement_fingerprint": "Fingerprint of what was agreed",
        "agreement_fingerprint_text": (
            "It is made of bodies and roles, targets, priorities and duties. It stays the same when signatures come in "
            "and when people leave; it changes with every change of what was agreed."
        ),
        "overdue_review": "It was due for review by {date}.",
        "signed_by_sentence": "Signed by {signed} of {all} partners.",
        "not_signed_by": "Not signed by {partners}.",
        "offices_head": "Roles that changed hands",
        "offices_text": "Roles alone are recorded, never names. What was agreed binds the body and the role.",
        "office": "Role",
        "office_since": "Taken up",
        "office_until": "Laid down",
        "office_held": "Held now",
        "form_said": "{form}.",
        "form_said_kind": "{form}, {kind}.",
        "may_bind_none": "This form binds nobody: partners keep to it because they said they would.",
        "may_bind_head": "This form may bind",
        "binds_none": "It binds nothing.",
        "binds_head": "It binds",
        "binds_what": "What is bound",
        "binds_matter": "It is about",
        "binds_on": "It rests on",
        "binds_money": "Money",
        "binds_no_instrument": "The agreement itself",
        "binds_no_money": "No money goes with it",
        "until_date": "{text}, until {date}",
        "mission_none": "No mission is recorded.",
        "shared_commitments_head": "What all undertake together",
        "accountable_head": "The single accountable role",
        "accountable_text": "{role}, {partner} (decision {decision}).",
        "accountable_none": "No single accountable role is recorded.",
        "accountable_apart": "It takes nothing from the officers whom the law makes answerable for one body each:",
        "role_of": "{role}, {partner}",
        "priorities_none": "No local priority is recorded, so nothing can be called agreed.",
        "priorities_counts": "{agreed} of {all} local priorities are agreed.",
        "priorities_old_evidence": "Of these, {number} rest on evidence that was due for review.",
        "unheard_priorities": "Local priorities not agreed: {places}.",
        "old_evidence": "Priorities on evidence due for review: {places}.",
        "priorities_overdue": "They were due by {date}.",
        "priority": "Priority",
        "readiness": "How ready",
        "evidence_head": "Evidence, and who took part",
        "priority_serves": "Serves: {outcome}",
        "priority_shown_by": "Shown by: {measures}",
        "owned_by": "Owned by the {level}",
        "agreed_by": "Agreed on {date} by {number} (decision {decision})",
        "agreed_by_nobody": "Nobody has agreed it yet",
        "evidence_line": "{title}, {date}. Took part: {who}.",
        "evidence_overdue": "It was to be looked at again by {date}: {days} ago.",
        "evidence_review": "To be looked at again by {date}.",
        "evidence_none": "No evidence is recorded",
        "targets_text": (
            "A target is owned by the level that set it, and changed by that level alone. What a later version changed "
            "or dropped stays here, and on the scorecard until it ends."
        ),
        "targets_none": "No target is recorded.",
        "target_asks": "What it asks for",
        "target_owner": "Owner",
        "target_decided": "Decision",
        "target_state": "Now",
        "target_stands": "Stands",
        "target_was_dropped": "Dropped on {date} (decision {decision}), shown until it ends",
        "target_was_changed": "Changed on {date} (decision {decision}), shown until it ends",
        "decided_on": "{decision}, {date}",
        "for_group": "{measure}, {group}",
        "owned_head": "Which level owns which definition",
        "owned_text": (
            "A definition lives at the lowest level that holds everybody who uses it. Upper levels add up what lies "
            "below; they cannot overwrite it."
        ),
        "level": "Level",
        "measures": "Measures",
        "version_head": "Version {version}: {title}",
        "version_facts": "In effect from {date}, for review by {review}. Decision {decision}.",
        "version_first": "The first version: there is nothing before it to hold it against.",
        "version_same": "It changes nothing of what version {version} says.",
        "version_changes": "What is different from version {version}",
        "version_reason_none": "No reason is recorded.",
        "version_is_current": "In force",
        "version_is_over": "Superseded",
        "version_is_draft": "Draft, lacks signatures",
        "difference_part": "What",
        "difference_change": "Became",
        "difference_before": "Before",
        "difference_after": "After",
        "difference_nothing": "Nothing",
        "contracts_text": (
            "Members may hold contracts of their own besides. What these measure stays between the member and its "
            "commissioner; it is on no shared page unless the partners agreed to share it."
        ),
        "contract_head": "Contract",
        "contract_between": "Between",
        "contract_time": "From, until",
        "contract_own": "Its own measures, not on the scorecard",
        "contract_shared": "Measures agreed to be shared",
        "contract_sides": "{commissioner} commissions, {holder} holds",
        "contract_sub": "{sides}; subcontracted to {subcontractors}",
        "contract_open": "No end agreed",
        "contract_no_measures": "None",
    }
    | {f"matter_{matter.value}": text for matter, text in _MATTERS.items()}
    | {f"contract_{kind.value}": text for kind, text in _KINDS.items()}
    | {f"sign_off_{rule.value}": text for rule, text in _RULES.items()}
    | {f"part_{part.value}": text for part, text in _PARTS.items()}
    | {f"change_{change.value}": text for change, text in _CHANGES.items()}
    | {f"priority_{state.name.lower()}": text for state, text in _STATES.items()}
)
