"""One return of the small world with a fault of many kinds, for the pages, notes and lists that are made of it."""

from functools import cache

from outcomes.intake.model import CheckResult, ReturnSummary
from outcomes.intake.summarising import return_summary
from tests.unit.intake.returns_world import HEADER, WORLD, sent

__all__ = ["RETURN", "clean", "returned", "with_people"]

RETURN = f"""Return of Trust One,,,,,
{HEADER},comment
stay,P1,2026-04,10,20,
stay,P2,2026-04,about 50,20,
stay,P1,2026-05,30,20,
stya,P2,2026-05,7,20,
stay,P1,2026-06,seven,20,
stay,P2,2026-06,+5,20,<b>bold</b>
visits,P1,2026-06,9,-,
visits,P2,June 2026,9,100,a note that goes on and on and on and on and on and on
TOTAL,,,70,,
"""


@cache
def returned() -> tuple[CheckResult, ReturnSummary]:
    """A file that is sent back, and what was read of it."""
    result = sent(RETURN)
    return result, return_summary(result, WORLD)


@cache
def clean() -> tuple[CheckResult, ReturnSummary]:
    """A file that is let in with something to look at."""
    result = sent(f"{HEADER}\nstay,P1,2026-04,10,20\nvisits,P1,2026-04,+7,900\n")
    return result, return_summary(result, WORLD)


@cache
def with_people() -> tuple[CheckResult, ReturnSummary]:
    """A file with an NHS number in one row, and more of one fault than are listed."""
    rows = "".join(f"stay,P1,2026-04,bad{number},20,\n" for number in range(60))
    result = sent(f"{HEADER},comment\n{rows}stay,P2,2026-04,3,20,999 123 4578\n")
    return result, return_summary(result, WORLD)
