"""What a spreadsheet would run as a formula, and the apostrophe that keeps it from doing so: one rule for all."""

from typing import Final

__all__ = ["FORMULA_PATTERN", "FORMULA_START", "never_run"]

# full-width forms are folded to the plain ones by some programs
FORMULA_START: Final = tuple("=+-@\t\r\n＝＋－＠")
# the same as a pattern for columns: after any blanks, which some programs take away
FORMULA_PATTERN: Final = r"^\s*[=+\-@\t\r\n＝＋－＠]|^[\t\r\n]"


def never_run(text: str) -> str:
    """Return a text as a cell that no spreadsheet runs: led by an apostrophe where one would.

    >>> never_run("=1+1"), never_run(" ＝1"), never_run("Falls")
    ("'=1+1", "' ＝1", 'Falls')
    """
    starts = text.lstrip().startswith(FORMULA_START) or text.startswith(FORMULA_START)
    return f"'{text}" if starts else text
