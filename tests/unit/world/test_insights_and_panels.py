"""Insights and panels of residents in a partnership's files: every rule, one small spoiling each."""

from pathlib import Path
from typing import NamedTuple

import pytest

from outcomes.errors import DefinitionError
from outcomes.partnership.lint import lint_partnership
from outcomes.partnership.loading import load_partnership
from tests.world_folder import FILES, line_of, write_world

SAID = "agreements/PL1/insights.csv"
PANEL, MEMBERS, ANSWERS = "panels/people.yaml", "panels/people.csv", "panels/people/answers.csv"
HEADER = (
    "id,partner,group,method,n_heard,panel,people,area_code,collected_from,collected_to,theme,text,dissent,consent,"
    "indicators,outcomes,summarises,released_by,released_on\n"
)
ROWS = {
    "walk": "walk,T1,,walk,9,,,NB1,2026-05-01,2026-05-01,Buses,Too few,Not for us,public,carers,live-well,,Chair,"
    "2026-06-01\n",
    "talk": "talk,,A group,interviews,6,,,PL1,2026-05-02,2026-05-03,Buses,Too late,,partners,carers;smoking,,,,\n",
    "few": "few,C1,,interviews,2,,,NB1,2026-05-02,2026-05-03,Buses,,,count_only,,live-well,,,\n",
    "ours": "ours,C1,,panel,11,people,,PL1,2026-05-02,2026-05-03,Buses,Too dear,,partners,,live-well,,,\n",
    "sum": "sum,C1,,summary,,,,PL1,2026-05-01,2026-05-03,Buses,Seldom,,partners,,live-well,walk;talk,,\n",
}
EXTRA = {
    SAID: HEADER + "".join(ROWS.values()),
    PANEL: """\
title: Our panel
partner: C1
area_code: PL1
recruitment: demographically_recruited
recruited_how: By postcode
counted_on: 2026-06-30
population: adults
dimensions: [sex, area_code]
questions:
  - {id: buses, text: Are there buses enough?, counted: "yes", asked_from: 2026-05-01, asked_to: 2026-05-31}
indicators: [smoking]
outcomes: [live-well]
""",
    MEMBERS: "sex,area_code,members\nFemale,NB1,12\nMale,NB1,8\n,NB1,1\n",
    ANSWERS: "question,sex,area_code,answered,agreed\nbuses,Female,NB1,11,5\nbuses,Male,NB1,7,2\n",
    "series/adults.csv": """\
area_code,period_kind,period,breakdown,numerator
PL1,calendar_year,2026,,1000
PL1,calendar_year,2026,sex=Female,520
PL1,calendar_year,2026,sex=Male,480
NB1,calendar_year,2026,,1000
NB4,calendar_year,2026,,0
""",
}
SERIES = "  - {id: adults, kind: population, title: Adults, source: Made up, licence: OGL, released_on: 2026-01-31}\n"


def write(folder: Path, spoiled: dict[str, tuple[str, str]] | None = None) -> Path:
    """Write the partnership for tests with insights and a panel, and spoil it."""
    write_world(folder, {"partnership.yaml": ("series:\n", f"series:\n{SERIES}")})
    for name, text in EXTRA.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    for name, (old, new) in (spoiled or {}).items():
        text = (folder / name).read_text(encoding="utf-8")
        assert old in text, f"{old!r} is not in {name}"
        (folder / name).write_text(text.replace(old, new, 1), encoding="utf-8")
    return folder


def test_a_sound_partnership_has_its_insights_and_its_panel(tmp_path: Path) -> None:
    folder = write(tmp_path / "world")
    assert [str(one) for one in lint_partnership(folder) if not one.is_advice] == []
    world = load_partnership(folder)
    latest = world.agreements[-1]
    assert [one.id for one in latest.insights] == ["few", "ours", "sum", "talk", "walk"]
    assert latest.insights[2].summarises == ("walk", "talk")
    assert world.panels["people"].members["members"].to_list() == [12, 8, 1]
    # a changed answer is a changed world
    before = world.fingerprint
    answers = folder / ANSWERS
    answers.write_text(answers.read_text(encoding="utf-8").replace("11,5", "11,6"), encoding="utf-8")
    assert load_partnership(folder).fingerprint != before


class Case(NamedTuple):
    """`old` becomes `new` in a file; the rule is named at the line of `at` in `where` (the same file unless given)."""

    rule: str
    file: str
    old: str
    new: str
    at: str
    says: str = ""
    where: str = ""


FAULTS = [
    # insights
    Case("missing-key", SAID, ",public,", ",,", "walk,T1", "consent is missing"),
    Case("missing-column", SAID, "consent", "agreed_to", "id,partner", "consent"),
    Case("unknown-word", SAID, ",public,", ",everybody,", "walk,T1"),
    Case("wrong-value", SAID, "summary,,,", "summary,15,,", "sum,C1", "heard nobody itself"),
    Case("wrong-value", SAID, "interviews,6,", "interviews,,", "talk,", "n_heard is missing"),
    Case("wrong-value", SAID, "walk,T1,,walk", "walk,,,walk", "walk,,,", "who gathered it"),
    Case("wrong-value", SAID, "2026-05-02,2026-05-03,Buses,Too late", "2026-05-04,2026-05-03,Buses,Too late", "talk,"),
    Case("wrong-value", SAID, "walk;talk", "", "sum,C1", "go together"),
    Case("wrong-value", SAID, "panel,11,people", "panel,11,", "ours,C1", "panel is missing"),
    Case("unknown-partner", SAID, "walk,T1", "walk,T9", "walk,T9"),
    Case("unknown-indicator", SAID, "carers;smoking", "carers;smokin", "talk,"),
    Case("unknown-insight-area", SAID, ",NB1,2026-05-01", ",NB9,2026-05-01", "walk,T1", "no area of areas.csv"),
    Case("unknown-insight-area", SAID, ",NB1,2026-05-01", ",NB3,2026-05-01", "walk,T1", "lies outside 'PL1'"),
    Case("unknown-insight-outcome", SAID, "live-well,,Chair", "live-wel,,Chair", "walk,T1"),
    Case("insight-twice", SAID, "talk,,A group", "walk,,A group", "walk,,A group"),
    Case("insight-words", SAID, "Buses,,,count_only", "Buses,Words,,count_only", "few,C1", "counted only"),
    Case("insight-words", SAID, "Too late,,partners", ",,partners", "talk,", "does not say"),
    Case("insight-too-few", SAID, "interviews,6,", "interviews,4,", "talk,", "at least 5 are expected"),
    Case("insight-too-few", SAID, "panel,11,", "panel,9,", "ours,C1", "at least 10 are expected"),
    Case("insight-released-without-consent", SAID, ",public,", ",partners,", "walk,T1"),
    Case("unknown-insight", SAID, "walk;talk", "walk;talks", "sum,C1", "'talks'"),
    Case("summary-shows-more", SAID, "Seldom,,partners", "Seldom,,public", "sum,C1", "its records partners"),
    Case("summary-of-elsewhere", SAID, "summary,,,,PL1", "summary,,,,NB1", "sum,C1", "'talk' of 'PL1'"),
    Case("unknown-panel", SAID, "panel,11,people", "panel,11,peple", "ours,C1", "'peple'"),
    Case("panel-heard-twice", SAID, "panel,11,people", "panel,22,people", "ours,C1", "than it has, 21"),
    # panels
    Case("unknown-partner", PANEL, "partner: C1", "partner: C9", "partner: C9"),
    Case("unknown-area", PANEL, "area_code: PL1", "area_code: PL9", "area_code: PL9"),
    Case("unknown-series", PANEL, "population: adults", "population: england", "population: england"),
    Case("unknown-indicator", PANEL, "[smoking]", "[smokin]", "[smokin]"),
    Case("unknown-outcome", PANEL, "[live-well]", "[live-wel]", "[live-wel]"),
    Case("wrong-value", PANEL, "[sex, area_code]", "[sex, sex]", "title", "each dimension is expected once"),
    Case("wrong-value", PANEL, "dimensions:", "least_in_group: 5\ndimensions:", "least_in_group"),
    Case("panel-population", PANEL, "[sex, area_code]", "[sex, ethnicity]", "ethnicity", "has no groups", MEMBERS),
    Case("panel-population", "series/adults.csv", "sex=Male,480", "sex=Male,400", "title", "different numbers", PANEL),
    Case("panel-group", MEMBERS, "Female,NB1", "Famale,NB1", "Famale", "Write one of Female, Male"),
    Case("panel-group", MEMBERS, "Male,NB1,8", "Female,NB1,8", "Female,NB1,8", "stands twice"),
    Case("wrong-value", MEMBERS, "NB1,8", "NB1,8.5", "8.5"),
    Case("panel-answers", MEMBERS, "NB1,8", "NB1,-8", "-8", "members is below 0"),
    Case("panel-answers", ANSWERS, "buses,Male", "trains,Male", "trains", "no question of the panel"),
    Case("panel-answers", ANSWERS, "NB1,7,2", "NB1,7,8", "NB1,7,8", "more agreed than answered"),
    Case("unknown-column", MEMBERS, "members", "members,postcode", "postcode"),
]


@pytest.mark.parametrize("case", FAULTS, ids=lambda case: case.rule)
def test_a_spoiled_file_breaks_its_rule_at_its_line(case: Case, tmp_path: Path) -> None:
    spoiled = {case.file: (case.old, case.new)}
    if case.where == MEMBERS:
        # the columns follow the dimensions
        spoiled[MEMBERS] = ("area_code", "ethnicity")
        spoiled[ANSWERS] = ("area_code", "ethnicity")
    folder = write(tmp_path / "world", spoiled)
    where = PANEL if case.where == MEMBERS else case.where or case.file
    faults = lint_partnership(folder)
    found = [fault for fault in faults if fault.rule == case.rule and fault.file == where and not fault.is_advice]
    assert found, [str(fault) for fault in faults]
    assert line_of(folder, where, case.at) in {fault.line for fault in found}
    assert all(case.says in fault.message + fault.fix for fault in found)


def test_a_group_that_is_none_is_not_repeated_for_it_may_be_somebody(tmp_path: Path) -> None:
    folder = write(tmp_path / "world", {MEMBERS: ("Female,NB1", "Jane Doe SW1A 1AA,NB1")})
    (fault,) = (one for one in lint_partnership(folder) if one.rule == "panel-group")
    assert "Jane" not in str(fault)


def test_volunteers_among_chosen_people_are_refused_where_they_stand(tmp_path: Path) -> None:
    mixed = "sex,area_code,members,recruitment\nFemale,NB1,12,\nMale,NB1,8,voluntary\n"
    folder = write(tmp_path / "world", {MEMBERS: (EXTRA[MEMBERS], mixed)})
    (fault,) = (one for one in lint_partnership(folder) if one.rule == "voluntary-mixed")
    assert (fault.file, fault.line) == (MEMBERS, 3)
    assert "a panel of their own" in fault.fix
    with pytest.raises(DefinitionError, match="voluntary-mixed"):
        load_partnership(folder)


def test_summaries_that_sum_up_each_other_are_a_circle(tmp_path: Path) -> None:
    other = "more,C1,,summary,,,,PL1,2026-05-01,2026-05-03,Buses,Seldom,,partners,,live-well,sum;talk,,\n"
    text = EXTRA[SAID].replace("walk;talk", "walk;more") + other
    folder = write(tmp_path / "world", {SAID: (EXTRA[SAID], text)})
    said = {one.line: one.message for one in lint_partnership(folder) if one.rule == "insight-circle"}
    assert "'sum' summarises itself: sum → more → sum." in said[line_of(folder, SAID, "sum,C1")]
    assert len(said) == 2


def test_a_panel_without_its_members_is_a_missing_file(tmp_path: Path) -> None:
    folder = write(tmp_path / "world")
    (folder / MEMBERS).unlink()
    assert any(fault.file == MEMBERS for fault in lint_partnership(folder))


def test_a_panel_s_file_that_is_no_mapping_is_said(tmp_path: Path) -> None:
    folder = write(tmp_path / "world", {PANEL: (EXTRA[PANEL], "- one\n")})
    assert any(fault.file == PANEL and fault.rule == "wrong-value" for fault in lint_partnership(folder))


def test_a_framework_whose_outcomes_hear_nobody_is_named(tmp_path: Path) -> None:
    changes = {"frameworks/local/framework.yaml": ("    heard_through: A yearly survey of carers\n", "")}
    folder = write_world(tmp_path / "world", changes)
    found = [one for one in lint_partnership(folder) if one.rule == "unheard-outcome"]
    assert [(one.file, one.is_advice) for one in found] == [("frameworks/local/framework.yaml", True)]
    assert "of framework 'local' the outcome live-well has neither" in found[0].message
    assert load_partnership(folder)


HEARD = {
    "an experience measure": {
        "frameworks/local/indicators.yaml": ("    source: Us\n", "    is_experience_measure: true\n    source: Us\n"),
        "frameworks/local/inclusions.yaml": ("", FILES["frameworks/local/inclusions.yaml"]),
    },
    "how people are listened to": {"frameworks/local/framework.yaml": ("", FILES["frameworks/local/framework.yaml"])},
}


@pytest.mark.parametrize("source", sorted(HEARD))
def test_an_outcome_is_heard_by_a_measure_or_by_a_source(source: str, tmp_path: Path) -> None:
    changes = {"frameworks/local/framework.yaml": ("    heard_through: A yearly survey of carers\n", "")}
    folder = write_world(tmp_path / "world", changes | HEARD[source])
    assert [one for one in lint_partnership(folder) if one.rule == "unheard-outcome"] == []


@pytest.mark.parametrize("kept", [SAID, PANEL])
def test_an_outcome_is_heard_by_an_insight_or_by_a_panel(kept: str, tmp_path: Path) -> None:
    folder = write(tmp_path / "world")
    path = folder / "frameworks/local/framework.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("    heard_through: A yearly survey of carers\n", ""))
    if kept == SAID:
        for name in (PANEL, MEMBERS, ANSWERS):
            (folder / name).unlink()
        said = folder / SAID
        said.write_text(HEADER + ROWS["talk"], encoding="utf-8")
    else:
        (folder / SAID).unlink()
    assert [one for one in lint_partnership(folder) if one.rule == "unheard-outcome"] == []
    (folder / kept).unlink()
    for name in (MEMBERS, ANSWERS):
        (folder / name).unlink(missing_ok=True)
    assert [one.rule for one in lint_partnership(folder) if one.rule == "unheard-outcome"] == ["unheard-outcome"]
