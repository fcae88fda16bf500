"""Makes what stands around the lines of a page: the place, its agreement, promises, returns and the first summary."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date

import polars as pl

from outcomes.agreement.model import Agreement, Commitment, commitment_state, is_released
from outcomes.breakdown import WHOLE
from outcomes.ledger.model import ReturnsStatus
from outcomes.partnership.model import Partnership
from outcomes.partnership.partner_succession import name_now
from outcomes.reference_series import SeriesKind
from outcomes.scorecard.chance import FALSE_FLAGS, FALSE_TRENDS
from outcomes.scorecard.model import (
    AgreementSummary,
    CommitmentLine,
    IndicatorLine,
    PartnerReturns,
    PartyLine,
    Place,
    Summary,
    calls_for_reply,
    reply_state,
)
from outcomes.scorecard.source_returns import source_returns
from outcomes.vocabulary import NO_COMPARISON, CommitmentState, DataStatus, PartnerType, ReplyState, Tier, Word

__all__ = ["agreement_summary", "commitment_lines", "partner_returns", "place_header", "summary_of"]

_GOOD = {Word.BETTER, Word.MUCH_BETTER, Word.IMPROVING}
_BAD = {Word.WORSE, Word.MUCH_WORSE, Word.GETTING_WORSE}
_TOLD = {Word.SIMILAR, Word.NO_SIGNIFICANT_CHANGE, Word.HIGHER, Word.LOWER, Word.MUCH_HIGHER, Word.MUCH_LOWER}
_TOLD |= {Word.INCREASING, Word.DECREASING}
_STATE_ORDER = (
    CommitmentState.LATE,
    CommitmentState.KEPT,
    CommitmentState.NOT_KEPT,
    CommitmentState.NOT_YET_DUE,
    CommitmentState.WITHDRAWN,
)


def place_header(partnership: Partnership, area_code: str, as_of: date) -> Place:
    """Return what a page says of the area itself: name, level, population, where it lies and what lies in it."""
    area = partnership.areas[area_code]
    population, note = _population(partnership, area_code, as_of)
    parts = (code for code in partnership.footprints.parts(area_code) if code in partnership.areas)
    there = (code for code in parts if not partnership.succession.is_followed(code, as_of))
    names = {code: partnership.areas[code].name for code in there}
    within = [code for code in partnership.footprints.ancestors(area_code) if code in partnership.areas]
    return Place(
        area_code=area_code,
        name=area.name,
        level=area.level,
        population=population,
        population_note=note,
        within=tuple(partnership.areas[code].name for code in within),
        part_names=tuple(sorted(names.values())),
    )


def _population(partnership: Partnership, area_code: str, as_of: date) -> tuple[int | None, str]:
    for series in partnership.series.values():
        if series.description.kind is not SeriesKind.POPULATION:
            continue
        rows = series.frame.filter(
            (pl.col("area_code") == area_code) & (pl.col("breakdown") == WHOLE) & (pl.col("period_end") <= as_of)
        ).sort("period_end")
        if rows.height:
            return rows["numerator"][-1], f"{series.description.title}, {rows['period_end'][-1].year}"
    return None, ""


def agreement_summary(agreement: Agreement, partnership: Partnership, as_of: date) -> AgreementSummary:
    """Return the agreement that a page stands on, with who has signed by the date."""
    partners = partnership.partners_by_code
    return AgreementSummary(
        title=agreement.title,
        version=agreement.version,
        form=agreement.form,
        effective_from=agreement.effective_from,
        review_by=agreement.review_by,
        decision=agreement.decision,
        is_in_force=partnership.standing_of(agreement, as_of).is_in_force,
        parties=tuple(
            PartyLine(
                partner=partners[party.partner].name,
                type=partners[party.partner].type,
                signatory_role=party.signatory_role,
                signed_on=party.signed_on if party.signed_on and party.signed_on <= as_of else None,
            )
            for party in sorted(agreement.parties, key=lambda party: partners[party.partner].name)
        ),
    )


def commitment_lines(agreement: Agreement, partnership: Partnership, as_of: date) -> tuple[CommitmentLine, ...]:
    """Return every promise and where it stands on the date: late ones first, then by due date."""
    lines = [_commitment_line(commitment, partnership, as_of) for commitment in agreement.commitments_by(as_of)]
    return tuple(sorted(lines, key=lambda line: (_STATE_ORDER.index(line.state), line.due, line.partner, line.id)))


def _commitment_line(commitment: Commitment, partnership: Partnership, as_of: date) -> CommitmentLine:
    state = commitment_state(commitment, as_of)
    since = {
        CommitmentState.KEPT: commitment.kept_on,
        CommitmentState.NOT_KEPT: commitment.not_kept_on,
        CommitmentState.WITHDRAWN: commitment.withdrawn_on,
    }.get(state)
    ended_on = commitment.kept_on or commitment.not_kept_on or commitment.withdrawn_on
    # what was said and shown at its end is not known before it
    is_known = ended_on is None or ended_on <= as_of
    return CommitmentLine(
        id=commitment.id,
        partner_code=commitment.partner,
        partner=name_now(partnership, commitment.partner, as_of),
        what=commitment.what,
        agreed_on=commitment.agreed_on,
        due=commitment.due,
        state=state,
        since=since,
        days_late=(as_of - commitment.due).days if state is CommitmentState.LATE else 0,
        evidence=commitment.evidence if is_known else "",
        decision=commitment.decision if state is CommitmentState.WITHDRAWN else "",
        explanation=commitment.explanation if is_known else "",
        outcome=commitment.outcome,
        indicator=commitment.indicator,
        is_released=is_released(commitment, as_of),
    )


def partner_returns(
    returns: ReturnsStatus | None, partnership: Partnership, area_code: str
) -> tuple[PartnerReturns, ...]:
    """Return, partner by partner in alphabetical order, how many figures for the place were expected and came."""
    if returns is None:
        return ()
    inside = partnership.footprints.within(area_code)
    rows = returns.frame.filter(pl.col("area_code").is_in(inside))
    found: dict[str, Counter[str]] = {}
    for partner_code, status in rows.select("partner_code", "status").iter_rows():
        found.setdefault(partner_code, Counter())[status] += 1
    # who owes nothing of its own may owe what another was to send through it
    for_others = returns.sources.filter(pl.col("area_code").is_in(inside))["partner_code"].unique().sort()
    for partner_code in for_others:
        found.setdefault(partner_code, Counter())
    lines = []
    for partner_code, counts in found.items():
        partner = partnership.partner(partner_code)
        if partner.type is PartnerType.PUBLISHER:
            continue
        lines.append(
            PartnerReturns(
                partner=partner.name,
                type=partner.type,
                expected=counts.total(),
                received=counts[DataStatus.RECEIVED] + counts[DataStatus.LATE] + counts[DataStatus.REVISED],
                late=counts[DataStatus.LATE],
                # the page asks what there is: taken back is not there
                missing=counts[DataStatus.MISSING] + counts[DataStatus.WITHDRAWN] + counts[DataStatus.EXPUNGED],
                rejected=counts[DataStatus.REJECTED],
                revised=counts[DataStatus.REVISED],
                not_yet_due=counts[DataStatus.NOT_YET_DUE],
                sources=source_returns(returns, partner, inside, partnership),
            )
        )
    return tuple(sorted(lines, key=lambda line: line.partner))


def summary_of(lines: Sequence[IndicatorLine]) -> Summary:
    """Return the first screen: good and bad found by one mirrored rule, over local and national measures.

    What is compared and differs is counted by the intervals, as chance is. A measure is better when its first
    comparison (by the word that allows for overdispersion, where there is one), its trend or its special cause says so,
    and worse likewise; it may be both. It cannot be told when none of these signals says anything.
    """
    counted = [line for line in lines if line.tier is not Tier.OPERATIONAL]
    better: list[str] = []
    worse: list[str] = []
    cannot_tell: list[str] = []
    no_difference: list[str] = []
    called = [line for line in counted if calls_for_reply(line)]
    compared = differing = trends_told = 0
    for line in counted:
        comparison = line.comparisons[0].word if line.comparisons else Word.NOT_COMPARED
        words = {line.comparisons[0].first_word if line.comparisons else comparison, *line.movements}
        trends_told += line.trend.word is not Word.CANNOT_TELL
        if comparison not in NO_COMPARISON:
            compared += 1
            differing += comparison is not Word.SIMILAR
        if words & _GOOD:
            better.append(line.page_name)
        if words & _BAD:
            worse.append(line.page_name)
        if not words & (_GOOD | _BAD):
            (no_difference if words & _TOLD else cannot_tell).append(line.page_name)
    return Summary(
        better=tuple(better),
        worse=tuple(worse),
        cannot_tell=tuple(cannot_tell),
        no_difference=tuple(no_difference),
        call_for_reply=tuple(line.page_name for line in called),
        with_reply=_in_state(called, ReplyState.GIVEN),
        reply_overdue=_in_state(called, ReplyState.OVERDUE),
        reply_not_yet_due=_in_state(called, ReplyState.NOT_YET_DUE),
        compared=compared,
        differing=differing,
        differing_by_chance=compared * FALSE_FLAGS,
        trends_told=trends_told,
        trends_by_chance=trends_told * FALSE_TRENDS,
    )


def _in_state(lines: Iterable[IndicatorLine], state: ReplyState) -> tuple[str, ...]:
    return tuple(line.page_name for line in lines if reply_state(line) is state)
