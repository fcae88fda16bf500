"""Reads one YAML 1.2 file into plain mappings, lists and text, and remembers the line of every part."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from outcomes.definitions.opening import open_definition, relative_name
from outcomes.errors import Fault

__all__ = ["MAX_BYTES", "MAX_DEPTH", "DefinitionFile", "TreePath", "read_definition_file"]

MAX_BYTES: Final = 2_000_000
MAX_DEPTH: Final = 200

# keys and list positions from the top of the file
TreePath = tuple[str | int, ...]


@dataclass(frozen=True)
class DefinitionFile:
    """One YAML file as it was read.

    Attributes:
        file: Its name in faults.
        content: Mappings, lists and text; None where nothing could be read. A key without a value is left out.
        lines: The 1-based line of every part.
        faults: What is wrong with the file as YAML.
    """

    file: str
    content: Any
    lines: Mapping[TreePath, int]
    faults: tuple[Fault, ...] = ()


def read_definition_file(path: Path, root: Path) -> DefinitionFile:
    """Return the content of a YAML file, every scalar as text, with the line of each part.

    Arguments:
        path: The file; it need not exist.
        root: The folder that faults name it relative to.

    Returns:
        Content, lines and faults; nothing is raised. Duplicate keys, anchors, aliases and tags are faults.
    """
    name = relative_name(path, root)
    text, faults = open_definition(path, name, MAX_BYTES)
    if faults:
        return DefinitionFile(name, None, {}, faults)
    composer = _Composer(name)
    try:
        for event in YAML(typ="safe", pure=True).parse(text):
            if not composer.take(event):
                break
    except MarkedYAMLError as error:
        # what is never closed is named where it was opened
        is_open = "end" in (error.problem or "") and error.context_mark
        mark = error.context_mark if is_open else error.problem_mark or error.context_mark
        composer.say(mark.line + 1 if mark else 0, "yaml-syntax", *_plain_problem(error.problem or "it cannot be read"))
    except YAMLError:
        composer.say(0, "yaml-syntax", "the file has a character that YAML does not allow.", "Take it out.")
    if composer.root is None and not composer.faults:
        # a file of nothing, or of comments only, is a mapping without keys
        return DefinitionFile(name, {}, {(): 1})
    return DefinitionFile(name, composer.root, composer.lines, tuple(composer.faults))


_SYNTAX_FIX: Final = "Look for a missing quote, bracket or space after a colon here or just above; no tabs."


def _plain_problem(problem: str) -> tuple[str, str]:
    """Return message and fix: the parser's own words for the two commonest slips say little to most people."""
    if "\\t" in problem:
        return "a tab stands here; YAML takes blanks only.", "Replace each tab by blanks."
    if problem.startswith("mapping values are not allowed"):
        message = "a colon and a blank stand where no key can begin."
        return message, 'Put text that holds a colon in quotes, "Our aim: better lives", or line up the key above.'
    return f"this is no YAML: {problem}.", _SYNTAX_FIX


class _Open:
    """A mapping or list that is still being read."""

    def __init__(self, node: dict[str, Any] | list[Any], path: TreePath) -> None:
        self.node = node
        self.path = path
        # the key whose value comes next; None while a key is expected
        self.key: str | None = None
        self.key_line = 0
        self.seen: set[str] = set()
        self.count = 0


class _Composer:
    """Builds the tree from the parser's events with a stack of its own, so that depth cannot exhaust Python's."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.root: Any = None
        self.lines: dict[TreePath, int] = {}
        self.faults: list[Fault] = []
        self._stack: list[_Open] = []
        self._documents = 0

    def say(self, line: int, rule: str, message: str, fix: str) -> None:
        self.faults.append(Fault(self.file, line, rule, message, fix))

    def take(self, event: Event) -> bool:
        """Take in one event; False ends the reading."""
        line = event.start_mark.line + 1
        for rule, message, fix in _refusals(event):
            self.say(line, rule, message, fix)
        if isinstance(event, DocumentStartEvent):
            self._documents += 1
            if self._documents > 1:
                self.say(line, "several-documents", "a second document begins here.", "Keep one document a file.")
                return False
        elif isinstance(event, MappingStartEvent | SequenceStartEvent):
            return self._open({} if isinstance(event, MappingStartEvent) else [], line)
        elif isinstance(event, MappingEndEvent | SequenceEndEvent):
            self._stack.pop()
        elif isinstance(event, ScalarEvent):
            is_empty = not event.value and not event.style
            self._scalar(None if is_empty else event.value, line)
        elif isinstance(event, AliasEvent):
            self._scalar(None, line)
        return True

    def _open(self, node: dict[str, Any] | list[Any], line: int) -> bool:
        if len(self._stack) >= MAX_DEPTH:
            self.say(line, "too-deep", f"more than {MAX_DEPTH} levels stand inside one another.", "Flatten the file.")
            return False
        top = self._stack[-1] if self._stack else None
        if top and isinstance(top.node, dict) and top.key is None:
            self.say(line, "key-not-text", "a key must be a plain word.", "Write the key as one word.")
            return False
        self._stack.append(_Open(node, self._place(node, line)))
        return True

    def _scalar(self, value: str | None, line: int) -> None:
        top = self._stack[-1] if self._stack else None
        if top and isinstance(top.node, dict) and top.key is None:
            self._key(top, value or "", line)
        elif value is None and top and isinstance(top.node, dict):
            # a key without a value is a key that is not given
            top.key = None
        else:
            self._place("" if value is None else value, line)

    def _key(self, top: _Open, key: str, line: int) -> None:
        if key in top.seen:
            first = self.lines.get((*top.path, key), line)
            self.say(line, "duplicate-key", f"the key {key!r} stands twice, first on line {first}.", "Keep one.")
        else:
            self.lines[(*top.path, key)] = line
        top.seen.add(key)
        top.key, top.key_line = key, line

    def _place(self, node: Any, line: int) -> TreePath:
        """Hang a node into the tree and return its path."""
        if not self._stack:
            self.root = node
            self.lines[()] = line
            return ()
        top = self._stack[-1]
        if isinstance(top.node, dict):
            assert top.key is not None
            path: TreePath = (*top.path, top.key)
            # of a key that stands twice, the first is kept: the file is refused anyhow
            top.node.setdefault(top.key, node)
            top.key = None
        else:
            path = (*top.path, top.count)
            top.count += 1
            top.node.append(node)
            self.lines[path] = line
        return path


def _refusals(event: Event) -> Iterator[tuple[str, str, str]]:
    if isinstance(event, AliasEvent):
        yield "alias", "an alias (*) is not allowed.", "Write the content out."
        return
    if getattr(event, "anchor", None):
        yield "alias", "an anchor (&) is not allowed.", "Take it out."
    if getattr(event, "tag", None):
        yield "tag", "a tag (!) is not allowed.", "Take it out; every value is read as text and typed by its key."
