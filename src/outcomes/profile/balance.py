"""Sets each measure beside the one that would show its side effect, and says where the two move apart."""

from typing import Final

from outcomes.framework.model import Framework, Inclusion
from outcomes.profile.model import Balance
from outcomes.profile.words import Subject, direction_of
from outcomes.vocabulary import Word

__all__ = ["balances_of"]

_APART: Final = frozenset({Word.IMPROVING, Word.GETTING_WORSE})


def balances_of(subject: Subject) -> tuple[Balance, ...]:
    """Return every measure of the place that names another as its balance, with the way that each of the two moves.

    They move apart where one is improving and the other getting worse, beyond chance and each by its own trend or
    special cause; which of the two it is makes no difference, so that mirrored figures raise the same flags. It says
    that the two belong together, not that one caused the other.

    Arguments:
        subject: The place.

    Source: Bird SM et al., Performance indicators: good, bad, and ugly, JRSS A 2005;168:1-27 (perverse effects are
    watched by a second indicator).
    """
    by_id: dict[str, tuple[Framework, Inclusion]] = {}
    for framework, inclusion in subject.every_line:
        # of several versions the one that still gets figures, which is the last
        before = by_id.get(inclusion.indicator)
        if before is None or before[1].version < inclusion.version:
            by_id[inclusion.indicator] = (framework, inclusion)
    found = []
    for framework, inclusion in subject.every_line:
        other = by_id.get(inclusion.balance)
        if other is None:
            continue
        words = (direction_of(subject, framework, inclusion), direction_of(subject, *other))
        found.append(
            Balance(
                framework_id=framework.id,
                indicator_id=inclusion.indicator,
                indicator_version=inclusion.version,
                balance_id=other[1].indicator,
                balance_version=other[1].version,
                word=words[0],
                balance_word=words[1],
                moves_apart=frozenset(words) == _APART,
            )
        )
    return tuple(found)
