"""Makes the panel's population, and the counts of two panels: one that was chosen and one of volunteers."""

import csv
from collections.abc import Iterator, Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Final

from examples._eastvale.geography import PLACES, SYSTEM, YEARS, people

__all__ = ["adults", "write_panels"]

Shares = Mapping[str, Mapping[str, float]]

DIMENSIONS: Final = ("sex", "age_band", "ethnicity", "deprivation_quintile", "area_code")
# of a thousand adults
_SEX: Final = {"Female": 511, "Male": 489}
_ETHNICITY: Final = {"White": 872, "Asian": 61, "Black": 34, "Mixed": 26, "Other": 7}
_FIFTHS: Final = {"1 most deprived": 236, "2": 214, "3": 201, "4": 187, "5 least deprived": 162}
# whole five-year bands of each age band; of 15 to 19 four of five years are 16 and over
_BANDS: Final = {
    "16-24": ("20-24",),
    "25-44": ("25-29", "30-34", "35-39", "40-44"),
    "45-64": ("45-49", "50-54", "55-59", "60-64"),
    "65-74": ("65-69", "70-74"),
    "75+": ("75-79", "80-84", "85-89", "90+"),
}
_MEMBERS: Final = 1_180
# how many of a thousand who did not say which ethnic group they belong to
_NOT_SAID: Final = 22
# the panel is short of young people, as panels are: so many points of a hundred, who are 45 to 74 instead
_SKEW: Final = {"16-24": -4.0, "45-64": 2.0, "65-74": 2.0}
# how many of a hundred answer, and agree, by age
_ASKED: Final = {
    "belonging": ({"16-24": 58, "25-44": 70, "45-64": 82, "65-74": 88, "75+": 84}, (52, 58, 66, 74, 76)),
    "early-help": ({"16-24": 20, "25-44": 46, "45-64": 34, "65-74": 14, "75+": 12}, (44, 51, 58, 66, 68)),
}
_VOLUNTEERS: Final = 412
_OLD_VOLUNTEERS: Final = {"16-24": 2, "25-44": 9, "45-64": 24, "65-74": 36, "75+": 29}


def adults(area: str, year: int) -> dict[str, int]:
    """Return how many people of each age band, 16 and over, lived in an area in mid-year."""
    found = {band: people(area, year, bands) for band, bands in _BANDS.items()}
    found["16-24"] += round(people(area, year, ("15-19",)) * 4 / 5)
    return found


def parts(whole: int, shares: Mapping[str, float]) -> dict[str, int]:
    """Share out a whole number by largest remainder, so that the parts add up to it."""
    total = sum(shares.values())
    exact = {name: whole * share / total for name, share in shares.items()}
    found = {name: int(number) for name, number in exact.items()}
    left = whole - sum(found.values())
    for name in sorted(exact, key=lambda name: found[name] - exact[name])[:left]:
        found[name] += 1
    return found


def population() -> Iterator[Sequence[object]]:
    """Yield the rows of `series/population-16-and-over.csv`."""
    for area in (SYSTEM, *PLACES):
        for year in YEARS:
            by_age = adults(area, year)
            everybody = sum(by_age.values())
            yield area, "calendar_year", year, "", everybody
            groups = {"sex": parts(everybody, _SEX), "age_band": by_age}
            groups |= {"ethnicity": parts(everybody, _ETHNICITY), "deprivation_quintile": parts(everybody, _FIFTHS)}
            for dimension, counted in groups.items():
                for group, number in counted.items():
                    yield area, "calendar_year", year, f"{dimension}={group}", number


def write_panels(folder: Path) -> None:
    """Write the counts of both panels."""
    members = _members()
    _write(folder / "residents.csv", (*DIMENSIONS, "members"), _counted(members, DIMENSIONS))
    rows: list[Sequence[object]] = []
    for question, (answer, agree) in _ASKED.items():
        agrees = dict(zip(_BANDS, agree, strict=True))
        answers: dict[tuple[str, ...], list[int]] = {}
        for number, member in enumerate(members):
            if _dice(f"{question} answers", number) < answer[member["age_band"]] / 100:
                cell = answers.setdefault(tuple(member[name] for name in DIMENSIONS), [0, 0])
                cell[0] += 1
                cell[1] += _dice(f"{question} agrees", number) < agrees[member["age_band"]] / 100
        rows += [(question, *cell, *counts) for cell, counts in sorted(answers.items())]
    _write(folder / "residents" / "answers.csv", ("question", *DIMENSIONS, "answered", "agreed"), rows)
    shares: Shares = {"sex": {"Female": 62, "Male": 38}, "age_band": _OLD_VOLUNTEERS}
    volunteers = _people("volunteers", _VOLUNTEERS, shares)
    _write(folder / "buses.csv", ("sex", "age_band", "members"), _counted(volunteers, ("sex", "age_band")))
    _write(
        folder / "buses" / "answers.csv",
        ("question", "sex", "age_band", "answered", "agreed"),
        [
            ("bus-more-than-clinic", *cell, number, round(int(str(number)) * 0.71))
            for *cell, number in _counted(volunteers, ("sex", "age_band"))
        ],
    )


def _members() -> list[dict[str, str]]:
    year = max(YEARS)
    by_age = adults(SYSTEM, year)
    whole = sum(by_age.values())
    ages = {band: number / whole * 100 + _SKEW.get(band, 0.0) for band, number in by_age.items()}
    shares: Shares = {
        "sex": _SEX,
        "age_band": ages,
        "ethnicity": _ETHNICITY,
        "deprivation_quintile": _FIFTHS,
        "area_code": {place: sum(adults(place, year).values()) for place in PLACES},
    }
    found = _people("residents", _MEMBERS, shares)
    for number, member in enumerate(found):
        if _dice("says no ethnicity", number) < _NOT_SAID / 1000:
            member["ethnicity"] = ""
    return found


def _people(name: str, number: int, shares: Shares) -> list[dict[str, str]]:
    """So many people, each dimension in its proportions and independent of the others."""
    columns = {}
    for dimension, groups in shares.items():
        column = [group for group, count in parts(number, groups).items() for _ in range(count)]
        mixed = sorted(range(number), key=lambda at: _dice(f"{name} {dimension}", at))
        columns[dimension] = [column[at] for at in mixed]
    return [{dimension: columns[dimension][at] for dimension in columns} for at in range(number)]


def _dice(name: str, number: int) -> float:
    """A number from 0 to 1 that is the same on any machine and in any version of Python."""
    return int.from_bytes(sha256(f"{name} {number}".encode()).digest()[:6], "big") / 2**48


def _counted(found: list[dict[str, str]], dimensions: Sequence[str]) -> list[tuple[object, ...]]:
    cells: dict[tuple[str, ...], int] = {}
    for member in found:
        cell = tuple(member[dimension] for dimension in dimensions)
        cells[cell] = cells.get(cell, 0) + 1
    return [(*cell, number) for cell, number in sorted(cells.items())]


def _write(path: Path, header: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)
