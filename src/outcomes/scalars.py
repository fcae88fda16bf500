"""Our own scalar types for definition files, where every scalar is read as text and typed strictly here.

Lax typing takes the date "0", the integer "1_000" and the float "nan"; these refuse them and say what they expect.
"""

import math
import re
from datetime import date
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, StringConstraints

__all__ = [
    "Day",
    "Definition",
    "Flag",
    "NotNegativeWhole",
    "Number",
    "PositiveNumber",
    "PositiveWhole",
    "Slug",
    "Text",
    "Whole",
    "Words",
]

_WHOLE = re.compile(r"[+-]?\d{1,18}\Z", re.ASCII)
_NUMBER = re.compile(r"[+-]?(\d+(\.\d+)?|\.\d+)\Z", re.ASCII)
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}\Z", re.ASCII)


class Definition(BaseModel):
    """The base of every noun that comes from a definition file: frozen, closed, without inf or NaN."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False, validate_default=True)


def _whole(given: Any) -> int:
    if isinstance(given, int) and not isinstance(given, bool):
        return given
    if isinstance(given, str) and _WHOLE.match(given):
        return int(given)
    raise ValueError("a whole number is expected, such as 5 or 100000, in digits only")


def _number(given: Any) -> float:
    is_number = isinstance(given, int | float) and not isinstance(given, bool)
    if is_number or (isinstance(given, str) and _NUMBER.match(given)):
        try:
            number = float(given)
        except OverflowError:
            # a whole number of more than 308 digits
            number = math.inf
        if math.isfinite(number):
            return number
    raise ValueError("a number is expected, such as 12 or 66.5, in digits with at most one point")


def _day(given: Any) -> date:
    if type(given) is date:
        return given
    if isinstance(given, str) and _DAY.match(given):
        try:
            return date.fromisoformat(given)
        except ValueError:
            pass
    raise ValueError("a date is expected, year-month-day, such as 2026-03-31")


def _flag(given: Any) -> bool:
    if isinstance(given, bool):
        return given
    if given in ("true", "false"):
        return bool(given == "true")
    raise ValueError("true or false is expected")


def _positive(given: Any) -> Any:
    if given <= 0:
        raise ValueError("a number above zero is expected")
    return given


def _not_negative(given: Any) -> Any:
    if given < 0:
        raise ValueError("0 or more is expected")
    return given


Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=4000)]
Words = Annotated[str, StringConstraints(strip_whitespace=True, max_length=4000)]
Slug = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]{1,64}$")]
Whole = Annotated[int, BeforeValidator(_whole)]
NotNegativeWhole = Annotated[int, BeforeValidator(_whole), AfterValidator(_not_negative)]
PositiveWhole = Annotated[int, BeforeValidator(_whole), AfterValidator(_positive)]
Number = Annotated[float, BeforeValidator(_number)]
PositiveNumber = Annotated[float, BeforeValidator(_number), AfterValidator(_positive)]
Day = Annotated[date, BeforeValidator(_day)]
Flag = Annotated[bool, BeforeValidator(_flag)]
