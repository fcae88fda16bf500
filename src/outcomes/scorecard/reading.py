"""Reads a scorecard's JSON back into a Scorecard, and writes it; loads nothing but pydantic."""

import codecs
import json
from pathlib import Path

from pydantic import ValidationError

from outcomes.errors import ReadbackError, UnreadableFileError
from outcomes.scorecard.model import SCHEMA_VERSION, Scorecard

__all__ = ["read_scorecard", "scorecard_json"]


def scorecard_json(card: Scorecard) -> str:
    """Return a scorecard as JSON: UTF-8 text, keys in the order of the published schema, a line end at the end.

    Arguments:
        card: One place's scorecard.
    """
    return card.model_dump_json(indent=1) + "\n"


def read_scorecard(source: str | Path | bytes) -> Scorecard:
    """Return the scorecard that a JSON file holds.

    Arguments:
        source: A path, or the bytes of the file.

    Raises:
        UnreadableFileError: The file cannot be opened.
        ReadbackError: It is no scorecard, or one of a newer schema than this library knows.

    >>> read_scorecard(b"{}")
    Traceback (most recent call last):
    outcomes.errors.ReadbackError: the content is no scorecard: it has no schema_version; expected one written by ...
    """
    content, name = (source, "the content") if isinstance(source, bytes) else _content_of(Path(source))
    try:
        tree = json.loads(content.decode("utf-8-sig"))
    # no text, no JSON, a number of thousands of digits, brackets without end
    except (ValueError, RecursionError):
        raise ReadbackError(
            f"{name} is no scorecard: it is no JSON; expected a file of the folder scorecards/ of a built site"
        ) from None
    version = tree.get("schema_version") if isinstance(tree, dict) else None
    if not isinstance(version, int) or isinstance(version, bool):
        raise ReadbackError(
            f"{name} is no scorecard: it has no schema_version; expected one written by `outcomes build`"
        )
    if version < 1:
        raise ReadbackError(f"{name} is no scorecard: its schema_version is {version}; expected 1 to {SCHEMA_VERSION}")
    if version > SCHEMA_VERSION:
        raise ReadbackError(
            f"{name} has schema_version {version}; this library reads up to {SCHEMA_VERSION}: install a newer one"
        )
    try:
        return Scorecard.model_validate_json(content.removeprefix(codecs.BOM_UTF8))
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        where = ".".join(str(part) for part in first["loc"])
        raise ReadbackError(
            f"{name} is no scorecard: {error.error_count()} parts do not fit, first {where}: {first['msg']}"
        ) from None


def _content_of(path: Path) -> tuple[bytes, str]:
    try:
        return path.read_bytes(), path.name
    except OSError as error:
        raise UnreadableFileError(f"{path} cannot be read: {error.strerror}; give a scorecard's JSON file") from None
