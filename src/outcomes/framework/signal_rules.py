"""The rules for the methods that a framework names, and for process control charts: one rule, one function."""

from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from outcomes.definitions import Complaint, advice, nearest
from outcomes.framework.frameworks import Frameworks
from outcomes.vocabulary import AS_PUBLISHED, PeriodKind, Statistic

__all__ = ["INTERVAL_METHODS", "SIGNAL_METHODS", "rebased_in_order", "unknown_method", "unsuited_special_cause"]

# this room knows no statistics: a test holds the names to the registry of methods
SIGNAL_METHODS: Final = {
    "trend": ("chi_square_proportions", "trend_fingertips_2020", "trend_fingertips_next"),
    "special_cause": ("nhse_excel", "ptd"),
}
"""Of each key of an inclusion, the methods that it may name."""

_OF_COUNTS: Final = ("byar", "exact", "exact_or_byar")
INTERVAL_METHODS: Final[dict[Statistic, tuple[str, ...]]] = {
    Statistic.PROPORTION: ("wilson",),
    Statistic.CRUDE_RATE: _OF_COUNTS,
    Statistic.COUNT: _OF_COUNTS,
    Statistic.MEAN: ("student_t",),
    Statistic.DIRECTLY_STANDARDISED_RATE: ("dobson_byar",),
    Statistic.INDIRECTLY_STANDARDISED_RATIO: (AS_PUBLISHED, *_OF_COUNTS),
    Statistic.LIFE_EXPECTANCY: (AS_PUBLISHED, "chiang_silcocks"),
    Statistic.PUBLISHED_VALUE: (AS_PUBLISHED,),
    Statistic.RATIO: (),
}
"""Of each statistic, the methods of its interval that an indicator may name."""

_SUITED = (PeriodKind.MONTH, PeriodKind.QUARTER)


def unknown_method(frameworks: Frameworks) -> Iterator[Complaint]:
    """A method of a trend, of special cause or of an interval is one that there is, and is for the measure."""
    for source in frameworks.sources:
        for located in source.inclusions:
            for key, methods in SIGNAL_METHODS.items():
                named = getattr(located.noun, key)
                if named and named not in methods:
                    fix = _fix(named, methods, f'write {key}: "" for none')
                    yield located.says(f"no method of {key.replace('_', ' ')} is called {named!r}.", fix, key)
        for defined in source.indicators:
            methods = INTERVAL_METHODS[defined.noun.statistic]
            if defined.noun.method and defined.noun.method not in methods:
                what = defined.noun.statistic.value.replace("_", " ")
                fix = _fix(defined.noun.method, methods, "leave method out for the usual one")
                yield defined.says(f"{defined.noun.method!r} is no method of the interval of a {what}.", fix, "method")


def _fix(named: str, methods: tuple[str, ...], otherwise: str) -> str:
    meant = nearest(named, methods)
    if meant:
        return f"Did you mean {' or '.join(meant)}?"
    return f"Name one of: {', '.join(methods)}; or {otherwise}." if methods else f"{otherwise.capitalize()}."


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
