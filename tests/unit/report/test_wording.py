"""Every printed word stands in one table; templates hold none of their own."""

import json
import re
from enum import StrEnum
from pathlib import Path

import pytest

from outcomes import vocabulary
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


def _middles() -> set[str]:
    """What may stand in the place of {…} in a key: words of the vocabulary, sections of a design, what code names."""
    enums = [one for one in vars(vocabulary).values() if isinstance(one, type) and issubclass(one, StrEnum)]
    found = {text for enum in enums for member in enum for text in (member.value, member.name.lower())}
    designs = [json.loads(path.read_text(encoding="utf-8")) for path in REPORTS.glob("*/design.json")]
    return found | {name for one in designs for value in one.values() if isinstance(value, list) for name in value}


def test_every_entry_is_used_somewhere() -> None:
    templates = "\n".join(path.read_text(encoding="utf-8") for path in TEMPLATES)
    # a table of words does not use its own entries
    sources = "\n".join(path.read_text(encoding="utf-8") for path in SOURCES if not path.stem.endswith("wording"))
    quoted = set(re.findall(r"""["'](\w+)["']""", sources))
    named = set(re.findall(r"\bw\.(\w+)", templates)) | quoted
    made = set(re.findall(r"""f["'](\w*)\{[^}"']*\}(\w*)["']""", sources))
    middles = _middles() | quoted

    def is_made(key: str) -> bool:
        return any(
            key.startswith(before) and key.endswith(after) and key[len(before) : len(key) - len(after)] in middles
            for before, after in made
            if before or after
        )

    # what a population is divided by, and in what a sector may be silent, are named by data
    by_data = ("dimension_", "panel_group_", "silent_")
    unused = [key for key in WORDING if key not in named and not is_made(key)]
    assert [key for key in unused if not key.startswith(by_data)] == []


def test_every_entry_that_is_asked_for_is_there() -> None:
    templates = "\n".join(path.read_text(encoding="utf-8") for path in TEMPLATES)
    sources = "\n".join(path.read_text(encoding="utf-8") for path in SOURCES)
    asked = set(re.findall(r"\bw\.(\w+)", templates)) | set(re.findall(r"""\bsay\(\s*["'](\w+)["']""", sources))
    assert asked - set(WORDING) == set()


def test_every_word_that_a_page_may_say_has_a_meaning() -> None:
    for words in (Word, Reached, CommitmentState, Qualifier):
        assert {str(word) for word in words} <= {str(word) for word in MEANINGS}


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
