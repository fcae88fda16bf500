"""Reads a list of indicators, CSV or Excel, into indicators and the terms on which they are included."""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final

from outcomes.definitions import Origin, quoted, typed_noun
from outcomes.errors import DefinitionError, Fault, UnreadableFileError
from outcomes.framework.model import Indicator
from outcomes.vocabulary import AreaLevel, PeriodKind, Polarity, Statistic

__all__ = ["LISTED", "ListedIndicator", "lenient_readings", "read_indicator_list", "slug_of"]

MAX_BYTES: Final = 20_000_000
# in how many top rows the header may stand
HEADER_ROWS: Final = 20

# our column to the headers that mean it (lower case, signs and spaces folded to one space)
LISTED: Final[dict[str, tuple[str, ...]]] = {
    "id": ("id", "indicator id", "code", "indicator code", "official code", "ref", "reference", "number"),
    "name": ("name", "indicator name", "indicator", "title", "measure", "measure name"),
    "statistic": ("statistic", "kind", "type", "measure type", "value type"),
    "numerator": ("numerator", "numerator definition"),
    "denominator": ("denominator", "denominator definition"),
    "multiplier": ("multiplier", "per"),
    "unit": ("unit", "units"),
    "polarity": ("polarity", "direction"),
    "period": ("period", "period type", "period kind", "frequency", "rhythm"),
    "level": ("level", "area level", "geography", "smallest geography"),
    "source": ("source", "data source"),
    "licence": ("licence", "license"),
    "outcome": ("outcome", "domain", "theme", "priority"),
}
_REQUIRED: Final = ("name", "statistic", "numerator", "period", "level")

# the words of other people's lists to ours; what could mean two things is not here, and is asked about
_STATISTIC: Final = {
    "percentage": "proportion",
    "percent": "proportion",
    "rate": "crude_rate",
    "dsr": "directly_standardised_rate",
    "number": "count",
    "average": "mean",
    "score": "mean",
    "published": "published_value",
    "other": "published_value",
}
_POLARITY: Final = {
    "high is good": "higher_is_better",
    "higher": "higher_is_better",
    "high": "higher_is_better",
    "low is good": "lower_is_better",
    "lower": "lower_is_better",
    "low": "lower_is_better",
    "neutral": "no_judgement",
    "none": "no_judgement",
}
_PERIOD: Final = {
    "monthly": "month",
    "quarterly": "quarter",
    "financial": "financial_year",
    "calendar": "calendar_year",
    "academic": "academic_year",
    "3 year pooled calendar": "three_calendar_years",
    "3 year pooled financial": "three_financial_years",
}
_LEVEL: Final = {
    "england": "nation",
    "national": "nation",
    "icb": "system",
    "ics": "system",
    "local authority": "place",
    "upper tier local authority": "place",
    "utla": "place",
    "county/ua (utla)": "place",
    "cassr": "place",
    "cassr (upper tier/unitary la)": "place",
    "hwb (upper tier/unitary la)": "place",
    "pcn": "neighbourhood",
    "locality": "neighbourhood",
}
_WORDS: Final = {
    "statistic": (_STATISTIC, tuple(Statistic)),
    "polarity": (_POLARITY, tuple(Polarity)),
    "period": (_PERIOD, tuple(PeriodKind)),
    "level": (_LEVEL, tuple(AreaLevel)),
}


@dataclass(frozen=True)
class ListedIndicator:
    """One row of a list.

    Attributes:
        keys: The indicator's keys as they will be written.
        polarity: Its polarity.
        outcome: The title of its outcome; empty where the list names none.
        read_as: What was read otherwise than it stands in the row, or filled in: one sentence each.
    """

    keys: Mapping[str, str]
    polarity: str
    outcome: str
    read_as: tuple[str, ...] = ()


def slug_of(text: str) -> str:
    """Return an id made from a published code or a name.

    >>> slug_of("2D(1)"), slug_of("E02a")
    ('2d-1', 'E02a')
    """
    if re.fullmatch(r"[A-Za-z0-9_-]{1,64}", text):
        return text
    return re.sub(r"[^a-z0-9_-]+", "-", text.lower()).strip("-")[:64].rstrip("-")


def lenient_readings(listed: Iterable[ListedIndicator]) -> tuple[str, ...]:
    """Return what was read otherwise than it stands in a list, one sentence each, with in how many rows.

    >>> one = ListedIndicator({"id": "a"}, "no_judgement", "", ("level 'PCN' is read as neighbourhood",))
    >>> lenient_readings([one, one])
    ("level 'PCN' is read as neighbourhood (2 rows)",)
    """
    found = Counter(said for one in listed for said in one.read_as)
    return tuple(f"{said} ({rows} row{'' if rows == 1 else 's'})" for said, rows in found.items())


def read_indicator_list(path: str | Path) -> tuple[ListedIndicator, ...]:
    """Return the indicators of a list.

    Arguments:
        path: A CSV file or an Excel workbook (its first sheet with a header). Columns: id, name, statistic, numerator,
            denominator, multiplier, unit, polarity, period, level, source; in any order, in usual spellings.

    Raises:
        UnreadableFileError: The file cannot be opened.
        DefinitionError: Rows are not usable; every one is named with its row.
    """
    path = Path(path)
    header: dict[str, int] = {}
    faults: list[Fault] = []
    found: list[ListedIndicator] = []
    rows_of: dict[str, int] = {}
    for number, cells in _rows(path):
        if not header:
            header = _header(cells)
            if not header and number >= HEADER_ROWS:
                break
            missing = [name for name in _REQUIRED if header and name not in header]
            if missing:
                message = f"the header has no column for {', '.join(missing)}."
                raise DefinitionError([Fault(path.name, number, "missing-column", message, _HEADER_FIX)])
        elif any(cells):
            given = {name: cells[at] for name, at in header.items() if at < len(cells) and cells[at]}
            listed, wrong = _listed(path.name, number, given)
            faults += wrong
            indicator_id = listed.keys["id"]
            first = rows_of.setdefault(indicator_id.casefold(), number)
            if first != number and indicator_id:
                message = f"the id {quoted(indicator_id)} is also that of row {first}."
                faults.append(Fault(path.name, number, "duplicate-indicator", message, "Give one of them another id."))
            found.append(listed)
    if not header:
        message = f"no header is found in the first {HEADER_ROWS} rows."
        faults.append(Fault(path.name, 0, "missing-column", message, _HEADER_FIX))
    elif not found:
        faults.append(Fault(path.name, 0, "missing-key", "the list has no rows.", "Add a row an indicator."))
    if faults:
        raise DefinitionError(faults)
    return tuple(found)


_HEADER_FIX: Final = (
    f"Needed are the columns {', '.join(_REQUIRED)}; there may also be "
    f"{', '.join(name for name in LISTED if name not in _REQUIRED)}. "
    + " ".join(f"{name} is one of {', '.join(allowed)}." for name, (_, allowed) in _WORDS.items())
)


def _listed(file: str, row: int, given: dict[str, str]) -> tuple[ListedIndicator, list[Fault]]:
    faults = [
        Fault(file, row, "missing-key", f"{name} is empty.", f"Fill in {name}.")
        for name in _REQUIRED
        if name not in given
    ]
    words = {name: _folded(given.get(name, ""), known) for name, (known, _) in _WORDS.items()}
    for key, (_, allowed) in _WORDS.items():
        if words[key] and words[key] not in allowed:
            fix = f"Write one of {', '.join(allowed)}."
            faults.append(Fault(file, row, "unknown-word", f"{key} is {quoted(given[key])}.", fix))
    official = given.get("id", "")
    name = given.get("name", "")
    keys = {
        "id": slug_of(official or name),
        "name": name,
        "statistic": words["statistic"],
        "numerator_definition": given.get("numerator", ""),
        "denominator_definition": given.get("denominator", ""),
        "multiplier": given.get("multiplier", "").replace(",", ""),
        "unit": given.get("unit", ""),
        "period": words["period"],
        "level": words["level"],
        "source": given.get("source", "") or f"Indicator list {file}",
        "licence": given.get("licence", "") or "Not stated in the list",
    }
    if official and keys["id"] != official:
        keys["official_code"] = official
    read_as = [
        f"{key} {quoted(given[key])} is read as {word}"
        for key, word in words.items()
        if word and word != _plain(given[key]).replace(" ", "_")
    ]
    if not words["polarity"]:
        read_as.append("polarity is empty: read as no_judgement, so neither direction is called good")
    if "official_code" in keys:
        read_as.append(
            f"id {quoted(official)} is no code of ours: it becomes official_code, and the id is {keys['id']!r}"
        )
    if keys["statistic"] == "proportion" and not keys["multiplier"]:
        keys |= {"multiplier": "100", "unit": keys["unit"] or "%"}
        read_as.append("multiplier of a proportion is empty: read as 100")
    if keys["statistic"] == "count":
        keys["decimals"] = "0"
    if keys["statistic"] in ("mean", "published_value"):
        keys["numerator"] = "number"
    keys = {key: value for key, value in keys.items() if value or key == "id"}
    if keys.get("statistic") == "directly_standardised_rate":
        message = "a directly standardised rate needs age bands and a standard population, which no list can say."
        fix = "Write crude_rate or published_value here, and describe the strata in indicators.yaml afterwards."
        faults.append(Fault(file, row, "wrong-value", message, fix))
    else:
        _, wrong = typed_noun(Indicator, keys, Origin(file, {(): row}))
        # what is empty or no word of ours has been said in the list's own words
        faults += [fault for fault in wrong if fault.rule not in ("missing-key", "unknown-word")]
    polarity = words["polarity"] or Polarity.NO_JUDGEMENT.value
    return ListedIndicator(keys, polarity, given.get("outcome", ""), tuple(read_as)), faults


def _folded(text: str, known: Mapping[str, str]) -> str:
    plain = _plain(text)
    return known.get(plain, plain.replace(" ", "_"))


def _plain(text: str) -> str:
    return re.sub(r"[\s_-]+", " ", text.strip().lower())


def _header(cells: list[str]) -> dict[str, int]:
    """Return where our columns stand, if this row is the header: names of indicators and at least two things more."""
    found: dict[str, int] = {}
    for at, cell in enumerate(cells):
        plain = re.sub(r"[^a-z]+", " ", cell.lower()).strip()
        for name, spellings in LISTED.items():
            if plain in spellings and name not in found:
                found[name] = at
                break
    return found if "name" in found and len(found) >= 3 else {}


def _rows(path: Path) -> Iterator[tuple[int, list[str]]]:
    """Yield each row's 1-based number and its cells as trimmed text."""
    if not path.is_file():
        raise UnreadableFileError(f"{path}: there is no such file. Give a CSV file or an Excel workbook.")
    if path.stat().st_size > MAX_BYTES:
        raise UnreadableFileError(
            f"{path}: the file has more than {MAX_BYTES:,} bytes. Give the list of indicators alone."
        )
    try:
        content = path.read_bytes()
    except OSError as error:
        raise UnreadableFileError(f"{path}: the file cannot be opened. See whether you may read it.") from error
    if content.startswith(b"PK") or path.suffix.lower() in (".xlsx", ".xlsm", ".xls", ".ods"):
        rows = _workbook_rows(path, content)
    else:
        rows = _text_rows(path, content)
    for number, cells in enumerate(rows, 1):
        yield number, [_text(cell) for cell in cells]


def _text_rows(path: Path, content: bytes) -> list[list[Any]]:
    try:
        text = content.decode("utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", errors="replace")
    if "\0" in text:
        raise UnreadableFileError(f"{path}: this is no text file. Give a CSV file or an Excel workbook.")
    sample = "\n".join(text.splitlines()[:HEADER_ROWS])
    delimiter = max(",;\t", key=sample.count)
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
    except csv.Error as error:
        raise UnreadableFileError(f"{path}: a quote is not closed. Save the list again as CSV.") from error


def _workbook_rows(path: Path, content: bytes) -> list[list[Any]]:
    from python_calamine import CalamineError, load_workbook

    try:
        workbook = load_workbook(io.BytesIO(content))
        for name in workbook.sheet_names:
            rows = workbook.get_sheet_by_name(name).to_python(skip_empty_area=False)
            if any(_header([_text(cell) for cell in row]) for row in rows[:HEADER_ROWS]):
                return rows
    except (CalamineError, ValueError, OSError) as error:
        raise UnreadableFileError(f"{path}: this is no workbook that can be read. Save it as .xlsx or CSV.") from error
    return []


def _text(cell: Any) -> str:
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, date | datetime):
        return cell.isoformat()
    return " ".join(str(cell).split())
