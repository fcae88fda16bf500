"""What a page says of a measure that is counted in another way from a day on, as its definition names it."""

from datetime import date
from pathlib import Path
from typing import Any

import polars as pl

from outcomes.framework.model import Framework, Inclusion, Indicator, Outcome
from outcomes.intake.from_frame import observations
from outcomes.partnership.building import partnership_from
from outcomes.partnership.model import Partner, Partnership, Supply
from outcomes.report.site import write_html
from outcomes.scorecard.collection import Scorecards
from outcomes.scorecard.model import DefinitionBreak, IndicatorLine
from outcomes.vocabulary import Qualifier, Word
from outcomes.workflows.scoring import scorecards

TODAY = date(2026, 7, 1)
YEARS = [f"{year}/{year - 1999}" for year in range(2018, 2026)]
BECAUSE = "another collection took its place"


def _world(*breaks: str, **more: Any) -> Partnership:
    given: dict[str, Any] = {
        "id": "payments",
        "name": "Payments",
        "statistic": "proportion",
        "numerator_definition": "Paid",
        "denominator_definition": "Asked",
        "multiplier": 100,
        "unit": "%",
        "period": "financial_year",
        "level": "place",
        "source": "Ours",
        "licence": "OGL v3.0",
        "breaks": [{"from": day, "because": BECAUSE} for day in breaks],
    }
    terms: dict[str, Any] = {
        "indicator": "payments",
        "outcome": "health",
        "tier": "local",
        "polarity": "higher_is_better",
        "polarity_agreed_by": "A meeting",
        "benchmarks": ("own_earlier_value",),
        "periods_back": 1,
    }
    framework = Framework(
        id="ours",
        version="1",
        title="Ours",
        publisher="Us",
        source="Us",
        licence="OGL v3.0",
        outcomes=(Outcome(id="health", title="Health"),),
        indicators=(Indicator.model_validate(given),),
        inclusions=(Inclusion.model_validate(terms | more),),
    )
    areas = pl.DataFrame({"area_code": ["P1"], "name": ["Place"], "level": ["place"], "parent_code": [None]})
    supply = Supply(indicators=("payments",))
    partner = Partner(code="A", name="A", type="publisher", footprint=("P1",), supplies=(supply,))
    return partnership_from(frameworks=[framework], areas=areas, partners=[partner], area_code="P1")


def _cards(partnership: Partnership) -> Scorecards:
    rows = [("payments", "P1", year, 100 + 60 * place, 1000) for place, year in enumerate(YEARS)]
    columns = ["indicator_id", "area_code", "period", "numerator", "denominator"]
    sent = observations(pl.DataFrame(rows, schema=columns, orient="row"), partnership, partner="A")
    return scorecards(partnership, sent, as_of=TODAY, policy="none")


def _line(partnership: Partnership) -> IndicatorLine:
    (line,) = _cards(partnership).cards[0].lines
    return line


def test_a_trend_does_not_run_across_a_break_that_the_definition_names() -> None:
    assert _line(_world()).trend.word is Word.IMPROVING
    line = _line(_world("2024-04-01"))
    breaks = [point.period for point in line.points if Qualifier.BREAK_IN_SERIES in point.value.qualifiers]
    assert breaks == ["2024/25"]
    assert line.trend.word is Word.CANNOT_TELL
    # five years since an earlier one are enough
    assert (_line(_world("2021-04-01")).trend.word, _line(_world("2021-04-01")).trend.points) == (Word.IMPROVING, 5)


def test_no_earlier_value_of_its_own_is_compared_across_it() -> None:
    (across,) = _line(_world("2025-04-01")).comparisons
    assert (across.word, across.because) == (
        Word.NOT_COMPARED,
        "The series begins anew between 2024/25 and 2025/26.",
    )
    (since,) = _line(_world("2024-04-01")).comparisons
    assert since.word is Word.BETTER


def test_the_page_of_the_measure_says_from_which_day_and_why(tmp_path: Path) -> None:
    cards = _cards(_world("2024-04-01"))
    expected = (DefinitionBreak(day=date(2024, 4, 1), because=BECAUSE),)
    assert cards.cards[0].lines[0].definition.breaks == expected
    write_html(cards, tmp_path)
    for name in ("places/P1.html", "indicators/P1/payments.html"):
        assert f"From 1 April 2024: {BECAUSE}" in (tmp_path / name).read_text(encoding="utf-8")


def test_a_page_of_a_measure_without_breaks_says_nothing_of_them(tmp_path: Path) -> None:
    for path in write_html(_cards(_world()), tmp_path):
        if path.suffix == ".html":
            assert BECAUSE not in path.read_text(encoding="utf-8")
