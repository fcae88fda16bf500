"""Turns priorities, targets and the levels that own them into sections of the page "who agreed what"."""

from dataclasses import dataclass
from typing import Final

from outcomes.report.formatting import date_text, joined
from outcomes.report.marks import Mark
from outcomes.report.wording import counted, say, sentence_case
from outcomes.scorecard.model import AgreedTargetLine, EvidenceLine, PriorityLine, Scorecard
from outcomes.vocabulary import READY_PRIORITIES, Change, PriorityState

__all__ = [
    "PrioritiesSection",
    "PriorityRow",
    "TargetRow",
    "TargetsSection",
    "priorities_section",
    "priorities_sentence",
    "targets_section",
]

_MARKS: Final = {
    PriorityState.AGREED: Mark("good", "tick"),
    PriorityState.EVIDENCE_OVERDUE: Mark("bad", "clock"),
    PriorityState.NOT_AGREED: Mark("same", "clock"),
    PriorityState.OVERDUE: Mark("bad", "clock"),
}


@dataclass(frozen=True, slots=True)
class PriorityRow:
    """One priority: how ready it is, whose it is, who agreed it, and what it rests on."""

    mark: Mark
    state: str
    title: str
    facts: tuple[str, ...]
    agreed: str
    evidence: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PrioritiesSection:
    """What comes first; `sentence` counts what is agreed."""

    sentence: str
    rows: tuple[PriorityRow, ...]


@dataclass(frozen=True, slots=True)
class TargetRow:
    """One target and what became of it."""

    indicator_id: str
    measure: str
    whose: str
    asks: str
    owner: str
    decision: str
    state: str
    is_replaced: bool


@dataclass(frozen=True, slots=True)
class TargetsSection:
    """Targets with their owners, and the measures by the level that owns their definitions."""

    rows: tuple[TargetRow, ...]
    owned: tuple[tuple[str, str], ...]


def priorities_section(card: Scorecard) -> PrioritiesSection | None:
    """Return the priorities of a place and how ready each is; None without an agreement."""
    record = card.record
    if record is None:
        return None
    if not record.priorities:
        return PrioritiesSection(say("priorities_none"), ())
    ready = sum(one.state in READY_PRIORITIES for one in record.priorities)
    sentence = say("priorities_counts", agreed=ready, all=len(record.priorities))
    if ready < len(record.priorities) and record.priorities_due:
        sentence = f"{sentence} {say('priorities_overdue', date=date_text(record.priorities_due))}"
    return PrioritiesSection(sentence, tuple(_priority(one) for one in record.priorities))


def priorities_sentence(card: Scorecard) -> str:
    """Return for the place's own page how many priorities are agreed, and how many rest on evidence due for review."""
    section, record = priorities_section(card), card.record
    if section is None or record is None:
        return ""
    old = sum(one.state is PriorityState.EVIDENCE_OVERDUE for one in record.priorities)
    return f"{section.sentence} {say('priorities_old_evidence', number=old)}" if old else section.sentence


def targets_section(card: Scorecard) -> TargetsSection | None:
    """Return every target with its owner, and who owns which definition; None without an agreement."""
    record = card.record
    if record is None:
        return None
    return TargetsSection(
        rows=tuple(_target(one) for one in record.targets),
        owned=tuple((sentence_case(say(f"level_{one.level.value}")), joined(one.measures)) for one in record.owned),
    )


def _priority(one: PriorityLine) -> PriorityRow:
    facts = [say("owned_by", level=say(f"level_{one.set_by.value}"))]
    facts += [say("priority_serves", outcome=one.outcome)] if one.outcome else []
    facts += [say("priority_shown_by", measures=joined(one.measures))] if one.measures else []
    is_agreed = one.agreed_on is not None and one.state in READY_PRIORITIES
    return PriorityRow(
        mark=_MARKS[one.state],
        state=say(f"priority_{one.state.name.lower()}"),
        title=one.title,
        facts=tuple(facts),
        agreed=say(
            "agreed_by",
            date=date_text(one.agreed_on, short=True),
            number=counted(one.agreed_by, "partner"),
            decision=one.decision,
        )
        if is_agreed and one.agreed_on
        else say("agreed_by_nobody"),
        evidence=tuple(_evidence(evidence) for evidence in one.evidence) or (say("evidence_none"),),
    )


def _evidence(one: EvidenceLine) -> str:
    said = say("evidence_line", title=one.title, date=date_text(one.dated, short=True), who=joined(one.took_part))
    review = date_text(one.review_by, short=True)
    if one.days_overdue:
        return f"{said} {say('evidence_overdue', date=review, days=counted(one.days_overdue, 'day'))}"
    return f"{said} {say('evidence_review', date=review)}"


def _target(one: AgreedTargetLine) -> TargetRow:
    if one.change is None or one.since is None:
        state = say("target_stands")
    else:
        key = "target_was_dropped" if one.change is Change.DROPPED else "target_was_changed"
        state = say(key, date=date_text(one.since, short=True), decision=one.by_decision)
    return TargetRow(
        indicator_id=one.indicator_id,
        measure=one.measure,
        whose=say("for_group", measure=one.area, group=one.group) if one.area and one.group else one.group or one.area,
        asks=one.asks,
        owner=sentence_case(say(f"level_{one.set_by.value}")),
        decision=say("decided_on", decision=one.decision, date=date_text(one.agreed_on, short=True)),
        state=state,
        is_replaced=one.change is not None,
    )
