"""Every printed word stands in one table; templates hold none of their own."""

import re
from pathlib import Path

import pytest

from outcomes.bundled import bundled_folder
from outcomes.report.wording import MEANINGS, WORDING, counted, in_words, say, sentence_case
from outcomes.vocabulary import CommitmentState, Detail, Qualifier, Reached, Reason, Statistic, Word

REPORTS = bundled_folder("reports")
TEMPLATES = sorted(REPORTS.glob("**/*.jinja"))
SOURCES = sorted((Path(__file__).resolve().parents[3] / "src" / "outcomes" / "report").glob("*.py"))


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.relative_to(REPORTS).as_posix())
def test_a_template_holds_no_words_of_its_own(path: Path) -> None:
    text = re.sub(r"\{%.*?%\}|\{\{.*?\}\}|\{#.*?#\}", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    text = re.sub(r"<[^>]*>", "", text)
    assert re.findall(r"[^\W\d_]{2,}", text) == []


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.relative_to(REPORTS).as_posix())
def test_a_template_has_no_style_attribute_no_script_and_no_handler(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    # one design has a script, a file of its own; its page is whole without it
    if path.parent.name == "catalogue":
        assert text.count("<script>{{ script }}</script>") == 1
        text = text.replace("<script>{{ script }}</script>", "")
    assert not re.search(r"\sstyle=|<script|\son[a-z]+=|https?://|\|\s*safe", text)


def test_every_entry_is_used_somewhere() -> None:
    templates = "\n".join(path.read_text(encoding="utf-8") for path in TEMPLATES)
    sources = "\n".join(path.read_text(encoding="utf-8") for path in SOURCES if path.name != "wording.py")
    named = set(re.findall(r"\bw\.(\w+)", templates)) | set(re.findall(r"""["'](\w+)["']""", sources))
    by_pattern = (
        "level_",
        "reason_",
        "detail_",
        "statistic_",
        "polarity_",
        "form_",
        "rhythm_",
        "former_",
        "matter_",
        "contract_",
        "sign_off_",
        "part_",
        "change_",
        "priority_",
        "standing_",
        "verdict_",
        "panel_verdict_",
        "panel_group_",
        "method_",
        "dimension_",
        "money_basis_",
        "money_outturn_",
        "board_",
    )
    assert [key for key in WORDING if not key.startswith(by_pattern) and key not in named] == []


def test_every_entry_that_is_asked_for_is_there() -> None:
    templates = "\n".join(path.read_text(encoding="utf-8") for path in TEMPLATES)
    sources = "\n".join(path.read_text(encoding="utf-8") for path in SOURCES)
    asked = set(re.findall(r"\bw\.(\w+)", templates)) | set(re.findall(r"""\bsay\(\s*["'](\w+)["']""", sources))
    assert asked - set(WORDING) == set()


def test_every_word_that_a_page_may_say_has_a_meaning() -> None:
    for vocabulary in (Word, Reached, CommitmentState, Qualifier):
        assert {str(word) for word in vocabulary} <= {str(word) for word in MEANINGS}


def test_every_reason_detail_and_statistic_has_words() -> None:
    assert all(say(f"reason_{reason.value}") for reason in Reason)
    assert all(say(f"detail_{detail.value}") for detail in Detail)
    assert all(say(f"statistic_{statistic.value}") for statistic in Statistic)


def test_the_words_that_a_page_prints_use_no_word_of_the_machine_room() -> None:
    words = " ".join(WORDING.values()).lower()
    assert not re.search(r"\b(null|nan|none type|dataframe|json|schema|n/a|error)\b", words)


def test_a_text_with_braces_is_printed_and_not_read_as_a_pattern() -> None:
    assert say("review_by", date="{date} {0}") == "Review by {date} {0}"


def test_numbers_agree_with_their_nouns() -> None:
    assert (counted(1, "owner"), counted(2, "owner"), in_words(2, "place")) == ("1 owner", "2 owners", "two places")
    assert sentence_case("getting worse") == "Getting worse"
