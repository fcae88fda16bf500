"""Makes the JSON Schemas of definition files, so that editors complete keys and mark mistakes while one types.

`python -m outcomes.partnership.schemas` writes them anew; a test holds the published files to the models.
"""

import inspect
import json
import re
from pathlib import Path
from typing import Any, Final

from pydantic import BaseModel, create_model
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema

from outcomes.agreement.model import LOGS, Agreement
from outcomes.framework.model import Framework, Inclusion, Indicator
from outcomes.partnership.calendar import Calendar
from outcomes.partnership.layout import Layout
from outcomes.partnership.model import Partner, PartnershipDescription
from outcomes.partnership.panels import PanelDescription
from outcomes.partnership.policy import Policy
from outcomes.reference_series import SeriesDescription
from outcomes.scalars import Definition
from outcomes.status_table import SAID_BY, StatusTable

__all__ = ["SCHEMA_FOLDER", "definition_schemas", "schema_files", "write_schemas"]

# part of the package, so that a partnership written by `init` can carry a copy
SCHEMA_FOLDER: Final = Path(__file__).resolve().parents[1] / "schemas"

_WHOLE: Final = {"type": ["integer", "string"], "pattern": "^[+-]?[0-9]{1,18}$"}
_NUMBER: Final = {"type": ["number", "string"], "pattern": r"^[+-]?([0-9]+(\.[0-9]+)?|\.[0-9]+)$"}
_FLAG: Final = {"enum": [True, False, "true", "false"]}
_SHORT_FORMS: Final = {"Verification": {"type": "string", "pattern": "^(yes: *\\S|partly: *\\S|to be confirmed)"}}
_REFERENCE: Final = {"type": "string", "pattern": "^[A-Za-z0-9_-]{1,64}/[A-Za-z0-9_-]{1,64}@[0-9]+$"}


def definition_schemas() -> dict[str, dict[str, Any]]:
    """Return the JSON Schema of every kind of definition file, by name.

    >>> sorted(definition_schemas())[:3]
    ['agreement', 'calendar', 'framework']
    """
    return {
        "agreement": _agreement(),
        "calendar": _schema(Calendar, "What is due when: calendar.yaml"),
        "framework": _schema(
            Framework, "A framework: framework.yaml", without=("indicators", "inclusions", "statuses")
        ),
        "inclusions": _list(Inclusion, "inclusions", "A framework's terms for its indicators: inclusions.yaml"),
        "indicators": _list(Indicator, "indicators", "The indicators that a framework defines: indicators.yaml"),
        "layout": _schema(Layout, "How one kind of sheet is laid out: layouts/<id>.yaml", optional=("id",)),
        "panel": _schema(PanelDescription, "A panel of residents: panels/<id>.yaml", optional=("id",)),
        "partners": _list(Partner, "partners", "The partners of a partnership: partners.yaml"),
        "partnership": _partnership(),
        "statuses": _statuses(),
        "policy": _schema(Policy, "A policy for small numbers: policies/<id>.yaml", optional=("id",)),
    }


def schema_files() -> dict[str, str]:
    """Return the name and text of every schema file."""
    return {
        f"{name}.json": json.dumps(schema, indent=2, ensure_ascii=False) + "\n"
        for name, schema in sorted(definition_schemas().items())
    }


def write_schemas(folder: Path = SCHEMA_FOLDER) -> tuple[Path, ...]:
    """Write every schema file into a folder and return their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in schema_files().items():
        (folder / name).write_text(text, encoding="utf-8", newline="\n")
    return tuple(folder / name for name in schema_files())


class _AsText(GenerateJsonSchema):
    """Schemas for scalars that are read as text: an editor may see `20401` as a number where a code is meant."""

    def str_schema(self, schema: core_schema.StringSchema) -> JsonSchemaValue:
        return {**super().str_schema(schema), "type": ["string", "number", "boolean"]}

    def int_schema(self, schema: core_schema.IntSchema) -> JsonSchemaValue:
        # limits such as ge=0 hold for what an editor sees as a number
        return {**super().int_schema(schema), **_WHOLE}

    def float_schema(self, schema: core_schema.FloatSchema) -> JsonSchemaValue:
        return {**super().float_schema(schema), **_NUMBER}

    def bool_schema(self, schema: core_schema.BoolSchema) -> JsonSchemaValue:  # noqa: ARG002
        return dict(_FLAG)


def _schema(
    model: type[BaseModel], title: str, *, without: tuple[str, ...] = (), optional: tuple[str, ...] = ()
) -> dict[str, Any]:
    found = model.model_json_schema(schema_generator=_AsText, mode="validation")
    _describe(found, model)
    for name, definition in found.get("$defs", {}).items():
        nested = _MODELS.get(name)
        if nested:
            _describe(definition, nested)
    if "IndicatorReference" in found.get("$defs", {}):
        found["$defs"]["IndicatorReference"] = dict(_REFERENCE)
    for name in without:
        found["properties"].pop(name)
    if "required" in found:
        found["required"] = [name for name in found["required"] if name not in optional]
    found.pop("title", None)
    defined = found.pop("$defs", {})
    definitions = {name: defined[name] for name in _reached(found, defined)}
    tidy = _may_be_empty(found)
    if definitions:
        tidy["$defs"] = {name: _or_short(name, _may_be_empty(value)) for name, value in sorted(definitions.items())}
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": title, **tidy}


def _or_short(name: str, definition: dict[str, Any]) -> dict[str, Any]:
    """Let a noun that has a short form also be written as one text."""
    return {"anyOf": [definition, _SHORT_FORMS[name]]} if name in _SHORT_FORMS else definition


def _reached(schema: dict[str, Any], defined: dict[str, Any]) -> set[str]:
    """Return the names of the definitions that a schema uses, over however many steps."""
    found: set[str] = set()
    front = [schema]
    while front:
        named = set(re.findall(r'"#/\$defs/(\w+)"', json.dumps(front))) - found
        found |= named
        front = [defined[name] for name in sorted(named)]
    return found


def _list(model: type[BaseModel], key: str, title: str) -> dict[str, Any]:
    fields: dict[str, Any] = {key: (tuple[model, ...], ())}  # type: ignore[valid-type]
    holder = create_model(title, __config__={"extra": "forbid"}, **fields)
    found = _schema(holder, title)
    found["properties"][key] = {"description": "One entry for each.", **found["properties"][key]}
    return found


def _partnership() -> dict[str, Any]:
    fields: dict[str, Any] = {
        "frameworks": (tuple[str, ...], ...),
        "series": (tuple[SeriesDescription, ...], ()),
    }
    holder = create_model("holder", __base__=PartnershipDescription, **fields)
    found = _schema(holder, "A partnership: partnership.yaml")
    number = {"enum": [1, "1"], "description": "The number of the format."}
    found["properties"] = {"schema": number, **found["properties"]}
    found["required"] = ["schema", *found["required"]]
    found["properties"]["frameworks"] |= {
        "minItems": 1,
        "description": "The ids of the frameworks in use, in order: folders of frameworks/, or bundled ones.",
    }
    described = "The reference series in use, each with its source; its numbers are in series/<id>.csv."
    found["properties"]["series"] = {"description": described, **found["properties"]["series"]}
    return found


def _statuses() -> dict[str, Any]:
    found = _schema(StatusTable, "How signals read in another system's statuses: frameworks/<id>/statuses.yaml")
    rule = found["$defs"]["StatusRule"]["properties"]
    for name, words in SAID_BY.items():
        # each signal has words of its own, which the model leaves to the lint rules
        rule[name] = {
            "anyOf": [{"type": "array", "items": {"enum": [str(word) for word in words]}}, {"type": "null"}],
            "description": rule[name]["description"],
        }
    return found


def _agreement() -> dict[str, Any]:
    found = _schema(Agreement, "", without=("area_code", *(log.name for log in LOGS)))
    definitions = found.pop("$defs")
    for key in ("$schema", "title"):
        found.pop(key)
    found["required"].remove("area_code")
    for log in LOGS:
        definitions.pop(log.noun.__name__, None)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "The agreement of one place: agreements/<area_code>.yaml",
        "type": "object",
        "additionalProperties": False,
        "required": ["area_code", "versions"],
        "properties": {
            "area_code": {"type": ["string", "number"], "description": "The place; also the file's name."},
            "versions": {
                "type": "array",
                "items": {"$ref": "#/$defs/Agreement"},
                "description": "Every version that was agreed, the earliest first.",
            },
        },
        "$defs": {"Agreement": found, **definitions},
    }


def _describe(schema: dict[str, Any], model: type[BaseModel]) -> None:
    """Take the descriptions of properties from the docstring of their model, which is where they are written."""
    schema["description"] = (model.__doc__ or "").strip().splitlines()[0] if model.__doc__ else ""
    if not schema["description"]:
        schema.pop("description")
    told = _attributes(model)
    # a key that is a word of Python is an attribute of another name
    told |= {field.alias: told[name] for name, field in model.model_fields.items() if field.alias and name in told}
    for name, told_of in schema.get("properties", {}).items():
        told_of.pop("title", None)
        if name in told:
            told_of["description"] = told[name]


def _attributes(model: type[BaseModel]) -> dict[str, str]:
    found: dict[str, str] = {}
    for known in reversed(model.__mro__):
        # cleaned: from 3.13 on Python itself takes the indentation off
        block = re.search(r"Attributes:\n(.*?)(\n\n|\Z)", inspect.cleandoc(known.__doc__ or ""), re.DOTALL)
        if not block or known is BaseModel:
            continue
        for entry in re.split(r"\n(?=    \S)", block[1].replace("\n        ", " ")):
            names, _, text = entry.strip().partition(": ")
            for name in names.split(", "):
                found[name.strip()] = " ".join(text.split())
    return found


def _may_be_empty(schema: dict[str, Any]) -> dict[str, Any]:
    """Let a key that may be left out also be written without a value, as the reader does."""
    required = schema.get("required", [])
    properties = {
        name: value if name in required else _or_nothing(value) for name, value in schema.get("properties", {}).items()
    }
    return {**schema, "properties": properties} if properties else schema


def _or_nothing(value: dict[str, Any]) -> dict[str, Any]:
    # a default of Python's, such as an empty tuple, says nothing to an editor
    kept = {key: part for key, part in value.items() if key != "default"}
    description = {"description": kept.pop("description")} if "description" in kept else {}
    choices = kept["anyOf"] if set(kept) == {"anyOf"} else [kept]
    if {"type": "null"} not in choices:
        choices = [*choices, {"type": "null"}]
    return {**description, "anyOf": choices}


_WORLD: Final = ("agreement", "framework", "partnership", "reference_series", "status_table", "target")
_MODELS: Final = {
    model.__name__: model for model in Definition.__subclasses__() if model.__module__.split(".")[1] in _WORLD
}


if __name__ == "__main__":
    write_schemas()
