"""The command that writes the workbook a partner fills."""

from pathlib import Path
from typing import Annotated

import typer

from outcomes.cli.commands.options import AsOf, PartnershipFolder, date_spoken_for, opened_partnership

__all__ = ["template"]


def _workbook(text: str) -> Path:
    if not text.lower().endswith(".xlsx"):
        raise typer.BadParameter(f"{text!r} is no name of a workbook; it ends in .xlsx, such as return.xlsx")
    return Path(text)


def template(
    *,
    partnership: PartnershipFolder,
    partner: Annotated[str, typer.Option("--partner", help="The code of the partner that is to fill it.")],
    out: Annotated[Path, typer.Option("--out", parser=_workbook, metavar="FILE.xlsx", help="Where to write it.")],
    as_of: AsOf = None,
    period: Annotated[
        str | None,
        typer.Option("--period", help="A period, such as 2026-09, instead of the latest that has ended."),
    ] = None,
    contact: Annotated[
        str, typer.Option("--contact", help="Whom to ask, printed on the cover, instead of the partnership's contact.")
    ] = "",
) -> None:
    """Write the workbook that a partner fills and sends back; it knows its partner when it comes back."""
    from outcomes.intake.template.writing import write_template

    day = date_spoken_for(as_of)
    world = opened_partnership(partnership)
    path = write_template(world, partner, out, as_of=day, period=period, contact=contact)
    typer.echo(f"{path} written for {world.partner(partner).name}. Send it to them to fill.")
