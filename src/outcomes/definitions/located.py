"""A noun together with the file and line where it stands, and pydantic's complaints turned into plain faults."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from outcomes.definitions.nearest import key_fix, keys_at
from outcomes.definitions.tree import DefinitionFile, TreePath
from outcomes.errors import Fault

__all__ = ["Complaint", "Located", "Origin", "quoted", "typed_noun"]

Noun = TypeVar("Noun")
Model = TypeVar("Model", bound=BaseModel)

_TEN_DIGITS = re.compile(r"\d{3}[ -]?\d{3}[ -]?\d{4}", re.ASCII)


def quoted(value: object) -> str:
    """Return a value for a message: in quotes, short, without a number that could be a person's.

    >>> quoted("x" * 100)[-5:]
    "xxx…'"
    """
    text = _TEN_DIGITS.sub("(ten digits)", str(value))
    return repr(text if len(text) <= 60 else text[:59] + "…")


@dataclass(frozen=True, slots=True)
class Complaint:
    """What a rule says about one place in a file; the rule's name is added where rules are run."""

    file: str
    line: int
    message: str
    fix: str = ""


@dataclass(frozen=True)
class Origin:
    """Where a noun stands.

    Attributes:
        file: Its file's name in faults.
        lines: The line of every part of that file.
        prefix: The noun's own place in the file.
    """

    file: str
    lines: Mapping[TreePath, int] = field(default_factory=dict, repr=False)
    prefix: TreePath = ()

    @classmethod
    def of(cls, read: DefinitionFile, *prefix: str | int) -> "Origin":
        """The origin of a part of a file."""
        return cls(read.file, read.lines, prefix)

    def line(self, *path: str | int) -> int:
        """The line of a part of the noun, or of the nearest thing around it."""
        whole = (*self.prefix, *path)
        for length in range(len(whole), -1, -1):
            if whole[:length] in self.lines:
                return self.lines[whole[:length]]
        return 0


@dataclass(frozen=True)
class Located(Generic[Noun]):
    """A noun and where it stands."""

    noun: Noun
    origin: Origin

    def says(self, message: str, fix: str, *path: str | int) -> Complaint:
        """Return a complaint about a part of the noun."""
        return Complaint(self.origin.file, self.origin.line(*path), message, fix)


def typed_noun(model: type[Model], content: object, origin: Origin) -> tuple[Located[Model] | None, tuple[Fault, ...]]:
    """Return the noun that plain content makes, or every fault of it with its line.

    Arguments:
        model: The noun's class; its field names are the keys.
        content: Mappings, lists and text, as read.
        origin: Where the content stands.
    """
    try:
        return Located(model.model_validate(content), origin), ()
    except ValidationError as error:
        found = {_as_fault(model, details, origin) for details in error.errors(include_url=False)}
        return None, tuple(sorted(found))


def _as_fault(model: type[BaseModel], details: ErrorDetails, origin: Origin) -> Fault:
    kind, given = details["type"], details["input"]
    path = tuple(part for part in details["loc"] if part != "[key]")
    key = str(path[-1]) if path else ""
    here = _dotted(path)
    line = origin.line(*path)
    shown = quoted(given) if isinstance(given, str | int | float) else "something else"
    about = f"{here} is {shown}" if here else f"what stands here is {shown}"
    match kind:
        case "missing":
            message, fix, rule = f"{here} is missing.", f"Add {key}.", "missing-key"
        case "extra_forbidden":
            message, fix, rule = f"{here} is not known here.", key_fix(key, keys_at(model, path[:-1])), "unknown-key"
        case "enum" | "literal_error":
            expected = str(details.get("ctx", {}).get("expected", "")).replace(" or ", ", ")
            message, fix, rule = f"{about}.", f"Write one of {expected}.", "unknown-word"
        case "string_pattern_mismatch":
            message = f"{about}, which is no code: letters, digits, _ and - are expected, at most 64."
            fix, rule = "Choose a code of these signs; the published code may stand in official_code.", "wrong-value"
        case "string_too_short":
            message, fix, rule = f"{here} is empty.", f"Write {key} out.", "wrong-value"
        case "string_too_long":
            message, fix, rule = f"{here} is longer than 4,000 characters.", "Shorten it.", "wrong-value"
        case "tuple_type":
            message, fix, rule = f"{about}; a list is expected.", "Write it as a list: [one, two].", "wrong-value"
        case "too_short":
            message, fix, rule = f"{here} is an empty list.", "Name at least one.", "wrong-value"
        case "string_type":
            message, fix, rule = f"{here} is a list or a mapping; text is expected.", "Write text.", "wrong-value"
        case "model_type" | "model_attributes_type" | "dict_type":
            message, fix, rule = f"{about}; a mapping of keys is expected.", "Write key: value lines.", "wrong-value"
        case "value_error":
            reason = details["msg"].removeprefix("Value error, ").rstrip(".")
            is_scalar = isinstance(given, str)
            message = f"{about}: {reason}." if is_scalar else (f"{here}: {reason}." if here else f"{reason}.")
            fix, rule = "", "wrong-value"
        case _:
            message, fix, rule = f"{about}: {details['msg'].rstrip('.').lower()}.", "", "wrong-value"
    return Fault(origin.file, line, rule, message, fix)


def _dotted(path: tuple[str | int, ...]) -> str:
    text = ""
    for part in path:
        text += f"[{part + 1}]" if isinstance(part, int) else (f".{part}" if text else part)
    return text
