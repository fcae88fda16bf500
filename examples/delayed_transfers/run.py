"""From workbooks of delayed transfers of care, 2010 to 2020, to pages of the councils of today.

    uv run python -m examples.delayed_transfers.run WORKBOOK… --geography FOLDER --out delayed-transfers-out

Only the public interface of `outcomes` is used. What was published is read from the same workbooks apart from the
library, and held against what the library makes of it.
"""

import argparse
import sys
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, time
from pathlib import Path

import polars as pl
from examples.delayed_transfers.comparisons import as_read, beds, england, keyed, sheets, successions
from examples.delayed_transfers.geography import ENGLAND, Council, GeographyError, areas_of, councils_of, newest_day
from examples.delayed_transfers.published import Named, PublishedError, named, published_rows
from examples.evidence import Evidence, ledger_of, partnership_folder

import outcomes as oc

HERE = Path(__file__).resolve().parent
PUBLISHER, LEVEL = "NHSE", "place"
# of the example's own folder, what is no definition
_LEFT = ("*.py", "*.csv", "README.md")


def world(councils: Mapping[str, Council], whose: Named, geography: Path, out: Path) -> tuple[Path, list[str]]:
    """Write the partnership's folder; return it, and the councils of today of which nobody published anything.

    Those have no area here: a council that never had a row is not a figure that is missing.
    """
    seen = set(whose.numbers)
    kept: dict[str, Council] = {}
    for code, council in councils.items():
        lineage = {code, *_chain(code, councils)} | {other for other in councils if code in _chain(other, councils)}
        if lineage & seen:
            kept[code] = council
    areas = areas_of(kept, geography, LEVEL, whose.numbers).with_columns(is_remainder=pl.lit(None, pl.String))
    outside = pl.DataFrame(
        [(number, name, LEVEL, ENGLAND, "true") for number, name in sorted(whose.outside.items())],
        schema=dict.fromkeys(("area_code", "name", "level", "parent_code", "is_remainder"), pl.String),
        orient="row",
    )
    together = pl.concat([areas, outside], how="diagonal")
    folder = partnership_folder(HERE, out, tables={"areas.csv": together}, leave=_LEFT)
    unseen = [
        f"{council.name} ({code})" for code, council in councils.items() if code not in kept and not council.valid_to
    ]
    return folder, unseen


def _chain(code: str, councils: Mapping[str, Council]) -> set[str]:
    """Every council that followed one, over however many steps."""
    after = set(councils[code].successors)
    return after.union(*(_chain(later, councils) for later in after)) if after else after


def run(paths: Sequence[Path], geography: Path, out: Path, evidence: Evidence) -> bool:
    """Receive the workbooks, make the pages, and hold everything against what was published.

    Returns:
        Whether every workbook was let in.
    """
    councils = councils_of(geography)
    rows = published_rows(paths)
    whose = named(rows, councils)
    folder, unseen = world(councils, whose, geography, out)
    partnership = oc.load_partnership(folder)
    today = newest_day(geography)
    ledger = ledger_of(out, paths)
    # fixed, so that two runs give the same bytes
    noon = datetime.combine(today, time(12), UTC)
    receipts: list[oc.Receipt] = []
    for path in sorted(paths):
        receipts += oc.receive(path, partnership, ledger, received_at=noon, as_of=today, partner=PUBLISHER)
    evidence.received(receipts)
    if any(receipt.verdict == "rejected" for receipt in receipts):
        return False
    observations = ledger.observations()
    pages = [area.code for area in partnership.areas if area.is_valid(today, today) and not area.is_remainder]
    cards = oc.scorecards(partnership, observations, as_of=today, policy="none", places=pages)
    site = oc.build_site(cards, out / "site")
    evidence.say(f"{len(cards)} pages as on {today}: open {site[0]}")
    if unseen:
        evidence.say(f"no row of any workbook is about {', '.join(unseen)}: no area here, and no figure is missing")
    measures = oc.roll_up(observations, partnership, as_of=today).frame
    published = keyed(rows, whose, partnership)
    evidence.hold(*as_read(published, observations.frame), *sheets(published), *england(published, measures))
    if rows["beds"].is_not_null().any():
        evidence.hold(beds(published, measures))
    evidence.hold(*successions(published, measures, councils, today))
    return True


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the example; return 0, 1 where something is neither reproduced nor explained, 2 at a faulty input."""
    parser = argparse.ArgumentParser(description="Pages of councils from workbooks of delayed transfers of care.")
    parser.add_argument("workbooks", type=Path, nargs="+", help="workbooks by local authority, such as Dec_19.xls")
    parser.add_argument("--geography", type=Path, required=True, help="the folder of published look-ups")
    parser.add_argument("--out", type=Path, default=Path("delayed-transfers-out"), help="where to write")
    given = parser.parse_args(arguments)
    evidence = Evidence("Delayed transfers of care, councils of then and of today")
    try:
        with evidence:
            is_let_in = run(given.workbooks, given.geography, given.out, evidence)
    except (oc.OutcomesError, GeographyError, PublishedError, OSError) as error:
        print(error, file=sys.stderr)
        return 2
    shown = evidence.show()
    return shown if is_let_in else 2


if __name__ == "__main__":
    sys.exit(main())
