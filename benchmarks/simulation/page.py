"""Writes tables of figures as Markdown, and into a page between their markers."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from benchmarks.simulation.figures import Figure, Table

__all__ = ["table_from_json", "table_text", "with_tables"]

_MARKED = re.compile(r"(<!-- table (?P<name>[a-z0-9-]+) -->\n).*?(<!-- end of table -->)", re.DOTALL)


def table_text(table: Table) -> str:
    """Return a table as Markdown; shares are per cent, ± two Monte Carlo standard errors.

    >>> from benchmarks.simulation.figures import share
    >>> table = Table("flags", ("chart",), ("flagged",), ((("normal",), (share([True] * 5 + [False] * 95),)),))
    >>> print(table_text(table))
    | chart | flagged |
    | --- | ---: |
    | normal | 5.0 ±5.0 |
    """
    heads = "| " + " | ".join((*table.labels, *table.columns)) + " |"
    rule = "| " + " | ".join(["---"] * len(table.labels) + ["---:"] * len(table.columns)) + " |"
    rows = (
        "| " + " | ".join((*labels, *("–" if one is None else str(one) for one in figures))) + " |"
        for labels, figures in table.rows
    )
    return "\n".join((heads, rule, *rows))


def with_tables(page: str, tables: Sequence[Table]) -> str:
    """Return a page with the tables between their markers; the rest of it is written by hand and stays.

    Arguments:
        page: The page's text, with `<!-- table NAME -->` and `<!-- end of table -->` around each table.
        tables: Every table, each with a place of its own in the page.

    Raises:
        ValueError: A table has no place, or a place no table.
    """
    texts = {table.name: table_text(table) for table in tables}
    places = [found["name"] for found in _MARKED.finditer(page)]
    if sorted(places) != sorted(texts):
        raise ValueError(
            f"page: found places for {', '.join(sorted(places))}, expected each once of {', '.join(sorted(texts))}. "
            "Add or remove markers."
        )
    return _MARKED.sub(lambda found: f"{found[1]}\n{texts[found['name']]}\n\n{found[3]}", page)


def table_from_json(name: str, given: Mapping[str, Any]) -> Table:
    """Return a table that was kept as JSON (`Table.as_json`)."""
    labels = tuple(given["labels"])
    rows = tuple(
        (
            tuple(row[: len(labels)]),
            tuple(None if one is None else Figure(float(one[0]), float(one[1])) for one in row[len(labels) :]),
        )
        for row in given["rows"]
    )
    return Table(name, labels, tuple(given["columns"]), rows)
