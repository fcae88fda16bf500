"""Holds published values against what the street computes: each agrees within its printed rounding, or is explained."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

import polars as pl

from outcomes.breakdown import WHOLE
from outcomes.intake.observations import KEY, Observations
from outcomes.intake.period_spellings import read_period
from outcomes.partnership.model import Partnership
from outcomes.table import hold_to_table
from outcomes.vocabulary import Word
from outcomes.workflows.backtest_reasons import Computed, LikelyReason, Surroundings, likely_reason
from outcomes.workflows.published_values import Printed, PublishedValue
from outcomes.workflows.scoring import scorecards

__all__ = ["BACKTEST_COLUMNS", "Backtest", "backtest"]

BACKTEST_COLUMNS: Final[dict[str, pl.DataType]] = {
    # of the published values
    "line": pl.Int64(),
    "place": pl.String(),
    "indicator": pl.String(),
    "period": pl.String(),
    "breakdown": pl.String(),
    "area_code": pl.String(),
    "indicator_id": pl.String(),
    "published": pl.Float64(),
    "computed": pl.Float64(),
    # computed less published
    "difference": pl.Float64(),
    "published_lower": pl.Float64(),
    "computed_lower": pl.Float64(),
    "published_upper": pl.Float64(),
    "computed_upper": pl.Float64(),
    "published_comparison": pl.String(),
    "computed_comparison": pl.String(),
    "numerator": pl.Float64(),
    "denominator": pl.Float64(),
    "agrees": pl.Boolean(),
    # which of value, lower, upper and comparison differ, joined by ", "
    "differs_in": pl.String(),
    # a LikelyReason, null of a row that agrees
    "likely_reason": pl.String(),
    "explanation": pl.String(),
}
_NUMBERS: Final = (("value", "value"), ("lower", "lower_ci_95"), ("upper", "upper_ci_95"))
_NOT_SAID: Final = frozenset({Word.NOT_COMPARED.value, Word.NOT_ASKED.value, Word.CANNOT_TELL.value})


@dataclass(frozen=True)
class Backtest:
    """Published values beside computed ones.

    Attributes:
        frame: One row for each published value, in the order of the pack: columns `BACKTEST_COLUMNS`.
        as_of: The date that the computed ones speak for.
    """

    frame: pl.DataFrame
    as_of: date

    def __post_init__(self) -> None:
        """Refuse a frame that is no backtest's."""
        hold_to_table(self.frame, BACKTEST_COLUMNS, "backtest")

    @property
    def agreeing(self) -> int:
        """How many rows agree."""
        return int(self.frame["agrees"].sum())

    @property
    def differing(self) -> int:
        """How many rows differ."""
        return self.frame.height - self.agreeing


def backtest(
    published: Sequence[PublishedValue], versions: pl.DataFrame, partnership: Partnership, *, as_of: date
) -> Backtest:
    """Hold published values against those that are computed of a record, unprotected, as the pack's were.

    A number agrees where it would be printed so: it lies within half a step of the last printed digit. A word of
    comparison is held where one is computed, which is of the current period alone.

    Arguments:
        published: The values of the pack.
        versions: Every version of every figure, by submission; columns `OBSERVATION_COLUMNS`.
        partnership: The world that they are read against.
        as_of: The date that the computed values speak for.
    """
    newest = _results(versions, "last", partnership, as_of)
    # what was computed before anything was revised tells a pack that was made before
    first = _results(versions, "first", partnership, as_of) if versions["is_revision"].any() else {}
    names = _Names(partnership)
    surroundings = Surroundings(newest, first, partnership)
    rows = [_row(one, names, newest, surroundings) for one in published]
    return Backtest(pl.DataFrame(rows, schema=BACKTEST_COLUMNS, orient="row"), as_of)


def _results(
    versions: pl.DataFrame, keep: str, partnership: Partnership, as_of: date
) -> dict[tuple[str, str, str, str], Computed]:
    """Return each computed value by indicator, area, period and breakdown."""
    ordered = versions.sort("submission", maintain_order=True)
    kept = ordered.unique(KEY, keep="last" if keep == "last" else "first", maintain_order=True).sort(KEY)
    frame = scorecards(partnership, Observations(kept), as_of=as_of, policy="none").results()
    found: dict[tuple[str, str, str, str], Computed] = {}
    for row in frame.sort("indicator_version", maintain_order=True).iter_rows(named=True):
        key = (row["indicator_id"], row["area_code"], row["period"], row["breakdown"])
        # a measure of several frameworks has a row under each; only the words differ
        words = found[key].words if key in found else ()
        found[key] = Computed.of(row, (*words, row["comparison"]) if row["comparison"] else words)
    return found


class _Names:
    """Tells which area, indicator and period a pack means."""

    def __init__(self, partnership: Partnership) -> None:
        self._areas: dict[str, set[str]] = {}
        for area in partnership.areas:
            for text in (area.code, area.name):
                self._areas.setdefault(text.casefold(), set()).add(area.code)
        self._indicators: dict[str, set[str]] = {}
        self._kinds = {}
        for indicator in partnership.indicators.values():
            for text in (indicator.id, indicator.official_code, indicator.name):
                if text:
                    self._indicators.setdefault(text.casefold(), set()).add(indicator.id)
            self._kinds[indicator.id] = indicator.period

    def area(self, text: str) -> str:
        """Return the code of the one area of that code or name, else an empty text."""
        return _only(self._areas, text)

    def indicator(self, text: str) -> str:
        """Return the id of the one indicator of that id, official code or name, else an empty text."""
        return _only(self._indicators, text)

    def period(self, text: str, indicator_id: str) -> str:
        """Return a period in its canonical form, else as it is written."""
        period, _ = read_period(text, "text", self._kinds[indicator_id]) if indicator_id in self._kinds else (None, 0)
        return str(period) if period else text


def _only(found: Mapping[str, set[str]], text: str) -> str:
    codes = found.get(text.casefold(), set())
    return next(iter(codes)) if len(codes) == 1 else ""


def _row(
    one: PublishedValue,
    names: _Names,
    newest: Mapping[tuple[str, str, str, str], Computed],
    surroundings: Surroundings,
) -> tuple[object, ...]:
    indicator_id, area_code = names.indicator(one.indicator), names.area(one.place)
    period = names.period(one.period, indicator_id)
    key = (indicator_id, area_code, period, one.breakdown or WHOLE)
    computed = newest.get(key)
    differs = _differs_in(one, computed, is_known=bool(indicator_id and area_code))
    reason: LikelyReason | None = None
    explanation = ""
    if differs:
        reason, explanation = likely_reason(one, key, computed, differs, surroundings)
    elif one.comparison and computed is not None and not _spoken(computed.words):
        explanation = "the word of comparison was not held: one is computed for the current period alone"
    return (
        one.line,
        one.place,
        one.indicator,
        period,
        one.breakdown,
        area_code or None,
        indicator_id or None,
        one.value.value if one.value else None,
        computed.value if computed else None,
        computed.value - one.value.value if one.value and computed and computed.value is not None else None,
        one.lower.value if one.lower else None,
        computed.lower if computed else None,
        one.upper.value if one.upper else None,
        computed.upper if computed else None,
        one.comparison or None,
        "; ".join(dict.fromkeys(computed.words)) if computed and computed.words else None,
        computed.numerator if computed else None,
        computed.denominator if computed else None,
        not differs,
        ", ".join(differs) or None,
        reason.value if reason else None,
        explanation or None,
    )


def _differs_in(one: PublishedValue, computed: Computed | None, *, is_known: bool) -> tuple[str, ...]:
    if computed is None:
        # that nothing was published and nothing is computed agrees, where it is known what is meant
        return () if is_known and one.value is None else ("value",)
    differs = []
    pairs: tuple[tuple[str, Printed | None, float | None], ...] = (
        ("value", one.value, computed.value),
        ("lower", one.lower, computed.lower),
        ("upper", one.upper, computed.upper),
    )
    for name, printed, number in pairs:
        # a limit that was not printed is not held; a value that was not is
        if printed is None and (name != "value" or number is None):
            continue
        if printed is None or number is None or not is_printed_so(printed, number):
            differs.append(name)
    words = _spoken(computed.words)
    if one.comparison and words and one.comparison.casefold().replace("_", " ") not in words:
        differs.append("comparison")
    return tuple(differs)


def is_printed_so(printed: Printed, number: float) -> bool:
    """Tell whether a number may be printed as it was: within half a step of the last digit, whichever way it is cut."""
    return abs(number - printed.value) <= printed.half_step * (1 + 1e-9) + 1e-12 * abs(number)


def _spoken(words: Sequence[str]) -> set[str]:
    return {word for word in words if word not in _NOT_SAID}
