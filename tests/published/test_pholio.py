"""Two extracts of Fingertips: every published value, interval, total and trend is reproduced, or it is said why not."""

import csv
import re
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout
from io import StringIO
from pathlib import Path

import polars as pl
import pytest
from examples.pholio.extract import read_extract
from examples.pholio.intervals import with_ways
from examples.pholio.run import main

import outcomes as oc
from tests.shared import needs_shared, shared_path

EARLIER, LATER = "pholio_healthdata_2025-02-07.csv", "pholio_healthdata_2025-02-13.csv"
FRAMEWORK = Path(__file__).resolve().parents[2] / "examples" / "pholio" / "frameworks" / "pholio-extract"
Row = dict[str, str]


def _run(files: list[Path], out: Path, geography: Path | None = None) -> tuple[int, str, str]:
    place = geography or shared_path("data", "fingertips")
    with redirect_stdout(StringIO()) as printed, redirect_stderr(StringIO()) as said:
        code = main([*map(str, files), "--geography", str(place), "--out", str(out)])
    return code, printed.getvalue(), said.getvalue()


def _part(out: Path, keep: Callable[[Row], bool], change: Callable[[Row], Row] = lambda row: row) -> Path:
    """Write some rows of the later extract as a file of their own."""
    with shared_path("data", "fingertips", LATER).open(encoding="utf-8-sig", newline="") as stream:
        reader = csv.DictReader(stream)
        names = list(reader.fieldnames or ())
        rows = [change(row) for row in reader if keep(row)]
    path = out / LATER
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.DictWriter(stream, names)
        writer.writeheader()
        writer.writerows(rows)
    return path


def _held(printed: str, kind: str) -> tuple[int, int, str]:
    (line,) = [line for line in printed.splitlines() if line.strip().startswith(kind)]
    found = re.search(r": ([\d,]+) of ([\d,]+)(?: \((.*)\))?$", line)
    assert found, line
    agreeing, published = (int(text.replace(",", "")) for text in found.groups()[:2])
    return agreeing, published, found[3] or ""


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("pholio")


@pytest.fixture(scope="module")
def printed(out: Path) -> str:
    """What a run on both extracts prints."""
    code, said, _ = _run([shared_path("data", "fingertips", name) for name in (EARLIER, LATER)], out)
    return f"exit {code}\n{said}"


# id, of how many intervals all are reproduced, and how those were made that are not made by the named method
INTERVALS = [
    ("241", 515, "299 Wilson; 216 Wilson with its two terms cut to whole numbers"),
    ("20401", 208, "208 exact below 10 events, else Byar"),
    ("22401", 1056, "1,056 Dobson and Byar"),
    ("41101", 744, "96 Byar of observed by expected; 648 Byar around the rounded value"),
    ("91040", 634, "634 Wilson"),
    ("91344", 286, "286 Byar"),
    ("91894", 420, "418 Wilson; 2 Wilson of some count"),
    ("92033", 1775, "830 Wilson of some count behind the share; 945 Wilson of some count"),
    ("93085", 417, "417 Wilson"),
    ("93124", 428, "38 the limits of the count, not of the rate"),
    ("93474", 2280, "2,280 Wilson"),
    ("93701", 245, "245 Wilson, counts divided by 2"),
    ("94063", 193, "193 Wilson"),
]


@needs_shared
@pytest.mark.slow
class TestBothExtracts:
    """One run on both extracts, looked at from all sides."""

    def test_everything_is_reproduced_or_explained(self, printed: str) -> None:
        assert printed.startswith("exit 0\n")
        assert "rejected" not in printed

    @pytest.mark.parametrize(("indicator", "count", "made"), INTERVALS)
    def test_every_interval_is_reproduced(self, printed: str, indicator: str, count: int, made: str) -> None:
        agreeing, published, remark = _held(printed, f"intervals of {indicator} ")
        assert (agreeing, published) == (count, count)
        assert made in remark

    def test_every_value_on_the_pages_is_the_published_one(self, printed: str) -> None:
        assert _held(printed, "values on the pages")[:2] == (14_029, 14_029)

    def test_every_trend_that_was_told_is_reproduced(self, printed: str) -> None:
        agreeing, published, remark = _held(printed, "recent trends that were told")
        assert (agreeing, published) == (903, 903)
        assert "796 by trend_fingertips_next" in remark
        assert "2 on the figures of the earlier extract" in remark
        assert _held(printed, "recent trends that cannot be told")[:2] == (5_868, 5_868)

    def test_better_and_worse_are_what_the_publisher_calls_so(self, printed: str) -> None:
        agreeing, published, remark = _held(printed, "words of trends on the pages")
        untold = sum(int(number) for number in re.findall(r"(\d+) of \d+ are not told here", remark))
        assert (agreeing, published - untold) == (484, 486)

    def test_sums_of_councils_are_the_boards_own(self, printed: str) -> None:
        agreeing, published, remark = _held(printed, "counts of E47000001")
        assert (agreeing, published) == (42, 46)
        assert "2 short by exactly the figure of E08000008" in remark

    def test_nothing_vanishes_between_the_extracts_and_what_is_no_longer_sent_is_listed(self, printed: str) -> None:
        assert re.search(r"3,\d{3} added, \d+ changed, 0 gone", printed)
        assert "no longer sent, and kept: 22401, 2018/19" in printed

    def test_a_place_has_all_indicators_and_groups_of_people(self, printed: str, out: Path) -> None:
        assert printed
        card = oc.read_scorecard(out / "site" / "scorecards" / "E08000003.json")
        lines = {line.indicator_id: line for line in card.lines}
        assert len(lines) == 17
        dimensions = [group.dimension for group in lines["92033"].groups]
        assert dimensions.count("quintiles_within_the_area_by_deprivation") == 5
        assert lines["93474"].trend.word == "no significant change"
        assert "design effect" in lines["93701"].definition.method_title


@needs_shared
def test_a_changed_interval_is_found(tmp_path: Path) -> None:
    def wrong(row: Row) -> Row:
        is_meant = row["AreaCode"] == "E08000003" and row["Year"] == "2021"
        return {**row, "UpperCI": str(float(row["UpperCI"]) * 1.01)} if is_meant else row

    file = _part(tmp_path, lambda row: row["IndicatorId"] == "20401", wrong)
    code, printed, _ = _run([file], tmp_path / "out")
    assert code == 1
    assert _held(printed, "intervals of 20401")[:2] == (207, 208)
    assert "area_code E08000003, year 2021" in printed


@needs_shared
def test_an_extract_without_trends_saved_by_another_program_is_held_too(tmp_path: Path) -> None:
    file = _part(tmp_path, lambda row: row["IndicatorId"] == "20401", lambda row: row)
    with file.open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream))
    names = sorted(set(rows[0]) - {"Trend", "SexID"})
    with file.open("w", encoding="cp1252", newline="") as stream:
        writer = csv.DictWriter(stream, [*names, "Note"], extrasaction="ignore")
        writer.writeheader()
        writer.writerows({**row, "Note": "caf\u00e9"} for row in rows)
    code, printed, _ = _run([file], tmp_path / "out")
    assert code == 0
    assert _held(printed, "intervals of 20401")[:2] == (208, 208)


@needs_shared
def test_a_contradiction_is_refused_in_plain_words(tmp_path: Path) -> None:
    def twice(row: Row) -> Row:
        return {**row, "AreaCode": "E08000002"} if row["AreaCode"] == "E08000003" else row

    file = _part(tmp_path, lambda row: row["IndicatorId"] == "20401", twice)
    code, printed, _ = _run([file], tmp_path / "out")
    assert code == 1
    assert "rejected" in printed
    assert "give different figures for the same indicator, place, period and group" in printed


@needs_shared
@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("no_day.csv", "IndicatorId\n1\n", "the name says no day"),
        ("extract_2025-02-13.csv", "a,b\n1,2\n", "found no column IndicatorId"),
        (
            "extract_2025-02-13.csv",
            "IndicatorId,Year,AreaCode,Sex,Age,Count,Denominator,Value,LowerCI,UpperCI\n20401,2020,E1,Persons,All,1,2,*,,\n",
            "“*” stands where a number is expected (value, 1 times)",
        ),
    ],
)
def test_a_wrong_file_is_said_in_one_message(tmp_path: Path, name: str, text: str, said: str) -> None:
    (tmp_path / name).write_text(text)
    code, printed, message = _run([tmp_path / name], tmp_path / "out")
    assert (code, printed) == (2, "")
    assert said in message
    assert "Traceback" not in message


@needs_shared
def test_a_folder_without_the_hierarchy_is_said(tmp_path: Path) -> None:
    code, _, message = _run([shared_path("data", "fingertips", LATER)], tmp_path / "out", geography=tmp_path)
    assert code == 2
    assert "areas_hierarchy.json" in message


def _rows(indicator: str) -> pl.DataFrame:
    rows = read_extract(shared_path("data", "fingertips", LATER)).filter(pl.col("indicator_id") == indicator)
    return rows.filter(pl.col("lower").is_not_null())


@needs_shared
@pytest.mark.parametrize(
    ("indicator", "change", "most"),
    [
        # a few more events, another value or another width fit hardly any row
        ("22401", {"count": pl.col("count") * 1.1}, 0.2),
        ("41101", {"upper": pl.col("upper") + 0.3}, 0.3),
        ("92033", {"value": pl.col("value") + 2.0}, 0.3),
        ("93701", {"count": pl.col("count") * 1.02}, 0.05),
        ("241", {"lower": pl.col("lower") - 0.2}, 0.05),
    ],
)
def test_what_explains_the_intervals_would_not_explain_others(
    indicator: str, change: dict[str, pl.Expr], most: float
) -> None:
    (definition,) = (one for one in oc.load_framework(FRAMEWORK).indicators if one.id == indicator)
    rows = _rows(indicator)
    assert with_ways(rows, definition)["way"].null_count() == 0
    changed = with_ways(rows.with_columns(**change), definition)
    assert changed["way"].count() <= most * changed.height
