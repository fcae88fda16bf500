"""Reads the published provider files, apart from the library: who is listed when, what is published, the total row."""

import csv
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

import polars as pl

import outcomes as oc

__all__ = ["COUNTS", "KEY", "ProviderFiles", "read_provider_files"]

_ATTENDANCES: Final = {
    f"attendances {department}{booked}": f"a&e attendances {of_header}"
    for booked, of_header_of in (
        ("", {"type 1": "type 1", "type 2": "type 2", "other": "other a&e department"}),
        (
            ", booked",
            {
                "type 1": "booked appointments type 1",
                "type 2": "booked appointments type 2",
                "other": "booked appointments other department",
            },
        ),
    )
    for department, of_header in of_header_of.items()
}
_OVER_FOUR: Final = {
    f"over 4 hours {department}{booked}": f"attendances over 4hrs {of_header}{of_department}"
    for booked, of_header in (("", ""), (", booked", "booked appointments "))
    for department, of_department in (("type 1", "type 1"), ("type 2", "type 2"), ("other", "other department"))
}
_ADMISSIONS: Final = {
    "waits 4 to 12 hours": "patients who have waited 4-12 hs from dta to admission",
    "waits 12 hours or more": "patients who have waited 12+ hrs from dta to admission",
    "admissions via type 1": "emergency admissions via a&e - type 1",
    "admissions via type 2": "emergency admissions via a&e - type 2",
    "admissions via other": "emergency admissions via a&e - other a&e department",
    "admissions not via A&E": "other emergency admissions",
}
_HEADERS: Final = _ATTENDANCES | _OVER_FOUR | _ADMISSIONS
# the 18 published counts, in the order of the file
COUNTS: Final = tuple(_HEADERS)
KEY: Final = ("period", "provider", "region", "name")
_OF_KEY: Final = {"period": "period", "provider": "org code", "region": "parent org", "name": "org name"}


@dataclass(frozen=True)
class ProviderFiles:
    """What the files publish.

    Attributes:
        rows: One row a provider and month: `KEY` (period as 2024-03) and `COUNTS`.
        totals: One row a month: period and `COUNTS`, of the published total row.
        listed: `KEY` of every provider that any edition of a month lists, those of the edition that counts last.
        replaced: Names of the files whose month a later one publishes anew.
    """

    rows: pl.DataFrame
    totals: pl.DataFrame
    listed: pl.DataFrame
    replaced: frozenset[str]


def read_provider_files(files: Sequence[Path]) -> ProviderFiles:
    """Read every file; one month that two files publish is taken from the later in the order given.

    Raises:
        TableError: A file is no such publication.
    """
    rows: dict[str, list[tuple[str | int, ...]]] = {}
    totals: dict[str, tuple[str | int, ...]] = {}
    earlier: list[tuple[str | int, ...]] = []
    newest: dict[str, Path] = {}
    for file in files:
        period, of_providers, total = _read(file)
        earlier += rows.get(period, [])
        newest[period] = file
        rows[period] = of_providers
        totals[period] = total
    counts: dict[str, type[pl.DataType]] = dict.fromkeys(COUNTS, pl.Int64)
    of_rows: dict[str, type[pl.DataType]] = dict.fromkeys(KEY, pl.String)
    of_totals: dict[str, type[pl.DataType]] = {"period": pl.String}
    counting = [row for p in sorted(rows) for row in rows[p]]
    return ProviderFiles(
        pl.DataFrame(counting, schema=of_rows | counts, orient="row"),
        pl.DataFrame([totals[p] for p in sorted(totals)], schema=of_totals | counts, orient="row"),
        pl.DataFrame([row[: len(KEY)] for row in [*earlier, *counting]], schema=of_rows, orient="row"),
        frozenset(file.name for file in files) - {file.name for file in newest.values()},
    )


def _read(file: Path) -> tuple[str, list[tuple[str | int, ...]], tuple[str | int, ...]]:
    lines = list(csv.reader(io.StringIO(_text(file), newline="")))
    header = [" ".join(cell.lower().split()) for cell in lines[0]] if lines else []
    missing = [name for name in (*_OF_KEY.values(), *_HEADERS.values()) if name not in header]
    if missing:
        is_older = any(name.startswith("number of a&e attendances") for name in header)
        raise oc.TableError(
            f"{file}: this is no monthly A&E file by provider: it lacks {len(missing)} of 22 columns, the first of "
            f"them “{missing[0]}”; "
            + (
                "it is of the form of the months before booked appointments had columns (2020), which is not read here"
                if is_older
                else "give the files that NHS England publishes as “Monthly A&E” CSV, separated by commas"
            )
        )
    of_key = [header.index(_OF_KEY[name]) for name in KEY]
    of_count = [header.index(_HEADERS[name]) for name in COUNTS]
    rows: list[tuple[str | int, ...]] = []
    total: list[tuple[str | int, ...]] = []
    for number, line in enumerate(lines[1:], 2):
        if not any(cell.strip() for cell in line):
            continue
        where = f"{file}, row {number}"
        if len(line) <= max(*of_key, *of_count):
            raise oc.TableError(f"{where}: it has {len(line)} cells of {len(header)}; complete it, or take it out")
        key = tuple(" ".join(line[place].split()) for place in of_key)
        counts = [_count(line[place], f"{where}, {header[place]}") for place in of_count]
        if any(text.lower() == "total" for text in key):
            total.append(tuple(counts))
        else:
            rows.append((_month(key[0], where), *key[1:], *counts))
    months = sorted({str(row[0]) for row in rows})
    if len(months) != 1 or len(total) != 1:
        raise oc.TableError(
            f"{file}: one month and one total row are expected; {len(months)} months and {len(total)} total rows stand "
            "in it (with TOTAL in the place of the period, code, region or name); give the file of one month as it was "
            "published"
        )
    return months[0], rows, (months[0], *total[0])


def _text(file: Path) -> str:
    try:
        content = file.read_bytes()
    except OSError as error:
        raise oc.TableError(
            f"{file}: this file cannot be read ({error.strerror}); give a file that is there"
        ) from error
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    try:
        # what Excel saves where a name has a sign of its own; the library says so
        text = content.decode("cp1252")
    except UnicodeDecodeError:
        text = "\0"
    if "\0" in text:
        raise oc.TableError(f"{file}: this file cannot be read as text; give the CSV as it was published")
    return text


def _count(cell: str, where: str) -> int:
    text = cell.strip().replace(",", "")
    whole, _, decimals = text.partition(".")
    if not re.fullmatch(r"-?[0-9]+", whole) or decimals.strip("0"):
        raise oc.TableError(f"{where}: “{cell}” stands where a count is expected; nobody is 0. Correct the cell")
    return int(whole)


def _month(period: str, where: str) -> str:
    text = re.sub(r"(?i)^MSitAE-", "", period)
    for form in ("%B-%Y", "%b-%Y", "%b-%y"):
        try:
            return f"{datetime.strptime(text, form):%Y-%m}"
        except ValueError:
            continue
    raise oc.TableError(f"{where}, period: “{period}” is no month such as MSitAE-MARCH-2025; correct the cell")
