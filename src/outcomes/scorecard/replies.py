"""Says when words beside a figure are due."""

from collections.abc import Sequence
from datetime import date, timedelta

from outcomes.agreement.model import Agreement
from outcomes.scorecard.model import SourceFile

__all__ = ["reply_due"]


def reply_due(agreement: Agreement | None, files: Sequence[SourceFile]) -> date | None:
    """Return the day by which words beside the current figure are due, if the partners agreed on a number of days.

    The days are counted from the one on which the last file behind it came.

    Arguments:
        agreement: The place's agreement; None where none is recorded.
        files: The files behind the current figure.
    """
    days = agreement.clocks.figure_reply_days if agreement else None
    came = [one.received_on for one in files if one.received_on is not None]
    return max(came) + timedelta(days=days) if days is not None and came else None
