"""The logs that lie beside an agreement as CSV: which there are, what a row of each is, and whom and what it names."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from outcomes.agreement.model.challenges import Challenge
from outcomes.agreement.model.commitments import Commitment, Reply
from outcomes.agreement.model.disputes import Position
from outcomes.agreement.model.insights import Insight
from outcomes.agreement.model.meetings import Decision, Meeting
from outcomes.agreement.model.money import Resource
from outcomes.agreement.model.offices import OfficeHolder
from outcomes.scalars import Definition

__all__ = ["LOGS", "Log"]


@dataclass(frozen=True, slots=True)
class Log:
    """One kind of log: `agreements/<area_code>/<name>.csv`, and the field of an agreement of the same name.

    Attributes:
        name: The file's stem, and the name of the field.
        noun: What a row is; its fields are the columns.
        order: The key by which rows are sorted, so that their order in the file says nothing.
        partners: The codes of partners that a row names, each of which must exist.
        indicators: The ids of indicators that a row names, each of which must be defined.
    """

    name: str
    noun: type[Definition]
    order: Callable[[Any], Any]
    partners: Callable[[Any], tuple[str, ...]]
    indicators: Callable[[Any], tuple[str, ...]]


def _partner(row: Any) -> tuple[str, ...]:
    return (row.partner,)


def _indicator(row: Any) -> tuple[str, ...]:
    return (row.indicator,) if row.indicator else ()


LOGS: Final[tuple[Log, ...]] = (
    Log("commitments", Commitment, lambda row: row.id, _partner, _indicator),
    Log("replies", Reply, lambda row: (row.indicator, row.given_on, row.partner), _partner, _indicator),
    Log("challenges", Challenge, lambda row: (row.raised_on, row.id), lambda row: (row.raised_by, row.to), _indicator),
    Log("disputes", Position, lambda row: (row.id, row.partner), _partner, _indicator),
    Log("meetings", Meeting, lambda row: (row.held_on, row.id), lambda _: (), lambda _: ()),
    Log(
        "decisions",
        Decision,
        lambda row: (row.meeting, row.reference),
        lambda row: (row.asked_by,) if row.asked_by else (),
        _indicator,
    ),
    Log(
        "resources",
        Resource,
        lambda row: (row.outcome, row.period, row.basis, row.partner, row.kind, row.reported_on, row.control_total),
        _partner,
        lambda _: (),
    ),
    Log(
        "office_holders",
        OfficeHolder,
        lambda row: (row.partner, row.role, row.since),
        _partner,
        lambda _: (),
    ),
    Log(
        "insights",
        Insight,
        lambda row: row.id,
        lambda row: (row.partner,) if row.partner else (),
        lambda row: row.indicators,
    ),
)
