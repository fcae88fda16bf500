"""Reads the periods of rows by the rhythm of their indicator; where that is not known, by every rhythm there is."""

from collections.abc import Mapping, Sequence
from typing import Final

import polars as pl

from outcomes.errors import UnknownNameError
from outcomes.intake.codes import trimmed
from outcomes.intake.few_hints import Hints
from outcomes.intake.period_spellings import likely_period, period_hint, read_described_period
from outcomes.intake.reading.grid import NO_RESULT
from outcomes.intake.terms import Terms
from outcomes.partnership.layout import PeriodReading
from outcomes.period import EXAMPLE, Period
from outcomes.vocabulary import PeriodKind

__all__ = ["PERIOD_SCHEMA", "RowPeriods"]

PERIOD_SCHEMA: Mapping[str, pl.DataType] = {
    "period_form": pl.String(),
    "period_hint": pl.String(),
    "period_expected": pl.String(),
    "period_example": pl.String(),
    "period": pl.String(),
    "period_kind": pl.String(),
    "period_start": pl.Date(),
    "period_end": pl.Date(),
    "indicator_version": pl.Int32(),
    "earliest_start": pl.Date(),
    "latest_start": pl.Date(),
}
# a period that is not known: its name, rhythm, days, version of the indicator, and when it may begin
_NO_PERIOD: Final = (None,) * 7


class RowPeriods:
    """Reads the periods of rows; the same text is read once for all indicators."""

    def __init__(self, terms: Terms, readings: Sequence[PeriodReading]) -> None:
        """Keep what periods are read by: the definitions, and how each table writes them."""
        self._terms = terms
        self._readings = readings
        self._kinds_of = _kinds_of(terms)
        self._kinds = sorted({kind for kinds in self._kinds_of.values() for kind in kinds})
        self._hints = Hints()
        self._seen: dict[tuple[int, str, str, PeriodKind], tuple[Period | None, bool]] = {}

    def read(self, indicator_id: str | None, is_total: int, text: str | None, cell: str, at: int) -> tuple[object, ...]:
        """Return what `PERIOD_SCHEMA` names.

        Arguments:
            indicator_id: The indicator of the row; None where it is not known.
            is_total: Whether the row is a total, of which nothing more is said.
            text: The cell.
            cell: What the cell is: text, a number, a date.
            at: Which reading is meant.
        """
        is_unknown = indicator_id is None and not is_total
        if text == NO_RESULT or (not is_unknown and not trimmed(text or "")):
            return "uncalculated" if text == NO_RESULT else "blank", "", "", "", *_NO_PERIOD
        if indicator_id is None:
            return self._of_any(text, cell, at) if is_unknown else ("unread", "", "", "", *_NO_PERIOD)
        assert text is not None
        kinds = self._kinds_of[indicator_id]
        first: tuple[Period, bool] | None = None
        for kind in kinds:
            period, is_exact = self._read_as(text, cell, kind, at)
            if period is None:
                continue
            version = _version(indicator_id, period, self._terms)
            first = first or (period, is_exact)
            if version is not None and self._terms.partnership.indicators[indicator_id, version].period is kind:
                return _read_period(period, is_exact, version)
        if first is not None:
            return _read_period(*first, None)
        return self._unknown(text, kinds, self._readings[at])

    def _read_as(self, text: str, cell: str, kind: PeriodKind, at: int) -> tuple[Period | None, bool]:
        if (at, text, cell, kind) not in self._seen:
            self._seen[at, text, cell, kind] = read_described_period(text, cell, kind, self._readings[at])
        return self._seen[at, text, cell, kind]

    def _unknown(self, text: str, kinds: Sequence[PeriodKind], reading: PeriodReading) -> tuple[object, ...]:
        kind = kinds[0]
        names = [one.value.replace("_", " ") for one in kinds]
        expected = " or ".join(f"{'an' if name[0] in 'aeiou' else 'a'} {name}" for name in names)
        likely = self._hints.of(lambda: likely_period(text, kind))
        if reading.pattern:
            hint = f"The description of this sheet says that it is written like “{reading.pattern}”."
        else:
            hint = f"Did you mean {likely}?" if likely else self._hints.of(lambda: period_hint(text, kind))
        return "unknown", hint, expected, likely or EXAMPLE[kind], *_NO_PERIOD

    def _of_any(self, text: str | None, cell: str, at: int) -> tuple[object, ...]:
        """Of an unknown indicator, say no more than holds whichever is meant.

        No period is told: of another rhythm the same text may be another one.
        """
        if not trimmed(text or ""):
            return "blank", "", "", self._examples(), *_NO_PERIOD
        assert text is not None
        read = [self._read_as(text, cell, kind, at)[0] for kind in self._kinds]
        starts = [period.first for period in read if period is not None]
        if starts:
            return "unread", "", "", "", *_NO_PERIOD[:-2], min(starts), max(starts)
        likely = self._hints.of(lambda: self._likely_of_any(text))
        hint = f"Did you mean {likely}?" if likely else ""
        return "unknown", hint, "a period", likely or self._examples(), *_NO_PERIOD

    def _likely_of_any(self, text: str) -> str:
        return " or ".join(sorted({likely_period(text, kind) for kind in self._kinds} - {""}))

    def _examples(self) -> str:
        own = {kind for one in self._terms.supplied_indicators for kind in self._kinds_of.get(one, ())}
        return " or ".join(EXAMPLE[kind] for kind in self._kinds if kind in own or not own)


def _kinds_of(terms: Terms) -> dict[str, list[PeriodKind]]:
    """Return the rhythms of each indicator, that of its latest version first."""
    found: dict[str, list[PeriodKind]] = {}
    for indicator_id in {indicator_id for indicator_id, _ in terms.partnership.indicators}:
        versions = terms.partnership.versions_of(indicator_id)
        found[indicator_id] = list(dict.fromkeys(version.period for version in reversed(versions)))
    return found


def _version(indicator_id: str, period: Period, terms: Terms) -> int | None:
    try:
        return terms.partnership.indicator_on(indicator_id, period.last).version
    except UnknownNameError:
        return None


def _read_period(period: Period, is_exact: bool, version: int | None) -> tuple[object, ...]:
    form = "exact" if is_exact else "lenient"
    dates = (period.first, period.last)
    return (
        form,
        "",
        "",
        EXAMPLE[period.kind],
        str(period),
        period.kind.value,
        *dates,
        version,
        period.first,
        period.first,
    )
