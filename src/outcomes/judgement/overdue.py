"""Finds the current figures that a later one should have followed by now, each series by its own rhythm of releases."""

from datetime import date
from typing import Final

import polars as pl

from outcomes.estimates.model import Estimates
from outcomes.judgement.model import JUDGEMENT_COLUMNS, OVERDUE_COLUMNS
from outcomes.partnership.model import Partnership
from outcomes.period import Period, period_from_text, period_starting
from outcomes.vocabulary import Basis, DueBy, PeriodKind, Reason, Signal, Statistic, Word

__all__ = ["OUTDATED_AFTER", "overdue_figures", "without_outdated_words"]

OUTDATED_AFTER: Final[dict[PeriodKind, int]] = {
    PeriodKind.MONTH: 12,
    PeriodKind.QUARTER: 4,
    PeriodKind.CALENDAR_YEAR: 3,
    PeriodKind.FINANCIAL_YEAR: 3,
    PeriodKind.ACADEMIC_YEAR: 3,
    PeriodKind.THREE_CALENDAR_YEARS: 3,
    PeriodKind.THREE_FINANCIAL_YEARS: 3,
}
"""So many later figures are missing when a word is no longer given: a year of months or quarters, three yearly ones."""

_SERIES: Final = ("indicator_id", "indicator_version", "area_code", "breakdown", "period_kind")
# the newest points whose distances tell how often a figure comes
_POINTS_OF_RHYTHM: Final = 6
# beyond this nobody counts
_MOST: Final = 120
_KEPT_BY_OUTDATED: Final = (
    *(name for name in JUDGEMENT_COLUMNS if name.startswith("period")),
    *("framework_id", "indicator_id", "indicator_version", "area_code", "level", "breakdown", "signal"),
    *("against", "against_code", "target_period", "target_value", "target_key"),
)


def overdue_figures(current: pl.DataFrame, estimates: Estimates, partnership: Partnership, as_of: date) -> pl.DataFrame:
    """Return the current figures of which a later one was due before the date, and has not come.

    A figure usually comes as far after the one before as the newest six were apart (their median: a survey of every
    second year is not late after one). It is due by the calendar's rule for the indicator, else its rule for the rhythm
    (where partners send it: of published figures the calendar knows no release), else, where another area already has
    it, now; else so many days after its period as such figures usually take. A figure without a value is not overdue:
    its Reason says more. Nor is the last one of a definition that has ended, or of an area that has.

    Arguments:
        current: The current figures with their terms (`current_figures`).
        estimates: Every period of every area.
        partnership: Its calendar, its indicators and its areas.
        as_of: The date that the judgement speaks for.

    Returns:
        Columns `OVERDUE_COLUMNS`, sorted: of every group that is overdue one row.
    """
    values = estimates.frame.filter((pl.col("period_end") <= as_of) & pl.col("value").is_not_null()).select(
        *_SERIES, "period_start"
    )
    months = (pl.col("period_start").dt.year() * 12 + pl.col("period_start").dt.month()).cast(pl.Int64)
    of_measure = ["indicator_id", "indicator_version", "breakdown", "period_kind"]
    newest = values.group_by(of_measure).agg(pl.col("period_start").max().alias("newest_start"))
    apart = (
        values.with_columns(months.alias("month"))
        .group_by(_SERIES)
        .agg(pl.col("month").unique().sort().tail(_POINTS_OF_RHYTHM).diff().drop_nulls().alias("steps"))
        # the longer of two in the middle: late is said too late rather than too soon
        .select(*_SERIES, pl.col("steps").list.eval(pl.element().quantile(0.5, "higher")).list.first().alias("apart"))
    )
    ended = partnership.areas.frame.select("area_code", pl.col("valid_to").alias("area_ends"))
    figures = (
        current.filter(pl.col("value").is_not_null())
        .select(*_SERIES, "period_start", "basis", "statistic")
        .unique(_SERIES, keep="first", maintain_order=True)
        .join(apart, on=_SERIES, how="left", maintain_order="left")
        .join(newest, on=of_measure, how="left", maintain_order="left")
        .join(ended, on="area_code", how="left", maintain_order="left")
        .with_columns(
            is_published=(pl.col("basis") == Basis.PUBLISHED.value)
            | (pl.col("statistic") == Statistic.PUBLISHED_VALUE.value)
        )
    )
    # few kinds of case, whatever the number of areas
    case = [
        *("indicator_id", "indicator_version", "period_kind", "period_start"),
        *("apart", "newest_start", "area_ends", "is_published"),
    ]
    rows = [
        (*key, *found)
        for key in figures.select(case).unique().sort(pl.all()).iter_rows()
        if (found := _overdue(*key, partnership=partnership, as_of=as_of)) is not None
    ]
    schema = {name: figures.schema[name] for name in case}
    cases = pl.DataFrame(
        rows,
        schema={**schema, **{name: OVERDUE_COLUMNS[name] for name in ("next_period", "due_on", "missed", "due_by")}},
        orient="row",
    )
    late = figures.join(cases, on=case, how="inner", nulls_equal=True, maintain_order="left")
    return late.select(pl.col(name).cast(dtype) for name, dtype in OVERDUE_COLUMNS.items()).sort(list(_SERIES))


def _overdue(
    indicator_id: str,
    version: int,
    kind_text: str,
    start: date,
    apart: float | None,
    newest_start: date | None,
    area_ends: date | None,
    is_published: bool,
    *,
    partnership: Partnership,
    as_of: date,
) -> tuple[str, date | None, int, str] | None:
    """Return the next period, the day it was due, how many have been missed, and by what; None where none was due."""
    kind = PeriodKind(kind_text)
    latest = period_starting(kind, start)
    step = max(round((apart or 0) / _months_of_step(latest)), 1)
    valid_to = partnership.indicators[(indicator_id, version)].valid_to
    ends = min((day for day in (valid_to, area_ends) if day is not None), default=None)
    following = latest.shifted(step)
    if ends is not None and following.last > ends:
        return None
    rule = partnership.calendar.rule_for(indicator_id, following, is_published=is_published)
    missed = _missed(partnership, indicator_id, latest, step, ends, is_published=is_published, as_of=as_of)
    if rule is None and newest_start is not None and newest_start >= following.first:
        # every one of those that another area has is missing here
        elsewhere = (period_starting(kind, newest_start).ordinal - latest.ordinal) // step
        return str(following), None, max(missed, min(elsewhere, _MOST)), DueBy.OTHER_AREAS.value
    if not missed:
        return None
    due_on = partnership.calendar.expected_on(indicator_id, following, is_published=is_published)
    return str(following), due_on, missed, (DueBy.USUAL_RELEASE if rule is None else DueBy.CALENDAR).value


def _missed(
    partnership: Partnership,
    indicator_id: str,
    latest: Period,
    step: int,
    ends: date | None,
    *,
    is_published: bool,
    as_of: date,
) -> int:
    number = 0
    while number < _MOST:
        following = latest.shifted(step * (number + 1))
        due_on = partnership.calendar.expected_on(indicator_id, following, is_published=is_published)
        if due_on >= as_of or (ends is not None and following.last > ends):
            return number
        number += 1
    return number


def _months_of_step(period: Period) -> int:
    after = period.shifted(1).first
    return (after.year - period.first.year) * 12 + after.month - period.first.month


def without_outdated_words(judged: pl.DataFrame, overdue: pl.DataFrame) -> pl.DataFrame:
    """Return judgements without a word about a figure that is too old to say how things stand.

    It is when so many later figures are missing as `OUTDATED_AFTER` says. Until then a word stays, beside its period
    and the qualifier `stale`.

    Arguments:
        judged: Columns `JUDGEMENT_COLUMNS`.
        overdue: Columns `OVERDUE_COLUMNS`.

    Returns:
        The same rows; an outdated one is `not compared` or `cannot tell`, with its Reason and a sentence.
    """
    limit = pl.col("period_kind").replace_strict(
        {kind.value: number for kind, number in OUTDATED_AFTER.items()}, return_dtype=pl.Int64
    )
    late = overdue.filter(pl.col("missed") >= limit)
    outdated = late.select(
        *_SERIES,
        "period_start",
        _spoken(late["next_period"], late["period_kind"]).alias("_next"),
        pl.col("missed").alias("_missed"),
        pl.col("due_by").alias("_due_by"),
    )
    if outdated.is_empty():
        return judged
    key = [*_SERIES, "period_start"]
    joined = judged.join(outdated, on=key, how="left", maintain_order="left")
    # without a target nothing was said; a value that is missing has its own Reason
    is_outdated = pl.col("_next").is_not_null() & (pl.col("word") != Word.NO_TARGET.value) & pl.col("reason").is_null()
    sentence = pl.format(
        "The latest figure is for {}; {} It is too old to say how things stand.",
        _spoken(joined["period"], joined["period_kind"]),
        pl.when(pl.col("_due_by") == DueBy.CALENDAR.value)
        .then(pl.format("{} later ones were due, the first of them for {}.", "_missed", "_next"))
        .when(pl.col("_due_by") == DueBy.OTHER_AREAS.value)
        .then(pl.format("other areas have later ones, from {} on.", "_next"))
        .otherwise(pl.format("by now {} later ones would usually be there, the first for {}.", "_missed", "_next")),
    )
    is_comparison = pl.col("signal") == Signal.COMPARISON.value
    new = {
        "word": pl.when(is_comparison).then(pl.lit(Word.NOT_COMPARED.value)).otherwise(pl.lit(Word.CANNOT_TELL.value)),
        "reason": pl.lit(Reason.NOT_AVAILABLE.value),
        "because": sentence,
    }
    return joined.with_columns(
        pl.when(is_outdated).then(new.get(name, pl.lit(None, dtype=dtype))).otherwise(pl.col(name)).alias(name)
        for name, dtype in JUDGEMENT_COLUMNS.items()
        if name not in _KEPT_BY_OUTDATED
    ).select(judged.columns)


def _spoken(texts: pl.Series, kinds: pl.Series) -> pl.Series:
    """Return periods as they stand in a sentence: few, whatever the number of rows."""
    known = pl.DataFrame({"text": texts, "kind": kinds}).unique().drop_nulls()
    said = {text: period_from_text(PeriodKind(kind), text).spoken for text, kind in known.iter_rows()}
    return texts.replace(said)
