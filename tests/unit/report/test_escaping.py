"""Whatever stands in a scorecard is printed as text: no markup, no attribute, no template, no link gets out of it."""

import re
from typing import Any

import pytest
from pydantic import BaseModel

from outcomes.report.definition_view import safe_link
from outcomes.report.fragment import scorecard_repr_html, to_html_fragment
from outcomes.report.pages import overview_page, place_page
from outcomes.scorecard.model import Scorecard
from tests.report_cards import castlewick
from tests.unit.report.test_pages import Page

HOSTILE = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "' onfocus='alert(1)' x='",
    "{{ 7 * 7 }}{% raw %}",
    "</style><script>alert(1)</script>",
    "</title></head><body onload=alert(1)>",
    "--><svg onload=alert(1)>",
    "]]>\x1f<td>",
    "{0.__class__} %s %(x)s",
)
# what names a thing by a closed word, a code or a number: not free text, and some of it checked by its own reader
CLOSED = {"period", "target_period", "area_code", "policy_fingerprint", "protected_sha256", "partnership_fingerprint"}
# the page's own logic reads these; links have their own test
READ = {"product", "unit", "source_url"}


def poisoned(model: BaseModel, text: str) -> Any:
    """A copy of a model with a hostile text in every free-text field, at every depth."""
    changes: dict[str, Any] = {}
    for name in type(model).model_fields:
        changes[name] = _poisoned_value(name, getattr(model, name), text)
    return model.model_copy(update=changes)


def _poisoned_value(name: str, value: Any, text: str) -> Any:
    if isinstance(value, BaseModel):
        return poisoned(value, text)
    if isinstance(value, tuple):
        return tuple(_poisoned_value(name, item, text) for item in value)
    # an enum is a str too, but a closed one
    if type(value) is str and name not in CLOSED | READ:
        return f"{value}{text}"
    return value


def poisoned_card(text: str) -> Scorecard:
    card = castlewick()
    ids = {line.indicator_id: f"{line.indicator_id}{text}" for line in card.lines}
    changed: Scorecard = poisoned(card, text)
    summary = card.summary.model_copy(
        update={
            name: tuple(ids[one] for one in getattr(card.summary, name))
            for name in ("better", "worse", "cannot_tell", "no_difference")
        }
    )
    return changed.model_copy(update={"summary": summary})


@pytest.mark.parametrize("text", HOSTILE)
def test_a_hostile_text_in_every_free_field_makes_no_element_and_no_attribute(text: str) -> None:
    # a harmless text in the same fields: an empty field that is filled makes elements of its own
    clean, card = poisoned_card("harmless"), poisoned_card(text)
    first = card.lines[0].indicator_id
    pairs = [
        (place_page(clean), place_page(card)),
        (overview_page((clean,), title="x"), overview_page((card,), title=f"x{text}")),
        (
            to_html_fragment(clean, indicator=clean.lines[0].indicator_id),
            to_html_fragment(card, indicator=first),
        ),
    ]
    for harmless, hostile in pairs:
        expected, found = Page(harmless), Page(hostile)
        assert [(tag, sorted(attributes)) for tag, attributes in found.tags] == [
            (tag, sorted(attributes)) for tag, attributes in expected.tags
        ]
        assert found.faults == []


@pytest.mark.parametrize("text", HOSTILE)
def test_a_hostile_text_is_printed_as_it_was_written(text: str) -> None:
    page = Page(place_page(poisoned_card(text)))
    shown = re.sub(r"\s+", " ", text)
    assert f"Castlewick{shown}" in page.text
    assert "49" not in re.findall(r"Castlewick(\d+)", page.text)


@pytest.mark.parametrize("text", HOSTILE)
def test_a_notebook_frame_holds_the_whole_page_inside_one_attribute(text: str) -> None:
    frame = Page(scorecard_repr_html(poisoned_card(text)))
    assert [tag for tag, _ in frame.tags] == ["iframe"]
    attributes = frame.tags[0][1]
    assert attributes["sandbox"] == ""
    inner = Page(attributes["srcdoc"] or "")
    assert inner.faults == []
    assert "script" not in {tag for tag, _ in inner.tags}


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "data:text/html,x",
        " javascript:x",
        "//host",
        "https://a\nb",
        'https://a"b',
    ],
)
def test_only_a_plain_web_address_becomes_a_link(address: str) -> None:
    assert safe_link(address) == ""
    card = castlewick()
    line = card.outcomes[0].local[0]
    definition = line.definition.model_copy(update={"source_url": address})
    line = line.model_copy(update={"definition": definition})
    section = card.outcomes[0].model_copy(update={"local": (line,), "national": ()})
    page = Page(place_page(card.model_copy(update={"outcomes": (section,), "operational": ()})))
    assert address not in page.attributes("href")


def test_a_control_character_in_a_name_stays_in_its_cell() -> None:
    assert Page(place_page(poisoned_card("\x00\x1f\x7f"))).faults == []


def test_the_page_allows_its_one_style_and_nothing_else() -> None:
    import base64
    import hashlib

    html = place_page(castlewick())
    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]*)"', html)
    assert policy is not None
    styles = re.findall(r"<style>(.*?)</style>", html, flags=re.DOTALL)
    assert len(styles) == 1
    digest = base64.b64encode(hashlib.sha256(styles[0].encode()).digest()).decode()
    said = policy[1].replace("&#39;", "'")
    assert (
        said == f"default-src 'none'; style-src 'sha256-{digest}'; img-src data:; base-uri 'none'; form-action 'none'"
    )
    page = Page(html)
    assert {tag for tag, _ in page.tags} & {"script", "link", "iframe", "object", "embed", "form", "img"} == set()
    assert page.attributes("style") == []
    assert all(not name.startswith("on") for _, attributes in page.tags for name in attributes)
