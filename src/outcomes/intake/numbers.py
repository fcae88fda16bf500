"""Reads numbers from text, exactly: a whole mantissa and a count of decimals, never through a float.

The plain form is read for whole columns at once; every other spelling once for each distinct text.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import polars as pl

from outcomes.intake.codes import trimmed
from outcomes.intake.reading.grid import no_kinds
from outcomes.partnership.layout import Layout
from outcomes.vocabulary import RowStatus

__all__ = ["FORM", "FORMS", "NumberSpellings", "markers_of", "numbers_from_text", "read_number"]

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
# what an Int64 holds for certain; a plain text of so many characters has no more digits
_MAX_DIGITS: Final = 18
# the least number of so many digits, the place being one less
_FEWEST: Final = pl.Series("fewest", [0, *(10**power for power in range(1, _MAX_DIGITS + 1))], dtype=pl.Int64)
_MAX_WHOLE_DIGITS: Final = 12
_PLAIN_WHOLE: Final = (pl.lit(0, dtype=pl.Int8).alias("decimals"), pl.lit("plain", dtype=FORM).alias("form"))
_MAX_CHARS: Final = 400
_NUMBER: Final = re.compile(r"(?P<sign>[-+−]?)(?P<whole>[0-9]+)(?:\.(?P<part>[0-9]+))?(?P<percent>\s*%)?\Z", re.ASCII)
# nobody's thousands begin with 0: 0,412 is what is written for 0.412 where the comma is the decimal point
_GROUPED: Final = re.compile(
    r"(?P<sign>[-+−]?)(?P<whole>[1-9][0-9]{0,2}(?P<separator>[, \u00a0\u202f])[0-9]{3}(?:(?P=separator)[0-9]{3})*)"
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
    "other": "not_numeric",
}


@dataclass(frozen=True)
class NumberSpellings:
    """What a column's cells may be besides numbers.

    Attributes:
        markers: What stands in place of a number (trimmed, lower case), to what it means.
        null_words: What means "not given" (trimmed, lower case); empty for a column that must be given.
        refuses_commas: Whether a comma may be a decimal point in this file, so that it is refused.
        shortens_decimals: Whether a plain number with more decimals than are held is given rounded, as too precise.
    """

    markers: Mapping[str, RowStatus]
    null_words: frozenset[str]
    refuses_commas: bool = False
    shortens_decimals: bool = False


def markers_of(layout: Layout) -> dict[str, RowStatus]:
    """Return what stands in place of a number (trimmed, lower case), to what it means.

    >>> from outcomes.partnership.layout import NATIVE
    >>> markers_of(NATIVE)["[c]"].value
    'suppressed'
    """
    return {trimmed(text).lower(): status for status, texts in layout.markers.items() for text in texts}


def read_number(text: str, kind: str, spellings: NumberSpellings) -> tuple[int | None, int, str]:
    """Return the mantissa, the decimals and the form of one cell.

    >>> spellings = NumberSpellings(markers={"[c]": RowStatus.SUPPRESSED}, null_words=frozenset())
    >>> read_number("1,050.50", "text", spellings)
    (105050, 2, 'thousands')
    >>> read_number("[c]", "text", spellings)
    (None, 0, 'suppressed')
    """
    bare = trimmed(text)
    if len(bare) > _MAX_CHARS:
        # no number; and what is long enough is not to be searched for what it might have been
        return None, 0, "too_large" if bare[:_MAX_CHARS].isdigit() else "unknown"
    fault = _OTHER_KINDS.get(kind) or (_word_form(bare.lower(), spellings) if kind == "text" else None)
    found = None if fault else _NUMBER.match(bare) or _GROUPED.match(bare)
    if found is None:
        # a number cell that is no number, such as a missing one of a float column
        is_nan = kind == "number" and bare.lower() == "nan"
        return None, 0, fault or ("not_finite" if is_nan else _fault_form(bare))
    groups = found.groupdict()
    separator, part = groups.get("separator"), groups["part"] or ""
    whole = groups["whole"].replace(separator, "") if separator else groups["whole"]
    mantissa, decimals = int(whole + part), len(part)
    if kind == "percent":
        # shown as a percentage: a hundred times the number, with two decimals fewer
        mantissa, decimals = (mantissa, decimals - 2) if decimals >= 2 else (mantissa * 10 ** (2 - decimals), 0)
    while len(str(mantissa)) > _MAX_DIGITS and decimals and mantissa % 10 == 0:
        mantissa, decimals = mantissa // 10, decimals - 1
    if separator == "," and spellings.refuses_commas:
        return None, 0, "comma"
    form = _form(text, bare, groups, bool(groups["percent"]) or kind == "percent")
    sign = -1 if groups["sign"] in ("-", "−") else 1
    if len(str(mantissa)) > _MAX_DIGITS or decimals > _MAX_DIGITS:
        return _unheld(sign * mantissa, decimals, form, spellings)
    return sign * mantissa, decimals, form


def _unheld(mantissa: int, decimals: int, form: str, spellings: NumberSpellings) -> tuple[int | None, int, str]:
    """Return what is given of a number that has too many digits: rounded half away from zero, if anything."""
    digits = len(str(abs(mantissa)))
    if digits - decimals > _MAX_WHOLE_DIGITS:
        return None, 0, "too_large"
    if not spellings.shortens_decimals or form != "plain":
        return None, 0, "too_precise"
    # one digit fewer than are held, as rounding may bring another
    surplus = max(digits, decimals) - (_MAX_DIGITS - 1)
    ten = 10**surplus
    rounded = (abs(mantissa) + ten // 2) // ten
    return (rounded if mantissa > 0 else -rounded), decimals - surplus, "too_precise"


def _word_form(folded: str, spellings: NumberSpellings) -> str | None:
    if folded in spellings.markers:
        return spellings.markers[folded].value
    if not folded:
        return "blank"
    return "null_word" if folded in spellings.null_words else None


def _fault_form(bare: str) -> str:
    folded = bare.lower()
    if _SCIENTIFIC.match(bare):
        return "scientific"
    if folded in _NOT_FINITE:
        return "not_finite"
    if folded in _AMBIGUOUS:
        return "ambiguous"
    return "comma" if _COMMA.match(bare) else "unknown"


def _form(text: str, bare: str, groups: Mapping[str, str | None], is_percent: bool) -> str:
    part, whole = groups["part"] or "", groups["whole"] or ""
    forms = {
        "percent": is_percent,
        "thousands": bool(groups.get("separator")),
        "minus_sign": groups["sign"] == "−",
        "plus": groups["sign"] == "+",
        "white_space": bare != text,
        "leading_zeros": len(whole) > 1 and whole.startswith("0"),
        "point_zero": bool(part) and not part.strip("0"),
    }
    return next((form for form, holds in forms.items() if holds), "plain")


def numbers_from_text(texts: pl.Series, kinds: pl.Series | None, spellings: NumberSpellings) -> pl.DataFrame:
    """Return the columns mantissa (Int64), decimals (Int8) and form of a column of cells.

    Arguments:
        texts: String, or whole numbers; an empty cell is null.
        kinds: The kind of each cell; None where all are text.
        spellings: What the cells may be besides numbers.

    >>> spellings = NumberSpellings(markers={}, null_words=frozenset())
    >>> numbers_from_text(pl.Series(["12", "0.50", None]), None, spellings).rows()
    [(12, 0, 'plain'), (50, 2, 'plain'), (None, None, 'blank')]
    """
    if texts.dtype.is_integer() and _are_read_as_numbers(kinds) and _are_held(texts):
        numbers = texts.cast(pl.Int64).alias("mantissa").to_frame().with_columns(_PLAIN_WHOLE)
        is_there = pl.col("mantissa").is_not_null()
        return (
            numbers
            if not texts.null_count()
            else numbers.with_columns(
                pl.when(is_there).then("decimals"),
                pl.when(is_there).then("form").otherwise(pl.lit("blank", dtype=FORM)).alias("form"),
            )
        )
    # a series may have any name, and polars takes some for patterns
    texts = texts.cast(pl.String).alias("text")
    mantissas, are_read = _plain_wholes(texts)
    if not _are_read_as_numbers(kinds):
        are_read = pl.repeat(False, len(texts), eager=True)
    if are_read is None:
        return pl.DataFrame({"mantissa": mantissas}).with_columns(_PLAIN_WHOLE)
    whole = pl.DataFrame({"mantissa": mantissas}).select(
        pl.when(are_read).then("mantissa").alias("mantissa"),
        pl.when(are_read).then(pl.lit(0, dtype=pl.Int8)).alias("decimals"),
        pl.when(are_read).then(pl.lit("plain", dtype=FORM)).otherwise(pl.lit("blank", dtype=FORM)).alias("form"),
    )
    others = (~are_read & texts.is_not_null()).arg_true()
    if others.is_empty():
        return whole
    read = _spelled(texts.gather(others), None if kinds is None else kinds.gather(others), spellings)
    return pl.DataFrame([whole[name].scatter(others, read[name]) for name in whole.columns])


def _plain_wholes(texts: pl.Series) -> tuple[pl.Series, pl.Series | None]:
    """Return what polars reads as whole numbers, and which of them are written plainly; None where all are.

    Plainly is with as many bytes as digits: no sign, no zero before it, nothing around it. No text is shorter than its
    number; so where all together have no more bytes than digits, each of them is written so.
    """
    text = pl.col("text")
    read = texts.to_frame("text").select(
        text.cast(pl.Int64, strict=False).alias("mantissa"), text.str.len_bytes().alias("bytes")
    )
    mantissas, sizes = read["mantissa"], read["bytes"]
    are_read = mantissas.is_not_null()
    if _digits_of_all(mantissas) == sizes.filter(are_read).cast(pl.UInt64).sum():
        return mantissas, are_read if mantissas.null_count() else None
    fewest = _FEWEST.gather((sizes - 1).clip(0, _MAX_DIGITS))
    return mantissas, ((mantissas >= fewest) & (sizes <= _MAX_DIGITS)).fill_null(False)


def _digits_of_all(numbers: pl.Series) -> int | None:
    """Return how many digits whole numbers have, all together; None where one is below 0 or has too many."""
    least, most = numbers.min(), numbers.max()
    if not isinstance(least, int) or not isinstance(most, int) or least < 0 or most >= 10**_MAX_DIGITS:
        return None
    number = pl.col("number")
    longer = [(number >= fewest).sum().alias(str(fewest)) for fewest in _FEWEST[1:] if fewest <= most]
    further: tuple[int, ...] = numbers.to_frame("number").select(longer).row(0) if longer else ()
    return len(numbers) - numbers.null_count() + sum(further)


def _are_read_as_numbers(kinds: pl.Series | None) -> bool:
    return kinds is None or bool(kinds.is_in(["text", "number"]).all())


def _are_held(numbers: pl.Series) -> bool:
    """Whether whole numbers have no more digits than are read."""
    least, most = numbers.min(), numbers.max()
    return isinstance(least, int) and isinstance(most, int) and max(most, -least) < 10**_MAX_DIGITS


def _spelled(texts: pl.Series, kinds: pl.Series | None, spellings: NumberSpellings) -> pl.DataFrame:
    """Return the same of cells that are no plain whole numbers, or not known to be."""
    frame = pl.DataFrame({"text": texts, "kind": no_kinds(len(texts)) if kinds is None else kinds})
    text = pl.col("text")
    is_plain = (
        text.str.contains(_PLAIN_POLARS)
        & (text.str.len_bytes() <= _MAX_DIGITS)
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
