"""What one side asked of another and what it heard back, and what partners disagree on: for one place's page."""

from datetime import date

from outcomes.scorecard.model.base import Frozen
from outcomes.vocabulary import AreaLevel, ChallengeState, DisputeSubject, Reason, Role

__all__ = ["ChallengeLine", "DisputeLine", "PositionLine", "RoomLine"]


class ChallengeLine(Frozen):
    """One challenge and where it stands, whichever way it goes.

    Attributes:
        id: Its own, in the place.
        raised_by_code, raised_by, raised_by_level: Who asks, and for which level.
        to_code, to, to_level: Who is to reply, and for which level.
        raised_on: The day.
        indicator: What it is about; empty for the work together as a whole.
        indicator_version: The version of it that is in use here: a challenge names none.
        what: The challenge in its own words.
        reply_due: The day by which a reply is due; None where no clock was agreed.
        state: Where it stands.
        replied_on, reply, response_days: The reply, and how many days it took; None where there is none yet.
        days_waiting, days_over: Of an open one, the days since it was raised, and since the reply was due.
        closed_on, agreed: How it was closed; None where it is open.
        is_released: Whether its words may stand on a public page.
    """

    id: str
    raised_by_code: str
    raised_by: str
    raised_by_level: AreaLevel
    to_code: str
    to: str
    to_level: AreaLevel
    raised_on: date
    indicator: str = ""
    indicator_version: int | None = None
    what: str
    reply_due: date | None = None
    state: ChallengeState
    replied_on: date | None = None
    reply: str = ""
    response_days: int | None = None
    days_waiting: int = 0
    days_over: int = 0
    closed_on: date | None = None
    agreed: str = ""
    is_released: bool = False


class RoomLine(Frozen):
    """One partner's part in one measure; `area` and `breakdown` are empty where it is for everybody of the place."""

    indicator_id: str
    # that of the measure in use here: what is agreed names none
    indicator_version: int | None = None
    area_code: str = ""
    area: str = ""
    breakdown: str = ""
    population: str
    partner_code: str
    partner: str
    role: Role


class PositionLine(Frozen):
    """What one side holds in a dispute.

    Attributes:
        partner_code, partner: Whose position it is.
        source: Whose figure it is, where that is not the partner's own.
        text: Its words; empty where only its figure is known.
        is_released: Whether these words may stand on a public page.
        value, lower_ci_95, upper_ci_95: Its number, on the indicator's printed scale; None where it has none.
        reason: Why a number that was sent or written down does not stand here.
        is_stated: Whether the number was written down in the log, and not sent with counts behind it.
        is_taken: Whether computation goes on with it.
        submission: Of a figure that was sent, its ledger number.
    """

    partner_code: str
    partner: str
    source: str = ""
    text: str = ""
    is_released: bool = False
    value: float | None = None
    lower_ci_95: float | None = None
    upper_ci_95: float | None = None
    reason: Reason | None = None
    is_stated: bool = False
    is_taken: bool = False
    submission: int | None = None


class DisputeLine(Frozen):
    """Something on which partners disagree: every position, none of them chosen as right.

    Attributes:
        id: Of a dispute that partners opened; empty of figures that simply differ in the record.
        about: A value, a target or a method.
        period: Canonical; empty for all.
        breakdown: Of figures that differ, the group they are for.
        area_code, area: The area it is about.
        is_of_part: Whether that is a part of the place, not the place itself.
        positions: That with which computation goes on first, then by partner.
        is_rounded: Whether the figures that it is about are rounded, so that no number has more decimals than they.
        opened_on, settled_on, decision: Of a dispute that partners opened.
    """

    id: str = ""
    about: DisputeSubject
    period: str = ""
    breakdown: str = ""
    area_code: str
    area: str
    is_of_part: bool = False
    positions: tuple[PositionLine, ...]
    is_rounded: bool = False
    opened_on: date | None = None
    settled_on: date | None = None
    decision: str = ""
