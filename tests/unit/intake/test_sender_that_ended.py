"""A partner that ended and still sends: rows about periods after its end are named, with who followed it."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from outcomes.intake.model import CheckResult
from outcomes.partnership.model import Partner, Partnership
from outcomes.vocabulary import PartnerType, Verdict
from tests.unit.intake.returns_world import codes, found, returns_world, sent, sheet


def _world(*, successor: str = "UNI", last: date | None = date(2026, 4, 15), **uni: Any) -> Partnership:
    made = returns_world(valid_to=last, successor=successor)
    follows = [
        Partner(code=code, name=name, type=PartnerType.NHS_TRUST, footprint=("P1", "P2"), **terms)
        for code, name, terms in (("UNI", "United Hospitals", uni), ("NEW", "New Hospitals", {}))
    ]
    return replace(made, partners=(*made.partners, *follows))


def _sent(*rows: str, world: Partnership | None = None) -> CheckResult:
    return sent(sheet(*rows), partnership=world or _world())


def test_rows_about_periods_that_begin_after_the_senders_end_are_named_with_its_successor() -> None:
    result = _sent("stay,P1,2026-04,10,20", "stay,P2,2026-05,11,20", "stay,P2,2026-06,11,20", "visits,P2,2026-06,11,20")
    (finding,) = found(result, "OUT-260")
    assert finding.text == (
        "T1 ended on 2026-04-15; United Hospitals (UNI) follows it. 3 rows are about periods that begin after that: "
        "2026-05 and 2026-06."
    )
    assert finding.fix.startswith("Send them in a file of UNI")
    assert result.verdict is Verdict.ACCEPTED_WITH_WARNING


@pytest.mark.parametrize("period", ["2026-03", "2026-04"])
def test_nothing_is_said_of_periods_that_begin_before_the_end_or_on_its_day(period: str) -> None:
    assert "OUT-260" not in codes(_sent(f"stay,P1,{period},10,20", f"stay,P2,{period},11,20"))
    on_its_day = _world(last=date(2026, 5, 1))
    assert "OUT-260" not in codes(_sent("stay,P1,2026-05,10,20", "stay,P2,2026-05,11,20", world=on_its_day))


def test_nothing_is_said_of_a_sender_that_has_not_ended() -> None:
    assert "OUT-260" not in codes(_sent("stay,P1,2026-10,10,20", "stay,P2,2026-10,1,2", world=_world(last=None)))


def test_who_stands_there_today_is_named_where_the_successor_ended_too() -> None:
    world = _world(valid_to=date(2026, 8, 31), successor="NEW")
    (finding,) = found(_sent("stay,P1,2026-06,10,20", "stay,P2,2026-06,11,20", world=world), "OUT-260")
    assert "New Hospitals (NEW) follows it" in finding.text


def test_of_a_sender_that_nobody_follows_the_end_alone_is_said() -> None:
    (finding,) = found(_sent("stay,P1,2026-05,10,20", world=_world(successor="")), "OUT-260")
    assert finding.text == ("T1 ended on 2026-04-15. The one row is about a period that begins after that: 2026-05.")
    assert "nobody follows it" in finding.fix
