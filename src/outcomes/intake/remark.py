"""A remark: a rule's code with the place it concerns, before it becomes a finding in plain words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

__all__ = ["Remark"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """One thing to say about a file.

    Attributes:
        code: The rule's code.
        row: The 1-based row of the sheet; None for the whole file.
        column: By the framework's name; None for the whole row or file.
        value: What stands there, unquoted; it is masked and shortened when the finding is made.
        details: What the rule's sentence has gaps for.
        sheet: The worksheet, where it is not the one that was read.
        repeats: How many further rows have the same fault.
        address: Which of the table's addresses says where the column stands.
        place: The place of the one cell in the sheet that is meant, where it is not the column's own.
        further_rows: Which rows `repeats` counts, where that is known.
    """

    code: str
    row: int | None = None
    column: str | None = None
    value: str | None = None
    details: Mapping[str, str] = field(default_factory=dict)
    sheet: str | None = None
    repeats: int = 0
    address: int = 0
    place: int | None = None
    further_rows: Sequence[int] = ()
