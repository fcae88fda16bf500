"""Finds the files and rows that the current figures of a place came from: where to look, never what they say."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

import polars as pl

from outcomes.intake.observations import Observations
from outcomes.ledger.model import Arrival, ReturnsStatus
from outcomes.partnership.model import Partnership
from outcomes.partnership.sign_offs import FileSignOff, sign_off_of
from outcomes.scorecard.model import SourceFile

__all__ = ["NO_SOURCES", "Sources", "sources_of"]

_Key = tuple[str, int, str, str, Any]


@dataclass(frozen=True)
class Sources:
    """The rows behind every figure, by measure and period, ready to be looked up.

    Attributes:
        rows: (indicator, version, area, kind of period, its first day) to the rows of partners' files.
        arrivals: Ledger number to what came.
        names: Code to name of partners.
        roles: Code to the role that answers for what a partner sends.
        sign_offs: Who signed off which file by the date.
        as_of: The date.
    """

    rows: Mapping[_Key, Sequence[Mapping[str, Any]]] = field(default_factory=dict)
    arrivals: Mapping[int, Arrival] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)
    roles: Mapping[str, str] = field(default_factory=dict)
    sign_offs: tuple[FileSignOff, ...] = ()
    as_of: date = date.max

    def files(
        self, indicator: tuple[str, int], areas: Sequence[str], period: tuple[str, Any]
    ) -> tuple[SourceFile, ...]:
        """Return the files and sheets whose rows are of a measure, these areas and a period.

        Arguments:
            indicator: Its id and version.
            areas: The area and every part of it.
            period: Its kind and first day.
        """
        found: dict[tuple[int, str, str], list[Mapping[str, Any]]] = {}
        for area in areas:
            for row in self.rows.get((*indicator, area, *period), ()):
                found.setdefault((row["submission"], row["sheet"] or "", row["partner_code"]), []).append(row)
        return tuple(self._file(key, found[key]) for key in sorted(found))

    def _file(self, key: tuple[int, str, str], rows: Sequence[Mapping[str, Any]]) -> SourceFile:
        number, sheet, partner = key
        arrival = self.arrivals.get(number)
        file = arrival.file if arrival else ""
        signed = sign_off_of(self.sign_offs, partner=partner, file=file, entry=number, as_of=self.as_of)
        first = [row["first_row"] for row in rows if row["first_row"] is not None]
        last = [row["last_row"] for row in rows if row["last_row"] is not None]
        return SourceFile(
            partner_code=partner,
            partner=self.names.get(partner, partner),
            file=file,
            sheet=sheet,
            first_row=min(first, default=None),
            last_row=max(last, default=None),
            entry=number,
            received_on=arrival.received_on if arrival else None,
            codes=arrival.codes if arrival else (),
            signed_off_by=signed.role if signed else "",
            signed_off_on=signed.signed_on if signed else None,
            answered_for_by=self.roles.get(partner, ""),
        )


# where nobody gave the observations: a figure leads back to its partners alone
NO_SOURCES: Final = Sources()


def sources_of(
    observations: Observations | None, returns: ReturnsStatus | None, partnership: Partnership, areas: Sequence[str]
) -> Sources:
    """Return the index of the rows behind the figures of some areas.

    Arguments:
        observations: The partners' figures; None makes an index without any row.
        returns: Names the files by their ledger number; None where no ledger stands behind the figures.
        partnership: The world.
        areas: The areas of the pages and all parts of them.
    """
    if observations is None:
        return NO_SOURCES
    key = ["indicator_id", "indicator_version", "area_code", "period_kind", "period_start"]
    by_file = ["submission", "sheet", "partner_code"]
    grouped = (
        observations.frame.filter(pl.col("area_code").is_in(list(areas)))
        .group_by([*key, *by_file])
        .agg(first_row=pl.col("row").min(), last_row=pl.col("row").max())
        .sort([*key, *by_file])
    )
    rows: dict[_Key, list[Mapping[str, Any]]] = {}
    for row in grouped.iter_rows(named=True):
        rows.setdefault(tuple(row[name] for name in key), []).append(row)
    arrivals = {one.number: one for one in (returns.arrivals if returns else ())}
    partners = partnership.partners
    return Sources(
        rows,
        arrivals,
        {partner.code: partner.name for partner in partners},
        {partner.code: partner.answers_for_returns for partner in partners},
        partnership.sign_offs,
        returns.as_of if returns else date.max,
    )
