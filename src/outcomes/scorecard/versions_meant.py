"""Says which version of a measure is meant where what was agreed or logged names none: the one in use at the place."""

from collections.abc import Iterable, Mapping
from typing import TypeVar

from outcomes.scorecard.model import ChallengeLine, CommitmentLine, RoomLine

__all__ = ["of_version"]

Line = TypeVar("Line", ChallengeLine, CommitmentLine, RoomLine)


def of_version(lines: Iterable[Line], latest: Mapping[str, int]) -> tuple[Line, ...]:
    """Return lines with the version of the measure that each is about; None where it is about none of the page.

    Arguments:
        lines: Promises, challenges, or parts in measures.
        latest: Of each indicator of the page its latest version.
    """
    return tuple(line.model_copy(update={"indicator_version": latest.get(_measure_of(line))}) for line in lines)


def _measure_of(line: ChallengeLine | CommitmentLine | RoomLine) -> str:
    return line.indicator_id if isinstance(line, RoomLine) else line.indicator
