"""From a current figure to the files that it came from: names and rows, no count of any."""

from datetime import date

from outcomes.scorecard.model.base import Frozen

__all__ = ["SourceFile"]


class SourceFile(Frozen):
    """One file, or one sheet of it, whose rows entered a measure's current figure.

    Attributes:
        partner_code, partner: Who sent it.
        file: Its name; empty where the record was not at hand.
        sheet: The sheet of a workbook.
        first_row, last_row: Where its rows lie, as the partner counts them; None where they have no number.
        entry: Its number in the record; 0 where there is none.
        received_on: The day on which it came.
        codes: The codes of what the check remarked on it, though it was accepted.
        signed_off_by, signed_off_on: The role that signed it off, and the day; empty and None where nobody did.
        answered_for_by: The role that answers for what the partner sends; empty where none is named.
    """

    partner_code: str
    partner: str
    file: str = ""
    sheet: str = ""
    first_row: int | None = None
    last_row: int | None = None
    entry: int = 0
    received_on: date | None = None
    codes: tuple[str, ...] = ()
    signed_off_by: str = ""
    signed_off_on: date | None = None
    answered_for_by: str = ""
