"""Verdict marks: the shape is the verdict, the sign inside it is the signal, and a word always stands beside it."""

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import Final, NamedTuple

from outcomes.scorecard.model import UNWELCOME_WORDS
from outcomes.vocabulary import ChallengeState, CommitmentState, Word

__all__ = [
    "GOOD_WORDS",
    "UNWELCOME_WORDS",
    "Mark",
    "challenge_mark",
    "commitment_mark",
    "mark_drawing",
    "mark_drawings",
    "mark_of",
]

GOOD: Final = "#12436d"
CONCERN: Final = "#a84200"
NEUTRAL: Final = "#4c6272"
INK: Final = "#212b32"


class Mark(NamedTuple):
    """A mark: its shape (good, bad, same, neutral, unknown, none) and the sign inside it."""

    shape: str
    sign: str = ""

    @property
    def symbol(self) -> str:
        """The id of its drawing on a page."""
        return f"g-{self.shape}-{self.sign}" if self.sign else f"g-{self.shape}"

    @property
    def tone(self) -> str:
        """The class that colours the word beside it."""
        if self.shape in ("good", "bad"):
            return self.shape
        # nothing found speaks more quietly than a finding
        return "quiet" if self.shape in ("unknown", "none") else "plain"


# what is drawn inside a shape, stroked; the same sign means the same everywhere
_SIGNS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "up": "M11 16.5v-10M7 10.2l4-4 4 4",
        "down": "M11 5.5v10M7 11.8l4 4 4-4",
        "flat": "M5.5 11h10M12 7.6l3.5 3.4-3.5 3.4",
        "equal": "M7 9h8M7 13h8",
        "plus": "M7 11h8M11 7v8",
        "bang": "M11 6v6.5M11 14.6v2.2",
        "twice": "M11 17V9M7 9.5l4-4 4 4M7 13.5l4-4 4 4",
        "under": "M11 5v8M7 12.5l4 4 4-4M7 8.5l4 4 4-4",
        "tick": "M6.4 11.4l3.2 3.2 6-7",
        "cross": "M8 8l6 6M14 8l-6 6",
        "clock": "M11 5.8V11l3.4 2.4",
        "in": "M3.5 11h5M6.3 8.4 8.9 11l-2.6 2.6M18.5 11h-5M15.7 8.4 13.1 11l2.6 2.6",
        "out": "M9.6 11h-5M7 8.4 4.4 11 7 13.6M12.4 11h5M15 8.4l2.6 2.6-2.6 2.6",
    }
)
_SHAPES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "good": f'<circle class="fillg" cx="11" cy="11" r="10" fill="{GOOD}"/>',
        "bad": f'<path class="fillg" d="M11 0 22 11 11 22 0 11Z" fill="{CONCERN}"/>',
        "neutral": f'<rect class="fillg" x="1.5" y="1.5" width="19" height="19" rx="2" fill="{NEUTRAL}"/>',
        "same": f'<circle cx="11" cy="11" r="9" fill="#fff" stroke="{NEUTRAL}" stroke-width="2"/>',
        "unknown": f'<circle cx="11" cy="11" r="9" fill="#fff" stroke="{INK}" stroke-width="2" '
        f'stroke-dasharray="3.2 2.46"/><path d="M8 8.6c0-4.2 6.2-3.9 6.2-.3 0 2.3-3 2.2-3 4.7" fill="none" '
        f'stroke="{INK}" stroke-width="2"/><circle cx="11.1" cy="15.8" r="1.3" fill="{INK}"/>',
        "none": f'<circle cx="11" cy="11" r="9" fill="#fff" stroke="{NEUTRAL}" stroke-width="1.5"/>'
        f'<path d="M5 17 17 5" fill="none" stroke="{NEUTRAL}" stroke-width="1.5"/>',
    }
)

_MARKS: Final[Mapping[Word, Mark]] = MappingProxyType(
    {
        Word.MUCH_BETTER: Mark("good", "plus"),
        Word.BETTER: Mark("good"),
        Word.SIMILAR: Mark("same", "equal"),
        Word.WORSE: Mark("bad"),
        Word.MUCH_WORSE: Mark("bad", "bang"),
        Word.MUCH_HIGHER: Mark("neutral", "twice"),
        Word.HIGHER: Mark("neutral", "up"),
        Word.LOWER: Mark("neutral", "down"),
        Word.MUCH_LOWER: Mark("neutral", "under"),
        Word.IMPROVING: Mark("good"),
        Word.GETTING_WORSE: Mark("bad"),
        Word.INCREASING: Mark("neutral", "up"),
        Word.DECREASING: Mark("neutral", "down"),
        Word.NO_SIGNIFICANT_CHANGE: Mark("same", "flat"),
        Word.MET: Mark("good", "tick"),
        Word.NOT_MET: Mark("bad", "cross"),
        Word.ON_TRACK: Mark("good", "tick"),
        Word.OFF_TRACK: Mark("bad", "cross"),
        Word.NARROWING: Mark("good", "in"),
        Word.WIDENING: Mark("bad", "out"),
        Word.IMPROVING_UNEQUALLY: Mark("bad", "out"),
        Word.CANNOT_TELL: Mark("unknown"),
        Word.NOT_COMPARED: Mark("none"),
        Word.NO_TARGET: Mark("none"),
        Word.NOT_ASKED: Mark("none"),
    }
)
_COMMITMENT_MARKS: Final[Mapping[CommitmentState, Mark]] = MappingProxyType(
    {
        CommitmentState.KEPT: Mark("good", "tick"),
        CommitmentState.LATE: Mark("bad", "clock"),
        CommitmentState.NOT_KEPT: Mark("bad", "cross"),
        CommitmentState.NOT_YET_DUE: Mark("same", "clock"),
        CommitmentState.WITHDRAWN: Mark("none"),
    }
)
# who raised it and who is to reply makes no difference to its mark
_CHALLENGE_MARKS: Final[Mapping[ChallengeState, Mark]] = MappingProxyType(
    {
        ChallengeState.ANSWERED: Mark("good", "tick"),
        ChallengeState.ANSWERED_LATE: Mark("same", "tick"),
        ChallengeState.NOT_YET_DUE: Mark("same", "clock"),
        ChallengeState.UNANSWERED: Mark("bad", "clock"),
    }
)
GOOD_WORDS: Final = frozenset(word for word, mark in _MARKS.items() if mark.shape == "good")


def mark_of(word: Word, direction: str | None = None) -> Mark:
    """Return the mark of a word; the way that the number moves, where one is given, is the sign of a trend.

    Arguments:
        word: What the signal says.
        direction: `up`, `down`, or None where it does not move or cannot be told.

    >>> mark_of(Word.IMPROVING, "down")
    Mark(shape='good', sign='down')
    """
    mark = _MARKS[word]
    moves = word in (Word.IMPROVING, Word.GETTING_WORSE) and direction in ("up", "down")
    return Mark(mark.shape, direction or "") if moves else mark


def commitment_mark(state: CommitmentState) -> Mark:
    """Return the mark of a promise.

    >>> commitment_mark(CommitmentState.LATE).shape
    'bad'
    """
    return _COMMITMENT_MARKS[state]


def challenge_mark(state: ChallengeState) -> Mark:
    """Return the mark of a challenge.

    >>> challenge_mark(ChallengeState.UNANSWERED) == commitment_mark(CommitmentState.LATE)
    True
    """
    return _CHALLENGE_MARKS[state]


@cache
def mark_drawing(mark: Mark) -> str:
    """Return what is drawn inside a mark's 22 × 22 box, as SVG.

    >>> mark_drawing(Mark("good"))
    '<circle class="fillg" cx="11" cy="11" r="10" fill="#12436d"/>'
    """
    if not mark.sign:
        return _SHAPES[mark.shape]
    is_filled = mark.shape in ("good", "bad", "neutral")
    width = "1.8" if mark.sign in ("in", "out", "twice", "under") else "2.2"
    stroke = "#fff" if is_filled else INK
    return (
        f'{_SHAPES[mark.shape]}<path d="{_SIGNS[mark.sign]}" class="onfill" fill="none" stroke="{stroke}" '
        f'stroke-width="{width}"/>'
    )


@cache
def mark_drawings() -> dict[str, str]:
    """Return what is drawn inside every mark's 22 × 22 box, by the id that a page uses it by."""
    moving = [Mark(shape, way) for shape in ("good", "bad") for way in ("up", "down")]
    everything = {*_MARKS.values(), *_COMMITMENT_MARKS.values(), *moving, Mark("same", "tick")}
    return {mark.symbol: mark_drawing(mark) for mark in sorted(everything)}
