"""Protects a number that a partner wrote down in a dispute like the figure that it speaks of."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from outcomes.agreement.model import Position
from outcomes.framework.model import Indicator
from outcomes.partnership.policy import Preset
from outcomes.scorecard.figures import Row
from outcomes.vocabulary import AreaLevel, Basis, DisputeSubject, NumeratorKind, Reason, Statistic

__all__ = ["StatedNumbers"]

# whose value goes up in even steps as one more person or event is counted
_IN_STEPS: Final = frozenset(
    {
        Statistic.PROPORTION,
        Statistic.CRUDE_RATE,
        Statistic.DIRECTLY_STANDARDISED_RATE,
        Statistic.INDIRECTLY_STANDARDISED_RATIO,
        Statistic.COUNT,
        Statistic.RATIO,
    }
)


@dataclass(frozen=True)
class StatedNumbers:
    """The figures of one measure in one place, which numbers that somebody wrote down are held against.

    Attributes:
        whole: The protected figures of the place itself, of every version of the measure, earliest first.
        indicator: The measure.
        preset: The rule of the policy for it; None for the working copy, which tells what was written.
    """

    whole: Sequence[Row]
    indicator: Indicator
    preset: Preset | None

    def shown(self, position: Position) -> tuple[float | None, Reason | None]:
        """Return the number of a position as it may be shown, or why it may not.

        A number of people or events is taken for a count out of the figure's own denominator: hidden where that count
        (or, of a proportion, the rest) is small, else shown as the nearest count is that the policy shows. A percentage
        written with more decimals would tell the very count that is rounded beside it. What is no count of people has
        the decimals of its measure. Where the figure itself is hidden or not there, nothing protects the number.
        """
        number = position.number
        if number is None or self.preset is None or position.about is DisputeSubject.TARGET:
            return number, None
        rows = [row for row in self.whole if row["period"] == position.period] if position.period else self.whole[-1:]
        if any(row["reason"] == Reason.CONFIDENTIAL.value for row in rows):
            return None, Reason.CONFIDENTIAL
        hides_nothing = self.preset.suppress_to == 0 and self.preset.rounds_to == 1
        if hides_nothing or self.indicator.statistic is Statistic.PUBLISHED_VALUE:
            return self._with_decimals(number), None
        if not rows or rows[-1]["value"] is None:
            return None, Reason.CONFIDENTIAL
        return self._beside(number, rows[-1], self.preset)

    def _beside(self, number: float, row: Row, preset: Preset) -> tuple[float | None, Reason | None]:
        """Return a number as it may stand beside a figure that is shown."""
        if _is_exempt(row, preset):
            return number, None
        if row["basis"] == Basis.PUBLISHED.value or not self._counts():
            return self._with_decimals(number), None
        return self._as_a_count(number, row, preset)

    @property
    def is_rounded(self) -> bool:
        """Whether the figures that they stand beside are rounded, so that more decimals would claim too much."""
        if self.preset is None or self.indicator.statistic is Statistic.PUBLISHED_VALUE:
            return False
        is_exempt = bool(self.whole) and _is_exempt(self.whole[-1], self.preset)
        return self.preset.rounds_to > 1 and not is_exempt

    def _counts(self) -> bool:
        counts_people = (
            self.indicator.statistic is Statistic.PROPORTION or self.indicator.numerator is NumeratorKind.COUNT
        )
        return counts_people and self.indicator.statistic in _IN_STEPS

    def _as_a_count(self, number: float, row: Row, preset: Preset) -> tuple[float | None, Reason | None]:
        count, base = _of_one(row, self.indicator)
        if count is None:
            return None, Reason.CONFIDENTIAL
        events = _whole(Decimal(repr(number)) / count)
        rest = _whole(base - events) if base is not None else 0
        is_part = self.indicator.statistic is Statistic.PROPORTION and preset.checks_complement
        if _is_small(events, preset) or (is_part and _is_small(rest, preset)):
            return None, Reason.CONFIDENTIAL
        if preset.rounds_to == 1:
            return self._with_decimals(number), None
        size = (abs(events) * 2 + preset.rounds_to) // (preset.rounds_to * 2) * preset.rounds_to
        return float((size if events >= 0 else -size) * count), None

    def _with_decimals(self, number: float) -> float:
        unit = Decimal(1).scaleb(-self.indicator.decimals)
        return float(Decimal(repr(number)).quantize(unit, rounding=ROUND_HALF_UP))


def _of_one(row: Row, indicator: Indicator) -> tuple[Decimal | None, Decimal | None]:
    """What one person or event adds to the figure, and out of how many; None where that cannot be told."""
    events, out_of = row["numerator"], row["denominator"]
    base = Decimal(repr(out_of)) if out_of else None
    if events:
        return Decimal(repr(row["value"])) / Decimal(repr(events)), base
    if indicator.statistic is Statistic.COUNT:
        return Decimal(1), base
    return (Decimal(repr(indicator.multiplier)) / base if base else None), base


def _is_exempt(row: Row, preset: Preset) -> bool:
    """Whether the policy leaves a figure as it is: of a level that it exempts, whole, and not of one part alone."""
    if AreaLevel(row["level"]) not in preset.exempt_levels:
        return False
    expected, contributed, coverage = row["parts_expected"], row["parts_contributed"], row["coverage"]
    is_whole = (contributed or 0) >= (expected or 0) and (coverage is None or coverage >= 1)
    return is_whole and not (coverage is not None and contributed == 1)


def _is_small(count: int, preset: Preset) -> bool:
    size = abs(count)
    is_from = size >= preset.suppress_from or (size > 0 and preset.suppress_from <= 1)
    return preset.suppress_to > 0 and is_from and size <= preset.suppress_to


def _whole(count: Decimal) -> int:
    return int(count.to_integral_value(rounding=ROUND_HALF_UP))
