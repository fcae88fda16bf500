"""Targets told by example: the word, and beside it whether the target is reached, how clearly and how far off."""

from datetime import date
from typing import Any

import pytest

from outcomes.agreement.model import Agreement
from outcomes.judgement.expectation import expectation
from outcomes.judgement.judging import judge
from outcomes.period import period_from_text
from outcomes.target import Target
from outcomes.vocabulary import PeriodKind
from tests.small_world import Row, estimates, inclusion, indicator, world

AS_OF = date(2025, 11, 22)
YEAR = PeriodKind.FINANCIAL_YEAR


def _target(*points: tuple[str, float], **given: Any) -> dict[str, Any]:
    return {
        "indicator": "smoking",
        "kind": "level" if len(points) == 1 else "path",
        "set_by": "place",
        "decision": "JC 4",
        "agreed_on": "2020-01-01",
        "points": [{"period": period, "value": value} for period, value in points],
        **given,
    }


def _judged(target: dict[str, Any], row: Row, **terms: Any) -> Row:
    partnership = world([indicator()], [inclusion(targets=[target], **terms)])
    frame = judge(estimates(row), partnership, as_of=AS_OF).frame
    (found,) = frame.filter(signal="target").iter_rows(named=True)
    return found


# the value's interval is ± 2; lower is better; a level of 15 due in the period itself, then a path 20 → 12 from
# 2022/23 to 2026/27, which expects 16 in 2024/25
#   target  value  word          reached       certainty
DRAWN = """
    level | 12.9 | met         | reached     | clear
    level | 13   | cannot tell | reached     | within chance
    level | 15   | cannot tell | reached     | within chance
    level | 15.1 | cannot tell | not reached | within chance
    level | 17   | cannot tell | not reached | within chance
    level | 17.1 | not met     | not reached | clear
    path  | 13.9 | on track    | reached     | clear
    path  | 16   | cannot tell | reached     | within chance
    path  | 18.1 | off track   | not reached | clear
    ended | 9.9  | met         | reached     | clear
    ended | 18   | not met     | not reached | clear
    later | 9.9  | cannot tell | reached     | clear
    later | 18   | cannot tell | not reached | clear
"""
TARGETS = {
    "level": _target(("2024/25", 15)),
    "path": _target(("2022/23", 20), ("2026/27", 12)),
    "ended": _target(("2022/23", 20), ("2023/24", 12)),
    "later": _target(("2027/28", 15)),
}
EXPECTED = {"level": 15, "path": 16, "ended": 12, "later": 15}
LINES = [[cell.strip() for cell in line.split("|")] for line in DRAWN.strip().splitlines()]


@pytest.mark.parametrize("line", LINES, ids=[f"{line[0]} {line[1]}" for line in LINES])
def test_each_drawn_value_is_judged_as_drawn_and_its_mirror_image_alike(line: list[str]) -> None:
    kind, value, word, reached, certainty = line
    found = _judged(TARGETS[kind], {"value": float(value)})
    assert (found["word"], found["reached"], found["certainty"]) == (word, reached, certainty)
    assert (found["against_value"], found["amount"]) == (EXPECTED[kind], float(value) - EXPECTED[kind])

    mirrored = dict(TARGETS[kind])
    mirrored["points"] = [{**point, "value": 100 - point["value"]} for point in mirrored["points"]]
    other = _judged(mirrored, {"value": 100 - float(value)}, polarity="higher_is_better")
    assert (other["word"], other["certainty"]) == (word, certainty)


def test_a_row_names_who_set_the_target_by_which_decision_and_its_end() -> None:
    found = _judged(TARGETS["path"], {"value": 16.0})
    assert (found["against"], found["against_code"]) == ("place", "JC 4")
    assert (found["target_period"], found["target_value"]) == ("2026/27", 12.0)


def test_within_chance_is_said_in_a_sentence() -> None:
    because = _judged(TARGETS["level"], {"value": 15.0})["because"]
    assert because == "The interval holds the target, so chance alone could explain the difference."


@pytest.mark.parametrize(("value", "reached"), [(12.9, "reached"), (13.0, "reached"), (13.1, "not reached")])
def test_a_target_that_is_reached_by_the_interval_needs_the_whole_of_it(value: float, reached: str) -> None:
    assert _judged(_target(("2024/25", 15), reached_by="interval"), {"value": value})["reached"] == reached


def test_a_level_whose_period_has_not_come_is_not_judged_without_a_path() -> None:
    found = _judged(TARGETS["later"], {"value": 9.9})
    assert (found["reason"], found["because"]) == ("not yet due", "It is due in 2027/28; no path to it was agreed.")


def test_a_period_that_had_begun_when_the_target_was_agreed_is_not_judged_by_it() -> None:
    target = _target(("2022/23", 20), ("2026/27", 12), agreed_on="2024-04-02")
    found = _judged(target, {"value": 9.9})
    assert (found["word"], found["reached"], found["against_value"]) == ("cannot tell", None, None)
    assert found["because"] == "The target was agreed on 2 April 2024, after 2024/25 had begun."
    assert _judged({**target, "agreed_on": "2024-04-01"}, {"value": 9.9})["word"] == "on track"


def test_a_path_that_has_not_begun_expects_nothing() -> None:
    found = _judged(_target(("2025/26", 20), ("2026/27", 12)), {"value": 9.9})
    assert (found["word"], found["because"]) == ("cannot tell", "The agreed path begins in 2025/26.")


def test_without_an_agreed_direction_a_target_is_neither_met_nor_missed() -> None:
    found = _judged(TARGETS["level"], {"value": 5.0}, polarity="no_judgement")
    assert (found["word"], found["reason"], found["reached"]) == ("cannot tell", "not applicable", None)
    assert (found["certainty"], found["amount"]) == ("clear", -10.0)


def test_without_a_value_the_reason_of_the_value_is_given() -> None:
    found = _judged(TARGETS["level"], {"reason": "cannot be calculated", "detail": "zero denominator"})
    assert (found["word"], found["reason"], found["detail"]) == (
        "cannot tell",
        "cannot be calculated",
        "zero denominator",
    )
    assert found["because"] == "There is no value for 2024/25: cannot be calculated (zero denominator)."
    assert (found["reached"], found["certainty"]) == (None, None)


def test_without_an_interval_only_the_point_is_said() -> None:
    row = {"value": 9.0, "lower_ci_95": None, "upper_ci_95": None, "detail": "no spread"}
    found = _judged(TARGETS["level"], row)
    assert (found["word"], found["detail"], found["reached"]) == ("cannot tell", "no spread", "reached")
    assert found["certainty"] is None
    assert _judged(_target(("2024/25", 15), reached_by="interval"), row)["reached"] is None


def _agreement(version: int, effective_from: str, *targets: dict[str, Any]) -> Agreement:
    return Agreement.model_validate(
        {
            "area_code": "PL1",
            "version": version,
            "title": "Castlewick agreement",
            "form": "memorandum_of_understanding",
            "frameworks": ("local",),
            "parties": ({"partner": "PA", "signatory_role": "chair"},),
            "effective_from": effective_from,
            "review_by": "2030-01-01",
            "decision": "JC 1",
            "targets": targets,
        }
    )


def test_national_and_local_targets_both_stand_and_neither_overrides() -> None:
    agreement = _agreement(1, "2020-01-01", _target(("2024/25", 10)))
    national = _target(("2024/25", 15), set_by="nation", decision="NHS 1")
    partnership = world([indicator()], [inclusion(targets=[national])], agreements=[agreement])
    rows: list[Row] = [{"value": 12.5}, {"value": 12.5, "area_code": "PL2"}]
    frame = judge(estimates(*rows), partnership, as_of=AS_OF).frame.filter(signal="target")
    assert frame.select("area_code", "against", "word").rows() == [
        ("PL1", "nation", "met"),
        ("PL1", "place", "not met"),
        ("PL2", "nation", "met"),
    ]


def test_targets_are_those_of_the_agreement_and_the_knowledge_of_the_date() -> None:
    old, new = _target(("2024/25", 15)), _target(("2024/25", 5), decision="JC 9")
    agreements = [_agreement(1, "2020-01-01", old), _agreement(2, "2025-06-01", new)]
    unknown = _target(("2026/27", 1), agreed_on="2025-12-01", set_by="nation")
    partnership = world([indicator()], [inclusion(targets=[unknown])], agreements=agreements)
    for as_of, level in ((date(2025, 5, 31), 15.0), (AS_OF, 5.0)):
        frame = judge(estimates({"value": 10.0}), partnership, as_of=as_of).frame.filter(signal="target")
        assert frame["against_value"].to_list() == [level]


def test_a_target_for_a_group_is_held_against_that_group_only() -> None:
    target = _target(("2024/25", 15), breakdown="sex=Female")
    rows: list[Row] = [{"value": 12.0}, {"value": 12.5, "breakdown": "sex=Female"}]
    partnership = world([indicator()], [inclusion(targets=[target])])
    frame = judge(estimates(*rows), partnership, as_of=AS_OF).frame.filter(signal="target")
    assert frame.select("breakdown", "word").rows() == [("", "no target"), ("sex=Female", "met")]


def test_without_a_target_there_is_one_row_that_says_so() -> None:
    partnership = world([indicator()], [inclusion()])
    frame = judge(estimates({"value": 12.0}), partnership, as_of=AS_OF).frame.filter(signal="target")
    assert frame.select("word", "against", "because").rows() == [("no target", "", "No target is agreed for it.")]


def test_a_path_is_exact_in_decimals() -> None:
    path = Target(**_target(("2020/21", 0.1), ("2030/31", 0.4)))
    found = [expectation(path, YEAR, period_from_text(YEAR, f"20{year}/{year + 1}")).level for year in range(20, 31)]
    assert found == [0.1, 0.13, 0.16, 0.19, 0.22, 0.25, 0.28, 0.31, 0.34, 0.37, 0.4]


def test_a_path_of_several_points_bends_at_each() -> None:
    path = Target(**_target(("2020/21", 20), ("2022/23", 10), ("2026/27", 8)))
    found = [expectation(path, YEAR, period_from_text(YEAR, f"20{year}/{year + 1}")).level for year in range(20, 28)]
    assert found == [20, 15, 10, 9.5, 9, 8.5, 8, 8]


def test_a_target_in_another_rhythm_is_not_compared() -> None:
    month = period_from_text(PeriodKind.MONTH, "2024-04")
    found = expectation(Target(**_target(("2024/25", 15))), YEAR, month)
    assert (found.level, found.obstacle) == (None, "The target does not speak of April 2024.")


@pytest.mark.parametrize(
    ("levels", "standing"),
    [
        # both have come: the later one alone
        ([("2022/23", 15.0), ("2024/25", 12.0)], ["2024/25"]),
        # the later one has not come: the earlier one stands until then
        ([("2023/24", 15.0), ("2026/27", 12.0)], ["2023/24", "2026/27"]),
    ],
)
def test_a_target_stands_until_a_later_one_of_the_same_setter_has_come(
    levels: list[tuple[str, float]], standing: list[str]
) -> None:
    ours = [_target(level) for level in levels]
    national = _target(("2021/22", 18.0), set_by="nation")
    partnership = world([indicator()], [inclusion(targets=[*ours, national])])
    frame = judge(estimates({"value": 9.9}), partnership, as_of=AS_OF).frame.filter(signal="target")
    found = {(row["against"], row["target_period"]) for row in frame.iter_rows(named=True)}
    assert found == {("nation", "2021/22"), *(("place", period) for period in standing)}


def test_a_standing_standard_is_held_beside_steps_on_the_way_to_it_and_replaced_by_a_later_one_only() -> None:
    steps = [_target(("2022/23", 15.0)), _target(("2024/25", 12.0))]
    standards = [_target((year, level), is_standard="true") for year, level in (("2020/21", 6.0), ("2021/22", 5.0))]
    partnership = world([indicator()], [inclusion(targets=[*steps, *standards])])
    frame = judge(estimates({"value": 9.9}), partnership, as_of=AS_OF).frame.filter(signal="target")
    found = {(row["target_period"], row["target_value"]) for row in frame.iter_rows(named=True)}
    assert found == {("2024/25", 12.0), ("2021/22", 5.0)}
