"""The door: who sent it, what is told of it, what the record changes, and what never leaves."""

import os
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from outcomes.errors import UnknownNameError, UnreadableFileError
from outcomes.framework.model import Indicator
from outcomes.intake.checking import check
from outcomes.intake.personal_numbers import is_valid_nhs_number, masked
from outcomes.partnership.model import Supply
from outcomes.vocabulary import Combine, Verdict
from tests.unit.intake.returns_world import (
    AS_OF,
    HEADER,
    INDICATORS,
    WORLD,
    Record,
    codes,
    found,
    indicator,
    returns_world,
    row_of,
    sent,
    sheet,
)

P1, P2 = "stay,P1,2026-04,10,20", "stay,P2,2026-04,11,20"
CLEAN = sheet(P1, P2)


def test_a_path_bytes_and_text_of_a_path_give_the_same_result(tmp_path: Path) -> None:
    file = tmp_path / "T1_return.csv"
    file.write_text(CLEAN, encoding="utf-8")
    by_path = check(file, WORLD, partner="T1", as_of=AS_OF)
    for other in (check(str(file), WORLD, partner="T1", as_of=AS_OF), sent(CLEAN)):
        assert by_path.frame.equals(other.frame)
        assert (by_path.verdict, by_path.sha256) == (other.verdict, other.sha256)
    assert (by_path.file, by_path.size_bytes, by_path.sha256) == ("T1_return.csv", len(CLEAN), sent(CLEAN).sha256)


def test_a_file_that_cannot_be_opened_raises_and_says_what_to_do(tmp_path: Path) -> None:
    fifo = tmp_path / "pipe"
    os.mkfifo(fifo)
    for path in (tmp_path / "none.csv", tmp_path, fifo, Path("a\x00b")):
        with pytest.raises(UnreadableFileError, match="cannot be opened"):
            check(path, WORLD, partner="T1", as_of=AS_OF)


def test_a_missing_path_with_a_personal_number_in_it_does_not_repeat_it(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFileError) as caught:
        check(tmp_path / "9991234578.csv", WORLD, partner="T1", as_of=AS_OF)
    assert "9991234578" not in str(caught.value)


def test_an_unknown_partner_or_layout_is_the_callers_mistake() -> None:
    with pytest.raises(UnknownNameError, match="no partner"):
        sent(CLEAN, partner="X")
    with pytest.raises(UnknownNameError, match="no layout"):
        sent(CLEAN, layout="x")


def test_the_sender_is_told_from_the_files_name() -> None:
    assert sent(CLEAN, partner=None, file_name="t1_april.csv").partner_code == "T1"
    unknown = sent(CLEAN, partner=None, file_name="april.csv")
    assert (codes(unknown), unknown.verdict, unknown.partner_code) == ({"OUT-014"}, Verdict.REJECTED, "")
    assert "T1_*" in unknown.findings[0].fix
    both = returns_world(file_pattern="*.csv")
    assert codes(sent(CLEAN, partnership=both, partner=None, file_name="C2_x.csv")) == {"OUT-015"}


def test_an_accepted_file_hands_on_every_key_and_number() -> None:
    row = row_of(sent(sheet("stay,P1,2026-04,Female,65,0-4,3,6,note,all good", header=(
        "indicator_id,place_code,period,sex,denominator,age_band,deprivation_decile,numerator,value_note,comment"
    ))), 2)  # fmt: skip
    expected: dict[str, Any] = {
        "partner_code": "T1", "source_code": "T1", "indicator_id": "stay", "indicator_version": 1, "area_code": "P1",
        "period_kind": "month", "period_start": date(2026, 4, 1), "period_end": date(2026, 4, 30), "period": "2026-04",
        "breakdown": "age_band=0-4; deprivation_decile=3; sex=Female", "numerator": 6, "denominator": 65, "value": None,
        "status": None, "value_note": "note", "comment": "all good", "row": 2, "submission": 0, "is_revision": False,
    }  # fmt: skip
    assert {name: row[name] for name in expected} == expected


def test_what_is_not_asked_for_is_not_stored() -> None:
    result = sent(sheet("births,P1,2026-04,7,999", "births,P2,2026-04,8,"))
    assert result.frame["denominator"].to_list() == [None, None]
    assert row_of(sent(sheet("beds,P1,2025/26 Q4,-7,20", "beds,P2,2025/26 Q4,1,")), 2)["denominator"] is None


def test_numerators_are_whole_multiples_of_the_scale() -> None:
    result = sent(sheet("half,P1,2026-04,155.5,20", "half,P2,2026-04,3,20"))
    assert result.frame["numerator"].to_list() == [311, 6]


def test_the_version_is_chosen_by_the_date_of_the_period() -> None:
    result = sent(sheet("changed,P1,2026-03,3,20", "changed,P1,2026-04,3.5,20"))
    assert result.frame.select("indicator_version", "numerator").rows() == [(1, 3), (2, 35)]
    assert found(sent(sheet("changed,P1,2026-03,3.5,20")), "OUT-406")


def test_sources_are_kept_apart_and_strangers_refused() -> None:
    header = HEADER + ",source_code"
    result = sent(sheet("spread,P1,2026-04,1.5,2,H1", "spread,P1,2026-04,2.5,2,h2", "spread,P1,2026-04,2,2,",
                        header=header))  # fmt: skip
    assert result.frame["source_code"].to_list() == ["H1", "H2", "T1"]
    assert "OUT-505" not in codes(result)
    assert found(sent(sheet("spread,P1,2026-04,1,2,H9", header=header)), "OUT-211")


def test_optional_columns_are_read_only_where_the_indicator_declares_them() -> None:
    header = HEADER + ",sum_of_squares,effective_sample_size,value_status,source_code"
    result = sent(sheet("spread,P1,2026-04,1.5,2,2.25,1.8,Provisional,", "half,P1,2026-04,1.5,2,junk,junk,,",
                        header=header))  # fmt: skip
    spread, half = row_of(result, 2), row_of(result, 3)
    # squares are in the square of the numerator's unit: 2.25 × 10²
    assert (spread["sum_of_squares"], spread["effective_sample_size"], spread["value_status"]) == (
        225,
        1.8,
        "provisional",
    )
    assert (half["sum_of_squares"], half["effective_sample_size"], half["value_status"]) == (None, None, None)
    without = sent(sheet(P1 + ",5", P2 + ",5", header=HEADER + ",sum_of_squares"),
                   partnership=returns_world(indicators=INDICATORS[:1]))  # fmt: skip
    assert [finding.column for finding in found(without, "OUT-158")] == ["sum_of_squares"]


def test_a_published_value_is_taken_with_its_interval_and_needs_no_numerator() -> None:
    header = "indicator_id,place_code,period,value,lower_ci_95,upper_ci_95"
    result = sent(sheet("printed,P1,2025,94.7261896202678,93.9,95.5", "printed,P2,2025,[x],,", header=header))
    first, second = row_of(result, 2), row_of(result, 3)
    assert (first["value"], first["lower_ci_95"], first["upper_ci_95"]) == (94.7261896202678, 93.9, 95.5)
    assert (first["numerator"], first["status"]) == (None, None)
    assert (second["value"], second["status"]) == (None, "not_available")


def test_a_given_value_agrees_within_one_in_its_last_place() -> None:
    def verdicts(value: str) -> set[str]:
        return codes(sent(sheet(f"stay,P1,2026-04,412,480,{value}", P2 + ",", header=HEADER + ",value")))

    assert verdicts("85.8") == verdicts("85.9") == verdicts("86") == verdicts("85.833333333333") == set()
    assert verdicts("85.7") == set()
    assert verdicts("85.6") == verdicts("58.8") == verdicts("0.858") == {"OUT-503"}
    assert (
        "100 times smaller"
        in sent(sheet("stay,P1,2026-04,412,480,0.858", P2 + ",", header=HEADER + ",value")).findings[0].text
    )


def test_parts_give_a_suppressed_one_away_and_so_does_a_suppressed_whole() -> None:
    header = "indicator_id,place_code,period,sex,numerator,denominator"
    one = sent(sheet("stay,P1,2026-04,Persons,10,20", "stay,P1,2026-04,Male,*,9", "stay,P1,2026-04,Female,6,11",
                     header=header))  # fmt: skip
    assert [(finding.row, finding.column) for finding in found(one, "OUT-554")] == [(3, "numerator")]
    whole = sent(sheet("stay,P1,2026-04,,*,20", "stay,P1,2026-04,Male,4,9", "stay,P1,2026-04,Female,6,11",
                       header=header))  # fmt: skip
    assert [finding.row for finding in found(whole, "OUT-554")] == [2]
    two = sent(sheet("stay,P1,2026-04,Persons,10,20", "stay,P1,2026-04,Male,*,9", "stay,P1,2026-04,Female,*,11",
                     header=header))  # fmt: skip
    assert found(two, "OUT-554") == ()


def test_parts_are_held_against_their_whole_within_the_rest_of_the_key() -> None:
    header = "indicator_id,place_code,period,sex,age_band,numerator,denominator"
    right = [f"stay,P1,2026-04,{sex},{band},{n},{n * 2}" for sex, share in (("Persons", 2), ("Male", 1), ("Female", 1))
             for band, size in (("All ages", 4), ("0-4", 1), ("5-9", 1), ("10-14", 1), ("15+", 1))
             for n in (share * size,)]  # fmt: skip
    assert codes(sent(sheet(*right, header=header))) == {"OUT-555"}
    wrong = [row.replace("Male,5-9,1,2", "Male,5-9,2,3") if ",Male," in row else row for row in right]
    result = sent(sheet(*wrong, header=header))
    # above both the males of all ages and the persons of that band
    assert {"Male,All ages" in wrong[finding.row - 2] or "5-9" in wrong[finding.row - 2] or ",Male," in wrong[
        finding.row - 2] for finding in found(result, "OUT-506") if finding.row} == {True}  # fmt: skip
    assert {finding.column for finding in found(result, "OUT-506")} == {"numerator", "denominator"}


def test_a_revision_is_said_with_the_earlier_figure_and_an_unchanged_one_adds_nothing() -> None:
    record = Record()
    record.keep(sent(CLEAN))
    result = sent(sheet(P1.replace(",10,", ",12,"), P2), ledger=record)
    (finding,) = found(result, "OUT-651")
    assert (finding.row, finding.column) == (2, "numerator")
    assert "10/20" in finding.text
    assert result.new_observations == 1
    assert result.frame["is_revision"].to_list() == [True, False]


def test_the_same_file_again_adds_nothing_and_revises_nothing() -> None:
    record = Record()
    record.keep(sent(CLEAN))
    result = sent(CLEAN, ledger=record)
    assert (codes(result), result.new_observations, result.loaded_rows) == ({"OUT-652"}, 0, 2)


def test_a_figure_that_is_gone_stays_and_is_named() -> None:
    record = Record()
    record.keep(sent(CLEAN))
    result = sent(sheet(P1), ledger=record)
    assert "not in this file: Dunmere (P2) 11/20." in found(result, "OUT-653")[0].text
    assert result.new_observations == 0


def test_a_number_that_becomes_a_marker_is_a_revision() -> None:
    record = Record()
    record.keep(sent(CLEAN))
    result = sent(sheet(P1.replace(",10,", ",[c],"), P2), ledger=record)
    assert [finding.column for finding in found(result, "OUT-651")] == ["numerator"]
    assert result.new_observations == 1


def test_without_a_record_nothing_is_said_of_news() -> None:
    assert sent(CLEAN).new_observations is None


def test_a_rejected_file_hands_on_nothing_and_its_bytes_are_not_kept() -> None:
    result = sent(sheet(P1, "stay,P9,2026-04,1,2"), ledger=Record())
    assert (result.loaded_rows, result.new_observations, result.keeps_bytes, result.frame.height) == (0, 0, False, 0)


@pytest.mark.parametrize(
    "number", ["9991234578", "999 123 4578", "999-123-4578", "999.123.4578", "999\u00a0123\u00a04578"]
)
@pytest.mark.parametrize("place", ["comment", "numerator", "header", "above", "place_code"])
def test_a_personal_number_rejects_the_file_and_is_never_repeated(number: str, place: str) -> None:
    assert is_valid_nhs_number("9991234578")
    rows = {
        "comment": sheet(P1 + f",for {number} only", header=HEADER + ",comment"),
        "numerator": sheet(f"stay,P1,2026-04,{number},20"),
        "header": sheet(P1 + ",x", header=HEADER + f",{number}"),
        "above": f"List of {number}\n" + CLEAN,
        "place_code": sheet(f"stay,{number},2026-04,1,2"),
    }
    result = sent(rows[place])
    assert result.verdict is Verdict.REJECTED
    assert found(result, "OUT-701")
    assert not result.keeps_bytes
    told = repr(result.findings)
    assert number not in told
    assert "9991234578" not in told


def test_a_personal_number_in_the_files_name_is_masked() -> None:
    result = sent(CLEAN, file_name="T1_9991234578.csv")
    assert result.verdict is Verdict.REJECTED
    assert "9991234578" not in result.file + repr(result.findings)


@pytest.mark.parametrize("text", ["9991234579", "94.9991234578", "0.9991234578", "99912345781", "1234567890123"])
def test_digits_that_are_no_personal_number_are_no_alarm(text: str) -> None:
    assert masked(text) == text
    assert "OUT-701" not in codes(sent(sheet(P1 + f",{text}", P2 + ",", header=HEADER + ",comment")))


def test_of_each_kind_twenty_are_shown_and_the_rest_counted() -> None:
    rows = [f"stay,P{number},2026-04,1,2" for number in range(100, 150)]
    shown = found(sent(sheet(*rows)), "OUT-205")
    assert [finding.row for finding in shown] == list(range(2, 22))
    assert shown[-1].repeats == 30
    assert "30 more" in shown[-1].text
    assert {finding.repeats for finding in shown[:-1]} == {0}


def test_long_and_invisible_text_is_quoted_short_and_visible() -> None:
    (finding,) = found(sent(sheet("U" * 5000 + "\u202e,P1,2026-04,1,2")), "OUT-201")
    assert finding.value is not None
    assert len(finding.value) <= 60
    assert "U" * 61 not in repr(finding)


def test_errors_come_first_and_findings_are_sorted() -> None:
    result = sent(sheet("stay,p1,2026-04,+1,2", "stay,P9,2026-04,1,2", "stay,P77,2026-04,1,2"))
    severities = [finding.severity.value for finding in result.findings]
    assert severities == sorted(severities)
    rows = [finding.row for finding in result.findings if finding.severity.value == "error"]
    assert rows == [3, 4]


def test_two_checks_of_one_file_say_the_same() -> None:
    text = sheet(*(f"stay,P{n},2026-04,{n},2" for n in range(40)), *(P1 for _ in range(5)))
    assert sent(text).findings == sent(text).findings


def test_a_period_before_the_first_one_kept_is_refused() -> None:
    native = WORLD.layouts["native"].model_copy(update={"first_period_starts": date(2026, 1, 1)})
    result = sent(sheet("stay,P1,2025-12,1,2", P1), partnership=returns_world(layouts={"native": native}))
    assert [(finding.row, finding.column) for finding in found(result, "OUT-303")] == [(2, "period")]


def test_a_partner_may_send_only_the_areas_of_its_supply() -> None:
    partnership = returns_world(indicators=INDICATORS[:1], supplies=(Supply(indicators=("stay",), area_codes=("P1",)),))
    result = sent(CLEAN, partnership=partnership)
    assert [finding.row for finding in found(result, "OUT-208")] == [3]
    assert "OUT-555" not in codes(result)


def test_a_missing_place_is_expected_only_where_it_exists() -> None:
    result = sent(sheet("stay,P1,2022-04,1,2", "stay,P1,2026-04,1,2"))
    assert ["P2" in finding.text or "OLD" in finding.text for finding in found(result, "OUT-555")] == [True, True]
    old, new = found(result, "OUT-555")
    assert "of T1: Oldshire (OLD)." in old.text
    assert "P2" not in old.text
    assert "of T1: Dunmere (P2)." in new.text


def test_a_sum_of_sources_may_be_sent_in_parts() -> None:
    whole: Indicator = indicator("stay", combine=Combine.SUM_OF_SOURCES)
    partnership = returns_world(
        indicators=(whole,), supplies=(Supply(indicators=("stay",), source_codes=("H1", "H2")),)
    )
    header = HEADER + ",source_code"
    result = sent(sheet(P1 + ",H1", P1 + ",H2", header=header), partnership=partnership)
    assert result.frame["source_code"].to_list() == ["H1", "H2"]


def test_the_frame_is_sorted_by_key_and_holds_each_key_once() -> None:
    result = sent(sheet(P2, P1, P1))
    assert result.frame["area_code"].to_list() == ["P1", "P2"]
    assert result.frame["row"].to_list() == [3, 2]
    assert isinstance(result.frame, pl.DataFrame)


def test_a_number_that_would_overflow_is_refused_and_never_cut() -> None:
    header = HEADER + ",sum_of_squares"
    result = sent(sheet("spread,P1,2026-04,1.5,2,100000000000000000", header=header))
    assert [(finding.row, finding.column) for finding in found(result, "OUT-408")] == [(2, "sum_of_squares")]


def test_cells_made_to_cost_time_cost_none() -> None:
    hostile = {
        "OUT-408": sheet(f"stay,P1,2026-04,{'9' * 5000},20"),
        "OUT-402": sheet(f'stay,P1,2026-04,"1{"," * 30_000}x",20'),
        "OUT-302": sheet(f"stay,P1,{'2' * 30_000},10,20"),
        "OUT-013": sheet(f"{P1},0.{'1' * 2_000_000}x", header=HEADER + ",comment"),
    }
    for code, text in hostile.items():
        assert code in codes(sent(text))


def test_hints_are_looked_for_only_as_long_as_they_are_shown() -> None:
    result = sent(sheet(*(f"stay,Castlewick{number:05d},2026-04,1,2" for number in range(3000))))
    shown = found(result, "OUT-205")
    assert (len(shown), shown[-1].repeats) == (20, 2980)


def test_a_misspelt_place_gets_a_hint() -> None:
    (finding,) = found(sent(sheet("stay,castlewick,2026-04,1,2")), "OUT-205")
    assert "its code is P1" in finding.text


def test_a_value_with_any_decimals_is_held_against_what_is_worked_out() -> None:
    rows = ("stay,P1,2026-04,1,3,33.33333333333333333333", "stay,P2,2026-04,1,3,{}")
    right, wrong = (
        sent(sheet(*rows, header=HEADER + ",value").format(value))
        for value in (rows[0].split(",")[-1], "33.4" + "4" * 20)
    )
    assert right.verdict is Verdict.ACCEPTED
    assert right.frame["value"].to_list() == pytest.approx([100 / 3, 100 / 3], rel=1e-15)
    assert codes(wrong) == {"OUT-503"}


def test_a_denominator_below_zero_is_said_once() -> None:
    assert codes(sent(sheet("stay,P1,2026-04,10,-20", "stay,P2,2026-04,11,20"))) == {"OUT-409"}


def test_a_value_that_is_published_ready_made_loses_no_decimals() -> None:
    header = "indicator_id,place_code,period,value"
    result = sent(sheet("printed,P1,2025,5", "printed,P2,2025,33.33333333333333333333", header=header))
    assert codes(result) == {"OUT-407"}


def test_limits_are_an_unknown_column_where_no_figure_is_published_ready_made() -> None:
    counted = returns_world(indicators=[one for one in INDICATORS if one.id in ("stay", "beds")])
    header = HEADER + ",lower_ci_95,upper_ci_95"
    result = sent(sheet("beds,P1,2025/26 Q4,7,,5,9", "beds,P2,2025/26 Q4,3,,x,1", header=header), partnership=counted)
    assert [(one.row, one.column) for one in found(result, "OUT-158")] == [(1, "lower_ci_95"), (1, "upper_ci_95")]
    assert codes(result) == {"OUT-158"}


def test_parts_above_their_whole_give_no_suppressed_part_away() -> None:
    header = "indicator_id,place_code,period,sex,numerator,denominator"
    rows = ("stay,P1,2026-04,Persons,9,20", "stay,P1,2026-04,Male,[c],9", "stay,P1,2026-04,Female,{},11")
    above, fitting = (sent(sheet(*rows, header=header).format(number)) for number in (10, 9))
    assert [(one.row, one.column) for one in found(above, "OUT-561")] == [(2, "numerator"), (4, "numerator")]
    assert (found(above, "OUT-554"), above.verdict) == ((), Verdict.ACCEPTED_WITH_WARNING)
    assert [one.row for one in found(fitting, "OUT-554")] == [3]
    assert found(fitting, "OUT-561") == ()
