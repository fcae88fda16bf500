"""Raking against two independent calculations, Kish's formula by hand, and what cannot be raked."""

import random
from math import log
from typing import Any

import numpy as np
import numpy.typing as npt
import polars as pl
import pytest
from scipy.optimize import minimize

from outcomes.statistics import design_effect, effective_sample_size, raked_weights
from outcomes.vocabulary import Detail

TABLES = 220
Table = npt.NDArray[Any]


def _table(seed: int) -> tuple[Table, list[Table]]:
    """A random table of 2 to 4 dimensions with some empty cells, and margins of another random table of its pattern."""
    dice = np.random.default_rng(seed)
    shape = tuple(int(size) for size in dice.integers(2, 5, size=int(dice.integers(2, 5))))
    counts = dice.integers(0, 30, size=shape) * (dice.random(shape) > 0.2)
    # one filled cell a group at least: the diagonal
    for at in range(max(shape)):
        counts[tuple(min(at, size - 1) for size in shape)] += 3
    # the population has people wherever the panel has, so its margins can be met
    people = np.where(counts > 0, dice.integers(50, 5_000, size=shape), 0)
    margins = [
        people.sum(axis=tuple(other for other in range(len(shape)) if other != axis)) for axis in range(len(shape))
    ]
    return counts, margins


def _frame(counts: Table) -> pl.DataFrame:
    rows = [(*(str(at) for at in cell), int(counts[cell])) for cell in np.ndindex(*counts.shape)]
    schema = {f"d{axis}": pl.String() for axis in range(counts.ndim)} | {"members": pl.Int64()}
    return pl.DataFrame(rows, schema=schema, orient="row")


def _margins(margins: list[Table]) -> dict[str, dict[str, float]]:
    return {
        f"d{axis}": {str(at): float(number) for at, number in enumerate(margin)} for axis, margin in enumerate(margins)
    }


def _fitted_by_numpy(counts: Table, margins: list[Table]) -> Table:
    """Proportional fitting of whole arrays, to the population's own size."""
    fitted = counts.astype(float)
    for _ in range(20_000):
        before = fitted.copy()
        for axis, margin in enumerate(margins):
            others = tuple(other for other in range(counts.ndim) if other != axis)
            found = fitted.sum(axis=others)
            factor = np.divide(margin, found, out=np.zeros(len(margin)), where=found > 0)
            fitted = fitted * factor.reshape([-1 if other == axis else 1 for other in range(counts.ndim)])
        if np.abs(fitted - before).max() < 1e-11 * fitted.max():
            break
    return fitted


@pytest.mark.parametrize("first", range(0, TABLES, 20))
def test_raked_weights_are_those_of_proportional_fitting_of_whole_arrays(first: int) -> None:
    for seed in range(first, first + 20):
        counts, margins = _table(seed)
        raked = raked_weights(_frame(counts), "members", _margins(margins))
        assert raked.detail is None
        assert raked.greatest_difference <= 1e-12
        expected = _fitted_by_numpy(counts, margins)
        people = counts.sum()
        ours = np.array(raked.cells["weight"].to_list()).reshape(counts.shape) * counts / people
        assert np.abs(ours - expected / expected.sum()).max() < 1e-9
        # they add up to the people there are, so a weight is 1 on average
        assert ours.sum() == pytest.approx(1, abs=1e-12)


@pytest.mark.parametrize("seed", range(12))
def test_raked_weights_are_the_least_divergence_that_a_solver_finds(seed: int) -> None:
    counts, margins = _table(seed)
    cells = [cell for cell in np.ndindex(*counts.shape) if counts[cell] > 0]
    q = np.array([counts[cell] for cell in cells], dtype=float)
    q /= q.sum()
    rows, share = [], []
    for axis, margin in enumerate(margins):
        for at, number in enumerate(margin):
            rows.append([1.0 if cell[axis] == at else 0.0 for cell in cells])
            share.append(number / margin.sum())
    design, wanted = np.array(rows), np.array(share)

    # the dual: minimise log Σ q exp(λA) - λb, whose solution is the least Kullback-Leibler divergence
    def dual(factors: Table) -> tuple[float, Table]:
        p = q * np.exp(factors @ design)
        return float(np.log(p.sum()) - factors @ wanted), design @ (p / p.sum()) - wanted

    solved = minimize(dual, np.zeros(len(wanted)), jac=True, method="BFGS", options={"gtol": 1e-10, "maxiter": 5_000})
    expected = q * np.exp(solved.x @ design)
    expected /= expected.sum()
    raked = raked_weights(_frame(counts), "members", _margins(margins)).cells.filter(pl.col("members") > 0)
    ours = np.array((raked["weight"] * raked["members"]).to_list()) / counts.sum()
    assert np.abs(ours - expected).max() < 1e-6


def test_the_weights_are_one_factor_a_group_so_that_anybody_can_check_them() -> None:
    counts, margins = _table(3)
    raked = raked_weights(_frame(counts), "members", _margins(margins)).cells.filter(pl.col("members") > 0)
    logs = np.array([log(weight) for weight in raked["weight"].to_list()])
    groups = sorted({(name, group) for name in raked.columns if name.startswith("d") for group in raked[name]})
    design = np.array([[1.0 if row[name] == group else 0.0 for name, group in groups] for row in raked.to_dicts()])
    explained = design @ np.linalg.lstsq(design, logs, rcond=None)[0]
    assert np.abs(explained - logs).max() < 1e-9


def test_two_cells_of_one_dimension_are_weighted_by_share_over_share() -> None:
    cells = pl.DataFrame({"sex": ["F", "M"], "members": [75, 25]})
    raked = raked_weights(cells, "members", {"sex": {"F": 510, "M": 490}})
    assert raked.cells["weight"].to_list() == pytest.approx([0.51 / 0.75, 0.49 / 0.25], abs=1e-12)
    assert raked.rounds == 1


def test_the_order_of_cells_and_groups_changes_nothing_that_is_printed() -> None:
    counts, margins = _table(7)
    frame, wanted = _frame(counts), _margins(margins)
    keys = [name for name in frame.columns if name != "members"]
    one = raked_weights(frame, "members", wanted).cells.sort(keys)["weight"].to_list()
    mixed = frame.sample(fraction=1, shuffle=True, seed=1)
    again = raked_weights(mixed, "members", wanted).cells.sort(keys)["weight"].to_list()
    assert one == again


def test_a_group_of_the_population_without_a_member_has_no_weights_and_is_named() -> None:
    cells = pl.DataFrame({"age": ["young", "old"], "members": [0, 40]})
    raked = raked_weights(cells, "members", {"age": {"young": 20, "old": 80}})
    assert raked.detail is Detail.MISSING_STRATUM
    assert raked.empty_groups == (("age", "young"),)
    assert raked.cells["weight"].to_list() == [None, None]


def test_groups_that_never_meet_although_they_must_have_no_weights() -> None:
    # all young people are women and all old ones men: 60 % young and 30 % women cannot both be
    cells = pl.DataFrame({"age": ["young", "old"], "sex": ["F", "M"], "members": [50, 50]})
    raked = raked_weights(cells, "members", {"age": {"young": 60, "old": 40}, "sex": {"F": 30, "M": 70}})
    assert raked.detail is Detail.MISSING_STRATUM
    assert raked.empty_groups == ()


def test_nobody_at_all_has_no_weights() -> None:
    raked = raked_weights(pl.DataFrame({"age": ["old"], "members": [0]}), "members", {"age": {"old": 1}})
    assert raked.detail is Detail.ZERO_DENOMINATOR


@pytest.mark.parametrize(
    ("cells", "margins", "says"),
    [
        ({"age": ["old"], "members": [1]}, {}, "found no dimension"),
        ({"members": [1]}, {"age": {"old": 1}}, "found no column age"),
        ({"age": ["old", "old"], "members": [1, 2]}, {"age": {"old": 1}}, "twice"),
        ({"age": ["old"], "members": [-1]}, {"age": {"old": 1}}, "below 0"),
        ({"age": ["old"], "members": [None]}, {"age": {"old": 1}}, "missing"),
        ({"age": ["olde"], "members": [1]}, {"age": {"old": 1}}, "not among the margins"),
        ({"age": [None], "members": [1]}, {"age": {"old": 1}}, "not among the margins"),
        ({"age": ["old"], "members": [1]}, {"age": {"old": 0}}, "nobody at all"),
        ({"age": ["old"], "members": [1]}, {"age": {"old": float("nan")}}, "below 0"),
    ],
)
def test_what_cannot_be_read_is_refused_in_words(
    cells: dict[str, list[object]], margins: dict[str, dict[str, float]], says: str
) -> None:
    frame = pl.DataFrame(cells, schema_overrides={"members": pl.Int64(), "age": pl.String()})
    with pytest.raises(ValueError, match=says):
        raked_weights(frame, "members", margins)


def test_kish_by_hand() -> None:
    # 10 people at 2, 20 at 0.5: Σnw = 30, Σnw² = 45; 30 · 45 / 900 = 1.5, and 30 / 1.5 = 20
    assert design_effect([2.0, 0.5], [10, 20]) == pytest.approx(1.5, abs=1e-15)
    assert effective_sample_size([2.0, 0.5], [10, 20]) == pytest.approx(20, abs=1e-12)
    # one person counts for all: as good as one person
    assert effective_sample_size([1.0, 0.0], [1, 99]) == pytest.approx(1, abs=1e-12)


def test_equal_weights_cost_nothing() -> None:
    assert design_effect([0.3] * 7, [1] * 7) == 1.0
    assert effective_sample_size([7.0, 7.0], [3, 4]) == 7.0


def test_a_design_effect_is_one_and_the_squared_variation_of_the_weights() -> None:
    dice = random.Random(5)
    for _ in range(50):
        weights = [dice.uniform(0.2, 5) for _ in range(40)]
        mean = sum(weights) / 40
        variation = sum((weight - mean) ** 2 for weight in weights) / 40 / mean**2
        assert design_effect(weights, [1] * 40) == pytest.approx(1 + variation, abs=1e-12)


def test_nobody_has_no_design_effect() -> None:
    assert design_effect([], []) is None
    assert effective_sample_size([0.0], [5]) is None


def test_weights_and_counts_go_in_pairs_and_none_is_below_nothing() -> None:
    with pytest.raises(ValueError, match="as many as counts"):
        design_effect([1.0], [1, 2])
    with pytest.raises(ValueError, match="below 0"):
        design_effect([-1.0], [1])
