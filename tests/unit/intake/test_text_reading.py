"""Delimited text: encodings, line ends, quotes and row numbers, and the two ways of splitting that must agree."""

import pytest

from outcomes.intake.reading import read_content
from outcomes.intake.reading.grid import Refusal
from outcomes.intake.reading.text import read_text
from outcomes.partnership.layout import Limits
from outcomes.vocabulary import Verdict
from tests.unit.intake.returns_world import HEADER, codes, found, row_of, sent, sheet

P1, P2 = "stay,P1,2026-04,10,20", "stay,P2,2026-04,11,20"
COMMENTED = HEADER + ",comment"


def rows_of(text: str) -> list[tuple[str | None, ...]]:
    return read_text(text.encode(), Limits(), lambda rows: True).grids[0].cells.rows()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_text_survives_every_encoding_that_can_be_told(encoding: str) -> None:
    text = sheet(P1 + ",£1.2m – “winter” 👍🏽", P2 + ",", header=COMMENTED)
    mark = {"utf-16-le": b"\xff\xfe", "utf-16-be": b"\xfe\xff"}.get(encoding, b"")
    result = sent(mark + text.encode(encoding))
    assert row_of(result, 2)["comment"] == "£1.2m – “winter” 👍🏽"
    assert codes(result) == (set() if encoding.startswith("utf-8") else {"OUT-051"})


def test_utf_16_without_its_mark_is_refused() -> None:
    assert codes(sent(sheet(P1, P2).encode("utf-16-le"))) == {"OUT-004"}


def test_a_byte_that_is_no_letter_is_named_with_its_row_and_column() -> None:
    text = sheet(P1 + ',"a\nb"', P2 + ',"c, d ~"', header=COMMENTED).encode().replace(b"~", b"\xe9 \x81")
    (finding,) = sent(b"Our return\n" + text).findings
    assert (finding.code, finding.row, finding.column) == ("OUT-009", 4, "comment")
    (finding,) = sent(b"\x81" + text).findings
    assert (finding.code, finding.row, finding.column) == ("OUT-009", 1, None)


def test_one_letter_of_windows_makes_no_name_of_the_mark_of_utf_8() -> None:
    text = sheet(P1 + ",£", P2 + ",~", header=COMMENTED).encode()
    result = sent(b"\xef\xbb\xbf" + text.replace(b"\xc2\xa3", b"").replace(b"~", b"caf\xe9"))
    assert [(one.code, one.row, one.column) for one in result.findings] == [("OUT-052", 3, "comment")]
    assert row_of(result, 3)["comment"] == "café"


@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_plain_line_ends_need_no_word(line_end: str) -> None:
    assert sent(sheet(P1, P2).replace("\n", line_end)).verdict is Verdict.ACCEPTED


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (sheet(P1, P2).replace("\n", "\r"), "The lines"),
        (sheet(P1, P2).removesuffix("\n") + "\r", "Some lines"),
        (HEADER + "\n" + P1 + "\r" + P2 + "\r\n", "Some lines"),
        (HEADER + "\r" + P1 + "\r" + P2 + "\r\n", "Some lines"),
        (f'{COMMENTED}\r\n{P1},"a\rb"\r{P2},\n', "Some lines"),
    ],
)
def test_line_ends_of_carriage_returns_alone_are_said(text: str, said: str) -> None:
    result = sent(text)
    assert (codes(result), result.loaded_rows) == ({"OUT-053"}, 2)
    assert result.findings[0].text.startswith(said)


def test_a_carriage_return_within_quotes_is_no_line_end() -> None:
    result = sent(sheet(P1 + ',"a\rb"', P2 + ",", header=COMMENTED))
    assert (codes(result), row_of(result, 2)["comment"]) == (set(), "a\rb")


def test_a_quoted_line_end_starts_no_row_and_is_kept_as_sent() -> None:
    text = sheet(P1 + ',"one\r\ntwo, ""three"""', P2 + ",", "stay,P9,2026-04,1,2,", header=COMMENTED)
    result = sent(text)
    assert [finding.row for finding in found(result, "OUT-208")] == [4]
    kept = sent(sheet(P1 + ',"one\r\ntwo, ""three"""', P2 + ",", header=COMMENTED))
    assert row_of(kept, 2)["comment"] == 'one\r\ntwo, "three"'


def test_a_last_row_without_a_line_end_is_whole_if_every_field_is_there() -> None:
    assert sent(sheet(P1, P2).removesuffix("\n")).verdict is Verdict.ACCEPTED


def test_a_quote_within_an_unquoted_field_is_a_character() -> None:
    result = sent(sheet(P1 + ',5" pipe', P2 + ",", header=COMMENTED))
    assert row_of(result, 2)["comment"] == '5" pipe'


@pytest.mark.parametrize("sign", ["\x01", "\x7f", "\x80", "\x85", "\x9b", "\u061c", "\u2028", "\u2029", "\u202e"])
def test_control_and_direction_characters_are_kept_and_said(sign: str) -> None:
    result = sent(sheet(P1 + f",a{sign}b", P2 + ",caf\u00e9\u00a0\u2026", header=COMMENTED))
    assert [(one.code, one.row, one.column) for one in result.findings] == [("OUT-751", 2, "comment")]
    assert row_of(result, 2)["comment"] == f"a{sign}b"


def test_a_tab_separated_file_needs_no_word_whatever_its_name() -> None:
    assert sent(sheet(P1, P2).replace(",", "\t"), file_name="T1_x.txt").verdict is Verdict.ACCEPTED


def test_a_comma_in_a_semicolon_file_does_not_change_which_separator_is_meant() -> None:
    text = sheet(P1 + ",", P2 + ",", header=COMMENTED).replace(",", ";").replace("10;20;", "10;20;a, b, c, d, e, f")
    assert row_of(sent(text), 2)["comment"] == "a, b, c, d, e, f"


def test_lines_and_records_are_split_alike() -> None:
    plain = "a,b,c\n1,2,3\n\n,,\nx,y\nlast,,row"
    quoted = plain.replace("1,2,3", '1,"2",3')
    assert rows_of(plain) == rows_of(quoted)
    assert rows_of(plain) == [("a", "b", "c"), ("1", "2", "3"), (None,) * 3, (None,) * 3, ("x", "y", None),
                              ("last", None, "row")]  # fmt: skip


def test_rows_count_blank_lines_and_lines_of_stray_carriage_returns() -> None:
    result = sent(HEADER + "\n" + P1 + "\r\r" + P2 + "\nstay,P9,2026-04,1,2\n")
    assert [finding.row for finding in found(result, "OUT-208")] == [5]
    assert [finding.row for finding in found(result, "OUT-152")] == [3]


@pytest.mark.parametrize("text", ["a" + "," * 5_000_000 + "\n", 'a,"b"' + "," * 5_000_000 + "\n"])
def test_a_line_of_nothing_but_separators_is_refused_before_it_is_split(text: str) -> None:
    with pytest.raises(Refusal) as caught:
        read_text(text.encode(), Limits(), lambda rows: True)
    assert caught.value.remark.code == "OUT-012"


def test_a_quoted_cell_beyond_all_limits_is_refused() -> None:
    assert codes(sent(sheet(P1 + ',"' + "x" * 200_000 + '"', header=COMMENTED))) == {"OUT-013"}


def test_a_file_above_the_size_limit_is_refused() -> None:
    limits = Limits(max_file_bytes=10)
    with pytest.raises(Refusal) as caught:
        read_content(b"x" * 11, "x.csv", limits, lambda rows: True)
    assert caught.value.remark.code == "OUT-002"


def test_a_picture_with_the_ending_of_a_table_is_refused() -> None:
    assert codes(sent(b"\x89PNG\r\n\x1a\n" + b"\x00" * 60, file_name="T1.xlsx")) == {"OUT-003"}


def test_text_with_the_ending_of_a_workbook_is_read_and_said() -> None:
    assert codes(sent(sheet(P1, P2), file_name="T1_return.xlsx")) == {"OUT-055"}
