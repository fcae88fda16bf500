"""The nouns of intake that later stages and pages read: CheckResult and Receipt. No pandera here."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

import polars as pl

from outcomes.finding import Finding
from outcomes.intake.observations import Observations
from outcomes.vocabulary import Verdict

__all__ = ["CheckResult", "KnownRecord", "Receipt"]


class KnownRecord(Protocol):
    """What a check may ask of the record: a ledger answers it."""

    def submission_of_content(self, sha256: str, partner_code: str, given_period: str = "") -> int | None:
        """Return the number under which this partner's very same bytes, of that period, were accepted, or None."""
        ...

    def observations(self, known_at: int | None = None) -> Observations:
        """Return the figures as known at a ledger number (None: now)."""
        ...


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

    @property
    def frame(self) -> pl.DataFrame:
        """The observations' frame."""
        return self.observations.frame


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
        findings: The findings themselves; empty when read back from the ledger of a rejected file.
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
