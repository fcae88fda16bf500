"""Holds a panel of residents against its population: gaps, raked weights, what they cost, and the verdict."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from math import fsum
from typing import Final

import polars as pl

from outcomes.partnership.model import Partnership
from outcomes.partnership.panels import AREA, Panel
from outcomes.profile.panel_answers import answers_of, complete_cells, hidden_groups, margins_of, panel_of
from outcomes.profile.voices import PanelComparison, PanelGroup
from outcomes.statistics import RakedWeights, design_effect, effective_sample_size, proportion, raked_weights
from outcomes.vocabulary import PanelVerdict, Reason, Recruitment, Representation

__all__ = ["panel_against_population", "panel_weights", "word_of_share"]

# by what a panel is to be compared before it may be called representative: each is the beginning of a dimension's name
_COMPARED_BY: Final = {
    "age": "age",
    "sex": "sex",
    "ethnicity": "ethnic",
    "deprivation": "deprivation",
    "area": AREA,
}
# at 99.8 % a panel of 19 groups, drawn like its population, is called skewed by chance four times in a hundred; at 95 %
# sixty times (tests/simulation/test_panels.py)
_CONFIDENCE: Final = (0.95, 0.998)


def panel_weights(partnership: Partnership, panel_id: str) -> RakedWeights:
    """Return what the members of each cell of a panel count for, so that every group has its share of the population.

    Only members who said of every dimension which group they belong to are weighted. The cells are for analysis within
    the partnership: some hold one member.

    Arguments:
        partnership: The world; its folder holds `panels/<id>.yaml` and `panels/<id>.csv`.
        panel_id: The panel.

    Returns:
        The cells with `members` and `weight`, and the proof that the margins are met.

    Raises:
        UnknownNameError: There is no such panel or population.

    >>> from outcomes.partnership.loading import load_partnership
    >>> from outcomes.bundled import bundled_folder
    >>> world = load_partnership(bundled_folder("examples", "eastvale"))
    >>> panel_weights(world, "residents").greatest_difference < 1e-12
    True
    """
    panel = panel_of(partnership, panel_id)
    margins = margins_of(partnership, panel)
    return raked_weights(complete_cells(panel.members, margins, ("members",)), "members", margins)


def panel_against_population(partnership: Partnership, panel_id: str, *, as_of: date | None = None) -> PanelComparison:
    """Return a panel beside its population: each group's gap with its interval, the weights, and the verdict.

    A group is over- or under-represented where its population's share lies outside the 99.8 % Wilson interval of its
    share of the panel. The panel is skewed where one is; representative where none is, all of age, sex, ethnicity,
    deprivation and area were compared, and every group is expected to have enough members for a gap to show; of
    volunteers neither is ever said, and they get no weights.

    Arguments:
        partnership: The world.
        panel_id: The panel.
        as_of: The date that a page speaks for; questions asked later are left out. None for all.

    Raises:
        UnknownNameError: There is no such panel or population.

    Source: Wilson EB, J Am Stat Assoc 1927;22:209-12; Kish L, Survey Sampling, Wiley 1965, 11.7.

    >>> from outcomes.partnership.loading import load_partnership
    >>> from outcomes.bundled import bundled_folder
    >>> world = load_partnership(bundled_folder("examples", "eastvale"))
    >>> found = panel_against_population(world, "residents")
    >>> found.verdict.value, [group.title for group in found.groups if group.word.value == "under-represented"]
    ('skewed', ['16-24'])
    """
    panel = panel_of(partnership, panel_id)
    description = panel.description
    margins = margins_of(partnership, panel)
    is_voluntary = description.recruitment is Recruitment.VOLUNTARY
    cells = complete_cells(panel.members, margins, ("members",))
    raked = None if is_voluntary else raked_weights(cells, "members", margins)
    weights = raked.cells if raked is not None and raked.detail is None else None
    groups = tuple(
        group
        for dimension in description.dimensions
        for group in _groups(partnership, panel, dimension, margins[dimension], weights)
    )
    titles = {(group.dimension, group.group): group.title for group in groups}
    not_compared = tuple(
        name
        for name, begins in _COMPARED_BY.items()
        if not any(dimension.startswith(begins) and margins[dimension] for dimension in description.dimensions)
    )
    pairs = _weights_and_counts(weights)
    partner = partnership.partners_by_code.get(description.partner)
    return PanelComparison(
        id=description.id,
        title=description.title,
        partner_code=description.partner,
        partner=partner.name if partner else description.partner,
        recruitment=description.recruitment,
        recruited_how=description.recruited_how,
        area_code=description.area_code,
        area=partnership.areas[description.area_code].name,
        people=description.people,
        counted_on=description.counted_on,
        population=description.population,
        population_title=partnership.series[description.population].description.title,
        least_in_group=description.least_in_group,
        members=sum(panel.members["members"].to_list()),
        weighted_members=sum(cells["members"].to_list()),
        dimensions=description.dimensions,
        not_compared=not_compared,
        groups=groups,
        verdict=_verdict(groups, not_compared, is_voluntary=is_voluntary),
        design_effect=design_effect(*pairs) if pairs else None,
        effective_members=effective_sample_size(*pairs) if pairs else None,
        greatest_weight=max(pairs[0]) if pairs else None,
        rounds=raked.rounds if pairs and raked else 0,
        greatest_difference=raked.greatest_difference if pairs and raked else None,
        no_weights=raked.detail if raked else None,
        empty_groups=tuple(titles[pair] for pair in raked.empty_groups) if raked else (),
        answers=answers_of(
            [panel], margins, titles, [one for one in description.questions if as_of is None or one.asked_to <= as_of]
        ),
        indicators=_named(panel, "indicators"),
        outcomes=_named(panel, "outcomes"),
    )


def _named(panel: Panel, key: str) -> tuple[str, ...]:
    """What a panel and its questions speak to, each once."""
    every: Iterable[object] = (panel.description, *panel.description.questions)
    return tuple(sorted({named for one in every for named in getattr(one, key)}))


def _weights_and_counts(weights: pl.DataFrame | None) -> tuple[list[float], list[float]] | None:
    if weights is None:
        return None
    held = weights.filter(pl.col("members") > 0)
    return held["weight"].to_list(), [float(number) for number in held["members"].to_list()]


def _groups(
    partnership: Partnership,
    panel: Panel,
    dimension: str,
    population: Mapping[str, float],
    weights: pl.DataFrame | None,
) -> Sequence[PanelGroup]:
    """The groups of one dimension, in the population's order."""
    if not population:
        return ()
    least = panel.description.least_in_group
    everybody = sum(population.values())
    counted: dict[str, int] = dict.fromkeys(population, 0)
    for group, members in panel.members.select(dimension, "members").rows():
        if group is not None:
            counted[group] += members
    said = sum(counted.values())
    hidden = hidden_groups(counted, least)
    frame = pl.DataFrame(
        {"members": list(counted.values()), "said": [said] * len(counted)},
        schema={"members": pl.Float64(), "said": pl.Float64()},
    )
    shares = frame.select(proportion("members", "said", confidence=_CONFIDENCE).struct.unnest()).to_dicts()
    found = []
    for (group, members), share in zip(counted.items(), shares, strict=True):
        of_population = population[group] / everybody * 100
        word = word_of_share(
            share["lower_ci_99_8"],
            share["upper_ci_99_8"],
            of_population,
            is_enough=said * of_population / 100 >= least,
        )
        weighted = weights.filter(pl.col(dimension) == group) if weights is not None else None
        pairs = _weights_and_counts(weighted)
        title = partnership.areas[group].name if dimension == AREA else group
        line = PanelGroup(dimension=dimension, group=group, title=title, population_share=of_population, word=word)
        if pairs is not None and weights is not None:
            line = line.model_copy(update={"weighted_share": _weighted_share(weights, dimension, group)})
        if group in hidden:
            line = line.model_copy(update={"reason": Reason.CONFIDENTIAL})
        elif said == 0:
            line = line.model_copy(update={"members": 0, "reason": Reason.CANNOT_BE_CALCULATED})
        else:
            told = {
                "members": members,
                "share": share["value"],
                "gap": share["value"] - of_population,
                "weight": _mean_weight(pairs) if pairs and sum(pairs[1]) > 0 else None,
            }
            # those who came of themselves are all there are of them: nothing was drawn
            if panel.description.recruitment is not Recruitment.VOLUNTARY:
                told |= {
                    "lower_ci_95": share["lower_ci_95"],
                    "upper_ci_95": share["upper_ci_95"],
                    "gap_lower_ci_95": share["lower_ci_95"] - of_population,
                    "gap_upper_ci_95": share["upper_ci_95"] - of_population,
                }
            line = line.model_copy(update=told)
        found.append(line)
    return found


def _mean_weight(pairs: tuple[list[float], list[float]]) -> float:
    weights, counts = pairs
    return fsum(weight * number for weight, number in zip(weights, counts, strict=True)) / fsum(counts)


def _weighted_share(weights: pl.DataFrame, dimension: str, group: str) -> float:
    """The share that a group has with the weights, added up anew from the cells."""
    product = weights.with_columns(product=pl.col("weight") * pl.col("members"))
    here = product.filter(pl.col(dimension) == group)["product"].to_list()
    return fsum(here) / fsum(product["product"].to_list()) * 100


def word_of_share(lower: float | None, upper: float | None, population: float, *, is_enough: bool) -> Representation:
    """Return how a share stands to its population's, by the limits of the share.

    Arguments:
        lower, upper: Its limits, in per cent; None where nobody said.
        population: The population's share, in per cent.
        is_enough: Whether enough members are expected for a gap to show.
    """
    if lower is None or upper is None:
        return Representation.CANNOT_TELL
    if upper < population:
        return Representation.UNDER_REPRESENTED
    if lower > population:
        return Representation.OVER_REPRESENTED
    return Representation.IN_PROPORTION if is_enough else Representation.CANNOT_TELL


def _verdict(groups: Sequence[PanelGroup], not_compared: Sequence[str], *, is_voluntary: bool) -> PanelVerdict:
    words = {group.word for group in groups}
    if is_voluntary:
        return PanelVerdict.VOLUNTEERS
    if words & {Representation.UNDER_REPRESENTED, Representation.OVER_REPRESENTED}:
        return PanelVerdict.SKEWED
    if not_compared or not words or Representation.CANNOT_TELL in words:
        return PanelVerdict.CANNOT_TELL
    return PanelVerdict.REPRESENTATIVE
