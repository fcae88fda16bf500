"""The JSON Schema of what `check --json` prints; `python -m outcomes.exchange.check_schema` writes it anew."""

import json
from pathlib import Path
from typing import Any, Final

from outcomes.vocabulary import RowStatus, Severity, Verdict

__all__ = ["CHECK_SCHEMA_VERSION", "SCHEMA_FILE", "check_schema", "schema_text"]

# rises when a key changes its name or meaning
CHECK_SCHEMA_VERSION: Final = 1
SCHEMA_FILE: Final = Path(__file__).resolve().parents[1] / "schemas" / "exports" / "check.json"


def check_schema() -> dict[str, Any]:
    """Return the JSON Schema of the list that `check --json` prints, one document a file.

    >>> check_schema()["$id"]
    'urn:outcomes:check:1'
    """
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:outcomes:check:{CHECK_SCHEMA_VERSION}",
        "title": f"What outcomes check --json prints (export schema, version {CHECK_SCHEMA_VERSION})",
        "type": "array",
        "items": _object(
            "What a check found in one file.",
            {
                "file": ("The file's name, without folders; NHS numbers masked.", _TEXT),
                "partner": ("The sender's code; empty where it could not be told.", _TEXT),
                "verdict": ("On the whole file, all or nothing.", {"enum": [str(verdict) for verdict in Verdict]}),
                "messages": (
                    "The findings, errors first; of each kind in each column the first 20.",
                    {"type": "array", "items": _message()},
                ),
                "loaded_rows": ("How many figures were read and accepted; 0 when rejected.", _COUNT),
                "new_observations": (
                    "How many versions the ledger would gain; null without a ledger.",
                    {"type": ["integer", "null"], "minimum": 0},
                ),
                "observations": ("The figures read; none when rejected.", {"type": "array", "items": _observation()}),
            },
        ),
    }


def schema_text() -> str:
    """Return the text of the schema's file."""
    return json.dumps(check_schema(), indent=2, ensure_ascii=False) + "\n"


_TEXT: Final = {"type": "string"}
_TEXT_OR_NULL: Final = {"type": ["string", "null"]}
_NUMBER_OR_NULL: Final = {"type": ["number", "null"]}
_COUNT: Final = {"type": "integer", "minimum": 0}


def _object(description: str, properties: dict[str, tuple[str, dict[str, Any]]]) -> dict[str, Any]:
    return {
        "type": "object",
        "description": description,
        "additionalProperties": False,
        "required": list(properties),
        "properties": {name: {"description": told, **kind} for name, (told, kind) in properties.items()},
    }


def _message() -> dict[str, Any]:
    return _object(
        "One fault or remark.",
        {
            "code": ("The rule's stable code.", {"type": "string", "pattern": "^OUT-[0-9]{3}$"}),
            "severity": ("Any error rejects the file.", {"enum": [str(severity) for severity in Severity]}),
            "sheet": ("The worksheet; null in a file without sheets.", _TEXT_OR_NULL),
            "row": (
                "The row of the sender's own sheet, from 1, header included; null for the whole file.",
                {"type": ["integer", "null"], "minimum": 1},
            ),
            "cell": ("The cell's address, such as D14.", {"type": ["string", "null"], "pattern": "^[A-Z]+[0-9]+$"}),
            "column": ("The column by the framework's name.", _TEXT_OR_NULL),
            "value": (
                "What stands there, at most 60 characters, NHS numbers masked.",
                {"type": ["string", "null"], "maxLength": 60},
            ),
            "text": ("What is wrong, in plain English.", {"type": "string", "minLength": 1}),
            "fix": ("What to do about it.", _TEXT),
            "example": ("A correct form; empty where none helps.", _TEXT),
            "repeats": ("How many further rows have the same and are not listed.", _COUNT),
        },
    )


def _observation() -> dict[str, Any]:
    statuses = [str(status) for status in RowStatus]
    return _object(
        "One figure, in its own unit.",
        {
            "row": ("The row it stands in; null for a figure without one.", {"type": ["integer", "null"]}),
            "indicator_id": ("The indicator.", _TEXT),
            "place_code": ("The area's code.", _TEXT),
            "period": ("The canonical text of the period.", _TEXT),
            "sex": ("Persons for everybody.", _TEXT),
            "age_band": ("All ages for everybody.", _TEXT),
            "deprivation_decile": (
                "1 is the most deprived; null for everybody.",
                {"type": ["integer", "string", "null"]},
            ),
            "numerator": ("Null with a status or a published value alone.", _NUMBER_OR_NULL),
            "denominator": ("Null where none was sent.", _NUMBER_OR_NULL),
            "value": ("As sent; null where none was.", _NUMBER_OR_NULL),
            "status": ("Why there is no number; null where there is one.", {"enum": [*statuses, None]}),
            "value_note": ("The sender's own words.", _TEXT_OR_NULL),
            "comment": ("The sender's own words.", _TEXT_OR_NULL),
        },
    )


if __name__ == "__main__":
    SCHEMA_FILE.parent.mkdir(parents=True, exist_ok=True)
    SCHEMA_FILE.write_text(schema_text(), encoding="utf-8", newline="\n")
