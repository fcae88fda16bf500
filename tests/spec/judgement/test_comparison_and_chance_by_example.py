"""Chance in comparisons told by example: p-values, own earlier values, neighbours, and areas that differ anyway."""

import math
from dataclasses import replace
from datetime import date
from typing import Any

import polars as pl
import pytest

from outcomes.estimates.estimating import estimate
from outcomes.geography.neighbours import NEIGHBOUR_COLUMNS, Neighbours
from outcomes.judgement.judging import judge
from outcomes.judgement.renumbering import renumbered
from outcomes.partnership.model import Partnership
from outcomes.partnership.policy import Policy
from outcomes.protection.protecting import protect
from tests.small_world import Row, benchmark_series, inclusion, indicator, measures, world

AS_OF = date(2025, 11, 22)
PLACES = tuple(f"P{number:02}" for number in range(12))
HES = Policy.model_validate(
    {
        "id": "hes",
        "version": "1",
        "title": "HES",
        "source": "made up",
        "preset": {"suppress_from": 1, "suppress_to": 7, "rounds_to": 5, "checks_complement": True},
    }
)


def _compared(partnership: Partnership, *rows: Row, area_code: str = "PL1") -> Row:
    frame = judge(estimate(measures(*rows), partnership), partnership, as_of=AS_OF).frame
    (found,) = frame.filter(signal="comparison", area_code=area_code, breakdown="").iter_rows(named=True)
    return found


def _world(*benchmarks: str, terms: Row | None = None, given: Row | None = None, **around: Any) -> Partnership:
    return world([indicator(**(terms or {}))], [inclusion(benchmarks=benchmarks, **(given or {}))], **around)


def _many_places(given: Row | None = None, *, series: tuple[Any, ...] = (), places: int = 12) -> Partnership:
    """England ⊃ one system ⊃ so many places; England's percentage is published as 30."""
    named = [(code, f"Place {code}", "place") for code in PLACES[:places]]
    areas = (("E92000001", "England", "nation"), ("SYS1", "Eastvale", "system"), *named)
    steps = (("E92000001", "SYS1"), *(("SYS1", code) for code in PLACES[:places]))
    published = benchmark_series({"value": 30.0})
    return _world("nation", given=given, areas=areas, steps=steps, series=(published, *series))


def _places(counts: list[int], size: int) -> list[Row]:
    return [{"area_code": code, "numerator": x, "denominator": size} for code, x in zip(PLACES, counts, strict=False)]


def test_a_proportion_beside_england_has_the_p_value_of_the_score_test() -> None:
    england = benchmark_series({"value": 13.0})
    found = _compared(_world("nation", series=[england]), {"numerator": 20, "denominator": 100})
    # z = 7 / √(100 · 0.13 · 0.87)
    assert (found["word"], found["against_value"]) == ("worse", 13.0)
    assert found["p_value"] == pytest.approx(math.erfc(7 / math.sqrt(11.31 * 2)), rel=1e-9)


def test_what_is_not_compared_has_no_p_value_but_a_reason() -> None:
    found = _compared(_world("nation"), {"numerator": 20, "denominator": 100})
    assert (found["word"], found["p_value"], found["reason"]) == ("not compared", None, "not available")


def test_a_design_effect_thins_the_count_behind_the_p_value_too() -> None:
    england = benchmark_series({"value": 13.0})
    twins = _world("nation", terms={"design_effect": 2.0}, series=[england])
    found = _compared(twins, {"numerator": 40, "denominator": 200})
    assert found["p_value"] == pytest.approx(math.erfc(7 / math.sqrt(11.31 * 2)), rel=1e-9)


def test_an_own_earlier_value_is_compared_by_the_interval_of_the_difference() -> None:
    # Newcombe 1998, table II (a), tenth method: 56 of 70 less 48 of 80 is 20 points, 5.24 to 33.39
    partnership = _world("own_earlier_value", given={"periods_back": 2})
    now = {"numerator": 56, "denominator": 70}
    before = {"period": "2022/23", "numerator": 48, "denominator": 80}
    found = _compared(partnership, now, before, {"period": "2023/24", "numerator": 80, "denominator": 100})
    assert (found["word"], found["direction"], found["amount"]) == ("worse", "up", 20.0)
    assert (found["against_code"], found["against_value"]) == ("2022/23", 60.0)
    assert found["p_value"] == pytest.approx(math.erfc(1.959963984540054 * 20 / 14.76 / math.sqrt(2)), rel=5e-3)
    # beside a level of exactly 60 % its own interval alone would tell 51 of 70 apart; that of the difference does not
    nearer = _compared(partnership, {"numerator": 51, "denominator": 70}, before)
    assert (nearer["word"], nearer["direction"]) == ("similar", "level")
    assert nearer["p_value"] > 0.05


def test_periods_that_share_days_or_lie_beyond_a_break_are_not_compared_nor_is_nothing() -> None:
    partnership = _world("own_earlier_value", given={"periods_back": 1})
    now, before = {"numerator": 80, "denominator": 100}, {"period": "2023/24", "numerator": 60, "denominator": 100}
    broken = _compared(partnership, {**now, "qualifiers": ["break in series"]}, before)
    assert broken["because"] == "The series begins anew between 2023/24 and 2024/25."
    assert broken["reason"] == "not comparable"
    alone = _compared(partnership, now)
    assert (alone["because"], alone["reason"]) == ("There is no value for 2023/24.", "not available")
    window = {"period_kind": "three_financial_years", "period": "2022/23 to 2024/25", **now}
    pooled = _world("own_earlier_value", terms={"period": "three_financial_years"}, given={"periods_back": 1})
    found = _compared(pooled, window, {**window, "period": "2021/22 to 2023/24"})
    assert found["reason"] == "not comparable"
    assert "shares days with" in found["because"]


def test_statistical_neighbours_are_added_up_ours_before_published_ones() -> None:
    listed = [("PL1", "PL2", "CIPFA", "2024"), ("PL1", "E06000099", "CIPFA", "2024"), ("PL1", "PL9", "CIPFA", "2024")]
    neighbours = Neighbours(pl.DataFrame(listed, schema=NEIGHBOUR_COLUMNS, orient="row").sort("neighbour_code"))
    elsewhere = [
        {"area_code": "E06000099", "numerator": 30, "denominator": 200},
        {"area_code": "PL2", "numerator": 999, "denominator": 1000},
    ]
    partnership = replace(
        _world("statistical_neighbours", series=[benchmark_series(*elsewhere)]), neighbours=neighbours
    )
    own = {"numerator": 18, "denominator": 100}
    found = _compared(partnership, own, {"area_code": "PL2", "numerator": 10, "denominator": 100})
    # (10 + 30) of (100 + 200)
    assert found["against_value"] == pytest.approx(40 / 3, rel=1e-12)
    assert (found["word"], found["against_code"]) == ("similar", "CIPFA 2024")
    assert found["because"] == "2 of its 3 statistical neighbours have figures for this period."
    (nobody,) = (row for row in [_compared(_world("statistical_neighbours"), own)] if row["word"] == "not compared")
    assert nobody["because"] == "No statistical neighbours of Castlewick are recorded."


def test_large_places_have_a_second_word_that_leaves_room_for_how_places_differ() -> None:
    counts = [8_000, 9_000, 10_000, 11_000, 11_500, 12_000, 12_000, 12_500, 13_000, 14_000, 15_000, 22_000]
    partnership, size = _many_places(), 40_000
    rows = _places(counts, size)
    found = {code: _compared(partnership, *rows, area_code=code) for code in PLACES}
    # a second writing of φ and τ²: all places are of one size, so chance's variance is 1 / 4n throughout
    average = sum(counts) / (12 * size)
    scores = sorted(
        (math.asin(math.sqrt(x / size)) - math.asin(math.sqrt(average))) * 2 * math.sqrt(size) for x in counts
    )
    drawn = [scores[1], *scores[1:-1], scores[-2]]
    # of 12 normal scores around their own average this is left, the outermost drawn in: by the density of the second
    phi = sum(z * z for z in drawn) / 12 / 0.660683970242
    tau_squared = (phi - 1) / (4 * size)
    half = 1.959963984540054 * math.sqrt(1 / (4 * size) + tau_squared)
    centre = math.asin(math.sqrt(0.3))
    for code, x in zip(PLACES, counts, strict=True):
        row = found[code]
        assert row["adjusted_areas"] == 12
        assert row["overdispersion"] == pytest.approx(phi, rel=1e-9)
        assert row["lower_adjusted_limit"] == pytest.approx(100 * math.sin(centre - half) ** 2, rel=1e-9)
        assert row["upper_adjusted_limit"] == pytest.approx(100 * math.sin(centre + half) ** 2, rel=1e-9)
        # by chance alone all but those at 30 % differ
        assert (row["word"] == "similar") == (x == 12_000)
    assert [code for code in PLACES if found[code]["adjusted_word"] != "similar"] == ["P11"]
    assert found["P11"]["word"] == "much worse"
    assert found["P11"]["adjusted_word"] in ("worse", "much worse")


def test_below_the_volume_or_where_it_is_not_wanted_there_is_no_second_word() -> None:
    counts = [800, 900, 1_000, 1_100, 1_150, 1_200, 1_200, 1_250, 1_300, 1_400, 1_500, 2_200]
    small = _compared(_many_places({"overdispersion_from": 10_000}), *_places(counts, 9_999), area_code="P11")
    assert (small["word"], small["adjusted_word"], small["adjusted_areas"]) == ("much better", None, None)
    unwanted = _many_places({"overdispersion": "none"})
    assert _compared(unwanted, *_places(counts, 10_000), area_code="P11")["adjusted_areas"] is None
    lower = _many_places({"overdispersion_from": 5_000, "overdispersion": "funnel_multiplicative"})
    assert _compared(lower, *_places(counts, 9_999), area_code="P11")["adjusted_areas"] == 12
    # where nothing is said, it is asked from 500 on
    few = [x // 20 for x in counts]
    for size, areas in ((499, None), (500, 12)):
        assert _compared(_many_places(), *_places(few, size), area_code="P11")["adjusted_areas"] == areas


def test_fewer_than_ten_places_are_too_few_and_published_ones_are_counted_with_them() -> None:
    counts = [8_000, 9_000, 10_000, 11_000, 12_000, 12_000, 13_000, 14_000, 22_000]
    few = _compared(_many_places(), *_places(counts, 40_000), area_code="P08")
    assert (few["adjusted_word"], few["adjusted_areas"], few["overdispersion"]) == (None, 9, None)
    published = benchmark_series(
        {"area_code": "P09", "numerator": 12_500, "denominator": 40_000},
        {"area_code": "P10", "numerator": 11_500, "denominator": 40_000},
        series_id="elsewhere",
    )
    many = _compared(_many_places(series=(published,)), *_places(counts, 40_000), area_code="P08")
    assert many["adjusted_areas"] == 11
    assert many["adjusted_word"] is not None


def _printed(partnership: Partnership, *rows: Row) -> Row:
    """What the comparison of Castlewick says under the policy."""
    given = measures(*rows)
    words = judge(estimate(given, partnership), partnership, as_of=AS_OF)
    protected = protect(given, words, partnership, policy="hes")
    numbers = judge(estimate(protected.measures, partnership), partnership, as_of=AS_OF)
    frame = renumbered(protected.judgements, numbers).frame
    (found,) = frame.filter(signal="comparison", area_code="PL1", breakdown="").iter_rows(named=True)
    return found


def test_a_hidden_own_earlier_value_takes_the_word_that_is_held_against_it() -> None:
    partnership = replace(_world("own_earlier_value", given={"periods_back": 1}), policies={"hes": HES})
    now, before = {"numerator": 60, "denominator": 100}, {"period": "2023/24", "denominator": 100}
    hidden = _printed(partnership, now, {**before, "numerator": 5})
    assert (hidden["word"], hidden["reason"], hidden["direction"]) == ("cannot tell", "confidential", None)
    assert hidden["because"] == "A count that it is held against is too small to show."
    assert (hidden["against_value"], hidden["amount"], hidden["p_value"]) == (None, None, None)
    shown = _printed(partnership, now, {**before, "numerator": 40}, {**before, "period": "2022/23", "numerator": 5})
    assert (shown["word"], shown["against_value"]) == ("worse", 40.0)


def test_a_hidden_area_above_takes_the_word_unless_its_figure_is_published() -> None:
    rows = ({"numerator": 60, "denominator": 100}, {"area_code": "E92000001", "numerator": 5, "denominator": 100})
    for series, word in (((), "cannot tell"), ((benchmark_series({"value": 5.0}),), "much worse")):
        partnership = replace(_world("nation", series=series), policies={"hes": HES})
        assert _printed(partnership, *rows)["word"] == word


def test_a_hidden_place_has_neither_p_value_nor_second_word_and_the_others_numbers_leave_it_out() -> None:
    counts = [8_000, 9_000, 10_000, 11_000, 11_500, 12_000, 12_000, 12_500, 13_000, 14_000, 5, 22_000]
    partnership = replace(_many_places(), policies={"hes": HES})
    given = measures(*_places(counts, 40_000))
    words = judge(estimate(given, partnership), partnership, as_of=AS_OF)
    assert words.frame.filter(signal="comparison", area_code="P10")["p_value"].item() < 0.001
    protected = protect(given, words, partnership, policy="hes")
    hidden = protected.judgements.frame.filter(signal="comparison", area_code="P10")
    numbers = ["p_value", "adjusted_word", "adjusted_areas", "overdispersion", "lower_adjusted_limit"]
    assert hidden.select(numbers).row(0) == (None,) * 5
    # what all twelve made is withheld everywhere, until the shown ones have made it again
    assert protected.judgements.frame["overdispersion"].null_count() == protected.judgements.frame.height
    shown = estimate(protected.measures, partnership)
    printed = renumbered(protected.judgements, judge(shown, partnership, as_of=AS_OF)).frame
    told = printed.filter(signal="comparison")
    assert told.filter(area_code="P10").select(numbers).row(0) == (None,) * 5
    assert set(told.filter(area_code="P11")["adjusted_areas"]) == {11}
    assert told.filter(area_code="P11")["p_value"].item() is not None
