"""Explains the Poisson limits of a count, exact or Byar's, as the plain and the standardised estimates use them."""

from collections.abc import Callable, Iterator, Mapping
from typing import Final

from outcomes.scorecard.model import Working
from outcomes.statistics import normal_quantile
from outcomes.statistics.poisson import EXACT_BELOW
from outcomes.workflows.explained.working import working

__all__ = ["LEVELS", "SIDES", "poisson_limits"]

LEVELS: Final = (("95 %", "95", 0.95), ("99.8 %", "99_8", 0.998))
"""Of each level its printed name, the end of its columns' names, and the level."""

SIDES: Final = (("lower", "−"), ("upper", "+"))
"""Both limits, each with the sign by which it lies off the value."""

_BYAR: Final = {
    "lower": "multiplier × count × (1 − 1 / (9 × count) − z / (3 × √(count)))³",
    "upper": "multiplier × (count + 1) × (1 − 1 / (9 × (count + 1)) + z / (3 × √(count + 1)))³",
}
_EXACT: Final = {
    "lower": "multiplier × χ²(tail; 2 × count) / 2",
    "upper": "multiplier × χ²(1 − tail; 2 × count + 2) / 2",
}


def poisson_limits(
    method: str | None,
    count: float | None,
    inputs: Mapping[str, float | None],
    result: Callable[[str, str], float | None],
    *,
    after: str = "",
) -> Iterator[Working | None]:
    """Yield the workings of Poisson limits of a count.

    Arguments:
        method: `exact_or_byar`, `byar` or `exact`.
        count: The count.
        inputs: Further inputs: the multiplier, and what `after` names.
        result: Gives the limit of a side (`lower`, `upper`) and level (`95`, `99_8`).
        after: What the formula goes on with.
    """
    if count is None or method is None:
        return
    is_exact = method == "exact" or (method == "exact_or_byar" and count < EXACT_BELOW)
    for side in ("lower", "upper"):
        for said, column, level in LEVELS:
            found = result(side, column)
            what = f"{side} {said} limit"
            if side == "lower" and found == 0:
                # no quantile and no root: the limit of a count that is, or nearly is, 0
                yield working(what, "0 × count", {"count": count}, found)
                continue
            terms: dict[str, float | None] = {**inputs, "count": count}
            if is_exact:
                terms["tail"] = (1 - level) / 2
            else:
                terms["z"] = normal_quantile(level)
            yield working(what, (_EXACT if is_exact else _BYAR)[side] + after, terms, found)
