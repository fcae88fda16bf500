"""Says where a partner that ended sends figures of periods that begin after its end, and who follows it."""

from collections.abc import Iterator
from datetime import date
from typing import Final

import polars as pl

from outcomes.intake.entries import Entries
from outcomes.intake.remark import Remark
from outcomes.intake.terms import Terms
from outcomes.partnership.partner_succession import heir_of

__all__ = ["periods_after_end"]

_NAMED: Final = 3
_HEIR: Final = (
    "Send them in a file of {heir}, who is asked for them now; sent by {partner} they stand under an organisation that "
    "was not there any more."
)
_NOBODY: Final = (
    "Check the periods. In partners.yaml nobody follows it: if {partner} goes on, its valid_to is wrong; if another "
    "took its work over, name that one as successor."
)


def periods_after_end(entries: Entries, terms: Terms) -> Iterator[Remark]:
    """Yield a remark where rows are about periods that begin after the last day of who sends them.

    What an ended partner sends of earlier periods is its own, and nothing is said of it.

    Arguments:
        entries: With identity.
        terms: Who is said to have sent it.
    """
    sender = terms.partner
    if sender is None or sender.valid_to is None:
        return
    late = entries.select("period", "period_start").filter(pl.col("period_start") > sender.valid_to)
    if late.is_empty():
        return
    periods = late.unique().sort("period_start", "period")["period"].to_list()
    listed = [str(period) for period in periods[:_NAMED]]
    last = f"{len(periods) - _NAMED} more" if len(periods) > _NAMED else listed.pop()
    details = {
        "partner": sender.code,
        "ended": str(sender.valid_to),
        "rows": f"{late.height:,}",
        "periods": f"{', '.join(listed)} and {last}" if listed else last,
        "follows": "",
        "what": _NOBODY.format(partner=sender.code),
    }
    heir = heir_of(terms.partnership, sender.code, terms.as_of or date.max)
    if heir is not None:
        details["follows"] = f"; {heir.name} ({heir.code}) follows it"
        details["what"] = _HEIR.format(partner=sender.code, heir=heir.code)
    yield Remark(code="OUT-260", details=details)
