"""What is different from one version of an agreement to the next: Difference, differences, replaced_targets."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, TypeVar

from outcomes.agreement.model.agreement import Agreement, Responsibility
from outcomes.agreement.model.contracts import SeparateContract
from outcomes.agreement.model.form import Binding
from outcomes.agreement.model.money import ControlTotal, Delegation
from outcomes.agreement.model.priorities import Priority
from outcomes.agreement.model.target_identity import target_sort, target_substance
from outcomes.agreement.model.target_text import target_text
from outcomes.framework.model import Indicator
from outcomes.period import period_from_text
from outcomes.pounds import pounds
from outcomes.target import Target
from outcomes.vocabulary import AgreementPart, Change

__all__ = [
    "WEIGHTY",
    "Definitions",
    "Difference",
    "ReplacedTarget",
    "differences",
    "replaced_targets",
]

Thing = TypeVar("Thing")

Definitions = Mapping[str, Sequence[Indicator]]

# what may not change or go without a reason and a decision of its own
WEIGHTY: Final = frozenset({AgreementPart.TARGETS, AgreementPart.PRIORITIES, AgreementPart.DEFINITIONS})


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that differs.

    Attributes:
        part: Of what it is a part.
        change: Whether it was set, changed or dropped.
        about: What it is about: an indicator's id, a partner's code, a priority's id, a key of the agreement.
        area_code, breakdown: Of a target, whose it is; else empty.
        before, after: What stood there, and what stands there now; empty where nothing did.
        position: Of a target or priority that was changed or set, its place in the later version, from 0; -1 else.
    """

    part: AgreementPart
    change: Change
    about: str
    before: str
    after: str
    area_code: str = ""
    breakdown: str = ""
    position: int = -1

    @property
    def is_weighty(self) -> bool:
        """Whether it needs a reason and a decision of its own: something agreed is changed or taken away."""
        return self.part in WEIGHTY and self.change is not Change.SET


@dataclass(frozen=True, slots=True)
class ReplacedTarget:
    """A target of an earlier version that a later one changed or dropped.

    Attributes:
        position: Its place in the earlier version, from 0.
        target: As it was agreed.
        change: Changed or dropped.
        successor: Its place in the later version, from 0; None of a dropped one.
    """

    position: int
    target: Target
    change: Change
    successor: int | None = None


def replaced_targets(
    earlier: Agreement, later: Agreement, definitions: Definitions | None = None
) -> tuple[ReplacedTarget, ...]:
    """Return the targets of a version that the next one changed or dropped, in the order in which they stood.

    A target whose period had ended before the later version took effect has ended; it was not dropped. Of one measure,
    area, group and sort, targets are matched by the period in which they end, then in the order of time.

    Arguments:
        earlier, later: Two versions of one agreement.
        definitions: The versions of each indicator by its id, from which the end of a period is read; without one, no
            target counts as ended.
    """
    found = []
    of_later = _by_sort(later)
    for sort, stood in _by_sort(earlier).items():
        ends = [one for one in stood if not _has_ended(one[1], later.effective_from, definitions or {})]
        stands = of_later.get(sort, [])
        kept = {target_substance(target) for _, target in stands} & {target_substance(target) for _, target in ends}
        before = [one for one in ends if target_substance(one[1]) not in kept]
        after = [one for one in stands if target_substance(one[1]) not in kept]
        pairs = _paired(before, after)
        for position, target in before:
            successor = pairs.get(position)
            change = Change.DROPPED if successor is None else Change.CHANGED
            found.append(ReplacedTarget(position, target, change, successor))
    return tuple(sorted(found, key=lambda one: one.position))


def differences(earlier: Agreement, later: Agreement, definitions: Definitions | None = None) -> tuple[Difference, ...]:
    """Return everything in which two versions of an agreement differ, part by part.

    Arguments:
        earlier, later: Two versions of one agreement.
        definitions: The versions of each indicator by its id; without them, definitions are told by the versions of
            frameworks alone.
    """
    known = definitions or {}
    found = [
        *_targets(earlier, later, known),
        *_each(AgreementPart.PRIORITIES, _priorities(earlier), _priorities(later), _places(later)),
        *_definitions(earlier, later, known),
        *_each(AgreementPart.RESPONSIBILITIES, _roles(earlier), _roles(later)),
        *_each(AgreementPart.PARTIES, _parties(earlier), _parties(later)),
        *_each(AgreementPart.SIGN_OFF, {"sign_off": _sign_off(earlier)}, {"sign_off": _sign_off(later)}),
        *_each(AgreementPart.FORM, {"form": _form(earlier)}, {"form": _form(later)}),
        *_each(AgreementPart.BINDS, _binds(earlier), _binds(later)),
        *_each(AgreementPart.FRAMEWORKS, dict.fromkeys(earlier.frameworks, ""), dict.fromkeys(later.frameworks, "")),
        *_each(AgreementPart.PURPOSE, _purpose(earlier), _purpose(later)),
        *_each(AgreementPart.CONTRACTS, _contracts(earlier), _contracts(later)),
        *_each(AgreementPart.MONEY, _money(earlier), _money(later)),
        *_each(AgreementPart.CLOCKS, _clocks(earlier), _clocks(later)),
        *_each(AgreementPart.LIMITS, _limits(earlier), _limits(later)),
        *_each(AgreementPart.DATES, _dates(earlier), _dates(later)),
    ]
    return tuple(found)


def _by_sort(agreement: Agreement) -> dict[tuple[str, ...], list[tuple[int, Target]]]:
    """The targets of a version with their places, by what they are for."""
    found: dict[tuple[str, ...], list[tuple[int, Target]]] = {}
    for position, target in enumerate(agreement.targets):
        found.setdefault(target_sort(target, agreement.area_code), []).append((position, target))
    return found


def _has_ended(target: Target, day: date, definitions: Definitions) -> bool:
    versions = definitions.get(target.indicator, ())
    if not versions:
        return False
    try:
        return period_from_text(versions[-1].period, target.last_period).last < day
    except ValueError:
        # the target's own fault is said elsewhere
        return False


def _paired(before: Sequence[tuple[int, Target]], after: Sequence[tuple[int, Target]]) -> dict[int, int]:
    """The place of each earlier target with that of the later one that took its place."""
    pairs: dict[int, int] = {}
    left = dict(after)
    for position, target in before:
        same = next((place for place, one in left.items() if one.last_period == target.last_period), None)
        if same is not None:
            pairs[position] = same
            left.pop(same)
    unmatched = [one for one in before if one[0] not in pairs]
    in_time = sorted(left, key=lambda place: left[place].last_period)
    for (position, _), place in zip(sorted(unmatched, key=lambda one: one[1].last_period), in_time, strict=False):
        pairs[position] = place
    return pairs


def _targets(earlier: Agreement, later: Agreement, definitions: Definitions) -> Iterator[Difference]:
    replaced = replaced_targets(earlier, later, definitions)
    said = {(*key, target_substance(target)) for key, targets in _by_sort(earlier).items() for _, target in targets}
    for one in replaced:
        new = later.targets[one.successor] if one.successor is not None else None
        yield Difference(
            AgreementPart.TARGETS,
            one.change,
            one.target.indicator,
            _asks(one.target, definitions),
            _asks(new, definitions) if new else "",
            one.target.area_code or earlier.area_code,
            one.target.speaks_for,
            one.successor if one.successor is not None else -1,
        )
    successors = {one.successor for one in replaced}
    for key, targets in _by_sort(later).items():
        for position, target in targets:
            if position not in successors and (*key, target_substance(target)) not in said:
                area_code = target.area_code or later.area_code
                text, group = _asks(target, definitions), target.speaks_for
                yield Difference(
                    AgreementPart.TARGETS, Change.SET, target.indicator, "", text, area_code, group, position
                )


def _asks(target: Target, definitions: Definitions) -> str:
    return target_text(target, next(iter(reversed(definitions.get(target.indicator, ()))), None))


def _each(
    part: AgreementPart, before: Mapping[str, str], after: Mapping[str, str], places: Mapping[str, int] | None = None
) -> Iterator[Difference]:
    for about in dict.fromkeys((*before, *after)):
        if about not in after:
            yield Difference(part, Change.DROPPED, about, before[about], "")
        elif about not in before:
            yield Difference(part, Change.SET, about, "", after[about], position=(places or {}).get(about, -1))
        elif before[about] != after[about]:
            position = (places or {}).get(about, -1)
            yield Difference(part, Change.CHANGED, about, before[about], after[about], position=position)


def _definitions(earlier: Agreement, later: Agreement, definitions: Definitions) -> Iterator[Difference]:
    """The frameworks whose edition differs, and the indicators whose definition on the first day does."""
    editions = [dict(text.partition("@")[::2] for text in one.framework_versions) for one in (earlier, later)]
    for framework in (one for one in editions[0] if one in editions[1]):
        old, new = editions[0][framework], editions[1][framework]
        if old != new:
            yield Difference(AgreementPart.DEFINITIONS, Change.CHANGED, framework, f"edition {old}", f"edition {new}")
    for indicator in sorted(_named(earlier) & _named(later)):
        versions = definitions.get(indicator, ())
        before, after = (_on(versions, one.effective_from) for one in (earlier, later))
        if before is not None and after is not None and before is not after:
            old, new = (f"version {one.version}: {one.name}" for one in (before, after))
            yield Difference(AgreementPart.DEFINITIONS, Change.CHANGED, indicator, old, new)


def _named(agreement: Agreement) -> set[str]:
    """The indicators that an agreement itself speaks of."""
    return {
        *(target.indicator for target in agreement.targets),
        *(one for duty in agreement.responsibilities for one in duty.indicators),
        *(one for priority in agreement.priorities for one in priority.indicators),
    }


def _on(versions: Iterable[Indicator], day: date) -> Indicator | None:
    return max((one for one in versions if one.holds_on(day)), key=lambda one: one.version, default=None)


def _joined(things: Iterable[Thing], text: Callable[[Thing], str]) -> str:
    return ", ".join(sorted(text(one) for one in things))


def _priorities(agreement: Agreement) -> dict[str, str]:
    return {priority.id: _priority(priority) for priority in agreement.priorities}


def _priority(priority: Priority) -> str:
    measures = f"; shown by {_joined(priority.indicators, str)}" if priority.indicators else ""
    outcome = f"; serves {priority.outcome}" if priority.outcome else ""
    return f"{priority.title}{outcome}{measures}"


def _places(agreement: Agreement) -> dict[str, int]:
    return {priority.id: position for position, priority in enumerate(agreement.priorities)}


def _roles(agreement: Agreement) -> dict[str, str]:
    found: dict[str, set[str]] = {}
    for duty in agreement.responsibilities:
        for indicator in duty.indicators:
            found.setdefault(indicator, set()).add(_role(duty))
    return {indicator: ", ".join(sorted(roles)) for indicator, roles in sorted(found.items())}


def _role(duty: Responsibility) -> str:
    whom = " ".join(part for part in (duty.area_code, duty.breakdown) if part)
    return f"{duty.partner} {duty.role.value.replace('_', ' ')}" + (f" ({whom})" if whom else "")


def _parties(agreement: Agreement) -> dict[str, str]:
    return {party.partner: party.signatory_role for party in agreement.parties}


def _sign_off(agreement: Agreement) -> str:
    rule = agreement.sign_off
    parts = [rule.rule.value.replace("_", " ")]
    parts += [f"{rule.number} parties"] if rule.number else []
    parts += [f"{rule.sectors} sectors"] if rule.sectors else []
    parts += [rule.lead] if rule.lead else []
    parts += [f"with {_joined(rule.required, str)}"] if rule.required else []
    return ", ".join(parts)


def _form(agreement: Agreement) -> str:
    kind = f" ({agreement.contract_kind.value.replace('_', ' ')})" if agreement.contract_kind else ""
    return agreement.form.value.replace("_", " ") + kind


def _binds(agreement: Agreement) -> dict[str, str]:
    return {one.what: _binding(one) for one in agreement.binds}


def _binding(one: Binding) -> str:
    said = [one.matter.value.replace("_", " ")]
    said += [pounds(one.budget)] if one.budget is not None else []
    said += [f"under delegation {one.delegation}"] if one.delegation else []
    return ", ".join(said)


def _purpose(agreement: Agreement) -> dict[str, str]:
    found = {"mission": agreement.mission} if agreement.mission else {}
    found |= dict.fromkeys(agreement.shared_commitments, "")
    if agreement.accountable_role:
        found["accountable role"] = f"{agreement.accountable_role.role}, {agreement.accountable_role.partner}"
    # each of a partner's statutory officers, by the office
    return found | {f"{one.role}, {one.partner}": "" for one in agreement.statutory_roles}


def _contracts(agreement: Agreement) -> dict[str, str]:
    return {one.id: _contract(one) for one in agreement.contracts}


def _contract(one: SeparateContract) -> str:
    until = f"until {one.to_day}" if one.to_day is not None else "until it is ended"
    under = f", with {_joined(one.subcontractors, str)} under it" if one.subcontractors else ""
    shared = _joined(one.shared_measures, str) or "none"
    measures = f"measures {_joined(one.measures, str) or 'none'}, of them shared {shared}"
    return f"{one.title}; {one.commissioner} with {one.holder}{under}; from {one.from_day} {until}; {measures}"


def _money(agreement: Agreement) -> dict[str, str]:
    found = {f"control total {one.id}": _control_total(one) for one in agreement.control_totals}
    found |= {f"delegation {one.id}": _delegation(one) for one in agreement.delegations}
    for risk in agreement.risk_shares:
        shares = _joined(risk.shares, lambda one: f"{one.partner} {one.share}")
        found[f"risk of {risk.control_total}"] = "; ".join(text for text in (shares, risk.terms) if text)
    return found


def _control_total(total: ControlTotal) -> str:
    parts = _joined(total.parts, lambda one: f"{one.partner} {pounds(one.amount)}")
    return f"{total.title}, {total.period}, {pounds(total.amount)} {total.basis.value}" + (
        f": {parts}" if parts else ""
    )


def _delegation(one: Delegation) -> str:
    budget = pounds(one.budget) if one.budget is not None else "no budget"
    until = f"until {one.to_day}" if one.to_day is not None else "until it is revoked"
    of = f" of {one.control_total}" if one.control_total else ""
    serves = f"; serves {_joined(one.outcomes, str)}" if one.outcomes else ""
    who = f"{one.from_partner} to {one.to_body}, by {one.instrument}"
    return f"{one.function}; {who}; {budget}{of}; from {one.from_day} {until}{serves}"


def _clocks(agreement: Agreement) -> dict[str, str]:
    allowed = {
        "a challenge": agreement.clocks.challenge_reply_days,
        "an unwelcome figure": agreement.clocks.figure_reply_days,
    }
    return {about: f"{days} days" for about, days in allowed.items() if days is not None}


def _limits(agreement: Agreement) -> dict[str, str]:
    """From which days process limits begin anew, measure by measure."""
    found: dict[str, list[str]] = {}
    for one in agreement.rebased:
        found.setdefault(f"{one.indicator} {one.area_code}".strip(), []).append(f"{one.from_day}: {one.because}")
    return {about: "; ".join(said) for about, said in found.items()}


def _dates(agreement: Agreement) -> dict[str, str]:
    return {"review_by": agreement.review_by.isoformat()}
