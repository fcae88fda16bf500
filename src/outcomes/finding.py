"""A finding: one thing that a check has to say to the sender of a file, in words that a lay person can act on."""

from dataclasses import dataclass

from outcomes.vocabulary import Severity, Verdict

__all__ = ["Finding", "verdict_of"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One fault or remark about a partner's file.

    Attributes:
        code: The stable code of the rule, such as `OUT-101`.
        severity: Any error rejects the file; a warning is only said.
        text: What is wrong, with what was expected; plain English, no library words.
        fix: What to do about it.
        file: The name of the file.
        sheet: The worksheet; None in a file without sheets.
        row: The 1-based row of the partner's own sheet, header included; None for the whole file.
        cell: The cell's address, such as `D14`; None without a row and a column.
        column: The column by the framework's name; None for the whole row or file.
        header: The partner's own wording of that column.
        value: What stands there, quoted short (at most 60 characters), personal numbers masked.
        example: A correct form.
        repeats: How many further rows have the same fault and are not listed one by one.
    """

    code: str
    severity: Severity
    text: str
    fix: str = ""
    file: str = ""
    sheet: str | None = None
    row: int | None = None
    cell: str | None = None
    column: str | None = None
    header: str | None = None
    value: str | None = None
    example: str = ""
    repeats: int = 0


def verdict_of(findings: tuple[Finding, ...]) -> Verdict:
    """Return the verdict that findings add up to: any error rejects, any warning is said.

    >>> verdict_of(()).value
    'accepted'
    """
    severities = {finding.severity for finding in findings}
    if Severity.ERROR in severities:
        return Verdict.REJECTED
    return Verdict.ACCEPTED_WITH_WARNING if severities else Verdict.ACCEPTED
