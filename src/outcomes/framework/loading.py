"""Loads a framework from its folder, or one that ships with the library, with every fault at once."""

from collections.abc import Iterable
from pathlib import Path

from outcomes.bundled import bundled_folder
from outcomes.definitions import readable_first, run_rules
from outcomes.errors import DefinitionError, Fault, UnknownNameError, UnreadableFileError
from outcomes.framework.frameworks import Frameworks
from outcomes.framework.lint import lint_frameworks
from outcomes.framework.model import Framework
from outcomes.framework.reading import FrameworkSource, framework_cut_down, framework_of, framework_sources
from outcomes.framework.voice_rules import unheard_outcome

__all__ = ["bundled_framework", "bundled_framework_folder", "lint_framework", "load_framework"]


def load_framework(folder: str | Path) -> Framework:
    """Return the framework of a folder.

    Arguments:
        folder: Holds framework.yaml, indicators.yaml and inclusions.yaml. Frameworks that it includes from are looked
            for beside it, then among the bundled ones.

    Raises:
        UnreadableFileError: There is no such folder.
        DefinitionError: The framework has faults; every one is listed with its file and line.

    >>> load_framework("no/such/folder")
    Traceback (most recent call last):
    outcomes.errors.UnreadableFileError: no/such/folder: there is no such folder. Give the folder of a framework.
    """
    sources, said = _read(folder)
    faults = [fault for fault in said if not fault.is_advice]
    if faults:
        raise DefinitionError(faults)
    return framework_of(sources[0])


def lint_framework(folder: str | Path) -> tuple[Fault, ...]:
    """Return every fault and advice about a framework's folder, sorted by file and line.

    Raises:
        UnreadableFileError: There is no such folder.
    """
    return _read(folder)[1]


def bundled_framework(framework_id: str, *, indicators: Iterable[str] | None = None) -> Framework:
    """Return a framework that ships with the library, whole or only what a partnership asks for.

    Not all of it may be official: `framework.official` names what was verified, and every definition says how far it
    was.

    Arguments:
        framework_id: Its id, such as `phof`.
        indicators: The ids of the indicators to take; everything where none are given.

    Raises:
        UnknownNameError: There is no such framework, or it asks for no such indicator; the message lists those there
            are.

    >>> smoking = bundled_framework("phof", indicators=["93085"])
    >>> [(one.id, one.verified.text[:29]) for one in smoking.indicators]
    [('93085', 'yes: id, name and definition ')]
    >>> len(bundled_framework("core20plus5").inclusions), len(bundled_framework("core20plus5").official)
    (10, 5)
    """
    framework = load_framework(bundled_folder("frameworks", framework_id))
    if indicators is None:
        return framework
    chosen, there = frozenset(indicators), {inclusion.indicator for inclusion in framework.inclusions}
    if unknown := sorted(chosen - there):
        raise UnknownNameError(
            f"framework {framework_id!r} asks for no indicator {', '.join(map(repr, unknown))}; there are: "
            f"{', '.join(sorted(there))}"
        )
    return framework_cut_down(framework, chosen)


def bundled_framework_folder(framework_id: str) -> Path | None:
    """Return the folder of a framework that ships with the library; None where there is none of this id."""
    try:
        return bundled_folder("frameworks", framework_id)
    except UnknownNameError:
        return None


def _read(folder: str | Path) -> tuple[tuple[FrameworkSource, ...], tuple[Fault, ...]]:
    if not Path(folder).is_dir():
        raise UnreadableFileError(f"{folder}: there is no such folder. Give the folder of a framework.")
    own = Path(folder).resolve()

    def find(framework_id: str) -> Path | None:
        beside = own.parent / framework_id
        return beside if beside.is_dir() else bundled_framework_folder(framework_id)

    sources = framework_sources([own.name], find, own.parent)
    faults = [fault for source in sources for fault in source.faults]
    alone = Frameworks(sources, (own.name,))
    return sources, readable_first(faults) or tuple(
        sorted({*faults, *lint_frameworks(sources, (own.name,)), *run_rules((unheard_outcome,), alone)})
    )
