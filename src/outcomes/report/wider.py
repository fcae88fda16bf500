"""Says of a measure that is collected for larger areas only what is known of these, and that it is not the place's."""

from outcomes.report.line_tables import printed_value
from outcomes.report.wording import say
from outcomes.scorecard.model import IndicatorLine

__all__ = ["wider_notes"]


def wider_notes(line: IndicatorLine) -> tuple[str, ...]:
    """Return what is said of a measure that is collected for larger areas only; nothing of any other."""
    if not line.wider:
        return ()
    notes = [say("wider", level=say(f"level_{line.wider[0].level.value}"))]
    for area in line.wider:
        if area.value is None:
            notes.append(say("wider_none", area=area.name))
        else:
            value = printed_value(area.value, line.decimals, line.unit)
            notes.append(say("wider_value", area=area.name, value=value, period=area.period))
    return tuple(notes)
