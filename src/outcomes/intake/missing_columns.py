"""Says that a column is missing, with a guess at the header that may have been meant for it."""

from collections.abc import Iterable

from outcomes.intake.codes import closest
from outcomes.intake.quoting import quoted
from outcomes.intake.remark import Remark

__all__ = ["missing_column"]


def missing_column(column: str, header_row: int | None, headers: Iterable[str]) -> Remark:
    """Return the remark that a column is missing.

    Arguments:
        column: By our name.
        header_row: The row of the header.
        headers: The names that do stand in the header.

    >>> missing_column("denominator", 1, ["denom"]).details["hint"]
    'Is it the one called “denom”? Only the exact name is read.'
    >>> missing_column("denominator", 1, ["denom"]).details["how"]
    'Write denominator in place of “denom”, if that is the column. If not, add one of exactly this name.'
    """
    near = [name for name in headers if closest(name, [column])]
    if not near:
        how = "Add a column with exactly this name, or give it to the column in which this stands."
        return Remark(code="OUT-102", row=header_row, column=column, details={"how": how})
    called = f"“{quoted(near[0])}”"
    details = {
        "hint": f"Is it the one called {called}? Only the exact name is read.",
        "how": f"Write {column} in place of {called}, if that is the column. If not, add one of exactly this name.",
    }
    return Remark(code="OUT-102", row=header_row, column=column, details=details)
