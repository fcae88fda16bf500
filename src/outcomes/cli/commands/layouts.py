"""Commands on layouts: try one on a file while it is being written."""

from pathlib import Path
from typing import Annotated

import typer

from outcomes.cli import printing
from outcomes.cli.commands.options import FAULTS, FilePeriod, PartnerCode, PartnershipFolder
from outcomes.file_names import file_name

__all__ = ["layout"]

layout = typer.Typer(
    name="layout",
    no_args_is_help=True,
    rich_markup_mode=None,
    help="Write a layout: try it on a file, or have a first one proposed.",
)


@layout.callback()
def layouts() -> None:
    """Write a layout: try it on a file, or have a first one proposed."""


@layout.command(name="try")
def try_(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A partner's or a published file.")],
    *,
    partnership: PartnershipFolder,
    partner: PartnerCode = None,
    layout: Annotated[
        str | None,
        typer.Option(
            "--layout",
            metavar="ID|FILE.yaml",
            help="A layout of the partnership, or a file anywhere; else the partner's own, or the one that fits.",
        ),
    ] = None,
    period: FilePeriod = None,
    rows: Annotated[int, typer.Option("--rows", min=0, help="How many of the first figures are listed.")] = 10,
    propose: Annotated[
        bool, typer.Option("--propose", help="Write only a first layout, of the file's own headers, in YAML.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON document and nothing else.")] = False,
) -> None:
    """Say what a layout makes of a file: tables, columns, texts, rows, figures; nothing is stored."""
    from outcomes.cli.trial_json import trial_document
    from outcomes.cli.trial_lines import trial_lines
    from outcomes.workflows.trying import try_layout

    trial = try_layout(file, partnership, layout=layout, partner=partner, period=period, rows=rows)
    if propose:
        typer.echo(trial.proposal, nl=False)
        for fault in trial.faults:
            typer.echo(str(fault), err=True)
        if not trial.proposal:
            typer.echo(f"No layout can be proposed for {file_name(trial.file)}: nothing of it could be read.", err=True)
            raise typer.Exit(FAULTS)
        return
    if as_json:
        printing.print_json(trial_document(trial))
    else:
        for line in trial_lines(trial):
            typer.echo(line)
    if trial.verdict is None or any(not fault.is_advice for fault in trial.faults):
        raise typer.Exit(FAULTS)
