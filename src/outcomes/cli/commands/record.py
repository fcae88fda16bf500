"""Commands on the record itself: prove that it is whole."""

import typer

from outcomes.cli import printing
from outcomes.cli.commands.options import FAULTS, LedgerFolder, opened_ledger

__all__ = ["verify"]


def verify(*, ledger: LedgerFolder) -> None:
    """Prove that the record is whole: every link of its chain and every file it keeps."""
    from outcomes.ledger.verifying import verify as verify_ledger

    faults = verify_ledger(ledger)
    for fault in faults:
        typer.echo(str(fault))
    if faults:
        typer.echo(f"{printing.counted(len(faults), 'fault')}: the record cannot be trusted as it is", err=True)
        raise typer.Exit(FAULTS)
    record = opened_ledger(ledger)
    typer.echo(
        f"The record is whole: {record.number} entries, every file as it was received (format {record.format_number})."
    )
