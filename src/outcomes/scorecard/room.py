"""Makes what a page says of who is in the room: whom to call for which measure, for which people."""

from datetime import date

from outcomes.partnership.model import Partnership
from outcomes.partnership.room import who_is_in_the_room
from outcomes.scorecard.model import RoomLine
from outcomes.vocabulary import Role

__all__ = ["room_lines"]


def room_lines(partnership: Partnership, area_code: str, as_of: date) -> tuple[RoomLine, ...]:
    """Return who has which part in which measure of a place, for which people, in the order of the page."""
    found = who_is_in_the_room(partnership, place=area_code, as_of=as_of)
    return tuple(
        RoomLine(
            indicator_id=row["indicator_id"],
            area_code="" if row["area_code"] == area_code else row["area_code"],
            area="" if row["area_code"] == area_code else row["area"],
            breakdown=row["breakdown"],
            population=row["population"],
            partner_code=row["partner_code"],
            partner=row["partner"],
            role=Role(row["role"]),
        )
        for row in found.iter_rows(named=True)
        if row["partner_code"] is not None
    )
