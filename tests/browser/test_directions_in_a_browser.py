"""The pages of a measure, a partner, the nation and the public: silent, narrow, printed, without violation."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from outcomes.report.site import write_html
from tests.browser.opening import asked_and_said, opened, printed, refuse_violations, smallest_text, text_of
from tests.direction_cards import released, with_partners
from tests.report_cards import Collection, bare_scorecard, castlewick, collection

PAGES = (
    "measure",
    "monthly measure",
    "no point",
    "partner",
    "nation",
    "public",
    "bare nation",
    "bare public",
)


@pytest.fixture(scope="module")
def directions(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """One page of each kind, by name."""
    folder = tmp_path_factory.mktemp("directions")
    card = released(with_partners(castlewick()))
    others = tuple(one for one in collection().cards if one.place.area_code != card.place.area_code)
    write_html(Collection((card, *others, bare_scorecard())), folder)
    code = card.place.area_code
    return {
        "measure": folder / "indicators" / code / "local-01.html",
        "monthly measure": folder / "indicators" / code / "local-02.html",
        "no point": folder / "indicators" / code / "no-points.html",
        "partner": folder / "partners" / "VA.html",
        "nation": folder / "national" / f"{code}.html",
        "public": folder / "public" / f"{code}.html",
        "bare nation": folder / "national" / "E54000199.html",
        "bare public": folder / "public" / "E54000199.html",
    }


@pytest.mark.parametrize("width", [1280, 768, 390, 320])
@pytest.mark.parametrize("name", PAGES)
def test_a_page_never_scrolls_sideways(browser: Browser, directions: dict[str, Path], name: str, width: int) -> None:
    page = opened(browser, directions[name], width)
    for _ in range(2):
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true })")
    page.close()


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_no_violation(browser: Browser, directions: dict[str, Path], axe: str, name: str, width: int) -> None:
    page = opened(browser, directions[name], width, bypass_csp=True)
    page.evaluate(axe)
    for _ in range(2):
        refuse_violations(page)
        page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true })")
    page.close()


@pytest.mark.parametrize("name", PAGES)
def test_a_page_asks_for_nothing_and_breaks_no_rule_of_its_own(
    browser: Browser, directions: dict[str, Path], name: str
) -> None:
    page, asked, said = asked_and_said(browser, directions[name])
    assert asked == [directions[name].as_uri()]
    assert said == []
    page.close()


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("name", PAGES)
def test_no_text_is_smaller_than_13_pixels(
    browser: Browser, directions: dict[str, Path], name: str, width: int
) -> None:
    page = opened(browser, directions[name], width)
    page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true })")
    assert smallest_text(page, "script, style, svg *") >= 13
    page.close()


@pytest.mark.parametrize("name", ["measure", "partner", "nation", "public"])
def test_a_printed_page_has_its_mark_and_no_more_sheets_than_a_reader_takes(
    browser: Browser, directions: dict[str, Path], tmp_path: Path, name: str
) -> None:
    page = browser.new_page()
    page.goto(directions[name].as_uri())
    sheets = text_of(printed(page, tmp_path), "-raw").split("\f")[:-1]
    assert 1 < len(sheets) < 24
    letters = [re.sub(r"\s+", "", sheet).upper() for sheet in sheets]
    assert all("DRAFT" in text for text in letters)
