"""Explains the first signal: where the benchmark comes from, and where it lies beside the intervals."""

from collections.abc import Iterator
from typing import Final

import polars as pl

from outcomes.judgement.wholes import areas_above
from outcomes.reference_series import SeriesKind
from outcomes.scorecard.model import ExplanationStep, ExplanationTable, Working
from outcomes.vocabulary import BenchmarkKind
from outcomes.workflows.explained.case import Case, Row
from outcomes.workflows.explained.working import figure, table, working

__all__ = ["explained_comparison"]

_INTERVALS: Final = (("95 %", "lower_ci_95", "upper_ci_95"), ("99.8 %", "lower_ci_99_8", "upper_ci_99_8"))
_OF_ONE_AREA: Final = (BenchmarkKind.NATION, BenchmarkKind.REGION, BenchmarkKind.SYSTEM)


def explained_comparison(case: Case, row: Row, step: ExplanationStep) -> ExplanationStep:
    """Return the step of a comparison with the benchmark's source, the distance, and both intervals beside it."""
    step = case.with_method(step, "interval_comparison")
    level, value = row["against_value"], case.chosen["value"]
    if level is None:
        return step
    figures = [*step.figures, *_source(case, row)]
    for said, lower, upper in _INTERVALS:
        ends = (case.chosen[lower], case.chosen[upper])
        if None not in ends:
            holds = "holds" if ends[0] <= level <= ends[1] else "leaves out"
            between = f"{figure(ends[0])} to {figure(ends[1])}"
            figures.append((f"{said} interval", f"{between}, which {holds} {figure(level)}"))
    others, summed = _others(case, row) if row["against"] == BenchmarkKind.OTHER_PLACES else ((), ())
    distance = working("distance", "value − benchmark", {"value": value, "benchmark": level}, row["amount"])
    workings = tuple(one for one in (*summed, distance) if one is not None)
    return step.model_copy(
        update={"figures": tuple(figures), "tables": (*step.tables, *others), "workings": (*step.workings, *workings)}
    )


def _source(case: Case, row: Row) -> Iterator[tuple[str, str]]:
    """Who says what the benchmark is: a published series, our own figure, or the framework."""
    kind = row["against"]
    if kind == BenchmarkKind.FIXED_VALUE:
        yield "where it comes from", f"a fixed value of the framework {row['framework_id']}"
    elif kind in _OF_ONE_AREA:
        name = case.names.get(row["against_code"] or "", row["against_code"] or "")
        yield "whose figure it is", name
        published, own = _published(case, row), "the figures received, added up"
        is_own = _own(case, row) is not None
        prefers_own = kind == BenchmarkKind.SYSTEM
        yield "where it comes from", own if is_own and (prefers_own or not published) else published or own


def _published(case: Case, row: Row) -> str:
    """The published series that gives the figure, the latest released first; empty where none does."""
    known = [
        one
        for one in case.partnership.series.values()
        if one.description.kind is SeriesKind.BENCHMARK and one.description.released_on <= case.as_of
    ]
    for one in sorted(known, key=lambda one: (one.description.released_on, one.description.id), reverse=True):
        found = one.frame.filter(
            (pl.col("indicator_id") == case.indicator.id)
            & (pl.col("area_code") == row["against_code"])
            & (pl.col("period_kind") == row["period_kind"])
            & (pl.col("period_start") == row["period_start"])
            & (pl.col("breakdown") == row["breakdown"])
            & (pl.col("value").is_not_null() | pl.col("denominator").is_not_null())
        )
        if not found.is_empty():
            told = one.description
            return f"{told.title} (series {told.id}, released {told.released_on}): {told.source}"
    return ""


def _own(case: Case, row: Row) -> float | None:
    found = case.estimates.frame.filter(
        (pl.col("area_code") == row["against_code"])
        & (pl.col("indicator_id") == case.indicator.id)
        & (pl.col("indicator_version") == case.indicator.version)
        & (pl.col("period_kind") == row["period_kind"])
        & (pl.col("period_start") == row["period_start"])
        & (pl.col("breakdown") == row["breakdown"])
    )
    return None if found.is_empty() else found["value"][0]


def _others(case: Case, row: Row) -> tuple[tuple[ExplanationTable, ...], tuple[Working | None, ...]]:
    """The other areas of the level in the system with their counts, and the benchmark as the quotient of their sums."""
    day = pl.Series([row["period_end"]], dtype=pl.Date)
    inside = areas_above(case.partnership, day).filter(
        (pl.col("level_above") == BenchmarkKind.SYSTEM.value) & (pl.col("code_above") == row["against_code"])
    )
    found = case.estimates.frame.filter(
        (pl.col("indicator_id") == case.indicator.id)
        & (pl.col("indicator_version") == case.indicator.version)
        & (pl.col("period_kind") == row["period_kind"])
        & (pl.col("period_start") == row["period_start"])
        & (pl.col("breakdown") == row["breakdown"])
        & (pl.col("level") == row["level"])
        & (pl.col("area_code") != row["area_code"])
        & pl.col("area_code").is_in(inside["area_code"].to_list())
        & ~pl.col("area_code").is_in(sorted(case.partnership.areas.remainders))
        & pl.col("reason").is_null()
        & pl.col("numerator").is_not_null()
        & pl.col("denominator").is_not_null()
    ).sort("area_code")
    rows = [
        (case.names.get(code, code), numerator, denominator)
        for code, numerator, denominator in found.select("area_code", "numerator", "denominator").iter_rows()
    ]
    inputs = {
        "multiplier": case.indicator.multiplier,
        "numerators of the others": sum(numerator for _, numerator, _ in rows),
        "denominators of the others": sum(denominator for _, _, denominator in rows),
    }
    formula = "multiplier × numerators of the others / denominators of the others"
    return (
        table("The other areas", ("area", "numerator", "denominator"), rows),
        (working("benchmark", formula, inputs, row["against_value"]) if rows else None,),
    )
