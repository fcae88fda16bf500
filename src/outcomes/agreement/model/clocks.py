"""How many days partners give each other to reply: the noun Clocks."""

from outcomes.scalars import Definition, PositiveWhole

__all__ = ["Clocks"]


class Clocks(Definition):
    """What the partners agreed on how long a reply may take.

    Attributes:
        challenge_reply_days: Days from the day on which a challenge is raised, whoever raises it; None for none agreed.
        figure_reply_days: Days from the day on which a figure came, for words beside an unwelcome one; None for none.
    """

    challenge_reply_days: PositiveWhole | None = None
    figure_reply_days: PositiveWhole | None = None
