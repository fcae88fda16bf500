"""Every feature has one test, in the list's own order, and the list is the one that was given."""

import csv
import importlib
from pathlib import Path

from tests.seeds.seed import FEATURES, SEEDS
from tests.seeds.table import PAGE, table
from tests.shared import SHARED, needs_shared


def _collected() -> None:
    for path in sorted(Path(__file__).parent.glob("test_*.py")):
        importlib.import_module(f"tests.seeds.{path.stem}")


def test_every_feature_has_a_test() -> None:
    _collected()
    assert sorted(set(FEATURES) - set(SEEDS)) == []


def test_what_stands_behind_a_feature_is_there() -> None:
    _collected()
    for one in SEEDS.values():
        module, attribute = one.behind.split(":")
        assert hasattr(importlib.import_module(module), attribute), one.behind


@needs_shared
def test_the_list_is_the_one_that_was_given() -> None:
    assert SHARED is not None
    with (SHARED / "seed_features.csv").open(encoding="utf-8", newline="") as table:
        given = [(row["feature"], row["software_does"], row["check"]) for row in csv.DictReader(table)]
    with Path(__file__).with_name("rows.csv").open(encoding="utf-8", newline="") as table:
        kept = [(row["feature"], row["software_does"], row["check"]) for row in csv.DictReader(table)]
    assert kept == given


def test_the_page_of_what_was_asked_for_is_the_one_that_the_tests_make() -> None:
    assert PAGE.read_text(encoding="utf-8") == table(), "run python -m tests.seeds.table"
