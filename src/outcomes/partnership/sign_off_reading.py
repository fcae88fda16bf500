"""Reads the sign-offs of a partnership: `sign_offs.csv`."""

from pathlib import Path
from typing import Any

from outcomes.definitions import Located, Origin, read_table_file, typed_noun
from outcomes.errors import Fault
from outcomes.partnership.sign_offs import SIGN_OFFS_FILE, SignOff

__all__ = ["read_sign_offs"]


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
