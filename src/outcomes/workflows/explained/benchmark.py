"""Explains where the level of a comparison comes from: a source, the sums behind it, or the value of earlier."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Final

import polars as pl

from outcomes.judgement.benchmarks import SUMMABLE
from outcomes.judgement.neighbours import figures_of_neighbours
from outcomes.judgement.wholes import areas_above
from outcomes.period import period_from_text
from outcomes.reference_series import SeriesKind
from outcomes.scorecard.model import ExplanationTable, Working
from outcomes.vocabulary import AS_PUBLISHED, BenchmarkKind, PeriodKind
from outcomes.workflows.explained.case import Case, Row
from outcomes.workflows.explained.counts import LEVELS, SIDES
from outcomes.workflows.explained.working import figure, table, working

__all__ = ["EXPLAINED_BENCHMARKS", "Behind", "earlier_figure"]

_FIGURE: Final = ("indicator_id", "period_kind", "period_start", "breakdown")
_QUOTIENT: Final = "multiplier × numerator / denominator"
_OWN: Final = "the figures received, added up"

# an area's code, its counts, and where they come from
Counts = tuple[str, float, float, str]


@dataclass(frozen=True, slots=True)
class Behind:
    """What stands behind a benchmark: figures by name, tables, and workings; None where one has no numbers."""

    figures: tuple[tuple[str, str], ...] = ()
    tables: tuple[ExplanationTable, ...] = ()
    workings: tuple[Working | None, ...] = field(default=())


def _fixed(_case: Case, row: Row) -> Behind:
    return Behind((("where it comes from", f"a fixed value of the framework {row['framework_id']}"),))


def _area_above(case: Case, row: Row) -> Behind:
    """Whose figure it is, who says it, and the quotient of its counts where it is one."""
    published, own = _published(case, row), _own(case, row, row["against_code"], row["period_start"])
    is_own = own is not None and own["value"] is not None
    source = published[0] if published else _OWN
    if is_own and (row["against"] == BenchmarkKind.SYSTEM or not published):
        source, published = _OWN, None
    name = case.names.get(row["against_code"] or "", row["against_code"] or "")
    told = (("whose figure it is", name), ("where it comes from", source))
    counts = published[1] if published else own
    # a published value is not the quotient of the counts beside it to the last digit
    is_published = counts is None or (counts["value"] is not None if published else counts["method"] == AS_PUBLISHED)
    if counts is None or is_published or case.indicator.statistic not in SUMMABLE:
        return Behind(told)
    parts = {name: counts[name] for name in ("numerator", "denominator")}
    inputs = {"multiplier": case.indicator.multiplier, **parts}
    return Behind(told, workings=(working("benchmark", _QUOTIENT, inputs, row["against_value"]),))


def _other_places(case: Case, row: Row) -> Behind:
    """The other areas of the level in the system, and the quotient of their sums."""
    day = pl.Series([row["period_end"]], dtype=pl.Date)
    inside = areas_above(case.partnership, day).filter(
        (pl.col("level_above") == BenchmarkKind.SYSTEM.value) & (pl.col("code_above") == row["against_code"])
    )
    found = case.estimates.frame.filter(
        (pl.col("indicator_version") == case.indicator.version)
        & pl.all_horizontal(pl.col(name) == row[name] for name in _FIGURE)
        & (pl.col("level") == row["level"])
        & (pl.col("area_code") != row["area_code"])
        & pl.col("area_code").is_in(inside["area_code"].to_list())
        & ~pl.col("area_code").is_in(sorted(case.partnership.areas.remainders))
        & pl.col("reason").is_null()
        & pl.col("numerator").is_not_null()
        & pl.col("denominator").is_not_null()
    ).sort("area_code")
    counts = found.select("area_code", "numerator", "denominator", pl.lit(_OWN).alias("source")).iter_rows()
    return _summed(case, row, "The other areas", "the others", counts)


def _neighbours(case: Case, row: Row) -> Behind:
    """The statistical neighbours that have figures, and the quotient of their sums."""
    pairs = case.partnership.neighbours.frame.filter(area_code=row["area_code"])
    asked = pairs.select(
        *(pl.lit(row[name]).cast(case.estimates.frame.schema[name]).alias(name) for name in _FIGURE),
        pl.lit(case.indicator.version)
        .cast(case.estimates.frame.schema["indicator_version"])
        .alias("indicator_version"),
        "neighbour_code",
    )
    counted = figures_of_neighbours(asked, case.estimates, case.partnership, case.as_of).sort("neighbour_code")
    rows = [
        (
            code,
            numerator,
            denominator,
            "as published" if _own(case, row, code, row["period_start"]) is None else _OWN,
        )
        for code, numerator, denominator in counted.select("neighbour_code", "numerator", "denominator").iter_rows()
    ]
    found = _summed(case, row, "The statistical neighbours with a figure", "the neighbours", rows)
    told = (
        ("where the list comes from", row["against_code"] or ""),
        ("neighbours with a figure", f"{len(rows)} of {pairs.height}"),
    )
    return Behind(told, found.tables, found.workings)


def _summed(case: Case, row: Row, title: str, whose: str, counts: Iterable[Counts]) -> Behind:
    rows = [
        (case.names.get(code, code), numerator, denominator, source) for code, numerator, denominator, source in counts
    ]
    names = f"numerators of {whose}", f"denominators of {whose}"
    # whole again, as the benchmark was added up
    scales = case.indicator.numerator_scale, case.indicator.denominator_scale
    numerators = sum(round(numerator * scales[0]) for _, numerator, _, _ in rows) / scales[0]
    denominators = sum(round(denominator * scales[1]) for _, _, denominator, _ in rows) / scales[1]
    inputs = {"multiplier": case.indicator.multiplier, names[0]: numerators, names[1]: denominators}
    formula = f"multiplier × {names[0]} / {names[1]}"
    return Behind(
        tables=table(title, ("area", "numerator", "denominator", "where it comes from"), rows),
        workings=(working("benchmark", formula, inputs, row["against_value"]) if rows else None,),
    )


def _own_earlier(case: Case, row: Row) -> Behind:
    """The earlier figure with its intervals, and the limits of the difference, by which the word is decided."""
    earlier = earlier_figure(case, row)
    if earlier is None:
        return Behind((("its period", row["against_code"] or ""),))
    figures = [("its period", row["against_code"]), ("where it comes from", "the same series, some periods before")]
    workings: list[Working | None] = []
    now, then = case.chosen["value"], earlier["value"]
    for said, column, _ in LEVELS:
        ends = {name: earlier[f"{name}_ci_{column}"] for name, _ in SIDES}
        own = {name: case.chosen[f"{name}_ci_{column}"] for name, _ in SIDES}
        if None in (now, then, *ends.values(), *own.values()):
            continue
        figures.append((f"its {said} interval", f"{figure(ends['lower'])} to {figure(ends['upper'])}"))
        down = ((now - own["lower"]) ** 2 + (ends["upper"] - then) ** 2) ** 0.5
        up = ((own["upper"] - now) ** 2 + (then - ends["lower"]) ** 2) ** 0.5
        limits = now - then - down, now - then + up
        holds = "holds" if limits[0] <= 0 <= limits[1] else "leaves out"
        between = f"{figure(limits[0])} to {figure(limits[1])}"
        figures.append((f"{said} interval of the difference", f"{between}, which {holds} 0"))
        for (side, sign), limit in zip(SIDES, limits, strict=True):
            other = "upper" if side == "lower" else "lower"
            distances = f"(value − {side} limit)² + (earlier value − earlier {other} limit)²"
            workings.append(
                working(
                    f"{side} {said} limit of the difference",
                    f"value − earlier value {sign} √({distances})",
                    {
                        "value": now,
                        "earlier value": then,
                        f"{side} limit": own[side],
                        f"earlier {other} limit": ends[other],
                    },
                    limit,
                )
            )
    return Behind(tuple(figures), workings=tuple(workings))


EXPLAINED_BENCHMARKS: Final[dict[BenchmarkKind, Callable[[Case, Row], Behind]]] = {
    BenchmarkKind.NATION: _area_above,
    BenchmarkKind.REGION: _area_above,
    BenchmarkKind.SYSTEM: _area_above,
    BenchmarkKind.OTHER_PLACES: _other_places,
    BenchmarkKind.STATISTICAL_NEIGHBOURS: _neighbours,
    BenchmarkKind.OWN_EARLIER_VALUE: _own_earlier,
    BenchmarkKind.FIXED_VALUE: _fixed,
}
"""Of each kind of benchmark what stands behind it: a new kind is one more entry."""


def earlier_figure(case: Case, row: Row) -> Row | None:
    """Return the figure of the earlier period that a comparison with an own earlier value names; None without one."""
    if not row["against_code"]:
        return None
    earlier = period_from_text(PeriodKind(row["period_kind"]), row["against_code"])
    return _own(case, row, row["area_code"], earlier.first)


def _own(case: Case, row: Row, area_code: str | None, start: date) -> Row | None:
    """Our own estimate of an area, of the row's indicator, group and rhythm."""
    found = case.estimates.frame.filter(
        (pl.col("area_code") == area_code)
        & (pl.col("indicator_id") == case.indicator.id)
        & (pl.col("indicator_version") == case.indicator.version)
        & (pl.col("period_kind") == row["period_kind"])
        & (pl.col("period_start") == start)
        & (pl.col("breakdown") == row["breakdown"])
    )
    return next(iter(found.iter_rows(named=True)), None)


def _published(case: Case, row: Row) -> tuple[str, Row] | None:
    """The published series that gives the figure, the latest released first, and its row; None where none does."""
    return next(_published_rows(case, row), None)


def _published_rows(case: Case, row: Row) -> Iterator[tuple[str, Row]]:
    known = [
        one
        for one in case.partnership.series.values()
        if one.description.kind is SeriesKind.BENCHMARK and one.description.released_on <= case.as_of
    ]
    for one in sorted(known, key=lambda one: (one.description.released_on, one.description.id), reverse=True):
        found = one.frame.filter(
            (pl.col("area_code") == row["against_code"])
            & pl.all_horizontal(pl.col(name) == row[name] for name in _FIGURE)
            & (pl.col("value").is_not_null() | pl.col("denominator").is_not_null())
        )
        told = one.description
        for counts in found.iter_rows(named=True):
            yield f"{told.title} (series {told.id}, released {told.released_on}): {told.source}", counts
