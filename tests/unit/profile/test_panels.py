"""A panel beside its population: gaps, weights, verdict, estimates; what is hidden; what is never mixed."""

from collections.abc import Mapping, Sequence
from datetime import date

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

import outcomes as oc
from outcomes.errors import UnknownNameError, VoluntaryMixedError
from outcomes.framework.model import Framework
from outcomes.partnership.panels import Panel, PanelDescription, PanelQuestion
from outcomes.profile.panel_answers import hidden_groups
from outcomes.profile.voices import PanelGroup
from outcomes.reference_series import SeriesDescription, SeriesKind
from outcomes.vocabulary import Detail, PanelVerdict, Reason, Recruitment, Representation

POPULATION = {
    "sex": {"Female": 51_000, "Male": 49_000},
    "age_band": {"16-44": 45_000, "45+": 55_000},
    "ethnicity": {"White": 80_000, "Other": 20_000},
    "deprivation_quintile": {"1": 50_000, "2-5": 50_000},
    "area_code": {"N1": 60_000, "N2": 40_000},
}
LOCAL = Framework(id="local", version="1", title="Ours", publisher="Us", source="Us", licence="OGL v3.0")
AREAS = pl.DataFrame(
    {
        "area_code": ["S", "N1", "N2"],
        "name": ["All", "North", "South"],
        "level": ["system", "place", "place"],
        "parent_code": [None, "S", "S"],
    }
)
QUESTION = PanelQuestion(id="q", text="Well?", counted="yes", asked_from=date(2026, 5, 1), asked_to=date(2026, 5, 31))


def series() -> tuple[SeriesDescription, pl.DataFrame]:
    """The population of the world, by group."""
    rows = [("S", "", 100_000), ("N1", "", 60_000), ("N2", "", 40_000)]
    rows += [
        ("S", f"{dimension}={group}", number)
        for dimension, groups in POPULATION.items()
        if dimension != "area_code"
        for group, number in groups.items()
    ]
    frame = pl.DataFrame(rows, schema=["area_code", "breakdown", "numerator"], orient="row")
    frame = frame.with_columns(period_kind=pl.lit("calendar_year"), period=pl.lit("2026"))
    kind = SeriesKind.POPULATION
    named = {"title": "People", "source": "Made up", "licence": "OGL", "released_on": date(2026, 1, 1)}
    return SeriesDescription(id="people", kind=kind, **named), frame


def panel(
    members: Sequence[Mapping[str, object]],
    answers: Sequence[Mapping[str, object]] = (),
    *,
    dimensions: Sequence[str] = tuple(POPULATION),
    recruitment: str = "demographically_recruited",
    panel_id: str = "p",
) -> Panel:
    """A panel of some cells."""
    description = PanelDescription(
        id=panel_id,
        title="Panel",
        partner="R",
        area_code="S",
        recruitment=Recruitment(recruitment),
        recruited_how="By post",
        counted_on=date(2026, 6, 30),
        population="people",
        dimensions=tuple(dimensions),
        questions=(QUESTION,) if answers else (),
    )
    groups = {dimension: pl.String() for dimension in dimensions}
    counts = {"question": pl.String(), **groups, "answered": pl.Int64(), "agreed": pl.Int64()}
    return Panel(
        description,
        pl.DataFrame(list(members), schema=groups | {"members": pl.Int64()}),
        pl.DataFrame([{"question": "q", **one} for one in answers], schema=counts),
    )


def world(*panels: Panel) -> oc.Partnership:
    """The world of some panels."""
    partner = oc.Partner.model_validate({"code": "R", "name": "Residents", "type": "resident_group"})
    return oc.partnership_from(
        frameworks=[LOCAL], areas=AREAS, partners=[partner], series=[series()], panels=panels, area_code="S"
    )


def proportional(size: int, skew: Mapping[str, float] | None = None) -> list[dict[str, object]]:
    """Members in the population's proportions in every combination of groups; some groups so many times as large."""
    cells: list[dict[str, object]] = [{"members": float(size)}]
    for dimension, groups in POPULATION.items():
        whole = sum(groups.values())
        cells = [
            {**cell, dimension: group, "members": cell["members"] * number / whole * (skew or {}).get(group, 1.0)}  # type: ignore[operator]
            for cell in cells
            for group, number in groups.items()
        ]
    return [{**cell, "members": round(cell["members"])} for cell in cells]  # type: ignore[call-overload]


def group_of(groups: Sequence[PanelGroup], name: str) -> PanelGroup:
    return next(one for one in groups if one.group == name)


def test_a_panel_like_its_population_is_representative_and_its_weights_cost_nothing() -> None:
    found = oc.panel_against_population(world(panel(proportional(4_000))), "p")
    assert found.verdict is PanelVerdict.REPRESENTATIVE
    assert {one.word for one in found.groups} == {Representation.IN_PROPORTION}
    assert found.design_effect == pytest.approx(1, abs=1e-3)
    assert found.effective_members == pytest.approx(found.members, abs=5)
    assert found.not_compared == ()
    assert [one.title for one in found.groups if one.dimension == "area_code"] == ["North", "South"]


def test_a_group_half_as_large_as_it_should_be_is_found_and_counts_for_more() -> None:
    found = oc.panel_against_population(world(panel(proportional(2_000, {"Other": 0.5}))), "p")
    assert found.verdict is PanelVerdict.SKEWED
    words = {one.group: one.word for one in found.groups}
    assert words.pop("Other") is Representation.UNDER_REPRESENTED
    assert words.pop("White") is Representation.OVER_REPRESENTED
    assert set(words.values()) == {Representation.IN_PROPORTION}
    other = group_of(found.groups, "Other")
    # 200 of 1,800 where 20 % live; each of them counts for 1.8
    assert other.members == 200
    assert other.share == pytest.approx(100 / 9, abs=1e-9)
    assert other.gap == pytest.approx(100 / 9 - 20, abs=1e-9)
    assert other.weight == pytest.approx(1.8, abs=0.01)
    assert other.weighted_share == pytest.approx(20, abs=1e-9)
    # Kish by hand, the other dimensions being in proportion: 1,800 · (200 · 1.8² + 1,600 · 0.9²) / 1,800² = 1.08
    assert found.design_effect == pytest.approx(1.08, abs=1e-3)


def test_too_few_members_for_a_gap_to_show_are_no_proof_of_likeness() -> None:
    found = oc.panel_against_population(world(panel(proportional(45))), "p")
    assert found.verdict is PanelVerdict.CANNOT_TELL
    assert Representation.CANNOT_TELL in {one.word for one in found.groups}


def test_a_panel_that_is_not_compared_by_everything_is_not_called_representative() -> None:
    members = [{"sex": "Female", "members": 510}, {"sex": "Male", "members": 490}]
    found = oc.panel_against_population(world(panel(members, dimensions=["sex"])), "p")
    assert found.verdict is PanelVerdict.CANNOT_TELL
    assert found.not_compared == ("age", "ethnicity", "deprivation", "area")


def test_volunteers_are_volunteers_however_like_the_population_they_are() -> None:
    found = oc.panel_against_population(world(panel(proportional(4_000), recruitment="voluntary")), "p")
    assert found.verdict is PanelVerdict.VOLUNTEERS
    assert (found.design_effect, found.effective_members, found.greatest_weight) == (None, None, None)
    assert {one.weighted_share for one in found.groups} == {None}
    assert {one.lower_ci_95 for one in found.groups} == {None}


def test_a_group_without_a_member_leaves_no_weights_and_says_who_is_missing() -> None:
    members = [{"sex": "Female", "members": 90}, {"sex": "Male", "members": 0}]
    found = oc.panel_against_population(world(panel(members, dimensions=["sex"])), "p")
    assert found.no_weights is Detail.MISSING_STRATUM
    assert found.empty_groups == ("Male",)
    assert found.design_effect is None
    assert group_of(found.groups, "Male").members == 0
    assert found.verdict is PanelVerdict.SKEWED


def test_a_panel_of_nobody_tells_nothing() -> None:
    found = oc.panel_against_population(world(panel([], dimensions=["sex"])), "p")
    assert found.verdict is PanelVerdict.CANNOT_TELL
    assert found.no_weights is Detail.ZERO_DENOMINATOR
    assert {one.reason for one in found.groups} == {Reason.CANNOT_BE_CALCULATED}


def test_who_did_not_say_a_group_is_counted_and_not_weighted() -> None:
    members: list[dict[str, object]] = [{"sex": sex, "members": 45} for sex in ("Female", "Male")]
    members[0]["members"] = 50
    members.append({"sex": None, "members": 5})
    found = oc.panel_against_population(world(panel(members, dimensions=["sex"])), "p")
    assert (found.members, found.weighted_members) == (100, 95)
    assert group_of(found.groups, "Female").share == pytest.approx(5000 / 95)


def test_small_groups_are_hidden_and_so_is_what_would_give_one_away() -> None:
    members = [{"age_band": "16-44", "members": 4}, {"age_band": "45+", "members": 96}]
    found = oc.panel_against_population(world(panel(members, dimensions=["age_band"])), "p")
    for one in found.groups:
        assert one.reason is Reason.CONFIDENTIAL
        told = (one.members, one.share, one.gap, one.weight, one.lower_ci_95, one.gap_upper_ci_95)
        assert told == (None,) * 6
    # that the young are short is said all the same
    assert group_of(found.groups, "16-44").word is Representation.UNDER_REPRESENTED


@given(st.dictionaries(st.text("abcdefgh", min_size=1, max_size=2), st.integers(0, 60), max_size=7), st.integers(1, 20))
def test_what_is_hidden_cannot_be_worked_out_from_the_sum(counted: dict[str, int], least: int) -> None:
    hidden = hidden_groups(counted, least)
    assert {group for group, people in counted.items() if 0 < people < least} <= hidden
    shown = set(counted) - hidden
    assert all(counted[group] == 0 or counted[group] >= least for group in shown)
    if hidden and any(counted[group] > 0 for group in shown):
        assert len(hidden) >= 2
        assert sum(counted[group] for group in hidden) >= least


ANSWERS = [
    {"sex": "Female", "answered": 60, "agreed": 45},
    {"sex": "Male", "answered": 20, "agreed": 5},
]
MEMBERS = [{"sex": "Female", "members": 75}, {"sex": "Male", "members": 25}]


def test_an_estimate_is_the_weighted_share_with_the_effective_number_by_hand() -> None:
    everybody, female, male = oc.panel_estimates(world(panel(MEMBERS, ANSWERS, dimensions=["sex"])), "p", "q")
    # 51 % women of whom 75 % agree, 49 % men of whom 25 % do
    assert everybody.value == pytest.approx(51 * 0.75 + 49 * 0.25, abs=1e-9)
    assert [female.value, male.value] == pytest.approx([75, 25])
    # weights 0.51 · 80 / 60 and 0.49 · 80 / 20
    weights = {60: 0.51 * 80 / 60, 20: 0.49 * 80 / 20}
    effective = 80**2 / sum(number * weight**2 for number, weight in weights.items())
    assert everybody.effective_answers == pytest.approx(effective, abs=1e-9)
    assert female.effective_answers == pytest.approx(60, abs=1e-9)
    # Wilson, written out
    z, p, n = 1.959963984540054, 0.505, effective
    centre, half = p + z**2 / (2 * n), z * (p * (1 - p) / n + z**2 / (4 * n**2)) ** 0.5
    lower, upper = 100 * (centre - half) / (1 + z**2 / n), 100 * (centre + half) / (1 + z**2 / n)
    assert [everybody.lower_ci_95, everybody.upper_ci_95] == pytest.approx([lower, upper])


def test_a_group_that_few_answered_for_has_no_estimate() -> None:
    answers = [{"sex": "Female", "answered": 60, "agreed": 45}, {"sex": "Male", "answered": 9, "agreed": 5}]
    everybody, *groups = oc.panel_estimates(world(panel(MEMBERS, answers, dimensions=["sex"])), "p", "q")
    assert everybody.value is not None
    assert [(one.value, one.answered, one.reason) for one in groups] == [(None, None, Reason.CONFIDENTIAL)] * 2


def test_too_few_answers_altogether_are_no_estimate_and_no_number() -> None:
    answers = [{"sex": "Female", "answered": 5, "agreed": 5}, {"sex": "Male", "answered": 4, "agreed": 1}]
    (everybody,) = oc.panel_estimates(world(panel(MEMBERS, answers, dimensions=["sex"])), "p", "q")
    assert (everybody.value, everybody.answered, everybody.reason) == (None, None, Reason.CONFIDENTIAL)


def test_answers_of_one_half_alone_are_no_estimate_of_both() -> None:
    answers = [{"sex": "Female", "answered": 60, "agreed": 45}]
    (everybody,) = oc.panel_estimates(world(panel(MEMBERS, answers, dimensions=["sex"])), "p", "q")
    assert (everybody.value, everybody.reason) == (None, Reason.CANNOT_BE_CALCULATED)
    assert everybody.detail is Detail.MISSING_STRATUM


def test_two_panels_that_were_chosen_are_taken_together() -> None:
    one = panel(MEMBERS, ANSWERS, dimensions=["sex"])
    two = panel(MEMBERS, ANSWERS, dimensions=["sex"], panel_id="p2")
    alone = oc.panel_estimates(world(one, two), "p", "q")[0]
    both = oc.panel_estimates(world(one, two), ["p", "p2", "p"], "q")[0]
    assert both.value == pytest.approx(alone.value)
    assert (alone.answered, both.answered) == (80, 160)


def test_volunteers_are_neither_mixed_in_nor_made_an_estimate_of() -> None:
    one = panel(MEMBERS, ANSWERS, dimensions=["sex"])
    open_to_all = panel(MEMBERS, ANSWERS, dimensions=["sex"], panel_id="open", recruitment="voluntary")
    both = world(one, open_to_all)
    for chosen in (["p", "open"], "open"):
        with pytest.raises(VoluntaryMixedError, match=r"found answers of volunteers \(open\), expected"):
            oc.panel_estimates(both, chosen, "q")
    (told,) = oc.panel_against_population(both, "open").answers
    assert (told.is_estimate, told.value, told.lower_ci_95) == (False, 62.5, None)


def test_a_panel_cannot_be_made_with_volunteers_in_it() -> None:
    sound = panel(MEMBERS, dimensions=["sex"])
    mixed = sound.members.with_columns(recruitment=pl.Series([None, "voluntary"], dtype=pl.String()))
    with pytest.raises(VoluntaryMixedError, match=r"found 1 row .*expected demographically_recruited"):
        Panel(sound.description, mixed, sound.answers)


def test_what_is_not_there_is_said() -> None:
    one = panel(MEMBERS, ANSWERS, dimensions=["sex"])
    with pytest.raises(UnknownNameError, match="no panel is called 'x'; there are: p"):
        oc.panel_against_population(world(one), "x")
    with pytest.raises(UnknownNameError, match="no panel is called 'x'"):
        oc.panel_estimates(world(one), ["p", "x"], "q")
    with pytest.raises(UnknownNameError, match="was not asked 'y'; it was asked: q"):
        oc.panel_estimates(world(one), "p", "y")
    ages = [{"age_band": "45+", "answered": 60, "agreed": 45}]
    other = panel([{"age_band": "45+", "members": 90}], ages, dimensions=["age_band"], panel_id="other")
    with pytest.raises(ValueError, match="different areas, populations or dimensions"):
        oc.panel_estimates(world(one, other), ["p", "other"], "q")


def test_a_question_that_was_asked_later_is_not_known_yet() -> None:
    one = world(panel(MEMBERS, ANSWERS, dimensions=["sex"]))
    assert oc.panel_against_population(one, "p", as_of=date(2026, 5, 30)).answers == ()
    assert len(oc.panel_against_population(one, "p", as_of=date(2026, 5, 31)).answers) == 3
