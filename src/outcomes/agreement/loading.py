"""Reads the agreements of a partnership: `agreements/<area_code>.yaml` and the CSV logs in the folder beside it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel

from outcomes.agreement.model import LOGS, Agreement, Log
from outcomes.definitions import (
    DefinitionFile,
    Located,
    Origin,
    key_fix,
    read_definition_file,
    read_rows,
    typed_noun,
)
from outcomes.errors import Fault
from outcomes.scalars import Definition

__all__ = ["AgreementSource", "agreements_of", "read_agreements"]

Model = TypeVar("Model", bound=BaseModel)


@dataclass(frozen=True)
class AgreementSource:
    """The agreement of one place as it was read: its versions and its logs.

    Attributes:
        area_code: The place.
        versions: Those that could be read, without the logs.
        logs: The rows of each log that could be read, by the name of the log.
        faults: What is wrong with the files.
        files: The name in faults and the path of every file it was read from.
    """

    area_code: str
    versions: tuple[Located[Agreement], ...] = ()
    logs: Mapping[str, tuple[Located[Any], ...]] = field(default_factory=dict)
    faults: tuple[Fault, ...] = ()
    files: dict[str, Path] = field(default_factory=dict)

    def rows(self, noun: type[Model]) -> tuple[Located[Model], ...]:
        """The rows of the log of a noun, as they stand in its file."""
        return next((self.logs.get(log.name, ()) for log in LOGS if log.noun is noun), ())

    @property
    def every_row(self) -> tuple[tuple[Log, Located[Any]], ...]:
        """The rows of every log with their log, one log after the other."""
        return tuple((log, row) for log in LOGS for row in self.logs.get(log.name, ()))


def read_agreements(folder: Path, root: Path) -> tuple[AgreementSource, ...]:
    """Return every agreement of a folder, sorted by file name; nothing is raised.

    Arguments:
        folder: Holds one YAML file a place and, beside it, a folder of the same name with its logs. It need not exist.
        root: The folder that faults name files relative to.
    """
    if not folder.is_dir():
        return ()
    found = [_read_agreement(path, root) for path in sorted(folder.glob("*.yaml"))]
    named = {path.stem for path in folder.glob("*.yaml")}
    for beside in sorted(path for path in folder.iterdir() if path.is_dir() and path.name not in named):
        name = beside.relative_to(root).as_posix()
        message = f"these logs belong to no agreement; there is no {beside.name}.yaml."
        fault = Fault(name, 0, "missing-file", message, "Add the agreement, or take the folder away.")
        found.append(AgreementSource(beside.name, faults=(fault,)))
    return tuple(found)


def _read_agreement(path: Path, root: Path) -> AgreementSource:
    read = read_definition_file(path, root)
    files = {read.file: path}
    area_code, versions, faults = _versions(read, path.stem)
    logs = path.with_suffix("")
    found: dict[str, tuple[Located[Any], ...]] = {}
    for log in LOGS:
        found[log.name], wrong = _log(log.noun, logs / f"{log.name}.csv", root, files)
        faults = (*faults, *wrong)
    return AgreementSource(area_code, versions, found, faults, files)


def _versions(read: DefinitionFile, stem: str) -> tuple[str, tuple[Located[Agreement], ...], tuple[Fault, ...]]:
    faults = list(read.faults)
    content: Any = read.content
    if content is None:
        return stem, (), tuple(faults)
    if not isinstance(content, dict):
        message = "the keys area_code and versions are expected."
        return stem, (), (*faults, Fault(read.file, 1, "wrong-value", message, "Begin with area_code: and versions:."))
    for key in ("area_code", "versions"):
        if key not in content:
            faults.append(Fault(read.file, 1, "missing-key", f"{key} is missing.", f"Add {key}."))
    for key in sorted(set(content) - {"area_code", "versions"}):
        line, fix = read.lines[(key,)], key_fix(key, ("area_code", "versions"))
        faults.append(Fault(read.file, line, "unknown-key", f"{key} is not known here.", fix))
    area_code = content.get("area_code", stem)
    if area_code != stem:
        line, message = (
            read.lines.get(("area_code",), 1),
            f"area_code is {area_code!r}, and the file is called {stem!r}.",
        )
        faults.append(Fault(read.file, line, "id-and-folder", message, "Give both the same code."))
    entries = content.get("versions", [])
    if not isinstance(entries, list):
        line = read.lines[("versions",)]
        return stem, (), (*faults, Fault(read.file, line, "wrong-value", "versions is no list.", "Begin each with -."))
    found = []
    for position, entry in enumerate(entries):
        origin = Origin.of(read, "versions", position)
        belongs_elsewhere = (
            sorted({"area_code", *(log.name for log in LOGS)} & set(entry)) if isinstance(entry, dict) else []
        )
        for key in belongs_elsewhere:
            message = f"{key} does not belong in a version."
            fix = "The place stands above versions; what is logged, such as commitments, in CSV files beside."
            faults.append(Fault(read.file, origin.line(key), "unknown-key", message, fix))
        is_old = isinstance(entry, dict) and "required_signatures" in entry
        if is_old:
            message = "required_signatures is not known here any more."
            fix = "Write sign_off: {rule: quorate, number: …} in its place."
            faults.append(Fault(read.file, origin.line("required_signatures"), "unknown-key", message, fix))
        if not belongs_elsewhere:
            given = {**entry, "area_code": stem} if isinstance(entry, dict) else entry
            if is_old:
                given = {key: value for key, value in given.items() if key != "required_signatures"}
            version, wrong = typed_noun(Agreement, given, origin)
            faults += wrong
            found += [version] if version else []
    return stem, tuple(found), tuple(faults)


def _log(
    model: type[Model], path: Path, root: Path, files: dict[str, Path]
) -> tuple[tuple[Located[Model], ...], tuple[Fault, ...]]:
    if not path.exists():
        return (), ()
    file, rows, faults = read_rows(model, path, root)
    files[file] = path
    return rows, faults


def agreements_of(sources: tuple[AgreementSource, ...]) -> tuple[Agreement, ...]:
    """Return every version of every agreement with its place's logs, sorted by area and version."""
    found = []
    for source in sources:
        logs = {log.name: _in_order(log, [row.noun for row in source.logs.get(log.name, ())]) for log in LOGS}
        found += [version.noun.model_copy(update=logs) for version in source.versions]
    return tuple(sorted(found, key=lambda agreement: (agreement.area_code, agreement.version)))


def _in_order(log: Log, rows: Iterable[Definition]) -> tuple[Definition, ...]:
    """The rows of a log by its order, then by all they say: the order of the file says nothing."""
    return tuple(sorted(rows, key=lambda row: (log.order(row), row.model_dump_json())))
