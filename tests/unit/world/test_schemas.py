"""The published JSON Schemas are those of the models, and every bundled definition file fits its own."""

from datetime import date
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from ruamel.yaml import YAML

from outcomes.bundled import bundled_folder
from outcomes.partnership.scaffold import init_partnership
from outcomes.partnership.schemas import SCHEMA_FOLDER, definition_schemas, schema_files
from tests.world_folder import FILES

SCHEMAS = definition_schemas()
PACKAGE = SCHEMA_FOLDER.parent
BUNDLED = sorted(
    path
    for folder in (bundled_folder("frameworks"), bundled_folder("examples"), PACKAGE / "partnership" / "policies")
    for path in folder.rglob("*.yaml")
    if not any(part[0] in "._" for part in path.relative_to(folder).parts)
)


def _schema_of(path: Path) -> str:
    named = {"layouts": "layout", "policies": "policy", "agreements": "agreement", "panels": "panel"}
    return named.get(path.parent.name, path.stem)


def _as_an_editor_sees_it(value: Any) -> Any:
    if isinstance(value, dict):
        return {str(key): _as_an_editor_sees_it(part) for key, part in value.items()}
    if isinstance(value, list):
        return [_as_an_editor_sees_it(part) for part in value]
    return value.isoformat() if isinstance(value, date) else value


def _complaints(name: str, text: str) -> list[str]:
    content = _as_an_editor_sees_it(YAML(typ="safe", pure=True).load(text))
    validator = jsonschema.Draft202012Validator(SCHEMAS[name])
    return [f"{list(error.absolute_path)}: {error.message}" for error in validator.iter_errors(content)]


def test_the_published_schemas_are_current() -> None:
    published = {path.name: path.read_text(encoding="utf-8") for path in SCHEMA_FOLDER.glob("*.json")}
    assert published == schema_files(), "write them anew: python -m outcomes.partnership.schemas"


@pytest.mark.parametrize("name", sorted(SCHEMAS))
def test_every_schema_is_a_schema_and_describes_its_keys(name: str) -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMAS[name])
    assert SCHEMAS[name]["title"]
    assert SCHEMAS[name]["additionalProperties"] is False
    tables = [SCHEMAS[name], *SCHEMAS[name].get("$defs", {}).values()]
    keys = [(table.get("title"), key, told) for table in tables for key, told in table.get("properties", {}).items()]
    assert keys
    assert [(table, key) for table, key, told in keys if not told.get("description")] == []


@pytest.mark.parametrize("path", BUNDLED, ids=lambda path: "/".join(path.parts[-3:]))
def test_every_bundled_definition_file_fits_its_schema(path: Path) -> None:
    assert _complaints(_schema_of(path), path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("name", sorted(name for name in FILES if name.endswith(".yaml")))
def test_what_the_loader_takes_the_schema_takes(name: str) -> None:
    assert _complaints(_schema_of(Path(name)), FILES[name]) == []


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("calendar", "due: {fortnight: {days_after_period: 1}}"),
        ("partners", "partners: [{code: T, name: T, type: trust}]"),
        ("partners", "partners: [{code: a b, name: T, type: council}]"),
        ("framework", "id: x\nversion: 1\ntitle: t\npublisher: p\nsource: s\nlicence: l\nindicators: []"),
        ("framework", "id: x\nversion: 1\ntitle: t\npublisher: p\nsource: s\nlicence: l\nincludes: [phof/1]"),
        ("policy", "version: 1\ntitle: t"),
        ("agreement", "area_code: A\nversions: [{version: 1}]"),
        ("partnership", "schema: 2\nid: x\ntitle: t\narea_code: A\nframeworks: [a]"),
    ],
)
def test_a_mistake_is_marked_while_one_types(name: str, text: str) -> None:
    assert _complaints(name, text)


def test_a_first_partnership_carries_the_schemas_that_its_files_name(tmp_path: Path) -> None:
    for path in init_partnership(tmp_path / "ours"):
        if path.suffix == ".yaml":
            first = path.read_text(encoding="utf-8").split("\n")[0]
            schema = path.parent / first.removeprefix("# yaml-language-server: $schema=")
            assert schema.resolve().name == f"{_schema_of(path)}.json"
            assert schema.resolve().is_file()
            assert _complaints(_schema_of(path), path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("path", BUNDLED, ids=lambda path: "/".join(path.parts[-3:]))
def test_every_bundled_definition_file_names_its_schema_for_editors(path: Path) -> None:
    first = path.read_text(encoding="utf-8").split("\n")[0]
    named = path.parent / first.removeprefix("# yaml-language-server: $schema=")
    assert named.resolve() == SCHEMA_FOLDER / f"{_schema_of(path)}.json"
