"""Reads codes and words: trims what is invisible at the ends, folds ASCII letters only, suggests but never guesses."""

import re
import string
from collections import Counter
from collections.abc import Iterable, Mapping
from difflib import SequenceMatcher
from functools import lru_cache
from typing import Final, NamedTuple

__all__ = [
    "NO_HINT",
    "CodeHint",
    "ascii_folded",
    "begins_like_total",
    "closest",
    "code_hints",
    "fold_header",
    "folded_name",
    "looks_like_total",
    "trimmed",
]

# what may cling to the ends of a cell without being seen: white space, no-break spaces, zero-width characters, marks
_ZERO_WIDTH: Final = "\u200b\u200c\u200d\u2060\ufeff\u00ad"
_ENDS: Final = (
    string.whitespace
    + "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
    + "\u2028\u2029\u202f\u205f\u3000\u0085"
    + _ZERO_WIDTH
)
_ALIKE: Final = 0.75
_LONGEST_CODE: Final = 64
_MOST_NEAR: Final = 3
_FOLD: Final = str.maketrans(string.ascii_uppercase, string.ascii_lowercase)
_ZEROS_WIDE: Final = re.compile(f"[{_ZERO_WIDTH}]")
_NUMERIC: Final = re.compile(r"[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]{1,3})?\Z", re.ASCII)
_TOTAL_BEGINS: Final = re.compile(r"(grand |sub[ -]?)?(total|totals|all|sum|sums)\b", re.ASCII)
_TOTALS: Final = (
    "total",
    "grand total",
    "sub total",
    "subtotal",
    "sub-total",
    "all",
    "sum",
    "overall",
    "england total",
)


class CodeHint(NamedTuple):
    """A hint at what an unknown code may stand for.

    Attributes:
        sentence: As it is said; empty where nothing is known.
        code: The one code that it suggests by its likeness; empty where it suggests none, or several.
    """

    sentence: str
    code: str


NO_HINT: Final = CodeHint("", "")


def trimmed(text: str) -> str:
    """Return a text without what cannot be seen at its ends.

    >>> trimmed("\u00a0E06000014\u200b")
    'E06000014'
    """
    return text.strip(_ENDS)


def ascii_folded(text: str) -> str:
    """Return a code trimmed and with its ASCII letters in lower case; look-alikes of other alphabets stay.

    >>> ascii_folded(" E06000014")
    'e06000014'
    """
    return trimmed(text).translate(_FOLD)


def fold_header(text: str) -> str:
    """Return a column's name as it is compared: trimmed, lower case, white space and hyphens as underscores.

    >>> fold_header(" Deprivation-decile")
    'deprivation_decile'
    """
    return re.sub(r"[\s-]", "_", trimmed(_ZEROS_WIDE.sub("", text))).lower()


def folded_name(text: str) -> str:
    """Return a name as names are compared: without capitals, and with one blank between words.

    >>> folded_name("  Castlewick  North ")
    'castlewick north'
    """
    return " ".join(trimmed(_ZEROS_WIDE.sub("", text)).casefold().split())


def closest(word: str, offered: Iterable[str]) -> str | None:
    """Return the offered word that a misspelt one most likely means, or None.

    >>> closest("denom", ["numerator", "denominator"])
    'denominator'
    """
    names = sorted(offered)
    begun = _begun(word, names)
    # of those that are as alike as each other, the one that `get_close_matches` returns first
    return begun[0] if begun else next(reversed(_nearest(word, names)), None)


def _begun(word: str, names: Iterable[str]) -> list[str]:
    return [name for name in names if len(word) >= 3 and name.startswith(word)]


def _nearest(word: str, names: Iterable[str]) -> list[str]:
    """Return the names of the greatest likeness, sorted, asking for no likeness that cannot be the greatest."""
    matcher = SequenceMatcher()
    matcher.set_seq2(word)
    own = _letters(word)
    bounds: list[tuple[float, str]] = []
    for name in names:
        # no more letters can match than both have
        both = len(word) + len(name)
        bound = 2.0 * len(own & _letters(name)) / both if both else 1.0
        if bound >= _ALIKE:
            bounds.append((bound, name))
    best, found = _ALIKE, list[str]()
    for bound, name in sorted(bounds, reverse=True):
        if bound < best:
            break
        matcher.set_seq1(name)
        ratio = matcher.ratio()
        if ratio > best:
            best, found = ratio, [name]
        elif ratio == best:
            found.append(name)
    return sorted(found)


@lru_cache(maxsize=1 << 14)
def _letters(text: str) -> frozenset[tuple[str, int]]:
    """Every letter with how many of it stand before it: what two texts have in common are the letters of both."""
    seen: Counter[str] = Counter()
    letters = []
    for letter in text:
        letters.append((letter, seen[letter]))
        seen[letter] += 1
    return frozenset(letters)


def looks_like_total(text: str) -> bool:
    """Return whether a text that is no code names a total.

    >>> looks_like_total("Total"), looks_like_total("York")
    (True, False)
    """
    folded = trimmed(text).lower().rstrip(" :.")
    return folded in _TOTALS or folded.startswith("total ") or folded.endswith(" total")


def begins_like_total(text: str) -> bool:
    """Return whether a text that is no code begins as totals do; but "All Saints" may be a ward's name.

    >>> begins_like_total("All places"), begins_like_total("Sum: June"), begins_like_total("Allerton")
    (True, True, False)
    """
    return _TOTAL_BEGINS.match(trimmed(text).lower()) is not None


def code_hints(text: str, names: Mapping[str, str]) -> CodeHint:
    """Return a hint at the codes that an unknown one may stand for, or `NO_HINT`.

    Arguments:
        text: What was sent.
        names: Every code with the name of what it stands for.

    >>> code_hints("101", {"0101": "York North"}).sentence
    'Did a program drop zeros at the front? There is 0101 (York North).'
    >>> code_hints("E0600023", {"E06000023": "Bristol (B)", "E06000014": "York"})
    CodeHint(sentence='Did you mean E06000023 (Bristol (B))?', code='E06000023')
    >>> code_hints("1", {"01": "North", "001": "South"}).code
    ''
    >>> code_hints("P0004", {"P0002": "Hill", "P0003": "Moor", "X9999": "Dale"})
    CodeHint(sentence='Did you mean P0002 (Hill) or P0003 (Moor)?', code='')
    """
    bare = trimmed(text)[:200]
    if _NUMERIC.match(bare):
        value = float(bare)
        likely = [code for code in names if _NUMERIC.match(code) and float(code) == value]
        if likely:
            shown = ", ".join(f"{code} ({names[code]})" for code in sorted(likely)[:3])
            why = "drop zeros at the front" if bare.isdigit() and likely[0].isdigit() else "turn a code into a number"
            return CodeHint(f"Did a program {why}? There is {shown}.", likely[0] if len(likely) == 1 else "")
    folded = bare.lower()
    named = sorted(
        code for code, name in names.items() if name.lower() == folded or name.lower().startswith(folded + " (")
    )
    if named:
        # by its name, not by its likeness: who reads names reads them with what stands beside
        return CodeHint(f"That is a name; its code is {' or '.join(named[:3])}.", "")
    near = (sorted(_begun(bare, names)) or _nearest(bare, names)) if len(bare) <= _LONGEST_CODE else []
    # more of them than can be named: to name some would be to choose
    if not 0 < len(near) <= _MOST_NEAR:
        return NO_HINT
    named = [f"{code} ({names[code]})" for code in near]
    listed = " or ".join([", ".join(named[:-1]), named[-1]] if len(named) > 1 else named)
    return CodeHint(f"Did you mean {listed}?", near[0] if len(near) == 1 else "")
