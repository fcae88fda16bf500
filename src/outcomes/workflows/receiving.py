"""Receives partners' files: checks and records them, file by file."""

import logging
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import partial
from pathlib import Path

import polars as pl

from outcomes.intake.checking import check
from outcomes.intake.model import CheckResult, Receipt, TakenBack
from outcomes.intake.observations import Observations
from outcomes.ledger.acting import moment_in_utc
from outcomes.ledger.recording import record
from outcomes.ledger.store import Ledger
from outcomes.output import write_files
from outcomes.partnership.model import Partnership
from outcomes.personal_numbers import masked
from outcomes.vocabulary import Verdict
from outcomes.workflows.inbox import Inbox, inbox_files, refuse_mixed_folders, unreadable
from outcomes.workflows.reporting import Checked, report_files, safe_name

__all__ = ["receive"]


def receive(
    inbox: Inbox,
    partnership: Partnership,
    ledger: Ledger,
    *,
    received_at: datetime,
    as_of: date,
    partner: str | None = None,
    period: str | None = None,
    layout: str | None = None,
    again: bool = False,
    reports: str | Path | None = None,
    progress: Callable[[str, int, int], None] | None = None,
    recorded: Callable[[Receipt], None] | None = None,
) -> tuple[Receipt, ...]:
    """Check partners' files and record what the checks found, one file after the other.

    Receiving the same files again adds nothing: one that was accepted and counts stays so, whatever the check would say
    of it by now. A rejected file does not hold up the others. If the run is broken off, what was recorded stays, and
    receiving again goes on from there.

    Arguments:
        inbox: A folder of files, a file, or several of these. In a folder, subfolders, links that lead out of it and
            names that begin with "." or "~$" are passed over (`inbox_files` lists them).
        partnership: What the figures are read against.
        ledger: The record.
        received_at: When the files came, with a time zone; for lateness only.
        as_of: The date that the checks speak for.
        partner: The sender of all the files; None if each file tells its own.
        period: The period of all tables that name none themselves, such as `2020/21`.
        layout: The id of the layout of all the files, such as an older one of the sender's; None for the sender's own.
        again: Whether files that were withdrawn are meant to count again; otherwise each is sent back.
        reports: A folder that gets a page (`.html`) and a covering note (`.txt`) for each file, named by its receipt;
            None for none. A file that came before gets the very ones of its receipt again.
        progress: Called before each file with its name, its place in the line from 1, and how many there are.
        recorded: Called with each receipt as soon as the record holds the file, before its reports are written: whoever
            keeps them knows what is on record should the run be broken off.

    Returns:
        A receipt for each file, in the order of the file names (numbers in them by their size), with the findings.

    Raises:
        UnreadableFileError: A file or folder cannot be opened. This is found out before anything is recorded.
        UnknownNameError: Nobody defined the partner or the layout.
        LedgerError: The record cannot be written or trusted.
        OutputError: The folder of the reports is the inbox or cannot be written, or the inbox is the record's own
            folder, so that nothing is done; or a report cannot be written later: what was recorded stays recorded.
        ValueError: `received_at` has no time zone or does not lie in our days (years 1900 to 2999), or `period` is no
            period of any kind.

    >>> from datetime import UTC
    >>> from tempfile import TemporaryDirectory
    >>> import outcomes as oc
    >>> from outcomes.bundled import bundled_folder
    >>> example = bundled_folder("examples", "eastvale")
    >>> path, noon = example / "returns" / "2026-11" / "EMA_2026-09.csv", datetime(2026, 11, 20, 12, tzinfo=UTC)
    >>> with TemporaryDirectory() as folder:
    ...     ledger = oc.open_ledger(folder)
    ...     receive = (path, oc.load_partnership(example), ledger)
    ...     (first,) = oc.receive(*receive, received_at=noon, as_of=noon.date())
    ...     (again,) = oc.receive(*receive, received_at=noon, as_of=noon.date())
    >>> first.number, first.partner_code, first.new_observations > 0, again.is_repeat
    (1, 'EMA', True, True)
    """
    # before anything is read
    moment_in_utc(received_at, "received_at")
    found = inbox_files(inbox)
    refuse_mixed_folders(found, ledger.folder, reports)
    if reports is not None and found.files:
        write_files(reports, {})
    for one in found.passed_over:
        logging.getLogger("outcomes").info("passed over, %s: %s", one.because, masked(one.path.name))
    # a larger file is refused by its size alone, and is not read
    most_bytes = max(layout.limits.max_file_bytes for layout in partnership.layouts.values())
    receipts = []
    for place, path in enumerate(found.files, start=1):
        if progress is not None:
            progress(masked(path.name), place, len(found.files))
        content = _content(path, most_bytes)
        checked = partial(
            check,
            path if content is None else content,
            partnership,
            partner=partner,
            as_of=as_of,
            file_name=path.name,
            period=period,
            layout=layout,
            again=again,
        )
        result = checked(ledger=ledger)
        receipt = record(ledger, result, content, received_at=received_at, period=period or "")
        receipts.append(receipt)
        if recorded is not None:
            recorded(receipt)
        if reports is not None:
            if receipt.is_repeat:
                before = checked(ledger=_Before(ledger, receipt.number))
                result = _as_recorded(before, receipt, ledger, partnership)
            _report(result, receipt, partnership, reports)
    return tuple(receipts)


@dataclass(frozen=True)
class _Before:
    """The record as it was before one of its entries: by it a file that comes again is judged as the first time."""

    ledger: Ledger
    number: int

    def submission_of_content(self, sha256: str, partner_code: str, given_period: str = "") -> int | None:
        found = self.ledger.submission_of_content(sha256, partner_code, given_period)
        return found if found is not None and found < self.number else None

    def content_taken_back(self, sha256: str, partner_code: str, given_period: str = "") -> TakenBack | None:
        found = self.ledger.content_taken_back(sha256, partner_code, given_period)
        return found if found is not None and found.act < self.number else None

    def observations(self, known_at: int | None = None) -> Observations:
        before = self.number - 1
        return self.ledger.observations(before if known_at is None else min(known_at, before))


def _as_recorded(result: CheckResult, receipt: Receipt, ledger: Ledger, partnership: Partnership) -> CheckResult:
    """What a check finds by now; of an accepted file what the record says, where that is something else."""
    if receipt.verdict is Verdict.REJECTED:
        return result
    kept, said = ledger.kept_of(receipt.number)
    if (result.verdict, result.findings) == (kept.verdict, kept.findings):
        return result
    # a page says nothing of an indicator that the partnership does not have any more
    said = said.filter(pl.col("indicator_id").is_in(sorted(partnership.versions_by_indicator)))
    return replace(
        result,
        verdict=kept.verdict,
        findings=kept.findings,
        observations=Observations(said),
        loaded_rows=kept.loaded_rows,
        new_observations=kept.new_observations,
        # the cells around what a check finds by now
        excerpts=(),
        read=None,
        every_finding=None,
    )


def _report(result: CheckResult, receipt: Receipt, partnership: Partnership, folder: str | Path) -> None:
    stem = f"{receipt.number:06d}-{safe_name(result.file)}"
    write_files(folder, report_files(Checked(result, receipt=replace(receipt, is_repeat=False)), partnership, stem))


def _content(path: Path, most_bytes: int) -> bytes | None:
    try:
        return None if path.stat().st_size > most_bytes else path.read_bytes()
    except OSError as error:
        raise unreadable(path, error.strerror or "") from None
