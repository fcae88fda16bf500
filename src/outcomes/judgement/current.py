"""Picks the current figure of each series, and joins the terms on which each framework judges it."""

from datetime import date
from typing import Final

import polars as pl

from outcomes.estimates.model import Estimates
from outcomes.framework.model import Inclusion
from outcomes.judgement.model import JUDGEMENT_COLUMNS
from outcomes.ordering import in_order, order_numbers
from outcomes.partnership.model import Partnership
from outcomes.statistics import OVERDISPERSION_METHODS
from outcomes.vocabulary import Signal

__all__ = ["CURRENT_KEY", "SERIES", "as_judgements", "current_figures", "why_no_value"]

# a series: one indicator, area and group, period after period
SERIES: Final = ("indicator_id", "indicator_version", "area_code", "breakdown")
# what a judgement of the current figure is about, once for each framework
CURRENT_KEY: Final = ("framework_id", *SERIES)
# the newer period of a series, where two end on one day the one that begins later
_AGE: Final = ("period_end", "period_start", "period_kind")
# no signal about the current figure reads them
_LISTS: Final = ("missing_parts", "qualifiers", "partner_codes")

_TERMS: Final[dict[str, pl.DataType]] = {
    "framework_id": pl.String(),
    "indicator_id": pl.String(),
    "indicator_version": pl.Int32(),
    "polarity": pl.String(),
    "benchmarks": pl.List(pl.String()),
    "benchmark_value": pl.Float64(),
    "periods_back": pl.Int32(),
    "overdispersion_method": pl.String(),
    "overdispersion_from": pl.Int64(),
    "trend_method": pl.String(),
    "special_cause_method": pl.String(),
    "statistic": pl.String(),
    "published_as": pl.String(),
    "multiplier": pl.Float64(),
    "numerator_scale": pl.Int64(),
    "denominator_scale": pl.Int64(),
    "design_effect": pl.Float64(),
    "is_proxy": pl.Boolean(),
}


def current_figures(estimates: Estimates, series: pl.Series, partnership: Partnership, as_of: date) -> pl.DataFrame:
    """Return the figures that speak for today, once for each framework that includes their indicator.

    The current period of a series is the latest that had ended by the date and for which there is a row at all, be
    it a value or a Reason. Areas that are remainders have none: nothing is judged of them.

    Arguments:
        estimates: Every period.
        series: A number for each of their rows, the same throughout a series (`SERIES`).
        partnership: Whose frameworks include the indicators, and whose areas have names.
        as_of: The date that the judgement speaks for.

    Returns:
        The estimates' columns but the lists, `row` (its row in the estimates), `area_name`, and the inclusion's and
        indicator's terms: `framework_id`, `polarity`, `benchmarks`, `benchmark_value`, `periods_back`,
        `overdispersion_method` (empty for none), `overdispersion_from`, `trend_method`, `special_cause_method`,
        `statistic`, `published_as`, `multiplier`, both scales, `design_effect` and `is_proxy`.
    """
    frame = estimates.frame.drop(_LISTS)
    latest_rows = (
        pl.DataFrame({"series": series, "age": order_numbers(frame, _AGE)})
        .with_row_index("row")
        .filter((frame["period_end"] <= as_of) & ~frame["area_code"].is_in(sorted(partnership.areas.remainders)))
        .group_by("series")
        .agg(pl.col("row").get(pl.col("age").arg_max()))
        .sort("row")
    )
    latest = frame[latest_rows["row"]].with_columns(latest_rows["row"])
    names = partnership.areas.frame.select("area_code", pl.col("name").alias("area_name"))
    current = (
        latest.join(_terms(partnership), on=["indicator_id", "indicator_version"], how="inner", maintain_order="left")
        .join(names, on="area_code", how="left", maintain_order="left")
        .with_columns(pl.coalesce("area_name", "area_code"))
    )
    return in_order(current, CURRENT_KEY)


def why_no_value() -> pl.Expr:
    """Return the Reason of an estimate without a value, and its Detail in brackets where it has one.

    >>> missing = pl.DataFrame({"reason": ["cannot be calculated", "missing"], "detail": ["zero denominator", None]})
    >>> missing.select(why_no_value()).to_series().to_list()
    ['cannot be calculated (zero denominator)', 'missing']
    """
    return pl.coalesce(pl.format("{} ({})", "reason", "detail"), pl.col("reason"))


def as_judgements(rows: pl.DataFrame, signal: Signal) -> pl.DataFrame:
    """Return rows with exactly the judgements' columns; those that a signal does not use are missing.

    Arguments:
        rows: Current figures with at least `word` and whatever else the signal says.
        signal: Which signal they are.
    """
    absent = {name: dtype for name, dtype in JUDGEMENT_COLUMNS.items() if name not in rows.columns}
    return (
        rows.with_columns(pl.lit(None, dtype=dtype).alias(name) for name, dtype in absent.items())
        .with_columns(
            pl.lit(signal.value).alias("signal"),
            # what a signal is held against is a text, empty where there is nothing
            pl.col("against", "against_code", "because").fill_null(""),
        )
        .select(pl.col(name).cast(dtype) for name, dtype in JUDGEMENT_COLUMNS.items())
    )


def _overdispersion_method(inclusion: Inclusion) -> str:
    """Return the named method that allows for overdispersion; empty where none is to."""
    return {"auto": OVERDISPERSION_METHODS[0], "none": ""}.get(inclusion.overdispersion, inclusion.overdispersion)


def _terms(partnership: Partnership) -> pl.DataFrame:
    rows = []
    for framework, inclusion in partnership.inclusions:
        indicator = partnership.indicators.get(inclusion.key)
        if indicator is None:
            continue
        rows.append(
            (
                framework.id,
                *inclusion.key,
                inclusion.polarity.value,
                [kind.value for kind in dict.fromkeys(inclusion.benchmarks)],
                inclusion.benchmark_value,
                inclusion.periods_back,
                _overdispersion_method(inclusion),
                inclusion.overdispersion_from,
                inclusion.trend,
                inclusion.special_cause,
                indicator.statistic.value,
                indicator.published_as,
                indicator.multiplier,
                indicator.numerator_scale,
                indicator.denominator_scale,
                indicator.design_effect,
                indicator.is_proxy,
            )
        )
    return pl.DataFrame(rows, schema=_TERMS, orient="row")
