"""Commands on partners' files: check them, receive them, and say who has sent."""

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from outcomes.cli import printing
from outcomes.cli.commands.options import (
    FAULTS,
    Again,
    AsOf,
    FileLayout,
    FilePeriod,
    KnownAt,
    LedgerFolder,
    PartnerCode,
    PartnershipFolder,
    ReceivedAt,
    Reports,
    date_spoken_for,
    number_known,
    opened_ledger,
    opened_partnership,
    progress,
)
from outcomes.errors import UnreadableFileError
from outcomes.file_names import file_name
from outcomes.vocabulary import Verdict

if TYPE_CHECKING:
    from outcomes.intake.model import Receipt

__all__ = ["check", "receive", "status"]


def check(
    files: Annotated[list[Path], typer.Argument(metavar="FILE", help="Partners' files.")],
    *,
    partnership: PartnershipFolder,
    partner: PartnerCode = None,
    ledger: Annotated[Path | None, typer.Option("--ledger", help="Compare with what the ledger holds.")] = None,
    as_of: AsOf = None,
    layout: FileLayout = None,
    period: FilePeriod = None,
    again: Again = False,
    report: Reports = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON document and nothing else.")] = False,
) -> None:
    """Say what a file holds and what to mend in it; nothing is stored."""
    from outcomes.exchange.check_json import check_document
    from outcomes.intake.checking import check as check_file
    from outcomes.workflows.reporting import Checked, refuse_report_paths, write_check_reports

    _refuse_unreadable(files)
    refuse_report_paths(report or (), files)
    day = date_spoken_for(as_of)
    world = opened_partnership(partnership)
    record = opened_ledger(ledger) if ledger else None
    results = [
        check_file(path, world, partner=partner, as_of=day, ledger=record, layout=layout, period=period, again=again)
        for path in files
    ]
    if as_json:
        printing.print_json([check_document(result, world) for result in results])
    else:
        for result in results:
            printing.print_check(result)
    if report:
        checked = [Checked(result, path) for result, path in zip(results, files, strict=True)]
        for path in write_check_reports(checked, world, report):
            typer.echo(f"Written: {file_name(path)}", err=as_json)
    if any(result.verdict is Verdict.REJECTED for result in results):
        raise typer.Exit(FAULTS)


def _refuse_unreadable(files: Sequence[Path]) -> None:
    """Before any work: what is not there, is a folder, or might never end."""
    for path in files:
        name = file_name(path)
        if not path.exists():
            raise UnreadableFileError(f"{name} is not there; give the path of a partner's file")
        if path.is_dir():
            raise UnreadableFileError(f"{name} is a folder; give files, or `outcomes receive` a whole inbox")
        if not path.is_file():
            raise UnreadableFileError(f"{name} is no plain file; give the path of a partner's file")


def receive(
    files: Annotated[list[Path], typer.Argument(metavar="FILE|INBOX", help="Partners' files, or an inbox folder.")],
    *,
    partnership: PartnershipFolder,
    ledger: LedgerFolder,
    partner: PartnerCode = None,
    as_of: AsOf = None,
    layout: FileLayout = None,
    period: FilePeriod = None,
    again: Again = False,
    received_at: ReceivedAt = None,
    reports: Annotated[
        Path | None, typer.Option("--reports", help="A folder for a page and a covering note for each file.")
    ] = None,
) -> None:
    """Check files and record what is accepted; receiving the same file again changes nothing."""
    from outcomes.output import write_files
    from outcomes.workflows.inbox import inbox_files, refuse_mixed_folders
    from outcomes.workflows.receiving import receive as receive_files

    # all that can be wrong is found out before a new ledger is made
    inbox = inbox_files(files)
    refuse_mixed_folders(inbox, ledger, reports)
    day = date_spoken_for(as_of)
    moment = received_at or datetime.now(UTC).replace(microsecond=0)
    world = opened_partnership(partnership)
    if partner is not None:
        world.partner(partner)
    if layout is not None:
        world.layout(layout)
    if reports is not None and inbox.files:
        write_files(reports, {})
    record = opened_ledger(ledger, create=True)
    say = progress()
    receipts: list[Receipt] = []
    names: list[str] = []

    def begin(name: str, number: int, total: int) -> None:
        names.append(name)
        say(f"{number} of {total}: {file_name(name)}")

    try:
        receive_files(
            files,
            world,
            record,
            received_at=moment,
            as_of=day,
            partner=partner,
            period=period,
            layout=layout,
            again=again,
            reports=reports,
            progress=begin,
            recorded=receipts.append,
        )
    except (Exception, KeyboardInterrupt):
        printing.print_broken_off(receipts, names, len(inbox.files))
        raise
    printing.print_receipts(receipts, names, with_findings=True)
    if reports is not None and receipts:
        typer.echo(f"Pages and covering notes for the senders are in {file_name(reports)}")
    if not inbox.files:
        typer.echo("The inbox holds no file.")
    for one in inbox.passed_over:
        if not one.is_usual:
            typer.echo(f"Passed over: {file_name(one.path.name)} ({one.because})")
    if any(receipt.verdict is Verdict.REJECTED for receipt in receipts):
        raise typer.Exit(FAULTS)


def status(
    *,
    partnership: PartnershipFolder,
    ledger: LedgerFolder,
    as_of: AsOf = None,
    known_at: KnownAt = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON document and nothing else.")] = False,
) -> None:
    """Say who has sent what was expected, who has not, where sources differ and which sums lack one."""
    from outcomes.cli.record_printing import positions_document, print_positions, stone_document
    from outcomes.ledger.status import returns_status
    from outcomes.rollup.positions import disputes, partial_sums

    day = date_spoken_for(as_of)
    world = opened_partnership(partnership)
    record = opened_ledger(ledger)
    number = number_known(record, known_at)
    found = record.observations(number)
    disputed, partial = (ask(found, world, as_of=day) for ask in (disputes, partial_sums))
    more = positions_document(disputed, partial, world)
    more["destroyed_since"] = [stone_document(stone) for stone in record.destroyed_since(number)]
    status_found = returns_status(world, record, as_of=day, known_at=number)
    printing.print_status(status_found, world, as_json=as_json, more=more)
    if not as_json:
        print_positions(disputed, partial, world)
