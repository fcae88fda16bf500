"""From NHS England's monthly cancer waits workbooks to scorecards, held against what was published.

    uv run python -m examples.cancer_waits.run WORKBOOK… --geography GEOGRAPHY --out OUT

Only the public interface of `outcomes` is used. What was published is read from the same files, apart from the library.
Commissioner workbooks make scorecards of integrated care boards, provider workbooks those of trusts and others.
"""

import argparse
import sys
from calendar import monthrange
from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path

import polars as pl
from examples.cancer_waits.geography import Boards, board_areas, boards_from, provider_areas
from examples.cancer_waits.held import hold_parts, hold_workbook, lines_of_parts, matched
from examples.cancer_waits.workbook import NotTheWorkbookError, Sender, Workbook, read_workbook
from examples.evidence import Evidence, Held, ledger_of, partnership_folder

import outcomes as oc

HERE = Path(__file__).resolve().parent
# for the halves of the run: the folder of definitions, what its own areas are called, what its ids end in
COMMISSIONER = ("commissioner", "boards", "")
PROVIDER = ("provider", "providers", "-provider")


def files_of(given: Sequence[Path]) -> list[Path]:
    """Return the workbooks given, and those in the folders given."""
    found: dict[Path, None] = {}
    for path in given:
        found |= dict.fromkeys(sorted(path.glob("*.xlsx")) if path.is_dir() else [path])
    return list(found)


def areas_of(workbooks: Sequence[Workbook], boards: Boards, geography: Path, evidence: Evidence) -> pl.DataFrame:
    """Return areas.csv for the workbooks of one kind; say what no look-up knows."""
    named = {sender.code: sender for workbook in workbooks for sender in workbook.senders}
    senders: list[Sender] = [named[code] for code in sorted(named)]
    if not workbooks[0].is_by_provider:
        areas = board_areas(boards, senders)
        outside = areas.filter(pl.col("is_remainder") == "true")["name"].to_list()
        evidence.say(f"in England but in no board: {', '.join(outside)}")
        return areas
    areas, elsewhere = provider_areas(boards, senders, geography)
    evidence.say(f"in England but in no board's trusts: {', '.join(one.name for one in elsewhere)}")
    return areas


def pages_of(areas: pl.DataFrame, as_of: date, levels: Sequence[str]) -> list[str]:
    """Return the codes of the areas that get a page: those in force on the date, but what lies outside of them."""
    ended = pl.col("valid_to").is_not_null() & (pl.col("valid_to") < as_of)
    chosen = areas.filter(~ended & (pl.col("is_remainder").is_null()) & pl.col("level").is_in(list(levels)))
    return chosen["area_code"].to_list()


def run_half(
    half: tuple[str, str, str],
    workbooks: Sequence[tuple[Path, Workbook]],
    boards: Boards,
    geography: Path,
    out: Path,
    evidence: Evidence,
) -> None:
    """Receive the workbooks of one kind, score, write the pages, and hold every published figure against ours."""
    folder_name, own, suffix = half
    areas = areas_of([workbook for _, workbook in workbooks], boards, geography, evidence)
    folder = partnership_folder(HERE / folder_name, out / folder_name, tables={"areas.csv": areas})
    partnership = oc.load_partnership(folder)
    newest = max(workbook.period for _, workbook in workbooks)
    year, month = (int(part) for part in newest.split("-"))
    # the last day of the newest month, so that two runs give the same bytes
    as_of = date(year, month, monthrange(year, month)[1])
    ledger = ledger_of(out / folder_name, [path for path, _ in workbooks])
    receipts = oc.receive(
        [path for path, _ in workbooks],
        partnership,
        ledger,
        received_at=datetime(as_of.year, as_of.month, as_of.day, tzinfo=UTC),
        as_of=as_of,
        partner="NHSE",
    )
    evidence.received(receipts)
    rejected = [receipt.file for receipt in receipts if receipt.verdict == "rejected"]
    if rejected:
        evidence.hold(Held("files that were taken in", len(receipts) - len(rejected), len(receipts)))
        return
    observations = ledger.observations()
    levels = ["nation", "region", "system"] if half == COMMISSIONER else ["nation", "place"]
    cards = oc.scorecards(partnership, observations, as_of=as_of, policy="none", places=pages_of(areas, as_of, levels))
    paths = oc.build_site(cards, out / folder_name / "site")
    evidence.say(f"{len(cards)} scorecards, {len(paths)} files: open {paths[0]}")
    estimates = oc.estimate(oc.roll_up(observations, partnership, as_of=as_of), partnership)
    for _, workbook in workbooks:
        rows = matched(workbook, estimates, areas, suffix)
        evidence.say(f"{workbook.file}, rows reproduced:")
        for line in lines_of_parts(rows, own):
            evidence.say(f"  {line}")
        evidence.hold(*hold_workbook(workbook, rows, own))
        evidence.hold(*hold_parts(estimates, partnership, workbook.period))
    if half == COMMISSIONER:
        evidence.hold(nothing_outside_is_judged(cards, areas))


def nothing_outside_is_judged(cards: oc.Scorecards, areas: pl.DataFrame) -> Held:
    """Hubs and unknown commissioners are counted in England, and have neither page nor word."""
    outside = areas.filter(pl.col("is_remainder") == "true")["area_code"].to_list()
    signals = pl.concat_str("comparison", "trend", "target", ignore_nulls=True)
    judged = cards.results().filter(pl.col("area_code").is_in(outside) & (signals != ""))
    paged = {card.place.area_code for card in cards} & set(outside)
    at_fault = paged | set(judged["area_code"].to_list())
    return Held("hubs and unknown commissioners without page or word", len(outside) - len(at_fault), len(outside))


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the example; return 0 where every published figure is reproduced, 1 where not, 2 on a fault of input."""
    parser = argparse.ArgumentParser(description="Scorecards from NHS England's cancer waits workbooks.")
    parser.add_argument("workbooks", type=Path, nargs="+", help="workbooks (.xlsx) as published, or folders of them")
    parser.add_argument("--geography", type=Path, required=True, help="folder of the published look-ups")
    parser.add_argument("--out", type=Path, default=Path("cancer-waits-out"), help="where to write")
    given = parser.parse_args(arguments)
    evidence = Evidence("Cancer waiting times, as published by NHS England, and as made of its counts")
    try:
        with evidence:
            workbooks = [(path, read_workbook(path)) for path in files_of(given.workbooks)]
            if not workbooks:
                raise NotTheWorkbookError(f"{given.workbooks[0]}: no workbook (.xlsx) is there")
            boards = boards_from(given.geography)
            for line in boards.recoded:
                evidence.say(f"code changed: {line}")
            for half in (COMMISSIONER, PROVIDER):
                of_half = [pair for pair in workbooks if pair[1].is_by_provider == (half == PROVIDER)]
                if of_half:
                    run_half(half, of_half, boards, given.geography, given.out, evidence)
    except (oc.OutcomesError, NotTheWorkbookError, OSError) as error:
        print(error, file=sys.stderr)
        return 2
    return evidence.show()


if __name__ == "__main__":
    sys.exit(main())
