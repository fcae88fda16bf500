"""The rules about disputes: one rule, one function. No rule asks who is right."""

from collections.abc import Iterator

from outcomes.agreement.agreements import Agreements
from outcomes.agreement.model import Position
from outcomes.definitions import Complaint, Located
from outcomes.period import period_from_text

__all__ = ["dispute_of_one", "dispute_period", "dispute_settled", "dispute_two_things"]


def _disputes(agreements: Agreements) -> Iterator[list[Located[Position]]]:
    """Yield the rows of each dispute of each place."""
    for source in agreements.sources:
        found: dict[str, list[Located[Position]]] = {}
        for row in source.rows(Position):
            found.setdefault(row.noun.id, []).append(row)
        yield from found.values()


def dispute_of_one(agreements: Agreements) -> Iterator[Complaint]:
    """A dispute has the positions of two partners or more, each partner's once."""
    for rows in _disputes(agreements):
        partners = [row.noun.partner for row in rows]
        if len(set(partners)) == 1:
            message = f"dispute {rows[0].noun.id!r} has the position of {partners[0]!r} alone."
            yield rows[0].says(message, "Add the position of the other side, in its own words.")
        elif len(set(partners)) < len(partners):
            yield rows[-1].says(f"dispute {rows[0].noun.id!r} has a partner twice.", "Keep one row a partner.")


def dispute_two_things(agreements: Agreements) -> Iterator[Complaint]:
    """The rows of a dispute speak of one thing: the same indicator, subject, period, opening and end."""
    for rows in _disputes(agreements):
        for row in rows[1:]:
            for key in ("indicator", "about", "period", "opened_on", "settled_on", "decision"):
                if getattr(row.noun, key) != getattr(rows[0].noun, key):
                    message = f"{key} of dispute {row.noun.id!r} is not that of its first row."
                    yield row.says(message, "Write the same on every row, or give the other dispute its own id.")


def dispute_settled(agreements: Agreements) -> Iterator[Complaint]:
    """A dispute is settled by a decision, and not before it was opened."""
    for rows in _disputes(agreements):
        noun = rows[0].noun
        if (noun.settled_on is None) != (not noun.decision):
            lacks = "a decision" if noun.settled_on else "the day of its settlement"
            yield rows[0].says(f"dispute {noun.id!r} lacks {lacks}.", "Give settled_on and decision, or neither.")
        if noun.settled_on is not None and noun.settled_on < noun.opened_on:
            message = f"dispute {noun.id!r} is settled on {noun.settled_on}, before it was opened on {noun.opened_on}."
            yield rows[0].says(message, "Correct one of the dates.")


def dispute_period(agreements: Agreements) -> Iterator[Complaint]:
    """The period of a dispute is one of its indicator's."""
    for rows in _disputes(agreements):
        noun = rows[0].noun
        versions = (agreements.indicators or {}).get(noun.indicator, ())
        if not noun.period or not versions:
            continue
        try:
            period_from_text(versions[-1].period, noun.period)
        except ValueError:
            message = f"{noun.period!r} is no {versions[-1].period.value.replace('_', ' ')}, which dispute {noun.id!r} "
            yield rows[0].says(f"{message}is about.", "Write the period as pages do, such as 2025/26 or 2026-03.")
