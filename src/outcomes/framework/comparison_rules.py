"""The rules for what a framework compares with, and how far it allows for overdispersion: one rule, one function."""

from collections.abc import Iterator
from typing import Final

from outcomes.definitions import Complaint
from outcomes.framework.frameworks import Frameworks
from outcomes.vocabulary import BenchmarkKind

__all__ = ["OVERDISPERSION_CHOICES", "earlier_without_periods", "unknown_overdispersion_method"]

# this room knows no statistics: a test holds the names to the registry of methods
OVERDISPERSION_CHOICES: Final = (
    "auto",
    "none",
    "funnel_additive_corrected",
    "funnel_additive",
    "funnel_multiplicative",
)


def earlier_without_periods(frameworks: Frameworks) -> Iterator[Complaint]:
    """An own earlier value says how many periods back it lies, and nothing else does."""
    for source in frameworks.sources:
        for located in source.inclusions:
            is_earlier = BenchmarkKind.OWN_EARLIER_VALUE in located.noun.benchmarks
            if is_earlier and located.noun.periods_back is None:
                message = "an own_earlier_value benchmark does not say how many periods back it lies."
                yield located.says(message, "Add periods_back, such as 12 for a year of months.", "benchmarks")
            if not is_earlier and located.noun.periods_back is not None:
                message = "there are periods_back, and own_earlier_value is none of the benchmarks."
                yield located.says(message, "Add own_earlier_value to benchmarks.", "periods_back")


def unknown_overdispersion_method(frameworks: Frameworks) -> Iterator[Complaint]:
    """How a comparison allows for overdispersion is one of the ways that there are."""
    for source in frameworks.sources:
        for located in source.inclusions:
            if located.noun.overdispersion not in OVERDISPERSION_CHOICES:
                message = f"no way to allow for overdispersion is called {located.noun.overdispersion!r}."
                fix = f"Write one of: {', '.join(OVERDISPERSION_CHOICES)}."
                yield located.says(message, fix, "overdispersion")
