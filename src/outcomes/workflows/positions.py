"""Works out the value of every position where sources disagree on a figure, protected like any other."""

from datetime import date
from typing import Any, Final

import polars as pl

from outcomes.breakdown import breakdown_from_text, breakdown_text
from outcomes.estimates.estimating import estimate
from outcomes.intake.observations import KEY, PLACE_KEY, Observations, said_by_successors
from outcomes.judgement.model import JUDGEMENT_COLUMNS, Judgements
from outcomes.partnership.model import Partnership
from outcomes.protection.protecting import protect
from outcomes.rollup.base import own_source_named
from outcomes.rollup.positions import disputes
from outcomes.rollup.rolling import roll_up
from outcomes.scorecard.disputes import POSITION_COLUMNS
from outcomes.table import empty_table, hold_to_table
from outcomes.vocabulary import Reason

__all__ = ["positions_of_values"]

_SIDE: Final = ("partner_code", "source_code")
_NUMBERS: Final = ("value", "lower_ci_95", "upper_ci_95")
_WHERE: Final = ("indicator_id", "indicator_version", "area_code", "period_kind", "period_start", "breakdown")


def positions_of_values(
    observations: Observations,
    partnership: Partnership,
    *,
    as_of: date,
    policy: str | None,
    printed: pl.DataFrame,
) -> pl.DataFrame:
    """Return, for every figure on which sources disagree, what it would be by each of them.

    Computation goes on with one position; here each takes its turn, alone, by the very same methods, for the area that
    the figure is for. Under a policy each is protected on its own, and all are hidden where the printed one is.

    Arguments:
        observations: As known at a ledger number.
        partnership: Says which figures have one source.
        as_of: The day on which agreements say who is to send what.
        policy: The id of the policy; None for the unprotected working copy.
        printed: The estimates that pages print.

    Returns:
        Columns `POSITION_COLUMNS`, sorted; none where nobody disagrees.
    """
    found = disputes(observations, partnership, as_of=as_of)
    if found.is_empty():
        return empty_table(POSITION_COLUMNS)
    wanted = found["indicator_id"].unique().to_list()
    mine = said_by_successors(observations.frame.filter(pl.col("indicator_id").is_in(wanted)), partnership)
    numbered = own_source_named(mine.select(*KEY)).with_row_index("row_number")
    rows: list[dict[str, Any]] = []
    for side in found.select(*_SIDE).unique().sort(*_SIDE).iter_rows(named=True):
        is_of_side = pl.all_horizontal(pl.col(name) == side[name] for name in _SIDE)
        cells = found.filter(is_of_side)
        # the others' figures for the same things are set aside
        others = numbered.join(cells.select(*PLACE_KEY), on=list(PLACE_KEY), how="semi").filter(~is_of_side)
        alone = mine.with_row_index("row_number").join(others, on="row_number", how="anti").drop("row_number")
        rows += _of_one_side(Observations(alone, observations.known_at), cells, partnership, as_of, policy)
    frame = pl.DataFrame(rows, schema=POSITION_COLUMNS, orient="row").unique([*_WHERE, *_SIDE], keep="first")
    is_hidden = pl.col("is_hidden").fill_null(value=False)
    shown = frame.join(
        printed.filter(pl.col("reason") == Reason.CONFIDENTIAL.value)
        .select(*_WHERE)
        .unique()
        .with_columns(pl.lit(value=True).alias("is_hidden")),
        on=list(_WHERE),
        how="left",
    ).with_columns(
        *(pl.when(~is_hidden).then(pl.col(name)).alias(name) for name in _NUMBERS),
        pl.when(is_hidden).then(pl.lit(Reason.CONFIDENTIAL.value)).otherwise("reason").alias("reason"),
    )
    ordered = shown.sort(*_WHERE, pl.col("is_taken").not_(), *_SIDE)
    return hold_to_table(ordered.select(list(POSITION_COLUMNS)), POSITION_COLUMNS, "positions")


def _of_one_side(
    alone: Observations, cells: pl.DataFrame, partnership: Partnership, as_of: date, policy: str | None
) -> list[dict[str, Any]]:
    measures = roll_up(alone, partnership, as_of=as_of)
    nothing = Judgements(empty_table(JUDGEMENT_COLUMNS), as_of, alone.known_at)
    shown = measures if policy is None else protect(measures, nothing, partnership, policy=policy).measures
    estimates = estimate(shown, partnership).frame
    found = []
    strata = {indicator.key: indicator.strata for indicator in partnership.indicators.values()}
    for cell in cells.iter_rows(named=True):
        dimension = strata[(cell["indicator_id"], cell["indicator_version"])]
        pairs = breakdown_from_text(cell["breakdown"])
        printed = breakdown_text({name: category for name, category in pairs.items() if name != dimension})
        here = estimates.filter(*(pl.col(name) == cell[name] for name in _WHERE[:-1]), pl.col("breakdown") == printed)
        row = next(iter(here.iter_rows(named=True)), None)
        found.append(
            {name: cell[name] for name in POSITION_COLUMNS if name in cell}
            | {"breakdown": printed, "reason": row["reason"] if row else Reason.NOT_AVAILABLE.value}
            | {name: row[name] if row else None for name in _NUMBERS}
        )
    return found
