"""Parquet: types are checked, not trusted."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import polars as pl

from tests.corpus.generated.case import ACCEPTED, REJECTED, WARNED, Case, made
from tests.corpus.generated.sheet import Sheet, counts, months, neighbourhoods, quarters, years
from tests.corpus.generated.writing import parquet_bytes

__all__ = ["cases"]


def _parquet(
    case_id: str,
    what: str,
    must_be: str,
    rule: int,
    why: str,
    sheet: Sheet,
    types: Any = None,
    *,
    options: Any = None,
    **more: Any,
) -> Case:
    content = parquet_bytes(sheet, types, **(options or {}))
    return made(f"pq-{case_id}", what, must_be, rule, why, sheet, content=content, suffix="parquet", **more)


def cases() -> Iterator[Case]:
    """Yield the cases."""
    typed = "a number typed as such is taken by value"
    for kind in (pl.Int16, pl.Int32, pl.UInt16, pl.UInt32, pl.UInt64):
        yield _parquet(
            f"type-{kind.__name__.lower()}",
            f"counts as {kind.__name__}",
            ACCEPTED,
            3,
            typed,
            months(),
            {"numerator": kind(), "denominator": kind()},
        )
    for name, options in (
        ("snappy", {"compression": "snappy"}),
        ("gzip", {"compression": "gzip"}),
        ("lz4", {"compression": "lz4"}),
        ("plain", {"compression": "uncompressed"}),
        ("row-groups", {"row_group_size": 2}),
        ("no-statistics", {"statistics": False}),
    ):
        yield _parquet(f"written-{name}", f"written with {name}", ACCEPTED, 3, "plain", months(), options=options)
    yield _parquet(
        "type-categorical",
        "codes as categories",
        ACCEPTED,
        4,
        "text by value",
        months(),
        {"place_code": pl.Categorical(), "indicator_id": pl.Categorical()},
        also_ok=[WARNED],
    )
    for inexact in (pl.Float32, pl.Float64):
        yield _parquet(
            f"type-{inexact.__name__.lower()}",
            f"counts as {inexact.__name__}",
            WARNED,
            3,
            "a float column of whole counts is a warning",
            months(),
            {"numerator": inexact(), "denominator": inexact()},
            columns=["numerator", "denominator"],
        )
    yield _parquet(
        "type-decimal",
        "counts as decimals without a fraction",
        ACCEPTED,
        3,
        typed,
        _turned(months(), Decimal),
        {"numerator": pl.Decimal(18, 0), "denominator": pl.Decimal(18, 0)},
        also_ok=[WARNED],
    )
    yield _parquet(
        "type-text",
        "counts as text",
        ACCEPTED,
        3,
        "plain numbers in text",
        _turned(months(), str),
        {"numerator": pl.String(), "denominator": pl.String()},
        also_ok=[WARNED],
    )
    yield _parquet(
        "text-groups",
        "a text with a comma",
        WARNED,
        3,
        "said as a warning",
        _turned(months(), str).put(3, denominator="1,522").mean(3, denominator=1522),
        {"numerator": pl.String(), "denominator": pl.String()},
        rows=[3],
        columns=["denominator"],
    )
    floats = {"numerator": pl.Float64()}
    for name, number in (
        ("nan", float("nan")),
        ("inf", float("inf")),
        ("minus-inf", float("-inf")),
        ("half", 447.5),
        ("huge", 1e300),
    ):
        yield _parquet(
            f"float-{name}",
            f"{number} in a float column",
            REJECTED,
            2,
            "it must be finite, and whole for a count",
            months().put(3, numerator=number),
            floats,
            rows=[3],
            columns=["numerator"],
        )
    yield _parquet(
        "float-null",
        "a null among floats",
        REJECTED,
        5,
        "blank in a required number",
        months().put(3, numerator=None),
        floats,
        rows=[3],
        columns=["numerator"],
    )
    for column in ("indicator_id", "place_code", "period", "numerator", "denominator"):
        yield _parquet(
            f"null-{column}",
            f"a null in {column}",
            REJECTED,
            5,
            "blank in a required column",
            months().put(3, **{column: None}),
            rows=[3],
            columns=[column],
        )
    yield _parquet(
        "value-nan",
        "NaN in value",
        REJECTED,
        2,
        "it must be finite",
        months().put(3, value=float("nan")),
        rows=[3],
        columns=["value"],
    )
    yield _parquet("value-null", "nulls in value", ACCEPTED, 5, "not given", months())
    yield _parquet(
        "value-fits", "an unrounded value", ACCEPTED, 2, "value_check", months().put(3, value=100 * 447 / 522)
    )
    yield _parquet(
        "value-wrong",
        "a value that does not fit",
        REJECTED,
        2,
        "value_check",
        months().put(3, value=58.6),
        rows=[3],
        columns=["value"],
    )
    yield _parquet(
        "boolean",
        "true and false for numerators",
        REJECTED,
        2,
        "booleans are no numbers",
        _column(months(), "numerator", True),
        {"numerator": pl.Boolean()},
        rows=range(2, 8),
        columns=["numerator"],
    )
    yield _parquet(
        "date-first",
        "dates on the first of the month",
        WARNED,
        3,
        "typed date on the first or last day of a month",
        _dates(date),
        {"period": pl.Date()},
        rows=range(2, 8),
        columns=["period"],
    )
    yield _parquet(
        "date-middle",
        "a date in the middle of a month",
        REJECTED,
        2,
        "typed date on the first or last day of a month",
        _dates(date).put(4, period=date(2025, 4, 15)),
        {"period": pl.Date()},
        rows=[4],
        columns=["period"],
    )
    for unit in ("ms", "us", "ns"):
        yield _parquet(
            f"datetime-{unit}",
            f"times at midnight ({unit})",
            WARNED,
            3,
            "no time but midnight",
            _dates(datetime),
            {"period": pl.Datetime(unit)},
            rows=range(2, 8),
            columns=["period"],
        )
    yield _parquet(
        "datetime-noon",
        "a time at noon",
        REJECTED,
        2,
        "no time but midnight",
        _dates(datetime).put(4, period=datetime(2025, 4, 1, 12)),
        {"period": pl.Datetime("us")},
        rows=[4],
        columns=["period"],
    )
    yield _parquet(
        "datetime-nanosecond",
        "a time of one microsecond past midnight",
        REJECTED,
        2,
        "no time but midnight",
        _dates(datetime).put(4, period=datetime(2025, 4, 1, 0, 0, 0, 1)),
        {"period": pl.Datetime("ns")},
        rows=[4],
        columns=["period"],
    )
    yield _parquet(
        "date-for-quarter",
        "dates for quarters",
        REJECTED,
        2,
        "typed date: for months only",
        _column(quarters(), "period", date(2025, 4, 1)),
        {"period": pl.Date()},
        rows=[2, 3, 4],
        columns=["period"],
    )
    yield _parquet(
        "period-number",
        "202504 for a period",
        REJECTED,
        2,
        "a bare number is not a period",
        _column(months(), "period", 202504),
        {"period": pl.Int64()},
        rows=range(2, 8),
        columns=["period"],
    )
    yield _parquet(
        "year-number",
        "2024 for a year",
        REJECTED,
        2,
        "a bare number is not a period",
        _column(years(), "period", 2024),
        {"period": pl.Int64()},
        rows=[2, 3],
        columns=["period"],
        partner="SHIRE-Q",
    )
    yield _parquet(
        "code-number",
        "numbers for neighbourhoods",
        REJECTED,
        4,
        "no padding of zeros",
        _column(neighbourhoods(), "place_code", 7),
        {"place_code": pl.Int64()},
        rows=[2, 3, 4, 5],
        columns=["place_code"],
        partner="SURGERIES-R",
    )
    yield _parquet(
        "date-in-numerator",
        "dates for numerators",
        REJECTED,
        2,
        "dates are no numbers",
        _column(months(), "numerator", date(2025, 4, 1)),
        {"numerator": pl.Date()},
        rows=range(2, 8),
        columns=["numerator"],
    )
    yield _parquet(
        "duration-in-numerator",
        "durations for numerators",
        REJECTED,
        2,
        "durations are no numbers",
        _column(months(), "numerator", timedelta(days=3)),
        {"numerator": pl.Duration("us")},
        columns=["numerator"],
    )
    yield _parquet(
        "list-in-numerator",
        "lists for numerators",
        REJECTED,
        2,
        "lists are no numbers",
        _column(months(), "numerator", [447]),
        {"numerator": pl.List(pl.Int64())},
        columns=["numerator"],
    )
    yield _parquet(
        "struct-extra",
        "an unknown column of structures",
        WARNED,
        6,
        "unknown columns are ignored and named",
        months().with_column("meta", [{"a": 1}] * 6),
        {"meta": pl.Struct({"a": pl.Int64()})},
        columns=["meta"],
        also_ok=[REJECTED],
    )
    yield _parquet(
        "binary-code",
        "codes as bytes",
        REJECTED,
        4,
        "strict on identity",
        _bytes(months()),
        {"place_code": pl.Binary()},
        columns=["place_code"],
        also_ok=[WARNED],
    )
    yield _parquet(
        "decile-float",
        "deciles as floats with gaps",
        WARNED,
        3,
        "whole numbers typed as floats",
        months().put(3, deprivation_decile=4.0),
        {"deprivation_decile": pl.Float64()},
        rows=[3],
        columns=["deprivation_decile"],
    )
    yield _parquet(
        "decile-nan",
        "NaN for a decile",
        REJECTED,
        2,
        "it must be finite",
        months().put(3, deprivation_decile=float("nan")),
        {"deprivation_decile": pl.Float64()},
        rows=[3],
        columns=["deprivation_decile"],
    )
    yield _parquet(
        "all-null-optional",
        "optional columns of the null type",
        ACCEPTED,
        5,
        "not given",
        months(),
        {"comment": pl.Null(), "value": pl.Null()},
    )
    yield _parquet("no-rows", "no rows", REJECTED, 1, "no data is not the same as zero", Sheet())
    yield _parquet(
        "missing-column",
        "no denominator",
        REJECTED,
        6,
        "a required column is absent",
        months().without("denominator"),
        columns=["denominator"],
    )
    yield _parquet(
        "count-no-denominator",
        "no denominator column, counts only",
        ACCEPTED,
        6,
        "required_unless_count",
        counts().without("denominator"),
        partner="LINKS-S",
    )
    yield _parquet(
        "extra-column",
        "an unknown column",
        WARNED,
        6,
        "unknown columns are ignored and named",
        months().with_column("local_ref", ["a"]),
        columns=["local_ref"],
    )
    yield _parquet(
        "header-folded", "INDICATOR ID", WARNED, 3, "header_folding", _renamed(months(), "indicator_id", "INDICATOR ID")
    )
    yield _parquet(
        "header-twice",
        "numerator and Numerator",
        REJECTED,
        3,
        "two columns of one name after folding",
        months().with_column("Numerator", ["1"] * 6),
        columns=["numerator"],
    )
    yield _parquet(
        "above-limit",
        "a count above max_count",
        REJECTED,
        11,
        "above max_count",
        months().put(3, denominator=2**62),
        rows=[3],
        columns=["denominator"],
    )
    yield _parquet(
        "unsigned-above",
        "2^64 - 1",
        REJECTED,
        11,
        "above max_count",
        months().put(3, denominator=2**64 - 1),
        {"denominator": pl.UInt64()},
        rows=[3],
        columns=["denominator"],
    )
    yield _parquet(
        "marker-column",
        "a text column of numbers and a marker",
        WARNED,
        5,
        "a marker, stored without a number",
        _turned(months(), str).put(3, numerator="*").mean(3, numerator=None, status="suppressed"),
        {"numerator": pl.String(), "denominator": pl.String()},
        rows=[3],
        columns=["numerator"],
    )
    yield _parquet(
        "blank-row",
        "a row of nulls",
        WARNED,
        6,
        "blank rows are skipped with a warning",
        months().insert(4, *[""] * 11),
        rows=[4],
    )
    yield _parquet(
        "mean-float",
        "hours as floats",
        ACCEPTED,
        7,
        "a mean's numerator is a number",
        _hours(),
        {"numerator": pl.Float64()},
    )


def _turned(sheet: Sheet, kind: Any) -> Sheet:
    for row in sheet.rows():
        sheet.put(row, numerator=kind(sheet.lines[row - 1][3]), denominator=kind(sheet.lines[row - 1][4]))
    return sheet


def _column(sheet: Sheet, column: str, cell: object) -> Sheet:
    for row in sheet.rows():
        sheet.put(row, **{column: cell})
    return sheet


def _bytes(sheet: Sheet) -> Sheet:
    for row in sheet.rows():
        sheet.put(row, place_code=str(sheet.lines[row - 1][1]).encode())
    return sheet


def _dates(kind: Any) -> Sheet:
    sheet = months()
    for row in sheet.rows():
        sheet.put(row, period=kind(2025, int(str(sheet.lines[row - 1][2])[5:]), 1))
    return sheet


def _renamed(sheet: Sheet, column: str, name: str) -> Sheet:
    sheet.columns[sheet.columns.index(column)] = name
    return sheet


def _hours() -> Sheet:
    sheet = Sheet()
    for number, place in enumerate(("W06000081", "W06000082", "W06000083")):
        sheet.add("hrs-2", place, "2025-04", 1200.25 + number, 400)
    return sheet
