"""Holds what the pages say of the areas of a partnership against what was published of them."""

from collections.abc import Collection, Iterator
from datetime import date
from typing import Final

import polars as pl
from examples.evidence import Held
from examples.pholio.intervals import is_near, with_ways
from examples.pholio.keys import KEY

import outcomes as oc

__all__ = ["hold_pages"]

# the published words for a trend, and ours
_WORDS: Final = {
    "increasing and getting better": "improving",
    "decreasing and getting better": "improving",
    "increasing and getting worse": "getting worse",
    "decreasing and getting worse": "getting worse",
    "increasing": "increasing",
    "decreasing": "decreasing",
    "no significant change": "no significant change",
}
_NOT_TOLD: Final = "cannot tell"
_FEW_DECIMALS: Final = 3


def hold_pages(rows: pl.DataFrame, estimates: oc.Estimates, partnership: oc.Partnership, as_of: date) -> Iterator[Held]:
    """Hold values, intervals and words of trends, of every area and group of the partnership.

    Arguments:
        rows: As `with_keys` returns them.
        estimates: What the pages print.
        partnership: Whose areas have figures.
        as_of: The day for which the pages speak.
    """
    indicators = {one.id: one for framework in partnership.frameworks for one in framework.indicators}
    listed = rows.filter(pl.col("area_code").is_in([*partnership.areas.frame["area_code"]]))
    # a figure that stands several times, as of quarters, is set aside; so is one without the counts it is made from
    alone = listed.filter((pl.len().over(KEY) == 1) & pl.col("value").is_not_null())
    computed = [one.id for one in indicators.values() if one.method]
    published = alone.filter(~(pl.col("indicator_id").is_in(computed) & pl.col("count").is_null()))
    published = published.filter(pl.col("indicator_id").is_in(estimates.frame["indicator_id"].unique().implode()))
    ours = _with_year(estimates.frame).select(*KEY, ours="value", ours_lower="lower_ci_95", ours_upper="upper_ci_95")
    both = published.join(ours, on=list(KEY), how="left")
    values = both.filter(is_near(pl.col("ours"), "value"))
    others = both.join(values, on=list(KEY), how="anti")
    yield Held("values on the pages", values.height, both.height, "to the last decimal published", _counted(others))
    yield _hold_intervals(both, indicators)
    yield _hold_trends(published, estimates, partnership, as_of, computed)


def _hold_intervals(both: pl.DataFrame, indicators: dict[str, oc.Indicator]) -> Held:
    limits = both.filter(pl.col("lower").is_not_null() & pl.col("ours").is_not_null())
    parts = [
        with_ways(part, indicators[str(name)])
        for (name,), part in limits.partition_by("indicator_id", as_dict=True).items()
    ]
    found = pl.concat(parts) if parts else limits.with_columns(way=pl.lit(""), is_named=pl.lit(value=True))
    near = [is_near(pl.col(f"ours_{end}"), end, "lower", "upper") for end in ("lower", "upper")]
    agreeing = found.filter(pl.all_horizontal(near))
    others = found.join(agreeing, on=list(KEY), how="anti")
    explained = others.filter(pl.col("way").is_not_null() & ~pl.col("is_named"))
    per = explained.group_by("indicator_id", "way").len().sort("indicator_id", "way").iter_rows()
    remarks = ["to the last decimal published", *(f"{count:,} of {name}: {way}" for name, way, count in per)]
    return Held(
        "intervals on the pages",
        agreeing.height,
        found.height,
        "; ".join(remarks),
        _counted(others.join(explained, on=list(KEY), how="anti")),
        is_explained=explained.height == others.height,
    )


def _hold_trends(
    published: pl.DataFrame,
    estimates: oc.Estimates,
    partnership: oc.Partnership,
    as_of: date,
    computed: Collection[str],
) -> Held:
    """Hold the words of trends: better and worse are the polarity's, so they hold that too."""
    told = published.filter(pl.col("trend").is_in(list(_WORDS))).with_columns(pl.col("trend").replace(_WORDS))
    judged = oc.judge(estimates, partnership, as_of=as_of).frame.filter(pl.col("signal") == "trend")
    ours = _with_year(judged).select(*KEY, "word")
    both = told.join(ours, on=list(KEY), how="left").with_columns(pl.col("word").fill_null(_NOT_TOLD))
    agreeing = both.filter(pl.col("word") == pl.col("trend"))
    untold = both.filter(pl.col("word") == _NOT_TOLD)
    others = both.filter((pl.col("word") != pl.col("trend")) & (pl.col("word") != _NOT_TOLD))
    per = untold.group_by("indicator_id").len().sort("indicator_id").iter_rows()
    remarks = [f"{count:,} of {name} are not told here" for name, count in per]
    # of values that are published rounded the trend was told on these, and here on counts
    rounded = others.filter(pl.col("indicator_id").is_in(list(computed)) & (pl.col("value_decimals") < _FEW_DECIMALS))
    remarks += [f"{rounded.height:,} told on values as rounded, here on counts"] if rounded.height else []
    return Held(
        "words of trends on the pages",
        agreeing.height,
        both.height,
        "; ".join(remarks),
        others.select(*KEY, "trend", "word"),
        is_explained=rounded.height == others.height,
    )


def _with_year(frame: pl.DataFrame) -> pl.DataFrame:
    return frame.with_columns(year=pl.col("period_start").dt.year().cast(pl.Int64))


def _counted(rows: pl.DataFrame) -> pl.DataFrame:
    return rows.group_by("indicator_id").agg(pl.len().alias("differing")).sort("indicator_id")
