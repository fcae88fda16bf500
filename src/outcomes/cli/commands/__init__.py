"""The commands of `outcomes`: each reads its options, calls one workflow and prints what came of it."""

from typing import Annotated

import typer

from outcomes.cli.commands.accountability import room
from outcomes.cli.commands.definitions import burden, catalogue, lint
from outcomes.cli.commands.history import import_history
from outcomes.cli.commands.layouts import layout
from outcomes.cli.commands.record import changes, expunge, upgrade, verify, withdraw
from outcomes.cli.commands.returns import check, receive, status
from outcomes.cli.commands.scorecards import build, evidence, explain, publish, statuses
from outcomes.cli.commands.starting import demo, init
from outcomes.cli.commands.templates import template
from outcomes.version import VERSION

__all__ = ["app"]

app = typer.Typer(
    name="outcomes",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    # plain text: a frame drawn around a message breaks paths over lines and is read out by screen readers
    rich_markup_mode=None,
    add_completion=False,
    help="A shared outcomes framework tracker: check partners' returns, keep the record, build honest scorecards.",
)


@app.callback(invoke_without_command=True)
def outcomes(
    *,
    version: Annotated[bool, typer.Option("--version", help="Print the version and exit.")] = False,
) -> None:
    """A shared outcomes framework tracker."""
    if version:
        typer.echo(VERSION)
        raise typer.Exit


# in the order in which the help lists them
for _command in (
    demo,
    init,
    catalogue,
    burden,
    lint,
    room,
    template,
    check,
    receive,
    import_history,
    status,
    build,
    statuses,
    publish,
    explain,
    evidence,
    changes,
    withdraw,
    expunge,
    verify,
    upgrade,
):
    app.command()(_command)
app.add_typer(layout)
