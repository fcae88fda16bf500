"""The third signal month after month: when a page first flags a process that does not change, and one that shifts."""

from collections.abc import Iterator
from typing import Final

import numpy as np
import numpy.typing as npt
import polars as pl

from benchmarks.simulation.figures import Figure, Table, average, share
from benchmarks.simulation.plan import Plan
from benchmarks.simulation.special_cause import METHODS, PROCESSES, process
from outcomes.statistics import special_cause_points, variation_and_assurance

__all__ = ["special_cause_over_time"]

# a page is made anew each month, from so many months on
BEGINS: Final = 24
MONTHS: Final = 36
_AT_A_TIME: Final = 500


def special_cause_over_time(plan: Plan) -> list[Table]:
    """Return the tables of the months until a first false flag, and of the months until a shift is found."""
    return [_until_false(plan), _until_found(plan)]


def _last_flags(series: npt.NDArray[np.float64], method: str) -> Iterator[npt.NDArray[np.int8]]:
    """Give what each month's page says of its last point: 1 up, -1 down, 0 nothing; some series at a time.

    Each month the limits are worked out anew from all the points there are, as on a page.
    """
    points = series.shape[1]
    pages = points - BEGINS
    month = np.concatenate([np.arange(BEGINS + page + 1) for page in range(pages)])
    page_of = np.concatenate([np.full(BEGINS + page + 1, page) for page in range(pages)])
    for begin in range(0, series.shape[0], _AT_A_TIME):
        some = series[begin : begin + _AT_A_TIME]
        frame = pl.DataFrame(
            {
                "chart": (np.arange(some.shape[0])[:, None] * pages + page_of[None, :]).ravel(),
                "month": np.tile(month, some.shape[0]),
                "value": some[:, month].ravel(),
            }
        )
        charts = special_cause_points(frame, by="chart", order="month", method=method)
        told = variation_and_assurance(charts, by="chart")["direction"]
        signs = told.replace_strict({"up": 1, "down": -1}, default=0, return_dtype=pl.Int8).to_numpy()
        yield np.asarray(signs.reshape(some.shape[0], pages), dtype=np.int8)


def _until_false(plan: Plan) -> Table:
    charts, found = plan.runs(120, 4_000), []
    for name in PROCESSES:
        for method in METHODS if name == "normal" else METHODS[:1]:
            series = process(plan.generator("over time", name), name, (charts, BEGINS + MONTHS))
            flags = np.concatenate(list(_last_flags(series, method))) != 0
            first = np.where(flags.any(axis=1), flags.argmax(axis=1) + 1, MONTHS)
            is_seen = flags.any(axis=1)
            # series that were not flagged count with all their months: months observed for each first flag
            rate = float(is_seen.sum()) / float(first.sum())
            months = 1.0 / rate if rate else float("inf")
            error = months / max(1.0, float(is_seen.sum())) ** 0.5
            figures: tuple[Figure | None, ...] = (
                share(flags[:, :12].any(axis=1)),
                share(flags.any(axis=1)),
                Figure(months, error),
                average(100.0 * flags.mean(axis=1)),
            )
            found.append(((name, method), figures))
    heads = (
        "flagged at least once in a year of monthly pages",
        "at least once in three years",
        "months until the first flag",
        "months flagged, of 100",
    )
    return Table("special-cause-run-length", ("process", "method"), heads, tuple(found))


def _until_found(plan: Plan) -> Table:
    charts, found = plan.runs(150, 6_000), []
    for name in ("normal", "counts of 5", "counts of 20"):
        for shift in (1.0, 2.0, 3.0):
            for method in METHODS if name == "normal" else METHODS[:1]:
                series = process(plan.generator("shift", name, shift), name, (charts, BEGINS + 12))
                if name == "normal":
                    series[:, BEGINS:] += shift
                else:
                    mean = float(name.split()[2])
                    later = plan.generator("shift", name, shift, "later")
                    series[:, BEGINS:] = later.poisson(mean + shift * mean**0.5, (charts, 12))
                flags = np.concatenate(list(_last_flags(series, method))) == 1
                figures = [share(flags[:, :months].any(axis=1)) for months in (1, 3, 6, 12)]
                found.append(((name, f"{shift:g}", method), (*figures, share(flags[:, 11]))))
    heads = (*(f"found within {months}" for months in ("1 month", "3 months", "6 months", "12 months")),)
    return Table(
        "special-cause-power",
        ("process", "shift up, in standard deviations", "method"),
        (*heads, "said of the 12th month"),
        tuple(found),
    )
