"""Says why a published value likely differs from the computed one: each class is tried with the figures themselves."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum, unique
from typing import Any, Final

from outcomes.partnership.model import Partnership
from outcomes.workflows.published_values import Printed, PublishedValue

__all__ = ["Computed", "LikelyReason", "Surroundings", "likely_reason"]

_Key = tuple[str, str, str, str]
# a number that is printed in steps of more than a fiftieth of itself is that of many other figures by chance
_COARSEST: Final = 0.01


@unique
class LikelyReason(StrEnum):
    """Why a published value likely differs; the first that fits."""

    UNKNOWN = "unknown to the partnership"
    NOT_COMPUTED = "not computed here"
    NOT_PUBLISHED = "not published"
    ROUNDING = "rounding"
    REVISED = "revised since"
    STALE = "value of another period"
    OTHER_DENOMINATOR = "other denominator"
    MISSING_PART = "missing part"
    COUNTED_TWICE = "part counted twice"
    OTHER_INTERVAL = "other interval method"
    OTHER_COMPARISON = "other comparison"
    UNEXPLAINED = "unexplained"


@dataclass(frozen=True, slots=True)
class Computed:
    """A value that the street computes, and the counts behind it."""

    value: float | None
    lower: float | None
    upper: float | None
    numerator: float | None
    denominator: float | None
    reason: str
    qualifiers: str
    period_start: object
    words: tuple[str, ...]

    @classmethod
    def of(cls, row: Mapping[str, Any], words: tuple[str, ...]) -> "Computed":
        """Return the value of a row of the results."""
        why = "; ".join(text for text in (row["reason"], row["detail"]) if text)
        return cls(
            row["value"],
            row["lower_ci_95"],
            row["upper_ci_95"],
            row["numerator"],
            row["denominator"],
            why,
            row["qualifiers"] or "",
            row["period_start"],
            words,
        )


class Surroundings:
    """What else is computed: other periods and parts of the same measure, and values of before any revision."""

    def __init__(
        self, newest: Mapping[_Key, Computed], first: Mapping[_Key, Computed], partnership: Partnership
    ) -> None:
        self.first = first
        self.partnership = partnership
        self._newest = newest
        self._by_series: dict[tuple[str, str, str], list[tuple[str, Computed]]] = {}
        for (indicator_id, area_code, period, breakdown), computed in newest.items():
            self._by_series.setdefault((indicator_id, area_code, breakdown), []).append((period, computed))

    def other_periods(self, key: _Key) -> Iterator[tuple[str, Computed]]:
        """Yield the other periods of a series, the nearest before it first."""
        indicator_id, area_code, period, breakdown = key
        series = sorted(
            self._by_series.get((indicator_id, area_code, breakdown), ()), key=lambda pair: str(pair[1].period_start)
        )
        at = next((place for place, (one, _) in enumerate(series) if one == period), len(series))
        yield from reversed(series[:at])
        yield from series[at + 1 :]

    def parts(self, key: _Key) -> Iterator[tuple[str, Computed]]:
        """Yield the names and values of the direct parts of an area."""
        indicator_id, area_code, period, breakdown = key
        for part in self.partnership.footprints.parts(area_code):
            computed = self._newest.get((indicator_id, part, period, breakdown))
            if computed is not None:
                yield self.partnership.areas[part].name, computed


def likely_reason(
    one: PublishedValue,
    key: _Key,
    computed: Computed | None,
    differs: Sequence[str],
    surroundings: Surroundings,
) -> tuple[LikelyReason, str]:
    """Return why a published value likely differs, and in words what speaks for it.

    Arguments:
        one: What was published.
        key: The indicator, area, period and breakdown that are meant; empty texts where they are unknown.
        computed: What is computed of it; None where there is no such row.
        differs: Which of value, lower, upper and comparison differ.
        surroundings: What else is computed.
    """
    if computed is None:
        return _of_nothing(one, key, surroundings)
    if "value" not in differs:
        return _of_the_rest(differs, one, computed)
    if computed.value is None:
        return LikelyReason.NOT_COMPUTED, f"there is no value: {computed.reason}"
    if one.value is None:
        return LikelyReason.NOT_PUBLISHED, "no number was printed, and one is computed"
    return _of_value(one.value, key, computed, surroundings)


def _of_value(value: Printed, key: _Key, computed: Computed, surroundings: Surroundings) -> tuple[LikelyReason, str]:
    steps = (computed.value or 0.0) / (2 * value.half_step) if value.half_step else 0.0
    # what is printed whole already, such as a count, no rounding changes
    is_between = abs(steps - round(steps)) > 1e-9 * max(1.0, abs(steps))
    if is_between and abs((computed.value or 0.0) - value.value) <= 2 * value.half_step * (1 + 1e-9):
        return LikelyReason.ROUNDING, "it is within one step of the last printed digit: cut off, or rounded twice"
    if value.half_step > _COARSEST * abs(value.value):
        return LikelyReason.UNEXPLAINED, "it was printed too coarsely to be found again in other figures"
    for attempt in (_revised, _stale, _other_denominator, _without_or_with_a_part, _partial):
        found = attempt(value, key, computed, surroundings)
        if found is not None:
            return found
    return LikelyReason.UNEXPLAINED, "no other period, denominator, part or earlier version gives it"


def _of_nothing(one: PublishedValue, key: _Key, surroundings: Surroundings) -> tuple[LikelyReason, str]:
    indicator_id, area_code, _, _ = key
    unknown = [
        f"no {what} of the partnership, or more than one, is called “{text}”"
        for what, text, code in (("indicator", one.indicator, indicator_id), ("place", one.place, area_code))
        if not code
    ]
    if unknown:
        return LikelyReason.UNKNOWN, "; ".join(unknown)
    has_series = any(True for _ in surroundings.other_periods(key))
    what = "of this period or group" if has_series else "of this indicator for this place"
    return LikelyReason.NOT_COMPUTED, f"the record has no figure {what}"


def _of_the_rest(differs: Sequence[str], one: PublishedValue, computed: Computed) -> tuple[LikelyReason, str]:
    if "lower" in differs or "upper" in differs:
        if computed.lower is None and computed.upper is None:
            return LikelyReason.OTHER_INTERVAL, "the value agrees; no interval is computed here"
        return (
            LikelyReason.OTHER_INTERVAL,
            "the value agrees; its limits were made by another method",
        )
    words = ", ".join(f"“{word}”" for word in dict.fromkeys(computed.words))
    return (
        LikelyReason.OTHER_COMPARISON,
        f"the numbers agree; “{one.comparison}” was published, and {words} is computed",
    )


_Found = tuple[LikelyReason, str] | None


def _revised(value: Printed, key: _Key, computed: Computed, surroundings: Surroundings) -> _Found:
    before = surroundings.first.get(key)
    if before is None or before.value is None or before.value == computed.value:
        return None
    if _is(value, before.value):
        return LikelyReason.REVISED, "it is the value of the figures as they were first sent; they were revised since"
    return None


def _stale(value: Printed, key: _Key, computed: Computed, surroundings: Surroundings) -> _Found:
    del computed
    for period, other in surroundings.other_periods(key):
        if other.value is not None and _is(value, other.value):
            return LikelyReason.STALE, f"it is the value of {period}"
    return None


def _other_denominator(value: Printed, key: _Key, computed: Computed, surroundings: Surroundings) -> _Found:
    # the printed scale is one factor, whatever it is
    per_one = (computed.value or 0.0) * (computed.denominator or 0.0)
    for period, other in surroundings.other_periods(key):
        is_other = other.denominator and other.denominator != computed.denominator
        if per_one and other.denominator and is_other and _is(value, per_one / other.denominator):
            return LikelyReason.OTHER_DENOMINATOR, f"it is the numerator over the denominator of {period}"
    return None


def _without_or_with_a_part(value: Printed, key: _Key, computed: Computed, surroundings: Surroundings) -> _Found:
    for name, part in surroundings.parts(key):
        without = _changed(computed, part, -1)
        if without is not None and _is(value, without):
            return LikelyReason.MISSING_PART, f"it is the value without {name}"
        twice = _changed(computed, part, 1)
        if twice is not None and _is(value, twice):
            return LikelyReason.COUNTED_TWICE, f"it is the value with {name} counted twice"
    return None


def _changed(computed: Computed, part: Computed, times: int) -> float | None:
    """Return the value with a part's counts taken off or added, on the printed scale."""
    if computed.value is None or not computed.numerator or part.numerator is None:
        return None
    numerator = computed.numerator + times * part.numerator
    if computed.denominator is None or part.denominator is None:
        return computed.value * numerator / computed.numerator if computed.denominator is None else None
    denominator = computed.denominator + times * part.denominator
    if denominator <= 0:
        return None
    scale = computed.value * computed.denominator / computed.numerator
    return scale * numerator / denominator


def _partial(value: Printed, key: _Key, computed: Computed, surroundings: Surroundings) -> _Found:
    del value, key, surroundings
    if "partial" in computed.qualifiers:
        return (
            LikelyReason.MISSING_PART,
            "the computed value is partial: parts of the area have no figure in the record",
        )
    return None


def _is(printed: Printed, number: float) -> bool:
    return abs(number - printed.value) <= printed.half_step * (1 + 1e-9)
