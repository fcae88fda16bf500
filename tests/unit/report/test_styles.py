"""The compiled styles are those that were committed: one version, one hash, no font, no network, and its notice."""

import hashlib
import json
import re
from importlib.metadata import version
from pathlib import Path

import pytest

from outcomes.bundled import bundled_folder
from outcomes.report.environment import design, security_policy, style_of
from outcomes.report.pages import overview_page, place_page
from tests.report_cards import bare_scorecard, castlewick

REPORTS = bundled_folder("reports")
ROOT = Path(__file__).resolve().parents[3]


def test_the_compiled_styles_have_the_hash_that_stands_beside_them() -> None:
    known = json.loads((REPORTS / "styles" / "versions.json").read_text(encoding="utf-8"))
    content = (REPORTS / "styles" / "nhsuk-subset.css").read_bytes()
    assert hashlib.sha256(content).hexdigest() == known["sha256"]
    assert known["nhsuk-frontend"] == "10.6.1"


def test_the_macros_are_of_the_release_that_matches_the_styles() -> None:
    assert version("nhsuk-frontend-jinja").startswith("0.10.")


def test_the_notice_names_the_version_that_is_compiled() -> None:
    assert "nhsuk-frontend 10.6.1" in (ROOT / "NOTICE").read_text(encoding="utf-8")


def test_every_class_that_comes_with_the_compiled_styles_is_on_a_page() -> None:
    css = (REPORTS / "styles" / "nhsuk-subset.css").read_text(encoding="utf-8")
    pages = [place_page(castlewick()), place_page(bare_scorecard()), overview_page([castlewick()], title="All")]
    on_pages = {name for page in pages for names in re.findall(r'class="([^"]*)"', page) for name in names.split()}
    assert set(re.findall(r"\.(nhsuk-[a-z_-]+)", css)) <= on_pages
    assert {"nhsuk-inset-text", "nhsuk-tag--yellow", "nhsuk-back-link"} <= set(re.findall(r"\.(nhsuk-[a-z_-]+)", css))


def test_a_page_has_the_styles_of_its_design_and_its_own() -> None:
    place, overview = str(style_of("partners", "place")), str(style_of("partners", "overview"))
    assert ".grid4" not in place.replace(".lines>thead,.grid4 thead", "")
    assert overview.startswith(place)
    assert ".grid4{" in overview
    assert security_policy("partners", "place") != security_policy("partners", "overview")


@pytest.mark.parametrize("name", ["partners", "fragment", "catalogue"])
def test_styles_fetch_nothing_and_bring_no_typeface(name: str) -> None:
    css = str(style_of(name, "overview"))
    assert not re.search(r"@import|@font-face|url\(|frutiger|//", css, flags=re.IGNORECASE)
    assert css.count("{") == css.count("}")


def test_no_text_of_a_page_is_smaller_than_13_pixels_but_the_numbers_over_the_marks() -> None:
    css = str(style_of("partners", "overview"))
    small = [float(size) * 16 for size in re.findall(r"font-size:(\.\d+)rem", css)]
    assert sorted({size for size in small if size < 13}) == [12.0]
    assert css.count("font-size:.75rem") == 1


def test_every_section_of_a_design_has_its_template() -> None:
    for page, sections in design("partners").sections.items():
        assert sections
        for section in sections:
            assert (REPORTS / "partners" / page / f"{section}.html.jinja").is_file()
