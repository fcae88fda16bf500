"""From NHS England's monthly A&E files to scorecards of boards, regions and England, held against what was published.

    uv run python -m examples.accident_and_emergency.run FOLDER --geography GEOGRAPHY --boards BOARDS.csv --out OUT

Only the public interface of `outcomes` is used. The published figures are read apart from the library.
"""

import argparse
import sys
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import polars as pl
from examples.accident_and_emergency.comparisons import (
    counts_of,
    england_held,
    hold_boards,
    read_boards_publication,
    regions_held,
    shares_apart,
)
from examples.accident_and_emergency.geography import (
    ENGLAND,
    Homes,
    areas_table,
    footprints_table,
    homes_of,
    read_boards,
)
from examples.accident_and_emergency.providers import ProviderFiles, read_provider_files
from examples.evidence import Evidence, Held, ledger_of, partnership_folder

import outcomes as oc

HERE = Path(__file__).resolve().parent
LEAVE = ("*.py", "README.md")


def files_of(given: Sequence[Path]) -> list[Path]:
    """Return the files given, and those in the folders given: what is named revised comes after what it revises.

    Raises:
        TableError: A folder holds no CSV file.
    """
    found: dict[Path, None] = {}
    for path in given:
        within = sorted(one for one in path.iterdir() if one.suffix.lower() == ".csv") if path.is_dir() else [path]
        if not within:
            raise oc.TableError(f"{path}: this folder holds no CSV file; give one with the published monthly files")
        found |= dict.fromkeys(within)
    return sorted(found, key=lambda path: "revised" in path.name.lower())


def received(
    files: Sequence[Path], partnership: oc.Partnership, ledger: oc.Ledger, as_of: date
) -> tuple[oc.Receipt, ...]:
    """Receive the files one after the other, so that of two editions of a month the later one counts."""
    received_at = datetime(as_of.year, as_of.month, as_of.day, tzinfo=UTC)
    receipts: list[oc.Receipt] = []
    for file in files:
        receipts += oc.receive(file, partnership, ledger, received_at=received_at, as_of=as_of, partner="NHSE")
    return tuple(receipts)


def let_in(receipts: Sequence[oc.Receipt], published: ProviderFiles) -> Held:
    """How many files were let in; one that another replaces need not have been."""
    refused = [receipt.file for receipt in receipts if receipt.verdict.value == "rejected"]
    missed = set(refused) - published.replaced
    remark = f"refused: {', '.join(refused)}; " + (
        "correct them, or leave them out" if missed else "another edition of the month counts"
    )
    return Held(
        "files that could be read",
        len(receipts) - len(refused),
        len(receipts),
        remark if refused else "",
        is_explained=not missed,
    )


def share_file(ledger: oc.Ledger, homes: Homes, out: Path) -> Path:
    """Write, as a return in the native form, which attendances are at providers of no known board."""
    attendances = (
        ledger.observations()
        .frame.filter(pl.col("indicator_id") == "ae-attendances")
        .group_by("area_code", "period")
        .agg(denominator=pl.col("numerator").sum())
        .sort("area_code", "period")
    )
    is_apart = pl.col("area_code").is_in(homes.without_board["provider"].to_list())
    path = out / "attendances-outside-known-boards.csv"
    attendances.select(
        indicator_id=pl.lit("ae-no-known-board"),
        place_code="area_code",
        period="period",
        numerator=pl.when(is_apart).then("denominator").otherwise(0),
        denominator="denominator",
    ).write_csv(path)
    return path


def run(given: argparse.Namespace) -> int:
    """Run everything; return 0 where every published figure is reproduced or explained, else 1."""
    out: Path = given.out
    with Evidence("A&E attendances and emergency admissions, monthly") as evidence:
        files = files_of(given.files)
        published = read_provider_files(files)
        boards = read_boards(given.geography)
        homes = homes_of(published.listed, boards)
        tables = {
            # a provider that a revision no longer lists is one all the same
            "areas.csv": areas_table(published.listed, homes, boards),
            "footprints.csv": footprints_table(published.rows, homes),
        }
        partnership = oc.load_partnership(partnership_folder(HERE, out, tables=tables, leave=LEAVE))
        as_of = given.as_of or _published_on(published)
        ledger = ledger_of(out, files)
        receipts = received(files, partnership, ledger, as_of)
        evidence.received_together(receipts)
        evidence.hold(let_in(receipts, published))
        if ledger.observations().frame.is_empty():
            return evidence.show()
        evidence.received(
            oc.receive(
                share_file(ledger, homes, out),
                partnership,
                ledger,
                received_at=datetime(as_of.year, as_of.month, as_of.day, tzinfo=UTC),
                as_of=as_of,
                partner="WORKED-OUT",
            )
        )
        _tell_where_providers_belong(evidence, published, homes)
        observations = ledger.observations()
        places = [ENGLAND, *sorted(set(boards.region_of.values())), *sorted(boards.region_of), *sorted(homes.apart)]
        cards = oc.scorecards(partnership, observations, as_of=as_of, policy="none", places=places)
        paths = oc.build_site(cards, out / "site")
        evidence.say(f"{len(cards)} scorecards, {len(paths)} files; open {paths[0]}")
        ours = counts_of(oc.roll_up(observations, partnership, as_of=as_of))
        evidence.hold(*england_held(published, ours), *regions_held(published, ours, boards))
        for period, share in shares_apart(ours, homes).iter_rows():
            evidence.say(f"{period}: {share:.2%} of attendances at providers of no known board")
        if given.boards:
            for found in hold_boards(read_boards_publication(given.boards), published, ours, homes, boards):
                if isinstance(found, Held):
                    evidence.hold(found)
                else:
                    evidence.say(found)
    return evidence.show()


def _published_on(published: ProviderFiles) -> date:
    """The last day of the month after the newest, when its figures are out."""
    newest = date.fromisoformat(f"{max(published.rows['period'])}-01")
    after_next = (newest.replace(day=1) + timedelta(days=62)).replace(day=1)
    return after_next - timedelta(days=1)


def _tell_where_providers_belong(evidence: Evidence, published: ProviderFiles, homes: Homes) -> None:
    by = dict(homes.frame["by"].value_counts().rows())
    evidence.say(
        f"{homes.frame.height} providers: {by.get('trust', 0)} are registered as trusts in a board, "
        f"{by.get('practice', 0)} as practices, {by.get('successor', 0)} through the organisation that followed them; "
        f"{by.get('', 0)} in none, which stand apart below their region"
    )
    months = published.rows["period"].n_unique()
    listed = published.rows.group_by("provider").agg(n=pl.len()).filter(pl.col("n") < months).sort("provider")
    if listed.height:
        named = ", ".join(f"{provider} {number}" for provider, number in listed.iter_rows())
        evidence.say(f"{listed.height} providers stand in some of the {months} months only: {named}")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the example; return 0 reproduced or explained, 1 not, 2 where the input is at fault."""
    parser = argparse.ArgumentParser(description="Scorecards from NHS England's monthly A&E files.")
    parser.add_argument("files", type=Path, nargs="+", help="the published CSV files, or folders of them")
    parser.add_argument("--geography", type=Path, required=True, help="the folder of look-ups; see README.md")
    parser.add_argument("--boards", type=Path, help="the boards' own figures, to compare with")
    parser.add_argument("--as-of", type=date.fromisoformat, help="the date that the pages speak for")
    parser.add_argument("--out", type=Path, default=Path("accident-and-emergency-out"), help="where to write")
    given = parser.parse_args(arguments)
    try:
        return run(given)
    except oc.OutcomesError as error:
        print(error, file=sys.stderr)
        return 2


if __name__ == "__main__":
    sys.exit(main())
