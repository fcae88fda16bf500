"""The noun Rule: what is held against a file, as data; the fast path, the pandera schema and the manual read it."""

from dataclasses import dataclass

import polars as pl

from outcomes.vocabulary import Severity

__all__ = ["Rule", "error", "warning"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One rule of intake.

    Attributes:
        code: Its stable code, such as `OUT-501`; the number's first digit names its group.
        name: Its stable name in words joined by hyphens.
        severity: Whether breaking it rejects the file or is only said.
        says: What is wrong, with gaps: {value}, {column}, {hint} and those of the remark or the entry.
        fix: What to do about it; it has the same gaps.
        example: A correct form.
        checks: For rules on single rows: the column concerned, and the expression over the table of entries that is
            true where the rule is broken. Empty for rules on the whole file.
        shown: Of each kind, so many rows are shown one by one.
        shown_first: The column of flags of rows that are shown before others; empty where the first rows are.
        is_tolerable: Whether a layout of a publication may let it in with a reason: the figures contradict each other,
            but each can be read without doubt.
    """

    code: str
    name: str
    severity: Severity
    says: str
    fix: str
    example: str = ""
    checks: tuple[tuple[str, pl.Expr], ...] = ()
    is_tolerable: bool = False
    shown: int = 20
    shown_first: str = ""


def error(
    code: str,
    name: str,
    says: str,
    fix: str,
    *checks: tuple[str, pl.Expr],
    example: str = "",
    is_tolerable: bool = False,
    shown_first: str = "",
) -> Rule:
    """Return a rule that rejects the file when it is broken."""
    return Rule(
        code=code,
        name=name,
        severity=Severity.ERROR,
        says=says,
        fix=fix,
        example=example,
        checks=checks,
        is_tolerable=is_tolerable,
        shown_first=shown_first,
    )


def warning(
    code: str,
    name: str,
    says: str,
    fix: str,
    *checks: tuple[str, pl.Expr],
    example: str = "",
    shown: int = 20,
    shown_first: str = "",
) -> Rule:
    """Return a rule that is only said when it is broken."""
    return Rule(
        code=code,
        name=name,
        severity=Severity.WARNING,
        says=says,
        fix=fix,
        example=example,
        checks=checks,
        shown=shown,
        shown_first=shown_first,
    )
