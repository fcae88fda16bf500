"""Whatever the bytes, a check ends in a verdict; what is accepted adds up; no personal number leaves."""

import csv
import io
from decimal import Decimal
from typing import Final

import polars as pl
from hypothesis import HealthCheck, assume, example, given, settings
from hypothesis import strategies as st

from outcomes.intake.cell_sums import Part, cell_sum
from outcomes.intake.model import CheckResult
from outcomes.intake.numbers import NumberSpellings, numbers_from_text, read_number
from outcomes.intake.personal_numbers import is_valid_nhs_number, masked
from outcomes.intake.reading.grid import Refusal
from outcomes.intake.reading.text import read_text
from outcomes.partnership.layout import Layout, Limits
from outcomes.vocabulary import RowStatus, Verdict
from tests.unit.intake.old_excel import ErrorCell, PercentCell, old_workbook
from tests.unit.intake.returns_world import HEADER, returns_world, sent, sheet
from tests.unit.intake.test_typed_tables import frame, parquet
from tests.unit.intake.test_workbooks import PLAIN

CALM: Final = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
CSV: Final = sheet("stay,P1,2026-04,10,20", "stay,P2,2026-04,11,20").encode()
OLD: Final = old_workbook(
    {
        "Data": [
            HEADER.split(","),
            ["stay", "P1", "2026-04", 10.0, 20.0],
            ["stay", "P2", "2026-04", ErrorCell(), 20.0],
        ],
        "Notes": [["Shares", PercentCell(0.5)]],
    }
)
OLD_WORLD: Final = returns_world(layouts={"old": Layout(id="old", title="Old sheets", is_old_excel_read=True)})
PARQUET: Final = parquet(frame())
SPELLINGS: Final = NumberSpellings(
    markers={"[c]": RowStatus.SUPPRESSED}, null_words=frozenset({"n/a"}), refuses_commas=False
)


def held(result: CheckResult) -> None:
    """What holds of every result."""
    is_rejected = result.verdict is Verdict.REJECTED
    assert (result.frame.height == 0) or not is_rejected
    assert result.loaded_rows == result.frame.height
    assert result.keeps_bytes != is_rejected
    assert all(finding.text and finding.fix for finding in result.findings)
    assert len(repr(result.findings)) < 2_000_000


@st.composite
def damaged(draw: st.DrawFn, whole: bytes) -> bytes:
    """Return a good file with bytes changed, cut out or put in."""
    content = bytearray(whole)
    for _ in range(draw(st.integers(1, 6))):
        at = draw(st.integers(0, max(len(content) - 1, 0)))
        match draw(st.integers(0, 3)):
            case 0:
                content[at : at + 1] = draw(st.binary(min_size=1, max_size=1))
            case 1:
                del content[at : at + draw(st.integers(1, 40))]
            case 2:
                content[at:at] = draw(st.binary(max_size=20))
            case _:
                del content[at:]
    return bytes(content)


@given(st.binary(max_size=400))
@CALM
def test_any_bytes_end_in_a_verdict(content: bytes) -> None:
    held(sent(content))


@given(
    st.sampled_from([b"PK\x03\x04", b"PAR1", b"\xff\xfe", b"\xef\xbb\xbf", HEADER.encode() + b"\n"]),
    st.binary(max_size=300),
)
@CALM
def test_any_bytes_after_a_known_beginning_end_in_a_verdict(beginning: bytes, rest: bytes) -> None:
    held(sent(beginning + rest))


@given(damaged(CSV))
@CALM
def test_a_damaged_text_file_ends_in_a_verdict(content: bytes) -> None:
    held(sent(content))


@given(damaged(PLAIN))
@CALM
def test_a_damaged_workbook_ends_in_a_verdict(content: bytes) -> None:
    held(sent(content, file_name="T1_return.xlsx"))


@given(damaged(PARQUET))
@CALM
def test_a_damaged_parquet_file_ends_in_a_verdict(content: bytes) -> None:
    held(sent(content, file_name="T1_return.parquet"))


@given(damaged(OLD))
@CALM
def test_a_damaged_old_workbook_ends_in_a_verdict(content: bytes) -> None:
    held(sent(content, partnership=OLD_WORLD, layout="old", file_name="T1_return.xls"))


@given(
    st.lists(st.lists(st.decimals(-(10**9), 10**9, places=6).map(str), min_size=3, max_size=3), min_size=1, max_size=5)
)
@CALM
def test_the_cells_of_a_row_add_up_exactly(rows: list[list[str]]) -> None:
    plain = [[format(Decimal(cell).normalize(), "f") for cell in row] for row in rows]
    under = pl.DataFrame(
        {"row": list(range(len(rows))), **{str(at): [row[at] for row in plain] for at in range(3)}},
        schema_overrides={"row": pl.Int32},
    )
    found = cell_sum(under, (Part(0), Part(1), Part(2, is_less=True)), {}, SPELLINGS)
    expected = [Decimal(row[0]) + Decimal(row[1]) - Decimal(row[2]) for row in plain]
    assert [Decimal(text) for text in found.texts] == expected
    assert found.kinds is None


@given(st.lists(st.lists(st.text(max_size=12), min_size=5, max_size=7), max_size=6))
@CALM
def test_any_cells_end_in_a_verdict(rows: list[list[str]]) -> None:
    buffer = io.StringIO(newline="")
    csv.writer(buffer).writerows([[*HEADER.split(","), "value", "comment"], *rows])
    held(sent(buffer.getvalue().encode("utf-8", "surrogatepass")))


@given(st.text(alphabet="abc,;\n\r \t1", max_size=80))
@CALM
@example("a,b\n\n,,\nx\n")
def test_splitting_by_line_and_by_record_agree(text: str) -> None:
    # a quoted cell at the top sends the whole text the other way
    assume(text.strip() and text.strip("\r\n") and "\r" not in text.replace("\r\n", ""))
    plain, quoted = f"q,w,e\n{text}", f'q,"w",e\n{text}'

    def cells(content: str) -> tuple[object, ...]:
        try:
            grid = read_text(content.encode(), Limits(), lambda rows: True).grids[0]
        except Refusal as refusal:
            return (refusal.remark.code,)
        assert grid.field_counts is not None
        return (*grid.cells.rows(), *grid.field_counts.to_list())

    assert cells(plain) == cells(quoted)


NUMBER_TEXTS: Final = st.one_of(
    st.integers(-(10**20), 10**20).map(str),
    st.decimals(allow_nan=False, allow_infinity=False, places=4).map(lambda number: format(number, "f")),
    st.from_regex(r"\A[+\-]?[0-9]{1,3}(,[0-9]{3}){0,3}(\.[0-9]{0,3})?\Z"),
    st.text(alphabet="0123456789.,+-− e%\u00a0", max_size=14),
    st.sampled_from(["[c]", "N/A", "", "nan", "inf"]),
)


@given(st.lists(NUMBER_TEXTS, min_size=1, max_size=20))
@CALM
def test_a_column_is_read_as_its_cells_are_and_no_digit_is_lost(texts: list[str]) -> None:
    for text, column_cell in zip(
        texts, numbers_from_text(pl.Series(texts, dtype=pl.String), None, SPELLINGS).iter_rows(), strict=True
    ):
        mantissa, decimals, form = read_number(text, "text", SPELLINGS)
        assert column_cell == (mantissa, decimals, form)
        if mantissa is None:
            continue
        # by the standard library's decimals: what was read is what stands there
        bare = text.strip().strip("\u00a0").rstrip("%").strip().replace("−", "-")
        for separator in (",", " ", "\u00a0"):
            bare = bare.replace(separator, "")
        assert Decimal(mantissa).scaleb(-decimals) == Decimal(bare)


@given(st.integers(0, 999_999_999), st.sampled_from(["{}{}{}", "{} {} {}", "{}-{}-{}"]), st.text(max_size=20))
@CALM
def test_a_personal_number_is_masked_wherever_it_stands(nine: int, written: str, around: str) -> None:
    digits = f"{nine:09d}"
    whole = next((digits + str(check) for check in range(10) if is_valid_nhs_number(digits + str(check))), None)
    # one in eleven has no valid check digit
    assume(whole is not None and not any(character.isdigit() or character == "." for character in around))
    assert whole is not None
    shown = written.format(whole[:3], whole[3:6], whole[6:])
    text = f"{around} {shown} {around}"
    assert shown not in masked(text)
    result = sent(sheet("stay,P1,2026-04,10,20," + '"' + text.replace('"', "") + '"', header=HEADER + ",comment"))
    assert result.verdict is Verdict.REJECTED
    assert shown not in repr(result.findings)
