"""Makes tidy tables of the profile: local and national beside each other, sectors that took part, what is asked."""

from collections.abc import Iterable
from typing import Final

import polars as pl

from outcomes.scorecard.model import Scorecard
from outcomes.table import Columns

__all__ = ["ASKED_COLUMNS", "COVERAGE_COLUMNS", "LINE_COLUMNS", "PARITY_COLUMNS", "profile_tables"]

LINE_COLUMNS: Final[Columns] = {
    "area_code": pl.String(),
    # the stable name of one of the ten lines
    "line": pl.String(),
    # empty for the line as a whole, else a kind of target, a tier, a partner or a direction
    "part": pl.String(),
    "word": pl.String(),
    "count": pl.Int64(),
}
PARITY_COLUMNS: Final[Columns] = {
    "area_code": pl.String(),
    "aspect": pl.String(),
    "local": pl.Int64(),
    "local_of": pl.Int64(),
    "national": pl.Int64(),
    "national_of": pl.Int64(),
    # a Tier; null where neither is behind
    "behind": pl.String(),
    "rule": pl.String(),
    "because": pl.String(),
}
COVERAGE_COLUMNS: Final[Columns] = {
    "area_code": pl.String(),
    "since": pl.Date(),
    "until": pl.Date(),
    # a PartnerType; a sector without a partner has a row too
    "sector": pl.String(),
    "partners": pl.Int64(),
    "named": pl.Int64(),
    "signed": pl.Int64(),
    "owned": pl.Int64(),
    "owned_local": pl.Int64(),
    # null where no record of returns stands behind the figures
    "due": pl.Int64(),
    "sent": pl.Int64(),
    "insights": pl.Int64(),
    "promises": pl.Int64(),
    "challenges": pl.Int64(),
    # what nothing came of ("; " between them)
    "silent": pl.String(),
}
ASKED_COLUMNS: Final[Columns] = {
    "area_code": pl.String(),
    "partner_code": pl.String(),
    "indicator_id": pl.String(),
    "indicator_version": pl.Int64(),
    "period_kind": pl.String(),
    "lines": pl.Int64(),
    "lines_a_year": pl.Int64(),
    "uses": pl.Int64(),
    "used_by": pl.String(),
    "codes": pl.String(),
}


def profile_tables(cards: Iterable[Scorecard]) -> dict[str, pl.DataFrame]:
    """Return the tables of the profile by name: `profile`, `parity`, `coverage` and `asked`.

    Arguments:
        cards: The scorecards, in any order; one without a profile has no rows.

    Returns:
        Each sorted as the pages are; a table without a row is left out.
    """
    ordered = sorted(cards, key=lambda card: card.place.area_code)
    lines: list[tuple[object, ...]] = []
    parity: list[tuple[object, ...]] = []
    coverage: list[tuple[object, ...]] = []
    asked: list[tuple[object, ...]] = []
    for card in ordered:
        code = card.place.area_code
        for line in card.profile:
            parts = [("", line.counts), *((part.title, part.counts) for part in line.details)]
            lines += [(code, line.id, part, word, number) for part, counts in parts for word, number in counts]
        for row in card.parity.rows if card.parity else ():
            behind = row.behind.value if row.behind else None
            numbers = (row.local, row.local_of, row.national, row.national_of)
            parity.append((code, row.id, *numbers, behind, row.rule, row.because))
        found = card.coverage
        for sector in found.rows if found else ():
            numbers_of = (sector.named, sector.signed, sector.owned, sector.owned_local, sector.due, sector.sent)
            given = (sector.insights, sector.promises, sector.challenges)
            days = (found.since, found.until) if found else (None, None)
            head = (code, *days, sector.sector.value, len(sector.partners))
            coverage.append((*head, *numbers_of, *given, "; ".join(sector.silent)))
        for partner in card.asked:
            for one in partner.lines:
                key = (code, partner.partner_code, one.indicator_id, one.indicator_version, one.period_kind.value)
                used = ("; ".join(one.used_by), "; ".join(one.codes))
                asked.append((*key, one.lines, one.lines_a_year, one.uses, *used))
    tables = {
        "profile": (LINE_COLUMNS, lines),
        "parity": (PARITY_COLUMNS, parity),
        "coverage": (COVERAGE_COLUMNS, coverage),
        "asked": (ASKED_COLUMNS, asked),
    }
    return {
        name: pl.DataFrame(rows, schema=dict(columns), orient="row") for name, (columns, rows) in tables.items() if rows
    }
