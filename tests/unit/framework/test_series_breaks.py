"""A break in series that a definition names: its form, and what is refused."""

from datetime import date

import pytest
from pydantic import ValidationError

from outcomes.exchange.catalogue_files import catalogue_csv, catalogue_json
from outcomes.framework.catalogue import catalogue_of
from outcomes.framework.loading import bundled_framework
from outcomes.framework.model import Indicator
from outcomes.framework.series_break import SeriesBreak
from outcomes.report.catalogue_page import catalogue_page

INDICATOR: dict[str, object] = {
    "id": "a",
    "name": "A",
    "statistic": "count",
    "numerator_definition": "A",
    "period": "financial_year",
    "level": "place",
    "source": "Us",
    "licence": "OGL",
}


def broken(*days: str, **more: object) -> Indicator:
    breaks = [{"from": day, "because": "another collection took its place"} for day in days]
    return Indicator.model_validate({**INDICATOR, "breaks": breaks, **more})


def test_breaks_are_read_as_they_stand_in_yaml() -> None:
    assert [one.from_day for one in broken("2019-04-01", "2024-04-01").breaks] == [date(2019, 4, 1), date(2024, 4, 1)]
    assert broken().breaks == ()


def test_the_first_and_the_last_day_of_a_version_may_be_those_of_breaks() -> None:
    found = broken("2019-04-01", "2024-03-31", valid_from="2019-04-01", valid_to="2024-03-31")
    assert len(found.breaks) == 2


@pytest.mark.parametrize(
    ("days", "more", "message"),
    [
        (("2024-04-01", "2019-04-01"), {}, "breaks: 2019-04-01 stands after 2024-04-01; the earliest is expected"),
        (("2024-04-01", "2024-04-01"), {}, "breaks: 2024-04-01 stands twice; one break is expected for each day"),
        (
            ("2024-03-31",),
            {"valid_from": "2024-04-01"},
            "breaks: 2024-03-31 is before valid_from 2024-04-01; a break is expected within the days of its version",
        ),
        (
            ("2024-04-01",),
            {"valid_to": "2024-03-31"},
            "breaks: 2024-04-01 is after valid_to 2024-03-31; a break is expected within the days of its version",
        ),
    ],
)
def test_breaks_that_cannot_stand_are_refused(days: tuple[str, ...], more: dict[str, object], message: str) -> None:
    with pytest.raises(ValidationError) as refused:
        broken(*days, **more)
    assert message in str(refused.value)


def test_everything_that_is_wrong_is_said_at_once() -> None:
    with pytest.raises(ValidationError) as refused:
        broken("2024-04-01", "2019-04-01", valid_to="2023-03-31")
    assert "2019-04-01 stands after 2024-04-01" in str(refused.value)
    assert "2024-04-01 is after valid_to 2023-03-31" in str(refused.value)


@pytest.mark.parametrize("given", [{"from": "2024-04-01"}, {"because": "so"}, {"from": "2024-04-01", "because": ""}])
def test_a_break_has_a_day_and_a_reason(given: dict[str, str]) -> None:
    with pytest.raises(ValidationError):
        SeriesBreak.model_validate(given)


def test_the_adult_social_care_measures_that_left_the_older_collection_break_in_2024() -> None:
    ascof = bundled_framework("ascof").indicators
    days = {(one.id, tuple(day.from_day for day in one.breaks)) for one in ascof if one.breaks}
    assert {"ascof-3d-2a", "ascof-3d-2b"} <= {name for name, _ in days}
    assert {found for _, found in days} == {(date(2024, 4, 1),)}
    # what the field says is not told in words once more
    assert not [one.id for one in ascof if "break in series" in one.limits_of_use]


def test_the_catalogue_says_where_a_series_breaks() -> None:
    listed = catalogue_of([bundled_framework("ascof", indicators=["ascof-3d-2a"])])
    reason = "the client level data took the place of the SALT collection"
    assert f"From 1 April 2024: {reason}" in catalogue_page(listed)
    assert f"2024-04-01: {reason}" in catalogue_csv(listed).decode()
    assert '"from_day": "2024-04-01"' in catalogue_json(listed).decode()
