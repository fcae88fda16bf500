"""Explains which family a difference belongs to, and whether it stays when false ones are held down."""

from typing import Final

from outcomes.scorecard.chance import FALSE_DISCOVERIES, is_differing
from outcomes.scorecard.model import ExplanationStep, IndicatorLine
from outcomes.statistics import METHODS
from outcomes.workflows.explained.case import Case, Row
from outcomes.workflows.explained.working import figure, table, working

__all__ = ["with_family"]

_METHOD: Final = "benjamini_hochberg"
_COLUMNS: Final = ("measure", "p-value", "place in the order", "p-value × comparisons / place")


def with_family(case: Case, row: Row, step: ExplanationStep) -> ExplanationStep:
    """Return the step of a comparison with the other comparisons of its page, and its own p-value among them.

    Arguments:
        case: The figure; without its page nothing is added.
        row: Its comparison.
        step: What is told of it so far.
    """
    if case.page is None or row["p_value"] is None:
        return step
    sections = case.page.outcomes
    lines = [
        line for section in sections for line in (*section.local, *section.national) if _adjusted(line) is not None
    ]
    own = next((line for line in lines if _is_own(case, row, line)), None)
    if own is None:
        said = "not counted: the family is the first comparison of each local and national measure's current figure"
        return step.model_copy(update={"figures": (*step.figures, ("among the comparisons of its page", said))})
    lines.sort(key=lambda line: line.comparisons[0].p_value or 0.0)
    many = len(lines)
    ranked = [(line.name, line.comparisons[0].p_value or 0.0, place) for place, line in enumerate(lines, 1)]
    rows = [(name, p_value, float(place), p_value * many / place) for name, p_value, place in ranked]
    # the least of its own and all later places
    _, p_value, place, _ = min(rows[lines.index(own) :], key=lambda one: one[3])
    inputs = {"p-value of that place": p_value, "comparisons": many, "that place": place}
    formula = "p-value of that place × comparisons / that place"
    adjusted = _adjusted(own)
    method = next(one for one in METHODS if one.name == _METHOD)
    figures = [
        ("among the comparisons of its page", f"{many}; that place is the one from its own on at which this is least"),
        ("p-value among them", figure(adjusted or 0.0)),
    ]
    if is_differing(own.comparisons[0]):
        stays = "stays" if (adjusted or 0.0) <= FALSE_DISCOVERIES else "does not stay"
        figures.append((f"when false differences are held to {FALSE_DISCOVERIES:.0%}", f"it {stays}"))
    found = working("p-value among them", formula, inputs, adjusted)
    return step.model_copy(
        update={
            "figures": (*step.figures, *figures),
            "references": tuple(dict.fromkeys((*step.references, *case.numbered(method.references)))),
            "tables": (*step.tables, *table("The first comparison of each measure of the page", _COLUMNS, rows)),
            "workings": (*step.workings, *((found,) if found is not None else ())),
        }
    )


def _adjusted(line: IndicatorLine) -> float | None:
    return line.comparisons[0].p_value_on_page if line.comparisons else None


def _is_own(case: Case, row: Row, line: IndicatorLine) -> bool:
    """Whether the line's first comparison is this one, of the same current figure."""
    first = line.comparisons[0]
    return (
        (line.indicator_id, line.indicator_version) == case.indicator.key
        and line.framework_id == row["framework_id"]
        and line.current is not None
        and line.current.period == row["period"]
        and first.p_value == row["p_value"]
        and first.benchmark is not None
        and first.benchmark.kind == row["against"]
    )
