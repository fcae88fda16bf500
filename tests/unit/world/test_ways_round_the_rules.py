"""Ways round what was agreed that were once open: back-dated targets, the order of rows, hidden numbers."""

from datetime import date
from pathlib import Path
from typing import Any

from outcomes.agreement.model import Position
from outcomes.partnership.lint import lint_partnership
from outcomes.partnership.loading import load_partnership
from outcomes.partnership.policy import Preset
from outcomes.scorecard.disputes import dispute_lines
from outcomes.scorecard.stated_numbers import StatedNumbers
from outcomes.vocabulary import DisputeSubject, Reason
from tests.small_world import indicator
from tests.unit.scorecard.card_world import agreement
from tests.unit.world.agreement_cases import TARGET, TEXT, THIRD
from tests.world_folder import line_of, write_world

PL1 = "agreements/PL1.yaml"
MEETINGS = "agreements/PL1/meetings.csv"
DECISIONS = "agreements/PL1/decisions.csv"
REPLIES = "agreements/PL1/replies.csv"
HELD = "id,body,held_on,quorum,present\nm1,Board,{day},2,2\n"
TAKEN = "reference,meeting,part,title,result,decided\nBoard 2,m1,public,Targets,agreed,As put\n"
AS_OF = date(2026, 11, 22)


def _world_of_a_decision(folder: Path, day: str) -> Path:
    write_world(folder)
    for name, text in ((MEETINGS, HELD.format(day=day)), (DECISIONS, TAKEN)):
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def test_a_target_is_not_dated_before_the_meeting_that_decided_it(tmp_path: Path) -> None:
    late = _world_of_a_decision(tmp_path / "late", "2026-03-21")
    (fault,) = (one for one in lint_partnership(late) if not one.is_advice)
    assert (fault.rule, fault.file) == ("agreed-before-its-decision", PL1)
    assert fault.line == line_of(late, PL1, "agreed_on: 2026-03-20", last=True)
    same = _world_of_a_decision(tmp_path / "same", "2026-03-20")
    assert not [one for one in lint_partnership(same) if not one.is_advice]


def _back_dated(folder: Path, signed: str, *, agreed: str = "2026-03-20", register: str = "") -> list[tuple[str, str]]:
    """The faults where a third version, signed when the data came, has a target that says it is older."""
    new = TARGET.replace("sex=Female", "sex=Male").replace("agreed_on: 2026-03-20", f"agreed_on: {agreed}")
    third = THIRD.replace("2026-06-20", signed).replace("2026-07-01", "2027-04-01").replace("2027-03-31", "2028-03-31")
    write_world(folder, {PL1: ("", TEXT + third + new.replace("Board 2", "Board 3"))})
    if register:
        for name, text in ((MEETINGS, HELD.format(day=register)), (DECISIONS, TAKEN.replace("Board 2", "Board 3"))):
            (folder / name).write_text(text, encoding="utf-8")
    return [(one.rule, one.message) for one in lint_partnership(folder) if not one.is_advice]


def test_a_new_target_that_nobody_had_signed_before_its_data_is_not_older_than_its_first_signature(
    tmp_path: Path,
) -> None:
    # its path is judged from 2026/27 Q4 on, which begins on 1 January 2027
    assert _back_dated(tmp_path / "signed in time", "2027-01-01") == []
    ((rule, message),) = _back_dated(tmp_path / "signed after", "2027-01-02")
    assert rule == "target-signed-after-its-data"
    assert message == (
        "the target for 'carers' says that it was agreed on 2026-03-20; it stands in no version that anybody had "
        "signed before 2027-01-02, after 2026/27 Q4 had begun, and in no register of decisions."
    )
    # nobody has signed: a draft binds nobody yet
    third = THIRD.replace(", signed_on: 2026-06-20", "")
    folder = write_world(tmp_path / "draft", {PL1: ("", TEXT + third + TARGET.replace("sex=Female", "sex=Male"))})
    assert "target-signed-after-its-data" not in {one.rule for one in lint_partnership(folder)}


def test_a_decision_in_the_register_bears_out_the_day_of_a_target_that_was_signed_late(tmp_path: Path) -> None:
    assert _back_dated(tmp_path / "held", "2027-01-02", agreed="2026-12-09", register="2026-12-09") == []
    before = _back_dated(tmp_path / "before", "2027-01-02", agreed="2026-12-08", register="2026-12-09")
    assert [rule for rule, _ in before] == ["agreed-before-its-decision"]


def test_a_target_that_is_only_stated_again_is_as_old_as_where_it_stood_first(tmp_path: Path) -> None:
    restated = THIRD.replace("2026-06-20", "2027-01-02").replace("2026-07-01", "2027-02-01")
    folder = write_world(tmp_path / "world", {PL1: ("", TEXT + restated)})
    assert [one for one in lint_partnership(folder) if not one.is_advice] == []


def test_rows_of_a_log_that_share_a_place_in_its_order_stand_alike_whatever_the_order_of_the_file(
    tmp_path: Path,
) -> None:
    head = "indicator,partner,given_on,text\n"
    rows = ["carers,T1,2026-05-01,First\n", "carers,T1,2026-05-01,Second\n"]
    found = []
    for name, said in (("as", rows), ("turned", rows[::-1])):
        folder = write_world(tmp_path / name)
        (folder / REPLIES).write_text(head + "".join(said), encoding="utf-8")
        found.append([[reply.text for reply in one.replies] for one in load_partnership(folder).agreements])
    assert found[0] == found[1]
    assert ["First", "Second"] in found[0]


def _sides(about: DisputeSubject, period: str) -> tuple[Position, ...]:
    return tuple(
        Position(
            id="D",
            indicator="op",
            about=about,
            partner=partner,
            position="Ours",
            period=period,
            number=number,
            opened_on=date(2026, 9, 1),
        )
        for partner, number in (("VA", 4.5), ("CC", 7.5))
    )


def _numbers(about: DisputeSubject, period: str, *, last: str = "2026-08") -> set[tuple[float | None, Reason | None]]:
    figure = {
        "level": "place",
        "basis": "counts",
        "numerator": 45.0,
        "denominator": 1000.0,
        "value": 4.5,
        "coverage": 1.0,
        "parts_expected": 1,
        "parts_contributed": 1,
        "reason": None,
    }
    hidden = {**figure, "numerator": None, "value": None, "reason": Reason.CONFIDENTIAL.value}
    whole: list[dict[str, Any]] = [
        {**figure, "period": "2026-07"},
        {**hidden, "period": "2026-08"},
        {**figure, "period": "2026-09"},
    ]
    shown = StatedNumbers(
        [row for row in whole if row["period"] <= last], indicator("op"), Preset(suppress_from=1, suppress_to=7)
    )
    (line,) = dispute_lines((), agreement(disputes=_sides(about, period)), "op", "P", {}, AS_OF, shown)
    return {(side.value, side.reason) for side in line.positions}


def test_no_side_of_a_dispute_has_a_number_where_the_figure_itself_is_hidden() -> None:
    withheld, told = {(None, Reason.CONFIDENTIAL)}, {(4.5, None), (7.5, None)}
    assert _numbers(DisputeSubject.VALUE, "2026-08") == withheld
    assert _numbers(DisputeSubject.METHOD, "2026-08") == withheld
    assert _numbers(DisputeSubject.VALUE, "2026-07") == told
    # of no period: the last figure is meant
    assert _numbers(DisputeSubject.VALUE, "") == withheld
    assert _numbers(DisputeSubject.VALUE, "", last="2026-09") == told
    # a target is no figure of people
    assert _numbers(DisputeSubject.TARGET, "2026-08") == told
