"""The rules that panels of residents obey, and insights that rest on them: one rule, one function."""

from collections.abc import Iterator
from typing import Final

import polars as pl

from outcomes.agreement.model import Insight
from outcomes.definitions import Complaint, Located, Rule, TableFile
from outcomes.partnership.panel_reading import PanelSource
from outcomes.partnership.panels import AREA, PanelDescription, parts_on, population_margins
from outcomes.partnership.reading import World
from outcomes.reference_series import SeriesKind

__all__ = ["PANEL_RULES"]

# the same fault is named at so many rows at most
MAX_LISTED: Final = 20
_Path = tuple[str | int, ...]
# populations are rounded, and a few people are of no group
_SAME_TOTAL: Final = 0.01


def _tables(source: PanelSource) -> tuple[TableFile, TableFile]:
    return source.members, source.answers


def _at(table: TableFile, is_wrong: pl.Expr) -> list[int]:
    """The lines of the rows that are wrong."""
    return table.frame.filter(is_wrong)["line"].head(MAX_LISTED).to_list()


def _margins(world: World, description: PanelDescription) -> dict[str, dict[str, float]] | None:
    """The groups of a panel's population; None where its series cannot be read."""
    for series in world.series:
        noun = series.description.noun
        if noun.id == description.population and noun.kind is SeriesKind.POPULATION and not series.faults:
            geography = world.geography
            # what an area became is no part of it
            steps = geography.footprints.join(
                geography.successor_pairs, on=["area_code", "member_code"], how="anti", maintain_order="left"
            )
            parts = parts_on(steps, description.area_code, description.counted_on)
            return population_margins(description, series.frame, parts)
    return None


def unknown_partner(world: World) -> Iterator[Complaint]:
    """A panel is kept by a partner."""
    if not world.knows_partners:
        return
    for source in world.panels:
        noun = source.description.noun
        if noun.partner not in world.declared_partners:
            fix = f"The partners are: {', '.join(sorted(world.declared_partners)) or 'none'}."
            yield source.description.says(f"there is no partner {noun.partner!r}.", fix, "partner")


def unknown_area(world: World) -> Iterator[Complaint]:
    """A panel speaks for an area that exists."""
    if not world.geography.is_known:
        return
    for source in world.panels:
        code = source.description.noun.area_code
        if code not in world.geography.declared:
            message = f"area_code {code!r} is no area of areas.csv."
            yield source.description.says(message, "Add the area to areas.csv, or correct the code.", "area_code")


# one name with the rule of an indicator's series: whoever builds a world without its series is forgiven both
def unknown_series(world: World) -> Iterator[Complaint]:
    """A panel is compared with a population series of the partnership."""
    populations = {
        one.description.noun.id for one in world.series if one.description.noun.kind is SeriesKind.POPULATION
    }
    for source in world.panels:
        named = source.description.noun.population
        if named not in world.declared_series or (
            named in {one.description.noun.id for one in world.series} and named not in populations
        ):
            there = ", ".join(sorted(populations)) or "none"
            fix = f"Name it under series in partnership.yaml; populations are: {there}."
            yield source.description.says(f"there is no population {named!r}.", fix, "population")


def _speaks_to(
    panel: Located[PanelDescription],
) -> Iterator[tuple[tuple[str | int, ...], tuple[str, ...], tuple[str, ...]]]:
    """The panel and its questions: where each stands, and the indicators and outcomes that it names."""
    yield (), panel.noun.indicators, panel.noun.outcomes
    for position, question in enumerate(panel.noun.questions):
        yield ("questions", position), question.indicators, question.outcomes


def unknown_indicator(world: World) -> Iterator[Complaint]:
    """The measures that a panel speaks to are indicators of a framework in use."""
    if not world.knows_indicators:
        return
    for source in world.panels:
        for path, indicators, _ in _speaks_to(source.description):
            for place, named in enumerate(indicators):
                if named not in world.declared_indicators:
                    message = f"no framework in use has an indicator {named!r}."
                    fix = "Name an indicator by its id, and include its framework."
                    yield source.description.says(message, fix, *path, "indicators", place)


def unknown_outcome(world: World) -> Iterator[Complaint]:
    """The outcomes that a panel speaks to are those of a framework in use."""
    if not world.knows_indicators:
        return
    known = {one.id for source in world.frameworks if source.header for one in source.header.noun.outcomes}
    for source in world.panels:
        for path, _, outcomes in _speaks_to(source.description):
            for place, named in enumerate(outcomes):
                if named not in known:
                    message = f"no framework in use has an outcome {named!r}."
                    fix = f"The outcomes are: {', '.join(sorted(known)) or 'none'}."
                    yield source.description.says(message, fix, *path, "outcomes", place)


def voluntary_mixed(world: World) -> Iterator[Complaint]:
    """Volunteers are counted in a panel of their own, never among people who were chosen."""
    for source in world.panels:
        own = source.description.noun.recruitment.value
        for table in _tables(source):
            is_other = pl.col("recruitment").is_not_null() & (pl.col("recruitment") != own)
            for line in _at(table, is_other):
                message = f"these people are of another recruitment than {own}, which the panel's are."
                fix = "Put volunteers into a panel of their own: they speak for themselves, not for everybody."
                yield Complaint(table.file, line, message, fix)


def panel_group(world: World) -> Iterator[Complaint]:
    """Every group of a panel's cells is one of its population's, and each cell stands once."""
    for source in world.panels:
        noun = source.description.noun
        margins = _margins(world, noun)
        for table in _tables(source):
            keys = [name for name in ("question", *noun.dimensions) if name in table.frame.columns]
            for line in _at(table, ~pl.struct(keys).is_first_distinct()):
                yield Complaint(table.file, line, "this cell stands twice.", "Add the people of both together.")
            for dimension in noun.dimensions:
                groups = (margins or {}).get(dimension) or {}
                is_other = pl.col(dimension).is_not_null() & ~pl.col(dimension).is_in(list(groups))
                # what stands in the cell is not repeated: it might be what no panel's file may hold
                for line in _at(table, is_other) if groups else ():
                    message = f"{dimension} is no group of the population {noun.population!r}."
                    fix = f"Write one of {', '.join(groups)}; leave it empty where it was not said."
                    yield Complaint(table.file, line, message, fix)


def panel_population(world: World) -> Iterator[Complaint]:
    """The population of a panel has the groups of every dimension, and they add up to the same people."""
    for source in world.panels:
        noun = source.description.noun
        margins = _margins(world, noun)
        if margins is None or noun.area_code not in world.geography.declared:
            continue
        totals = {dimension: sum(groups.values()) for dimension, groups in margins.items()}
        for position, dimension in enumerate(noun.dimensions):
            if totals[dimension] <= 0:
                groups = "areas within it" if dimension == AREA else f"groups such as {dimension}=…"
                message = f"the population {noun.population!r} has no {groups} for {noun.area_code!r}."
                fix = f"Add them, for a period that begins by {noun.counted_on}, or leave the dimension out."
                yield source.description.says(message, fix, "dimensions", position)
        told = {dimension: total for dimension, total in totals.items() if total > 0}
        if told and max(told.values()) - min(told.values()) > _SAME_TOTAL * max(told.values()):
            said = ", ".join(f"{dimension} {total:,.0f}" for dimension, total in told.items())
            message = f"the groups of the population {noun.population!r} add up to different numbers of people: {said}."
            yield source.description.says(message, "Each dimension is to hold everybody whom the panel speaks for.")


def panel_answers(world: World) -> Iterator[Complaint]:
    """Answers are to a question of the panel, and no more agree than answered."""
    for source in world.panels:
        asked = [question.id for question in source.description.noun.questions]
        table = source.answers
        for line in _at(table, ~pl.col("question").is_in(asked)):
            fix = f"The questions are: {', '.join(asked) or 'none'}."
            yield Complaint(table.file, line, "this is no question of the panel.", fix)
        for line in _at(table, pl.col("agreed") > pl.col("answered")):
            yield Complaint(table.file, line, "more agreed than answered.", "Correct one of the numbers.")
        for either in _tables(source):
            for name in ("members", "answered", "agreed"):
                if name in either.frame.columns:
                    for line in _at(either, pl.col(name) < 0):
                        yield Complaint(either.file, line, f"{name} is below 0.", "Count people.")


def unknown_panel(world: World) -> Iterator[Complaint]:
    """The panel of an insight exists."""
    members = [source.description.noun.id for source in world.panels]
    for agreement in world.agreements:
        for row in agreement.rows(Insight):
            insight = row.noun
            if insight.panel and insight.panel not in members:
                message = f"insight {insight.id!r} is of a panel, and there is no panel {insight.panel!r}."
                yield row.says(message, f"The panels are: {', '.join(members) or 'none'}.")


def panel_heard_twice(world: World) -> Iterator[Complaint]:
    """The insights of a panel together heard no more people than it has, each person once."""
    members = {source.description.noun.id: source.members.frame["members"].sum() for source in world.panels}
    heard: dict[str, dict[str, int]] = {}
    for agreement in world.agreements:
        for row in agreement.rows(Insight):
            insight = row.noun
            if insight.panel not in members:
                continue
            keys = heard.setdefault(insight.panel, {})
            keys[insight.people_key] = max(keys.get(insight.people_key, 0), insight.n_heard or 0)
            if sum(keys.values()) > members[insight.panel]:
                message = (
                    f"with insight {insight.id!r} more people of the panel {insight.panel!r} were heard than it has, "
                    f"{members[insight.panel]}."
                )
                yield row.says(message, "Name the same people under people where several records heard them.")


PANEL_RULES: Final[tuple[Rule[World], ...]] = (
    unknown_partner,
    unknown_area,
    unknown_series,
    unknown_indicator,
    unknown_outcome,
    voluntary_mixed,
    panel_group,
    panel_population,
    panel_answers,
    unknown_panel,
    panel_heard_twice,
)
