"""Random sequences of acts on the record against a plain model of lists and loops: what counts, since when, why not."""

import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule

from outcomes.errors import LedgerError
from outcomes.ledger.expunging import expunge
from outcomes.ledger.recording import record
from outcomes.ledger.status import returns_status
from outcomes.ledger.store import open_ledger
from outcomes.ledger.verifying import verify
from outcomes.ledger.withdrawing import withdraw
from outcomes.partnership.calendar import Calendar, DueRule
from outcomes.partnership.model import Partner, Partnership, Supply
from outcomes.vocabulary import PartnerType, PeriodKind
from tests.small_world import indicator, world
from tests.unit.ledger.handmade import accepted, figure, rejected

_MEMORY = Path("/dev/shm")
PARTNERS = ("RXX", "RYY")
AREAS = ("PL1", "PL2")
# what ended and is due, what ended and is due, what ended and is not due yet
MONTHS = {"2026-05": date(2026, 6, 30), "2026-06": date(2026, 7, 30), "2026-07": date(2026, 8, 30)}
AS_OF = date(2026, 8, 5)
# partner, area, month
Place = tuple[str, str, str]


@dataclass(frozen=True)
class Said:
    """What a row says: a number or a marker, and a comment."""

    number: int | None
    comment: str | None


@dataclass
class Act:
    """One entry of the record, as the model has it."""

    kind: str
    partner: str
    at: datetime
    content: bytes = b""
    rows: dict[Place, Said] = field(default_factory=dict)
    # of a withdrawal or a tombstone
    submission: int = 0


@dataclass
class Model:
    """The record as a list of acts; every answer is worked out from the first act on."""

    acts: list[Act] = field(default_factory=list)

    def numbered(self, until: int) -> Iterator[tuple[int, Act]]:
        return ((number, act) for number, act in enumerate(self.acts, 1) if number <= until)

    def withdrawn(self, until: int) -> dict[int, int]:
        return {act.submission: number for number, act in self.numbered(until) if act.kind == "withdrawal"}

    def expunged(self) -> dict[int, int]:
        return {act.submission: number for number, act in self.numbered(len(self.acts)) if act.kind == "tombstone"}

    def counting(self, until: int) -> list[tuple[int, Act]]:
        gone = {**self.withdrawn(until), **self.expunged()}
        return [(n, act) for n, act in self.numbered(until) if act.kind == "submission" and n not in gone]

    def versions(self, until: int) -> list[tuple[int, Place, Said, bool]]:
        """Every version: of which submission, of what, what it says, and whether another number stood before it."""
        newest: dict[Place, tuple[Said, bool]] = {}
        found = []
        for number, act in self.counting(until):
            for place, said in sorted(act.rows.items()):
                before = newest.get(place)
                if before is not None and before[0] == said:
                    continue
                is_revision = before is not None and (before[1] or before[0].number != said.number)
                newest[place] = (said, is_revision)
                found.append((number, place, said, is_revision))
        return found

    def state(self, place: Place, until: int) -> tuple[str, int | None]:
        """Where an expected figure stands, and the number that says so."""
        mine = [version for version in self.versions(until) if version[1] == place]
        due = MONTHS[place[2]]
        if mine:
            first, last = mine[0][0], mine[-1][0]
            if mine[-1][3] or any(version[3] for version in mine):
                return "revised", last
            return ("late" if self.acts[first - 1].at.date() > due else "received"), last
        if due >= AS_OF:
            return "not yet due", None
        acts: list[tuple[int, str]] = []
        for taken, state in ((self.withdrawn(until), "withdrawn"), (self.expunged(), "expunged")):
            for submission, taken_by in taken.items():
                is_gone = state == "withdrawn" and submission in self.expunged()
                if submission <= until and place in self.acts[submission - 1].rows and not is_gone:
                    acts.append((taken_by, state))
        attempts = [(n, act) for n, act in self.numbered(until) if act.kind == "rejected" and act.partner == place[0]]
        attempts += [(n, act) for n, act in self.counting(until) if act.partner == place[0] and act.rows]
        if attempts:
            number, act = max(attempts, key=lambda attempt: attempt[0])
            period_end = due - timedelta(days=30)
            if act.kind == "rejected" and act.at.date() > period_end:
                acts.append((number, "rejected"))
        if acts:
            number, state = max(acts)
            return state, number
        return "missing", None


def the_partnership() -> Partnership:
    partners = tuple(
        Partner(
            code=code,
            name=code,
            type=PartnerType.NHS_TRUST,
            footprint=AREAS,
            supplies=(Supply(indicators=("falls",)),),
        )
        for code in PARTNERS
    )
    return replace(
        world([indicator("falls", period="month", breakdowns=())]),
        partners=partners,
        calendar=Calendar(due={PeriodKind.MONTH: DueRule(days_after_period=30)}, returns_from=date(2026, 5, 1)),
    )


PARTNERSHIP = the_partnership()
# few words and few places, so that files say the same again, or something else, and both often
SAID = st.sampled_from((Said(1, None), Said(1, None), Said(2, None), Said(1, "checked"), Said(None, None)))
ROWS = st.fixed_dictionaries(
    {("PL1", "2026-06"): SAID},
    optional={(area, month): SAID for area in AREAS for month in MONTHS if (area, month) != ("PL1", "2026-06")},
)
# clocks go forwards and backwards
DAYS = st.integers(0, 90).map(lambda days: datetime(2026, 6, 1, 12, tzinfo=UTC) + timedelta(days=days))


class Acts(RuleBasedStateMachine):
    """Sends, rejections, withdrawals and expunctions in any order, of anything that has a number."""

    def __init__(self) -> None:
        super().__init__()
        # in memory where there is such a place: what a disk does to the record is tested elsewhere
        self.folder = Path(tempfile.mkdtemp(dir=_MEMORY if _MEMORY.is_dir() else None))
        self.ledger = open_ledger(self.folder / "ledger")
        self.model = Model()

    def _send(self, partner: str, content: bytes, rows: dict[Place, Said], at: datetime) -> None:
        made = [
            figure(
                said.number,
                partner_code=place[0],
                area_code=place[1],
                period=place[2],
                status=None if said.number else "suppressed",
                comment=said.comment,
            )
            for place, said in rows.items()
        ]
        before = [
            number
            for number, act in self.model.numbered(len(self.model.acts))
            if (act.content, act.kind) == (content, "submission")
        ]
        counting = [number for number, _ in self.model.counting(len(self.model.acts)) if number in before]
        result = accepted(*made, content=content, partner=partner)
        if not counting and any(number in self.model.expunged() for number in before):
            with pytest.raises(LedgerError, match="was destroyed by entry"):
                record(self.ledger, result, content, received_at=at)
            return
        receipt = record(self.ledger, result, content, received_at=at)
        if counting:
            assert (receipt.number, receipt.is_repeat, receipt.sent_again_after) == (
                counting[0],
                True,
                receipt.sent_again_after,
            )
            return
        withdrawn = self.model.withdrawn(len(self.model.acts))
        again = max((withdrawn[number] for number in before if number in withdrawn), default=None)
        self.model.acts.append(Act("submission", partner, at, content, rows))
        assert (receipt.number, receipt.is_repeat) == (len(self.model.acts), False)
        assert receipt.sent_again_after == again

    @rule(partner=st.sampled_from(("RXX", "RXX", "RYY")), rows=ROWS, at=DAYS)
    def send(self, partner: str, rows: dict[tuple[str, str], Said], at: datetime) -> None:
        content = f"{partner} {len(self.model.acts)} {sorted(rows)} {at}".encode()
        self._send(partner, content, {(partner, *place): said for place, said in rows.items()}, at)

    @precondition(lambda self: any(act.kind == "submission" for act in self.model.acts))
    @rule(data=st.data(), at=DAYS)
    def send_again(self, data: st.DataObject, at: datetime) -> None:
        sent = [act for act in self.model.acts if act.kind == "submission"]
        act = data.draw(st.sampled_from(sent))
        self._send(act.partner, act.content, act.rows, at)

    @rule(partner=st.sampled_from(PARTNERS), at=DAYS)
    def reject(self, partner: str, at: datetime) -> None:
        content = f"rejected {len(self.model.acts)}".encode()
        result = rejected(content, partner, indicator_ids=("falls",))
        number = record(self.ledger, result, None, received_at=at).number
        self.model.acts.append(Act("rejected", partner, at, content))
        assert number == len(self.model.acts)

    @precondition(lambda self: self.model.acts)
    @rule(data=st.data(), at=DAYS, is_withdrawal=st.sampled_from((True, True, False)))
    def take_back(self, data: st.DataObject, at: datetime, *, is_withdrawal: bool) -> None:
        last = len(self.model.acts)
        number = data.draw(st.integers(1, last))
        act = self.model.acts[number - 1]
        before = {*self.model.expunged(), *(self.model.withdrawn(last) if is_withdrawal else ())}
        can_be = act.kind == "submission" and number not in before
        try:
            if is_withdrawal:
                made = withdraw(self.ledger, number, reason="sent in error", at=at).number
            else:
                made = expunge(self.ledger, number, reason="rule", authority="the board", at=at).number
        except LedgerError:
            assert not can_be
            assert self.ledger.number == last
            return
        assert can_be
        self.model.acts.append(Act("withdrawal" if is_withdrawal else "tombstone", act.partner, at, submission=number))
        assert made == last + 1

    def teardown(self) -> None:
        try:
            self._compare()
        finally:
            shutil.rmtree(self.folder)

    def _compare(self) -> None:
        assert verify(self.ledger) == ()
        # a reader that has seen it all grow, and one that comes fresh
        for ledger in (self.ledger, open_ledger(self.folder / "ledger", create=False)):
            for number in range(len(self.model.acts) + 1):
                expected = self.model.versions(number)
                columns = ("submission", "partner_code", "area_code", "period", "numerator", "comment", "is_revision")
                versions = ledger.versions(number).select(columns).rows()
                assert sorted(versions, key=repr) == sorted(
                    ((sub, *place, said.number, said.comment, rev) for sub, place, said, rev in expected), key=repr
                )
                newest = {place: (sub, said.number, said.comment, rev) for sub, place, said, rev in expected}
                found = ledger.observations(number)
                assert {
                    (row[1], row[2], row[3]): (row[0], *row[4:]) for row in found.frame.select(columns).rows()
                } == newest
                withdrawn = self.model.withdrawn(number)
                assert found.destroyed_since == tuple(
                    sorted(
                        submission
                        for submission, stone in self.model.expunged().items()
                        if submission <= number < stone and submission not in withdrawn
                    )
                )
        for number in range(len(self.model.acts) + 1):
            frame = returns_status(PARTNERSHIP, self.ledger, as_of=AS_OF, known_at=number).frame
            rows = frame.select("partner_code", "area_code", "period", "status", "submission").rows()
            assert len(rows) == len(PARTNERS) * len(AREAS) * len(MONTHS)
            for *place, state, said_by in rows:
                key = (place[0], place[1], place[2])
                assert (key, state, said_by) == (key, *self.model.state(key, number))
        self._compare_moments()

    def _compare_moments(self) -> None:
        moments = sorted({act.at for act in self.model.acts})
        answers = []
        for moment in moments:
            number = 0
            while number < len(self.model.acts) and self.model.acts[number].at <= moment:
                number += 1
            answers.append(number)
            assert self.ledger.number_at(moment) == number
            assert self.ledger.observations(moment).known_at == number
        assert answers == sorted(answers)


TestActs = Acts.TestCase
TestActs.settings = settings(
    max_examples=12,
    stateful_step_count=16,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
