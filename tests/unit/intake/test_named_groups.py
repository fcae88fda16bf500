"""One column names the way to group people, another the group: each way fills its own column."""

from typing import Any

from outcomes.intake.model import CheckResult
from outcomes.partnership.layout import Layout
from outcomes.vocabulary import Verdict
from tests.unit.intake.returns_world import found, returns_world, sent, sheet

HEADER = "Id,Area,Month,Kind,Group,Count,Of"
LAYOUT: dict[str, Any] = {
    "id": "grouped",
    "title": "A grouped extract",
    "columns": {
        "id": "indicator_id", "area": "place_code", "month": "period", "count": "numerator", "of": "denominator",
    },
    "codes": {"deprivation_decile": {"Most deprived": "1"}},
    "named_groups": {
        "kind": "Kind",
        "category": "Group",
        "dimensions": {"Gender": "sex", "Deprivation (IMD, 2019)": "deprivation_decile"},
    },
}  # fmt: skip
ROWS = (
    "stay,P1,2026-04,,,10,20",
    "stay,P1,2026-04,gender,Female,4,8",
    'stay,P1,2026-04,"""Deprivation (IMD, 2019)""",Most deprived,2,3',
)


def _sent(*rows: str, **groups: Any) -> CheckResult:
    layout = Layout.model_validate({**LAYOUT, "named_groups": {**LAYOUT["named_groups"], **groups}})
    return sent(sheet(*rows, header=HEADER), partnership=returns_world(layouts={"grouped": layout}), layout="grouped")


def test_each_way_fills_its_own_column_and_its_codes_apply() -> None:
    result = _sent(*ROWS)
    assert result.frame["breakdown"].to_list() == ["", "deprivation_decile=1", "sex=Female"]
    assert not [finding for finding in result.findings if finding.code != "OUT-555"], result.findings


def test_a_sheet_without_any_group_is_read_all_the_same() -> None:
    assert _sent(ROWS[0]).frame["breakdown"].to_list() == [""]


def test_an_unknown_way_is_refused_where_it_stands() -> None:
    result = _sent(*ROWS, "stay,P1,2026-04,Housing,Rented,1,2", "stay,P2,2026-04,Housing,Rented,1,2")
    assert result.verdict is Verdict.REJECTED
    (finding,) = found(result, "OUT-115")
    assert (finding.row, finding.value, finding.repeats) == (5, "Housing", 1)


def test_an_unknown_way_is_left_out_and_counted_where_the_layout_says_why() -> None:
    result = _sent(*ROWS, "stay,P1,2026-04,Housing,Rented,1,2", unlisted="Nobody asks for them.")
    assert result.frame.height == 3
    (finding,) = found(result, "OUT-163")
    assert (
        "1 row was left out by the column Kind, as the description of this sheet says. Nobody asks for them."
        in finding.text
    )
    assert "Housing" in finding.text


def test_an_unknown_group_of_a_known_way_is_refused() -> None:
    assert found(_sent("stay,P1,2026-04,Gender,Fem,1,2"), "OUT-221")


def test_the_two_columns_must_be_there() -> None:
    text = sheet("stay,P1,2026-04,10,20", header="Id,Area,Month,Count,Of")
    world = returns_world(layouts={"grouped": Layout.model_validate(LAYOUT)})
    result = sent(text, partnership=world, layout="grouped")
    assert result.verdict is Verdict.REJECTED
    assert found(result, "OUT-111")
