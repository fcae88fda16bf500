"""Every code has an example: its failing sheet gives exactly it, its mended sheet no longer does and is let in."""

import pytest

from outcomes.intake.rules import RULES
from outcomes.intake.rules.documentation import documentation_of
from outcomes.vocabulary import Severity, Verdict
from tests.spec.findings.examples import checked, examples
from tests.spec.findings.manual import FOLDER, pages

CODES = sorted(examples())


def test_every_code_has_an_example_and_no_other_has() -> None:
    assert sorted(RULES) == CODES


@pytest.mark.parametrize("code", CODES)
def test_the_failing_sheet_gives_exactly_this_code(code: str) -> None:
    example = examples()[code]
    result = checked(example.failing)
    assert {finding.code for finding in result.findings} == {code, *example.also}, result.findings
    is_error = any(RULES[one].severity is Severity.ERROR for one in {code, *example.also})
    assert (result.verdict is Verdict.REJECTED) == is_error


@pytest.mark.parametrize("code", CODES)
def test_the_mended_sheet_gives_it_no_more_and_is_let_in(code: str) -> None:
    result = checked(examples()[code].mended)
    assert code not in {finding.code for finding in result.findings}
    assert result.verdict is not Verdict.REJECTED, result.findings
    assert result.loaded_rows


@pytest.mark.slow
def test_the_pages_are_those_of_today() -> None:
    made = pages()
    assert sorted(path.name for path in FOLDER.iterdir()) == sorted(made)
    stale = [name for name, text in made.items() if (FOLDER / name).read_text(encoding="utf-8") != text]
    assert not stale, f"run python -m tests.spec.findings.manual: {stale[:5]}"


def test_a_finding_leads_to_its_page() -> None:
    assert all((FOLDER / documentation_of(code, base="")).is_file() for code in CODES)
    assert documentation_of("OUT-401", base="https://outcomes.example/f/") == "https://outcomes.example/f/OUT-401.md"
    with pytest.raises(KeyError):
        documentation_of("OUT-999")


@pytest.mark.parametrize("code", CODES)
def test_a_page_says_what_it_means_and_why_in_plain_sentences(code: str) -> None:
    example = examples()[code]
    for text in (example.means, example.why):
        assert text[0].isupper() or text[0].isdigit()
        assert text.endswith(".")
        assert "  " not in text
