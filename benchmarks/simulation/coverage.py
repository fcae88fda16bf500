"""How often an interval holds the truth, and on which side it misses it."""

from typing import Final

import numpy as np
import numpy.typing as npt
import polars as pl

from benchmarks.simulation.figures import Figure, share

__all__ = ["COVERAGE", "GIVEN", "covered", "given"]

COVERAGE: Final = (
    "95 % holds the truth",
    "95 % lies below",
    "95 % lies above",
    "99.8 % holds the truth",
    "99.8 % lies below",
    "99.8 % lies above",
)
"""The heads of the figures of `covered`."""

GIVEN: Final = "interval given"


def covered(
    estimates: pl.DataFrame, truth: float | npt.NDArray[np.float64], prefix: str = ""
) -> tuple[Figure | None, ...]:
    """Return how often the intervals hold the truth, at both levels; those that are not given do not count.

    Arguments:
        estimates: One row a repetition, with both pairs of limits.
        truth: What they should hold: one number, or one a row.
        prefix: What stands before the names of the limits.
    """
    found: list[Figure | None] = []
    for level in ("95", "99_8"):
        lower, upper = (
            estimates[f"{prefix}{side}_ci_{level}"].cast(pl.Float64).to_numpy() for side in ("lower", "upper")
        )
        true = np.broadcast_to(np.asarray(truth, dtype=np.float64), lower.shape)
        is_given = np.isfinite(lower) & np.isfinite(upper) & np.isfinite(true)
        lower, upper, true = lower[is_given], upper[is_given], true[is_given]
        found += [share((lower <= true) & (true <= upper)), share(upper < true), share(lower > true)]
    return tuple(found)


def given(estimates: pl.DataFrame, prefix: str = "") -> Figure | None:
    """Return how often there was an interval at all."""
    return share(estimates[f"{prefix}lower_ci_95"].is_not_null().to_numpy())
