"""Makes the tidy results: one row for each indicator, area, period and group, with the words of the current one."""

from datetime import date
from typing import Final

import polars as pl

from outcomes.breakdown import WHOLE
from outcomes.estimates.model import Estimates
from outcomes.judgement.model import OVERDUE_COLUMNS, Judgements
from outcomes.ledger.model import ReturnsStatus
from outcomes.ordering import order_numbers
from outcomes.partnership.model import Partnership
from outcomes.rollup.model import PLACE_MEASURE_KEY
from outcomes.scorecard.collection import BALANCE_COLUMNS, RESULT_COLUMNS
from outcomes.table import empty_table
from outcomes.vocabulary import AreaLevel, Qualifier, Signal, TargetKind

__all__ = ["tidy_results", "with_stale"]

# as a reader looks for a row; the kind of period last, for it seldom differs
_ORDER: Final = (
    *("framework_id", "indicator_id", "indicator_version", "area_code", "period_start", "breakdown", "period_kind"),
)

_PLACE_OF_MEASURE: Final = {"indicator_id": pl.String(), "area_code": pl.String(), "period_kind": pl.String()}
_TERMS: Final = ("framework_id", "indicator_id", "indicator_version", "against")
# of each signal, the results' column to the judgements' column
_COLUMNS_OF: Final[dict[Signal, dict[str, str]]] = {
    Signal.COMPARISON: {
        "comparison": "word",
        "benchmark": "against",
        "benchmark_value": "against_value",
        "p_value": "p_value",
        "comparison_adjusted": "adjusted_word",
        "overdispersion": "overdispersion",
        "lower_adjusted_limit": "lower_adjusted_limit",
        "upper_adjusted_limit": "upper_adjusted_limit",
    },
    Signal.TREND: {"trend": "word"},
    Signal.TARGET: {
        "target": "word",
        "target_value": "target_value",
        "target_kind": "kind",
        "target_expected": "against_value",
        "target_distance": "amount",
        "target_reached": "reached",
    },
    Signal.SPECIAL_CAUSE: {"special_cause": "word"},
    Signal.INEQUALITY: {"inequality": "word"},
}
# the results' columns to those of the process points
_OF_PROCESS: Final = {
    "process_mean": "process_mean",
    "lower_process_limit": "lower_process_limit",
    "upper_process_limit": "upper_process_limit",
    "process_rule": "rule",
    "variation": "variation",
}
# the results' columns that are those of the gaps, by the same names
_OF_GAPS: Final = (
    "most_deprived_value",
    "least_deprived_value",
    *(
        f"{index}{limit}"
        for index in ("absolute_gap", "relative_gap", "slope_index", "relative_index")
        for limit in ("", "_lower_ci_95", "_upper_ci_95")
    ),
)


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
            (
                *(*indicator.key, indicator.official_code or None, indicator.name, indicator.unit),
                indicator.population_basis.value if indicator.population_basis else None,
            )
            for indicator in partnership.indicators.values()
        ],
        schema={
            "indicator_id": pl.String(),
            "indicator_version": pl.Int32(),
            "official_code": pl.String(),
            "indicator": pl.String(),
            "unit": pl.String(),
            "population_basis": pl.String(),
        },
        orient="row",
    )
    names = partnership.areas.frame.select("area_code", area="name")
    terms = inclusions.join(definitions, on=["indicator_id", "indicator_version"])
    frame = (
        estimates.frame.select(name for name in RESULT_COLUMNS if name in estimates.frame.columns)
        # once for each figure, before it is repeated under each framework
        .with_columns(qualifiers=pl.col("qualifiers").list.join("; "))
        .pipe(_with_submitted, estimates.submitted)
        .join(terms, on=["indicator_id", "indicator_version"], maintain_order="left")
        .join(names, on="area_code", how="left", maintain_order="left")
    )
    # one number for the key of both: it is joined by, and it is the order
    words = _with_kinds(judgements)
    numbers = order_numbers(pl.concat([frame.select(_ORDER), words.select(_ORDER)]), _ORDER)
    numbered = frame.with_columns(numbers.head(frame.height))
    for signal, columns in _COLUMNS_OF.items():
        is_said = words["signal"] == signal.value
        said = (
            words.select(list(dict.fromkeys((*_TERMS, "signal", *columns.values()))))
            .with_columns(numbers.tail(words.height))
            .filter(is_said)
        )
        first = _first_choice(said, partnership).select(numbers.name, **columns)
        numbered = numbered.join(first, on=numbers.name, how="left", maintain_order="left")
    if not numbered[numbers.name].is_sorted():
        numbered = numbered.sort(numbers.name, maintain_order=True)
    charted = _with_points(numbered, judgements.process_points, _OF_PROCESS)
    frame = _with_points(charted, judgements.gaps, dict(zip(_OF_GAPS, _OF_GAPS, strict=True)))
    # what is read beside a figure is told of places with a page, which this table does not know
    frame = frame.with_columns(pl.lit(None, dtype=RESULT_COLUMNS[name]).alias(name) for name in BALANCE_COLUMNS)
    return frame.select(list(RESULT_COLUMNS))


def _with_points(frame: pl.DataFrame, points: pl.DataFrame, columns: dict[str, str]) -> pl.DataFrame:
    """Return rows with what stands beside their period: process limits where there is a chart, the gap by deprivation.

    Arguments:
        frame: The results.
        points: Rows with the columns `_ORDER`.
        columns: The results' columns to theirs.
    """
    if points.is_empty():
        return frame.with_columns(pl.lit(None, dtype=RESULT_COLUMNS[name]).alias(name) for name in columns)
    charted = points.select(*_ORDER, **columns)
    return frame.join(charted, on=list(_ORDER), how="left", maintain_order="left")


def _with_submitted(frame: pl.DataFrame, given: pl.DataFrame) -> pl.DataFrame:
    """Return rows with what somebody gave for the whole, where its value is the sum of its parts."""
    numbers = ("numerator", "denominator", "value")
    if given.is_empty():
        columns = {f"submitted_{name}": pl.lit(None, pl.Float64) for name in numbers}
        return frame.with_columns(**columns, submitted_by=pl.lit(None, pl.String))
    submitted = given.select(
        *PLACE_MEASURE_KEY,
        *(pl.col(name).alias(f"submitted_{name}") for name in numbers),
        submitted_by=pl.col("partner_codes").list.join("; "),
    )
    return frame.join(submitted, on=list(PLACE_MEASURE_KEY), how="left", maintain_order="left")


def _with_kinds(judgements: Judgements) -> pl.DataFrame:
    """Return the judgements with the `kind` of their targets, and a level at its end that follows from figures."""
    key = ["framework_id", "indicator_id", "indicator_version", "area_code", "target_key"]
    if judgements.targets.is_empty():
        return judgements.frame.with_columns(kind=pl.lit(None, dtype=pl.String))
    return (
        judgements.frame.join(
            judgements.targets.select(*key, "kind", "end_value"), on=key, how="left", maintain_order="left"
        )
        .with_columns(pl.coalesce("target_value", "end_value").alias("target_value"))
        .drop("end_value")
    )


def _first_choice(said: pl.DataFrame, partnership: Partnership) -> pl.DataFrame:
    """Return one row of a signal for each order number: that of the benchmark that its inclusion names first."""
    if not said["order_number"].is_duplicated().any():
        return said
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
    # of several targets of one figure a level comes first, for its numbers are on the figure's own scale
    if "kind" in said.columns:
        said = said.sort(pl.col("kind") == TargetKind.GAP.value, nulls_last=False, maintain_order=True)
    # a target, too, may be set by the nation: only comparisons have a choice
    choices = choices.with_columns(signal=pl.lit(Signal.COMPARISON.value))
    return (
        said.join(choices, on=[*_TERMS, "signal"], how="left", maintain_order="left")
        .sort("choice", nulls_last=True, maintain_order=True)
        .unique("order_number", keep="first", maintain_order=True)
    )


def with_stale(
    frame: pl.DataFrame,
    returns: ReturnsStatus | None,
    partnership: Partnership,
    as_of: date,
    overdue: pl.DataFrame | None = None,
) -> pl.DataFrame:
    """Return the results with the qualifier of a current value whose successor should have come.

    What partners were to send for a place or its parts decides, where anything was; else the series' own rhythm.

    Arguments:
        frame: The results' table.
        returns: What was expected and received; None where no ledger stands behind the figures.
        partnership: The world.
        as_of: The date that the results speak for.
        overdue: The judgements' overdue figures; None for none.
    """
    late = empty_table(OVERDUE_COLUMNS) if overdue is None else overdue
    late = late.filter(pl.col("breakdown") == WHOLE)
    last_due = pl.DataFrame(schema={**_PLACE_OF_MEASURE, "last_due": pl.Date()})
    if returns is not None:
        here = _returns_of_places(returns, partnership)
        asked = here.select("indicator_id", "area_code").unique()
        places = [area.code for area in partnership.areas.at_level(AreaLevel.PLACE)]
        is_of_another_level = ~pl.col("area_code").is_in(places) & pl.col("indicator_id").is_in(
            asked["indicator_id"].unique().to_list()
        )
        late = late.join(asked, on=["indicator_id", "area_code"], how="anti").filter(~is_of_another_level)
        last_due = (
            here.filter(pl.col("due_on") < as_of)
            .group_by(list(_PLACE_OF_MEASURE))
            .agg(last_due=pl.col("period_start").max())
        )
    if late.is_empty() and last_due.is_empty():
        return frame
    key = ["framework_id", "indicator_id", "indicator_version", "area_code"]
    is_whole = (pl.col("breakdown") == WHOLE) & (pl.col("period_end") <= as_of)
    latest = pl.when(is_whole).then("period_start").max().over(key)
    is_current = is_whole & (pl.col("period_start") == latest) & pl.col("value").is_not_null()
    others = pl.when(pl.col("qualifiers") != "").then(pl.col("qualifiers") + "; ").otherwise(pl.lit(""))
    is_late = (pl.col("period_start") < pl.col("last_due")).fill_null(value=False) | pl.col("is_late").is_not_null()
    figure = ["indicator_id", "indicator_version", "area_code", "period_kind", "period_start"]
    return (
        frame.join(last_due, on=list(_PLACE_OF_MEASURE), how="left", maintain_order="left")
        .join(late.select(*figure, pl.lit(value=True).alias("is_late")), on=figure, how="left", maintain_order="left")
        .with_columns(
            qualifiers=pl.when(is_current & is_late).then(others + Qualifier.STALE.value).otherwise("qualifiers")
        )
        .select(frame.columns)
    )


def _returns_of_places(returns: ReturnsStatus, partnership: Partnership) -> pl.DataFrame:
    """Return what was expected of each place: a place's figure is due when that of any part of it is."""
    inside = [
        (area.code, part)
        for area in partnership.areas.at_level(AreaLevel.PLACE)
        for part in (area.code, *partnership.footprints.descendants(area.code))
    ]
    parts = pl.DataFrame(inside, schema={"place_code": pl.String(), "area_code": pl.String()}, orient="row")
    return returns.frame.join(parts, on="area_code").drop("area_code").rename({"place_code": "area_code"})
