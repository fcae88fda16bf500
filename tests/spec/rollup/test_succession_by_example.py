"""Spec: figures of councils that were recoded, merged or divided, as areas.csv tells it and as the page has it."""

from datetime import date
from typing import Any

import polars as pl

from outcomes.framework.model import Framework, Inclusion, Outcome
from outcomes.partnership.building import partnership_from
from outcomes.partnership.model import Partnership
from outcomes.rollup.rolling import roll_up
from outcomes.vocabulary import Polarity, Tier
from tests.spec.rollup.test_roll_up_by_example import drawn
from tests.unit.rollup.world import COUNT, indicator, observations, sent

TODAY = date(2024, 4, 1)
DAYS = indicator(statistic=COUNT, level="place")
HEADER = ("area_code", "level", "parent_code", "valid_from", "valid_to", "successors")


def councils(table: str, shares: str = "") -> Partnership:
    """Areas as they stand in areas.csv; and, of areas that were divided, shares as they stand in footprints.csv."""
    rows = [[cell or None for cell in row] for row in drawn(table)]
    areas = pl.DataFrame(rows, schema=dict.fromkeys(HEADER, pl.String), orient="row").with_columns(name="area_code")
    given: dict[str, Any] = {}
    if shares:
        given["footprints"] = pl.DataFrame(
            [(after, before, float(weight)) for after, before, weight in drawn(shares)],
            schema=["area_code", "member_code", "weight"],
            orient="row",
        )
    inclusion = Inclusion(indicator=DAYS.id, outcome="care", tier=Tier.LOCAL, polarity=Polarity.NO_JUDGEMENT)
    framework = Framework(
        id="ours",
        version="1",
        title="Ours",
        publisher="Us",
        source="Us",
        licence="OGL v3.0",
        outcomes=(Outcome(id="care", title="Care"),),
        indicators=(DAYS,),
        inclusions=(inclusion,),
    )
    return partnership_from(frameworks=[framework], areas=areas, area_code="ENG", **given)


def pages_of_today(partnership: Partnership, table: str) -> list[list[str]]:
    rows = [sent("NHS", area, int(days), period=period) for area, period, days in drawn(table)]
    frame = roll_up(observations(rows), partnership, as_of=TODAY).frame
    there = [area.code for area in partnership.areas if area.is_valid(TODAY, TODAY)]
    found = frame.filter(pl.col("area_code").is_in(there)).select(
        "area_code", "period", "numerator", "reason", pl.col("qualifiers").list.join(", ")
    )
    return [["" if cell is None else str(cell) for cell in row] for row in found.iter_rows()]


def test_a_new_code_takes_the_series_on() -> None:
    partnership = councils(
        """
        | area    | level  | parent | from       | to         | successors |
        |---------|--------|--------|------------|------------|------------|
        | ENG     | nation |        |            |            |            |
        | SOM-OLD | place  | ENG    |            | 2023-03-31 | SOM-NEW    |
        | SOM-NEW | place  | ENG    | 2023-04-01 |            |            |
        """
    )
    came = pages_of_today(
        partnership,
        """
        | area    | period  | days |
        |---------|---------|------|
        | SOM-OLD | 2022/23 | 700  |
        | SOM-NEW | 2023/24 | 650  |
        """,
    )
    assert came == drawn(
        """
        | area    | period  | days | reason | to know      |
        |---------|---------|------|--------|--------------|
        | ENG     | 2022/23 | 700  |        |              |
        | ENG     | 2023/24 | 650  |        |              |
        | SOM-NEW | 2022/23 | 700  |        | former areas |
        | SOM-NEW | 2023/24 | 650  |        |              |
        """
    )


def test_a_merger_is_the_sum_of_all_and_says_who_is_missing() -> None:
    partnership = councils(
        """
        | area         | level  | parent | from       | to         | successors   |
        |--------------|--------|--------|------------|------------|--------------|
        | ENG          | nation |        |            |            |              |
        | FOREST-HEATH | place  | ENG    |            | 2019-03-31 | WEST-SUFFOLK |
        | ST-EDMUND    | place  | ENG    |            | 2019-03-31 | WEST-SUFFOLK |
        | WEST-SUFFOLK | place  | ENG    | 2019-04-01 |            |              |
        """
    )
    came = pages_of_today(
        partnership,
        """
        | area         | period  | days |
        |--------------|---------|------|
        | FOREST-HEATH | 2017/18 | 30   |
        | ST-EDMUND    | 2017/18 | 50   |
        | FOREST-HEATH | 2018/19 | 31   |
        """,
    )
    assert came == drawn(
        """
        | area         | period  | days | reason | to know               |
        |--------------|---------|------|--------|-----------------------|
        | ENG          | 2017/18 | 80   |        |                       |
        | ENG          | 2018/19 | 31   |        | partial               |
        | WEST-SUFFOLK | 2017/18 | 80   |        | former areas          |
        | WEST-SUFFOLK | 2018/19 | 31   |        | former areas, partial |
        """
    )


# Christchurch was a district of the old Dorset: it joined Bournemouth and Poole, the rest became the new Dorset
DORSET = """
    | area   | level  | parent | from       | to         | successors |
    |--------|--------|--------|------------|------------|------------|
    | ENG    | nation |        |            |            |            |
    | BOURNE | place  | ENG    |            | 2019-03-31 | BCP        |
    | POOLE  | place  | ENG    |            | 2019-03-31 | BCP        |
    | DOR-CC | place  | ENG    |            | 2019-03-31 | BCP;DORSET |
    | BCP    | place  | ENG    | 2019-04-01 |            |            |
    | DORSET | place  | ENG    | 2019-04-01 |            |            |
    """
DORSET_DAYS = """
    | area   | period  | days |
    |--------|---------|------|
    | BOURNE | 2018/19 | 30   |
    | POOLE  | 2018/19 | 20   |
    | DOR-CC | 2018/19 | 101  |
    | BCP    | 2019/20 | 62   |
    | DORSET | 2019/20 | 88   |
    """


def test_where_a_part_of_an_area_moved_the_series_shows_a_break() -> None:
    assert pages_of_today(councils(DORSET), DORSET_DAYS) == drawn(
        """
        | area   | period  | days | reason         | to know         |
        |--------|---------|------|----------------|-----------------|
        | BCP    | 2018/19 |      | not comparable |                 |
        | BCP    | 2019/20 | 62   |                | break in series |
        | DORSET | 2018/19 |      | not comparable |                 |
        | DORSET | 2019/20 | 88   |                | break in series |
        | ENG    | 2018/19 | 151  |                |                 |
        | ENG    | 2019/20 | 150  |                |                 |
        """
    )


def test_where_footprints_give_shares_the_divided_area_is_shared_out_to_the_unit() -> None:
    partnership = councils(
        DORSET,
        """
        | area   | member | weight |
        |--------|--------|--------|
        | BCP    | DOR-CC | 0.12   |
        | DORSET | DOR-CC | 0.88   |
        """,
    )
    # 12% of 101 days are 12.12
    assert pages_of_today(partnership, DORSET_DAYS) == drawn(
        """
        | area   | period  | days | reason | to know                   |
        |--------|---------|------|--------|---------------------------|
        | BCP    | 2018/19 | 62   |        | apportioned, former areas |
        | BCP    | 2019/20 | 62   |        | break in series           |
        | DORSET | 2018/19 | 89   |        | apportioned, former areas |
        | DORSET | 2019/20 | 88   |        | break in series           |
        | ENG    | 2018/19 | 151  |        |                           |
        | ENG    | 2019/20 | 150  |        |                           |
        """
    )
    # a share is no part of a whole: no page lists the former area among its parts
    assert partnership.footprints.members == {"ENG": ("BCP", "BOURNE", "DOR-CC", "DORSET", "POOLE")}
