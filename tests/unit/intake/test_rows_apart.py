"""Rows without a figure: what is a note, what repeats the header, and what is a row that went into one cell."""

import pytest

from outcomes.vocabulary import Verdict
from tests.unit.intake.returns_world import HEADER, codes, found, sent, sheet

P1, P2 = "stay,P1,2026-04,10,20", "stay,P2,2026-04,11,20"
WIDE = HEADER + ",sex,comment"


@pytest.mark.parametrize("separator", [";", "\t", "|"])
def test_a_row_of_figures_with_another_separator_is_no_note(separator: str) -> None:
    result = sent(sheet(P1, P2.replace(",", separator)))
    assert result.verdict is Verdict.REJECTED
    assert [finding.row for finding in found(result, "OUT-116")] == [3]


@pytest.mark.parametrize(
    "row",
    [
        '"stay,P2,2026-04,11,20"',
        "stay;P2;2026-04;11;20,,,,",
        '"stay,""P2"",2026-04,""11"",20"',
        "stay;P2;2026-04;[c];[c]",
        "unheard;P2;2026-04;11;20",
        '"stay,P2,2026-04,11,20",,,,,,as agreed',
    ],
)
def test_a_row_of_figures_in_one_cell_is_no_note(row: str) -> None:
    result = sent(sheet(P1 + ",,", row, header=WIDE))
    assert [finding.row for finding in found(result, "OUT-116")] == [3]


def test_rows_with_commas_in_a_file_of_semicolons_are_no_notes() -> None:
    result = sent(sheet(P1).replace(",", ";") + P2 + "\n")
    assert [finding.row for finding in found(result, "OUT-116")] == [3]


def test_where_every_row_is_in_one_cell_only_that_is_said() -> None:
    assert codes(sent(sheet(P1.replace(",", ";"), P2.replace(",", ";")))) == {"OUT-116"}


@pytest.mark.parametrize(
    "note",
    [
        '"Source: our data warehouse, April 2026, final"',
        "stay; visits; beds: see the other sheet",
        "Key: *; c; x; z",
        '"Sent by A. Smith, Ward 7, 01904 555 123"',
        "Contact; phone; 2026; see below",
        '"Queries: ring Anne, Monday to Friday, 9 to 5, 02079460000"',
        '"BI team, York, YO1 7HH, 2025"',
        '"Notes: see report, page 3, 2024, 5, 6"',
        '"stay stands for discharge, to home, from 2024, 4"',
        '"Required columns are: indicator_id, place_code, period, numerator, denominator"',
        '"Data: PAS, extract of 1 May 2024, run 2, 3"',
    ],
)
def test_a_note_of_several_parts_stays_a_note(note: str) -> None:
    result = sent(sheet(P1, P2, note))
    assert codes(result) == {"OUT-154"}
    assert result.verdict is Verdict.ACCEPTED_WITH_WARNING


@pytest.mark.parametrize(
    "repeat",
    [
        WIDE.replace(",", " ,"),
        "\ufeff" + WIDE,
        HEADER,
        HEADER.replace("_", " ").title() + ",,",
        WIDE.replace(",", ";"),
    ],
)
def test_a_header_once_more_is_skipped_however_it_is_written(repeat: str) -> None:
    result = sent(sheet(P1 + ",,", repeat, P2 + ",,", header=WIDE))
    assert codes(result) == {"OUT-155"}
    assert [finding.row for finding in found(result, "OUT-155")] == [3]
    assert result.loaded_rows == 2


def test_our_names_under_a_header_in_friendly_words_are_the_header_once_more() -> None:
    result = sent(sheet(HEADER, P1, P2, header="Indicator ID,Place code,Period,Numerator,Denominator"))
    assert codes(result) == {"OUT-155", "OUT-160"}


@pytest.mark.parametrize(
    "other",
    ["place_code,indicator_id,period,numerator,denominator", "indicator_id,place_code,period,denominator,numerator"],
)
def test_a_header_in_another_order_is_another_header(other: str) -> None:
    result = sent(sheet(P1, other, P2))
    assert [finding.row for finding in found(result, "OUT-114")] == [3]
    assert result.verdict is Verdict.REJECTED


def test_a_leaner_header_at_the_very_end_may_be_a_row_that_was_cut_off() -> None:
    result = sent(sheet(P1 + ",,", P2 + ",,", header=WIDE) + HEADER)
    assert "OUT-108" in codes(result)
