"""Pages fit a phone and 200 % zoom, print with their marks, ask the network for nothing and pass axe-core."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser.opening import (
    asked_and_said,
    opened,
    printed,
    refuse_violations,
    sheet_size,
    smallest_text,
    text_of,
)

PAGES = ("overview", "place", "bare place", "working copy", "portal")


@pytest.mark.parametrize("width", [1280, 768, 640, 390, 320])
@pytest.mark.parametrize("name", PAGES)
def test_a_page_never_scrolls_sideways(browser: Browser, site: dict[str, Path], name: str, width: int) -> None:
    page = opened(browser, site[name], width)
    for _ in range(2):
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true })")
    page.close()


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_no_violation(browser: Browser, site: dict[str, Path], axe: str, name: str, width: int) -> None:
    # the page's own policy forbids scripts, the examiner's too
    page = opened(browser, site[name], width, bypass_csp=True)
    page.evaluate(axe)
    for _ in range(2):
        refuse_violations(page)
        page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true })")
    page.close()


@pytest.mark.parametrize("name", PAGES)
def test_a_page_asks_for_nothing_and_breaks_no_rule_of_its_own(
    browser: Browser, site: dict[str, Path], name: str
) -> None:
    page, asked, said = asked_and_said(browser, site[name])
    assert asked == [site[name].as_uri()]
    assert said == []
    # the style was let in by its hash
    assert page.evaluate("getComputedStyle(document.querySelector('h1 + p, .ocf')).fontFamily").startswith("Arial") or (
        name == "portal"
    )
    page.close()


@pytest.mark.parametrize("width", [1280, 390])
def test_the_words_of_a_line_are_all_visible_at_every_width(
    browser: Browser, site: dict[str, Path], width: int
) -> None:
    page = opened(browser, site["place"], width)
    row = page.locator("#m-local-01")
    for text in ("66.3%", "63.6 to 69.0", "Much better", "Improving", "On track", "Complete"):
        assert row.get_by_text(text, exact=False).first.is_visible()
    labels = row.locator(".k")
    assert [labels.nth(n).is_visible() for n in range(2, labels.count())] == [width < 1000] * (labels.count() - 2)
    page.close()


def test_in_forced_colours_charts_keep_their_own_on_white(browser: Browser, site: dict[str, Path]) -> None:
    page = opened(browser, site["place"], 1280, forced_colors="active", color_scheme="dark")
    grounds = page.evaluate(
        "[...document.querySelectorAll('svg[role=img], .stroke')].map(one => getComputedStyle(one).backgroundColor)"
    )
    assert len(grounds) > 10
    assert set(grounds) == {"rgb(255, 255, 255)"}
    page.close()


def test_a_period_of_a_large_chart_can_be_pointed_at_over_its_whole_height(
    browser: Browser, site: dict[str, Path]
) -> None:
    page = opened(browser, site["measure"], 1280)
    found = page.evaluate(
        """[...document.querySelector('.tl').querySelectorAll('rect')].map(one => {
            const box = one.getBoundingClientRect();
            one.scrollIntoView({block: 'center'});
            const seen = one.getBoundingClientRect();
            const hit = document.elementFromPoint(seen.x + seen.width / 2, seen.y + seen.height - 5);
            return [hit === one, box.height, one.querySelector('title').textContent.length > 10];
        })"""
    )
    assert len(found) >= 12
    assert {tuple(one) for one in found} == {(True, 200, True)}
    page.close()


def test_a_disclosure_opens_without_a_script(browser: Browser, site: dict[str, Path]) -> None:
    page = opened(browser, site["measure"], 1280, java_script_enabled=False)
    disclosure = page.locator("details", has=page.locator("summary", has_text="Every period in a table"))
    assert disclosure.count() == 1
    table = disclosure.locator("table")
    caption = table.locator("caption")
    assert caption.text_content() == "Paediatric wait: every period"
    assert not table.is_visible()
    disclosure.locator("summary").click()
    assert table.is_visible()
    assert caption.is_visible()
    # a head, and a row for each of the two years' months
    assert table.locator("tr").count() == 1 + 24
    page.close()


def test_the_skip_link_is_first_and_leads_to_the_main_content(browser: Browser, site: dict[str, Path]) -> None:
    page = opened(browser, site["place"], 1280)
    page.keyboard.press("Tab")
    focused = page.evaluate("[document.activeElement.textContent.trim(), document.activeElement.getAttribute('href')]")
    assert focused == ["Skip to main content", "#maincontent"]
    page.close()


@pytest.mark.parametrize("name", ["overview", "place", "working copy"])
def test_a_print_is_landscape_and_bears_its_mark_on_every_page(
    browser: Browser, site: dict[str, Path], tmp_path: Path, name: str
) -> None:
    page = browser.new_page()
    page.goto(site[name].as_uri())
    pdf = printed(page, tmp_path)
    pages = text_of(pdf, "-raw").split("\f")[:-1]
    mark = "WORKING COPY" if name == "working copy" else "DRAFT"
    assert len(pages) > 4
    # a turned text may come out letter by letter
    letters = [re.sub(r"\s+", "", text).upper() for text in pages]
    assert all(mark.replace(" ", "") in text for text in letters)
    width, height = sheet_size(pdf)
    assert (round(width), round(height)) == (842, 595) or (round(width), round(height)) == (842, 596)
    assert all(f"{number} / {len(pages)}" in text for number, text in enumerate(pages, 1))


def test_in_print_a_line_never_parts_from_its_reply_and_heads_repeat(
    browser: Browser, site: dict[str, Path], tmp_path: Path
) -> None:
    page = browser.new_page()
    page.goto(site["place"].as_uri())
    pdf = printed(page, tmp_path)
    pages = [re.sub(r"\s+", " ", text) for text in text_of(pdf).split("\f")]
    for line, reply in (
        ("Families who could get help early", "Broad Lane is lower because"),
        ("community paediatric or autism assessment", "Two of four paediatricians"),
        ("School readiness: good level", "Family hubs open in Harbour"),
    ):
        (sheet,) = (text for text in pages if reply in text)
        assert line in sheet
    with_lines = [text for text in pages if "3 owners:" in text]
    assert len(with_lines) >= 3
    assert all("Measure and owners" in text for text in with_lines)


def test_small_text_is_never_under_13_pixels_but_for_the_numbers_over_marks(
    browser: Browser, site: dict[str, Path]
) -> None:
    page = opened(browser, site["overview"], 390)
    smallest = smallest_text(page, ".no, .watermark, .watermark *, script, style")
    assert smallest >= 13
    page.close()
