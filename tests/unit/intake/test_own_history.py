"""What is held against the sender's own earlier figures, and against another's: plausible, copied, misplaced."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final

import polars as pl
import pytest

from outcomes.finding import Finding
from outcomes.intake.model import CheckResult
from outcomes.partnership.layout import Layout, PlausibleChange
from outcomes.partnership.model import Partner, Partnership, Supply
from outcomes.vocabulary import PartnerType, Verdict
from tests.unit.intake.returns_world import (
    INDICATORS,
    WORLD,
    Record,
    codes,
    found,
    indicator,
    returns_world,
    sent,
    sheet,
)

MONTHS: Final = [f"{2025 + at // 12}-{at % 12 + 1:02}" for at in range(15)]
NEXT: Final = "2026-04"
STAY: Final = [(181 + at % 5, 200 + at % 3) for at in range(15)]
VISITS: Final = [(51 + at % 7, 2000 + at) for at in range(15)]


def record_of(
    figures: Mapping[str, Sequence[tuple[int, int]]], *, partnership: Partnership = WORLD, place: str = "P1"
) -> Record:
    """Return a record in which a partner sent a figure of each indicator a month."""
    rows = [
        f"{name},{place},{MONTHS[at]},{numerator},{denominator}"
        for name, given in figures.items()
        for at, (numerator, denominator) in enumerate(given)
    ]
    record = Record()
    record.keep(sent(sheet(*rows), partnership=partnership, ledger=record))
    return record


RECORD: Final = record_of({"stay": STAY, "visits": VISITS})


def jumps(*rows: str, record: Record = RECORD, partnership: Partnership = WORLD) -> tuple[Finding, ...]:
    return found(sent(sheet(*rows), ledger=record, partnership=partnership), "OUT-654")


def test_a_digit_too_few_is_named_with_what_is_usual() -> None:
    (finding,) = jumps(f"stay,P1,{NEXT},18,200")
    assert (finding.row, finding.column, finding.value) == (2, "numerator", "18")
    assert "15 earlier figures, from 181 to 185, the middle one 183" in finding.text
    assert "about 10 times less than usual: perhaps one digit too few" in finding.text


def test_thousands_are_named_as_three_digits() -> None:
    (finding,) = jumps(f"visits,P1,{NEXT},54,2000000")
    assert finding.column == "denominator"
    assert "about 1,000 times the usual: perhaps 3 digits too many" in finding.text


def test_swapped_numbers_are_named_as_swapped() -> None:
    findings = jumps(f"visits,P1,{NEXT},2014,53")
    assert [finding.column for finding in findings] == ["denominator", "numerator"]
    assert all("swapped" in finding.text for finding in findings)


def test_a_number_above_its_whole_is_one_finding_that_says_what_is_usual() -> None:
    result = sent(sheet(f"stay,P1,{NEXT},1830,200", f"visits,P1,{NEXT},540,2015"), ledger=RECORD)
    above = found(result, "OUT-501")[0]
    assert (above.row, above.column) == (2, "numerator")
    assert above.text == (
        "The numerator 1830 is above the denominator 200 in E2; of a proportion the numerator is a part. The numerator "
        "1,830 is out of line with what was sent before: 15 earlier figures, from 181 to 185, the middle one 183. "
        "It is about 10 times the usual: perhaps one digit too many, or another unit."
    )
    # what is only unusual is said as before
    assert [finding.row for finding in found(result, "OUT-654")] == [3]


def test_where_the_whole_is_out_of_line_the_finding_says_so_and_swapped_numbers_are_said_once() -> None:
    (above,) = found(sent(sheet(f"stay,P1,{NEXT},183,20"), ledger=RECORD), "OUT-501")
    assert "The denominator 20 is out of line with what was sent before: 15 earlier figures" in above.text
    assert "perhaps one digit too few" in above.text
    few = record_of({"stay": [(21 + at % 3, 2000 + at) for at in range(15)]})
    result = sent(sheet(f"stay,P1,{NEXT},2003,22"), ledger=few)
    (above,) = found(result, "OUT-501")
    assert above.text.count("look as if they were swapped") == 1
    assert "OUT-654" not in codes(result)
    # without a record, and where both are as they always were, there is nothing to add
    (above,) = found(sent(sheet(f"stay,P1,{NEXT},183,20")), "OUT-501")
    assert above.text.endswith("of a proportion the numerator is a part.")


def test_of_two_numbers_that_are_each_in_line_the_share_may_not_be() -> None:
    (finding,) = jumps(f"stay,P1,{NEXT},125,200")
    assert "The share of 62.4% (125 of 200)" in finding.text


def test_a_nought_is_said_to_need_a_marker_where_it_only_means_unknown() -> None:
    (finding,) = jumps(f"visits,P1,{NEXT},0,2015")
    assert "a marker such as [x]" in finding.text


@pytest.mark.parametrize("row", [f"stay,P1,{NEXT},180,200", f"stay,P1,{NEXT},150,170", f"visits,P1,{NEXT},70,2100"])
def test_an_ordinary_change_is_not_named(row: str) -> None:
    assert jumps(row) == ()


def test_it_is_a_warning_and_the_figure_is_read() -> None:
    result = sent(sheet(f"stay,P1,{NEXT},18,200"), ledger=RECORD)
    assert result.verdict is Verdict.ACCEPTED_WITH_WARNING
    assert result.frame["numerator"].to_list() == [18]


def test_of_few_earlier_figures_nothing_is_said() -> None:
    assert jumps(f"stay,P1,{NEXT},18,200", record=record_of({"stay": STAY[:5]})) == ()
    assert jumps(f"stay,P1,{NEXT},18,200", record=record_of({"stay": STAY[:6]})) != ()


def test_figures_of_another_place_or_group_are_no_history() -> None:
    assert jumps(f"stay,P2,{NEXT},18,20") == ()
    header = "indicator_id,place_code,period,sex,numerator,denominator"
    assert "OUT-654" not in codes(sent(sheet(f"stay,P1,{NEXT},Male,18,20", header=header), ledger=RECORD))


def test_earlier_figures_of_the_same_file_count_too() -> None:
    rows = [f"visits,P2,{month},{51 + at % 7},{2000 + at}" for at, month in enumerate(MONTHS)]
    record = Record()
    record.keep(sent(sheet(rows[0]), ledger=record))
    assert [finding.row for finding in jumps(*rows[1:], f"visits,P2,{NEXT},540,2015", record=record)] == [16]


def test_a_figure_sent_again_unchanged_is_not_named_again() -> None:
    record = record_of({"stay": STAY})
    record.keep(sent(sheet(f"stay,P1,{NEXT},18,200"), ledger=record))
    assert jumps(f"stay,P1,{NEXT},18,200", "stay,P1,2026-05,182,200", record=record) == ()


def test_a_correction_is_held_against_the_others_and_not_against_what_it_corrects() -> None:
    record = record_of({"visits": VISITS})
    assert [finding.row for finding in jumps("visits,P1,2026-03,530,2014", record=record)] == [2]


def test_a_period_that_is_not_over_may_be_far_below() -> None:
    assert jumps("stay,P1,2026-11,18,20") == ()


def test_numbers_that_may_be_negative_are_not_held() -> None:
    quarters = [f"{2020 + at // 4}/{21 + at // 4} Q{at % 4 + 1}" for at in range(12)]
    record = Record()
    record.keep(sent(sheet(*(f"beds,P1,{quarter},{100 + at}," for at, quarter in enumerate(quarters))), ledger=record))
    assert jumps("beds,P1,2025/26 Q4,5000,", record=record) == ()


def test_a_published_value_is_held_by_itself() -> None:
    header = "indicator_id,place_code,period,value"
    record = Record()
    years = [f"printed,P1,{year},{12 + year % 3 / 10}" for year in range(2010, 2025)]
    record.keep(sent(sheet(*years, header=header), ledger=record))
    assert "OUT-654" not in codes(sent(sheet("printed,P1,2025,12.4", header=header), ledger=record))
    (finding,) = found(sent(sheet("printed,P1,2025,0.124", header=header), ledger=record), "OUT-654")
    assert finding.column == "value"
    assert "about 100 times less" in finding.text


def test_the_limits_are_data_of_the_layout() -> None:
    def world(**change: object) -> Partnership:
        plain = Layout(id="native", title="The long form", plausible_change=PlausibleChange(**change))
        return returns_world(layouts={"native": plain})

    row = f"visits,P1,{NEXT},70,2015"
    assert jumps(row, partnership=world()) == ()
    assert jumps(row, partnership=world(times=1.1, chance_deviations=1.0, own_deviations=1.0)) != ()
    slip = f"visits,P1,{NEXT},530,2015"
    assert jumps(slip, partnership=world(not_for=("visits",))) == ()
    assert jumps(slip, partnership=world(earlier_figures=16)) == ()


def copied(*rows: str, record: Record = RECORD) -> list[str]:
    return [finding.text for finding in found(sent(sheet(*rows), ledger=record), "OUT-655")]


LAST: Final = (STAY[-1], VISITS[-1])


def test_last_months_figures_under_this_months_date_are_named() -> None:
    (text,) = copied(f"stay,P1,{NEXT},{LAST[0][0]},{LAST[0][1]}", f"visits,P1,{NEXT},{LAST[1][0]},{LAST[1][1]}")
    assert text.startswith("The 2 new figures of 2026-04 (stay, visits) are all the same as those of 2026-03.")


def test_one_figure_that_differs_is_enough_to_be_another_sheet() -> None:
    assert copied(f"stay,P1,{NEXT},{LAST[0][0]},{LAST[0][1]}", f"visits,P1,{NEXT},{LAST[1][0] + 1},{LAST[1][1]}") == []


def test_small_numbers_that_are_the_same_again_are_no_news() -> None:
    record = record_of({"stay": [(3 + at % 3, 9 + at % 4) for at in range(15)]})
    assert copied(f"stay,P1,{NEXT},5,11", record=record) == []


def test_numbers_that_hardly_ever_change_are_no_news() -> None:
    record = record_of({"visits": [(51234, 2000000) for _ in range(15)]})
    assert copied(f"visits,P1,{NEXT},51234,2000000", record=record) == []


def test_a_part_that_was_copied_is_named_by_its_indicator() -> None:
    record = record_of({"stay": [(51_000 + 7 * at, 90_000 + at) for at in range(15)], "visits": VISITS})
    rows = (f"stay,P1,{NEXT},51098,90014", f"visits,P1,{NEXT},57,2015")
    (text,) = copied(*rows, record=record)
    assert text.startswith("The new figure of 2026-04 (stay) is the same as that of 2026-03.")


def partners_world(**other: object) -> Partnership:
    """Return the world with a second partner for the same places, or what the terms make of it."""
    world = returns_world(indicators=INDICATORS[:2], file_pattern="T1_*")
    given = {
        "code": "T2", "name": "Trust Two", "type": PartnerType.NHS_TRUST, "footprint": ("P1", "P2"),
        "supplies": (Supply(indicators=("stay", "visits")),), "file_pattern": "T2_*",
    }  # fmt: skip
    second = Partner(**{**given, **other})
    return Partnership(
        description=world.description, frameworks=world.frameworks, areas=world.areas, footprints=world.footprints,
        partners=(world.partner("T1"), second), layouts=world.layouts,
    )  # fmt: skip


BOTH: Final = sheet(f"stay,P1,{NEXT},181,200", f"visits,P1,{NEXT},5134,20000")


def after_the_other(text: str, partnership: Partnership) -> CheckResult:
    record = Record()
    record.keep(sent(BOTH, partnership=partnership, partner="T2", ledger=record, file_name="T2_a.csv"))
    return sent(text, partnership=partnership, ledger=record)


def test_the_figures_of_another_partner_are_known_again() -> None:
    (finding,) = found(after_the_other(BOTH, partners_world()), "OUT-656")
    assert finding.text.startswith(
        "The 2 numbers of this file are all those that T2 sent for the same places and periods."
    )


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        (BOTH.replace("5134", "5135"), {}),
        (BOTH + f"stay,P2,{NEXT},17,30\n", {}),
        (sheet(f"stay,P1,{NEXT},181,200"), {}),
        (BOTH, {"type": PartnerType.PUBLISHER}),
    ],
    ids=["one differs", "one is new", "one alone may be chance", "a publisher repeats them"],
)
def test_figures_that_are_the_same_by_chance_or_by_right_are_not(text: str, terms: dict[str, object]) -> None:
    assert "OUT-656" not in codes(after_the_other(text, partners_world(**terms)))


def test_a_file_about_what_another_partner_supplies_is_named_for_whose_it_is() -> None:
    result = sent(sheet("elsewhere,P9,2026-04,1,2", "elsewhere,P9,2026-05,1,2"))
    (finding,) = found(result, "OUT-020")
    assert (
        "None of the 2 rows is about an indicator and a place that T1 supplies; all are about what C2" in finding.text
    )
    assert {finding.row for finding in found(result, "OUT-204")} == {2, 3}


@pytest.mark.parametrize("row", ["stay,P1,2026-04,1,2", "nothing,P9,2026-04,1,2", "stay,P9,2026-04,1,2"])
def test_a_file_with_anything_of_its_own_or_of_nobody_is_not_anothers(row: str) -> None:
    assert "OUT-020" not in codes(sent(sheet("elsewhere,P9,2026-04,1,2", row)) if "P1" in row else sent(sheet(row)))


@pytest.mark.parametrize(
    ("name", "is_said"), [("C2_april.csv", True), ("T1_april.csv", False), ("april.csv", False), ("c2_APRIL.csv", True)]
)
def test_a_name_like_anothers_is_said(name: str, is_said: bool) -> None:
    assert ("OUT-056" in codes(sent(BOTH, file_name=name))) == is_said


def area_differences(*rows: str, **terms: object) -> tuple[Finding, ...]:
    local = indicator("local", level="neighbourhood", breakdowns=())
    world = returns_world(
        indicators=(local,), type=PartnerType.PUBLISHER, footprint=("P1", "0101", "1E03"),
        supplies=(Supply(indicators=("local",)),),
    )  # fmt: skip
    return found(sent(sheet(*rows), partnership=world), "OUT-559")


def test_areas_that_do_not_add_up_to_a_whole_in_the_same_file_are_said() -> None:
    parts = ("local,0101,2026-04,10,20", "local,1E03,2026-04,11,20")
    (finding,) = area_differences(*parts, "local,P1,2026-04,22,40")
    assert (finding.row, finding.column) == (4, "numerator")
    assert "its 2 areas in this file add up to 21" in finding.text
    assert area_differences(*parts, "local,P1,2026-04,21,40") == ()
    # with a part missing or hidden nothing can be said
    assert area_differences(parts[0], "local,P1,2026-04,22,40") == ()
    assert area_differences(parts[0], "local,1E03,2026-04,[c],20", "local,P1,2026-04,22,40") == ()


def test_each_sentence_on_rules_beyond_the_cells_has_its_rule() -> None:
    """Lower ≤ value ≤ upper; value and its numbers; parts; rhythm and future; existence; entitlement; completeness."""
    header = "indicator_id,place_code,period,value,lower_ci_95,upper_ci_95"
    assert "OUT-504" in codes(sent(sheet("printed,P1,2025,5,6,7", header=header)))
    assert "OUT-503" in codes(
        sent(sheet("stay,P1,2026-04,10,20,52", header="indicator_id,place_code,period,numerator,denominator,value"))
    )
    sexed = "indicator_id,place_code,period,sex,numerator,denominator"
    assert "OUT-506" in codes(sent(sheet("stay,P1,2026-04,,9,20", "stay,P1,2026-04,Male,10,12", header=sexed)))
    for row, code in {
        "stay,P1,2026/27 Q1,10,20": "OUT-302",
        "stay,P1,2026-12,10,20": "OUT-304",
        "stay,P2,2023-03,10,20": "OUT-207",
        "elsewhere,P1,2026-04,10,20": "OUT-204",
        "stay,P9,2026-04,10,20": "OUT-208",
        "stay,P1,2026-04,10,20": "OUT-555",
    }.items():
        assert code in codes(sent(sheet(row)))


def test_what_is_missing_from_a_file_and_on_record_is_not_called_missing_from_the_scorecard() -> None:
    three = returns_world(footprint=("P1", "P2", "P9"))
    record = Record()
    for rows, said, how in (
        (("stay,P1,2026-04,10,20",), "Dunmere (P2), Farland (P9).", "Send them when they are known; what comes in no"),
        (("stay,P2,2026-04,[x],20",), "already, from what you sent before: Castlewick (P1).", "Send the other when"),
        (("stay,P9,2026-04,7,20",), "All of them are on record already, from what you sent before,", "Nothing needs"),
        (
            ("stay,P9,2026-04,7,20", "stay,P1,2026-04,10,20"),
            "It is on record already, from what you sent before, and stays there.",
            "Nothing needs doing, unless it has changed.",
        ),
    ):
        result = sent(sheet(*rows), partnership=three, ledger=record)
        (finding,) = found(result, "OUT-555")
        assert said in finding.text, finding.text
        assert finding.fix.startswith(how)
        assert result.verdict is Verdict.ACCEPTED_WITH_WARNING
        record.keep(result)
    # a record that is not asked says nothing, and the words are true all the same
    (finding,) = found(sent(sheet("stay,P9,2026-04,7,20"), partnership=three), "OUT-555")
    assert "shown as missing" in finding.fix and "On record" not in finding.text


def test_the_value_agrees_within_its_own_rounding_and_no_further() -> None:
    header = "indicator_id,place_code,period,numerator,denominator,value"
    for value, agrees in {"33": True, "33.3": True, "33.33": True, "34": True, "33.5": False, "35": False}.items():
        result = sent(sheet(f"stay,P1,2026-04,10,30,{value}", header=header))
        assert ("OUT-503" not in codes(result)) == agrees, value


def test_a_record_without_this_sender_says_nothing_of_history() -> None:
    other = Record(RECORD.frame.with_columns(pl.lit("C2").alias("partner_code")))
    assert jumps(f"stay,P1,{NEXT},18,200", record=other) == ()
    assert date(2026, 4, 1) not in other.frame["period_start"].to_list()
