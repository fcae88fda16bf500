"""What must hold for every public function of `outcomes.statistics`: one harness over the list of them all."""

import hashlib
import inspect
import math
import os
import random
import subprocess
import sys
from itertools import pairwise
from typing import Any

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from outcomes import statistics
from outcomes.errors import TableError
from outcomes.statistics.confidence import limit_names
from tests.property.statistics_families import FAMILIES, NO_TABLE, Family

ROWS = 240
WILD = (None, math.nan, math.inf, -math.inf, -1.0, -0.0, 0.0, 0.5, 1e16, 1e300, 5e-324)
LEVELS = (0.5, 0.8, 0.95, 0.998, 0.9999999)
NO_LEVELS: tuple[Any, ...] = (0.0, 1.0, 0.05, 0.49, 95.0, 99.8, -0.95, math.nan, math.inf)

every_family = pytest.mark.parametrize("family", FAMILIES.values(), ids=FAMILIES)


def in_order(result: pl.DataFrame, family: Family) -> pl.DataFrame:
    return result.sort(family.keys) if family.keys else result


def hold_to_what_may_be_told(result: pl.DataFrame, family: Family) -> None:
    """No number that is none, no text that says nothing, and a missing value just where there is a reason."""
    for column in result.iter_columns():
        if column.dtype.is_float():
            for number in column.drop_nulls().to_list():
                assert math.isfinite(number), column.name
                assert number != 0 or math.copysign(1.0, number) > 0, f"{column.name} is -0.0"
        if column.name == "p_value":
            assert column.drop_nulls().is_between(0.0, 1.0).all()
        if column.dtype == pl.String:
            assert not column.is_in(["", "-", "nan", "inf"]).any(), column.name
    if family.value is not None:
        assert (result[family.value].is_null() == result["reason"].is_not_null()).all()


def hold_in_intervals(result: pl.DataFrame, family: Family, levels: tuple[float, ...]) -> None:
    """Every interval holds its value, and the wider the narrower."""
    for value, prefix in family.intervals:
        names = [f"{prefix}{side}" for level in reversed(levels) for side in limit_names(level)[:1]]
        names += [value, *(f"{prefix}{limit_names(level)[1]}" for level in levels)]
        for row in result.select(names).drop_nulls().iter_rows():
            for lower, upper in pairwise(row):
                assert lower <= upper + 1e-13 * max(abs(lower), abs(upper)), (names, row)
        assert result.filter(pl.col(value).is_not_null()).height > 0


def test_every_public_name_is_enrolled() -> None:
    enrolled = {family.function for family in FAMILIES.values()}
    assert enrolled | NO_TABLE.keys() == set(statistics.__all__), "enrol it in statistics_families.py"
    assert not enrolled & NO_TABLE.keys()


@every_family
def test_a_plain_table_is_told_and_intervals_nest_and_hold_the_value(family: Family) -> None:
    table = family.table(ROWS)
    result = family.call(table)
    hold_to_what_may_be_told(result, family)
    if family.value is not None:
        assert result[family.value].is_not_null().any()
    assert_frame_equal(family.call(table.clone()), result, check_exact=True)
    if family.levels:
        hold_in_intervals(family.call(table, confidence=LEVELS), family, LEVELS)
    elif family.intervals:
        hold_in_intervals(result, family, (0.95, 0.998))


@every_family
def test_rows_in_another_order_or_in_chunks_give_the_same_bits(family: Family) -> None:
    table = family.table(ROWS)
    result = in_order(family.call(table), family)
    order = list(range(table.height))
    random.Random(3).shuffle(order)
    permuted = in_order(family.call(table[order]), family)
    if not family.keys:
        permuted = permuted[[order.index(place) for place in range(table.height)]]
    assert_frame_equal(permuted, result, check_exact=True)
    pieces = pl.concat([table.head(50), table.slice(50, 1), table.tail(-51)], rechunk=False)
    assert pieces.n_chunks() == 3
    assert_frame_equal(in_order(family.call(pieces), family), result, check_exact=True)


@every_family
def test_a_lazy_frame_gives_the_same_bits_or_is_refused_in_words(family: Family) -> None:
    table = family.table(ROWS)
    # annotated for what it is meant for; here it is handed something else
    lazily: Any = table.lazy()
    try:
        result = family.call(lazily)
    except TableError as error:
        assert "collect" in str(error)
        return
    collected = result.lazy().collect(engine="streaming")
    assert_frame_equal(collected, family.call(table), check_exact=True)


@every_family
def test_an_empty_table_gives_an_empty_result_of_the_same_columns(family: Family) -> None:
    table = family.table(ROWS)
    result = family.call(table.head(0))
    assert result.height == 0
    assert result.schema == family.call(table).schema


@pytest.mark.parametrize(
    "family",
    [family for family in FAMILIES.values() if family.counts],
    ids=[name for name, family in FAMILIES.items() if family.counts],
)
def test_numbers_of_any_type_give_the_same_bits(family: Family) -> None:
    table = family.table(ROWS)
    result = family.call(table)
    types: list[Any] = [pl.Int8, pl.Int16, pl.Int32, pl.UInt8, pl.UInt16, pl.UInt32, pl.UInt64, pl.Float32, pl.Float64]
    for dtype in [*types, pl.Int128, pl.Decimal(20, 2)]:
        # a type that cannot hold a column leaves it as it is
        fitting = [
            name
            for name in family.counts
            if table[name].cast(dtype, strict=False).cast(pl.Int64).equals(table[name], null_equal=False)
        ]
        cast = table.with_columns(pl.col(fitting).cast(dtype))
        assert_frame_equal(family.call(cast), result, check_exact=True)


@every_family
def test_a_column_without_a_number_is_told_as_missing_whatever_its_type(family: Family) -> None:
    table = family.table(ROWS)
    for name in family.numbers:
        emptied = [table.with_columns(pl.lit(None, dtype=dtype).alias(name)) for dtype in (pl.Float64, pl.Null)]
        results = [family.call(one) for one in emptied]
        for result in results:
            hold_to_what_may_be_told(result, family)
        assert_frame_equal(results[0], results[1], check_exact=True)


@every_family
def test_impossible_numbers_are_refused_where_they_stand_and_nowhere_else(family: Family) -> None:
    table = family.table(ROWS * 2).with_columns(pl.col(family.numbers).cast(pl.Float64))
    plain = in_order(family.call(table), family)
    row = pl.int_range(pl.len())
    # the place of each wild number: a row, or the fourth row of a unit
    first = row if not family.unit or family.unit == ("everything",) else row.first().over(family.unit)
    places = table.select(first.unique(maintain_order=True))[:, 0].to_list()
    step = max(1, len(places) // len(WILD))
    for name in family.numbers:
        for shift in range(0, len(WILD), len(places)):
            wild = dict(
                zip((place + (3 if family.unit else 0) for place in places[::step]), WILD[shift:], strict=False)
            )
            changed = table.with_columns(
                row.replace_strict(
                    pl.Series(list(wild), dtype=pl.Int64),
                    pl.Series(list(wild.values()), dtype=pl.Float64),
                    default=pl.col(name),
                    return_dtype=pl.Float64,
                ).alias(name)
            )
            result = in_order(family.call(changed), family)
            hold_to_what_may_be_told(result, family)
            if family.unit == ("everything",):
                continue
            if family.unit:
                touched = table[list(wild)].select(family.unit).unique()
                result = result.join(touched, on=family.unit, how="anti", maintain_order="left")
                expected = plain.join(touched, on=family.unit, how="anti", maintain_order="left")
            else:
                kept = [place for place in range(table.height) if place not in wild]
                result, expected = result[kept], plain[kept]
            assert result.height > 0
            assert_frame_equal(result, expected, check_exact=True)


TAKES_LEVELS = [
    family
    for family in FAMILIES.values()
    if family.function != "ranks" and "confidence" in inspect.signature(vars(statistics)[family.function]).parameters
]


@pytest.mark.parametrize("family", TAKES_LEVELS, ids=lambda family: family.function)
def test_a_level_that_is_none_is_refused(family: Family) -> None:
    table = family.table(40)
    for level in NO_LEVELS:
        with pytest.raises(ValueError, match="confidence"):
            family.call(table, confidence=[level])
    for levels in ([], [0.95, 0.95]):
        with pytest.raises(ValueError, match="confidence"):
            family.call(table, confidence=levels)


@pytest.mark.parametrize("level", NO_LEVELS)
def test_a_rank_of_a_level_that_is_none_is_refused(level: float) -> None:
    table = FAMILIES["ranks"].table(10)
    columns: dict[str, Any] = {"value": "value", "lower": "lower_ci_95", "upper": "upper_ci_95"}
    for option in ("confidence", "joint_confidence"):
        with pytest.raises(ValueError, match="confidence"):
            statistics.ranks(table, **columns | {option: level})
    with pytest.raises(ValueError, match="confidence"):
        statistics.normal_quantile(level)


PROGRAM = """
import hashlib, sys
from tests.property.statistics_families import FAMILIES
import polars as pl
for name, family in FAMILIES.items():
    text = family.call(family.table(2400)).write_csv()
    print(name, hashlib.sha256(text.encode()).hexdigest())
from pathlib import Path
from tempfile import TemporaryDirectory
import outcomes as oc
with TemporaryDirectory() as folder:
    oc.run_example(Path(folder) / "site")
    for path in sorted(Path(folder).rglob("*")):
        if path.is_file():
            print(path.relative_to(folder), hashlib.sha256(path.read_bytes()).hexdigest())
print("threads", pl.thread_pool_size(), file=sys.stderr)
"""


@pytest.mark.slow
def test_all_families_and_the_whole_street_give_the_same_bytes_on_one_two_and_eight_threads() -> None:
    found = {}
    for threads in ("1", "2", "8"):
        run = subprocess.run(
            [sys.executable, "-c", PROGRAM],
            env=os.environ | {"POLARS_MAX_THREADS": threads},
            capture_output=True,
            text=True,
            check=True,
        )
        assert run.stderr.split()[-2:] == ["threads", threads]
        found[threads] = run.stdout.splitlines()
    assert len(found["1"]) > len(FAMILIES) + 5
    assert found["1"] == found["2"] == found["8"]
    assert hashlib.sha256("".join(found["1"]).encode()).hexdigest()
