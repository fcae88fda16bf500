"""Prints the catalogue in plain text: each set, first what is official, then what is to be confirmed."""

import typer

from outcomes.cli.printing import counted
from outcomes.framework.catalogue import Catalogue, CatalogueEntry

__all__ = ["catalogue_counts", "print_catalogue"]


def catalogue_counts(catalogue: Catalogue) -> str:
    """Return in a few words how much there is, and how much of it is official."""
    entries = catalogue.entries
    official = sum(entry.is_official for entry in entries)
    return f"{counted(len(entries), 'indicator')} in {counted(len(catalogue.sets), 'set')}, {official} official"


def print_catalogue(catalogue: Catalogue) -> None:
    """Print every set: the reference to include an indicator by, its code and its name."""
    for one in catalogue.sets:
        official = [entry for entry in one.entries if entry.is_official]
        others = [entry for entry in one.entries if not entry.is_official]
        typer.echo(f"{one.title} ({one.id}): {len(official)} of {len(one.entries)} official")
        for heading, entries in (("official", official), ("to be confirmed", others)):
            if entries:
                typer.echo(f"  {heading}")
            for entry in entries:
                typer.echo(f"    {_line(entry)}")
    typer.echo(catalogue_counts(catalogue))


def _line(entry: CatalogueEntry) -> str:
    code = f" [{entry.official_code}]" if entry.official_code else ""
    return f"{entry.reference}{code} {entry.name}"
