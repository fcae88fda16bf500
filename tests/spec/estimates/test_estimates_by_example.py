"""Estimates told by example: a table of figures in, a table of values, intervals and reasons out."""

import polars as pl
import pytest

from outcomes.estimates.estimating import estimate
from tests.small_world import Row, indicator, measures, world

BANDS = [{"dimension": "age_band", "categories": ("0-64", "65+")}]
INDICATORS = [
    indicator("smoking"),
    indicator("falls", statistic="crude_rate", multiplier=100_000.0),
    indicator("falls_byar", statistic="crude_rate", multiplier=100_000.0, method="byar"),
    indicator("halves", statistic="crude_rate", multiplier=100.0, numerator_scale=2),
    indicator("stay", statistic="mean", multiplier=1.0, numerator="number", numerator_scale=10),
    indicator("visits", statistic="count", denominator="none", multiplier=1.0),
    indicator("balance", statistic="count", denominator="none", multiplier=1.0, allow_negative=True),
    indicator("staffing", statistic="ratio", multiplier=1.0),
    indicator("score", statistic="published_value", denominator="none"),
    indicator("years", statistic="life_expectancy", multiplier=1.0),
    indicator("smr", statistic="indirectly_standardised_ratio", multiplier=100.0),
    indicator(
        "deaths",
        statistic="directly_standardised_rate",
        multiplier=1000.0,
        strata="age_band",
        standard_population="esp2013",
        breakdowns=BANDS,
    ),
]

# columns: indicator, figures, value, 95 % interval, method, why there is none ((c): cannot be calculated)
# golden: Wilson, exact Poisson and Byar by the reference files' own examples; t from tables (t = 4.3027, 2 df)
DRAWN = """
    smoking    | numerator=20 denominator=100            | 20   | 13.3367 28.8829 | wilson        |
    smoking    | numerator=0 denominator=0               | none |                 |               | (c) zero denominator
    smoking    | numerator=6 denominator=5               | none |                 |               | (c) impossible input
    smoking    | reason=return rejected                  | none |                 |               | return rejected
    falls      | numerator=5 denominator=100000          | 5    | 1.6235 11.6683  | exact_or_byar |
    falls_byar | numerator=20 denominator=100000         | 20   | 12.2114 30.8899 | byar          |
    halves     | numerator=40 denominator=100            | 20   | 12.2114 30.8899 | exact_or_byar |
    stay       | numerator=60 denominator=3 squares=1400 | 2    | -0.4841 4.4841  | student_t     |
    stay       | numerator=155 denominator=5             | 3.1  |                 |               | no spread
    visits     | numerator=20                            | 20   | 12.2114 30.8899 | exact_or_byar |
    balance    | numerator=-7                            | -7   |                 |               | no spread
    staffing   | numerator=9 denominator=4               | 2.25 |                 |               | no spread
    staffing   | numerator=9 denominator=0               | none |                 |               | (c) zero denominator
    score      | value=71.5 lower=70 upper=73            | 71.5 | 70 73           | as_published  |
    score      | value=71.5                              | 71.5 |                 | as_published  | no spread
    score      | value=71.5 lower=80 upper=90            | 71.5 |                 | as_published  | impossible input
    smoking    | value=18 lower=17 upper=19              | 18   | 17 19           | as_published  |
    years      | value=81.2 lower=80.9 upper=81.5        | 81.2 | 80.9 81.5       | as_published  |
    years      | numerator=12 denominator=100            | none |                 |               | not available
    smr        | numerator=12 denominator=100            | none |                 |               | not available
    deaths     | numerator=12 denominator=100            | none |                 |               | (c) missing stratum
"""
LINES = [[cell.strip() for cell in line.split("|")] for line in DRAWN.strip().splitlines()]


def _row(indicator_id: str, figures: str) -> Row:
    names = {"squares": "sum_of_squares", "lower": "lower_ci_95", "upper": "upper_ci_95"}
    row: Row = {"indicator_id": indicator_id}
    if figures.startswith("reason="):
        return {**row, "reason": figures.removeprefix("reason=")}
    for figure in figures.split():
        name, number = figure.split("=")
        is_number = name in ("value", "lower", "upper")
        row[names.get(name, name)] = float(number) if is_number else int(number)
    return {**row, "basis": "published"} if "value" in row else row


@pytest.mark.parametrize("line", LINES, ids=[f"{line[0]}: {line[1]}" for line in LINES])
def test_each_drawn_figure_has_the_drawn_estimate(line: list[str]) -> None:
    indicator_id, figures, value, interval, method, why = line
    (found,) = estimate(measures(_row(indicator_id, figures)), world(INDICATORS)).frame.iter_rows(named=True)

    assert found["value"] == (None if value == "none" else pytest.approx(float(value), abs=1e-12))
    limits = [found["lower_ci_95"], found["upper_ci_95"]]
    expected = [float(limit) for limit in interval.split()]
    assert limits == (pytest.approx(expected, abs=5e-5) if expected else [None, None])
    assert found["method"] == (method or None)
    said = ": ".join(word for word in (found["reason"], found["detail"]) if word)
    assert said == why.replace("(c)", "cannot be calculated:")


def test_the_wide_interval_lies_around_the_narrow_one() -> None:
    (found,) = estimate(measures({"numerator": 20, "denominator": 100}), world(INDICATORS)).frame.iter_rows(named=True)
    assert found["lower_ci_99_8"] < found["lower_ci_95"] < found["value"]
    assert found["value"] < found["upper_ci_95"] < found["upper_ci_99_8"]


def _stratum(band: str, **figures: object) -> Row:
    return {"indicator_id": "deaths", "basis": "strata", "breakdown": f"age_band={band}", **figures}


def test_a_standardised_rate_is_made_of_all_its_strata_and_stands_under_everybody() -> None:
    young = _stratum("0-64", numerator=10, denominator=1000, partner_codes=["PB"], coverage=1.0)
    old = _stratum("65+", numerator=30, denominator=500, coverage=0.95, qualifiers=["partial"])
    (found,) = estimate(measures(young, old), world(INDICATORS)).frame.iter_rows(named=True)

    # weights of the European Standard Population of 2013: 80,500 under 65 and 19,500 from 65
    assert found["value"] == pytest.approx(1000 * (0.805 * 10 / 1000 + 0.195 * 30 / 500), abs=1e-12)
    assert (found["breakdown"], found["numerator"], found["denominator"]) == ("", 40.0, 1500.0)
    assert (found["basis"], found["method"]) == ("strata", "dobson_byar")
    assert (found["coverage"], found["qualifiers"], found["partner_codes"]) == (0.95, ["partial"], ["PA", "PB"])


@pytest.mark.parametrize(
    ("old", "said"),
    [
        (None, ("cannot be calculated", "missing stratum")),
        (_stratum("65+", reason="missing"), ("missing", None)),
        (_stratum("65+", numerator=1, denominator=0), ("cannot be calculated", "zero denominator")),
        (_stratum("75+", numerator=30, denominator=500), ("cannot be calculated", "impossible input")),
    ],
)
def test_a_standardised_rate_that_lacks_a_stratum_has_a_reason(old: Row | None, said: tuple[str, str | None]) -> None:
    rows = [_stratum("0-64", numerator=10, denominator=1000), *([old] if old else [])]
    (found,) = estimate(measures(*rows), world(INDICATORS)).frame.iter_rows(named=True)
    assert (found["value"], found["reason"], found["detail"]) == (None, *said)


def test_a_hidden_stratum_hides_the_rate_and_every_number_of_it_whatever_else_is_missing() -> None:
    rows = [_stratum("0-64", reason="missing", denominator=1000), _stratum("65+", reason="confidential", denominator=9)]
    (found,) = estimate(measures(*rows), world(INDICATORS)).frame.iter_rows(named=True)
    assert (found["reason"], found["value"], found["numerator"], found["denominator"]) == ("confidential", *[None] * 3)


def test_a_confidential_figure_shows_not_even_its_denominator() -> None:
    (found,) = estimate(measures({"reason": "confidential", "denominator": 12}), world(INDICATORS)).frame.iter_rows(
        named=True
    )
    assert found["denominator"] is None


def test_estimates_keep_what_roll_up_said_of_the_parts() -> None:
    given = measures(
        {"numerator": 1, "denominator": 4, "coverage": 0.93, "parts_expected": 3, "missing_parts": ["PL2"]},
        {"numerator": 1, "denominator": 4, "area_code": "SYS1", "qualifiers": ["partial", "provisional"]},
    )
    found = estimate(given, world(INDICATORS)).frame
    kept = ["area_code", "level", "period", "coverage", "parts_expected", "missing_parts", "qualifiers"]
    assert found.select(kept).equals(given.frame.select(kept))


def test_no_figures_make_no_estimates() -> None:
    assert estimate(measures(), world(INDICATORS)).frame.is_empty()


def test_the_order_of_the_figures_does_not_matter() -> None:
    rows = [_row(line[0], line[1]) | {"area_code": f"A{number}"} for number, line in enumerate(LINES)]
    forwards = estimate(measures(*rows), world(INDICATORS)).frame
    assert forwards.equals(estimate(measures(*rows[::-1]), world(INDICATORS)).frame)
    assert forwards.filter(pl.col("value").is_null() & pl.col("reason").is_null()).is_empty()
