"""Turns the versions of an agreement and members' own contracts into sections of the page "who agreed what"."""

from dataclasses import dataclass

from outcomes.report.agreement_view import sign_off_sentence
from outcomes.report.formatting import date_text, joined
from outcomes.report.made_from import grouped
from outcomes.report.wording import say
from outcomes.scorecard.model import ContractLine, DifferenceLine, Scorecard, VersionLine

__all__ = [
    "ContractRow",
    "ContractsSection",
    "DifferenceRow",
    "VersionView",
    "VersionsSection",
    "contracts_section",
    "versions_section",
]


@dataclass(frozen=True, slots=True)
class DifferenceRow:
    """One thing that a version changed."""

    part: str
    about: str
    change: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class VersionView:
    """One version with its reason, its decision and what it changed."""

    heading: str
    state: str
    facts: str
    reason: str
    sign_off: str
    fingerprint: str
    summary: str
    rows: tuple[DifferenceRow, ...]


@dataclass(frozen=True, slots=True)
class VersionsSection:
    """Every version, the one that waits for signatures first, then the latest."""

    versions: tuple[VersionView, ...]


@dataclass(frozen=True, slots=True)
class ContractRow:
    """One contract of a member's own."""

    title: str
    between: str
    time: str
    own: str
    shared: str


@dataclass(frozen=True, slots=True)
class ContractsSection:
    """The contracts that members hold besides the agreement."""

    rows: tuple[ContractRow, ...]


def versions_section(card: Scorecard) -> VersionsSection | None:
    """Return every version of an agreement with its differences; None without one."""
    record = card.record
    if record is None:
        return None
    pending = (record.pending,) if record.pending else ()
    return VersionsSection(tuple(_version(one) for one in (*pending, *record.versions)))


def contracts_section(card: Scorecard) -> ContractsSection | None:
    """Return the contracts that members hold besides; None where there are none."""
    record = card.record
    if record is None or not record.contracts:
        return None
    return ContractsSection(tuple(_contract(one) for one in record.contracts))


def _version(one: VersionLine) -> VersionView:
    state = "version_is_current" if one.is_in_force else "version_is_over"
    state = state if one.sign_off.is_met else "version_is_draft"
    if one.supersedes is None:
        summary = say("version_first")
    elif one.differences:
        summary = say("version_changes", version=one.supersedes)
    else:
        summary = say("version_same", version=one.supersedes)
    return VersionView(
        heading=say("version_head", version=one.version, title=one.title),
        state=say(state),
        facts=say(
            "version_facts",
            date=date_text(one.effective_from),
            review=date_text(one.review_by),
            decision=one.decision,
        ),
        reason=one.reason or say("version_reason_none"),
        sign_off=sign_off_sentence(one.sign_off),
        fingerprint=grouped(one.fingerprint),
        summary=summary,
        rows=tuple(_difference(difference) for difference in one.differences),
    )


def _difference(one: DifferenceLine) -> DifferenceRow:
    group = f" ({one.group})" if one.group else ""
    return DifferenceRow(
        part=say(f"part_{one.part.value}"),
        about=f"{one.about.replace('_', ' ')}{group}",
        change=say(f"change_{one.change.value}"),
        before=one.before or say("difference_nothing"),
        after=one.after or say("difference_nothing"),
    )


def _contract(one: ContractLine) -> ContractRow:
    sides = say("contract_sides", commissioner=one.commissioner, holder=one.holder)
    if one.subcontractors:
        sides = say("contract_sub", sides=sides, subcontractors=joined(one.subcontractors))
    end = date_text(one.to_day, short=True) if one.to_day else say("contract_open")
    return ContractRow(
        title=one.title,
        between=sides,
        time=f"{date_text(one.from_day, short=True)}, {end}",
        own=joined(one.own_measures) or say("contract_no_measures"),
        shared=joined(one.shared_measures) or say("contract_no_measures"),
    )
