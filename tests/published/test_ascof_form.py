"""A sheet in the form of the ASCOF open data, of whatever year, read by the example's own layout."""

import csv
import io
from datetime import date
from pathlib import Path

import polars as pl
import pytest
from examples.ascof.run import main
from examples.evidence import partnership_folder

import outcomes as oc

ASCOF = Path(__file__).resolve().parents[2] / "examples" / "ascof"
HEADER = [
    "Geographical Code",
    "Geographical Description",
    "Geographical Level",
    "ONS Code",
    "ASCOF Measure Code",
    "Disaggregation Level",
    "Measure Type",
    "Measure Value",
    "Measure Group",
    "Measure Group Description",
]
AREAS = pl.DataFrame(
    {
        "area_code": ["E92000001", "E12000001", "E06000001", "E06000002"],
        "name": ["England", "North East", "Hartlepool", "Middlesbrough"],
        "level": ["nation", "region", "place", "place"],
        "parent_code": [None, "E92000001", "E12000001", "E12000001"],
    }
)
LEVELS = {"E92000001": "England", "E12000001": "Region", "": "Council Type"}


@pytest.fixture(scope="module")
def partnership(tmp_path_factory: pytest.TempPathFactory) -> oc.Partnership:
    out = tmp_path_factory.mktemp("ascof-form")
    leave = ("*.py", "README.md", "former_councils.csv")
    return oc.load_partnership(partnership_folder(ASCOF, out, tables={"areas.csv": AREAS}, leave=leave))


def _figure(area: str, measure: str, group: str = "Total", /, **numbers: str) -> list[list[str]]:
    """The rows of one figure; numbers by the workbook's own words, such as Margin_Of_Error."""
    place = ["1", area or "Shire Counties", LEVELS.get(area, "Council"), area, f"{measure}{group[:1]}", group]
    return [[*place, name.replace("_", " "), text, measure, "A description"] for name, text in numbers.items()]


def _checked(partnership: oc.Partnership, *figures: list[list[str]]) -> oc.CheckResult:
    stream = io.StringIO()
    csv.writer(stream).writerows([HEADER, *(row for figure in figures for row in figure)])
    return oc.check(
        stream.getvalue().encode(),
        partnership,
        partner="NHSD",
        as_of=date(2022, 3, 31),
        file_name="meas-from-asc-of-eng-2122-open-data-csv.csv",
        period="2021/22",
    )


def _said(result: oc.CheckResult, code: str) -> str:
    return " ".join(finding.text for finding in result.findings if finding.code == code)


def _row(result: oc.CheckResult, indicator: str, area: str, breakdown: str = "") -> dict[str, object]:
    return result.observations.frame.row(
        by_predicate=(pl.col("indicator_id") == indicator)
        & (pl.col("area_code") == area)
        & (pl.col("breakdown") == breakdown),
        named=True,
    )


def test_a_figure_is_gathered_from_its_rows(partnership: oc.Partnership) -> None:
    result = _checked(
        partnership,
        _figure("E06000001", "1C1A", Numerator="90", Denominator="100", Outcome="90"),
        _figure("E06000001", "1C1A", "18-64", Denominator="40", Outcome="87.5", Numerator="35"),
        _figure("E06000001", "1B", "Female", Base="210", Numerator="725", Outcome="78.4", Margin_Of_Error="4.2"),
    )
    assert (result.loaded_rows, result.verdict.value) == (3, "accepted with warning")
    counted = _row(result, "ascof-1c1a", "E06000001", "age_band=18-64")
    assert (counted["numerator"], counted["denominator"], counted["period"]) == (35, 40, "2021/22")
    survey = _row(result, "ascof-1b", "E06000001", "sex=Female")
    assert [survey[name] for name in ("value", "lower_ci_95", "upper_ci_95")] == pytest.approx([78.4, 74.2, 82.6])
    # weighted people are no counts
    assert (survey["numerator"], survey["denominator"]) == (None, None)


def test_measures_groups_and_types_of_council_that_are_not_described_are_skipped_and_counted(
    partnership: oc.Partnership,
) -> None:
    result = _checked(
        partnership,
        _figure("E06000001", "2D", Numerator="9", Denominator="10", Outcome="90"),
        _figure("E06000001", "3A", Outcome="61.2", Margin_Of_Error="4.1"),
        _figure("E06000001", "1D", Numerator="9", Denominator="10", Outcome="7.1"),
        _figure("E06000002", "3B", Outcome="70.2"),
        _figure("E06000001", "2D", "Unknown sex", Numerator="1", Denominator="1", Outcome="100"),
        _figure("", "2D", Numerator="9", Denominator="10", Outcome="90"),
    )
    assert (result.loaded_rows, result.verdict.value) == (2, "accepted with warning")
    said = " ".join(finding.text for finding in result.findings)
    assert "none of those that the framework describes" in said
    assert "1D" in said
    assert "no other groups of people" in _said(result, "OUT-163")
    assert "Types of council" in _said(result, "OUT-163")


def test_markers_zero_and_nobody_eligible_stay_apart(partnership: oc.Partnership) -> None:
    result = _checked(
        partnership,
        _figure("E06000001", "1E", Numerator="[c]", Denominator="[c]", Outcome="0"),
        _figure("E06000002", "1E", Numerator="0", Denominator="26", Outcome="0"),
        _figure("E06000001", "2B1", Numerator="0", Denominator="0", Outcome="[x]"),
        _figure("E06000002", "2B1", Numerator="[x]", Denominator="[x]", Outcome="[x]"),
        _figure("E06000001", "1A", Outcome="[x]", Margin_Of_Error="[x]", Base="[x]"),
        _figure("E06000002", "1F", Outcome="[c]"),
    )
    assert result.verdict.value == "accepted with warning"
    statuses = {
        (row["indicator_id"], row["area_code"]): row["status"]
        for row in result.observations.frame.iter_rows(named=True)
    }
    assert statuses == {
        ("ascof-1e", "E06000001"): "suppressed",
        ("ascof-1e", "E06000002"): None,
        ("ascof-2b1", "E06000001"): None,
        ("ascof-2b1", "E06000002"): "not_available",
        ("ascof-1a", "E06000001"): "not_available",
        ("ascof-1f", "E06000002"): "suppressed",
    }
    found = oc.estimate(oc.roll_up(result.observations, partnership, as_of=date(2022, 3, 31)), partnership).frame
    reasons = {
        (row["indicator_id"], row["area_code"]): (row["value"], row["reason"], row["detail"])
        for row in found.filter(pl.col("level") == "place").iter_rows(named=True)
    }
    assert reasons["ascof-1e", "E06000002"][:2] == (0.0, None)
    assert reasons["ascof-1e", "E06000001"][1] == "confidential"
    assert reasons["ascof-2b1", "E06000001"] == (None, "cannot be calculated", "zero denominator")
    assert reasons["ascof-2b1", "E06000002"][1] == "not available"


def test_published_wholes_are_kept_beside_the_sums_and_surveys_of_wholes_as_they_are(
    partnership: oc.Partnership,
) -> None:
    result = _checked(
        partnership,
        _figure("E06000001", "2D", Numerator="9", Denominator="10", Outcome="90"),
        _figure("E06000002", "2D", Numerator="10", Denominator="14", Outcome="71.4"),
        _figure("E12000001", "2D", Numerator="20", Denominator="25", Outcome="80"),
        _figure("E06000001", "1G", Numerator="9", Denominator="10", Outcome="90"),
        _figure("E06000002", "1G", Numerator="[x]", Denominator="[x]", Outcome="[x]"),
        _figure("E12000001", "1G", Numerator="30", Denominator="40", Outcome="75"),
        _figure("E12000001", "1F", Outcome="9"),
        _figure("E12000001", "1A", Outcome="[x]", Margin_Of_Error="[x]"),
    )
    measures = oc.roll_up(result.observations, partnership, as_of=date(2022, 3, 31))
    kept = measures.submitted.filter(pl.col("area_code") == "E12000001")
    assert kept.select("indicator_id", "numerator", "denominator").rows() == [("ascof-2d", 20, 25)]
    region = measures.frame.filter(pl.col("area_code") == "E12000001").select(
        "indicator_id", "numerator", "denominator", "value", "basis", "reason"
    )
    assert {row[0]: row[1:] for row in region.iter_rows()} == {
        "ascof-2d": (19, 24, None, "counts", None),
        # half of the councils is too little for a sum: the published whole stands
        "ascof-1g": (30, 40, None, "counts", None),
        "ascof-1f": (None, None, 9.0, "published", None),
        "ascof-1a": (None, None, None, "published", "not available"),
    }


def test_the_same_number_twice_with_different_values_is_refused(partnership: oc.Partnership) -> None:
    result = _checked(
        partnership,
        _figure("E06000001", "2D", Numerator="9", Denominator="10", Outcome="90"),
        _figure("E06000001", "2D", Numerator="8"),
    )
    assert result.verdict.value == "rejected"


def _look_ups(folder: Path) -> Path:
    names = "UTLACD,UTLANM,RGNCD,RGNNM,CTRYCD"
    rows = [
        f"{code},{name},E12000001,North East,E92000001"
        for code, name in (("E06000001", "Hartlepool"), ("E06000002", "Middlesbrough"))
    ]
    folder.mkdir()
    (folder / "utla_all_codes.csv").write_text("\n".join([names, *rows]), encoding="utf-8")
    return folder


def _written(path: Path, *figures: list[list[str]], header: list[str] = HEADER) -> Path:
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows([header, *(row for figure in figures for row in figure)])
    return path


def test_two_years_make_one_site_and_each_is_held_against_its_own_workbook(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def figures(more: int) -> list[list[list[str]]]:
        counts = {"E06000001": (9, 10), "E06000002": (10 + more, 20), "E12000001": (19 + more, 30)}
        return [
            *(
                _figure(area, "2D", Numerator=f"{n}", Denominator=f"{d}", Outcome=f"{100 * n / d:.1f}")
                for area, (n, d) in counts.items()
            ),
            _figure("E06000001", "3A", Outcome="61.2", Margin_Of_Error="4.1", Base="210"),
            _figure("E06000002", "3A", Outcome="..", Margin_Of_Error="..", Base=".."),
            _figure("E06000002", "1D", Outcome="7.2"),
        ]

    older = [name.replace("ONS Code", "ONS Area Code") for name in HEADER]
    workbooks = [
        _written(tmp_path / "a.csv", *figures(0), header=older),
        _written(tmp_path / "b.csv", *figures(3)),
    ]
    geography = _look_ups(tmp_path / "geography")
    given = [*map(str, workbooks), "--period", "2019/20", "--period", "2020/21", "--geography", str(geography)]
    assert main([*given, "--out", str(tmp_path / "out")]) == 0
    printed = capsys.readouterr().out
    assert printed.count("councils: values on our pages, from their counts: 2 of 2") == 2
    assert printed.count("survey: value and interval are the published value ± margin of error: 1 of 1") == 2
    assert printed.count("councils: outcome [x] is “not available” here: 1 of 1") == 2
    assert printed.count("figures loaded, of 2 of 3 measure codes") == 2
    page = (tmp_path / "out" / "site" / "places" / "E06000002.html").read_text(encoding="utf-8")
    assert "2019/20" in page
    assert "65.0%" in page


def test_a_file_as_earlier_years_were_published_is_read_whole(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Windows-1252, other capitals, brackets in the measures, a colon, c or nothing in place of a number, 1,234."""
    councils = ("E06000001", "E06000002")
    figures = [
        *(_figure(code, "2A(1)", Numerator="1", Denominator="1,250", Outcome="80") for code in councils),
        _figure("E12000001", "2A(1)", Numerator="2", Denominator="2,500", Outcome="80"),
        _figure("E06000001", "1I(1)", Outcome="61.2", Margin_Of_Error="4.1", Numerator="100", Denominator="200"),
        _figure("E06000002", "1I(1)", Outcome=":", Margin_Of_Error=":", Numerator=":", Denominator=":"),
        _figure("E06000001", "1E", Numerator="c", Denominator="c", Outcome="c"),
        _figure("E06000002", "1E", Numerator="", Denominator="", Outcome=""),
        _figure("", "2A(1)", Numerator="9", Denominator="90", Outcome="10000"),
    ]
    header = [name.replace("ONS Code", "ONS Area Code") for name in HEADER]
    rows = [[cell.replace("Council Type", "Council type") for cell in row] for figure in figures for row in figure]
    file = _written(tmp_path / "a.csv", rows, header=header)
    # a council's own sign in the description of the measure
    file.write_bytes(file.read_text(encoding="utf-8").replace("A description", "Adults\u2019 lives").encode("cp1252"))
    geography = _look_ups(tmp_path / "geography")
    given = [str(file), "--period", "2018/19", "--geography", str(geography), "--out", str(tmp_path / "out")]
    assert main(given) == 0
    printed = capsys.readouterr().out
    assert "councils: values on our pages, from their counts: 2 of 2" in printed
    assert "survey: value and interval are the published value ± margin of error: 1 of 1" in printed
    assert "councils: outcome [x] is “not available” here: 2 of 2" in printed
    assert "councils: outcome [c] is “confidential” here: 1 of 1" in printed
    assert "regions and England: numerator and denominator are the sums of their councils: 1 of 1" in printed


def test_a_workbook_with_notes_before_its_table_is_compared_too(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = _figure("E06000001", "2D", Numerator="9", Denominator="10", Outcome="90")
    file = _written(tmp_path / "a.csv", [["Measures of 2019-20"], [], HEADER, *rows], header=["Published data"])
    geography = _look_ups(tmp_path / "geography")
    given = [str(file), "--period", "2019/20", "--geography", str(geography), "--out", str(tmp_path / "out")]
    assert main(given) == 0
    assert "councils: values on our pages, from their counts: 1 of 1" in capsys.readouterr().out


def test_each_workbook_needs_its_period(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="2"):
        main(["a.xlsx", "b.xlsx", "--period", "2020/21", "--geography", str(tmp_path), "--out", str(tmp_path)])
    assert "2 workbooks, and 1 times --period" in capsys.readouterr().err
