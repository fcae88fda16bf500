"""Builds small worlds of measures by deprivation: five or ten groups a year, drawn as their two ends."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from outcomes.framework.model import Breakdown
from outcomes.judgement.judging import judge
from outcomes.judgement.model import Judgements
from outcomes.partnership.model import Partnership
from tests.small_world import Row, estimates, inclusion, indicator, world

AS_OF = date(2025, 6, 30)
LAST_YEAR = 2024
FIFTHS = ("1", "2", "3", "4", "5")


def year(number: int) -> str:
    """Return a financial year's canonical text."""
    return f"{number}/{(number + 1) % 100:02d}"


def fifths(**terms: Any) -> Breakdown:
    """Return a breakdown by fifths, the most deprived first."""
    given: Row = {"dimension": "deprivation_quintile", "categories": FIFTHS, "deprivation": "most_deprived_first"}
    return Breakdown(**{**given, **terms})


def group_rows(values: Sequence[float | Row | None], period: str, **terms: Any) -> list[Row]:
    """Return one row for each group of a period; None is no row, a row of its own overrides."""
    rows: list[Row] = []
    for number, value in enumerate(values, 1):
        if value is None:
            continue
        own: Row = value if isinstance(value, dict) else {"value": value}
        key = {"period": period, "breakdown": f"deprivation_quintile={number}", "denominator": 200.0}
        rows.append({**key, **terms, **own})
    return rows


def drawn(ends: str, averages: str = "20 20 20 20 20", *, last: int = LAST_YEAR, **terms: Any) -> list[Row]:
    """Return the rows of a drawn series: `most/least` a year, its last in the last year; `-` a year without groups.

    The groups between the ends lie on the straight line, so that the middle one is half way.
    """
    rows: list[Row] = []
    marks, wholes = ends.split(), averages.split()
    for place, (mark, average) in enumerate(zip(marks, wholes, strict=True)):
        period = year(last + 1 - len(marks) + place)
        rows.append({"period": period, "value": float(average), "denominator": 1000.0})
        if mark != "-":
            most, least = (float(end) for end in mark.split("/"))
            rows += group_rows([most + (least - most) * step / 4 for step in range(5)], period, **terms)
    return rows


def unequal_world(terms: Row | None = None, **asked: Any) -> Partnership:
    """Return a world of one measure that is collected by fifths."""
    return world([indicator(**{"breakdowns": [fifths()], **(terms or {})})], [inclusion(**asked)])


def judged(rows: Sequence[Row], terms: Row | None = None, **asked: Any) -> Judgements:
    """Return the judgements of rows of estimates."""
    return judge(estimates(*rows), unequal_world(terms, **asked), as_of=AS_OF)


def word_of(judgements: Judgements) -> Row:
    """Return the one row of the fifth signal."""
    (row,) = judgements.frame.filter(signal="inequality").iter_rows(named=True)
    return row


def gap_of(judgements: Judgements, period: int = LAST_YEAR) -> Row:
    """Return the gap of one year."""
    (row,) = judgements.gaps.filter(period_start=date(period, 4, 1)).iter_rows(named=True)
    return row
