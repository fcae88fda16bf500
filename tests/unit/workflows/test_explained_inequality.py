"""What is explained of a gap by deprivation: its unit, both gaps of every period that entered, and the groups."""

from datetime import date
from typing import Any

import pytest

from outcomes.estimates.estimating import estimate
from outcomes.judgement.judging import judge
from outcomes.scorecard.model import ExplanationStep
from outcomes.workflows.explained.case import Case
from outcomes.workflows.explained.signals import explained_signals
from tests.inequality_world import fifths, year
from tests.small_world import Row, inclusion, indicator, measures, world

AS_OF = date(2025, 6, 30)
# of 1,000 people in each fifth: the gap narrows from 20 to 10 points, while the ratio widens from 1.5 to 3
MOST, LEAST = (600, 500, 400, 250, 150), (400, 325, 250, 125, 50)


def _rows() -> list[Row]:
    rows: list[Row] = []
    for step, (most, least) in enumerate(zip(MOST, LEAST, strict=True)):
        period = year(2020 + step)
        counts = [most + (least - most) * place // 4 for place in range(5)]
        rows.append({"period": period, "numerator": sum(counts), "denominator": 5000})
        for group, count in enumerate(counts, 1):
            breakdown = f"deprivation_quintile={group}"
            rows.append({"period": period, "numerator": count, "denominator": 1000, "breakdown": breakdown})
    return rows


def _explained(**terms: Any) -> ExplanationStep:
    partnership = world([indicator(breakdowns=[fifths()], **terms)], [inclusion()])
    counted = measures(*_rows())
    estimates = estimate(counted, partnership)
    (measure,) = partnership.indicators.values()
    (chosen,) = estimates.frame.filter(breakdown="", period=year(2024)).to_dicts()
    judgements = judge(estimates, partnership, as_of=AS_OF)
    case = Case(partnership, measure, chosen, counted, estimates, judgements, AS_OF, {})
    (step,) = explained_signals(case, judgements.frame.filter(signal="inequality").to_dicts())
    return step


@pytest.mark.parametrize(
    ("terms", "unit"),
    [
        ({}, "percentage points"),
        ({"unit": "per 1,000", "statistic": "crude_rate", "multiplier": 1000.0}, "per 1,000"),
    ],
)
def test_a_gap_is_explained_in_its_own_unit(terms: Row, unit: str) -> None:
    assert dict(_explained(**terms).figures)["gap and slope index in"] == unit


def test_both_gaps_of_every_period_are_shown_so_that_a_reader_sees_where_they_part() -> None:
    step = _explained()
    assert step.sentence == "Narrowing."
    (table,) = [table for table in step.tables if table.title == "The gap, period by period"]
    gap, ratio = table.columns.index("gap"), table.columns.index("relative gap")
    assert [row[gap] for row in table.rows] == pytest.approx([20, 17.5, 15, 12.5, 10])
    assert [row[ratio] for row in table.rows] == pytest.approx([m / n for m, n in zip(MOST, LEAST, strict=True)])
