"""The street is one-way: proved from the syntax tree of every module."""

import pytest

from tests.architecture.imports import Import, imports, modules

# the rooms in the order in which data walks through them
WORLD = ("geography", "framework", "agreement", "partnership")
STAGES = ("intake", "ledger", "rollup", "estimates", "judgement", "profile", "protection", "scorecard")
OUTLETS = ("report", "exchange")
TOP = ("workflows", "cli")
ROOMS = (*WORLD, "statistics", *STAGES, *OUTLETS, *TOP)

# what a room shows to later ones: its nouns, and for the world its questions
NOUNS = {
    "geography": {"areas", "footprints", "succession"},
    "framework": {"model"},
    "agreement": {"model"},
    "partnership": {
        "model",
        "layout",
        "policy",
        "calendar",
        "supplies",
        "panels",
        "partner_succession",
        "room",
        "sign_offs",
    },
    "intake": {"model", "observations"},
    "ledger": {"model"},
    "rollup": {"model"},
    "estimates": {"model"},
    "judgement": {"model"},
    "profile": {"model", "voices"},
    "protection": {"model"},
    "scorecard": {"model", "collection"},
}

# what pages and exports are made from
_READ_MODELS = {("framework", "catalogue"), ("scorecard", "model"), ("scorecard", "collection"), ("intake", "model")}

# who alone may load a heavy library
OWNERS = {
    "pandera": {"intake"},
    "python_calamine": {"intake", "partnership"},
    "jinja2": {"report"},
    "nhsuk_frontend_jinja": {"report"},
    "typer": {"cli"},
    "rich": {"cli"},
    "ruamel": {"definitions"},
    "sqlite3": {"ledger"},
    "scipy": {"statistics"},
}

ALL = imports()
OURS = tuple(found for found in ALL if found.imported.split(".")[0] == "outcomes")


def room_of(module: str) -> str:
    """The room of a module; the ground floor's modules are rooms of their own, the façade is `outcomes`."""
    parts = module.split(".")
    return parts[1] if len(parts) > 1 else "outcomes"


def is_ground_floor(module: str) -> bool:
    return room_of(module) not in (*ROOMS, "outcomes")


def said(found: Import) -> str:
    return f"{found.importer}:{found.line} imports {found.imported}"


def test_every_room_of_the_street_is_there() -> None:
    there = {room_of(module) for module in modules()}
    assert set(ROOMS) <= there


def test_the_ground_floor_imports_no_room() -> None:
    wrong = [said(found) for found in OURS if is_ground_floor(found.importer) and not is_ground_floor(found.imported)]
    assert wrong == []


def test_statistics_knows_no_framework_and_no_place() -> None:
    wrong = [
        said(found)
        for found in OURS
        if room_of(found.importer) == "statistics"
        and room_of(found.imported) != "statistics"
        and found.imported not in ("outcomes.vocabulary", "outcomes.errors")
    ]
    assert wrong == []


def _may_import(found: Import) -> bool:  # noqa: PLR0911
    importer, imported = room_of(found.importer), room_of(found.imported)
    if importer == imported or is_ground_floor(found.imported):
        return True
    shown = found.imported.split(".")[2] if found.imported.count(".") > 1 else ""
    if importer in WORLD:
        # the world's rooms are loaded and linted together
        return imported in WORLD and WORLD.index(imported) < WORLD.index(importer)
    if importer in STAGES:
        if imported == "statistics":
            return True
        earlier = (*WORLD, *STAGES[: STAGES.index(importer)])
        return imported in earlier and shown in NOUNS[imported]
    if importer in OUTLETS:
        return (imported, shown) in _READ_MODELS or (
            importer == "exchange" and (imported, shown) == ("partnership", "model")
        )
    if importer == "workflows":
        return imported not in TOP
    # the command line and the façade stand above everything
    return importer in ("cli", "outcomes")


def test_a_stage_imports_only_the_nouns_of_earlier_stages() -> None:
    wrong = [said(found) for found in OURS if not is_ground_floor(found.importer) and not _may_import(found)]
    wrong = [text for text in wrong if not text.startswith("outcomes.statistics")]
    assert wrong == []


def test_only_the_command_line_and_the_facade_import_workflows() -> None:
    wrong = [
        said(found)
        for found in OURS
        if room_of(found.imported) == "workflows" and room_of(found.importer) not in ("workflows", "cli", "outcomes")
    ]
    assert wrong == []


def test_no_room_reaches_into_a_private_module_of_another() -> None:
    wrong = [
        said(found)
        for found in OURS
        if room_of(found.importer) != room_of(found.imported)
        and any(part.startswith("_") for part in found.imported.split("."))
    ]
    assert wrong == []


@pytest.mark.parametrize("library", sorted(OWNERS))
def test_a_heavy_library_is_loaded_by_its_owner_alone(library: str) -> None:
    wrong = [
        said(found)
        for found in ALL
        if found.imported.split(".")[0] == library and room_of(found.importer) not in OWNERS[library]
    ]
    assert wrong == []


def test_nothing_imports_in_a_circle() -> None:
    edges: dict[str, set[str]] = {module: set() for module in modules()}
    for found in OURS:
        if found.importer not in (found.imported, "outcomes") and found.imported in edges:
            edges[found.importer].add(found.imported)
    state: dict[str, int] = {}

    def visit(module: str, trail: tuple[str, ...]) -> None:
        if state.get(module) == 2:
            return
        assert state.get(module) != 1, "a circle: " + " → ".join((*trail[trail.index(module) :], module))
        state[module] = 1
        for imported in sorted(edges[module]):
            visit(imported, (*trail, module))
        state[module] = 2

    for module in sorted(edges):
        visit(module, ())


def test_no_two_rooms_import_each_other() -> None:
    pairs = {
        (room_of(found.importer), room_of(found.imported)) for found in OURS if room_of(found.importer) != "outcomes"
    }
    assert [pair for pair in sorted(pairs) if pair[0] < pair[1] and (pair[1], pair[0]) in pairs] == []


def test_no_module_has_a_forbidden_name() -> None:
    forbidden = {"utils", "util", "helpers", "helper", "manager", "common", "misc", "process"}
    assert [module for module in modules() if forbidden & set(module.split("."))] == []


def test_every_module_says_its_duty_first() -> None:
    wordless = [
        str(path.name) for path in modules().values() if not path.read_text(encoding="utf-8").lstrip().startswith('"""')
    ]
    assert wordless == []
