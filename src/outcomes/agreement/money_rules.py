"""The rules that the money of an agreement obeys: one rule, one function."""

from collections import Counter
from collections.abc import Iterator

from outcomes.agreement.agreements import Agreements
from outcomes.agreement.model import ControlTotal, Resource, fraction_of, money_period
from outcomes.agreement.repeated import repeated, unknown_outcome_says
from outcomes.definitions import Complaint, Located, advice
from outcomes.pounds import pounds
from outcomes.vocabulary import ResourceBasis, ResourceKind, RowStatus

__all__ = [
    "control_total_parts",
    "control_total_twice",
    "delegation_dates",
    "delegations_overlap",
    "no_risk_share_without_parts",
    "resource_amount",
    "resource_beyond_part",
    "resource_twice",
    "risk_shares_sum",
    "total_complaint",
    "unknown_control_total",
    "unknown_money_outcome",
    "unknown_money_partner",
]


def total_complaint(total: ControlTotal) -> tuple[str, str] | None:
    """Return what is wrong with how a control total is made up, and what to do; None where it adds up."""
    amounts = [total.amount, total.retained]
    amounts += [part.amount for part in total.parts]
    amounts += [part.amount for part in total.delegated]
    if total.basis is not ResourceBasis.NET and min(amounts) < 0:
        message = f"control total {total.id!r} has {pounds(min(amounts))} in it, and is {total.basis.value}."
        return message, "Below nought there is net of income alone; write the whole amount."
    if not (total.parts or total.delegated or total.retained):
        return None
    made_up_of = total.made_up_of
    away = made_up_of - total.amount
    if not away:
        return None
    told = "more" if away > 0 else "less"
    message = (
        f"the parts of control total {total.id!r} add up to {pounds(made_up_of)}, {pounds(abs(away))} {told} than "
        f"its amount of {pounds(total.amount)}."
    )
    return message, "Correct the parts or the amount; they agree to the pound."


def control_total_parts(agreements: Agreements) -> Iterator[Complaint]:
    """The parts of a control total add up to it, to the pound, and name a partner once."""
    for version in agreements.versions:
        for position, total in enumerate(version.noun.control_totals):
            at = ("control_totals", position)
            wrong = total_complaint(total)
            if wrong:
                yield version.says(*wrong, *at, "amount")
            seen = [part.partner for part in total.parts]
            for place, code in enumerate(seen):
                if code in seen[:place]:
                    message = f"partner {code!r} has two parts of control total {total.id!r}."
                    yield version.says(message, "Put both into one.", *at, "parts", place, "partner")
            if total.delegated:
                message = f"control total {total.id!r} of a place delegates to places."
                fix = "What a system delegates stands under control_totals in partnership.yaml."
                yield version.says(message, fix, *at, "delegated")


def control_total_twice(agreements: Agreements) -> Iterator[Complaint]:
    """The id of a control total, a delegation and a risk share stands once in a version."""
    for version in agreements.versions:
        noun = version.noun
        for key, ids in (
            ("control_totals", [total.id for total in noun.control_totals]),
            ("delegations", [delegation.id for delegation in noun.delegations]),
            ("risk_shares", [risk.control_total for risk in noun.risk_shares]),
        ):
            for position, named in repeated(ids, str):
                message = f"{named!r} stands twice under {key}."
                yield version.says(message, "Keep one, or give the other its own.", key, position)


def unknown_money_partner(agreements: Agreements) -> Iterator[Complaint]:
    """Whoever has a part, a share or delegates is a partner; those with a part or a share are parties."""
    for version in agreements.versions:
        noun = version.noun
        parties = {party.partner for party in noun.parties}
        bearing = [
            (part.partner, ("control_totals", position, "parts", place, "partner"))
            for position, total in enumerate(noun.control_totals)
            for place, part in enumerate(total.parts)
        ]
        bearing += [
            (share.partner, ("risk_shares", position, "shares", place, "partner"))
            for position, risk in enumerate(noun.risk_shares)
            for place, share in enumerate(risk.shares)
        ]
        for code, at in bearing:
            if agreements.partners is not None and code not in agreements.partners:
                fix = f"The partners are: {', '.join(sorted(agreements.partners)) or 'none'}."
                yield version.says(f"there is no partner {code!r}.", fix, *at)
            elif code not in parties:
                message = f"{code!r} has a part of the money and is no party of this agreement."
                yield version.says(message, "Add it to parties, or take it out here.", *at)
        for position, delegation in enumerate(noun.delegations):
            if agreements.partners is not None and delegation.from_partner not in agreements.partners:
                fix = f"The partners are: {', '.join(sorted(agreements.partners)) or 'none'}."
                message = f"there is no partner {delegation.from_partner!r}."
                yield version.says(message, fix, "delegations", position, "from_partner")


def unknown_money_outcome(agreements: Agreements) -> Iterator[Complaint]:
    """Delegations and resources serve outcomes that a framework in use names."""
    for version in agreements.versions:
        for position, delegation in enumerate(version.noun.delegations):
            for place, named in enumerate(delegation.outcomes):
                if wrong := unknown_outcome_says(agreements, named):
                    yield version.says(*wrong, "delegations", position, "outcomes", place)
    for source in agreements.sources:
        for row in source.rows(Resource):
            if wrong := unknown_outcome_says(agreements, row.noun.outcome):
                yield row.says(*wrong)


def unknown_control_total(agreements: Agreements) -> Iterator[Complaint]:
    """Risk shares and resources name a control total of their place."""
    for source in agreements.sources:
        everywhere = {total.id for version in source.versions for total in version.noun.control_totals}
        for version in source.versions:
            own = {total.id for total in version.noun.control_totals}
            for position, risk in enumerate(version.noun.risk_shares):
                if risk.control_total not in own:
                    message = f"this version has no control total {risk.control_total!r}."
                    fix = f"Those are: {', '.join(sorted(own))}." if own else "Add it under control_totals."
                    yield version.says(message, fix, "risk_shares", position, "control_total")
        for row in source.rows(Resource):
            if row.noun.control_total and row.noun.control_total not in everywhere and not source.faults:
                message = f"the agreement has no control total {row.noun.control_total!r}."
                fix = f"Those are: {', '.join(sorted(everywhere))}." if everywhere else "Leave it empty."
                yield row.says(message, fix)


def risk_shares_sum(agreements: Agreements) -> Iterator[Complaint]:
    """The shares of a risk are each partner's one, and together exactly 1."""
    for version in agreements.versions:
        for position, risk in enumerate(version.noun.risk_shares):
            at = ("risk_shares", position)
            together = sum(fraction_of(share.share) for share in risk.shares)
            if together != 1:
                message = f"the shares of the risk of {risk.control_total!r} add up to {float(together):.6g}, not to 1."
                yield version.says(message, "Correct them; thirds are written 1/3.", *at, "shares")
            codes = [share.partner for share in risk.shares]
            for place, code in enumerate(codes):
                if code in codes[:place]:
                    message = f"partner {code!r} has two shares of one risk."
                    yield version.says(message, "Put both into one.", *at, "shares", place, "partner")


@advice
def no_risk_share_without_parts(agreements: Agreements) -> Iterator[Complaint]:
    """A control total of several partners says who bears what is spent above it."""
    for version in agreements.latest:
        shared = {risk.control_total for risk in version.noun.risk_shares}
        for position, total in enumerate(version.noun.control_totals):
            if len(total.parts) > 1 and total.id not in shared:
                message = f"nobody has agreed who bears what is spent above control total {total.id!r}."
                yield version.says(message, "Add its risk_shares.", "control_totals", position)


def delegation_dates(agreements: Agreements) -> Iterator[Complaint]:
    """A delegation ends after it begins."""
    for version in agreements.versions:
        for position, delegation in enumerate(version.noun.delegations):
            if delegation.to_day is not None and delegation.to_day < delegation.from_day:
                message = f"delegation {delegation.id!r} ends on {delegation.to_day}, before it begins."
                yield version.says(message, "Correct one of the dates.", "delegations", position, "to")


def delegations_overlap(agreements: Agreements) -> Iterator[Complaint]:
    """One function of one body is delegated once at a time."""
    for version in agreements.versions:
        delegations = version.noun.delegations
        for position, later in enumerate(delegations):
            for earlier in delegations[:position]:
                is_same = (later.from_partner, later.function) == (earlier.from_partner, earlier.function)
                after = earlier.to_day is not None and earlier.to_day < later.from_day
                before = later.to_day is not None and later.to_day < earlier.from_day
                if is_same and not after and not before:
                    message = (
                        f"delegations {earlier.id!r} and {later.id!r} are of one function, and their dates overlap."
                    )
                    yield version.says(message, "End one before the other begins.", "delegations", position)


def resource_amount(agreements: Agreements) -> Iterator[Complaint]:
    """A row of resources has an amount or says why there is none; what is missing is not nought."""
    for source in agreements.sources:
        for row in source.rows(Resource):
            noun = row.noun
            if noun.amount is None and noun.status is None:
                fix = (
                    "Write the amount in whole pounds, or status not_available or not_applicable; or leave the row out."
                )
                yield row.says("there is no amount, and no status says why.", fix)
            elif noun.amount is not None and noun.status is not None:
                yield row.says(f"there is an amount, and status says {noun.status.value!r}.", "Keep one of them.")
            elif noun.amount is not None and noun.amount < 0 and noun.basis is not ResourceBasis.NET:
                message = f"{pounds(noun.amount)} is less than nothing, and the basis is {noun.basis.value}."
                yield row.says(message, "Correct the amount itself in a later report; only net of income may be less.")
            elif noun.status is RowStatus.SUPPRESSED:
                yield row.says("money is not suppressed.", "Write not_available or not_applicable.")
            if noun.kind is ResourceKind.ACTUAL and noun.reported_on <= money_period(noun.period).last:
                message = f"what was spent in {noun.period} is reported on {noun.reported_on}, before the period ended."
                yield row.says(message, "Report it as a forecast, or correct the date.")


def resource_twice(agreements: Agreements) -> Iterator[Complaint]:
    """A partner reports an amount once on a day; a later report replaces the earlier one."""
    for source in agreements.sources:
        for _, row in repeated(source.rows(Resource), _reported):
            message = "this partner, outcome, period, kind and basis stand twice with one day of report."
            yield row.says(message, "Keep one, or date the correction.")


def resource_beyond_part(agreements: Agreements) -> Iterator[Complaint]:
    """What a partner plans against a control total adds up to no more than its part of it."""
    for source in agreements.sources:
        if not source.versions:
            continue
        latest = max(source.versions, key=lambda located: located.noun.version).noun
        parts = {(total.id, part.partner): part.amount for total in latest.control_totals for part in total.parts}
        # of a total that nobody has a part of nobody can plan too much
        bases = {total.id: total.basis for total in latest.control_totals if total.parts}
        newest: dict[tuple[str, ...], int] = {}
        for row in sorted(source.rows(Resource), key=lambda row: row.noun.reported_on):
            noun = row.noun
            if noun.kind is ResourceKind.PLAN and noun.control_total in bases and noun.amount is not None:
                newest[(noun.control_total, noun.partner, noun.outcome, noun.period, noun.basis)] = noun.amount
        planned: Counter[tuple[str, str]] = Counter()
        for (total, partner, _, _, basis), amount in newest.items():
            if basis == bases[total]:
                planned[(total, partner)] += amount
        for row in source.rows(Resource):
            named = (row.noun.control_total, row.noun.partner)
            if row.noun.kind is ResourceKind.PLAN and named in planned and planned[named] > parts.get(named, 0):
                message = (
                    f"{named[1]!r} plans {pounds(planned[named])} against control total {named[0]!r}, and its part is "
                    f"{pounds(parts.get(named, 0))}."
                )
                yield row.says(message, "Correct the plans, or agree another part.")
                del planned[named]


def _reported(row: Located[Resource]) -> tuple[object, ...]:
    noun = row.noun
    what = (noun.partner, noun.outcome, noun.period, noun.kind, noun.basis, noun.control_total)
    return (*what, noun.reported_on)
