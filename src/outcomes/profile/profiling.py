"""Counts the ten lines of a place, from its judgements, its agreement and what was received; never one number."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

import polars as pl

from outcomes.agreement.model import Agreement, commitment_state
from outcomes.judgement.model import Judgements
from outcomes.ledger.model import ReturnsStatus
from outcomes.partnership.model import Partnership
from outcomes.profile.model import ProfileLine
from outcomes.vocabulary import CommitmentState, DataStatus, PartnerType, Role, Signal, Tier, Word

__all__ = ["profile"]

_ATTAINMENT = (Word.MET, Word.ON_TRACK, Word.NOT_MET, Word.OFF_TRACK, Word.CANNOT_TELL, Word.NO_TARGET)
_DIRECTION = (
    Word.IMPROVING,
    Word.GETTING_WORSE,
    Word.INCREASING,
    Word.DECREASING,
    Word.HIGHER,
    Word.LOWER,
    Word.NO_SIGNIFICANT_CHANGE,
    Word.CANNOT_TELL,
)
_COMPARISON = (
    Word.MUCH_BETTER,
    Word.BETTER,
    Word.SIMILAR,
    Word.WORSE,
    Word.MUCH_WORSE,
    Word.MUCH_HIGHER,
    Word.HIGHER,
    Word.LOWER,
    Word.MUCH_LOWER,
    Word.NOT_COMPARED,
    Word.CANNOT_TELL,
)
_INEQUALITY = (
    Word.NARROWING,
    Word.IMPROVING_UNEQUALLY,
    Word.WIDENING,
    Word.NO_SIGNIFICANT_CHANGE,
    Word.CANNOT_TELL,
)
_NO_COMPARISON = (Word.NOT_COMPARED, Word.CANNOT_TELL)
_PROMISES = (
    CommitmentState.KEPT,
    CommitmentState.LATE,
    CommitmentState.NOT_KEPT,
    CommitmentState.NOT_YET_DUE,
    CommitmentState.WITHDRAWN,
)


def profile(
    judgements: Judgements,
    agreement: Agreement | None,
    returns: ReturnsStatus | None,
    partnership: Partnership,
    *,
    area_code: str,
    as_of: date,
) -> tuple[ProfileLine, ...]:
    """Return the ten lines of a place.

    Only local and national measures are counted; operational ones move nothing. Every target is counted, since a
    national and a local one stand side by side; of several benchmarks of one measure only the first choice. The
    direction of a measure is its trend or, where that cannot be told, its special cause.

    Arguments:
        judgements: Protected words of every area.
        agreement: The place's agreement on the date; None where none is recorded.
        returns: What was expected and received; None where no ledger stands behind the figures.
        partnership: The world.
        area_code: The place.
        as_of: The date that the lines speak for.

    Returns:
        Ten lines, always in the same order. A line that this version does not compute says so.

    Source: the ten lines answer the integration White Paper's and the shared outcomes toolkit's questions of a place.
    """
    lines = [
        (framework, inclusion)
        for framework, inclusion in partnership.lines_for(agreement)
        if inclusion.tier is not Tier.OPERATIONAL
    ]
    words = _words(judgements, lines, area_code)
    replies = {reply.indicator for reply in agreement.replies if reply.given_on <= as_of} if agreement else set()
    return (
        _attainment(words[Signal.TARGET], len(lines)),
        _counted("direction", "Direction", "Is it changing, beyond chance?", _directions(words), _DIRECTION),
        _counted(
            "comparison", "Comparison", "How does it stand beside its benchmark?", words[Signal.COMPARISON], _COMPARISON
        ),
        _inequality(words[Signal.INEQUALITY], len(lines)),
        _data(returns, partnership, area_code),
        _promises(agreement, as_of),
        _parity(lines, words[Signal.COMPARISON], agreement, replies),
        _breadth(agreement, partnership, as_of),
        ProfileLine(
            id="voice",
            title="Residents’ voice",
            question="How well do we hear residents?",
            sentence="Not recorded in this version.",
        ),
        ProfileLine(
            id="resource",
            title="Resource",
            question="What money stands beside the outcomes?",
            sentence="Not recorded in this version. It never enters an outcome.",
        ),
    )


def _words(
    judgements: Judgements, lines: Sequence[tuple[Any, Any]], area_code: str
) -> dict[Signal, list[tuple[Any, Word]]]:
    """The words of each signal for each line: every target's, and of several benchmarks the first choice's."""
    # a target for a group, or of the gap between two, is one of the measure's targets
    is_counted = (pl.col("breakdown") == "") | pl.col("target_key").is_not_null()
    rows = judgements.frame.filter((pl.col("area_code") == area_code) & is_counted)
    found: dict[tuple[str, str, int, str], list[tuple[str, Word]]] = {}
    columns = ("framework_id", "indicator_id", "indicator_version", "signal", "against")
    # of a large area the word that is read first, which allows for overdispersion
    first_words = pl.coalesce("adjusted_word", "word")
    for *key, against, word in rows.select(*columns, first_words).iter_rows():
        found.setdefault((key[0], key[1], key[2], key[3]), []).append((against, Word(word)))
    signals: dict[Signal, list[tuple[Any, Word]]] = {signal: [] for signal in Signal}
    for framework, inclusion in lines:
        choice = {kind.value: number for number, kind in enumerate(inclusion.benchmarks)}
        for signal in Signal:
            words = found.get((framework.id, inclusion.indicator, inclusion.version, signal.value), [])
            if signal is Signal.TARGET:
                # a national and a local target stand side by side; neither overrides the other
                agreed: list[Word] = [word for _, word in words if word is not Word.NO_TARGET]
                signals[signal] += [(inclusion, word) for word in agreed or [word for _, word in words]]
            elif words:
                _, first = min(words, key=lambda one: choice.get(one[0], len(choice)))
                signals[signal].append((inclusion, first))
    return signals


def _directions(words: dict[Signal, list[tuple[Any, Word]]]) -> list[tuple[Any, Word]]:
    """The trend of each line or, where it cannot be told, its special cause."""
    causes = {inclusion.key: word for inclusion, word in words[Signal.SPECIAL_CAUSE]}
    return [
        (inclusion, causes.get(inclusion.key, word) if word is Word.CANNOT_TELL else word)
        for inclusion, word in words[Signal.TREND]
    ]


def _counts(words: Iterable[str], order: Sequence[str]) -> tuple[tuple[str, int], ...]:
    counter = Counter(words)
    return tuple((str(word), counter[word]) for word in order if counter[word])


def _spoken(counts: Sequence[tuple[str, int]]) -> str:
    return ", ".join(f"{number} {word}" for word, number in counts) if counts else "nothing to count yet"


def _counted(
    line_id: str, title: str, question: str, words: list[tuple[Any, Word]], order: Sequence[Word]
) -> ProfileLine:
    counts = _counts((word for _, word in words), order)
    return ProfileLine(id=line_id, title=title, question=question, counts=counts, sentence=_sentence(_spoken(counts)))


def _attainment(words: list[tuple[Any, Word]], measures: int) -> ProfileLine:
    counts = _counts((word for _, word in words), _ATTAINMENT)
    with_target = len({inclusion.key for inclusion, word in words if word is not Word.NO_TARGET})
    targets = sum(1 for _, word in words if word is not Word.NO_TARGET)
    number = "1 target" if targets == 1 else f"{targets} targets"
    return ProfileLine(
        id="attainment",
        title="Targets",
        question="Is what was agreed being reached?",
        counts=counts,
        sentence=_sentence(f"{number} on {with_target} of {measures} measures: {_spoken(counts)}"),
    )


def _inequality(words: list[tuple[Any, Word]], measures: int) -> ProfileLine:
    """The gaps of the measures that are collected by deprivation; how many are not is said."""
    counts = _counts((word for _, word in words), _INEQUALITY)
    verb = "is" if len(words) == 1 else "are"
    told = f"{len(words) or 'none'} of {measures} measures {verb} collected by deprivation"
    return ProfileLine(
        id="inequality",
        title="Inequality",
        question="Is the gap by deprivation narrowing?",
        counts=counts,
        sentence=_sentence(f"{told}: {_spoken(counts)}" if words else told),
    )


def _data(returns: ReturnsStatus | None, partnership: Partnership, area_code: str) -> ProfileLine:
    title, question = "Data", "Has what was expected been received?"
    if returns is None:
        return ProfileLine(
            id="data", title=title, question=question, sentence="No record of returns stands behind these figures."
        )
    inside = {area_code, *partnership.footprints.descendants(area_code)}
    # a publisher owes nobody anything
    publishers = [partner.code for partner in partnership.partners if partner.type is PartnerType.PUBLISHER]
    owed = returns.frame.filter(pl.col("area_code").is_in(sorted(inside)) & ~pl.col("partner_code").is_in(publishers))
    statuses = owed["status"].to_list()
    counts = _counts(statuses, tuple(DataStatus))
    came = sum(status in (DataStatus.RECEIVED, DataStatus.LATE, DataStatus.REVISED) for status in statuses)
    # of what was destroyed on purpose nothing is owed any more
    due = sum(status not in (DataStatus.NOT_YET_DUE, DataStatus.EXPUNGED) for status in statuses)
    return ProfileLine(
        id="data",
        title=title,
        question=question,
        counts=counts,
        sentence=_sentence(f"{came} of {due} figures due were received: {_spoken(counts)}"),
    )


def _promises(agreement: Agreement | None, as_of: date) -> ProfileLine:
    states = [commitment_state(commitment, as_of) for commitment in agreement.commitments] if agreement else []
    counts = _counts(states, _PROMISES)
    promises = "promise" if len(states) == 1 else "promises"
    sentence = f"{len(states)} {promises}: {_spoken(counts)}" if states else "No promise is recorded"
    return ProfileLine(
        id="commitments",
        title="Promises",
        question="What was promised, and what became of it?",
        counts=counts,
        sentence=_sentence(sentence),
    )


def _parity(
    lines: Sequence[tuple[Any, Any]],
    comparisons: list[tuple[Any, Word]],
    agreement: Agreement | None,
    replies: set[str],
) -> ProfileLine:
    targets = {target.indicator for target in agreement.targets} if agreement else set()
    tiers = {}
    for tier in (Tier.LOCAL, Tier.NATIONAL):
        here = [inclusion for _, inclusion in lines if inclusion.tier is tier]
        tiers[tier] = (
            len(here),
            sum(1 for inclusion in here if inclusion.targets or inclusion.indicator in targets),
            sum(1 for inclusion in here if inclusion.indicator in replies),
            sum(1 for inclusion, word in comparisons if inclusion.tier is tier and word not in _NO_COMPARISON),
        )
    local, national = tiers[Tier.LOCAL], tiers[Tier.NATIONAL]
    return ProfileLine(
        id="parity",
        title="Parity",
        question="Do local and national measures stand equal?",
        counts=(("local", local[0]), ("national", national[0])),
        sentence=(
            f"{local[0]} local and {national[0]} national measures; with a target {local[1]} and {national[1]}; "
            f"compared {local[3]} and {national[3]}; with a reply {local[2]} and {national[2]}."
        ),
    )


def _breadth(agreement: Agreement | None, partnership: Partnership, as_of: date) -> ProfileLine:
    title, question = "Breadth", "Which sectors sign and own?"
    if agreement is None:
        return ProfileLine(id="breadth", title=title, question=question, sentence="No agreement is recorded.")
    sector = {
        partner.code: partner.type for partner in partnership.partners if partner.type is not PartnerType.PUBLISHER
    }
    named = {party.partner for party in agreement.parties if party.partner in sector}
    signed = {party.partner for party in agreement.signed_by(as_of) if party.partner in sector}
    owning = {
        duty.partner for duty in agreement.responsibilities if duty.role is Role.ACCOUNTABLE and duty.partner in sector
    }
    return ProfileLine(
        id="breadth",
        title=title,
        question=question,
        counts=(
            ("sectors named", len({sector[code] for code in named})),
            ("sectors signed", len({sector[code] for code in signed})),
            ("sectors that own a measure", len({sector[code] for code in owning})),
        ),
        sentence=(
            f"{len(signed)} of {len(named)} partners have signed, "
            f"from {len({sector[code] for code in signed})} sectors; "
            f"{len(owning)} own at least one measure."
        ),
    )


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:] + "."
