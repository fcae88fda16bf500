"""The shape is the verdict: good and bad are mirrors, and every word has a mark."""

import re

import pytest

from outcomes.report.marks import (
    GOOD_WORDS,
    UNWELCOME_WORDS,
    Mark,
    commitment_mark,
    mark_drawing,
    mark_drawings,
    mark_of,
)
from outcomes.report.pages import overview_page, place_page
from outcomes.report.symbols import SYMBOLS_HERE, symbols, with_symbols
from outcomes.vocabulary import CommitmentState, Word
from tests.report_cards import castlewick


@pytest.mark.parametrize("word", Word)
def test_every_word_has_a_mark_that_is_drawn_once_on_a_page(word: Word) -> None:
    for direction in (None, "up", "down"):
        mark = mark_of(word, direction)
        assert mark_drawing(mark)
        assert symbols().count(f'id="{mark.symbol}"') == 1


@pytest.mark.parametrize("state", CommitmentState)
def test_every_promise_has_a_mark_that_is_drawn_once_on_a_page(state: CommitmentState) -> None:
    assert symbols().count(f'id="{commitment_mark(state).symbol}"') == 1


def test_good_and_bad_are_of_one_number() -> None:
    mirrors = {
        Word.MUCH_BETTER: Word.MUCH_WORSE,
        Word.BETTER: Word.WORSE,
        Word.IMPROVING: Word.GETTING_WORSE,
        Word.MET: Word.NOT_MET,
        Word.ON_TRACK: Word.OFF_TRACK,
        Word.NARROWING: Word.WIDENING,
    }
    assert set(mirrors) == GOOD_WORDS
    assert set(mirrors.values()) | {Word.IMPROVING_UNEQUALLY} == UNWELCOME_WORDS
    for good, bad in mirrors.items():
        assert (mark_of(good).shape, mark_of(bad).shape) == ("good", "bad")
        assert (mark_of(good).sign == "") == (mark_of(bad).sign == "")


def test_improving_may_point_down() -> None:
    assert mark_of(Word.IMPROVING, "down") == Mark("good", "down")
    assert mark_of(Word.GETTING_WORSE, "up") == Mark("bad", "up")


def test_cannot_tell_looks_like_nothing_else() -> None:
    others = {mark_drawing(mark_of(word)) for word in Word if word is not Word.CANNOT_TELL}
    assert mark_drawing(mark_of(Word.CANNOT_TELL)) not in others


def test_marks_use_no_red_and_no_green() -> None:
    colours = set(re.findall(r"#[0-9a-f]{3,6}", "".join(mark_drawings().values())))
    assert colours == {"#12436d", "#a84200", "#4c6272", "#212b32", "#fff"}


def test_what_was_not_found_speaks_more_quietly_than_a_finding() -> None:
    quiet = {word for word in Word if mark_of(word).tone == "quiet"}
    assert quiet == {Word.CANNOT_TELL, Word.NOT_COMPARED, Word.NO_TARGET, Word.NOT_ASKED}
    assert mark_of(Word.SIMILAR).tone == mark_of(Word.HIGHER).tone == "plain"


def test_a_page_draws_the_symbols_that_it_uses_and_no_other() -> None:
    html = with_symbols(f'{SYMBOLS_HERE}<svg><use href="#g-good"/></svg><svg><use href="#k-mean"/></svg>')
    assert re.findall(r'<symbol id="([^"]*)"', html) == ["g-good", "k-mean"]
    for page in (place_page(castlewick()), overview_page([castlewick()], title="All")):
        assert set(re.findall(r'<symbol id="([^"]*)"', page)) == set(re.findall(r'<use href="#([^"]*)"', page))
