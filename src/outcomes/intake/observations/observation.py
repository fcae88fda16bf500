"""Observations: the noun that intake and the ledger hand on, one row a figure, with its key and its origin."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

import polars as pl

from outcomes.table import hold_to_table

__all__ = [
    "FIGURE",
    "KEY",
    "OBSERVATION_COLUMNS",
    "PLACE_KEY",
    "WORDS",
    "Observations",
    "new_versions",
]

# an observation's identity; the last of them without partner and source are its place key
KEY: Final = (
    "partner_code",
    "source_code",
    "indicator_id",
    "indicator_version",
    "area_code",
    "period_kind",
    "period_start",
    "breakdown",
)
PLACE_KEY: Final = KEY[2:]

# another of these for the same key is another figure: a revision
FIGURE: Final = (
    "numerator",
    "denominator",
    "value",
    "lower_ci_95",
    "upper_ci_95",
    "sum_of_squares",
    "effective_sample_size",
    "status",
    "value_status",
)
# another of these alone is kept as a version, but makes no revision: the figure stands
WORDS: Final = ("value_note", "comment")

OBSERVATION_COLUMNS: Final[dict[str, pl.DataType]] = {
    "partner_code": pl.String(),
    # whose figure it is; the partner's own code where it sends its own
    "source_code": pl.String(),
    "indicator_id": pl.String(),
    "indicator_version": pl.Int32(),
    "area_code": pl.String(),
    "period_kind": pl.String(),
    "period_start": pl.Date(),
    "period_end": pl.Date(),
    # the canonical text of the period
    "period": pl.String(),
    # canonical text, empty for everybody
    "breakdown": pl.String(),
    # whole multiples of 1 / numerator_scale of the indicator; null with a status or a published value alone
    "numerator": pl.Int64(),
    # whole multiples of 1 / denominator_scale of the indicator
    "denominator": pl.Int64(),
    # as submitted; used where the indicator's statistic is published_value, otherwise only checked
    "value": pl.Float64(),
    "lower_ci_95": pl.Float64(),
    "upper_ci_95": pl.Float64(),
    # of the scaled numerators' units squared, whole
    "sum_of_squares": pl.Int64(),
    "effective_sample_size": pl.Float64(),
    # a RowStatus, or null where there is a number
    "status": pl.String(),
    # a Qualifier, or null
    "value_status": pl.String(),
    "value_note": pl.String(),
    "comment": pl.String(),
    # the partner's own address of the figure
    "sheet": pl.String(),
    "row": pl.Int32(),
    # the ledger number of the submission; 0 before it is recorded
    "submission": pl.Int64(),
    # whether an earlier submission had another figure for the same key
    "is_revision": pl.Boolean(),
}


@dataclass(frozen=True)
class Observations:
    """Figures of partners, as known at a ledger number.

    Attributes:
        frame: Columns `OBSERVATION_COLUMNS`, sorted by key; each key once.
        known_at: The ledger number up to which it was read; 0 where no ledger is behind it.
        destroyed_since: The submissions that counted at that number and were expunged later: their figures are not
            here, though they were known.
    """

    frame: pl.DataFrame
    known_at: int = 0
    destroyed_since: tuple[int, ...] = ()

    def __post_init__(self) -> None:
        """Refuse a frame that is not of the observations' table."""
        hold_to_table(self.frame, OBSERVATION_COLUMNS, "observations")


def new_versions(sent: pl.DataFrame, known: pl.DataFrame) -> pl.DataFrame:
    """Return those of the figures sent that say something that is not known yet.

    Arguments:
        sent: Columns `OBSERVATION_COLUMNS`, each key once.
        known: The newest version of each key, same columns.

    Returns:
        Sorted by key. `is_revision` is true where another figure stood for the key (now, or ever before).

    >>> none = pl.DataFrame(schema=OBSERVATION_COLUMNS)
    >>> new_versions(none, none).height
    0
    """
    kept = known.select(*KEY, *(pl.col(name).name.suffix("_known") for name in (*FIGURE, *WORDS)), "is_revision")
    paired = sent.drop("is_revision").join(kept, on=KEY, how="left", maintain_order="left")
    # a key that is known carries true or false here, a new one null
    is_known = pl.col("is_revision").is_not_null()
    return (
        paired.filter(~is_known | _differs((*FIGURE, *WORDS)))
        .with_columns(is_revision=(is_known & _differs(FIGURE)) | pl.col("is_revision").fill_null(value=False))
        .select(list(OBSERVATION_COLUMNS))
        .sort(KEY)
    )


def _differs(names: Iterable[str]) -> pl.Expr:
    return pl.any_horizontal(pl.col(name).ne_missing(pl.col(f"{name}_known")) for name in names)
