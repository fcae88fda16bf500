"""Numbers: every spelling that is read, and every one that is not, exactly."""

from dataclasses import replace

import polars as pl
import pytest

from outcomes.intake.numbers import NumberSpellings, numbers_from_text, read_number
from outcomes.vocabulary import RowStatus

SPELLINGS = NumberSpellings(markers={"[c]": RowStatus.SUPPRESSED, "<5": RowStatus.SUPPRESSED}, null_words=frozenset())

READ = [
    ("412", 412, 0, "plain"),
    ("-14", -14, 0, "plain"),
    ("0", 0, 0, "plain"),
    ("94.7261896202678", 947261896202678, 13, "plain"),
    ("412.00", 41200, 2, "point_zero"),
    ("1,050", 1050, 0, "thousands"),
    ("12,345,678.5", 123456785, 1, "thousands"),
    ("1 050", 1050, 0, "thousands"),
    ("1\u00a0050", 1050, 0, "thousands"),
    ("1\u202f050", 1050, 0, "thousands"),
    ("+5", 5, 0, "plus"),
    ("−14", -14, 0, "minus_sign"),
    (" 5 ", 5, 0, "white_space"),
    ("007", 7, 0, "leading_zeros"),
    ("85.8%", 858, 1, "percent"),
    ("85.8 %", 858, 1, "percent"),
    ("999999999999999999", 999999999999999999, 0, "plain"),
    ("1.5000000000000000000000000", 150000000000000000, 17, "plain"),
]
REFUSED = [
    ("1.83E+03", "scientific"),
    ("1e309", "scientific"),
    ("inf", "not_finite"),
    ("-Infinity", "not_finite"),
    ("nan", "ambiguous"),
    ("-", "ambiguous"),
    ("–", "ambiguous"),
    ("N/A", "ambiguous"),
    ("2011,5", "comma"),
    ("1,05", "comma"),
    ("1,0500", "comma"),
    ("1.050,5", "comma"),
    ("0,412", "comma"),
    ("-0,412", "comma"),
    ("0,204,551", "comma"),
    ("00,412", "comma"),
    ("0,001,050.5", "comma"),
    ("0 412", "unknown"),
    ("12,34,567", "comma"),
    ("1_000", "unknown"),
    ("0x10", "unknown"),
    ("£5", "unknown"),
    ("(5)", "unknown"),
    ("5*", "unknown"),
    ("5.", "unknown"),
    (".5", "unknown"),
    ("--5", "unknown"),
    ("1,050 000", "unknown"),
    ("٤١٢", "unknown"),
    ("４１２", "unknown"),
    ("1 2", "unknown"),
    ("9223372036854775808", "too_large"),
    ("1" + "0" * 40, "too_large"),
    ("0.1234567890123456789", "too_precise"),
    ("[c]", "suppressed"),
    ("<5", "suppressed"),
    (" [C] ", "suppressed"),
    ("   ", "blank"),
]


@pytest.mark.parametrize(
    ("text", "mantissa", "decimals"),
    [
        ("85.83333333333333333333", 85833333333333333, 15),
        ("-0.66666666666666666666666", -66666666666666667, 17),
        ("99.99999999999999999999", 100000000000000000, 15),
        ("0." + "0" * 200 + "1", 0, 17),
    ],
)
def test_a_number_that_is_only_compared_may_have_more_decimals_than_are_held(
    text: str, mantissa: int, decimals: int
) -> None:
    shortening = replace(SPELLINGS, shortens_decimals=True)
    assert read_number(text, "text", shortening) == (mantissa, decimals, "too_precise")
    assert read_number(text, "text", SPELLINGS) == (None, 0, "too_precise")


@pytest.mark.parametrize(("text", "mantissa", "decimals", "form"), READ)
def test_a_number_is_read_exactly(text: str, mantissa: int, decimals: int, form: str) -> None:
    assert read_number(text, "text", SPELLINGS) == (mantissa, decimals, form)


@pytest.mark.parametrize(("text", "form"), REFUSED)
def test_what_is_no_number_is_said_and_never_guessed(text: str, form: str) -> None:
    assert read_number(text, "text", SPELLINGS) == (None, 0, form)


@pytest.mark.parametrize("name", ["", "*", "^x$", "mantissa"])
def test_a_column_is_read_alike_whatever_it_is_called(name: str) -> None:
    for cells in (["12", "7"], ["12", "x", None, "007"]):
        wanted = numbers_from_text(pl.Series("numerator", cells), None, SPELLINGS)
        assert numbers_from_text(pl.Series(name, cells), None, SPELLINGS).equals(wanted)


def test_a_whole_column_is_read_as_its_cells_are() -> None:
    texts = [text for text, *_ in READ] + [text for text, _ in REFUSED]
    read = numbers_from_text(pl.Series(texts), None, SPELLINGS)
    assert read.rows() == [
        (mantissa, decimals if mantissa is not None else 0, form)
        for mantissa, decimals, form in (read_number(text, "text", SPELLINGS) for text in texts)
    ]


def test_a_comma_is_refused_where_it_may_stand_before_decimals() -> None:
    spellings = NumberSpellings(markers={}, null_words=frozenset(), refuses_commas=True)
    assert read_number("5,120", "text", spellings)[2] == "comma"
    assert read_number("5 120", "text", spellings) == (5120, 0, "thousands")


@pytest.mark.parametrize(
    ("text", "read"), [("0.858", (858, 1, "percent")), ("0.5", (50, 0, "percent")), ("1", (100, 0, "percent"))]
)
def test_a_percent_format_moves_the_point_by_two(text: str, read: tuple[int, int, str]) -> None:
    assert read_number(text, "percent", SPELLINGS) == read


def test_a_missing_number_of_a_float_column_is_not_finite() -> None:
    assert read_number("NaN", "number", SPELLINGS)[2] == "not_finite"
