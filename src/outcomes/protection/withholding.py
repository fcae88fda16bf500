"""Withholds what a judgement says of hidden cells, and the numbers that were made of counts since hidden or rounded."""

from typing import Final

import polars as pl

from outcomes.judgement.model import Judgements
from outcomes.partnership.model import Partnership
from outcomes.period import period_starting
from outcomes.protection.gap_ends import resting_on_hidden_ends
from outcomes.protection.withheld_targets import TARGET_ROW, resting_on, without_numbers
from outcomes.reference_series import REFERENCE_COLUMNS, SeriesKind
from outcomes.vocabulary import BenchmarkKind, PeriodKind, Reason, Signal, Word

__all__ = ["CELL", "withheld"]

# a cell of the judgements: a standardised rate stands under the breakdown without its strata
CELL: Final = ("indicator_id", "indicator_version", "area_code", "period_kind", "period_start", "breakdown")
_COMPARED: Final = ("indicator_id", "indicator_version", "period_kind", "period_start", "breakdown")
_AREA_KINDS: Final = (BenchmarkKind.NATION, BenchmarkKind.REGION, BenchmarkKind.SYSTEM)
_SUMS: Final = (BenchmarkKind.OTHER_PLACES, BenchmarkKind.STATISTICAL_NEIGHBOURS)
# of all areas of a level, hidden ones too
_OF_ALL_AREAS: Final = ("adjusted_areas", "overdispersion", "lower_adjusted_limit", "upper_adjusted_limit")
_BECAUSE: Final = "The count behind it is too small to show."
_BECAUSE_OF_A_TERM: Final = "A count that it is held against is too small to show."
_BECAUSE_OF_AN_END: Final = "A count that the gap rests on is too small to show."


def withheld(
    judgements: Judgements, hidden: pl.DataFrame, changed: pl.DataFrame, partnership: Partnership
) -> Judgements:
    """Return the judgements without the words of hidden cells and without numbers that true counts would leak through.

    Arguments:
        judgements: As judged on true counts.
        hidden: The hidden cells, columns `CELL`.
        changed: The cells whose counts are hidden or rounded, columns `CELL` and `level`.
        partnership: Whose published series hold benchmarks that are known to everybody.

    Returns:
        The same rows. A hidden cell's word is `cannot tell`, its Reason `confidential`, and no number is left. Of
        the others the word stays; the distance and the p-value go where its cell changed, the benchmark's level where
        it was made of changed cells and nobody published it, slope, test and process mean where a point of the series
        changed.
        The word of a comparison goes too where the one cell it is held against is hidden: an own earlier value, or the
        area above that nobody published. So goes the word of a gap of which an end is hidden, now or in a period that
        its change is told from, and every number of a gap. No process points and no gaps: they are made of every point
        and every group.
    """
    rows = judgements.frame.with_row_index("row_number")
    signal = pl.col("signal")
    own = _marked(rows, changed, list(CELL), "is_own_changed")
    against = _marked(
        own,
        changed.select(*_COMPARED, pl.col("area_code").alias("against_code")),
        [*_COMPARED, "against_code"],
        "is_above_changed",
    )
    others = _marked(against, changed.select(*_COMPARED, "level"), [*_COMPARED, "level"], "is_level_changed")
    published = _marked(
        others,
        _published(partnership),
        ["indicator_id", "against_code", *_COMPARED[2:], "against_value"],
        "is_published",
    )
    marked = _marked(published, _from_first_change(changed, rows), ["row_number"], "is_series_changed")
    marked = _marked(marked, hidden, list(CELL), "is_hidden")
    levelled = hidden.join(changed, on=list(CELL), how="inner")
    held = list(TARGET_ROW)
    marked = _marked(marked, resting_on(levelled, judgements, partnership), held, "has_hidden_term")
    marked = _marked(marked, resting_on(changed, judgements, partnership), held, "has_changed_term")
    marked = _marked(marked, _with_hidden_level(rows, hidden, partnership), ["row_number"], "has_hidden_level")
    marked = _marked(marked, resting_on_hidden_ends(rows, judgements.gaps, hidden), ["row_number"], "has_hidden_end")

    is_comparison = signal == Signal.COMPARISON.value
    is_area = is_comparison & pl.col("against").is_in([kind.value for kind in _AREA_KINDS])
    is_others = is_comparison & pl.col("against").is_in([kind.value for kind in _SUMS])
    is_earlier = is_comparison & (pl.col("against") == BenchmarkKind.OWN_EARLIER_VALUE.value)
    level_goes = (
        (is_area & pl.col("is_above_changed") & ~pl.col("is_published"))
        | (is_others & pl.col("is_level_changed"))
        | (is_earlier & pl.col("is_series_changed"))
    )
    # what is expected of a gap or of a baseline's share is made of counts; agreed levels are not
    level_goes |= pl.col("has_changed_term")
    distance_goes = level_goes | pl.col("is_own_changed")
    is_of_series = signal.is_in([Signal.TREND.value, Signal.SPECIAL_CAUSE.value])
    series_goes = (is_of_series & pl.col("is_series_changed")) | (signal == Signal.INEQUALITY.value)
    # that nobody set a target says nothing about the cell
    is_silent = (
        (pl.col("is_hidden") & (pl.col("word") != Word.NO_TARGET.value))
        | pl.col("has_hidden_end")
        | pl.col("has_hidden_term")
        | pl.col("has_hidden_level")
    )
    sentence = (
        pl.when("has_hidden_end")
        .then(pl.lit(_BECAUSE_OF_AN_END))
        .when((pl.col("has_hidden_term") | pl.col("has_hidden_level")) & ~pl.col("is_hidden"))
        .then(pl.lit(_BECAUSE_OF_A_TERM))
        .otherwise(pl.lit(_BECAUSE))
    )
    nothing = ("reached", "certainty", "assurance", "direction", "points", "detail")
    frame = marked.with_columns(
        pl.when(is_silent).then(pl.lit(Word.CANNOT_TELL.value)).otherwise("word").alias("word"),
        pl.when(is_silent).then(pl.lit(Reason.CONFIDENTIAL.value)).otherwise("reason").alias("reason"),
        pl.when(is_silent).then(sentence).otherwise("because").alias("because"),
        *(pl.when(~is_silent).then(pl.col(name)).alias(name) for name in nothing),
        pl.when(~(is_silent | level_goes | series_goes)).then("against_value").alias("against_value"),
        pl.when(~(is_silent | distance_goes | series_goes)).then("amount").alias("amount"),
        pl.when(~(is_silent | series_goes)).then("test_statistic").alias("test_statistic"),
        pl.when(~(is_silent | distance_goes)).then("p_value").alias("p_value"),
        pl.when(~is_silent).then("adjusted_word").alias("adjusted_word"),
        *(pl.lit(None, dtype=judgements.frame.schema[name]).alias(name) for name in _OF_ALL_AREAS),
    )
    targets = without_numbers(judgements.targets, marked.filter(pl.col("is_own_changed") | pl.col("has_changed_term")))
    return Judgements(
        frame.select(judgements.frame.columns),
        judgements.as_of,
        judgements.known_at,
        targets=targets,
        overdue=judgements.overdue,
    )


def _marked(rows: pl.DataFrame, cells: pl.DataFrame, on: list[str], name: str) -> pl.DataFrame:
    if cells.is_empty():
        return rows.with_columns(pl.lit(value=False).alias(name))
    marks = cells.select(on).unique().with_columns(pl.lit(value=True).alias(name))
    return rows.join(marks, on=on, how="left", maintain_order="left").with_columns(pl.col(name).fill_null(value=False))


def _with_hidden_level(rows: pl.DataFrame, hidden: pl.DataFrame, partnership: Partnership) -> pl.DataFrame:
    """Return the numbers of the comparisons that are held against one hidden cell which nobody published."""
    compared = rows.filter(pl.col("signal") == Signal.COMPARISON.value)
    with_area = compared.filter(pl.col("against").is_in([kind.value for kind in _AREA_KINDS])).join(
        hidden.select(*_COMPARED, pl.col("area_code").alias("against_code")),
        on=[*_COMPARED, "against_code"],
        how="semi",
    )
    # what is known of the area above, whatever is hidden of it here
    with_area = with_area.join(
        _published(partnership), on=["indicator_id", "against_code", *_COMPARED[2:], "against_value"], how="anti"
    )
    # what an own earlier value is held against is called by its period
    codes = [
        str(period_starting(PeriodKind(kind), start))
        for kind, start in hidden.select("period_kind", "period_start").iter_rows()
    ]
    of_series = [name for name in CELL if name != "period_start"]
    earlier = hidden.select(of_series).with_columns(pl.Series("against_code", codes, dtype=pl.String))
    with_earlier = compared.filter(pl.col("against") == BenchmarkKind.OWN_EARLIER_VALUE.value).join(
        earlier, on=[*of_series, "against_code"], how="semi"
    )
    return pl.concat([with_area, with_earlier]).select("row_number")


def _from_first_change(changed: pl.DataFrame, rows: pl.DataFrame) -> pl.DataFrame:
    """Return the numbers of the rows whose series had a changed cell in their period or before it."""
    series = [name for name in CELL if name != "period_start"]
    first = changed.group_by(series).agg(pl.col("period_start").min().alias("first_change"))
    return rows.join(first, on=series).filter(pl.col("first_change") <= pl.col("period_start")).select("row_number")


def _published(partnership: Partnership) -> pl.DataFrame:
    frames = [one.frame for one in partnership.series.values() if one.description.kind is SeriesKind.BENCHMARK]
    return (
        pl.concat([pl.DataFrame(schema=REFERENCE_COLUMNS), *frames])
        .rename({"area_code": "against_code", "value": "against_value"})
        .filter(pl.col("against_value").is_not_null())
    )
