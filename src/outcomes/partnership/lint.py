"""Runs every rule about a partnership and lists the rules there are."""

from outcomes.definitions import LOADING_RULES, docs_of
from outcomes.errors import Fault
from outcomes.framework.lint import FRAMEWORK_RULES, lint_frameworks
from outcomes.partnership.reading import World

__all__ = ["lint_world", "rules"]


def lint_world(world: World) -> tuple[Fault, ...]:
    """Return every fault of a partnership's files and of what they mean, and the advice, sorted by file and line."""
    faults = {*world.faults}
    faults |= {*lint_frameworks(world.frameworks, tuple(located.noun for located in world.listed))}
    return tuple(sorted(faults))


def rules() -> dict[str, str]:
    """Return every rule's name and what it asks, sorted."""
    return dict(sorted({**LOADING_RULES, **docs_of(FRAMEWORK_RULES)}.items()))
