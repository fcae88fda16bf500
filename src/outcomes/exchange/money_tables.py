"""Makes tidy tables of the money beside outcomes: resources, control totals with what partners bear, delegations."""

from collections.abc import Iterable, Iterator
from typing import Any, Final

import polars as pl

from outcomes.scorecard.model import Scorecard
from outcomes.table import Columns

__all__ = ["money_tables"]

RESOURCE_COLUMNS: Final[Columns] = {
    "area_code": pl.String(),
    "outcome_id": pl.String(),
    "period": pl.String(),
    "basis": pl.String(),
    "kind": pl.String(),
    "partner_code": pl.String(),
    # whole pounds; where there is none, why
    "amount": pl.Int64(),
    "reason": pl.String(),
    "note": pl.String(),
}
CONTROL_TOTAL_COLUMNS: Final[Columns] = {
    "area_code": pl.String(),
    "control_total": pl.String(),
    "title": pl.String(),
    "period": pl.String(),
    "basis": pl.String(),
    "is_of_system": pl.Boolean(),
    # of the whole: no partner; of a partner: its part
    "partner_code": pl.String(),
    "amount": pl.Int64(),
    # of the whole: what was spent or is forecast, and how far from the total
    "outturn": pl.Int64(),
    "variance": pl.Int64(),
    # of a partner: its share of the risk, and share times variance
    "risk_share": pl.String(),
    "exposure": pl.Int64(),
    "decision": pl.String(),
}
DELEGATION_COLUMNS: Final[Columns] = {
    "area_code": pl.String(),
    "delegation": pl.String(),
    "function": pl.String(),
    "from_partner": pl.String(),
    "to_body": pl.String(),
    "budget": pl.Int64(),
    "control_total": pl.String(),
    "first_day": pl.Date(),
    "last_day": pl.Date(),
    "state": pl.String(),
    "instrument": pl.String(),
    "decision": pl.String(),
    "outcomes": pl.String(),
}


def money_tables(cards: Iterable[Scorecard]) -> dict[str, pl.DataFrame]:
    """Return the money of all places as tables, by name; a table without rows is left out.

    Arguments:
        cards: The scorecards, in any order; rows are sorted by area.

    Returns:
        `resources`, `control_totals` and `delegations`; amounts in whole pounds, a missing one null beside its reason.
    """
    ordered = sorted(cards, key=lambda card: card.place.area_code)
    tables = {
        "control_totals": (_control_totals(ordered), CONTROL_TOTAL_COLUMNS),
        "delegations": (_delegations(ordered), DELEGATION_COLUMNS),
        "resources": (_resources(ordered), RESOURCE_COLUMNS),
    }
    frames = {name: pl.DataFrame(list(rows), schema=dict(columns)) for name, (rows, columns) in tables.items()}
    return {name: frame for name, frame in frames.items() if frame.height}


def _resources(cards: Iterable[Scorecard]) -> Iterator[dict[str, Any]]:
    for card in cards:
        for line in card.money.resources if card.money else ():
            for part in line.parts:
                yield {
                    "area_code": card.place.area_code,
                    "outcome_id": line.outcome_id,
                    "period": line.period,
                    "basis": line.basis.value,
                    "kind": line.kind.value,
                    "partner_code": part.partner_code,
                    "amount": part.amount,
                    "reason": part.because or None,
                    "note": part.note or None,
                }


def _control_totals(cards: Iterable[Scorecard]) -> Iterator[dict[str, Any]]:
    for card in cards:
        for total in card.money.control_totals if card.money else ():
            head: dict[str, Any] = {
                "area_code": card.place.area_code,
                "control_total": total.id,
                "title": total.title,
                "period": total.period,
                "basis": total.basis.value,
                "is_of_system": total.is_of_system,
                "decision": total.decision,
            }
            yield head | {"amount": total.amount, "outturn": total.outturn, "variance": total.variance}
            parts = {part.partner_code: part.amount for part in total.parts}
            borne = {line.partner_code: line for line in total.exposures}
            for code in sorted({*parts, *borne}):
                line = borne.get(code)
                yield head | {
                    "partner_code": code,
                    "amount": parts.get(code),
                    "risk_share": line.share if line else None,
                    "exposure": line.amount if line else None,
                }


def _delegations(cards: Iterable[Scorecard]) -> Iterator[dict[str, Any]]:
    for card in cards:
        for line in card.money.delegations if card.money else ():
            yield {
                "area_code": card.place.area_code,
                "delegation": line.id,
                "function": line.function,
                "from_partner": line.from_partner,
                "to_body": line.to_body,
                "budget": line.budget,
                "control_total": line.control_total or None,
                "first_day": line.from_day,
                "last_day": line.to_day,
                "state": line.state.value,
                "instrument": line.instrument,
                "decision": line.decision,
                "outcomes": "; ".join(name for name, _ in line.outcomes) or None,
            }
