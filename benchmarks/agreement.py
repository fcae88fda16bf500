"""Proves that the contenders did the same work: the same sums, limits and words, before any time is believed."""

from pathlib import Path

import polars as pl
from polars.testing import assert_frame_equal

from benchmarks.contenders import Scored, Street, duckdb_street, polars_street
from benchmarks.world import Size
from outcomes.vocabulary import Signal

__all__ = ["hold_to_one_answer"]

_KEY = ("indicator_id", "area_code", "period_start", "breakdown")
_LIMITS = ("lower_ci_95", "upper_ci_95", "lower_ci_99_8", "upper_ci_99_8")
_SERIES = ("indicator_id", "area_code", "breakdown")


def hold_to_one_answer(folder: Path, size: Size) -> int:
    """Run every contender once and compare; return how many values agreed.

    Raises:
        AssertionError: A sum differs at all, a limit by more than 1e-9 of itself, or a word.
    """
    ours = _ours(Street.over(folder, size))
    for other in (polars_street(folder, size)(), _of_duckdb(folder, size)):
        for mine, theirs, key in ((ours.values, other.values, _KEY), (ours.words, other.words, _SERIES)):
            left, right = (
                frame.select(mine.columns).with_columns(pl.col(key).cast(pl.String)).sort(key)
                for frame in (mine, theirs)
            )
            assert_frame_equal(left, right, check_dtypes=False, check_exact=False, rel_tol=1e-9)
    return ours.values.height


def _ours(street: Street) -> Scored:
    estimates, judgements = street.from_observations()
    values = estimates.frame.select(*_KEY, pl.col("numerator", "denominator").cast(pl.Int64), "value", *_LIMITS)
    told = judgements.frame.filter(pl.col("signal") != Signal.TARGET.value)
    words = told.select(
        *_SERIES,
        "word",
        pl.col("against").replace({"trend_fingertips_2020": "trend"}),
    ).pivot("against", index=_SERIES, values="word")
    return Scored(values, words.rename({"system": "against_system", "other_places": "against_others"}))


def _of_duckdb(folder: Path, size: Size) -> Scored:
    base = duckdb_street(folder, size)()
    values = base.execute(
        f"SELECT indicator_id, area_code, period_start, breakdown, n, d, value, {', '.join(_LIMITS)} FROM estimates"
    ).fetchall()
    words = base.execute(
        "SELECT indicator_id, area_code, breakdown, against_system, against_others, trend FROM words"
    ).fetchall()
    names = [*_KEY, "numerator", "denominator", "value", *_LIMITS]
    return Scored(
        pl.DataFrame(values, schema=names, orient="row"),
        pl.DataFrame(words, schema=[*_SERIES, "against_system", "against_others", "trend"], orient="row"),
    )
