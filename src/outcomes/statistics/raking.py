"""Raked weights: cells weighted so that every group of every dimension has its share of a population."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import fsum, isfinite
from typing import Final

import polars as pl

from outcomes.vocabulary import Detail

__all__ = ["RakedWeights", "design_effect", "effective_sample_size", "raked_weights"]

# of a share of 1: far below what rounding a population to whole people changes
_TOLERANCE: Final = 1e-12
_MOST_ROUNDS: Final = 1_000


@dataclass(frozen=True)
class RakedWeights:
    """What raking gave, with the proof that it arrived.

    Attributes:
        cells: The cells as given, and `weight` (Float64): what each of a cell's people counts for, 1 on average; null
            in every cell where the margins cannot be met.
        rounds: How often every dimension was adjusted.
        greatest_difference: The greatest difference, over all groups, between a weighted share and the population's,
            as a fraction of everybody; 1 where there are no weights.
        empty_groups: The (dimension, group) pairs that people belong to and no cell.
        detail: Why there are no weights: `zero denominator` of no people at all; `missing stratum` of an empty group,
            or of groups that never occur together although the population needs them to. None where there are.
    """

    cells: pl.DataFrame
    rounds: int
    greatest_difference: float
    empty_groups: tuple[tuple[str, str], ...] = ()
    detail: Detail | None = None


def raked_weights(cells: pl.DataFrame, count: str, margins: Mapping[str, Mapping[str, float]]) -> RakedWeights:
    """Return weights that give every group of every dimension its share of the population.

    Each dimension in turn is multiplied to its margin, until one round leaves every margin met (iterative
    proportional fitting). Of all weights that meet the margins these change the cells least (least Kullback-Leibler
    divergence), and they are the only ones that are a product of one factor a group: so whoever holds the weights can
    check them without repeating the work.

    Args:
        cells: One row a cell: a text column for each dimension, and how many people are in it. No row twice.
        count: The column of people, whole or not, none below 0.
        margins: Dimension to group to people (or share) of the population, in any unit; of each dimension the groups
            are everybody. A group that is not named here may not occur.

    Returns:
        The weights, or the detail of why there are none.

    Raises:
        ValueError: A dimension or count is not among the columns, a group is unknown or missing, a number is below 0
            or not finite, or a margin is nobody.

    Source: Deming WE, Stephan FF, Annals of Mathematical Statistics 1940;11:427-44. Convergence and the least
    divergence: Ireland CT, Kullback S, Biometrika 1968;55:179-88; Csiszár I, Annals of Probability 1975;3:146-58.

    >>> panel = pl.DataFrame({"sex": ["F", "F", "M"], "age": ["young", "old", "old"], "members": [10, 50, 40]})
    >>> raked = raked_weights(panel, "members", {"sex": {"F": 51, "M": 49}, "age": {"young": 20, "old": 80}})
    >>> raked.cells["weight"].round(6).to_list()
    [2.0, 0.62, 1.225]
    """
    _checked(cells, count, margins)
    people = [float(number) for number in cells[count].to_list()]
    total = fsum(people)
    # a cell of nobody has no weight to find, and takes part in nothing
    held = [position for position, number in enumerate(people) if number > 0]
    shares = {
        dimension: _shares({group: float(number) for group, number in groups.items()})
        for dimension, groups in margins.items()
    }
    where = {
        dimension: {group: [at for at in held if column[at] == group] for group in groups}
        for dimension, groups in shares.items()
        for column in [cells[dimension].to_list()]
    }
    empty = tuple(
        (dimension, group)
        for dimension, groups in shares.items()
        for group, share in groups.items()
        if share > 0 and not where[dimension][group]
    )
    if not held or empty:
        detail = Detail.MISSING_STRATUM if held else Detail.ZERO_DENOMINATOR
        return RakedWeights(_weighted(cells, None), 0, 1.0, empty, detail)
    # in shares of everybody, so that the tolerance is of 1
    fitted = {at: people[at] / total for at in held}
    for number in range(1, _MOST_ROUNDS + 1):
        for dimension, groups in shares.items():
            for group, share in groups.items():
                _scale(fitted, where[dimension][group], share)
        difference = max(
            abs(fsum(fitted[at] for at in where[dimension][group]) - share)
            for dimension, groups in shares.items()
            for group, share in groups.items()
        )
        if difference <= _TOLERANCE:
            weights = [fitted[at] * total / people[at] if at in fitted else 0.0 for at in range(len(people))]
            return RakedWeights(_weighted(cells, weights), number, difference)
    return RakedWeights(_weighted(cells, None), _MOST_ROUNDS, 1.0, (), Detail.MISSING_STRATUM)


def _scale(fitted: dict[int, float], positions: Sequence[int], share: float) -> None:
    """Multiply the cells of one group so that they add up to its share."""
    found = fsum(fitted[at] for at in positions)
    for at in positions:
        # cells that dwindled to nothing stay there: then the margins cannot be met, and the last look says so
        fitted[at] = fitted[at] * (share / found) if found > 0 else 0.0


def _shares(groups: Mapping[str, float]) -> dict[str, float]:
    whole = fsum(groups.values())
    return {group: number / whole for group, number in groups.items()}


def _weighted(cells: pl.DataFrame, weights: Iterable[float] | None) -> pl.DataFrame:
    found = [None] * cells.height if weights is None else list(weights)
    return cells.with_columns(pl.Series("weight", found, pl.Float64))


def _checked(cells: pl.DataFrame, count: str, margins: Mapping[str, Mapping[str, float]]) -> None:
    if not margins:
        raise ValueError("margins: found no dimension, expected at least one. Name the groups of the population.")
    missing = sorted({count, *margins} - set(cells.columns))
    if missing:
        raise ValueError(f"cells: found no column {', '.join(missing)}, expected one each. Add it.")
    if cells.select(*margins).is_duplicated().any():
        raise ValueError("cells: found a combination of groups twice, expected once. Add the people of both together.")
    people = cells[count]
    if people.null_count() or not all(isfinite(number) and number >= 0 for number in people.to_list()):
        raise ValueError(
            f"{count}: found a number that is missing, below 0 or not finite, expected people. Correct it."
        )
    for dimension, groups in margins.items():
        if any(not isfinite(number) or number < 0 for number in groups.values()) or fsum(groups.values()) <= 0:
            raise ValueError(f"margins: found of {dimension} a number below 0 or nobody at all. Give its population.")
        unknown = cells.filter(~pl.col(dimension).is_in(list(groups)).fill_null(value=False)).height
        if unknown:
            raise ValueError(
                f"{dimension}: found {unknown} cells of a group that is not among the margins, expected one of "
                f"{', '.join(groups)}. Correct them, or leave these people out."
            )


def design_effect(weights: Sequence[float], counts: Sequence[float]) -> float | None:
    """Return Kish's design effect of weights: by how much they make an estimate's variance larger.

    Args:
        weights: What each person of a cell counts for; none below 0.
        counts: How many people are in each cell; 1 each where a row is a person.

    Returns:
        n Σ n w² / (Σ n w)²: 1 where all weights are equal, and never less; None where nobody counts.

    Raises:
        ValueError: There are not as many weights as counts, or one is below 0 or not finite.

    Source: Kish L, Survey Sampling, Wiley 1965, 11.7; Kish L, Journal of Official Statistics 1992;8:183-200.

    >>> round(design_effect([2.0, 0.5], [10, 20]), 4)
    1.5
    """
    if len(weights) != len(counts):
        raise ValueError(f"weights: found {len(weights)}, expected as many as counts, {len(counts)}. Pair them.")
    if any(not isfinite(number) or number < 0 for number in (*weights, *counts)):
        raise ValueError("weights: found a number below 0 or not finite, expected weights and counts. Correct it.")
    people = fsum(counts)
    weighted = fsum(weight * number for weight, number in zip(weights, counts, strict=True))
    squares = fsum(weight * weight * number for weight, number in zip(weights, counts, strict=True))
    if weighted <= 0:
        return None
    # equal weights give 1 but for the last bit
    return max(1.0, people * squares / (weighted * weighted))


def effective_sample_size(weights: Sequence[float], counts: Sequence[float]) -> float | None:
    """Return how many people, all counting alike, would tell as much as these do: people over the design effect.

    Args:
        weights: What each person of a cell counts for.
        counts: How many people are in each cell.

    Returns:
        (Σ n w)² / Σ n w², at most the number of people; None where nobody counts.

    Source: as `design_effect`.

    >>> round(effective_sample_size([2.0, 0.5], [10, 20]), 4)
    20.0
    """
    effect = design_effect(weights, counts)
    return None if effect is None else fsum(counts) / effect
