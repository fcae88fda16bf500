"""Measures the slope and relative index of inequality of current figures, from all groups of their breakdown."""

from typing import Final

import polars as pl

from outcomes.judgement.current import CURRENT_KEY
from outcomes.statistics import slope_index_of_inequality
from outcomes.vocabulary import Detail, Reason

__all__ = ["slope_indices"]

_PERIOD: Final = (*CURRENT_KEY, "period_kind", "period_start")
_LIMITS: Final = ("lower_ci_95", "upper_ci_95", "lower_ci_99_8", "upper_ci_99_8")
_INDICES: Final = tuple(
    name for index in ("slope_index", "relative_index") for name in (index, *(f"{index}_{limit}" for limit in _LIMITS))
)
_FEWEST_GROUPS: Final = 3
_TERMS: Final = ("slope_method", "slope_seed", "scale", "multiplier", "groups")


def slope_indices(asked: pl.DataFrame, rows: pl.DataFrame) -> pl.DataFrame:
    """Return both indices of each current figure, most deprived end less (or over) least, or why there are none.

    The shares of the population are the groups' denominators; every group must have a value. Errors are symmetrical
    on the scale of logarithms for rates, of log-odds for proportions, of the values themselves for the rest.

    Arguments:
        asked: The current figures of everybody, with `slope_method`, `slope_seed`, `scale` and `multiplier`.
        rows: The figures of their groups, with `group` (1 the most deprived) and `groups`.

    Returns:
        One row for each figure that has any group in its period: the indices with their limits, `slope_reason` and
        `slope_detail`.

    Source: Low A, Low A, Journal of Public Health 2004;26:388-95.
    """
    keys = [name for name in _PERIOD if name != "framework_id"]
    columns = (*keys, "group", "groups", "denominator", "value", "lower_ci_95", "upper_ci_95", "reason")
    current = asked.select(*_PERIOD, *_TERMS[:-1]).join(
        rows.select(columns), on=keys, how="inner", maintain_order="left"
    )
    parts = [_indices(part) for _, part in current.group_by(_TERMS, maintain_order=True)]
    return pl.concat([_none(current.clear()), *parts])


def _indices(part: pl.DataFrame) -> pl.DataFrame:
    method, seed, scale, multiplier, groups = part.select(_TERMS).row(0)
    if not method:
        return _none(part)
    hidden = part.filter(pl.col("reason") == Reason.CONFIDENTIAL.value).select(_PERIOD).unique()
    shown = part.join(hidden, on=list(_PERIOD), how="anti", maintain_order="left")
    withheld = _none(part.join(hidden, on=list(_PERIOD), how="semi"), Reason.CONFIDENTIAL)
    if groups < _FEWEST_GROUPS:
        return pl.concat([_none(shown, Reason.CANNOT_BE_CALCULATED, Detail.TOO_FEW_POINTS), withheld])
    # log-odds are those of bare proportions
    unit = multiplier if scale == "logit" else 1.0
    bare = shown.with_columns((pl.col(name) / unit).alias(name) for name in ("value", "lower_ci_95", "upper_ci_95"))
    told = slope_index_of_inequality(
        bare,
        by=list(_PERIOD),
        group="group",
        population="denominator",
        scale=scale,
        # below 0: the most deprived end less the least, as the gap itself
        multiplier=-unit,
        groups_expected=groups,
        method=method,
        seed=seed,
    )
    renamed = told.rename({"reason": "slope_reason", "detail": "slope_detail"})
    return pl.concat([renamed.select(*_PERIOD, *_INDICES, "slope_reason", "slope_detail"), withheld])


def _none(part: pl.DataFrame, reason: Reason | None = None, detail: Detail | None = None) -> pl.DataFrame:
    """Return figures without indices; a Reason where they were asked for."""
    said = reason or Reason.NOT_APPLICABLE
    return (
        part.select(_PERIOD)
        .unique(maintain_order=True)
        .with_columns(
            *(pl.lit(None, dtype=pl.Float64).alias(name) for name in _INDICES),
            pl.lit(said.value).alias("slope_reason"),
            pl.lit(detail.value if detail else None, dtype=pl.String).alias("slope_detail"),
        )
    )
