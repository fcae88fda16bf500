"""A layout is tried on a file: what is seen is what the check sees, and what is proposed is marked as a guess."""

import hashlib
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import polars as pl
import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML

import outcomes as oc
from outcomes.errors import DefinitionError, UnknownNameError, UnreadableFileError
from outcomes.intake.codes import trimmed
from outcomes.intake.reading import read_frame
from outcomes.intake.terms import Terms
from outcomes.intake.trial.model import LayoutTrial, ReadAs
from outcomes.intake.trial.proposing import MARK, proposed_layout
from outcomes.partnership.layout import Layout
from outcomes.partnership.scaffold import init_partnership
from outcomes.vocabulary import Verdict
from outcomes.workflows.trying import try_layout
from tests.shared import needs_shared, shared_path
from tests.unit.intake.returns_world import WORLD

SHEET = (
    "Report of June,,,,,,\n"
    "Measure,Area Code,Area Name,Quarter,Group,Seen,Askd,Helped\n"
    "L1,PLACE-A,North,2026/27 Q1,All,100,100,40\n"
    "L1,PLACE-B,South,2026/27 Q1,All,90,90,30\n"
    "L9,PLACE-B,South,2026/27 Q1,All,9,9,3\n"
    ",,,,,,,\n"
    "L1,Total,,2026/27 Q1,All,190,190,70\n"
    "L1,TEST,,2026/27 Q1,All,1,1,1\n"
)
LAYOUT = """\
title: The measures of a trust
columns:
  measure: indicator_id
  area code: place_code
  quarter: period
  helped: numerator
  seen: denominator
ignored_columns: [area name]
codes:
  indicator_id: {L1: local-01}
rows:
  - {column: area code, skip: [TEST], because: Rows to try the form with.}
totals:
  - {column: area code, texts: [Total], because: The row of all places.}
"""


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A partnership as `outcomes init` writes it; read only."""
    folder = tmp_path_factory.mktemp("trying") / "world"
    init_partnership(folder)
    return folder


@pytest.fixture
def sheet(tmp_path: Path) -> Path:
    path = tmp_path / "measures.csv"
    path.write_text(SHEET, encoding="utf-8")
    return path


@pytest.fixture
def written(tmp_path: Path) -> Callable[[str], Path]:
    def write(text: str, name: str = "measures.yaml") -> Path:
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return path

    return write


def tree_hash(folder: Path) -> str:
    parts = [path.relative_to(folder).as_posix().encode() + path.read_bytes() for path in sorted(folder.rglob("*.*"))]
    return hashlib.sha256(b"\0".join(parts)).hexdigest()


def test_a_typed_table_of_whole_numbers_is_tried_and_described_like_one_of_texts(
    world: Path, tmp_path: Path, written: Callable[[str], Path]
) -> None:
    rows = [{"Measure": "local-01", "Area Code": "PLACE-A", "Quarter": "2026/27 Q1", "Seen": 100, "Helped": 40, "": 1}]
    table, texts = tmp_path / "measures.parquet", tmp_path / "measures.csv"
    pl.DataFrame(rows).write_parquet(table)
    pl.DataFrame(rows).write_csv(texts)
    unread, as_text = (try_layout(one, world, partner="TRUST", as_of=date(2026, 11, 22)) for one in (table, texts))
    assert unread.proposal.partition("\n")[2] == as_text.proposal.partition("\n")[2] != ""
    described = "".join(LAYOUT.partition("ignored_columns")[0])
    trial = try_layout(table, world, layout=written(described), partner="TRUST", as_of=date(2026, 11, 22))
    assert [column.read_as for column in trial.tables[0].columns][-2:] == [ReadAs.OURS, ReadAs.NAMELESS]
    assert trial.first_figures[0].numbers[0][:2] == ("numerator", "40")


def test_it_tells_columns_texts_rows_and_figures_of_a_table(
    world: Path, sheet: Path, written: Callable[[str], Path]
) -> None:
    before = tree_hash(world), tree_hash(sheet.parent)
    path = written(LAYOUT)
    trial = try_layout(sheet, world, layout=path, rows=1)
    path.unlink()
    assert (tree_hash(world), tree_hash(sheet.parent)) == before
    (table,) = trial.tables
    assert (table.header_first_row, table.header_row) == (2, 2)
    made = {column.header: (column.letter, column.read_as, column.column) for column in table.columns}
    assert made == {
        "Measure": ("A", ReadAs.OURS, "indicator_id"),
        "Area Code": ("B", ReadAs.OURS, "place_code"),
        "Area Name": ("C", ReadAs.IGNORED, ""),
        "Quarter": ("D", ReadAs.OURS, "period"),
        "Group": ("E", ReadAs.UNKNOWN, ""),
        "Seen": ("F", ReadAs.OURS, "denominator"),
        "Askd": ("G", ReadAs.UNKNOWN, ""),
        "Helped": ("H", ReadAs.OURS, "numerator"),
    }
    texts = {(text.column, text.text): (text.becomes, text.rows, text.is_known) for text in table.texts}
    assert texts["indicator_id", "L1"] == ("local-01", 2, True)
    assert texts["indicator_id", "L9"] == ("", 1, False)
    assert texts["place_code", "PLACE-A"] == ("", 1, True)
    assert (table.rows_below, table.rows_read) == (6, 3)
    left = {row.code: (row.count, row.what) for row in table.rows_left}
    assert left["OUT-151"] == (1, "above the header")
    assert left["OUT-152"] == (1, "blank")
    assert "Rows to try the form with." in left["OUT-163"][1]
    assert "The row of all places." in left["OUT-165"][1]
    # one total agrees in neither number: the row of L9 is no part of it
    assert [code for code in left if code == "OUT-508"]
    assert trial.figures == 3
    # of an indicator that nobody knows the period cannot be read
    assert trial.periods == (("2026/27 Q1", 2),)
    (figure,) = trial.first_figures
    assert (figure.row, figure.indicator_id, figure.area_code) == (3, "local-01", "PLACE-A")
    assert figure.numbers == (("numerator", "40", "H3"), ("denominator", "100", "F3"))


def test_it_finds_what_a_check_finds(world: Path, sheet: Path, written: Callable[[str], Path]) -> None:
    trial = try_layout(sheet, world, layout=written(LAYOUT), partner="TRUST", as_of=date(2026, 11, 22))
    partnership = oc.load_partnership(world)
    layout = Layout.model_validate({**YAML(typ="base").load(LAYOUT), "id": "measures"})
    partnership = replace(partnership, layouts={**partnership.layouts, "measures": layout})
    result = oc.check(sheet, partnership, partner="TRUST", as_of=date(2026, 11, 22), layout="measures")
    assert trial.findings == result.findings
    assert trial.verdict is result.verdict is Verdict.REJECTED
    assert trial.partner_code == "TRUST"


def test_of_an_unknown_header_the_nearest_is_named(world: Path, sheet: Path, written: Callable[[str], Path]) -> None:
    trial = try_layout(sheet, world, layout=written(LAYOUT.replace("  seen: denom", "  asked: denom")))
    (table,) = trial.tables
    assert {one.header: one.nearest for one in table.columns if one.read_as is ReadAs.UNKNOWN}["Askd"] == "asked"


def test_a_layout_with_faults_is_named_by_file_and_line_first(
    world: Path, sheet: Path, written: Callable[[str], Path]
) -> None:
    unknown = try_layout(sheet, world, layout=written(LAYOUT.replace("helped: numerator", "helped: numeratr")))
    assert [(fault.file, fault.rule) for fault in unknown.faults] == [("measures.yaml", "unknown-layout-column")]
    # it is tried all the same
    assert unknown.tables
    spoilt = try_layout(sheet, world, layout=written(LAYOUT + "colums: {}\n"))
    assert [(fault.file, fault.line) for fault in spoilt.faults] == [("measures.yaml", 15)]
    assert spoilt.verdict is None
    broken = try_layout(sheet, world, layout=written("title: [\n"))
    assert broken.faults
    assert broken.layout == ""
    assert try_layout(sheet, world, layout=written("- a\n")).faults[0].rule == "wrong-value"
    assert try_layout(sheet, world, layout=written("")).faults
    missing = try_layout(sheet, world, layout=Path("nowhere.yaml"))
    assert missing.faults[0].rule == "missing-file"


def test_other_faults_of_the_partnership_are_said_as_ever(tmp_path: Path, sheet: Path) -> None:
    init_partnership(tmp_path / "world")
    (tmp_path / "world" / "layouts").mkdir(exist_ok=True)
    own = tmp_path / "world" / "layouts" / "own.yaml"
    own.write_text(LAYOUT + "colums: {}\n", encoding="utf-8")
    trial = try_layout(sheet, tmp_path / "world", layout="own")
    assert [(fault.file, fault.line) for fault in trial.faults] == [("layouts/own.yaml", 15)]
    with pytest.raises(DefinitionError, match=r"layouts/own\.yaml:15"):
        try_layout(sheet, tmp_path / "world")
    with pytest.raises(UnknownNameError, match="Or give a file"):
        try_layout(sheet, tmp_path / "world", layout="other")
    own.write_text(LAYOUT, encoding="utf-8")
    assert try_layout(sheet, tmp_path / "world", layout="own").figures == 3
    # without a name the one that fits is taken, and said
    fitting = try_layout(sheet, tmp_path / "world")
    assert (fitting.layout, fitting.fitting) == ("own", ("own",))
    # a file of the same name is what counts, whatever the partnership has
    own.write_text("title: [\n", encoding="utf-8")
    outside = tmp_path / "own.yaml"
    outside.write_text(LAYOUT, encoding="utf-8")
    assert try_layout(sheet, tmp_path / "world", layout=outside).figures == 3


def test_what_cannot_be_opened_or_is_not_there_is_said(world: Path, sheet: Path) -> None:
    with pytest.raises(UnreadableFileError):
        try_layout(sheet.parent / "none.csv", world)
    with pytest.raises(UnreadableFileError):
        try_layout(sheet, sheet.parent / "none")
    with pytest.raises(UnknownNameError):
        try_layout(sheet, world, partner="NOBODY")
    with pytest.raises(ValueError, match="no period"):
        try_layout(sheet, world, period="soon")


def test_of_a_file_with_a_personal_number_no_text_is_shown(
    world: Path, tmp_path: Path, written: Callable[[str], Path]
) -> None:
    path = tmp_path / "leak.csv"
    path.write_text(SHEET.replace("North", "999 123 4578"), encoding="utf-8")
    for layout in (written(LAYOUT), None):
        trial = try_layout(path, world, layout=layout)
        assert {finding.code for finding in trial.findings} >= {"OUT-701"}
        assert (trial.tables, trial.first_figures, trial.proposal) == ((), (), "")
        assert "4578" not in repr(trial)
        assert "South" not in repr(trial)
        assert [(one.rows, one.columns) for one in trial.sheets] == [(8, 8)]


def unmarked(proposal: str) -> str:
    """The proposal with every guess taken as right."""
    return "".join(line.removeprefix(MARK) for line in proposal.splitlines(keepends=True))


def test_a_first_layout_is_proposed_and_nothing_in_it_is_decided(world: Path, sheet: Path) -> None:
    trial = try_layout(sheet, world)
    assert trial.layout == "native"
    assert trial.tables == ()
    decided = YAML(typ="base").load(trial.proposal)
    assert set(decided) == {"id", "title"}
    assert "# The header seems to stand in row 2." in trial.proposal
    guessed = YAML(typ="base").load(unmarked(trial.proposal))
    assert guessed["columns"] == {
        "Measure": "indicator_id",
        "Area Code": "place_code",
        "Quarter": "period",
        "Group": "sex",
    }
    assert guessed["totals"][0]["texts"] == ["Total"]
    assert set(guessed["ignored_columns"]) == {"Area Name", "Seen", "Askd", "Helped"}
    assert "“L1”, “L9”" in trial.proposal


def test_a_proposal_of_plain_names_reads_the_file_once_its_guesses_are_taken(
    world: Path, tmp_path: Path, written: Callable[[str], Path]
) -> None:
    path = tmp_path / "plain.csv"
    path.write_text(
        "Indicator,Org Code,Period,Number of people,Population\n"
        "local-01,PLACE-A,2026/27 Q1,40,100\nlocal-01,PLACE-B,2026/27 Q1,30,90\n",
        encoding="utf-8",
    )
    proposal = try_layout(path, world).proposal
    trial = try_layout(path, world, layout=written(unmarked(proposal)))
    assert trial.faults == ()
    assert trial.figures == 2
    assert trial.first_figures[0].numbers == (("numerator", "40", "D2"), ("denominator", "100", "E2"))


def test_periods_that_stand_side_by_side_are_proposed_as_such(world: Path, tmp_path: Path) -> None:
    path = tmp_path / "wide.csv"
    path.write_text("Indicator,Area Code,2026/27 Q1,2026/27 Q2\nlocal-01,PLACE-A,40,41\n", encoding="utf-8")
    guessed = YAML(typ="base").load(unmarked(try_layout(path, world).proposal))
    assert guessed["side_by_side"] == {
        "headers": ["2026/27 Q1", "2026/27 Q2"],
        "becomes": "period",
        "figure": "numerator",
    }


def test_headers_of_a_workbook_are_proposed_as_they_are_written(
    world: Path, tmp_path: Path, written: Callable[[str], Path]
) -> None:
    path = tmp_path / "book.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        book.add_worksheet("Notes").write(0, 0, "Nothing")
        sheet = book.add_worksheet("Figures # all")
        for column, text in enumerate(('Area\n "code"', "Quarter: of #year", "People\tseen  count")):
            sheet.write(3, column, text)
        for row, place in enumerate(("PLACE-A", "PLACE-B"), 4):
            sheet.write_row(row, 0, [place, "2026/27 Q1", row])
    proposal = unmarked(try_layout(path, world).proposal)
    trial = try_layout(path, world, layout=written(proposal + "constants: {indicator_id: local-02}\n"))
    assert [(sheet.name, sheet.tables) for sheet in trial.sheets] == [("Notes", 0), ("Figures # all", 1)]
    assert [one.read_as for one in trial.tables[0].columns] == [ReadAs.OURS] * 3
    assert trial.first_figures[0].numbers == (("numerator", "4", "C5"),)
    assert trial.tables[0].constants == (("indicator_id", "local-02"),)


HEADERS = st.lists(st.text(st.characters(codec="utf-8"), min_size=1, max_size=20), min_size=1, max_size=5, unique=True)
CELLS = st.sampled_from(["P1", "2026-04", "7", "[c]", "Total", "w: #", "Male", "\u2028x: 1", "stay", None])


@given(HEADERS, st.lists(CELLS, min_size=2, max_size=4))
@settings(max_examples=200, deadline=None)
def test_a_proposal_is_yaml_with_and_without_its_guesses(headers: list[str], cells: list[str | None]) -> None:
    frame = pl.DataFrame({name: pl.Series(cells[at % 2 :] + cells[: at % 2]) for at, name in enumerate(headers)})
    terms = Terms(WORLD, None, None, WORLD.layouts["native"])
    proposal = proposed_layout(read_frame(frame, terms.layout.limits).grids, terms, "any: #.csv")
    decided = YAML(typ="base").load(proposal)
    guessed = YAML(typ="base").load(unmarked(proposal))
    assert set(decided) == {"id", "title"}
    Layout.model_validate(decided)
    named = [*guessed.get("columns", {}), *guessed.get("ignored_columns", [])]
    named += guessed.get("side_by_side", {}).get("headers", [])
    assert sorted(named) == sorted(trimmed(header) for header in headers if trimmed(header))


FILES = (
    ("asc/meas-from-asc-of-eng-2021-open-data-csv_v2.xlsx", "ascof/layouts/ascof-open-data.yaml", 2),
    ("nhs/ae_monthly/Monthly-AE-March-2025.csv", "accident_and_emergency/layouts/ae-monthly.yaml", 1),
    ("nhs/cancer_waits/MARCH-2025-CWT-CRS-PROVIDER-WORKBOOK-FINAL.xlsx",
     "cancer_waits/provider/layouts/provider-workbook.yaml", 10),
    ("nhs/dtoc/Dec_19.xls", "delayed_transfers/layouts/delayed-transfers.yaml", 3),
    ("nhs/dtoc/May_13.xls", "delayed_transfers/layouts/delayed-transfers.yaml", 3),
    ("fingertips/indicators-CountyUA.data.csv", "fingertips/layouts/fingertips-download.yaml", 1),
    ("fingertips/pholio_healthdata_2025-02-13.csv", "pholio/layouts/pholio-extract.yaml", 1),
    ("messy/ASHE_Table_8.7a_2020.xls", None, 0),
    ("messy/fuel_poverty_2020_data.xlsx", None, 0),
    ("nhs/england_icb_accidents_emergency.csv", None, 0),
)  # fmt: skip
PROPOSED = {
    "messy/ASHE_Table_8.7a_2020.xls": {"Code": "place_code"},
    "messy/fuel_poverty_2020_data.xlsx": {"LSOA Code": "place_code", "Number of households": "numerator"},
    "nhs/england_icb_accidents_emergency.csv": {"icb22_code": "place_code", "date": "period"},
}
EXAMPLES = Path(__file__).resolve().parents[3] / "examples"


@needs_shared
@pytest.mark.slow
@pytest.mark.parametrize(("name", "layout", "tables"), FILES, ids=[name for name, _, _ in FILES])
def test_published_files_are_tried(world: Path, name: str, layout: str | None, tables: int) -> None:
    trial: LayoutTrial = try_layout(
        shared_path("data", *name.split("/")), world, layout=EXAMPLES / layout if layout else None, period=None
    )
    assert len(trial.tables) == tables
    assert all(one.rows_below > 0 for one in trial.tables)
    unknown = [one for table in trial.tables for one in table.columns if one.read_as is ReadAs.UNKNOWN]
    assert unknown == []
    if layout is None:
        guessed = YAML(typ="base").load(unmarked(trial.proposal))
        assert PROPOSED[name].items() <= guessed["columns"].items()
