"""Reading YAML and CSV: all scalars are text, positions are kept, and what could mislead is refused."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outcomes.definitions import (
    Column,
    Origin,
    quoted,
    read_definition_file,
    read_table_file,
    typed_columns,
    typed_noun,
)
from outcomes.definitions.tree import MAX_BYTES, MAX_DEPTH
from outcomes.framework.model import Indicator
from outcomes.partnership.calendar import Calendar
from outcomes.partnership.model import PartnershipDescription


def _yaml(folder: Path, text: str | bytes) -> Path:
    path = folder / "file.yaml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def test_every_scalar_is_read_as_the_text_that_stands_there(tmp_path: Path) -> None:
    text = "a: NO\nb: 012\nc: 12:30:00\nd: 1_000\ne: 2026-03-31\nf: ~\ng: .nan\nh: 1e5\ni: ''\n"
    read = read_definition_file(_yaml(tmp_path, text), tmp_path)
    expected = {"a": "NO", "b": "012", "c": "12:30:00", "d": "1_000", "e": "2026-03-31", "f": "~", "g": ".nan"}
    assert read.content == {**expected, "h": "1e5", "i": ""}
    assert read.faults == ()


def test_the_line_of_every_part_is_known(tmp_path: Path) -> None:
    read = read_definition_file(_yaml(tmp_path, "# a comment\na:\n  - b: 1\n    c: [x,\n        y]\n"), tmp_path)
    assert read.lines[("a",)] == 2
    assert read.lines[("a", 0)] == 3
    assert read.lines[("a", 0, "c")] == 4
    assert read.lines[("a", 0, "c", 1)] == 5


def test_a_key_without_a_value_is_a_key_that_is_not_given(tmp_path: Path) -> None:
    read = read_definition_file(_yaml(tmp_path, "a:\nb: 1\nc:\n"), tmp_path)
    assert (read.content, read.faults) == ({"b": "1"}, ())


def test_a_byte_order_mark_and_windows_line_ends_change_nothing(tmp_path: Path) -> None:
    plain = read_definition_file(_yaml(tmp_path, "a: 1\nb: 2\n"), tmp_path)
    other = read_definition_file(_yaml(tmp_path, b"\xef\xbb\xbfa: 1\r\nb: 2\r\n"), tmp_path)
    assert (other.content, other.lines) == (plain.content, plain.lines)


@pytest.mark.parametrize(
    ("text", "rule", "line"),
    [
        ("a: 1\nb: 2\na: 3\n", "duplicate-key", 3),
        ("a:\n  b: 1\n  b: 2\n", "duplicate-key", 3),
        ("a: &x 1\n", "alias", 1),
        ("a: 1\nb: *x\n", "alias", 2),
        ("a: 1\nb: !!int 2\n", "tag", 2),
        ("a: !python/object:os.system x\n", "tag", 1),
        ("a: 1\n---\nb: 2\n", "several-documents", 2),
        ("? [a, b]\n: 1\n", "key-not-text", 1),
        ("a: 1\n b: 2\n", "yaml-syntax", 2),
        ('a: 1\nb: "open\n', "yaml-syntax", 2),
        ("a: 1\n\tb: 2\n", "yaml-syntax", 2),
        ("a: \x07\n", "yaml-syntax", 0),
        (b"a: 1\nb: \xff\n", "not-utf-8", 2),
        ("[" * (MAX_DEPTH + 1), "too-deep", 1),
        ("a: " + "[" * 100_000, "too-deep", 1),
        ("a: 1\n" + "#" * MAX_BYTES, "file-too-big", 0),
    ],
)
def test_what_could_mislead_is_refused_with_its_line(tmp_path: Path, text: str | bytes, rule: str, line: int) -> None:
    read = read_definition_file(_yaml(tmp_path, text), tmp_path)
    assert (rule, line) in {(fault.rule, fault.line) for fault in read.faults}
    assert {fault.file for fault in read.faults} == {"file.yaml"}


def test_every_complaint_comes_at_once(tmp_path: Path) -> None:
    read = read_definition_file(_yaml(tmp_path, "a: &x 1\na: 2\nb: *x\nc: !t 3\n"), tmp_path)
    assert [(fault.line, fault.rule) for fault in read.faults] == [
        (1, "alias"),
        (2, "duplicate-key"),
        (3, "alias"),
        (4, "tag"),
    ]


def test_a_missing_file_and_a_folder_in_its_place_are_faults(tmp_path: Path) -> None:
    assert read_definition_file(tmp_path / "no.yaml", tmp_path).faults[0].rule == "missing-file"
    (tmp_path / "yes.yaml").mkdir()
    assert read_definition_file(tmp_path / "yes.yaml", tmp_path).faults[0].rule == "unreadable-file"


@given(st.text(max_size=60))
def test_no_text_makes_the_reader_fail(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    path = tmp_path_factory.getbasetemp() / "any.yaml"
    path.write_bytes(text.encode("utf-8", "surrogatepass"))
    read = read_definition_file(path, path.parent)
    assert read.faults or isinstance(read.content, dict | list | str)


INDICATOR = {
    "id": "x",
    "name": "X",
    "statistic": "count",
    "numerator_definition": "n",
    "period": "month",
    "level": "place",
    "source": "s",
    "licence": "l",
}


@pytest.mark.parametrize(
    ("changed", "rule", "says"),
    [
        ({"multiplier": "1_000"}, "wrong-value", "multiplier is '1_000': a number is expected"),
        ({"multiplier": "nan"}, "wrong-value", "multiplier is 'nan': a number is expected"),
        ({"version": "1.0"}, "wrong-value", "version is '1.0': a whole number is expected"),
        ({"valid_from": "0"}, "wrong-value", "valid_from is '0': a date is expected, year-month-day"),
        ({"valid_from": "2026-02-30"}, "wrong-value", "valid_from is '2026-02-30': a date is expected"),
        ({"is_proxy": "NO"}, "wrong-value", "is_proxy is 'NO': true or false is expected"),
        ({"statistic": "rate"}, "unknown-word", "statistic is 'rate'."),
        ({"id": "2D(1)"}, "wrong-value", "id is '2D(1)', which is no code"),
        ({"naem": "X"}, "unknown-key", "naem is not known here."),
        ({"breakdowns": [{"dimension": "sex", "categories": ["a"], "hole": "b"}]}, "unknown-key", "breakdowns[1].hole"),
        ({"aliases": "one"}, "wrong-value", "aliases is 'one'; a list is expected."),
        ({"name": ["X"]}, "wrong-value", "name is a list or a mapping; text is expected."),
        ({"name": " "}, "wrong-value", "name is empty."),
        ({"breakdowns": [{"categories": ["a"]}]}, "missing-key", "breakdowns[1].dimension is missing."),
        ({"breakdowns": [{"dimension": "sex"}]}, "wrong-value", "breakdowns[1]: at least one of the categories"),
        ({"breakdowns": ["sex"]}, "wrong-value", "breakdowns[1] is 'sex'; a mapping of keys is expected."),
        ({"statistic": "proportion"}, "wrong-value", "a denominator_definition is needed."),
    ],
)
def test_a_wrong_value_is_explained_in_plain_english(changed: dict[str, object], rule: str, says: str) -> None:
    noun, faults = typed_noun(Indicator, INDICATOR | changed, Origin("f.yaml", {(): 1}))
    assert noun is None
    assert [fault.rule for fault in faults] == [rule]
    assert faults[0].message.startswith(says)
    assert "pydantic" not in str(faults[0]).lower()


@pytest.mark.parametrize(
    ("changed", "fix"),
    [
        ({"license": "l"}, "Did you mean licence?"),
        ({"Numerator Definition": "l"}, "Did you mean numerator_definition?"),
        ({"colour": "red"}, "Take it out, or see the published schema for the keys."),
        ({"breakdowns": [{"dimension": "sex", "categories": ["a"], "hole": "b"}]}, "Did you mean whole?"),
        (
            {"breakdowns": [{"dimension": "sex", "categories": ["a"], "x": "b"}]},
            "The keys are: dimension, categories, whole, is_full, deprivation.",
        ),
    ],
)
def test_an_unknown_key_is_set_right_by_the_nearest_known_one(changed: dict[str, object], fix: str) -> None:
    _, faults = typed_noun(Indicator, INDICATOR | changed, Origin("f.yaml", {(): 1}))
    assert [fault.fix for fault in faults] == [fix]


def test_a_flag_is_true_or_false_and_nothing_like_it() -> None:
    given = {"id": "x", "title": "X", "area_code": "A", "is_fictional": "yes"}
    assert typed_noun(PartnershipDescription, given, Origin("f"))[1][0].message.startswith("is_fictional is 'yes'")


def test_a_fault_in_a_mapping_by_key_is_named_by_that_key() -> None:
    origin = Origin("calendar.yaml", {(): 1, ("due",): 2, ("due", "month"): 3, ("due", "fortnight"): 4})
    given = {"due": {"month": {"days_after_period": "-1"}, "fortnight": {"days_after_period": "1"}}}
    _, faults = typed_noun(Calendar, given, origin)
    assert [(fault.line, fault.rule) for fault in faults] == [(3, "wrong-value"), (4, "unknown-word")]


def test_a_number_that_could_be_a_persons_is_never_quoted() -> None:
    _, faults = typed_noun(Indicator, INDICATOR | {"version": "943 476 5919"}, Origin("f"))
    assert "5919" not in str(faults[0])
    assert quoted("9434765919") == "'(ten digits)'"


def _csv(folder: Path, text: str | bytes) -> Path:
    path = folder / "file.csv"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def test_a_csv_row_has_the_line_on_which_it_begins(tmp_path: Path) -> None:
    path = _csv(tmp_path, 'a,b\n1,"two\nlines"\n\n3,4\n')
    table = read_table_file(path, tmp_path, known=("a", "b", "c"))
    assert table.frame.rows() == [("1", "two\nlines", None, 2), ("3", "4", None, 5)]
    assert table.faults == ()


@pytest.mark.parametrize(
    ("text", "rule", "line"),
    [
        ("a,x\n1,2\n", "unknown-column", 1),
        ("b\n1\n", "missing-column", 1),
        ("a,a\n1,2\n", "duplicate-key", 1),
        ("a,b\n1,2\n1,2,3\n", "ragged-row", 3),
        ("a,b\n1\n", "ragged-row", 2),
        ('a,b\n1,"2\n', "csv-syntax", 2),
        ("", "missing-column", 0),
        (b"a,b\n\xe9,1\n", "not-utf-8", 2),
        ("\na;b\n1;2,5\n", "wrong-separator", 1),
        ("a\tb\n1\t2\n", "wrong-separator", 1),
    ],
)
def test_a_csv_that_is_no_such_table_is_refused(tmp_path: Path, text: str | bytes, rule: str, line: int) -> None:
    table = read_table_file(_csv(tmp_path, text), tmp_path, known=("a", "b"), required=("a",))
    assert (rule, line) in {(fault.rule, fault.line) for fault in table.faults}


def test_a_csv_with_another_separator_has_this_one_fault(tmp_path: Path) -> None:
    rows = "a;b\n" + "1;x, y;z\n" * 30
    table = read_table_file(_csv(tmp_path, rows), tmp_path, known=("a", "b"), required=("a",))
    assert [str(fault).split(". ")[0] for fault in table.faults] == [
        "file.csv:1: wrong-separator: the columns are separated by semicolons; commas are expected"
    ]
    one = read_table_file(_csv(tmp_path, "a;b,a\n1,2\n"), tmp_path, known=("a", "b"))
    assert [fault.rule for fault in one.faults] == ["unknown-column"]


def test_an_unknown_column_is_set_right_by_the_nearest_known_one(tmp_path: Path) -> None:
    table = read_table_file(_csv(tmp_path, "Area Code\nA\n"), tmp_path, known=("area_code", "name"))
    assert table.faults[0].fix == "Did you mean area_code?"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("a:\n\t- b\n", "a tab stands here; YAML takes blanks only. Replace each tab by blanks."),
        ("a: Our aim: better lives\n", "a colon and a blank stand where no key can begin. Put text that holds a colon"),
    ],
)
def test_the_commonest_slips_of_yaml_are_said_plainly(tmp_path: Path, text: str, says: str) -> None:
    assert says in str(read_definition_file(_yaml(tmp_path, text), tmp_path).faults[0])


def test_cells_are_typed_strictly_and_every_wrong_one_is_named(tmp_path: Path) -> None:
    rows = ["w,n,d", "5,.5,2026-03-31", "5.0,nan,2026-02-30", "1_000,1e5,31/03/2026", "٣,٣,", ",,"]
    table = read_table_file(_csv(tmp_path, "\n".join(rows) + "\n"), tmp_path, known=("w", "n", "d"))
    typed = typed_columns(table, {"w": Column.WHOLE, "n": Column.NUMBER, "d": Column.DAY})
    assert typed.frame["w"].to_list() == [5, None, None, None]
    assert typed.frame["n"].to_list() == [0.5, None, None, None]
    assert [(fault.line, fault.message.split(" is ")[0]) for fault in typed.faults] == [
        (3, "w"), (4, "w"), (5, "w"), (3, "n"), (4, "n"), (5, "n"), (3, "d"), (4, "d"),
    ]  # fmt: skip


def test_a_fault_in_every_row_is_listed_twenty_times_and_counted(tmp_path: Path) -> None:
    table = read_table_file(_csv(tmp_path, "w\n" + "x\n" * 1000), tmp_path, known=("w",))
    faults = typed_columns(table, {"w": Column.WHOLE}).faults
    assert len(faults) == 21
    assert faults[-1].message == "980 further rows have the same fault."
