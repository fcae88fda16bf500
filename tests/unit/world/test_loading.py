"""Loading a partnership: what is where, identities of indicators, fingerprints, one plain message where it fails."""

import shutil
from datetime import date
from pathlib import Path

import pytest

from outcomes.bundled import bundled_folder
from outcomes.errors import DefinitionError, UnknownNameError, UnreadableFileError
from outcomes.framework.loading import bundled_framework, lint_framework, load_framework
from outcomes.partnership.lint import lint_partnership, lint_path
from outcomes.partnership.loading import load_partnership, partnership_files
from outcomes.partnership.model import Partnership
from outcomes.vocabulary import AreaLevel
from tests.world_folder import FILES, line_of, write_world

PL1, PROMISES, POPULATION = "agreements/PL1.yaml", "agreements/PL1/commitments.csv", "series/population.csv"


def _bundled(kind: str) -> list[str]:
    # templates are a folder of frameworks to begin with, and none itself
    return sorted(
        path.name
        for path in bundled_folder(kind).iterdir()
        if path.is_dir() and path.name[0] not in "._" and path.name != "templates"
    )


FRAMEWORKS = _bundled("frameworks")
# the areas of the others are made of published look-ups when they are run, and tested there
EXAMPLES = [name for name in _bundled("examples") if (bundled_folder("examples", name) / "areas.csv").exists()]


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Partnership:
    return load_partnership(write_world(tmp_path_factory.mktemp("loading") / "world"))


def test_everything_in_the_folder_is_loaded(world: Partnership) -> None:
    assert world.description.title == "A partnership for tests"
    assert world.description.is_fictional
    assert [partner.code for partner in world.partners] == ["C1", "P1", "T1"]
    assert sorted(world.series) == ["england", "esp", "population"]
    assert sorted(world.layouts) == ["native", "wide"]
    assert sorted(world.policies) == ["hes-2018", "opensafely", "ours", "under-5"]
    assert world.calendar.returns_from == date(2025, 4, 1)
    assert world.areas["NB2"].successors == ("NB3",)
    assert world.areas["SYS"].level is AreaLevel.SYSTEM


def test_a_parent_is_a_footprint_row_of_weight_one_with_the_dates_of_the_area(world: Partnership) -> None:
    rows = world.footprints.frame.filter(world.footprints.frame["area_code"] == "PL2").rows()
    assert rows == [
        ("PL2", "NB2", 1.0, None, date(2025, 3, 31)),
        ("PL2", "NB3", 1.0, date(2025, 4, 1), None),
        ("PL2", "NB4", 0.75, None, date(2025, 3, 31)),
        ("PL2", "NB4", 0.75, date(2025, 4, 1), None),
    ]


def test_the_logs_of_a_place_go_into_every_version_of_its_agreement(world: Partnership) -> None:
    assert [agreement.version for agreement in world.agreements] == [1, 2]
    for agreement in world.agreements:
        assert [commitment.id for commitment in agreement.commitments] == ["c1", "c2"]
        assert agreement.replies[0].text == "The survey moved, and\nfewer answered."


def test_one_measure_in_two_frameworks_is_one_indicator(world: Partnership) -> None:
    included = [framework.id for framework, inclusion in world.inclusions if inclusion.indicator == "smoking"]
    assert included == ["local", "other"]
    assert [key for key in world.indicators if key[0] == "smoking"] == [("smoking", 1)]


def test_of_a_framework_that_is_only_included_from_only_what_is_included_is_there(world: Partnership) -> None:
    assert ("unasked", 1) not in world.indicators
    assert [framework.id for framework in world.frameworks] == ["local", "other", "shared"]
    assert world.frameworks[2].inclusions == ()


def test_two_versions_of_an_indicator_hold_one_after_the_other(world: Partnership) -> None:
    assert world.indicator_on("carers", date(2025, 9, 30)).version == 1
    assert world.indicator_on("carers", date(2025, 10, 1)).version == 2
    assert [indicator.version for indicator in world.versions_of("carers")] == [1, 2]


def test_an_official_code_is_free_text_and_means_the_indicator(world: Partnership) -> None:
    assert world.names_of_indicators["2D(1)"] == ("carers",)
    assert world.names_of_indicators["92443"] == ("smoking",)


def test_a_series_is_read_with_its_periods_and_groups(world: Partnership) -> None:
    population = world.series["population"].frame
    assert population["period_start"].unique().to_list() == [date(2025, 1, 1)]
    assert population["breakdown"].to_list() == ["", "age_band=0-64", "age_band=65+"]
    assert population["numerator"].to_list() == [1000, 800, 200]
    assert world.series["england"].frame["value"].to_list() == [11.9, 50.0]
    assert world.series["esp"].frame["period_start"].null_count() == 2


@pytest.mark.parametrize(
    ("changes", "rule", "file", "at"),
    [
        ({POPULATION: ("2025,,1000", "2025/26,,1000")}, "wrong-value", POPULATION, "2025/26"),
        ({POPULATION: ("calendar_year", "annual")}, "unknown-word", POPULATION, "annual"),
        ({POPULATION: ("2025,,1000", ",,1000")}, "missing-key", POPULATION, ",,,1000"),
        ({POPULATION: ("age_band=65+", "65+")}, "wrong-value", POPULATION, ",65+"),
        ({POPULATION: (",200", ",two")}, "wrong-value", POPULATION, "two"),
        ({"footprints.csv": ("0.25", "1/4")}, "wrong-value", "footprints.csv", "1/4"),
        ({"areas.csv": ("NB1,One,", "NB1,,")}, "missing-key", "areas.csv", "NB1,,"),
        ({PROMISES: ("2026-09-30", "soon")}, "wrong-value", PROMISES, "soon"),
        ({PROMISES: ("Open a hub", "")}, "missing-key", PROMISES, "c1"),
        ({"partnership.yaml": ("schema: 1", "schema: 2")}, "schema-version", "partnership.yaml", "schema: 2"),
        ({"partnership.yaml": ("id: test", "id: test\nlogo: x")}, "unknown-key", "partnership.yaml", "logo"),
        ({"partners.yaml": ("[PL1, PL2]", "PL1")}, "wrong-value", "partners.yaml", "footprint: PL1"),
        ({PL1: ("    title: Second\n", "")}, "missing-key", PL1, "version: 2"),
        ({PL1: ("title: First", "title: F\n    replies: []")}, "unknown-key", PL1, "replies"),
    ],
)  # fmt: skip
def test_a_value_that_cannot_be_read_is_named_with_its_file_and_line(
    tmp_path: Path, changes: dict[str, tuple[str, str]], rule: str, file: str, at: str
) -> None:
    folder = write_world(tmp_path / "world", changes)
    found = {(fault.rule, fault.file, fault.line) for fault in lint_partnership(folder)}
    assert (rule, file, line_of(folder, file, at)) in found


def test_every_fault_of_every_file_is_raised_at_once(tmp_path: Path) -> None:
    changes = {
        "areas.csv": ("One,neighbourhood", "One,hood"),
        "partners.yaml": ("type: council", "type: councl"),
        PL1: ("decision: Board 1", "decision: a binding decision"),
        "series/esp.csv": ("20000", "-1"),
    }
    with pytest.raises(DefinitionError) as raised:
        load_partnership(write_world(tmp_path / "world", changes))
    assert {fault.file for fault in raised.value.faults} == set(changes)
    assert str(raised.value).startswith("4 faults in the definitions:\n  agreements/PL1.yaml:")


@pytest.mark.parametrize("name", sorted(name for name in FILES if name.endswith(".yaml")))
@pytest.mark.parametrize("slip", ["introduction: Our aim: better lives\n", "x:\n\t- y\n", "x: 1\nx: 2\n"])
def test_one_slip_of_the_pen_is_said_alone_in_whatever_file_it_is(tmp_path: Path, name: str, slip: str) -> None:
    # a second mistake elsewhere waits until the first is mended
    changes = {"areas.csv": ("One,neighbourhood", "One,hood")}
    folder = write_world(tmp_path / "world", changes)
    (folder / name).write_text(FILES[name] + slip, encoding="utf-8")
    found = lint_partnership(folder)
    assert [(fault.file, fault.is_advice) for fault in found] == [(name, False)]
    assert found[0].line > FILES[name].count("\n")
    assert found[0].fix.endswith("The rest is checked once this is mended.")


def test_of_several_files_that_cannot_be_read_the_last_says_that_the_rest_waits(tmp_path: Path) -> None:
    folder = write_world(tmp_path / "world")
    for name in ("areas.csv", POPULATION):
        path = folder / name
        path.write_text(path.read_text(encoding="utf-8").replace(",", ";"), encoding="utf-8")
    (folder / "partners.yaml").write_text("a: b: c\n", encoding="utf-8")
    found = lint_partnership(folder)
    assert [(one.file, one.rule) for one in found] == [
        ("areas.csv", "wrong-separator"),
        ("partners.yaml", "yaml-syntax"),
        (POPULATION, "wrong-separator"),
    ]
    assert ["these are mended" in one.fix for one in found] == [False, False, True]
    assert lint_path(folder / PL1) == found


def test_a_framework_that_cannot_be_read_says_only_that(tmp_path: Path) -> None:
    folder = write_world(tmp_path / "world") / "frameworks" / "local"
    (folder / "indicators.yaml").write_text("indicators: [\n", encoding="utf-8")
    assert [fault.rule for fault in lint_framework(folder)] == ["yaml-syntax"]


def test_no_list_of_names_is_printed_empty(tmp_path: Path) -> None:
    folder = write_world(tmp_path / "world", {"partnership.yaml": ("frameworks: [local, other]\n", "")})
    assert [str(fault) for fault in lint_partnership(folder) if ": ." in str(fault)] == []


@pytest.mark.parametrize("name", sorted(FILES))
def test_a_missing_file_that_is_needed_is_named_where_it_is_needed(tmp_path: Path, name: str) -> None:
    folder = write_world(tmp_path / "world")
    (folder / name).unlink()
    found = {(fault.file, fault.rule) for fault in lint_partnership(folder) if not fault.is_advice}
    needed_by = {
        "layouts/wide.yaml": ("partners.yaml", "unknown-layout"),
        PL1: ("agreements/PL1", "missing-file"),
        "frameworks/local/indicators.yaml": ("frameworks/local/inclusions.yaml", "unknown-indicator"),
        "frameworks/shared/indicators.yaml": ("frameworks/local/framework.yaml", "unknown-indicator"),
        "frameworks/local/inclusions.yaml": ("frameworks/local/indicators.yaml", "indicator-without-outcome"),
    }
    can_be_absent = {
        "calendar.yaml",
        "neighbours.csv",
        "footprints.csv",
        "policies/ours.yaml",
        "frameworks/other/inclusions.yaml",
        PROMISES,
        "agreements/PL1/replies.csv",
    }
    if name in can_be_absent:
        assert found == set()
    else:
        assert needed_by.get(name, (name, "missing-file")) in found


@pytest.mark.parametrize("name", sorted(FILES))
def test_a_folder_in_place_of_a_file_is_a_plain_fault(tmp_path: Path, name: str) -> None:
    folder = write_world(tmp_path / "world")
    (folder / name).unlink()
    (folder / name).mkdir()
    with pytest.raises(DefinitionError) as raised:
        load_partnership(folder)
    assert (name, "unreadable-file") in {(fault.file, fault.rule) for fault in raised.value.faults}


@pytest.mark.parametrize("name", sorted(name for name in FILES if name.endswith(".yaml")))
@pytest.mark.parametrize("text", ["", "[]", "- a: 1\n", "x: {y: [z]}\n", "partners: {}\n"])
def test_a_file_of_another_shape_is_a_plain_fault(tmp_path: Path, name: str, text: str) -> None:
    folder = write_world(tmp_path / "world")
    (folder / name).write_text(text, encoding="utf-8")
    faults = lint_partnership(folder)
    harmless = ("inclusions.yaml", "indicators.yaml", "calendar.yaml", "partners.yaml")
    assert [fault for fault in faults if fault.file == name] or (text == "" and name.endswith(harmless))


def test_a_folder_that_is_not_there_is_one_plain_message(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFileError, match="there is no such folder"):
        load_partnership(tmp_path / "no")
    (tmp_path / "file").write_text("x", encoding="utf-8")
    with pytest.raises(UnreadableFileError, match="this is a file, not a folder"):
        lint_partnership(tmp_path / "file")
    with pytest.raises(UnreadableFileError, match="there is no such folder"):
        load_framework(tmp_path / "no")
    (tmp_path / "empty").mkdir()
    with pytest.raises(DefinitionError, match=r"partnership\.yaml: missing-file"):
        load_partnership(tmp_path / "empty")


def test_the_fingerprint_is_of_content_and_not_of_place_line_ends_or_other_files(tmp_path: Path) -> None:
    first = load_partnership(write_world(tmp_path / "one"))
    elsewhere = Path(shutil.copytree(tmp_path / "one", tmp_path / "two"))
    (elsewhere / "README.md").write_text("notes", encoding="utf-8")
    areas = elsewhere / "areas.csv"
    areas.write_bytes(areas.read_bytes().replace(b"\n", b"\r\n"))
    assert load_partnership(elsewhere).fingerprint == first.fingerprint
    assert len(first.fingerprint) == 64
    areas.write_text(areas.read_text(encoding="utf-8").replace("One", "Won"), encoding="utf-8")
    assert load_partnership(elsewhere).fingerprint != first.fingerprint


def test_the_files_behind_the_fingerprint_can_be_kept(tmp_path: Path) -> None:
    found = partnership_files(write_world(tmp_path / "world"))
    assert set(FILES) <= set(found)
    assert set(found) - set(FILES) == {"policies/hes-2018.yaml", "policies/opensafely.yaml", "policies/under-5.yaml"}
    assert found["partners.yaml"] == FILES["partners.yaml"].encode()


def test_a_partnerships_own_policy_and_framework_win_over_the_bundled_ones(tmp_path: Path) -> None:
    changes = {
        "policies/under-5.yaml": ("", FILES["policies/ours.yaml"]),
        "frameworks/phof/framework.yaml": (
            "",
            FILES["frameworks/shared/framework.yaml"].replace("id: shared", "id: phof"),
        ),
        "partnership.yaml": ("[local, other]", "[local, other, phof]"),
    }
    world = load_partnership(write_world(tmp_path / "world", changes))
    assert world.policy("under-5").title == "Ours"
    assert next(framework for framework in world.frameworks if framework.id == "phof").title == "Shared"


def test_a_bundled_framework_is_found_by_id_whatever_lies_in_the_working_directory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "phof").mkdir()
    monkeypatch.chdir(tmp_path)
    assert bundled_framework("phof").id == "phof"
    with pytest.raises(UnknownNameError, match="there are:"):
        bundled_framework("nothing")


@pytest.mark.parametrize("folder", FRAMEWORKS)
def test_every_bundled_framework_is_free_of_faults(folder: str) -> None:
    assert [fault for fault in lint_framework(bundled_folder("frameworks", folder)) if not fault.is_advice] == []


@pytest.mark.parametrize("folder", EXAMPLES)
def test_every_example_is_free_of_faults(folder: str) -> None:
    assert [fault for fault in lint_partnership(bundled_folder("examples", folder)) if not fault.is_advice] == []


def test_lint_takes_a_partnership_a_framework_or_an_agreement(tmp_path: Path) -> None:
    changes = {
        PROMISES: ("c2,C1", "c2,C9"),
        "frameworks/other/inclusions.yaml": ("    polarity_agreed_by: Ministry\n", ""),
    }
    folder = write_world(tmp_path / "world", changes)
    assert {fault.rule for fault in lint_path(folder)} == {"unknown-partner", "polarity-not-agreed"}
    assert [fault.rule for fault in lint_path(folder / "frameworks" / "other")] == ["polarity-not-agreed"]
    assert [fault.rule for fault in lint_path(folder / "agreements" / "PL1.yaml")] == ["unknown-partner"]


def test_a_framework_finds_those_it_includes_from_beside_it(tmp_path: Path) -> None:
    folder = write_world(tmp_path / "world") / "frameworks"
    framework = load_framework(folder / "local")
    assert [str(reference) for reference in framework.includes] == ["shared/smoking@1"]
    assert {inclusion.indicator for inclusion in framework.inclusions} == {"carers", "falls", "smoking"}
    shutil.rmtree(folder / "shared")
    with pytest.raises(DefinitionError, match="unknown-framework"):
        load_framework(folder / "local")
