"""The catalogue: every row of every set once, what is shared found from both sides; page, table and file agree."""

import csv
import io
import json
import re
from pathlib import Path

import pytest

from outcomes.bundled import bundled_folder
from outcomes.errors import UnknownNameError
from outcomes.exchange.catalogue_files import catalogue_csv, catalogue_json
from outcomes.framework.catalogue import Catalogue, catalogue_of
from outcomes.framework.loading import bundled_framework
from outcomes.partnership.loading import load_partnership
from outcomes.report.catalogue_page import catalogue_page
from outcomes.vocabulary import VerificationState
from outcomes.workflows.cataloguing import bundled_ids, catalogue, write_catalogue


@pytest.fixture(scope="module")
def everything() -> Catalogue:
    return catalogue()


def test_every_inclusion_of_every_bundled_set_is_one_entry(everything: Catalogue) -> None:
    assert [one.id for one in everything.sets] == list(bundled_ids())
    for one in everything.sets:
        asked = {inclusion.key for inclusion in bundled_framework(one.id).inclusions}
        assert {(entry.indicator_id, entry.indicator_version) for entry in one.entries} == asked
        assert len(one.entries) == len(asked)


def test_official_is_what_was_verified_and_nothing_else(everything: Catalogue) -> None:
    for entry in everything.entries:
        assert entry.is_official is (entry.state is VerificationState.YES)
        assert entry.verified.startswith("yes") is entry.is_official
    official = {one.id: sum(entry.is_official for entry in one.entries) for one in everything.sets}
    assert official == {one.id: len(bundled_framework(one.id).official) for one in everything.sets}


def test_a_shared_measure_is_found_from_every_set_that_asks_for_it(everything: Catalogue) -> None:
    falls = {entry.set_id: entry for entry in everything.entries if entry.indicator_id == "22401"}
    assert set(falls) == {"bcf", "bcf-2023-25", "phof"}
    assert {entry.reference for entry in falls.values()} == {"phof/22401@1"}
    for name, entry in falls.items():
        assert {other.set_id for other in entry.also_in} == set(falls) - {name}
    # each set's own code and words
    assert (falls["bcf"].official_code, falls["phof"].official_code) == ("BCF S2", "C29")
    assert falls["bcf"].name.startswith("Emergency hospital admissions due to falls in people aged 65+, directly")
    others = {other.set_id: other.official_code for other in falls["phof"].also_in}
    assert others == {"bcf": "BCF S2", "bcf-2023-25": "BCF 2023-25 2"}


def test_what_may_be_the_same_is_said_on_both_sides(everything: Catalogue) -> None:
    near = {(entry.indicator_id, other.indicator_id) for entry in everything.entries for other in entry.overlaps_with}
    assert ("11001", "lof-killed-or-seriously-injured") in near
    assert {pair[::-1] for pair in near} == near


def test_a_set_does_not_show_the_code_of_another(everything: Catalogue) -> None:
    suicide = next(entry for entry in everything.entries if (entry.set_id, entry.indicator_id) == ("lof", "41001"))
    assert (suicide.official_code, suicide.name, suicide.defined_in) == (
        "",
        "Mental health: suicide rate",
        "Public Health Outcomes Framework",
    )


@pytest.mark.slow
def test_only_the_sets_that_are_named_are_listed_but_what_they_share_is_still_known() -> None:
    listed = catalogue(frameworks=["nof-icb-2026-27"])
    assert [one.id for one in listed.sets] == ["nof-icb-2026-27"]
    assert {entry.indicator_id for entry in listed.entries if entry.also_in} == {"30311", "40401", "40501"}
    page = catalogue_page(listed)
    targets = set(re.findall(r' id="([^"]+)"', page))
    assert set(re.findall(r'href="#([^"]+)"', page)) <= targets
    with pytest.raises(UnknownNameError, match="no framework 'pfoh' to list; there are: ascof, bcf"):
        catalogue(frameworks=["pfoh"])


def test_a_partnership_s_catalogue_is_what_it_asks_for() -> None:
    eastvale = load_partnership(bundled_folder("examples", "eastvale"))
    listed = catalogue(eastvale)
    assert {one.id: len(one.entries) for one in listed.sets} == {"eastvale": 31, "phof": 9, "ascof": 3, "bcf": 4}
    taken = {entry.indicator_id: entry.definition_agreed_by for entry in listed.entries if entry.definition_agreed_by}
    assert set(taken) == {"ascof-2d-1", "bcf-discharge-delay", "bcf-emergency-admissions-65"}
    assert "Eastvale and Moor: catalogue of indicators" in catalogue_page(listed)


def test_page_table_and_file_say_the_same(everything: Catalogue, tmp_path: Path) -> None:
    page, table, file, crosswalk = write_catalogue(everything, tmp_path)
    assert [path.name for path in (page, table, file)] == ["index.html", "catalogue.csv", "catalogue.json"]
    assert crosswalk.name == "crosswalk.csv"
    rows = list(csv.DictReader(io.StringIO(table.read_text(encoding="utf-8"))))
    document = json.loads(file.read_text(encoding="utf-8"))
    assert document["schema_version"] == 1
    read = [entry for one in document["sets"] for entry in one["entries"]]
    html = page.read_text(encoding="utf-8")
    anchors = re.findall(r'<tbody class="entry" id="([^"]+)"', html)
    assert len(rows) == len(read) == len(anchors) == len(everything.entries)
    for entry, row, plain, anchor in zip(everything.entries, rows, read, anchors, strict=True):
        assert row["reference"] == plain["reference"] == entry.reference
        assert (row["is_official"] == "true") is plain["is_official"] is entry.is_official
        assert anchor == f"{entry.set_id}--{entry.indicator_id}"
        assert row["also_in"] == "; ".join(other["set_id"] for other in plain["also_in"])
    assert len(set(anchors)) == len(anchors)


def test_every_link_within_the_page_arrives_and_every_control_has_a_label(everything: Catalogue) -> None:
    page = catalogue_page(everything)
    ids = re.findall(r' id="([^"]+)"', page)
    assert len(set(ids)) == len(ids)
    assert set(re.findall(r'href="#([^"]+)"', page)) <= set(ids)
    controls = set(re.findall(r'<(?:input|select) id="([^"]+)"', page))
    assert controls == set(re.findall(r'<label for="([^"]+)"', page))
    # the search is there only where a script runs
    assert re.search(r'<form id="find"[^>]* hidden>', page)
    assert 'id="none" class="after" hidden' in page


def test_the_page_lets_in_its_own_style_and_script_and_nothing_else(everything: Catalogue) -> None:
    page = catalogue_page(everything)
    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]+)"', page)
    assert policy
    assert re.fullmatch(
        r"default-src (?:'|&#39;)none(?:'|&#39;); style-src (?:'|&#39;)sha256-[\w+/=]+(?:'|&#39;); "
        r"script-src (?:'|&#39;)sha256-[\w+/=]+(?:'|&#39;); img-src data:; "
        r"base-uri (?:'|&#39;)none(?:'|&#39;); form-action (?:'|&#39;)none(?:'|&#39;)",
        policy[1],
    )
    assert page.count("<script") == 1


def test_the_same_sets_give_the_same_bytes(everything: Catalogue) -> None:
    again = catalogue()
    assert catalogue_page(again) == catalogue_page(everything)
    assert catalogue_csv(again) == catalogue_csv(everything)
    assert catalogue_json(again) == catalogue_json(everything)


def test_what_a_framework_says_is_text_and_never_markup_nor_a_formula() -> None:
    phof = bundled_framework("phof", indicators=["93085"])
    evil = '<script>alert("x")</script>'
    indicator = phof.indicators[0].model_copy(
        update={"name": evil, "source_url": "javascript:alert(1)", "limits_of_use": "=HYPERLINK(1)"}
    )
    listed = catalogue_of([phof.model_copy(update={"title": evil, "indicators": (indicator,)})])
    page = catalogue_page(listed)
    assert page.count("<script") == 1
    assert "javascript:" not in page
    (row,) = csv.DictReader(io.StringIO(catalogue_csv(listed).decode()))
    assert row["limits_of_use"] == "'=HYPERLINK(1)"
    assert row["name"] == evil


def test_a_catalogue_of_nothing_is_a_page_too() -> None:
    assert "<h1>" in catalogue_page(catalogue_of([]))
    assert catalogue_csv(catalogue_of([])).decode().count("\n") == 1
