"""Districts of an earlier year led to the councils of today: the mid-2020 population, held against published totals.

    uv run python -m examples.delayed_transfers.districts WORKBOOK --geography FOLDER

The workbook prints districts, counties, regions and England in one column. Only the districts are given to the library;
counties, regions, England and the councils that have since been made of districts are worked out from them.
"""

import argparse
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path

import polars as pl
from examples.delayed_transfers.geography import (
    ENGLAND,
    Council,
    GeographyError,
    areas_of,
    councils_of,
    districts_of,
    newest_day,
)
from examples.delayed_transfers.published import PublishedError
from examples.evidence import Evidence, Held
from python_calamine import CalamineWorkbook

import outcomes as oc

_PERSONS = {
    "id": "residents",
    "name": "Residents",
    "statistic": "count",
    "numerator_definition": "People who usually live in the area",
    "unit": "people",
    "decimals": 0,
    "period": "calendar_year",
    "measured": "at_point",
    "level": "council",
    "source": "Office for National Statistics, mid-year population estimates",
    "licence": "Open Government Licence v3.0",
}
_FRAMEWORK = {
    "id": "population",
    "version": "2020",
    "title": "Population",
    "publisher": "Office for National Statistics",
    "source": "Mid-year population estimates",
    "licence": "Open Government Licence v3.0",
    "outcomes": [{"id": "people", "title": "People"}],
    "indicators": [_PERSONS],
    "inclusions": [{"indicator": "residents", "outcome": "people", "tier": "national", "polarity": "no_judgement"}],
}


def published(path: Path) -> tuple[int, pl.DataFrame]:
    """Return the year of the estimates, and area_code, kind and persons of every row of the table of persons.

    Raises:
        PublishedError: The workbook cannot be opened, or has no such table.
    """
    try:
        workbook = CalamineWorkbook.from_path(path)
        cells = workbook.get_sheet_by_name("MYE2 - Persons").to_python(skip_empty_area=False)
    except Exception as error:
        raise PublishedError(f"{path.name}: no sheet MYE2 - Persons can be read ({error})") from error
    year = re.search(r"mid-(20\d\d)", str(cells[0][0]))
    top = next((place for place, row in enumerate(cells) if row[:4] == ["Code", "Name", "Geography", "All ages"]), None)
    if year is None or top is None:
        raise PublishedError(
            f"{path.name}: a title with mid-20.., and a header Code, Name, Geography, All ages, are expected"
        )
    rows = [
        (str(row[0]), str(row[2]).strip(), int(float(str(row[3]))))
        for row in cells[top + 1 :]
        if row[0] and row[3] != ""
    ]
    return int(year[1]), pl.DataFrame(
        rows, schema={"area_code": pl.String, "kind": pl.String, "persons": pl.Int64}, orient="row"
    )


def world(geography: Path) -> oc.Partnership:
    """Return England, its regions, and the lower-tier councils of every year, each district in its county of then."""
    districts, councils = districts_of(geography), councils_of(geography)
    counties = {code: council for code, council in councils.items() if code.startswith("E10")}
    of_county = _counties(districts)
    areas = pl.concat(
        [
            areas_of(districts, geography, "council"),
            areas_of(counties, geography, "place")
            .filter(level="place")
            .with_columns(successors=pl.lit(None, pl.String)),
        ]
    )
    steps = pl.DataFrame(
        [
            (county, code, 1.0, districts[code].valid_from, districts[code].valid_to)
            for code, county in of_county.items()
        ],
        schema={
            "area_code": pl.String,
            "member_code": pl.String,
            "weight": pl.Float64,
            "valid_from": pl.Date,
            "valid_to": pl.Date,
        },
        orient="row",
    )
    framework = oc.Framework.model_validate(_FRAMEWORK)
    return oc.partnership_from(
        frameworks=[framework], areas=areas.drop("other_codes"), footprints=steps, area_code=ENGLAND
    )


def _counties(districts: Mapping[str, Council]) -> dict[str, str]:
    former = pl.read_csv(Path(__file__).parent / "former_counties.csv", infer_schema=False, comment_prefix="#")
    found = {code: council.county for code, council in districts.items() if council.county}
    for county, codes in former.select("county_code", "districts").iter_rows():
        found |= {code: county for code in codes.split(";") if code in districts}
    return dict(sorted(found.items()))


def run(path: Path, geography: Path, evidence: Evidence) -> None:
    """Hold councils of today, counties, regions and England against what the workbook prints."""
    year, rows = published(path)
    partnership, today = world(geography), newest_day(geography)
    districts, councils = districts_of(geography), councils_of(geography)
    of_districts = rows.filter(pl.col("area_code").is_in(list(districts)))
    evidence.say(f"{of_districts.height} lower-tier councils of mid-{year}, {of_districts['persons'].sum():,} people")
    frame = of_districts.select(
        "area_code",
        partner_code=pl.lit("ONS"),
        source_code=pl.lit(""),
        indicator_id=pl.lit("residents"),
        indicator_version=pl.lit(1),
        period_kind=pl.lit("calendar_year"),
        period_start=pl.lit(date(year, 1, 1)),
        breakdown=pl.lit(""),
        numerator="persons",
        denominator=pl.lit(None, pl.Int64),
    )
    ours = oc.roll_up(frame, partnership, as_of=today).frame.select("area_code", "numerator", "reason", "qualifiers")
    evidence.hold(*_held(rows, of_districts, ours, districts, councils))


def _held(
    rows: pl.DataFrame,
    of_districts: pl.DataFrame,
    ours: pl.DataFrame,
    districts: Mapping[str, Council],
    councils: Mapping[str, Council],
) -> Iterator[Held]:
    there = pl.col("area_code").str.starts_with("E")
    for kind, wanted in (("England", ["Country"]), ("regions", ["Region"]), ("counties", ["County"])):
        both = rows.filter(pl.col("kind").is_in(wanted) & there).join(ours, on="area_code", how="left")
        right = both.filter(pl.col("persons") == pl.col("numerator"))
        yield Held(f"{kind}: sums of districts", right.height, both.height, "whole people, equal to the published row")
    # the councils of today, by codes followed here step by step
    sums: dict[str, int] = {}
    made_of: dict[str, list[str]] = {}
    for code, persons in of_districts.select("area_code", "persons").iter_rows():
        later = [code]
        while districts[later[-1]].valid_to is not None:
            (following,) = districts[later[-1]].successors
            later.append(following)
        sums[later[-1]] = sums.get(later[-1], 0) + persons
        made_of.setdefault(later[-1], []).append(code)
    found = dict(ours.select("area_code", "numerator").iter_rows())
    marked = set(ours.filter(pl.col("qualifiers").list.contains("former areas"))["area_code"])
    made = {code: codes for code, codes in made_of.items() if codes != [code]}
    equal = [code for code in sums if found.get(code) == sums[code] and (code in marked) == (code in made)]
    names = "; ".join(f"{districts[code].name} of {len(codes)}: {sums[code]:,}" for code, codes in sorted(made.items()))
    yield Held("councils of today, of which some were made of districts since", len(equal), len(sums), names)
    # a county council that has been replaced: its published row, and the councils that are there now
    replaced = {code: council for code, council in councils.items() if code.startswith("E10") and council.valid_to}
    printed = dict(rows.select("area_code", "persons").iter_rows())
    pairs = [
        (printed[code], sum(found[later] for later in council.successors))
        for code, council in replaced.items()
        if code in printed
    ]
    said = "; ".join(f"{then:,}" for then, _ in pairs)
    yield Held(
        "counties replaced since: published, and as the councils of today",
        sum(a == b for a, b in pairs),
        len(pairs),
        said,
    )


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the example; return 0, or 1 where something is not reproduced, 2 where the input is at fault."""
    parser = argparse.ArgumentParser(description="Districts of an earlier year led to the councils of today.")
    parser.add_argument("workbook", type=Path, help="mid-year population estimates, such as ukpopestimatesmid2020….xls")
    parser.add_argument("--geography", type=Path, required=True, help="the folder of published look-ups")
    given = parser.parse_args(arguments)
    evidence = Evidence("Population of districts, led to the councils of today")
    try:
        with evidence:
            run(given.workbook, given.geography, evidence)
    except (oc.OutcomesError, GeographyError, PublishedError, OSError) as error:
        print(error, file=sys.stderr)
        return 2
    return evidence.show()


if __name__ == "__main__":
    sys.exit(main())
