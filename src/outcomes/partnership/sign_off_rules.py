"""The rules that `sign_offs.csv` obeys: one rule, one function."""

from collections.abc import Iterator
from typing import Final

from outcomes.agreement.signing_rules import names_a_person
from outcomes.definitions import Complaint, Rule
from outcomes.partnership.reading import World
from outcomes.partnership.sign_offs import FileSignOff

__all__ = ["SIGN_OFF_RULES"]


def sign_off_of_nobody(world: World) -> Iterator[Complaint]:
    """Who signs off a file is a partner of partners.yaml."""
    if not world.knows_partners:
        return
    for row in world.sign_offs:
        if row.noun.partner not in world.declared_partners:
            fix = f"The partners are: {', '.join(sorted(world.declared_partners)) or 'none'}."
            yield row.says(f"there is no partner {row.noun.partner!r}.", fix)


def sign_off_twice(world: World) -> Iterator[Complaint]:
    """A role signs off a file on a day once."""
    seen: set[FileSignOff] = set()
    for row in world.sign_offs:
        if row.noun in seen:
            yield row.says(f"{row.noun.file!r} of {row.noun.partner!r} is signed off twice alike.", "Keep one row.")
        seen.add(row.noun)


def sign_off_by_a_person(world: World) -> Iterator[Complaint]:
    """A role signs off a file, never a person by name."""
    for row in world.sign_offs:
        if names_a_person(row.noun.role):
            fix = "Write the role alone, such as Director of finance: people leave, and what was signed stays."
            yield row.says("a person seems to be named in role.", fix)


SIGN_OFF_RULES: Final[tuple[Rule[World], ...]] = (sign_off_of_nobody, sign_off_twice, sign_off_by_a_person)
