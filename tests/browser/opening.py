"""How the tests open a page, print it, and ask the same of every page: axe-core, silence, width, size of text."""

import re
import shutil
import subprocess
from pathlib import Path
from typing import Any, Final

import pytest
from playwright.sync_api import Browser, Page

from tests.returned import clean, returned, with_people

__all__ = [
    "KINDS",
    "asked_and_said",
    "opened",
    "printed",
    "refuse_violations",
    "sheet_size",
    "smallest_text",
    "text_of",
]

# the pages about returns
KINDS: Final = {"sent back": returned, "let in": clean, "with people": with_people}
_RULES: Final = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# marks over a drawing, and what nobody reads, are passed over
_SMALLEST: Final = """passed => Math.min(...[...document.querySelectorAll('body *')]
    .filter(one => !one.matches(passed)
        && [...one.childNodes].some(node => node.nodeType === 3 && node.textContent.trim()))
    .map(one => parseFloat(getComputedStyle(one).fontSize)))"""


def opened(browser: Browser, path: Path, width: int, **options: Any) -> Page:
    """Open a page in a window of a width."""
    page = browser.new_page(viewport={"width": width, "height": 900}, **options)
    page.goto(path.as_uri())
    return page


def refuse_violations(page: Page) -> None:
    """Hold a page, in which axe-core was run, to its rules."""
    found = page.evaluate("rules => axe.run(document, {runOnly: rules})", _RULES)
    assert [(one["id"], one["nodes"][0]["html"][:200]) for one in found["violations"]] == []
    assert len(found["passes"]) > 10


def asked_and_said(browser: Browser, path: Path) -> tuple[Page, list[str], list[str]]:
    """Open a page; return it with the addresses that it asked for and what the console said."""
    page = browser.new_page()
    asked: list[str] = []
    said: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto(path.as_uri())
    return page, asked, said


def smallest_text(page: Page, passed: str = "script, style") -> float:
    """Return the smallest size of any text of a page, in pixels, but for what is passed over (a CSS selector)."""
    return float(page.evaluate(_SMALLEST, passed))


def printed(page: Page, folder: Path) -> Path:
    """Print a page as it is styled and close it; return the PDF. Without a reader of PDFs the test is skipped."""
    if shutil.which("pdftotext") is None:
        pytest.skip("pdftotext is not here: install poppler-utils")
    pdf = folder / "page.pdf"
    page.pdf(path=pdf, prefer_css_page_size=True, print_background=True)
    page.close()
    return pdf


def text_of(pdf: Path, *options: str) -> str:
    """Return the text of a PDF; its pages end with form feeds."""
    return subprocess.run(["pdftotext", *options, str(pdf), "-"], check=True, capture_output=True, text=True).stdout


def sheet_size(pdf: Path) -> tuple[float, float]:
    """Return width and height of a PDF's first page, in points."""
    said = subprocess.run(["pdfinfo", str(pdf)], check=True, capture_output=True, text=True).stdout
    width, height = re.findall(r"Page size:\s+([\d.]+) x ([\d.]+)", said)[0]
    return float(width), float(height)
