"""The nouns of intake that later stages and pages read: CheckResult and Receipt. No pandera here."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final, Protocol

import polars as pl

from outcomes.finding import Finding
from outcomes.intake.entries import Entries
from outcomes.intake.observations import Observations
from outcomes.vocabulary import PeriodKind, Verdict

__all__ = [
    "ABOUT",
    "CheckResult",
    "ExcerptRow",
    "IndicatorRead",
    "KnownRecord",
    "PeriodRead",
    "Receipt",
    "ReturnSummary",
    "SheetExcerpt",
    "TakenBack",
]


# what a row is about, in our own codes alone
ABOUT: Final = ("indicator_id", "period_kind", "period", "period_start", "period_end", "area_code")


class KnownRecord(Protocol):
    """What a check may ask of the record: a ledger answers it."""

    def submission_of_content(self, sha256: str, partner_code: str, given_period: str = "") -> int | None:
        """Return the number under which this partner's very same bytes, of that period, were accepted, or None."""
        ...

    def content_taken_back(self, sha256: str, partner_code: str, given_period: str = "") -> "TakenBack | None":
        """Return what took this partner's very same bytes, of that period, back, where they do not count any more."""
        ...

    def observations(self, known_at: int | None = None) -> Observations:
        """Return the figures as known at a ledger number (None: now)."""
        ...


@dataclass(frozen=True, slots=True)
class TakenBack:
    """Says why content that was accepted once does not count: it was withdrawn, or destroyed.

    Attributes:
        act: The ledger number of the withdrawal or the tombstone.
        reason: Why it was withdrawn; of what was destroyed, on whose authority.
        is_destroyed: Whether it was destroyed, and is not taken in again.
    """

    act: int
    reason: str
    is_destroyed: bool


@dataclass(frozen=True, slots=True)
class ExcerptRow:
    """One row of an excerpt of a partner's sheet.

    Attributes:
        row: The 1-based row of the sheet; None for names of columns that the file itself says.
        cells: What stands in the columns of the excerpt, quoted short; an empty text for an empty cell.
        is_header: Whether it is a row of the header.
        is_withheld: Whether an NHS number stands in the row: then no cell of it is shown.
        skipped: How many rows of the sheet between the one before and this one are not shown.
    """

    row: int | None
    cells: tuple[str, ...]
    is_header: bool = False
    is_withheld: bool = False
    skipped: int = 0


@dataclass(frozen=True, slots=True)
class SheetExcerpt:
    """A bounded part of a partner's sheet, in its own rows and columns, around what was found.

    Attributes:
        sheet: The worksheet, quoted short; None in a file without sheets.
        letters: The letters of the columns that are shown.
        columns: Our name of each, or an empty text.
        rows: In the order of the sheet.
        rows_left_out, columns_left_out: How many rows and columns of the sheet are not shown.
        has_addresses: Whether a cell has an address such as D14.
    """

    sheet: str | None
    letters: tuple[str, ...]
    columns: tuple[str, ...]
    rows: tuple[ExcerptRow, ...]
    rows_left_out: int = 0
    columns_left_out: int = 0
    has_addresses: bool = True


@dataclass(frozen=True)
class CheckResult:
    """What a check found; nothing is stored.

    Attributes:
        file: The file's name, without folders.
        partner_code: The sender, or empty where it could not be told.
        verdict: On the whole file, all or nothing.
        findings: Sorted by severity (errors first), sheet, row, column and code.
        observations: The figures read; no rows when rejected.
        sha256: Of the file's bytes (of a frame: of its canonical form).
        size_bytes: Of the file.
        loaded_rows: Observations read and accepted, exact duplicates once; 0 when rejected.
        new_observations: How many new versions the ledger would gain; None without a ledger.
        keeps_bytes: False where the bytes must not be kept (a rejected file, a personal number).
        indicator_ids: The indicators that the file names, sorted, of a rejected file too; of names that are unknown
            or doubtful, and of a file without a table, none.
        given_period: The period that was given with a file that names none; empty where it was not used.
        as_of: The date on which the check spoke.
        excerpts: The sheets around what was found, bounded, for pages.
        read: What the rows of a rejected file are about, as far as it was read, and no text of a cell; None where
            nothing was.
        every_finding: All findings, where `findings` does not list each one by one; made when asked for.
    """

    file: str
    partner_code: str
    verdict: Verdict
    findings: tuple[Finding, ...]
    observations: Observations
    sha256: str
    size_bytes: int
    loaded_rows: int
    new_observations: int | None = None
    keeps_bytes: bool = True
    indicator_ids: tuple[str, ...] = ()
    given_period: str = ""
    as_of: date | None = None
    excerpts: tuple[SheetExcerpt, ...] = field(default=(), repr=False, compare=False)
    read: Entries | None = field(default=None, repr=False, compare=False)
    every_finding: Iterable[Finding] | None = field(default=None, repr=False, compare=False)

    @property
    def frame(self) -> pl.DataFrame:
        """The observations' frame."""
        return self.observations.frame

    @property
    def understood(self) -> pl.DataFrame | None:
        """What the rows of a rejected file are about, as far as it was read; made when asked for.

        Columns `row`, `indicator_id`, `period_kind`, `period`, `period_start`, `period_end`, `area_code`; None where
        nothing was read.
        """
        return None if self.read is None else self.read.select("row", *ABOUT)

    def all_findings(self) -> Iterator[Finding]:
        """Yield every finding, those too that `findings` only counts; in the same order."""
        return iter(self.findings if self.every_finding is None else self.every_finding)


@dataclass(frozen=True, slots=True)
class Receipt:
    """What `receive` returns and the ledger keeps for each file, rejected ones too.

    Attributes:
        number: The ledger number; the same content sent again has the number of its first receipt.
        file, partner_code, sha256: What was sent, by whom.
        received_at: As given to `receive`.
        verdict: On the whole file.
        codes: The codes of its findings, sorted, each once.
        loaded_rows, new_observations: How many figures were read, and how many were new to the record.
        is_repeat: Whether the very same content had been received before.
        findings: The findings themselves; empty when read back from the ledger of a rejected or expunged file.
        sent_again_after: The ledger number of the withdrawal after which this very content was sent again; None where
            it had not been withdrawn.
        is_history: Whether it brought figures of before the record began, of which none is late.
    """

    number: int
    file: str
    partner_code: str
    sha256: str
    received_at: datetime
    verdict: Verdict
    codes: tuple[str, ...]
    loaded_rows: int
    new_observations: int
    is_repeat: bool = False
    findings: tuple[Finding, ...] = ()
    sent_again_after: int | None = None
    is_history: bool = False


@dataclass(frozen=True, slots=True)
class PeriodRead:
    """A period as pages print it: its rhythm, canonical text, first and last day."""

    kind: PeriodKind
    text: str
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class IndicatorRead:
    """What a file holds of one indicator.

    Attributes:
        indicator_id, name: The indicator.
        first, last: The earliest and the latest period.
        periods, places, figures: How many there are.
        without_number: How many figures have a reason in place of a number; 0 for a rejected file.
        place_names: The first places by name, sorted.
        senders: How many partners supply this indicator.
    """

    indicator_id: str
    name: str
    first: PeriodRead
    last: PeriodRead
    periods: int
    places: int
    figures: int
    without_number: int
    place_names: tuple[str, ...]
    senders: int


@dataclass(frozen=True, slots=True)
class ReturnSummary:
    """What a page about one return says beside its findings, in words of the partnership.

    Attributes:
        partnership_title, is_fictional: Whose page it is.
        partner_name: The sender; empty where it could not be told.
        frameworks: Title and version of each framework that it was checked against.
        indicators: What was read, sorted by indicator.
        rows_read: How many rows of a rejected file were read; 0 where several sheets were.
        rows_to_mend: In how many of them something is to be mended; None where that cannot be told row by row.
        area_names: Code to name, of the places that the excerpts name.
        indicator_names: Id to short name, of the indicators that the excerpts name.
        contact: Whom to ask, in the partnership's own words; empty where it says nothing.
        due_on: When the figures of a rejected file are due, the earliest first of those still ahead, else the latest
            of those that have passed; None where the calendar says nothing.
        next_due_on: The next day on which figures of the sender are due that this file does not hold; None if none.
        next_due: The names of the indicators that are due on it.
    """

    partnership_title: str
    is_fictional: bool = False
    partner_name: str = ""
    frameworks: tuple[str, ...] = ()
    indicators: tuple[IndicatorRead, ...] = ()
    rows_read: int = 0
    rows_to_mend: int | None = None
    area_names: Mapping[str, str] = field(default_factory=dict)
    indicator_names: Mapping[str, str] = field(default_factory=dict)
    contact: str = ""
    due_on: date | None = None
    next_due_on: date | None = None
    next_due: tuple[str, ...] = ()
