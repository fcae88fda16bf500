"""A single estimate from plain numbers: any row-wise method asked of one row, both levels in one call."""

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from outcomes.statistics.confidence import limit_names
from outcomes.vocabulary import Detail, Reason

__all__ = ["OneEstimate", "estimate_of"]


@dataclass(frozen=True, slots=True)
class OneEstimate:
    """One value with its limits, or the reason why there is none.

    Attributes:
        value: The value, or None.
        limits: The limits by the names that they have as columns, such as `lower_ci_95`.
        reason: Why there is no value, or None.
        detail: What exactly is wrong, or `no spread` for a value without an interval, or None.
    """

    value: float | None
    limits: Mapping[str, float | None]
    reason: Reason | None
    detail: Detail | None

    def interval(self, confidence: float = 0.95) -> tuple[float, float] | None:
        """Return the lower and the upper limit at a level, or None where there is no interval.

        Args:
            confidence: One of the levels that were asked for, as a fraction.

        Raises:
            KeyError: That level was not asked for.

        >>> from outcomes.statistics import proportion
        >>> estimate_of(proportion(0, 0)).interval() is None
        True
        """
        lower, upper = (self.limits[name] for name in limit_names(confidence))
        return None if lower is None or upper is None else (lower, upper)


def estimate_of(estimate: pl.Expr, **numbers: float | None) -> OneEstimate:
    """Return what a row-wise method says of one row of plain numbers, for the impatient.

    Args:
        estimate: What a row-wise method returns: `proportion`, `crude_rate`, `count`, `mean`, `absolute_gap` or
            `relative_gap`; of numbers, or of the names of the numbers that follow.
        numbers: The numbers by name, where the method was given names.

    Returns:
        The estimate.

    Raises:
        polars.exceptions.ColumnNotFoundError: The method reads a name that has no number.

    Limits of use: a table is worked out many thousand times as quickly at once as row by row.

    >>> from outcomes.statistics import absolute_gap, crude_rate, proportion
    >>> smokers = estimate_of(proportion(20, 100))
    >>> smokers.value, [round(limit, 2) for limit in smokers.interval(0.998)]
    (20.0, [10.52, 34.71])
    >>> estimate_of(crude_rate(6, 0)).detail
    <Detail.ZERO_DENOMINATOR: 'zero denominator'>
    >>> gap = estimate_of(
    ...     absolute_gap("most", "least", confidence=[0.95]), most_value=30.0, most_lower_ci_95=25.0,
    ...     most_upper_ci_95=36.0, least_value=20.0, least_lower_ci_95=16.0, least_upper_ci_95=25.0)
    >>> gap.value, round(gap.limits["lower_ci_95"], 2)
    (10.0, 2.93)
    """
    columns = {name: [number] for name, number in numbers.items()}
    row = pl.DataFrame(columns, schema=dict.fromkeys(columns, pl.Float64), strict=False)
    found = row.select(estimate.struct.unnest()) if columns else pl.select(estimate.struct.unnest())
    told = found.row(0, named=True)
    value, reason, detail = (told.pop(name) for name in ("value", "reason", "detail"))
    return OneEstimate(
        value=value,
        limits=told,
        reason=None if reason is None else Reason(reason),
        detail=None if detail is None else Detail(detail),
    )
