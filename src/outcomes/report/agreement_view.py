"""Turns what a scorecard says of its agreement into the sections of the page "who agreed what"."""

from dataclasses import dataclass

from outcomes.report.formatting import date_text
from outcomes.report.wording import say, sentence_case
from outcomes.scorecard.model import AgreementSummary, Scorecard

__all__ = ["StandingSection", "agreement_sentence", "signatures", "standing_section"]


@dataclass(frozen=True, slots=True)
class StandingSection:
    """Whether the agreement holds, and who signed it."""

    title: str
    sentence: str
    parties: tuple[tuple[str, str, str], ...]


def standing_section(card: Scorecard) -> StandingSection:
    """Return the standing of an agreement; that none is recorded is said too."""
    agreement = card.agreement
    if agreement is None:
        return StandingSection("", say("no_agreement_text"), ())
    return StandingSection(agreement.title, agreement_sentence(agreement), signatures(agreement))


def agreement_sentence(agreement: AgreementSummary | None) -> str:
    """Return the form, version, date and decision of an agreement in one sentence."""
    if agreement is None:
        return say("no_agreement_text")
    return say(
        "agreement_text" if agreement.decision else "agreement_no_decision",
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
