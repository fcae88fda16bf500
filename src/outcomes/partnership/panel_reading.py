"""Reads the panels of a partnership: `panels/<id>.yaml` with the members of each cell and what they answered."""

from dataclasses import dataclass, field
from pathlib import Path

import polars as pl

from outcomes.definitions import (
    Column,
    Located,
    Origin,
    TableFile,
    read_definition_file,
    read_table_file,
    typed_columns,
    typed_noun,
)
from outcomes.errors import Fault
from outcomes.partnership.panels import Panel, PanelDescription, answer_columns, member_columns

__all__ = ["PanelSource", "panel_of", "read_panels"]


@dataclass(frozen=True)
class PanelSource:
    """One panel as it was read.

    Attributes:
        description: What its YAML file says.
        members, answers: Its cells and their answers, typed, each row with its `line`.
    """

    description: Located[PanelDescription]
    members: TableFile
    answers: TableFile


@dataclass(frozen=True)
class PanelFolder:
    """Every panel of a partnership as it was read, the faults of the files, and the files."""

    panels: tuple[PanelSource, ...] = ()
    faults: tuple[Fault, ...] = ()
    files: dict[str, Path] = field(default_factory=dict)


def read_panels(folder: Path) -> PanelFolder:
    """Return every panel of a partnership's folder, sorted by id; nothing is raised.

    Arguments:
        folder: The partnership's folder; it need hold no panels.
    """
    found: list[PanelSource] = []
    faults: list[Fault] = []
    files: dict[str, Path] = {}
    panels = folder / "panels"
    for path in sorted(panels.glob("*.yaml")) if panels.is_dir() else ():
        read = read_definition_file(path, folder)
        files[read.file] = path
        faults += read.faults
        content = read.content
        if not isinstance(content, dict):
            if content is not None:
                message = "keys such as title, recruitment and population are expected."
                faults.append(Fault(read.file, 1, "wrong-value", message, "Write key: value lines."))
            continue
        if content.get("id", path.stem) != path.stem:
            message = f"id is {content['id']!r}, and the file is called {path.stem!r}."
            faults.append(Fault(read.file, read.lines[("id",)], "id-and-folder", message, "Give both the same name."))
        located, wrong = typed_noun(PanelDescription, {**content, "id": path.stem}, Origin.of(read))
        faults += wrong
        if located is None:
            continue
        members, answers = path.with_suffix(".csv"), path.with_suffix("") / "answers.csv"
        tables = []
        for table_path, columns in (
            (members, member_columns(located.noun.dimensions)),
            (answers, answer_columns(located.noun.dimensions)),
        ):
            table = _table(table_path, folder, columns, is_needed=table_path == members)
            faults += table.faults
            tables.append(table)
            if table_path.exists():
                files[table.file] = table_path
        found.append(PanelSource(located, *tables))
    return PanelFolder(tuple(found), tuple(faults), files)


def _table(path: Path, root: Path, columns: dict[str, pl.DataType], *, is_needed: bool) -> TableFile:
    if not is_needed and not path.exists():
        name = path.relative_to(root).as_posix()
        return TableFile(name, pl.DataFrame(schema=columns | {"line": pl.Int64()}))
    needed = tuple(name for name in columns if name != "recruitment")
    table = read_table_file(path, root, known=tuple(columns), required=needed)
    whole = {name: Column.WHOLE for name, dtype in columns.items() if dtype == pl.Int64()}
    counted = [name for name in ("question", *whole) if name in columns]
    return typed_columns(table, whole, required=tuple(counted))


def panel_of(source: PanelSource) -> Panel:
    """Return the panel of a faultless source."""
    return Panel(source.description.noun, source.members.frame.drop("line"), source.answers.frame.drop("line"))
