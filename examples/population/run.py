"""Population and deprivation of England: small areas and practices up to neighbourhoods, councils, ICBs and England.

    python -m examples.population.run population_mid2020_lsoa11.parquet ukpopestimatesmid2020on2021geography.xls \\
        imd2019_lsoa11.parquet PREVALENCE_2021_v2.csv.gz --geography GEOGRAPHY --out population-out

Only the public interface of `outcomes` is used. Give the published summaries (File_11…xlsx) and a Fingertips extract
as well, and what they publish is held against what the library makes of the counts.
"""

import argparse
import fnmatch
import gzip
import re
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from pathlib import Path

import polars as pl
from examples.evidence import Evidence, ledger_of, partnership_folder
from examples.population.published import (
    both_bases,
    held_by_england,
    held_by_fingertips,
    held_by_localities,
    held_by_summaries,
    held_by_systems,
)
from examples.population.world import World, WorldError, world_from

import outcomes as oc

HERE = Path(__file__).resolve().parent
DEFINITIONS_ONLY = ("run.py", "world.py", "published.py", "README.md", "former_counties.csv")


class InputError(Exception):
    """A file that was given, or is missing, with what to do."""


@dataclass(frozen=True)
class Kind:
    """One kind of published file, known by its name.

    Attributes:
        pattern: How its files are named.
        partner: Who sends it; empty for what is only held against the results.
        year: Where in the name its period stands.
        period: The found groups to the canonical text of the period, and its last day.
    """

    pattern: str
    partner: str
    year: str = ""
    period: Callable[[re.Match[str]], tuple[str, date]] | None = None


def _calendar_year(found: re.Match[str]) -> tuple[str, date]:
    return found[1], date(int(found[1]), 12, 31)


def _financial_year(found: re.Match[str]) -> tuple[str, date]:
    return f"20{found[1]}/{found[2]}", date(2000 + int(found[2]), 3, 31)


SMALL_AREAS = Kind("population_mid*_lsoa*.parquet", "ONS-SMALL-AREAS", r"mid(\d{4})", _calendar_year)
# ukmidyearestimates2019… until mid-2019, ukpopestimatesmid2020… since
COUNCILS = Kind("uk*estimates*.xls*", "ONS-MID-YEAR", r"(?:mid|estimates)(\d{4})", _calendar_year)
INDEX = Kind("imd*_lsoa*.parquet", "MHCLG", r"imd(\d{4})", _calendar_year)
REGISTERS = Kind("PREVALENCE_*.csv*", "NHS-DIGITAL", r"PREVALENCE_(\d\d)(\d\d)", _financial_year)
SUMMARIES = Kind("File_11*.xlsx", "")
FINGERTIPS = Kind("pholio_healthdata*.csv", "")
NEEDED = (SMALL_AREAS, COUNCILS, INDEX, REGISTERS)


@dataclass(frozen=True)
class Inputs:
    """The files of a run by kind, and the period of each."""

    files: dict[Kind, Path]

    def period(self, kind: Kind) -> tuple[str, date]:
        """The period of a file and its last day."""
        assert kind.period is not None
        found = re.search(kind.year, self.files[kind].name)
        if found is None:
            raise InputError(f"{self.files[kind].name}: no period stands in its name; expected one like {kind.pattern}")
        return kind.period(found)


def inputs_of(paths: Sequence[Path]) -> Inputs:
    """Sort the given files, and those of given folders, by kind; InputError where one is missing or unknown."""
    files: dict[Kind, Path] = {}
    for path in [member for given in paths for member in (sorted(given.iterdir()) if given.is_dir() else [given])]:
        kind = next((k for k in (*NEEDED, SUMMARIES, FINGERTIPS) if fnmatch.fnmatch(path.name, k.pattern)), None)
        if not path.is_file():
            raise InputError(f"{path}: there is no such file; give the published files")
        if kind is None:
            known = ", ".join(k.pattern for k in (*NEEDED, SUMMARIES, FINGERTIPS))
            raise InputError(f"{path.name}: no kind of published file is named so; expected {known}")
        files[kind] = path
    missing = [kind.pattern for kind in NEEDED if kind not in files]
    if missing:
        raise InputError(f"these published files are missing: {', '.join(missing)}; give one of each")
    return Inputs(files)


def unpacked(path: Path, inbox: Path) -> Path:
    """Return a file that can be received: one that is packed (.gz) is unpacked into the inbox."""
    if path.suffix != ".gz":
        return path
    target = inbox / path.stem
    try:
        target.write_bytes(gzip.decompress(path.read_bytes()))
    except (OSError, EOFError) as error:
        raise InputError(f"{path.name}: it cannot be unpacked ({error}); give the file as published") from error
    return target


def read_parquet(path: Path, *columns: str) -> pl.DataFrame:
    """Read columns of a published table; InputError where it is another."""
    try:
        return pl.read_parquet(path, columns=list(columns) or None)
    except (OSError, pl.exceptions.PolarsError) as error:
        raise InputError(f"{path.name}: it cannot be read ({error}); give the file as published") from error


def practices_of(path: Path) -> pl.Series:
    """The codes of the practices that have a register; InputError where there is no such column."""
    try:
        return pl.read_csv(path, columns=["PRACTICE_CODE"], infer_schema=False)["PRACTICE_CODE"]
    except (OSError, pl.exceptions.PolarsError) as error:
        raise InputError(f"{path.name}: it cannot be read ({error}); give the file as published") from error


def people_by_deprivation(given: Inputs, inbox: Path) -> Path:
    """Write what only two publications together say, in the long form: residents by how deprived their area is."""
    index = read_parquet(given.files[INDEX])
    persons = read_parquet(given.files[SMALL_AREAS], "lsoa11_code", "total_population")
    both = index.join(persons, on="lsoa11_code", how="left")
    year, index_year = given.period(SMALL_AREAS)[0], given.period(INDEX)[0]
    people = pl.col("total_population")

    def rows(indicator: str, period: str, domain: str, numerator: pl.Expr) -> pl.DataFrame:
        return both.select(
            indicator_id=pl.lit(indicator),
            place_code="lsoa11_code",
            period=pl.lit(period),
            domain=pl.lit(domain),
            numerator=numerator,
            denominator=people,
        )

    fifth = pl.when(pl.col("IMD_decile") <= 2).then(people).otherwise(0)
    tables = [rows("people-in-most-deprived-fifth", year, "", fifth)]
    for domain, name in DOMAINS.items():
        # the publisher's own rule: ranks are turned round, so that more is more deprived
        rank = index.height + 1 - pl.col(f"{name}_rank")
        tables.append(rows("average-deprivation-rank", index_year, domain, rank * people))
    path = inbox / f"people-by-deprivation-{year}.csv"
    pl.concat(tables).write_csv(path)
    return path


# our category of the breakdown "domain" (as the published summaries name their sheets) to the name in the index
DOMAINS = {
    "IMD": "IMD",
    "Income": "Income",
    "Employment": "Employment",
    "Education": "Education",
    "Health": "Health",
    "Crime": "Crime",
    "Barriers": "Housing_and_Access",
    "Living": "Environment",
}


def received(given: Inputs, partnership: oc.Partnership, ledger: oc.Ledger, out: Path, as_of: date) -> list[oc.Receipt]:
    """Receive every file, each for the period that its name says."""
    sent: list[tuple[Path, str, str | None]] = [
        (given.files[kind], kind.partner, given.period(kind)[0]) for kind in NEEDED
    ]
    sent.append((people_by_deprivation(given, out / "inbox"), "JOINED", None))
    # fixed, so that two runs give the same bytes
    received_at = datetime.combine(as_of, time(), tzinfo=UTC)
    return [
        receipt
        for path, partner, period in sent
        for receipt in oc.receive(
            path, partnership, ledger, received_at=received_at, as_of=as_of, partner=partner, period=period
        )
    ]


def pages_of(world: World, as_of: date) -> list[str]:
    """The areas that get a page: England, regions, ICBs, counties, localities, and councils in several ICBs."""
    levels = ("nation", "region", "system", "place")
    is_valid = pl.col("valid_to").is_null() | (pl.col("valid_to").str.to_date() >= as_of)
    shown = world.areas.filter(pl.col("level").is_in(levels), is_valid)["area_code"].to_list()
    return shown + world.shared_councils["area_code"].unique().sort().to_list()


def run(given: Inputs, geography: Path, out: Path, evidence: Evidence) -> None:
    """The whole street, and what was published beside what it makes."""
    persons = read_parquet(given.files[SMALL_AREAS], "lsoa11_code", "total_population")
    ledger = ledger_of(out, given.files.values())
    inbox = out / "inbox"
    inbox.mkdir(parents=True, exist_ok=True)
    given = Inputs({kind: unpacked(path, inbox) for kind, path in given.files.items()})
    world = world_from(
        geography,
        HERE / "former_counties.csv",
        persons.rename({"lsoa11_code": "lsoa_code", "total_population": "persons"}),
        practices_of(given.files[REGISTERS]),
    )
    tables = {"areas.csv": world.areas, "footprints.csv": world.footprints}
    folder = partnership_folder(HERE, out, tables=tables, leave=DEFINITIONS_ONLY)
    partnership = oc.load_partnership(folder)
    evidence.say(f"{world.areas.height:,} areas and {world.footprints.height:,} steps: {folder}")
    for line in world.said:
        evidence.say(line)
    as_of = max(given.period(kind)[1] for kind in NEEDED)
    receipts = received(given, partnership, ledger, out, as_of)
    evidence.received(receipts)
    if any(receipt.verdict.value == "rejected" for receipt in receipts):
        raise InputError("a file was rejected; see above what is wrong with it")
    places = pages_of(world, as_of)
    cards = oc.scorecards(partnership, ledger.observations(), as_of=as_of, policy="none", places=places)
    pages = oc.write_html(cards, out / "site")
    evidence.say(f"{len(cards)} scorecards of {len(places)} areas, {cards.results().height:,} figures: {pages[0]}")
    evidence.hold(*held_by_england(cards.results(), given.files[COUNCILS], given.period(SMALL_AREAS)[0]))
    evidence.hold(*held_by_systems(cards.results(), world))
    evidence.hold(*held_by_localities(cards.results(), world))
    for line in both_bases(cards.results()):
        evidence.say(line)
    if SUMMARIES in given.files:
        evidence.hold(*held_by_summaries(cards.results(), world, given.files[SUMMARIES], tuple(DOMAINS)))
    if FINGERTIPS in given.files:
        evidence.hold(*held_by_fingertips(cards.results(), given.files[FINGERTIPS]))


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the example: 0 all reproduced or explained, 1 not, 2 a fault of the input."""
    parser = argparse.ArgumentParser(description="Population and deprivation of England from published tables.")
    parser.add_argument("inputs", type=Path, nargs="+", help="the published files, or folders of them")
    parser.add_argument("--geography", type=Path, required=True, help="the folder of the published look-ups")
    parser.add_argument("--out", type=Path, default=Path("population-out"), help="where to write")
    given = parser.parse_args(arguments)
    evidence = Evidence("Population and deprivation of England")
    try:
        with evidence:
            run(inputs_of(given.inputs), given.geography, given.out, evidence)
    except (InputError, WorldError, oc.OutcomesError, OSError) as error:
        evidence.show()
        print(error, file=sys.stderr)
        return 2
    return evidence.show()


if __name__ == "__main__":
    sys.exit(main())
