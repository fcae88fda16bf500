"""Rows that a publication leaves out where nobody was counted are read as 0, where its layout says so."""

from typing import Any

import polars as pl

from outcomes.intake.model import CheckResult
from outcomes.partnership.layout import Layout
from outcomes.vocabulary import Verdict
from tests.unit.intake.returns_world import SEX, TENURE, Record, codes, found, indicator, returns_world, sent, sheet

BECAUSE = "The sheet has no row where nobody was counted."
COLUMNS = {name: name for name in ("indicator_id", "place_code", "period", "sex", "tenure", "numerator", "denominator")}
HEADER = ",".join(COLUMNS)
INDICATORS = (
    indicator("waits", breakdowns=(SEX, TENURE)),
    indicator("beds", statistic="count", multiplier=1, denominator="none", breakdowns=(SEX,)),
    indicator("halves", breakdowns=(SEX,), numerator_scale=2, denominator_scale=2),
    indicator("sums", statistic="mean", multiplier=1, numerator="number", breakdowns=(SEX,)),
)
WAITS = (
    "waits,P1,2026-04,,,10,20",
    "waits,P1,2026-04,Male,,4,8",
    "waits,P1,2026-04,Female,,6,12",
    "waits,P2,2026-04,,,11,20",
    "waits,P2,2026-04,Male,,11,20",
)


def read(*rows: str, because: str = BECAUSE, **more: Any) -> CheckResult:
    layout = Layout(id="published", title="A published sheet", columns=COLUMNS, absent_rows_mean_none=because)
    layout = layout.model_copy(update=more.pop("changed", {}))
    world = returns_world(indicators=INDICATORS, layouts={"published": layout})
    return sent(sheet(*rows, header=HEADER), partnership=world, layout="published", **more)


def figures(result: CheckResult, indicator_id: str = "waits") -> dict[tuple[str, str], tuple[int, int | None]]:
    rows = result.frame.filter(pl.col("indicator_id") == indicator_id)
    return {
        (area, breakdown): (numerator, denominator)
        for area, breakdown, numerator, denominator in rows.select(
            "area_code", "breakdown", "numerator", "denominator"
        ).rows()
    }


def test_a_group_without_a_row_is_0_of_0_and_said() -> None:
    result = read(*WAITS)
    assert result.verdict is Verdict.ACCEPTED_WITH_WARNING, result.findings
    assert figures(result) == {
        ("P1", ""): (10, 20),
        ("P1", "sex=Male"): (4, 8),
        ("P1", "sex=Female"): (6, 12),
        ("P2", ""): (11, 20),
        ("P2", "sex=Male"): (11, 20),
        ("P2", "sex=Female"): (0, 0),
    }
    (finding,) = found(result, "OUT-166")
    assert finding.text == (f"1 figure without a row was read as 0, as the description of this sheet says. {BECAUSE}")
    # it is said once, not of each
    assert "OUT-551" not in codes(result)


def test_what_was_added_says_that_it_has_no_row_of_its_own() -> None:
    added = read(*WAITS).frame.filter(breakdown="sex=Female", area_code="P2")
    assert added.select("row", "value_note").rows() == [(1, BECAUSE)]


def test_without_the_layouts_word_nothing_is_added() -> None:
    result = read(*WAITS, because="")
    assert len(figures(result)) == len(WAITS)
    assert "OUT-166" not in codes(result)


def test_a_whole_without_a_row_is_not_nobody_where_its_parts_have_people() -> None:
    held = figures(read(*WAITS[:3], WAITS[4]))
    # made of its parts later on, or missing; never 0 of 0
    assert ("P2", "") not in held
    assert held["P2", "sex=Female"] == (0, 0)
    # where the parts have nobody, the whole has nobody
    held = figures(read(*WAITS[:3], "waits,P2,2026-04,Male,,0,0"))
    assert held["P2", ""] == held["P2", "sex=Female"] == (0, 0)
    crossed = ("waits,P1,2026-04,Male,,4,8", "waits,P1,2026-04,Male,Rented,4,8", "waits,P2,2026-04,Male,Rented,1,2")
    held = figures(read(*crossed))
    assert ("P2", "sex=Male") not in held
    assert held["P2", "sex=Female"] == held["P2", "sex=Female; tenure=Rented"] == (0, 0)


def test_a_place_that_the_file_does_not_name_stays_missing() -> None:
    result = read(*WAITS[:3])
    assert {area for area, _ in figures(result)} == {"P1"}
    assert "OUT-555" in codes(result)


def test_a_place_of_another_indicator_of_the_file_has_nobody_in_this_one() -> None:
    result = read("waits,P1,2026-04,,,10,20", "beds,P2,2026-04,,,7,")
    assert figures(result)["P2", ""] == (0, 0)
    assert figures(result, "beds") == {("P1", ""): (0, None), ("P2", ""): (7, None)}


def test_periods_are_apart() -> None:
    result = read("waits,P1,2026-04,,,10,20", "waits,P2,2026-05,,,10,20")
    assert result.frame.select("area_code", "period").rows() == [("P1", "2026-04"), ("P2", "2026-05")]


def test_dimensions_are_crossed_only_where_they_stand_together() -> None:
    crossed = figures(read(*WAITS, "waits,P1,2026-04,Male,Owned,4,8"))
    pairs = {key[1] for key in crossed if "; " in key[1]}
    assert pairs == {f"sex={sex}; tenure={tenure}" for sex in ("Female", "Male") for tenure in ("Owned", "Rented")}
    # no row of the file has tenure alone
    assert not {key for key in crossed if key[1].startswith("tenure=")}


def test_a_marker_is_a_row_and_is_not_replaced() -> None:
    result = read(*WAITS, "waits,P2,2026-04,Female,,*,*")
    (row,) = result.frame.filter(area_code="P2", breakdown="sex=Female").to_dicts()
    assert (row["numerator"], row["status"]) == (None, "suppressed")


def test_measures_that_are_no_counts_are_left_alone() -> None:
    result = read("sums,P1,2026-04,Male,,4,8", "sums,P2,2026-04,Female,,4,8")
    assert set(figures(result, "sums")) == {("P1", "sex=Male"), ("P2", "sex=Female")}


def test_halves_stay_exact_beside_what_was_added() -> None:
    result = read("halves,P1,2026-04,Male,,1.5,2.5", "halves,P2,2026-04,Female,,2,3")
    assert figures(result, "halves") == {
        ("P1", "sex=Male"): (3, 5),
        ("P1", "sex=Female"): (0, 0),
        ("P2", "sex=Male"): (0, 0),
        ("P2", "sex=Female"): (4, 6),
    }


def test_parts_that_are_now_all_there_are_held_against_their_whole() -> None:
    rows = (*WAITS[:4], "waits,P2,2026-04,Male,,9,18")
    assert codes(read(*rows)) - codes(read(*rows, because="")) == {"OUT-166", "OUT-553"}


def test_a_row_that_went_since_the_last_issue_is_a_revision_to_nought() -> None:
    record = Record()
    record.keep(read(*WAITS, "waits,P2,2026-04,Female,,0,0"))
    record.frame = record.frame.with_columns(
        pl.when((pl.col("area_code") == "P2") & (pl.col("breakdown") == "sex=Female"))
        .then(3)
        .otherwise("denominator")
        .alias("denominator")
    )
    again = read(*WAITS, ledger=record)
    (row,) = again.frame.filter(area_code="P2", breakdown="sex=Female").to_dicts()
    assert (row["denominator"], row["is_revision"]) == (0, True)


def test_more_rows_than_the_layout_allows_are_refused() -> None:
    limits = Layout(id="x", title="X").limits.model_copy(update={"max_rows": 5})
    result = read(*WAITS, changed={"limits": limits})
    assert (result.verdict, codes(result) & {"OUT-011"}) == (Verdict.REJECTED, {"OUT-011"})


def test_a_dimension_that_the_sheet_does_not_have_is_no_matter() -> None:
    columns = {"indicator_id": "indicator_id", "place_code": "place_code", "period": "period", "sex": "sex",
               "numerator": "numerator", "denominator": "denominator"}  # fmt: skip
    layout = Layout(id="published", title="A published sheet", columns=columns, absent_rows_mean_none=BECAUSE)
    world = returns_world(indicators=INDICATORS, layouts={"published": layout})
    rows = ("waits,P1,2026-04,Male,4,8", "waits,P1,2026-04,Female,6,12", "waits,P2,2026-04,Male,11,20")
    result = sent(sheet(*rows, header=",".join(columns)), partnership=world, layout="published")
    assert figures(result)["P2", "sex=Female"] == (0, 0)
