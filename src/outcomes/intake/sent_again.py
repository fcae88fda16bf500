"""Says where the figures of a period are those of the period before: last month's sheet, sent with a new date."""

from collections.abc import Iterator
from math import pi
from typing import Final

import polars as pl

from outcomes.intake.entries import Entries
from outcomes.intake.own_series import OwnSeries
from outcomes.intake.remark import Remark
from outcomes.intake.terms import Terms
from outcomes.period import period_starting
from outcomes.vocabulary import Measured, PeriodKind

__all__ = ["chance_of_same", "figures_of_period_before"]

# a number that stayed the same in more than one of ten steps says nothing by staying the same once more
_MOST_STAYS: Final = 0.1
_NUMBERS: Final = ("numerator", "denominator")
_GROUP: Final = ("period_start", "period_kind", "period", "before")


def chance_of_same(number: pl.Expr) -> pl.Expr:
    """Return the chance that two counts of the same expectation are equal, about 1 / (2 √(π x)); at most 1.

    >>> pl.select(chance_of_same(pl.lit(100.0)).round(4)).item()
    0.0282
    """
    return pl.min_horizontal(1.0 / (2.0 * (pi * pl.max_horizontal(number, pl.lit(0.1))).sqrt()), pl.lit(1.0))


def figures_of_period_before(entries: Entries, series: OwnSeries, terms: Terms) -> Iterator[Remark]:
    """Yield a remark for each period, or indicator of it, all of whose new figures are those of the one before.

    Arguments:
        entries: With identity and numbers.
        series: The sender's own figures.
        terms: How unlikely it must be that they are the same by chance.

    A count of 100 is the same again by chance three times in a hundred; the chances of all figures together must be
    smaller than `same_by_chance`. Numbers that often stay as they were, such as populations, count for nothing.
    """
    held = _held(entries, series, terms)
    if held.is_empty():
        return
    least = terms.layout.plausible_change.same_by_chance
    said: set[tuple[object, ...]] = set()
    for names in (_GROUP, (*_GROUP, "indicator_id")):
        groups = held.group_by(names).agg(
            pl.len().alias("figures"),
            pl.col("is_same").all(),
            pl.col("chance").log().sum().alias("log_chance"),
            pl.col("indicator_id").unique().sort().alias("indicators"),
        )
        found = groups.filter(pl.col("is_same") & (pl.col("log_chance").exp() < least)).sort(names)
        for row in found.iter_rows(named=True):
            key = tuple(row[name] for name in _GROUP)
            if key in said:
                # the whole period was named
                continue
            if names is _GROUP:
                said.add(key)
            details = {
                "found": f"{row['figures']:,}",
                "period": str(row["period"]),
                "before": str(period_starting(PeriodKind(row["period_kind"]), row["before"])),
                "indicator": ", ".join(row["indicators"]),
            }
            yield Remark(code="OUT-655", details=details)


def _held(entries: Entries, series: OwnSeries, terms: Terms) -> pl.DataFrame:
    """Return the new figures that have one before them, with whether they are the same and how likely that is."""
    at = series.figures["at"].gather(series.asked)
    told = ("indicator_id", "period", "period_kind", "period_start", "numerator_scale", "denominator_scale", *_NUMBERS)
    before = series.earlier(1, (*_NUMBERS, "period_start")).rename(lambda name: f"{name}_before")
    asked = entries.at(at).select(told).with_columns(series.figures["series"].gather(series.asked))
    held = pl.concat([asked, before], how="horizontal").filter(
        pl.col("numerator").is_not_null() & pl.col("numerator_before").is_not_null()
    )
    if held.is_empty():
        return held
    is_same = pl.all_horizontal(pl.col(name).eq_missing(pl.col(f"{name}_before")) for name in _NUMBERS)
    held = held.join(_stays(series, held, terms), on="indicator_id", how="left", maintain_order="left")
    chance = pl.lit(1.0)
    for name in _NUMBERS:
        own = chance_of_same(pl.col(name) / pl.col(f"{name}_scale"))
        chance = chance * pl.when(pl.col(f"does_{name}_tell") & pl.col(name).is_not_null()).then(own).otherwise(1.0)
    return held.with_columns(
        is_same.alias("is_same"), chance.alias("chance"), pl.col("period_start_before").alias("before")
    )


def _stays(series: OwnSeries, held: pl.DataFrame, terms: Terms) -> pl.DataFrame:
    """Return for each indicator whether its numerators and denominators usually change from one period to the next."""
    steps = (
        series.figures.lazy()
        .with_columns(
            *(pl.col(name).shift(1).alias(f"{name}_before") for name in ("series", "at", *_NUMBERS)),
        )
        .filter(pl.col("series") == pl.col("series_before"), pl.col("at").is_null(), pl.col("at_before").is_null())
        .join(held.lazy().select("series", "indicator_id").unique(), on="series")
        .group_by("indicator_id")
        .agg((pl.col(name) == pl.col(f"{name}_before")).mean().alias(f"{name}_stays") for name in _NUMBERS)
        .collect()
    )
    named = held.select("indicator_id").unique().join(steps, on="indicator_id", how="left")
    # before there are steps to look at, what is counted over a period is taken to change, other numbers are not
    indicators = terms.partnership.indicators.values()
    at_point = sorted({one.id for one in indicators if one.measured is Measured.AT_POINT})
    unknown = pl.col("indicator_id").is_in(at_point).cast(pl.Float64)
    return named.select(
        "indicator_id",
        (pl.coalesce("numerator_stays", unknown) <= _MOST_STAYS).alias("does_numerator_tell"),
        (pl.col("denominator_stays").fill_null(1.0) <= _MOST_STAYS).alias("does_denominator_tell"),
    )
