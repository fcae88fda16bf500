"""What limits the confidence in a figure is said one fact after the other, and never added up."""

from datetime import date

import pytest

from outcomes.scorecard.model import SourceFile, Staleness, Value
from outcomes.scorecard.replies import reply_due
from outcomes.scorecard.risks import risks_of
from outcomes.vocabulary import DueBy, Qualifier, Reason
from tests.report_cards import line
from tests.unit.agreement.test_challenges import version

SOUND = Value(value=40.0, lower_ci_95=38.0, upper_ci_95=42.0, coverage=1.0)
DEFINITION = line("local-01", "A", "A").definition.model_copy(
    update={"limits_of_use": "", "is_to_be_confirmed": False, "not_established": ()}
)
SIGNED = SourceFile(
    partner_code="T1",
    partner="A trust",
    file="q1.csv",
    entry=3,
    signed_off_by="Treasurer",
    received_on=date(2026, 7, 1),
)


def test_of_a_sound_figure_nothing_is_said() -> None:
    assert risks_of(SOUND, DEFINITION, [SIGNED]) == ()


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"value": None, "lower_ci_95": None, "upper_ci_95": None, "reason": Reason.MISSING}, "There is no figure."),
        ({"lower_ci_95": None}, "It has no interval, so that chance cannot be told."),
        ({"upper_ci_95": 90.0}, "Its 95% interval is wide: chance alone may explain much of it."),
        ({"coverage": 0.83}, "It speaks for 83% of the people."),
        ({"qualifiers": (Qualifier.PROVISIONAL,)}, "The figure is provisional."),
        ({"qualifiers": (Qualifier.DISPUTED,)}, "Partners give different figures; every one of them is shown."),
    ],
)
def test_each_limit_of_a_value_is_said(changes: dict[str, object], said: str) -> None:
    assert risks_of(SOUND.model_copy(update=changes), DEFINITION, [SIGNED]) == (said,)


def test_each_limit_of_files_and_definition_is_said() -> None:
    unsigned = SIGNED.model_copy(update={"file": "q2.csv", "signed_off_by": "", "codes": ("OUT-402",)})
    assert risks_of(SOUND, DEFINITION, [SIGNED, unsigned]) == (
        "No sign-off is recorded of q2.csv.",
        "The check remarked on what was sent: OUT-402.",
    )
    assert risks_of(SOUND, DEFINITION, [unsigned], knows_files=False) == ()
    open_ended = {"is_to_be_confirmed": True, "limits_of_use": "Not for league tables."}
    assert risks_of(SOUND, DEFINITION.model_copy(update=open_ended), []) == (
        "Its definition is to be confirmed.",
        "Limits of use: Not for league tables.",
    )
    stale = Staleness(next_period="2026/27 Q2", due_by=next(iter(DueBy)))
    assert risks_of(SOUND, DEFINITION, [], stale) == ("A later figure is due: 2026/27 Q2.",)


def test_a_reply_is_due_so_many_days_after_the_last_file_came() -> None:
    agreed = version(1, date(2025, 4, 1), 28)
    with_clock = agreed.model_copy(update={"clocks": agreed.clocks.model_copy(update={"figure_reply_days": 14})})
    later = SIGNED.model_copy(update={"received_on": date(2026, 7, 20)})
    assert reply_due(with_clock, [SIGNED, later]) == date(2026, 8, 3)
    assert reply_due(agreed, [SIGNED]) is None
    assert reply_due(with_clock, []) is None
    assert reply_due(None, [SIGNED]) is None
