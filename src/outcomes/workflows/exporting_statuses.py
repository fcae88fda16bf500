"""Exporting statuses: one framework's measures in another system's fixed statuses, as a CSV file."""

from pathlib import Path

from outcomes.exchange.tables import table_csv
from outcomes.output import write_files
from outcomes.scorecard.collection import Scorecards
from outcomes.scorecard.statuses import statuses

__all__ = ["write_statuses"]


def write_statuses(cards: Scorecards, path: str | Path, *, framework: str) -> Path:
    """Write the statuses of a framework's measures, with the rule that gave each, as CSV.

    Arguments:
        cards: The scorecards of all places.
        path: The file; its folder is made if it is not there.
        framework: The framework's id, such as `bcf`.

    Returns:
        The path written.

    Raises:
        UnknownNameError: The framework has no table of statuses.
        OutputError: The file cannot be written; nothing was changed.
    """
    target = Path(path)
    (written,) = write_files(target.parent, {target.name: table_csv(statuses(cards, framework))})
    return written
