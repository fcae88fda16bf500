"""Holds the published recent trends against the named rules, and finds out on which figures the others were told."""

from collections.abc import Callable, Collection, Iterator
from typing import Final

import polars as pl
from examples.evidence import Held
from examples.pholio.extract import SERIES

import outcomes as oc

__all__ = ["hold_trends"]

_TOLD: Final = {"increasing": "increasing", "decreasing": "decreasing", "no": "no significant change"}
_RULE: Final = "trend_fingertips_next"
_UNBROKEN: Final = "trend_fingertips_2020"
_ON_COUNTS: Final = "chi_square_proportions"
_NEWEST: Final = 5
# so little that only a slope of exactly nothing can turn by it
_TILT: Final = 1e-9

_Reading = Callable[[pl.DataFrame], pl.DataFrame]


def hold_trends(later: pl.DataFrame, earlier: pl.DataFrame | None, standardised: Collection[str]) -> Iterator[Held]:
    """Hold every published trend against ours: told on the same figures, on others, or on some that are not there.

    Arguments:
        later: The extract whose trends are held, as `read_extract` returns it.
        earlier: An extract of before, if there is one: a trend may have been told on its figures.
        standardised: The indicators for which the rule is not made, and no trend is told.
    """
    told = later.with_columns(word=pl.col("trend").str.extract(r"^(\w+)"))
    published = told.filter(pl.col("word").is_in(list(_TOLD))).select(*SERIES, pl.col("word").replace(_TOLD)).unique()
    series = later.join(published.select(SERIES), on=list(SERIES), how="semi")
    is_known = (pl.col("lower").is_not_null() | pl.col("count").is_not_null()) & pl.col("value").is_not_null()
    of_series = series.filter(is_known).group_by(SERIES)
    points = of_series.agg(pl.len().alias("points"), (pl.col("year").n_unique() < pl.len()).alias("is_repeated"))
    published = published.join(points, on=list(SERIES), how="left")
    too_short = published.filter(pl.col("points").fill_null(0) < _NEWEST)
    rest = published.join(too_short, on=list(SERIES), how="anti")
    remarks: list[str] = []
    repeated = rest.filter("is_repeated")
    left = rest.filter(~pl.col("is_repeated"))
    for text, reading in (
        (f"by {_RULE}", _on_intervals),
        (f"no interval, by {_ON_COUNTS}", _on_counts),
        ("where the slope without one point is exactly level, which the publisher takes for a rise", _tilted),
        *([("on the figures of the earlier extract", _of(earlier))] if earlier is not None else []),
    ):
        left, remarks = _without_told(left, reading(series), text, remarks)
    for text, reading in (
        ("in several releases of a year, by either", _by_either_release),
        ("quarters of a year in the order of the file, before the newest came", _before_the_newest),
    ):
        repeated, remarks = _without_told(repeated, reading(series), text, remarks)
    untold = repeated.filter(~_has_categories(later))
    others = pl.concat([left, repeated.filter(_has_categories(later))])
    yield Held(
        "recent trends that were told",
        rest.height - others.height - untold.height,
        rest.height - untold.height,
        "; ".join(remarks),
        others.select(*SERIES, "word"),
    )
    yield _hold_unbroken(series, rest.join(others, on=list(SERIES), how="anti"))
    if untold.height:
        yield Held(
            "recent trends of rows that cannot be told apart without their categories",
            0,
            untold.height,
            _by_indicator(untold),
            is_explained=True,
        )
    yield Held(
        "recent trends told on more years than the extract has",
        0,
        too_short.height,
        f"fewer than {_NEWEST} points here: {_by_indicator(too_short)}",
        is_explained=True,
    )
    yield _hold_untold(later, standardised)


def _hold_unbroken(series: pl.DataFrame, told: pl.DataFrame) -> Held:
    """Hold the trends that one national reading tells against the other, which needs the five periods unbroken."""
    first = _trend(series, _RULE).join(told, on=list(SERIES)).filter(pl.col("word") == pl.col("direction"))
    found = first.drop("direction").join(_trend(series, _UNBROKEN), on=list(SERIES), how="left")
    differing = found.filter((pl.col("word") != pl.col("direction")).fill_null(value=True))
    broken = differing.filter(pl.col("direction") == "cannot tell")
    return Held(
        f"recent trends by {_RULE} that {_UNBROKEN} tells too",
        found.height - differing.height,
        found.height,
        f"{broken.height:,} cannot be told: one of the newest five years has no value" if broken.height else "",
        differing.join(broken, on=list(SERIES), how="anti").select(*SERIES, "word", "direction"),
        is_explained=differing.height == broken.height,
    )


def _hold_untold(later: pl.DataFrame, standardised: Collection[str]) -> Held:
    """Hold the series of which the publisher says that no trend can be told."""
    untold = later.filter(pl.col("trend").str.starts_with("cannot")).select(SERIES).unique()
    found = untold.join(_on_intervals(later), on=list(SERIES), how="left")
    is_asked = ~pl.col("indicator_id").is_in(list(standardised))
    odd = found.filter(is_asked & (pl.col("direction").fill_null("cannot tell") != "cannot tell"))
    others = found.filter(~is_asked).height
    return Held(
        "recent trends that cannot be told",
        found.height - odd.height,
        found.height,
        f"{others:,} of indirectly standardised measures, for which the rule is not made" if others else "",
        odd.select(SERIES),
    )


def _has_categories(rows: pl.DataFrame) -> pl.Expr:
    return pl.lit(bool((rows["category_type"] != "").any()))


def _without_told(
    left: pl.DataFrame, found: pl.DataFrame, text: str, remarks: list[str]
) -> tuple[pl.DataFrame, list[str]]:
    told = left.join(found, on=list(SERIES), how="left").filter(pl.col("word") == pl.col("direction"))
    rest = left.join(told, on=list(SERIES), how="anti")
    return rest, [*remarks, f"{told.height:,} {text}"] if told.height else remarks


def _trend(series: pl.DataFrame, method: str) -> pl.DataFrame:
    return oc.statistics.recent_trend(
        series,
        by=list(SERIES),
        order="year",
        lower_ci_95="lower",
        upper_ci_95="upper",
        numerator="count",
        method=method,
    ).select(*SERIES, "direction")


def _on_intervals(series: pl.DataFrame) -> pl.DataFrame:
    return _trend(series, _RULE)


def _on_counts(series: pl.DataFrame) -> pl.DataFrame:
    return _trend(series.filter(pl.col("lower").is_null().all().over(SERIES)), _ON_COUNTS)


def _tilted(series: pl.DataFrame) -> pl.DataFrame:
    tilt = pl.col("value").abs().max().over(SERIES) * _TILT * (pl.col("year") - pl.col("year").min())
    return _trend(series.with_columns(pl.col("value") + tilt, pl.col("upper") + tilt, pl.col("lower") + tilt), _RULE)


def _of(earlier: pl.DataFrame) -> _Reading:
    """Read the series of an extract without categories: those of which each year comes once."""
    alone = earlier.filter(pl.len().over(*SERIES, "year") == 1)
    return lambda _: _trend(alone, _RULE)


def _by_either_release(series: pl.DataFrame) -> pl.DataFrame:
    ends = [_on_counts(series.unique([*SERIES, "year"], keep=keep, maintain_order=True)) for keep in ("first", "last")]
    return ends[0].join(ends[1], on=[*SERIES, "direction"], how="semi")


def _before_the_newest(series: pl.DataFrame) -> pl.DataFrame:
    order = pl.int_range(pl.len(), dtype=pl.Int64).over(SERIES)
    numbered = series.sort("year", maintain_order=True).with_columns(year=order)
    return _trend(numbered.filter(pl.col("year") < pl.col("year").max().over(SERIES)), _RULE)


def _by_indicator(series: pl.DataFrame) -> str:
    counts = series.group_by("indicator_id").len().sort("indicator_id")
    return ", ".join(f"{count:,} of {indicator}" for indicator, count in counts.iter_rows())
