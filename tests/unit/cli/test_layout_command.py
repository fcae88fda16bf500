"""`outcomes layout try`: faults first, then what is read; a proposal to write on; JSON; nothing stored."""

import json
from pathlib import Path

from tests.small_disks import tree_of
from tests.unit.cli.running import Command, assert_plain_failure
from tests.unit.workflows.test_trying import LAYOUT, SHEET, unmarked

TRY = ("layout", "try", "measures.csv", "--partnership", "world")


def test_it_says_what_is_read_and_stores_nothing(outcomes: Command, desk: Path) -> None:
    (desk / "measures.csv").write_text(SHEET, encoding="utf-8")
    (desk / "my.yaml").write_text(LAYOUT, encoding="utf-8")
    before = tree_of(desk)
    done = outcomes(*TRY, "--layout", "my.yaml", "--rows", "1")
    assert done.code == 0, done.err
    assert tree_of(desk) == before
    for line in (
        "measures.csv, read by the layout my, as anybody's (give --partner to hold it to one): not accepted yet. "
        "Nothing was stored.",
        "  The file: 8 rows, 8 columns, a table",
        "Table: header in row 2",
        "    A  Measure  → indicator_id",
        "    C  Area Name  ignored",
        "    E  Group  UNKNOWN: not read",
        "            1 × “L9”  NOT KNOWN HERE, no code translates it",
        "            2 × “L1” → “local-01”",
        "  Rows below the header: 6; read: 3",
        "    1 blank (OUT-152)",
        "Figures: 3",
        "  periods: 2026/27 Q1 (2)",
        "  row 3: local-01 PLACE-A 2026/27 Q1: numerator 40 (H3), denominator 100 (F3)",
    ):
        assert line in done.out.splitlines(), line
    assert "--report" not in done.out


def test_faults_of_the_layout_come_first_and_leave_by_1(outcomes: Command, desk: Path) -> None:
    (desk / "measures.csv").write_text(SHEET, encoding="utf-8")
    (desk / "my.yaml").write_text(LAYOUT.replace("numerator", "numeratr"), encoding="utf-8")
    done = outcomes(*TRY, "--layout", "my.yaml")
    assert done.code == 1
    assert done.out.startswith("my.yaml:6: unknown-layout-column: ") or done.out.startswith("my.yaml:")
    assert "Table: header in row 2" in done.out
    (desk / "my.yaml").write_text("title: [\n", encoding="utf-8")
    done = outcomes(*TRY, "--layout", "my.yaml")
    assert done.code == 1
    assert done.out.splitlines()[-1] == "The layout could not be read; nothing of measures.csv was looked at."


def test_where_none_fits_a_first_layout_is_proposed(outcomes: Command, desk: Path) -> None:
    (desk / "measures.csv").write_text(SHEET, encoding="utf-8")
    done = outcomes(*TRY)
    assert done.out.splitlines()[-1] == (
        "No layout fits. `--propose` writes a first one, made of the file's own headers."
    )
    proposed = outcomes(*TRY, "--propose")
    assert proposed.code == 0
    (desk / "first.yaml").write_text(unmarked(proposed.out), encoding="utf-8")
    again = outcomes(*TRY, "--layout", "first.yaml")
    assert "    B  Area Code  → place_code" in again.out.splitlines()
    (desk / "measures.csv").write_bytes(b"")
    assert outcomes(*TRY, "--propose").code == 1


def test_json_is_one_document(outcomes: Command, desk: Path) -> None:
    (desk / "measures.csv").write_text(SHEET, encoding="utf-8")
    (desk / "my.yaml").write_text(LAYOUT, encoding="utf-8")
    done = outcomes(*TRY, "--layout", "my.yaml", "--json")
    document = json.loads(done.out)
    assert document["tables"][0]["columns"][0] == {
        "letter": "A", "header": "Measure", "read_as": "read", "column": "indicator_id", "nearest": "",
    }  # fmt: skip
    assert document["verdict"] == "rejected"
    assert document["figures"] == 3


def test_what_is_not_there_is_one_plain_message(outcomes: Command, desk: Path) -> None:
    assert_plain_failure(outcomes("layout", "try", "none.csv", "--partnership", "world"))
    assert_plain_failure(outcomes("layout", "try", "TRUST_q1.csv", "--partnership", "nowhere"))
    assert_plain_failure(outcomes("layout", "try", "TRUST_q1.csv", "--partnership", "world", "--layout", "other"))
