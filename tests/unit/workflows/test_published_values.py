"""The published values of a pack: what is read of a CSV, and what is refused with its line."""

from pathlib import Path

import pytest

from outcomes.errors import UnreadableFileError
from outcomes.workflows.backtesting import is_printed_so
from outcomes.workflows.published_values import Printed, read_published


def written(tmp_path: Path, *lines: str) -> Path:
    path = tmp_path / "pack.csv"
    path.write_text("\n".join(("Place,Indicator,Period,Value,Lower,Comparison", *lines)) + "\n", encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("text", "value", "half_step"),
    [
        ("12.3", 12.3, 0.05),
        ("12.30", 12.3, 0.005),
        ('"1,234"', 1234.0, 0.5),
        ("61%", 61.0, 0.5),
        ("\u22120.4", -0.4, 0.05),
        ("0", 0.0, 0.5),
    ],
)
def test_a_number_is_read_with_the_step_it_was_printed_in(
    tmp_path: Path, text: str, value: float, half_step: float
) -> None:
    (row,) = read_published(written(tmp_path, f"A,B,2025,{text},,"))
    assert row.value is not None
    assert row.value.value == value
    assert row.value.half_step == pytest.approx(half_step)


@pytest.mark.parametrize("text", ["", "*", "[c]", "-", "N/A"])
def test_what_stands_in_place_of_a_number_is_none(tmp_path: Path, text: str) -> None:
    (row,) = read_published(written(tmp_path, f"A,B,2025,{text},,better"))
    assert row.value is None
    assert (row.line, row.comparison, row.upper) == (2, "better", None)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("A,B,2025,about 12,,", "line 2: the value 'about 12' is no number"),
        ("A,B,2025,12,1.2.3,", "line 2: the lower '1.2.3' is no number"),
        (",B,2025,12,,", "line 2: the place is empty"),
        ("943 476 5919,B,2025,12,,", "line 2: an NHS number stands here"),
    ],
)
def test_a_wrong_row_is_refused_with_its_line(tmp_path: Path, line: str, said: str) -> None:
    with pytest.raises(UnreadableFileError, match=said) as raised:
        read_published(written(tmp_path, line))
    assert "5919" not in str(raised.value)


def test_a_csv_without_the_columns_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "pack.csv"
    path.write_text("area,value\nA,1\n")
    with pytest.raises(UnreadableFileError, match="expected are place, indicator, period, value"):
        read_published(path)
    path.write_bytes(b"\xff\xfe")
    with pytest.raises(UnreadableFileError, match="not UTF-8"):
        read_published(path)


@pytest.mark.parametrize(
    ("number", "is_so"), [(12.25, True), (12.349, True), (12.35, True), (12.351, False), (12.2, False)]
)
def test_a_value_agrees_within_half_a_step_of_its_last_digit(number: float, is_so: bool) -> None:
    assert is_printed_so(Printed(12.3, 0.05), number) is is_so
