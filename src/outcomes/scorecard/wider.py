"""Finds the areas that hold a place and for which a measure is collected, where no value of the place can be made."""

from datetime import date

from outcomes.breakdown import WHOLE
from outcomes.framework.model import Indicator
from outcomes.partnership.model import Partnership
from outcomes.scorecard.figures import Figures, value_of
from outcomes.scorecard.model import WiderValue

__all__ = ["wider_values"]


def wider_values(
    figures: Figures, partnership: Partnership, indicator: Indicator, area_code: str, as_of: date
) -> tuple[WiderValue, ...]:
    """Return the areas above a place at the level of a measure's collection, each with its latest value.

    Such a value, of a police force area say, is of all who live there: it is named as that area's, and never taken,
    shared out or compared as the place's own.

    Arguments:
        figures: The index of all figures.
        partnership: The world.
        indicator: The measure.
        area_code: The place.
        as_of: The day that the page speaks for.

    Returns:
        By code; empty where the measure is collected at the place's level or below.
    """
    found = []
    for code in sorted(partnership.footprints.ancestors(area_code)):
        area = partnership.areas[code]
        if area.level is not indicator.level or not area.is_valid(as_of, as_of):
            continue
        rows = [
            row
            for row in figures.estimates_of(indicator.key, code)
            if row["breakdown"] == WHOLE and row["period_end"] <= as_of
        ]
        found.append(
            WiderValue(
                area_code=code,
                name=area.name,
                level=area.level,
                period=rows[-1]["period"] if rows else "",
                value=value_of(rows[-1], figures.names) if rows else None,
            )
        )
    return tuple(found)
