"""The browser and axe-core from the system, never downloaded, and the pages they open; without one, one clear skip."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from outcomes.report.fragment import to_html_fragment
from outcomes.report.pages import place_page
from outcomes.report.result_page import result_page
from outcomes.report.site import write_html
from outcomes.workflows.cataloguing import catalogue, write_catalogue
from tests.browser.opening import KINDS
from tests.report_cards import Collection, bare_scorecard, castlewick, collection, scorecard

FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking"]


def chromium() -> str | None:
    """The path of a browser: OUTCOMES_CHROMIUM, else Debian's."""
    return os.environ.get("OUTCOMES_CHROMIUM") or shutil.which("chromium")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One browser for all tests."""
    path = chromium()
    if path is None:
        pytest.skip("no browser is here: install Debian's chromium, or set OUTCOMES_CHROMIUM to one")
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield opened
        opened.close()


@pytest.fixture(scope="session")
def axe() -> str:
    """The source of axe-core."""
    named = os.environ.get("OUTCOMES_AXE", "")
    if not Path(named).is_file():
        pytest.skip("axe-core is not here: set OUTCOMES_AXE to its axe.min.js")
    return Path(named).read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Every kind of page, by name."""
    folder = tmp_path_factory.mktemp("site")
    write_html(Collection((*collection().cards, bare_scorecard())), folder)
    working = folder / "places" / "working.html"
    working.write_text(place_page(scorecard(product="working copy", draft_reasons=())), encoding="utf-8")
    portal = folder / "portal.html"
    fragments = "".join(to_html_fragment(castlewick(), indicator=name) for name in ("local-01", "20602", "no-points"))
    portal.write_text(
        '<!DOCTYPE html><html lang="en"><head><title>A portal</title></head><body><main><h1>A portal</h1>'
        f"<h2>Outcomes</h2>{fragments}</main></body></html>",
        encoding="utf-8",
    )
    write_catalogue(catalogue(), folder / "catalogue")
    return {
        "catalogue": folder / "catalogue" / "index.html",
        "overview": folder / "index.html",
        "place": folder / "places" / "E54000101.html",
        "measure": folder / "indicators" / "E54000101" / "local-02.html",
        "bare place": folder / "places" / "E54000199.html",
        "working copy": working,
        "portal": portal,
    }


@pytest.fixture(scope="session")
def results(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The page about a return, by the name of its kind."""
    folder = tmp_path_factory.mktemp("returns")
    made = {}
    for name, kind in KINDS.items():
        made[name] = folder / f"{name}.html"
        link = "https://example.org/codes/{}".format if name == "sent back" else lambda _: ""
        made[name].write_text(result_page(*kind(), link=link), encoding="utf-8")
    return made
