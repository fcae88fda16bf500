"""Commands on what is defined: the catalogue of indicator sets, what partners are asked for, every fault."""

from pathlib import Path
from typing import Annotated

import typer

from outcomes.cli import printing
from outcomes.cli.commands.options import FAULTS, AsOf, PartnershipFolder, date_spoken_for, opened_partnership

__all__ = ["burden", "catalogue", "lint"]


def catalogue(
    partnership: Annotated[
        Path | None, typer.Argument(metavar="[PARTNERSHIP]", help="A partnership's folder; the bundled sets if none.")
    ] = None,
    *,
    out: Annotated[Path | None, typer.Option("--out", help="The folder for a page, CSV and JSON.")] = None,
    framework: Annotated[list[str] | None, typer.Option("--framework", help="Only this set; may be repeated.")] = None,
) -> None:
    """List what indicator sets ask for, official and to be confirmed; with --out as a page to search."""
    from outcomes.cli.listing import catalogue_counts, print_catalogue
    from outcomes.workflows.cataloguing import catalogue as catalogue_of
    from outcomes.workflows.cataloguing import write_catalogue

    listed = catalogue_of(opened_partnership(partnership) if partnership else None, frameworks=framework or ())
    if out is None:
        print_catalogue(listed)
        return
    paths = write_catalogue(listed, out)
    typer.echo(f"{printing.counted(len(paths), 'file')} written to {out}: {catalogue_counts(listed)}")
    typer.echo(f"Open {paths[0]}")


def burden(
    *,
    partnership: PartnershipFolder,
    partner: Annotated[str | None, typer.Option("--partner", help="Only this partner, with each measure.")] = None,
    as_of: AsOf = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON document and nothing else.")] = False,
) -> None:
    """Say what each partner is asked for: its measures, the rows of its template, and how many sets use each."""
    from outcomes.cli.listing import print_burden
    from outcomes.profile.burden import burden as burden_of

    world = opened_partnership(partnership)
    named = world.partner(partner) if partner is not None else None
    asked = burden_of(world, date_spoken_for(as_of))
    if as_json:
        rows = asked.frame.to_dicts()
        printing.print_json([row for row in rows if named is None or row["partner_code"] == named.code])
        return
    print_burden(asked, named.code if named else None)


def lint(
    path: Annotated[Path, typer.Argument(help="A partnership's or framework's folder, or an agreement's file.")],
) -> None:
    """Name every fault of a partnership, framework or agreement, with file and line."""
    from outcomes.partnership.lint import lint_path

    faults = lint_path(path)
    for fault in faults:
        typer.echo(str(fault))
    grave = [fault for fault in faults if not fault.is_advice]
    advice = len(faults) - len(grave)
    typer.echo(
        f"{printing.counted(len(grave), 'fault')}, {printing.counted(advice, 'piece')} of advice in {path}", err=True
    )
    if grave:
        raise typer.Exit(FAULTS)
