"""A sheet as a partner would write it, together with what each of its rows truly means."""

import copy
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from tests.corpus.generated.description import COLUMNS

__all__ = [
    "MONTHS",
    "NEIGHBOURHOODS",
    "PLACES",
    "ErrorCell",
    "Formula",
    "Percent",
    "Sheet",
    "counts",
    "months",
    "neighbourhoods",
    "quarters",
    "split_by_sex",
    "without_row",
    "years",
]

PLACES: Final = ("W06000081", "W06000082", "W06000083")
MONTHS: Final = ("2025-04", "2025-05")
NEIGHBOURHOODS: Final = ("0007", "0070", "3E02", "SEP2")


@dataclass(frozen=True)
class Formula:
    """A formula in a cell; `shown` is the result kept with it, None where there is none."""

    text: str
    shown: object = None


@dataclass(frozen=True)
class ErrorCell:
    """A cell that shows an error."""

    text: str


@dataclass(frozen=True)
class Percent:
    """A number shown under a percent format."""

    number: float


class Sheet:
    """Lines of cells, the first of them the header, and beside each what it means (None: nothing to load)."""

    def __init__(self, columns: Iterable[str] = COLUMNS) -> None:
        self.columns = list(columns)
        self.lines: list[list[object]] = [list(self.columns)]
        self.meanings: list[dict[str, Any] | None] = [None]
        self.header_row = 1

    def copy(self) -> "Sheet":
        """Return an independent copy."""
        return copy.deepcopy(self)

    def add(
        self, indicator_id: str, place_code: str, period: str, numerator: Any, denominator: Any, **cells: Any
    ) -> "Sheet":
        """Append a row that means what it says; further cells are written as they are."""
        meaning = {
            "indicator_id": indicator_id,
            "place_code": place_code,
            "period": period,
            "numerator": numerator,
            "denominator": denominator,
        }
        written: dict[str, Any] = {name: "" if cell is None else cell for name, cell in meaning.items()}
        written |= cells
        self.lines.append([written.get(name, "") for name in self.columns])
        self.meanings.append(meaning)
        return self

    def put(self, row: int, **cells: object) -> "Sheet":
        """Write cells of a row as a partner wrote them; its meaning stays."""
        for name, cell in cells.items():
            self.lines[row - 1][self.columns.index(name)] = cell
        return self

    def put_all(self, column: str, written: Mapping[object, object]) -> "Sheet":
        """Write every cell of a column anew, by what stands there."""
        for row in self.rows():
            cell = self.lines[row - 1][self.columns.index(column)]
            self.put(row, **{column: written.get(cell, cell)})
        return self

    def mean(self, row: int, **meaning: Any) -> "Sheet":
        """Say what a row means where it is not what was put at first."""
        was = self.meanings[row - 1]
        assert was is not None
        self.meanings[row - 1] = was | meaning
        return self

    def forget(self, *rows: int) -> "Sheet":
        """Say that rows carry nothing of their own."""
        for row in rows:
            self.meanings[row - 1] = None
        return self

    def insert(self, row: int, *cells: object) -> "Sheet":
        """Put a line that means nothing at a row; what stood there and below moves down."""
        self.lines.insert(row - 1, list(cells))
        self.meanings.insert(row - 1, None)
        if row <= self.header_row:
            self.header_row += 1
        return self

    def end(self, *cells: object) -> "Sheet":
        """Append a line that means nothing."""
        return self.insert(len(self.lines) + 1, *cells)

    def again(self, row: int, **cells: object) -> "Sheet":
        """Append a row once more, with some cells written otherwise; it means nothing of its own."""
        self.end(*self.lines[row - 1])
        return self.put(len(self.lines), **cells)

    def head(self, **names: object) -> "Sheet":
        """Write names of the header otherwise."""
        for name, text in names.items():
            self.lines[self.header_row - 1][self.columns.index(name)] = text
        return self

    def without(self, *columns: str) -> "Sheet":
        """Leave columns out."""
        for name in columns:
            place = self.columns.index(name)
            self.columns.pop(place)
            for line in self.lines:
                if len(line) > place:
                    line.pop(place)
        return self

    def with_column(self, name: object, cells: Iterable[object], at: int | None = None) -> "Sheet":
        """Put one more column in; cells go to the rows below the header, an empty text where they end."""
        place = len(self.columns) if at is None else at
        values = iter(cells)
        for row, line in enumerate(self.lines, start=1):
            if row == self.header_row:
                line.insert(place, name)
            elif row > self.header_row:
                line.insert(place, next(values, ""))
            elif line:
                line.insert(place, "")
        self.columns.insert(place, str(name))
        return self

    def rows(self) -> list[int]:
        """Return the numbers of the rows that mean something."""
        return [row for row, meaning in enumerate(self.meanings, start=1) if meaning is not None]

    def parsed(self) -> list[dict[str, Any]]:
        """Return what must be read, row by row."""
        return [{"row": row, **meaning} for row, meaning in enumerate(self.meanings, start=1) if meaning is not None]


_TWO_DAYS: Final = {
    "2025-04": ((312, 390), (447, 522), (271, 318)),
    "2025-05": ((305, 384), (451, 530), (266, 309)),
}
_OTHER_MONTH: Final = ((308, 388), (449, 527), (268, 313))


def months(periods: Iterable[str] = MONTHS, places: Iterable[str] = PLACES, columns: Iterable[str] = COLUMNS) -> Sheet:
    """Return the clean monthly return of INFIRMARY-P: rows 2 to 7 for two months and three places."""
    sheet = Sheet(columns)
    for period in periods:
        for place in places:
            numerator, denominator = _TWO_DAYS.get(period, _OTHER_MONTH)[PLACES.index(place)]
            sheet.add("tdv-1", place, period, numerator, denominator)
    return sheet


def quarters(
    indicator_id: str = "con-4", periods: Iterable[str] = ("2025/26 Q1",), places: Iterable[str] = PLACES
) -> Sheet:
    """Return the clean quarterly return of INFIRMARY-P: rows 2 to 4."""
    figures = {
        "con-4": ((41834, 38455), (52067, 47310), (29518, 30122)),
        "adm-3": ((214, 38455), (305, 47310), (167, 30122)),
    }[indicator_id]
    sheet = Sheet()
    for period in periods:
        for place in places:
            sheet.add(indicator_id, place, period, *figures[PLACES.index(place)])
    return sheet


def years(periods: Iterable[str] = ("2023/24", "2024/25")) -> Sheet:
    """Return the clean yearly proportion of SHIRE-Q: rows 2 and 3."""
    sheet = Sheet()
    for number, period in enumerate(periods):
        sheet.add("rea-5", "W06000084", period, 318 + 4 * number, 402 + 5 * number)
    return sheet


def counts(periods: Iterable[str] = ("2025/26 Q1",)) -> Sheet:
    """Return the clean quarterly counts of LINKS-S: rows 2 and 3 (Oldwold ended in March 2025)."""
    sheet = Sheet()
    for period in periods:
        sheet.add("lnk-7", "W06000081", period, 118, None)
        sheet.add("lnk-7", "W06000085", period, 93, None)
    return sheet


def neighbourhoods(period: str = "2024/25") -> Sheet:
    """Return the clean yearly proportion of SURGERIES-R: rows 2 to 5."""
    sheet = Sheet()
    for place, numerator, denominator in zip(NEIGHBOURHOODS, (81, 64, 102, 77), (120, 98, 141, 109), strict=True):
        sheet.add("cpl-8", place, period, numerator, denominator)
    return sheet


def split_by_sex(persons: Any, male: Any, female: Any, *, status: str = "") -> Sheet:
    """Return April of INFIRMARY-P with Northvale by sex: rows 2 to 6; None is a suppressed numerator."""
    sheet = Sheet()
    for sex, (numerator, denominator) in (("Persons", persons), ("Male", male), ("Female", female)):
        sheet.add("tdv-1", "W06000081", "2025-04", "*" if numerator is None else numerator, denominator, sex=sex)
        if numerator is None:
            sheet.mean(len(sheet.lines), numerator=None, status=status)
    for place, numerator, denominator in (("W06000082", 447, 522), ("W06000083", 271, 318)):
        sheet.add("tdv-1", place, "2025-04", numerator, denominator)
    return sheet


def without_row(sheet: Sheet, row: int) -> Sheet:
    """Take a row out of a sheet."""
    sheet.lines.pop(row - 1)
    sheet.meanings.pop(row - 1)
    return sheet
