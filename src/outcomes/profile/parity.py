"""Whether local and national measures stand equal: each aspect counted for both tiers, and flagged by a stated rule."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from statistics import median_low
from typing import Final

import polars as pl

from outcomes.framework.model import Inclusion
from outcomes.profile.data_line import CAME, NOT_DUE
from outcomes.profile.model import Parity, ParityRow, ProfileLine
from outcomes.profile.words import Subject
from outcomes.vocabulary import NO_COMPARISON, DataStatus, Signal, Tier

__all__ = ["FEWEST_OF_FOUR", "parity_line", "parity_of"]

# fewer than one in so many of the measures is behind
FEWEST_OF_FOUR: Final = 4
_HALF: Final = 2
# what a line says in place of a row's whole title
_SPOKEN: Final = {
    "count": "number",
    "outcomes": "outcomes served",
    "targets": "targets",
    "compared": "comparison",
    "timeliness": "timeliness",
    "recency": "recency",
    "narrative": "words beside them",
    "position": "place on the page",
}
_NOTHING: Final = "One tier has nothing to count."
_BY_HALF: Final = "A tier is behind when its share is less than half of the other’s."


@dataclass(frozen=True)
class _Tiers:
    """A number for each tier, and out of how many."""

    local: tuple[int, int]
    national: tuple[int, int]


def parity_of(subject: Subject) -> Parity:
    """Return how local and national measures stand beside each other, aspect by aspect.

    The rule is the same for both tiers and is stated with each aspect: one is behind in number with fewer than one in
    four of the measures; in outcomes, targets, comparison, timeliness and narrative when its share is less than half of
    the other's; in recency when its middle figure is more than twice as old; in position when its middle measure
    stands in the last quarter of the page. Operational measures are in no row.

    Arguments:
        subject: The place.

    Returns:
        Eight rows, always in the same order.

    Source: the integration White Paper (2022): local priorities must not be eclipsed by national ones.
    """
    local = [one for one in subject.ordered if one.tier is Tier.LOCAL]
    national = [one for one in subject.ordered if one.tier is Tier.NATIONAL]
    everything = len(local) + len(national)
    outcomes = {one.outcome for one in subject.ordered}
    agreement, as_of = subject.agreement, subject.as_of
    with_target = {target.indicator for target in agreement.targets} if agreement else set()
    with_target |= {one.indicator for one in subject.ordered if one.targets}
    compared = {one.inclusion.indicator for one in subject.said(Signal.COMPARISON) if one.word not in NO_COMPARISON}
    told = {name for one in subject.voices.insights for name in one.indicators}
    if agreement:
        told |= {reply.indicator for reply in agreement.replies if reply.given_on <= as_of}
        told |= {one.indicator for one in agreement.commitments_by(as_of) if one.indicator}

    def among(names: Collection[str]) -> _Tiers:
        return _Tiers(_among(local, names), _among(national, names))

    return Parity(
        rows=(
            _count(_Tiers((len(local), everything), (len(national), everything))),
            _halved(
                "outcomes", "Outcomes with a measure", _Tiers(_served(local, outcomes), _served(national, outcomes))
            ),
            _halved("targets", "With a target", among(with_target)),
            _halved("compared", "Compared", among(compared)),
            _timely(subject, local, national),
            _recent(subject, local, national),
            _halved("narrative", "With a reply, a promise or an insight", among(told)),
            _position(subject.ordered),
        )
    )


def parity_line(parity: Parity) -> ProfileLine:
    """Return the line of parity in words: what is counted, and where one tier is behind."""
    rows = {row.id: row for row in parity.rows}

    def pair(name: str) -> str:
        return f"{rows[name].local or 0} and {rows[name].national or 0}"

    number = rows["count"]
    behind = {
        tier: [_SPOKEN[row.id] for row in parity.behind if row.behind is tier] for tier in (Tier.LOCAL, Tier.NATIONAL)
    }
    flags = [f"{tier.value} measures are behind in: {', '.join(names)}" for tier, names in behind.items() if names]
    text = (
        f"{number.local} local and {number.national} national measures; with a target {pair('targets')}; "
        f"compared {pair('compared')}; with words {pair('narrative')}."
    )
    if number.local_of:
        flagged = "; ".join(flags)
        text += f" {flagged[:1].upper()}{flagged[1:]}." if flags else " Neither is behind by the stated rules."
    return ProfileLine(
        id="parity",
        title="Parity",
        question="Do local and national measures stand equal?",
        counts=(("local", number.local or 0), ("national", number.national or 0)),
        sentence=text,
    )


def _among(measures: Sequence[Inclusion], names: Collection[str]) -> tuple[int, int]:
    return sum(one.indicator in names for one in measures), len(measures)


def _served(measures: Sequence[Inclusion], outcomes: Collection[str]) -> tuple[int, int]:
    return len({one.outcome for one in measures}), len(outcomes)


def _row(name: str, title: str, rule: str, tiers: _Tiers, behind: Tier | None) -> ParityRow:
    is_told = tiers.local[1] > 0 and tiers.national[1] > 0
    return ParityRow(
        id=name,
        title=title,
        rule=rule,
        local=tiers.local[0],
        local_of=tiers.local[1],
        national=tiers.national[0],
        national_of=tiers.national[1],
        behind=behind if is_told else None,
        because="" if is_told else _NOTHING,
    )


def _count(tiers: _Tiers) -> ParityRow:
    rule = "A tier is behind with fewer than one in four of the measures."
    (local, everything), (national, _) = tiers.local, tiers.national
    behind = None
    if everything:
        behind = Tier.LOCAL if local * FEWEST_OF_FOUR < everything else None
        behind = Tier.NATIONAL if national * FEWEST_OF_FOUR < everything else behind
    return _row("count", "Number of measures", rule, tiers, behind)


def _halved(name: str, title: str, tiers: _Tiers) -> ParityRow:
    """A row of shares: in whole numbers, so that a half is exactly a half."""
    (local, local_of), (national, national_of) = tiers.local, tiers.national
    behind = None
    if _HALF * local * national_of < national * local_of:
        behind = Tier.LOCAL
    elif _HALF * national * local_of < local * national_of:
        behind = Tier.NATIONAL
    return _row(name, title, _BY_HALF, tiers, behind)


def _timely(subject: Subject, local: Sequence[Inclusion], national: Sequence[Inclusion]) -> ParityRow:
    title = "Figures received in time"
    if subject.returns is None:
        because = "No record of returns stands behind these figures."
        return ParityRow(id="timeliness", title=title, rule=_BY_HALF, because=because)

    def of(measures: Sequence[Inclusion]) -> tuple[int, int]:
        names = sorted({one.indicator for one in measures})
        statuses = subject.owed.filter(pl.col("indicator_id").is_in(names))["status"].to_list()
        in_time = sum(status in CAME and status != DataStatus.LATE for status in statuses)
        return in_time, sum(status not in NOT_DUE for status in statuses)

    return _halved("timeliness", title, _Tiers(of(local), of(national)))


def _recent(subject: Subject, local: Sequence[Inclusion], national: Sequence[Inclusion]) -> ParityRow:
    """The age of the middle figure in days: the whole's current period of each measure, up to the page's date."""
    title = "Days since the middle figure’s period ended"
    rule = "A tier is behind when its middle figure is more than twice as old as the other’s."
    here = subject.here.filter(pl.col("breakdown") == "")
    ends = here.group_by("indicator_id", "indicator_version").agg(pl.col("period_end").max())
    age = {(name, version): (subject.as_of - end).days for name, version, end in ends.iter_rows()}
    ages = [[age[one.key] for one in tier if one.key in age] for tier in (local, national)]
    if not all(ages):
        return ParityRow(id="recency", title=title, rule=rule, because=_NOTHING)
    of_local, of_national = (median_low(sorted(one)) for one in ages)
    behind = Tier.LOCAL if of_local > _HALF * of_national else None
    behind = Tier.NATIONAL if of_national > _HALF * of_local else behind
    return ParityRow(id="recency", title=title, rule=rule, local=of_local, national=of_national, behind=behind)


def _position(ordered: Sequence[Inclusion]) -> ParityRow:
    """Where the middle measure of each tier stands on the page, counted from its top."""
    title = "Place of the middle measure on the page"
    rule = "A tier is behind when its middle measure stands in the last quarter of the page."
    places = {
        tier: [number for number, one in enumerate(ordered, 1) if one.tier is tier]
        for tier in (Tier.LOCAL, Tier.NATIONAL)
    }
    if not all(places.values()):
        return ParityRow(id="position", title=title, rule=rule, because=_NOTHING)
    local, national = (median_low(places[tier]) for tier in (Tier.LOCAL, Tier.NATIONAL))
    last_quarter = len(ordered) * (FEWEST_OF_FOUR - 1)
    behind = Tier.LOCAL if local * FEWEST_OF_FOUR > last_quarter else None
    behind = Tier.NATIONAL if national * FEWEST_OF_FOUR > last_quarter else behind
    of = len(ordered)
    return ParityRow(
        id="position",
        title=title,
        rule=rule,
        local=local,
        local_of=of,
        national=national,
        national_of=of,
        behind=behind,
    )
