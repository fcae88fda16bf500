"""What a newcomer's first file gets told: one plain sentence for a total, a likely period, nothing twice."""

from dataclasses import replace

import pytest

from outcomes.framework.model import Indicator
from outcomes.vocabulary import Verdict
from tests.unit.intake.returns_world import HEADER, Record, codes, found, indicator, returns_world, sent, sheet

P1, P2 = "stay,P1,2026-04,10,20", "stay,P2,2026-04,11,20"


@pytest.mark.parametrize(
    ("row", "column"),
    [
        ("Total,,,21,40", "indicator_id"),
        ("All wards:,,,21,40", "indicator_id"),
        ("Total,Total,Total,21,40", "indicator_id"),
        ("sum,P1,2026-04,21,40", "indicator_id"),
        (",Total,,21,40", "place_code"),
        ("stay,All places,2026-04,21,40", "place_code"),
        ("stay,TOTAL,,21,40", "place_code"),
    ],
)
def test_a_total_row_is_called_a_total_and_nothing_else(row: str, column: str) -> None:
    result = sent(sheet(P1, P2, row))
    assert (codes(result), result.verdict) == ({"OUT-210"}, Verdict.REJECTED)
    (finding,) = result.findings
    assert (finding.row, finding.column) == (4, column)
    assert finding.text.startswith("Row 4 looks like a total")
    assert finding.fix == "Delete the whole row 4: totals are worked out here."


def test_a_name_that_begins_like_a_total_is_a_name() -> None:
    areas = returns_world().areas
    frame = areas.frame.with_columns(name=areas.frame["name"].replace("Castlewick", "All Saints"))
    world = replace(returns_world(), areas=replace(areas, frame=frame))
    (finding,) = found(sent(sheet("stay,All Saints,2026-04,10,20", P2), partnership=world), "OUT-205")
    assert "its code is P1" in finding.text


def test_a_likely_period_is_asked_about_and_no_other_is_told_to_be_written() -> None:
    likely, unknown = found(sent(sheet("stay,P1,09/2026,10,20", "stay,P2,soon,11,20")), "OUT-302")
    assert likely.text == "“09/2026” cannot be read as a month. Did you mean 2026-09?"
    assert likely.fix == "Write the period in its exact form, for example 2026-09."
    assert unknown.text == "“soon” cannot be read as a month."
    # of no other row a period is known: the latest that has ended by then is the one that is asked for
    assert unknown.fix == "Write the period in its exact form, for example 2026-10."


@pytest.mark.parametrize(
    "row",
    [
        # too long, without a period that can be read, without a known place or indicator, and cut short
        "stay,P2,2026-04,1,050,20",
        "stay,P2,Easter,11,20",
        "stay,P22,2026-04,11,20",
        "stay,,2026-04,11,20",
        "stax,P2,2026-04,11,20",
        "stay,P2",
    ],
)
def test_a_place_whose_row_is_wrong_is_not_missing_besides(row: str) -> None:
    result = sent(sheet(P1, row))
    assert result.verdict is Verdict.REJECTED
    assert "OUT-555" not in codes(result)


def test_a_place_that_is_in_no_row_is_missing_beside_a_wrong_row() -> None:
    wrong = "stay,P1,2026-04,1,050,20"
    assert "P2" in found(sent(sheet(wrong, "stay,P1,2026-04,10,20")), "OUT-555")[0].text


def test_only_columns_that_an_indicator_has_are_offered() -> None:
    plain: tuple[Indicator, ...] = (indicator("stay", breakdowns=()),)
    text = sheet(P1 + ",a", P2 + ",b", header=HEADER + ",local_ref")
    (bare,) = found(sent(text, partnership=returns_world(indicators=plain)), "OUT-158")
    assert bare.fix.endswith("one of: comment, value, value_note.")
    (full,) = found(sent(text), "OUT-158")
    assert "sex" in full.fix
    # one that stands there all the same is still read, and refused with its reason
    decile = sheet(P1 + ",3", P2 + ",4", header=HEADER + ",deprivation_decile")
    assert codes(sent(decile, partnership=returns_world(indicators=plain))) == {"OUT-222"}


def test_a_revision_in_a_rejected_file_is_not_said_to_be_kept() -> None:
    record = Record()
    record.keep(sent(sheet(P1, P2)))
    result = sent(sheet(P1.replace(",10,", ",12,"), P2.replace(",11,", ",ten,")), ledger=record)
    assert result.verdict is Verdict.REJECTED
    assert "once the file is accepted, both are kept" in found(result, "OUT-651")[0].text


@pytest.mark.parametrize(
    ("text", "named"),
    [
        (sheet(P1.replace(",10,", ",ten,"), "visits,P1,2026-04,1,20"), ("stay", "visits")),
        # by another case, by another name; not by one that is unknown or could be two
        (sheet("STAY,P1,2026-04,ten,20", "2D(1),P1,2026-04,1,2"), ("stay",)),
        (sheet("nothing,P1,2026-04,1,2", "shared-name,P1,2026-04,1,2"), ()),
        # every row is too long, a column stands twice or is not there, the cell is beyond all length
        (sheet("stay,P1,2026-04,1,050,20"), ("stay",)),
        (sheet(P1 + ",5", header=HEADER + ",Numerator"), ("stay",)),
        (sheet("stay,P1,10,20", header="indicator_id,place_code,numerator,denominator"), ("stay",)),
        (sheet(P1 + "," + "x" * 40_000, header=HEADER + ",comment"), ("stay",)),
        ("Our return\n" + sheet("stay,P1,2026-04,ten,20"), ("stay",)),
        # no table at all
        (HEADER + "\n", ()),
        ("", ()),
        ("%PDF-1.7 stay", ()),
        ("stay,P1,2026-04,10,20\n", ()),
    ],
)
def test_a_rejected_file_names_the_indicators_that_can_be_told(text: str, named: tuple[str, ...]) -> None:
    result = sent(text)
    assert (result.verdict, result.indicator_ids) == (Verdict.REJECTED, named)


def test_an_accepted_file_names_its_indicators() -> None:
    assert sent(sheet(P1, P2)).indicator_ids == ("stay",)
