"""The pandera schema and the fast path find the same in the same frames, whatever is in them."""

from typing import Any

import polars as pl
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from polars.testing.parametric import column, dataframes

from outcomes.intake.applying import broken_rules
from outcomes.intake.framing import FrameFault, framed
from outcomes.intake.rules import RULES, rules_for
from outcomes.intake.schema import failures, submission_schema
from outcomes.intake.terms import Terms
from outcomes.vocabulary import Severity
from tests.unit.intake.returns_world import AS_OF, WORLD, sent

TERMS = Terms(WORLD, WORLD.partner("T1"), AS_OF, WORLD.layouts["native"])
SCHEMAS = {severity: submission_schema(WORLD, partner="T1", as_of=AS_OF, severity=severity) for severity in Severity}

INDICATORS = [
    "stay",
    "visits",
    "beds",
    "half",
    "spread",
    "yearly",
    "births",
    "printed",
    "changed",
    "shared-name",
    "??",
    "",
]
PLACES = ["P1", "P2", " p1", "P9", "OLD", "0101", "Total", "", "X"]
PERIODS = ["2026-04", "Apr-26", "2026-12", "2025/26", "2025/26 Q4", "2025", "2026-11", "2022-01", "", "45383"]
NUMBERS = [
    "0",
    "1",
    "5",
    "10",
    "10.5",
    "10.25",
    "+3",
    "1,050",
    "-4",
    "[c]",
    "x",
    "-",
    "",
    "1e3",
    "50%",
    "9" * 19,
    "ten",
]
SEXES = ["Male", "Female", "Persons", "m", "", "N/A", "X"]
DECILES = ["1", "10", "1.0", "11", ""]
WORDS = ["", "fine", "=1+1", "n/a", "<b>"]


def chosen(name: str, offered: list[str]) -> Any:
    return column(name, dtype=pl.String, strategy=st.sampled_from(offered), allow_null=True)


TEXT_FRAMES = dataframes(
    cols=[
        chosen("indicator_id", INDICATORS),
        chosen("place_code", PLACES),
        chosen("period", PERIODS),
        chosen("numerator", NUMBERS),
        chosen("denominator", NUMBERS),
        chosen("value", NUMBERS),
        chosen("sex", SEXES),
        chosen("deprivation_decile", DECILES),
        chosen("comment", WORDS),
    ],
    min_size=1,
    max_size=12,
)
# few choices, so that rows meet: repeats, conflicts, parts and wholes
NEAR_FRAMES = dataframes(
    cols=[
        chosen("indicator_id", ["stay"]),
        chosen("place_code", ["P1", "P2"]),
        chosen("period", ["2026-04"]),
        column("numerator", dtype=pl.Int64, strategy=st.integers(-1, 12), allow_null=True),
        column("denominator", dtype=pl.Float64, strategy=st.sampled_from([0.0, 10.0, 12.0, 10.5, float("nan")])),
        chosen("sex", ["Male", "Female", "Persons"]),
    ],
    min_size=1,
    max_size=10,
)
RELAXED = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def by_rules(frame: pl.DataFrame, severity: Severity) -> set[tuple[str, int | None, str | None]]:
    """What the fast path finds, in the form of the schema's failures."""
    try:
        _, entries = framed(frame, TERMS)
    except FrameFault as fault:
        return {(code, None, None) for code in fault.codes if RULES[code].severity is severity}
    rules = [rule for rule in rules_for(TERMS.dimensions) if rule.severity is severity]
    rows = entries["row"]
    # a rule on whole rows is told at the first column
    return {
        (one.rule.code, int(rows[position]), one.column or "indicator_id")
        for one in broken_rules(entries, rules)
        for position in one.positions.to_list()
        if (one.column or "indicator_id") in frame.columns
    }


def by_schema(frame: pl.DataFrame, severity: Severity) -> set[tuple[str, int | None, str | None]]:
    return set(failures(SCHEMAS[severity], frame).iter_rows())


@given(TEXT_FRAMES)
@RELAXED
def test_schema_and_fast_path_find_the_same_in_text(frame: pl.DataFrame) -> None:
    for severity in Severity:
        assert by_schema(frame, severity) == by_rules(frame, severity)


@given(NEAR_FRAMES)
@RELAXED
def test_schema_and_fast_path_find_the_same_where_rows_meet(frame: pl.DataFrame) -> None:
    for severity in Severity:
        assert by_schema(frame, severity) == by_rules(frame, severity)


@given(NEAR_FRAMES)
@RELAXED
def test_a_frame_and_its_csv_have_the_same_verdict_on_rows(frame: pl.DataFrame) -> None:
    # NaN has no text that means the same
    frame = frame.with_columns(pl.col("denominator").fill_nan(None).cast(pl.Int64, strict=False))
    typed, text = sent(frame), sent(frame.write_csv())
    assert typed.verdict is text.verdict
    assert {(one.code, one.row, one.column) for one in typed.findings} == {
        (one.code, one.row, one.column) for one in text.findings
    }
    assert typed.frame.equals(text.frame)
