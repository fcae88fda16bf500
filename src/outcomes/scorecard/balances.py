"""Sets beside each line, and in the results, the measure that would show its side effect."""

from collections.abc import Iterable, Mapping
from typing import Final

import polars as pl

from outcomes.profile.model import Balance, Profile
from outcomes.scorecard.collection import RESULT_COLUMNS
from outcomes.scorecard.model import BalanceBeside, IndicatorLine, Scorecard
from outcomes.scorecard.model.replies import calls_for_reply

__all__ = ["results_with_balances", "with_balances"]

_COLUMNS: Final = ("balance", "balance_direction", "moves_apart")
_KEY: Final = ("framework_id", "indicator_id", "indicator_version", "area_code")


def with_balances(card: Scorecard, balances: Iterable[Balance]) -> Scorecard:
    """Return a scorecard whose lines carry the figure of the measure that is read beside each.

    Arguments:
        card: A scorecard.
        balances: Of its place, as its profile has them.
    """
    lines = {(line.indicator_id, line.indicator_version): line for line in card.lines}
    beside = {
        (one.indicator_id, one.indicator_version): _beside(one, lines[one.balance_id, one.balance_version])
        for one in balances
        if (one.balance_id, one.balance_version) in lines
    }
    if not beside:
        return card

    def told(line: IndicatorLine) -> IndicatorLine:
        found = beside.get((line.indicator_id, line.indicator_version))
        return line.model_copy(update={"balance_beside": found}) if found else line

    sections = tuple(
        section.model_copy(
            update={"local": tuple(map(told, section.local)), "national": tuple(map(told, section.national))}
        )
        for section in card.outcomes
    )
    card = card.model_copy(update={"outcomes": sections, "operational": tuple(map(told, card.operational))})
    # whoever improves while its balance gets worse is to be asked for words too
    called = [line for section in sections for line in (*section.local, *section.national) if calls_for_reply(line)]
    summary = card.summary.model_copy(
        update={
            "call_for_reply": tuple(line.indicator_id for line in called),
            "with_reply": tuple(line.indicator_id for line in called if line.replies),
        }
    )
    return card.model_copy(update={"summary": summary})


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
    schema = {name: RESULT_COLUMNS[name] for name in (*_KEY, *_COLUMNS)}
    told = pl.DataFrame(
        [(*row[:5], row[5].value if row[5] else None, row[6]) for row in rows], schema=schema, orient="row"
    )
    is_current = (pl.col("breakdown") == "") & pl.any_horizontal(pl.col("comparison", "trend", "target").is_not_null())
    return (
        frame.drop(_COLUMNS)
        .join(told, on=list(_KEY), how="left", maintain_order="left")
        .with_columns(pl.when(is_current).then(pl.col(name)).alias(name) for name in _COLUMNS)
        .select(frame.columns)
    )


def _beside(balance: Balance, line: IndicatorLine) -> BalanceBeside:
    current = line.current
    return BalanceBeside(
        indicator_id=line.indicator_id,
        name=line.short_name or line.name,
        value=current.value if current else None,
        period=current.period if current else None,
        unit=line.unit,
        decimals=line.decimals,
        own_word=balance.word,
        word=balance.balance_word,
        moves_apart=balance.moves_apart,
    )
