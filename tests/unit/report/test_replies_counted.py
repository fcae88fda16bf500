"""A missing reply is overdue, not yet due, or has no day: told apart wherever missing ones are counted."""

from collections.abc import Sequence
from datetime import date

import pytest

from outcomes.exchange.mutual_tables import mutual_tables
from outcomes.report.replies import replies_counted
from outcomes.scorecard.headers import summary_of
from outcomes.scorecard.model import IndicatorLine, ReplyLine, reply_state
from outcomes.vocabulary import ReplyState, Word
from tests.report_cards import ENGLAND, compared, line, scorecard

DUE = date(2026, 12, 20)
SAID = ReplyLine(partner_code="CWC", partner="Castlewick", given_on=date(2026, 11, 1), text="We know.")


def lines(*states: ReplyState) -> tuple[IndicatorLine, ...]:
    """One unwelcome line for each state."""
    terms: dict[ReplyState, dict[str, object]] = {
        ReplyState.GIVEN: {"replies": (SAID,), "reply_due": DUE},
        ReplyState.OVERDUE: {"reply_due": DUE, "is_reply_overdue": True},
        ReplyState.NOT_YET_DUE: {"reply_due": DUE},
        ReplyState.NO_DAY: {},
    }
    worse = (compared(Word.WORSE, 10.0, ENGLAND),)
    return tuple(line(f"i{at}", "s", "n", comparisons=worse, **terms[state]) for at, state in enumerate(states))


def test_every_unwelcome_line_has_one_state_and_another_none() -> None:
    assert [reply_state(one) for one in lines(*ReplyState)] == list(ReplyState)
    better = line("good", "s", "n", comparisons=(compared(Word.BETTER, 10.0, ENGLAND),), reply_due=DUE)
    assert reply_state(better) is None


HAS, LATE, SOON, NONE = ReplyState.GIVEN, ReplyState.OVERDUE, ReplyState.NOT_YET_DUE, ReplyState.NO_DAY


@pytest.mark.parametrize(
    ("states", "says"),
    [
        ((), "No reply is called for."),
        ((HAS,), "The one measure that calls for a reply has one."),
        ((LATE,), "The one measure that calls for a reply has none, and it is overdue."),
        ((SOON,), "The one measure that calls for a reply has none, and it is not yet due."),
        ((NONE,), "The one measure that calls for a reply has none recorded."),
        ((HAS, HAS), "Of 2 measures that call for a reply, 2 have one."),
        ((HAS, LATE, LATE, SOON),
         "Of 4 measures that call for a reply, 1 has one; 2 replies are overdue and 1 is not yet due."),
        ((LATE, SOON, SOON, NONE),
         "Of 4 measures that call for a reply, none has one; 1 reply is overdue, "
         "2 are not yet due and 1 has no day by which it is due."),
        ((NONE, NONE),
         "Of 2 measures that call for a reply, none has one; 2 replies have no day by which they are due."),
    ],
)  # fmt: skip
def test_a_count_of_replies_tells_overdue_from_not_yet_due(states: Sequence[ReplyState], says: str) -> None:
    shown = summary_of(lines(*states))
    assert replies_counted((shown,)) == says
    assert (len(shown.reply_overdue), len(shown.reply_not_yet_due)) == (states.count(LATE), states.count(SOON))


def test_the_table_of_replies_has_every_state_with_its_day_and_whoever_replied() -> None:
    found = lines(*ReplyState)
    first, *_ = (base := scorecard()).outcomes
    card = base.model_copy(update={"outcomes": (first.model_copy(update={"local": found, "national": ()}),)})
    table = mutual_tables([card])["replies"]
    told = {row["state"]: row for row in table.iter_rows(named=True)}
    assert list(told) == [state.value for state in ReplyState]
    assert (told["given"]["partner_code"], told["given"]["given_on"]) == ("CWC", date(2026, 11, 1))
    assert [told[state.value]["reply_due"] for state in (LATE, SOON, NONE)] == [DUE, DUE, None]
    assert (told["overdue"]["indicator_id"], told["overdue"]["indicator_version"]) == (found[1].indicator_id, 1)
