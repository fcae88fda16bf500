"""Names of files as they are said to people: whoever chose one does not steer a terminal by it."""

import unicodedata
from pathlib import Path

from outcomes.personal_numbers import masked

__all__ = ["file_name", "in_sight"]


def in_sight(text: str, *, but: str = "") -> str:
    """Return a text with what nobody would see (line ends, controls, marks of direction) shown as a dot.

    Arguments:
        text: The text.
        but: Characters that stay as they are.

    >>> in_sight("a\\nb\\x1b[31m\\u202ec"), in_sight("a\\nb\\x07", but="\\n")
    ('a·b·[31m·c', 'a\\nb·')
    """
    return "".join("·" if _is_hidden(one) and one not in but else one for one in text)


def file_name(name: str | Path) -> str:
    """Return a file's name or path as it is printed: what is hidden as a dot, without an NHS number.

    >>> file_name("TRUST\\u202evsc.exe 999 123 4578")
    'TRUST·vsc.exe [number removed]'
    """
    return in_sight(masked(str(name)))


def _is_hidden(character: str) -> bool:
    return unicodedata.category(character)[0] == "C" or character in "\u2028\u2029"
