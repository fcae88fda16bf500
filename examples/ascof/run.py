"""From the open data of the Adult Social Care Outcomes Framework to scorecards of councils, regions and England.

    uv run python -m examples.ascof.run WORKBOOK --period 2020/21 --geography FOLDER --out ascof-out

Only the public interface of `outcomes` is used. What was published is read from the same workbook apart from the
library, and held against what the library makes of it. Several workbooks may be given, each with its own --period.
"""

import argparse
import sys
from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from pathlib import Path

import polars as pl
from examples.ascof.comparisons import comparisons, described_groups
from examples.ascof.published import SURVEYS, figures_of, rows_of
from examples.ascof.world import areas
from examples.evidence import Evidence, Held, ledger_of, partnership_folder

import outcomes as oc

HERE = Path(__file__).resolve().parent
PUBLISHER = "NHSD"
# of the example's own folder, what is no definition
_LEFT = ("comparisons.py", "published.py", "run.py", "world.py", "README.md", "former_councils.csv")


def last_day(period: str) -> date:
    """Return the last day of a financial year such as 2020/21.

    Raises:
        ValueError: It is none.
    """
    begins, _, ends = period.partition("/")
    if len(begins) != 4 or not begins.isdecimal() or ends != f"{(int(begins) + 1) % 100:02d}":
        raise ValueError(f"--period {period!r}: a financial year such as 2020/21 is expected")
    return date(int(begins) + 1, 3, 31)


def pages(partnership: oc.Partnership, as_of: date) -> list[str]:
    """Return the areas that have a page: England, its regions, and the councils of the last year."""
    first = date(as_of.year - 1, 4, 1)
    levels = ("nation", "region", "place")
    return [area.code for area in partnership.areas if area.level in levels and area.is_valid(first, as_of)]


def accounted(rows: pl.DataFrame, partnership: oc.Partnership, loaded: int, out: Path) -> Held:
    """Say of every measure code of the workbook what became of its rows, and write that as a table."""
    is_area = pl.col("area_code") != ""
    is_known = pl.col("measure").is_in(sorted(partnership.names_of_indicators))
    is_described = pl.col("group").is_in(described_groups(partnership))
    weighted = pl.col("measure").is_in(SURVEYS) & pl.col("number").is_in(["Numerator", "Denominator"])
    became = (
        pl.when(~is_area)
        .then(pl.lit("not read: a type of council is no area"))
        .when(~is_known)
        .then(pl.lit("not read: the framework does not describe the measure"))
        .when(~is_described)
        .then(pl.lit("not read: the framework does not describe the group of people"))
        .when(pl.col("number") == "Base")
        .then(pl.lit("not read: the number of respondents"))
        .when(weighted)
        .then(pl.lit("not read: weighted people of the survey, no counts"))
        .otherwise(pl.lit("read"))
    )
    by_code = rows.with_columns(became=became).group_by("measure", "measure_code", "group", "became").len("rows")
    by_code.sort("measure", "measure_code", "became").write_csv(out / "measure_codes.csv")
    totals = by_code.group_by("became").agg(pl.col("rows").sum()).sort("rows", descending=True)
    read = rows.filter(is_area, is_known, is_described).select("area_code", "measure_code").unique().height
    codes = rows["measure_code"].n_unique()
    unread = rows.filter(~is_known)["measure_code"].n_unique()
    said = "; ".join(f"{number:,} rows {text}" for text, number in totals.iter_rows())
    return Held(
        f"figures loaded, of {codes - unread} of {codes} measure codes (each in measure_codes.csv)", loaded, read, said
    )


def run(workbooks: Sequence[Path], periods: Sequence[str], geography: Path, out: Path, evidence: Evidence) -> bool:
    """Receive the workbooks, make the pages, and hold everything against what was published.

    Returns:
        Whether every workbook was let in.
    """
    folder = partnership_folder(HERE, out, tables={"areas.csv": areas(geography)}, leave=_LEFT)
    partnership = oc.load_partnership(folder)
    ledger = ledger_of(out, workbooks, also=periods)
    by_period = sorted(zip(periods, workbooks, strict=True))
    loaded: dict[str, int] = {}
    for period, workbook in by_period:
        as_of = last_day(period)
        # fixed, so that two runs give the same record
        received_at = datetime.combine(as_of, time(), tzinfo=UTC)
        receipts = oc.receive(
            workbook, partnership, ledger, received_at=received_at, as_of=as_of, partner=PUBLISHER, period=period
        )
        evidence.received(receipts)
        if any(receipt.verdict.value == "rejected" for receipt in receipts):
            return False
        loaded[period] = sum(receipt.loaded_rows for receipt in receipts)

    as_of = last_day(by_period[-1][0])
    observations = ledger.observations()
    cards = oc.scorecards(partnership, observations, as_of=as_of, policy="none", places=pages(partnership, as_of))
    paths = oc.build_site(cards, out / "site")
    evidence.say(f"{len(cards)} scorecards, {len(paths)} files: open {paths[0]}")

    measures = oc.roll_up(observations, partnership, as_of=as_of)
    estimates = oc.estimate(measures, partnership)
    for period, workbook in by_period:
        rows = rows_of(workbook)
        evidence.hold(accounted(rows, partnership, loaded[period], out))
        of_year = pl.col("period") == period
        evidence.hold(
            *comparisons(
                figures_of(rows),
                partnership,
                oc.PlaceMeasures(measures.frame.filter(of_year), submitted=measures.submitted.filter(of_year)),
                oc.Estimates(estimates.frame.filter(of_year)),
            )
        )
    return True


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the example; return 0, 1 where a figure is neither reproduced nor explained, 2 at a fault of the input."""
    parser = argparse.ArgumentParser(description="Scorecards from the open data of the ASCOF.")
    parser.add_argument("workbooks", type=Path, nargs="+", metavar="WORKBOOK", help="an open data workbook (xlsx)")
    parser.add_argument("--period", action="append", required=True, help="its financial year, such as 2020/21")
    parser.add_argument("--geography", type=Path, required=True, help="the folder with utla_all_codes.csv")
    parser.add_argument("--out", type=Path, default=Path("ascof-out"), help="where to write")
    given = parser.parse_args(arguments)
    if len(given.period) != len(given.workbooks):
        parser.error(f"{len(given.workbooks)} workbooks, and {len(given.period)} times --period: give one for each")
    evidence = Evidence("Adult Social Care Outcomes Framework, open data")
    try:
        for period in given.period:
            last_day(period)
        with evidence:
            is_read = run(given.workbooks, given.period, given.geography, given.out, evidence)
    except (oc.OutcomesError, OSError, ValueError) as error:
        print(error, file=sys.stderr)
        return 2
    shown = evidence.show()
    return shown if is_read else 2


if __name__ == "__main__":
    sys.exit(main())
