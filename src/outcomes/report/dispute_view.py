"""Turns disputes into what a page prints: every side with its number and its words, and none of them left out."""

from dataclasses import dataclass
from typing import Final

from outcomes.period import period_from_text
from outcomes.report.formatting import date_text, interval_text, number_text, value_text
from outcomes.report.signals import period_of_text
from outcomes.report.wording import say, sentence_case
from outcomes.scorecard.model import DisputeLine, IndicatorLine, PositionLine, Scorecard
from outcomes.vocabulary import DisputeSubject

__all__ = ["DisputeView", "SideView", "dispute_views", "disputed_numbers", "disputes_now", "disputes_section"]


# two numbers that still look the same after so many more decimals are the same to a reader
_MOST_MORE: Final = 4


@dataclass(frozen=True, slots=True)
class SideView:
    """One side: who, its number, its words."""

    partner: str
    number: str
    interval: str
    words: str
    is_taken: bool


@dataclass(frozen=True, slots=True)
class DisputeView:
    """One dispute; `page_name` and `measure` say what it is about."""

    page_name: str
    measure: str
    heading: str
    standing: str
    sides: tuple[SideView, ...]


def _period(line: IndicatorLine, period: str) -> str:
    try:
        period_from_text(line.period_kind, period)
    except ValueError:
        return period
    return period_of_text(line.period_kind, period)


def _number(line: IndicatorLine, side: PositionLine, decimals: int, *, is_rounded: bool = False) -> str:
    if side.value is None:
        return sentence_case(say(f"reason_{side.reason.value}")) if side.reason else say("dispute_no_number")
    text = value_text(side.value, decimals, line.unit)
    return say("dispute_rounded", number=text) if is_rounded and side.is_stated else text


def _decimals(line: IndicatorLine, dispute: DisputeLine) -> int:
    """As many as the measure has, and more where two numbers that differ would look the same and counts are exact."""
    if dispute.is_rounded:
        return line.decimals
    values = {side.value for side in dispute.positions if side.value is not None}
    enough = (
        line.decimals + more
        for more in range(_MOST_MORE)
        if len({number_text(value, line.decimals + more) for value in values}) == len(values)
    )
    return next(enough, line.decimals + _MOST_MORE)


def _look_alike(dispute: DisputeLine, decimals: int) -> bool:
    """Whether every side has a number, and all of them are printed as one."""
    values = [side.value for side in dispute.positions if side.value is not None]
    return len(values) == len(dispute.positions) > 1 and len({number_text(value, decimals) for value in values}) == 1


def _side(line: IndicatorLine, side: PositionLine, decimals: int, *, is_rounded: bool, is_public: bool) -> SideView:
    interval = ""
    if side.value is not None and side.lower_ci_95 is not None and side.upper_ci_95 is not None:
        interval = interval_text(side.lower_ci_95, side.upper_ci_95, decimals)
    partner = f"{side.partner} ({side.source})" if side.source else side.partner
    words = side.text if side.is_released or not is_public else ""
    number = _number(line, side, decimals, is_rounded=is_rounded)
    return SideView(partner, number, interval, words, side.is_taken)


def _view(line: IndicatorLine, dispute: DisputeLine, *, is_public: bool = False) -> DisputeView:
    about = say(f"dispute_{dispute.about.value}")
    heading = about
    if dispute.period:
        key = "dispute_in_area" if dispute.is_of_part else "dispute_in"
        heading = say(key, about=about, area=dispute.area, period=_period(line, dispute.period))
    if dispute.breakdown:
        heading = f"{heading}: {dispute.breakdown}"
    if dispute.settled_on is not None:
        standing = say("dispute_settled", date=date_text(dispute.settled_on, short=True), decision=dispute.decision)
    elif dispute.opened_on is not None:
        standing = say("dispute_open", date=date_text(dispute.opened_on, short=True))
    else:
        standing = say("dispute_of_record")
    decimals = _decimals(line, dispute)
    if _look_alike(dispute, decimals):
        standing = f"{standing} {say('dispute_alike')}"
    sides = tuple(
        _side(line, side, decimals, is_rounded=dispute.is_rounded, is_public=is_public) for side in dispute.positions
    )
    return DisputeView(line.page_name, line.short_name or line.name, heading, standing, sides)


def dispute_views(line: IndicatorLine) -> tuple[DisputeView, ...]:
    """Return every dispute about a line: of its parts and of earlier periods too, and those that were settled."""
    return tuple(_view(line, dispute) for dispute in line.disputes)


def _now(line: IndicatorLine) -> list[DisputeLine]:
    current = line.current.period if line.current else ""
    return [
        dispute
        for dispute in line.disputes
        if dispute.settled_on is None
        and not dispute.is_of_part
        and not dispute.breakdown
        and (dispute.about is not DisputeSubject.VALUE or dispute.period in ("", current))
    ]


def disputes_now(line: IndicatorLine, *, is_public: bool = False) -> tuple[DisputeView, ...]:
    """Return the disputes that stand on the line itself, unsettled: on its current value, on a target, on a method.

    Arguments:
        line: The line.
        is_public: Whether only words that a role released are shown; who holds which number always is.
    """
    return tuple(_view(line, dispute, is_public=is_public) for dispute in _now(line))


def disputed_numbers(line: IndicatorLine) -> str:
    """Return every number that the current value has by somebody's figures, for little room; empty if undisputed."""
    for dispute in _now(line):
        if dispute.about is DisputeSubject.VALUE:
            decimals = _decimals(line, dispute)
            if _look_alike(dispute, decimals):
                return say("dispute_alike_short")
            numbers = [_number(line, side, decimals) for side in dispute.positions]
            return say("dispute_numbers", numbers=say("dispute_or").join(numbers))
    return ""


def disputes_section(card: Scorecard) -> tuple[DisputeView, ...] | None:
    """Return every dispute about a place; None where there is none."""
    found = tuple(view for line in card.lines for view in dispute_views(line))
    return found or None
