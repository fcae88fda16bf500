"""How often each experiment is repeated, and the seed from which all of them draw."""

from dataclasses import dataclass
from hashlib import sha256

import numpy as np

__all__ = ["Plan"]


@dataclass(frozen=True)
class Plan:
    """A run of the suite.

    Attributes:
        seed: Where all draws begin; the same seed gives the same numbers.
        is_large: Whether it is the run that the documentation prints, or a small one that tests can afford.
    """

    seed: int = 1
    is_large: bool = False

    def runs(self, small: int, large: int) -> int:
        """Return how often an experiment is repeated."""
        return large if self.is_large else small

    def generator(self, *name: object) -> np.random.Generator:
        """Return a stream of its own for each setting: no experiment moves another's draws.

        >>> first, again, other = (Plan().generator(name).integers(1000) for name in ("a", "a", "b"))
        >>> first == again, first == other
        (True, False)
        """
        digest = sha256("/".join(str(part) for part in (self.seed, *name)).encode()).digest()
        return np.random.Generator(np.random.PCG64(int.from_bytes(digest[:16])))
