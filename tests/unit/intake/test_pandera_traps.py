"""Each trap of pandera 0.35: shown in a plain schema, so that a newer pandera is noticed, and held by ours."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pandera.polars as pa
import polars as pl
import pytest
from pandera.config import ValidationDepth, config_context
from pandera.errors import SchemaError, SchemaErrorReason, SchemaErrors, SchemaWarning

from outcomes.intake.schema import SubmissionSchema, submission_failures, submission_schema
from outcomes.vocabulary import Severity
from tests.unit.intake.returns_world import AS_OF, WORLD
from tests.unit.intake.test_schema import BAD, SCHEMA, frame

# once, on one Python, is enough of these
pytestmark = pytest.mark.slow

FOUND = [("OUT-205", 3, "place_code"), ("OUT-501", 2, "numerator")]
HERE = Path(__file__).resolve().parents[3]


def plain(*checks: Any, dtype: Any = None, **terms: Any) -> pa.DataFrameSchema:
    """Return what one would write at first: a schema of one column, `a`."""
    return pa.DataFrameSchema({"a": pa.Column(dtype, checks=list(checks), nullable=True, **terms)})


def above(least: float, **terms: Any) -> pa.Check:
    return pa.Check(lambda given: given.lazyframe.select(pl.col(given.key) > least), error="OUT-000", **terms)


def cases(schema: pa.DataFrameSchema, given: pl.DataFrame) -> pl.DataFrame:
    with pytest.raises(SchemaErrors) as caught:
        schema.validate(given, lazy=True)
    found: pl.DataFrame = caught.value.failure_cases
    return found


def told_in(environment: dict[str, str], program: str, *folders: Path) -> str:
    """Return what a program says that runs in another environment."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PANDERA", "POLARS", "PYTHON"))}
    paths = os.pathsep.join([*map(str, folders), *sys.path[1:], str(HERE)])
    done = subprocess.run(
        [sys.executable, "-c", program],
        env={**kept, "PYTHONPATH": paths, **environment},
        capture_output=True,
        text=True,
        cwd=HERE,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout.strip()


OURS = (
    "from tests.unit.intake.test_schema import BAD, SCHEMA, frame, submission_failures\n"
    "told = [submission_failures(SCHEMA, one).rows() for one in (BAD, BAD.lazy())]\n"
    "print(*told, SCHEMA.validate(frame()).height)\n"
)
OURS_SAY = f"{FOUND} {FOUND} 2"


def test_trap_1_a_lazy_frame_is_looked_at_by_its_types_alone() -> None:
    unfit = pl.LazyFrame({"a": [0]})
    plain(above(5)).validate(unfit).collect()
    assert submission_failures(SCHEMA, BAD.lazy()).rows() == FOUND
    with pytest.raises(SchemaError):
        SCHEMA.validate(BAD.lazy())


def test_trap_1_a_lazy_frame_may_not_be_twice_the_same() -> None:
    # what comes back is what was looked at: another look at its source might find something else
    looks: list[int] = []

    def source(frames: pl.DataFrame) -> pl.DataFrame:
        looks.append(1)
        return frames

    given = frame().lazy().map_batches(source)
    plain(above(5)).validate(frame(a=[9, 9]).lazy().map_batches(source)).collect()
    looks.clear()
    validated = SCHEMA.validate(given)
    assert isinstance(validated, pl.LazyFrame)
    assert validated.collect().equals(frame())
    assert len(looks) == 1


def test_trap_2_coercion_tells_the_first_column_alone_and_breaks_the_checks_down() -> None:
    unfit = pl.DataFrame({"a": ["1", "x"], "b": ["y", "2"]})
    columns = {name: pa.Column(pl.Int64, above(0)) for name in ("a", "b")}
    found = cases(pa.DataFrameSchema(columns, coerce=True), unfit)
    coerced = found.filter(pl.col("check").str.starts_with("coerce_dtype"))
    assert coerced.select("failure_case", "column").rows() == [("x", None)]
    assert "ComputeError" in str(found.filter(check="OUT-000")["failure_case"][0])
    two = frame(numerator=["ten", "1"], denominator=["20", "y"])
    assert submission_failures(SCHEMA, two).rows() == [("OUT-402", 2, "numerator"), ("OUT-402", 3, "denominator")]
    coercing = submission_schema(WORLD, partner="T1")
    coercing.coerce = True
    with pytest.raises(NotImplementedError, match="coerce was set"):
        coercing.validate(frame())


def test_trap_3_dropping_invalid_rows_keeps_duplicates() -> None:
    schema = pa.DataFrameSchema({"a": pa.Column(pl.Int64)}, unique=["a"], drop_invalid_rows=True)
    assert schema.validate(pl.DataFrame({"a": [1, 1, 2]}), lazy=True)["a"].to_list() == [1, 1, 2]
    dropping = submission_schema(WORLD, partner="T1")
    dropping.drop_invalid_rows = True
    with pytest.raises(NotImplementedError, match="let in whole or not at all"):
        dropping.validate(BAD, lazy=True)


def test_trap_4_failure_cases_count_from_nought_and_write_a_whole_row_for_a_check_on_the_frame() -> None:
    given = pl.DataFrame({"a": [1, 9], "b": ["secret", "q"]})
    on_frame = pa.Check(lambda one: one.lazyframe.select(pl.col("a") > 5), error="OUT-000")
    found = cases(pa.DataFrameSchema({"a": pa.Column()}, checks=on_frame), given)
    assert found.columns == ["failure_case", "schema_context", "column", "check", "check_number", "index"]
    assert found.rows() == [('{"a":1,"b":"secret"}', "DataFrameSchema", None, "OUT-000", 0, 0)]
    ours = cases(SCHEMA, frame(place_code=["P1", "P1"], comment=["secret", "secret"]))
    assert ours.select("check", "index", "column", "failure_case").rows() == [
        ("OUT-505", 0, "indicator_id", "stay"),
        ("OUT-505", 1, "indicator_id", "stay"),
    ]
    assert submission_failures(SCHEMA, BAD).rows() == FOUND


def test_trap_4_a_failure_of_the_frame_and_one_of_a_cell_cannot_be_told_together() -> None:
    schema = pa.DataFrameSchema({"a": pa.Column(checks=above(5))}, checks=pa.Check(lambda _: False, error="OUT-001"))
    with pytest.raises(pl.exceptions.SchemaError, match="failure_case"):
        schema.validate(pl.DataFrame({"a": [1]}), lazy=True)
    both = BAD.drop("denominator")
    assert submission_failures(SCHEMA, both).rows() == [("OUT-102", 1, "denominator"), ("OUT-205", 3, "place_code")]


def test_trap_4_a_length_of_time_that_fails_cannot_be_told() -> None:
    span = pl.Series("a", [1], dtype=pl.Duration)
    with pytest.raises(pl.exceptions.InvalidOperationError, match="not supported"):
        plain(pa.Check(lambda given: given.lazyframe.select(pl.lit(value=False)))).validate(span.to_frame(), lazy=True)
    assert set(submission_failures(SCHEMA, frame(numerator=pl.Series([1, 2], dtype=pl.Duration)))["code"]) == {
        "OUT-413"
    }


def test_trap_5_the_error_text_of_a_check_is_shown_as_it_is() -> None:
    assert cases(plain(above(5)), pl.DataFrame({"a": [1]}))["check"].to_list() == ["OUT-000"]
    assert {check.error[:4] for column in SCHEMA.columns.values() for check in column.checks} == {"OUT-"}
    assert sorted(set(cases(SCHEMA, BAD)["check"])) == ["OUT-205", "OUT-501"]


def test_trap_6_an_answer_that_is_missing_passes_and_not_a_number_passes_one_way() -> None:
    above_b = pa.Check(lambda given: given.lazyframe.select(pl.col("a") > pl.col("b")))
    plain(above_b).validate(pl.DataFrame({"a": [1.0, None], "b": [None, 5.0]}))
    plain(pa.Check.gt(0)).validate(pl.DataFrame({"a": [float("nan")]}))
    with pytest.raises(SchemaError):
        plain(pa.Check.lt(5)).validate(pl.DataFrame({"a": [float("nan")]}))
    missing = frame(numerator=[None, 11.0], denominator=[20.0, None])
    assert submission_failures(SCHEMA, missing).rows() == [("OUT-401", 2, "numerator"), ("OUT-401", 3, "denominator")]
    for odd in (float("nan"), float("inf"), float("-inf")):
        assert submission_failures(SCHEMA, frame(numerator=[odd, 1.0])).rows() == [("OUT-404", 2, "numerator")]


def test_trap_7_missing_values_are_duplicates_of_each_other_and_a_column_of_them_has_no_type() -> None:
    assert cases(plain(unique=True), pl.DataFrame({"a": [None, None, 1]}))["index"].to_list() == [0, 1]
    assert cases(plain(dtype=pl.Int64), pl.DataFrame({"a": [None, None]}))["check"].to_list() == ["dtype('Int64')"]
    nothing = submission_failures(SCHEMA, frame(period=pl.Series([None, None])))
    assert set(nothing["code"]) == {"OUT-301"}
    assert submission_failures(SCHEMA, frame(comment=pl.Series([None, None]), sex=pl.Series([None, None]))).is_empty()


def test_trap_8_a_warning_is_text_without_rows() -> None:
    with pytest.warns(SchemaWarning, match="failure case examples") as told:
        plain(above(5, raise_warning=True)).validate(pl.DataFrame({"a": [1, 9]}))
    assert len(told) == 1
    warnings = submission_schema(WORLD, partner="T1", as_of=AS_OF, severity=Severity.WARNING)
    assert submission_failures(warnings, frame(place_code=["p1", "P2"])).rows() == [("OUT-251", 2, "place_code")]


def test_trap_9_a_check_that_breaks_down_is_told_as_a_failure_of_the_data() -> None:
    def breaks(given: object) -> bool:
        raise ZeroDivisionError

    with pytest.raises(SchemaErrors) as caught:
        plain(pa.Check(breaks)).validate(pl.DataFrame({"a": [1]}), lazy=True)
    assert caught.value.schema_errors[0].reason_code is SchemaErrorReason.CHECK_ERROR
    broken = SubmissionSchema({"a": pa.Column(None, checks=[pa.Check(breaks, error="OUT-000")])})
    with pytest.raises(RuntimeError, match="broke down"):
        submission_failures(broken, pl.DataFrame({"a": [1]}))
    with pytest.raises(RuntimeError, match="broke down"):
        submission_failures(SCHEMA.add_columns({"a": pa.Column(None, pa.Check(breaks))}), frame(a=[1, 2]))


def test_trap_10_another_engine_that_was_asked_for_is_not_there() -> None:
    asked = {"PANDERA_USE_NARWHALS_BACKEND": "True"}
    program = (
        "import importlib.util, pandera.polars as pa, polars as pl\n"
        "is_there = all(map(importlib.util.find_spec, ('narwhals', 'pyarrow')))\n"
        "try:\n"
        "    pa.DataFrameSchema({'a': pa.Column(pl.Int64)}).validate(pl.DataFrame({'a': [1]}))\n"
        "    print(is_there)\n"
        "except Exception:\n"
        "    print(not is_there)\n"
    )
    assert told_in(asked, program) == "True"
    assert told_in(asked, OURS) == OURS_SAY


def test_trap_11_writing_a_schema_loses_its_checks() -> None:
    schema = plain(above(5))
    try:
        written = schema.to_yaml() or ""
    except ImportError as error:
        # pandera writes only where another package is installed
        assert "pyyaml" in str(error)
    else:
        assert "OUT-000" not in written
    for write in (SCHEMA.to_yaml, SCHEMA.to_json, SCHEMA.to_script):
        with pytest.raises(NotImplementedError, match="rules are code"):
            write()
    for read in (SubmissionSchema.from_yaml, SubmissionSchema.from_json):
        with pytest.raises(NotImplementedError, match="rules are code"):
            read("{}")


def test_trap_12_pandera_takes_in_pandas_where_it_is_installed(tmp_path: Path) -> None:
    stand_in = "print('pandas')\nraise ImportError(\"No module named 'pandas'\")\n"
    (tmp_path / "pandas.py").write_text(stand_in, encoding="utf-8")
    assert "pandas" in told_in({}, "import pandera.polars", tmp_path)
    # whoever only checks or reads has no part in it
    assert told_in({}, "import outcomes\noutcomes.check\nprint('read')", tmp_path) == "read"
    assert told_in({}, OURS, tmp_path).splitlines()[-1] == OURS_SAY


HOSTILE: dict[str, dict[str, str]] = {
    "pandera": {
        "PANDERA_VALIDATION_ENABLED": "False",
        "PANDERA_VALIDATION_DEPTH": "SCHEMA_ONLY",
        "PANDERA_CACHE_DATAFRAME": "True",
        "PANDERA_KEEP_CACHED_DATAFRAME": "True",
    },
    "polars": {
        "POLARS_MAX_THREADS": "1",
        "POLARS_FORCE_ASYNC": "1",
        "POLARS_VERBOSE": "1",
        "POLARS_FMT_MAX_ROWS": "1",
        "POLARS_FMT_STR_LEN": "2",
        "POLARS_STREAMING_CHUNK_SIZE": "1",
        "POLARS_IDEAL_MORSEL_SIZE": "1",
        "POLARS_ENGINE_AFFINITY": "streaming",
    },
    "python without assertions": {"PYTHONOPTIMIZE": "1", "PYTHONHASHSEED": "1"},
    "python without docstrings": {"PYTHONOPTIMIZE": "2", "LC_ALL": "C", "LANG": "C", "TZ": "Pacific/Kiritimati"},
}


def test_trap_13_the_environment_switches_a_plain_schema_off() -> None:
    program = (
        "import pandera.polars as pa, polars as pl\n"
        "print(pa.DataFrameSchema({'a': pa.Column(pl.Int64)}).validate(pl.DataFrame({'a': ['x']})).height)\n"
    )
    assert told_in(HOSTILE["pandera"], program) == "1"


@pytest.mark.parametrize("environment", HOSTILE.values(), ids=HOSTILE)
def test_trap_13_no_environment_changes_what_ours_finds(environment: dict[str, str]) -> None:
    assert told_in(environment, OURS) == OURS_SAY


def test_trap_13_surrounding_settings_switch_a_plain_schema_off() -> None:
    with config_context(validation_enabled=False):
        plain(above(5)).validate(pl.DataFrame({"a": [1]}))
        assert submission_failures(SCHEMA, BAD).rows() == FOUND
    with config_context(validation_depth=ValidationDepth.SCHEMA_ONLY):
        plain(above(5)).validate(pl.DataFrame({"a": [1]}))
        assert submission_failures(SCHEMA, BAD).rows() == FOUND


def test_a_part_of_a_frame_would_be_told_by_rows_of_the_part() -> None:
    # not among the thirteen: the last of four rows is told as the first
    with pytest.raises(SchemaErrors) as caught:
        plain(above(0)).validate(pl.DataFrame({"a": [5, 6, 7, -1]}), tail=1, lazy=True)
    assert caught.value.failure_cases["index"].to_list() == [0]
    parts: tuple[dict[str, Any], ...] = ({"head": 1}, {"tail": 1}, {"sample": 1}, {"random_state": 1})
    for part in parts:
        with pytest.raises(NotImplementedError, match="depends on the other rows"):
            SCHEMA.validate(BAD, **part)
