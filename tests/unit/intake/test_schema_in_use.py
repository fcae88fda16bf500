"""How an analyst uses the schema alone: pandera's decorators, models, copies, threads; and what is kept of a frame."""

import copy
import gc
import io
import pickle
import traceback
import warnings
import weakref
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pandera.polars as pa
import polars as pl
import pytest
from pandera.errors import SchemaError, SchemaErrors
from pandera.typing.polars import DataFrame

from outcomes.intake.checking import check
from outcomes.intake.schema import SubmissionSchema, submission_failures, submission_schema
from outcomes.vocabulary import Severity
from tests.unit.intake.returns_world import AS_OF, WORLD
from tests.unit.intake.test_schema import BAD, SCHEMA, frame

FOUND = [("OUT-205", 3, "place_code"), ("OUT-501", 2, "numerator")]
NUMBER = "9991234578"


class Return(pa.DataFrameModel):
    """The schema as a model, for annotations."""

    @classmethod
    def to_schema(cls) -> Any:
        return SCHEMA


def test_it_is_called_like_any_schema() -> None:
    validated: Any = SCHEMA(frame())
    assert validated.equals(frame())
    with pytest.raises(SchemaError, match="OUT-205"):
        SCHEMA(BAD)


def test_decorators_take_it() -> None:
    @pa.check_input(SCHEMA)
    def rows(given: pl.DataFrame) -> int:
        return given.height

    @pa.check_output(SCHEMA)
    def same(given: pl.DataFrame) -> pl.DataFrame:
        return given

    @pa.check_io(given=SCHEMA, out=SCHEMA)
    def both(given: pl.DataFrame) -> pl.DataFrame:
        return given

    assert rows(frame()) == same(frame()).height == both(frame()).height == 2
    for function in (rows, same, both):
        with pytest.raises(SchemaError, match="OUT-205"):
            function(BAD)


def test_a_model_of_it_is_held_to_by_annotations() -> None:
    @pa.check_types
    def rows(given: DataFrame[Return]) -> int:
        return int(given.height)

    assert rows(frame()) == 2  # type: ignore[arg-type]
    with pytest.raises(SchemaError, match="OUT-205"):
        rows(BAD)  # type: ignore[arg-type]
    with pytest.raises(SchemaErrors):
        Return.validate(BAD, lazy=True)


def test_columns_are_added_and_told_by_their_own_checks() -> None:
    more = SCHEMA.add_columns({"ward": pa.Column(pl.Int64, pa.Check.gt(1), required=False, nullable=True)})
    assert isinstance(more, SubmissionSchema)
    assert submission_failures(more, BAD.with_columns(ward=pl.Series([1, 2]))).rows() == [
        *FOUND,
        ("greater_than(1)", 2, "ward"),
    ]
    with pytest.raises(RuntimeError, match="broke down"):
        submission_failures(more, BAD.with_columns(ward=pl.lit("x")))
    assert more.update_column("ward", nullable=False).columns["ward"].nullable is False
    assert submission_failures(SCHEMA.remove_columns(["place_code"]), BAD).rows() == FOUND[1:]
    assert submission_failures(SCHEMA.select_columns(["place_code"]), BAD).rows() == FOUND[:1]


def test_checks_of_two_schemas_stand_in_one() -> None:
    warning = submission_schema(WORLD, partner="T1", as_of=AS_OF, severity=Severity.WARNING)
    both = copy.deepcopy(SCHEMA)
    for name, column in both.columns.items():
        column.checks = [*column.checks, *warning.columns[name].checks]
    assert submission_failures(both, BAD.with_columns(place_code=pl.Series(["p1", "P77"]))).rows() == [
        FOUND[0],
        ("OUT-251", 2, "place_code"),
        FOUND[1],
    ]


def test_a_column_with_rules_stays_as_it_is_and_is_not_held_to_alone() -> None:
    changes: tuple[Callable[[], Any], ...] = (
        lambda: SCHEMA.update_column("numerator", coerce=True),
        lambda: SCHEMA.update_columns({"numerator": {"nullable": False}}),
        lambda: SCHEMA.rename_columns({"numerator": "count"}),
    )
    for change in changes:
        with pytest.raises(NotImplementedError, match="numerator was to be changed"):
            change()
    with pytest.raises(NotImplementedError, match="Validate the whole frame"):
        SCHEMA.columns["numerator"].validate(BAD)
    filtering = copy.deepcopy(SCHEMA)
    filtering.strict = "filter"
    with pytest.raises(NotImplementedError, match="no column is dropped"):
        filtering.validate(frame())


def test_what_is_no_polars_frame_is_refused_in_plain_words() -> None:
    with pytest.raises(TypeError, match="a dict was given; a polars DataFrame or LazyFrame is expected"):
        SCHEMA.validate({"indicator_id": ["stay"]})


@pytest.mark.parametrize("protocol", range(2, pickle.HIGHEST_PROTOCOL + 1))
def test_it_is_pickled_with_its_rules(protocol: int) -> None:
    again = pickle.loads(pickle.dumps(SCHEMA, protocol))
    assert isinstance(again, SubmissionSchema)
    assert submission_failures(again, BAD).rows() == FOUND
    buffer = io.BytesIO(pickle.dumps(SCHEMA.add_columns({"ward": pa.Column(None, required=False)}), protocol))
    assert "ward" in pickle.load(buffer).columns


def test_copies_find_the_same() -> None:
    for again in (copy.copy(SCHEMA), copy.deepcopy(SCHEMA)):
        assert again == SCHEMA
        assert submission_failures(again, BAD).rows() == FOUND
    assert len({hash(check) for check in SCHEMA.checks}) == 1


def test_threads_do_not_see_each_others_frames() -> None:
    frames = [frame(numerator=[10 + at % 3 * 10, 11], place_code=["P1", "P77" if at % 2 else "P2"]) for at in range(6)]
    alone = [submission_failures(SCHEMA, one).rows() for one in frames]
    assert len({str(rows) for rows in alone}) == 4
    with ThreadPoolExecutor(6) as pool:
        for _ in range(3):
            assert list(pool.map(lambda one: submission_failures(SCHEMA, one).rows(), frames)) == alone


def test_nothing_of_a_frame_is_kept() -> None:
    given = BAD.clone()
    reference = weakref.ref(given)
    with pytest.raises(SchemaErrors):
        SCHEMA.validate(given, lazy=True)
    submission_failures(SCHEMA, given)
    del given
    gc.collect()
    assert reference() is None


PERSONAL = {
    "text": frame(comment=[f"patient {NUMBER}", None], numerator=[NUMBER, "x"]),
    "a number": frame(numerator=[int(NUMBER), 30]),
    "a header": frame(**{NUMBER: [1, 2]}, place_code=["P1", "P77"]),
    "a code": frame(place_code=[NUMBER, "P77"]),
}


@pytest.mark.parametrize("given", PERSONAL.values(), ids=PERSONAL)
@pytest.mark.parametrize("severity", Severity)
@pytest.mark.parametrize("is_lazy", [True, False])
def test_of_a_frame_with_a_personal_number_nothing_is_quoted(
    given: pl.DataFrame, severity: Severity, is_lazy: bool
) -> None:
    schema = submission_schema(WORLD, partner="T1", as_of=AS_OF, severity=severity)
    # a check of one's own would quote what fails it
    schema = schema.add_columns({name: pa.Column(pl.Binary) for name in given.columns if name not in schema.columns})
    told = submission_failures(schema, given)
    assert set(told["code"]) == {"OUT-701"}
    assert NUMBER not in str(told.rows())
    with pytest.raises((SchemaErrors, SchemaError)) as caught:
        schema.validate(given, lazy=is_lazy)
    error: Any = caught.value
    assert error.data is None
    assert error.__cause__ is None
    assert error.__context__ is None
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        pickled = pickle.dumps(error)
    said = [str(error), repr(error), str(getattr(error, "failure_cases", "")), str(vars(error))]
    said += traceback.format_exception(error)
    for one in getattr(error, "schema_errors", []):
        said += [str(one), repr(one), str(vars(one))]
    assert NUMBER not in "".join(said)
    assert "P77" not in "".join(said)
    assert NUMBER.encode() not in pickled


def test_a_column_of_bytes_or_durations_is_no_crash() -> None:
    odd = frame(comment=[b"a", b"b"])
    assert submission_failures(SCHEMA, odd).rows() == [("OUT-109", 1, "comment")]
    result = check(odd, WORLD, partner="T1", as_of=AS_OF)
    assert [finding.code for finding in result.findings] == ["OUT-109"]
    span = frame(numerator=pl.Series([1, 2], dtype=pl.Duration))
    assert set(submission_failures(SCHEMA, span)["code"]) == {"OUT-413"}
    assert {finding.code for finding in check(span, WORLD, partner="T1", as_of=AS_OF).findings} >= {"OUT-413"}
