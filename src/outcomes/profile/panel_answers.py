"""What a panel's answers say of everybody: weighted shares with the interval of the effective number of answers."""

from collections.abc import Mapping, Sequence
from math import fsum

import polars as pl

from outcomes.errors import UnknownNameError, VoluntaryMixedError
from outcomes.partnership.model import Partnership
from outcomes.partnership.panels import AREA, Panel, PanelQuestion, parts_on, population_margins
from outcomes.profile.voices import PanelAnswer
from outcomes.statistics import effective_sample_size, proportion, raked_weights
from outcomes.vocabulary import Detail, Reason, Recruitment

__all__ = ["answers_of", "complete_cells", "hidden_groups", "margins_of", "panel_estimates", "panel_of"]

Titles = Mapping[tuple[str, str], str]


def panel_of(partnership: Partnership, panel_id: str) -> Panel:
    """Return the panel of an id; UnknownNameError, listing those there are, if nobody defined it."""
    if panel_id not in partnership.panels:
        offered = ", ".join(sorted(partnership.panels)) or "none"
        raise UnknownNameError(f"no panel is called {panel_id!r}; there are: {offered}")
    return partnership.panels[panel_id]


def margins_of(partnership: Partnership, panel: Panel) -> dict[str, dict[str, float]]:
    """Return of each of a panel's dimensions the groups of its population and their people.

    Raises:
        UnknownNameError: The partnership has no such population.
    """
    description = panel.description
    if description.population not in partnership.series:
        raise UnknownNameError(f"panel {description.id!r} names the population {description.population!r}; give it")
    parts = parts_on(partnership.footprints.frame, description.area_code, description.counted_on)
    return population_margins(description, partnership.series[description.population].frame, parts)


def complete_cells(
    cells: pl.DataFrame, margins: Mapping[str, Mapping[str, float]], counts: Sequence[str]
) -> pl.DataFrame:
    """Return the cells of which every group is said, people of one combination added up, sorted by their groups.

    Arguments:
        cells: A column for each dimension, null where it was not said, and the columns of people.
        margins: The dimensions.
        counts: The columns of people, whole numbers.
    """
    dimensions = list(margins)
    said = cells.filter(pl.all_horizontal(pl.col(dimension).is_not_null() for dimension in dimensions))
    return said.group_by(dimensions).agg(pl.col(*counts).sum()).sort(dimensions)


def hidden_groups(counted: Mapping[str, int], least: int) -> frozenset[str]:
    """Return the groups whose numbers are not shown: those of too few, and what would give one of them away.

    The groups add up to a number that is shown. So at least two are hidden, and they hold `least` people or more
    together: what is missing from the sum then tells of none of them.

    Arguments:
        counted: Group to people; a group of nobody is shown.
        least: Fewer people than this are not shown.

    >>> sorted(hidden_groups({"a": 3, "b": 40, "c": 12, "d": 0}, 10))
    ['a', 'c']
    """
    hidden = {group for group, people in counted.items() if 0 < people < least}
    if not hidden:
        return frozenset()
    others = sorted((people, group) for group, people in counted.items() if people >= least)
    while others and (len(hidden) < 2 or sum(counted[group] for group in hidden) < least):
        _, group = others.pop(0)
        hidden.add(group)
    return frozenset(hidden)


def answers_of(
    panels: Sequence[Panel],
    margins: Mapping[str, Mapping[str, float]],
    titles: Titles,
    questions: Sequence[PanelQuestion],
) -> tuple[PanelAnswer, ...]:
    """Return what panels of one recruitment, kept together, answered to some questions: of everybody, then by group.

    Arguments:
        panels: One, or several of the same dimensions.
        margins: Dimension to group to people of the population.
        titles: How each group is printed.
        questions: Which questions.
    """
    answers = pl.concat([panel.answers.drop("recruitment", strict=False) for panel in panels])
    least = max(panel.description.least_in_group for panel in panels)
    is_voluntary = panels[0].description.recruitment is Recruitment.VOLUNTARY
    found: list[PanelAnswer] = []
    for question in questions:
        cells = answers.filter(pl.col("question") == question.id)
        if is_voluntary:
            found.append(_of_volunteers(question, cells, least))
        else:
            found += _estimates(
                question, complete_cells(cells, margins, ("answered", "agreed")), margins, titles, least
            )
    return tuple(found)


def _answer(question: PanelQuestion, **told: object) -> PanelAnswer:
    same = {
        "question": question.id,
        "text": question.text,
        "counted": question.counted,
        "asked_from": question.asked_from,
        "asked_to": question.asked_to,
        "indicators": question.indicators,
        "outcomes": question.outcomes,
    }
    return PanelAnswer.model_validate(same | told)


def _of_volunteers(question: PanelQuestion, cells: pl.DataFrame, least: int) -> PanelAnswer:
    """The share of those who answered, which is nobody's estimate: so it has no interval."""
    answered, agreed = sum(cells["answered"].to_list()), sum(cells["agreed"].to_list())
    if answered < least:
        return _answer(question, is_estimate=False, reason=Reason.CONFIDENTIAL)
    return _answer(question, is_estimate=False, answered=answered, value=agreed / answered * 100)


def _estimates(
    question: PanelQuestion,
    cells: pl.DataFrame,
    margins: Mapping[str, Mapping[str, float]],
    titles: Titles,
    least: int,
) -> list[PanelAnswer]:
    answered = sum(cells["answered"].to_list())
    if answered < least:
        return [_answer(question, reason=Reason.CONFIDENTIAL)]
    raked = raked_weights(cells, "answered", margins)
    if raked.detail is not None:
        told = {"answered": answered, "reason": Reason.CANNOT_BE_CALCULATED, "detail": Detail.MISSING_STRATUM}
        return [_answer(question, **told)]
    found = [_answer(question, answered=answered, **_weighted(raked.cells))]
    for dimension, population in margins.items():
        groups = {
            group: raked.cells.filter((pl.col(dimension) == group) & (pl.col("answered") > 0)) for group in population
        }
        counted = {group: sum(rows["answered"].to_list()) for group, rows in groups.items()}
        hidden = hidden_groups(counted, least)
        for group, rows in groups.items():
            title = titles.get((dimension, group), group)
            named: dict[str, object] = {"dimension": dimension, "group": group, "title": title}
            if group in hidden:
                found.append(_answer(question, **named, reason=Reason.CONFIDENTIAL))
            else:
                found.append(_answer(question, **named, answered=counted[group], **_weighted(rows)))
    return found


def _weighted(cells: pl.DataFrame) -> dict[str, object]:
    """The weighted share that agrees, and the Wilson interval of the effective number of answers."""
    rows = cells.select("weight", "answered", "agreed").rows()
    people = fsum(weight * answered for weight, answered, _ in rows)
    effective = effective_sample_size([row[0] for row in rows], [float(row[1]) for row in rows])
    if effective is None or people <= 0:
        return {"reason": Reason.CANNOT_BE_CALCULATED, "detail": Detail.ZERO_DENOMINATOR}
    share = min(1.0, fsum(weight * agreed for weight, _, agreed in rows) / people)
    of = pl.DataFrame({"x": [share * effective], "n": [effective]})
    estimate = of.select(proportion("x", "n", confidence=(0.95,)).struct.unnest()).row(0, named=True)
    told = {name: estimate[name] for name in ("value", "lower_ci_95", "upper_ci_95")}
    return told | {"effective_answers": effective}


def panel_estimates(partnership: Partnership, panels: str | Sequence[str], question: str) -> tuple[PanelAnswer, ...]:
    """Return what the answers of one panel, or of several together, say of the population.

    Arguments:
        partnership: The world.
        panels: The id of a panel, or of several whose answers are to be taken together: of one area, population and
            dimensions.
        question: The id of a question that each of them was asked.

    Returns:
        Everybody first, then each group that enough people answered for.

    Raises:
        VoluntaryMixedError: One of the panels is of volunteers: they speak for those who came forward, and are neither
            mixed into an estimate nor made one of.
        UnknownNameError: There is no such panel, or it was not asked.
        ValueError: The panels speak for different populations.

    >>> from outcomes.partnership.loading import load_partnership
    >>> from outcomes.bundled import bundled_folder
    >>> world = load_partnership(bundled_folder("examples", "eastvale"))
    >>> everybody = panel_estimates(world, "residents", "early-help")[0]
    >>> everybody.answered > everybody.effective_answers
    True
    """
    ids = (panels,) if isinstance(panels, str) else tuple(dict.fromkeys(panels))
    if not ids:
        raise UnknownNameError(f"no panel is named; there are: {', '.join(sorted(partnership.panels)) or 'none'}")
    chosen = [panel_of(partnership, one) for one in ids]
    volunteers = [one.description.id for one in chosen if one.description.recruitment is Recruitment.VOLUNTARY]
    if volunteers:
        raise VoluntaryMixedError(
            f"estimate of {question!r} from {', '.join(ids)}: found answers of volunteers ({', '.join(volunteers)}), "
            "expected demographically_recruited panels alone. Leave the volunteers out; what they said stands beside "
            "the estimate, under their own name."
        )
    first = chosen[0].description
    for panel in chosen:
        asked = [one.id for one in panel.description.questions]
        if question not in asked:
            what = ", ".join(asked) or "nothing"
            raise UnknownNameError(f"panel {panel.description.id!r} was not asked {question!r}; it was asked: {what}")
        same = ("area_code", "population", "dimensions")
        if any(getattr(panel.description, key) != getattr(first, key) for key in same):
            raise ValueError(
                f"panels {first.id!r} and {panel.description.id!r}: found different areas, populations or dimensions, "
                "expected the same. Estimate from each alone."
            )
    margins = margins_of(partnership, chosen[0])
    titles = {(AREA, code): partnership.areas[code].name for code in margins.get(AREA, {})}
    return answers_of(chosen, margins, titles, [one for one in first.questions if one.id == question])
