"""Commands on who owes what to whom: who is to be in the room for which conversation, for which people."""

from typing import Annotated

import typer

from outcomes.cli import printing
from outcomes.cli.commands.options import AsOf, PartnershipFolder, date_spoken_for, opened_partnership

__all__ = ["room"]


def room(
    *,
    partnership: PartnershipFolder,
    place: Annotated[str, typer.Option("--place", help="The area's code.")],
    indicator: Annotated[
        str | None, typer.Option("--indicator", help="Only this indicator: id, code or alias.")
    ] = None,
    topic: Annotated[
        str | None, typer.Option("--topic", help="Only measures of this outcome, or whose name holds the word.")
    ] = None,
    population: Annotated[
        str | None, typer.Option("--population", help="Only for this area within the place, or this group.")
    ] = None,
    as_of: AsOf = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON document and nothing else.")] = False,
) -> None:
    """Say who is to be in the room for which conversation, for which people, and in which part."""
    from outcomes.cli.room_printing import print_room
    from outcomes.partnership.room import who_is_in_the_room

    found = who_is_in_the_room(
        opened_partnership(partnership),
        place=place,
        as_of=date_spoken_for(as_of),
        indicator=indicator,
        topic=topic,
        population=population,
    )
    if as_json:
        printing.print_json(found.to_dicts())
    else:
        print_room(found)
