"""The gathered indicator lists beside the bundled sets: which row stands where, and how a row is read."""

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from outcomes.framework.loading import bundled_framework
from outcomes.framework.model import Framework, Inclusion, Indicator, Verification
from tests.shared import shared_path

# the gathered list of each set, and the bundled framework that holds it
FILES = ("phof.csv", "ascof.csv", "bcf.csv", "nof.csv", "lof.csv", "core20plus5.csv")
HOMES = {
    "PHOF": "phof",
    "ASCOF": "ascof",
    "BCF 2025-26": "bcf",
    "BCF 2023-25": "bcf-2023-25",
    "NOF 2025/26": "nof",
    "NOF 2026/27 (ICB)": "nof-icb-2026-27",
    "LOF": "lof",
    "Core20PLUS5 adults": "core20plus5",
    "Core20PLUS5 CYP": "core20plus5",
}
FRAMEWORKS = tuple(dict.fromkeys(HOMES.values()))

Row = dict[str, str]


@dataclass(frozen=True)
class Entry:
    """One indicator on the terms of one bundled framework."""

    framework: Framework
    inclusion: Inclusion
    indicator: Indicator

    @property
    def code(self) -> str:
        return self.inclusion.official_code or self.indicator.official_code

    @property
    def name(self) -> str:
        """The name as published in this set."""
        return self.inclusion.name or self.indicator.published_name or self.indicator.name

    @property
    def verified(self) -> Verification:
        found = self.framework.verification_of(self.inclusion)
        assert found is not None, self.indicator.id
        return found

    @property
    def addresses(self) -> tuple[str, ...]:
        own = self.indicator.verified.addresses if self.indicator.verified else ()
        return (*own, *self.verified.addresses, self.indicator.source_url)


@cache
def definitions() -> dict[tuple[str, int], Indicator]:
    """Every indicator of the bundled frameworks."""
    return {one.key: one for name in FRAMEWORKS for one in bundled_framework(name).indicators}


@cache
def entries(framework_id: str) -> tuple[Entry, ...]:
    """Everything that a bundled framework asks for."""
    framework = bundled_framework(framework_id)
    return tuple(Entry(framework, one, definitions()[one.key]) for one in framework.inclusions)


@cache
def rows() -> tuple[Row, ...]:
    """Every row of the six gathered lists."""
    found: list[Row] = []
    for name in FILES:
        with shared_path("indicators", name).open(encoding="utf-8", newline="") as stream:
            found += csv.DictReader(stream)
    return tuple(found)


def key_of(row: Row) -> str:
    """A short name for a row in messages and exceptions: its set, and its code or the start of its name."""
    if row["set"] == "LOF":
        return f"LOF {row['name'][:40].rstrip()}"
    twice = row["set"] == "PHOF" and row["id"] in ("A01b", "B01b")
    return f"{row['set']} {row['id']}{' ' + row['fingertips_id'] if twice else ''}"


def entries_of(row: Row) -> tuple[Entry, ...]:
    """The entries that a row stands for."""
    there = entries(HOMES[row["set"]])
    match row["set"]:
        case "PHOF" if row["fingertips_id"]:
            return tuple(one for one in there if one.indicator.id == row["fingertips_id"])
        case "LOF":
            return tuple(one for one in there if one.name == row["name"])
        case "BCF 2025-26":
            code = f"BCF {row['id']}"
        case "NOF 2026/27 (ICB)":
            code = f"NOF {row['id']}"
        case "BCF 2023-25" | "Core20PLUS5 adults" | "Core20PLUS5 CYP":
            code = f"{row['set']} {row['id']}"
        case _:
            code = row["id"]
    return tuple(one for one in there if one.code == code)


def state_of(row: Row) -> str:
    """How far a row was verified: the first word of its cell."""
    return re.split(r"[\s(]", row["verified"])[0]


def addresses_of(row: Row) -> tuple[str, ...]:
    """The web addresses in the cell that says how far a row was verified."""
    # an address that is cut short with three dots is no address
    return tuple(
        found.rstrip(").;,")
        for found in re.findall(r"https?://\S+", row["verified"])
        if not re.search(re.escape(found) + r" \.\.\.", row["verified"])
    )


def pairs() -> Iterator[tuple[Row, Entry]]:
    """Every row with each entry that it stands for."""
    for row in rows():
        for entry in entries_of(row):
            yield row, entry
