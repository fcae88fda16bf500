"""Says what kind of number a column of an indicator takes, with an example that is one, and how a comma may be read."""

import re
from collections.abc import Sequence
from fractions import Fraction
from typing import Final

from outcomes.framework.model import Indicator
from outcomes.intake.codes import trimmed
from outcomes.vocabulary import NumeratorKind

__all__ = ["comma_in_words", "number_example", "number_in_words", "readings_of_comma", "scale_of"]

_UNBOUNDED: Final = ("value", "lower_ci_95", "upper_ci_95")
# a scale with so many decimals says no more than that there may be decimals
_MOST_DECIMALS: Final = 6
_THOUSANDS: Final = re.compile(r"[-+]?[1-9][0-9]{0,2}(,[0-9]{3})+(\.[0-9]+)?\Z", re.ASCII)
_DECIMAL_COMMA: Final = re.compile(r"[-+]?([0-9]+|[0-9]{1,3}(\.[0-9]{3})+),[0-9]+\Z", re.ASCII)
_DECIMALS: Final = {1: "one decimal", 2: "two decimals", 3: "three decimals", 4: "four decimals"}


def scale_of(indicator: Indicator, column: str) -> int | None:
    """Return the scale of a column: numbers are held as whole multiples of 1/scale; None where nothing bounds them.

    Arguments:
        indicator: The definition.
        column: Our name of a column of numbers.
    """
    if column == "numerator":
        return 1 if indicator.numerator is NumeratorKind.COUNT else indicator.numerator_scale
    if column == "denominator":
        return indicator.denominator_scale
    return indicator.numerator_scale**2 if column == "sum_of_squares" else None


def number_in_words(indicator: Indicator, column: str) -> str:
    """Return what kind of number a column of an indicator takes, such as `a whole number, 0 or more`.

    Arguments:
        indicator: The definition.
        column: Our name of a column of numbers.
    """
    may_be_negative = column in _UNBOUNDED or (column == "numerator" and indicator.allow_negative)
    kind = _kind(scale_of(indicator, column))
    return kind if may_be_negative else f"{kind}, 0 or more"


def _kind(scale: int | None) -> str:
    if scale is None:
        return "a number"
    if scale == 1:
        return "a whole number"
    decimals = _decimals(scale)
    if decimals is not None and scale == 10**decimals:
        return f"a number with at most {_DECIMALS.get(decimals, f'{decimals} decimals')}"
    step = _plain(Fraction(1, scale), decimals) if decimals is not None else f"1/{scale}"
    return f"a number in steps of {step}"


def _decimals(scale: int) -> int | None:
    """How many decimals 1/scale has; None where it never ends, or has too many to be said."""
    return next((count for count in range(_MOST_DECIMALS + 1) if 10**count % scale == 0), None)


def _plain(number: Fraction, decimals: int) -> str:
    digits = str(int(number * 10**decimals)).rjust(decimals + 1, "0")
    return f"{digits[:-decimals]}.{digits[-decimals:]}" if decimals else digits


def number_example(indicator: Indicator, column: str) -> str:
    """Return a number that the column takes.

    Arguments:
        indicator: The definition.
        column: Our name of a column of numbers.
    """
    scale = scale_of(indicator, column)
    if scale is None:
        return "41.5"
    decimals = _decimals(scale)
    return "412" if not decimals or decimals > max(_DECIMALS) else _plain(412 + Fraction(1, scale), decimals)


def readings_of_comma(text: str) -> tuple[str, ...]:
    """Return the numbers that a text with a comma may stand for: without it, and with a point in its place.

    Commas stand between thousands only where exactly three digits follow each of them, and none begin with 0.

    >>> readings_of_comma("381,5"), readings_of_comma("1,050"), readings_of_comma("0,412"), readings_of_comma("1,2,3")
    (('381.5',), ('1050', '1.05'), ('0.412',), ())
    """
    bare = trimmed(text)
    readings = [bare.replace(",", "")] if _THOUSANDS.match(bare) else []
    if _DECIMAL_COMMA.match(bare):
        number = bare.replace(".", "").replace(",", ".")
        readings.append(number.rstrip("0").rstrip("."))
    return tuple(dict.fromkeys(readings))


def comma_in_words(text: str, readings: Sequence[str], kind: str, scale: int | None) -> tuple[str, str]:
    """Return what a number with a comma may be, and what to write in its place; it never leads to another number.

    Arguments:
        text: What was written, as it may be quoted.
        readings: As from `readings_of_comma`.
        kind: What the column takes, in words.
        scale: What it is held as whole multiples of, 1/scale; None where nothing bounds it.

    >>> comma_in_words("381,5", ("381.5",), "a whole number, 0 or more", 1)[0]
    '“381,5” reads as 381.5, and this column takes whole numbers.'
    """
    if len(readings) > 1:
        said = f"“{text}” could be two different numbers, {' or '.join(readings)}: the comma may stand between "
        return f"{said}thousands or before decimals.", f"Write the one that is meant without a comma: {kind}."
    if not readings:
        return f"“{text}” has commas that cannot be read.", f"Write {kind}, without a comma."
    (number,) = readings
    if scale is None or (Fraction(number) * scale).denominator == 1:
        return f"“{text}” reads as {number}.", f"Write {number}, without a comma, if that is the number."
    takes = "whole numbers" if scale == 1 else kind
    do = f"Look the number up, and write {'the whole number' if scale == 1 else kind}, without a comma."
    return f"“{text}” reads as {number}, and this column takes {takes}.", do
