"""The pandera schema of a submission, made from the same rules as the fast path. Only this file knows pandera.

A frame is looked at once: every check of the schema reads the answer of that one look for its own rule and column.
"""

from collections.abc import Callable
from datetime import date
from typing import Any, Final

import pandera.polars as pa
import polars as pl
from pandera.api.polars.types import PolarsData
from pandera.backends.polars.container import DataFrameSchemaBackend
from pandera.config import ValidationDepth, config_context
from pandera.errors import SchemaErrorReason, SchemaErrors

from outcomes.intake.applying import broken_rules
from outcomes.intake.entries_model import IDENTITY
from outcomes.intake.framing import FrameFault, framed
from outcomes.intake.rules import rules_for
from outcomes.intake.rules.rule import Rule
from outcomes.intake.terms import Terms
from outcomes.partnership.model import Partnership
from outcomes.vocabulary import Severity

__all__ = ["SubmissionSchema", "failures", "submission_schema"]

_FAILURES: Final = {"code": pl.String(), "row": pl.Int64(), "column": pl.String()}
# on the frame as such; everything else is on single cells
_WHOLE_FRAME: Final = (
    "OUT-011",
    "OUT-012",
    "OUT-013",
    "OUT-101",
    "OUT-102",
    "OUT-103",
    "OUT-104",
    "OUT-109",
    "OUT-701",
)


class SubmissionSchema(pa.DataFrameSchema):
    """A pandera schema that always validates data, whatever the environment or the surrounding settings say.

    A plain schema passes everything where `PANDERA_VALIDATION_ENABLED=False` is set, and looks at no data of a
    lazy frame.
    """

    @staticmethod
    def register_default_backends(check_obj_cls: type) -> None:
        """Make the backends of polars known for this class too."""
        pa.DataFrameSchema.register_default_backends(check_obj_cls)
        SubmissionSchema.register_backend(pl.DataFrame, DataFrameSchemaBackend)
        SubmissionSchema.register_backend(pl.LazyFrame, DataFrameSchemaBackend)

    def validate(self, *arguments: Any, **named: Any) -> Any:
        """Validate a frame; raises pandera's SchemaError, or SchemaErrors with `lazy=True`."""
        with config_context(validation_enabled=True, validation_depth=ValidationDepth.SCHEMA_AND_DATA):
            return super().validate(*arguments, **named)


class _Look:
    """Looks at a frame once for all checks: which rules are broken, where."""

    def __init__(self, terms: Terms, rules: tuple[Rule, ...]) -> None:
        self.terms = terms
        self.rules = rules
        self.seen: tuple[pl.DataFrame, frozenset[str], dict[tuple[str, str], pl.Series]] | None = None

    def at(self, lazy: pl.LazyFrame) -> tuple[pl.DataFrame, frozenset[str], dict[tuple[str, str], pl.Series]]:
        """Return the frame, the codes broken by the whole frame, and the positions that break each check."""
        frame = lazy.collect()
        seen = self.seen
        if seen is None or frame.schema != seen[0].schema or not frame.equals(seen[0]):
            seen = (frame, *self._look(frame))
            self.seen = seen
        return seen

    def _look(self, frame: pl.DataFrame) -> tuple[frozenset[str], dict[tuple[str, str], pl.Series]]:
        try:
            table, entries = framed(frame, self.terms)
        except FrameFault as fault:
            return fault.codes, {}
        codes = frozenset(remark.code for remark in table.remarks)
        rows = entries["row"].cast(pl.Int64) - 2
        broken = {(one.rule.code, one.column): rows.gather(one.positions) for one in broken_rules(entries, self.rules)}
        return codes, broken

    def cells(self, code: str, column: str) -> Callable[[PolarsData], pl.LazyFrame]:
        """Return the check of one rule on one column: true where it holds."""

        def holds(given: PolarsData) -> pl.LazyFrame:
            frame, _, broken = self.at(given.lazyframe)
            held = pl.repeat(True, frame.height, dtype=pl.Boolean, eager=True)
            positions = broken.get((code, column))
            return (held if positions is None else held.scatter(positions, False)).to_frame("holds").lazy()

        return holds

    def whole(self, code: str) -> Callable[[PolarsData], bool]:
        """Return the check of one rule on the frame as such."""

        def holds(given: PolarsData) -> bool:
            return code not in self.at(given.lazyframe)[1]

        return holds


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
        severity: Which rules it is made of. Warnings are a second schema: they refuse nothing in `check`.

    Returns:
        A schema whose checks have the rules' codes as their error text. It changes no value and coerces no type.

    Raises:
        UnknownNameError: No partner has this code.
    """
    sender = partnership.partner(partner) if partner is not None else None
    terms = Terms(partnership, sender, as_of, partnership.layouts["native"])
    rules = tuple(rule for rule in rules_for(terms.dimensions) if rule.severity is severity)
    look = _Look(terms, rules)
    checks: dict[str, list[pa.Check]] = {column: [] for column in terms.columns}
    for rule in rules:
        for column, _ in rule.checks:
            if (column or IDENTITY[0]) in checks:
                check = pa.Check(look.cells(rule.code, column), name=rule.name, error=rule.code, ignore_na=False)
                # a rule on whole rows is told at the first column: pandera would write the whole row into its message
                checks[column or IDENTITY[0]].append(check)
    whole = [
        pa.Check(look.whole(rule.code), name=rule.name, error=rule.code) for rule in rules if rule.code in _WHOLE_FRAME
    ]
    return SubmissionSchema(
        {
            # that a column is missing is a check on the frame: pandera 0.35 breaks down when a column that it requires
            # itself is missing in a frame that fails another check on the frame as such
            column: pa.Column(None, checks=found, required=False, nullable=True)
            for column, found in checks.items()
        },
        checks=whole,
        strict=False,
        coerce=False,
        name=f"submission of {partner or 'any partner'}",
    )


def failures(schema: SubmissionSchema, frame: pl.DataFrame | pl.LazyFrame) -> pl.DataFrame:
    """Return what a schema finds in a frame: code, row (counted as in `check`: the first record is row 2) and column.

    Arguments:
        schema: From `submission_schema`.
        frame: In the long form.

    Returns:
        One row a failure, sorted; row and column are null for the frame as such.

    Raises:
        RuntimeError: A check broke down instead of answering.
    """
    try:
        schema.validate(frame, lazy=True)
    except SchemaErrors as errors:
        crashed = [one for one in errors.schema_errors if one.reason_code is SchemaErrorReason.CHECK_ERROR]
        if crashed:
            raise RuntimeError(f"a check of the schema broke down: {crashed[0]}") from None
        cases: pl.DataFrame = errors.failure_cases
        found = {
            (str(case["check"]), None, None)
            if case["index"] is None
            else (str(case["check"]), int(case["index"]) + 2, str(case["column"]))
            for case in cases.iter_rows(named=True)
        }
        return pl.DataFrame(sorted(found, key=repr), schema=_FAILURES, orient="row")
    return pl.DataFrame(schema=_FAILURES)
