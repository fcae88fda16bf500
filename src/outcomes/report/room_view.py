"""Turns who has which part in what into one table: a row a measure and population, a column a role."""

from dataclasses import dataclass
from typing import Final

from outcomes.report.formatting import joined
from outcomes.report.wording import say
from outcomes.scorecard.model import RoomLine, Scorecard
from outcomes.vocabulary import Role

__all__ = ["RoomRow", "RoomSection", "room_section"]

_ROLES: Final = (Role.ACCOUNTABLE, Role.CONTRIBUTES, Role.SUPPLIES_DATA, Role.CONSULTED)


@dataclass(frozen=True, slots=True)
class RoomRow:
    """One conversation: the measure, for whom, and the partners by role, in the order of the columns."""

    measure: str
    population: str
    partners: tuple[str, ...]
    note: str


@dataclass(frozen=True, slots=True)
class RoomSection:
    """The table; `roles` are its columns."""

    roles: tuple[str, ...]
    rows: tuple[RoomRow, ...]


def _called(lines: list[RoomLine], role: Role) -> str:
    names = joined([one.partner for one in lines if one.role is role])
    # who is there for everybody is there for some of them too
    is_for_some = bool(lines[0].area_code or lines[0].breakdown)
    return names or say("room_as_all" if is_for_some else "room_nobody")


def room_section(card: Scorecard) -> RoomSection | None:
    """Return who is in the room for every measure of a place; None where nobody is named for anything."""
    if not card.room:
        return None
    found: dict[tuple[str, str], list[RoomLine]] = {}
    everyone: dict[str, set[str]] = {}
    for one in card.room:
        found.setdefault((one.indicator_id, one.population), []).append(one)
        everyone.setdefault(one.indicator_id, set()).add(one.partner_code)
    names = {line.page_name: line.short_name or line.name for line in card.lines}
    rows = tuple(
        RoomRow(
            measure=names.get(indicator_id, indicator_id),
            population=population,
            partners=tuple(_called(lines, role) for role in _ROLES),
            note=say("room_few") if len(everyone[indicator_id]) < 2 else "",
        )
        for (indicator_id, population), lines in found.items()
    )
    return RoomSection(tuple(say(f"room_{role.value}") for role in _ROLES), rows)
