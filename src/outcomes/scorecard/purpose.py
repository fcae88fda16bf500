"""Draws the tree of a page from its lines: purpose, outcome, indicator, measure; orphans are named."""

from collections.abc import Mapping, Sequence

from outcomes.agreement.model import Agreement
from outcomes.framework.model import Framework, Outcome
from outcomes.partnership.model import Partnership
from outcomes.scorecard.model import (
    IndicatorLeaf,
    IndicatorLine,
    OutcomeBranch,
    OutcomeSection,
    PurposeBranch,
    PurposeTree,
)

__all__ = ["purpose_of", "purpose_tree"]


def purpose_of(outcome_id: str, partnership: Partnership, agreement: Agreement | None) -> str:
    """Return what an outcome is for: its own purpose, else that of the first framework that has it; empty for none."""
    found = _purposes(partnership, agreement)
    return found.get(outcome_id, "")


def purpose_tree(
    sections: Sequence[OutcomeSection],
    operational: Sequence[IndicatorLine],
    outcomes_of_operational: Mapping[str, str],
    partnership: Partnership,
    agreement: Agreement | None,
) -> PurposeTree:
    """Return the tree of a page.

    Arguments:
        sections: Its outcomes with their local and national lines.
        operational: Its everyday measures.
        outcomes_of_operational: The id of the outcome of each of these, by page name.
        partnership: The world.
        agreement: The place's agreement; None where none is recorded.

    Returns:
        A branch for each purpose, in the order in which the page comes to it. Outcomes of a set of which only some
        indicators are asked for here are no orphans; those of the frameworks that the partners wrote themselves are.
    """
    lines: dict[str, list[IndicatorLine]] = {section.id: [*section.local, *section.national] for section in sections}
    for line in operational:
        lines.setdefault(outcomes_of_operational[line.page_name], []).append(line)
    purposes = _purposes(partnership, agreement)
    ordered = [outcome for outcome in partnership.outcomes_for(agreement) if outcome.id in lines]
    by_purpose: dict[str, list[Outcome]] = {}
    for outcome in ordered:
        by_purpose.setdefault(purposes.get(outcome.id, ""), []).append(outcome)
    named = [purpose for purpose in by_purpose if purpose]
    return PurposeTree(
        branches=tuple(
            PurposeBranch(
                purpose=purpose,
                outcomes=tuple(
                    OutcomeBranch(id=one.id, title=one.title, indicators=tuple(map(_leaf, lines[one.id])))
                    for one in by_purpose[purpose]
                ),
            )
            for purpose in (*named, *([""] if "" in by_purpose else []))
        ),
        without_indicator=tuple(
            outcome.title
            for framework in _whole(partnership, agreement)
            for outcome in framework.outcomes
            if outcome.id not in lines
        ),
        without_purpose=tuple(outcome.title for outcome in by_purpose.get("", ())) if named else (),
    )


def _leaf(line: IndicatorLine) -> IndicatorLeaf:
    definition = line.definition
    parts = [definition.numerator, definition.denominator]
    return IndicatorLeaf(
        indicator_id=line.indicator_id,
        name=line.name,
        tier=line.tier,
        measure=" / ".join(part for part in parts if part),
        reference=f"{line.indicator_id}@{line.indicator_version}",
        used_by=(line.framework_title, *line.also_in),
    )


def _frameworks(partnership: Partnership, agreement: Agreement | None) -> tuple[Framework, ...]:
    by_id = {framework.id: framework for framework in partnership.frameworks}
    order = agreement.frameworks if agreement else tuple(by_id)
    return tuple(by_id[name] for name in order)


def _purposes(partnership: Partnership, agreement: Agreement | None) -> dict[str, str]:
    found: dict[str, str] = {}
    for framework in _frameworks(partnership, agreement):
        for outcome in framework.outcomes:
            found.setdefault(outcome.id, outcome.purpose or framework.purpose)
    return found


def _whole(partnership: Partnership, agreement: Agreement | None) -> tuple[Framework, ...]:
    """The frameworks that are taken whole: of a set from which some indicators were chosen, an outcome may be empty."""
    chosen = {selection.framework for selection in partnership.description.selections}
    return tuple(framework for framework in _frameworks(partnership, agreement) if framework.id not in chosen)
