"""Spec: a funnel says who differs from the average and by which rule; inequality has a size and an interval."""

import polars as pl

from outcomes import statistics

TRUSTS = pl.DataFrame(
    {
        "trust": [f"R{number:02}" for number in range(12)],
        "deaths": [210, 95, 130, 160, 88, 142, 101, 77, 190, 120, 66, 150],
        "expected": [150.0, 100, 125, 170, 110, 118, 98, 104, 150, 131, 74, 160],
    }
)

FIFTHS = pl.DataFrame(
    {
        "place": ["castlewick"] * 5,
        "deprivation_quintile": [1, 2, 3, 4, 5],
        "smokers": [320, 210, 180, 120, 90],
        "asked": [1200, 1000, 1100, 900, 1000],
    }
)


def funnel(method: str) -> pl.DataFrame:
    return statistics.ratio_funnel(TRUSTS, observed="deaths", expected="expected", multiplier=100, method=method)


def differing(method: str) -> list[tuple[str, str]]:
    found = funnel(method).filter(pl.col("position") != "similar")
    return found.select("trust", "position").rows()


def test_a_funnel_of_chance_alone_names_those_beyond_its_lines() -> None:
    assert differing("funnel_chance") == [
        ("R00", "much higher"),
        ("R04", "lower"),
        ("R05", "higher"),
        ("R07", "lower"),
        ("R08", "much higher"),
    ]


def test_where_all_differ_by_more_than_chance_a_named_method_leaves_room_for_it() -> None:
    assert funnel("funnel_additive")["overdispersion"][0] > 2
    assert differing("funnel_additive") == [("R00", "higher")]


def test_the_lines_to_draw_come_for_any_sizes() -> None:
    lines = pl.DataFrame({"patients": [100, 400, 1600]}).with_columns(
        statistics.proportion_funnel_lines("patients", 20.0, confidence=[0.95]).struct.unnest()
    )
    assert lines.select("patients", pl.col("lower_limit_95", "upper_limit_95").round(2)).rows() == [
        (100, 12.16, 27.84),
        (400, 16.08, 23.92),
        (1600, 18.04, 21.96),
    ]


def test_an_inequality_has_an_absolute_and_a_relative_gap_with_intervals() -> None:
    groups = FIFTHS.with_columns(statistics.proportion("smokers", "asked").struct.unnest())
    ends = pl.concat(
        [
            groups.filter(pl.col("deprivation_quintile") == quintile).select(
                pl.col("^(value|.*_ci_.*)$").name.prefix(f"{name}_")
            )
            for name, quintile in (("most_deprived", 1), ("least_deprived", 5))
        ],
        how="horizontal",
    )
    absolute = ends.select(statistics.absolute_gap().struct.unnest()).row(0, named=True)
    relative = ends.select(statistics.relative_gap().struct.unnest()).row(0, named=True)
    assert [round(absolute[name], 1) for name in ("value", "lower_ci_95", "upper_ci_95")] == [17.7, 14.6, 20.7]
    assert [round(relative[name], 2) for name in ("value", "lower_ci_95", "upper_ci_95")] == [2.96, 2.38, 3.69]


def test_a_slope_index_looks_at_every_group_and_not_only_at_both_ends() -> None:
    groups = FIFTHS.with_columns(statistics.proportion("smokers", "asked").struct.unnest())
    found = statistics.slope_index_of_inequality(
        groups, by="place", group="deprivation_quintile", population="asked", groups_expected=5
    ).row(0, named=True)
    assert [round(found[f"slope_index{name}"], 1) for name in ("", "_lower_ci_95", "_upper_ci_95")] == [
        -22.0,
        -25.6,
        -18.4,
    ]
    assert round(found["relative_index"], 2) == 0.23


def test_a_fifth_that_is_absent_makes_no_index_in_silence() -> None:
    groups = FIFTHS.head(4).with_columns(statistics.proportion("smokers", "asked").struct.unnest())
    found = statistics.slope_index_of_inequality(
        groups, by="place", group="deprivation_quintile", population="asked", groups_expected=5
    )
    assert found.select("slope_index", "detail").row(0) == (None, "missing stratum")
