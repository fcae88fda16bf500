"""What several rules of agreements ask alike: whatever stands a second time, and outcomes that nobody names."""

from collections.abc import Callable, Hashable, Iterable, Iterator
from typing import TypeVar

from outcomes.agreement.agreements import Agreements

__all__ = ["repeated", "unknown_outcome_says"]

Thing = TypeVar("Thing")


def repeated(things: Iterable[Thing], key: Callable[[Thing], Hashable]) -> Iterator[tuple[int, Thing]]:
    """Yield whatever has the key of one before it, with its place, from 0.

    Arguments:
        things: In the order in which they stand.
        key: What no two of them may share.

    >>> list(repeated(["a", "b", "A"], str.casefold))
    [(2, 'A')]
    """
    seen: set[Hashable] = set()
    for position, thing in enumerate(things):
        named = key(thing)
        if named in seen:
            yield position, thing
        seen.add(named)


def unknown_outcome_says(agreements: Agreements, named: str) -> tuple[str, str] | None:
    """Return what is wrong with the id of an outcome, and what to do; None where nothing is, or it is empty.

    Where a framework cannot be read, no outcome can be called unknown.

    Arguments:
        agreements: Say which outcomes there are.
        named: The id.
    """
    if not named or agreements.indicators is None or named in agreements.outcomes:
        return None
    there = ", ".join(sorted(agreements.outcomes))
    fix = f"The outcomes are: {there}." if there else "Add outcomes to a framework.yaml."
    return f"no framework in use has an outcome {named!r}.", fix
