"""Commands to begin with: the demonstration and a first partnership folder."""

from pathlib import Path
from typing import Annotated

import typer

from outcomes.cli import printing
from outcomes.cli.commands.options import progress

__all__ = ["demo", "init"]


def demo(
    *,
    out: Annotated[Path, typer.Option("--out", help="Where to write.")] = Path("outcomes-demo"),
) -> None:
    """Run the whole street on the bundled, fictional example; ends by naming the page to open."""
    from outcomes.workflows.example import run_example

    run = run_example(out, progress=progress())
    printing.print_receipts(run.receipts)
    typer.echo(f"{printing.counted(len(run.paths), 'file')} written to {run.site}")
    for page in run.sent_back:
        typer.echo(f"What the sender of a file that is not accepted yet reads: {page}")
    typer.echo(f"Open {run.index}")


def init(
    folder: Annotated[Path, typer.Argument(help="The folder to make.")],
    *,
    indicators: Annotated[Path | None, typer.Option("--indicators", help="A CSV or Excel list of indicators.")] = None,
    template: Annotated[
        str, typer.Option("--template", help="A tree of outcomes to begin with, such as life-course.")
    ] = "",
) -> None:
    """Write a first partnership folder, with comments that teach."""
    from outcomes.partnership.indicator_list import lenient_readings, read_indicator_list
    from outcomes.partnership.scaffold import init_partnership

    paths = init_partnership(folder, indicators=indicators, template=template)
    if indicators is not None:
        for said in lenient_readings(read_indicator_list(indicators)):
            typer.echo(f"In {indicators.name}: {said}.")
    typer.echo(f"{printing.counted(len(paths), 'file')} written to {folder}. Next: outcomes lint {folder}")
