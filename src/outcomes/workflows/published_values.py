"""Reads the values of a published pack: a CSV with a place, an indicator, a period and the printed numbers."""

import csv
import re
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Final

from outcomes.errors import UnreadableFileError
from outcomes.intake.personal_numbers import has_nhs_number

__all__ = ["Printed", "PublishedValue", "read_published"]

_NEEDED: Final = ("place", "indicator", "period", "value")
_OPTIONAL: Final = ("breakdown", "lower", "upper", "comparison")
_NUMBER: Final = re.compile(r"[-\u2212]?(\d{1,3}(,\d{3})+|\d+)(\.\d+)?\Z", re.ASCII)
# what stands in place of a number that was not published
_NO_NUMBER: Final = frozenset({"", "*", "-", "–", "[c]", "[x]", "[z]", "n/a", "na", "..", ":", "null", "none"})


@dataclass(frozen=True, slots=True)
class Printed:
    """A number as it was printed: its value, and half the step of its last digit."""

    value: float
    half_step: float


@dataclass(frozen=True, slots=True)
class PublishedValue:
    """One row of the pack.

    Attributes:
        line: Its line in the CSV.
        place, indicator, period, breakdown, comparison: As they stand there, trimmed.
        value, lower, upper: The numbers; None where none was printed.
    """

    line: int
    place: str
    indicator: str
    period: str
    breakdown: str
    value: Printed | None
    lower: Printed | None
    upper: Printed | None
    comparison: str


def read_published(path: str | Path) -> tuple[PublishedValue, ...]:
    """Return the published values of a CSV file.

    Arguments:
        path: Columns place (a code or name), indicator (an id, official code or name), period and value; if you have
            them breakdown (empty for everybody), lower, upper and comparison. The order of columns is free.

    Raises:
        UnreadableFileError: It cannot be opened, a column is missing, or a number cannot be read.
    """
    source = Path(path)
    try:
        text = source.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8"
        raise UnreadableFileError(f"{source}: the published values cannot be read ({reason}).") from error
    reader = csv.reader(text.splitlines(), strict=True)
    rows: list[PublishedValue] = []
    try:
        header = [name.strip().lower().replace(" ", "_") for name in next(reader, [])]
        missing = [name for name in _NEEDED if name not in header]
        if missing or len(set(header)) < len(header):
            raise UnreadableFileError(
                f"{source} line 1: the columns are {', '.join(header) or 'none'}; expected are {', '.join(_NEEDED)}, "
                f"and if you have them {', '.join(_OPTIONAL)}, each once. Name them so."
            )
        for row in reader:
            if any(cell.strip() for cell in row):
                rows.append(_row(source, reader.line_num, dict(zip(header, row, strict=False))))
    except csv.Error as error:
        raise UnreadableFileError(
            f"{source} line {reader.line_num}: this is no row of a CSV file ({error}). Save the pack's table as CSV."
        ) from error
    return tuple(rows)


def _row(source: Path, line: int, cells: dict[str, str]) -> PublishedValue:
    texts = {name: cells.get(name, "").strip() for name in (*_NEEDED, *_OPTIONAL)}
    if any(map(has_nhs_number, texts.values())):
        raise UnreadableFileError(
            f"{source} line {line}: an NHS number stands here; published values hold none. Remove it."
        )
    empty = [name for name in _NEEDED[:3] if not texts[name]]
    if empty:
        raise UnreadableFileError(f"{source} line {line}: the {empty[0]} is empty; expected in every row. Fill it in.")
    return PublishedValue(
        line=line,
        place=texts["place"],
        indicator=texts["indicator"],
        period=texts["period"],
        breakdown=texts["breakdown"],
        value=_printed(source, line, "value", texts["value"]),
        lower=_printed(source, line, "lower", texts["lower"]),
        upper=_printed(source, line, "upper", texts["upper"]),
        comparison=texts["comparison"],
    )


def _printed(source: Path, line: int, column: str, text: str) -> Printed | None:
    if text.lower() in _NO_NUMBER:
        return None
    bare = text.removesuffix("%").strip()
    if not _NUMBER.match(bare):
        raise UnreadableFileError(
            f"{source} line {line}: the {column} {text[:20]!r} is no number; expected is one as it was printed, "
            "such as 12.3, or nothing where none was. Correct it."
        )
    number = Decimal(bare.replace(",", "").replace("\u2212", "-"))
    exponent = number.as_tuple().exponent
    decimals = -exponent if isinstance(exponent, int) else 0
    return Printed(float(number), 0.5 * 10.0**-decimals)
