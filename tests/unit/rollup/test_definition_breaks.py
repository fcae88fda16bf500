"""Where a definition says that a measure is counted in another way from a day on: which figures are marked."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import polars as pl
import pytest

from outcomes.framework.model import Indicator
from outcomes.partnership.model import Partnership
from outcomes.rollup.definition_breaks import with_definition_breaks
from outcomes.rollup.model import PLACE_MEASURE_COLUMNS
from outcomes.vocabulary import Qualifier
from tests.unit.rollup.world import SEX, indicator, measured, partner, sent, world

BREAK = Qualifier.BREAK_IN_SERIES.value
# the neighbourhoods, and the places, system, region and nation above them
EVERYWHERE = ("E92", "N1", "N2", "N3", "P1", "P2", "R1", "S1")


def broken(*days: str, **more: Any) -> Indicator:
    return indicator(breaks=[{"from": day, "because": "another way of counting"} for day in days], **more)


def of_years(*years: str, area: str = "N1", **more: Any) -> list[dict[str, Any]]:
    return [sent("A", area, 10, 100, period=year, **more) for year in years]


def marked(partnership: Partnership, rows: Sequence[dict[str, Any]]) -> set[tuple[str, str]]:
    """The areas and periods whose measure has a break in series."""
    frame = measured(partnership, *rows).frame
    return set(frame.filter(pl.col("qualifiers").list.contains(BREAK)).select("area_code", "period").iter_rows())


def one_series(*indicators: Indicator) -> Partnership:
    return world(*indicators, areas=[("N1", "neighbourhood")], footprints=())


def test_the_first_figure_from_the_day_on_is_marked_in_every_series() -> None:
    years = ("2022/23", "2023/24", "2024/25", "2025/26")
    rows = [row for area in ("N1", "N2", "N3") for row in of_years(*years, area=area)]
    assert marked(world(broken("2024-04-01")), rows) == {(code, "2024/25") for code in EVERYWHERE}


def test_where_the_first_year_is_missing_the_next_figure_is_marked() -> None:
    assert marked(one_series(broken("2024-04-01")), of_years("2022/23", "2025/26")) == {("N1", "2025/26")}


def test_a_first_row_without_a_number_is_passed_over() -> None:
    rows = [*of_years("2023/24"), sent("A", "N1", None, period="2024/25", status="not_available"), *of_years("2025/26")]
    assert marked(one_series(broken("2024-04-01")), rows) == {("N1", "2025/26")}


def test_nothing_breaks_where_no_number_is_before_the_day() -> None:
    assert marked(one_series(broken("2024-04-01")), of_years("2024/25", "2025/26")) == set()
    rows = [sent("A", "N1", None, period="2023/24", status="not_available"), *of_years("2024/25")]
    assert marked(one_series(broken("2024-04-01")), rows) == set()


def test_nothing_breaks_where_no_figure_is_after_the_day() -> None:
    assert marked(one_series(broken("2024-04-01")), of_years("2022/23", "2023/24")) == set()


@pytest.mark.parametrize(
    ("day", "first"), [("2024-04-01", "2024/25"), ("2024-04-02", "2025/26"), ("2025-03-31", "2025/26")]
)
def test_a_period_that_straddles_the_day_belongs_to_what_went_before(day: str, first: str) -> None:
    assert marked(one_series(broken(day)), of_years("2023/24", "2024/25", "2025/26")) == {("N1", first)}
    # where it is all that went before, too
    assert marked(one_series(broken("2024-10-01")), of_years("2024/25", "2025/26")) == {("N1", "2025/26")}


def test_each_of_two_breaks_is_marked() -> None:
    years = ("2020/21", "2021/22", "2022/23", "2023/24", "2024/25")
    found = marked(one_series(broken("2021-04-01", "2023-04-01")), of_years(*years))
    assert found == {("N1", "2021/22"), ("N1", "2023/24")}


def test_two_breaks_in_one_gap_are_one_mark() -> None:
    frame = measured(
        one_series(broken("2021-04-01", "2023-04-01")), *of_years("2020/21", "2023/24", "2024/25")
    ).frame.sort("period_start")
    assert frame["qualifiers"].to_list() == [[], [BREAK], []]


def test_another_measure_area_group_or_rhythm_is_another_series() -> None:
    partnership = world(
        broken("2024-04-01", breakdowns=[SEX]),
        indicator("whole"),
        areas=[("N1", "neighbourhood"), ("N2", "neighbourhood")],
        footprints=(),
    )
    rows = [
        *of_years("2023/24", "2024/25"),
        # begins with the new way of counting, as a group and as an area
        *of_years("2024/25", breakdown="sex=Female"),
        *of_years("2024/25", area="N2"),
        # has no such break
        *of_years("2023/24", "2024/25", indicator="whole"),
        # of a longer year, and only since
        *of_years("2025", kind="calendar_year"),
    ]
    frame = measured(partnership, *rows).frame
    found = frame.filter(pl.col("qualifiers").list.contains(BREAK))
    columns = ("indicator_id", "area_code", "breakdown", "period_kind", "period")
    assert found.select(columns).rows() == [("checks", "N1", "", "financial_year", "2024/25")]


def test_a_figure_is_marked_by_the_breaks_of_its_own_version() -> None:
    first = indicator(valid_to="2024-03-31")
    second = broken("2024-04-01", version=2, valid_from="2024-04-01")
    rows = [*of_years("2022/23", "2023/24"), *of_years("2024/25", "2025/26", version=2)]
    # the series goes on through versions: what is before it is of the first
    assert marked(one_series(first, second), rows) == {("N1", "2024/25")}
    earlier = broken("2023-04-01", valid_to="2024-03-31")
    later = indicator(version=2, valid_from="2024-04-01")
    assert marked(one_series(earlier, later), rows) == {("N1", "2023/24")}
    # nothing of the version whose break it is comes after it
    assert marked(one_series(earlier, later), [rows[0], *rows[2:]]) == set()


def test_a_break_that_two_versions_name_is_marked_once() -> None:
    versions = [broken("2023-04-01", version=version) for version in (1, 2)]
    rows = [*of_years("2022/23", "2023/24"), *of_years("2024/25", version=2)]
    assert marked(one_series(*versions), rows) == {("N1", "2023/24")}


def test_versions_side_by_side_are_each_marked() -> None:
    # a comparison is of one version, and none of the two goes on across the day
    versions = [broken("2024-04-01", version=version) for version in (1, 2)]
    rows = [row for version in (1, 2) for row in of_years("2023/24", "2024/25", version=version)]
    frame = measured(one_series(*versions), *rows).frame
    found = frame.filter(pl.col("qualifiers").list.contains(BREAK)).select("indicator_version", "period")
    assert found.sort("indicator_version").rows() == [(1, "2024/25"), (2, "2024/25")]


def test_other_qualifiers_stay_and_the_rows_keep_their_order() -> None:
    partnership = one_series(broken("2024-04-01"))
    frame = measured(partnership, *of_years("2023/24", "2024/25")).frame
    others = frame.with_columns(pl.Series("qualifiers", [["apportioned"], ["apportioned", "provisional"]]))
    found = with_definition_breaks(others.reverse(), partnership).reverse()
    assert found["qualifiers"].to_list() == [["apportioned"], ["apportioned", BREAK, "provisional"]]
    assert found.drop("qualifiers").equals(frame.drop("qualifiers"))
    assert found.schema == frame.schema


def test_measures_without_breaks_are_the_same_table() -> None:
    nothing = pl.DataFrame(schema=PLACE_MEASURE_COLUMNS)
    assert with_definition_breaks(nothing, world(indicator())) is nothing
    assert with_definition_breaks(nothing, world(broken("2024-04-01"))).equals(nothing)


def test_a_partner_that_was_merged_and_a_definition_that_changed_are_both_seen() -> None:
    partners = [
        partner("A", ["checks"], ["N1"], valid_to=date(2023, 3, 31), successor="C"),
        partner("B", ["checks"], ["N2"], valid_to=date(2023, 3, 31), successor="C"),
        partner("C", ["checks"], ["N1", "N2"], valid_from=date(2023, 4, 1)),
    ]
    partnership = world(
        broken("2024-04-01"),
        areas=[("N1", "neighbourhood"), ("N2", "neighbourhood")],
        footprints=(),
        partners=partners,
    )
    rows = [
        *(sent("A", "N1", 10, 100, period=year) for year in ("2021/22", "2022/23")),
        *(sent("C", "N1", 10, 100, period=year) for year in ("2023/24", "2024/25", "2025/26")),
    ]
    assert marked(partnership, rows) == {("N1", "2023/24"), ("N1", "2024/25")}
