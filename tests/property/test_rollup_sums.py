"""Whatever is sent, roll-up adds like a child with pencil and paper would: each area once, to the unit."""

from collections import defaultdict
from datetime import date
from fractions import Fraction

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from polars.testing import assert_frame_equal

from outcomes.rollup.hierarchy import apportioned
from outcomes.rollup.ladder import OUTSIDE, WEIGHT_SCALE
from outcomes.rollup.rolling import roll_up
from outcomes.vocabulary import Reason
from tests.unit.rollup.world import AS_OF, COUNT, indicator, measured, observations, partner, sent, world

NEIGHBOURHOODS = tuple(f"N{number}" for number in range(6))
PLACES = ("P0", "P1", "P2")
AREAS = (
    ("S0", "system"),
    *((code, "place") for code in PLACES),
    *((code, "neighbourhood") for code in NEIGHBOURHOODS),
)
PARTNERS = ("A", "B", "C")

# each neighbourhood lies in any of the places, or in several of them, wholly
memberships = st.fixed_dictionaries(
    {code: st.sets(st.sampled_from(PLACES), min_size=0, max_size=3) for code in NEIGHBOURHOODS}
)
figures = st.dictionaries(
    st.tuples(st.sampled_from(PARTNERS), st.sampled_from(NEIGHBOURHOODS)),
    st.one_of(st.none(), st.integers(0, 10**12)),
    min_size=1,
)


@settings(max_examples=60, deadline=None)
@given(memberships=memberships, figures=figures)
def test_every_whole_is_the_sum_of_the_areas_below_it_each_once(
    memberships: dict[str, set[str]], figures: dict[tuple[str, str], int | None]
) -> None:
    steps = [(place, code) for code, places in memberships.items() for place in sorted(places)]
    steps += [("S0", place) for place in PLACES]
    partnership = world(
        indicator(statistic=COUNT, combine="sum_of_sources"),
        areas=AREAS,
        footprints=steps,
        partners=[partner(code, ["checks"], ["S0"]) for code in PARTNERS],
    )
    frame = measured(partnership, *(sent(who, where, number) for (who, where), number in figures.items())).frame
    found = {row["area_code"]: row for row in frame.iter_rows(named=True)}

    below = {place: {code for code, places in memberships.items() if place in places} for place in PLACES}
    below["S0"] = set().union(*below.values())
    below |= {code: {code} for code in NEIGHBOURHOODS}
    for whole, parts in below.items():
        numbers = [number for (_, where), number in figures.items() if where in parts]
        if not numbers:
            assert whole not in found
            continue
        present = [number for number in numbers if number is not None]
        assert found[whole]["numerator"] == (sum(present) if present else None)
        assert found[whole]["reason"] == (None if present else Reason.MISSING)
        came = {where for (_, where), number in figures.items() if number is not None}
        if whole not in NEIGHBOURHOODS:
            assert found[whole]["parts_expected"] == len(parts)
            assert found[whole]["parts_contributed"] == len(parts & came)
            short = {
                code
                for code in parts
                if any(figures.get((who, code)) is None for who in PARTNERS if _is_due(who, code, memberships, figures))
            }
            assert found[whole]["missing_parts"] == sorted(short | (parts - came))
            assert ("partial" in found[whole]["qualifiers"]) == (bool(present) and bool(short | (parts - came)))


def _is_due(who: str, where: str, memberships: dict[str, set[str]], figures: dict[tuple[str, str], int | None]) -> bool:
    # the partners serve the system, and so every area that lies in it
    return bool(memberships[where]) or (who, where) in figures


splits = st.lists(st.integers(1, 1000), min_size=1, max_size=6)


@settings(max_examples=200, deadline=None)
@given(
    shares=splits,
    outside=st.integers(0, 1000),
    numbers=st.lists(st.tuples(st.integers(0, 10**15), st.integers(0, 10**15)), min_size=1, max_size=5),
)
def test_a_split_conserves_every_total_and_strays_by_less_than_one(
    shares: list[int], outside: int, numbers: list[tuple[int, int]]
) -> None:
    total = sum(shares) + outside
    weights = [share * WEIGHT_SCALE // total for share in shares]
    rest = WEIGHT_SCALE - sum(weights)
    targets = [*enumerate(weights), *([(OUTSIDE, rest)] if rest else [])]
    splits_frame = pl.DataFrame(
        [(0, whole, 0, weight, True) for whole, weight in targets],
        schema={"area": pl.UInt32, "whole": pl.UInt32, "split": pl.UInt32, "weight": pl.Int64, "is_taken": pl.Boolean},
        orient="row",
    )
    sums = pl.DataFrame(
        [(place, 0, part, part + more, 0, True, 0) for place, (part, more) in enumerate(numbers)],
        schema={
            "figure": pl.UInt32,
            "area": pl.UInt32,
            "numerator": pl.Int64,
            "denominator": pl.Int64,
            "sum_of_squares": pl.Int64,
            "is_proportion": pl.Boolean,
            "flags": pl.UInt16,
        },
        orient="row",
    )
    pieces = apportioned(sums, splits_frame)
    added: dict[int, list[int]] = defaultdict(lambda: [0, 0])
    for figure, whole, part, denominator in pieces.select("figure", "whole", "numerator", "denominator").iter_rows():
        assert 0 <= part <= denominator
        weight = dict(targets)[whole]
        assert abs(part - Fraction(numbers[figure][0] * weight, WEIGHT_SCALE)) < 1
        added[figure][0] += part
        added[figure][1] += denominator
    for place, (part, more) in enumerate(numbers):
        assert added[place] == [part, part + more]


@settings(max_examples=25, deadline=None)
@given(
    rows=st.dictionaries(
        st.tuples(st.sampled_from(PARTNERS), st.sampled_from(NEIGHBOURHOODS), st.integers(2000, 2004)),
        st.tuples(st.integers(0, 500), st.integers(500, 1000)),
        min_size=1,
        max_size=40,
    ),
    order=st.randoms(use_true_random=False),
)
@pytest.mark.parametrize("combine", ["one_source", "sum_of_sources"])
def test_neither_order_nor_chunks_of_rows_change_a_measure(
    combine: str,
    rows: dict[tuple[str, str, int], tuple[int, int]],
    order: "st.randoms",  # type: ignore[valid-type]
) -> None:
    steps = [(PLACES[number % 3], code) for number, code in enumerate(NEIGHBOURHOODS)]
    partnership = world(indicator(combine=combine), areas=AREAS, footprints=[*steps, *(("S0", p) for p in PLACES)])
    frame = observations(
        [sent(who, where, *pair, period=f"{year}/{year % 100 + 1:02d}") for (who, where, year), pair in rows.items()]
    ).frame
    places = list(range(frame.height))
    order.shuffle(places)  # type: ignore[attr-defined]
    shuffled = pl.concat([frame[place] for place in places], rechunk=False)
    expected = roll_up(frame, partnership, as_of=AS_OF).frame
    assert_frame_equal(roll_up(shuffled.lazy(), partnership, as_of=AS_OF).frame, expected)
    assert expected["period_end"].min() >= date(2000, 1, 1)  # type: ignore[operator]
