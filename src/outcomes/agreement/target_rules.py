"""The rules about the targets of an agreement: one rule, one function."""

from collections.abc import Iterator

from outcomes.agreement.agreements import Agreements
from outcomes.definitions import Complaint
from outcomes.framework.target_rules import target_complaints, target_marks

__all__ = ["local_target", "target_outside_place", "target_twice"]


def local_target(agreements: Agreements) -> Iterator[Complaint]:
    """A local target can be read for its indicator, and was set before the data it judges."""
    for version in agreements.versions:
        for position, target in enumerate(version.noun.targets):
            versions = (agreements.indicators or {}).get(target.indicator, ())
            if versions:
                for message, fix, path in target_complaints(target, versions[-1]):
                    yield version.says(message, fix, "targets", position, *path)


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
