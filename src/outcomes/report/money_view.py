"""Turns the money beside outcomes into a section of the record, and into one line beside each outcome."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from outcomes.pounds import pounds
from outcomes.report.formatting import date_text, joined
from outcomes.report.wording import say
from outcomes.scorecard.model import (
    ControlTotalLine,
    DelegationLine,
    ExposureLine,
    Money,
    PartnerAmount,
    ResourceLine,
    Scorecard,
)
from outcomes.vocabulary import DelegationState, Reason, ResourceKind

__all__ = ["MoneySection", "money_line", "money_section"]

_KINDS: Final = tuple(ResourceKind)


@dataclass(frozen=True, slots=True)
class MoneyCell:
    """A sum and what is known of it; `without` names whose part is not in it."""

    amount: str
    without: str


@dataclass(frozen=True, slots=True)
class MoneyRow:
    """One outcome, period and basis: plan, forecast and spent, and the same partner by partner."""

    outcome: str
    period: str
    cells: tuple[MoneyCell, ...]
    caption: str
    partners: tuple[tuple[str, tuple[str, ...], str], ...]


@dataclass(frozen=True, slots=True)
class TotalView:
    """One control total with its parts and who bears what."""

    head: str
    notes: tuple[str, ...]
    parts: tuple[tuple[str, str, str, str], ...]
    has_risk: bool


@dataclass(frozen=True, slots=True)
class DelegationRow:
    """One delegation; `is_expired` where nobody may decide on it here any more."""

    function: str
    from_to: str
    budget: str
    dates: str
    state: str
    instrument: str
    serves: str
    is_expired: bool


@dataclass(frozen=True, slots=True)
class MoneySection:
    """What the section on money prints."""

    rows: tuple[MoneyRow, ...]
    without: str
    totals: tuple[TotalView, ...]
    delegations: tuple[DelegationRow, ...]


def money_section(card: Scorecard) -> MoneySection | None:
    """Return the section on money; None where nothing of it is agreed or recorded."""
    money = card.money
    if money is None:
        return None
    without = joined([title for _, title in money.without_resources])
    return MoneySection(
        rows=tuple(_row(lines) for lines in _together(money.resources)),
        without=say("money_none_for", outcomes=without) if without else "",
        totals=tuple(_total(total) for total in money.control_totals),
        delegations=tuple(_delegation(line) for line in money.delegations),
    )


def money_line(money: Money | None, outcome_id: str) -> str:
    """Return what is said of money beside one outcome: its latest period; empty where a place records no money at all.

    Arguments:
        money: The place's.
        outcome_id: Which outcome.
    """
    if money is None:
        return ""
    mine = [lines for lines in _together(money.resources) if lines[0].outcome_id == outcome_id]
    if not mine:
        return say("money_line_none")
    # of several the latest whole plan: what most can be said of
    lines = max(mine, key=lambda lines: (lines[0].kind is ResourceKind.PLAN, lines[0].period))
    told = []
    for line in lines:
        cell = _cell(line)
        kind = say(f"money_{line.kind.value}").lower()
        told.append(f"{kind} {cell.amount}" + (f" ({cell.without})" if cell.without else ""))
    first = lines[0]
    return say("money_line", period=first.period, basis=_basis(first), told="; ".join(told))


def _together(resources: Sequence[ResourceLine]) -> tuple[tuple[ResourceLine, ...], ...]:
    """The kinds of one outcome, period and basis together, in the order given."""
    found: dict[tuple[str, str, str], list[ResourceLine]] = {}
    for line in resources:
        found.setdefault((line.outcome_id, line.period, line.basis), []).append(line)
    return tuple(tuple(lines) for lines in found.values())


def _basis(line: ResourceLine | ControlTotalLine) -> str:
    return say(f"money_basis_{line.basis.value}")


def _row(lines: Sequence[ResourceLine]) -> MoneyRow:
    by_kind = {line.kind: line for line in lines}
    first = lines[0]
    names = sorted({part.partner for line in lines for part in line.parts})
    partners = []
    for name in names:
        parts = {line.kind: part for line in lines for part in line.parts if part.partner == name}
        told = tuple(_amount(parts[kind]) if kind in parts else say("money_not_asked") for kind in _KINDS)
        notes = " ".join(dict.fromkeys(part.note for part in parts.values() if part.note))
        partners.append((name, told, notes))
    return MoneyRow(
        outcome=first.outcome,
        period=f"{first.period}, {_basis(first)}",
        cells=tuple(
            _cell(by_kind[kind]) if kind in by_kind else MoneyCell(say("money_not_asked"), "") for kind in _KINDS
        ),
        caption=say("money_by_partner", outcome=first.outcome, period=f"{first.period}, {_basis(first)}"),
        partners=tuple(partners),
    )


def _amount(part: PartnerAmount) -> str:
    return part.because if part.amount is None else pounds(part.amount)


def _cell(line: ResourceLine) -> MoneyCell:
    missing = [
        part.partner for part in line.parts if part.amount is None and part.because != Reason.NOT_APPLICABLE.value
    ]
    if line.total is None:
        return MoneyCell(say("money_nobody"), "")
    return MoneyCell(pounds(line.total), say("money_without", partners=joined(missing)) if line.is_partial else "")


def _total(total: ControlTotalLine) -> TotalView:
    notes = [say("money_of_system")] if total.is_of_system else []
    if total.outturn is not None and total.variance is not None and total.outturn_kind is not None:
        outturn = say(f"money_outturn_{total.outturn_kind.value}", outturn=pounds(total.outturn))
        how = "money_over" if total.variance > 0 else "money_under" if total.variance < 0 else "money_even"
        notes.append(say(how, outturn=outturn, variance=pounds(abs(total.variance))))
    elif total.waiting_for:
        notes.append(say("money_waiting", partners=joined(total.waiting_for)))
    if total.terms:
        notes.append(say("money_terms", terms=total.terms))
    notes.append(say("money_decided", decision=total.decision))
    borne = {line.partner_code: line for line in total.exposures}
    rows = []
    for part in total.parts:
        line = borne.get(part.partner_code)
        rows.append((part.partner, _amount(part), line.share if line else say("money_no_share"), _borne(line, total)))
    parties = {part.partner_code for part in total.parts}
    rows += [
        (line.partner, "", line.share, _borne(line, total))
        for line in total.exposures
        if line.partner_code not in parties
    ]
    rows += [(say("money_delegated_to", area=area), pounds(amount), "", "") for area, amount in total.delegated]
    if total.retained:
        rows.append((say("money_retained"), pounds(total.retained), "", ""))
    if rows:
        rows.append((say("money_together"), pounds(total.amount), "", ""))
    head = say(
        "money_total_head",
        title=total.title,
        period=total.period,
        amount=pounds(total.amount),
        basis=_basis(total),
    )
    return TotalView(head, tuple(notes), tuple(rows), bool(total.exposures))


def _borne(line: ExposureLine | None, total: ControlTotalLine) -> str:
    if line is None:
        return ""
    if line.amount is None:
        return say("money_unknown_exposure")
    return say("money_keeps" if (total.variance or 0) < 0 else "money_pays", amount=pounds(abs(line.amount)))


def _delegation(line: DelegationLine) -> DelegationRow:
    first = date_text(line.from_day, short=True)
    last = date_text(line.to_day, short=True) if line.to_day else ""
    return DelegationRow(
        function=line.function,
        from_to=say("money_delegated_by", partner=line.from_partner, body=line.to_body),
        budget=say("money_no_budget") if line.budget is None else pounds(line.budget),
        dates=say("money_first_last", first=first, last=last) if last else say("money_until_revoked", first=first),
        state=say(f"money_{line.state.name.lower()}"),
        instrument=f"{line.instrument}. {line.decision}",
        serves=joined([title for _, title in line.outcomes]),
        is_expired=line.state is DelegationState.EXPIRED,
    )
