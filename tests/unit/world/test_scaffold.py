"""`init` writes a first partnership that is sound, or nothing at all."""

from datetime import date
from pathlib import Path

import pytest
import xlsxwriter

from outcomes.errors import DefinitionError, OutputError, UnreadableFileError
from outcomes.partnership.indicator_list import lenient_readings, read_indicator_list
from outcomes.partnership.lint import lint_partnership
from outcomes.partnership.loading import load_partnership
from outcomes.partnership.scaffold import init_partnership
from outcomes.partnership.supplies import expected_figures

HEADER = "id,name,statistic,numerator,denominator,multiplier,unit,polarity,period,level,source\n"
ROW = '{id},{name},proportion,Part,Whole,100,%,high_is_good,quarter,place,"Survey, 2026"\n'


def _list(folder: Path, text: str, name: str = "list.csv") -> Path:
    path = folder / name
    path.write_bytes(text.encode("utf-8"))
    return path


def test_a_first_partnership_is_sound_and_has_the_files_that_were_named(tmp_path: Path) -> None:
    folder = tmp_path / "ours"
    paths = init_partnership(folder)
    assert set(paths) == {path for path in folder.rglob("*") if path.is_file()}
    assert list(paths) == sorted(paths)
    assert lint_partnership(folder) == ()
    world = load_partnership(folder)
    assert len(world.partners) == 2
    assert len(world.areas.by_code) == 3
    assert {agreement.area_code for agreement in world.agreements} == {"PLACE-A", "PLACE-B"}
    assert expected_figures(world, date(2026, 7, 1)).height == 4


def test_two_first_partnerships_are_the_same_to_the_byte(tmp_path: Path) -> None:
    one, two = init_partnership(tmp_path / "one"), init_partnership(tmp_path / "two")
    assert [path.read_bytes() for path in one] == [path.read_bytes() for path in two]


def test_nobody_has_signed_so_it_is_a_draft(tmp_path: Path) -> None:
    init_partnership(tmp_path / "ours")
    partnership = load_partnership(tmp_path / "ours")
    agreement = partnership.agreement_for("PLACE-A", date(2026, 6, 1))
    assert agreement is not None
    assert not partnership.standing_of(agreement, date(2026, 6, 1)).is_in_force


def test_indicators_come_from_a_list_and_a_published_code_makes_an_id(tmp_path: Path) -> None:
    text = HEADER + ROW.format(id="2D(1)", name='Reablement: no "further" care'.replace('"', "'"))
    init_partnership(tmp_path / "ours", indicators=_list(tmp_path, text + ROW.format(id="E02a", name="Falls")))
    world = load_partnership(tmp_path / "ours")
    assert lint_partnership(tmp_path / "ours") == ()
    assert sorted(world.indicators) == [("2d-1", 1), ("E02a", 1)]
    indicator = world.indicators[("2d-1", 1)]
    assert (indicator.official_code, indicator.multiplier, indicator.source) == ("2D(1)", 100.0, "Survey, 2026")
    assert world.names_of_indicators["2D(1)"] == ("2d-1",)
    terms = {inclusion.indicator: inclusion for _, inclusion in world.inclusions}
    assert terms["2d-1"].polarity.value == "higher_is_better"
    assert terms["2d-1"].polarity_agreed_by == "as written in list.csv; to be confirmed by the partners"


@pytest.mark.parametrize("level", ["nation", "region", "system", "place", "neighbourhood", "ward", "lsoa", "council"])
def test_a_list_at_any_level_makes_areas_for_which_figures_are_expected(tmp_path: Path, level: str) -> None:
    text = HEADER + ROW.format(id="a", name="A").replace("place", level)
    init_partnership(tmp_path / "ours", indicators=_list(tmp_path, text))
    assert lint_partnership(tmp_path / "ours") == ()
    assert not expected_figures(load_partnership(tmp_path / "ours"), date(2026, 7, 1)).is_empty()


def test_headers_words_and_separators_of_other_lists_are_understood(tmp_path: Path) -> None:
    text = (
        "\ufeffOur indicators;;;;;;;\r\n\r\n"
        "Official Code;Indicator Name;Kind;Numerator definition;Denominator definition;"
        "Per;Direction;Frequency;Geography;Domain\r\n"
        "22401;Falls;crude rate;Admissions;Residents;100,000;Low is good;monthly;PCN;Age well\r\n"
    )
    init_partnership(tmp_path / "ours", indicators=_list(tmp_path, text))
    world = load_partnership(tmp_path / "ours")
    indicator = world.indicators[("22401", 1)]
    assert (indicator.statistic.value, indicator.multiplier, indicator.level.value) == (
        "crude_rate",
        1e5,
        "neighbourhood",
    )
    assert [outcome.title for outcome in world.frameworks[0].outcomes] == ["Age well"]
    assert world.frameworks[0].inclusions[0].polarity.value == "lower_is_better"


def test_a_workbook_is_read_too_and_its_rows_are_counted_as_it_shows_them(tmp_path: Path) -> None:
    path = tmp_path / "list.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        book.add_worksheet("Notes").write(0, 0, "Read me")
        sheet = book.add_worksheet("Indicators")
        for column, name in enumerate(HEADER.strip().split(",")):
            sheet.write(2, column + 1, name)
        values = [
            20401,
            "Conceptions",
            "rate",
            "Conceptions",
            "Women",
            1000,
            "per 1,000",
            "low",
            "quarter",
            "place",
            "ONS",
        ]
        for column, value in enumerate(values):
            sheet.write(3, column + 1, value)
            sheet.write(5, column + 1, value if column else 20402)
    assert [one.keys["id"] for one in read_indicator_list(path)] == ["20401", "20402"]
    init_partnership(tmp_path / "ours", indicators=path)
    assert sorted(load_partnership(tmp_path / "ours").indicators) == [("20401", 1), ("20402", 1)]


def test_every_row_that_cannot_be_used_is_named_and_nothing_is_written(tmp_path: Path) -> None:
    rows = [
        ROW.format(id="a", name="A"),
        ROW.format(id="b", name="").replace("quarter", "annual"),
        ROW.format(id="A", name="Again"),
        "c,C,dsr,n,d,1,,,quarter,place,s\n",
        "d,D,proportion,n,,x,,sideways,quarter,trust,s\n",
    ]
    before = sorted(tmp_path.iterdir())
    with pytest.raises(DefinitionError) as raised:
        init_partnership(tmp_path / "ours", indicators=_list(tmp_path, HEADER + "".join(rows)))
    found = {(fault.line, fault.rule) for fault in raised.value.faults}
    assert found == {
        (3, "missing-key"),
        (3, "unknown-word"),
        (4, "duplicate-indicator"),
        (5, "wrong-value"),
        (6, "wrong-value"),
        (6, "unknown-word"),
    }
    assert {fault.file for fault in raised.value.faults} == {"list.csv"}
    assert sorted(tmp_path.iterdir()) == [*before, tmp_path / "list.csv"]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "no header is found"),
        ("a,b\n1,2\n", "no header is found"),
        (HEADER, "the list has no rows"),
        (HEADER.replace("period,", ""), "no column for period"),
    ],
)
def test_a_list_without_header_or_rows_is_explained(tmp_path: Path, text: str, says: str) -> None:
    with pytest.raises(DefinitionError, match=says):
        init_partnership(tmp_path / "ours", indicators=_list(tmp_path, text))


def test_a_missing_column_is_explained_with_what_is_needed_and_what_may_be_left_out(tmp_path: Path) -> None:
    with pytest.raises(DefinitionError) as raised:
        init_partnership(tmp_path / "ours", indicators=_list(tmp_path, HEADER.replace("period,", "")))
    fix = raised.value.faults[0].fix
    assert fix.startswith("Needed are the columns name, statistic, numerator, period, level; there may also be id, ")
    assert "level is one of nation, region, system, place, " in fix


def test_a_count_is_written_without_comparison_and_without_decimals(tmp_path: Path) -> None:
    text = "name,statistic,numerator,period,level\nWaits,number,People,month,place\nFalls,rate,Falls,month,place\n"
    text = (
        text.replace("numerator", "numerator,denominator").replace("People", "People,").replace("Falls,m", "Falls,R,m")
    )
    init_partnership(tmp_path / "ours", indicators=_list(tmp_path, text))
    assert lint_partnership(tmp_path / "ours") == ()
    world = load_partnership(tmp_path / "ours")
    assert {key[0]: one.decimals for key, one in world.indicators.items()} == {"Falls": 1, "Waits": 0}
    assert [len(inclusion.benchmarks) for _, inclusion in world.inclusions] == [0, 1]


def test_the_comments_of_the_first_files_speak_of_the_users_own_indicators(tmp_path: Path) -> None:
    paths = init_partnership(
        tmp_path / "ours", indicators=_list(tmp_path, HEADER + ROW.format(id="E02a", name="Falls"))
    )
    texts = {path.name: path.read_text(encoding="utf-8") for path in paths if path.suffix != ".json"}
    assert [name for name, text in texts.items() if "local-0" in text] == []
    assert '    #   - indicator: "E02a"\n    #     area_code: PLACE-A\n' in texts["PLACE-A.yaml"]


def test_what_was_read_leniently_is_said_once_each(tmp_path: Path) -> None:
    text = (
        HEADER
        + "a,A,percentage,n,d,,%,,Quarter,PCN,s\n"
        + "2D(1),B,crude rate,n,d,1000,x,higher_is_better,quarter,PCN,s\n"
        + "c,C,count,n,,,,no_judgement,month,place,s\n"
    )
    assert lenient_readings(read_indicator_list(_list(tmp_path, text))) == (
        "statistic 'percentage' is read as proportion (1 row)",
        "level 'PCN' is read as neighbourhood (2 rows)",
        "polarity is empty: read as no_judgement, so neither direction is called good (1 row)",
        "multiplier of a proportion is empty: read as 100 (1 row)",
        "id '2D(1)' is no code of ours: it becomes official_code, and the id is '2d-1' (1 row)",
    )


def test_a_list_that_is_none_is_one_plain_message(tmp_path: Path) -> None:
    for path in (
        tmp_path / "no.csv",
        tmp_path,
        _list(tmp_path, "PK\x03\x04 not a zip", "a.xlsx"),
        _list(tmp_path, "a\0b"),
    ):
        with pytest.raises(UnreadableFileError):
            init_partnership(tmp_path / "ours", indicators=path)
    assert not (tmp_path / "ours").exists()


def test_a_folder_that_holds_something_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "kept").mkdir()
    (tmp_path / "kept" / "mine.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(OutputError, match="holds something already"):
        init_partnership(tmp_path / "kept")
    with pytest.raises(OutputError, match="this is a file"):
        init_partnership(tmp_path / "kept" / "mine.txt")
    with pytest.raises(OutputError, match="Make it first"):
        init_partnership(tmp_path / "no" / "such" / "folder")
    assert [path.name for path in (tmp_path / "kept").iterdir()] == ["mine.txt"]


def test_an_empty_folder_may_be_there(tmp_path: Path) -> None:
    (tmp_path / "ours").mkdir()
    init_partnership(tmp_path / "ours")
    assert lint_partnership(tmp_path / "ours") == ()
    assert [path.name for path in tmp_path.iterdir()] == ["ours"]


def test_nothing_half_written_is_left_when_writing_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: object) -> None:
        raise OSError("the disk is full")

    monkeypatch.setattr("shutil.copyfile", fails)
    with pytest.raises(OutputError, match="cannot be written"):
        init_partnership(tmp_path / "ours")
    assert list(tmp_path.iterdir()) == []
