"""The third signal: how often charts of a process that does not change are flagged, by each rule and all together."""

from typing import Final

import numpy as np
import numpy.typing as npt
import polars as pl

from benchmarks.simulation.draws import counts, seasonal, series_with_memory
from benchmarks.simulation.figures import Figure, Table, share
from benchmarks.simulation.plan import Plan
from outcomes.statistics import special_cause_points
from outcomes.vocabulary import ProcessRule

__all__ = ["PROCESSES", "charted", "process", "special_cause"]

LENGTHS: Final = (12, 24, 36)
METHODS: Final = ("ptd", "nhse_excel")
PROCESSES: Final = (
    "normal",
    "counts of 2 on average",
    "counts of 5",
    "counts of 20",
    "counts of 20, twice the variance of chance",
    "each month keeps 0.3 of the one before",
    "each month keeps 0.5 of the one before",
    "yearly wave of one standard deviation",
    "yearly wave of two standard deviations",
)
"""What a process is like that does not change: all but the last four are independent from month to month."""

_RULES: Final = tuple(rule.value for rule in ProcessRule)


def special_cause(plan: Plan) -> list[Table]:
    """Return the tables of false flags by process and length, by rule, and of longer periods."""
    return [*_false_flags(plan), _quarters(plan)]


def process(
    generator: np.random.Generator, name: str, size: tuple[int, int], months: int = 1
) -> npt.NDArray[np.float64]:
    """Return series of a process that does not change.

    Arguments:
        generator: The stream.
        name: One of `PROCESSES`.
        size: How many series, and how many points each has.
        months: How many months are added up to a point.
    """
    whole = (size[0], size[1] * months)
    if name == "normal":
        drawn = generator.standard_normal(whole)
    elif name.startswith("counts"):
        mean = float(name.split()[2].rstrip(","))
        drawn = counts(generator, mean, whole, dispersion=2.0 if "twice" in name else 1.0).astype(np.float64)
    elif name.startswith("each"):
        drawn = series_with_memory(generator, whole, 0.5 if "0.5" in name else 0.3)
    else:
        drawn = seasonal(generator, whole, 2.0 if "two" in name else 1.0)
    return np.asarray(drawn.reshape(*size, months).sum(axis=2), dtype=np.float64)


def charted(series: npt.NDArray[np.float64], method: str) -> pl.DataFrame:
    """Return the points of a chart of each series, as the library makes it."""
    charts, points = series.shape
    frame = pl.DataFrame(
        {
            "chart": np.repeat(np.arange(charts), points),
            "month": np.tile(np.arange(points), charts),
            "value": series.ravel(),
        }
    )
    return special_cause_points(frame, by="chart", order="month", method=method)


def _flags(series: npt.NDArray[np.float64], method: str) -> pl.DataFrame:
    """Return for each chart whether any point is flagged, whether the last is, and by which rules any are."""
    rule = pl.col("rule")
    return (
        charted(series, method)
        .group_by("chart", maintain_order=True)
        .agg(
            rule.is_not_null().any().alias("any"),
            rule.last().is_not_null().alias("last"),
            *((rule == name).fill_null(value=False).any().alias(name) for name in _RULES),
        )
    )


def _false_flags(plan: Plan) -> list[Table]:
    charts, by_length, by_rule = plan.runs(600, 40_000), [], []
    for name in PROCESSES:
        for method in METHODS:
            figures: list[Figure | None] = []
            for length in LENGTHS:
                series = process(plan.generator("chart", name, length), name, (charts, length))
                flags = _flags(series, method)
                figures += [share(flags["any"].to_numpy()), share(flags["last"].to_numpy())]
                if name == "normal" or (method == "ptd" and length == 24):
                    rules = tuple(share(flags[rule].to_numpy()) for rule in _RULES)
                    by_rule.append(((name, method, f"{length}"), rules))
            by_length.append(((name, method), tuple(figures)))
    heads = tuple(
        head for length in LENGTHS for head in (f"{length} points: any flagged", f"{length} points: the last flagged")
    )
    return [
        Table("special-cause-false-flags", ("process", "method"), heads, tuple(by_length)),
        Table("special-cause-rules", ("process", "method", "points"), _RULES, tuple(by_rule)),
    ]


def _quarters(plan: Plan) -> Table:
    """A process charted by month, added up to quarters, and each month less the same one a year before."""
    charts, found = plan.runs(600, 20_000), []
    for name in (PROCESSES[1], *PROCESSES[5:]):
        figures: list[Figure | None] = []
        for points, months in ((24, 1), (24, 3)):
            series = process(plan.generator("quarters", name, months), name, (charts, points), months)
            flags = _flags(series, "ptd")
            figures += [share(flags["any"].to_numpy()), share(flags["last"].to_numpy())]
        years = process(plan.generator("beside last year", name), name, (charts, 36))
        beside = _flags(years[:, 12:] - years[:, :-12], "ptd")
        figures += [share(beside["any"].to_numpy()), share(beside["last"].to_numpy())]
        found.append(((name,), tuple(figures)))
    heads = tuple(
        f"{what}: {which} flagged"
        for what in ("24 months", "24 quarters", "24 months, each less that of the year before")
        for which in ("any", "the last")
    )
    return Table("special-cause-longer-periods", ("process",), heads, tuple(found))
