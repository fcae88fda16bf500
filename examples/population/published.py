"""Holds what the library made against what was published, read apart from the library."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from statistics import median

import polars as pl
import python_calamine
from examples.evidence import Held
from examples.population.world import ENGLAND, NOWHERE, World

import outcomes as oc

__all__ = [
    "both_bases",
    "council_table",
    "held_by_england",
    "held_by_fingertips",
    "held_by_localities",
    "held_by_summaries",
    "held_by_systems",
]

_PEOPLE = "resident-population"
_OLDEST = 90
# proportions are published with four decimals, average ranks with two
_PROPORTION = 0.00005
_RANK = 0.005


def _bands() -> dict[str, list[str]]:
    """Our age bands, each with its single years as they are published."""
    bands = {f"{age}-{age + 4}": [str(year) for year in range(age, age + 5)] for age in range(0, _OLDEST, 5)}
    return bands | {f"{_OLDEST}+": [f"{_OLDEST}+"]}


def _sheet(path: Path, *names: str) -> Sequence[Sequence[object]]:
    """The sheet of a workbook that has one of the names, which differ between issues."""
    workbook = python_calamine.CalamineWorkbook.from_path(str(path))
    name = next((name for name in names if name in workbook.sheet_names), None)
    if name is None:
        there = ", ".join(workbook.sheet_names)
        raise oc.TableError(
            f"{path.name}: no sheet is called {' or '.join(names)}; there are {there}. Give it as published"
        )
    return workbook.get_sheet_by_name(name).to_python()


def council_table(path: Path) -> pl.DataFrame:
    """What was published for each area by age: area_code, kind, breakdown, published."""
    rows = _sheet(path, "MYE2 - Persons", "MYE2 - All", "MYE2-All")
    top = next((place for place, row in enumerate(rows) if row and row[0] == "Code"), None)
    if top is None:
        raise oc.TableError(f"{path.name}: no row of its table of persons begins with Code; give it as published")
    header = [str(cell).removesuffix(".0") for cell in rows[top]]
    found: list[tuple[str, str, str, int]] = []
    for row in rows[top + 1 :]:
        cells = dict(zip(header, row, strict=True))
        if cells["All ages"] == "":
            # a blank row, or a note below the table
            continue
        code, kind = str(cells["Code"]), str(cells.get("Geography", cells.get("Geography1", "")))
        found.append((code, kind, "", int(float(str(cells["All ages"])))))
        for band, years in _bands().items():
            total = sum(int(float(str(cells[year]))) for year in years)
            found.append((code, kind, f"age_band={band}", total))
    return pl.DataFrame(found, schema=["area_code", "kind", "breakdown", "published"], orient="row")


def held_by_england(results: pl.DataFrame, path: Path, year: str) -> Iterator[Held]:
    """Hold the sums of small areas against the published table: England, regions, counties, councils, by age."""
    ours = results.filter((pl.col("indicator_id") == _PEOPLE) & (pl.col("period") == year))
    columns = ("area_code", "level", "breakdown", "numerator", "submitted_numerator")
    both = ours.select(columns).join(council_table(path), on=["area_code", "breakdown"])
    for level, spoken in (("nation", "England"), ("region", "regions"), ("place", "counties"), ("council", "councils")):
        at_level = both.filter(pl.col("level") == level)
        areas = at_level["area_code"].n_unique()
        for group, rows in (
            ("all ages", at_level.filter(pl.col("breakdown") == "")),
            (f"by age, {len(_bands())} bands", at_level.filter(pl.col("breakdown") != "")),
        ):
            agreeing = rows.filter(pl.col("numerator") == pl.col("published"))
            yield Held(
                f"residents of {areas} {spoken}, {group}: sum of small areas",
                agreeing.height,
                rows.height,
                "whole numbers, equal",
                rows.join(agreeing, on=["area_code", "breakdown"], how="anti"),
            )
    beside = both.filter(pl.col("submitted_numerator").is_not_null())
    same = beside.filter(pl.col("submitted_numerator") == pl.col("published"))
    yield Held("published figures kept beside these sums on pages and in results", same.height, both.height, "equal")


def held_by_systems(results: pl.DataFrame, world: World) -> Iterator[Held]:
    """Show that nothing is lost or counted twice on the way to ICBs, and what apportioning does."""
    whole = results.filter(pl.col("breakdown") == "")
    people = whole.filter((pl.col("indicator_id") == _PEOPLE) & (pl.col("numerator") > 0))
    england = people.filter(pl.col("area_code") == ENGLAND)["numerator"].sum()
    systems = people.filter(pl.col("level") == "system")
    nhs_regions = people.filter((pl.col("level") == "region") & pl.col("area").str.ends_with("(NHS)"))
    for rows, spoken in ((systems, "ICBs"), (nhs_regions, "NHS regions")):
        yield Held(
            f"residents of {rows.height} {spoken} together, and of England ({england:,.0f})",
            int(rows["numerator"].sum() == england),
            1,
            "no small area is lost or counted twice",
        )
    for sex in ("Female", "Male"):
        rows = results.filter((pl.col("indicator_id") == "residents-by-sex") & (pl.col("breakdown") == f"sex={sex}"))
        total = rows.filter(pl.col("area_code") == ENGLAND)["submitted_numerator"].sum()
        of_systems = rows.filter(pl.col("level") == "system")["numerator"].sum()
        yield Held(
            f"{sex.lower()} residents of councils, apportioned to ICBs, and published for England ({total:,.0f})",
            int(of_systems == total),
            1,
            f"{world.shared_councils['area_code'].n_unique()} councils lie in several ICBs; totals are conserved",
        )
    apportioned = whole.filter((pl.col("indicator_id") == "residents-by-sex") & (pl.col("level") == "system"))
    both = systems.select("area_code", "area", exact="numerator").join(
        apportioned.select("area_code", apportioned="numerator", qualifiers="qualifiers"), on="area_code"
    )
    touched = world.shared_councils["icb_code"].unique().to_list()
    said = both.filter(pl.col("qualifiers").str.contains("apportioned"))["area_code"].sort().to_list()
    yield Held(
        "ICBs with a share of a council, called apportioned in the results",
        len(set(said) & set(touched)),
        len(set(touched) | set(said)),
    )
    equal = both.filter(pl.col("exact") == pl.col("apportioned"))
    yield Held(
        "residents of ICBs, apportioned from councils, and added up from small areas",
        equal.height,
        both.height,
        "the weights are the residents themselves, so both are equal to the person",
        both.join(equal, on="area_code", how="anti"),
    )


def held_by_localities(results: pl.DataFrame, world: World) -> Iterator[Held]:
    """Hold the residents of localities, from their wards, against what is published for the councils they make up."""
    people = results.filter((pl.col("indicator_id") == _PEOPLE) & (pl.col("breakdown") == "")).select(
        "area_code", "level", "numerator", "submitted_numerator"
    )
    steps = world.footprints.select("area_code", "member_code")
    wards = world.areas.filter(pl.col("level") == "ward").select(member_code="area_code")
    places = world.areas.filter(pl.col("level") == "place").select("area_code")
    localities = steps.join(places, on="area_code", how="semi").join(wards, on="member_code", how="semi")
    councils = people.filter(pl.col("level") == "council").join(
        steps.join(localities, on="member_code", how="semi").select("area_code").unique(), on="area_code", how="semi"
    )
    sums = people.join(localities.select("area_code").unique(), on="area_code", how="semi")
    published = councils["submitted_numerator"].sum()
    yield Held(
        f"residents of {sums.height} localities, and published for their {councils.height} councils ({published:,.0f})",
        int(sums["numerator"].sum() == published),
        1,
        "small areas split over wards are shared out, and nothing of them is lost",
    )


def both_bases(results: pl.DataFrame) -> Iterator[str]:
    """Say of every locality that is counted on both bases how residents and patients differ."""
    whole = results.filter((pl.col("breakdown") == "") & pl.col("numerator").is_not_null())
    residents = whole.filter(pl.col("indicator_id") == _PEOPLE).select("area_code", "area", "level", n="numerator")
    patients = whole.filter(pl.col("indicator_id") == "registered-patients").select("area_code", patients="numerator")
    both = residents.join(patients, on="area_code").sort("area")
    for row in both.filter(pl.col("level") == "place").iter_rows(named=True):
        ratio = row["patients"] / row["n"] * 100
        yield (
            f"{row['area']}: {row['n']:,.0f} residents of its wards, {row['patients']:,.0f} patients of its "
            f"practices ({ratio:.0f} patients for 100 residents)"
        )
    for row in both.filter(pl.col("level") == "nation").iter_rows(named=True):
        yield (
            f"England: {row['patients'] / row['n'] * 100:.1f} patients for 100 residents, for lists hold people who "
            "moved or died; the rest of a locality's difference is people who live in one and are registered in "
            "another, and practices that the locality has by their network, wherever they lie"
        )


def held_by_summaries(results: pl.DataFrame, world: World, path: Path, domains: tuple[str, ...]) -> Iterator[Held]:
    """Hold shares of small areas and average ranks against the published summaries of upper-tier authorities."""
    found: list[tuple[str, str, float, float]] = []
    for domain in domains:
        header, *rows = _sheet(path, domain)
        names = [str(cell).strip().lower() for cell in header]
        share = next(place for place, name in enumerate(names) if "- proportion" in name)
        rank = next(place for place, name in enumerate(names) if name.endswith("- average rank"))
        found += [
            (domain, str(row[0]).strip(), float(str(row[share])), float(str(row[rank]))) for row in rows if row[0]
        ]
    published = pl.DataFrame(found, schema=["domain", "area_code", "share", "rank"], orient="row")
    our_domain = pl.when(pl.col("breakdown") == "").then(pl.lit("IMD")).otherwise(pl.col("breakdown").str.slice(7))
    ours = results.with_columns(domain=our_domain).select("indicator_id", "area_code", "domain", "value")
    shares = ours.filter(pl.col("indicator_id") == "areas-in-most-deprived-tenth")
    ranks = ours.filter(pl.col("indicator_id") == "average-deprivation-rank")
    key = ["domain", "area_code"]
    both = published.join(shares.select(*key, our_share=pl.col("value") / 100), on=key, how="left").join(
        ranks.select(*key, our_rank="value"), on=key, how="left"
    )
    near = both.filter((pl.col("our_share") - pl.col("share")).abs() <= _PROPORTION + 1e-9)
    yield Held(
        f"share of small areas in the most deprived tenth, {len(domains)} indices, upper-tier authorities",
        near.height,
        both.height,
        "to the four published decimals",
        both.join(near, on=key, how="anti").select(*key, "share", "our_share"),
    )
    ranked = world.areas.filter(pl.col("level") == "lsoa").height
    compared = both.filter(pl.col("our_rank").is_not_null())
    exact = compared.filter((pl.col("our_rank") - pl.col("rank")).abs() <= _RANK)
    gap = (compared["our_rank"] - compared["rank"]).abs().to_list()
    order = [pl.col(name).rank(descending=True).over("domain") for name in ("rank", "our_rank")]
    near_in_order = compared.filter((order[0] - order[1]).abs() <= 3).height
    yield Held(
        "average rank of small areas by residents",
        exact.height,
        both.height,
        f"to the two published decimals; the others differ by {median(gap):,.0f} of {ranked:,} ranks in the middle and "
        f"by {max(gap):,.0f} at most, {near_in_order:,} stand within 3 places of the published order: the publisher "
        "weighs by residents of the middle of 2015 without prisoners, the example by those of the population file",
        # other weights move an average, but not far
        is_explained=compared.height == both.height and max(gap) <= ranked / 20,
    )


def held_by_fingertips(results: pl.DataFrame, path: Path) -> Iterator[Held]:
    """Hold diabetes on registers against the same measure as published by Fingertips (indicator 241)."""
    extract = pl.read_csv(path, infer_schema=False)
    published = (
        extract.filter((pl.col("IndicatorId") == "241") & (pl.col("Sex") == "Persons"))
        .select(
            area_code="AreaCode",
            year=pl.col("Year").cast(pl.Int32),
            count=pl.col("Count").cast(pl.Float64),
            population=pl.col("Denominator").cast(pl.Float64),
        )
        .drop_nulls()
        .unique()
    )
    ours = results.filter((pl.col("indicator_id") == "diabetes") & pl.col("numerator").is_not_null()).select(
        "area_code", "area", "level", "numerator", "denominator", year=pl.col("period_start").dt.year()
    )
    both = published.join(ours, on=["area_code", "year"])
    unplaced = ours.filter(pl.col("area_code") == NOWHERE)["numerator"].sum()
    for level, spoken, because in (
        ("nation", "England", "counts and list sizes, equal"),
        ("other", "practices", "counts and list sizes, equal"),
        ("system", "ICBs", "practices that closed or moved between the register's year and the look-ups"),
    ):
        rows = both.filter(pl.col("level") == level)
        equal = rows.filter((pl.col("count") == pl.col("numerator")) & (pl.col("population") == pl.col("denominator")))
        yield Held(
            f"diabetes on registers as Fingertips publishes it (indicator 241), {spoken}",
            equal.height,
            rows.height,
            because,
            rows.join(equal, on="area_code", how="anti"),
            # who is missing cannot be more than the patients of practices that no look-up places
            is_explained=rows.filter((pl.col("count") - pl.col("numerator")).is_between(0, unplaced)).height
            == rows.height,
        )
