"""From two extracts of PHOLIO, the database behind Fingertips, to scorecards, held against what was published.

    uv run python -m examples.pholio.run EARLIER.csv LATER.csv --geography FOLDER --out OUT

Only the public interface of `outcomes` is used. What was published is read from the same files, apart from the library.
"""

import argparse
import re
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

import polars as pl
from examples.evidence import Evidence, Held, ledger_of, partnership_folder
from examples.pholio.areas import NATION, Hierarchy, NoHierarchyError, areas_of, read_hierarchy
from examples.pholio.extract import NotTheExtractError, read_extract
from examples.pholio.intervals import hold_intervals, hold_values, statistic_of
from examples.pholio.keys import with_keys
from examples.pholio.pages import hold_pages
from examples.pholio.totals import hold_totals, hold_wholes
from examples.pholio.trends import hold_trends

import outcomes as oc

HERE = Path(__file__).resolve().parent
WITH_CATEGORIES = "pholio-extract"
WITHOUT_CATEGORIES = "pholio-extract-without-categories"
LISTED = 8


@dataclass(frozen=True)
class Extract:
    """One extract: its file, the day of it, the layout that describes it, and its rows."""

    file: Path
    day: date
    layout: str
    rows: pl.DataFrame


@dataclass(frozen=True)
class World:
    """The partnership of one combined authority, and what it was made from."""

    partnership: oc.Partnership
    hierarchy: Hierarchy
    system: str
    region: str
    places: tuple[str, ...]

    @property
    def framework(self) -> oc.Framework:
        """The framework of the extract."""
        return self.partnership.frameworks[0]


def extract_of(file: Path) -> Extract:
    """Return an extract; its day stands in its name, its layout follows from its columns."""
    found = re.search(r"(\d{4})-(\d{2})-(\d{2})", file.name)
    if found is None:
        raise NotTheExtractError(
            f"{file.name}: the name says no day, such as pholio_healthdata_2025-02-13.csv. Give the file such a name."
        )
    rows = read_extract(file)
    has_categories = bool((rows["category_type"] != "").any())
    return Extract(
        file, date(*map(int, found.groups())), WITH_CATEGORIES if has_categories else WITHOUT_CATEGORIES, rows
    )


def receive(extracts: Sequence[Extract], world: World, ledger: oc.Ledger, evidence: Evidence) -> list[int]:
    """Receive the extracts one after the other; return the ledger's number after each."""
    numbers = []
    for extract in extracts:
        receipts = oc.receive(
            extract.file,
            world.partnership,
            ledger,
            received_at=datetime(extract.day.year, extract.day.month, extract.day.day, tzinfo=UTC),
            as_of=extract.day,
            partner="DHSC",
            layout=extract.layout,
        )
        evidence.received(receipts)
        for receipt in receipts:
            evidence.hold(Held(f"{receipt.file} is taken in", int(receipt.verdict != "rejected"), 1))
            _say_what_is_no_longer_sent(receipt, evidence)
        numbers.append(ledger.number)
    return numbers


def _say_what_is_no_longer_sent(receipt: oc.Receipt, evidence: Evidence) -> None:
    gone = [finding for finding in receipt.findings if finding.code == "OUT-653"]
    for finding in gone[:LISTED]:
        evidence.say(f"    no longer sent, and kept: {finding.text.partition(' They stay')[0]}")
    if len(gone) > LISTED:
        evidence.say(f"    and {len(gone) - LISTED} more indicators and periods")


def say_changes(world: World, ledger: oc.Ledger, numbers: Sequence[int], as_of: date, evidence: Evidence) -> None:
    """Say what moved between the scorecards as known at the ledger's numbers, and hold that nothing vanished."""
    if len(numbers) < 2 or len(set(numbers)) < 2:
        return
    pages = (*world.places, world.system, world.region, NATION)
    before, after = (
        oc.scorecards(world.partnership, ledger.observations(known_at=n), as_of=as_of, policy="none", places=pages)
        for n in (numbers[0], numbers[-1])
    )
    moved = oc.changes(before, after)
    counts = dict(moved["change"].value_counts().iter_rows())
    said = ", ".join(f"{counts.get(kind, 0):,} {kind}" for kind in ("added", "changed", "gone"))
    evidence.say(f"between number {numbers[0]} and number {numbers[-1]} of the ledger: {said}")
    for kind in ("added", "changed"):
        rows = moved.filter(pl.col("change") == kind)
        per = rows.group_by("indicator_id", "what").len().sort("indicator_id", "what")
        for indicator, what, count in per.iter_rows():
            evidence.say(f"    {kind} {indicator}: {count:,}" + (f" ({what})" if what else ""))
    evidence.hold(Held("figures that stay though they are no longer sent", int(not counts.get("gone")), 1))


def run(files: Sequence[Path], geography: Path, system: str, board: str, out: Path, evidence: Evidence) -> None:
    """Receive the extracts, score, write the site, and hold every published figure against ours."""
    extracts = sorted((extract_of(file) for file in files), key=lambda extract: extract.day)
    hierarchy = read_hierarchy(geography)
    areas, region, places = areas_of(hierarchy, system, board)
    folder = partnership_folder(HERE, out, tables={"areas.csv": areas}, leave=("*.py", "README.md"))
    world = World(oc.load_partnership(folder), hierarchy, system, region, tuple(places))
    ledger = ledger_of(out, files, also=[system, board])
    numbers = receive(extracts, world, ledger, evidence)
    newest = extracts[-1]
    observations = ledger.observations()
    if observations.frame.is_empty():
        return
    pages = (*places, system, region, NATION)
    cards = oc.scorecards(world.partnership, observations, as_of=newest.day, policy="none", places=pages)
    paths = oc.build_site(cards, out / "site")
    evidence.say(f"{len(cards)} scorecards, {len(paths)} files: open {paths[0]}")
    say_changes(world, ledger, numbers, newest.day, evidence)
    estimates = oc.estimate(oc.roll_up(observations, world.partnership, as_of=newest.day), world.partnership)
    keyed = with_keys(newest.rows, world.partnership, newest.layout)
    evidence.hold(*hold_pages(keyed, estimates, world.partnership, newest.day))
    evidence.hold(*hold_wholes(keyed, estimates, system, places, world.framework))
    for indicator in sorted(world.framework.indicators, key=lambda one: int(one.id)):
        rows = newest.rows.filter(pl.col("indicator_id") == indicator.id)
        evidence.hold(*hold_values(rows, indicator), *hold_intervals(rows, indicator))
    evidence.hold(*hold_totals(keyed, world.framework, hierarchy, newest.day))
    standardised = {one.id for one in world.framework.indicators if statistic_of(one).startswith("indirectly")}
    earlier = extracts[-2].rows if len(extracts) > 1 else None
    evidence.hold(*hold_trends(newest.rows, earlier, standardised))


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the example; return 0 where every published figure is reproduced or explained, 1 where not, 2 on a fault."""
    parser = argparse.ArgumentParser(description="Scorecards from extracts of PHOLIO.")
    parser.add_argument("files", type=Path, nargs="+", help="extracts as published, with the day in the name")
    parser.add_argument("--geography", type=Path, required=True, help="folder that holds areas_hierarchy.json")
    parser.add_argument("--system", default="E47000001", help="code of the combined authority; Greater Manchester")
    parser.add_argument("--board", default="E54000057", help="code of the NHS board with the same boundary, or empty")
    parser.add_argument("--out", type=Path, default=Path("pholio-out"), help="where to write")
    given = parser.parse_args(arguments)
    evidence = Evidence("PHOLIO, the database behind Fingertips")
    try:
        with evidence:
            run(given.files, given.geography, given.system, given.board, given.out, evidence)
    except (NotTheExtractError, NoHierarchyError, oc.OutcomesError) as error:
        print(error, file=sys.stderr)
        return 2
    return evidence.show()


if __name__ == "__main__":
    sys.exit(main())
