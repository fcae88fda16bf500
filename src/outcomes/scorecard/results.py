"""Makes the tidy results: one row for each indicator, area, period and group, with the words of the current one."""

from collections.abc import Sequence

import polars as pl

from outcomes.breakdown import WHOLE
from outcomes.estimates.model import Estimates
from outcomes.judgement.model import Judgements
from outcomes.partnership.model import Partnership
from outcomes.scorecard.collection import RESULT_COLUMNS
from outcomes.scorecard.model import Scorecard
from outcomes.vocabulary import Qualifier, Signal

__all__ = ["tidy_results", "with_stale"]

_KEY = ["indicator_id", "indicator_version", "area_code", "period_kind", "period_start", "breakdown"]


def tidy_results(estimates: Estimates, judgements: Judgements, partnership: Partnership) -> pl.DataFrame:
    """Return the results' table.

    Arguments:
        estimates: Protected estimates of every area.
        judgements: Protected words of every area.
        partnership: The world.

    Returns:
        A frame of columns `RESULT_COLUMNS`, sorted by framework, indicator, area, period and breakdown. A measure
        that several frameworks include has a row under each, since its words differ.
    """
    inclusions = pl.DataFrame(
        [
            (framework.id, inclusion.outcome, inclusion.tier.value, *inclusion.key)
            for framework, inclusion in partnership.inclusions
        ],
        schema={
            "framework_id": pl.String(),
            "outcome": pl.String(),
            "tier": pl.String(),
            "indicator_id": pl.String(),
            "indicator_version": pl.Int32(),
        },
        orient="row",
    )
    definitions = pl.DataFrame(
        [
            (*indicator.key, indicator.official_code or None, indicator.name, indicator.unit)
            for indicator in partnership.indicators.values()
        ],
        schema={
            "indicator_id": pl.String(),
            "indicator_version": pl.Int32(),
            "official_code": pl.String(),
            "indicator": pl.String(),
            "unit": pl.String(),
        },
        orient="row",
    )
    names = partnership.areas.frame.select("area_code", area="name")
    frame = (
        estimates.frame.join(inclusions, on=["indicator_id", "indicator_version"])
        .join(definitions, on=["indicator_id", "indicator_version"])
        .join(names, on="area_code", how="left")
        .with_columns(qualifiers=pl.col("qualifiers").list.join("; "))
    )
    for words in (
        _first(
            _in_order_of_choice(judgements, partnership),
            Signal.COMPARISON,
            {"word": "comparison", "against": "benchmark", "against_value": "benchmark_value"},
        ),
        _first(judgements.frame, Signal.TREND, {"word": "trend"}),
        _first(judgements.frame, Signal.TARGET, {"word": "target", "target_value": "target_value"}),
    ):
        frame = frame.join(words, on=["framework_id", *_KEY], how="left")
    return frame.select(list(RESULT_COLUMNS)).sort(
        "framework_id", "indicator_id", "indicator_version", "area_code", "period_start", "breakdown"
    )


def _in_order_of_choice(judgements: Judgements, partnership: Partnership) -> pl.DataFrame:
    """The judgements with each inclusion's benchmarks in the order in which it names them."""
    terms = ["framework_id", "indicator_id", "indicator_version"]
    choices = pl.DataFrame(
        [
            (framework.id, *inclusion.key, kind.value, number)
            for framework, inclusion in partnership.inclusions
            for number, kind in enumerate(dict.fromkeys(inclusion.benchmarks))
        ],
        schema={
            "framework_id": pl.String(),
            "indicator_id": pl.String(),
            "indicator_version": pl.Int32(),
            "against": pl.String(),
            "choice": pl.Int64(),
        },
        orient="row",
    )
    return judgements.frame.join(choices, on=[*terms, "against"], how="left", maintain_order="left").sort(
        "choice", nulls_last=True, maintain_order=True
    )


def with_stale(frame: pl.DataFrame, cards: Sequence[Scorecard]) -> pl.DataFrame:
    """Return the results with the qualifier that a place's page gives to a value whose successor was due.

    Arguments:
        frame: The results' table.
        cards: The scorecards made with it.
    """
    stale = [
        (line.indicator_id, line.indicator_version, card.place.area_code, line.current.period_start, WHOLE)
        for card in cards
        for line in card.lines
        if line.current is not None and Qualifier.STALE in line.current.value.qualifiers
    ]
    if not stale:
        return frame
    key = ["indicator_id", "indicator_version", "area_code", "period_start", "breakdown"]
    keys = pl.DataFrame(stale, schema={name: frame.schema[name] for name in key}, orient="row").unique()
    marked = frame.join(keys.with_columns(is_stale=pl.lit(value=True)), on=key, how="left", maintain_order="left")
    others = pl.when(pl.col("qualifiers") != "").then(pl.col("qualifiers") + "; ").otherwise(pl.lit(""))
    qualifiers = pl.when(pl.col("is_stale")).then(others + Qualifier.STALE.value).otherwise("qualifiers")
    return marked.with_columns(qualifiers=qualifiers).drop("is_stale")


def _first(rows: pl.DataFrame, signal: Signal, columns: dict[str, str]) -> pl.DataFrame:
    """The first row of a signal for each key."""
    return (
        rows.filter(pl.col("signal") == signal.value)
        .unique(["framework_id", *_KEY], keep="first", maintain_order=True)
        .select("framework_id", *_KEY, *(pl.col(old).alias(new) for old, new in columns.items()))
    )
