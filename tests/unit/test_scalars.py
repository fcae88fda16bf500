"""Scalars of definition files: what lax typing would let through is refused, in words."""

from datetime import date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from outcomes.scalars import (
    Day,
    Definition,
    Flag,
    Number,
    PositiveNumber,
    PositiveWhole,
    Slug,
    Text,
    Whole,
    Words,
)

WHOLE = "a whole number is expected, such as 5 or 100000, in digits only"
NUMBER = "a number is expected, such as 12 or 66.5, in digits with at most one point"
DAY = "a date is expected, year-month-day, such as 2026-03-31"
FLAG = "true or false is expected"
POSITIVE = "a number above zero is expected"


def said(kind: Any, given: object) -> str:
    """Return the message of a refusal."""
    with pytest.raises(ValidationError) as refused:
        TypeAdapter(kind).validate_python(given)
    assert refused.value.error_count() == 1
    return refused.value.errors()[0]["msg"].removeprefix("Value error, ")


def read(kind: Any, given: object) -> object:
    return TypeAdapter(kind).validate_python(given)


@pytest.mark.parametrize(
    "given", ["1_000", "1,000", "1e3", "5.0", " 5", "5\n", "", "five", "0x10", "５", "--5", True, False, 5.0, None]
)
def test_what_is_no_whole_number_is_refused(given: object) -> None:
    assert said(Whole, given) == WHOLE


def test_a_whole_number_of_more_than_eighteen_digits_is_refused() -> None:
    # 64 bits hold 18 digits in full
    assert read(Whole, "9" * 18) == 999_999_999_999_999_999
    assert said(Whole, "9" * 19) == WHOLE


@pytest.mark.parametrize(
    "given",
    [
        "nan",
        "NaN",
        "inf",
        "-inf",
        "Infinity",
        "1e5",
        "1_000.5",
        "1,5",
        "1.",
        ".",
        "",
        " 1",
        "1\n",
        "１",
        True,
        None,
        float("nan"),
        float("inf"),
        -float("inf"),
    ],
)
def test_what_is_no_number_is_refused(given: object) -> None:
    assert said(Number, given) == NUMBER


@pytest.mark.parametrize("given", ["9" * 400, 10**400, "-" + "9" * 400])
def test_a_number_too_large_to_hold_is_refused_and_does_not_become_infinite(given: object) -> None:
    assert said(Number, given) == NUMBER


@pytest.mark.parametrize(("given", "expected"), [("12", 12.0), ("66.5", 66.5), (".5", 0.5), ("-0.25", -0.25), (7, 7.0)])
def test_plain_numbers_are_read(given: object, expected: float) -> None:
    found = read(Number, given)
    assert found == expected
    assert isinstance(found, float)


@pytest.mark.parametrize(
    "given",
    [
        "0",
        "1",
        "20260331",
        "2026-3-31",
        "2026-02-29",
        "2026-13-01",
        "31/03/2026",
        "2026-03-31T00:00",
        "2026-03-31\n",
        "",
        "0000-01-01",
        0,
        1774915200,
        datetime(2026, 3, 31),
        True,
        None,
    ],
)
def test_what_is_no_day_is_refused(given: object) -> None:
    assert said(Day, given) == DAY


def test_days_are_read() -> None:
    assert read(Day, "2024-02-29") == date(2024, 2, 29)
    assert read(Day, date(2024, 2, 29)) == date(2024, 2, 29)


@pytest.mark.parametrize("given", ["NO", "no", "yes", "on", "off", "True", "FALSE", "y", "0", "1", 0, 1, "", None])
def test_what_is_neither_true_nor_false_is_refused(given: object) -> None:
    assert said(Flag, given) == FLAG


@pytest.mark.parametrize(("given", "expected"), [("true", True), ("false", False), (True, True), (False, False)])
def test_true_and_false_are_read(given: object, expected: bool) -> None:
    assert read(Flag, given) is expected


@pytest.mark.parametrize("kind", [PositiveWhole, PositiveNumber])
@pytest.mark.parametrize("given", ["0", "-1", "-0"])
def test_zero_and_below_are_not_above_zero(kind: Any, given: str) -> None:
    assert said(kind, given) == POSITIVE


@pytest.mark.parametrize("given", ["", "a b", "a/b", "../a", "ä", "a\n", "a.b", "x" * 65])
def test_what_is_no_slug_is_refused(given: str) -> None:
    said(Slug, given)


def test_slugs_keep_leading_zeros_and_case() -> None:
    assert [read(Slug, text) for text in ("20401", "007", "RXX", "no", "local-07", "x" * 64)] == [
        "20401",
        "007",
        "RXX",
        "no",
        "local-07",
        "x" * 64,
    ]


def test_text_is_needed_and_words_may_be_empty() -> None:
    assert read(Text, "  a b ") == "a b"
    assert read(Words, "  ") == ""
    said(Text, "   ")
    said(Text, "x" * 4001)
    # a number is no text: nothing is turned into another type in silence
    said(Text, 5)


@given(st.integers(-(10**17), 10**17))
def test_a_whole_number_in_digits_is_read_exactly(number: int) -> None:
    assert read(Whole, str(number)) == number == read(Whole, number)


@given(st.text(max_size=12))
def test_any_text_is_read_as_what_it_says_or_refused(text: str) -> None:
    for kind in (Whole, Number, Day, Flag):
        try:
            found = read(kind, text)
        except ValidationError as refused:
            assert "is expected" in str(refused)
        else:
            assert text.isascii()
            assert found is not None


def test_a_definition_is_frozen_and_closed() -> None:
    class Noun(Definition):
        number: Number = 1.0

    with pytest.raises(ValidationError, match="frozen"):
        Noun().number = 2.0  # type: ignore[misc]
    with pytest.raises(ValidationError, match="Extra inputs are not permitted"):
        Noun.model_validate({"number": "1", "nmuber": "2"})
