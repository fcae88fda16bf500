"""The command that brings old workbooks into the record and holds the last pack against them."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from outcomes.cli import printing
from outcomes.cli.commands.options import (
    FAULTS,
    Again,
    AsOf,
    FileLayout,
    FilePeriod,
    LedgerFolder,
    PartnershipFolder,
    ReceivedAt,
    date_spoken_for,
    opened_ledger,
    opened_partnership,
)

__all__ = ["import_history"]


def import_history(
    files: Annotated[list[Path], typer.Argument(metavar="FILE", help="Old workbooks.")],
    *,
    partnership: PartnershipFolder,
    ledger: LedgerFolder,
    partner: Annotated[str, typer.Option("--partner", help="The code of the partner whose figures they are.")],
    layout: FileLayout = None,
    period: FilePeriod = None,
    again: Again = False,
    against: Annotated[
        Path | None,
        typer.Option(
            "--against",
            metavar="CSV",
            help="Published values to be held against: place, indicator, period, value[, lower, upper, comparison].",
        ),
    ] = None,
    as_of: AsOf = None,
    received_at: ReceivedAt = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Record nothing; say what would come of it.")] = False,
    rows: Annotated[
        Path | None, typer.Option("--rows", metavar="CSV", help="Write every compared row to this file.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON document and nothing else.")] = False,
) -> None:
    """Bring years of old workbooks into the record, and hold the last pack against what is computed of them."""
    from outcomes.cli.printing_history import history_document, print_history
    from outcomes.exchange.tables import table_csv
    from outcomes.output import write_files
    from outcomes.workflows.importing import import_history as import_files

    if rows is not None and against is None:
        raise typer.BadParameter("--rows writes the compared rows: give the published values too (--against)")
    day = date_spoken_for(as_of)
    moment = received_at or datetime.now(UTC).replace(microsecond=0)
    world = opened_partnership(partnership)
    world.partner(partner)
    if layout is not None:
        world.layout(layout)
    # a dry run makes no ledger
    record = opened_ledger(ledger, create=not dry_run) if ledger.exists() or not dry_run else None
    imported = import_files(
        files,
        world,
        record,
        partner=partner,
        layout=layout,
        period=period,
        against=against,
        again=again,
        received_at=moment,
        as_of=day,
        is_dry_run=dry_run,
    )
    if rows is not None and imported.backtest is not None:
        write_files(rows.parent, {rows.name: table_csv(imported.backtest.frame)})
    if as_json:
        printing.print_json(history_document(imported, world))
    else:
        print_history(imported, is_dry_run=dry_run)
    if imported.is_rejected or (imported.backtest is not None and imported.backtest.differing):
        raise typer.Exit(FAULTS)
