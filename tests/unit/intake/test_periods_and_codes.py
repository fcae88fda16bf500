"""Periods and codes: the spellings that leave no doubt, hints at the others, and no guess."""

import pytest

from outcomes.intake.codes import (
    NO_HINT,
    CodeHint,
    ascii_folded,
    begins_like_total,
    closest,
    code_hints,
    fold_header,
    looks_like_total,
    trimmed,
)
from outcomes.intake.period_spellings import likely_period, period_hint, read_period
from outcomes.vocabulary import PeriodKind

MONTH, QUARTER, YEAR = PeriodKind.MONTH, PeriodKind.QUARTER, PeriodKind.FINANCIAL_YEAR

READ = [
    *((MONTH, text, "2024-04") for text in (
        "2024-04", "Apr-24", "apr 2024", "April 2024", "01/04/2024", "1/4/2024", "2024-04-01", "2024-04-30",
        "2024-04-01 00:00", "2024-04-01 00:00:00", "2024-04-01T00:00:00", "01/04/2024 00:00", "\u00a02024-04 ")),
    (MONTH, "Sept 2024", "2024-09"),
    *((QUARTER, text, "2024/25 Q1") for text in (
        "2024/25 Q1", "Q1 2024/25", "2024-25 Q1", "2024/25-Q1", "2024/25 q1", "q1 2024/25")),
    *((YEAR, text, "2024/25") for text in (
        "2024/25", "2024-25", "2024/2025", "2024-2025", "FY2024/25", "fy2024-25", "FY2024/2025")),
    (PeriodKind.ACADEMIC_YEAR, "2024-25", "2024/25"),
    (PeriodKind.CALENDAR_YEAR, "2024", "2024"),
    (PeriodKind.THREE_CALENDAR_YEARS, "2022 TO 2024", "2022 to 2024"),
    (PeriodKind.THREE_FINANCIAL_YEARS, "2022/23 to 2024/25", "2022/23 to 2024/25"),
]  # fmt: skip
REFUSED = [
    (MONTH, "04/01/2024"), (MONTH, "2024-04-15"), (MONTH, "2024-25"), (MONTH, "45383"), (MONTH, "2024"),
    (MONTH, "April"), (MONTH, "Apr  2024"), (MONTH, "Apri 2024"), (MONTH, "2024-13"), (MONTH, "2024-04-01 08:00"),
    (MONTH, "Apr-124"), (QUARTER, "Q1 2024"), (QUARTER, "2024 Q1"), (QUARTER, "2024-25-Q1"), (QUARTER, "2024/26 Q1"),
    (QUARTER, "Q5 2024/25"), (QUARTER, "2024-04"), (YEAR, "2024"), (YEAR, "2023/25"), (YEAR, "2024/2026"),
    (YEAR, "FY 2024/25"), (YEAR, "24/25"), (PeriodKind.ACADEMIC_YEAR, "FY2024/25"),
    (PeriodKind.THREE_CALENDAR_YEARS, "2022 to 2025"), (PeriodKind.CALENDAR_YEAR, "99999"), (MONTH, "٢٠٢٤-٠٤"),
    (MONTH, "0000-04"), (YEAR, "9999/00"),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "text", "canonical"), READ)
def test_a_period_in_no_doubt_is_read(kind: PeriodKind, text: str, canonical: str) -> None:
    period, is_exact = read_period(text, "text", kind)
    assert str(period) == canonical
    assert is_exact == (text == canonical)


@pytest.mark.parametrize(("kind", "text"), REFUSED)
def test_a_period_in_doubt_is_not_read(kind: PeriodKind, text: str) -> None:
    assert read_period(text, "text", kind)[0] is None


@pytest.mark.parametrize(
    ("kind", "text", "hint"),
    [
        (MONTH, "45383", "April 2024"),
        (MONTH, "2024/25", "financial year"),
        (MONTH, "04/01/2024", "month first"),
        (QUARTER, "Q1 2024", "nine months apart"),
        (YEAR, "2024", "2023/24 or 2024/25?"),
        (YEAR, "2023/25", "do not follow"),
    ],
)
def test_a_period_that_is_not_read_gets_a_hint(kind: PeriodKind, text: str, hint: str) -> None:
    assert hint in period_hint(text, kind)


@pytest.mark.parametrize(
    ("kind", "texts", "likely"),
    [
        (MONTH, ("09/2026", "9-2026", "2026/9", "202609", "Sepember 2026", "September, 2026", "2026 Sept"), "2026-09"),
        (QUARTER, ("Quarter 1 2026/27", "Q1 26/27", "26/27 Q1", "2026/27 Qtr 1", "Q1 2026-27"), "2026/27 Q1"),
        (YEAR, ("26/27", "2026–27", "2026 / 27", "FY 2026/27", "FY26/27"), "2026/27"),
        (PeriodKind.THREE_CALENDAR_YEARS, ("2024-2026", "2024 - 2026"), "2024 to 2026"),
        # what may mean two things, or nothing
        (MONTH, ("2011/12", "13/2026", "Foo 2026", "03/26", "04/01/2026", "2026", "Total"), ""),
        (QUARTER, ("Q1 2026", "Q5 2026/27"), ""),
        (YEAR, ("2026", "26/28", "2023/25"), ""),
    ],
)
def test_a_period_that_is_likely_is_asked_about_and_one_in_doubt_is_not(
    kind: PeriodKind, texts: tuple[str, ...], likely: str
) -> None:
    assert {likely_period(text, kind) for text in texts} == {likely}
    assert all(read_period(text, "text", kind)[0] is None for text in texts)


def test_a_sheet_that_names_years_is_read_by_the_year_in_which_the_period_begins() -> None:
    canonical_of = {PeriodKind.CALENDAR_YEAR: "2015", YEAR: "2015/16", PeriodKind.THREE_CALENDAR_YEARS: "2015 to 2017"}
    for kind, canonical in canonical_of.items():
        assert str(read_period("2015", "text", kind, "year")[0]) == canonical
    assert read_period("2015/16", "text", YEAR, "year")[0] is None


def test_codes_lose_only_what_cannot_be_seen_at_their_ends() -> None:
    assert trimmed("\ufeff\u00a0 E0\u00a06 \u200b\t") == "E0\u00a06"
    # a Cyrillic look-alike stays what it is, and so does a Turkish dotted capital
    assert ascii_folded("\u0415123") == "\u0415123"
    assert ascii_folded("İX") == "İx"


def test_headers_are_folded_as_the_intake_rules_say() -> None:
    assert [fold_header(text) for text in (" Place Code ", "Place-Code", "place\u00a0code", "pla\u200bce_code")] == [
        "place_code"
    ] * 4


def test_hints_point_at_codes_and_never_choose() -> None:
    names = {"0101": "York North (invented)", "1E03": "York Central", "E06000014": "York"}
    assert "0101" in code_hints("101", names).sentence
    assert "1E03" in code_hints("1.00E+03", names).sentence
    assert "E06000014" in code_hints("York", names).sentence
    assert "E06000014" in code_hints("E0600014", names).sentence
    assert code_hints("something else", names) == NO_HINT
    assert closest("num", ["numerator", "denominator"]) == "numerator"
    assert closest("zzz", ["numerator"]) is None


def test_of_codes_that_are_equally_near_none_is_named_as_if_it_were_sure() -> None:
    names = {"EMX020404": "Moor Edge", "EMX020204": "Mill Hill", "EMX020101": "Quay", "EMX990000": "Far Off"}
    several = code_hints("EMX020104", names)
    assert several.sentence == "Did you mean EMX020101 (Quay), EMX020204 (Mill Hill) or EMX020404 (Moor Edge)?"
    assert several.code == ""
    # of more than can be named, none is
    assert code_hints("EMX020104", {**names, "EMX020304": "Ford"}) == NO_HINT
    # and the one that is nearer than the others is meant
    assert code_hints("EMX0201O1", names).code == "EMX020101"
    assert code_hints("EMX02040", names).code == "EMX020404"
    assert code_hints("EMX02", names) == CodeHint(several.sentence, "")


def test_totals_are_told_from_places() -> None:
    assert all(looks_like_total(text) for text in ("Total", "GRAND TOTAL", "England total", "Total England"))
    assert not any(looks_like_total(text) for text in ("Totnes", "P1", "York"))
    assert all(begins_like_total(text) for text in ("All places", "Totals", "Sum of wards", "Grand total: June"))
    assert not any(begins_like_total(text) for text in ("Allerton", "Summerfield", "Totnes", "P1"))
