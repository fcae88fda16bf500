"""The lines of direction, comparison and inequality: words counted over the measures, then by tier."""

from collections.abc import Sequence
from typing import Final

from outcomes.profile.model import ProfileDetail, ProfileLine
from outcomes.profile.words import Said, Subject, counts_of, direction_of, sentence, spoken
from outcomes.vocabulary import Signal, Tier, Word

__all__ = ["comparison", "direction", "inequality"]

_DIRECTION: Final = (
    Word.IMPROVING,
    Word.GETTING_WORSE,
    Word.INCREASING,
    Word.DECREASING,
    Word.HIGHER,
    Word.LOWER,
    Word.NO_SIGNIFICANT_CHANGE,
    Word.CANNOT_TELL,
)
_COMPARISON: Final = (
    Word.MUCH_BETTER,
    Word.BETTER,
    Word.SIMILAR,
    Word.WORSE,
    Word.MUCH_WORSE,
    Word.MUCH_HIGHER,
    Word.HIGHER,
    Word.LOWER,
    Word.MUCH_LOWER,
    Word.NOT_COMPARED,
    Word.CANNOT_TELL,
)
_INEQUALITY: Final = (
    Word.NARROWING,
    Word.IMPROVING_UNEQUALLY,
    Word.WIDENING,
    Word.NO_SIGNIFICANT_CHANGE,
    Word.CANNOT_TELL,
)
_TIERS: Final = {Tier.LOCAL: "agreed locally", Tier.NATIONAL: "asked nationally"}


def direction(subject: Subject) -> ProfileLine:
    """Return which way the measures move: the trend of each or, where it cannot be told, its special cause."""
    told = [(inclusion, direction_of(subject, framework, inclusion)) for framework, inclusion in subject.lines]
    said = [Said(inclusion, word) for inclusion, word in told if word is not None]
    return _counted("direction", "Direction", "Is it changing, beyond chance?", said, _DIRECTION)


def comparison(subject: Subject) -> ProfileLine:
    """Return how the measures stand beside their first benchmark."""
    question = "How does it stand beside its benchmark?"
    return _counted("comparison", "Comparison", question, subject.said(Signal.COMPARISON), _COMPARISON)


def inequality(subject: Subject) -> ProfileLine:
    """Return what the gaps do of the measures that are collected by deprivation; how many are not is said."""
    said, measures = subject.said(Signal.INEQUALITY), len(subject.lines)
    verb = "is" if len(said) == 1 else "are"
    told = f"{len(said) or 'none'} of {measures} measures {verb} collected by deprivation"
    line = _counted("inequality", "Inequality", "Is the gap by deprivation narrowing?", said, _INEQUALITY)
    text = sentence(f"{told}: {spoken(line.counts)}" if said else told)
    return line.model_copy(update={"sentence": text})


def _counted(line_id: str, title: str, question: str, said: Sequence[Said], order: Sequence[Word]) -> ProfileLine:
    counts = counts_of((one.word for one in said), order)
    details = []
    for tier, name in _TIERS.items():
        here = counts_of((one.word for one in said if one.inclusion.tier is tier), order)
        if here:
            details.append(ProfileDetail(title=name, counts=here))
    return ProfileLine(
        id=line_id,
        title=title,
        question=question,
        counts=counts,
        sentence=sentence(spoken(counts)),
        details=tuple(details),
    )
