"""Judges: runs the signals over the current figures, and keeps them apart."""

from datetime import date
from typing import Final

import polars as pl

from outcomes.estimates.model import Estimates
from outcomes.judgement.comparison import comparisons
from outcomes.judgement.current import SERIES, current_figures
from outcomes.judgement.gaps import Gaps, measured_gaps
from outcomes.judgement.inequality import inequalities
from outcomes.judgement.model import JUDGEMENT_COLUMNS, TARGET_COLUMNS, Judgements
from outcomes.judgement.overdue import overdue_figures, without_outdated_words
from outcomes.judgement.process_points import process_points
from outcomes.judgement.special_cause import special_causes, with_assurance
from outcomes.judgement.target import targets
from outcomes.judgement.trend import trends
from outcomes.ordering import in_order, order_numbers
from outcomes.partnership.model import Partnership
from outcomes.table import empty_table

__all__ = ["JUDGEMENT_ORDER", "TARGET_ORDER", "judge"]

JUDGEMENT_ORDER: Final = (
    "framework_id",
    "indicator_id",
    "indicator_version",
    "area_code",
    "breakdown",
    "signal",
    "against",
    "against_code",
    "target_period",
    "target_value",
    "target_key",
)
TARGET_ORDER: Final = tuple(TARGET_COLUMNS)[:7]
_AT_A_TIME: Final = 400_000


def judge(estimates: Estimates, partnership: Partnership, *, as_of: date) -> Judgements:
    """Return what each framework's signals say of every area's current figure, one row a signal, none added up.

    The current figure of a series is that of the latest period that had ended by the date. It is compared with each
    benchmark of the inclusion, its recent trend is told, it is held against its process limits where the framework
    names a special-cause method, and against each target. Where it is collected by deprivation, the gap between the
    most and the least deprived is measured, and whether it narrows.

    Arguments:
        estimates: Values with intervals, every area and period.
        partnership: Frameworks, agreements, areas, footprints and published series.
        as_of: The date that the judgement speaks for: what ended, was released or was agreed later is not known.

    Returns:
        One row for each framework × series × signal × what it is held against; each with a word. Of special cause
        there are rows where a method is named; `process_points` are the charts behind them. Of inequality there are
        rows of everybody where the indicator has groups by deprivation; `gaps` are the numbers behind them. A word is
        no longer given of a figure that many later ones should have followed; `overdue` are those that one should.

    Raises:
        UnknownNameError: A framework names a method of trend, special cause or inequality that there is not.
        ValueError: A period of a target is not written in its indicator's rhythm.

    Source: OHID, Fingertips public health technical guidance (comparison, recent trend). NHS England, Making Data Count
    (special cause, assurance).
    """
    # one whole number for what makes a series: to group by several columns of text is dear
    series = order_numbers(estimates.frame, SERIES)
    current = current_figures(estimates, series, partnership, as_of)
    # current figures stand in the order of their judgements, so some thousands at a time can be judged and sorted: the
    # small areas of a nation have millions of words, and all at once would need several times their room
    points = process_points(current, estimates, series, partnership, as_of)
    gaps = measured_gaps(current, estimates, partnership, as_of)
    judged = [
        _judged(some, estimates, series, points, gaps, partnership, as_of) for some in current.iter_slices(_AT_A_TIME)
    ]
    frame = pl.concat([words for words, _ in judged] or [empty_table(JUDGEMENT_COLUMNS)])
    overdue = overdue_figures(current, estimates, partnership, as_of)
    frame = without_outdated_words(frame, overdue)
    terms = pl.concat([held for _, held in judged] or [empty_table(TARGET_COLUMNS)])
    return Judgements(frame, as_of, estimates.known_at, points, gaps.points, in_order(terms, TARGET_ORDER), overdue)


def _judged(
    current: pl.DataFrame,
    estimates: Estimates,
    series: pl.Series,
    points: pl.DataFrame,
    gaps: Gaps,
    partnership: Partnership,
    as_of: date,
) -> tuple[pl.DataFrame, pl.DataFrame]:
    moving = trends(current, estimates, series, as_of)
    told, held = targets(current, estimates, partnership, as_of)
    together = pl.concat(
        [
            comparisons(current, estimates, partnership, as_of),
            moving,
            special_causes(current, points),
            with_assurance(told, held, current, points),
            inequalities(current, gaps, moving),
        ]
    )
    return in_order(together.select(list(JUDGEMENT_COLUMNS)), JUDGEMENT_ORDER), held
