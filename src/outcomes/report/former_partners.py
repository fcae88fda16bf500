"""Says in words which partners of before sent figures of a series, and who stands in their place."""

from outcomes.report.formatting import date_text, joined
from outcomes.report.wording import say
from outcomes.scorecard.model import IndicatorLine

__all__ = ["former_partners_notes"]


def former_partners_notes(line: IndicatorLine) -> tuple[str, ...]:
    """Return one sentence for each partner that took the place of others in a line's series."""
    return tuple(
        say(
            "partners_renamed" if one.is_renamed else "partners_merged",
            names=joined(one.names),
            last=date_text(one.last),
            now=one.now,
        )
        for one in line.former_partners
    )
