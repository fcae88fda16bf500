"""Makes the councils of every year, and what became of them, from published look-ups of codes and names by rule.

A code that the look-up of changes first has in a year is valid from 1 April of that year, one that it no longer has
ended the day before: by law councils change on 1 April. What a district became, its county became; which districts made
up a county that has been replaced is all that the look-ups do not say (former_counties.csv).
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import polars as pl

__all__ = [
    "ENGLAND",
    "Council",
    "GeographyError",
    "areas_of",
    "councils_of",
    "districts_of",
    "newest_day",
    "plain_name",
]

ENGLAND = "E92000001"
_HERE = Path(__file__).resolve().parent
_COUNTY, _DISTRICT = "E10", "E07"
_AREA_COLUMNS = ("area_code", "name", "level", "parent_code", "valid_from", "valid_to", "successors", "other_codes")


class GeographyError(Exception):
    """A look-up is missing, or says what cannot be."""


@dataclass(frozen=True)
class Council:
    """A council under one code: its dates, region, county (of a district) and the codes that followed it."""

    code: str
    name: str
    region: str
    valid_from: date | None = None
    valid_to: date | None = None
    successors: tuple[str, ...] = ()
    county: str = ""


def _table(path: Path, **more: str) -> pl.DataFrame:
    try:
        return pl.read_csv(path, infer_schema=False, **more)  # type: ignore[arg-type]
    except FileNotFoundError as error:
        raise GeographyError(f"{path} is not there; give the folder of the published look-ups") from error
    except (OSError, pl.exceptions.PolarsError) as error:
        raise GeographyError(f"{path.name} cannot be read as a table of text ({error})") from error


def _chains(geography: Path) -> tuple[list[int], list[dict[int, str]], dict[str, str]]:
    """The years of the look-up of changes, each of its English rows as year → code, and the names of the codes."""
    paths = sorted(geography.glob("ltla_*_history.csv"))
    if not paths:
        raise GeographyError(f"{geography}: no look-up named ltla_*_history.csv is there")
    table = _table(paths[-1])
    columns = {
        2000 + int(found[1]): name for name in table.columns if (found := re.fullmatch(r"ltla(\d\d)_code", name))
    }
    if len(columns) < 2:
        raise GeographyError(f"{paths[-1].name}: columns such as ltla16_code, one a year, are expected")
    names = {
        row[column]: row[column.replace("code", "name")]
        for row in table.iter_rows(named=True)
        for column in columns.values()
    }
    rows = [
        {year: row[column] for year, column in sorted(columns.items())}
        for row in table.iter_rows(named=True)
        if row[columns[min(columns)]].startswith("E")
    ]
    return sorted(columns), rows, names


def newest_day(geography: Path) -> date:
    """Return the day from which the newest codes of the look-up of changes hold."""
    return date(_chains(geography)[0][-1], 4, 1)


def _regions(geography: Path) -> tuple[dict[str, str], dict[str, str], dict[str, str]]:
    """District → county, and council → region, of every code; and the names of regions."""
    table = _table(geography / "la_all_codes.csv")
    counties = {
        row["LADCD"]: row["UTLACD"]
        for row in table.iter_rows(named=True)
        if row["LADCD"].startswith(_DISTRICT) and row["UTLACD"].startswith(_COUNTY)
    }
    regions = {row["LADCD"]: row["RGNCD"] for row in table.iter_rows(named=True) if row["RGNCD"]}
    names = {row["RGNCD"]: row["RGNNM"] for row in table.iter_rows(named=True) if row["RGNCD"]}
    return counties, regions, names


def _followed(
    years: list[int], rows: Iterable[Mapping[int, str]]
) -> dict[str, tuple[date | None, date | None, tuple[str, ...]]]:
    """Of each code that rows of codes by year have: its first and last day, and the codes that followed it."""
    in_years: dict[str, set[int]] = defaultdict(set)
    after: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        for year in years:
            in_years[row[year]].add(year)
        for year, following in pairwise(years):
            if row[year] != row[following]:
                after[row[year]].add(row[following])
    found = {}
    for code, there in sorted(in_years.items()):
        first, last = min(there), max(there)
        if len(there) != last - first + 1:
            raise GeographyError(f"{code} comes and goes in the look-up of changes: {sorted(there)}")
        is_gone = last < years[-1]
        if after[code] and not is_gone:
            raise GeographyError(
                f"{code} lost a part to {', '.join(sorted(after[code]))} and went on: no rule is known"
            )
        found[code] = (
            date(first, 4, 1) if first > years[0] else None,
            date(last + 1, 4, 1) - timedelta(days=1) if is_gone else None,
            tuple(sorted(after[code])),
        )
    return found


def councils_of(geography: Path) -> dict[str, Council]:
    """Return the councils that answer for social care: counties, unitary authorities, metropolitan and London boroughs.

    Arguments:
        geography: The folder of published look-ups, with ltla_2016_to_2024_history.csv, la_all_codes.csv and
            utla_all_codes.csv.

    Raises:
        GeographyError: A look-up is missing, or says what cannot be.
    """
    years, rows, names = _chains(geography)
    counties, regions, _ = _regions(geography)
    former = _table(_HERE / "former_counties.csv", comment_prefix="#")
    for county, name, districts in former.rows():
        names[county] = name
        counties |= dict.fromkeys(districts.split(";"), county)
    upper = _table(geography / "utla_all_codes.csv")
    names |= dict(upper.select("UTLACD", "UTLANM").rows())

    def county_of(code: str) -> str:
        if code.startswith(_DISTRICT) and code not in counties:
            raise GeographyError(f"no look-up says in which county the district {code} ({names.get(code)}) lay")
        return counties.get(code, code)

    above = [{year: county_of(code) for year, code in row.items()} for row in rows]
    region_of: dict[str, set[str]] = defaultdict(set)
    for row, their in zip(rows, above, strict=True):
        for year in years:
            region_of[their[year]].add(regions.get(row[year], regions.get(row[years[-1]], "")))
    found = {}
    for code, (first, last, successors) in _followed(years, above).items():
        if len(region_of[code]) != 1:
            raise GeographyError(f"{code} lies in several regions: {', '.join(sorted(region_of[code]))}")
        (region,) = region_of[code]
        found[code] = Council(code, names[code], region, first, last, successors)
    for code, successor, begins in _table(_HERE / "earlier_recodes.csv", comment_prefix="#").rows():
        if successor in found and code not in found:
            day, now = date.fromisoformat(begins), found[successor]
            found[code] = Council(code, now.name, now.region, None, day - timedelta(days=1), (successor,))
            found[successor] = Council(now.code, now.name, now.region, day, now.valid_to, now.successors)
    return dict(sorted(found.items()))


def districts_of(geography: Path) -> dict[str, Council]:
    """Return the lower-tier councils of every year; a district with its county, where that is still there."""
    years, rows, names = _chains(geography)
    counties, regions, _ = _regions(geography)
    latest = {row[year]: row[years[-1]] for row in rows for year in years}
    return {
        code: Council(code, names[code], regions[latest[code]], first, last, successors, counties.get(code, ""))
        for code, (first, last, successors) in _followed(years, rows).items()
    }


def areas_of(
    councils: Mapping[str, Council], geography: Path, level: str, other_codes: Mapping[str, str] | None = None
) -> pl.DataFrame:
    """Return the rows of areas.csv: England, its regions and the councils.

    Arguments:
        councils: By code.
        geography: The folder of published look-ups.
        level: The level of the councils.
        other_codes: Council → the other code under which it is published.
    """
    _, _, names = _regions(geography)
    rows: list[tuple[object, ...]] = [(ENGLAND, "England", "nation", None, None, None, None, None)]
    rows += [
        (code, names[code], "region", ENGLAND, None, None, None, None)
        for code in sorted({c.region for c in councils.values()})
    ]
    rows += [
        (
            council.code,
            council.name,
            level,
            council.region,
            council.valid_from,
            council.valid_to,
            ";".join(council.successors) or None,
            (other_codes or {}).get(council.code),
        )
        for council in councils.values()
    ]
    schema = {name: pl.String() for name in _AREA_COLUMNS} | {"valid_from": pl.Date(), "valid_to": pl.Date()}
    return pl.DataFrame(rows, schema=schema, orient="row")


def plain_name(name: str) -> str:
    """Return a council's name without what its writers differ in.

    >>> plain_name("Stockton On Tees UA"), plain_name("St. Helens"), plain_name("Barking & Dagenham")
    ('stockton on tees', 'st helens', 'barking and dagenham')
    """
    plain = re.sub(r"\bUA$", "", name.strip()).replace("&", " and ").replace("-", " ").replace(".", " ")
    return " ".join(plain.lower().split())


def published_names() -> dict[str, str]:
    """Return the plain names of the workbooks that the look-ups have otherwise, to the plain names of these."""
    table = _table(_HERE / "published_names.csv", comment_prefix="#")
    return {plain_name(published): plain_name(name) for published, name in table.rows()}
