"""Reads one CSV file of which each row is a noun: the rows that can be read with their lines, and every fault."""

from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel

from outcomes.definitions.located import Located, Origin, typed_noun
from outcomes.definitions.tables import read_table_file
from outcomes.errors import Fault

__all__ = ["read_rows"]

Model = TypeVar("Model", bound=BaseModel)


def read_rows(model: type[Model], path: Path, root: Path) -> tuple[str, tuple[Located[Model], ...], tuple[Fault, ...]]:
    """Return what faults call a file, its rows as nouns, and its faults; nothing is raised.

    Arguments:
        model: The noun of a row; its fields are the columns.
        path: The file; it must exist.
        root: The folder that faults name it relative to.
    """
    required = tuple(name for name, key in model.model_fields.items() if key.is_required())
    table = read_table_file(path, root, known=tuple(model.model_fields), required=required)
    faults = list(table.faults)
    if any(fault.rule == "missing-column" for fault in faults):
        return table.file, (), tuple(faults)
    found = []
    for row in table.frame.iter_rows(named=True):
        line = row.pop("line")
        given: dict[str, Any] = {name: cell for name, cell in row.items() if cell is not None}
        noun, wrong = typed_noun(model, given, Origin(table.file, {(): line}))
        faults += wrong
        found += [noun] if noun else []
    return table.file, tuple(found), tuple(faults)
