"""Spec: a trend is told only where the national rule can tell one, and "no change" is never said for "cannot tell"."""

import polars as pl

from outcomes import statistics

YEARS = list(range(2015, 2020))


def history(area_code: str, values: list[float | None], half_width: float = 2.0) -> pl.DataFrame:
    return pl.DataFrame(
        {"area_code": [area_code] * 5, "year": YEARS, "value": values}, schema_overrides={"value": pl.Float64}
    ).with_columns(lower_ci_95=pl.col("value") - half_width, upper_ci_95=pl.col("value") + half_width)


HISTORIES = pl.concat(
    [
        history("castlewick", [50, 52, 53, 55, 58]),
        history("eastvale", [50, 51, 50, 52, 51]),
        history("northam", [50, None, 53, 55, 58]),
        history("southam", [58, 55, 53, 52, 50]),
    ]
)


def trends(method: str) -> pl.DataFrame:
    return statistics.recent_trend(
        HISTORIES, by="area_code", order="year", numerator=None, denominator=None, method=method
    )


def test_each_place_has_one_word_and_what_stood_in_the_way_of_one() -> None:
    assert trends("trend_fingertips_2020").select("area_code", "direction", "obstacle").rows() == [
        ("castlewick", "increasing", None),
        ("eastvale", "no significant change", None),
        ("northam", "cannot tell", "fewer than five points"),
        ("southam", "decreasing", None),
    ]


def test_the_direction_says_nothing_of_good_or_bad() -> None:
    words = set(trends("trend_fingertips_next")["direction"])
    assert words.isdisjoint({"improving", "getting worse", "better", "worse"})


def test_wide_intervals_turn_the_same_values_into_no_significant_change() -> None:
    wide = history("castlewick", [50, 52, 53, 55, 58], half_width=8.0)
    table = statistics.recent_trend(wide, by="area_code", order="year", numerator=None, denominator=None)
    assert table["direction"].to_list() == ["no significant change"]
