"""Rows of one key with different figures are set aside where the layout says why, and refused where it does not."""

from outcomes.partnership.layout import Layout
from outcomes.vocabulary import Verdict
from tests.unit.intake.returns_world import found, returns_world, sent, sheet

BECAUSE = "The extract has lost its groups."
LAYOUT = Layout(id="lost", title="An extract", ambiguous_repeats=BECAUSE)
WORLD_OF_IT = returns_world(layouts={"lost": LAYOUT})
CLEAR = "stay,P2,2026-04,11,20"
TWICE = ("stay,P1,2026-04,10,20", "stay,P1,2026-04,12,20", "stay,P1,2026-04,10,20")


def test_all_rows_of_the_key_are_set_aside_and_the_others_are_read() -> None:
    result = sent(sheet(*TWICE, CLEAR), partnership=WORLD_OF_IT, layout="lost")
    assert result.verdict is Verdict.ACCEPTED_WITH_WARNING
    assert result.frame.select("area_code", "numerator").rows() == [("P2", 11)]
    findings = found(result, "OUT-558")
    assert [finding.row for finding in findings] == [2, 3, 4]
    assert "Rows 2, 3 and 4" in findings[0].text
    assert findings[0].text.endswith(BECAUSE)


def test_without_a_reason_they_are_refused() -> None:
    result = sent(sheet(*TWICE, CLEAR))
    assert result.verdict is Verdict.REJECTED
    assert found(result, "OUT-505")
    assert not found(result, "OUT-558")


def test_exact_repeats_still_count_once() -> None:
    result = sent(sheet(CLEAR, CLEAR), partnership=WORLD_OF_IT, layout="lost")
    assert result.frame.height == 1
    assert not found(result, "OUT-558")


def test_parts_are_not_held_against_what_was_set_aside() -> None:
    rows = ("stay,P1,2026-04,Persons,9,20", "stay,P1,2026-04,Persons,8,20", "stay,P1,2026-04,Male,10,12")
    header = "indicator_id,place_code,period,sex,numerator,denominator"
    result = sent(sheet(*rows, header=header), partnership=WORLD_OF_IT, layout="lost")
    assert not found(result, "OUT-506")
    assert result.frame["breakdown"].to_list() == ["sex=Male"]
