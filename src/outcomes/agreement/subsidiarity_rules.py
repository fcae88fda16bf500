"""The rules about which level owns what: an upper level inherits and cannot overwrite. One rule, one function."""

from collections.abc import Iterator

from outcomes.agreement.agreements import Agreements
from outcomes.agreement.model import Agreement, Priority, owned_by_lower
from outcomes.definitions import Complaint, Located
from outcomes.target import Target

__all__ = ["owned_by_another_level", "priority_of_a_lower_level", "target_of_a_lower_level"]


def owned_by_another_level(agreements: Agreements) -> Iterator[Complaint]:
    """What an agreement sets is owned by the level of its place; national targets stand in frameworks."""
    for version in agreements.versions:
        own = agreements.levels.get(version.noun.area_code)
        if own is None:
            continue
        owned: list[tuple[str, int, str, Target | Priority]] = [
            ("targets", place, one.indicator, one) for place, one in enumerate(version.noun.targets)
        ]
        owned += [("priorities", place, one.id, one) for place, one in enumerate(version.noun.priorities)]
        for key, place, named, one in owned:
            if one.set_by is not own:
                message = f"{named!r} is owned by the level {one.set_by.value}, in the agreement of a {own.value}."
                fix = f"Write set_by: {own.value}; what another level owns stands in its own agreement or framework."
                yield version.says(message, fix, key, place, "set_by")


def target_of_a_lower_level(agreements: Agreements) -> Iterator[Complaint]:
    """A target that the agreement of an area within owns is changed there, not by the level above."""
    for version, lower in _above(agreements):
        for position, target in enumerate(version.noun.targets):
            within = agreements.below.get(lower.noun.area_code, frozenset())
            owned = owned_by_lower(target, version.noun.area_code, lower.noun, within)
            if owned is not None:
                of = target.area_code or version.noun.area_code
                message = (
                    f"the target for {target.indicator!r} in {of!r} is owned by the {owned.set_by.value} "
                    f"({lower.origin.file}, version {lower.noun.version}); a {target.set_by.value} cannot set it."
                )
                fix = (
                    f"Agree it in a version {lower.noun.version + 1} of {lower.origin.file}; or set a target for "
                    f"{version.noun.area_code!r} itself, whose figure is added up from its places."
                )
                yield version.says(message, fix, "targets", position)


def priority_of_a_lower_level(agreements: Agreements) -> Iterator[Complaint]:
    """A priority that the agreement of an area within owns is taken over as it stands there."""
    for version, lower in _above(agreements):
        theirs = {priority.id: priority for priority in lower.noun.priorities}
        for position, priority in enumerate(version.noun.priorities):
            owned = theirs.get(priority.id)
            if owned and (owned.title, owned.outcome, owned.indicators) != (
                priority.title,
                priority.outcome,
                priority.indicators,
            ):
                message = (
                    f"the priority {priority.id!r} is owned by the {owned.set_by.value} ({lower.origin.file}, version "
                    f"{lower.noun.version}), and says something else there."
                )
                fix = f"Take it over as it stands, change it in {lower.origin.file}, or give yours an id of its own."
                yield version.says(message, fix, "priorities", position)


def _above(agreements: Agreements) -> Iterator[tuple[Located[Agreement], Located[Agreement]]]:
    """Yield every version with the last version of each agreement for an area within its place."""
    latest = list(agreements.latest)
    for version in agreements.versions:
        within = agreements.below.get(version.noun.area_code, frozenset())
        for lower in latest:
            if lower.noun.area_code != version.noun.area_code and lower.noun.area_code in within:
                yield version, lower
