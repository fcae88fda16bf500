"""How often a panel is called skewed: by chance, and where it is short of a group."""

import math
from statistics import NormalDist

import numpy as np
import polars as pl
import pytest

from outcomes.profile.panels import word_of_share
from outcomes.statistics import proportion
from outcomes.vocabulary import Representation

PANELS, MEMBERS = 4_000, 1_180
POPULATION = (
    (0.511, 0.489),
    (0.129, 0.324, 0.315, 0.121, 0.111),
    (0.872, 0.061, 0.034, 0.026, 0.007),
    (0.236, 0.214, 0.201, 0.187, 0.162),
    (0.261, 0.367, 0.158, 0.214),
)


def called_skewed(confidence: float, *, short: float = 0.0) -> float:
    """The share of panels in which any group's interval leaves out its population's share."""
    dice = np.random.default_rng(20_261_122)
    skewed = np.zeros(PANELS, dtype=bool)
    lower, upper = (f"{end}_ci_{'95' if confidence == 0.95 else '99_8'}" for end in ("lower", "upper"))
    for number, shares in enumerate(POPULATION):
        drawn = np.array(shares)
        if number == 1:
            drawn += np.array([-short, 0, short / 2, short / 2, 0])
        members = dice.multinomial(MEMBERS, drawn / drawn.sum(), size=PANELS)
        for group, share in enumerate(shares):
            counted = pl.DataFrame({"members": members[:, group], "all": [MEMBERS] * PANELS})
            limits = counted.select(proportion("members", "all", confidence=(confidence,)).struct.unnest())
            words = [
                word_of_share(low, high, share / sum(shares) * 100, is_enough=True)
                for low, high in limits.select(lower, upper).rows()
            ]
            skewed |= np.array([word is not Representation.IN_PROPORTION for word in words])
    return float(skewed.mean())


def margin(share: float) -> float:
    """What 4,000 panels may differ by: 99.9 % of the time."""
    return NormalDist().inv_cdf(0.9995) * math.sqrt(share * (1 - share) / PANELS)


@pytest.mark.parametrize(
    ("confidence", "short", "expected"), [(0.998, 0.0, 0.040), (0.95, 0.0, 0.597), (0.998, 0.04, 0.903)]
)
def test_a_panel_is_called_skewed_as_often_as_the_manual_says(confidence: float, short: float, expected: float) -> None:
    assert called_skewed(confidence, short=short) == pytest.approx(expected, abs=margin(expected))
