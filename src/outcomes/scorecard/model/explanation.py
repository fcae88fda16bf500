"""From a number back to its rows: Explanation."""

from datetime import date, datetime

from outcomes.scorecard.model.base import Frozen
from outcomes.scorecard.model.line import DefinitionSummary
from outcomes.scorecard.model.values import Value

__all__ = [
    "Explanation",
    "ExplanationStep",
    "ExplanationTable",
    "SourceRow",
    "Working",
    "WorkingInput",
]


class SourceRow(Frozen):
    """One row of a partner's file that entered a figure.

    `verdict` and `codes` are what the check said of the file; `signed_off_by` the role that signed it off, and
    `answered_for_by` the role that answers for what the partner sends; empty where there is none.
    """

    partner_code: str
    partner: str
    area_code: str
    area: str
    breakdown: str
    numerator: float | None
    denominator: float | None
    value: float | None
    status: str | None
    submission: int
    file: str
    sheet: str | None
    row: int | None
    received_at: datetime | None
    sha256: str
    is_revision: bool
    verdict: str = ""
    codes: tuple[str, ...] = ()
    signed_off_by: str = ""
    signed_off_on: date | None = None
    answered_for_by: str = ""


class WorkingInput(Frozen):
    """A number that entered a working, under the name that its formula gives it."""

    name: str
    value: float


class Working(Frozen):
    """One number worked out: the formula in words, and again with the numbers put in.

    Attributes:
        what: What it is, such as `lower 95 % limit`.
        formula: With the names of the inputs; `χ²(p; k)` is the chi-squared quantile of p on k degrees of freedom;
            `Φ(z)`, `F(x; k)` and `T(t; k)` are the chances that a standard normal number, chi-squared and Student's t
            on k degrees of freedom lie below the first.
        with_numbers: The formula with the inputs in place of their names, and the result after `=`.
        inputs: Every number that entered, unrounded.
        result: Unrounded.
    """

    what: str
    formula: str
    with_numbers: str
    inputs: tuple[WorkingInput, ...]
    result: float


class ExplanationTable(Frozen):
    """The rows that a stage looked at, such as the five points of a trend; None where a cell has no number."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str | float | None, ...], ...]


class ExplanationStep(Frozen):
    """One stage of the street: what it did with this figure, the figures that it used, and the sums it did.

    Attributes:
        stage: Its name; of a signal `judged: …`.
        sentence: What it did, or what it says.
        figures: Names and figures, as text.
        method, method_title, method_formula: The named method; empty where there is none.
        references: Numbers of `Explanation.references`, counted from 1.
        evidence: The golden files and specification pages that the method is held against.
        tables, workings: The rows that were looked at, and each number worked out from them.
    """

    stage: str
    sentence: str
    figures: tuple[tuple[str, str], ...] = ()
    method: str = ""
    method_title: str = ""
    method_formula: str = ""
    references: tuple[int, ...] = ()
    evidence: tuple[str, ...] = ()
    tables: tuple[ExplanationTable, ...] = ()
    workings: tuple[Working, ...] = ()


class Explanation(Frozen):
    """From one number back to the rows that it came from. Works on the record; never public.

    `references` are numbered from 1, as the steps name them; `formula` is that of the method of the value.
    """

    indicator_id: str
    indicator_version: int
    name: str
    area_code: str
    area: str
    period: str
    as_of: date
    known_at: int
    value: Value
    definition: DefinitionSummary
    formula: str
    references: tuple[str, ...]
    steps: tuple[ExplanationStep, ...]
    rows: tuple[SourceRow, ...]
