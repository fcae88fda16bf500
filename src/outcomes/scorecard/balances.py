"""Sets beside each line, and in the results, the measure that would show its side effect."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

import polars as pl

from outcomes.profile.model import Balance, Profile
from outcomes.scorecard.collection import BALANCE_COLUMNS, RESULT_COLUMNS
from outcomes.scorecard.model import BalanceBeside, IndicatorLine

__all__ = ["results_with_balances", "with_balances"]

_KEY: Final = ("framework_id", "indicator_id", "indicator_version", "area_code")


def with_balances(lines: Sequence[IndicatorLine], balances: Iterable[Balance]) -> tuple[IndicatorLine, ...]:
    """Return lines that carry the figure of the measure that is read beside each, in the order given.

    Whoever improves while its balance gets worse is to be asked for words too, so that what calls for a reply is known
    of these lines alone.

    Arguments:
        lines: Every line of a place.
        balances: Of that place, as its profile has them.
    """
    by_key = {line.key: line for line in lines}
    beside = {
        (one.indicator_id, one.indicator_version): _beside(one, by_key[one.balance_id, one.balance_version])
        for one in balances
        if (one.balance_id, one.balance_version) in by_key
    }
    return tuple(
        line.model_copy(update={"balance_beside": beside[line.key]}) if line.key in beside else line for line in lines
    )


def results_with_balances(frame: pl.DataFrame, profiles: Mapping[str, Profile]) -> pl.DataFrame:
    """Return the results with the balance of each current figure of the places that have a page.

    Arguments:
        frame: The results' table.
        profiles: Area code to its profile.
    """
    rows = [
        (
            one.framework_id,
            one.indicator_id,
            one.indicator_version,
            code,
            one.balance_id,
            one.balance_word,
            one.moves_apart,
        )
        for code, profile in profiles.items()
        for one in profile.balances
    ]
    if not rows:
        return frame
    schema = {name: RESULT_COLUMNS[name] for name in (*_KEY, *BALANCE_COLUMNS)}
    told = pl.DataFrame(
        [(*row[:5], row[5].value if row[5] else None, row[6]) for row in rows], schema=schema, orient="row"
    )
    is_current = (pl.col("breakdown") == "") & pl.any_horizontal(pl.col("comparison", "trend", "target").is_not_null())
    return (
        frame.drop(BALANCE_COLUMNS)
        .join(told, on=list(_KEY), how="left", maintain_order="left")
        .with_columns(pl.when(is_current).then(pl.col(name)).alias(name) for name in BALANCE_COLUMNS)
        .select(frame.columns)
    )


def _beside(balance: Balance, line: IndicatorLine) -> BalanceBeside:
    current = line.current
    return BalanceBeside(
        indicator_id=line.indicator_id,
        indicator_version=line.indicator_version,
        name=line.short_name or line.name,
        value=current.value if current else None,
        period=current.period if current else None,
        unit=line.unit,
        decimals=line.decimals,
        own_word=balance.word,
        word=balance.balance_word,
        moves_apart=balance.moves_apart,
    )
