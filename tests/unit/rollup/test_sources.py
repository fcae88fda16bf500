"""Several sources of one figure: parts of a sum, or a dispute."""

from datetime import date

import pytest

from outcomes.agreement.model import Agreement
from outcomes.errors import TableError
from outcomes.vocabulary import Qualifier, Reason
from tests.unit.rollup.world import counts_of, indicator, partner, rolled, sent, world

SUM = indicator(combine="sum_of_sources", level="place")
ONE = indicator(level="place")
BOTH = (partner("A", ["checks"]), partner("B", ["checks"]))


def test_sources_of_a_sum_are_added_and_complete_when_all_are_in() -> None:
    found = rolled(world(SUM, partners=BOTH), sent("A", "P1", 1, 10), sent("B", "P1", 2, 20))["P1"]
    assert (found["numerator"], found["denominator"]) == (3, 30)
    assert (found["parts_expected"], found["parts_contributed"], found["coverage"]) == (2, 2, 1.0)
    assert found["qualifiers"] == []
    assert found["partner_codes"] == ["A", "B"]


def test_a_count_of_which_one_source_is_missing_is_partial_and_names_it() -> None:
    count = indicator(statistic="count", combine="sum_of_sources", level="place")
    found = rolled(world(count, partners=BOTH), sent("A", "P1", 7))["P1"]
    assert found["numerator"] == 7
    assert found["qualifiers"] == [Qualifier.PARTIAL]
    assert found["missing_parts"] == ["B"]
    assert (found["parts_expected"], found["parts_contributed"], found["coverage"]) == (2, 1, 0.5)


def test_a_rate_of_which_half_the_sources_are_missing_is_not_given() -> None:
    found = rolled(world(SUM, partners=BOTH), sent("A", "P1", 1, 10))["P1"]
    assert (found["numerator"], found["denominator"]) == (None, None)
    assert (found["reason"], found["detail"]) == (Reason.CANNOT_BE_CALCULATED, "coverage too low")
    assert found["missing_parts"] == ["B"]


def test_a_rate_with_ten_of_eleven_sources_is_given_and_partial() -> None:
    partners = [partner(f"T{number:02d}", ["checks"]) for number in range(11)]
    rows = [sent(f"T{number:02d}", "P1", 1, 10) for number in range(10)]
    found = rolled(world(SUM, partners=partners), *rows)["P1"]
    assert (found["numerator"], found["denominator"]) == (10, 100)
    assert found["coverage"] == 10 / 11
    assert found["qualifiers"] == [Qualifier.PARTIAL]


def test_a_row_without_its_numerator_drops_its_denominator_too() -> None:
    rows = [sent("A", "P1", None, 500, status="not_available"), *(sent(f"T{n}", "P1", 1, 10) for n in range(9))]
    partners = [partner("A", ["checks"]), *(partner(f"T{n}", ["checks"]) for n in range(9))]
    found = rolled(world(SUM, partners=partners), *rows)["P1"]
    assert (found["numerator"], found["denominator"]) == (9, 90)
    assert found["missing_parts"] == ["A"]
    assert "A" not in found["partner_codes"]


def test_a_row_without_its_denominator_drops_its_numerator_too() -> None:
    count = indicator(statistic="ratio", combine="sum_of_sources", level="place")
    partners = [partner(f"T{n}", ["checks"]) for n in range(10)]
    rows = [sent("T0", "P1", 400, None), *(sent(f"T{n}", "P1", 1, 10) for n in range(1, 10))]
    found = rolled(world(count, partners=partners), *rows)["P1"]
    assert (found["numerator"], found["denominator"], found["missing_parts"]) == (9, 90, ["T0"])


def test_a_source_that_was_not_asked_still_counts() -> None:
    found = rolled(world(SUM, partners=BOTH), *(sent(code, "P1", 1, 10) for code in "ABX"))["P1"]
    assert (found["numerator"], found["parts_expected"], found["parts_contributed"]) == (3, 3, 3)


def test_a_source_to_which_it_does_not_apply_is_not_expected() -> None:
    found = rolled(world(SUM, partners=BOTH), sent("A", "P1", 1, 10), sent("B", "P1", None, status="not_applicable"))[
        "P1"
    ]
    assert (found["numerator"], found["parts_expected"], found["parts_contributed"]) == (1, 1, 1)
    assert found["qualifiers"] == []


def test_a_partner_is_not_expected_for_periods_outside_its_dates() -> None:
    gone = partner("B", ["checks"], valid_to=date(2025, 9, 30))
    found = rolled(world(SUM, partners=[BOTH[0], gone]), sent("A", "P1", 1, 10))["P1"]
    assert (found["numerator"], found["parts_expected"]) == (1, 1)


def test_one_partner_may_send_the_figures_of_several_sources() -> None:
    both = [partner("A", ["checks"], sources=("GP1", "GP2"))]
    rows = [sent("A", "P1", 1, 10, source="GP1"), sent("A", "P1", 2, 10, source="GP2")]
    found = rolled(world(SUM, partners=both), *rows)["P1"]
    assert (found["numerator"], found["parts_expected"], found["partner_codes"]) == (3, 2, ["A"])
    alone = rolled(world(SUM, partners=both), rows[0])["P1"]
    assert (alone["parts_expected"], alone["parts_contributed"], alone["missing_parts"]) == (2, 1, ["GP2"])


def test_a_figure_of_another_source_is_not_the_partners_own() -> None:
    found = rolled(world(SUM, partners=[partner("A", ["checks"])]), sent("A", "P1", 1, 10, source="GP9"))["P1"]
    assert (found["parts_expected"], found["parts_contributed"], found["missing_parts"]) == (2, 1, ["A"])


def test_an_agreement_in_force_says_who_is_expected() -> None:
    agreement = Agreement.model_validate(
        {
            "area_code": "P1",
            "version": 1,
            "title": "P1",
            "form": "memorandum_of_understanding",
            "frameworks": ("ours",),
            "parties": ({"partner": "A", "signatory_role": "chair", "signed_on": date(2025, 1, 1)},),
            "effective_from": date(2025, 1, 1),
            "review_by": date(2027, 1, 1),
            "decision": "JC 1",
            "responsibilities": ({"partner": "A", "role": "supplies_data", "indicators": ("checks",)},),
        }
    )
    found = rolled(world(SUM, partners=BOTH, agreements=[agreement]), sent("A", "P1", 1, 10), sent("A", "P2", 1, 10))
    assert found["P1"]["parts_expected"] == 1
    # no agreement covers the other place, so partners.yaml speaks
    assert found["P2"]["missing_parts"] == ["B"]


@pytest.mark.parametrize(
    ("statuses", "reason"),
    [
        (("suppressed", "suppressed"), Reason.CONFIDENTIAL),
        (("not_available", "not_available"), Reason.NOT_AVAILABLE),
        (("not_applicable", "not_applicable"), Reason.NOT_APPLICABLE),
        (("suppressed", "not_applicable"), Reason.CONFIDENTIAL),
        (("suppressed", "not_available"), Reason.MISSING),
        (("suppressed", None), Reason.MISSING),
    ],
)
def test_a_sum_without_any_number_gives_the_reason_that_all_its_sources_give(
    statuses: tuple[str | None, str | None], reason: Reason
) -> None:
    rows = [sent(code, "P1", None, status=status) for code, status in zip("AB", statuses, strict=True)]
    found = rolled(world(SUM, partners=BOTH), *rows)["P1"]
    assert (found["numerator"], found["reason"]) == (None, reason)


def test_a_suppressed_source_beside_a_silent_one_leaves_it_at_missing() -> None:
    found = rolled(world(SUM, partners=BOTH), sent("A", "P1", None, status="suppressed"))["P1"]
    assert (found["reason"], found["missing_parts"]) == (Reason.MISSING, ["A", "B"])


def test_two_sources_of_one_figure_are_disputed_and_the_entitled_one_is_used() -> None:
    partnership = world(ONE, partners=[partner("B", ["checks"])])
    found = rolled(partnership, sent("A", "P1", 1, 10), sent("B", "P1", 2, 20))["P1"]
    assert (found["numerator"], found["denominator"], found["partner_codes"]) == (2, 20, ["B"])
    assert found["qualifiers"] == [Qualifier.DISPUTED]
    assert (found["parts_expected"], found["parts_contributed"]) == (1, 1)


def test_a_dispute_among_equals_goes_by_code_whatever_the_order_of_rows() -> None:
    rows = [sent("B", "P1", 2, 20), sent("A", "P1", 1, 10), sent("A", "P1", 3, 30, source="Z")]
    found = rolled(world(ONE), *rows)
    assert counts_of(found)["P1"] == (1, 10)
    assert counts_of(rolled(world(ONE), *reversed(rows))) == counts_of(found)


def test_a_dispute_is_carried_up_and_counted_once() -> None:
    found = rolled(world(ONE), sent("A", "P1", 1, 10), sent("B", "P1", 2, 20), sent("A", "P2", 5, 50))["S1"]
    assert (found["numerator"], found["denominator"]) == (6, 60)
    assert found["qualifiers"] == [Qualifier.DISPUTED]


def test_two_sources_that_agree_are_no_dispute() -> None:
    found = rolled(world(ONE), sent("A", "P1", 1, 10), sent("B", "P1", 1, 10))["P1"]
    assert (found["numerator"], found["qualifiers"]) == (1, [])


def test_a_number_is_taken_before_a_marker_of_an_equal_source() -> None:
    found = rolled(world(ONE), sent("A", "P1", None, status="not_available"), sent("B", "P1", 2, 20))["P1"]
    assert (found["numerator"], found["partner_codes"], found["qualifiers"]) == (2, ["B"], [])


def test_the_same_key_twice_from_one_partner_is_refused() -> None:
    rows = [sent("A", "P1", 1, 10), sent("A", "P1", 1, 10, source="A")]
    with pytest.raises(TableError, match="two rows of the same partner and source"):
        rolled(world(ONE), *rows)


def test_the_same_key_twice_is_refused_under_different_markers_too() -> None:
    rows = [sent("A", "P1", 1, 10), sent("A", "P1", None, status="suppressed")]
    with pytest.raises(TableError, match="two rows of the same partner and source"):
        rolled(world(SUM), *rows)


def test_qualifiers_of_rows_travel_up_and_unreliability_does_not() -> None:
    rows = [
        sent("A", "P1", 1, 10, value_status="provisional", is_revision=True),
        sent("A", "P2", 1, 10, value_status="low reliability"),
    ]
    found = rolled(world(ONE), *rows)
    assert found["P1"]["qualifiers"] == [Qualifier.PROVISIONAL, Qualifier.REVISED]
    assert found["P2"]["qualifiers"] == [Qualifier.LOW_RELIABILITY]
    assert found["S1"]["qualifiers"] == [Qualifier.PROVISIONAL, Qualifier.REVISED]


@pytest.mark.parametrize("number", [62, 63, 130])
def test_many_sources_are_told_apart(number: int) -> None:
    codes = [f"T{place:03d}" for place in range(number)]
    partners = [partner(code, ["checks"]) for code in codes]
    rows = [sent(code, "P1", 1, 10) for code in codes[:-1]]
    found = rolled(world(SUM, partners=partners), *rows)["P1"]
    assert found["numerator"] == number - 1
    assert found["missing_parts"] == codes[-1:]
    assert found["partner_codes"] == codes[:-1]
