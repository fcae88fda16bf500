"""Makes what is one partner's own in a place: its part in each measure, its returns, what it is to mend."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final

import polars as pl

from outcomes.agreement.model import Agreement, Party
from outcomes.ledger.model import ReturnsStatus
from outcomes.partnership.model import Partnership
from outcomes.partnership.partner_succession import code_now
from outcomes.scorecard.model import IndicatorLine, MeasureReturns, PartnerLine, PartnerPart, SentBack
from outcomes.scorecard.source_returns import SourceStates, source_states
from outcomes.vocabulary import DataStatus, PartnerType, PeriodKind, Role

__all__ = ["partner_lines"]

_ORDER: Final = (Role.ACCOUNTABLE, Role.SUPPLIES_DATA, Role.CONTRIBUTES, Role.CONSULTED)
# so many periods of a measure that were due are shown; older ones are in the record
_DUE_SHOWN: Final = 2
_MISSING: Final = (DataStatus.MISSING, DataStatus.WITHDRAWN, DataStatus.EXPUNGED)


def partner_lines(
    partnership: Partnership,
    agreement: Agreement | None,
    returns: ReturnsStatus | None,
    lines: Sequence[IndicatorLine],
    *,
    area_code: str,
    as_of: date,
) -> tuple[PartnerLine, ...]:
    """Return every partner of a place with what is its own, by name, then code; publishers have no such page.

    What a partner that ended had promised, owed or undertaken is for whoever stands in its place on the date to do.

    Arguments:
        partnership: The world.
        agreement: The place's; None where none is recorded.
        returns: What was expected and received; None where no ledger stands behind the figures.
        lines: The measures of the place's page; no other is told of.
        area_code: The place.
        as_of: The date that the page speaks for.
    """
    # what is agreed names no version, and is called as the latest is
    latest = {line.indicator_id: line for line in lines if not line.is_earlier_version}
    shown = {code: line.short_name or line.name for code, line in latest.items()}
    names = {line.key: _name_of(line) for line in lines}
    inside = partnership.footprints.within(area_code)
    expected: dict[str, list[dict[str, Any]]] = {}
    if returns is not None:
        here = returns.frame.filter(pl.col("area_code").is_in(inside) & pl.col("indicator_id").is_in(sorted(shown)))
        for row in here.iter_rows(named=True):
            expected.setdefault(code_now(partnership, row["partner_code"], as_of), []).append(row)
    parties = _signing(partnership, agreement, as_of)
    agreed = agreement.responsibilities if agreement else ()
    made = agreement.commitments_by(as_of) if agreement else ()
    duties = [(code_now(partnership, duty.partner, as_of), duty) for duty in agreed]
    promises = [(code_now(partnership, promise.partner, as_of), promise) for promise in made]
    known = {*parties, *expected, *(code for code, _ in duties), *(code for code, _ in promises)}
    found = []
    for code in sorted(known):
        partner = partnership.partner(code)
        if partner.type is PartnerType.PUBLISHER:
            continue
        roles: dict[str, set[Role]] = {}
        for doer, duty in duties:
            if doer == code:
                for indicator in shown.keys() & set(duty.indicators):
                    roles.setdefault(indicator, set()).add(duty.role)
        for row in expected.get(code, ()):
            roles.setdefault(row["indicator_id"], set()).add(Role.SUPPLIES_DATA)
        party = parties.get(code)
        found.append(
            PartnerLine(
                code=code,
                name=partner.name,
                type=partner.type,
                is_party=party is not None,
                signatory_role=party.signatory_role if party else "",
                signed_on=party.signed_on if party and party.signed_on and party.signed_on <= as_of else None,
                parts=tuple(
                    PartnerPart(
                        indicator=indicator,
                        indicator_version=latest[indicator].indicator_version,
                        roles=tuple(role for role in _ORDER if role in roles[indicator]),
                    )
                    for indicator in sorted(roles)
                ),
                returns=_measure_returns(
                    expected.get(code, ()), shown, names, source_states(returns, partner, inside, partnership)
                ),
                sent_back=_sent_back(expected.get(code, ()), shown, returns),
                commitments=tuple(promise.id for doer, promise in promises if doer == code),
            )
        )
    return tuple(sorted(found, key=lambda line: (line.name, line.code)))


def _name_of(line: IndicatorLine) -> str:
    name = line.short_name or line.name
    return f"{name}, version {line.indicator_version}" if line.is_earlier_version else name


def _signing(partnership: Partnership, agreement: Agreement | None, as_of: date) -> dict[str, Party]:
    """Who signs: of a party that ended whoever stands in its place, unless that one is a party itself."""
    given = agreement.parties if agreement else ()
    own = {party.partner: party for party in given}
    return {code_now(partnership, party.partner, as_of): party for party in given} | own


def _measure_returns(
    rows: Sequence[Mapping[str, Any]],
    shown: Mapping[str, str],
    names: Mapping[tuple[str, int], str],
    sources: SourceStates,
) -> tuple[MeasureReturns, ...]:
    """What came of the last periods of each measure that were due, and what is due next.

    A measure is called as the version that holds for the period; one of which the page has no line, as its latest.
    """
    by_measure: dict[tuple[str, str], dict[tuple[date, str], list[Mapping[str, Any]]]] = {}
    for row in rows:
        periods = by_measure.setdefault((row["indicator_id"], row["period_kind"]), {})
        periods.setdefault((row["period_start"], row["period"]), []).append(row)
    found = []
    for (indicator, kind), periods in by_measure.items():
        counted = [
            _counted(
                indicator,
                names.get((indicator, members[0]["indicator_version"]), shown[indicator]),
                kind,
                start,
                period,
                members,
                sources,
            )
            for (start, period), members in sorted(periods.items(), reverse=True)
        ]
        open_ones = [one for one in counted if one.not_yet_due == one.expected]
        # the next one is the earliest of what is not due yet; what is still owed is never left out
        due = [one for one in counted if one.not_yet_due < one.expected]
        owed = [one for one in due[_DUE_SHOWN:] if one.missing or one.rejected]
        found += [*open_ones[-1:], *due[:_DUE_SHOWN], *owed]
    return tuple(
        sorted(found, key=lambda one: (one.name, one.indicator, one.period_kind, -one.period_start.toordinal()))
    )


def _counted(
    indicator: str,
    name: str,
    kind: str,
    start: date,
    period: str,
    members: Sequence[Mapping[str, Any]],
    sources: SourceStates,
) -> MeasureReturns:
    counts = Counter(DataStatus(row["status"]) for row in members)
    rejected = [row["submission"] for row in members if row["status"] == DataStatus.REJECTED]
    return MeasureReturns(
        indicator=indicator,
        indicator_version=members[0]["indicator_version"],
        name=name,
        period=period,
        period_kind=PeriodKind(kind),
        period_start=start,
        due_on=max(row["due_on"] for row in members),
        expected=len(members),
        on_time=counts[DataStatus.RECEIVED] + counts[DataStatus.REVISED],
        late=counts[DataStatus.LATE],
        missing=sum(counts[status] for status in _MISSING),
        rejected=counts[DataStatus.REJECTED],
        not_yet_due=counts[DataStatus.NOT_YET_DUE],
        revised=counts[DataStatus.REVISED],
        sent_back=max(rejected, default=None),
        sources_missing=sources.get((indicator, kind, start, DataStatus.MISSING), ()),
        sources_late=sources.get((indicator, kind, start, DataStatus.LATE), ()),
    )


def _sent_back(
    rows: Sequence[Mapping[str, Any]], names: Mapping[str, str], returns: ReturnsStatus | None
) -> tuple[SentBack, ...]:
    """The files that were not accepted and whose figures are still owed, the latest first."""
    waiting: dict[int, list[str]] = {}
    for row in rows:
        if row["status"] == DataStatus.REJECTED:
            waiting.setdefault(row["submission"], []).append(names[row["indicator_id"]])
    arrivals = {one.number: one for one in (returns.arrivals if returns else ())}
    return tuple(
        SentBack(
            entry=number,
            file=arrivals[number].file,
            received_on=arrivals[number].received_on,
            codes=arrivals[number].codes,
            measures=tuple(sorted(set(waiting[number]))),
            figures=len(waiting[number]),
        )
        for number in sorted(waiting, reverse=True)
        if number in arrivals
    )
