"""Makes the areas of the example from published look-ups: providers, boards, regions, England, and who stands apart."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Final

import polars as pl

import outcomes as oc

__all__ = ["ENGLAND", "Boards", "Homes", "areas_table", "footprints_table", "homes_of", "read_boards"]

ENGLAND: Final = "E92000001"
_NO_BOARD: Final = "no-known-board"
# words of the published names, which are in capitals, that are written small, or stay as they are
_SMALL: Final = {"AND", "AT", "FOR", "IN", "OF", "ON", "OUT", "THE"}
_ACRONYMS: Final = {"CIC", "DHU", "EA", "GP", "MIU", "NEMS", "NHS", "OOH", "PHL", "UCC", "UTC", "WAM", "WIC"}
_WORD: Final = re.compile(r"[A-Z][A-Z'\u2019]*")
_VOWELS: Final = re.compile("[AEIOUY]")


@dataclass(frozen=True)
class Boards:
    """Integrated care boards and regions as the look-ups give them.

    Attributes:
        names: Area code of a board or region to its name.
        region_of: Area code of a board to that of its region.
        board_of_ods: ODS code of a board to its area code.
        region_of_name: Name of a region, in lower case, to its area code.
        home_of: ODS code of a trust or practice to the area code of its board.
        successor_of: ODS code that ended to the code that followed it, where there is one only.
    """

    names: Mapping[str, str]
    region_of: Mapping[str, str]
    board_of_ods: Mapping[str, str]
    region_of_name: Mapping[str, str]
    home_of: Mapping[str, str]
    successor_of: Mapping[str, str]


@dataclass(frozen=True)
class Homes:
    """Where each listed provider belongs.

    Attributes:
        frame: provider, name, region (as published), home (area code), by: `trust`, `practice`, `successor` or ``.
        apart: Area code of each group of providers of no known board, to (name, region code).
    """

    frame: pl.DataFrame
    apart: Mapping[str, tuple[str, str]]

    @property
    def without_board(self) -> pl.DataFrame:
        """The providers that no look-up places in a board."""
        return self.frame.filter(pl.col("by") == "")


def read_boards(folder: Path) -> Boards:
    """Read the look-ups of a folder: the newest of each kind.

    Raises:
        TableError: A look-up is missing, or lacks a column.
    """
    rows = _text(_newest(folder, "SICBL*_ICB*_NHSER*.csv"))
    board, board_ods, board_name = (_column(rows, "ICB", end) for end in ("CD", "CDH", "NM"))
    region, region_name = (_column(rows, "NHSER", end) for end in ("CD", "NM"))
    boards = rows.select(board, board_ods, board_name, region, region_name).unique().sort(board).rows()
    of_ods = {ods: code for code, ods, *_ in boards}
    # etr: no header; the code, its name, region and board are the first four fields
    trusts = pl.read_csv(_newest(folder, "etr*.csv"), has_header=False, infer_schema=False)
    home_of = dict(trusts.select(trusts.columns[0], trusts.columns[3]).rows())
    practices = _text(_newest(folder, "gp-reg-pat-prac-map*.csv"))
    home_of = dict(practices.select("PRACTICE_CODE", "STP_CODE").rows()) | home_of
    successors = pl.read_parquet(_newest(folder, "nhs_trust_successors.parquet"))
    only = successors.group_by("old_code").agg(pl.col("new_code").unique()).filter(pl.col("new_code").list.len() == 1)
    return Boards(
        names={code: _board_name(name) for code, _, name, _, _ in boards} | {row[3]: row[4] for row in boards},
        region_of={code: region_code for code, _, _, region_code, _ in boards},
        board_of_ods=of_ods,
        region_of_name={row[4].lower(): row[3] for row in boards},
        home_of={code: of_ods[ods] for code, ods in home_of.items() if ods in of_ods},
        successor_of={old: new[0] for old, new in only.rows()},
    )


def homes_of(listed: pl.DataFrame, boards: Boards) -> Homes:
    """Place every listed provider in a board, or apart below its region; nothing is guessed from names or addresses.

    Arguments:
        listed: period, provider, region, name: who stands in which month's file.
        boards: The look-ups.
    """
    latest = (
        listed.sort("period", maintain_order=True).group_by("provider", maintain_order=True).last().sort("provider")
    )
    rows, apart = [], {}
    for provider, region_text, name in latest.select("provider", "region", "name").iter_rows():
        home, by = _board_of(provider, boards)
        if not home:
            short = region_text.lower().removeprefix("nhs england ").strip()
            region = boards.region_of_name.get(short, "")
            # a region of another year's list stands below England under its own name
            home = f"{region or short.replace(' ', '-')}-{_NO_BOARD}"
            apart[home] = (f"Providers of no known board, {boards.names.get(region, short.title())}", region)
        rows.append((provider, _in_words(name), region_text, home, by))
    schema = dict.fromkeys(["provider", "name", "region", "home", "by"], pl.String)
    return Homes(pl.DataFrame(rows, schema=schema, orient="row"), apart)


def areas_table(listed: pl.DataFrame, homes: Homes, boards: Boards) -> pl.DataFrame:
    """Return areas.csv: England, regions, boards, the providers that stand apart as one area a region, providers.

    A provider is valid from the first month in which the publisher lists it to the last; with the first or last file
    it is open on that side.

    Arguments:
        listed: period, provider: who stands in which month's file.
        homes: Where each belongs.
        boards: The look-ups.
    """
    months = (min(listed["period"]), max(listed["period"]))
    dates = {
        provider: _open_span(first, last, months)
        for provider, first, last in listed.group_by("provider")
        .agg(first=pl.col("period").min(), last=pl.col("period").max())
        .iter_rows()
    }
    rows: list[tuple[str, str, str, str]] = [(ENGLAND, "England", "nation", "")]
    regions = sorted(set(boards.region_of.values()))
    rows += [(code, boards.names[code], "region", ENGLAND) for code in regions]
    rows += [(code, boards.names[code], "system", region) for code, region in sorted(boards.region_of.items())]
    rows += [(code, name, "system", region or ENGLAND) for code, (name, region) in sorted(homes.apart.items())]
    rows += [(provider, name, "other", "") for provider, name in homes.frame.select("provider", "name").iter_rows()]
    schema = dict.fromkeys(("area_code", "name", "level", "parent_code"), pl.String)
    return pl.DataFrame(
        [(*row, *dates.get(row[0], (None, None))) for row in rows],
        schema=schema | {"valid_from": pl.Date, "valid_to": pl.Date},
        orient="row",
    )


def footprints_table(listed: pl.DataFrame, homes: Homes) -> pl.DataFrame:
    """Return footprints.csv: a provider belongs to its home in the months in which the publisher lists it.

    A span that begins with the first file, or ends with the last, is open on that side.

    Arguments:
        listed: period, provider: who stands in which month's file.
        homes: Where each belongs.
    """
    months = sorted(set(listed["period"]))
    home_of = dict(homes.frame.select("provider", "home").rows())
    rows = []
    for provider, periods in listed.group_by("provider").agg("period").sort("provider").iter_rows():
        for first, last in _spans(set(periods), months):
            rows.append((home_of[provider], provider, 1, *_open_span(first, last, (months[0], months[-1]))))
    schema = {"area_code": pl.String, "member_code": pl.String, "weight": pl.Int64}
    return pl.DataFrame(rows, schema=schema | {"valid_from": pl.Date, "valid_to": pl.Date}, orient="row")


def _board_of(provider: str, boards: Boards) -> tuple[str, str]:
    """The board in which a provider, or the one organisation that followed it, is registered, and how that is known."""
    if provider in boards.home_of:
        return boards.home_of[provider], "trust" if len(provider) == 3 else "practice"
    seen, code = {provider}, provider
    while (code := boards.successor_of.get(code, "")) and code not in seen:
        if code in boards.home_of:
            return boards.home_of[code], "successor"
        seen.add(code)
    return "", ""


def _spans(periods: set[str], months: list[str]) -> Iterable[tuple[str, str]]:
    """Unbroken runs of the months for which there is a file."""
    run: list[str] = []
    for month in [*months, ""]:
        if month in periods:
            run.append(month)
        elif run:
            yield run[0], run[-1]
            run = []


def _open_span(first: str, last: str, months: tuple[str, str]) -> tuple[date | None, date | None]:
    """The first and last day of a span of months, none where it touches the first or last month of all files."""
    begins = None if first == months[0] else date.fromisoformat(f"{first}-01")
    return begins, None if last == months[1] else _last_day(last)


def _last_day(month: str) -> date:
    first = date.fromisoformat(f"{month}-01")
    return (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)


def _newest(folder: Path, pattern: str) -> Path:
    found = sorted(folder.glob(pattern))
    if not found:
        raise oc.TableError(f"{folder}: no look-up named like “{pattern}” is here; see the README of this example")
    return found[-1]


def _text(file: Path) -> pl.DataFrame:
    frame = pl.read_csv(file, infer_schema=False)
    # a byte order mark belongs to no header
    return frame.rename({name: name.lstrip("\ufeff") for name in frame.columns})


def _column(rows: pl.DataFrame, start: str, end: str) -> str:
    """The column of a look-up whose name carries a year between its beginning and its end, such as ICB22CDH."""
    for name in rows.columns:
        middle = name.removeprefix(start).removesuffix(end)
        if name.startswith(start) and name.endswith(end) and middle.isdigit():
            return name
    raise oc.TableError(f"a look-up of boards has no column {start}..{end}; it has {', '.join(rows.columns)}")


def _board_name(name: str) -> str:
    return name.replace("Integrated Care Board", "ICB")


def _in_words(name: str) -> str:
    """A name in capitals as people write it; acronyms stay in capitals."""
    if name != name.upper():
        return name

    def written(found: re.Match[str]) -> str:
        word = found.group()
        if word in ("ST", "LTD"):
            return word.capitalize()
        if word in _ACRONYMS or not _VOWELS.search(word):
            return word
        return word.lower() if word in _SMALL and found.start() else word.capitalize()

    return _WORD.sub(written, name)
