"""Breakdowns: one canonical text, read back without a loss, and nothing else taken for one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from outcomes.breakdown import WHOLE, breakdown_from_text, breakdown_text
from outcomes.framework.model import Breakdown

DIMENSIONS = st.text("abcdefghijklmnopqrstuvwxyz_", min_size=1, max_size=8)
# what a definition file lets through as a category
CATEGORIES = st.text(min_size=1, max_size=8).map(str.strip).filter(lambda text: text and "; " not in text)


@given(st.dictionaries(DIMENSIONS, CATEGORIES, max_size=4))
def test_the_text_of_a_breakdown_reads_back_the_same(categories: dict[str, str]) -> None:
    assert breakdown_from_text(breakdown_text(categories)) == categories


@given(st.dictionaries(DIMENSIONS, CATEGORIES, min_size=2, max_size=4))
def test_the_order_of_the_dimensions_does_not_count(categories: dict[str, str]) -> None:
    turned = dict(reversed(categories.items()))
    assert breakdown_text(turned) == breakdown_text(categories)


def test_everybody_is_the_empty_text() -> None:
    assert breakdown_text({}) == WHOLE == ""
    assert breakdown_from_text(WHOLE) == {}


def test_a_category_may_hold_an_equals_sign_and_a_bare_semicolon() -> None:
    categories = {"band": "a=b", "group": "x;y"}
    assert breakdown_from_text(breakdown_text(categories)) == categories


@pytest.mark.parametrize("text", ["sex", "sex=", "=Female", "sex=Female; ", "sex=Female; sex=Male", "; ", "sex=F; age"])
def test_a_text_that_is_no_breakdown_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(ValueError, match=r"is no breakdown; write it as age_band=65\+; sex=Female"):
        breakdown_from_text(text)


def test_a_definition_has_no_category_that_would_read_as_two_pairs() -> None:
    with pytest.raises(ValidationError, match="a category holds no semicolon followed by a blank"):
        Breakdown(dimension="group", categories=("carers; paid", "others"))
