"""Who signed off what was sent: the noun FileSignOff, a row of `sign_offs.csv`, and whose it is for a file."""

from collections.abc import Iterable
from datetime import date
from typing import Final

from outcomes.scalars import Day, Definition, PositiveWhole, Slug, Text

__all__ = ["SIGN_OFFS_FILE", "FileSignOff", "sign_off_of"]

SIGN_OFFS_FILE: Final = "sign_offs.csv"


class FileSignOff(Definition):
    """A partner's own word that a file it sent is right, given by a role.

    Attributes:
        partner: The partner's code.
        file: The name of the file as it was sent.
        entry: Its ledger number, as on the receipt; empty for every file of the name.
        role: The role that signed it off, never a person's name.
        signed_on: The day.
    """

    partner: Slug
    file: Text
    entry: PositiveWhole | None = None
    role: Text
    signed_on: Day


def sign_off_of(
    sign_offs: Iterable[FileSignOff], *, partner: str, file: str, entry: int, as_of: date
) -> FileSignOff | None:
    """Return the last sign-off of a file by a date, one of this very ledger number first; None where there is none.

    Arguments:
        sign_offs: Of the partnership.
        partner: The sender's code.
        file: The name of the file as it was sent.
        entry: Its ledger number.
        as_of: The date; a later signature is not yet known.

    >>> given = FileSignOff(partner="T1", file="q1.csv", role="Director of finance", signed_on="2026-07-20")
    >>> sign_off_of([given], partner="T1", file="q1.csv", entry=4, as_of=date(2026, 8, 1)).role
    'Director of finance'
    >>> sign_off_of([given], partner="T1", file="q1.csv", entry=4, as_of=date(2026, 7, 1)) is None
    True
    """
    mine = [
        one
        for one in sign_offs
        if (one.partner, one.file) == (partner, file) and one.entry in (None, entry) and one.signed_on <= as_of
    ]
    return max(mine, key=lambda one: (one.entry is not None, one.signed_on, one.role), default=None)
