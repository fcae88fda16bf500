"""Turns the profile of a place into sections: its ten lines in full, parity, breadth, what is asked, and the tree."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from outcomes.report.formatting import date_text, joined
from outcomes.report.replies import replies_counted
from outcomes.report.wording import counted, say, sentence_case
from outcomes.scorecard.model import AskedOfPartner, Coverage, ParityRow, PurposeTree, Scorecard, SectorRow
from outcomes.vocabulary import DataStatus, Tier

__all__ = [
    "AskedSection",
    "BreadthSection",
    "LinesSection",
    "ParityTable",
    "PurposeSection",
    "asked_section",
    "breadth_section",
    "lines_section",
    "parity_section",
    "purpose_section",
]

_SPOKEN: Final = {DataStatus.REJECTED.value: say("lines_rejected")}


@dataclass(frozen=True, slots=True)
class LinesSection:
    """The ten lines, each with its parts: (title, sentence, ((part, counts), …)); and how many replies there are."""

    lines: tuple[tuple[str, str, tuple[tuple[str, str], ...]], ...]
    replies: str


@dataclass(frozen=True, slots=True)
class ParityTable:
    """Aspect, local, national, flag, rule; `is_flagged` of each row."""

    rows: tuple[tuple[str, str, str, str, str, bool], ...]


@dataclass(frozen=True, slots=True)
class SectorView:
    """One sector's row."""

    sector: str
    partners: str
    cells: tuple[str, ...]
    silent: str
    is_silent: bool


@dataclass(frozen=True, slots=True)
class BreadthSection:
    """The coverage matrix."""

    text: str
    heads: tuple[str, ...]
    rows: tuple[SectorView, ...]


@dataclass(frozen=True, slots=True)
class AskedRow:
    """One partner's burden: its totals, and each measure with its rows and uses."""

    partner: str
    measures: int
    rows: str
    unshared: str
    caption: str
    lines: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class AskedSection:
    """What every partner is asked for."""

    rows: tuple[AskedRow, ...]


@dataclass(frozen=True, slots=True)
class PurposeSection:
    """The tree, and its orphans in words."""

    tree: PurposeTree
    tiers: dict[str, str]
    orphans: tuple[str, ...]


def lines_section(card: Scorecard) -> LinesSection | None:
    """Return the ten lines with their parts; None without a profile."""
    if not card.profile:
        return None
    return LinesSection(
        tuple(
            (
                line.title,
                line.sentence,
                tuple((part.title, f"{_counts(part.counts)} {part.sentence}".strip()) for part in line.details),
            )
            for line in card.profile
        ),
        replies_counted((card.summary,)),
    )


def _counts(counts: Sequence[tuple[str, int]]) -> str:
    # a status of the record is told in the word that partners read everywhere
    told = [f"{number:,} {_SPOKEN.get(word, word)}" for word, number in counts]
    return f"{', '.join(told)}." if told else ""


def parity_section(card: Scorecard) -> ParityTable | None:
    """Return local and national beside each other, aspect by aspect; None where nobody counted."""
    return ParityTable(tuple(map(_parity_row, card.parity.rows))) if card.parity is not None else None


def _parity_row(row: ParityRow) -> tuple[str, str, str, str, str, bool]:
    flag = say("parity_neither")
    if row.behind is not None:
        flag = say("parity_local_behind" if row.behind is Tier.LOCAL else "parity_national_behind")
    shown = (_of(row.local, row.local_of), _of(row.national, row.national_of))
    return (row.title, *shown, row.because or flag, row.rule, row.behind is not None)


def _of(number: int | None, of: int | None) -> str:
    if number is None:
        return say("nothing_recorded")
    return f"{number:,}" if of is None else say("parity_of", number=f"{number:,}", all=f"{of:,}")


def breadth_section(card: Scorecard) -> BreadthSection | None:
    """Return the coverage matrix, every sector in it; None where nobody counted."""
    if card.coverage is None:
        return None
    keys = ("signed", "owned", "sent", "insights", "promises", "asked")
    return BreadthSection(
        text=say("breadth_text", since=date_text(card.coverage.since), until=date_text(card.coverage.until)),
        heads=tuple(say(f"breadth_{key}") for key in keys),
        rows=tuple(_sector(row, card.coverage) for row in card.coverage.rows),
    )


def _sector(row: SectorRow, coverage: Coverage) -> SectorView:
    sent = say("parity_of", number=row.sent, all=row.due)
    if not coverage.is_recorded:
        sent = say("breadth_unknown")
    elif not row.due:
        sent = say("breadth_nothing_due")
    silent = sentence_case(joined([say(f"silent_{what}") for what in row.silent])) or say("breadth_nothing_silent")
    return SectorView(
        sector=say(f"sector_{row.sector.value}"),
        partners=joined(row.partners) or say("breadth_no_partner"),
        cells=(
            say("parity_of", number=row.signed, all=row.named),
            say("breadth_owned_count", all=row.owned, local=row.owned_local),
            sent,
            *(str(number) for number in (row.insights, row.promises, row.challenges)),
        )
        if row.partners
        else (),
        silent=silent if row.partners else "",
        is_silent=bool(row.silent),
    )


def asked_section(card: Scorecard) -> AskedSection | None:
    """Return what each partner is asked for here; None where nobody is."""
    return AskedSection(tuple(map(_asked, card.asked))) if card.asked else None


def _asked(one: AskedOfPartner) -> AskedRow:
    return AskedRow(
        partner=one.partner,
        measures=len(one.lines),
        rows=f"{one.lines_a_year:,}",
        unshared=f"{one.lines_a_year_without_sharing:,}",
        caption=say("asked_lines_of", partner=one.partner),
        lines=tuple(
            (
                line.name,
                f"{counted(line.lines, 'row')} a {say(f'rhythm_of_{line.period_kind.value}')}",
                joined([*line.titles]),
            )
            for line in one.lines
        ),
    )


def purpose_section(card: Scorecard) -> PurposeSection | None:
    """Return the tree from purpose to measure; None where no outcome is on the page."""
    tree = card.purpose
    if tree is None or not tree.branches:
        return None
    orphans = []
    if tree.without_indicator:
        orphans.append(say("purpose_orphan_outcomes", names=joined(tree.without_indicator)))
    if tree.without_purpose:
        orphans.append(say("purpose_orphan_purposes", names=joined(tree.without_purpose)))
    tiers = {tier.value: say(f"tier_{tier.value}") for tier in Tier}
    return PurposeSection(tree, tiers, tuple(orphans))
