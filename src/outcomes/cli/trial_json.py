"""Makes the document that `layout try --json` prints: the trial as plain values, keys as its nouns have them."""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from enum import Enum
from typing import Any

from outcomes.intake.trial.model import LayoutTrial

__all__ = ["trial_document"]


def trial_document(trial: LayoutTrial) -> dict[str, Any]:
    """Return a trial as plain values, ready for JSON.

    Arguments:
        trial: What a layout made of a file.

    >>> trial_document(LayoutTrial("a.csv", "sheet", "", ()))["layout"]
    'sheet'
    """
    document: dict[str, Any] = _plain(trial)
    return document


def _plain(value: Any) -> Any:
    if isinstance(value, Enum):
        return value.value
    if is_dataclass(value):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Mapping):
        return {str(key): _plain(one) for key, one in value.items()}
    if isinstance(value, tuple | list):
        return [_plain(one) for one in value]
    return value
