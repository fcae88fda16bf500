"""Finds the targets that rest on other cells than their own: baselines, second groups, areas above and other areas."""

from typing import Final

import polars as pl

from outcomes.judgement.model import TARGET_COLUMNS, Judgements
from outcomes.partnership.model import Partnership
from outcomes.reference_series import REFERENCE_COLUMNS, SeriesKind
from outcomes.vocabulary import Signal, TargetKind, TargetMatch

__all__ = ["TARGET_ROW", "resting_on", "without_numbers"]

# what joins a judgement of a target to what it was held against
TARGET_ROW: Final = tuple(TARGET_COLUMNS)[:7]

_FIGURE: Final = ("indicator_id", "indicator_version", "period_kind")
_NUMBERS: Final = ("baseline_value", "end_value", "measured_value", "lower_amount", "upper_amount")
_PEERS: Final = (TargetMatch.BEST_QUARTILE.value, TargetMatch.MEDIAN.value)


def resting_on(cells: pl.DataFrame, judgements: Judgements, partnership: Partnership) -> pl.DataFrame:
    """Return which targets are judged by a figure of one of the cells, other than the value itself.

    Arguments:
        cells: Indicator, version, area, period kind and start, breakdown, and `level`.
        judgements: The judgements; their `targets` say what each was held against.
        partnership: Whose published series hold benchmarks that are known to everybody.

    Returns:
        Columns `TARGET_ROW`, each once: targets of a gap with a cell of the second group, now or in the baseline
        period, those with a cell of their own baseline, of the area above that nobody published, or of another area
        among which they are to have a place.
    """
    targets = judgements.targets.filter(~pl.col("kind").is_in([TargetKind.LEVEL.value, TargetKind.PATH.value]))
    is_gap = pl.col("kind") == TargetKind.GAP.value
    gaps, matched = targets.filter(is_gap), targets.filter(pl.col("kind") == TargetKind.BENCHMARK.value)
    found = [
        _held_by(gaps, cells, "area_code", "compared_with", "period_start"),
        _held_by(gaps, cells, "area_code", "compared_with", "baseline_start"),
        _held_by(targets, cells, "area_code", "breakdown", "baseline_start"),
        _held_by(_unpublished(matched, partnership), cells, "compared_code", "breakdown", "period_start"),
        _among(matched.filter(pl.col("compared_with").is_in(_PEERS)), cells, judgements),
    ]
    return pl.concat(found).unique(maintain_order=True)


def without_numbers(targets: pl.DataFrame, rows: pl.DataFrame) -> pl.DataFrame:
    """Return what targets were held against, without a number in the given rows.

    Arguments:
        targets: Columns `TARGET_COLUMNS`.
        rows: Columns `TARGET_ROW`.
    """
    marks = rows.select(TARGET_ROW).unique().with_columns(pl.lit(value=True).alias("is_withheld"))
    joined = targets.join(marks, on=TARGET_ROW, how="left", maintain_order="left")
    kept = [pl.when(pl.col("is_withheld").is_null()).then(pl.col(name)).alias(name) for name in _NUMBERS]
    return joined.with_columns(kept).select(list(TARGET_COLUMNS))


def _held_by(targets: pl.DataFrame, cells: pl.DataFrame, area: str, group: str, start: str) -> pl.DataFrame:
    return targets.join(
        cells,
        left_on=[*_FIGURE, area, group, start],
        right_on=[*_FIGURE, "area_code", "breakdown", "period_start"],
        how="semi",
    ).select(TARGET_ROW)


def _unpublished(matched: pl.DataFrame, partnership: Partnership) -> pl.DataFrame:
    """Return the benchmark targets whose area above has no published figure of the period."""
    series = [one.frame for one in partnership.series.values() if one.description.kind is SeriesKind.BENCHMARK]
    published = pl.concat([pl.DataFrame(schema=REFERENCE_COLUMNS), *series]).filter(pl.col("value").is_not_null())
    key = ["indicator_id", "period_kind", "period_start", "breakdown"]
    return matched.join(
        published, left_on=[*key, "compared_code"], right_on=[*key, "area_code"], how="anti", maintain_order="left"
    )


def _among(matched: pl.DataFrame, cells: pl.DataFrame, judgements: Judgements) -> pl.DataFrame:
    """Return the targets among whose other areas of the level there is a cell."""
    key = [*_FIGURE, "period_start", "breakdown", "level"]
    levels = judgements.frame.filter(pl.col("signal") == Signal.TARGET.value).select(*TARGET_ROW, "level").unique()
    number = cells.select(*key, "area_code").unique().group_by(key).agg(pl.len().cast(pl.Int64).alias("cells"))
    own = cells.select(*key, "area_code").unique().with_columns(pl.lit(1, dtype=pl.Int64).alias("own"))
    return (
        matched.join(levels, on=TARGET_ROW, maintain_order="left")
        .join(number, on=key, maintain_order="left")
        .join(own, on=[*key, "area_code"], how="left", maintain_order="left")
        .filter(pl.col("cells") > pl.col("own").fill_null(0))
        .select(TARGET_ROW)
    )
