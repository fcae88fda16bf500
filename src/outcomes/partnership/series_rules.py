"""The rules that reference series obey: one rule, one function."""

from collections.abc import Iterator
from typing import Final

import polars as pl

from outcomes.breakdown import breakdown_from_text
from outcomes.definitions import Complaint, Located, Rule, advice, quoted
from outcomes.framework.model import Indicator
from outcomes.partnership.reading import World
from outcomes.reference_series import SeriesKind

__all__ = ["SERIES_RULES"]

# the same fault is named at so many rows at most
MAX_LISTED: Final = 20

# the European Standard Population of 2013 is known to the estimates without a series
BUILT_IN_STANDARD: Final = "esp2013"

# what a row of each kind must hold
_NEEDED: Final[dict[SeriesKind, tuple[str, ...]]] = {
    SeriesKind.BENCHMARK: ("indicator_id", "area_code", "period_kind"),
    SeriesKind.POPULATION: ("area_code", "period_kind", "numerator"),
    SeriesKind.STANDARD_POPULATION: ("numerator",),
}


def unknown_series(world: World) -> Iterator[Complaint]:
    """The series that an indicator's denominator or standard population names is one of partnership.yaml."""
    for located, key, named, _ in _named_series(world):
        if named not in world.declared_series | {source.description.noun.id for source in world.series}:
            if key == "standard_population" and named.lower() == BUILT_IN_STANDARD:
                continue
            message = f"partnership.yaml describes no series {named!r}."
            yield located.says(message, f"Describe it under series and add series/{named}.csv.", key)


def series_kind(world: World) -> Iterator[Complaint]:
    """A denominator comes from a population, and weights from a standard population."""
    described = {source.description.noun.id: source.description.noun.kind for source in world.series}
    for located, key, named, kind in _named_series(world):
        if named in described and described[named] is not kind:
            message = f"the series {named!r} is a {described[named].value}, and a {kind.value} is needed."
            yield located.says(message, "Name a series of that kind.", key)


def _named_series(world: World) -> Iterator[tuple[Located[Indicator], str, str, SeriesKind]]:
    for located in world.located_indicators:
        if located.noun.reference_denominator:
            yield located, "denominator", located.noun.reference_denominator, SeriesKind.POPULATION
        if located.noun.standard_population:
            yield located, "standard_population", located.noun.standard_population, SeriesKind.STANDARD_POPULATION


def series_twice(world: World) -> Iterator[Complaint]:
    """A series is described once."""
    seen: set[str] = set()
    for source in world.series:
        if source.description.noun.id in seen:
            message = f"the series {source.description.noun.id!r} stands twice."
            yield source.description.says(message, "Keep one.", "id")
        seen.add(source.description.noun.id)


def series_row(world: World) -> Iterator[Complaint]:
    """A row of a series holds what its kind needs, and nothing below zero where people are counted."""
    for source in world.series:
        # a cell that could not be read has its own fault
        faulty = {fault.line for fault in source.faults if fault.file == source.file}
        rows = source.frame.filter(~pl.col("line").is_in(list(faulty)))
        kind = source.description.noun.kind
        for column in _NEEDED[kind]:
            empty = rows.filter(pl.col(column).is_null())["line"].head(MAX_LISTED).to_list()
            name = "period" if column == "period_kind" else column
            for line in empty:
                message = f"a row of a {kind.value} needs {name}."
                yield Complaint(source.file, line, message, f"Add {name}.")
        if kind is SeriesKind.BENCHMARK:
            bare = rows.filter(pl.col("value").is_null() & pl.col("numerator").is_null())["line"].head(MAX_LISTED)
            for line in bare.to_list():
                yield Complaint(source.file, line, "a row of a benchmark needs a value, or a numerator.", "Add one.")
        else:
            for line in rows.filter(pl.col("numerator") < 0)["line"].head(MAX_LISTED).to_list():
                yield Complaint(source.file, line, "the numerator is below zero.", "Correct it.")


def series_row_twice(world: World) -> Iterator[Complaint]:
    """A series has one row for an indicator, area, period and group."""
    key = ["indicator_id", "area_code", "period_kind", "period_start", "breakdown"]
    for source in world.series:
        again = source.frame.filter(~pl.struct(key).is_first_distinct())["line"].head(MAX_LISTED).to_list()
        for line in again:
            message = "an earlier row has the same indicator, area, period and breakdown."
            yield Complaint(source.file, line, message, "Keep one row.")


def series_interval(world: World) -> Iterator[Complaint]:
    """A published value lies within its interval."""
    for source in world.series:
        wrong = source.frame.filter(
            (pl.col("lower_ci_95") > pl.col("value")) | (pl.col("value") > pl.col("upper_ci_95"))
        )
        for line in wrong["line"].head(MAX_LISTED).to_list():
            yield Complaint(source.file, line, "the value lies outside its 95% interval.", "Correct the row.")


def missing_stratum(world: World) -> Iterator[Complaint]:
    """A standard population has a weight for every stratum of the indicators that are standardised to it."""
    for located in world.located_indicators:
        named, strata = located.noun.standard_population, located.noun.strata
        source = next((one for one in world.series if one.description.noun.id == named), None)
        if not named or source is None or source.faults:
            continue
        groups = (breakdown_from_text(text) for text in source.frame["breakdown"].unique().to_list())
        there = {pairs[strata] for pairs in groups if strata in pairs}
        asked = next((one.categories for one in located.noun.breakdowns if one.dimension == strata), ())
        missing = [category for category in asked if category not in there]
        if missing:
            message = f"the standard population {named!r} has no weight for {strata} {', '.join(missing)}."
            yield located.says(message, f"Add the rows to series/{named}.csv, or correct the categories.", "strata")


@advice
def series_unknown_indicator(world: World) -> Iterator[Complaint]:
    """A series' indicators are those of frameworks in use."""
    if world.knows_indicators:
        known = list(world.declared_indicators)
        for source in world.series:
            wrong = source.frame.filter(pl.col("indicator_id").is_not_null() & ~pl.col("indicator_id").is_in(known))
            yield from _distinct(wrong, source.file, "indicator_id", "no framework in use has the indicator")


@advice
def series_unknown_area(world: World) -> Iterator[Complaint]:
    """A series' areas are those of areas.csv."""
    if world.geography.is_known:
        known = list(world.geography.declared)
        for source in world.series:
            wrong = source.frame.filter(pl.col("area_code").is_not_null() & ~pl.col("area_code").is_in(known))
            yield from _distinct(wrong, source.file, "area_code", "areas.csv has no area")


def _distinct(wrong: pl.DataFrame, file: str, column: str, says: str) -> Iterator[Complaint]:
    found = wrong.group_by(column).agg(pl.len().alias("rows"), pl.col("line").min()).sort("line")
    for code, rows, line in found.head(MAX_LISTED).rows():
        yield Complaint(
            file, line, f"{says} {quoted(code)}; {rows} rows are not used.", "Correct the code, or leave it."
        )


SERIES_RULES: Final[tuple[Rule[World], ...]] = (
    unknown_series,
    series_kind,
    series_twice,
    series_row,
    series_row_twice,
    series_interval,
    missing_stratum,
    series_unknown_indicator,
    series_unknown_area,
)
