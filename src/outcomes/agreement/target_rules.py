"""The rules about the targets of an agreement: one rule, one function."""

from collections.abc import Iterator

from outcomes.agreement.agreements import Agreements
from outcomes.agreement.meeting_rules import agreed_references
from outcomes.agreement.model import Agreement, names_decision, target_sort, target_substance
from outcomes.definitions import Complaint
from outcomes.framework.target_rules import first_judged, target_complaints, target_marks
from outcomes.target import Target

__all__ = ["local_target", "target_outside_place", "target_signed_after_its_data", "target_twice"]


def local_target(agreements: Agreements) -> Iterator[Complaint]:
    """A local target can be read for its indicator, and was set before the data it judges."""
    for version in agreements.versions:
        for position, target in enumerate(version.noun.targets):
            versions = (agreements.indicators or {}).get(target.indicator, ())
            if versions:
                for message, fix, path in target_complaints(target, versions[-1]):
                    yield version.says(message, fix, "targets", position, *path)


def target_signed_after_its_data(agreements: Agreements) -> Iterator[Complaint]:
    """A target was signed, or decided by the register, before the data it judges; its own word for it is not enough."""
    before = {id(later): earlier for earlier, later in agreements.succeeded}
    for source in agreements.sources:
        register = agreed_references(source)
        for version in source.versions:
            signed = version.noun.first_signed_on
            # what nobody has signed is a draft, and binds nobody yet
            if signed is None:
                continue
            earlier = before.get(id(version))
            stood = _said(earlier.noun) if earlier else frozenset()
            for position, target in enumerate(version.noun.targets):
                versions = (agreements.indicators or {}).get(target.indicator, ())
                judged = first_judged(target, versions[-1]) if versions else None
                is_claimed = judged is not None and target.agreed_on <= judged.first < signed
                if not is_claimed or _as_said(target, version.noun) in stood:
                    continue
                if any(names_decision(target.decision, reference) for reference in register):
                    continue
                message = (
                    f"the target for {target.indicator!r} says that it was agreed on {target.agreed_on}; it stands in "
                    f"no version that anybody had signed before {signed}, after {judged} had begun, and in no register "
                    "of decisions."
                )
                fix = (
                    "Enter the meeting and the decision that agreed it in meetings.csv and decisions.csv, or choose a "
                    "later period."
                )
                yield version.says(message, fix, "targets", position, "agreed_on")


def target_outside_place(agreements: Agreements) -> Iterator[Complaint]:
    """A local target is for its place or an area within it."""
    for version in agreements.versions:
        within = agreements.below.get(version.noun.area_code, frozenset())
        for position, target in enumerate(version.noun.targets):
            at = ("targets", position)
            if not target.area_code:
                fix = f"Write area_code: {version.noun.area_code}, or an area within it."
                yield version.says("a local target names its area.", fix, *at)
            elif agreements.areas and target.area_code in agreements.areas and target.area_code not in within:
                message = f"the area {target.area_code!r} lies outside {version.noun.area_code!r}."
                yield version.says(message, "An agreement sets targets for its own place.", *at, "area_code")


def target_twice(agreements: Agreements) -> Iterator[Complaint]:
    """There is one target of a sort for an indicator, area, group and period in a version."""
    for version in agreements.versions:
        seen: set[tuple[str, ...]] = set()
        for position, target in enumerate(version.noun.targets):
            if target_marks(target) & seen:
                message = f"there is already a target for {target.indicator!r}, this area, group and period."
                yield version.says(message, "Keep one of them.", "targets", position)
            seen |= target_marks(target)


def _said(agreement: Agreement) -> frozenset[tuple[str, ...]]:
    return frozenset(_as_said(target, agreement) for target in agreement.targets)


def _as_said(target: Target, agreement: Agreement) -> tuple[str, ...]:
    return (*target_sort(target, agreement.area_code), target_substance(target))
