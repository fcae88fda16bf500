"""Building: a whole site from scorecards, written all or none."""

from pathlib import Path

from outcomes.errors import OutputError, ReadbackError, UnreadableFileError
from outcomes.exchange.every_table import every_table
from outcomes.exchange.tables import results_csv, results_parquet, table_csv
from outcomes.output import write_files
from outcomes.protection.model import WORKING_COPY
from outcomes.report.site import html_pages, reading_note
from outcomes.scorecard.collection import Scorecards
from outcomes.scorecard.reading import read_scorecard, scorecard_json
from outcomes.scorecard.statuses import statuses

__all__ = ["build_site"]


def build_site(cards: Scorecards, folder: str | Path) -> tuple[Path, ...]:
    """Write the pages, the scorecards as JSON and the tidy results.

    Arguments:
        cards: The scorecards of all places.
        folder: Where to write: the pages (see `outcomes.write_html`), `scorecards/<area_code>.json`,
            `data/results.csv` and `data/results.parquet`, every table of what stands beside the figures as
            `data/<name>.csv`, such as promises, challenges, money and decisions, the note `READ_FIRST.txt`, which
            says that only `public/` is made for the web, and
            `data/statuses_<framework>.csv` for each framework that has a table of another system's statuses; these
            not of a working copy.

    Returns:
        The paths written; the first is the page to open.

    Raises:
        OutputError: The folder cannot be written, or holds another product (protected and unprotected pages must not
            share a folder); nothing in it was changed.
    """
    _refuse_another_product(cards, Path(folder))
    files = html_pages(cards) | reading_note(cards)
    files |= {f"scorecards/{card.place.area_code}.json": scorecard_json(card).encode() for card in cards.cards}
    files["data/results.csv"] = results_csv(cards)
    files["data/results.parquet"] = results_parquet(cards)
    files |= {f"data/{name}.csv": table_csv(frame) for name, frame in every_table(cards).items()}
    # another system reads them: only what is protected goes there
    is_protected = cards.policy_id != WORKING_COPY
    for framework in sorted(cards.status_tables) if is_protected else ():
        files[f"data/statuses_{framework}.csv"] = table_csv(statuses(cards, framework))
    return write_files(folder, files)


def _refuse_another_product(cards: Scorecards, folder: Path) -> None:
    """Refuse to write unprotected pages over protected ones, and the other way round."""
    mine = {card.product for card in cards}
    for path in sorted(folder.glob("scorecards/*.json")):
        try:
            there = read_scorecard(path).product
        except (ReadbackError, UnreadableFileError):
            # not one of ours, or too old to read: it says nothing of what the folder holds
            continue
        if there not in mine:
            made = " and ".join(sorted(mine))
            raise OutputError(
                f"{folder} holds a {there}; a {made} must not lie in the same folder: choose another folder for it"
            )
