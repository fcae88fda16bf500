"""Draws from chance by exact arithmetic on a seeded generator, so that every machine makes the same figures."""

import math
import random

__all__ = ["Chance"]

SEED = "eastvale and moor 2026"


class Chance:
    """One stream of chance, named, so that changing one measure moves no other.

    Only `random()` and square roots are used: no logarithm, whose last digit differs between machines.
    """

    def __init__(self, *name: object) -> None:
        self._random = random.Random(":".join((SEED, *map(str, name))))

    def one(self) -> float:
        """Return a number from 0 up to 1, each as likely."""
        return self._random.random()

    def bell(self) -> float:
        """Return a draw of nearly normal form, mean 0 and variance 1: twelve uniform ones added."""
        return sum(self._random.random() for _ in range(12)) - 6

    def of(self, trials: int, share: float) -> int:
        """Return how many of so many trials succeed."""
        share = min(1.0, max(0.0, share))
        if trials <= 400:
            return sum(self._random.random() < share for _ in range(trials))
        drawn = round(trials * share + math.sqrt(trials * share * (1 - share)) * self.bell())
        return min(trials, max(0, drawn))

    def events(self, expected: float) -> int:
        """Return how many rare events happen where so many are expected."""
        if expected < 40:
            return self.of(400, expected / 400)
        return max(0, round(expected + math.sqrt(expected) * self.bell()))

    def near(self, size: float, wobble: float) -> int:
        """Return a whole number near a size, as groups of people vary from one period to the next."""
        return max(1, round(size * (1 + wobble * self.bell())))

    def days(self, mean: float) -> int:
        """Return a number of whole days from 1 up, long ones rare, with the mean given (above 1)."""
        days = 1
        while days < 60 and self._random.random() > 1 / mean:
            days += 1
        return days
