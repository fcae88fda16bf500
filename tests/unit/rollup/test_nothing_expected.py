"""Areas of which nothing is expected: a marker of theirs is no sum, and nobody misses them."""

from dataclasses import replace
from datetime import date

import polars as pl
import pytest

from outcomes.geography.areas import Areas
from outcomes.partnership.model import Partnership
from outcomes.vocabulary import Reason
from tests.unit.rollup.test_succession import DAYS, changing
from tests.unit.rollup.world import COUNT, indicator, measured, rolled, sent, world

STEPS = [("P1", "N1"), ("P1", "N2"), ("P2", "N3"), ("S1", "P1"), ("S1", "P2")]
LEVELS = [("P1", "place"), ("P2", "place"), ("S1", "system"), ("N1", "neighbourhood"), ("N2", "neighbourhood")]


def of_remainder() -> Partnership:
    """N3 is all of P2, and a remainder."""
    partnership = world(indicator(statistic=COUNT), areas=[*LEVELS, ("N3", "neighbourhood")], footprints=STEPS)
    return replace(partnership, areas=Areas(partnership.areas.frame, frozenset({"N3"})))


def of_ended() -> Partnership:
    """N3 is all of P2, and ended before the period."""
    ended = ("N3", "neighbourhood", None, date(2020, 3, 31))
    return world(indicator(statistic=COUNT), areas=[*LEVELS, ended], footprints=STEPS)


@pytest.mark.parametrize("partnership", [of_remainder(), of_ended()])
def test_a_whole_of_a_marker_alone_has_its_reason(partnership: Partnership) -> None:
    row = rolled(partnership, sent("A", "N3", None, status="not_available"))["P2"]
    assert (row["numerator"], row["reason"], row["parts_expected"]) == (None, Reason.NOT_AVAILABLE, 0)


@pytest.mark.parametrize("partnership", [of_remainder(), of_ended()])
def test_a_marker_alone_does_not_stand_before_what_was_given_for_the_whole(partnership: Partnership) -> None:
    measures = measured(partnership, sent("A", "N3", None, status="suppressed"), sent("B", "P2", 37))
    row = measures.frame.filter(pl.col("area_code") == "P2").row(0, named=True)
    assert (row["numerator"], row["reason"]) == (37, None)
    assert measures.submitted.is_empty()


@pytest.mark.parametrize("partnership", [of_remainder(), of_ended()])
def test_nobody_misses_the_number_of_a_marker_where_another_area_is_missing(partnership: Partnership) -> None:
    rows = [sent("A", "N1", 5), sent("A", "N3", None, status="not_available")]
    row = rolled(partnership, *rows)["S1"]
    assert (row["numerator"], row["missing_parts"], row["coverage"]) == (5, ["N2"], 0.5)
    # its number counts where it came
    counted = rolled(partnership, sent("A", "N1", 5), sent("A", "N3", 2))["S1"]
    assert (counted["numerator"], counted["missing_parts"]) == (7, ["N2"])


def test_an_area_counts_beside_a_successor_of_another_level() -> None:
    partnership = changing(DAYS, ended=[("A", 2023, "P")], begun=[("P", 2023)])
    place = pl.when(pl.col("area_code") == "P").then(pl.lit("place")).otherwise("level")
    partnership = replace(partnership, areas=Areas(partnership.areas.frame.with_columns(level=place)))
    # the figure of P enters no sum of councils: that of A is not twice in the region
    assert rolled(partnership, sent("X", "A", 5), sent("X", "P", 7))["R1"]["numerator"] == 5
