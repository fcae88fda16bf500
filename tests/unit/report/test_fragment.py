"""A fragment stands inside another tool's page without touching it, and loads little."""

import re
import subprocess
import sys

import pytest

from outcomes.errors import UnknownNameError
from outcomes.report.fragment import scorecard_repr_html, to_html_fragment
from tests.report_cards import castlewick
from tests.unit.report.test_pages import Page


@pytest.mark.parametrize("line", castlewick().lines, ids=lambda line: line.indicator_id)
def test_every_line_makes_a_fragment_that_is_whole(line: object) -> None:
    card = castlewick()
    indicator = getattr(line, "indicator_id")  # noqa: B009
    page = Page(to_html_fragment(card, indicator=indicator))
    assert (page.faults, page.open) == ([], [])
    assert page.attributes("id") == []
    assert page.attributes("style") == []
    assert {tag for tag, _ in page.tags} & {"script", "link", "html", "body", "use", "iframe"} == set()


def test_a_fragment_says_what_the_page_says() -> None:
    text = Page(to_html_fragment(castlewick(), indicator="local-01")).text
    for part in (
        "66.3%",
        "63.6 to 69.0",
        "Much better",
        "Improving",
        "On track",
        "Castlewick, as of 22 November 2026",
        "Draft",
    ):
        assert part in text
    assert "Broad Lane is lower because" in text


def test_an_unwelcome_fragment_keeps_its_empty_slot() -> None:
    assert "No reply recorded." in Page(to_html_fragment(castlewick(), indicator="20602")).text


def test_every_style_of_a_fragment_is_scoped_under_its_one_class() -> None:
    html = to_html_fragment(castlewick(), indicator="local-01")
    style = re.search(r"<style>(.*?)</style>", html, flags=re.DOTALL)
    assert style is not None
    selectors = [one for rule in re.findall(r"([^{}]+)\{", style[1]) for one in rule.split(",")]
    assert len(selectors) > 30
    assert all(re.match(r"\s*\.ocf(?![\w-])", selector) for selector in selectors)
    assert Page(html).tags[0] == ("section", {"class": "ocf", "data-of": "local-01"})


@pytest.mark.parametrize("level", [1, 3, 6])
def test_the_heading_has_the_level_that_the_page_around_needs(level: int) -> None:
    tags = [tag for tag, _ in Page(to_html_fragment(castlewick(), indicator="local-01", heading_level=level)).tags]
    assert [tag for tag in tags if re.fullmatch("h[1-6]", tag)] == [f"h{level}"]


@pytest.mark.parametrize("level", [0, 7, -1])
def test_a_level_that_html_does_not_have_is_refused(level: int) -> None:
    with pytest.raises(ValueError, match="1 to 6"):
        to_html_fragment(castlewick(), indicator="local-01", heading_level=level)


def test_an_unknown_indicator_names_those_there_are() -> None:
    with pytest.raises(UnknownNameError, match=r"'local-99'.*Castlewick.*local-01, local-02"):
        to_html_fragment(castlewick(), indicator="local-99")


def test_a_fragment_loads_only_pydantic_and_jinja2() -> None:
    code = (
        "import sys; from outcomes.report.fragment import to_html_fragment, scorecard_repr_html\n"
        "from tests.report_cards import castlewick\n"
        "to_html_fragment(castlewick(), indicator='local-01'); scorecard_repr_html(castlewick())\n"
        "heavy = {'polars', 'pandera', 'scipy', 'typer', 'rich', 'nhsuk_frontend_jinja', 'ruamel', 'pandas', 'numpy'}\n"
        "print(sorted(heavy & {name.split('.')[0] for name in sys.modules}))"
    )
    run = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert run.stdout.strip() == "[]"


def test_a_notebook_shows_every_line_in_a_closed_frame() -> None:
    frame = Page(scorecard_repr_html(castlewick()))
    ((tag, attributes),) = frame.tags
    assert (tag, attributes["sandbox"]) == ("iframe", "")
    inner = Page(attributes["srcdoc"] or "")
    assert all(line.name in inner.text for line in castlewick().lines)


def test_the_same_card_gives_the_same_fragment() -> None:
    assert to_html_fragment(castlewick(), indicator="20602") == to_html_fragment(castlewick(), indicator="20602")


def test_a_fragment_and_a_notebook_make_no_large_drawing_that_they_do_not_print(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def made() -> tuple[str, ...]:
        card = castlewick()
        return (*(to_html_fragment(card, indicator=line.page_name) for line in card.lines), scorecard_repr_html(card))

    before = made()

    def drawn(*_: object, **__: object) -> None:
        raise AssertionError("a large drawing is made")

    monkeypatch.setattr("outcomes.report.line_view.timeline_view", drawn)
    assert made() == before
    # what the fragment prints beside it is there: every period, and the whole definition
    assert all("<dt>" in html for html in before[:-1])
    assert ": every period</caption>" in to_html_fragment(castlewick(), indicator="local-01")
