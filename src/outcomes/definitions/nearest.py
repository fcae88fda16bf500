"""Finds what somebody probably meant: the known word nearest to an unknown one."""

import difflib
from collections.abc import Iterable
from typing import Any, Final, get_args

from pydantic import BaseModel

__all__ = ["key_fix", "keys_at", "nearest"]

# so few words are listed whole where none is near
MAX_LISTED: Final = 8


def nearest(word: str, known: Iterable[str]) -> tuple[str, ...]:
    """Return the known words that are most like a word, the most like first: one, or two or three that are nearly so.

    >>> nearest("license", ["licence", "level", "source"])
    ('licence',)
    """
    by_plain = {one.casefold().replace("-", "_").replace(" ", "_"): one for one in known}
    plain = word.casefold().replace("-", "_").replace(" ", "_")
    near = difflib.get_close_matches(plain, by_plain, n=3, cutoff=0.7)
    likeness = [difflib.SequenceMatcher(None, one, plain).ratio() for one in near]
    return tuple(by_plain[one] for one, alike in zip(near, likeness, strict=True) if alike > likeness[0] - 0.1)


def key_fix(key: str, known: Iterable[str]) -> str:
    """Return what to do about a key, or a column, that is not known.

    >>> key_fix("license", ["licence", "level", "source"])
    'Did you mean licence?'
    >>> key_fix("logo", ["id", "title"])
    'The keys are: id, title.'
    """
    words = tuple(known)
    near = nearest(key, words)
    if near:
        return f"Did you mean {' or '.join(near)}?"
    if words and len(words) <= MAX_LISTED:
        return f"The keys are: {', '.join(words)}."
    return "Take it out, or see the published schema for the keys."


def keys_at(model: type[BaseModel], path: Iterable[str | int]) -> tuple[str, ...]:
    """Return the keys of the mapping that stands at a path below a noun; nothing where that is no noun of ours.

    Arguments:
        model: The class of the noun at the top.
        path: Keys and list positions from there.
    """
    found: type[BaseModel] | None = model
    for part in path:
        if found is None:
            return ()
        # a position in a list, or a key of the user's own in a mapping, leads to the noun already found
        if part in found.model_fields:
            found = _noun_in(found.model_fields[str(part)].annotation)
    # a key that Python keeps for itself, such as `from`, has another name in code
    return tuple(key.alias or name for name, key in found.model_fields.items()) if found else ()


def _noun_in(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((noun for one in get_args(annotation) if (noun := _noun_in(one))), None)
