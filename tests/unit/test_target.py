"""Targets: what was agreed has points that fit its kind."""

from datetime import date
from typing import Any

import pytest
from pydantic import ValidationError

from outcomes.target import Target, TargetPoint
from outcomes.vocabulary import AreaLevel, TargetKind


def target(**terms: Any) -> Target:
    given: dict[str, Any] = {
        "indicator": "smoking",
        "kind": "level",
        "points": [{"period": "2028/29", "value": "12"}],
        "set_by": "place",
        "decision": "JC 2024/3",
        "agreed_on": "2024-03-18",
    }
    return Target.model_validate({**given, **terms})


POINTS = [{"period": "2024/25", "value": "20"}, {"period": "2028/29", "value": "12.5"}]


def test_a_level_is_read_with_its_defaults() -> None:
    found = target()
    assert found.points == (TargetPoint(period="2028/29", value=12.0),)
    assert (found.kind, found.set_by) == (TargetKind.LEVEL, AreaLevel.PLACE)
    assert found.agreed_on == date(2024, 3, 18)
    # for everybody, in every area, by the point
    assert (found.area_code, found.breakdown, found.reached_by) == ("", "", "point")


def test_a_path_keeps_its_points_in_order() -> None:
    found = target(kind="path", points=POINTS)
    assert [(point.period, point.value) for point in found.points] == [("2024/25", 20.0), ("2028/29", 12.5)]


@pytest.mark.parametrize(
    ("terms", "message"),
    [
        ({"points": POINTS}, "a level target has exactly one point"),
        ({"points": []}, "a level target has exactly one point"),
        ({"kind": "path"}, "a path target has two or more points"),
        ({"kind": "path", "points": [POINTS[0], POINTS[0]]}, "a period stands twice among the points"),
        ({"reached_by": "luck"}, "reached_by is 'point' or 'interval'"),
        ({"points": [{"period": "2028/29", "value": "nan"}]}, "a number is expected"),
        ({"agreed_on": "18 March 2024"}, "a date is expected"),
        ({"decision": " "}, "at least 1 character"),
        ({"kind": "ambition"}, "'gap', 'benchmark' or 'change'"),
        ({"owner": "RXX"}, "Extra inputs are not permitted"),
    ],
)
def test_a_target_that_does_not_hold_together_is_refused(terms: dict[str, Any], message: str) -> None:
    with pytest.raises(ValidationError, match=message):
        target(**terms)


def test_a_target_cannot_be_changed_once_agreed() -> None:
    with pytest.raises(ValidationError, match="frozen"):
        target().decision = "another"  # type: ignore[misc]
