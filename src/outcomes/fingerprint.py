"""Content hashes: the same content gives the same text on any machine."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from enum import Enum
from typing import Any

__all__ = ["fingerprint_of", "sha256_of_bytes"]


def sha256_of_bytes(content: bytes | bytearray) -> str:
    """Return the SHA-256 of bytes as 64 hexadecimal digits.

    >>> sha256_of_bytes(b"")[:12]
    'e3b0c44298fc'
    """
    return hashlib.sha256(content).hexdigest()


def fingerprint_of(content: Any) -> str:
    """Return the SHA-256 of a tree of plain values, independent of the order of mapping keys.

    Arguments:
        content: Mappings, sequences, text, numbers, dates, enums, booleans and None; or a pydantic model.

    Returns:
        64 hexadecimal digits.

    Raises:
        TypeError: A value is none of these, or two keys of a mapping have the same text.

    >>> fingerprint_of({"b": 1, "a": [1, 2]}) == fingerprint_of({"a": (1, 2), "b": 1})
    True
    """
    return sha256_of_bytes(_text_of(_plain(content)).encode())


def _text_of(plain: Any) -> str:
    return json.dumps(plain, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def _plain(content: Any) -> Any:
    if hasattr(content, "model_dump"):
        content = content.model_dump(mode="json")
    if isinstance(content, Enum):
        content = content.value
    if content is None or isinstance(content, str | bool | int | float):
        return content
    if isinstance(content, date | datetime):
        return content.isoformat()
    if isinstance(content, Mapping):
        plain = {str(_plain(key)): _plain(value) for key, value in content.items()}
        if len(plain) != len(content):
            raise TypeError("two keys of a mapping have the same text, so one would be lost from the fingerprint")
        return plain
    if isinstance(content, set | frozenset):
        # by the whole text, with its quotes: 1 and "1" have an order too
        return sorted((_plain(member) for member in content), key=_text_of)
    # bytes are a sequence of numbers to Python, and would pass for one
    if isinstance(content, Sequence) and not isinstance(content, bytes | bytearray | memoryview):
        return [_plain(member) for member in content]
    raise TypeError(f"a {type(content).__name__} has no fingerprint")
