"""The rules for what a framework asks of inequality: one rule, one function."""

from collections.abc import Iterator
from typing import Final

from outcomes.definitions import Complaint, advice, nearest
from outcomes.framework.frameworks import Frameworks
from outcomes.vocabulary import DeprivationOrder

__all__ = ["INEQUALITY_METHODS", "deprivation_in_order", "one_gap", "slope_seed", "unknown_inequality_method"]

_SIMULATED: Final = "slope_index_simulated"
# this room knows no statistics: a test holds the names to the registry of methods
INEQUALITY_METHODS: Final = {
    "inequality": ("gap_trend_fingertips_2020", "gap_trend_fingertips_next"),
    "slope_index": ("slope_index_analytic", _SIMULATED),
}
# what people call their tenths and fifths
_USUAL_NAMES: Final = ("deprivation_decile", "deprivation_quintile")


def unknown_inequality_method(frameworks: Frameworks) -> Iterator[Complaint]:
    """A method of the change of a gap, or of a slope index, is one that there is."""
    for source in frameworks.sources:
        for located in source.inclusions:
            for key, methods in INEQUALITY_METHODS.items():
                named = getattr(located.noun, key)
                if named and named not in methods:
                    meant = nearest(named, methods)
                    fix = f"Did you mean {' or '.join(meant)}?" if meant else f"Name one of: {', '.join(methods)}."
                    message = f"no method of {key.replace('_', ' ')} is called {named!r}."
                    yield located.says(message, f'{fix} Write {key}: "" for none.', key)


def slope_seed(frameworks: Frameworks) -> Iterator[Complaint]:
    """A simulated slope index has its seed, and a seed has something to be drawn."""
    for source in frameworks.sources:
        for located in source.inclusions:
            is_simulated = located.noun.slope_index == _SIMULATED
            seed = located.noun.slope_index_seed
            if is_simulated and seed is None:
                message = "the slope index is simulated, and no seed is given that makes it the same on every machine."
                yield located.says(message, "Add slope_index_seed, a whole number.", "slope_index")
            if seed is not None and seed < 0:
                message = f"the seed is {seed}; expected 0 or more."
                yield located.says(message, "Give another whole number.", "slope_index_seed")
            if seed is not None and not is_simulated:
                message = "there is a slope_index_seed, and nothing is simulated."
                yield located.says(message, f"Name slope_index: {_SIMULATED}, or take it out.", "slope_index_seed")


@advice
def deprivation_in_order(frameworks: Frameworks) -> Iterator[Complaint]:
    """Tenths or fifths by deprivation say which end is the most deprived."""
    orders = " or ".join(DeprivationOrder)
    for source in frameworks.sources:
        for located in source.indicators:
            for position, breakdown in enumerate(located.noun.breakdowns):
                is_named_so = breakdown.dimension.casefold() in _USUAL_NAMES
                if is_named_so and breakdown.deprivation is None and len(breakdown.categories) > 1:
                    message = f"{breakdown.dimension!r} does not say which end is the most deprived, so no gap is told."
                    yield located.says(message, f"Add deprivation: {orders}.", "breakdowns", position)


def one_gap(frameworks: Frameworks) -> Iterator[Complaint]:
    """A measure that is itself a gap is not asked by deprivation too."""
    for source in frameworks.sources:
        for located in source.indicators:
            for position, breakdown in enumerate(located.noun.breakdowns):
                if located.noun.is_gap and breakdown.deprivation is not None:
                    message = f"{located.noun.id!r} is itself a gap, and has groups by deprivation."
                    yield located.says(message, "Take is_gap or the order out.", "breakdowns", position, "deprivation")
