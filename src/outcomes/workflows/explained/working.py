"""Writes one number's working: a formula by its names, and the same formula with the numbers put in."""

import re
from collections.abc import Mapping, Sequence

from outcomes.scorecard.model import ExplanationTable, Working, WorkingInput

__all__ = ["figure", "table", "working"]

_DIGITS = 10


def figure(number: float) -> str:
    """Return a number as a working prints it: ten digits, thousands apart, a true minus sign.

    >>> figure(3871.0), figure(-0.25), figure(1 / 3)
    ('3,871', '−0.25', '0.3333333333')
    """
    return f"{number:,.{_DIGITS}g}".replace("-", "−")


def working(what: str, formula: str, inputs: Mapping[str, float | None], result: float | None) -> Working | None:
    """Return a working; None where an input or the result is missing, for then there is nothing to work out.

    Arguments:
        what: What is worked out.
        formula: With the inputs' names, every one of them.
        inputs: Name to number.
        result: What the library gives, not what the formula would.

    >>> working("value", "multiplier × events / persons", {"multiplier": 100, "events": 3, "persons": 12},
    ...     25.0).with_numbers
    '100 × 3 / 12 = 25'
    """
    known = {name: float(number) for name, number in inputs.items() if number is not None}
    if result is None or len(known) < len(inputs):
        return None
    # the longest name first: one may be the beginning of another; not by \w, to which ² is a letter
    names = "|".join(re.escape(name) for name in sorted(known, key=len, reverse=True))
    pattern = re.compile(rf"(?<![A-Za-z])({names})(?![A-Za-z])")
    absent = set(known) - set(pattern.findall(formula))
    assert not absent, f"the formula of {what} lacks {', '.join(sorted(absent))}"

    def number_of(found: re.Match[str]) -> str:
        number = known[found[1]]
        return f"({figure(number)})" if number < 0 else figure(number)

    return Working(
        what=what,
        formula=formula,
        with_numbers=f"{pattern.sub(number_of, formula)} = {figure(result)}",
        inputs=tuple(WorkingInput(name=name, value=number) for name, number in known.items()),
        result=result,
    )


def table(
    title: str, columns: Sequence[str], rows: Sequence[Sequence[str | float | None]]
) -> tuple[ExplanationTable, ...]:
    """Return a table, or nothing where it would have no rows."""
    if not rows:
        return ()
    return (ExplanationTable(title=title, columns=tuple(columns), rows=tuple(tuple(row) for row in rows)),)
