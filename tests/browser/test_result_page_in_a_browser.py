"""The page about a return fits a phone, prints upright with every fault, asks for nothing and passes axe-core."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser.opening import (
    KINDS,
    asked_and_said,
    opened,
    printed,
    refuse_violations,
    sheet_size,
    smallest_text,
    text_of,
)


@pytest.mark.parametrize("width", [1280, 768, 640, 390, 320])
@pytest.mark.parametrize("name", KINDS)
def test_a_result_page_never_scrolls_sideways(
    browser: Browser, results: dict[str, Path], name: str, width: int
) -> None:
    page = opened(browser, results[name], width)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.close()


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("name", KINDS)
def test_axe_finds_no_violation_in_a_result_page(
    browser: Browser, results: dict[str, Path], axe: str, name: str, width: int
) -> None:
    page = opened(browser, results[name], width, bypass_csp=True)
    page.evaluate(axe)
    refuse_violations(page)
    page.close()


@pytest.mark.parametrize("name", KINDS)
def test_a_result_page_asks_for_nothing_and_its_style_is_let_in(
    browser: Browser, results: dict[str, Path], name: str
) -> None:
    page, asked, said = asked_and_said(browser, results[name])
    assert (asked, said) == ([results[name].as_uri()], [])
    assert page.evaluate("getComputedStyle(document.querySelector('.verdict')).borderLeftWidth") == "10px"
    page.close()


def test_a_mark_in_the_sheet_leads_to_its_problem_by_keyboard(browser: Browser, results: dict[str, Path]) -> None:
    page = opened(browser, results["sent back"], 1280)
    mark = page.locator("table.sheet a.pin").first
    mark.focus()
    page.keyboard.press("Enter")
    target = page.evaluate("location.hash.slice(1)")
    assert target == mark.get_attribute("href")[1:]  # type: ignore[index]
    assert page.locator(f"#{target}").is_visible()
    page.close()


@pytest.mark.parametrize("name", KINDS)
def test_a_result_page_prints_upright_within_its_paper(
    browser: Browser, results: dict[str, Path], tmp_path: Path, name: str
) -> None:
    page = browser.new_page()
    page.goto(results[name].as_uri())
    # the text column of A4 less its margins, at 96 pixels an inch
    page.set_viewport_size({"width": 710, "height": 1000})
    page.emulate_media(media="print")
    assert page.evaluate("document.documentElement.scrollWidth") <= 710
    widest = page.evaluate("Math.max(0, ...[...document.querySelectorAll('table')].map(one => one.scrollWidth))")
    assert widest <= 710
    pdf = printed(page, tmp_path)
    width, height = sheet_size(pdf)
    assert width < height
    flat = re.sub(r"\s+", " ", text_of(pdf, "-raw"))
    assert "What to do next" in flat
    if name == "sent back":
        for said in ("This is not a number", "A part is larger than its whole", "This row is a total, not a place"):
            assert said in flat


def test_small_text_of_a_result_page_is_never_under_13_pixels(browser: Browser, results: dict[str, Path]) -> None:
    page = opened(browser, results["sent back"], 390)
    smallest = smallest_text(page)
    assert smallest >= 13
    page.close()
