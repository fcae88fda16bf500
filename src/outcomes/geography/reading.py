"""Reads areas.csv and footprints.csv, or the same columns in frames, into typed tables with the line of each row."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Final

import polars as pl

from outcomes.definitions import Column, TableFile, read_table_file, typed_columns
from outcomes.errors import Fault
from outcomes.geography.areas import AREA_COLUMNS, Areas
from outcomes.geography.footprints import FOOTPRINT_COLUMNS, Footprints

__all__ = [
    "AREAS_HEADER",
    "AREAS_REQUIRED",
    "FOOTPRINTS_HEADER",
    "FOOTPRINTS_REQUIRED",
    "Geography",
    "areas_of",
    "footprints_of",
    "geography_of",
    "read_geography",
]

AREAS_HEADER: Final = (
    *("area_code", "name", "level", "parent_code", "valid_from", "valid_to", "successors"),
    "is_remainder",
    "other_codes",
)
AREAS_REQUIRED: Final = ("area_code", "name", "level")
FOOTPRINTS_HEADER: Final = ("area_code", "member_code", "weight", "valid_from", "valid_to")
FOOTPRINTS_REQUIRED: Final = ("area_code", "member_code", "weight")

_AREA_KINDS: Final = {"valid_from": Column.DAY, "valid_to": Column.DAY}
_FOOTPRINT_KINDS: Final = {"weight": Column.NUMBER, "valid_from": Column.DAY, "valid_to": Column.DAY}


@dataclass(frozen=True)
class Geography:
    """The areas and footprints as they were read, before their rules are asked.

    Attributes:
        areas: Columns `AREAS_HEADER` with dates typed, and `line`.
        footprints: Columns `FOOTPRINTS_HEADER` typed, `file` and `line`; the parent of an area is a row of weight 1.
        areas_file: How the file of areas is named in faults.
        declared: Every area code that stands in the file, on a faulty row too, so that one fault is said once.
        faults: What is wrong with the files.
    """

    areas: pl.DataFrame
    footprints: pl.DataFrame
    areas_file: str
    declared: frozenset[str] = frozenset()
    faults: tuple[Fault, ...] = ()

    @property
    def is_known(self) -> bool:
        """Whether the areas could be read at all: where not, no code can be called unknown."""
        return bool(self.declared) or not self.faults

    @cached_property
    def members(self) -> dict[str, tuple[str, ...]]:
        """The direct parts of every whole, whatever the date."""
        steps = self.footprints.join(self.successor_pairs, on=["area_code", "member_code"], how="anti")
        pairs = steps.group_by("area_code").agg(pl.col("member_code").unique().sort()).sort("area_code")
        return {whole: tuple(parts) for whole, parts in pairs.rows()}

    @cached_property
    def successor_pairs(self) -> pl.DataFrame:
        """area_code (the successor), member_code (the area), line: every successor that areas.csv names."""
        return (
            self.areas.select(
                pl.col("successors").str.split(";").alias("area_code"), pl.col("area_code").alias("member_code"), "line"
            )
            .explode("area_code")
            .with_columns(pl.col("area_code").str.strip_chars())
            .filter(pl.col("area_code") != "")
        )

    def with_parts(self, codes: Iterable[str]) -> frozenset[str]:
        """Areas and everything below them."""
        found, front = set(codes), list(codes)
        while front:
            front = [part for whole in front for part in self.members.get(whole, ()) if part not in found]
            found.update(front)
        return frozenset(found)


def read_geography(folder: Path) -> Geography:
    """Return the areas and footprints of a partnership's folder; nothing is raised.

    Arguments:
        folder: Holds areas.csv and, if there are weighted or further memberships, footprints.csv.
    """
    areas = read_table_file(folder / "areas.csv", folder, known=AREAS_HEADER, required=AREAS_REQUIRED)
    footprints = None
    if (folder / "footprints.csv").exists():
        path = folder / "footprints.csv"
        footprints = read_table_file(path, folder, known=FOOTPRINTS_HEADER, required=FOOTPRINTS_REQUIRED)
    return geography_of(areas, footprints)


def geography_of(areas: TableFile, footprints: TableFile | None) -> Geography:
    """Return the typed geography of two tables of text."""
    areas = typed_columns(areas, _AREA_KINDS, required=AREAS_REQUIRED)
    # a row without its code is a fault already; nothing more is said of it
    usable = areas.frame.filter(pl.all_horizontal(pl.col(*AREAS_REQUIRED).is_not_null()))
    rows = usable.filter(pl.col("parent_code").is_not_null()).select(
        pl.col("parent_code").alias("area_code"),
        pl.col("area_code").alias("member_code"),
        pl.lit(1.0).alias("weight"),
        "valid_from",
        "valid_to",
        pl.lit(areas.file).alias("file"),
        "line",
    )
    faults = list(areas.faults)
    if footprints:
        footprints = typed_columns(footprints, _FOOTPRINT_KINDS, required=FOOTPRINTS_REQUIRED)
        faults += footprints.faults
        own = footprints.frame.filter(pl.all_horizontal(pl.col(*FOOTPRINTS_REQUIRED).is_not_null()))
        rows = pl.concat([rows, own.select(*FOOTPRINTS_HEADER, pl.lit(footprints.file).alias("file"), "line")])
    declared = frozenset(areas.frame["area_code"].drop_nulls().to_list())
    return Geography(usable, rows, areas.file, declared, tuple(faults))


def areas_of(geography: Geography) -> Areas:
    """Return the areas of a faultless geography."""
    frame = geography.areas.with_columns(_codes_in("successors"), _codes_in("other_codes"))
    remainders = frame.filter(pl.col("is_remainder") == "true")["area_code"].to_list()
    others = frame.filter(pl.col("other_codes").list.len() > 0).select("area_code", "other_codes").sort("area_code")
    other_codes = {code: tuple(codes) for code, codes in others.rows()}
    return Areas(frame.select(list(AREA_COLUMNS)).sort("area_code"), frozenset(remainders), other_codes)


def _codes_in(column: str) -> pl.Expr:
    codes = pl.col(column).fill_null("").str.split(";").list.eval(pl.element().str.strip_chars())
    return codes.list.eval(pl.element().filter(pl.element() != ""))


def footprints_of(geography: Geography) -> Footprints:
    """Return the footprints of a faultless geography; shares of areas in their own successors stand apart."""
    order = ["area_code", "member_code", "valid_from"]
    frame = geography.footprints.select(list(FOOTPRINT_COLUMNS)).sort(order, nulls_last=False)
    pair = ["area_code", "member_code"]
    return Footprints(
        frame.join(geography.successor_pairs, on=pair, how="anti", maintain_order="left"),
        frame.join(geography.successor_pairs, on=pair, how="semi", maintain_order="left"),
    )
