"""Sets the new figures of a return beside the sender's own earlier figures of the same thing, period after period."""

from dataclasses import dataclass
from typing import Final

import polars as pl

from outcomes.intake.entries import Entries
from outcomes.intake.entries_model import ADDED
from outcomes.intake.history import of_sender
from outcomes.intake.observations import KEY, Observations
from outcomes.intake.terms import Terms

__all__ = ["NUMBERS_HELD", "OwnSeries", "own_series"]

_JOIN: Final = tuple(name for name in KEY if name != "partner_code")
# one series: all of a figure's key but its period
_SERIES: Final = tuple(name for name in _JOIN if name != "period_start")
NUMBERS_HELD: Final = ("numerator", "denominator", "value")


@dataclass(frozen=True)
class OwnSeries:
    """Series of one sender, figures of the record and of the return together, each key once.

    Attributes:
        figures: By series and period: series (a whole number), period_start, at (the entry; null where the figure is of
            the record), numerator, denominator, value (null where there is none).
        asked: Where in `figures` the entries stand that say something new: a new key, or another figure for a known.
    """

    figures: pl.DataFrame
    asked: pl.Series

    def earlier(self, back: int, columns: tuple[str, ...] = NUMBERS_HELD) -> pl.DataFrame:
        """Return for each entry that is asked about the figure so many places before it, of the same series, or nulls.

        Arguments:
            back: How many figures before, from 1.
            columns: Which of the figures' columns.
        """
        places = self.asked - back
        is_there = places >= 0
        safe = pl.select(pl.when(is_there).then(places).otherwise(0)).to_series()
        series = self.figures["series"]
        is_same = is_there & (series.gather(safe) == series.gather(self.asked))
        found = self.figures.select(columns)[safe]
        return found.select(pl.when(is_same).then(pl.col(name)).alias(name) for name in columns)

    def before(self, place: int, most: int) -> pl.DataFrame:
        """Return the earlier figures of one entry that is asked about, the last first.

        Arguments:
            place: Which of the entries asked about.
            most: At most so many.
        """
        at = int(self.asked[place])
        last = self.figures[max(at - most, 0) : at].reverse()
        return last.filter(pl.col("series") == self.figures["series"][at])


def own_series(entries: Entries, known: Observations, terms: Terms) -> OwnSeries | None:
    """Return the series of which the record has a figure and the return a new one; None where there are none.

    Arguments:
        entries: With identity, breakdown, numbers, relations and history.
        known: What the record holds.
        terms: Whose record is meant.
    """
    before = of_sender(known, terms)
    if before.is_empty() or not entries["has_key"].any():
        return None
    is_new = pl.col("is_known").is_null() | pl.col("is_revision")
    needed = (*_JOIN, "at", "is_known", "is_revision", *NUMBERS_HELD)
    sent = entries.filter(pl.col("has_key") & pl.col("is_kept") & ~pl.col(ADDED)).select(needed).lazy()
    named = sent.filter(is_new).select(_SERIES).unique().collect()
    series = before.lazy().select(_SERIES).unique().join(named.lazy(), on=list(_SERIES), how="semi").sort(_SERIES)
    series = series.with_row_index("series").collect().lazy()
    numbers = [pl.col(name) for name in NUMBERS_HELD]
    of_file = (
        sent.join(series, on=list(_SERIES))
        .select(*_JOIN, "series", pl.col("at").cast(pl.UInt32), *numbers, is_new.alias("is_new"))
        .collect()
    )
    if of_file.is_empty():
        return None
    of_record = (
        before.lazy()
        .join(series, on=list(_SERIES))
        # what is sent anew takes the place of what was sent before
        .join(of_file.lazy().select(_JOIN), on=list(_JOIN), how="anti")
        .select("series", "period_start", pl.lit(None, dtype=pl.UInt32).alias("at"), *numbers)
        .with_columns(pl.lit(False).alias("is_new"))
        .collect()
    )
    figures = pl.concat([of_record, of_file.select(of_record.columns)]).sort("series", "period_start")
    asked = figures["is_new"].arg_true().cast(pl.Int64)
    return OwnSeries(figures.drop("is_new"), asked) if len(asked) else None
