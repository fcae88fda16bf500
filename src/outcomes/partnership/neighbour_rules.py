"""The rules that neighbours.csv obeys: one rule, one function."""

from collections.abc import Iterator
from typing import Final

import polars as pl

from outcomes.definitions import Complaint, Rule, advice, quoted
from outcomes.geography.neighbours import NEIGHBOURS_HEADER
from outcomes.partnership.reading import World
from outcomes.reference_series import SeriesKind
from outcomes.vocabulary import BenchmarkKind

__all__ = ["NEIGHBOUR_RULES"]

# the same fault is named at so many rows at most
MAX_LISTED: Final = 20


def neighbour_row(world: World) -> Iterator[Complaint]:
    """A row of neighbours.csv names an area, its neighbour, the source and the edition, and no area twice."""
    if world.neighbours is None:
        return
    file, rows = world.neighbours.file, world.neighbours.frame
    for column in NEIGHBOURS_HEADER:
        for line in rows.filter(pl.col(column).is_null())["line"].head(MAX_LISTED).to_list():
            yield Complaint(file, line, f"a row of neighbours needs {column}.", f"Add {column}.")
    for code, line in rows.filter(pl.col("area_code") == pl.col("neighbour_code")).select("area_code", "line").rows():
        yield Complaint(file, line, f"{quoted(code)} stands as its own neighbour.", "Take the row out.")
    pair = pl.struct("area_code", "neighbour_code")
    for code, line in rows.filter(~pair.is_first_distinct()).select("neighbour_code", "line").rows()[:MAX_LISTED]:
        yield Complaint(file, line, f"{quoted(code)} already stands as a neighbour of this area.", "Keep one row.")


def neighbours_of_one_list(world: World) -> Iterator[Complaint]:
    """The neighbours of an area come from one edition of one source."""
    if world.neighbours is None:
        return
    rows = world.neighbours.frame.drop_nulls()
    first = pl.col("source", "edition").first().over("area_code")
    mixed = rows.filter(pl.struct("source", "edition") != pl.struct(first)).unique("area_code", maintain_order=True)
    for code, line in mixed.select("area_code", "line").rows()[:MAX_LISTED]:
        message = f"the neighbours of {quoted(code)} come from more than one list."
        yield Complaint(world.neighbours.file, line, message, "Keep those of one source and edition.")


def unknown_neighbour(world: World) -> Iterator[Complaint]:
    """An area of neighbours.csv stands in areas.csv; a neighbour there, or in a series of benchmarks."""
    if world.neighbours is None or not world.geography.is_known:
        return
    known = list(world.geography.declared)
    published = [one.frame["area_code"] for one in world.series if one.description.noun.kind is SeriesKind.BENCHMARK]
    with_figures = {code for codes in published for code in codes.drop_nulls().to_list()}
    file, rows = world.neighbours.file, world.neighbours.frame
    for code, line in rows.filter(~pl.col("area_code").is_in(known)).select("area_code", "line").rows()[:MAX_LISTED]:
        message = f"area_code {quoted(code)} is no area of areas.csv."
        yield Complaint(file, line, message, "Add the area to areas.csv, or correct the code.")
    strangers = rows.filter(~pl.col("neighbour_code").is_in([*known, *sorted(with_figures)]))
    for code, line in strangers.select("neighbour_code", "line").rows()[:MAX_LISTED]:
        message = f"neighbour_code {quoted(code)} is no area of areas.csv, nor of a series of benchmarks."
        yield Complaint(file, line, message, "Add its figures to a series, or correct the code.")


@advice
def neighbours_asked_for(world: World) -> Iterator[Complaint]:
    """A framework that compares with statistical neighbours needs a list of them."""
    if world.neighbours is not None and not world.neighbours.frame.is_empty():
        return
    for source in world.frameworks:
        for located in source.inclusions:
            if BenchmarkKind.STATISTICAL_NEIGHBOURS in located.noun.benchmarks:
                message = f"{located.noun.indicator!r} is compared with statistical neighbours, and nobody named any."
                yield located.says(message, "Name them in neighbours.csv, or another benchmark.", "benchmarks")


NEIGHBOUR_RULES: Final[tuple[Rule[World], ...]] = (
    neighbour_row,
    neighbours_of_one_list,
    unknown_neighbour,
    neighbours_asked_for,
)
