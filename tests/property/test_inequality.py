"""What holds for every gap by deprivation, whatever the figures."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from outcomes.judgement.judging import judge
from outcomes.judgement.model import Judgements
from outcomes.vocabulary import Word
from tests.inequality_world import AS_OF, LAST_YEAR, fifths, group_rows, judged, unequal_world, word_of, year
from tests.small_world import Row, estimates

VALUES = st.floats(5.0, 95.0).map(lambda value: round(value, 2))
HALF_WIDTHS = st.floats(0.2, 12.0).map(lambda value: round(value, 2))
# five years of an average and five groups, each with half its interval
SERIES = st.lists(st.tuples(*([VALUES] * 6), HALF_WIDTHS), min_size=3, max_size=7)
FEW = settings(max_examples=15, deadline=None)
TOLD = ("absolute_gap", "absolute_gap_lower_ci_95", "absolute_gap_upper_ci_95", "slope_index", "relative_gap")


def _rows(series: list[tuple[float, ...]], turn: float = 1.0, shift: float = 0.0, scale: float = 1.0) -> list[Row]:
    """Rows of a series; every value times `turn` and `scale`, plus `shift`."""

    def figure(value: float, half: float) -> Row:
        middle = (turn * value + shift) * scale
        limits = {"lower_ci_95": middle - half * scale, "upper_ci_95": middle + half * scale}
        outer = {"lower_ci_99_8": middle - 1.5 * half * scale, "upper_ci_99_8": middle + 1.5 * half * scale}
        return {"value": middle, **limits, **outer}

    rows: list[Row] = []
    for place, (average, *groups, half) in enumerate(series):
        period = year(LAST_YEAR + 1 - len(series) + place)
        rows.append({"period": period, "denominator": 1000.0, **figure(average, half)})
        rows += group_rows([figure(value, half) for value in groups], period)
    return rows


def _numbers(found: Judgements, *names: str) -> list[Any]:
    return [value for row in found.gaps.select(names or TOLD).iter_rows() for value in row]


@FEW
@given(SERIES)
def test_a_mirrored_measure_with_the_mirrored_polarity_has_the_same_word(series: list[tuple[float, ...]]) -> None:
    straight = judged(_rows(series), polarity="lower_is_better")
    mirrored = judged(_rows(series, turn=-1.0, shift=100.0), polarity="higher_is_better")
    assert word_of(straight)["word"] == word_of(mirrored)["word"]
    assert word_of(straight)["because"] == word_of(mirrored)["because"]
    for gap, other in zip(_numbers(straight, "absolute_gap"), _numbers(mirrored, "absolute_gap"), strict=True):
        assert gap == pytest.approx(-other)


@FEW
@given(SERIES)
def test_an_unjudged_measure_has_the_numbers_and_no_word(series: list[tuple[float, ...]]) -> None:
    found, other = judged(_rows(series), polarity="no_judgement"), judged(_rows(series))
    assert word_of(found)["word"] == "cannot tell"
    assert found.gaps.equals(other.gaps)


@FEW
@given(SERIES)
def test_groups_named_the_other_way_round_with_the_order_turned_are_the_same(series: list[tuple[float, ...]]) -> None:
    turned = {"breakdowns": [fifths(categories=("5", "4", "3", "2", "1"), deprivation="least_deprived_first")]}
    straight, other = judged(_rows(series)), judged(_rows(series), turned)
    assert straight.gaps.equals(other.gaps)
    assert straight.frame.equals(other.frame)


@FEW
@given(SERIES)
def test_the_most_and_the_least_deprived_exchanged_turn_the_gap_and_not_the_word(
    series: list[tuple[float, ...]],
) -> None:
    # what falls from the most to the least deprived rises: the gap has another sign, and the same size
    straight = judged(_rows(series))
    exchanged = judged(_rows([(average, *groups[::-1], half) for average, *groups, half in series]))
    assert word_of(straight)["word"] == word_of(exchanged)["word"]
    names = ("absolute_gap", "slope_index")
    for gap, other in zip(_numbers(straight, *names), _numbers(exchanged, *names), strict=True):
        assert (gap is None) == (other is None)
        assert gap is None or gap == pytest.approx(-other, abs=1e-9)


@FEW
@given(SERIES, st.randoms(use_true_random=False))
def test_the_order_of_rows_is_nothing(series: list[tuple[float, ...]], chance: Any) -> None:
    rows = _rows(series)
    mixed = list(rows)
    chance.shuffle(mixed)
    straight, other = (judge(estimates(*given_rows), unequal_world(), as_of=AS_OF) for given_rows in (rows, mixed))
    assert straight.frame.equals(other.frame)
    assert straight.gaps.equals(other.gaps)


@FEW
@given(SERIES)
def test_the_scale_on_which_a_measure_is_printed_moves_no_word(series: list[tuple[float, ...]]) -> None:
    percent = judged(_rows(series))
    thousand = judged(_rows(series, scale=10.0), {"multiplier": 1000.0})
    assert word_of(percent)["word"] == word_of(thousand)["word"]
    for gap, other in zip(_numbers(percent, *TOLD[:4]), _numbers(thousand, *TOLD[:4]), strict=True):
        assert (gap is None) == (other is None)
        assert gap is None or gap * 10 == pytest.approx(other, abs=1e-9)
    assert _numbers(percent, "relative_gap") == pytest.approx(_numbers(thousand, "relative_gap"))


@FEW
@given(SERIES, st.integers(1, 5))
def test_every_word_has_its_reason_or_its_numbers(series: list[tuple[float, ...]], hidden: int) -> None:
    rows = _rows(series)
    last = f"deprivation_quintile={hidden}"
    confidential = [
        {"period": row["period"], "breakdown": last, "reason": "confidential"}
        if row.get("breakdown") == last and row["period"] == year(LAST_YEAR)
        else row
        for row in rows
    ]
    for given_rows in (rows, confidential):
        found = judged(given_rows)
        row = word_of(found)
        assert row["word"] in {Word.CANNOT_TELL, Word.NARROWING, Word.WIDENING, Word.IMPROVING_UNEQUALLY,
                               Word.NO_SIGNIFICANT_CHANGE}  # fmt: skip
        is_told = row["word"] != Word.CANNOT_TELL
        assert is_told == (row["reason"] is None) == (row["because"] == "") == (row["test_statistic"] is not None)
        for gap in found.gaps.iter_rows(named=True):
            assert (gap["absolute_gap"] is None) == (gap["reason"] is not None)
            if gap["absolute_gap"] is not None:
                assert gap["absolute_gap_lower_ci_95"] <= gap["absolute_gap"] <= gap["absolute_gap_upper_ci_95"]
                assert gap["absolute_gap_lower_ci_99_8"] <= gap["absolute_gap_lower_ci_95"]
    ends_hidden = judged(confidential).gaps.row(-1, named=True)
    assert (ends_hidden["absolute_gap"] is None) == (hidden in (1, 5))
    assert ends_hidden["slope_index"] is None
