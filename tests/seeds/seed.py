"""Ties a test to the feature that it shows, to where a user sees it, and to the function without which it must fail."""

import csv
import importlib
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, TypeVar

import pytest

__all__ = ["FEATURES", "SEEDS", "Seed", "name_of_test", "nothing", "seed", "switched_off", "without"]

Test = TypeVar("Test", bound=Callable[..., Any])


def _features() -> tuple[str, ...]:
    with (Path(__file__).with_name("rows.csv")).open(encoding="utf-8", newline="") as table:
        return tuple(row["feature"] for row in csv.DictReader(table))


# every feature, in the order of the list
FEATURES: Final = _features()


@dataclass(frozen=True)
class Seed:
    """One feature and its test.

    Attributes:
        feature: As in `rows.csv`.
        test: The test's node, such as `tests/seeds/test_places.py::test_place_as_the_unit`.
        seen: Where a user sees it: a page, an export, a command.
        behind: The function without which the test must fail, as `module:attribute`, named where it is looked up.
        off: Given the function (or table), what stands in its place as if the feature were not built.
        waits_for: What the feature waits for, where the test is expected to fail; empty where it is built.
    """

    feature: str
    test: str
    seen: str
    behind: str
    off: Callable[[Any], Any]
    waits_for: str = ""


SEEDS: Final[dict[str, Seed]] = {}


def name_of_test(feature: str) -> str:
    """Return the name that the test of a feature must have."""
    plain = feature.lower().replace("’", "").replace("'", "")
    return "test_" + re.sub(r"[^a-z0-9]+", "_", plain).strip("_")


def seed(
    feature: str, *, seen: str, behind: str, off: Callable[[Any], Any], waits_for: str = ""
) -> Callable[[Test], Test]:
    """Mark the test of a feature; see `Seed` for the arguments."""

    def mark(test: Test) -> Test:
        if feature not in FEATURES:
            raise ValueError(f"{feature!r} is no feature of rows.csv")
        if feature in SEEDS:
            raise ValueError(f"{feature!r} has a test already: {SEEDS[feature].test}")
        if test.__name__ != name_of_test(feature):
            raise ValueError(f"the test of {feature!r} is to be called {name_of_test(feature)}")
        file = test.__module__.replace(".", "/") + ".py"
        SEEDS[feature] = Seed(feature, f"{file}::{test.__name__}", seen, behind, off, waits_for)
        if not waits_for:
            return test
        marked: Test = pytest.mark.xfail(reason=waits_for, strict=True)(test)
        return marked

    return mark


def nothing(*found: Any) -> Callable[[Any], Any]:
    """Return what switches a function off: it then gives the first of `found`, or None."""
    given = found[0] if found else None
    return lambda _: lambda *_args, **_named: given


def without(name: str) -> Callable[[Any], Any]:
    """Return what takes one rule out of a table of rules, by the name of its function."""

    def leave_out(rules: Any) -> Any:
        left = tuple(rule for rule in rules if rule.__name__ != name)
        assert len(left) == len(rules) - 1, f"there is no rule {name}"
        return left

    return leave_out


def switched_off(one: Seed, patch: pytest.MonkeyPatch) -> None:
    """Put what stands for a feature's absence in the place of the function behind it."""
    module_name, attribute = one.behind.split(":")
    module = importlib.import_module(module_name)
    patch.setattr(module, attribute, one.off(getattr(module, attribute)))
