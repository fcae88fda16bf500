"""Runs the small simulation once for all tests of this folder, and reads the figures that are documented."""

import json
from pathlib import Path

import pytest
from benchmarks.simulation.figures import Table
from benchmarks.simulation.page import table_from_json
from benchmarks.simulation.plan import Plan
from benchmarks.simulation.run import EXPERIMENTS, KEPT

PAGE = Path(__file__).parents[2] / "docs" / "chance.md"


@pytest.fixture(scope="session")
def small() -> dict[str, Table]:
    """Every table of a small run."""
    # the seed is another than that of the documented run: these are other draws
    plan = Plan(seed=2, is_large=False)
    return {table.name: table for experiment in EXPERIMENTS for table in experiment(plan)}


@pytest.fixture(scope="session")
def documented() -> dict[str, Table]:
    """Every table of the large run that the documentation prints."""
    kept = json.loads(KEPT.read_text("utf-8"))
    assert kept["size"] == "large"
    return {name: table_from_json(name, given) for name, given in kept["tables"].items()}
