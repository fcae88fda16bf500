"""People's voice on pages: the line beside an outcome, panels in words, insights; what is hidden, what is escaped."""

from datetime import date
from typing import Any

import pytest

from outcomes.report.agreement_page import agreement_page
from outcomes.report.pages import overview_page, place_page
from outcomes.report.voice_view import voices_line, voices_section
from outcomes.scorecard.model import (
    Dissent,
    Heard,
    InsightLine,
    OutcomeVoices,
    PanelAnswer,
    PanelComparison,
    PanelGroup,
    Scorecard,
    Step,
    Voices,
)
from outcomes.scorecard.reading import read_scorecard, scorecard_json
from outcomes.vocabulary import (
    AreaLevel,
    Consent,
    Detail,
    InsightMethod,
    PanelVerdict,
    Reason,
    Recruitment,
    Representation,
)
from tests.report_cards import castlewick

OUTCOME = castlewick().outcomes[0].id
NASTY = '<script>alert(1)</script> & "said"'


def insight(name: str, **changes: Any) -> InsightLine:
    """A record of nine people at Harbour."""
    told: dict[str, Any] = {
        **{"id": name, "method": InsightMethod.WALK, "partner": "Alliance", "logged_at": "E06", "area_code": "H"},
        **{"area": "Harbour", "level": AreaLevel.NEIGHBOURHOOD, "theme": "Buses", "text": "Too few"},
        **{"collected_from": date(2026, 5, 1), "collected_to": date(2026, 5, 2), "consent": Consent.PARTNERS},
        **{"heard": Heard(people=9, records=1), "records": (name,)},
        "path": (Step(level=AreaLevel.NEIGHBOURHOOD, areas=("Harbour",)), Step(level=AreaLevel.PLACE, areas=("C",))),
    }
    return InsightLine(**{**told, **changes})


def group(name: str, gap: float | None, word: Representation) -> PanelGroup:
    """A group that ought to be a fifth."""
    told = {"members": 100, "share": 20 + gap, "gap": gap} if gap is not None else {"reason": Reason.CONFIDENTIAL}
    named = {"dimension": "sex", "group": name, "title": name, "population_share": 20.0, "word": word}
    return PanelGroup.model_validate(named | told)


def panel(**changes: Any) -> PanelComparison:
    """A panel of a thousand."""
    told: dict[str, Any] = {
        **{"id": "p", "title": "Panel", "partner_code": "R", "partner": "Residents", "recruited_how": "By post."},
        **{"recruitment": Recruitment.DEMOGRAPHICALLY_RECRUITED, "area_code": "C", "area": "Castlewick"},
        **{
            "counted_on": date(2026, 9, 30),
            "population": "people",
            "population_title": "People",
            "dimensions": ("sex",),
        },
        **{"least_in_group": 10, "members": 1_000, "weighted_members": 990, "verdict": PanelVerdict.REPRESENTATIVE},
        **{"design_effect": 1.1, "effective_members": 900.0, "greatest_weight": 2.0, "greatest_difference": 1e-13},
        "groups": (group("Female", 0.2, Representation.IN_PROPORTION),),
        "rounds": 7,
    }
    return PanelComparison(**{**told, **changes})


def card(outcome: OutcomeVoices | None = None, **changes: Any) -> Scorecard:
    """Castlewick with some voices."""
    told: dict[str, Any] = {"area_code": "C", "area": "Castlewick", "level": AreaLevel.PLACE}
    told["outcomes"] = (outcome,) if outcome else ()
    return castlewick().model_copy(update={"voices": Voices(**{**told, **changes})})


def behind(**changes: Any) -> OutcomeVoices:
    return OutcomeVoices(outcome=OUTCOME, title="Start well", **changes)


def test_nobody_looked_is_no_line_and_nobody_heard_is_said() -> None:
    assert voices_line(castlewick(), OUTCOME) == ""
    assert voices_line(card(), OUTCOME) == ""
    assert voices_line(card(behind()), OUTCOME) == "Voices behind it: nobody’s account is recorded."
    assert voices_section(castlewick()) is None
    assert voices_section(card()) is None


def test_the_line_tells_chosen_people_from_those_who_came_of_themselves() -> None:
    of_panels, of_volunteers = Heard(people=300, records=1), Heard(people=9, records=2, few_records=1)
    heard = Heard(people=309, records=3, few_records=1)
    told = behind(heard=heard, of_panels=of_panels, of_volunteers=of_volunteers, panels=("p",), dissents=("Low Fen",))
    line = voices_line(card(told, panels=(panel(),)), OUTCOME)
    assert line == (
        "Voices behind it: Panel, 1,000 members, representative; 300 people in 1 record of panels, chosen to be like "
        "everybody; 9 people in 1 record, who came of themselves: said, not estimated; 1 record of a few people; "
        "dissent carried up from Low Fen."
    )
    assert "309" not in line


def test_the_line_names_measures_and_sources_where_nothing_else_is_there() -> None:
    measure = castlewick().lines[0]
    line = voices_line(card(behind(experience_measures=(measure.indicator_id,))), OUTCOME)
    assert f"measured by {measure.short_name}" in line
    assert voices_line(card(behind(heard_through="A yearly survey")), OUTCOME) == "Voices behind it: A yearly survey."


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({}, "Representative by age, sex, ethnicity, deprivation and area"),
        ({"verdict": PanelVerdict.CANNOT_TELL, "not_compared": ("age", "area")}, "it is not compared by age and area."),
        ({"verdict": PanelVerdict.CANNOT_TELL}, "some groups are too small for a gap to show."),
        (
            {"verdict": PanelVerdict.VOLUNTEERS, "recruitment": Recruitment.VOLUNTARY, "design_effect": None},
            "no weight makes a sample of them.",
        ),
        (
            {"design_effect": None, "empty_groups": ("Men", "Old")},
            "people of Men and Old, and the panel nobody.",
        ),
        ({"design_effect": None, "no_weights": Detail.MISSING_STRATUM}, "groups that live together in it never meet"),
        ({}, "a design effect of 1.10 (Kish), so 990 members tell as much as 900 who count alike."),
        ({}, "10 who did not say every group they belong to have no weight."),
    ],
)
def test_a_panel_is_told_in_words(changes: dict[str, Any], says: str) -> None:
    section = voices_section(card(panels=(panel(**changes),)))
    assert section is not None
    assert says in " ".join(section.panels[0].sentences)


@pytest.mark.parametrize(
    ("first", "last", "says"),
    [
        (date(2026, 9, 1), date(2026, 9, 28), "Well? Asked 1 Sep 2026 to 28 Sep 2026."),
        (date(2026, 9, 1), date(2026, 9, 1), "Well? Asked 1 Sep 2026."),
        (None, None, "Well?"),
    ],
)
def test_answers_say_when_they_were_asked(first: date | None, last: date | None, says: str) -> None:
    answer = PanelAnswer(question="q", text="Well?", counted="yes", answered=40, asked_from=first, asked_to=last)
    section = voices_section(card(panels=(panel(answers=(answer,)),)))
    assert section is not None
    assert section.panels[0].answers[0][0] == says


def test_skew_names_who_is_short_before_who_is_over_and_hides_no_more_than_numbers() -> None:
    over, under = Representation.OVER_REPRESENTED, Representation.UNDER_REPRESENTED
    groups = (
        *(group("A", 6.0, over), group("B", -2.0, under), group("C", -4.0, under), group("D", None, under)),
        *(group("E", 1.0, over), group("F", 0.0, Representation.IN_PROPORTION)),
    )
    section = voices_section(card(panels=(panel(verdict=PanelVerdict.SKEWED, groups=groups),)))
    assert section is not None
    said = section.panels[0].sentences
    expected = "C 4.0 points short, B 2.0 points short, D under-represented, A 6.0 points over, 1 group more"
    assert said[0].startswith(f"Skewed: {expected}")
    assert said[-1] == "A small number, or one that protects it, is not shown: groups of fewer than 10."
    hidden = section.panels[0].groups[3]
    assert {hidden.members, hidden.share, hidden.gap, hidden.weight} == {"Not shown"}


def test_what_people_said_is_text_and_never_markup() -> None:
    line = insight("i", text=NASTY, theme=NASTY, group=NASTY)
    dissent = Dissent(insight="i", area_code="H", area=NASTY, text=NASTY)
    voices = Voices(
        area_code="C",
        area="Castlewick",
        level=AreaLevel.PLACE,
        heard=Heard(people=9, records=1),
        insights=(line.model_copy(update={"dissents": (dissent,)}),),
        panels=(panel(title=NASTY),),
        outcomes=(behind(heard_through=NASTY),),
    )
    one = castlewick().model_copy(update={"voices": voices})
    for page in (agreement_page(one), place_page(one), overview_page([one], title="All", voices=voices)):
        assert "<script>alert" not in page
        assert "&lt;script&gt;alert" in page


def test_words_that_may_not_be_shown_have_their_reason_and_few_people_no_number() -> None:
    line = insight("i", text="", withheld=Reason.CONFIDENTIAL, heard=Heard(records=1, few_records=1))
    section = voices_section(card(insights=(line,), heard=Heard(records=1, few_records=1)))
    assert section is not None
    assert section.heard == "1 record of fewer people than may be shown."
    (view,) = section.insights
    assert (view.text, view.heard) == ("", "Fewer than may be shown, volunteers")
    assert view.not_shown == "The words are not shown: the people agreed to be counted only, or were too few."


def test_links_stay_on_the_record_and_lead_to_it_from_the_overview_where_it_has_a_page() -> None:
    record = insight("i", summarised_by=("s",), logged_at="EMX060002")
    total = insight("s", method=InsightMethod.SUMMARY, summarises=("i",), records=("i",), logged_at="gone")
    one = card(insights=(record, total))
    assert one.voices is not None
    page = agreement_page(one)
    assert 'id="insight-i"' in page
    assert '<a href="#insight-i">i</a>' in page
    code = one.place.area_code
    told = one.voices.model_copy(update={"insights": (record.model_copy(update={"logged_at": code}), total)})
    overview = overview_page([one], title="All", voices=told)
    assert f'href="agreements/{code}.html#insight-i"' in overview
    assert "gone" not in overview


def test_voices_come_back_from_json_as_they_were() -> None:
    one = card(behind(), insights=(insight("i"),), panels=(panel(),))
    assert read_scorecard(scorecard_json(one).encode()).voices == one.voices
