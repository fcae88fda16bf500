"""Every rule on single rows and on the shape of text is broken by a small sheet, named at the right row and column."""

from dataclasses import dataclass

import pytest

from outcomes.intake.rules import RULES
from outcomes.vocabulary import Severity, Verdict
from tests.unit.intake.returns_world import HEADER, codes, found, sent, sheet

SEXED = "indicator_id,place_code,period,sex,numerator,denominator"
VALUED = HEADER + ",value"
PRINTED = "indicator_id,place_code,period,value,lower_ci_95,upper_ci_95"
NAMED = "indicator_id,place_code,place_name,period,numerator,denominator"
P2_NAMED = "stay,P2,Dunmere,2026-04,11,20"
P1, P2 = "stay,P1,2026-04,10,20", "stay,P2,2026-04,11,20"


@dataclass(frozen=True)
class Case:
    """A sheet that breaks a rule: its code, where it is to be named, and the sheet."""

    code: str
    where: tuple[int | None, str | None]
    text: str | bytes


def case(code: str, row: int | None, column: str | None, *rows: str, header: str = HEADER) -> Case:
    return Case(code, (row, column), sheet(*rows, header=header))


CASES = (
    Case("OUT-001", (None, None), ""),
    Case("OUT-003", (None, None), b"%PDF-1.7 something"),
    Case("OUT-003", (None, None), "<!DOCTYPE html><p>Sign in</p>"),
    Case("OUT-004", (None, None), b"indicator_id,place_code,period\x00,numerator\n"),
    Case("OUT-005", (None, None), bytes.fromhex("D0CF11E0A1B11AE1") + b"x" * 600),
    Case("OUT-007", (None, None), b"PK\x03\x04 not a zip archive at all"),
    Case("OUT-008", (None, None), b"PAR1 cut off"),
    Case("OUT-009", (None, None), b"\xff\xfea\xd8\x00\xdcb"),
    Case("OUT-010", (3, None), sheet(P1) + 'stay,P2,2026-04,"11,20\n'),
    Case("OUT-012", (1, None), ",".join(["x"] * 300) + "\n"),
    case("OUT-013", 2, "comment", P1 + "," + "x" * 40_000, header=HEADER + ",comment"),
    Case("OUT-051", (None, None), sheet(P1, P2).encode("utf-16")),
    Case("OUT-052", (3, "comment"), sheet(P1 + ",a", P2 + ",£5", header=HEADER + ",comment").encode("cp1252")),
    Case("OUT-053", (None, None), sheet(P1, P2).replace("\n", "\r")),
    Case("OUT-054", (None, None), sheet(P1, P2).replace(",", ";")),
    Case("OUT-054", (None, None), sheet(P1, P2).replace(",", "|")),
    case("OUT-101", None, None, "stay,P1,10,11", header="indicator_id,place_code,Apr-26,May-26"),
    case("OUT-102", 1, "period", "stay,P1,10,20", header="indicator_id,place_code,numerator,denominator"),
    case("OUT-102", 1, "numerator", "stay,P1,2026-04,20", header="indicator_id,place_code,period,denominator"),
    case("OUT-103", 1, "numerator", P1 + ",5", header=HEADER + ",Numerator"),
    Case("OUT-104", (None, None), HEADER + "\n"),
    case("OUT-106", 3, None, P1, P2 + ",7"),
    case("OUT-107", 3, "numerator", P1, "stay,P2,2026-04"),
    Case("OUT-108", (3, None), sheet(P1 + ",", header=HEADER + ",comment") + P2),
    Case("OUT-151", (1, None), "Our return\n" + sheet(P1, P2)),
    case("OUT-116", 4, None, P1, P2, "stay;P2;2026-05;12;20"),
    case("OUT-152", 3, None, P1, ",,,,", P2),
    case("OUT-153", None, None, P1 + ",", P2 + ",", header=HEADER + ","),
    case("OUT-154", 4, None, P1, P2, "Source: warehouse,,,,"),
    case("OUT-155", 3, None, P1, HEADER, P2),
    case("OUT-156", 2, None, P1, P2 + ",", header=HEADER + ",comment"),
    case("OUT-157", None, None, P1 + ",,", P2 + ",,"),
    case("OUT-158", 1, "local_ref", P1 + ",a", P2 + ",b", header=HEADER + ",local_ref"),
    case("OUT-159", 1, None, P1 + ",a", P2 + ",b", header=HEADER + ","),
    case("OUT-160", 1, "place_code", P1, P2, header=HEADER.replace("place_code", "Place Code")),
    case("OUT-201", 2, "indicator_id", "nothing,P1,2026-04,10,20"),
    case("OUT-202", 2, "indicator_id", "shared-name,P1,2026-04,10,20"),
    case("OUT-203", 3, "indicator_id", P1, ",P2,2026-04,11,20"),
    case("OUT-204", 3, "indicator_id", P1, "elsewhere,P1,2026-04,11,20"),
    case("OUT-205", 3, "place_code", P1, "stay,P77,2026-04,11,20"),
    case("OUT-206", 3, "place_code", P1, "stay,,2026-04,11,20"),
    case("OUT-207", 2, "place_code", "stay,OLD,2026-04,10,20"),
    case("OUT-207", 2, "place_code", "stay,P2,2023-03,10,20"),
    case("OUT-208", 2, "place_code", "stay,P9,2026-04,10,20"),
    case("OUT-209", 2, "place_code", "stay,0101,2026-04,10,20"),
    case("OUT-210", 4, "place_code", P1, P2, "stay,Total,2026-04,21,40"),
    case(
        "OUT-211", 2, "source_code", "spread,P1,2026-04,10.5,20,Z9", header=HEADER + ",source_code"
    ),
    case("OUT-212", 2, "period", "ended,P1,2026-04,10,20"),
    case("OUT-213", 2, "value_status", "spread,P1,2026-04,10.5,20,fine", header=HEADER + ",value_status"),
    case("OUT-221", 2, "sex", "stay,P1,2026-04,Men,10,20", header=SEXED),
    case("OUT-222", 2, "sex", "yearly,P1,2025/26,Male,10,20", header=SEXED),
    case("OUT-251", 2, "place_code", "stay,p1,2026-04,10,20", P2),
    case("OUT-251", 2, "indicator_id", "STAY,P1,2026-04,10,20", P2),
    case("OUT-252", 2, "indicator_id", "2D(1),P1,2026-04,10,20", P2),
    case("OUT-253", 2, "sex", "stay,P1,2026-04,p,10,20", header=SEXED),
    case("OUT-254", 2, "sex", "stay,P1,2026-04,N/A,10,20", header=SEXED),
    case("OUT-254", 2, "value", P1 + ",n/a", P2 + ",", header=VALUED),
    case("OUT-254", 2, "denominator", "beds,P1,2025/26 Q4,7,-"),
    case("OUT-301", 2, "period", "stay,P1,,10,20"),
    case("OUT-302", 2, "period", "stay,P1,2026/27,10,20"),
    case("OUT-304", 2, "period", "stay,P1,2026-12,10,20"),
    case("OUT-351", 2, "period", "stay,P1,Apr-26,10,20"),
    case("OUT-352", 2, "period", "stay,P1,2026-11,10,20"),
    case("OUT-401", 2, "numerator", "stay,P1,2026-04,,20"),
    case("OUT-401", 2, "denominator", "stay,P1,2026-04,10,"),
    case("OUT-401", 2, "value", "printed,P1,2025,,,", "printed,P2,2025,1,,", header=PRINTED),
    case("OUT-402", 2, "numerator", "stay,P1,2026-04,ten,20"),
    case("OUT-403", 2, "numerator", "stay,P1,2026-04,1E+01,20"),
    case("OUT-404", 2, "numerator", "stay,P1,2026-04,inf,20"),
    case("OUT-405", 2, "numerator", 'half,P1,2026-04,"10,5",20'),
    Case("OUT-405", (2, "numerator"), HEADER.replace(",", ";") + "\nhalf;P1;2026-04;1,050;20\n"),
    case("OUT-406", 2, "numerator", "stay,P1,2026-04,10.5,20"),
    case("OUT-407", 2, "numerator", "half,P1,2026-04,10.25,20"),
    case("OUT-408", 2, "numerator", "visits,P1,2026-04,9223372036854775808,20"),
    case("OUT-408", 2, "numerator", "visits,P1,2026-04,1000000001,20"),
    case("OUT-409", 2, "numerator", "stay,P1,2026-04,-1,20"),
    case("OUT-409", 2, "denominator", "visits,P1,2026-04,1,-20"),
    case("OUT-410", 2, "numerator", "stay,P1,2026-04,50%,20"),
    case("OUT-410", 2, "value", "visits,P1,2026-04,1,20,50%", header=VALUED),
    case("OUT-414", 2, "numerator", "stay,P1,2026-04,-,20"),
    case("OUT-451", 2, "denominator", 'stay,P1,2026-04,10,"1,050"'),
    case("OUT-452", 2, "numerator", "stay,P1,2026-04,10.0,20"),
    case("OUT-453", 2, "numerator", "stay,P1,2026-04,+10,20"),
    case("OUT-454", 2, "numerator", "beds,P1,2025/26 Q4,−7,"),
    case("OUT-455", 2, "numerator", "stay,P1,2026-04, 10,20"),
    case("OUT-456", 2, "numerator", "stay,P1,2026-04,010,20"),
    case("OUT-457", 2, "value", P1 + ",50%", P2 + ",", header=VALUED),
    case("OUT-458", 2, "numerator", "stay,P1,2026-04,[c],20"),
    case("OUT-259", 2, "place_code", "stay,P1,Dunmere,2026-04,10,20", P2_NAMED, header=NAMED),
    case("OUT-459", 2, "denominator", "beds,P1,2025/26 Q4,7,20"),
    case("OUT-459", 2, "denominator", "births,P1,2026-04,7,20"),
    case("OUT-462", 2, "upper_ci_95", "stay,P1,2026-04,10,20,7", P2 + ",", header=HEADER + ",upper_ci_95"),
    case("OUT-462", 2, "sum_of_squares", "stay,P1,2026-04,10,20,wide", P2 + ",-", header=HEADER + ",sum_of_squares"),
    case("OUT-407", 2, "value", "stay,P1,2026-04,10,20,50." + "0" * 18 + "1%", P2 + ",", header=HEADER + ",value"),
    case("OUT-501", 2, "numerator", "stay,P1,2026-04,21,20"),
    case("OUT-502", 2, "denominator", "visits,P1,2026-04,1,0"),
    case("OUT-503", 2, "value", P1 + ",52", P2 + ",", header=VALUED),
    case("OUT-504", 2, "value", "printed,P1,2025,5,6,7", "printed,P2,2025,5,4,7", header=PRINTED),
    case("OUT-505", 3, None, P1, "stay,P1,2026-04,12,20"),
    case("OUT-506", 3, "numerator", "stay,P1,2026-04,Persons,9,20", "stay,P1,2026-04,Male,10,12", header=SEXED),
    case("OUT-507", 2, "lower_ci_95", "printed,P1,2025,5,,7", "printed,P2,2025,5,4,7", header=PRINTED),
    case("OUT-551", 2, "denominator", "stay,P1,2026-04,0,0"),
    case("OUT-560", 4, "comment", P1 + ",", P2 + ",", P1 + ",a", header=HEADER + ",comment"),
    case("OUT-552", 3, None, P1, P1, P2),
    case(
        "OUT-553", 2, "denominator", "stay,P1,2026-04,Persons,9,20", "stay,P1,2026-04,Male,5,9",
        "stay,P1,2026-04,Female,4,9", header=SEXED,
    ),
    case(
        "OUT-561", 4, "numerator", "stay,P1,2026-04,Persons,9,20", "stay,P1,2026-04,Male,*,9",
        "stay,P1,2026-04,Female,10,11", header=SEXED,
    ),
    case("OUT-554", 2, "numerator", "stay,P1,2026-04,*,20,25", P2 + ",", header=VALUED),
    case("OUT-555", None, None, P1),
    case("OUT-701", 3, "comment", P1 + ",", P2 + ",999 123 4578", header=HEADER + ",comment"),
    case("OUT-751", 3, "comment", P1 + ",", P2 + ",=1+1", header=HEADER + ",comment"),
)  # fmt: skip

# these need a workbook, Parquet, a layout, a record or a name: each has a test of its own
ELSEWHERE = {
    "OUT-002", "OUT-006", "OUT-011", "OUT-014", "OUT-015", "OUT-016", "OUT-017", "OUT-018", "OUT-019", "OUT-055",
    "OUT-105", "OUT-109", "OUT-110", "OUT-111", "OUT-169",
    "OUT-112", "OUT-113", "OUT-114", "OUT-115", "OUT-161", "OUT-162", "OUT-163", "OUT-164", "OUT-165", "OUT-166",
    "OUT-167", "OUT-168", "OUT-255", "OUT-256", "OUT-257", "OUT-258", "OUT-260", "OUT-303", "OUT-305", "OUT-306",
    "OUT-353", "OUT-354",
    "OUT-411", "OUT-412", "OUT-413", "OUT-460", "OUT-461", "OUT-508", "OUT-509", "OUT-556", "OUT-557", "OUT-558",
    "OUT-020", "OUT-056", "OUT-559",
    "OUT-651", "OUT-652", "OUT-653", "OUT-654", "OUT-655", "OUT-656", "OUT-658", "OUT-601", "OUT-602",
}  # fmt: skip


@pytest.mark.parametrize("one", CASES, ids=lambda one: f"{one.code}-{one.where[1] or one.where[0] or 'file'}")
def test_a_rule_is_broken_and_named_where_it_is_broken(one: Case) -> None:
    result = sent(one.text)
    assert one.where in {(finding.row, finding.column) for finding in found(result, one.code)}, result.findings
    is_error = RULES[one.code].severity is Severity.ERROR
    assert (result.verdict is Verdict.REJECTED) == is_error, result.findings


@pytest.mark.parametrize("one", CASES, ids=lambda one: f"{one.code}-{one.where[1] or one.where[0] or 'file'}")
def test_every_finding_is_a_full_sentence_with_no_gap_left(one: Case) -> None:
    for finding in sent(one.text).findings:
        assert finding.text[0].isupper() or finding.text[0] in "“0123456789" or finding.text.split(",")[0].isalnum()
        assert finding.text.rstrip().endswith((".", "?")), finding.text
        assert finding.fix
        assert "{" not in finding.text + finding.fix
        assert "“”" not in finding.text
        assert "  " not in finding.text


def test_every_rule_has_a_case() -> None:
    assert {one.code for one in CASES} | ELSEWHERE == set(RULES)
    assert {one.code for one in CASES} & ELSEWHERE == set()


def test_a_clean_sheet_breaks_no_rule() -> None:
    assert codes(sent(sheet(P1, P2))) == set()


def test_codes_and_names_are_unique_and_grouped_by_their_first_digit() -> None:
    assert len({rule.name for rule in RULES.values()}) == len(RULES)
    # from 50 on within a group, a rule only warns
    for code, rule in RULES.items():
        assert (int(code[-2:]) >= 50) == (rule.severity is Severity.WARNING), code
