"""Says in the legend of a page how often chance alone makes each signal speak, and how often a real change is found."""

from dataclasses import dataclass
from typing import Final

from outcomes.report.wording import say
from outcomes.scorecard.model import Scorecard, SpecialCause
from outcomes.vocabulary import Word

__all__ = ["ChanceNote", "chance_notes"]

# of each signal: the one figure, and what stands behind it
_SENTENCES: Final = {
    "comparison": ("chance_of_comparison", "chance_more_of_comparison"),
    "trend": ("chance_of_trend", "chance_more_of_trend"),
    "special_cause": ("chance_of_special_cause", "chance_more_of_special_cause"),
    "target": ("chance_of_target", ""),
    "inequality": ("chance_of_inequality", "chance_more_of_inequality"),
}


@dataclass(frozen=True, slots=True)
class ChanceNote:
    """How often chance alone makes one signal speak.

    Attributes:
        signal: The name of the signal.
        text: The one figure that every reader needs.
        more: When it is more often, and how often a real change is found; may be empty.
    """

    signal: str
    text: str
    more: str


def chance_notes(card: Scorecard) -> tuple[ChanceNote, ...]:
    """Return a note for each signal that says something on the page; none where nothing is told.

    The figures are those of a simulation of the methods as configured (docs/chance.md).

    Arguments:
        card: The scorecard of the page.
    """
    untold = {Word.CANNOT_TELL, Word.NOT_COMPARED, Word.NO_TARGET}
    lines = card.lines
    causes = [line.special_cause for line in lines if isinstance(line.special_cause, SpecialCause)]
    told = {
        "comparison": any(one.word not in untold for line in lines for one in line.comparisons),
        "trend": any(line.trend.word not in untold for line in lines),
        "special_cause": any(cause.word not in untold for cause in causes),
        "target": any(target.word not in untold for line in lines for target in line.targets),
        "inequality": any(line.inequality is not None and line.inequality.word not in untold for line in lines),
    }
    return tuple(
        ChanceNote(say(key), say(text), say(more) if more else "")
        for key, (text, more) in _SENTENCES.items()
        if told[key]
    )
