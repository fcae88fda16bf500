"""Every side of a dispute has its own figure, worked out alone by the same method, and hidden like any other."""

from dataclasses import replace
from datetime import date
from typing import Any

import polars as pl
import pytest

from outcomes.estimates.estimating import estimate
from outcomes.judgement.model import JUDGEMENT_COLUMNS, Judgements
from outcomes.partnership.model import Partnership
from outcomes.partnership.policy import Policy, Preset
from outcomes.protection.protecting import protect
from outcomes.rollup.rolling import roll_up
from outcomes.scorecard.disputes import POSITION_COLUMNS
from outcomes.table import empty_table
from outcomes.workflows.positions import positions_of_values
from tests.small_world import indicator, world
from tests.unit.ledger.handmade import figure, observations

DAY = date(2026, 8, 1)
FALLS = indicator("falls", period="month")


@pytest.fixture
def partnership() -> Partnership:
    small = Policy(id="small", version="1", title="Small", preset=Preset(suppress_from=1, suppress_to=7))
    return replace(world([FALLS]), policies={"small": small})


def of(partner: str, numerator: int | None, **terms: Any) -> dict[str, Any]:
    return figure(numerator, **{"partner_code": partner, "source_code": partner, "area_code": "PL1", **terms})


def positions(rows: list[dict[str, Any]], partnership: Partnership, policy: str | None) -> pl.DataFrame:
    given = observations(rows)
    measures = roll_up(given, partnership, as_of=DAY)
    nothing = Judgements(empty_table(JUDGEMENT_COLUMNS), DAY, 0)
    shown = measures if policy is None else protect(measures, nothing, partnership, policy=policy).measures
    printed = estimate(shown, partnership).frame
    found = positions_of_values(given, partnership, as_of=DAY, policy=policy, printed=printed)
    assert found.schema == dict(POSITION_COLUMNS)
    return found


def test_each_side_has_the_value_that_it_alone_would_give(partnership: Partnership) -> None:
    rows = [of("RXX", 40), of("RYY", 60)]
    found = positions(rows, partnership, None)
    alone = [positions_alone(row, partnership) for row in rows]
    assert found.select("partner_code", "value", "lower_ci_95", "is_taken").rows() == [
        ("RXX", *alone[0], True),
        ("RYY", *alone[1], False),
    ]
    assert alone[0] != alone[1]


def positions_alone(row: dict[str, Any], partnership: Partnership) -> tuple[float, float]:
    frame = estimate(roll_up(observations([row]), partnership, as_of=DAY), partnership).frame
    (found,) = frame.filter(pl.col("area_code") == "PL1").select("value", "lower_ci_95").rows()
    return found[0], found[1]


def test_a_small_count_of_either_side_is_hidden(partnership: Partnership) -> None:
    rows = [of("RXX", 40), of("RYY", 3)]
    found = positions(rows, partnership, "small")
    assert [value is None for value in found["value"]] == [False, True]
    assert found["reason"].to_list() == [None, "confidential"]
    # where the printed figure is hidden, every side is: what is left would give it away
    turned = positions([of("RXX", 3), of("RYY", 40)], partnership, "small")
    assert turned["value"].to_list() == [None, None]
    assert turned["lower_ci_95"].to_list() == [None, None]
    assert turned["reason"].to_list() == ["confidential", "confidential"]


def test_nobody_disagrees_and_there_is_no_position(partnership: Partnership) -> None:
    assert positions([of("RXX", 40), of("RYY", 40)], partnership, None).is_empty()
    assert positions([], partnership, None).is_empty()
