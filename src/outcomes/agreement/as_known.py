"""Says what of an agreement and of its logs was known on a day: nothing that was written after it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final, TypeVar

from outcomes.agreement.model import (
    Agreement,
    Challenge,
    Commitment,
    Decision,
    Delegation,
    Evidence,
    Insight,
    LocalRebase,
    Meeting,
    OfficeHolder,
    Party,
    Position,
    Priority,
    Reply,
    Resource,
    SeparateContract,
    meeting_for,
)
from outcomes.scalars import Definition
from outcomes.target import Target

__all__ = ["DAYS", "Days", "agreement_as_known"]

_Noun = TypeVar("_Noun", bound=Definition)


@dataclass(frozen=True, slots=True)
class Days:
    """What the days of a noun say of when it was written.

    Attributes:
        written: The day on which it was written or done; of a later one nothing is known. Empty for none.
        ends: A day that was added later, to the fields that were written with it.
        foreseen: Days that lie ahead, or say when something holds: not when it was written.
    """

    written: str = ""
    ends: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    foreseen: tuple[str, ...] = ()


_RELEASE: Final = {"released_on": ("released_by",)}
_CLOSING_WORDS: Final = ("evidence", "explanation")
# every day of every noun of an agreement; a test holds that none is forgotten
DAYS: Final[Mapping[type[Definition], Days]] = {
    Agreement: Days("effective_from", foreseen=("review_by",)),
    Party: Days(ends={"signed_on": ()}),
    Priority: Days(ends={"agreed_on": ("decision",)}),
    Evidence: Days("dated", foreseen=("review_by",)),
    SeparateContract: Days(foreseen=("from_day", "to_day")),
    Target: Days("agreed_on"),
    LocalRebase: Days("from_day"),
    Delegation: Days(foreseen=("from_day", "to_day")),
    Commitment: Days(
        "agreed_on",
        ends={
            "kept_on": _CLOSING_WORDS,
            "not_kept_on": _CLOSING_WORDS,
            "withdrawn_on": (*_CLOSING_WORDS, "decision"),
            **_RELEASE,
        },
        foreseen=("due",),
    ),
    Reply: Days("given_on", ends=_RELEASE),
    Challenge: Days(
        "raised_on", ends={"replied_on": ("reply",), "closed_on": ("agreed",), **_RELEASE}, foreseen=("reply_due",)
    ),
    Position: Days("opened_on", ends={"settled_on": ("decision",), **_RELEASE}),
    Resource: Days("reported_on"),
    # planned or past: what of it is known is said below
    Meeting: Days(foreseen=("held_on",)),
    OfficeHolder: Days("since", ends={"until": ()}),
    Insight: Days("collected_to", ends=_RELEASE, foreseen=("collected_from",)),
}


def agreement_as_known(agreement: Agreement, as_of: date) -> Agreement | None:
    """Return a version of an agreement with its logs as they were known on a day; None where it did not hold by then.

    Rows and targets that are dated later are left out, and so is what was added to a row later: a signature, a reply,
    an end, a release. Of meetings those are known that were held by then and the next one after, and the decisions
    sought at them; how they ended is known once they were held.

    Some words carry no day: those of a late promise, and all about the next meeting. They stand as they are now.

    Arguments:
        agreement: A version with its place's logs.
        as_of: The day.
    """
    known = _known(agreement, as_of)
    if known is None:
        return None
    chosen = meeting_for(known.meetings, as_of)
    meetings = tuple(
        one if one.held_on <= as_of else one.model_copy(update={"present": None, "minutes": ""})
        for one in known.meetings
        if one.held_on <= as_of or one is chosen
    )
    held = {one.id: one.held_on for one in meetings}
    decisions = tuple(_decision(one, held[one.meeting], as_of) for one in known.decisions if one.meeting in held)
    return known.model_copy(update={"meetings": meetings, "decisions": decisions})


def _decision(decision: Decision, held_on: date, as_of: date) -> Decision:
    # on the day of the meeting itself it is told, as on the pages
    if held_on <= as_of:
        return decision
    return decision.model_copy(update={"result": None, "decided": "", "dissent": ""})


def _known(noun: _Noun, as_of: date) -> _Noun | None:
    days = DAYS.get(type(noun), Days())
    written = getattr(noun, days.written) if days.written else None
    if written is not None and written > as_of:
        return None
    told: dict[str, Any] = {}
    for day, words in days.ends.items():
        ended = getattr(noun, day)
        if ended is not None and ended > as_of:
            told |= {name: type(noun).model_fields[name].default for name in (day, *words)}
    for name in type(noun).model_fields:
        if name not in told:
            held = getattr(noun, name)
            within = _within(held, as_of)
            if within is not held:
                told[name] = within
    return noun.model_copy(update=told) if told else noun


def _within(held: Any, as_of: date) -> Any:
    if isinstance(held, Definition):
        return _known(held, as_of)
    if isinstance(held, tuple) and any(isinstance(one, Definition) for one in held):
        known = tuple(_known(one, as_of) for one in held)
        return tuple(one for one in known if one is not None)
    return held
