"""Monthly A&E files by provider: England's total row, regions and boards are reproduced; revisions and bad input."""

import csv
import re
from collections.abc import Callable
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path

import polars as pl
import pytest
from examples.accident_and_emergency.run import main

from tests.shared import needs_shared, shared_path

pytestmark = needs_shared

# a month with a byte order mark, one with nameless columns and one headed "a", one that is not revised
MONTHS = ("August-2023-revised-130624-ndx091", "Monthly-AE-September-2024", "Monthly-AE-January-2025")
JANUARY = "Monthly-AE-January-2025"
Row = list[str]


def _published(name: str) -> Path:
    return shared_path("data", "nhs", "ae_monthly", f"{name}.csv")


def _ran(files: list[Path], out: Path, *, with_boards: bool = True) -> str:
    """What a run prints, after its exit code."""
    boards = shared_path("data", "nhs", "england_icb_accidents_emergency.csv")
    arguments = [*map(str, files), "--geography", str(shared_path("data", "geography")), "--out", str(out)]
    with redirect_stdout(StringIO()) as stream:
        code = main([*arguments, *(["--boards", str(boards)] if with_boards else [])])
    return f"exit {code}\n{stream.getvalue()}"


def _rows(name: str) -> list[Row]:
    with _published(name).open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.reader(stream))


def _written(folder: Path, name: str, rows: list[Row]) -> Path:
    path = folder / f"{name}.csv"
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows(rows)
    return path


def _held(printed: str, kind: str) -> tuple[int, int]:
    (line,) = [line for line in printed.splitlines() if line.strip().startswith(f"{kind}: ")]
    found = re.search(r": ([\d,]+) of ([\d,]+)", line)
    assert found, line
    agreeing, published = (int(text.replace(",", "")) for text in found.groups())
    return agreeing, published


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("accident-and-emergency")


@pytest.fixture(scope="module")
def printed(out: Path) -> str:
    return _ran([_published(name) for name in MONTHS], out)


def _results(out: Path) -> pl.DataFrame:
    return pl.read_parquet(out / "site" / "data" / "results.parquet").filter(pl.col("breakdown") == "")


def test_every_column_of_the_total_row_is_the_sum_of_its_providers_and_our_england(printed: str) -> None:
    assert printed.startswith("exit 0\n")
    assert _held(printed, "the total row is the sum of its providers") == (3 * 18, 3 * 18)
    assert _held(printed, "the total row is our England") == (3 * 18, 3 * 18)


def test_regions_are_those_of_the_publisher(printed: str) -> None:
    assert _held(printed, "sums by the publisher's region are our regions") == (7 * 3 * 18, 7 * 3 * 18)


def test_the_boards_of_a_region_and_its_providers_of_no_known_board_are_those_published(printed: str) -> None:
    # January 2025 and September 2024 are of the edition that the boards' file has
    assert _held(printed, "boards of a region together with its providers of no known board") == (56, 56)
    agreeing, published = _held(printed, "boards, one edition")
    assert published == 2 * 42 * 4
    assert 200 < agreeing < published


def test_the_library_adds_up_each_files_total_row_too(printed: str) -> None:
    assert "OUT-165 org_code, 3 times in 3 files" in printed
    assert "18 numbers were compared with the sum of the parts, and 18 agree" in printed


def test_four_hour_performance_counts_booked_appointments(printed: str, out: Path) -> None:
    total = _rows(JANUARY)[-1]
    attendances, over = sum(map(int, total[4:10])), sum(map(int, total[10:16]))
    assert int(total[7]) > 0
    (value,) = _results(out).filter(
        (pl.col("indicator_id") == "ae-four-hours") & (pl.col("area_code") == "E92000001"), period="2025-01"
    )["value"]
    assert value == pytest.approx(100 * (1 - over / attendances), abs=1e-9)
    assert (pl.Series([value]).round(1).to_list()) == [73.0]


def test_the_share_at_providers_of_no_known_board_is_printed_and_on_the_page(printed: str, out: Path) -> None:
    found = re.findall(r"(\d{4}-\d{2}): ([\d.]+)% of attendances at providers of no known board", printed)
    assert [period for period, _ in found] == ["2023-08", "2024-09", "2025-01"]
    shares = _results(out).filter(
        (pl.col("indicator_id") == "ae-no-known-board") & (pl.col("area_code") == "E92000001")
    )
    assert [f"{value:.2f}" for value in shares.sort("period")["value"]] == [share for _, share in found]
    page = (out / "site" / "places" / "E92000001.html").read_text(encoding="utf-8")
    assert "Attendances at providers that no look-up places in a board" in page
    assert f"{shares.sort('period')['value'][-1]:.1f}%" in page


def test_a_provider_counts_in_the_months_in_which_it_is_listed(printed: str, out: Path) -> None:
    # Walton Centre is not listed in September 2024: its board is complete without it
    footprints = pl.read_csv(out / "partnership" / "footprints.csv", infer_schema=False)
    spans = footprints.filter(member_code="RET").select("valid_from", "valid_to").rows()
    assert sorted(spans, key=str) == [("2025-01-01", None), (None, "2023-08-31")]
    board = _results(out).filter(area_code="E54000008", indicator_id="ae-attendances").sort("period")
    assert board["qualifiers"].str.contains("partial").to_list() == [False, False, False]


def test_a_month_that_is_published_anew_is_a_revision(tmp_path: Path) -> None:
    rows = _rows(JANUARY)
    changed = [list(row) for row in rows]
    place = next(number for number, row in enumerate(rows) if row[1] == "R0A")
    for row in (changed[place], changed[-1]):
        row[4] = str(int(row[4]) + 100)
    # the revised file comes first in the alphabet, and counts last all the same
    files = [_written(tmp_path, "A-revised", changed), _published(JANUARY)]
    printed = _ran(files, tmp_path / "out", with_boards=False)
    assert printed.startswith("exit 0\n")
    assert _held(printed, "the total row is our England") == (18, 18)
    results = _results(tmp_path / "out").filter(area_code="E92000001", indicator_id="ae-attendances")
    assert results["numerator"].to_list() == [sum(map(int, changed[-1][4:10]))]
    assert "revised" in results["qualifiers"][0]


def test_a_total_row_may_begin_with_the_period(tmp_path: Path) -> None:
    rows = _rows(JANUARY)
    rows[-1][:4] = [rows[1][0], "TOTAL", "", "TOTAL"]
    printed = _ran([_written(tmp_path, "new-form", rows)], tmp_path / "out", with_boards=False)
    assert printed.startswith("exit 0\n")
    assert _held(printed, "the total row is our England") == (18, 18)


def test_a_total_row_that_is_not_the_sum_is_told_and_fails(tmp_path: Path) -> None:
    rows = _rows(JANUARY)
    rows[-1][4] = str(int(rows[-1][4]) + 1)
    printed = _ran([_written(tmp_path, "wrong-total", rows)], tmp_path / "out", with_boards=False)
    assert printed.startswith("exit 1\n")
    assert _held(printed, "the total row is our England") == (17, 18)
    assert "the total is 1 more" in printed
    assert "accepted with warning" in printed


def _without_a_column(rows: list[Row]) -> None:
    for row in rows:
        del row[13]


def _with_a_word(rows: list[Row]) -> None:
    rows[1][4] = "many"


def _of_two_months(rows: list[Row]) -> None:
    rows[1][0] = "MSitAE-MAY-2021"


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        (_without_a_column, "it lacks 1 of 22 columns"),
        (_with_a_word, "row 2, a&e attendances type 1: “many” stands where a count is expected"),
        (_of_two_months, "2 months and 1 total rows stand in it"),
    ],
)
def test_a_wrong_file_is_refused_in_one_plain_message(
    damage: Callable[[list[Row]], None], said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = _rows(JANUARY)
    damage(rows)
    file = _written(tmp_path, "damaged", rows)
    assert main([str(file), "--geography", str(shared_path("data", "geography")), "--out", str(tmp_path / "o")]) == 2
    error = capsys.readouterr().err
    assert said in error
    assert "Traceback" not in error


def _before_booked_appointments(rows: list[Row]) -> None:
    for row in rows:
        del row[13:16], row[7:10]
    rows[0][4:10] = [f"Number of {header}" for header in rows[0][4:10]]


def test_a_month_of_the_older_form_is_refused_by_that_name(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = _rows(JANUARY)
    _before_booked_appointments(rows)
    file = _written(tmp_path, "older", rows)
    assert main([str(file), "--geography", str(shared_path("data", "geography")), "--out", str(tmp_path / "o")]) == 2
    assert "before booked appointments had columns" in capsys.readouterr().err


def test_a_folder_without_files_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "notes.txt").write_text("nothing", encoding="utf-8")
    geography = str(shared_path("data", "geography"))
    assert main([str(tmp_path), "--geography", geography, "--out", str(tmp_path / "o")]) == 2
    assert "this folder holds no CSV file" in capsys.readouterr().err


@pytest.mark.parametrize("place", [0, 2])
def test_the_total_row_is_known_wherever_the_word_stands(place: int, tmp_path: Path) -> None:
    rows = _rows(JANUARY)
    rows[-1][:4] = [rows[1][0] if place else "", "-", "", ""]
    rows[-1][place] = "Total "
    # as Excel saves it, in capitals that other systems write
    (tmp_path / "in").mkdir()
    _written(tmp_path / "in", "form", rows).rename(tmp_path / "in" / "FORM.CSV")
    printed = _ran([tmp_path / "in"], tmp_path / "out", with_boards=False)
    assert printed.startswith("exit 0\n")
    assert _held(printed, "the total row is our England") == (18, 18)


def test_a_region_that_no_look_up_knows_is_named_and_the_others_are_compared(tmp_path: Path) -> None:
    rows = [[cell.replace("SOUTH WEST", "SOUTH AND WEST") for cell in row] for row in _rows(JANUARY)]
    printed = _ran([_written(tmp_path, "regions", rows)], tmp_path / "out", with_boards=False)
    assert printed.startswith("exit 0\n")
    assert _held(printed, "sums by the publisher's region are our regions") == (6 * 18, 6 * 18)
    assert "no look-up has a region called “NHS ENGLAND SOUTH AND WEST”" in printed
    assert _held(printed, "the total row is our England") == (18, 18)


def test_of_two_editions_the_later_given_counts_and_may_lack_a_provider(tmp_path: Path) -> None:
    rows = _rows(JANUARY)
    place = next(number for number, row in enumerate(rows) if row[1] == "R0A")
    without = [list(row) for number, row in enumerate(rows) if number != place]
    without[-1][4:] = [str(int(total) - int(gone)) for total, gone in zip(rows[-1][4:], rows[place][4:], strict=True)]
    files = [_written(tmp_path, "z", rows), _written(tmp_path, "a", without)]
    printed = _ran(files, tmp_path / "out", with_boards=False)
    assert printed.startswith("exit 0\n")
    assert "files that could be read: 1 of 2 (refused: z.csv; another edition of the month counts)" in printed
    assert _held(printed, "the total row is our England") == (18, 18)
    # the other way round the whole edition counts
    printed = _ran(files[::-1], tmp_path / "out", with_boards=False)
    assert printed.startswith("exit 0\n")
    england = _results(tmp_path / "out").filter(area_code="E92000001", indicator_id="ae-attendances")
    assert england["numerator"].to_list() == [sum(map(int, rows[-1][4:10]))]


def test_look_ups_that_are_not_there_are_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "empty").mkdir()
    arguments = [str(_published(JANUARY)), "--geography", str(tmp_path / "empty"), "--out", str(tmp_path / "o")]
    assert main(arguments) == 2
    assert "SICBL*_ICB*_NHSER*.csv" in capsys.readouterr().err


def test_a_file_that_the_library_refuses_leaves_no_pages(tmp_path: Path) -> None:
    rows = _rows(JANUARY)
    rows[2][4], rows[-1][4] = "-5", str(int(rows[-1][4]) - int(rows[2][4]) - 5)
    printed = _ran([_written(tmp_path, "below-nought", rows)], tmp_path / "out", with_boards=False)
    assert printed.startswith("exit 1\n")
    assert "below-nought.csv: rejected, 0 figures read" in printed
    assert "files that could be read: 0 of 1" in printed
    assert not (tmp_path / "out" / "site").exists()


@pytest.mark.slow
def test_two_years_are_reproduced_and_every_boards_difference_is_certain_providers(tmp_path: Path) -> None:
    printed = _ran([shared_path("data", "nhs", "ae_monthly")], tmp_path)
    assert printed.startswith("exit 0\n")
    assert _held(printed, "the total row is the sum of its providers") == (432, 432)
    assert _held(printed, "the total row is our England") == (432, 432)
    assert _held(printed, "sums by the publisher's region are our regions") == (3024, 3024)
    assert _held(printed, "boards of a region together with its providers of no known board") == (308, 308)
    kind = "boards that differ: the whole difference, in every month and figure, is certain providers"
    assert _held(printed, kind) == (26, 26)
    kind = "boards, one edition, these providers placed as NHS England places them"
    assert _held(printed, kind) == (1848, 1848)
    for month in ("2025-02", "2025-03"):
        assert f"boards, {month}: not compared" in printed
    # the page of each of a board's measures has the large chart of 24 months
    pages = sorted((tmp_path / "site" / "indicators" / "E54000050").glob("*.html"))
    assert [page.read_text(encoding="utf-8").count('class="tl ') for page in pages] == [1] * 8
