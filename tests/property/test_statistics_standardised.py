"""What must hold for any indirectly standardised ratio, rate of repeat events, life expectancy, quantile and rank."""

import math
from itertools import pairwise
from typing import Any

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st
from polars.testing import assert_frame_equal

from outcomes import statistics
from outcomes.statistics.life_expectancy import BAND_STARTS
from outcomes.statistics.quantiles import QUANTILE_METHODS

LIMITS = ["lower_ci_95", "upper_ci_95", "lower_ci_99_8", "upper_ci_99_8"]
MOST = 10**12
few = settings(max_examples=50, deadline=None)
any_float = st.floats(allow_nan=True, allow_infinity=True) | st.none()


def check_rows(table: pl.DataFrame) -> None:
    """Every row has a value inside both its intervals, the wider around the narrower, or a reason and no number."""
    for row in table.rows(named=True):
        numbers = [row["value"], *(row[limit] for limit in LIMITS)]
        if row["reason"] is None:
            assert all(math.isfinite(number) for number in numbers)
            inner_lower, inner_upper, outer_lower, outer_upper = numbers[1:]
            assert outer_lower <= inner_lower <= row["value"] <= inner_upper <= outer_upper
        else:
            assert numbers == [None] * 5


# indirectly standardised ratios and rates

strata = st.lists(
    st.tuples(
        st.sampled_from(["E1", "E2"]),
        st.integers(0, 30) | st.integers(0, MOST),
        st.integers(1, MOST),
        st.integers(0, MOST),
        st.integers(1, MOST),
    ),
    min_size=1,
    max_size=12,
)
wild_strata = st.lists(
    st.tuples(st.sampled_from(["E1", "E2"]), any_float, any_float, any_float, any_float), min_size=1, max_size=4
)


def indirect(rows: list[Any], *, is_rate: bool = False, **options: Any) -> pl.DataFrame:
    names = ("x", "n", "x_ref", "n_ref")
    schema = {"area_code": pl.String, **dict.fromkeys(names, pl.Float64)}
    method = statistics.indirectly_standardised_rate if is_rate else statistics.indirectly_standardised_ratio
    return method(
        pl.DataFrame(rows, schema=schema, orient="row", strict=False),
        numerator="x",
        denominator="n",
        reference_numerator="x_ref",
        reference_denominator="n_ref",
        by="area_code",
        **options,
    )


@few
@given(strata, st.data())
def test_ratios_hold_their_value_and_permuted_strata_give_the_same_bits(rows: list[Any], data: st.DataObject) -> None:
    permuted = data.draw(st.permutations(rows))
    for is_rate in (False, True):
        table = indirect(rows, is_rate=is_rate)
        check_rows(table)
        assert_frame_equal(table, indirect(permuted, is_rate=is_rate), check_exact=True)


@few
@given(wild_strata)
def test_no_strata_make_a_ratio_of_nan_or_inf(rows: list[Any]) -> None:
    for is_rate in (False, True):
        for missing in ("refuse", "zero"):
            check_rows(indirect(rows, is_rate=is_rate, missing_events=missing))


@few
@given(strata, st.integers(1, 1000))
def test_a_ratio_ignores_the_size_of_the_reference_and_scales_with_the_multiplier(rows: list[Any], factor: int) -> None:
    larger = [(area, x, n, x_ref * factor, n_ref * factor) for area, x, n, x_ref, n_ref in rows]
    pairs = zip(indirect(rows, multiplier=1).rows(named=True), indirect(larger).rows(named=True), strict=True)
    for one, other in pairs:
        if one["value"] is not None and other["value"] is not None:
            for name in ("value", *LIMITS):
                assert math.isclose(one[name] * 100, other[name], rel_tol=1e-12)


# rates of repeat events

admissions = st.lists(
    st.tuples(st.sampled_from("AB"), st.integers(0, 1000) | st.integers(0, MOST), st.integers(1, 6)),
    min_size=1,
    max_size=10,
    unique_by=lambda row: (row[0], row[2]),
)


def repeat_events(rows: list[tuple[str, int, int]], populations: tuple[int, int], **options: Any) -> pl.DataFrame:
    of_stratum = dict(zip("AB", populations, strict=True))
    frame = pl.DataFrame(rows, schema={"stratum": pl.String, "persons": pl.Float64, "each": pl.Int64}, orient="row")
    return statistics.directly_standardised_rate_of_repeat_events(
        frame.with_columns(
            pl.col("stratum").replace_strict(of_stratum, return_dtype=pl.Int64).alias("population"),
            pl.col("stratum").replace_strict({"A": 7, "B": 3}, return_dtype=pl.Int64).alias("weight"),
            pl.lit("E1").alias("area_code"),
        ),
        persons="persons",
        events_each="each",
        denominator="population",
        standard_population="weight",
        stratum="stratum",
        by="area_code",
        **options,
    )


@few
@given(admissions, st.tuples(st.integers(1, MOST), st.integers(1, MOST)), st.data())
def test_rates_of_repeat_events_hold_their_value_in_any_order_and_are_no_narrower_than_of_single_ones(
    rows: list[tuple[str, int, int]], populations: tuple[int, int], data: st.DataObject
) -> None:
    table = repeat_events(rows, populations)
    check_rows(table)
    assert_frame_equal(table, repeat_events(data.draw(st.permutations(rows)), populations), check_exact=True)
    if table["value"][0] is not None:
        singles: dict[str, int] = {}
        for stratum, persons, each in rows:
            singles[stratum] = singles.get(stratum, 0) + persons * each
        single = repeat_events([(stratum, events, 1) for stratum, events in singles.items()], populations)
        assert table["upper_ci_95"][0] >= single["upper_ci_95"][0] * (1 - 1e-12)


# life expectancy

band = st.tuples(st.integers(0, 400), st.integers(400, 20_000)).map(lambda row: (row[0], row[1]))
band_tables = st.lists(band, min_size=20, max_size=20)


def lives(rows: list[tuple[Any, Any]], **options: Any) -> pl.DataFrame:
    frame = pl.DataFrame(rows, schema={"deaths": pl.Float64, "persons": pl.Float64}, orient="row", strict=False)
    frame = frame.with_columns(pl.Series("age", BAND_STARTS[: len(rows)]), pl.lit("E1").alias("area_code"))
    order = options.pop("order", list(range(len(rows))))
    return statistics.life_expectancy(
        frame[order], deaths="deaths", population="persons", band_start="age", by="area_code", **options
    )


@few
@given(band_tables, st.permutations(range(20)))
def test_life_expectancies_hold_their_value_in_any_order_of_the_bands(rows: list[Any], order: list[int]) -> None:
    table = lives(rows)
    check_rows(table)
    assert_frame_equal(table, lives(rows, order=order), check_exact=True)


@few
@given(st.lists(st.tuples(any_float, any_float), min_size=20, max_size=20))
def test_no_bands_make_a_life_of_nan_or_inf(rows: list[Any]) -> None:
    check_rows(lives(rows))


@few
@given(band_tables, st.integers(2, 10**7))
def test_so_many_times_the_people_live_as_long_with_a_narrower_interval(rows: list[Any], factor: int) -> None:
    small = lives(rows)
    large = lives([(deaths * factor, persons * factor) for deaths, persons in rows])
    for one, other in zip(small.rows(named=True), large.rows(named=True), strict=True):
        if one["value"] is not None:
            assert math.isclose(one["value"], other["value"], rel_tol=1e-10)
            width, narrower = (row["upper_ci_95"] - row["lower_ci_95"] for row in (one, other))
            assert math.isclose(width / math.sqrt(factor), narrower, rel_tol=1e-6, abs_tol=1e-9)


@few
@given(band_tables, st.integers(0, 19))
def test_one_more_death_never_lengthens_a_life(rows: list[Any], place: int) -> None:
    more = [(deaths + (at == place), persons + 1) for at, (deaths, persons) in enumerate(rows)]
    same = [(deaths, persons + 1) for deaths, persons in rows]
    before, after = lives(same)["value"][0], lives(more)["value"][0]
    if before is not None and after is not None:
        assert after <= before * (1 + 1e-12)


# quantiles and ranks

measured = st.lists(st.integers(-20, 20) | st.floats(-1e6, 1e6) | st.none(), min_size=1, max_size=40)


def quantiles(values: list[Any], **options: Any) -> list[int | None]:
    frame = pl.DataFrame({"value": values}, schema={"value": pl.Float64}, strict=False)
    found = frame.select(statistics.quantile("value", **{"fewest_areas": 1, **options}).struct.field("quantile"))
    return found["quantile"].to_list()


@few
@given(measured, st.integers(2, 10), st.sampled_from(QUANTILE_METHODS), st.data())
def test_quantiles_follow_the_values_ties_share_and_order_does_not_matter(
    values: list[Any], count: int, method: str, data: st.DataObject
) -> None:
    found = quantiles(values, quantiles=count, method=method)
    pairs = sorted((value, place) for value, place in zip(values, found, strict=True) if value is not None)
    if len(pairs) < count:
        assert set(found) == {None}
        return
    for (value, place), (next_value, next_place) in pairwise(pairs):
        assert place is not None
        assert next_place is not None
        assert 1 <= place <= next_place <= count
        assert value != next_value or place == next_place
    order = data.draw(st.permutations(range(len(values))))
    assert quantiles([values[at] for at in order], quantiles=count, method=method) == [found[at] for at in order]
    mirrored = [None if value is None else -value for value in values]
    assert quantiles(mirrored, quantiles=count, method=method, highest_first=True) == found


@few
@given(st.integers(2, 60), st.integers(2, 10), st.sampled_from(QUANTILE_METHODS))
def test_without_ties_no_class_is_empty_and_none_is_twice_another_but_for_one(n: int, count: int, method: str) -> None:
    if n >= count:
        found = quantiles(list(range(n)), quantiles=count, method=method)
        sizes = [found.count(place) for place in range(1, count + 1)]
        assert min(sizes) >= 1
        assert max(sizes) - min(sizes) <= 2


intervals = st.lists(st.tuples(st.integers(-50, 50), st.integers(0, 40), st.integers(0, 40)), min_size=1, max_size=25)


def rank_table(rows: list[tuple[int, int, int]], sign: int = 1, **options: Any) -> pl.DataFrame:
    ends = [(sign * value, *sorted((sign * (value - below), sign * (value + above)))) for value, below, above in rows]
    frame = pl.DataFrame(ends, schema={"value": pl.Float64, "lower": pl.Float64, "upper": pl.Float64}, orient="row")
    table = statistics.ranks(frame, value="value", lower="lower", upper="upper", **options)
    return table.drop("value", "lower", "upper")


@few
@given(intervals, st.data())
def test_a_rank_lies_in_its_interval_which_grows_with_confidence(rows: list[Any], data: st.DataObject) -> None:
    table = rank_table(rows)
    surer = rank_table(rows, joint_confidence=0.999)
    for row, wide in zip(table.rows(named=True), surer.rows(named=True), strict=True):
        assert 1 <= row["rank_lower"] <= row["rank_first"] <= row["rank_last"] <= row["rank_upper"] <= len(rows)
        assert wide["rank_lower"] <= row["rank_lower"]
        assert row["rank_upper"] <= wide["rank_upper"]
    assert_frame_equal(rank_table(rows, sign=-1, highest_first=False), table, check_exact=True)
    order = data.draw(st.permutations(range(len(rows))))
    assert_frame_equal(rank_table([rows[at] for at in order]), table[order], check_exact=True)
