"""Writes rows into the logs of a partnership folder for tests that look where their words come out again."""

import csv
from pathlib import Path

__all__ = ["add_row", "change_row", "rows_of", "write_rows"]


def rows_of(path: Path) -> list[dict[str, str]]:
    """The rows of a CSV file by their columns; none where it is not there."""
    if not path.exists():
        return []
    with path.open(encoding="utf-8", newline="") as table:
        return list(csv.DictReader(table))


def write_rows(path: Path, rows: list[dict[str, str]]) -> None:
    """Write rows as a CSV file; its columns are those that any of them has."""
    columns = list(dict.fromkeys(name for row in rows for name in row))
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as table:
        writer = csv.DictWriter(table, columns, restval="")
        writer.writeheader()
        writer.writerows(rows)


def add_row(path: Path, **cells: str) -> None:
    """Add a row to a CSV file, with whatever columns it has beside those that are there."""
    write_rows(path, [*rows_of(path), cells])


def change_row(path: Path, key: dict[str, str], **cells: str) -> None:
    """Change cells of the one row that has these."""
    rows = rows_of(path)
    (found,) = (row for row in rows if all(row[name] == cell for name, cell in key.items()))
    found.update(cells)
    write_rows(path, rows)
