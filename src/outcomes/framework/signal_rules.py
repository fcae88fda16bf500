"""The rules for what a framework asks of process control charts: one rule, one function."""

from collections.abc import Iterator
from itertools import pairwise

from outcomes.definitions import Complaint, advice
from outcomes.framework.frameworks import Frameworks
from outcomes.vocabulary import PeriodKind

__all__ = ["rebased_in_order", "unsuited_special_cause"]

_SUITED = (PeriodKind.MONTH, PeriodKind.QUARTER)


@advice
def unsuited_special_cause(frameworks: Frameworks) -> Iterator[Complaint]:
    """Process control charts are for monthly and quarterly figures."""
    for source in frameworks.sources:
        for located in source.inclusions:
            indicator = frameworks.usable[source.id].get(located.noun.indicator, {}).get(located.noun.version)
            if indicator is None or not located.noun.special_cause or indicator.period in _SUITED:
                continue
            message = f"{located.noun.indicator!r} is sent by {indicator.period.value.replace('_', ' ')}; special "
            message += "cause is told only of months and quarters."
            yield located.says(message, "Leave special_cause out.", "special_cause")


def rebased_in_order(frameworks: Frameworks) -> Iterator[Complaint]:
    """The changes from which limits begin anew stand once each, earliest first, beside the method they are for."""
    for source in frameworks.sources:
        for located in source.inclusions:
            days = [change.from_day for change in located.noun.rebased]
            if days and not located.noun.special_cause:
                message = "limits begin anew, and no special-cause method is named that has limits."
                yield located.says(message, "Name special_cause, or leave rebased out.", "rebased")
            for position, (before, after) in enumerate(pairwise(days), 1):
                if after <= before:
                    message = f"the change of {after} stands after that of {before}."
                    yield located.says(message, "Put the earliest first, each day once.", "rebased", position, "from")
