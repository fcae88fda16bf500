"""Scorecards with what is one partner's own, and with partners' words released: for tests of the three directions."""

from datetime import date

from outcomes.scorecard.model import CommitmentLine, MeasureReturns, PartnerLine, PartnerPart, Scorecard, SentBack
from outcomes.vocabulary import CommitmentState, PartnerType, PeriodKind, Role

__all__ = ["RECEIVED", "released", "with_partners"]

RECEIVED = date(2026, 11, 14)


def with_partners(card: Scorecard) -> Scorecard:
    """A card with two partners: one that owes much, one that owes nothing."""
    late = CommitmentLine(
        id="C-01",
        partner="Community Alliance",
        what="Open a drop-in",
        due=date(2026, 9, 30),
        state=CommitmentState.LATE,
        days_late=53,
        explanation="The roof fell in.",
        indicator="local-01",
    )
    alliance = PartnerLine(
        code="VA",
        name="Community Alliance",
        type=PartnerType.VOLUNTARY_SECTOR,
        is_party=True,
        signatory_role="Chair of trustees",
        parts=(
            PartnerPart(indicator="local-01", roles=(Role.ACCOUNTABLE, Role.SUPPLIES_DATA)),
            PartnerPart(indicator="20602", roles=(Role.ACCOUNTABLE,)),
        ),
        returns=(
            MeasureReturns(
                indicator="local-01",
                name="Early help",
                period="2026/27 Q2",
                period_kind=PeriodKind.QUARTER,
                period_start=date(2026, 7, 1),
                due_on=RECEIVED,
                expected=4,
                rejected=3,
                missing=1,
                sent_back=61,
            ),
        ),
        sent_back=(
            SentBack(
                entry=61,
                file="VA_q2.csv",
                received_on=RECEIVED,
                codes=("OUT-205",),
                measures=("Early help",),
                figures=3,
            ),
        ),
        commitments=("C-01",),
    )
    council = PartnerLine(
        code="CC",
        name="Castlewick City Council",
        type=PartnerType.COUNCIL,
        is_party=True,
        signatory_role="Leader",
        signed_on=date(2026, 3, 1),
        parts=(PartnerPart(indicator="local-02", roles=(Role.CONTRIBUTES,)),),
    )
    return card.model_copy(update={"partners": (council, alliance), "commitments": (late, *card.commitments)})


def released(card: Scorecard) -> Scorecard:
    """The card with every free text released."""
    sections = []
    for outcome in card.outcomes:
        tiers = {
            tier: tuple(
                line.model_copy(
                    update={"replies": tuple(one.model_copy(update={"is_released": True}) for one in line.replies)}
                )
                for line in getattr(outcome, tier)
            )
            for tier in ("local", "national")
        }
        sections.append(outcome.model_copy(update=tiers))
    promises = tuple(one.model_copy(update={"is_released": True}) for one in card.commitments)
    return card.model_copy(update={"outcomes": tuple(sections), "commitments": promises})
