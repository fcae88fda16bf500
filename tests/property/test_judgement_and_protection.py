"""What holds for every judgement and every protection, whatever the figures."""

from datetime import date
from typing import Any

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from outcomes.estimates.estimating import estimate
from outcomes.estimates.model import Estimates
from outcomes.judgement.judging import JUDGEMENT_ORDER, judge
from outcomes.judgement.model import Judgements
from outcomes.judgement.renumbering import renumbered
from outcomes.partnership.model import Partnership
from outcomes.partnership.policy import Policy
from outcomes.protection.protecting import protect
from outcomes.rollup.model import PLACE_MEASURE_KEY, PlaceMeasures
from outcomes.vocabulary import Reason, Word
from tests.small_world import AREAS, Row, benchmark_series, inclusion, indicator, measures, world

AS_OF = date(2025, 11, 22)
YEARS = ("2019/20", "2020/21", "2021/22", "2022/23", "2023/24", "2024/25")
BANDS = [{"dimension": "age_band", "categories": ("0-64", "65+")}]
MIRRORED = {
    Word.BETTER: Word.WORSE,
    Word.MUCH_BETTER: Word.MUCH_WORSE,
    Word.IMPROVING: Word.GETTING_WORSE,
    Word.MET: Word.NOT_MET,
    Word.ON_TRACK: Word.OFF_TRACK,
}
MIRROR = {word.value: word.value for word in Word}
MIRROR |= {good.value: bad.value for good, bad in MIRRORED.items()}
MIRROR |= {bad.value: good.value for good, bad in MIRRORED.items()}
POLICIES = [
    Policy(id="hes", version="1", title="t", preset={"suppress_to": 7, "rounds_to": 5, "exempt_levels": ("nation",)}),
    Policy(id="under-5", version="1", title="t", preset={"suppress_to": 4}),
]


def _world(polarity: str) -> Partnership:
    indicators = [
        indicator("proportion"),
        indicator("crude_rate", statistic="crude_rate", multiplier=1000.0),
        indicator("mean", statistic="mean", numerator="number", multiplier=1.0),
        indicator(
            "rate",
            statistic="directly_standardised_rate",
            multiplier=1000.0,
            strata="age_band",
            standard_population="esp2013",
            breakdowns=BANDS,
        ),
    ]
    points = ({"period": "2022/23", "value": 30}, {"period": "2025/26", "value": 20})
    terms: dict[str, Any] = {"set_by": "nation", "decision": "D", "agreed_on": "2020-01-01"}
    included = [
        inclusion(
            one.id,
            polarity=polarity,
            benchmarks=("nation", "system", "other_places", "fixed_value"),
            benchmark_value=25.0,
            targets=[
                {"indicator": one.id, "kind": "path", "points": points, **terms},
                {"indicator": one.id, "kind": "level", "points": points[:1], **terms},
            ],
        )
        for one in indicators
    ]
    series = [benchmark_series({"indicator_id": "proportion", "value": 24.0})]
    return world(indicators, included, series=series, policies=POLICIES)


WORLDS = {polarity: _world(polarity) for polarity in ("lower_is_better", "higher_is_better", "no_judgement")}
UPWARDS, DOWNWARDS = WORLDS["higher_is_better"], WORLDS["lower_is_better"]


@st.composite
def place_measures(draw: st.DrawFn) -> PlaceMeasures:
    indicator_id = draw(st.sampled_from(["proportion", "crude_rate", "mean", "rate"]))
    rows: list[Row] = []
    for area_code, *_ in draw(st.lists(st.sampled_from(AREAS), min_size=1, max_size=5, unique=True)):
        for period in draw(st.lists(st.sampled_from(YEARS), min_size=1, unique=True)):
            for band in ("0-64", "65+") if indicator_id == "rate" else ("",):
                denominator = draw(st.integers(0, 300))
                row: Row = {
                    "indicator_id": indicator_id,
                    "area_code": area_code,
                    "period": period,
                    "numerator": draw(st.integers(0, denominator)),
                    "denominator": denominator,
                    "sum_of_squares": draw(st.one_of(st.none(), st.integers(0, 100_000))),
                    "breakdown": f"age_band={band}" if band else "",
                    "basis": "strata" if band else "counts",
                }
                if draw(st.integers(0, 9)) == 0:
                    reason = draw(st.sampled_from([reason.value for reason in Reason]))
                    row |= {"numerator": None, "denominator": None, "sum_of_squares": None, "reason": reason}
                rows.append(row)
    return measures(*rows)


def _judged(given_measures: PlaceMeasures, partnership: Partnership) -> Judgements:
    return judge(estimate(given_measures, partnership), partnership, as_of=AS_OF)


@settings(deadline=None, max_examples=40)
@given(place_measures())
def test_mirrored_polarity_mirrors_every_word_and_changes_no_number(given_measures: PlaceMeasures) -> None:
    up, down = (_judged(given_measures, partnership).frame for partnership in (UPWARDS, DOWNWARDS))
    assert up["word"].replace_strict(MIRROR, return_dtype=pl.String).to_list() == down["word"].to_list()
    same = ["against", "against_value", "direction", "certainty", "amount", "test_statistic", "points", "reason"]
    assert up.select(*JUDGEMENT_ORDER[:7], *same[1:]).equals(down.select(*JUDGEMENT_ORDER[:7], *same[1:]))


@settings(deadline=None, max_examples=40)
@given(place_measures())
def test_without_an_agreed_direction_nothing_is_good_or_bad(given_measures: PlaceMeasures) -> None:
    judging = {word.value for pair in MIRRORED.items() for word in pair}
    assert not judging & set(_judged(given_measures, WORLDS["no_judgement"]).frame["word"])


@settings(deadline=None, max_examples=40)
@given(place_measures())
def test_every_row_has_a_word_and_what_cannot_be_told_says_why(given_measures: PlaceMeasures) -> None:
    frame = _judged(given_measures, DOWNWARDS).frame
    assert set(frame["word"]) <= {word.value for word in Word}
    untold = frame.filter(pl.col("word").is_in([Word.CANNOT_TELL.value, Word.NOT_COMPARED.value]))
    assert (untold["because"] != "").all()
    assert not frame.select("framework_id", *JUDGEMENT_ORDER[1:]).is_duplicated().any()


@settings(deadline=None, max_examples=40)
@given(place_measures(), st.sampled_from([policy.id for policy in POLICIES]))
def test_a_hidden_cell_has_no_number_in_measures_estimates_or_judgements(
    given_measures: PlaceMeasures, policy: str
) -> None:
    found = protect(given_measures, _judged(given_measures, DOWNWARDS), DOWNWARDS, policy=policy)
    hidden = found.pattern
    numbers = ["numerator", "denominator", "value", "lower_ci_95", "upper_ci_95"]
    for frame in (found.frame, estimate(found.measures, DOWNWARDS).frame):
        cells = frame.join(hidden, on=PLACE_MEASURE_KEY, how="semi")
        assert set(cells["reason"]) <= {"confidential"}
        assert all(cells[name].drop_nulls().is_empty() for name in numbers)
    confidential = estimate(found.measures, DOWNWARDS).frame.filter(pl.col("reason") == "confidential")
    words = found.judgements.frame.join(confidential, on=PLACE_MEASURE_KEY, how="semi")
    assert set(words["word"]) <= {"cannot tell"}
    assert all(words[name].drop_nulls().is_empty() for name in ("against_value", "amount", "test_statistic", "reached"))


@settings(deadline=None, max_examples=40)
@given(place_measures())
def test_no_shown_count_is_small_and_all_are_multiples_of_the_base(given_measures: PlaceMeasures) -> None:
    found = protect(given_measures, _judged(given_measures, DOWNWARDS), DOWNWARDS, policy="hes").frame
    below = found.filter(pl.col("level") != "nation")
    for name in ("numerator", "denominator"):
        shown = below.filter((pl.col("indicator_id") != "mean") | pl.lit(name == "denominator"))[name].drop_nulls()
        assert (shown % 5 == 0).all()
    # strata stand or fall together: one that was sent as confidential hides its neighbours at any level
    is_shown = (found["level"] == "nation") & found["reason"].ne_missing("confidential")
    columns = ["numerator", "denominator", "reason"]
    assert found.filter(is_shown).select(columns).equals(given_measures.frame.filter(is_shown).select(columns))


@settings(deadline=None, max_examples=40)
@given(place_measures())
def test_renumbered_words_stay_and_their_numbers_come_from_protected_counts(given_measures: PlaceMeasures) -> None:
    found = protect(given_measures, _judged(given_measures, DOWNWARDS), DOWNWARDS, policy="hes")
    again = _judged(found.measures, DOWNWARDS)
    numbered = renumbered(found.judgements, again).frame
    of_figures = ("against_value", "amount", "test_statistic", "p_value")
    of_spread = ("adjusted_areas", "overdispersion", "lower_adjusted_limit", "upper_adjusted_limit")
    assert numbered.drop(of_figures, of_spread).equals(found.judgements.frame.drop(of_figures, of_spread))
    # what protection let stand is what the protected counts give too
    for name in of_figures:
        let_stand = found.judgements.frame[name].is_not_null()
        assert numbered[name].filter(let_stand).equals(found.judgements.frame[name].filter(let_stand))


@settings(deadline=None, max_examples=40)
@given(place_measures())
def test_the_working_copy_changes_nothing(given_measures: PlaceMeasures) -> None:
    judged = _judged(given_measures, DOWNWARDS)
    found = protect(given_measures, judged, DOWNWARDS, policy=None)
    assert found.frame.equals(given_measures.frame)
    assert found.judgements.frame.equals(judged.frame)


@settings(deadline=None, max_examples=40)
@given(place_measures(), st.integers(0, 10))
def test_the_order_of_the_rows_does_not_matter(given_measures: PlaceMeasures, seed: int) -> None:
    estimates = estimate(given_measures, DOWNWARDS)
    mixed = estimates.frame.sample(fraction=1.0, shuffle=True, seed=seed)
    one = judge(estimates, DOWNWARDS, as_of=AS_OF).frame
    assert one.equals(judge(Estimates(mixed), DOWNWARDS, as_of=AS_OF).frame)
