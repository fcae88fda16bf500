"""Prints the catalogue in plain text, official first, and what each partner is asked for."""

import typer

from outcomes.cli.printing import counted
from outcomes.framework.catalogue import Catalogue, CatalogueEntry
from outcomes.profile.burden import Burden

__all__ = ["catalogue_counts", "print_burden", "print_catalogue"]


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


def print_burden(burden: Burden, partner_code: str | None = None) -> None:
    """Print what partners are asked for: one line each, or of one partner one line a measure."""
    for one in burden.partners:
        if partner_code not in (None, one.partner_code):
            continue
        typer.echo(
            f"{one.partner} ({one.partner_code}): {counted(len(one.lines), 'measure')}, "
            f"{counted(one.lines_a_year, 'row')} a year; {one.lines_a_year_without_sharing} if every set asked by "
            "itself"
        )
        for line in one.lines if partner_code else ():
            used = f"used by {', '.join(line.used_by)}" if line.used_by else "used by no set"
            typer.echo(f"  {line.indicator_id} {line.name}: {counted(line.lines, 'row')} a period, {used}")
