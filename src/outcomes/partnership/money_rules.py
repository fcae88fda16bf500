"""The rules that the money of the whole system obeys, over all its agreements: one rule, one function."""

from collections.abc import Iterator
from typing import Final

from outcomes.agreement.model import Agreement, Delegation, money_period
from outcomes.agreement.money_rules import total_complaint
from outcomes.definitions import Complaint, Located, Rule
from outcomes.partnership.reading import World
from outcomes.pounds import pounds

__all__ = ["MONEY_RULES"]


def system_control_total(world: World) -> Iterator[Complaint]:
    """A control total of the system adds up to the pound, stands once, and names partners and areas that exist."""
    if world.description is None:
        return
    says = world.description.says
    totals = world.description.noun.control_totals
    # where a file cannot be read, no code can be called unknown
    partners = world.declared_partners if world.knows_partners else None
    areas = world.geography.declared if world.geography.is_known else None
    for position, total in enumerate(totals):
        at = ("control_totals", position)
        wrong = total_complaint(total)
        if wrong:
            yield says(*wrong, *at, "amount")
        if total.id in [earlier.id for earlier in totals[:position]]:
            yield says(f"control total {total.id!r} stands twice.", "Keep one.", *at, "id")
        for place, part in enumerate(total.parts):
            if partners is not None and part.partner not in partners:
                yield says(
                    f"there is no partner {part.partner!r}.", "Correct the code.", *at, "parts", place, "partner"
                )
        for place, delegated in enumerate(total.delegated):
            if areas is not None and delegated.area_code not in areas:
                message = f"the area {delegated.area_code!r} is no area of areas.csv."
                yield says(message, "Correct the code, or add the area.", *at, "delegated", place, "area_code")


def delegation_of_total(world: World) -> Iterator[Complaint]:
    """A delegated budget is part of a control total of the system, which delegates something to that place."""
    if world.description is None:
        return
    totals = {total.id: total for total in world.description.noun.control_totals}
    for version, position, delegation in _delegations(world):
        if not delegation.control_total:
            continue
        total = totals.get(delegation.control_total)
        at = ("delegations", position, "control_total")
        if total is None:
            there = ", ".join(sorted(totals))
            fix = f"Those are: {there}." if there else "Add it under control_totals in partnership.yaml."
            message = f"partnership.yaml has no control total {delegation.control_total!r}."
            yield version.says(message, fix, *at)
        elif version.noun.area_code not in {part.area_code for part in total.delegated}:
            message = f"control total {total.id!r} delegates nothing to {version.noun.area_code!r}."
            yield version.says(message, "Add the place to what it delegates in partnership.yaml.", *at)


def delegations_reconcile(world: World) -> Iterator[Complaint]:
    """The delegated budgets of a place add up to what the system's control total delegates to it, to the pound."""
    if world.description is None:
        return
    for position, total in enumerate(world.description.noun.control_totals):
        period = money_period(total.period)
        for place, part in enumerate(total.delegated):
            held: dict[int, int] = {}
            for version, _, delegation in _delegations(world):
                ends = delegation.to_day
                is_then = delegation.from_day <= period.last and (ends is None or ends >= period.first)
                is_of = delegation.control_total == total.id and version.noun.area_code == part.area_code
                if is_of and is_then:
                    number = version.noun.version
                    held[number] = held.get(number, 0) + (delegation.budget or 0)
            # of several versions, that which holds at the end of the period
            numbers = [
                version.noun.version
                for source in world.agreements
                for version in source.versions
                if version.noun.area_code == part.area_code and version.noun.effective_from <= period.last
            ]
            told = held.get(max(numbers, default=0), 0)
            if told != part.amount:
                message = (
                    f"control total {total.id!r} delegates {pounds(part.amount)} to {part.area_code!r}, and the "
                    f"delegations of its agreement add up to {pounds(told)}."
                )
                fix = "Correct the budgets under delegations of its agreement, or the amount here."
                yield world.description.says(message, fix, "control_totals", position, "delegated", place, "amount")


def _delegations(world: World) -> Iterator[tuple[Located[Agreement], int, Delegation]]:
    for source in world.agreements:
        for version in source.versions:
            for position, delegation in enumerate(version.noun.delegations):
                yield version, position, delegation


MONEY_RULES: Final[tuple[Rule[World], ...]] = (system_control_total, delegation_of_total, delegations_reconcile)
