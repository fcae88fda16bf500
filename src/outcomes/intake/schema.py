"""The pandera schema of a submission, made from the same rules as the fast path. Only this file knows pandera.

A frame is looked at once in each validation: every check of the schema reads the answer of that one look. Nothing of a
frame outlives the validation.
"""

from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from contextvars import ContextVar
from copy import copy
from datetime import date
from functools import partial
from typing import Any, Final, NoReturn, Self

import pandera.polars as pa
import polars as pl
from pandera.api.polars.types import PolarsData
from pandera.backends.polars.checks import PolarsCheckBackend
from pandera.backends.polars.components import ColumnBackend
from pandera.backends.polars.container import DataFrameSchemaBackend
from pandera.backends.polars.register import register_polars_backends
from pandera.config import ValidationDepth, config_context
from pandera.errors import FailureCaseMetadata, SchemaError, SchemaErrorReason, SchemaErrors

from outcomes.intake.frame_looks import PERSONAL, ROW_COLUMN, FrameLook, Place, SeenFrame
from outcomes.intake.rules import Rule, rules_for
from outcomes.partnership.model import Partnership
from outcomes.vocabulary import Severity

__all__ = ["SubmissionSchema", "submission_failures", "submission_schema"]

_FAILURES: Final = {"code": pl.String(), "row": pl.Int64(), "column": pl.String()}

# what the looks of the validation that is under way have found: of this thread and task alone, and gone with it
_UNDER_WAY: Final[ContextVar[dict[FrameLook, SeenFrame] | None]] = ContextVar("looks_under_way", default=None)


@contextmanager
def _under_way(looks: dict[FrameLook, SeenFrame]) -> Iterator[None]:
    token = _UNDER_WAY.set(looks)
    try:
        yield
    finally:
        _UNDER_WAY.reset(token)


def _always() -> AbstractContextManager[None]:
    return config_context(validation_enabled=True, validation_depth=ValidationDepth.SCHEMA_AND_DATA)


def _seen(look: FrameLook, given: PolarsData) -> SeenFrame:
    looks = _UNDER_WAY.get()
    if looks is None:
        # a check that was taken out of its schema
        return look.at(given.lazyframe.collect())
    if look not in looks:
        looks[look] = look.at(given.lazyframe.collect())
    return looks[look]


def _cells_hold(look: FrameLook, code: str, column: str, given: PolarsData) -> pl.LazyFrame | bool:
    """The check of one rule on one column: true where it holds."""
    positions = _seen(look, given).cells.get((code, column))
    if positions is None:
        return True
    height = given.lazyframe.select(pl.len()).collect().item()
    return pl.repeat(True, height, dtype=pl.Boolean, eager=True).scatter(positions, False).to_frame("holds").lazy()


def _frame_holds(look: FrameLook, code: str, given: PolarsData) -> bool:
    """The check of one rule on the frame as such."""
    return code not in _seen(look, given).others


def _as_text(errors: list[SchemaError]) -> list[SchemaError]:
    """Give failures a form that pandera 0.35 can tell together; it breaks down over a flag and over lengths of time."""
    for error in errors:
        cases = error.failure_cases
        if cases is False:
            error.failure_cases = "the frame as such"
        elif isinstance(cases, pl.DataFrame):
            error.failure_cases = cases.with_columns(pl.col(pl.Duration).dt.to_string("iso"))
    return errors


class _FrameEngine(DataFrameSchemaBackend):
    """pandera's engine for frames, whose failures are all told as text."""

    def failure_cases_metadata(self, schema_name: str, schema_errors: list[SchemaError]) -> FailureCaseMetadata:
        """Return the failures as one frame."""
        return super().failure_cases_metadata(schema_name, _as_text(schema_errors))


class _ColumnEngine(ColumnBackend):
    """pandera's engine for columns, whose failures are all told as text."""

    def failure_cases_metadata(self, schema_name: str, schema_errors: list[SchemaError]) -> FailureCaseMetadata:
        """Return the failures as one frame."""
        return super().failure_cases_metadata(schema_name, _as_text(schema_errors))


class RuleCheck(pa.Check):
    """A check that pandera's settings do not hand to another engine."""

    @classmethod
    def get_backend(cls, check_obj: object) -> type[PolarsCheckBackend]:  # noqa: ARG003  (pandera's signature)
        """Return the engine of polars."""
        return PolarsCheckBackend


class RuleColumn(pa.Column):
    """A column with the checks of our rules; only the whole frame can be held to them."""

    @staticmethod
    def register_default_backends(check_obj_cls: type) -> None:  # noqa: ARG004  (pandera's signature)
        """Make the engine of polars known for this class and for our checks, whichever one pandera is set to."""
        _register()

    def validate(self, *arguments: Any, **named: Any) -> Any:
        """Validate as a part of the schema; alone it is refused."""
        if _UNDER_WAY.get() is None:
            _refuse("a column by itself was validated", "the rules look at whole rows", "Validate the whole frame.")
        return super().validate(*arguments, **named)


class SubmissionSchema(pa.DataFrameSchema):
    """A pandera schema that always holds all data to all its rules, whatever the surrounding settings say.

    A plain schema passes everything where `PANDERA_VALIDATION_ENABLED=False` is set, and looks at no data of a
    lazy frame. It can be called, copied, pickled, given further columns and used by pandera's decorators; what would
    change, drop, sample or lose something without a word is refused with NotImplementedError.
    """

    look: FrameLook | None = None

    @staticmethod
    def register_default_backends(check_obj_cls: type) -> None:  # noqa: ARG004  (pandera's signature)
        """Make the engine of polars known for this class too, whichever one pandera is set to."""
        _register()

    def validate(
        self,
        check_obj: Any,
        head: int | None = None,
        tail: int | None = None,
        sample: int | None = None,
        random_state: int | None = None,
        lazy: bool = False,
        inplace: bool = False,
    ) -> Any:
        """Return a frame that holds to every rule, as it is.

        Arguments:
            check_obj: A DataFrame, or a LazyFrame, which is collected once and comes back as what was looked at.
            head, tail, sample, random_state: Not supported.
            lazy: Whether all failures are collected.
            inplace: Of no effect, as in pandera.

        Raises:
            SchemaError, SchemaErrors: pandera's own; SchemaErrors with `lazy=True`. Where a personal number stands
                in the frame, only that is said, and the error holds nothing of the frame.
            NotImplementedError: A part of the frame is to be validated, or something is to be changed or dropped.
            TypeError: It is no polars frame.
        """
        if any(given is not None for given in (head, tail, sample, random_state)):
            _refuse(
                "head, tail or sample was given",
                "whether a row is right depends on the other rows",
                "Validate the whole frame.",
            )
        return self._validated(check_obj, {}, lazy=lazy, inplace=inplace)

    def _validated(
        self, given: object, looks: dict[FrameLook, SeenFrame], *, lazy: bool = True, inplace: bool = False
    ) -> pl.DataFrame | pl.LazyFrame:
        if not isinstance(given, pl.DataFrame | pl.LazyFrame):
            raise TypeError(
                f"{self.name}: a {type(given).__name__} was given; a polars DataFrame or LazyFrame is expected. "
                "Make one of it, as with pl.from_pandas."
            )
        self._refuse_changes()
        frame = given.collect() if isinstance(given, pl.LazyFrame) else given
        schema: SubmissionSchema = self
        if self.look is not None:
            looks[self.look] = self.look.at(frame)
            if PERSONAL in looks[self.look].others:
                schema = self._only_personal(self.look)
        with _under_way(looks), _always():
            try:
                held: pl.DataFrame = pa.DataFrameSchema.validate(schema, frame, lazy=lazy, inplace=inplace)
            except (SchemaError, SchemaErrors) as error:
                if schema is self:
                    raise
                told = error
            else:
                return held.lazy() if isinstance(given, pl.LazyFrame) else held
        raise _without_frame(told) from None

    def _only_personal(self, look: FrameLook) -> "SubmissionSchema":
        """Return a schema that only says that a personal number stands in the frame, and quotes nothing."""
        bare = copy(self)
        bare.columns = {}
        bare.checks = [_frame_check(look, next(rule for rule in rules_for(()) if rule.code == PERSONAL))]
        return bare

    def _refuse_changes(self) -> None:
        own = [column for column in self.columns.values() if isinstance(column, RuleColumn)]
        if self.drop_invalid_rows or any(column.drop_invalid_rows for column in own):
            _refuse("drop_invalid_rows was set", "a return is let in whole or not at all", "Filter the frame yourself.")
        if self.look is not None and (self.coerce or any(column.coerce for column in own)):
            _refuse(
                "coerce was set", "what was sent is read as it stands", "Cast the frame yourself, after validating it."
            )
        if self.look is not None and self.strict == "filter":
            _refuse("strict='filter' was set", "no column is dropped without a word", "Select the columns yourself.")

    def update_columns(self, update_dict: dict[str, dict[str, Any]]) -> Self:
        """Change columns that were added; those with rules stay as they are."""
        self._refuse_ours(update_dict)
        return super().update_columns(update_dict)

    def update_column(self, column_name: str, **kwargs: Any) -> Self:
        """Change a column that was added; those with rules stay as they are."""
        self._refuse_ours([column_name])
        return super().update_column(column_name, **kwargs)

    def rename_columns(self, rename_dict: dict[str, str]) -> Self:
        """Rename columns that were added; those with rules stay as they are."""
        self._refuse_ours(rename_dict)
        return super().rename_columns(rename_dict)

    def _refuse_ours(self, names: Iterable[str]) -> None:
        ours = sorted(name for name in names if isinstance(self.columns.get(name), RuleColumn))
        if ours:
            _refuse(
                f"{', '.join(ours)} was to be changed",
                "its rules know it by this name and form",
                "Add a column of your own (add_columns), or validate with a second schema.",
            )

    def to_yaml(self, *_: Any, **__: Any) -> NoReturn:
        """Refused: the rules are code, and would be lost."""
        _refuse_writing()

    def to_json(self, *_: Any, **__: Any) -> NoReturn:
        """Refused: the rules are code, and would be lost."""
        _refuse_writing()

    def to_script(self, *_: Any, **__: Any) -> NoReturn:
        """Refused: the rules are code, and would be lost."""
        _refuse_writing()

    @classmethod
    def from_yaml(cls, *_: Any, **__: Any) -> NoReturn:
        """Refused: the rules come from a partnership."""
        _refuse_writing()

    @classmethod
    def from_json(cls, *_: Any, **__: Any) -> NoReturn:
        """Refused: the rules come from a partnership."""
        _refuse_writing()


def _register() -> None:
    # not by pandera's settings: with its other engine asked for but not installed, it cannot even begin
    register_polars_backends(use_narwhals_backend=False)
    SubmissionSchema.register_backend(pl.DataFrame, _FrameEngine)
    SubmissionSchema.register_backend(pl.LazyFrame, _FrameEngine)
    RuleColumn.register_backend(pl.LazyFrame, _ColumnEngine)


def _refuse(found: str, expected: str, remedy: str) -> NoReturn:
    raise NotImplementedError(f"the schema of a submission: {found}; {expected}. {remedy}")


def _refuse_writing() -> NoReturn:
    _refuse(
        "it was to be written to or read from a file",
        "its rules are code, and pandera would leave them out without a word",
        "Keep the partnership's folder and make the schema of it, or pickle the schema.",
    )


def _without_frame(error: SchemaError | SchemaErrors) -> SchemaError | SchemaErrors:
    """Return an error of pandera without the frame, its chain and its way through pandera."""
    for one in (error, *getattr(error, "schema_errors", ())):
        one.data = one.check_output = None
        one.__cause__ = one.__context__ = None
    return error.with_traceback(None)


def _frame_check(look: FrameLook, rule: Rule) -> RuleCheck:
    return RuleCheck(partial(_frame_holds, look, rule.code), name=rule.name, error=rule.code)


def submission_schema(
    partnership: Partnership,
    *,
    partner: str | None,
    as_of: date | None = None,
    severity: Severity = Severity.ERROR,
) -> SubmissionSchema:
    """Return the pandera schema of the frames in the long form that a partner may send.

    Arguments:
        partnership: What the figures are read against.
        partner: The sender's code; None for any sender.
        as_of: Periods that begin later are refused; None refuses none.
        severity: Which rules it is made of. Warnings are a second schema: they refuse nothing in `check`. What the
            layout `native` tolerates is a warning. Both refuse a personal number.

    Returns:
        A schema whose checks have the rules' codes as their error text. It changes no value and coerces no type.
        Rules on files and on what was sent before are not in it (`outcomes.intake.rules.reach`).

    Raises:
        UnknownNameError: No partner has this code.
    """
    look = FrameLook(partnership, partner, as_of, severity)
    rules = {rule.code: rule for rule in look.rules}
    checks: dict[str, list[pa.Check]] = {column: [] for column in look.terms.columns}
    for code, column in look.places:
        held = partial(_cells_hold, look, code, column)
        checks[column or ROW_COLUMN].append(RuleCheck(held, name=rules[code].name, error=code, ignore_na=False))
    personal = next(rule for rule in rules_for(()) if rule.code == PERSONAL)
    schema = SubmissionSchema(
        {
            # that a column is missing is a check on the frame: pandera 0.35 breaks down when a column that it requires
            # itself is missing in a frame that fails another check on the frame as such
            column: RuleColumn(None, checks=found, required=False, nullable=True)
            for column, found in checks.items()
        },
        checks=[_frame_check(look, rule) for rule in ({PERSONAL: personal} | rules).values()],
        strict=False,
        coerce=False,
        name=f"submission of {partner or 'any partner'}",
    )
    schema.look = look
    return schema


def submission_failures(schema: SubmissionSchema, frame: pl.DataFrame | pl.LazyFrame) -> pl.DataFrame:
    """Return what a schema finds in a frame: code, row (counted as in `check`: the first record is row 2) and column.

    Arguments:
        schema: From `submission_schema`.
        frame: In the long form.

    Returns:
        One row a failure, sorted. The column is null where the whole row is meant, the row too where the frame as such
        is. A check that was added to the schema has its own error text or name as the code.

    Raises:
        RuntimeError: A check broke down instead of answering.
    """
    looks: dict[FrameLook, SeenFrame] = {}
    found: set[tuple[str, int | None, str | None]] = set()
    try:
        schema._validated(frame, looks)
    except SchemaErrors as errors:
        for error in errors.schema_errors:
            found |= {(code, row, column) for code, (row, column) in _told(error, looks)}
    return pl.DataFrame(sorted(found, key=_order), schema=_FAILURES, orient="row")


def _told(error: SchemaError, looks: dict[FrameLook, SeenFrame]) -> Iterator[tuple[str, Place]]:
    check = error.check
    if error.reason_code is SchemaErrorReason.CHECK_ERROR:
        raise RuntimeError(f"the check {check.error or check.name} of the schema broke down: {error}") from None
    held = getattr(check, "_check_fn", None)
    of_rule = held.func if isinstance(held, partial) else None
    if isinstance(held, partial) and of_rule is _cells_hold:
        look, code, column = held.args
        yield from ((code, (row + 2, column or None)) for row in looks[look].cells[code, column])
    elif isinstance(held, partial) and of_rule is _frame_holds:
        look, code = held.args
        yield from ((code, place) for place in looks[look].others[code])
    else:
        # a check that somebody added
        code = str(check if isinstance(check, str) or check is None else check.error or check.name)
        column = error.column_name
        output = error.check_output
        if isinstance(output, pl.DataFrame) and isinstance(error.failure_cases, pl.DataFrame):
            yield from ((code, (row + 2, column)) for row in (~output.to_series()).arg_true())
        else:
            yield code, (None, column)


def _order(told: tuple[str, int | None, str | None]) -> tuple[str, int, str]:
    code, row, column = told
    return code, row or 0, column or ""
