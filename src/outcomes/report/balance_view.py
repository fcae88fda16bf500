"""Words the measure that is read beside a line: its figure, and whether the two move apart."""

from outcomes.report.formatting import value_text
from outcomes.report.signals import reason_text
from outcomes.report.wording import say
from outcomes.scorecard.model import IndicatorLine

__all__ = ["apart_text", "balance_text"]


def balance_text(line: IndicatorLine) -> str:
    """Return what is to be read beside a line, with its figure; empty where nothing is named.

    Where the two move apart, both ways are said in one sentence, whichever of the two improves.
    """
    beside = line.balance_beside
    if beside is None:
        return say("balance", measure=line.balance) if line.balance else ""
    if beside.value is None or beside.period is None:
        figure = say("not_yet").lower()
    elif beside.value.value is None:
        figure = reason_text(beside.value)
    else:
        figure = say(
            "balance_figure", value=value_text(beside.value.value, beside.decimals, beside.unit), period=beside.period
        )
    told = say("balance_beside", measure=beside.name, figure=figure)
    if beside.moves_apart and beside.own_word is not None and beside.word is not None:
        told += " " + say("balance_apart", own=beside.own_word.value, other=beside.word.value)
    return told


def apart_text(line: IndicatorLine) -> str:
    """Return the short note that a line and what is read beside it move apart; empty where they do not."""
    beside = line.balance_beside
    return say("balance_apart_short", measure=beside.name) if beside is not None and beside.moves_apart else ""
