"""Reads the published provider files, apart from the library: who is listed when, what is published, the total row."""

import csv
import io
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
    """

    rows: pl.DataFrame
    totals: pl.DataFrame


def read_provider_files(files: Sequence[Path]) -> ProviderFiles:
    """Read every file; one month that two files publish is taken from the later in the order given.

    Raises:
        TableError: A file is no such publication.
    """
    rows: dict[str, list[tuple[str | int, ...]]] = {}
    totals: dict[str, tuple[str | int, ...]] = {}
    for file in files:
        period, of_providers, total = _read(file)
        rows[period] = of_providers
        totals[period] = total
    counts: dict[str, type[pl.DataType]] = dict.fromkeys(COUNTS, pl.Int64)
    of_rows: dict[str, type[pl.DataType]] = dict.fromkeys(KEY, pl.String)
    of_totals: dict[str, type[pl.DataType]] = {"period": pl.String}
    return ProviderFiles(
        pl.DataFrame([row for p in sorted(rows) for row in rows[p]], schema=of_rows | counts, orient="row"),
        pl.DataFrame([totals[p] for p in sorted(totals)], schema=of_totals | counts, orient="row"),
    )


def _read(file: Path) -> tuple[str, list[tuple[str | int, ...]], tuple[str | int, ...]]:
    try:
        lines = list(csv.reader(io.StringIO(file.read_bytes().decode("utf-8-sig"), newline="")))
    except (OSError, UnicodeDecodeError) as error:
        raise oc.TableError(f"{file}: this file cannot be read as text: {error}") from error
    header = [" ".join(cell.lower().split()) for cell in lines[0]] if lines else []
    missing = [name for name in (*_OF_KEY.values(), *_HEADERS.values()) if name not in header]
    if missing:
        raise oc.TableError(
            f"{file}: this is no monthly A&E file by provider: it lacks {len(missing)} of 22 columns, the first of "
            f"them “{missing[0]}”; give the files that NHS England publishes as “Monthly A&E” CSV"
        )
    of_key = [header.index(_OF_KEY[name]) for name in KEY]
    of_count = [header.index(_HEADERS[name]) for name in COUNTS]
    rows: list[tuple[str | int, ...]] = []
    total: list[tuple[str | int, ...]] = []
    for number, line in enumerate(lines[1:], 2):
        if not any(cell.strip() for cell in line):
            continue
        period, provider, region, name = (" ".join(line[place].split()) for place in of_key)
        try:
            counts = [int(line[place].replace(",", "")) for place in of_count]
            if provider.lower() == "total":
                total.append(tuple(counts))
            else:
                month = datetime.strptime(period.removeprefix("MSitAE-"), "%B-%Y")
                rows.append((f"{month:%Y-%m}", provider, region, name, *counts))
        except (ValueError, IndexError) as error:
            raise oc.TableError(f"{file}, row {number}: {error}") from error
    months = {str(row[0]) for row in rows}
    if len(months) != 1 or len(total) != 1:
        raise oc.TableError(
            f"{file}: one month and one total row are expected; {len(months)} months and {len(total)} total rows stand "
            "in it"
        )
    (month_text,) = months
    return month_text, rows, (month_text, *total[0])
