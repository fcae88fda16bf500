"""Builds the cases that the tests of explanations ask about, and works out what is printed of them."""

import math
from collections.abc import Sequence
from datetime import date

from outcomes.estimates.estimating import estimate
from outcomes.judgement.judging import judge
from outcomes.partnership.model import Partnership
from outcomes.scorecard.figures import rows_with_submitted
from outcomes.scorecard.model import ExplanationStep, Working
from outcomes.statistics.life_table import BAND_STARTS
from outcomes.workflows.explained.case import Case
from outcomes.workflows.explained.signals import explained_signals
from tests.small_world import Row, benchmark_series, measures
from tests.workings import worked_out

AS_OF = date(2026, 11, 22)
BANDS = [{"dimension": "age_band", "categories": ("0-64", "65+")}]
LIVES = ["0", "1-4", *(f"{start}-{start + 4}" for start in BAND_STARTS[2:-1]), "90+"]
STANDARD = benchmark_series(
    {"breakdown": "age_band=0-64", "numerator": 30, "denominator": 9000},
    {"breakdown": "age_band=65+", "numerator": 90, "denominator": 3000},
    series_id="standard",
    kind="standard_population",
)


def holds(working: Working) -> None:
    """Hold the result to what its printed text comes to."""
    said, printed = worked_out(working.with_numbers)
    # ten digits are printed, and differences lose some of them
    assert math.isclose(said, printed, rel_tol=1e-6, abs_tol=1e-9), working.with_numbers
    assert math.isclose(printed, working.result, rel_tol=1e-9, abs_tol=1e-12)
    assert working.inputs


def case_of(partnership: Partnership, rows: Sequence[Row], area_code: str = "PL1", period: str = "") -> Case:
    """Return the case of an area's latest figure, or that of a period."""
    counted = measures(*rows)
    estimates = estimate(counted, partnership)
    (version,) = partnership.indicators.values()
    found = [
        row
        for row in rows_with_submitted(estimates.frame.sort("period_start"), estimates.submitted)
        if row["area_code"] == area_code and not row["breakdown"] and period in ("", row["period"])
    ]
    judgements = judge(estimates, partnership, as_of=AS_OF)
    names = {area.code: area.name for area in partnership.areas}
    return Case(partnership, version, found[-1], counted, estimates, judgements, AS_OF, names)


def steps_of(case: Case, signal: str) -> tuple[ExplanationStep, ...]:
    """Return the steps of one signal about the case's figure."""
    frame = case.judgements.frame.filter(signal=signal, area_code=case.chosen["area_code"], breakdown="")
    return explained_signals(case, frame.to_dicts())
