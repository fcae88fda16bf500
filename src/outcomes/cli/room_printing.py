"""Prints who is in the room in plain text: each conversation, then who is called for it and in which part."""

from itertools import groupby

import polars as pl
import typer

from outcomes.cli.printing import counted

__all__ = ["print_room"]

_ENOUGH = 2


def print_room(room: pl.DataFrame) -> None:
    """Print each measure and population with its partners by role, and say where fewer than two are called.

    Arguments:
        room: Columns `ROOM_COLUMNS`.
    """
    for (measure, indicator_id, population), rows in groupby(
        room.iter_rows(named=True), key=lambda row: (row["indicator"], row["indicator_id"], row["population"])
    ):
        typer.echo(f"{measure} ({indicator_id}): {population}")
        partners = [row for row in rows if row["partner_code"]]
        for role, mine in groupby(partners, key=lambda row: row["role"]):
            names = ", ".join(
                f"{row['partner']} ({row['partner_code']})" if row["signatory_role"] is None
                else f"{row['partner']} ({row['partner_code']}; signs: {row['signatory_role']})"
                for row in mine
            )  # fmt: skip
            typer.echo(f"  {role.replace('_', ' ')}: {names}")
        if not partners:
            typer.echo("  nobody is named")
    few = room.filter(pl.col("partners_in_the_room") < _ENOUGH)["indicator_id"].unique().sort().to_list()
    if few:
        typer.echo(f"{counted(len(few), 'measure')} with fewer than two partners: {', '.join(few)}")
