"""Says in the legend of a page how often chance alone makes each signal speak, and how often a real change is found."""

from outcomes.report.wording import say
from outcomes.scorecard.model import Scorecard, SpecialCause
from outcomes.vocabulary import Word

__all__ = ["chance_notes"]


def chance_notes(card: Scorecard) -> tuple[str, ...]:
    """Return one sentence for each signal that says something on the page; none where nothing is told.

    The figures are those of a simulation of the methods as configured (docs/chance.md).

    Arguments:
        card: The scorecard of the page.
    """
    untold = {Word.CANNOT_TELL, Word.NOT_COMPARED, Word.NO_TARGET}
    lines = card.lines
    causes = [line.special_cause for line in lines if isinstance(line.special_cause, SpecialCause)]
    told = {
        "chance_of_comparison": any(one.word not in untold for line in lines for one in line.comparisons),
        "chance_of_trend": any(line.trend.word not in untold for line in lines),
        "chance_of_special_cause": any(cause.word not in untold for cause in causes),
        "chance_of_target": any(target.word not in untold for line in lines for target in line.targets),
        "chance_of_gap": any(line.inequality is not None and line.inequality.word not in untold for line in lines),
    }
    return tuple(say(key) for key, is_told in told.items() if is_told)
