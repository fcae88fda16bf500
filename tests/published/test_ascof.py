"""The open data of the Adult Social Care Outcomes Framework: read through a layout, every published figure held."""

import re
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path

import pytest
from examples.ascof.run import main
from python_calamine import CalamineWorkbook

import outcomes as oc
from tests.shared import needs_shared, shared_path

pytestmark = [needs_shared, pytest.mark.slow]


def _workbook() -> Path:
    return shared_path("data", "asc", "meas-from-asc-of-eng-2021-open-data-csv_v2.xlsx")


def _arguments(workbook: Path, out: Path, period: str = "2020/21") -> list[str]:
    geography = shared_path("data", "geography")
    return [str(workbook), "--period", period, "--geography", str(geography), "--out", str(out)]


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> str:
    """What a run on the published workbook prints, with the folder that it wrote."""
    out = tmp_path_factory.mktemp("ascof")
    with redirect_stdout(StringIO()) as stream:
        code = main(_arguments(_workbook(), out))
    return f"exit {code}\nout {out}\n{stream.getvalue()}"


def _held(printed: str, kind: str) -> tuple[int, int]:
    """How many agree, of how many, in the one line of a kind."""
    (line,) = [line for line in printed.splitlines() if line.strip().startswith(kind)]
    found = re.search(r": ([\d,]+) of ([\d,]+)", line[len(kind) :])
    assert found, line
    agreeing, published = (int(text.replace(",", "")) for text in found.groups())
    return agreeing, published


def test_every_figure_is_reproduced_or_explained(printed: str) -> None:
    assert printed.startswith("exit 0\n")
    assert "rejected" not in printed


@pytest.mark.parametrize(
    ("measure", "number"),
    [
        ("1C1A", 494), ("1C1B", 640), ("1C2A", 494), ("1C2B", 640), ("1E", 490), ("1G", 490),
        ("2A1", 165), ("2A2", 165), ("2B1", 969), ("2B2", 989), ("2D", 493),
    ],
)  # fmt: skip
def test_published_outcomes_come_out_of_published_counts(printed: str, measure: str, number: int) -> None:
    assert _held(printed, f"{measure}: outcomes of all areas and groups") == (number, number)


def test_councils_and_surveys_stand_on_our_pages_as_published(printed: str) -> None:
    assert _held(printed, "councils: values on our pages") == (5474, 5474)
    assert _held(printed, "survey: value and interval are the published value ± margin of error") == (648, 648)
    assert _held(printed, "published without counts: value as published") == (953, 953)


def test_why_there_is_no_number_is_told_apart(printed: str) -> None:
    assert _held(printed, "councils: outcome [c] is “confidential” here") == (22, 22)
    agreeing, published = _held(printed, "councils: outcome [x] is “not available” here")
    # the others are 0 of 0
    assert published - agreeing == _held(printed, "councils: 0 of 0")[1] == 65
    # the other is hidden: its counts are [c] beside a published zero
    assert _held(printed, "councils: outcomes of zero are zero here") == (52, 53)
    assert _held(printed, "councils: values of zero here are published as zero") == (52, 52)
    assert _held(printed, "councils: measure codes with as many [x]") == (77, 79)


def test_wholes_are_the_sums_of_their_councils_but_for_those_that_are_not_published(printed: str) -> None:
    agreeing, published = _held(printed, "regions and England: numerator and denominator are the sums")
    assert (agreeing, published) == (291, 370)
    assert "Hackney" in printed
    assert _held(printed, "what England has more than its councils") == (37, 37)
    assert _held(printed, "regions and England: the published figure is kept beside the sum") == (370, 370)


def test_every_measure_code_is_accounted_for(printed: str) -> None:
    assert _held(printed, "figures loaded, of 79 of 79 measure codes (each in measure_codes.csv)") == (12719, 12719)
    out = Path(printed.splitlines()[1].removeprefix("out "))
    rows = (out / "measure_codes.csv").read_text(encoding="utf-8").splitlines()[1:]
    assert len({row.split(",")[1] for row in rows}) == 79
    assert sum(int(row.rsplit(",", 1)[1]) for row in rows) == 48_970


def test_the_folder_that_was_made_is_free_of_faults(printed: str) -> None:
    folder = Path(printed.splitlines()[1].removeprefix("out ")) / "partnership"
    assert [fault for fault in oc.lint_partnership(folder) if not fault.is_advice] == []


def test_a_page_says_why_a_survey_is_taken_as_published(printed: str) -> None:
    out = Path(printed.splitlines()[1].removeprefix("out "))
    page = (out / "site" / "places" / "E08000034.html").read_text(encoding="utf-8")
    measures = (out / "site" / "indicators" / "E08000034").glob("*.html")
    said = "As published. Survey: each answer is weighted"
    # on the page of each measure of the survey of people who use services, and of no other
    surveys = sorted(one.stem for one in measures if said in one.read_text(encoding="utf-8"))
    names = ("1a", "1b", "1i1", "1j", "3a", "3d1", "4a", "4b")
    assert surveys == [f"ascof-{name}" for name in names]
    assert "Taken as published, not worked out here" in page
    # the council that was not published at all
    hackney = (out / "site" / "places" / "E09000012.html").read_text(encoding="utf-8")
    assert "Not available" in hackney


def test_a_file_that_is_no_such_workbook_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    wrong = tmp_path / "meas-from-asc-of-eng-2122-open-data-csv.xlsx"
    wrong.write_bytes(shared_path("data", "reference", "fingertips_indicator-upload-template.xlsx").read_bytes())
    assert CalamineWorkbook.from_path(str(wrong)).sheet_names
    assert main(_arguments(wrong, tmp_path / "out")) == 2
    assert "rejected" in capsys.readouterr().out


def test_a_period_that_is_no_year_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(_arguments(_workbook(), tmp_path, period="2020-21")) == 2
    assert "a financial year such as 2020/21 is expected" in capsys.readouterr().err
    assert not list(tmp_path.iterdir())


def test_a_file_that_is_not_there_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(_arguments(tmp_path / "absent.xlsx", tmp_path / "out")) == 2
    assert "absent.xlsx" in capsys.readouterr().err
