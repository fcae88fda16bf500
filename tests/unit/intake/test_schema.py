"""The pandera schema: made of the rules, and safe from each trap of pandera that it meets."""

from typing import Any

import pandera.polars as pa
import polars as pl
import pytest
from pandera.config import ValidationDepth, config_context
from pandera.errors import SchemaErrors

from outcomes.errors import UnknownNameError
from outcomes.intake.rules import RULES
from outcomes.intake.schema import submission_failures, submission_schema
from outcomes.vocabulary import Severity
from tests.unit.intake.returns_world import AS_OF, WORLD

SCHEMA = submission_schema(WORLD, partner="T1", as_of=AS_OF)


def frame(**columns: Any) -> pl.DataFrame:
    given: dict[str, Any] = {
        "indicator_id": ["stay", "stay"],
        "place_code": ["P1", "P2"],
        "period": ["2026-04", "2026-04"],
        "numerator": [10, 11],
        "denominator": [20, 20],
    }
    return pl.DataFrame({**given, **columns})


BAD = frame(numerator=[30, 11], place_code=["P1", "P77"])


def test_it_is_a_real_pandera_schema_with_the_rules_codes() -> None:
    assert isinstance(SCHEMA, pa.DataFrameSchema)
    codes = {check.error for column in SCHEMA.columns.values() for check in column.checks}
    codes |= {check.error for check in SCHEMA.checks}
    errors = {code for code, rule in RULES.items() if rule.severity is Severity.ERROR and rule.checks}
    assert codes >= errors
    assert codes <= set(RULES)


def test_a_good_frame_comes_back_unchanged() -> None:
    good = frame()
    validated = SCHEMA.validate(good)
    assert validated.equals(good)
    assert validated.schema == good.schema


def test_every_failure_has_code_row_and_column() -> None:
    assert submission_failures(SCHEMA, BAD).rows() == [("OUT-205", 3, "place_code"), ("OUT-501", 2, "numerator")]


def test_a_lazy_frame_is_checked_too() -> None:
    # trap: pandera looks only at the schema of a lazy frame, unless told otherwise
    assert submission_failures(SCHEMA, BAD.lazy()).rows() == submission_failures(SCHEMA, BAD).rows()
    with pytest.raises(SchemaErrors):
        SCHEMA.validate(BAD.lazy(), lazy=True)


def test_surrounding_settings_cannot_switch_it_off() -> None:
    with config_context(validation_enabled=False, validation_depth=ValidationDepth.SCHEMA_ONLY):
        assert submission_failures(SCHEMA, BAD).height == 2


def test_nothing_is_coerced() -> None:
    # trap: coerce names only the first bad column, and its checks crash
    text = frame(numerator=["10", "11"], denominator=["20", "20"])
    assert SCHEMA.validate(text).schema["numerator"] == pl.String
    assert not SCHEMA.coerce
    assert submission_failures(SCHEMA, frame(numerator=["ten", "11"])).rows() == [("OUT-402", 2, "numerator")]


def test_missing_numbers_do_not_pass_as_checks_without_an_answer() -> None:
    # trap: nulls skip checks, and a null answer passes
    blank = frame(numerator=[None, 11], denominator=[20, None])
    assert submission_failures(SCHEMA, blank).rows() == [("OUT-401", 2, "numerator"), ("OUT-401", 3, "denominator")]
    nothing = frame(numerator=pl.Series([None, None]))
    assert submission_failures(SCHEMA, nothing)["code"].to_list() == ["OUT-401", "OUT-401"]


def test_nan_fails() -> None:
    assert submission_failures(SCHEMA, frame(numerator=[float("nan"), 1.0])).rows() == [("OUT-404", 2, "numerator")]


def test_a_missing_column_fails_without_breaking_pandera_down() -> None:
    # trap: a required column that is missing and a failing check on the frame together raise polars' own error
    for column in ("indicator_id", "period", "numerator", "denominator"):
        assert submission_failures(SCHEMA, frame().drop(column))["code"].to_list() == ["OUT-102"], column
    assert submission_failures(SCHEMA, frame().select("indicator_id"))["code"].to_list() == ["OUT-101"]
    assert submission_failures(SCHEMA, frame()[:0])["code"].to_list() == ["OUT-104"]


def test_columns_that_nobody_asked_for_are_let_be() -> None:
    assert submission_failures(SCHEMA, frame(local_ref=["a", "b"])).height == 0


def test_conflicting_rows_are_found_and_repeats_are_not_errors() -> None:
    conflict = frame(place_code=["P1", "P1"])
    assert submission_failures(SCHEMA, conflict).rows() == [("OUT-505", 2, None), ("OUT-505", 3, None)]
    assert submission_failures(SCHEMA, frame(place_code=["P1", "P1"], numerator=[10, 10])).height == 0


def test_warnings_are_a_second_schema() -> None:
    # trap: raise_warning gives text without rows
    warnings = submission_schema(WORLD, partner="T1", as_of=AS_OF, severity=Severity.WARNING)
    assert submission_failures(warnings, frame(place_code=["p1", "P2"])).rows() == [("OUT-251", 2, "place_code")]
    assert submission_failures(SCHEMA, frame(place_code=["p1", "P2"])).height == 0


def test_a_date_matters_only_where_one_is_given() -> None:
    future = frame(period=["2027-04", "2026-04"])
    assert submission_failures(SCHEMA, future)["code"].to_list() == ["OUT-304"]
    assert submission_failures(submission_schema(WORLD, partner="T1"), future).height == 0


def test_any_sender_may_name_any_place_that_there_is() -> None:
    anybody = submission_schema(WORLD, partner=None)
    assert submission_failures(anybody, frame(place_code=["P9", "P2"])).height == 0
    assert submission_failures(SCHEMA, frame(place_code=["P9", "P2"]))["code"].to_list() == ["OUT-208"]


def test_an_unknown_partner_is_refused() -> None:
    with pytest.raises(UnknownNameError):
        submission_schema(WORLD, partner="X")


def test_one_schema_validates_one_frame_after_another() -> None:
    assert submission_failures(SCHEMA, BAD).height == 2
    assert submission_failures(SCHEMA, frame()).height == 0
    assert submission_failures(SCHEMA, BAD).height == 2
