"""When a role that signs or answers was filled or left empty, without a name: the noun OfficeHolder."""

from outcomes.scalars import Day, Definition, Slug, Text

__all__ = ["OfficeHolder"]


class OfficeHolder(Definition):
    """A time for which one person, who is not named, held a role; a row of `office_holders.csv`.

    What was agreed binds the body and the role. This log says that people came and went; nothing in it changes the
    agreement or its fingerprint.

    Attributes:
        partner: The code of the partner.
        role: The role.
        since: The day on which it was taken up.
        until: The day on which it was laid down; None while it is held.
    """

    partner: Slug
    role: Text
    since: Day
    until: Day | None = None
