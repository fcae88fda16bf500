"""What speaks for a line in little room: its first comparison, whether it moves, and the word that joins the two."""

from outcomes.report.marks import GOOD_WORDS, UNWELCOME_WORDS, Mark, mark_of
from outcomes.report.signals import compared_with
from outcomes.report.wording import say
from outcomes.scorecard.model import IndicatorLine, SpecialCause
from outcomes.vocabulary import NO_COMPARISON, Word

__all__ = ["first_comparison_word", "headline", "joint", "movement", "told_comparison"]


def first_comparison_word(line: IndicatorLine) -> Word:
    """Return the first word of the first comparison; not compared where there is none."""
    return line.comparisons[0].first_word if line.comparisons else Word.NOT_COMPARED


def told_comparison(line: IndicatorLine) -> str:
    """Return the first comparison with what it is compared with; empty where it tells nothing."""
    return compared_with(line.comparisons[0]) if first_comparison_word(line) not in NO_COMPARISON else ""


def movement(line: IndicatorLine) -> tuple[Word, str | None, str]:
    """Return the word that tells whether a line moves, its direction and what it is: its trend, else special cause."""
    cause = line.special_cause
    if line.trend.word is Word.CANNOT_TELL and isinstance(cause, SpecialCause) and cause.word is not Word.CANNOT_TELL:
        return cause.word, cause.direction, say("special_cause")
    return line.trend.word, line.trend.direction, say("trend")


def headline(line: IndicatorLine) -> tuple[Mark, str]:
    """Return the mark and word that speak for a line in little room: the comparison, else what moves."""
    word = first_comparison_word(line)
    if word is Word.NOT_COMPARED:
        moving, direction, _ = movement(line)
        return mark_of(moving, direction), moving.value
    return mark_of(word), word.value


def joint(comparison: Word, moving: Word) -> str:
    """Return what joins a comparison and a movement in one sentence: *though* where one is good and the other not.

    >>> joint(Word.WORSE, Word.IMPROVING), joint(Word.WORSE, Word.GETTING_WORSE)
    ('though', 'and')
    """
    is_turned = (comparison in GOOD_WORDS and moving in UNWELCOME_WORDS) or (
        comparison in UNWELCOME_WORDS and moving in GOOD_WORDS
    )
    return say("ind_though" if is_turned else "ind_and")
