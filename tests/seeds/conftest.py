"""Switches off what stands behind one feature, where `--switch-off` names it; its test must then fail."""

import pytest

from tests.seeds.seed import SEEDS, switched_off


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the option."""
    parser.addoption("--switch-off", default="", help="the feature whose function is switched off")


@pytest.fixture(autouse=True)
def _switched_off(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    feature = request.config.getoption("--switch-off", default="")
    if feature:
        switched_off(SEEDS[feature], monkeypatch)
