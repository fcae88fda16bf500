"""Which sectors took part in a place in the last year: who signed, owns, sends, promised and asked; who did not."""

from collections.abc import Collection, Sequence
from datetime import date, timedelta
from typing import Final

import polars as pl

from outcomes.agreement.model import Commitment, Party, commitment_state, responses
from outcomes.partnership.model import Partner
from outcomes.partnership.partner_succession import code_now
from outcomes.profile.data_line import CAME, NOT_DUE
from outcomes.profile.model import Coverage, ProfileDetail, ProfileLine, SectorRow
from outcomes.profile.words import Subject, sentence
from outcomes.vocabulary import CommitmentState, PartnerType, Role, Tier

__all__ = ["SECTORS", "a_year_before", "breadth_line", "coverage_of", "serving"]

# a publisher supplies and signs nothing
SECTORS: Final = tuple(sector for sector in PartnerType if sector is not PartnerType.PUBLISHER)
_SILENT: Final = {"signature": "no signature", "data": "no figures", "insight": "no insight"}
_NAMES: Final = {
    PartnerType.NHS_TRUST: "NHS trusts",
    PartnerType.INTEGRATED_CARE_BOARD: "integrated care boards",
    PartnerType.PRIMARY_CARE: "primary care",
    PartnerType.COUNCIL: "councils",
    PartnerType.VOLUNTARY_SECTOR: "the voluntary sector",
    PartnerType.CARE_PROVIDER: "care providers",
    PartnerType.HOUSING: "housing",
    PartnerType.POLICE: "police",
    PartnerType.EDUCATION: "education",
    PartnerType.RESIDENT_GROUP: "resident groups",
    PartnerType.HOSPICE: "hospices",
}


def coverage_of(subject: Subject) -> Coverage:
    """Return which sectors took part in a place in the year up to a date; every sector has a row, alike for all.

    A sector is silent in a signature where none of its partners has signed the agreement of the date; in data where
    figures of theirs were due in the year and none came, or none are asked of them; in insight where they gave none in
    the year. What kind of organisation a partner is enters nothing else that is computed. What a partner that ended
    signed, owns, promised, asked or told counts under the sector of whoever stands in its place.

    Arguments:
        subject: The place.
    """
    since = a_year_before(subject.as_of)
    partners = serving(subject)
    return Coverage(
        since=since,
        until=subject.as_of,
        rows=tuple(_row(subject, sector, [one for one in partners if one.type is sector], since) for sector in SECTORS),
        is_recorded=subject.returns is not None,
    )


def serving(subject: Subject) -> tuple[Partner, ...]:
    """Return the partners that serve a place on the date, or that its agreement names; no publisher is among them."""
    footprints = subject.partnership.footprints
    around = {*subject.inside, *footprints.ancestors(subject.area_code)}
    named = {party.partner for party in subject.agreement.parties} if subject.agreement else set()
    return tuple(
        partner
        for partner in subject.partnership.partners
        if partner.type is not PartnerType.PUBLISHER
        and partner.is_there_on(subject.as_of)
        and (partner.code in named or around.intersection(partner.footprint))
    )


def breadth_line(subject: Subject, coverage: Coverage) -> ProfileLine:
    """Return the line of breadth: how many sectors sign, own and send, which are not heard; challenges both ways."""
    title, question = "Breadth", "Which sectors take part, and which are not heard?"
    agreement = subject.agreement
    if agreement is None:
        return ProfileLine(id="breadth", title=title, question=question, sentence="No agreement is recorded.")
    rows = [row for row in coverage.rows if row.partners]
    counts = [
        ("sectors named", sum(row.named > 0 for row in rows)),
        ("sectors signed", sum(row.signed > 0 for row in rows)),
        ("sectors that own a measure", sum(row.owned > 0 for row in rows)),
    ]
    if coverage.is_recorded:
        counts.append(("sectors that send figures", sum((row.sent or 0) > 0 for row in rows)))
    named, signed = sum(row.named for row in rows), sum(row.signed for row in rows)
    told = [
        f"{signed} of {named} partners have signed, from {_sectors(counts[1][1])}; partners of "
        f"{_sectors(counts[2][1])} own a measure"
    ]
    for what, words in _SILENT.items():
        silent = [_NAMES[row.sector] for row in rows if what in row.silent]
        if silent and len(silent) == len(rows) > 1:
            told.append(f"{words} from any of these {len(rows)} sectors")
        elif silent:
            told.append(f"{words} from: {', '.join(silent)}")
    without = len(coverage.rows) - len(rows)
    if without:
        told.append(f"{_sectors(without)} {'has' if without == 1 else 'have'} no partner here")
    return ProfileLine(
        id="breadth",
        title=title,
        question=question,
        counts=tuple(counts),
        sentence=" ".join(sentence(text) for text in told),
        details=_challenges(subject),
    )


def _sectors(number: int) -> str:
    return "1 sector" if number == 1 else f"{number} sectors"


def _challenges(subject: Subject) -> tuple[ProfileDetail, ...]:
    """Both directions of every pair of levels between which anything was asked, counted by one rule."""
    challenges = subject.partnership.challenges_of(subject.area_code)
    return tuple(
        ProfileDetail(
            title=f"asked by the {one.raised_by_level.value} of the {one.to_level.value}",
            counts=(
                ("raised", one.raised),
                ("answered", one.answered),
                ("answered late", one.answered_late),
                ("not yet due", one.not_yet_due),
                ("unanswered", one.unanswered),
            ),
        )
        for one in responses(challenges, subject.as_of)
    )


def _row(subject: Subject, sector: PartnerType, partners: Sequence[Partner], since: date) -> SectorRow:
    codes = {partner.code for partner in partners}
    agreement, as_of = subject.agreement, subject.as_of
    named = _standing(subject, agreement.parties) & codes if agreement else set()
    signed = _standing(subject, agreement.signed_by(as_of)) & codes if agreement else set()
    due, sent = _figures(subject, codes, since)
    owned = {tier: _owned(subject, codes, tier) for tier in (Tier.LOCAL, Tier.NATIONAL)}
    # what was done in the year was done, also by one that ended since and that nobody followed
    made = [one for one in agreement.commitments_by(as_of) if _is_of(subject, one.partner, sector)] if agreement else []
    asked = [one for one in agreement.challenges if _is_of(subject, one.raised_by, sector)] if agreement else []
    insights_given = [one for one in subject.voices.insights if not one.summarises]
    said = [one for one in insights_given if _is_of(subject, one.partner_code, sector)]
    insights = sum(one.collected_to >= since for one in said)
    silent = []
    if partners:
        silent = ["signature"] if agreement and not signed else []
        is_asked = any(one.lines for one in subject.asked if one.partner_code in codes)
        silent += ["data"] if sent == 0 and (due or not is_asked) else []
        silent += ["insight"] if agreement and not insights else []
    return SectorRow(
        sector=sector,
        partners=tuple(sorted(partner.name for partner in partners)),
        named=len(named),
        signed=len(signed),
        owned=len(owned[Tier.LOCAL] | owned[Tier.NATIONAL]),
        owned_local=len(owned[Tier.LOCAL]),
        due=due,
        sent=sent,
        insights=insights,
        promises=sum(_is_open(one, since, as_of) for one in made),
        challenges=sum(since <= one.raised_on <= as_of for one in asked),
        silent=tuple(silent),
    )


def _is_of(subject: Subject, code: str, sector: PartnerType) -> bool:
    """Whether a partner, or whoever stands in its place on the date, is of a sector."""
    if code not in subject.partnership.partners_by_code:
        return False
    return subject.partnership.partner(code_now(subject.partnership, code, subject.as_of)).type is sector


def _standing(subject: Subject, parties: Sequence[Party]) -> set[str]:
    """Who stands on the date where some parties stood; one that is a party itself speaks for itself alone."""
    own = {party.partner for party in subject.agreement.parties} if subject.agreement else set()
    now = {party.partner: code_now(subject.partnership, party.partner, subject.as_of) for party in parties}
    return {code for before, code in now.items() if code == before or code not in own}


def _owned(subject: Subject, codes: Collection[str], tier: Tier) -> set[str]:
    """The measures of one tier that any of some partners answers for."""
    here = {inclusion.indicator for _, inclusion in subject.lines if inclusion.tier is tier}
    duties = subject.agreement.responsibilities if subject.agreement else ()
    return {
        indicator
        for duty in duties
        if duty.role is Role.ACCOUNTABLE and code_now(subject.partnership, duty.partner, subject.as_of) in codes
        for indicator in duty.indicators
        if indicator in here
    }


def _figures(subject: Subject, codes: Collection[str], since: date) -> tuple[int | None, int | None]:
    """How many figures were due from some partners in the year, and how many of these came."""
    if subject.returns is None:
        return None, None
    in_year = (pl.col("due_on") >= since) & (pl.col("due_on") < subject.as_of)
    statuses = subject.owed.filter(pl.col("partner_code").is_in(sorted(codes)) & in_year)["status"].to_list()
    return sum(status not in NOT_DUE for status in statuses), sum(status in CAME for status in statuses)


def _is_open(promise: Commitment, since: date, as_of: date) -> bool:
    """Whether a promise was still open on some day of the year."""
    ends = (promise.kept_on, promise.not_kept_on, promise.withdrawn_on)
    ended = next((day for day in ends if day is not None), None)
    state = commitment_state(promise, as_of)
    is_open = state in (CommitmentState.LATE, CommitmentState.NOT_YET_DUE)
    return is_open or (ended is not None and ended >= since)


def a_year_before(day: date) -> date:
    """Return the first day of the year that ends with a day: after the same day of the year before.

    >>> a_year_before(date(2026, 11, 22)), a_year_before(date(2024, 2, 29))
    (datetime.date(2025, 11, 23), datetime.date(2023, 3, 1))
    """
    is_leap_day = (day.month, day.day) == (2, 29)
    before = date(day.year - 1, 2, 28) if is_leap_day else day.replace(year=day.year - 1)
    return before + timedelta(days=1)
