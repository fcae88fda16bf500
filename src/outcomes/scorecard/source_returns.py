"""Counts, of each source whose figures a partner sends for a place, what came, what was late and what is missing."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date

import polars as pl

from outcomes.ledger.model import ReturnsStatus
from outcomes.partnership.model import Partner, Partnership
from outcomes.partnership.partner_succession import source_name
from outcomes.scorecard.model import SourceReturns
from outcomes.vocabulary import DataStatus

__all__ = ["SourceStates", "source_returns", "source_states"]

# (indicator, kind of period, its first day, what became of the figures) to the names of the sources, sorted
SourceStates = Mapping[tuple[str, str, date, DataStatus], tuple[str, ...]]


def source_returns(
    returns: ReturnsStatus, partner: Partner, areas: Sequence[str], partnership: Partnership
) -> tuple[SourceReturns, ...]:
    """Return what came of each source of a partner in some areas, by name; empty where it sends only its own figures.

    Arguments:
        returns: What was expected and received.
        partner: Who sends.
        areas: The codes of the areas.
        partnership: Says who followed whom.
    """
    rows = returns.sources.filter((pl.col("partner_code") == partner.code) & pl.col("area_code").is_in(list(areas)))
    found: dict[str, Counter[str]] = {}
    for code, status in rows.select("source_code", "status").iter_rows():
        found.setdefault(code, Counter())[status] += 1
    lines = (
        SourceReturns(
            code=code,
            name=source_name(partnership, partner.code, code),
            expected=counts.total(),
            received=counts[DataStatus.RECEIVED] + counts[DataStatus.LATE],
            late=counts[DataStatus.LATE],
            missing=counts[DataStatus.MISSING],
            not_yet_due=counts[DataStatus.NOT_YET_DUE],
        )
        for code, counts in found.items()
    )
    return tuple(sorted(lines, key=lambda line: (line.name, line.code)))


def source_states(
    returns: ReturnsStatus | None, partner: Partner, areas: Sequence[str], partnership: Partnership
) -> SourceStates:
    """Return which sources of a partner are in which state, by measure and period.

    Arguments:
        returns: What was expected and received; None where no ledger stands behind the figures.
        partner: Who sends.
        areas: The codes of the areas; a source stands in a state when one of its figures does.
        partnership: Says who followed whom.
    """
    if returns is None:
        return {}
    rows = returns.sources.filter((pl.col("partner_code") == partner.code) & pl.col("area_code").is_in(list(areas)))
    found: dict[tuple[str, str, date, DataStatus], set[str]] = {}
    columns = ("source_code", "indicator_id", "period_kind", "period_start", "status")
    for code, indicator, kind, start, status in rows.select(columns).iter_rows():
        name = source_name(partnership, partner.code, code)
        found.setdefault((indicator, kind, start, DataStatus(status)), set()).add(name)
    return {key: tuple(sorted(names)) for key, names in found.items()}
