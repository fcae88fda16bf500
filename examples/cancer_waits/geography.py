"""Areas of the cancer waits from published look-ups: regions, boards of integrated care, providers, what is outside."""

import csv
import gzip
import json
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Final

import polars as pl
from examples.cancer_waits.workbook import Sender

__all__ = ["ENGLAND", "Boards", "board_areas", "boards_from", "provider_areas"]

ENGLAND: Final = "E92000001"
# the columns of the published look-ups that are read
_LOOKUP: Final = "SICBL22_ICB22_NHSER22.csv"
_BOARDS_2023: Final = "ICB23_BSC.geojson.gz"
_BOARDS_2024: Final = "lsoa21_sicbl24_icb24.parquet"
_REGIONS_2024: Final = "NHSER24_BSC.geojson.gz"
_TRUSTS: Final = "etr_2022.csv"
# the day from which the codes of each look-up are known to hold
_APRIL_2023: Final = date(2023, 4, 1)
_APRIL_2024: Final = date(2024, 4, 1)

_AREAS: Final[dict[str, type[pl.DataType]]] = {
    "area_code": pl.String,
    "name": pl.String,
    "level": pl.String,
    "parent_code": pl.String,
    "valid_from": pl.Date,
    "valid_to": pl.Date,
    "successors": pl.String,
    "other_codes": pl.String,
    "is_remainder": pl.String,
}


@dataclass(frozen=True)
class Boards:
    """The integrated care boards and regions of the look-ups.

    Attributes:
        areas: Rows of areas.csv: England, regions, boards, and boards under the codes that they had before.
        code_of: ODS code of a board to its newest GSS code.
        recoded: What is to be said of the codes that changed.
    """

    areas: pl.DataFrame
    code_of: dict[str, str]
    recoded: tuple[str, ...]


def boards_from(folder: Path) -> Boards:
    """Return the boards by their newest known code, and by the codes that they had before, with the dates.

    The look-up of July 2022 gives each board's ODS code and region. The boundaries of April 2023 (by name) and the
    look-up of 2024 (by ODS code), where they are there, tell which boards have another code since.

    Arguments:
        folder: Holds the look-ups; those of boundaries may stand in a folder `boundaries` beside it.

    Raises:
        FileNotFoundError: The look-up of July 2022 is not there.
    """
    columns = ["ICB22CD", "ICB22CDH", "ICB22NM", "NHSER22CD", "NHSER22CDH", "NHSER22NM"]
    lookup = pl.read_csv(folder / _LOOKUP, columns=columns).unique().sort("ICB22CD")
    in_2023 = _boundary_codes(folder, _BOARDS_2023, "ICB23")
    in_2024: dict[str, str] = {}
    if (folder / _BOARDS_2024).is_file():
        found = pl.read_parquet(folder / _BOARDS_2024, columns=["icb24_code_nhs", "icb24_code"]).unique()
        in_2024 = dict(found.iter_rows())
    regions = _boundary_codes(folder, _REGIONS_2024, "NHSER24")
    rows = [_row(ENGLAND, "England", "nation")]
    region_of: dict[str, str] = {}
    by_region = lookup.select("NHSER22CD", "NHSER22CDH", "NHSER22NM").unique().sort("NHSER22CD")
    for code, ods, name in by_region.iter_rows():
        region_of[code] = regions.get(name, code)
        others = [ods, *([code] if region_of[code] != code else [])]
        rows.append(_row(region_of[code], name, "region", ENGLAND, other_codes=others))
    code_of: dict[str, str] = {}
    recoded = []
    for code, ods, name, region in lookup.select("ICB22CD", "ICB22CDH", "ICB22NM", "NHSER22CD").iter_rows():
        chain: list[tuple[str, date | None]] = [(code, None)]
        for newer, day in ((in_2023.get(name), _APRIL_2023), (in_2024.get(ods), _APRIL_2024)):
            if newer and newer != chain[-1][0]:
                chain.append((newer, day))
                recoded.append(f"{name} ({ods}): {chain[-2][0]} is {newer} since {day}")
        code_of[ods] = chain[-1][0]
        for place, (one, begins) in enumerate(chain):
            next_one = chain[place + 1] if place + 1 < len(chain) else None
            rows.append(
                _row(
                    one,
                    name,
                    "system",
                    region_of[region],
                    valid_from=begins,
                    valid_to=next_one[1] - timedelta(days=1) if next_one and next_one[1] else None,
                    successors=next_one[0] if next_one else None,
                    other_codes=[ods],
                )
            )
    return Boards(pl.DataFrame(rows, schema=_AREAS), code_of, tuple(recoded))


def _boundary_codes(folder: Path, file: str, stem: str) -> dict[str, str]:
    """Name to code of the boundaries of one edition; empty where they are not there."""
    found = next((path for path in (folder / file, folder.parent / "boundaries" / file) if path.is_file()), None)
    if found is None:
        return {}
    with gzip.open(found, "rt", encoding="utf-8") as stream:
        features = json.load(stream)["features"]
    return {one["properties"][f"{stem}NM"]: one["properties"][f"{stem}CD"] for one in features}


def board_areas(boards: Boards, senders: list[Sender]) -> pl.DataFrame:
    """Return areas.csv of the commissioner workbooks: the boards, and what lies outside of them, below England.

    Commissioning hubs and unknown commissioners are told by what the workbook calls them; any other code is left out,
    so that a board that the look-ups do not know is refused, not passed off as a hub.
    """
    outside = [
        _row(one.code, _cased(one.name, one.code), "system", ENGLAND, is_remainder=True)
        for one in senders
        if one.code not in boards.code_of and (one.code == "UNKNOWN" or "COMMISSIONING HUB" in one.name.upper())
    ]
    return pl.concat([boards.areas, pl.DataFrame(outside, schema=_AREAS)])


def provider_areas(boards: Boards, senders: list[Sender], folder: Path) -> tuple[pl.DataFrame, list[Sender]]:
    """Return areas.csv of the provider workbook, and the providers that the list of trusts does not know.

    A trust lies in the board of its headquarters, by the national list of trusts; another provider in England alone.
    """
    with (folder / _TRUSTS).open(encoding="utf-8-sig", newline="") as stream:
        # no header: the first column is the trust, the fourth the board
        board_of = {row[0]: boards.code_of[row[3]] for row in csv.reader(stream) if row[3] in boards.code_of}
    elsewhere = [one for one in senders if one.code not in board_of]
    rows = [_row(one.code, _cased(one.name, one.code), "place", board_of.get(one.code, ENGLAND)) for one in senders]
    return pl.concat([boards.areas, pl.DataFrame(rows, schema=_AREAS)]), elsewhere


def _row(
    code: str,
    name: str,
    level: str,
    parent: str | None = None,
    *,
    valid_from: date | None = None,
    valid_to: date | None = None,
    successors: str | None = None,
    other_codes: list[str] | None = None,
    is_remainder: bool = False,
) -> dict[str, object]:
    texts = (code, name, level, parent, valid_from, valid_to, successors, ";".join(other_codes or []) or None)
    return dict(zip(_AREAS, (*texts, "true" if is_remainder else None), strict=True))


_SMALL: Final = {"and", "of", "the", "in", "for", "on", "at"}
_CAPITALS: Final = {"NHS", "H&J", "UK", "HCRG", "BMI", "II", "LTD"}


def _cased(name: str, code: str) -> str:
    """A name in capitals as one reads it; what nobody knows is said in words."""
    if code == "UNKNOWN":
        return "Unknown commissioner"
    words = [
        word if word in _CAPITALS else word.lower() if word.lower() in _SMALL else _capital(word)
        for word in name.split()
    ]
    return " ".join([_capital(words[0]) if words and words[0] in _SMALL else words[0], *words[1:]]) if words else name


def _capital(word: str) -> str:
    return "-".join(part[:1].upper() + part[1:].lower() for part in word.split("-"))
