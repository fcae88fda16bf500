"""Which area lay in which on a day, and the refusal to mix judgements of two dates."""

from datetime import date

import polars as pl
import pytest

from outcomes.estimates.model import Estimates
from outcomes.geography.footprints import FOOTPRINT_COLUMNS, Footprints
from outcomes.judgement.judging import judge
from outcomes.judgement.renumbering import renumbered
from outcomes.judgement.wholes import areas_above
from outcomes.partnership.model import Partnership
from tests.small_world import estimates, inclusion, indicator, world


def _dated() -> Partnership:
    """Castlewick moves from Eastvale to Westvale on 1 April 2024."""
    plain = world([])
    rows = [
        ("SYS1", "PL1", 1.0, None, date(2024, 3, 31)),
        ("SYS2", "PL1", 1.0, date(2024, 4, 1), None),
        ("REG1", "SYS1", 1.0, None, None),
        ("REG1", "SYS2", 1.0, None, None),
        ("E92000001", "REG1", 1.0, None, None),
    ]
    footprints = Footprints(pl.DataFrame(rows, schema=FOOTPRINT_COLUMNS, orient="row"))
    return Partnership(plain.description, plain.frameworks, plain.areas, footprints)


def test_an_area_lies_where_the_footprints_of_the_day_put_it() -> None:
    days = pl.Series([date(2024, 3, 31), date(2024, 4, 1)])
    found = areas_above(_dated(), days).filter(area_code="PL1", level_above="system")
    assert found.select("period_end", "code_above", "codes_above").rows() == [
        (date(2024, 3, 31), "SYS1", 1),
        (date(2024, 4, 1), "SYS2", 1),
    ]


def test_every_level_above_is_found_through_the_steps_between() -> None:
    found = areas_above(world([]), pl.Series([date(2024, 1, 1)])).filter(area_code="PL9")
    assert found.select("level_above", "code_above").rows() == [
        ("nation", "E92000001"),
        ("region", "REG1"),
        ("system", "SYS2"),
    ]


def test_no_days_make_no_rows() -> None:
    assert areas_above(world([]), pl.Series([], dtype=pl.Date)).is_empty()


def test_judgements_of_two_dates_are_not_mixed() -> None:
    partnership = world([indicator()], [inclusion()])
    one, other = (judge(estimates({"value": 1.0}), partnership, as_of=date(2025, 11, day)) for day in (1, 2))
    with pytest.raises(ValueError, match="found numbers as of 2025-11-02, expected 2025-11-01"):
        renumbered(one, other)


def test_no_estimates_make_no_judgements() -> None:
    partnership = world([indicator()], [inclusion(benchmarks=("nation", "other_places"))])
    nothing = Estimates(estimates({"value": 1.0}).frame.clear())
    assert judge(nothing, partnership, as_of=date(2025, 11, 1)).frame.is_empty()
