"""Makes the record of what was agreed for a place: who must sign, what is put first, who owns what, what changed."""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

import polars as pl

from outcomes.agreement.model import (
    Agreement,
    Difference,
    Priority,
    SeparateContract,
    agreement_fingerprint,
    differences,
    may_bind,
    overdue_evidence,
    priority_state,
    target_text,
)
from outcomes.breakdown import spoken_group
from outcomes.partnership.model import KnownTarget, Partnership
from outcomes.scorecard.model import (
    AgreedTargetLine,
    AgreementRecord,
    BindingLine,
    ContractLine,
    DifferenceLine,
    EvidenceLine,
    IndicatorLine,
    OfficeLine,
    OwnedMeasures,
    PriorityLine,
    RoleLine,
    SignOffLine,
    VersionLine,
)
from outcomes.vocabulary import READY_PRIORITIES, AgreementPart, AreaLevel, Tier

__all__ = ["agreement_record", "owner_level", "unready_sentences", "without_contract_measures"]

# what is told with codes, in which no word of a sentence can be one
_CODED = (AgreementPart.RESPONSIBILITIES, AgreementPart.SIGN_OFF)
_MARKS = ("; serves ", "; shown by ")


def agreement_record(
    agreement: Agreement, partnership: Partnership, lines: Sequence[IndicatorLine], as_of: date
) -> AgreementRecord:
    """Return everything that the page "who agreed what" says of an agreement on a date.

    Arguments:
        agreement: The version that the page of the place stands on.
        partnership: The world.
        lines: The lines of the place's page, whose names and owners are given.
        as_of: What is signed or agreed later is not known yet.
    """
    priorities = _priorities(agreement, partnership, as_of)
    pending = partnership.pending_for(agreement.area_code, as_of)
    return AgreementRecord(
        fingerprint=agreement_fingerprint(agreement),
        is_agreed=not unready_sentences(agreement, partnership, as_of),
        sign_off=_sign_off(agreement, partnership, as_of),
        pending=_version(pending, partnership, as_of) if pending else None,
        contract_kind=agreement.contract_kind,
        may_bind=may_bind(agreement.form, agreement.contract_kind),
        binds=_binds(agreement),
        mission=agreement.mission,
        shared_commitments=agreement.shared_commitments,
        accountable_role=RoleLine(
            role=agreement.accountable_role.role,
            partner=_name(partnership, agreement.accountable_role.partner),
            decision=agreement.accountable_role.decision,
        )
        if agreement.accountable_role
        else None,
        statutory_roles=tuple(
            RoleLine(role=one.role, partner=_name(partnership, one.partner)) for one in agreement.statutory_roles
        ),
        priorities=priorities,
        priorities_due=partnership.description.priorities_due,
        targets=_targets(agreement, partnership, lines, as_of),
        owned=_owned(partnership, lines),
        versions=tuple(
            _version(one, partnership, as_of) for one in (agreement, *partnership.earlier_versions(agreement))
        ),
        contracts=tuple(_contract(one, partnership) for one in agreement.contracts),
        offices=tuple(
            OfficeLine(
                partner=_name(partnership, one.partner),
                role=one.role,
                since=one.since,
                until=one.until if one.until and one.until <= as_of else None,
            )
            for one in agreement.office_holders
            if one.since <= as_of
        ),
    )


def unready_sentences(agreement: Agreement, partnership: Partnership, as_of: date) -> tuple[str, ...]:
    """Return why a place's page cannot be called agreed, a plain sentence each; nothing where it can.

    A page is agreed when the version it stands on holds and names local priorities, each agreed by a decision.
    """
    standing = partnership.standing_of(agreement, as_of)
    found = []
    if not standing.is_in_force:
        signed, parties = len(standing.signed), len(agreement.parties)
        found.append(f"The agreement lacks signatures: {signed} of {parties} partners have signed.")
    due = partnership.description.priorities_due
    # the signatures that are missing are said once, for all of it
    states = [priority_state(one, as_of, is_signed=True, due=due) for one in agreement.priorities]
    open_ones = [state for state in states if state not in READY_PRIORITIES]
    if not states:
        found.append("It names no local priority, so none is agreed.")
    elif open_ones:
        number = "1 local priority is" if len(open_ones) == 1 else f"{len(open_ones)} local priorities are"
        since = f", due since {due.day} {due:%B %Y}" if due and due < as_of else ""
        found.append(f"{number} not agreed{since}.")
    return tuple(found)


def without_contract_measures(frame: pl.DataFrame, partnership: Partnership, as_of: date) -> pl.DataFrame:
    """Return results without what belongs to members' own contracts, where nobody agreed to share it.

    Arguments:
        frame: Has `area_code` and `indicator_id`.
        partnership: The world.
        as_of: The date of the agreements that hold.
    """
    for area_code in sorted({agreement.area_code for agreement in partnership.agreements}):
        agreement = partnership.agreement_for(area_code, as_of)
        if agreement is not None and agreement.kept_apart:
            inside = partnership.footprints.within(area_code)
            is_apart = pl.col("area_code").is_in(inside) & pl.col("indicator_id").is_in(sorted(agreement.kept_apart))
            frame = frame.filter(~is_apart)
    return frame


def owner_level(partnership: Partnership, indicator_id: str) -> AreaLevel:
    """Return the level that owns the definition of a measure: the lowest that holds everybody who uses it.

    A national measure is the nation's. Another one belongs to the place whose agreement alone uses its framework; where
    several do, to the lowest area above all of them.
    """
    including = [(framework, one) for framework, one in partnership.inclusions if one.indicator == indicator_id]
    if any(one.tier is Tier.NATIONAL for _, one in including):
        return AreaLevel.NATION
    named = {framework.id for framework, _ in including}
    places = sorted({one.area_code for one in partnership.agreements if named & set(one.frameworks)})
    whole = partnership.areas[partnership.description.area_code].level
    if len(places) <= 1:
        return partnership.areas[places[0]].level if places else whole
    above = [partnership.footprints.ancestors(place) for place in places]
    common = [code for code in above[0] if all(code in others for others in above) and code in partnership.areas]
    levels = [partnership.areas[code].level for code in common]
    return max(levels, key=list(AreaLevel).index, default=whole)


def _name(partnership: Partnership, code: str) -> str:
    return partnership.partner(code).name


def _names(partnership: Partnership, codes: Iterable[str]) -> tuple[str, ...]:
    return tuple(_name(partnership, code) for code in codes)


def _measure(partnership: Partnership, indicator_id: str) -> str:
    versions = partnership.versions_of(indicator_id)
    return versions[-1].short_name or versions[-1].name


def _sign_off(agreement: Agreement, partnership: Partnership, as_of: date) -> SignOffLine:
    standing, rule = partnership.standing_of(agreement, as_of), agreement.sign_off
    return SignOffLine(
        rule=rule.rule,
        number=rule.number,
        sectors=rule.sectors,
        lead=_name(partnership, rule.lead) if rule.lead else "",
        required=_names(partnership, rule.required),
        is_met=standing.is_signed,
        signed=len(standing.signed),
        parties=len(agreement.parties),
        waits_for=_names(partnership, standing.waits_for),
        more_parties=standing.more_parties,
        more_sectors=standing.more_sectors,
    )


def _binds(agreement: Agreement) -> tuple[BindingLine, ...]:
    delegated = {one.id: one for one in agreement.delegations}
    found = []
    for one in agreement.binds:
        delegation = delegated.get(one.delegation)
        found.append(
            BindingLine(
                matter=one.matter,
                what=one.what,
                instrument=delegation.instrument if delegation else "",
                until=delegation.to_day if delegation else None,
                budget=one.budget,
            )
        )
    return tuple(found)


def _priorities(agreement: Agreement, partnership: Partnership, as_of: date) -> tuple[PriorityLine, ...]:
    outcomes = {outcome.id: outcome.title for framework in partnership.frameworks for outcome in framework.outcomes}
    return tuple(_priority(one, agreement, partnership, outcomes, as_of) for one in agreement.priorities)


def _priority(
    priority: Priority, agreement: Agreement, partnership: Partnership, outcomes: Mapping[str, str], as_of: date
) -> PriorityLine:
    standing = partnership.standing_of(agreement, as_of)
    is_known = priority.agreed_on is not None and priority.agreed_on <= as_of
    overdue = overdue_evidence(priority, as_of)
    return PriorityLine(
        id=priority.id,
        title=priority.title,
        outcome=outcomes.get(priority.outcome, priority.outcome),
        indicators=priority.indicators,
        measures=tuple(_measure(partnership, one) for one in priority.indicators),
        set_by=priority.set_by,
        agreed_on=priority.agreed_on if is_known else None,
        decision=priority.decision if is_known else "",
        agreed_by=len(standing.signed),
        state=priority_state(
            priority, as_of, is_signed=standing.is_in_force, due=partnership.description.priorities_due
        ),
        evidence=tuple(
            EvidenceLine(
                title=one.title,
                dated=one.dated,
                review_by=one.review_by,
                took_part=one.took_part,
                days_overdue=(as_of - one.review_by).days if one in overdue else 0,
            )
            for one in priority.evidence
        ),
    )


def _targets(
    agreement: Agreement, partnership: Partnership, lines: Sequence[IndicatorLine], as_of: date
) -> tuple[AgreedTargetLine, ...]:
    """The targets that hold for the place's measures: its own, then the nation's, then those changed or dropped."""
    here = {line.indicator_id for line in lines}
    prefix = f"agreements/{agreement.area_code}@"
    found: dict[str, KnownTarget] = {}
    for known in partnership.targets_known(as_of):
        is_national = not known.key.startswith("agreements/") and known.framework_id in agreement.frameworks
        if known.indicator[0] in here and (is_national or known.key.startswith(prefix)):
            found.setdefault(known.key, known)
    order = [(known.change is not None, not known.key.startswith(prefix)) for known in found.values()]
    chosen = [known for _, known in sorted(zip(order, found.values(), strict=True), key=lambda pair: pair[0])]
    return tuple(_target(known, partnership) for known in chosen)


def _target(known: KnownTarget, partnership: Partnership) -> AgreedTargetLine:
    target, by = known.target, known.replaced_by
    indicator = partnership.indicators[known.indicator]
    return AgreedTargetLine(
        key=known.key,
        indicator_id=target.indicator,
        measure=indicator.short_name or indicator.name,
        area=partnership.areas[known.area_code].name if known.area_code else "",
        group=spoken_group(target.speaks_for, indicator.by_deprivation),
        asks=target_text(target, indicator),
        set_by=target.set_by,
        decision=target.decision,
        agreed_on=target.agreed_on,
        change=known.change,
        by_version=by[0] if by else None,
        by_decision=by[1] if by else "",
        since=by[2] if by else None,
    )


def _owned(partnership: Partnership, lines: Sequence[IndicatorLine]) -> tuple[OwnedMeasures, ...]:
    found: dict[AreaLevel, list[str]] = {}
    for line in lines:
        found.setdefault(owner_level(partnership, line.indicator_id), []).append(line.short_name or line.name)
    return tuple(
        OwnedMeasures(level=level, measures=tuple(sorted(found[level]))) for level in AreaLevel if level in found
    )


def _version(agreement: Agreement, partnership: Partnership, as_of: date) -> VersionLine:
    earlier = next(iter(partnership.earlier_versions(agreement)), None)
    found = differences(earlier, agreement, partnership.versions_by_indicator) if earlier else ()
    standing = partnership.standing_of(agreement, as_of)
    is_current = partnership.agreement_for(agreement.area_code, as_of) == agreement
    return VersionLine(
        version=agreement.version,
        title=agreement.title,
        effective_from=agreement.effective_from,
        review_by=agreement.review_by,
        decision=agreement.decision,
        reason=agreement.reason,
        supersedes=agreement.supersedes,
        is_in_force=standing.is_in_force and is_current,
        sign_off=_sign_off(agreement, partnership, as_of),
        fingerprint=agreement_fingerprint(agreement),
        differences=tuple(_difference(one, partnership) for one in found),
    )


def _difference(one: Difference, partnership: Partnership) -> DifferenceLine:
    about, by_measure = one.about, (AgreementPart.TARGETS, AgreementPart.RESPONSIBILITIES, AgreementPart.DEFINITIONS)
    frameworks = {framework.id: framework.title for framework in partnership.frameworks}
    if one.part in by_measure and about in partnership.versions_by_indicator:
        about = _measure(partnership, about)
    elif about in frameworks:
        about = frameworks[about]
    elif one.part is AgreementPart.PARTIES:
        about = _name(partnership, about)
    return DifferenceLine(
        part=one.part,
        change=one.change,
        about=about,
        area=partnership.areas[one.area_code].name if one.area_code in partnership.areas else "",
        group=spoken_group(one.breakdown, {}),
        before=_with_names(one, one.before, partnership),
        after=_with_names(one, one.after, partnership),
    )


def _with_names(one: Difference, text: str, partnership: Partnership) -> str:
    """Put names in place of the codes of partners, areas, outcomes and measures, where a text holds any."""
    said, coded = "", text
    if one.part is AgreementPart.PRIORITIES:
        # the title is the partners' own words
        end = min((found for mark in _MARKS if (found := text.find(mark)) >= 0), default=len(text))
        said, coded = text[:end], text[end:]
    elif one.part not in _CODED:
        return text
    outcomes = {outcome.id: outcome.title for framework in partnership.frameworks for outcome in framework.outcomes}

    def named(found: re.Match[str]) -> str:
        code = found[0]
        if code in partnership.partners_by_code:
            partner = partnership.partner(code)
            return partner.short_name or partner.name
        if code in partnership.versions_by_indicator:
            return _measure(partnership, code)
        return partnership.areas[code].name if code in partnership.areas else outcomes.get(code, code)

    return said + re.sub(r"[A-Za-z0-9_-]+", named, coded)


def _contract(contract: SeparateContract, partnership: Partnership) -> ContractLine:
    own = [one for one in contract.measures if one not in contract.shared_measures]
    return ContractLine(
        id=contract.id,
        title=contract.title,
        commissioner=_name(partnership, contract.commissioner),
        holder=_name(partnership, contract.holder),
        subcontractors=_names(partnership, contract.subcontractors),
        from_day=contract.from_day,
        to_day=contract.to_day,
        own_measures=tuple(_measure(partnership, one) for one in own),
        shared_measures=tuple(_measure(partnership, one) for one in contract.shared_measures),
    )
