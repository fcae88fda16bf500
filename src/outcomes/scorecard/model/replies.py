"""Which words call for a reply, and whether a line says one: the right of reply has its place beside it."""

from typing import Final

from outcomes.scorecard.model.line import IndicatorLine
from outcomes.vocabulary import ReplyState, Word

__all__ = ["UNWELCOME_WORDS", "calls_for_reply", "reply_state"]

# an average that improves while the gap widens calls for a reply too
UNWELCOME_WORDS: Final = frozenset(
    {
        Word.WORSE,
        Word.MUCH_WORSE,
        Word.GETTING_WORSE,
        Word.NOT_MET,
        Word.OFF_TRACK,
        Word.WIDENING,
        Word.IMPROVING_UNEQUALLY,
    }
)


def calls_for_reply(line: IndicatorLine) -> bool:
    """Whether any word of a line, or of one of its parts, is unwelcome, so that a reply has its place beside it.

    It is too where the line moves apart from the measure that would show its side effect.
    """
    words = [word for comparison in line.comparisons for word in (comparison.word, comparison.first_word)]
    words += [line.trend.word, *(target.word for target in line.targets)]
    words += [signal.word for signal in (line.special_cause, line.inequality) if signal is not None]
    for part in line.parts:
        words += [part.comparison.word, part.comparison.first_word] if part.comparison is not None else []
    moves_apart = line.balance_beside is not None and line.balance_beside.moves_apart
    return moves_apart or any(word in UNWELCOME_WORDS for word in words)


def reply_state(line: IndicatorLine) -> ReplyState | None:
    """Return where the reply to a line stands on the day of its page; None where none is called for."""
    if not calls_for_reply(line):
        return None
    if line.replies:
        return ReplyState.GIVEN
    if line.reply_due is None:
        return ReplyState.NO_DAY
    return ReplyState.OVERDUE if line.is_reply_overdue else ReplyState.NOT_YET_DUE
