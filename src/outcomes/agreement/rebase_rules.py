"""The rules for the changes at a place from which process limits begin anew: one rule, one function."""

from collections.abc import Iterator
from datetime import date

from outcomes.agreement.agreements import Agreements
from outcomes.definitions import Complaint

__all__ = ["local_rebase", "local_rebase_twice"]


def local_rebase(agreements: Agreements) -> Iterator[Complaint]:
    """Process limits that begin anew at a place are those of a measure of it that has limits."""
    for version in agreements.versions:
        within = agreements.below.get(version.noun.area_code, frozenset())
        for position, change in enumerate(version.noun.rebased):
            at = ("rebased", position)
            if agreements.indicators is not None:
                if change.indicator not in agreements.declared:
                    message = f"no framework in use has an indicator {change.indicator!r}."
                    fix = "Name an indicator by its id, and include its framework."
                    yield version.says(message, fix, *at, "indicator")
                elif change.indicator not in agreements.charted:
                    message = f"limits of {change.indicator!r} begin anew, and no framework names a method for them."
                    yield version.says(
                        message, "Name special_cause in its inclusion, or take it out.", *at, "indicator"
                    )
            if change.area_code and agreements.areas is not None:
                if change.area_code not in agreements.areas:
                    message = f"the area {change.area_code!r} is no area of areas.csv."
                    yield version.says(message, "Correct the code, or add the area.", *at, "area_code")
                elif change.area_code not in within:
                    message = f"the area {change.area_code!r} lies outside {version.noun.area_code!r}."
                    yield version.says(message, "An agreement speaks for its own place.", *at, "area_code")


def local_rebase_twice(agreements: Agreements) -> Iterator[Complaint]:
    """Process limits begin anew once on a day, here or in a framework, and the changes stand earliest first."""
    for version in agreements.versions:
        latest: dict[tuple[str, str], date] = {}
        for position, change in enumerate(version.noun.rebased):
            at = ("rebased", position, "from")
            if change.from_day in agreements.charted.get(change.indicator, frozenset()):
                message = (
                    f"a framework already lets the limits of {change.indicator!r} begin anew on {change.from_day}."
                )
                yield version.says(message, "Keep one of the two.", *at)
            key = (change.indicator, change.area_code or version.noun.area_code)
            before = latest.get(key)
            if before is not None and change.from_day <= before:
                message = f"the change of {change.from_day} stands after that of {before}."
                yield version.says(message, "Put the earliest first, each day once.", *at)
            latest[key] = max(change.from_day, before or change.from_day)
