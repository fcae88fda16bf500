"""Makes what a line says of disputes: every position on a value, a target or a method, and none chosen as right."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final

import polars as pl

from outcomes.agreement.model import Agreement, Position, is_released
from outcomes.breakdown import WHOLE
from outcomes.scorecard.figures import Row
from outcomes.scorecard.model import DisputeLine, PositionLine
from outcomes.scorecard.stated_numbers import StatedNumbers
from outcomes.vocabulary import DisputeSubject, Reason

__all__ = ["POSITION_COLUMNS", "dispute_lines"]

# what each side's figure is, where sources gave different ones
POSITION_COLUMNS: Final[dict[str, pl.DataType]] = {
    "indicator_id": pl.String(),
    "indicator_version": pl.Int32(),
    "area_code": pl.String(),
    "period_kind": pl.String(),
    "period_start": pl.Date(),
    "period": pl.String(),
    # as printed: of a standardised rate without its strata
    "breakdown": pl.String(),
    "partner_code": pl.String(),
    # the partner's own code where it sends its own figures
    "source_code": pl.String(),
    # on the indicator's printed scale, protected like any other
    "value": pl.Float64(),
    "lower_ci_95": pl.Float64(),
    "upper_ci_95": pl.Float64(),
    # a Reason; null where there is a value
    "reason": pl.String(),
    # the ledger number of the submission
    "submission": pl.Int64(),
    # whether computation goes on with this position
    "is_taken": pl.Boolean(),
}
Key = tuple[str, str, str]


def dispute_lines(
    rows: Sequence[Row],
    agreement: Agreement | None,
    indicator_id: str,
    place: str,
    names: Mapping[str, str],
    as_of: date,
    stated: StatedNumbers,
) -> tuple[DisputeLine, ...]:
    """Return the disputes about one measure in one place: on values first, the latest period first, then the others.

    Words that partners recorded on a value stand beside the figures they sent; each number is with who said it.

    Arguments:
        rows: Of `POSITION_COLUMNS`, for the place and its parts; that with which computation goes on first in each.
        agreement: The place's agreement; its log holds what partners say.
        indicator_id: The measure.
        place: The place's code.
        names: Area or partner code to name.
        as_of: The date; what was opened or settled later is not yet known.
        stated: How a number that a partner wrote down may be shown, beside the figure of the place that it speaks of.
    """
    figures: dict[Key, list[Row]] = {}
    for row in rows:
        figures.setdefault((row["area_code"], row["period"], row["breakdown"]), []).append(row)
    said: dict[str, list[Position]] = {}
    for position in agreement.disputes if agreement else ():
        if position.indicator == indicator_id and position.opened_on <= as_of:
            said.setdefault(position.id, []).append(position)
    latest = max((period for area, period, group in figures if (area, group) == (place, WHOLE)), default="")
    lines = []
    for dispute_id in sorted(said):
        positions = said[dispute_id]
        first = positions[0]
        key = (place, first.period or latest, WHOLE)
        sent = figures.pop(key, []) if first.about is DisputeSubject.VALUE else []
        period = key[1] if sent else first.period
        lines.append(_line(positions, sent, period, key, place, names, as_of, stated))
    lines += [_line((), sent, key[1], key, place, names, as_of, stated) for key, sent in figures.items()]
    subjects = list(DisputeSubject)
    by_time = sorted(lines, key=lambda line: line.period, reverse=True)
    return tuple(
        sorted(by_time, key=lambda line: (subjects.index(line.about), line.area_code != place, line.breakdown, line.id))
    )


def _line(
    said: Sequence[Position],
    sent: Sequence[Row],
    period: str,
    key: Key,
    place: str,
    names: Mapping[str, str],
    as_of: date,
    stated: StatedNumbers,
) -> DisputeLine:
    words = {position.partner: position for position in said}
    positions = [_sent(row, words.get(row["partner_code"]), names, as_of) for row in sent]
    senders = {row["partner_code"] for row in sent}
    positions += [_said(position, names, as_of, stated) for position in said if position.partner not in senders]
    first = said[0] if said else None
    is_settled = first is not None and first.settled_on is not None and first.settled_on <= as_of
    return DisputeLine(
        id=first.id if first else "",
        about=first.about if first else DisputeSubject.VALUE,
        period=period,
        breakdown=key[2],
        area_code=key[0],
        area=names.get(key[0], key[0]),
        is_of_part=key[0] != place,
        positions=tuple(positions),
        is_rounded=stated.is_rounded and (first is None or first.about is not DisputeSubject.TARGET),
        opened_on=first.opened_on if first else None,
        settled_on=first.settled_on if first and is_settled else None,
        decision=first.decision if first and is_settled else "",
    )


def _sent(row: Row, said: Position | None, names: Mapping[str, str], as_of: date) -> PositionLine:
    own = row["source_code"] == row["partner_code"]
    return PositionLine(
        partner_code=row["partner_code"],
        partner=names.get(row["partner_code"], row["partner_code"]),
        source="" if own else row["source_code"],
        text=said.position if said else "",
        is_released=said is not None and is_released(said, as_of),
        value=row["value"],
        lower_ci_95=row["lower_ci_95"],
        upper_ci_95=row["upper_ci_95"],
        reason=Reason(row["reason"]) if row["reason"] else None,
        is_taken=row["is_taken"],
        submission=row["submission"],
    )


def _said(position: Position, names: Mapping[str, str], as_of: date, stated: StatedNumbers) -> PositionLine:
    value, reason = stated.shown(position)
    return PositionLine(
        partner_code=position.partner,
        partner=names.get(position.partner, position.partner),
        text=position.position,
        is_released=is_released(position, as_of),
        value=value,
        reason=reason,
        is_stated=position.number is not None,
    )
