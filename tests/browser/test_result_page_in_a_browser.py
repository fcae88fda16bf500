"""The page about a return fits a phone, prints upright with every fault, asks for nothing and passes axe-core."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from outcomes.report.result_page import result_page
from tests.browser.test_pages_in_a_browser import RULES, opened
from tests.returned import clean, returned, with_people

KINDS = {"sent back": returned, "let in": clean, "with people": with_people}


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("returns")
    made = {}
    for name, kind in KINDS.items():
        made[name] = folder / f"{name}.html"
        link = "https://example.org/codes/{}".format if name == "sent back" else lambda _: ""
        made[name].write_text(result_page(*kind(), link=link), encoding="utf-8")
    return made


@pytest.mark.parametrize("width", [1280, 768, 640, 390, 320])
@pytest.mark.parametrize("name", KINDS)
def test_a_result_page_never_scrolls_sideways(browser: Browser, pages: dict[str, Path], name: str, width: int) -> None:
    page = opened(browser, pages[name], width)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.close()


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("name", KINDS)
def test_axe_finds_no_violation_in_a_result_page(
    browser: Browser, pages: dict[str, Path], axe: str, name: str, width: int
) -> None:
    page = opened(browser, pages[name], width, bypass_csp=True)
    page.evaluate(axe)
    found = page.evaluate("rules => axe.run(document, {runOnly: rules})", RULES)
    assert [(one["id"], one["nodes"][0]["html"][:200]) for one in found["violations"]] == []
    assert len(found["passes"]) > 10
    page.close()


@pytest.mark.parametrize("name", KINDS)
def test_a_result_page_asks_for_nothing_and_its_style_is_let_in(
    browser: Browser, pages: dict[str, Path], name: str
) -> None:
    page = browser.new_page()
    asked: list[str] = []
    said: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    page.goto(pages[name].as_uri())
    assert (asked, said) == ([pages[name].as_uri()], [])
    assert page.evaluate("getComputedStyle(document.querySelector('.verdict')).borderLeftWidth") == "10px"
    page.close()


def test_a_mark_in_the_sheet_leads_to_its_problem_by_keyboard(browser: Browser, pages: dict[str, Path]) -> None:
    page = opened(browser, pages["sent back"], 1280)
    mark = page.locator("table.sheet a.pin").first
    mark.focus()
    page.keyboard.press("Enter")
    target = page.evaluate("location.hash.slice(1)")
    assert target == mark.get_attribute("href")[1:]  # type: ignore[index]
    assert page.locator(f"#{target}").is_visible()
    page.close()


@pytest.mark.parametrize("name", KINDS)
def test_a_result_page_prints_upright_within_its_paper(
    browser: Browser, pages: dict[str, Path], tmp_path: Path, name: str
) -> None:
    if shutil.which("pdftotext") is None:
        pytest.skip("pdftotext is not here: install poppler-utils")
    page = browser.new_page()
    page.goto(pages[name].as_uri())
    # the text column of A4 less its margins, at 96 pixels an inch
    page.set_viewport_size({"width": 710, "height": 1000})
    page.emulate_media(media="print")
    assert page.evaluate("document.documentElement.scrollWidth") <= 710
    widest = page.evaluate("Math.max(0, ...[...document.querySelectorAll('table')].map(one => one.scrollWidth))")
    assert widest <= 710
    pdf = tmp_path / "page.pdf"
    page.pdf(path=pdf, prefer_css_page_size=True, print_background=True)
    page.close()
    sizes = subprocess.run(["pdfinfo", str(pdf)], check=True, capture_output=True, text=True).stdout
    width, height = map(float, re.findall(r"Page size:\s+([\d.]+) x ([\d.]+)", sizes)[0])
    assert width < height
    text = subprocess.run(["pdftotext", "-raw", str(pdf), "-"], check=True, capture_output=True, text=True).stdout
    flat = re.sub(r"\s+", " ", text)
    assert "What to do next" in flat
    if name == "sent back":
        for said in ("This is not a number", "A part is larger than its whole", "This row is a total, not a place"):
            assert said in flat


def test_small_text_of_a_result_page_is_never_under_13_pixels(browser: Browser, pages: dict[str, Path]) -> None:
    page = opened(browser, pages["sent back"], 390)
    smallest = page.evaluate(
        """() => Math.min(...[...document.querySelectorAll('body *')]
            .filter(one => !one.matches('script, style')
                && [...one.childNodes].some(node => node.nodeType === 3 && node.textContent.trim()))
            .map(one => parseFloat(getComputedStyle(one).fontSize)))"""
    )
    assert smallest >= 13
    page.close()
