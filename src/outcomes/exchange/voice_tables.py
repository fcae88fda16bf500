"""Makes tidy tables of people's voice: insights with their provenance, and panels beside their population."""

from collections.abc import Iterable, Iterator
from typing import Any, Final

import polars as pl

from outcomes.scorecard.model import InsightLine, PanelComparison, Scorecard, Voices
from outcomes.table import Columns

__all__ = ["voice_tables"]

INSIGHT_COLUMNS: Final[Columns] = {
    "insight": pl.String(),
    "method": pl.String(),
    # who gathered it: a partner, a group or both
    "partner_code": pl.String(),
    "group": pl.String(),
    # whom it is about, and the way up: a level after the other, "Low Fen > Dunmarsh > Eastvale and Moor"
    "level": pl.String(),
    "area_code": pl.String(),
    "area": pl.String(),
    "path": pl.String(),
    "collected_from": pl.Date(),
    "collected_to": pl.Date(),
    "theme": pl.String(),
    # what was said; where it is withheld, why
    "text": pl.String(),
    "reason": pl.String(),
    # people of the records whose number may be shown, each once; null where none may
    "people": pl.Int64(),
    "records": pl.Int64(),
    "records_of_few": pl.Int64(),
    "panel": pl.String(),
    "is_voluntary": pl.Boolean(),
    "consent": pl.String(),
    "released_by": pl.String(),
    "released_on": pl.Date(),
    "is_released": pl.Boolean(),
    # joined by "; "
    "indicators": pl.String(),
    "outcomes": pl.String(),
    "summarises": pl.String(),
    "rests_on": pl.String(),
    "summarised_by": pl.String(),
    # "area: own words", its own and those carried up
    "dissent": pl.String(),
}
PANEL_COLUMNS: Final[Columns] = {
    "panel": pl.String(),
    "title": pl.String(),
    "partner_code": pl.String(),
    "area_code": pl.String(),
    "recruitment": pl.String(),
    "counted_on": pl.Date(),
    "population": pl.String(),
    # `panel` of the whole; `group` of one group; `answer` of one question, of everybody or a group
    "row": pl.String(),
    "dimension": pl.String(),
    "group": pl.String(),
    # of an answer: which question, and the first and the last day on which it was put
    "question": pl.String(),
    "asked_from": pl.Date(),
    "asked_to": pl.Date(),
    # members, or answers; null with a reason where they are too few to be shown
    "people": pl.Int64(),
    "reason": pl.String(),
    "detail": pl.String(),
    # a share of the panel, or of its answers with the weights; in per cent
    "value": pl.Float64(),
    "lower_ci_95": pl.Float64(),
    "upper_ci_95": pl.Float64(),
    "population_share": pl.Float64(),
    "gap": pl.Float64(),
    "gap_lower_ci_95": pl.Float64(),
    "gap_upper_ci_95": pl.Float64(),
    "weighted_share": pl.Float64(),
    # what a member counts for: of a group on average, of a panel the most
    "weight": pl.Float64(),
    "word": pl.String(),
    "is_estimate": pl.Boolean(),
    "design_effect": pl.Float64(),
    "effective_people": pl.Float64(),
    # the greatest difference of a weighted share from the population's, as a fraction of everybody
    "margins_met_within": pl.Float64(),
}


def voice_tables(voices: Voices | None, cards: Iterable[Scorecard]) -> dict[str, pl.DataFrame]:
    """Return the tables `insights` and `panels`; one that has nothing to say is left out.

    Arguments:
        voices: What people said anywhere, seen from the whole; None where only scorecards are at hand.
        cards: The scorecards; without the whole each insight and panel of them stands once.
    """
    every = [voices] if voices is not None else [card.voices for card in cards if card.voices is not None]
    insights = {line.id: line for one in every for line in one.insights}
    panels = {panel.id: panel for one in every for panel in one.panels}
    found = {
        "insights": (INSIGHT_COLUMNS, [_insight(insights[name]) for name in sorted(insights)]),
        "panels": (PANEL_COLUMNS, [row for name in sorted(panels) for row in _panel(panels[name])]),
    }
    return {name: pl.DataFrame(rows, schema=dict(columns)) for name, (columns, rows) in found.items() if rows}


def _insight(line: InsightLine) -> dict[str, Any]:
    told = {name: getattr(line, name) for name in INSIGHT_COLUMNS if name in InsightLine.model_fields}
    return told | {
        "insight": line.id,
        "method": line.method.value,
        "level": line.level.value,
        "path": " > ".join(" and ".join(step.areas) for step in line.path),
        "text": line.text or None,
        "reason": line.withheld.value if line.withheld else None,
        "people": line.heard.people if line.heard.few_records < line.heard.records else None,
        "records": line.heard.records,
        "records_of_few": line.heard.few_records,
        "consent": line.consent.value,
        "indicators": "; ".join(line.indicators),
        "outcomes": "; ".join(line.outcomes),
        "summarises": "; ".join(line.summarises),
        "rests_on": "; ".join(line.records),
        "summarised_by": "; ".join(line.summarised_by),
        "dissent": "; ".join(f"{dissent.area}: {dissent.text}" for dissent in line.dissents),
    }


def _panel(panel: PanelComparison) -> Iterator[dict[str, Any]]:
    same = {
        "panel": panel.id,
        "title": panel.title,
        "partner_code": panel.partner_code,
        "area_code": panel.area_code,
        "recruitment": panel.recruitment.value,
        "counted_on": panel.counted_on,
        "population": panel.population,
    }
    yield same | {
        "row": "panel",
        "people": panel.members,
        "detail": panel.no_weights.value if panel.no_weights else None,
        "weight": panel.greatest_weight,
        "word": panel.verdict.value,
        "design_effect": panel.design_effect,
        "effective_people": panel.effective_members,
        "margins_met_within": panel.greatest_difference,
    }
    for group in panel.groups:
        told = {name: getattr(group, name) for name in PANEL_COLUMNS if name in type(group).model_fields}
        yield (
            same
            | told
            | {
                "row": "group",
                "people": group.members,
                "reason": group.reason.value if group.reason else None,
                "value": group.share,
                "word": group.word.value,
            }
        )
    for answer in panel.answers:
        yield same | {
            "row": "answer",
            "dimension": answer.dimension or None,
            "group": answer.group or None,
            "question": answer.question,
            "asked_from": answer.asked_from,
            "asked_to": answer.asked_to,
            "people": answer.answered,
            "reason": answer.reason.value if answer.reason else None,
            "detail": answer.detail.value if answer.detail else None,
            "value": answer.value,
            "lower_ci_95": answer.lower_ci_95,
            "upper_ci_95": answer.upper_ci_95,
            "is_estimate": answer.is_estimate,
            "effective_people": answer.effective_answers,
        }
