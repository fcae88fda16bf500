"""Small areas of a council that two systems share: those that do not say where they lie are shared to the unit."""

import pytest

from tests.unit.rollup.world import COUNT, indicator, rolled, sent, world

SMALL = ("N1", "N2", "N3", "N4")
SYSTEMS = (("S1", "system"), ("S2", "system"), ("R1", "region"))


@pytest.mark.parametrize("weight", [0.5, 0.3, 1 / 3])
@pytest.mark.parametrize("counts", [(1, 1, 1, 1), (3, 0, 5, 7), (9, 2, 1, 1)])
def test_two_systems_add_up_to_their_region(weight: float, counts: tuple[int, ...]) -> None:
    partnership = world(
        indicator(statistic=COUNT),
        areas=[*((code, "neighbourhood") for code in SMALL), ("K", "place"), *SYSTEMS],
        footprints=[
            *(("K", code) for code in SMALL),
            *(("S1", "K", weight), ("S2", "K", 1 - weight), ("R1", "S1"), ("R1", "S2")),
            # one says where it lies, so the systems are summed from the small areas
            ("S1", "N1"),
        ],
    )
    found = rolled(partnership, *(sent("A", code, count) for code, count in zip(SMALL, counts, strict=True)))
    assert found["K"]["numerator"] == found["R1"]["numerator"] == sum(counts)
    shared = sum(counts[1:])
    assert found["S1"]["numerator"] + found["S2"]["numerator"] == sum(counts)
    assert abs(found["S1"]["numerator"] - counts[0] - weight * shared) <= 1.5
