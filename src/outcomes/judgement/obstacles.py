"""Says what stands in the way of a word: of several conditions the first that holds, with its Reason and sentence."""

from collections.abc import Sequence
from typing import TypeAlias

import polars as pl

__all__ = ["Obstacle", "first_obstacle"]

Obstacle: TypeAlias = tuple[pl.Expr, pl.Expr, pl.Expr, pl.Expr]
"""A condition, and the Reason, the Detail and the sentence that go with it; one that is missing does not hold."""


def first_obstacle(cases: Sequence[Obstacle]) -> pl.Expr:
    """Return the first obstacle of each row.

    Arguments:
        cases: The obstacles, in order of precedence.

    Returns:
        A struct of `reason_not`, `detail_not` and `because`, all missing where nothing stands in the way.

    >>> no_value = (pl.col("value").is_null(), pl.lit("missing"), pl.lit(None, dtype=pl.String), pl.lit("No value."))
    >>> pl.DataFrame({"value": [None, 1.0]}).select(first_obstacle([no_value]).struct.field("because")).rows()
    [('No value.',), (None,)]
    """
    none = pl.lit(None, dtype=pl.String)
    reason, detail, because = none, none, none
    for condition, its_reason, its_detail, sentence in reversed(cases):
        applies = condition.fill_null(value=False)
        reason = pl.when(applies).then(its_reason).otherwise(reason)
        detail = pl.when(applies).then(its_detail).otherwise(detail)
        because = pl.when(applies).then(sentence).otherwise(because)
    return pl.struct(reason.alias("reason_not"), detail.alias("detail_not"), because.alias("because"))
