"""However areas are recoded, merged and divided, in however many steps: nothing is lost, nothing counts twice."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st
from polars.testing import assert_frame_equal

from outcomes.partnership.model import Partnership
from outcomes.rollup.rolling import roll_up
from outcomes.vocabulary import Reason
from tests.unit.rollup.test_succession import DAYS, changing
from tests.unit.rollup.world import AS_OF, measured, observations, sent

# the areas of each generation end on 31 March of its year
YEARS = (2013, 2019, 2023)
PERIODS = ("2011/12", "2015/16", "2020/21", "2024/25")


@dataclass
class History:
    """Areas, and what became of them; share: of each area in its successor (None: unknown)."""

    ended: list[tuple[str, int, str]] = field(default_factory=list)
    begun: list[tuple[str, int]] = field(default_factory=list)
    lasting: list[str] = field(default_factory=list)
    shares: list[tuple[str, str, float]] = field(default_factory=list)
    # the areas of each period
    alive: list[list[str]] = field(default_factory=list)
    # area → successor → share, of the areas that ended
    became: dict[str, dict[str, Fraction | None]] = field(default_factory=dict)


@st.composite
def histories(draw: st.DrawFn, *, has_shares: bool) -> History:
    """Return areas of which in every generation some get a new code, merge, or are divided over two of the next."""
    history = History()
    alive = [f"A{number}" for number in range(draw(st.integers(1, 4)))]
    begins: dict[str, int] = {}
    for generation, year in enumerate(YEARS):
        history.alive.append(sorted(alive))
        following = [f"{chr(66 + generation)}{number}" for number in range(draw(st.integers(1, 4)))]
        after: list[str] = []
        for code in sorted(alive):
            kind = draw(st.sampled_from(["stays", "ends", "is divided"]))
            if kind == "stays":
                after.append(code)
                continue
            targets = draw(st.sets(st.sampled_from(following), min_size=1, max_size=1 if kind == "ends" else 2))
            history.ended.append((code, year, " ".join(sorted(targets))))
            weight = Fraction(draw(st.integers(1, 99)), 100)
            weights: list[Fraction | None] = [weight, 1 - weight] if len(targets) == 2 else [Fraction(1)]
            if len(targets) == 2 and not has_shares:
                weights = [None, None]
            history.became[code] = dict(zip(sorted(targets), weights, strict=True))
            if len(targets) == 2 and has_shares:
                history.shares += [(to, code, float(share or 0)) for to, share in history.became[code].items()]
            after += sorted(targets)
        for code in after:
            if code not in alive:
                begins[code] = year
        alive = sorted(set(after))
    history.alive.append(alive)
    history.begun = sorted(begins.items())
    ended = {code for code, _, _ in history.ended}
    history.lasting = [code for code in {*begins, *history.alive[0]} if code not in ended and code not in begins]
    return history


def figures_of(history: History, numbers: Sequence[int]) -> dict[tuple[str, str], int]:
    """A figure for every area and period in which it was there."""
    cells = [(code, period) for period, codes in zip(PERIODS, history.alive, strict=True) for code in codes]
    return {cell: numbers[place % len(numbers)] for place, cell in enumerate(cells)}


def world_of(history: History) -> Partnership:
    return changing(DAYS, ended=history.ended, begun=history.begun, lasting=history.lasting, shares=history.shares)


def frame_of(history: History, figures: dict[tuple[str, str], int]) -> pl.DataFrame:
    return measured(
        world_of(history), *(sent("A", code, number, period=at) for (code, at), number in figures.items())
    ).frame


def held_now(history: History, code: str) -> dict[str, Fraction | None]:
    """What an area is now, by pencil and paper: every route followed to its end."""
    if code not in history.became:
        return {code: Fraction(1)}
    found: dict[str, Fraction | None] = {}
    for after, share in history.became[code].items():
        for now, part in held_now(history, after).items():
            before = found.get(now, Fraction(0))
            found[now] = None if None in (share, part, before) else before + share * part  # type: ignore[operator]
    return {now: Fraction(1) for now in found} if list(found.values()) == [None] else found


numbers_sent = st.lists(st.integers(0, 10**9), min_size=1, max_size=8)


@settings(max_examples=60, deadline=None)
@given(history=histories(has_shares=True), numbers=numbers_sent)
def test_where_every_share_is_known_the_areas_of_now_have_every_total_of_then(
    history: History, numbers: list[int]
) -> None:
    figures = figures_of(history, numbers)
    frame = frame_of(history, figures)
    of_now = frame.filter(pl.col("area_code").is_in(history.alive[-1]))
    for period in PERIODS:
        total = sum(number for (_, at), number in figures.items() if at == period)
        at = pl.col("period") == period
        assert frame.filter(at, pl.col("area_code") == "R1")["numerator"].to_list() == [total]
        assert of_now.filter(at)["numerator"].sum() == total
        assert of_now.filter(at)["reason"].null_count() == of_now.filter(at).height


@settings(max_examples=60, deadline=None)
@given(history=histories(has_shares=False), numbers=numbers_sent)
def test_whole_areas_are_added_up_and_divided_ones_are_refused(history: History, numbers: list[int]) -> None:
    figures = figures_of(history, numbers)
    frame = frame_of(history, figures)
    found = {(row["area_code"], row["period"]): row for row in frame.iter_rows(named=True)}
    for period, codes in zip(PERIODS, history.alive, strict=True):
        sums: dict[str, int] = defaultdict(int)
        divided: set[str] = set()
        for code in codes:
            for now, share in held_now(history, code).items():
                sums[now] += figures[code, period]
                if share is None:
                    divided.add(now)
        for now, total in sums.items():
            row = found[now, period]
            expected = (None, Reason.NOT_COMPARABLE) if now in divided else (total, None)
            assert (row["numerator"], row["reason"]) == expected
            is_former = now not in codes and now not in divided
            assert ("former areas" in row["qualifiers"]) == is_former
        # the larger area has what was sent, each once, whatever became of it
        total = sum(figures[code, period] for code in codes)
        assert (found["R1", period]["numerator"], found["R1", period]["coverage"]) == (total, 1.0)


@settings(max_examples=40, deadline=None)
@given(history=histories(has_shares=True), numbers=numbers_sent, seed=st.integers(0, 99))
def test_the_order_of_rows_and_areas_is_irrelevant(history: History, numbers: list[int], seed: int) -> None:
    figures = list(figures_of(history, numbers).items())
    rows = [sent("A", code, number, period=at) for (code, at), number in figures]
    sorted_rows = observations(rows).frame
    shuffled = sorted_rows.sample(fraction=1.0, shuffle=True, seed=seed)
    other = changing(
        DAYS, ended=history.ended[::-1], begun=history.begun[::-1], lasting=history.lasting, shares=history.shares[::-1]
    )
    assert_frame_equal(
        roll_up(sorted_rows, world_of(history), as_of=AS_OF).frame, roll_up(shuffled, other, as_of=AS_OF).frame
    )
