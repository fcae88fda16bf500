"""The pandera schema and the fast path find the same in the same frames, whatever is in them."""

import os
from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

import polars as pl
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from polars.testing.parametric import column, dataframes

from outcomes.intake.checking import check, examined
from outcomes.intake.rules import RULES
from outcomes.intake.rules.reach import ROWS, Reach, reach_of
from outcomes.intake.schema import SubmissionSchema, submission_failures, submission_schema
from outcomes.partnership.layout import Layout, RowFilter
from outcomes.partnership.model import Partnership
from outcomes.vocabulary import Severity
from tests.unit.intake.returns_world import AS_OF, WORLD, returns_world, sent

Told = tuple[str, int | None, str | None]

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


def given_as(dtype: Any, values: list[Any]) -> Any:
    return st.lists(st.sampled_from(values), min_size=6, max_size=6).map(
        lambda chosen: pl.Series(chosen, dtype=dtype, strict=False)
    )


MANY = st.one_of(
    given_as(pl.String, [*NUMBERS, "  7", "−3", "n/a", "9991234578"]),
    given_as(pl.Int64, [0, 1, 10, -4, 10**18, None]),
    given_as(pl.UInt8, [0, 1, 255, None]),
    given_as(pl.Int128, [0, 10**30, None]),
    given_as(pl.Float64, [0.0, 1.0, 10.5, 1e-9, 1e300, float("nan"), float("inf"), float("-inf"), -0.0, None]),
    given_as(pl.Float32, [0.5, 3.0, float("nan"), None]),
    given_as(pl.Decimal(20, 3), [Decimal("1.500"), Decimal("10"), Decimal("-2"), None]),
    given_as(pl.Boolean, [True, False, None]),
    given_as(pl.Date, [date(2026, 4, 1), date(2026, 5, 7), None]),
    given_as(pl.Datetime("us"), [datetime(2026, 4, 1), datetime(2026, 4, 1, 13, 5), None]),
    given_as(pl.Datetime("ns", "Europe/London"), [datetime(2026, 4, 1, tzinfo=UTC), None]),
    given_as(pl.Time, [time(9, 30), None]),
    given_as(pl.Duration, [timedelta(days=2), None]),
    given_as(pl.Categorical, ["10", "P1", "stay", "2026-04", "Male", None]),
    given_as(pl.Enum(["10", "P1", "stay", "2026-04", "Male"]), ["10", "P1", "stay", "2026-04", "Male", None]),
    given_as(pl.Null, [None]),
    given_as(pl.List(pl.Int64), [[1], [], None]),
    given_as(pl.Array(pl.Int64, 2), [[1, 2], None]),
    given_as(pl.Struct({"a": pl.Int64}), [{"a": 1}, None]),
    given_as(pl.Binary, [b"10", None]),
)
USUAL = {
    "indicator_id": given_as(pl.String, ["stay", "stay", "visits", "births", "printed"]),
    "place_code": given_as(pl.String, ["P1", "P2", "p2", None]),
    "period": given_as(pl.String, ["2026-04", "2026-05", "2025"]),
    "numerator": given_as(pl.Int64, [1, 2, 10]),
    "denominator": given_as(pl.Int64, [10, 20]),
}
FURTHER = (
    *USUAL, "value", "sex", "age_band", "deprivation_decile", "tenure", "comment", "value_note", "source_code",
    "value_status", "lower_ci_95", "upper_ci_95", "sum_of_squares", "denominater", "Numerator ", "", "local ref",
    "9991234578",
)  # fmt: skip


@st.composite
def typed_frames(draw: st.DrawFn) -> pl.DataFrame:
    """Frames of usual columns, of which some are missing or of any type, with further ones of any type."""
    columns = {name: draw(usual) for name, usual in USUAL.items()}
    for name in draw(st.lists(st.sampled_from(FURTHER), max_size=4)):
        columns[name] = draw(MANY)
    for name in draw(st.lists(st.sampled_from(list(USUAL)), max_size=1)):
        if draw(st.integers(0, 3)) == 0:
            del columns[name]
    return pl.DataFrame(columns)[: draw(st.integers(0, 6))]


TYPED_FRAMES = typed_frames()
# sums of parts, suppressed numbers and what gives them away, published values with limits, quality of means
RELATED_FRAMES = dataframes(
    cols=[
        chosen("indicator_id", ["stay", "stay", "stay", "printed", "spread", "births", "half"]),
        chosen("place_code", ["P1"]),
        chosen("period", ["2026-04", "2026-04", "2025", "Apr 2026"]),
        chosen("numerator", ["3", "5", "8", "[c]", "*", "[x]", "", "1.5", "1.50"]),
        chosen("denominator", ["10", "20", "30", "0", "[c]", "", "n/a"]),
        chosen("value", ["", "50", "3", "[z]", "12.5%"]),
        chosen("sex", ["Male", "Female", "Persons", ""]),
        chosen("source_code", ["", "T1", "h1", "H2", "X9"]),
        chosen("lower_ci_95", ["", "2", "4"]),
        chosen("upper_ci_95", ["", "3", "60"]),
        chosen("value_status", ["", "provisional", "final", "odd"]),
        chosen("sum_of_squares", ["", "10", "-1", "x"]),
        chosen("effective_sample_size", ["", "10", "0.5"]),
        chosen("value_note", ["", "<script>", "none"]),
    ],
    min_size=1,
    max_size=10,
)

_GOOD: dict[str, list[Any]] = {
    "indicator_id": ["stay", "stay"],
    "place_code": ["P1", "P2"],
    "period": ["2026-04", "2026-04"],
    "numerator": [10, 11],
    "denominator": [20, 20],
}


def columns_of(values: list[Any]) -> dict[str, list[Any]]:
    return {name: list(values) for name in _GOOD}


def shape(**columns: Any) -> pl.DataFrame:
    return pl.DataFrame({**_GOOD, **columns})


SHAPES = {
    "nothing at all": pl.DataFrame(),
    "no rows": shape()[:0],
    "no rows, no types": pl.DataFrame(columns_of([])),
    "one row": shape()[:1],
    "all null": pl.DataFrame(columns_of([None, None])),
    "all null text": pl.DataFrame(columns_of([None, None]), schema=dict.fromkeys(_GOOD, pl.String)),
    "only one column": shape().select("indicator_id"),
    **{f"without {name}": shape().drop(name) for name in _GOOD},
    **{f"without {name}, with a fault": shape(numerator=[30, 1], comment=["<b>", ""]).drop(name) for name in _GOOD},
    "many columns": shape(**{f"c{at}": [1, 2] for at in range(200)}),
    "two headers alike": shape(**{"Numerator": [1, 2]}),
    "a header with blanks": shape().rename({"place_code": " Place Code "}),
    "a column without name": shape(**{"": [None, None]}),
    "a column without name but with cells": shape(**{"": ["a", None]}),
    "the header as a row": pl.concat([shape().cast(pl.String), pl.DataFrame({name: [name] for name in _GOOD})]),
    "another header as a row": pl.concat(
        [
            shape().cast(pl.String),
            pl.DataFrame({name: [other] for name, other in zip(_GOOD, reversed(_GOOD), strict=True)}),
        ]
    ),
    "a blank row": pl.concat([shape(), pl.DataFrame(columns_of([None]), schema=shape().schema)]),
    "a note": pl.concat(
        [shape(), pl.DataFrame({**columns_of([None]), "indicator_id": ["see below"]}, schema=shape().schema)]
    ),
    "a long cell": shape(comment=["x" * 40_000, ""]),
    "a column of lists": shape(comment=[[1], [2]]),
    "objects": shape(comment=pl.Series([object(), object()], dtype=pl.Object)),
    "a personal number as text": shape(comment=["patient 999 123 4578", ""]),
    "a personal number as a number": shape(numerator=[9991234578, 1]),
    "a personal number as a decimal": shape(numerator=[9991234578.0, 1.0]),
    "a personal number as a header": shape(**{"9991234578": [1, 2]}),
    "a personal number in a column of lists": shape(comment=[["9991234578"], []]),
    "thirty of one fault": pl.concat([shape(numerator=[30, 30])] * 15),
    "thirty blank rows": pl.concat([shape().cast(pl.String), *[pl.DataFrame(columns_of([""]))] * 30]),
    "an interval of one column": shape(upper_ci_95=[1, 2], indicator_id=["printed"] * 2, period=["2025"] * 2),
}
# more of them in a run by hand
EXAMPLES = int(os.environ.get("OUTCOMES_EXAMPLES", "25"))
PHASES = (Phase.explicit, Phase.reuse, Phase.generate)
RELAXED = settings(max_examples=EXAMPLES, phases=PHASES, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def told_by_check(frame: pl.DataFrame, partner: str, partnership: Partnership = WORLD) -> set[Told]:
    """What `check` finds, every row of it; of a personal number only that it stands there."""
    found = examined(frame, partnership, partner=partner, as_of=AS_OF, layout="native")
    personal = {(one.code, one.row, one.column) for one in found.remarks if one.code == "OUT-701"}
    if personal:
        return personal
    rows = [] if found.entries is None else found.entries["row"].to_list()
    broken: set[Told] = {
        (one.rule.code, int(rows[position]), one.column or None)
        for one in found.broken
        for position in one.positions.to_list()
    }
    broken |= {(one.code, one.row, None) for one in found.remarks if one.code in ROWS}
    findings = check(frame, partnership, partner=partner, as_of=AS_OF, layout="native").findings
    shown = {(finding.code, finding.row, finding.column) for finding in findings}
    hidden = {(finding.code, finding.column) for finding in findings if finding.repeats}
    # of what the findings sum up, every row; of all else exactly what they show
    assert {(code, row, column) for code, row, column in broken if (code, column) not in hidden} <= shown
    assert {one for one in shown if reach_of(RULES[one[0]]) is Reach.CELLS} <= broken
    return shown | broken


def schemas_of(partner: str | None, partnership: Partnership = WORLD) -> dict[Severity, SubmissionSchema]:
    return {
        severity: submission_schema(partnership, partner=partner, as_of=AS_OF, severity=severity)
        for severity in Severity
    }


SCHEMAS = {partner: schemas_of(partner) for partner in ("T1", "C2")}


def told_by(schemas: Mapping[Severity, SubmissionSchema], frame: pl.DataFrame) -> set[Told]:
    """What the schemas find, of errors and of warnings; each only what it is made for, or a personal number."""
    told: set[Told] = set()
    for severity, schema in schemas.items():
        found = set(submission_failures(schema, frame).iter_rows())
        assert all(RULES[code].severity is severity or code == "OUT-701" for code, _, _ in found)
        told |= found
    return told


def agree(frame: pl.DataFrame, partner: str) -> None:
    assert told_by(SCHEMAS[partner], frame) == told_by_check(frame, partner)


SENDERS = st.sampled_from(["T1", "T1", "T1", "C2"])


@given(TEXT_FRAMES, SENDERS)
@RELAXED
def test_schemas_and_check_find_the_same_in_text(frame: pl.DataFrame, partner: str) -> None:
    agree(frame, partner)


@given(NEAR_FRAMES, SENDERS)
@RELAXED
def test_schemas_and_check_find_the_same_where_rows_meet(frame: pl.DataFrame, partner: str) -> None:
    agree(frame, partner)


@given(TYPED_FRAMES, SENDERS)
@RELAXED
def test_schemas_and_check_find_the_same_whatever_the_types_and_columns(frame: pl.DataFrame, partner: str) -> None:
    agree(frame, partner)


@given(RELATED_FRAMES, SENDERS)
@RELAXED
def test_schemas_and_check_find_the_same_of_parts_wholes_markers_and_limits(frame: pl.DataFrame, partner: str) -> None:
    agree(frame, partner)


@pytest.mark.parametrize("frame", SHAPES.values(), ids=SHAPES)
def test_schemas_and_check_find_the_same_in_every_odd_shape(frame: pl.DataFrame) -> None:
    agree(frame, "T1")


def test_any_sender_is_held_to_the_same_but_for_what_a_sender_supplies() -> None:
    frame = pl.DataFrame({"indicator_id": ["stay"], "place_code": ["P77"], "period": ["x"], "numerator": [1]})
    told = told_by(schemas_of(None), frame)
    assert told == {("OUT-205", 2, "place_code"), ("OUT-302", 2, "period"), ("OUT-102", 1, "denominator")}


def test_a_layout_of_the_long_form_that_says_more_is_held_to_by_both() -> None:
    layout = Layout(
        id="native",
        title="The long form, with more said",
        unlisted_places="a national extract",
        tolerated={"OUT-503": "printed so"},
        rows=(RowFilter(column="sex", skip=("total",), because="wholes are not asked for"),),
    )
    world = returns_world(layouts={"native": layout})
    frame = pl.DataFrame(
        {
            "indicator_id": ["stay"] * 4,
            "place_code": ["P1", "P2", "E77", "P1"],
            "period": ["2026-04"] * 4,
            "numerator": [10, 11, 1, 9],
            "denominator": [20, 20, 2, 18],
            "value": [77, None, None, None],
            "sex": ["Male", "Male", "Male", "Total"],
        }
    )
    schemas = schemas_of("T1", world)
    told = {severity: set(submission_failures(schema, frame).iter_rows()) for severity, schema in schemas.items()}
    assert set().union(*told.values()) == told_by_check(frame, "T1", world)
    assert {"OUT-255", "OUT-163", "OUT-503"} <= {code for code, _, _ in told[Severity.WARNING]}


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
