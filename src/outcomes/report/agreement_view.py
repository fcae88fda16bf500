"""Turns how an agreement stands and what its form binds into the first sections of the page "who agreed what"."""

from dataclasses import dataclass, replace
from urllib.parse import quote

from outcomes.pounds import pounds
from outcomes.report.formatting import date_text, joined
from outcomes.report.made_from import grouped
from outcomes.report.wording import say, sentence_case
from outcomes.scorecard.model import AgreementSummary, Scorecard, SignOffLine
from outcomes.vocabulary import SignOffRule

__all__ = [
    "FormSection",
    "PurposeSection",
    "StandingSection",
    "agreement_sentence",
    "form_section",
    "mission_section",
    "sign_off_sentence",
    "signatures",
    "signed_sentence",
    "standing_section",
]


@dataclass(frozen=True, slots=True)
class StandingSection:
    """Whether the agreement holds, who signed it, which version waits, and when roles changed hands."""

    title: str
    sentence: str
    state: str = ""
    state_text: str = ""
    sign_off: str = ""
    pending: str = ""
    review: str = ""
    parties: tuple[tuple[str, str, str], ...] = ()
    offices: tuple[tuple[str, str, str, str], ...] = ()
    fingerprint: str = ""
    own_pages: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class FormSection:
    """The form, what it may bind, and what it binds: what, about which matter, on which instrument, with how much."""

    sentence: str
    may_bind: tuple[str, ...]
    binds: tuple[tuple[str, str, str, str], ...]


@dataclass(frozen=True, slots=True)
class PurposeSection:
    """What the partners are together for, and the roles that answer."""

    mission: str
    shared_commitments: tuple[str, ...]
    accountable: str
    officers: tuple[str, ...]


def standing_section(card: Scorecard) -> StandingSection:
    """Return the standing of an agreement; that none is recorded is said too."""
    agreement, record = card.agreement, card.record
    if agreement is None:
        return StandingSection("", say("no_agreement_text"), own_pages=_own_pages(card))
    section = StandingSection(agreement.title, agreement_sentence(agreement), parties=signatures(agreement))
    section = replace(section, own_pages=_own_pages(card))
    if record is None:
        return section
    state = "standing_agreed" if record.is_agreed else "standing_no_priorities"
    state = state if agreement.is_in_force else "standing_draft"
    pending = record.pending
    return StandingSection(
        title=section.title,
        sentence=section.sentence,
        state=say(state),
        state_text=say(f"{state}_text"),
        sign_off=sign_off_sentence(record.sign_off),
        pending=say(
            "pending_text",
            version=pending.version,
            date=date_text(pending.effective_from),
            sign_off=sign_off_sentence(pending.sign_off),
        )
        if pending
        else "",
        review=say("overdue_review", date=date_text(agreement.review_by)) if agreement.review_by < card.as_of else "",
        parties=section.parties,
        offices=tuple(
            (
                one.role,
                one.partner,
                date_text(one.since, short=True),
                date_text(one.until, short=True) if one.until else say("office_held"),
            )
            for one in record.offices
        ),
        fingerprint=grouped(record.fingerprint),
        own_pages=section.own_pages,
    )


def _own_pages(card: Scorecard) -> tuple[tuple[str, str], ...]:
    """The name of each partner with the address of its own page, which opens with what is its to do."""
    return tuple((partner.name, f"../partners/{quote(partner.code)}.html") for partner in card.partners)


def form_section(card: Scorecard) -> FormSection | None:
    """Return the form of an agreement and what it binds; None without an agreement."""
    agreement, record = card.agreement, card.record
    if agreement is None or record is None:
        return None
    form = sentence_case(say(f"form_{agreement.form.value}"))
    kind = record.contract_kind
    return FormSection(
        sentence=say("form_said_kind", form=form, kind=say(f"contract_{kind.value}"))
        if kind
        else say("form_said", form=form),
        may_bind=tuple(say(f"matter_{matter.value}") for matter in record.may_bind),
        binds=tuple(
            (
                one.what,
                say(f"matter_{one.matter.value}"),
                (
                    say("until_date", text=one.instrument, date=date_text(one.until, short=True))
                    if one.until
                    else one.instrument
                )
                if one.instrument
                else say("binds_no_instrument"),
                pounds(one.budget) if one.budget is not None else say("binds_no_money"),
            )
            for one in record.binds
        ),
    )


def mission_section(card: Scorecard) -> PurposeSection | None:
    """Return what the partners are together for and who answers for it; None where nothing of it is recorded."""
    record = card.record
    if record is None or not (record.mission or record.shared_commitments or record.accountable_role):
        return None
    role = record.accountable_role
    return PurposeSection(
        mission=record.mission or say("mission_none"),
        shared_commitments=record.shared_commitments,
        accountable=say("accountable_text", role=role.role, partner=role.partner, decision=role.decision)
        if role
        else say("accountable_none"),
        officers=tuple(say("role_of", role=one.role, partner=one.partner) for one in record.statutory_roles),
    )


def agreement_sentence(agreement: AgreementSummary | None) -> str:
    """Return the form, version, date and decision of an agreement in one sentence."""
    if agreement is None:
        return say("no_agreement_text")
    held = "agreement_text" if agreement.is_in_force else "agreement_draft"
    return say(
        held if agreement.decision else "agreement_no_decision",
        form=sentence_case(say(f"form_{agreement.form.value}")),
        version=agreement.version,
        date=date_text(agreement.effective_from),
        decision=agreement.decision,
    )


def signatures(agreement: AgreementSummary) -> tuple[tuple[str, str, str], ...]:
    """Return each party with the role that signs for it and the day on which it did, or that it has not."""
    return tuple(
        (
            party.partner,
            party.signatory_role,
            date_text(party.signed_on, short=True) if party.signed_on else say("not_signed"),
        )
        for party in agreement.parties
    )


def signed_sentence(agreement: AgreementSummary | None) -> str:
    """Return how many parties have signed, and who has not; empty without an agreement."""
    if agreement is None:
        return ""
    missing = [party.partner for party in agreement.parties if party.signed_on is None]
    signed = len(agreement.parties) - len(missing)
    said = say("signed_by_sentence", signed=signed, all=len(agreement.parties))
    return f"{said} {say('not_signed_by', partners=joined(missing))}" if missing else said


def sign_off_sentence(line: SignOffLine) -> str:
    """Return whose signatures a version needs, how many it has, and what it waits for."""
    rule = say(f"sign_off_{line.rule.value}", **_terms(line))
    if line.required and line.rule is not SignOffRule.UNANIMOUS:
        rule += say("sign_off_required", required=joined(line.required))
    if line.is_met:
        return say("sign_off_met", rule=rule, signed=line.signed, parties=line.parties)
    waits = list(line.waits_for)
    waits += [say("sign_off_more_parties", number=line.more_parties)] if line.more_parties else []
    waits += [say("sign_off_more_sectors", number=line.more_sectors)] if line.more_sectors else []
    return say("sign_off_waits", rule=rule, signed=line.signed, parties=line.parties, waits=joined(waits))


def _terms(line: SignOffLine) -> dict[str, object]:
    quorum = [say("sign_off_parties", number=line.number)] if line.number else []
    quorum += [say("sign_off_sectors", number=line.sectors)] if line.sectors else []
    return {"quorum": joined(quorum), "lead": line.lead}
