"""Recent trend told by example: the word of a series, and why it sometimes cannot be told."""

from datetime import date
from typing import Any

import pytest

from outcomes.errors import UnknownNameError
from outcomes.judgement.judging import judge
from tests.small_world import Row, estimates, inclusion, indicator, world

AS_OF = date(2025, 11, 22)
YEARS = ("2019/20", "2020/21", "2021/22", "2022/23", "2023/24", "2024/25")


def _series(text: str) -> list[Row]:
    """Read a drawn series, its last value in 2024/25: a number ± 2, `-` for a Reason, `.` for no row at all."""
    marks = text.split()
    rows: list[Row] = []
    for period, mark in zip(YEARS[-len(marks) :], marks, strict=True):
        row: Row = {"period": period}
        if mark == "-":
            rows.append({**row, "reason": "missing"})
        elif mark != ".":
            qualifiers = ["break in series"] if mark.endswith("/") else []
            rows.append({**row, "value": float(mark.rstrip("/")), "qualifiers": qualifiers})
    return rows


def _trend(text: str, terms: Row | None = None, **given: Any) -> Row:
    partnership = world([indicator(**(terms or {}))], [inclusion(**given)])
    frame = judge(estimates(*_series(text)), partnership, as_of=AS_OF).frame
    (found,) = frame.filter(signal="trend").iter_rows(named=True)
    return found


#   series (± 2 each; / a break)   lower is better        higher is better       no judgement
DRAWN = """
    50 52 53 55 58               | getting worse         | improving             | increasing
    58 55 53 52 50               | improving             | getting worse         | decreasing
    50 51 50 52 51               | no significant change | no significant change | no significant change
    99 50 52 53 55 58            | getting worse         | improving             | increasing
    52 53 55 58                  | cannot tell           | cannot tell           | cannot tell
    50 - 52 53 55 58             | cannot tell           | cannot tell           | cannot tell
    50 . 52 53 55 58             | cannot tell           | cannot tell           | cannot tell
    50 52 53 55 58 -             | cannot tell           | cannot tell           | cannot tell
    40 50/ 52 53 55 58           | getting worse         | improving             | increasing
    50 52 53/ 55 58              | cannot tell           | cannot tell           | cannot tell
"""
LINES = [[cell.strip() for cell in line.split("|")] for line in DRAWN.strip().splitlines()]


@pytest.mark.parametrize("line", LINES, ids=[line[0] for line in LINES])
def test_each_drawn_series_has_the_drawn_word_for_each_polarity(line: list[str]) -> None:
    series, *words = line
    for polarity, word in zip(("lower_is_better", "higher_is_better", "no_judgement"), words, strict=True):
        found = _trend(series, polarity=polarity)
        assert found["word"] == word
        assert (found["reason"] is None) == (word != "cannot tell")
        assert (found["because"] == "") == (word != "cannot tell")
        assert (found["amount"] is None) == (word == "cannot tell")


def test_a_trend_says_its_slope_test_direction_and_method() -> None:
    found = _trend("50 52 53 55 58")
    assert (found["amount"], found["test_statistic"]) == (pytest.approx(1.9), pytest.approx(34.670, abs=5e-4))
    assert (found["direction"], found["points"], found["against"]) == ("up", 5, "trend_fingertips_2020")
    assert _trend("58 55 53 52 50")["direction"] == "down"
    assert _trend("50 51 50 52 51")["direction"] == "level"


def test_the_next_fingertips_passes_over_a_period_without_a_value() -> None:
    assert _trend("50 - 52 53 55 58", trend="trend_fingertips_next")["word"] == "getting worse"


def test_too_few_points_say_so() -> None:
    found = _trend("52 53 55 58")
    assert (found["detail"], found["because"]) == ("too few points", "Fewer than five points.")


def test_a_test_of_counts_gives_its_slope_on_the_printed_scale() -> None:
    rows: list[Row] = [
        {**row, "numerator": 10 * row["value"], "denominator": 1000.0, "value": row["value"]}
        for row in _series("10 12 14 16 18")
    ]
    partnership = world([indicator()], [inclusion(trend="chi_square_proportions")])
    found = judge(estimates(*rows), partnership, as_of=AS_OF).frame.filter(signal="trend").row(0, named=True)
    assert (found["word"], found["amount"]) == ("getting worse", pytest.approx(2.0))


NOT_ASKED: list[tuple[Row, Row, str]] = [
    ({}, {"trend": ""}, "The framework that includes it names no way to tell a trend."),
    (
        {"statistic": "mean"},
        {},
        "A recent trend is told only of proportions, crude rates and directly standardised rates.",
    ),
    ({"statistic": "crude_rate"}, {"trend": "chi_square_proportions"}, "This trend method is only for proportions."),
]


@pytest.mark.parametrize(("terms", "given", "because"), NOT_ASKED)
def test_a_series_that_the_national_rule_is_not_for_cannot_tell_and_says_why(
    terms: Row, given: Row, because: str
) -> None:
    found = _trend("50 52 53 55 58", terms, **given)
    assert (found["word"], found["reason"], found["because"]) == ("cannot tell", "not applicable", because)
    assert found["amount"] is None


@pytest.mark.parametrize(
    ("published_as", "word"),
    [
        ("directly standardised rate", "getting worse"),
        ("Proportion", "getting worse"),
        ("score", "cannot tell"),
        ("indirectly standardised proportion", "cannot tell"),
        ("", "cannot tell"),
    ],
)
def test_a_published_value_is_told_as_what_it_was_published_as(published_as: str, word: str) -> None:
    terms = {"statistic": "published_value", "published_as": published_as, "denominator": "none"}
    assert _trend("50 52 53 55 58", terms)["word"] == word


def test_overlapping_periods_have_no_recent_trend() -> None:
    kind = "three_calendar_years"
    rows: list[Row] = [
        {"period_kind": kind, "period": f"{year} to {year + 2}", "value": 50.0 + 5 * year} for year in range(2015, 2022)
    ]
    partnership = world([indicator(period=kind)], [inclusion()])
    found = judge(estimates(*rows), partnership, as_of=AS_OF).frame.filter(signal="trend").row(0, named=True)
    assert (found["word"], found["because"]) == ("cannot tell", "A recent trend is told only of periods of one year.")


def test_an_unknown_trend_method_is_refused_with_those_there_are() -> None:
    with pytest.raises(UnknownNameError, match="framework local, inclusion of smoking: found trend method 'eyeball'"):
        _trend("50 52 53 55 58", trend="eyeball")


def test_series_do_not_see_each_other_or_what_came_later() -> None:
    rows = [
        *_series("50 52 53 55 58"),
        *({**row, "area_code": "PL2", "value": 50.0} for row in _series("1 2 3 4 5")),
        {"period": "2025/26", "value": 1.0},
    ]
    frame = judge(estimates(*rows), world([indicator()], [inclusion()]), as_of=AS_OF).frame
    assert frame.filter(signal="trend")["word"].to_list() == ["getting worse", "no significant change"]
