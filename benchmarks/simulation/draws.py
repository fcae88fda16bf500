"""Draws counts and series: by mere chance, with more spread than that, with memory, and with a season."""

from typing import Any

import numpy as np
import numpy.typing as npt

__all__ = ["counts", "proportions", "seasonal", "series_with_memory"]

Counts = npt.NDArray[np.int64]
Numbers = npt.NDArray[np.float64]


def counts(
    generator: np.random.Generator,
    expected: float | npt.NDArray[np.floating[Any]],
    size: int | tuple[int, ...],
    *,
    dispersion: float = 1.0,
    real_spread: float = 0.0,
) -> Counts:
    """Return counts of events.

    Arguments:
        generator: The stream.
        expected: The expected count, or an array of them that fits the size.
        size: How many.
        dispersion: The variance as a multiple of that of chance alone (1, Poisson); above it negative binomial.
        real_spread: The standard deviation of the underlying rate as a share of it; a further cause of spread, whose
            weight grows with the count.
    """
    means = np.broadcast_to(np.asarray(expected, dtype=np.float64), size)
    if real_spread > 0.0:
        means = means * generator.gamma(1.0 / real_spread**2, real_spread**2, size)
    if dispersion > 1.0:
        means = generator.gamma(means / (dispersion - 1.0), dispersion - 1.0)
    return generator.poisson(means).astype(np.int64)


def proportions(
    generator: np.random.Generator, chance: float, asked: int, size: int, *, dispersion: float = 1.0
) -> Counts:
    """Return how many of those asked have a property: binomial, or beta-binomial with a multiple of its variance."""
    if dispersion == 1.0:
        return generator.binomial(asked, chance, size).astype(np.int64)
    likeness = (dispersion - 1.0) / (asked - 1.0)
    weight = (1.0 - likeness) / likeness
    chances = generator.beta(chance * weight, (1.0 - chance) * weight, size)
    return generator.binomial(asked, chances).astype(np.int64)


def series_with_memory(generator: np.random.Generator, size: tuple[int, int], memory: float) -> Numbers:
    """Return series of standard deviation 1 in which each point keeps a share of the one before (AR 1)."""
    noise = generator.standard_normal(size)
    found = np.empty(size)
    found[:, 0] = noise[:, 0]
    for step in range(1, size[1]):
        found[:, step] = memory * found[:, step - 1] + (1.0 - memory**2) ** 0.5 * noise[:, step]
    return found


def seasonal(generator: np.random.Generator, size: tuple[int, int], height: float, periods_a_year: int = 12) -> Numbers:
    """Return series of noise of standard deviation 1 with a yearly wave so high, which begins anywhere in the year."""
    begins = generator.uniform(0.0, 2.0 * np.pi, (size[0], 1))
    wave = np.sin(begins + 2.0 * np.pi * np.arange(size[1]) / periods_a_year)
    return np.asarray(height * wave + generator.standard_normal(size), dtype=np.float64)
