"""Says how far each rule reaches: whether a frame alone can break it, or it takes a file, a layout or the record."""

from enum import StrEnum
from typing import Final

from outcomes.intake.rules.rule import Rule

__all__ = ["ROWS", "Reach", "reach_of"]


class Reach(StrEnum):
    """What must be there for a rule to be broken. A schema of frames is made of the first three."""

    CELLS = "cells"
    TABLE = "table"
    LAYOUT = "layout"
    FILE = "file"
    RECORD = "record"


# on whole rows, seen before the rows are worked out
ROWS: Final = ("OUT-114", "OUT-116", "OUT-152", "OUT-154", "OUT-155")

# closed: whatever has no check on single rows stands in one of these lists or groups
_LISTED: Final[dict[Reach, tuple[str, ...]]] = {
    # the shape of the table as such
    Reach.TABLE: (
        *ROWS,
        "OUT-011",
        "OUT-012",
        "OUT-013",
        "OUT-020",
        "OUT-101",
        "OUT-102",
        "OUT-103",
        "OUT-104",
        "OUT-109",
        "OUT-153",
        "OUT-158",
        "OUT-159",
        "OUT-160",
        "OUT-260",
        "OUT-555",
        "OUT-701",
    ),
    # the long form brings them about only where the partnership's own layout `native` says more than it usually does
    Reach.LAYOUT: (
        "OUT-111",
        "OUT-112",
        "OUT-113",
        "OUT-115",
        "OUT-163",
        "OUT-164",
        "OUT-165",
        "OUT-166",
        "OUT-167",
        "OUT-168",
        "OUT-169",
        "OUT-255",
        "OUT-256",
        "OUT-305",
        "OUT-306",
        "OUT-508",
        "OUT-509",
        "OUT-556",
        "OUT-557",
    ),
    # worksheets, lines of text, and what is said when the file is handed in; besides the group OUT-0
    Reach.FILE: (
        "OUT-105",
        "OUT-106",
        "OUT-107",
        "OUT-108",
        "OUT-110",
        "OUT-151",
        "OUT-156",
        "OUT-157",
        "OUT-161",
        "OUT-162",
        "OUT-353",
        "OUT-354",
    ),
}
# whole groups, but for what is listed above: the file as such, and what the record holds
_GROUPS: Final = {"OUT-0": Reach.FILE, "OUT-6": Reach.RECORD}
_REACHES: Final = {code: reach for reach, codes in _LISTED.items() for code in codes}


def reach_of(rule: Rule) -> Reach:
    """Return what must be there for a rule to be broken.

    Raises:
        KeyError: The rule has no check on single rows, and nobody has said what it takes.

    >>> from outcomes.intake.rules import RULES
    >>> reach_of(RULES["OUT-501"]).value, reach_of(RULES["OUT-102"]).value, reach_of(RULES["OUT-010"]).value
    ('cells', 'table', 'file')
    """
    listed = _REACHES.get(rule.code) or _GROUPS.get(rule.code[:5])
    if listed is None and rule.checks:
        return Reach.CELLS
    return listed or _REACHES[rule.code]
