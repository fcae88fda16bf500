"""Reads `sign_offs.csv`, and the rules that it obeys: one rule, one function."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from outcomes.agreement.signing_rules import names_a_person
from outcomes.definitions import Complaint, Located, Origin, Rule, read_table_file, typed_noun
from outcomes.errors import Fault
from outcomes.partnership.sign_offs import SIGN_OFFS_FILE, SignOff

if TYPE_CHECKING:
    from outcomes.partnership.reading import World

__all__ = ["SIGN_OFF_RULES", "read_sign_offs"]


def read_sign_offs(folder: Path) -> tuple[tuple[Located[SignOff], ...], tuple[Fault, ...]]:
    """Return the sign-offs of a partnership's folder as they stand in its file, and its faults; nothing is raised.

    Arguments:
        folder: The partnership's folder; it need hold none.
    """
    path = folder / SIGN_OFFS_FILE
    if not path.exists():
        return (), ()
    fields = SignOff.model_fields
    required = tuple(name for name, key in fields.items() if key.is_required())
    table = read_table_file(path, folder, known=tuple(fields), required=required)
    faults = list(table.faults)
    if any(fault.rule == "missing-column" for fault in faults):
        return (), tuple(faults)
    found = []
    for row in table.frame.iter_rows(named=True):
        line = row.pop("line")
        given: dict[str, Any] = {name: cell for name, cell in row.items() if cell is not None}
        noun, wrong = typed_noun(SignOff, given, Origin(table.file, {(): line}))
        faults += wrong
        found += [noun] if noun else []
    return tuple(found), tuple(faults)


def sign_off_of_nobody(world: "World") -> Iterator[Complaint]:
    """Who signs off a file is a partner of partners.yaml."""
    if not world.knows_partners:
        return
    for row in world.sign_offs:
        if row.noun.partner not in world.declared_partners:
            fix = f"The partners are: {', '.join(sorted(world.declared_partners)) or 'none'}."
            yield row.says(f"there is no partner {row.noun.partner!r}.", fix)


def sign_off_twice(world: "World") -> Iterator[Complaint]:
    """A role signs off a file on a day once."""
    seen: set[SignOff] = set()
    for row in world.sign_offs:
        if row.noun in seen:
            yield row.says(f"{row.noun.file!r} of {row.noun.partner!r} is signed off twice alike.", "Keep one row.")
        seen.add(row.noun)


def sign_off_by_a_person(world: "World") -> Iterator[Complaint]:
    """A role signs off a file, never a person by name."""
    for row in world.sign_offs:
        if names_a_person(row.noun.role):
            fix = "Write the role alone, such as Director of finance: people leave, and what was signed stays."
            yield row.says("a person seems to be named in role.", fix)


SIGN_OFF_RULES: Final[tuple[Rule["World"], ...]] = (sign_off_of_nobody, sign_off_twice, sign_off_by_a_person)
