"""Where partners disagree on a value, a target or a method, each in its own words: the noun Position."""

from outcomes.agreement.model.release import Released
from outcomes.scalars import Day, Number, Slug, Text, Words
from outcomes.vocabulary import DisputeSubject

__all__ = ["Position"]


class Position(Released):
    """What one partner holds in a dispute; a row of `disputes.csv`. One dispute has a row for each side.

    Attributes:
        id: The dispute's, the same on the rows of all sides.
        indicator: What it is about.
        about: A value, a target or a method.
        partner: Whose position it is.
        position: Its words.
        period: The period of the value or of the target, canonical; empty for all.
        number: The number that the partner holds to be right, on the indicator's printed scale; empty for none.
        opened_on: The day on which the dispute was opened.
        settled_on, decision: The day on which it was settled, and the reference of the decision.
    """

    id: Slug
    indicator: Slug
    about: DisputeSubject
    partner: Slug
    position: Text
    period: Words = ""
    number: Number | None = None
    opened_on: Day
    settled_on: Day | None = None
    decision: Words = ""
