"""The contenders: reading alone, the fourteen rules by ours, by hand and by pandera, and the whole check."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final

import pandera.polars as pa
import polars as pl
from pandera.errors import SchemaErrors

from benchmarks.intake.submissions import COLUMNS, MOST, PARTNER
from benchmarks.world import AS_OF, SEXES, Size
from outcomes.intake.applying import broken_rules
from outcomes.intake.checking import check
from outcomes.intake.model import CheckResult
from outcomes.intake.numbers import NumberSpellings, numbers_from_text
from outcomes.intake.preparing import prepared
from outcomes.intake.reading import read_content
from outcomes.intake.rules import Rule, rules_for
from outcomes.intake.tables import finders_for, read_tables
from outcomes.intake.terms import Terms
from outcomes.partnership.model import Partnership

__all__ = [
    "Answer",
    "by_hand",
    "by_pandera",
    "cast_csv",
    "decode",
    "fourteen",
    "lenient_csv",
    "repeated_keys",
    "typed_csv",
    "unique_alone",
    "whole_check",
]

# ours, by code and column, to the name that all contenders use
_NAMES: Final = {
    ("OUT-203", "indicator_id"): "indicator given",
    ("OUT-201", "indicator_id"): "indicator known",
    ("OUT-206", "place_code"): "place given",
    ("OUT-205", "place_code"): "place known",
    ("OUT-301", "period"): "period given",
    ("OUT-302", "period"): "period well written",
    ("OUT-304", "period"): "period begun",
    ("OUT-221", "sex"): "sex known",
    ("OUT-401", "numerator"): "numerator given",
    ("OUT-401", "denominator"): "denominator given",
    ("OUT-409", "numerator"): "numerator not below 0",
    ("OUT-409", "denominator"): "denominator not below 0",
    ("OUT-408", "numerator"): "numerator within bounds",
    ("OUT-501", "numerator"): "numerator within denominator",
}
_KEY_CODES: Final = ("OUT-505", "OUT-552")
_KEY: Final = list(COLUMNS[:4])
_PERIOD: Final = r"^20[0-9]{2}/[0-9]{2}$"
_BEGUN: Final = "2026/27"

Answer = dict[str, int]
"""How many rows break each rule, and how many have a key that another row has, too."""


def decode(path: Path) -> Callable[[], pl.DataFrame]:
    """Read the file's strings and numbers and nothing else: the greatest of each key, the sums."""
    rows = pl.scan_parquet(path)
    return lambda: rows.select(pl.col(_KEY).max(), pl.col("numerator", "denominator").sum()).collect(engine="streaming")


def fourteen(path: Path, partnership: Partnership) -> Callable[[], Answer]:
    """Ours with fourteen rules and the key: reads the file, and keeps the row of every fault."""
    terms = Terms(partnership, partnership.partner(PARTNER), AS_OF, partnership.layouts["native"])
    rules = [_only(rule) for rule in rules_for(terms.dimensions)]
    asked = [rule for rule in rules if rule.checks]

    def run() -> Answer:
        finders = finders_for(terms)
        reading = read_content(path.read_bytes(), path.name, terms.layout.limits, bool)
        table = read_tables(reading.grids, finders, terms).table
        entries = prepared(table, terms)
        found = dict.fromkeys([*_NAMES.values(), "key once"], 0)
        for one in broken_rules(entries, asked):
            rows = entries["row"].gather(one.positions)
            found[_NAMES.get((one.rule.code, one.column), "key once")] += len(rows)
        return found

    return run


def _only(rule: Rule) -> Rule:
    checks = rule.checks if rule.code in _KEY_CODES else [one for one in rule.checks if (rule.code, one[0]) in _NAMES]
    return Rule(
        code=rule.code, name=rule.name, severity=rule.severity, says=rule.says, fix=rule.fix, checks=tuple(checks)
    )


def whole_check(path: Path, partnership: Partnership) -> Callable[[], CheckResult]:
    """All that a user gets: every rule, personal numbers, completeness, findings, observations in order."""
    return lambda: check(path, partnership, partner=PARTNER, as_of=AS_OF)


def _rules_by_hand(size: Size) -> dict[str, pl.Expr]:
    """What breaks each rule, on the file's own columns."""
    numerator, denominator = pl.col("numerator"), pl.col("denominator")
    is_written = pl.col("period").str.contains(_PERIOD)
    return {
        "indicator given": pl.col("indicator_id").is_null(),
        "indicator known": ~pl.col("indicator_id").is_in(size.indicator_ids),
        "place given": pl.col("place_code").is_null(),
        "place known": ~pl.col("place_code").is_in(size.area_codes["neighbourhood"]),
        "period given": pl.col("period").is_null(),
        "period well written": ~is_written,
        "period begun": is_written & (pl.col("period") > _BEGUN),
        "sex known": ~pl.col("sex").is_in(list(SEXES)),
        "numerator given": numerator.is_null(),
        "denominator given": denominator.is_null(),
        "numerator not below 0": numerator < 0,
        "denominator not below 0": denominator < 0,
        "numerator within bounds": numerator > MOST,
        # of a denominator that is none itself nothing more is said
        "numerator within denominator": (numerator > denominator) & (denominator > 0) & (numerator <= MOST),
    }


def repeated_keys(rows: pl.DataFrame) -> pl.Series:
    """Return the places of rows of which another has the same key; the key as a whole number, where it can be one."""
    places = [rows[name].cast(pl.Categorical(pl.Categories.random())).to_physical().cast(pl.UInt64) for name in _KEY]
    packed = places[0]
    for place in places[1:]:
        packed = packed * (int(place.max() or 0) + 1) + place  # type: ignore[arg-type]
    room = int(packed.max() or 0) + 1  # type: ignore[arg-type]
    if packed.null_count() == 0 and room <= 1 << 26:
        seen = pl.repeat(False, room, eager=True).scatter(packed, True)
        if seen.sum() == len(packed):
            return pl.Series([], dtype=pl.UInt32)
    return (packed.is_duplicated() & packed.is_not_null()).arg_true()


def by_hand(path: Path, size: Size) -> Callable[[], Answer]:
    """The same fourteen rules and the key in polars, for this file alone: one look whether anything is wrong first."""
    rules = _rules_by_hand(size)

    def run() -> Answer:
        rows = pl.read_parquet(path)
        answers = {name: is_broken.fill_null(False) for name, is_broken in rules.items()}
        counts = rows.lazy().select(answer.sum().alias(name) for name, answer in answers.items()).collect()
        found: Answer = counts.row(0, named=True)
        broken = [name for name, count in found.items() if count]
        if broken:
            rows.lazy().select(answers[name].arg_true().implode().alias(name) for name in broken).collect()
        return {**found, "key once": len(repeated_keys(rows))}

    return run


def by_pandera(path: Path, size: Size) -> Callable[[], Answer]:
    """The same by pandera: its own checks on columns, one on the frame, and its unique."""

    def held(name: str) -> pa.Check:
        is_broken = _rules_by_hand(size)[name]
        return pa.Check(lambda given: given.lazyframe.select(~is_broken.fill_null(False)), error=name)

    def column(dtype: Any, **named: pa.Check) -> pa.Column:
        return pa.Column(dtype, checks=list(named.values()), nullable=False)

    period = [pa.Check.str_matches(_PERIOD, error="period well written")]
    schema = pa.DataFrameSchema(
        {
            "indicator_id": column(pl.String, a=pa.Check.isin(size.indicator_ids, error="indicator known")),
            "place_code": column(pl.String, a=pa.Check.isin(size.area_codes["neighbourhood"], error="place known")),
            "period": pa.Column(pl.String, checks=period, nullable=False),
            "sex": column(pl.String, a=pa.Check.isin(list(SEXES), error="sex known")),
            "numerator": column(
                pl.Int64,
                a=pa.Check.ge(0, error="numerator not below 0"),
                b=pa.Check.le(MOST, error="numerator within bounds"),
            ),
            "denominator": column(pl.Int64, a=pa.Check.ge(0, error="denominator not below 0")),
        },
        checks=[held("period begun"), held("numerator within denominator")],
        unique=_KEY,
        report_duplicates="all",
    )
    given = {name: f"{name.split('_')[0]} given" for name in COLUMNS}

    def run() -> Answer:
        found = dict.fromkeys([*_rules_by_hand(size), "key once"], 0)
        try:
            schema.validate(pl.read_parquet(path), lazy=True)
        except SchemaErrors as errors:
            cases: pl.DataFrame = errors.failure_cases
            for (name, on), rows in cases.group_by("check", "column"):
                said_name = given[str(on)] if name == "not_nullable" else str(name)
                found[said_name if said_name in found else "key once"] += rows.height
        return found

    return run


def unique_alone(path: Path) -> Callable[[], bool]:
    """Read the file and ask as pandera's `unique` does whether a key stands twice: four columns of text, by polars."""
    return lambda: bool(pl.read_parquet(path).select(_KEY).is_duplicated().any())


def typed_csv(path: Path) -> Callable[[], pl.DataFrame]:
    """Read the CSV with its types known beforehand, and nothing else; a bad cell would stop it."""
    schema: Mapping[str, Any] = {**dict.fromkeys(_KEY, pl.String), "numerator": pl.Int64, "denominator": pl.Int64}
    return lambda: pl.read_csv(path, schema=schema)


def cast_csv(path: Path) -> Callable[[], dict[str, list[int]]]:
    """Read all cells as text and cast the numbers, by polars alone: what is no number is missing then.

    It sees to nothing: short lines are filled up, and ` 12` and `1,050` are no numbers.
    """

    def run() -> dict[str, list[int]]:
        rows = pl.read_csv(path, infer_schema=False)
        numbers = rows.select(pl.col(COLUMNS[4:]).cast(pl.Int64, strict=False))
        return {name: (numbers[name].is_null() & rows[name].is_not_null()).arg_true().to_list() for name in COLUMNS[4:]}

    return run


def lenient_csv(path: Path, partnership: Partnership) -> Callable[[], dict[str, list[int]]]:
    """Ours up to typed numbers: reads the CSV, and keeps the row of every cell that is none."""
    limits = partnership.layouts["native"].limits
    spellings = NumberSpellings({}, frozenset())

    def run() -> dict[str, list[int]]:
        grid = read_content(path.read_bytes(), path.name, limits, bool).grids[0]
        found = {}
        for place in (4, 5):
            read = numbers_from_text(grid.cells[str(place)].slice(1), None, spellings)
            found[COLUMNS[place]] = (grid.rows.slice(1).filter(read["mantissa"].is_null())).to_list()
        return found

    return run
