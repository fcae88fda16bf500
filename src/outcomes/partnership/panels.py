"""Panels of residents: who was asked to speak for a population, in counts by group; never a person."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final, Self

import polars as pl
from pydantic import Field, model_validator

from outcomes.breakdown import WHOLE, breakdown_from_text
from outcomes.errors import VoluntaryMixedError
from outcomes.scalars import Day, Definition, Slug, Text, Whole, Words
from outcomes.table import empty_table
from outcomes.vocabulary import Recruitment

__all__ = [
    "AREA",
    "LEAST_IN_GROUP",
    "Panel",
    "PanelDescription",
    "PanelQuestion",
    "answer_columns",
    "member_columns",
    "parts_on",
    "population_margins",
]

# the dimension whose groups are areas; its column holds their codes
AREA: Final = "area_code"
# a group of fewer is not shown (Safe Data Access Professionals, Handbook on Statistical Disclosure Control for Outputs)
LEAST_IN_GROUP: Final = 10
# the columns of its CSV files that are no groups
_OWN_COLUMNS: Final = frozenset({"question", "members", "answered", "agreed", "recruitment", "line"})


class PanelQuestion(Definition):
    """What a panel was asked, and which answers are counted.

    Attributes:
        id: Its code; the rows of answers.csv name it.
        text: The question as it was put.
        counted: The answers that count as agreeing, in words.
        asked_from, asked_to: The first and the last day.
        indicators, outcomes: The measures and outcomes that it speaks to.
    """

    id: Slug
    text: Text
    counted: Text
    asked_from: Day
    asked_to: Day
    indicators: tuple[Slug, ...] = ()
    outcomes: tuple[Slug, ...] = ()

    @model_validator(mode="after")
    def _ends_after_it_begins(self) -> Self:
        if self.asked_to < self.asked_from:
            raise ValueError(f"asked_to {self.asked_to} lies before asked_from {self.asked_from}")
        return self


class PanelDescription(Definition):
    """What `panels/<id>.yaml` says of a panel.

    Attributes:
        id: Its code, which is also its file's name.
        title: Its name, as it is printed.
        partner: The code of the partner that keeps it.
        area_code: The area whose people it is to speak for.
        recruitment: Whether its members were chosen to be like the population, or came of themselves.
        recruited_how: How, in a sentence.
        counted_on: The day on which its members were counted.
        population: The id of the population series that it is compared with.
        people: Which people of the area that series holds, such as `aged 16 and over`.
        dimensions: By what it is compared: sex, age_band, ethnicity, deprivation_quintile, area_code … each a column of
            its CSV, and a breakdown of the population; the groups of area_code are areas.
        least_in_group: A group of fewer people is not shown; at least 10.
        questions: What it was asked, answered in `panels/<id>/answers.csv`.
        indicators, outcomes: The measures that rest on it, and the outcomes that it speaks to.
    """

    id: Slug
    title: Text
    partner: Slug
    area_code: Text
    recruitment: Recruitment
    recruited_how: Text
    counted_on: Day
    population: Slug
    people: Words = ""
    dimensions: tuple[Slug, ...] = Field(min_length=1)
    least_in_group: Whole = Field(default=LEAST_IN_GROUP, ge=LEAST_IN_GROUP)
    questions: tuple[PanelQuestion, ...] = ()
    indicators: tuple[Slug, ...] = ()
    outcomes: tuple[Slug, ...] = ()

    @model_validator(mode="after")
    def _names_each_once(self) -> Self:
        for what, named in (("dimension", self.dimensions), ("question", [one.id for one in self.questions])):
            if len(set(named)) < len(named):
                raise ValueError(f"each {what} is expected once")
        if own := sorted(_OWN_COLUMNS & set(self.dimensions)):
            raise ValueError(f"a dimension is expected, and {own[0]} is a column of another meaning")
        return self


def member_columns(dimensions: tuple[str, ...]) -> dict[str, pl.DataType]:
    """The columns of `panels/<id>.csv`: the groups of a cell (null: not said), how many members, and how they came."""
    groups: dict[str, pl.DataType] = {dimension: pl.String() for dimension in dimensions}
    return groups | {"members": pl.Int64(), "recruitment": pl.String()}


def answer_columns(dimensions: tuple[str, ...]) -> dict[str, pl.DataType]:
    """The columns of `panels/<id>/answers.csv`: the question, the groups, how many answered and how many agreed."""
    groups: dict[str, pl.DataType] = {dimension: pl.String() for dimension in dimensions}
    return (
        {"question": pl.String()} | groups | {"answered": pl.Int64(), "agreed": pl.Int64(), "recruitment": pl.String()}
    )


@dataclass(frozen=True)
class Panel:
    """One panel: what it is, how many members each cell has, and what they answered.

    Attributes:
        description: As in its YAML file.
        members: One row a cell of groups, columns `member_columns(description.dimensions)`.
        answers: One row a question and cell, columns `answer_columns(description.dimensions)`.
    """

    description: PanelDescription
    members: pl.DataFrame
    answers: pl.DataFrame = field(default_factory=lambda: empty_table({}))

    def __post_init__(self) -> None:
        """Refuse volunteers among people who were chosen; without answers there is a table of none."""
        if not self.answers.columns:
            object.__setattr__(self, "answers", empty_table(answer_columns(self.description.dimensions)))
        own = self.description.recruitment.value
        for name, frame in ((f"panels/{self.description.id}.csv", self.members), ("its answers", self.answers)):
            if "recruitment" not in frame.columns:
                continue
            others = frame.filter(pl.col("recruitment").is_not_null() & (pl.col("recruitment") != own)).height
            if others:
                rows = "1 row" if others == 1 else f"{others} rows"
                raise VoluntaryMixedError(
                    f"panel {self.description.id!r}, {name}: found {rows} of another recruitment, expected {own} "
                    "alone. Put volunteers into a panel of their own: they speak for themselves, not for everybody."
                )


def parts_on(footprints: pl.DataFrame, area_code: str, day: date) -> dict[str, float]:
    """Return the direct parts of an area on a day, each with the share of it that belongs there, sorted by code.

    Arguments:
        footprints: Columns area_code, member_code, weight, valid_from, valid_to.
        area_code: The whole.
        day: The day.

    >>> from datetime import date
    >>> rows = {"area_code": ["P", "P"], "member_code": ["B", "A"], "weight": [0.25, 1.0]}
    >>> dates = {"valid_from": [None, None], "valid_to": [None, date(2020, 3, 31)]}
    >>> parts_on(pl.DataFrame(rows | dates, schema_overrides={"valid_from": pl.Date()}), "P", date(2026, 1, 1))
    {'B': 0.25}
    """
    begun = pl.col("valid_from").is_null() | (pl.col("valid_from") <= day)
    lasting = pl.col("valid_to").is_null() | (pl.col("valid_to") >= day)
    rows = footprints.filter((pl.col("area_code") == area_code) & begun & lasting).sort("member_code")
    return dict(rows.select("member_code", "weight").rows())


def population_margins(
    description: PanelDescription, population: pl.DataFrame, parts: Mapping[str, float]
) -> dict[str, dict[str, float]]:
    """Return of each of a panel's dimensions the groups of its population and their people, in the series' order.

    Arguments:
        description: The panel; the newest population that begins by the day its members were counted is taken.
        population: A population series, columns of reference series.
        parts: The parts of the panel's area, each with its share: the groups of the dimension `area_code`.

    Returns:
        Dimension to group to people; a dimension without a population has no groups.
    """
    known = population.filter(pl.col("period_start") <= description.counted_on)
    here = known.filter(pl.col("area_code") == description.area_code)
    # nothing equals a missing date: then no group has people
    newest = pl.lit(here["period_start"].max(), pl.Date())
    here = here.filter(pl.col("period_start") == newest)
    found: dict[str, dict[str, float]] = {dimension: {} for dimension in description.dimensions}
    for text, people in here.select("breakdown", "numerator").rows():
        pairs = breakdown_from_text(text)
        if len(pairs) == 1 and people is not None:
            ((dimension, group),) = pairs.items()
            if dimension in found:
                found[dimension][group] = float(people)
    if AREA in found:
        wholes = known.filter((pl.col("breakdown") == WHOLE) & (pl.col("period_start") == newest))
        people_of = dict(wholes.select("area_code", "numerator").rows())
        found[AREA] = {
            code: people_of[code] * share for code, share in parts.items() if people_of.get(code) is not None
        }
    return found
