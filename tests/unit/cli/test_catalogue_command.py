"""`outcomes catalogue` lists what sets ask for, official first; `outcomes init` and `lint` speak of the same sets."""

import re
from pathlib import Path

import pytest

from outcomes.bundled import bundled_folder
from outcomes.workflows.cataloguing import bundled_ids
from tests.unit.cli.running import Command, Done

FRAMEWORKS = bundled_folder("frameworks")


def test_a_plain_list_gives_what_is_official_first(outcomes: Command) -> None:
    done = outcomes("catalogue", "--framework", "bcf-2023-25")
    assert done == Done(
        0,
        "Better Care Fund metrics 2023-25 (bcf-2023-25): 3 of 5 official\n"
        "  official\n"
        "    phof/22401@1 [BCF 2023-25 2] Emergency hospital admissions due to falls in people aged 65 and over\n"
        "    bcf-2023-25/bcf-2023-25-residential-admissions@1 [BCF 2023-25 4] Rate of permanent admissions to "
        "residential care per 100,000 population (65+)\n"
        "    ascof/ascof-2d-1@1 [BCF 2023-25 5] Older people (65+) still at home 91 days after discharge from hospital "
        "into reablement/rehabilitation\n"
        "  to be confirmed\n"
        "    bcf/bcf-chronic-conditions@1 [BCF 2023-25 1] Unplanned hospitalisation for chronic ambulatory care "
        "sensitive conditions (NHSOF 2.3i)\n"
        "    bcf-2023-25/bcf-2023-25-usual-place-of-residence@1 [BCF 2023-25 3] Discharge to usual place of residence\n"
        "5 indicators in 1 set, 3 official\n",
        "",
    )


def test_a_page_a_table_and_a_file_are_written(outcomes: Command, desk: Path) -> None:
    done = outcomes("catalogue", "--out", "list", "--framework", "core20plus5", "--framework", "lof")
    index = Path("list") / "index.html"
    counts = "47 indicators in 2 sets, 42 official"
    assert done == Done(0, f"4 files written to list: {counts}\nOpen {index}\n", "")
    names = ["catalogue.csv", "catalogue.json", "crosswalk.csv", "index.html"]
    assert sorted(path.name for path in (desk / "list").iterdir()) == names


def test_a_partnership_s_own_list_holds_what_it_asks_for(outcomes: Command) -> None:
    done = outcomes("catalogue", str(bundled_folder("examples", "eastvale")))
    assert (done.code, done.err) == (0, "")
    assert "47 indicators in 4 sets" in done.out
    # national, and not all of it seen at its publisher
    assert "Better Care Fund metrics 2025-26 (bcf): 1 of 4 official" in done.out


def test_a_set_that_there_is_not_is_a_plain_message(outcomes: Command, desk: Path) -> None:
    done = outcomes("catalogue", "--framework", "pfoh", "--out", "list")
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith("there is no framework 'pfoh' to list; there are: ascof, bcf")
    assert not (desk / "list").exists()


@pytest.mark.parametrize("framework_id", bundled_ids())
def test_lint_says_of_a_bundled_set_at_most_which_outcomes_hear_nobody(outcomes: Command, framework_id: str) -> None:
    done = outcomes("lint", str(FRAMEWORKS / framework_id))
    said = done.out.splitlines()
    pieces = "piece" if len(said) == 1 else "pieces"
    assert (done.code, done.err) == (0, f"0 faults, {len(said)} {pieces} of advice in {FRAMEWORKS / framework_id}\n")
    # every measure of the oversight framework is operational, so it names no shared outcome; in no other set are all
    # outcomes told by people themselves
    assert len(said) == (0 if framework_id == "nof" else 1)
    assert all(f"unheard-outcome (advice): of framework '{framework_id}'" in line for line in said)


def test_a_first_partnership_is_told_what_is_official_and_what_is_not(outcomes: Command, desk: Path) -> None:
    assert outcomes("init", "first").code == 0
    text = (desk / "first/partnership.yaml").read_text(encoding="utf-8")
    offered = dict(re.findall(r"#   ([a-z0-9-]+): .+; (.+)", text))
    assert tuple(offered) == bundled_ids()
    assert offered["phof"] == "27 of 60 indicators official, the others to be confirmed"
    assert "outcomes catalogue" in (desk / "first/frameworks/local/framework.yaml").read_text(encoding="utf-8")


def test_a_partnership_that_takes_a_whole_set_is_told_what_is_to_be_confirmed(outcomes: Command, desk: Path) -> None:
    assert outcomes("init", "first").code == 0
    described = desk / "first/partnership.yaml"
    text = described.read_text(encoding="utf-8").replace("frameworks: [local]", "frameworks: [local, core20plus5]")
    described.write_text(text, encoding="utf-8")
    said = [line for line in outcomes("lint", "first").out.splitlines() if "to-be-confirmed" in line]
    assert len(said) == 1
    assert "of what 'core20plus5' asks for, 5 definitions are to be confirmed: core20-cyp-asthma, " in said[0]


def test_the_page_about_the_sets_counts_them_rightly(outcomes: Command) -> None:
    done = outcomes("catalogue")
    told = re.findall(r"^.+ \(([a-z0-9-]+)\): (\d+) of (\d+) official$", done.out, flags=re.MULTILINE)
    written = re.findall(
        r"^\| `([a-z0-9-]+)` \| .+ \| (\d+) \| (\d+) \|$",
        (FRAMEWORKS / "README.md").read_text(encoding="utf-8"),
        flags=re.MULTILINE,
    )
    assert {name: (all_, official) for name, official, all_ in told} == {
        name: (all_, official) for name, all_, official in written
    }
