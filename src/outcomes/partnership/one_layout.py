"""Reads a partnership with one layout that is being written: its own faults apart, so that it can be tried."""

from dataclasses import dataclass, replace
from pathlib import Path

from outcomes.definitions import Located, Origin, read_definition_file, typed_noun
from outcomes.errors import DefinitionError, Fault, UnknownNameError
from outcomes.partnership.layout import Layout
from outcomes.partnership.lint import lint_world, open_world
from outcomes.partnership.loading import partnership_of
from outcomes.partnership.model import Partnership
from outcomes.partnership.reading import World

__all__ = ["WrittenLayout", "with_layout"]


@dataclass(frozen=True)
class WrittenLayout:
    """A partnership with a layout that may have faults.

    Attributes:
        partnership: With the layout among its own, where it could be read at all.
        layout: Its id; empty where it could not be read, or none was named.
        faults: What is wrong with the layout, and what is advised, sorted by file and line.
    """

    partnership: Partnership
    layout: str
    faults: tuple[Fault, ...]


def with_layout(folder: str | Path, layout: str | Path | None) -> WrittenLayout:
    """Return the partnership of a folder with one layout, and the faults of that layout apart from all others.

    Arguments:
        folder: The partnership's folder.
        layout: The path of a YAML file, anywhere; or the id of a layout of the partnership; None: no layout of its own.

    Raises:
        UnreadableFileError: There is no such folder, or it cannot be read.
        DefinitionError: Something else in the partnership has faults.
        UnknownNameError: There is neither such a file nor such a layout.
    """
    world = open_world(folder)
    own: tuple[Fault, ...] = ()
    name, layout_id = "", ""
    if layout is not None and (isinstance(layout, Path) or layout.endswith((".yaml", ".yml"))):
        world, name, layout_id, own = _of_file(world, Path(layout))
    elif layout is not None:
        layout_id = str(layout)
        name = f"layouts/{layout_id}.yaml"
        own = tuple(fault for fault in world.faults if fault.file == name)
        if layout_id not in world.layouts and not own:
            known = ", ".join(sorted(world.layouts))
            raise UnknownNameError(f"no layout is called {layout_id!r}; there are: {known}. Or give a file: name.yaml.")
        world = replace(world, faults=tuple(fault for fault in world.faults if fault not in own))
    found = lint_world(world)
    own = tuple(sorted({*own, *(fault for fault in found if name and fault.file == name)}))
    others = [fault for fault in found if fault not in own and not fault.is_advice]
    if others:
        raise DefinitionError(others)
    return WrittenLayout(partnership_of(world, ""), layout_id if layout_id in world.layouts else "", own)


def _of_file(world: World, path: Path) -> tuple[World, str, str, tuple[Fault, ...]]:
    read = read_definition_file(path, path.parent)
    faults = read.faults
    layouts = {key: located for key, located in world.layouts.items() if key != path.stem}
    if isinstance(read.content, dict):
        # a file of any name may be tried; its own id is not yet held to it
        noun: Located[Layout] | None
        noun, wrong = typed_noun(Layout, {**read.content, "id": path.stem}, Origin.of(read))
        faults += wrong
        if noun is not None:
            layouts[path.stem] = noun
    elif read.content is not None or not faults:
        faults += (Fault(read.file, 1, "wrong-value", "keys such as title and columns are expected.", "Write them."),)
    # the partnership's own file of this name is set aside: it is the one that is tried that counts
    kept = tuple(fault for fault in world.faults if fault.file != f"layouts/{path.name}")
    return replace(world, layouts=layouts, faults=kept), read.file, path.stem, faults
