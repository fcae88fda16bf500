"""England by small area and by practice: every published whole is the sum of its parts, or the difference explained."""

import re
import shutil
from contextlib import redirect_stderr, redirect_stdout
from io import StringIO
from pathlib import Path
from typing import Any

import polars as pl
import pytest
import xlsxwriter
from examples.population.published import council_table
from examples.population.run import COUNCILS, inputs_of, main
from python_calamine import CalamineWorkbook

import outcomes as oc
from tests.shared import needs_shared, shared_path

pytestmark = needs_shared


def _files() -> list[Path]:
    return [
        shared_path("data", "population", "population_mid2020_lsoa11.parquet"),
        shared_path("data", "population", "ukpopestimatesmid2020on2021geography.xls"),
        shared_path("data", "deprivation", "imd2019_lsoa11.parquet"),
        shared_path("data", "deprivation", "File_11_IoD2019_upper-tier_summaries.xlsx"),
        shared_path("data", "nhs", "qof", "PREVALENCE_2021_v2.csv.gz"),
        shared_path("data", "fingertips", "pholio_healthdata_2025-02-13.csv"),
    ]


def _run(files: list[Path], out: Path, geography: Path | None = None) -> tuple[int, str, str]:
    place = geography or shared_path("data", "geography")
    with redirect_stdout(StringIO()) as printed, redirect_stderr(StringIO()) as said:
        code = main([*map(str, files), "--geography", str(place), "--out", str(out)])
    return code, printed.getvalue(), said.getvalue()


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("population")


@pytest.fixture(scope="module")
def printed(out: Path) -> str:
    """What a run on all of England prints."""
    code, said, _ = _run(_files(), out)
    return f"exit {code}\n{said}"


def _held(printed: str, kind: str) -> tuple[int, int]:
    (line,) = [line for line in printed.splitlines() if line.strip().startswith(kind)]
    found = re.search(r": ([\d,]+) of ([\d,]+)(?= \(|$)", line)
    assert found, line
    agreeing, published = (int(text.replace(",", "")) for text in found.groups())
    return agreeing, published


@pytest.mark.slow
def test_every_published_whole_is_the_sum_of_its_parts(printed: str) -> None:
    assert printed.startswith("exit 0\n")
    assert "rejected" not in printed
    expected = {
        "residents of 1 England, all ages": 1,
        "residents of 9 regions, by age": 171,
        "residents of 24 counties, by age": 456,
        "residents of 309 councils, all ages": 309,
        "residents of 309 councils, by age": 5871,
        "published figures kept beside these sums": 6860,
        "residents of 42 ICBs together, and of England (56,550,138)": 1,
        "female residents of councils, apportioned to ICBs": 1,
        "male residents of councils, apportioned to ICBs": 1,
        "ICBs with a share of a council": 14,
        "residents of ICBs, apportioned from councils": 42,
        "residents of 6 localities": 1,
        "share of small areas in the most deprived tenth": 1208,
        "diabetes on registers as Fingertips publishes it (indicator 241), England": 1,
        "diabetes on registers as Fingertips publishes it (indicator 241), practices": 30,
    }
    assert {kind: _held(printed, kind) for kind in expected} == {kind: (n, n) for kind, n in expected.items()}


@pytest.mark.slow
def test_the_pages_say_both_figures_and_what_is_apportioned(printed: str, out: Path) -> None:
    assert printed
    england = (out / "site" / "places" / "E92000001.html").read_text(encoding="utf-8")
    assert "Sum of its parts; Office for National Statistics (mid-year estimates) gives the same" in england
    frimley = (out / "site" / "places" / "E54000034.html").read_text(encoding="utf-8")
    assert "Apportioned" in frimley
    partnership = oc.load_partnership(out / "partnership")
    # a small area says where it lies; its council's page shows wards, the board's page councils and networks
    assert "E07000089" in partnership.footprints.parts("E54000034")
    assert not any(code.startswith("E01") for code in partnership.footprints.parts("E54000034"))


def test_a_file_that_no_publication_has_is_told_what_is_expected(tmp_path: Path) -> None:
    other = tmp_path / "population.csv"
    other.write_text("code,people\n", encoding="utf-8")
    code, _, said = _run([other], tmp_path / "out")
    assert code == 2
    assert "population.csv: no kind of published file is named so; expected population_mid*_lsoa*.parquet" in said


def test_mid_year_workbooks_of_other_years_are_known_by_their_names(tmp_path: Path) -> None:
    others = ["population_mid2018_lsoa11.parquet", "imd2019_lsoa11.parquet", "PREVALENCE_1819.csv"]
    for name in others:
        (tmp_path / name).touch()
    for name, year in (
        ("ukmidyearestimates20182019ladcodes.xls", "2018"),
        ("ukpopestimatesmid2021on2021geographyfinal.xls", "2021"),
        ("ukpopestimatesmid2022.xlsx", "2022"),
    ):
        (tmp_path / name).touch()
        given = inputs_of([tmp_path / name, *(tmp_path / other for other in others)])
        assert given.period(COUNCILS)[0] == year


@pytest.mark.parametrize(("sheet", "note"), [("MYE2-All", True), ("MYE2 - All", False), ("Persons", False)])
def test_the_table_of_persons_is_found_by_the_names_that_issues_give_it(sheet: str, note: bool, tmp_path: Path) -> None:
    published = shared_path("data", "population", "ukpopestimatesmid2020on2021geography.xls")
    cells = CalamineWorkbook.from_path(str(published)).get_sheet_by_name("MYE2 - Persons").to_python()
    path = tmp_path / "ukmidyearestimates20182019ladcodes.xlsx"
    with xlsxwriter.Workbook(path) as book:
        table = book.add_worksheet(sheet)
        rows: list[list[Any]] = [*cells[4:60]]
        if note:
            rows += [[], ["1. See the notes"]]
        for number, row in enumerate(rows):
            table.write_row(number, 0, ["Geography1" if cell == "Geography" else cell for cell in row])
    if sheet == "Persons":
        with pytest.raises(oc.TableError, match="no sheet is called MYE2 - Persons or MYE2 - All or MYE2-All"):
            council_table(path)
        return
    found, whole = council_table(path), council_table(published)
    assert 0 < found.height < whole.height
    assert found.equals(whole.head(found.height))


def test_a_missing_publication_is_named(tmp_path: Path) -> None:
    code, _, said = _run(_files()[:2], tmp_path / "out")
    assert code == 2
    assert "these published files are missing: imd*_lsoa*.parquet, PREVALENCE_*.csv*" in said


def test_a_folder_without_look_ups_is_told_which_is_missing(tmp_path: Path) -> None:
    code, _, said = _run(_files(), tmp_path / "out", tmp_path)
    assert code == 2
    assert "no look-up named lsoa11_sicbl*_icb*_ltla*.parquet is there" in said


def test_a_table_of_another_kind_under_a_known_name_is_refused(tmp_path: Path) -> None:
    wrong = tmp_path / "population_mid2020_lsoa11.parquet"
    pl.DataFrame({"area": ["E01000001"], "people": [7]}).write_parquet(wrong)
    files = [wrong, *(path for path in _files() if path.name != wrong.name)]
    code, _, said = _run(files, tmp_path / "out")
    assert code == 2
    assert "population_mid2020_lsoa11.parquet: it cannot be read" in said


def test_a_broken_archive_is_refused(tmp_path: Path) -> None:
    files = _files()
    broken = tmp_path / files[4].name
    shutil.copyfile(files[4], broken)
    broken.write_bytes(broken.read_bytes()[:1000])
    code, _, said = _run([*files[:4], broken], tmp_path / "out")
    assert code == 2
    assert "PREVALENCE_2021_v2.csv.gz: it cannot be unpacked" in said
