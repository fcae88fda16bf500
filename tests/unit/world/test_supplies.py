"""Who is to send what for which area, and the figures that are therefore expected."""

import time
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from outcomes.framework.model import Framework, Inclusion, Indicator
from outcomes.partnership.building import partnership_from
from outcomes.partnership.calendar import Calendar
from outcomes.partnership.loading import load_partnership
from outcomes.partnership.model import Partner, Partnership, Supply
from outcomes.partnership.supplies import EXPECTED_COLUMNS, SUPPLY_COLUMNS, expected_figures, supplies
from outcomes.vocabulary import PartnerType
from tests.world_folder import write_world

BEFORE = date(2025, 3, 31)
FIRST = date(2025, 12, 1)
SECOND = date(2026, 4, 1)


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Partnership:
    return load_partnership(write_world(tmp_path_factory.mktemp("supplies") / "world"))


def _rows(frame: pl.DataFrame, indicator: str) -> list[tuple[str, str, str]]:
    return frame.filter(pl.col("indicator_id") == indicator).select("partner_code", "area_code", "source_code").rows()


def test_partners_yaml_says_who_supplies_where_no_agreement_does(world: Partnership) -> None:
    found = supplies(world, FIRST)
    assert dict(found.schema) == SUPPLY_COLUMNS
    assert _rows(found, "carers") == [("C1", "PL1", ""), ("T1", "PL1", ""), ("T1", "PL2", "")]
    assert _rows(found, "smoking") == [("T1", "PL1", "GP"), ("T1", "PL1", "T1")]


def test_a_footprint_holds_everything_below_it_and_the_indicators_level_chooses(world: Partnership) -> None:
    assert _rows(supplies(world, FIRST), "falls") == [("T1", f"NB{number}", "") for number in (1, 2, 3, 4)]


def test_an_agreement_in_force_says_it_for_what_it_covers_and_for_nothing_else(world: Partnership) -> None:
    found = supplies(world, SECOND)
    assert _rows(found, "smoking") == [("C1", "PL1", "")]
    assert _rows(found, "carers") == _rows(supplies(world, FIRST), "carers")


def test_an_agreement_that_is_not_signed_says_nothing(tmp_path: Path) -> None:
    changes = {"agreements/PL1.yaml": (", signed_on: 2026-03-20", "")}
    unsigned = load_partnership(write_world(tmp_path / "world", changes))
    assert _rows(supplies(unsigned, SECOND), "smoking") == [("T1", "PL1", "GP"), ("T1", "PL1", "T1")]


def _expected(world: Partnership, as_of: date, partner: str, indicator: str) -> list[tuple[str, int, str, date]]:
    frame = expected_figures(world, as_of)
    assert dict(frame.schema) == EXPECTED_COLUMNS
    own = frame.filter(pl.col("partner_code") == partner, pl.col("indicator_id") == indicator)
    return own.select("area_code", "indicator_version", "period", "due_on").rows()


def test_a_figure_is_expected_for_every_ended_period_since_the_calendar_begins(world: Partnership) -> None:
    assert expected_figures(world, date(2025, 6, 29)).is_empty()
    assert _expected(world, date(2025, 6, 30), "C1", "carers") == [("PL1", 1, "2025/26 Q1", date(2025, 7, 30))]


def test_each_period_has_the_version_that_held_on_its_last_day(world: Partnership) -> None:
    found = _expected(world, date(2026, 1, 1), "C1", "carers")
    assert [(version, period) for _, version, period, _ in found] == [
        (1, "2025/26 Q1"),
        (1, "2025/26 Q2"),
        (2, "2025/26 Q3"),
    ]


def test_an_area_is_expected_only_for_periods_that_lie_within_its_dates(world: Partnership) -> None:
    areas = {area for area, *_ in _expected(world, date(2025, 7, 1), "T1", "falls")}
    assert areas == {"NB1", "NB3", "NB4"}


def test_a_rule_for_an_indicator_goes_before_the_rule_of_its_rhythm(world: Partnership) -> None:
    assert _expected(world, date(2026, 4, 1), "C1", "smoking") == [("PL1", 1, "2025/26", date(2026, 6, 29))]


def test_several_sources_of_one_figure_are_one_figure_expected(world: Partnership) -> None:
    assert _expected(world, date(2026, 3, 31), "T1", "smoking") == [("PL1", 1, "2025/26", date(2026, 6, 29))]


def test_a_partner_that_has_ended_is_expected_to_send_nothing_more(tmp_path: Path) -> None:
    changes = {"partners.yaml": ("valid_from: 2020-04-01", "valid_to: 2025-07-15")}
    world = load_partnership(write_world(tmp_path / "world", changes))
    assert [period for _, _, period, _ in _expected(world, date(2026, 1, 1), "C1", "carers")] == ["2025/26 Q1"]


def test_without_a_first_day_nothing_is_expected(tmp_path: Path) -> None:
    world = load_partnership(write_world(tmp_path / "world", {"calendar.yaml": ("returns_from: 2025-04-01\n", "")}))
    assert expected_figures(world, date(2026, 4, 1)).is_empty()
    assert dict(expected_figures(world, date(2026, 4, 1)).schema) == EXPECTED_COLUMNS


def test_three_hundred_thousand_expected_figures_take_seconds() -> None:
    def indicator(number: int) -> Indicator:
        return Indicator.model_validate(
            {
                "id": f"i{number}",
                "name": "n",
                "statistic": "count",
                "numerator_definition": "n",
                "period": "month",
                "level": "neighbourhood",
                "source": "s",
                "licence": "l",
            }
        )

    indicators = tuple(indicator(number) for number in range(30))
    terms = tuple(
        Inclusion.model_validate({"indicator": one.id, "outcome": "o", "tier": "local", "polarity": "no_judgement"})
        for one in indicators
    )
    framework = Framework.model_validate(
        {
            "id": "f",
            "version": "1",
            "title": "t",
            "publisher": "p",
            "source": "s",
            "licence": "l",
            "outcomes": ({"id": "o", "title": "O"},),
        }
    ).model_copy(update={"indicators": indicators, "inclusions": terms})
    codes = [f"N{number}" for number in range(400)]
    areas = pl.DataFrame(
        {
            "area_code": ["S", "P", *codes],
            "name": ["S", "P", *codes],
            "level": ["system", "place", *["neighbourhood"] * 400],
            "parent_code": [None, "S", *["P"] * 400],
        }
    )
    partner = Partner(
        code="T",
        name="T",
        type=PartnerType.NHS_TRUST,
        footprint=("S",),
        supplies=(Supply(indicators=tuple(one.id for one in indicators)),),
    )
    world = partnership_from(
        frameworks=[framework], areas=areas, partners=[partner], calendar=Calendar(returns_from=date(2024, 1, 1))
    )
    started = time.perf_counter()
    found = expected_figures(world, date(2026, 1, 31))
    assert found.height == 30 * 400 * 25
    assert time.perf_counter() - started < 20


def test_what_one_partner_supplies_is_its_part_of_what_all_supply() -> None:
    from outcomes.bundled import bundled_folder
    from outcomes.partnership.loading import load_partnership

    eastvale = load_partnership(bundled_folder("examples", "eastvale"))
    day = date(2026, 11, 22)
    everything = supplies(eastvale, day)
    assert everything.height > 0
    for partner in eastvale.partners:
        alone = supplies(eastvale, day, partner=partner.code)
        assert alone.equals(everything.filter(pl.col("partner_code") == partner.code))
    assert supplies(eastvale, day, partner="nobody").is_empty()
