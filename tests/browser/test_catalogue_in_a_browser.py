"""The catalogue is searched where scripts run, whole where none does, fits a phone, prints and passes axe-core."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.opening import asked_and_said, opened, printed, refuse_violations, text_of


def visible(page: Page) -> list[str]:
    ids: list[str] = page.evaluate(
        "[...document.querySelectorAll('tbody.entry')].filter(one => one.checkVisibility()).map(one => one.id)"
    )
    return ids


@pytest.mark.parametrize("width", [1280, 768, 640, 390, 320])
def test_the_catalogue_never_scrolls_sideways(browser: Browser, site: dict[str, Path], width: int) -> None:
    page = opened(browser, site["catalogue"], width)
    for _ in range(2):
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true })")
    page.close()


@pytest.mark.parametrize("width", [1280, 390])
def test_axe_finds_no_violation_in_the_catalogue(browser: Browser, site: dict[str, Path], axe: str, width: int) -> None:
    page = opened(browser, site["catalogue"], width, bypass_csp=True)
    page.evaluate("document.querySelectorAll('#set-bcf ~ table details').forEach(one => { one.open = true })")
    page.evaluate(axe)
    refuse_violations(page)
    page.close()


def test_without_a_script_the_whole_list_is_there_and_no_dead_search(browser: Browser, site: dict[str, Path]) -> None:
    page = opened(browser, site["catalogue"], 1280, java_script_enabled=False)
    assert page.locator("tbody.entry").count() == 188
    assert page.locator("tbody.entry >> visible=true").count() == 188
    assert not page.locator("#find").is_visible()
    page.locator("#bcf--22401 summary").click()
    assert page.locator("#bcf--22401").get_by_text("phof/22401@1").is_visible()
    page.close()


def test_words_and_choices_narrow_the_list_and_one_press_shows_it_all(browser: Browser, site: dict[str, Path]) -> None:
    page, _, said = asked_and_said(browser, site["catalogue"])
    assert page.inner_text("#shown") == "188 of 188 shown"
    page.fill("#words", "FALLS admissions")
    assert set(visible(page)) == {"bcf--22401", "bcf-2023-25--22401", "phof--22401"}
    assert page.inner_text("#shown") == "3 of 188 shown"
    # what holds nothing any more is not there, heading and all
    assert page.locator("section.set >> visible=true").count() == 3
    page.select_option("#part", "phof")
    assert visible(page) == ["phof--22401"]
    page.fill("#words", "no such thing")
    assert visible(page) == []
    assert page.locator("#none").is_visible()
    page.get_by_role("button", name="Show everything").click()
    page.wait_for_function("document.getElementById('shown').textContent === '188 of 188 shown'")
    page.select_option("#state", "memory")
    page.select_option("#direction", "lower_is_better")
    page.select_option("#part", "core20plus5/children")
    assert visible(page) == ["core20plus5--core20-cyp-asthma", "core20plus5--core20-cyp-oral-health"]
    page.get_by_role("button", name="Show everything").click()
    page.check("#shared")
    page.wait_for_function("document.getElementById('shown').textContent.startsWith('34 ')")
    assert said == []
    page.close()


def test_a_link_to_what_is_filtered_out_shows_it(browser: Browser, site: dict[str, Path]) -> None:
    page = opened(browser, site["catalogue"], 1280)
    page.fill("#words", "BCF S2")
    assert "phof--22401" not in visible(page) or len(visible(page)) < 10
    page.select_option("#part", "bcf")
    page.locator("#bcf--22401 .others a").filter(has_text="Public Health Outcomes Framework").click()
    page.wait_for_function("document.getElementById('phof--22401').checkVisibility()")
    assert page.locator("#phof--22401 details").get_attribute("open") is not None
    top = page.evaluate("document.getElementById('phof--22401').getBoundingClientRect().top")
    bar = page.evaluate("document.getElementById('find').getBoundingClientRect().bottom")
    # not under the search that stays at the top
    assert top >= bar - 1
    page.close()


def test_the_catalogue_prints_landscape_with_its_heads_and_without_the_search(
    browser: Browser, site: dict[str, Path], tmp_path: Path
) -> None:
    page = browser.new_page()
    page.goto(site["catalogue"].as_uri())
    page.select_option("#part", "bcf")
    pdf = printed(page, tmp_path)
    text = text_of(pdf, "-layout")
    sheets = text.split("\f")[:-1]
    # what is shown is what is printed: the head, and one set
    assert len(sheets) <= 3
    assert "Words, codes or ids" not in text
    with_entries = [sheet for sheet in sheets if "Code BCF" in sheet]
    assert with_entries
    assert all(re.search(r"Indicator\s+Value and rhythm\s+Good", sheet) for sheet in with_entries)
    assert "Core20PLUS5 CYP" not in text
