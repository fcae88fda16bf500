"""The example: the whole street on the bundled, fictional partnership, through the same doors as anyone's."""

import csv
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Final

from outcomes.bundled import bundled_folder
from outcomes.intake.model import Receipt
from outcomes.ledger.status import returns_status
from outcomes.ledger.store import open_ledger
from outcomes.partnership.loading import load_partnership
from outcomes.vocabulary import Verdict
from outcomes.workflows.building import build_site
from outcomes.workflows.receiving import receive
from outcomes.workflows.scoring import scorecards

__all__ = ["EXAMPLE_AS_OF", "EXAMPLE_POLICY", "ExampleRun", "run_example"]

# the date that the example's pages speak for; its figures end shortly before
EXAMPLE_AS_OF: Final = date(2026, 11, 22)
EXAMPLE_POLICY: Final = "hes-2018"


@dataclass(frozen=True)
class ExampleRun:
    """What a run of the example made.

    Attributes:
        index: The page to open.
        ledger, site, reports: The folders written: the record, the scorecards, and what each sender gets to read.
        sent_back: The pages for the senders of files that were not accepted.
        receipts: One for each file received, in order.
        paths: Every file of the site.
    """

    index: Path
    ledger: Path
    site: Path
    reports: Path
    sent_back: tuple[Path, ...]
    receipts: tuple[Receipt, ...]
    paths: tuple[Path, ...]


def run_example(out: str | Path, *, progress: Callable[[str], None] | None = None) -> ExampleRun:
    """Run the whole street on the bundled example: receive its returns one by one, score, build the site.

    Arguments:
        out: The folder for `ledger/`, `site/` and `reports/`; run again into the same folder, the record gains nothing.
        progress: Called with a plain sentence before each step.

    Returns:
        What was made.

    Raises:
        OutputError, LedgerError: The folder cannot be written.
    """
    say = progress or (lambda _: None)
    folder = bundled_folder("examples", "eastvale")
    say("Loading the partnership")
    partnership = load_partnership(folder)
    ledger = open_ledger(Path(out) / "ledger")
    reports = Path(out) / "reports"
    receipts: list[Receipt] = []
    for name, received_at in _schedule(folder / "returns" / "schedule.csv"):
        say(f"Receiving {name}")
        path = folder / "returns" / name
        receipts += receive(
            path, partnership, ledger, received_at=received_at, as_of=received_at.date(), reports=reports
        )
    say("Scoring")
    returns = returns_status(partnership, ledger, as_of=EXAMPLE_AS_OF)
    cards = scorecards(partnership, ledger.observations(), as_of=EXAMPLE_AS_OF, policy=EXAMPLE_POLICY, returns=returns)
    say("Writing the pages")
    site = Path(out) / "site"
    paths = build_site(cards, site)
    rejected = [receipt.number for receipt in receipts if receipt.verdict is Verdict.REJECTED]
    sent_back = tuple(page for number in rejected for page in sorted(reports.glob(f"{number:06d}-*.html")))
    return ExampleRun(site / "index.html", Path(out) / "ledger", site, reports, sent_back, tuple(receipts), paths)


def _schedule(path: Path) -> Iterable[tuple[str, datetime]]:
    """The example's files in the order in which they came, with the time of each."""
    with path.open(encoding="utf-8", newline="") as stream:
        rows = [(row["file"], datetime.fromisoformat(row["received_at"])) for row in csv.DictReader(stream)]
    return sorted(rows, key=lambda row: (row[1], row[0]))
