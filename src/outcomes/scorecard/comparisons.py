"""Which comparisons a line shows, in which order: the framework's own, with wholes above and never with itself."""

from collections.abc import Sequence

from outcomes.framework.model import Inclusion
from outcomes.scorecard.figures import Row
from outcomes.vocabulary import AreaLevel

__all__ = ["shown_comparisons"]

_LEVELS = [level.value for level in AreaLevel]


def shown_comparisons(rows: Sequence[Row], inclusion: Inclusion) -> list[Row]:
    """Return comparisons in the order in which the inclusion names its benchmarks; judgements are sorted otherwise.

    An area of a benchmark's own level is not compared with itself, nor with a level below its own. Where nothing else
    is left, the first stays, and says so.

    Arguments:
        rows: Judgements of one indicator, area and period.
        inclusion: Its terms.
    """
    place = {kind.value: number for number, kind in enumerate(inclusion.benchmarks)}
    ordered = sorted(rows, key=lambda row: place.get(row["against"], len(place)))
    return [row for row in ordered if _is_above(row)] or ordered[:1]


def _is_above(row: Row) -> bool:
    """Whether the benchmark is no area's, or that of an area above."""
    against = row["against"]
    return against not in _LEVELS or _LEVELS.index(against) < _LEVELS.index(row["level"])
