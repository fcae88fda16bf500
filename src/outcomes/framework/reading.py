"""Reads framework folders into Indicator, Inclusion and Framework, each with the line where it stands."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel

from outcomes.definitions import DefinitionFile, Located, Origin, key_fix, read_definition_file, typed_noun
from outcomes.errors import Fault
from outcomes.framework.model import Framework, Inclusion, Indicator
from outcomes.status_table import StatusTable

__all__ = [
    "Finder",
    "FrameworkSource",
    "framework_of",
    "framework_sources",
    "read_framework",
    "read_list",
    "selected_sources",
]

Model = TypeVar("Model", bound=BaseModel)
# the folder of a framework id; None where nobody defines it
Finder = Callable[[str], Path | None]


@dataclass(frozen=True)
class FrameworkSource:
    """One framework as it was read, before its rules are asked.

    Attributes:
        id: The id under which it was asked for.
        header: framework.yaml: the framework without its indicators and inclusions; None where it is faulty.
        indicators, inclusions: The parts that could be read.
        declared: The ids of indicators that stand in the file, readable or not, so that one fault is said once.
        declared_keys: Id and version, as written, of the same.
        faults: What is wrong with the files.
        files: The name in faults and the path of every file it was read from.
        statuses: The table of another system's statuses; None where there is none, or it is faulty.
        is_cut_down: Whether only some of its indicators are asked for, so that an outcome may have none.
    """

    id: str
    header: Located[Framework] | None
    indicators: tuple[Located[Indicator], ...] = ()
    inclusions: tuple[Located[Inclusion], ...] = ()
    declared: frozenset[str] = frozenset()
    declared_keys: frozenset[tuple[str, str]] = frozenset()
    faults: tuple[Fault, ...] = ()
    files: dict[str, Path] = field(default_factory=dict)
    statuses: Located[StatusTable] | None = None
    is_cut_down: bool = False


def read_list(
    model: type[Model], read: DefinitionFile, key: str
) -> tuple[tuple[Located[Model], ...], tuple[Fault, ...]]:
    """Return the nouns listed under a file's only key, and every fault of those that cannot be read.

    Arguments:
        model: The class of each entry.
        read: The file.
        key: The key that holds the list, such as `indicators`.
    """
    if read.content is None:
        return (), read.faults
    if not isinstance(read.content, dict):
        message = f"the file holds no mapping; the key {key} is expected."
        return (), (*read.faults, Fault(read.file, 1, "wrong-value", message, f"Begin it with {key}: and a list."))
    faults = list(read.faults)
    for surplus in sorted(set(read.content) - {key}):
        line = read.lines.get((surplus,), 0)
        faults.append(Fault(read.file, line, "unknown-key", f"{surplus} is not known here.", key_fix(surplus, [key])))
    entries = read.content.get(key, [])
    if not isinstance(entries, list):
        line = read.lines.get((key,), 0)
        return (), (*faults, Fault(read.file, line, "wrong-value", f"{key} is no list.", "Begin each entry with -."))
    found = []
    for position, entry in enumerate(entries):
        noun, wrong = typed_noun(model, entry, Origin.of(read, key, position))
        faults += wrong
        if noun:
            found.append(noun)
    return tuple(found), tuple(faults)


def read_framework(folder: Path, root: Path, framework_id: str) -> FrameworkSource:
    """Return what a framework's folder holds, with every fault of its files; nothing is raised.

    Arguments:
        folder: Holds framework.yaml, indicators.yaml and inclusions.yaml, and may hold statuses.yaml.
        root: The folder that faults name files relative to.
        framework_id: The id under which it was asked for.
    """
    read = read_definition_file(folder / "framework.yaml", root)
    files = {read.file: folder / "framework.yaml"}
    header, faults = None, read.faults
    if read.content is not None:
        content = read.content
        if isinstance(content, dict):
            elsewhere = sorted({"indicators", "inclusions", "statuses"} & set(content))
            faults += tuple(
                Fault(
                    read.file,
                    read.lines[(key,)],
                    "unknown-key",
                    f"{key} do not belong in this file.",
                    f"Move them to {key}.yaml beside it.",
                )
                for key in elsewhere
            )
            content = {key: value for key, value in content.items() if key not in elsewhere}
        header, wrong = typed_noun(Framework, content, Origin.of(read))
        faults += wrong
    indicators: tuple[Located[Indicator], ...] = ()
    inclusions: tuple[Located[Inclusion], ...] = ()
    keys: frozenset[tuple[str, str]] = frozenset()
    if (folder / "indicators.yaml").exists():
        listed = read_definition_file(folder / "indicators.yaml", root)
        indicators, wrong = read_list(Indicator, listed, "indicators")
        keys = _declared_keys(listed)
        faults += wrong
        files[listed.file] = folder / "indicators.yaml"
    if (folder / "inclusions.yaml").exists():
        listed = read_definition_file(folder / "inclusions.yaml", root)
        inclusions, wrong = read_list(Inclusion, listed, "inclusions")
        faults += wrong
        files[listed.file] = folder / "inclusions.yaml"
    statuses: Located[StatusTable] | None = None
    if (folder / "statuses.yaml").exists():
        told = read_definition_file(folder / "statuses.yaml", root)
        faults += told.faults
        if told.content is not None:
            statuses, wrong = typed_noun(StatusTable, told.content, Origin.of(told))
            faults += wrong
        files[told.file] = folder / "statuses.yaml"
    declared = frozenset(name for name, _ in keys)
    return FrameworkSource(framework_id, header, indicators, inclusions, declared, keys, faults, files, statuses)


def _declared_keys(read: DefinitionFile) -> frozenset[tuple[str, str]]:
    entries: Any = read.content.get("indicators", []) if isinstance(read.content, dict) else []
    if not isinstance(entries, list):
        return frozenset()
    return frozenset(
        (entry["id"], str(entry.get("version", "1")))
        for entry in entries
        if isinstance(entry, dict) and isinstance(entry.get("id"), str)
    )


def framework_sources(wanted: Iterable[str], find: Finder, root: Path) -> tuple[FrameworkSource, ...]:
    """Return the frameworks asked for, in that order, then those that they include from, each once.

    Arguments:
        wanted: Ids; one that is not found is left out (the rule `unknown-framework` says so).
        find: Gives the folder of an id.
        root: The folder that faults name files relative to; a framework outside it is named `frameworks/<id>/…`.
    """
    found: dict[str, FrameworkSource] = {}
    queue = list(dict.fromkeys(wanted))
    while queue:
        framework_id = queue.pop(0)
        folder = find(framework_id)
        if framework_id in found or folder is None:
            continue
        inside = root if folder.is_relative_to(root) else folder.parents[1]
        source = read_framework(folder, inside, framework_id)
        found[framework_id] = source
        if source.header:
            queue += [reference.framework for reference in source.header.noun.includes]
    return tuple(found.values())


def selected_sources(
    sources: tuple[FrameworkSource, ...], selections: Mapping[str, frozenset[str]]
) -> tuple[FrameworkSource, ...]:
    """Return frameworks of which some are cut down to the indicators that are asked for.

    Arguments:
        sources: As read.
        selections: The id of each framework to cut down, and the ids of the indicators whose terms hold. Definitions
            that other frameworks include stay.
    """
    used = {
        (reference.framework, reference.id)
        for source in sources
        for reference in (source.header.noun.includes if source.header else ())
        if reference.id in selections.get(source.id, {reference.id})
    }
    return tuple(
        _selected(source, selections[source.id], used) if source.id in selections else source for source in sources
    )


def _selected(source: FrameworkSource, chosen: frozenset[str], used: Collection[tuple[str, str]]) -> FrameworkSource:
    kept = chosen | {indicator_id for framework_id, indicator_id in used if framework_id == source.id}
    header = source.header
    if header:
        includes = tuple(reference for reference in header.noun.includes if reference.id in chosen)
        header = replace(header, noun=header.noun.model_copy(update={"includes": includes}))
    return replace(
        source,
        header=header,
        indicators=tuple(located for located in source.indicators if located.noun.id in kept),
        inclusions=tuple(
            # a side effect that nobody asks about cannot be shown beside the line
            located
            if located.noun.balance in chosen
            else replace(located, noun=located.noun.model_copy(update={"balance": ""}))
            for located in source.inclusions
            if located.noun.indicator in chosen
        ),
        declared=source.declared & kept,
        declared_keys=frozenset(key for key in source.declared_keys if key[0] in kept),
        is_cut_down=True,
    )


def framework_cut_down(framework: Framework, chosen: frozenset[str]) -> Framework:
    """Return a framework with only the chosen indicators, their terms, and what it includes of them.

    Arguments:
        framework: As loaded.
        chosen: The ids of the indicators that stay.
    """
    return framework.model_copy(
        update={
            "includes": tuple(one for one in framework.includes if one.id in chosen),
            "indicators": tuple(one for one in framework.indicators if one.id in chosen),
            "inclusions": tuple(
                one if one.balance in chosen else one.model_copy(update={"balance": ""})
                for one in framework.inclusions
                if one.indicator in chosen
            ),
        }
    )


def framework_of(source: FrameworkSource) -> Framework:
    """Return the framework that a faultless source makes."""
    assert source.header is not None
    return source.header.noun.model_copy(
        update={
            "indicators": tuple(located.noun for located in source.indicators),
            "inclusions": tuple(located.noun for located in source.inclusions),
            "statuses": source.statuses.noun if source.statuses else source.header.noun.statuses,
        }
    )
