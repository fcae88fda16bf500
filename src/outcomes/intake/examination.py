"""The noun Examination: all that a check saw on its way through a file; the verdict, the schema and a try read it."""

from dataclasses import dataclass, field

from outcomes.intake.applying import BrokenRule
from outcomes.intake.entries import Entries
from outcomes.intake.entries_model import Table
from outcomes.intake.headers import Header
from outcomes.intake.observations import Observations
from outcomes.intake.reading import Reading
from outcomes.intake.remark import Remark
from outcomes.intake.terms import Terms

__all__ = ["Examination"]


@dataclass
class Examination:
    """What a check saw, as far as it got; a step that was not reached has left nothing.

    Attributes:
        remarks: Everything that is to be said, in the order in which it was noticed; of rules on rows the first rows.
        terms: What the file was held against; None where the sender could not be told.
        reading: The sheets of the file.
        headers: The header of each table.
        table: The rows of all tables as text, under our column names.
        entries: The rows with every column that was worked out.
        on_rows: Those of the remarks that rules on rows made.
        broken: Every rule on rows that is broken, with all the rows that break it.
        given_period: The period given with the file, where a table names none; else empty.
        known: What the record holds; None where none was asked, or where it holds this very file.
    """

    remarks: list[Remark]
    terms: Terms | None = None
    reading: Reading | None = None
    headers: tuple[Header, ...] = ()
    table: Table | None = None
    entries: Entries | None = None
    on_rows: list[Remark] = field(default_factory=list)
    broken: list[BrokenRule] = field(default_factory=list)
    given_period: str = ""
    known: Observations | None = None
