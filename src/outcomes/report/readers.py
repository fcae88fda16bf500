"""Says who may read a page, and what of a whole folder may go where."""

from collections.abc import Iterable
from textwrap import fill
from typing import Final

from outcomes.report.wording import say

__all__ = ["READ_FIRST", "read_first", "readers_of"]

# at the top of the folder, where whoever copies it sees it
READ_FIRST: Final = "READ_FIRST.txt"
_WIDTH: Final = 100
_WORKING_COPY: Final = "working copy"


def readers_of(design_id: str, product: str, heading: str) -> str:
    """Return who may read a page, as its foot says.

    Arguments:
        design_id: The design of the page: those for the nation and the public have readers of their own.
        product: Of an unprotected working copy nothing goes beyond the partners.
        heading: The name of the whole.

    >>> readers_of("public", "draft", "Ours")
    'everyone, once it is published.'
    """
    if product == _WORKING_COPY:
        return say("readers_working_copy", heading=heading)
    if design_id in ("public", "national"):
        return say(f"readers_{design_id}", heading=heading)
    return say("readers_partners", heading=heading)


def read_first(title: str, products: Iterable[str]) -> bytes:
    """Return what stands at the top of the folder of a site: what of it may go where.

    Arguments:
        title: The name of the whole.
        products: Of the scorecards; one working copy makes the whole folder one.
    """
    text = say("first_working_copy" if _WORKING_COPY in set(products) else "first_draft", title=title)
    # what is set out in columns has its lines already
    lines = (line if line.startswith("  ") else fill(line, _WIDTH) for line in text.split("\n"))
    return "\n".join(lines).encode()
