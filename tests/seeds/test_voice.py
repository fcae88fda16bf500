"""What people said flows up and is counted once; panels are held against their people; volunteers stay volunteers."""

import csv
import json
import re
from pathlib import Path

import pytest

import outcomes as oc
from outcomes.partnership.lint import lint_path
from outcomes.statistics import RakedWeights
from outcomes.vocabulary import Representation
from tests.seeds.seed import seed, without
from tests.seeds.street import built, changed, copy_of_eastvale, text_of

DUNMARSH = "agreements/EMX060003/insights.csv"
HEADER = (Path(__file__).parents[2] / "examples/eastvale" / DUNMARSH).read_text(encoding="utf-8").splitlines()[0]


def table(site: Path, name: str) -> list[dict[str, str]]:
    """The rows of a table of a site."""
    with (site / "data" / f"{name}.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


@seed(
    "Insight flows up",
    seen="index.html, What people said; agreements/<area>.html; data/insights.csv",
    behind="outcomes.profile.hearing:records_of",
    # as if each path to a record brought its people once more
    off=lambda found: (
        lambda insight_id, every: (
            found(insight_id, every) if not every[insight_id].summarises else every[insight_id].summarises
        )
    ),
)
def test_insight_flows_up(tmp_path: Path) -> None:
    folder = copy_of_eastvale(tmp_path / "eastvale")
    path = folder / DUNMARSH
    # a summary of a summary and of what that one rests on already: two ways lead down to each record
    rows = list(csv.DictReader(path.read_text(encoding="utf-8").splitlines()))
    top = dict.fromkeys(HEADER.split(","), "") | {
        **{"id": "top", "partner": "EMA", "method": "summary", "area_code": "EMX060003", "consent": "public"},
        **{"theme": "Near and far", "text": "Far", "collected_from": "2026-05-12", "collected_to": "2026-07-31"},
        "summarises": "dunmarsh-getting-there;low-fen-walk;moor-edge-conversations",
    }
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, HEADER.split(","), lineterminator="\n")
        writer.writeheader()
        writer.writerows([*rows, top])
    site = built(folder, tmp_path / "site")
    # traceable from the system's view: the way up, the record on the page of its place, the minority's words
    overview = (site / "index.html").read_text(encoding="utf-8")
    assert "Low Fen → Dunmarsh → Eastvale and Moor" in text_of(site / "index.html")
    assert "Dissent, in Low Fen: The bus matters more than the clinic" in text_of(site / "index.html").replace("“", "")
    (href,) = set(re.findall(r'href="(agreements/EMX060003\.html#insight-low-fen-walk)"', overview))
    page, anchor = href.split("#")
    assert f'id="{anchor}"' in (site / page).read_text(encoding="utf-8")
    found = {one["insight"]: one for one in table(site, "insights")}
    assert found["low-fen-walk"]["path"] == "Low Fen > Dunmarsh > Eastvale and Moor"
    assert found["low-fen-walk"]["summarised_by"] == "dunmarsh-getting-there; top"
    # 412 + 14 + 22 people in three records, whichever way one climbs
    for name in ("dunmarsh-getting-there", "top"):
        assert (found[name]["people"], found[name]["records"]) == ("448", "3")
        assert found[name]["rests_on"] == "dunmarsh-buses; low-fen-walk; moor-edge-conversations"
        assert "Low Fen: The bus matters more" in found[name]["dissent"]
    # a neighbourhood that two places share is heard in both, and once above them
    cards = {code: json.loads((site / f"scorecards/{code}.json").read_text()) for code in ("EMX060003", "EMX060004")}
    shared = [
        one["heard"]["people"]
        for card in cards.values()
        for one in card["voices"]["insights"]
        if one["id"] == "moor-edge-conversations"
    ]
    assert shared == [22, 22]
    assert [one["insight"] for one in table(site, "insights")].count("moor-edge-conversations") == 1
    assert found["moor-edge-conversations"]["path"] == "Moor Edge > Dunmarsh and Thornmoor > Eastvale and Moor"


@seed(
    "Eyes of people using services",
    seen="outcomes lint: the advice unheard-outcome",
    behind="outcomes.partnership.lint:VOICE_RULES",
    off=without("unheard_outcome"),
)
def test_eyes_of_people_using_services(tmp_path: Path) -> None:
    folder = copy_of_eastvale(tmp_path / "eastvale")
    assert "unheard-outcome" not in {fault.rule for fault in lint_path(folder)}
    # nobody is asked any more: no measure of experience, no panel, no insight
    for path in (*folder.glob("agreements/*/insights.csv"), *folder.glob("panels/*.yaml")):
        path.unlink()
    for path in (*folder.glob("panels/*.csv"), *folder.glob("panels/*/*.csv")):
        path.unlink()
    measures = folder / "frameworks/eastvale/indicators.yaml"
    text = measures.read_text(encoding="utf-8")
    assert "is_experience_measure: true" in text
    measures.write_text(text.replace("    is_experience_measure: true\n", ""), encoding="utf-8")
    said = [fault for fault in lint_path(folder) if fault.rule == "unheard-outcome"]
    (ours,) = (fault for fault in said if fault.file == "frameworks/eastvale/framework.yaml")
    assert ours.is_advice
    assert "of framework 'eastvale' 4 outcomes start-well, live-well, age-well, fair-chances have neither" in str(ours)
    # one measure that is people's own account, and its outcome is seen through their eyes
    felt = ("    source: Vale", "    is_experience_measure: true\n    source: Vale")
    changed(folder, {"frameworks/eastvale/indicators.yaml": felt})
    (ours,) = (one for one in lint_path(folder) if (one.rule, one.file) == ("unheard-outcome", ours.file))
    assert "3 outcomes live-well, age-well, fair-chances" in str(ours)


@seed(
    "Representative citizens' panel",
    seen="agreements/<area>.html, What people said; data/panels.csv",
    behind="outcomes.profile.panels:raked_weights",
    # as if every member counted alike
    off=lambda _: lambda cells, *_rest: RakedWeights(cells.with_columns(weight=1.0), 0, 0.0),
)
def test_representative_citizens_panel(tmp_path: Path) -> None:
    site = built(copy_of_eastvale(tmp_path / "eastvale"), tmp_path / "site")
    rows = [one for one in table(site, "panels") if one["panel"] == "residents"]
    (whole,) = (one for one in rows if one["row"] == "panel")
    groups = [one for one in rows if one["row"] == "group"]
    assert {one["dimension"] for one in groups} == {
        *("sex", "age_band", "ethnicity", "deprivation_quintile", "area_code")
    }
    # the panel that is known to be short of young people is found out, by them and nobody else
    assert whole["word"] == "skewed"
    out = [one["group"] for one in groups if one["word"] == Representation.UNDER_REPRESENTED]
    assert out == ["16-24"]
    (young,) = (one for one in groups if one["group"] == "16-24")
    assert float(young["gap_upper_ci_95"]) < 0
    assert float(young["gap"]) == pytest.approx(float(young["value"]) - float(young["population_share"]))
    assert float(young["weight"]) > 1.2
    # the raked weights meet every margin, and what they cost is said
    for one in groups:
        assert float(one["weighted_share"]) == pytest.approx(float(one["population_share"]), abs=1e-9)
    effect, effective = float(whole["design_effect"]), float(whole["effective_people"])
    assert effect > 1
    assert effective == pytest.approx(1_149 / effect)
    # a small group is not shown, nor the one that would give it away
    hidden = [one["group"] for one in groups if one["reason"] == "confidential"]
    assert hidden == ["Mixed", "Other"]
    assert all(not one["people"] and not one["value"] and not one["weight"] for one in groups if one["group"] in hidden)
    page = text_of(site / "agreements/EMX060002.html")
    assert "Residents' panel: skewed" in page
    assert "people aged 16-24 4.0 points short" in page
    assert "a design effect of 1.02 (Kish), so 1,149 members tell as much as 1,127" in page
    assert "1,180 members, people aged 16-24 4.0 points short" in text_of(site / "places/EMX060002.html")


@seed(
    "Not the loudest",
    seen="agreements/<area>.html; data/panels.csv; outcomes lint; outcomes.panel_estimates",
    behind="outcomes.partnership.lint:PANEL_RULES",
    off=without("voluntary_mixed"),
)
def test_not_the_loudest(tmp_path: Path) -> None:
    folder = copy_of_eastvale(tmp_path / "eastvale")
    site = built(folder, tmp_path / "site")
    # labelled: volunteers, with no interval, no weight, no estimate
    rows = [one for one in table(site, "panels") if one["panel"] == "buses"]
    assert rows[0]["word"] == "volunteers"
    assert {one["is_estimate"] for one in rows if one["row"] == "answer"} == {"false"}
    assert {(one["lower_ci_95"], one["weight"]) for one in rows} == {("", "")}
    page = text_of(site / "agreements/EMX060003.html")
    assert "Survey about buses and the new clinic: volunteers" in page
    assert "nothing is estimated of everybody from what they say" in page
    assert "who came of themselves: said, not estimated" in text_of(site / "places/EMX060003.html")
    # a group of too few answers is not told
    answers = [one for one in table(site, "panels") if one["panel"] == "residents" and one["row"] == "answer"]
    shown = [int(one["people"]) for one in answers if one["people"]]
    assert min(shown) >= 10
    assert any(one["reason"] == "confidential" and not one["value"] for one in answers)
    # of which weeks the answers are, lest they be taken for those of a year's figure
    assert {(one["asked_from"], one["asked_to"]) for one in answers} == {("2026-09-01", "2026-09-28")}
    assert "Asked 1 Sep 2026 to 28 Sep 2026." in page
    # mixing raises, in a file and in Python
    partnership = oc.load_partnership(folder)
    with pytest.raises(oc.VoluntaryMixedError) as raised:
        oc.panel_estimates(partnership, ["residents", "buses"], "belonging")
    where, found, expected, to_do = "estimate of 'belonging'", "found answers of volunteers", "expected", "Leave"
    assert all(part in str(raised.value) for part in (where, found, expected, to_do))
    members = folder / "panels/residents.csv"
    first, *others = members.read_text(encoding="utf-8").splitlines()
    mixed = [f"{first},recruitment", *(f"{row}," for row in others[:-1]), f"{others[-1]},voluntary"]
    members.write_text("\n".join([*mixed, ""]), encoding="utf-8")
    with pytest.raises(oc.DefinitionError, match=rf"panels/residents\.csv:{len(mixed)}: voluntary-mixed"):
        oc.load_partnership(folder)
