"""Protection told by example: which cells a policy hides, how it rounds, and which words it withholds."""

from datetime import date
from typing import Any

import pytest

from outcomes.errors import UnknownNameError
from outcomes.estimates.estimating import estimate
from outcomes.framework.model import Indicator
from outcomes.judgement.judging import judge
from outcomes.judgement.renumbering import renumbered
from outcomes.partnership.model import Partnership
from outcomes.partnership.policy import Policy
from outcomes.protection.model import Protected
from outcomes.protection.protecting import protect
from outcomes.target import Target
from tests.small_world import Row, benchmark_series, inclusion, indicator, measures, world

AS_OF = date(2025, 11, 22)
BANDS = [{"dimension": "age_band", "categories": ("0-64", "65+")}]
HES: dict[str, Any] = {"suppress_from": 1, "suppress_to": 7, "rounds_to": 5, "exempt_levels": ("nation",)}
POLICY = Policy(
    id="hes-2018",
    version="2018",
    title="1 to 7 hidden, the rest to the nearest 5",
    preset=HES,
    presets={
        "screening": {"suppress_from": 0, "suppress_to": 7, "rounds_to": 1},
        "lenient": {"suppress_from": 1, "suppress_to": 4, "checks_complement": False},
    },
)
INDICATORS = [
    indicator("smoking"),
    indicator("screening"),
    indicator("lenient"),
    indicator("falls", statistic="crude_rate", multiplier=1000.0, denominator="reference:people"),
    indicator("halves", statistic="crude_rate", multiplier=1000.0, numerator_scale=2, denominator="reference:people"),
    indicator("visits", statistic="count", denominator="none", multiplier=1.0),
    indicator("stay", statistic="mean", multiplier=1.0, numerator="number"),
    indicator(
        "deaths",
        statistic="directly_standardised_rate",
        multiplier=1000.0,
        strata="age_band",
        standard_population="esp2013",
        breakdowns=BANDS,
        denominator="reference:people",
    ),
]


def _world(indicators: list[Indicator] | None = None, **terms: Any) -> Partnership:
    chosen = indicators or INDICATORS
    included = [inclusion(one.id, benchmarks=("nation", "other_places"), **terms) for one in chosen]
    return world(chosen, included, policies=[POLICY], series=[benchmark_series({"value": 15.0})])


def _protected(partnership: Partnership, *rows: Row, policy: str | None = "hes-2018") -> Protected:
    given = measures(*rows)
    judged = judge(estimate(given, partnership), partnership, as_of=AS_OF)
    return protect(given, judged, partnership, policy=policy)


# columns: indicator, level, numerator / denominator, what is shown
DRAWN = """
    smoking   | place  | 20 / 100     | 20 / 100
    smoking   | place  | 22 / 98      | 20 / 100
    smoking   | place  | 23 / 103     | 25 / 105
    smoking   | place  | 1 / 100      | hidden
    smoking   | place  | 7 / 100      | hidden
    smoking   | place  | 8 / 100      | 10 / 100
    smoking   | place  | 0 / 100      | 0 / 100
    smoking   | place  | 93 / 100     | hidden
    smoking   | place  | 92 / 100     | 90 / 100
    smoking   | place  | 100 / 100    | 100 / 100
    smoking   | place  | 0 / 7        | hidden
    smoking   | nation | 3 / 101      | 3 / 101
    screening | place  | 0 / 100      | hidden
    screening | place  | 12 / 101     | 12 / 101
    screening | place  | 101 / 101    | hidden
    lenient   | place  | 98 / 101     | 98 / 101
    lenient   | place  | 4 / 101      | hidden
    falls     | place  | 12 / 1001    | 10 / 1001
    falls     | place  | 12 / 5       | 10 / 5
    halves    | place  | 15 / 1001    | 20 / 1001
    halves    | place  | 14 / 1001    | hidden
    halves    | place  | 1 / 1001     | hidden
    visits    | place  | 12 / none    | 10 / none
    visits    | place  | 13 / none    | 15 / none
    visits    | place  | -12 / none   | -10 / none
    stay      | place  | 240 / 12     | 200 / 10
    stay      | place  | 240 / 7      | hidden
"""
LINES = [[cell.strip() for cell in line.split("|")] for line in DRAWN.strip().splitlines()]


def _counts(text: str) -> tuple[int | None, int | None]:
    numerator, denominator = (None if part == "none" else int(part) for part in text.split(" / "))
    return numerator, denominator


@pytest.mark.parametrize("line", LINES, ids=[f"{line[0]} {line[1]} {line[2]}" for line in LINES])
def test_each_drawn_count_is_shown_as_drawn(line: list[str]) -> None:
    indicator_id, level, given, drawn = line
    numerator, denominator = _counts(given)
    row = {"indicator_id": indicator_id, "level": level, "numerator": numerator, "denominator": denominator}
    found = _protected(_world(), row)
    (shown,) = found.frame.iter_rows(named=True)
    if drawn == "hidden":
        assert (shown["numerator"], shown["denominator"], shown["reason"]) == (None, None, "confidential")
        assert found.pattern["kind"].to_list() == ["primary"]
    else:
        assert (shown["numerator"], shown["denominator"], shown["reason"]) == (*_counts(drawn), None)
        assert found.pattern.is_empty()


def test_a_mean_stays_what_it_is_when_its_number_of_persons_is_rounded() -> None:
    row = {"indicator_id": "stay", "numerator": 130, "denominator": 13, "sum_of_squares": 1400}
    (shown,) = _protected(_world(), row).frame.iter_rows(named=True)
    assert (shown["numerator"], shown["denominator"], shown["sum_of_squares"]) == (150, 15, 1615)


def test_values_without_spread_stay_without_spread_when_rounded() -> None:
    partnership = _world()
    row = {"indicator_id": "stay", "numerator": 36, "denominator": 12, "sum_of_squares": 108}
    (shown,) = estimate(_protected(partnership, row).measures, partnership).frame.iter_rows(named=True)
    assert (shown["value"], shown["lower_ci_95"], shown["upper_ci_95"]) == (3.0, 3.0, 3.0)


def test_a_figure_that_its_partner_sent_hidden_is_a_primary_cell_without_any_number() -> None:
    found = _protected(_world(), {"reason": "confidential", "denominator": 100, "level": "nation"})
    assert found.frame["denominator"].to_list() == [None]
    assert found.pattern["kind"].to_list() == ["primary"]


def test_a_published_value_goes_with_its_small_count() -> None:
    row = {"basis": "published", "value": 4.0, "lower_ci_95": 1.0, "upper_ci_95": 9.0, "numerator": 4}
    (shown,) = _protected(_world(), row).frame.iter_rows(named=True)
    assert [shown[name] for name in ("value", "lower_ci_95", "upper_ci_95", "numerator")] == [None] * 4


def test_one_hidden_stratum_hides_all_strata_of_its_rate_and_no_others() -> None:
    def stratum(band: str, numerator: int, area_code: str = "PL1") -> Row:
        counts = {"numerator": numerator, "denominator": 1000, "area_code": area_code}
        return {"indicator_id": "deaths", "basis": "strata", "breakdown": f"age_band={band}", **counts}

    partnership = _world()
    rows = [stratum("0-64", 3), stratum("65+", 30), stratum("0-64", 10, "PL2"), stratum("65+", 31, "PL2")]
    found = _protected(partnership, *rows)
    assert found.pattern.select("area_code", "breakdown", "kind").rows() == [
        ("PL1", "age_band=0-64", "primary"),
        ("PL1", "age_band=65+", "derived"),
    ]
    printed = estimate(found.measures, partnership).frame
    assert printed.select("area_code", "reason", "numerator").rows() == [
        ("PL1", "confidential", None),
        ("PL2", None, 40),
    ]
    words = found.judgements.frame.filter(area_code="PL1")
    assert words["reason"].drop_nulls().unique().to_list() == ["confidential"]


def test_the_words_of_a_hidden_cell_are_withheld_and_others_stay() -> None:
    target = {"indicator": "smoking", "kind": "level", "set_by": "nation", "decision": "D1", "agreed_on": "2020-01-01"}
    partnership = _world([indicator()], targets=[{**target, "points": [{"period": "2024/25", "value": 15}]}])
    rows: list[Row] = [{"numerator": 3, "denominator": 200}, {"numerator": 90, "denominator": 200, "area_code": "PL2"}]
    frame = _protected(partnership, *rows).judgements.frame

    hidden = frame.filter(area_code="PL1")
    assert hidden["signal"].to_list() == ["comparison", "comparison", "target", "trend"]
    assert hidden["word"].unique().to_list() == ["cannot tell"]
    assert hidden["reason"].unique().to_list() == ["confidential"]
    numbers = ["against_value", "amount", "test_statistic", "points", "reached", "certainty", "direction", "detail"]
    assert all(hidden[name].drop_nulls().is_empty() for name in numbers)
    shown = frame.filter(area_code="PL2")
    assert shown["word"].to_list()[:1] == ["much worse"]
    assert shown.filter(signal="target")["word"].to_list() == ["not met"]


def test_that_nobody_set_a_target_is_still_said_of_a_hidden_cell() -> None:
    frame = _protected(_world([indicator()]), {"numerator": 3, "denominator": 200}).judgements.frame
    assert frame.filter(signal="target")["word"].to_list() == ["no target"]


def test_distances_of_rounded_counts_are_withheld_and_come_back_from_the_protected_estimate() -> None:
    partnership = _world([indicator()])
    rows: list[Row] = [{"numerator": 92, "denominator": 198}, {"numerator": 61, "denominator": 198, "area_code": "PL2"}]
    found = _protected(partnership, *rows)
    nation = found.judgements.frame.filter(area_code="PL1", against="nation").row(0, named=True)
    others = found.judgements.frame.filter(area_code="PL1", against="other_places").row(0, named=True)
    # a published benchmark is known to all; the sums of the others are not
    assert (nation["against_value"], nation["amount"], nation["word"]) == (15.0, None, "much worse")
    assert (others["against_value"], others["amount"], others["word"]) == (None, None, "much worse")

    again = judge(estimate(found.measures, partnership), partnership, as_of=AS_OF)
    numbered = renumbered(found.judgements, again).frame
    others = numbered.filter(area_code="PL1", against="other_places").row(0, named=True)
    assert (others["against_value"], others["amount"]) == (pytest.approx(100 * 60 / 200), pytest.approx(45.0 - 30.0))
    assert numbered["word"].equals(found.judgements.frame["word"])


def test_the_slope_of_a_series_with_a_changed_point_is_withheld_and_its_word_stays() -> None:
    partnership = _world([indicator()])
    years = ["2020/21", "2021/22", "2022/23", "2023/24", "2024/25"]
    counts = [100, 200, 300, 400, 502]
    rows: list[Row] = [
        {"period": year, "numerator": n, "denominator": 1000} for year, n in zip(years, counts, strict=True)
    ]
    trend = _protected(partnership, *rows).judgements.frame.filter(signal="trend").row(0, named=True)
    assert (trend["word"], trend["amount"], trend["test_statistic"]) == ("getting worse", None, None)
    rows[-1]["numerator"] = 500
    trend = _protected(partnership, *rows).judgements.frame.filter(signal="trend").row(0, named=True)
    assert (trend["word"], trend["amount"] is None) == ("getting worse", False)


def test_the_working_copy_leaves_everything_as_it_was() -> None:
    partnership = _world()
    given = measures({"numerator": 3, "denominator": 200})
    judged = judge(estimate(given, partnership), partnership, as_of=AS_OF)
    found = protect(given, judged, partnership, policy=None)
    assert found.measures is given
    assert found.judgements is judged
    assert found.pattern.is_empty()
    assert found.policy is None


def test_no_protection_of_this_version_claims_an_audit() -> None:
    row = {"numerator": 3, "denominator": 200}
    assert not _protected(_world(), row).has_recoverability_audit
    assert not _protected(_world(), row, policy=None).has_recoverability_audit


def test_an_unknown_policy_is_refused() -> None:
    with pytest.raises(UnknownNameError, match="no policy is called 'hes'; there are: hes-2018"):
        _protected(_world(), {"numerator": 3, "denominator": 200}, policy="hes")


def _months(numerators: list[int]) -> list[Row]:
    """Months of a measure, the last in October 2025, out of 200 each."""
    first = 2025 * 12 + 9 - (len(numerators) - 1)
    return [
        {
            "period_kind": "month",
            "period": f"{month // 12}-{month % 12 + 1:02d}",
            "numerator": float(numerator),
            "denominator": 200.0,
        }
        for month, numerator in enumerate(numerators, first)
    ]


def test_process_limits_and_flags_are_made_of_protected_figures_alone_and_the_word_of_true_ones() -> None:
    partnership = _world([indicator(period="month")], special_cause="ptd", targets=())
    numerators = [40, 44, 41, 43, 40, 44, 3, 43, 40, 44, 41, 62]
    true = judge(estimate(measures(*_months(numerators)), partnership), partnership, as_of=AS_OF)
    assert "outside the limits" in true.process_points["rule"].to_list()[:-1]
    protected = _protected(partnership, *_months(numerators))
    assert protected.judgements.process_points.is_empty()
    (word,) = protected.judgements.frame.filter(signal="special_cause").iter_rows(named=True)
    (true_word,) = true.frame.filter(signal="special_cause").iter_rows(named=True)
    assert word["word"] == true_word["word"]
    assert (word["against_value"], word["amount"]) == (None, None)

    again = judge(estimate(protected.measures, partnership), partnership, as_of=AS_OF)
    printed = renumbered(protected.judgements, again)
    assert printed.process_points.equals(again.process_points)
    hidden = printed.process_points.row(6, named=True)
    assert (hidden["rule"], hidden["variation"], hidden["points"]) == (None, None, 11)
    (row,) = printed.frame.filter(signal="special_cause").iter_rows(named=True)
    assert row["word"] == true_word["word"]
    assert row["against_value"] == hidden["process_mean"]


def test_the_special_cause_and_assurance_of_a_hidden_figure_are_withheld() -> None:
    target = Target(
        indicator="smoking",
        kind="level",
        points=[{"period": "2025-10", "value": 50}],
        set_by="nation",
        decision="N-1",
        agreed_on=date(2024, 1, 1),
    )
    partnership = _world([indicator(period="month")], special_cause="ptd", targets=(target,))
    judged = _protected(partnership, *_months([40, 44, 41, 43, 40, 44, 40, 43, 40, 44, 41, 3])).judgements.frame
    (row,) = judged.filter(signal="special_cause").iter_rows(named=True)
    assert (row["word"], row["reason"], row["direction"]) == ("cannot tell", "confidential", None)
    assert judged.filter(signal="target")["assurance"].to_list() == [None]
    shown = _protected(partnership, *_months([40, 44, 41, 43, 40, 44, 40, 43, 40, 44, 41, 42])).judgements.frame
    assert shown.filter(signal="target")["assurance"].to_list() == ["consistently meets"]
