"""Imports history: old workbooks come into the record, and the last pack is held against what is made of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Final

import polars as pl

from outcomes.errors import UnreadableFileError
from outcomes.intake.checking import check
from outcomes.intake.model import CheckResult, Receipt, TakenBack
from outcomes.intake.observations import KEY, OBSERVATION_COLUMNS, Observations, new_versions
from outcomes.ledger.recording import record
from outcomes.ledger.store import Ledger
from outcomes.partnership.model import Partnership
from outcomes.personal_numbers import masked
from outcomes.table import empty_table
from outcomes.vocabulary import Verdict
from outcomes.workflows.backtesting import Backtest, backtest
from outcomes.workflows.history_read import REVISION_COLUMNS, SERIES_COLUMNS, revisions_of, series_of
from outcomes.workflows.published_values import read_published

__all__ = ["ImportedHistory", "import_history"]

_FIRST_KNOWN: Final = 0


@dataclass(frozen=True)
class ImportedHistory:
    """What came of an import.

    Attributes:
        results: What the check found in each file, in the order given.
        receipts: The receipt of each file; none of a dry run.
        series: What was read, one row for each indicator, place and year: columns `SERIES_COLUMNS`.
        revisions: Figures that differ from what the record had of the same sender: columns `REVISION_COLUMNS`.
        backtest: The published values beside those that are made of the record now; None where none were given, or
            nothing stands to be compared.
    """

    results: tuple[CheckResult, ...]
    receipts: tuple[Receipt, ...]
    series: pl.DataFrame
    revisions: pl.DataFrame
    backtest: Backtest | None

    @property
    def is_rejected(self) -> bool:
        """Whether any file was rejected."""
        return any(result.verdict is Verdict.REJECTED for result in self.results)


def import_history(
    files: Sequence[str | Path],
    partnership: Partnership,
    ledger: Ledger | None,
    *,
    partner: str,
    layout: str | None = None,
    period: str | None = None,
    against: str | Path | None = None,
    again: bool = False,
    received_at: datetime,
    as_of: date,
    is_dry_run: bool = False,
) -> ImportedHistory:
    """Bring old workbooks into the record as history, and hold the last pack against what is made of them.

    Each file is one submission, let in or rejected whole, checked and recorded as `receive` does; it is marked as
    history, so none of its figures is late. A file that was received before adds nothing.

    Arguments:
        files: The old files.
        partnership: What they are read against.
        ledger: The record; None for an empty one, in a dry run.
        partner: The code of the partner whose figures they are.
        layout: The id of the layout that describes them; None for the partner's own.
        period: The period of sheets that name none.
        against: A CSV of published values: columns place, indicator, period, value, and if you have them breakdown,
            lower, upper, comparison.
        again: Whether files that were withdrawn are meant to count again; otherwise each is sent back.
        received_at: When they came, with a time zone.
        as_of: The date that the check and the figures speak for.
        is_dry_run: Whether nothing is recorded: the files are read as if each had come after the one before.

    Returns:
        What was found, read and revised, and how the published values fare.

    Raises:
        UnreadableFileError: A file cannot be opened, or the published values are no such CSV. This is found out before
            anything is recorded.
        UnknownNameError: Nobody defined the partner or the layout.
        LedgerError: The record cannot be written or trusted.
        ValueError: `received_at` has no time zone, `period` is no period, or there is no ledger outside a dry run.
    """
    if ledger is None and not is_dry_run:
        raise ValueError("a ledger is needed, unless it is a dry run")
    if received_at.tzinfo is None:
        raise ValueError("received_at needs a time zone, as in 2026-11-20T09:00:00+00:00")
    published = None if against is None else read_published(against)
    contents = [(Path(path), _content(Path(path))) for path in files]
    supposed = _Supposed(ledger)
    results: list[CheckResult] = []
    receipts: list[Receipt] = []
    revised = [empty_table(REVISION_COLUMNS)]
    for path, content in contents:
        known = supposed if is_dry_run or ledger is None else ledger
        result = check(
            content,
            partnership,
            partner=partner,
            as_of=as_of,
            ledger=known,
            file_name=path.name,
            period=period,
            layout=layout,
            again=again,
        )
        results.append(result)
        if result.verdict is not Verdict.REJECTED:
            revised.append(revisions_of(result, known.observations().frame))
        if is_dry_run or ledger is None:
            supposed.take(result)
        else:
            receipts.append(
                record(ledger, result, content, received_at=received_at, period=period or "", is_history=True)
            )
    versions = supposed.versions if is_dry_run or ledger is None else ledger.versions()
    accepted = [result.frame for result in results if result.verdict is not Verdict.REJECTED]
    return ImportedHistory(
        results=tuple(results),
        receipts=tuple(receipts),
        # what several files hold is one figure
        series=series_of(pl.concat(accepted).unique(KEY, keep="last"), partnership)
        if accepted
        else empty_table(SERIES_COLUMNS),
        revisions=pl.concat(revised),
        backtest=backtest(published, versions, partnership, as_of=as_of) if published and accepted else None,
    )


def _content(path: Path) -> bytes:
    try:
        if not path.is_file():
            raise UnreadableFileError(f"{masked(str(path))}: this is no plain file; give the path of an old workbook.")
        return path.read_bytes()
    except OSError as error:
        # not from the error: it names the file too
        raise UnreadableFileError(f"{masked(str(path))}: the file cannot be opened ({error.strerror}).") from None


class _Supposed:
    """A record as it would be: what a ledger holds, and the files of a dry run."""

    def __init__(self, ledger: Ledger | None) -> None:
        self._ledger = ledger
        self._number = ledger.number if ledger else _FIRST_KNOWN
        self._taken: dict[tuple[str, str, str], int] = {}
        self.versions = ledger.versions() if ledger else empty_table(OBSERVATION_COLUMNS)

    def submission_of_content(self, sha256: str, partner_code: str, given_period: str = "") -> int | None:
        taken = self._taken.get((sha256, partner_code, given_period))
        if taken is not None or self._ledger is None:
            return taken
        return self._ledger.submission_of_content(sha256, partner_code, given_period)

    def content_taken_back(self, sha256: str, partner_code: str, given_period: str = "") -> TakenBack | None:
        return self._ledger.content_taken_back(sha256, partner_code, given_period) if self._ledger else None

    def observations(self, known_at: int | None = None) -> Observations:
        if known_at is not None and self._ledger is not None:
            return self._ledger.observations(known_at)
        ordered = self.versions.sort("submission", maintain_order=True)
        return Observations(ordered.unique(KEY, keep="last", maintain_order=True).sort(KEY), known_at=self._number)

    def take(self, result: CheckResult) -> None:
        """Suppose that a file is recorded."""
        content = (result.sha256, result.partner_code, result.given_period)
        self._number += 1
        if result.verdict is Verdict.REJECTED or self.submission_of_content(*content) is not None:
            return
        new = new_versions(result.frame, self.observations().frame)
        numbered = new.with_columns(submission=pl.lit(self._number, dtype=pl.Int64))
        self.versions = pl.concat([self.versions, numbered])
        self._taken[content] = self._number
