"""How often the rule on plausible changes names an ordinary figure, and how often it finds a slip, by simulation.

usage: python -m benchmarks.simulation.plausible_changes [--figures 20000]
"""

import argparse
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np
import polars as pl

from outcomes.intake.plausibility import out_of_line
from outcomes.partnership.layout import PlausibleChange

__all__ = ["SERIES", "SLIPS", "Rate", "rates"]

SEED: Final = 20261122
# what an ordinary series does besides chance
SERIES: Final = {
    "chance alone": "counts of one expectation",
    "varies by 10%": "the expectation varies by 10% from month to month",
    "varies by 20%": "the same by 20%",
    "seasons": "the expectation swings by 40% over twelve months",
    "grows": "the expectation grows by 3% a month",
    "drifts": "the expectation drifts, by 5% a month",
}
SLIPS: Final = {"ten times": 10.0, "a tenth": 0.1, "twice": 2.0}
LENGTHS: Final = (6, 12, 24)
LEVELS: Final = (2.0, 20.0, 200.0, 5000.0)


@dataclass(frozen=True)
class Rate:
    """How many of ten thousand figures are named, of one kind of series.

    Attributes:
        series, earlier, level: The kind, the number of earlier figures, and the expected count.
        named: Of ten thousand ordinary figures.
        found: Of ten thousand figures with a slip, by slip.
    """

    series: str
    earlier: int
    level: float
    named: float
    found: dict[str, float]


def rates(figures: int, change: PlausibleChange | None = None) -> Iterator[Rate]:
    """Yield the rate of every kind of series; the same bits each time.

    Arguments:
        figures: How many series of each kind.
        change: The limits; None for the usual ones.
    """
    limits = change or PlausibleChange()
    for name in SERIES:
        for earlier in LENGTHS:
            for level in LEVELS:
                chance = np.random.default_rng([SEED, list(SERIES).index(name), earlier, int(level)])
                counts = _counts(name, figures, earlier + 1, level, chance)
                before, now = counts[:, :-1], counts[:, -1]
                found = {slip: _named(before, np.rint(now * times), limits) for slip, times in SLIPS.items()}
                yield Rate(name, earlier, level, _named(before, now, limits), found)


def _counts(name: str, figures: int, length: int, level: float, chance: np.random.Generator) -> np.ndarray:
    at = np.arange(length)
    expected = np.full((figures, length), level)
    if name.startswith("varies"):
        shape = 1.0 / (0.1 if "10" in name else 0.2) ** 2
        expected = expected * chance.gamma(shape, 1.0 / shape, (figures, length))
    elif name == "seasons":
        expected = expected * (1.0 + 0.4 * np.sin(2.0 * np.pi * (at / 12.0 + chance.random((figures, 1)))))
    elif name == "grows":
        expected = expected * 1.03**at
    elif name == "drifts":
        expected = expected * np.exp(np.cumsum(chance.normal(0.0, 0.05, (figures, length)), axis=1))
    return chance.poisson(expected).astype(float)


def _named(before: np.ndarray, now: np.ndarray, limits: PlausibleChange) -> float:
    """Return how many of ten thousand are named: beyond all earlier ones, and by more than they vary."""
    least, most = before.min(axis=1), before.max(axis=1)
    is_beyond = ((now >= most * limits.times) | (now * limits.times <= least)) & (now != least) & (now != most)
    beyond = before[is_beyond]
    frame = pl.DataFrame(
        {
            "level": now[is_beyond],
            "root": 2.0 * np.sqrt(now[is_beyond] + 0.375),
            "log": np.log(now[is_beyond] + 0.5),
            "levels": pl.Series(beyond.tolist(), dtype=pl.List(pl.Float64)),
            "logs": pl.Series(np.log(beyond + 0.5).tolist(), dtype=pl.List(pl.Float64)),
            "roots": pl.Series((2.0 * np.sqrt(beyond + 0.375)).tolist(), dtype=pl.List(pl.Float64)),
        }
    ).with_columns(pl.lit(1.0).alias("chance"), pl.lit(True).alias("is_counted"))
    return 10_000.0 * out_of_line(frame, limits).height / len(now)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--figures", type=int, default=20_000)
    given = parser.parse_args()
    print("| series | earlier figures | usual count | named of 10,000 | " + " | ".join(SLIPS) + " |")
    print("| --- | ---: | ---: | ---: |" + " ---: |" * len(SLIPS))
    for rate in rates(given.figures):
        found = " | ".join(f"{share / 100.0:.0f}%" for share in rate.found.values())
        print(f"| {rate.series} | {rate.earlier} | {rate.level:,.0f} | {rate.named:.1f} | {found} |")


if __name__ == "__main__":
    main()
