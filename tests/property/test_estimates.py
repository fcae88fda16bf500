"""What holds for every estimate, whatever the figures."""

import math

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from outcomes.estimates.estimating import estimate
from outcomes.vocabulary import Basis, Reason
from tests.small_world import Row, indicator, measures, world

BANDS = [{"dimension": "age_band", "categories": ("0-64", "65+")}]
PARTNERSHIP = world(
    [
        indicator("proportion"),
        indicator("crude_rate", statistic="crude_rate", numerator_scale=2, denominator_scale=10),
        indicator("mean", statistic="mean", numerator="number", numerator_scale=100),
        indicator("count", statistic="count", denominator="none"),
        indicator("ratio", statistic="ratio", allow_negative=True),
        indicator("published_value", statistic="published_value", denominator="none"),
        indicator(
            "rate",
            statistic="directly_standardised_rate",
            strata="age_band",
            standard_population="esp2013",
            breakdowns=BANDS,
        ),
    ]
)
WHOLE_NUMBERS = st.one_of(st.none(), st.integers(-3, 60), st.integers(-(10**15), 10**15))
NUMBERS = st.one_of(st.none(), st.floats(allow_nan=True, allow_infinity=True))


@st.composite
def figures(draw: st.DrawFn) -> list[Row]:
    rows: list[Row] = []
    for number in range(draw(st.integers(1, 6))):
        indicator_id = draw(st.sampled_from([key[0] for key in PARTNERSHIP.indicators]))
        is_published = indicator_id == "published_value" or draw(st.booleans())
        bands = ("0-64", "65+") if indicator_id == "rate" and not is_published else ("",)
        for band in bands:
            row: Row = {
                "indicator_id": indicator_id,
                "area_code": f"A{number}",
                "numerator": draw(WHOLE_NUMBERS),
                "denominator": draw(WHOLE_NUMBERS),
                "sum_of_squares": draw(WHOLE_NUMBERS),
                "breakdown": f"age_band={band}" if band else "",
                "basis": (Basis.PUBLISHED if is_published else Basis.STRATA if band else Basis.COUNTS).value,
                "reason": draw(st.sampled_from([None, None, None, *(reason.value for reason in Reason)])),
            }
            if is_published:
                row |= {name: draw(NUMBERS) for name in ("value", "lower_ci_95", "upper_ci_95")}
            rows.append(row)
    return rows


@settings(deadline=None, max_examples=150)
@given(figures())
def test_a_value_is_a_number_inside_its_intervals_or_has_a_reason(rows: list[Row]) -> None:
    for row in estimate(measures(*rows), PARTNERSHIP).frame.iter_rows(named=True):
        limits = [row[name] for name in ("lower_ci_99_8", "lower_ci_95", "value", "upper_ci_95", "upper_ci_99_8")]
        given_numbers = [number for number in limits if number is not None]
        assert all(math.isfinite(number) for number in given_numbers)
        assert given_numbers == sorted(given_numbers)
        assert (row["value"] is None) == (row["reason"] is not None)
        assert row["value"] is not None or not given_numbers
        # a value without an interval says why; one with an interval has nothing to excuse
        if row["value"] is not None:
            assert (row["lower_ci_95"] is None) == (row["detail"] is not None)


@settings(deadline=None, max_examples=100)
@given(figures())
def test_a_measure_with_a_reason_keeps_it_and_a_confidential_one_has_no_number(rows: list[Row]) -> None:
    given_rows = measures(*rows)
    found = estimate(given_rows, PARTNERSHIP).frame
    key = ["indicator_id", "area_code", "breakdown"]
    with_reason = given_rows.frame.filter(pl.col("reason").is_not_null() & ~pl.col("breakdown").str.contains("age"))
    kept = with_reason.join(found, on=key, how="left")
    assert kept["reason_right"].to_list() == with_reason["reason"].to_list()
    hidden = found.filter(pl.col("reason") == "confidential")
    assert all(hidden[name].drop_nulls().is_empty() for name in ("numerator", "denominator", "value"))


@settings(deadline=None, max_examples=60)
@given(figures(), st.randoms(use_true_random=False))
def test_the_same_figures_in_any_order_give_the_same_bits(rows: list[Row], random: object) -> None:
    shuffled = list(rows)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    one, other = (estimate(measures(*given_rows), PARTNERSHIP).frame for given_rows in (rows, shuffled))
    assert one.equals(other)
