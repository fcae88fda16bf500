"""Sets the money of a place beside its outcomes: what was planned and spent, control totals, delegations, risk."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from outcomes.agreement.model import (
    Agreement,
    ControlTotal,
    Delegation,
    Resource,
    RiskShare,
    delegation_state,
    fraction_of,
    money_period,
)
from outcomes.partnership.model import Partnership
from outcomes.scorecard.model.money import (
    ControlTotalLine,
    DelegationLine,
    ExposureLine,
    Money,
    PartnerAmount,
    ResourceLine,
)
from outcomes.vocabulary import Reason, ResourceBasis, ResourceKind

__all__ = ["exposures", "money_of"]

_KINDS = tuple(ResourceKind)
_Key = tuple[str, str, ResourceBasis]


def money_of(
    agreement: Agreement | None,
    partnership: Partnership,
    outcomes: Sequence[tuple[str, str]],
    *,
    area_code: str,
    as_of: date,
) -> Money | None:
    """Return the money beside the outcomes of a place; None where neither agreement nor log speaks of any.

    Arguments:
        agreement: The place's agreement on the date.
        partnership: The world; its own control totals are those of the system.
        outcomes: (id, title) of the outcomes of the page, in order.
        area_code: The place.
        as_of: The date that the page speaks for: what was reported later is not yet known.
    """
    if agreement is None:
        return None
    of_system = [
        total
        for total in partnership.description.control_totals
        if area_code in {part.area_code for part in total.delegated}
    ]
    if not (agreement.resources or agreement.control_totals or agreement.delegations or of_system):
        return None
    known = _newest(row for row in agreement.resources if row.reported_on <= as_of)
    titles = {
        **{outcome.id: outcome.title for framework in partnership.frameworks for outcome in framework.outcomes},
        **dict(outcomes),
    }
    names = {partner.code: partner.name for partner in partnership.partners}
    told = {row.outcome for row in known}
    risks = {risk.control_total: risk for risk in agreement.risk_shares}
    return Money(
        resources=_resource_lines(known, [name for name, _ in outcomes], titles, names, as_of),
        control_totals=(
            *(_total_line(total, known, risks.get(total.id), names) for total in agreement.control_totals),
            *(_system_line(total, partnership) for total in of_system),
        ),
        delegations=tuple(
            _delegation_line(delegation, titles, names, as_of)
            for delegation in sorted(agreement.delegations, key=lambda one: (one.function, one.from_day, one.id))
        ),
        without_resources=tuple((name, title) for name, title in outcomes if name not in told),
    )


def exposures(variance: int, shares: Sequence[tuple[str, str]]) -> dict[str, int]:
    """Return what each partner bears of a variance: share times variance, in whole pounds that add up to it exactly.

    Pounds that no share takes whole go to the largest remainders; of equal ones to the first by code.

    Arguments:
        variance: In whole pounds; positive where more was spent than agreed.
        shares: Partner code and share of 1, such as `0.35` or `1/3`.

    >>> exposures(1000, [("EVH", "0.5"), ("EVC", "0.35"), ("EMA", "0.15")])
    {'EVH': 500, 'EVC': 350, 'EMA': 150}
    >>> exposures(-100, [("A", "1/3"), ("B", "1/3"), ("C", "1/3")])
    {'A': -34, 'B': -33, 'C': -33}
    """
    sign = -1 if variance < 0 else 1
    exact = {code: fraction_of(share) * abs(variance) for code, share in shares}
    whole = {code: int(amount) for code, amount in exact.items()}
    left = abs(variance) - sum(whole.values())
    by_remainder = sorted(exact, key=lambda code: (whole[code] - exact[code], code))
    for code in by_remainder[: max(left, 0)]:
        whole[code] += 1
    return {code: sign * amount for code, amount in whole.items()}


def _newest(rows: Iterable[Resource]) -> tuple[Resource, ...]:
    """Of several reports of one amount the last; earlier ones stay in the log."""
    found: dict[tuple[str, ...], Resource] = {}
    for row in sorted(rows, key=lambda row: row.reported_on):
        found[(row.outcome, row.period, row.basis, row.kind, row.partner, row.control_total)] = row
    return tuple(found.values())


def _resource_lines(
    known: Sequence[Resource],
    order: Sequence[str],
    titles: Mapping[str, str],
    names: Mapping[str, str],
    as_of: date,
) -> tuple[ResourceLine, ...]:
    by_key: dict[_Key, dict[ResourceKind, dict[str, list[Resource]]]] = {}
    for row in known:
        kinds = by_key.setdefault((row.outcome, row.period, row.basis), {})
        kinds.setdefault(row.kind, {}).setdefault(row.partner, []).append(row)
    places = {name: number for number, name in enumerate(order)}
    lines = []
    for key in sorted(
        by_key, key=lambda key: (places.get(key[0], len(places)), key[0], money_period(key[1]).first, key[1], key[2])
    ):
        outcome, period, basis = key
        kinds = by_key[key]
        planned = set(kinds.get(ResourceKind.PLAN, {}))
        if planned and money_period(period).last < as_of:
            # of a period that is over, everybody who planned is expected to say what was spent
            kinds.setdefault(ResourceKind.ACTUAL, {})
        for kind in _KINDS:
            if kind in kinds:
                parts = _parts(kinds[kind], set() if kind is ResourceKind.PLAN else planned, names)
                amounts = [part.amount for part in parts if part.amount is not None]
                lines.append(
                    ResourceLine(
                        outcome_id=outcome,
                        outcome=titles.get(outcome, outcome),
                        period=period,
                        basis=basis,
                        kind=kind,
                        total=sum(amounts) if amounts else None,
                        is_partial=any(
                            part.amount is None and part.because != Reason.NOT_APPLICABLE.value for part in parts
                        ),
                        parts=parts,
                    )
                )
    return tuple(lines)


def _parts(
    by_partner: Mapping[str, Sequence[Resource]], expected: set[str], names: Mapping[str, str]
) -> tuple[PartnerAmount, ...]:
    parts = []
    for code in sorted({*by_partner, *expected}, key=lambda code: (names.get(code, code), code)):
        rows = by_partner.get(code, ())
        amounts = [row.amount for row in rows if row.amount is not None]
        without = [row.status.value.replace("_", " ") for row in rows if row.status is not None]
        # one part that is not known leaves the sum unknown
        is_known = bool(amounts) and not without
        because = "" if is_known else without[0] if without else Reason.MISSING.value
        parts.append(
            PartnerAmount(
                partner_code=code,
                partner=names.get(code, code),
                amount=sum(amounts) if is_known else None,
                because=because,
                note=" ".join(row.note for row in rows if row.note),
            )
        )
    return tuple(parts)


def _outturn(total: ControlTotal, known: Sequence[Resource]) -> tuple[int | None, ResourceKind | None, tuple[str, ...]]:
    """What the whole period cost, or is forecast to, and who has said neither."""
    against = [
        row
        for row in known
        if row.control_total == total.id and row.period == total.period and row.basis is total.basis
    ]
    amounts, kinds, waiting = 0, set(), []
    for part in total.parts:
        told = None
        for kind in (ResourceKind.ACTUAL, ResourceKind.FORECAST):
            rows = [row for row in against if row.partner == part.partner and row.kind is kind]
            planned = {row.outcome for row in against if row.partner == part.partner and row.kind is ResourceKind.PLAN}
            covered = {row.outcome for row in rows if row.amount is not None}
            if rows and planned <= covered and all(row.amount is not None for row in rows):
                told = sum(row.amount or 0 for row in rows)
                kinds.add(kind)
                break
        if told is None:
            waiting.append(part.partner)
        else:
            amounts += told
    if waiting or not total.parts:
        return None, None, tuple(waiting)
    return amounts, ResourceKind.FORECAST if ResourceKind.FORECAST in kinds else ResourceKind.ACTUAL, ()


def _total_line(
    total: ControlTotal, known: Sequence[Resource], risk: RiskShare | None, names: Mapping[str, str]
) -> ControlTotalLine:
    outturn, kind, waiting = _outturn(total, known)
    variance = None if outturn is None else outturn - total.amount
    borne: Mapping[str, int] = {}
    if risk is not None and variance is not None:
        borne = exposures(variance, [(share.partner, share.share) for share in risk.shares])
    return ControlTotalLine(
        id=total.id,
        title=total.title,
        period=total.period,
        basis=total.basis,
        amount=total.amount,
        decision=total.decision,
        parts=tuple(
            PartnerAmount(partner_code=part.partner, partner=names[part.partner], amount=part.amount)
            for part in sorted(total.parts, key=lambda part: (names[part.partner], part.partner))
        ),
        retained=total.retained,
        outturn=outturn,
        outturn_kind=kind,
        variance=variance,
        waiting_for=tuple(sorted(names[code] for code in waiting)),
        exposures=tuple(
            ExposureLine(
                partner_code=share.partner,
                partner=names[share.partner],
                share=share.share,
                amount=borne.get(share.partner),
            )
            for share in sorted(risk.shares if risk else (), key=lambda share: (names[share.partner], share.partner))
        ),
        terms=risk.terms if risk else "",
    )


def _system_line(total: ControlTotal, partnership: Partnership) -> ControlTotalLine:
    named = ((partnership.areas[part.area_code].name, part.amount) for part in total.delegated)
    return ControlTotalLine(
        id=total.id,
        title=total.title,
        period=total.period,
        basis=total.basis,
        amount=total.amount,
        decision=total.decision,
        parts=tuple(
            PartnerAmount(partner_code=part.partner, partner=partnership.partner(part.partner).name, amount=part.amount)
            for part in total.parts
        ),
        delegated=tuple(sorted(named)),
        retained=total.retained,
        is_of_system=True,
    )


def _delegation_line(
    delegation: Delegation, titles: Mapping[str, str], names: Mapping[str, str], as_of: date
) -> DelegationLine:
    return DelegationLine(
        id=delegation.id,
        function=delegation.function,
        from_partner=names[delegation.from_partner],
        to_body=delegation.to_body,
        budget=delegation.budget,
        control_total=delegation.control_total,
        from_day=delegation.from_day,
        to_day=delegation.to_day,
        instrument=delegation.instrument,
        decision=delegation.decision,
        outcomes=tuple((name, titles.get(name, name)) for name in delegation.outcomes),
        state=delegation_state(delegation, as_of),
    )
