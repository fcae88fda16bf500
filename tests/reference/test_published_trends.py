"""Holds the recent trend against the trends that OHID published with its Fingertips extract of 13 February 2025.

What the extract cannot show is left out, and why: series whose older years are not in it (published with at least five
points, four here), periods that come twice (quarters, or two releases of a year), proportions published without an
interval (their trend was tested on counts), and rolling periods (for which none is published; the caller's rule). Of
the rest three differ: two were told before the figures of 2021 had come, as the extract of 7 February shows, and one
has, with its first point left out, a slope of exactly nothing, which the publisher's program takes for a rise.
"""

import polars as pl
import pytest

from outcomes import statistics
from tests.shared import needs_shared, shared_path

SERIES = ["IndicatorId", "AreaCode", "Sex", "Age", "CategoryType", "Category", "CategoryTypeId", "CategoryId"]
DIRECTIONS = {"increasing": "increasing", "decreasing": "decreasing", "no": "no significant change"}


def read(name: str) -> pl.DataFrame:
    """Return the different rows of an extract."""
    return pl.read_csv(shared_path("data", "fingertips", name), infer_schema_length=None).unique(maintain_order=True)


def published_against_ours(method: str) -> pl.DataFrame:
    """Return the series whose trend both tell, with both words."""
    extract = read("pholio_healthdata_2025-02-13.csv")
    first_word = pl.col("Trend").str.to_lowercase().str.extract(r"^(\w+)")
    published = (
        extract.filter(first_word.is_in(list(DIRECTIONS)))
        .select(*SERIES, first_word.replace(DIRECTIONS).alias("published"))
        .unique()
    )
    ours = statistics.recent_trend(
        extract,
        by=SERIES,
        order="Year",
        value="Value",
        lower_ci_95="LowerCI",
        upper_ci_95="UpperCI",
        numerator="Count",
        denominator="Denominator",
        method=method,
    )
    both = published.join(ours, on=SERIES, how="inner", nulls_equal=True)
    return both.filter(pl.col("direction") != "cannot tell")


@needs_shared
@pytest.mark.parametrize(
    ("method", "told", "agreeing"),
    [
        ("trend_fingertips_2020", 798, 795),
        # the one series more has a gap in its newest five years, and a published trend
        ("trend_fingertips_next", 799, 796),
        # on counts the proportions without an interval are told too; not every published series was tested so
        ("chi_square_proportions", 858, 837),
    ],
)
def test_published_trends_are_reproduced_but_for_a_known_few(method: str, told: int, agreeing: int) -> None:
    both = published_against_ours(method)
    assert both.height == told
    assert (both["published"] == both["direction"]).sum() == agreeing


@needs_shared
def test_two_of_the_three_were_told_on_the_figures_of_the_extract_before() -> None:
    earlier = read("pholio_healthdata_2025-02-07.csv").filter(
        (pl.col("IndicatorId") == 93085) & pl.col("AreaCode").is_in(["nE38000200", "nE38000228"])
    )
    assert 2021 not in earlier["Year"]
    found = statistics.recent_trend(
        earlier,
        by="AreaCode",
        order="Year",
        value="Value",
        lower_ci_95="LowerCI",
        upper_ci_95="UpperCI",
        numerator="Count",
        denominator="Denominator",
        method="trend_fingertips_next",
    )
    assert found.select("AreaCode", "direction").rows() == [
        ("nE38000200", "no significant change"),
        ("nE38000228", "decreasing"),
    ]


@needs_shared
def test_the_third_has_a_level_slope_without_its_first_point() -> None:
    series = read("pholio_healthdata_2025-02-13.csv").filter(
        (pl.col("IndicatorId") == 93701) & pl.col("Category").str.starts_with("Fifth less")
    )
    tilted = [pl.col(name) + pl.col("Year") * 1e-9 for name in ("Value", "LowerCI", "UpperCI")]
    words = [
        statistics.recent_trend(
            rows,
            by="AreaCode",
            order="Year",
            value="Value",
            lower_ci_95="LowerCI",
            upper_ci_95="UpperCI",
            numerator="Count",
            denominator="Denominator",
        )["direction"].item()
        for rows in (series, series.with_columns(tilted))
    ]
    assert words == ["no significant change", "increasing"]
