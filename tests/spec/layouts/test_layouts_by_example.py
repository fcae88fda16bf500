"""Spec: the pages beside this file and the guide to layouts, read as they are printed."""

from pathlib import Path

import pytest

from tests.spec.layouts.pages import Example, examples_of, read, told

HERE = Path(__file__).parent
PAGES = (*sorted(HERE.glob("*.md")), HERE.parents[2] / "docs" / "layouts.md")
EXAMPLES = [pytest.param(one, id=f"{page.stem}: {one.name}") for page in PAGES for one in examples_of(page)]


@pytest.mark.parametrize("example", EXAMPLES)
def test_what_is_read_of_a_sheet_is_what_its_page_prints(example: Example) -> None:
    result = read(example)
    figures, findings = told(example, result)
    assert (figures, sorted(findings)) == (example.figures, sorted(example.findings)), result.findings


def test_every_page_has_examples() -> None:
    assert {page.stem: len(examples_of(page)) for page in PAGES if not examples_of(page)} == {}
    assert len(EXAMPLES) > 20
