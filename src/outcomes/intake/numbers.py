"""Reads numbers from text, exactly: a whole mantissa and a count of decimals, never through a float.

The plain form is read for whole columns at once; every other spelling once for each distinct text.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import polars as pl

from outcomes.intake.codes import trimmed
from outcomes.intake.reading.grid import KIND
from outcomes.vocabulary import RowStatus

__all__ = ["FORM", "FORMS", "NumberSpellings", "numbers_from_text", "read_number"]

# how a cell that should hold a number is written; the first eight are read as a number
FORMS: Final = (
    "plain",
    "thousands",
    "point_zero",
    "plus",
    "minus_sign",
    "white_space",
    "leading_zeros",
    "percent",
    "suppressed",
    "not_available",
    "not_applicable",
    "blank",
    "null_word",
    "ambiguous",
    "unknown",
    "scientific",
    "not_finite",
    "comma",
    "too_large",
    "too_precise",
    "error",
    "uncalculated",
    "not_numeric",
)
FORM: Final = pl.Enum(FORMS)

_PLAIN_POLARS: Final = r"^-?(0|[1-9][0-9]*)(\.[0-9]+)?$"
_MAX_PLAIN_CHARS: Final = 18
_NUMBER: Final = re.compile(r"(?P<sign>[-+−]?)(?P<whole>[0-9]+)(?:\.(?P<part>[0-9]+))?(?P<percent>\s*%)?\Z", re.ASCII)
_GROUPED: Final = re.compile(
    r"(?P<sign>[-+−]?)(?P<whole>[0-9]{1,3}(?P<separator>[, \u00a0\u202f])[0-9]{3}(?:(?P=separator)[0-9]{3})*)"
    r"(?:\.(?P<part>[0-9]+))?(?P<percent>\s*%)?\Z"
)
_SCIENTIFIC: Final = re.compile(r"[-+]?[0-9]*\.?[0-9]+[eE][-+]?[0-9]+\Z", re.ASCII)
_COMMA: Final = re.compile(r"[-+]?[0-9][0-9.,]*,[0-9.,]*[0-9]\Z", re.ASCII)
_NOT_FINITE: Final = frozenset({"inf", "-inf", "+inf", "infinity", "-infinity", "+infinity", "∞", "-∞"})
_AMBIGUOUS: Final = frozenset({"-", "–", "—", ".", "n/a", "na", "null", "none", "nan", "#n/a", "?", "nil", "tbc"})
_OTHER_KINDS: Final = {
    "error": "error",
    "uncalculated": "uncalculated",
    "date": "not_numeric",
    "boolean": "not_numeric",
}


@dataclass(frozen=True)
class NumberSpellings:
    """What a column's cells may be besides numbers.

    Attributes:
        markers: What stands in place of a number (trimmed, lower case), to what it means.
        null_words: What means "not given" (trimmed, lower case); empty for a column that must be given.
        refuses_commas: Whether a comma may be a decimal point in this file, so that it is refused.
    """

    markers: Mapping[str, RowStatus]
    null_words: frozenset[str]
    refuses_commas: bool = False


def read_number(text: str, kind: str, spellings: NumberSpellings) -> tuple[int | None, int, str]:
    """Return the mantissa, the decimals and the form of one cell.

    >>> spellings = NumberSpellings(markers={"[c]": RowStatus.SUPPRESSED}, null_words=frozenset())
    >>> read_number("1,050.50", "text", spellings)
    (105050, 2, 'thousands')
    >>> read_number("[c]", "text", spellings)
    (None, 0, 'suppressed')
    """
    if kind in _OTHER_KINDS or kind == "other":
        return None, 0, _OTHER_KINDS.get(kind, "not_numeric")
    bare = trimmed(text)
    folded = bare.lower()
    if kind == "text":
        word = _word_form(folded, spellings)
        if word:
            return None, 0, word
    found = _NUMBER.match(bare) or _GROUPED.match(bare)
    if not found:
        return None, 0, _fault_form(bare, folded)
    groups = found.groupdict()
    separator, part = groups.get("separator"), groups["part"] or ""
    if separator == "," and spellings.refuses_commas:
        return None, 0, "comma"
    whole = groups["whole"].replace(separator, "") if separator else groups["whole"]
    mantissa, decimals = int(whole + part), len(part)
    is_percent = bool(groups["percent"]) or kind == "percent"
    if kind == "percent":
        # shown as a percentage: a hundred times the number, with two decimals fewer
        mantissa, decimals = (mantissa, decimals - 2) if decimals >= 2 else (mantissa * 10 ** (2 - decimals), 0)
    while len(str(mantissa)) > _MAX_PLAIN_CHARS and decimals and mantissa % 10 == 0:
        mantissa, decimals = mantissa // 10, decimals - 1
    if len(str(mantissa)) > _MAX_PLAIN_CHARS:
        return None, 0, "too_large" if len(str(mantissa)) - decimals > _MAX_PLAIN_CHARS - 6 else "too_precise"
    if decimals > _MAX_PLAIN_CHARS:
        return None, 0, "too_precise"
    mantissa = -mantissa if groups["sign"] in ("-", "−") else mantissa
    return mantissa, decimals, _form(text, bare, groups, is_percent, kind)


def _word_form(folded: str, spellings: NumberSpellings) -> str | None:
    if folded in spellings.markers:
        return spellings.markers[folded].value
    if not folded:
        return "blank"
    return "null_word" if folded in spellings.null_words else None


def _fault_form(bare: str, folded: str) -> str:
    if _SCIENTIFIC.match(bare):
        return "scientific"
    if folded in _NOT_FINITE:
        return "not_finite"
    if folded in _AMBIGUOUS:
        return "ambiguous"
    return "comma" if _COMMA.match(bare) else "unknown"


def _form(text: str, bare: str, groups: Mapping[str, str | None], is_percent: bool, kind: str) -> str:
    part, whole = groups["part"] or "", groups["whole"] or ""
    if is_percent:
        return "percent"
    if groups.get("separator"):
        return "thousands"
    if groups["sign"] == "−":
        return "minus_sign"
    if groups["sign"] == "+":
        return "plus"
    if bare != text:
        return "white_space"
    if len(whole) > 1 and whole.startswith("0"):
        return "leading_zeros"
    return "point_zero" if part and not part.strip("0") else "plain"


def numbers_from_text(texts: pl.Series, kinds: pl.Series | None, spellings: NumberSpellings) -> pl.DataFrame:
    """Return the columns mantissa (Int64), decimals (Int8) and form of a column of cells.

    Arguments:
        texts: String; an empty cell is null.
        kinds: The kind of each cell; None where all are text.
        spellings: What the cells may be besides numbers.

    >>> spellings = NumberSpellings(markers={}, null_words=frozenset())
    >>> numbers_from_text(pl.Series(["12", "0.50", None]), None, spellings).rows()
    [(12, 0, 'plain'), (50, 2, 'plain'), (None, None, 'blank')]
    """
    frame = pl.DataFrame(
        {"text": texts.cast(pl.String), "kind": kinds if kinds is not None else pl.Series([], dtype=KIND)}
        if kinds is not None
        else {"text": texts.cast(pl.String)}
    )
    if kinds is None:
        frame = frame.with_columns(pl.lit("text", dtype=KIND).alias("kind"))
    text = pl.col("text")
    is_plain = (
        text.str.contains(_PLAIN_POLARS)
        & (text.str.len_bytes() <= _MAX_PLAIN_CHARS)
        & pl.col("kind").is_in(["text", "number"])
        # a whole number written with zeros after the point is said where a count is asked
        & ~text.str.contains(r"\.0+$")
    )
    digits = text.str.replace(".", "", literal=True)
    point = text.str.find(".", literal=True)
    frame = frame.with_columns(
        pl.when(is_plain).then(digits).cast(pl.Int64, strict=False).alias("mantissa"),
        pl.when(is_plain)
        .then(
            pl.when(point.is_null()).then(0).otherwise(text.str.len_bytes().cast(pl.Int32) - 1 - point.cast(pl.Int32))
        )
        .cast(pl.Int8)
        .alias("decimals"),
        pl.when(text.is_null())
        .then(pl.lit("blank", dtype=FORM))
        .when(is_plain)
        .then(pl.lit("plain", dtype=FORM))
        .alias("form"),
    )
    rest = frame.filter(pl.col("form").is_null()).select("text", "kind").unique(maintain_order=True)
    if rest.is_empty():
        return frame.select("mantissa", "decimals", "form")
    read = [read_number(cell, kind, spellings) for cell, kind in rest.iter_rows()]
    rest = rest.with_columns(
        pl.Series("read_mantissa", [one[0] for one in read], dtype=pl.Int64),
        pl.Series("read_decimals", [one[1] for one in read], dtype=pl.Int8),
        pl.Series("read_form", [one[2] for one in read], dtype=FORM),
    )
    return frame.join(rest, on=["text", "kind"], how="left", maintain_order="left").select(
        *(pl.coalesce(name, f"read_{name}").alias(name) for name in ("mantissa", "decimals", "form"))
    )
