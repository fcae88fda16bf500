"""Draws the legend of a page: an example of a line over time, and each of its strokes alone."""

from functools import cache
from typing import Final

from markupsafe import Markup

from outcomes.report.charts import BAND, COMPARATOR, PATH, ChartPoint, ChartTarget, Series, sparkline
from outcomes.report.marks import CONCERN, GOOD, INK, NEUTRAL, Mark
from outcomes.report.wording import say

__all__ = ["STROKES", "legend_example", "legend_keys", "stroke"]

_DASHES = f'<path d="M0 7H30" stroke="{COMPARATOR}" stroke-width="1.3" stroke-dasharray="4 3"/>'
# each stroke of a drawing in a box of 30 × 14, by its name
STROKES: Final = {
    "area": f'<path d="M0 2H30V12H0Z" fill="{BAND}"/><path d="M0 7H30" stroke="{GOOD}" stroke-width="2"/>',
    "line": f'<path d="M0 7H30" stroke="{GOOD}" stroke-width="2"/><circle cx="15" cy="7" r="2.6" fill="{GOOD}"/>',
    "band": f'<path d="M0 2H30V12H0Z" fill="{BAND}"/>',
    "benchmark": _DASHES,
    "path": f'<path d="M0 11L26 7" stroke="{PATH}" stroke-width="1.6" stroke-dasharray="1.5 2.5"/>'
    f'<path d="M26 9V0l-7 3 7 3" fill="{PATH}"/>',
    "mean": f'<path d="M0 7H30" stroke="{INK}" stroke-width="1.2"/>',
    "limits": f'<path d="M0 2H30M0 12H30" stroke="{NEUTRAL}" stroke-width="1.4" stroke-dasharray="9 4"/>',
    "flagged": f'<circle cx="5" cy="7" r="4.2" fill="{GOOD}"/><path d="M15 2l5 5-5 5-5-5z" fill="{CONCERN}"/>'
    f'<path d="M22 3h8v8h-8z" fill="{NEUTRAL}"/>',
    "gap": f'<path d="M12 4l6 6m0-6l-6 6" stroke="{NEUTRAL}" stroke-width="1.6"/>',
    "last": f'<circle cx="8" cy="7" r="4.2" fill="{GOOD}"/>'
    f'<path d="M22 1.8l5.2 5.2-5.2 5.2-5.2-5.2z" fill="{CONCERN}"/>',
    "break": f'<path d="M15 0V14" stroke="{NEUTRAL}" stroke-dasharray="2 2"/>',
}


@cache
def legend_example() -> Markup:
    """Return a line over time that shows every stroke once; its numbers stand for nothing."""
    levels = (3.0, 3.2, None, 3.8, 4.2, 4.8)
    points = tuple(
        ChartPoint(month, level, level and level - 0.6, level and level + 0.6, 3.3)
        for month, level in enumerate(levels)
    )
    series = Series(points, (ChartTarget(((1, 3.2), (7, 5.8))),), Mark("good"))
    return Markup(sparkline(series, say("figure_label"), width=300, height=96))


def stroke(name: str) -> Markup:
    """Return one stroke of a drawing alone, by its name in `STROKES`, as a page uses it.

    >>> str(stroke("mean"))
    '<svg class="stroke" aria-hidden="true"><use href="#k-mean"/></svg>'
    """
    if name not in STROKES:
        raise KeyError(name)
    return Markup(f'<svg class="stroke" aria-hidden="true"><use href="#k-{name}"/></svg>')


@cache
def legend_keys() -> tuple[tuple[Markup, str], ...]:
    """Return each stroke with what it means."""
    strokes = (
        ("area", "key_line"),
        ("benchmark", "key_benchmark"),
        ("path", "key_path"),
        ("gap", "key_gap"),
        ("break", "key_break"),
        ("last", "key_last"),
    )
    return tuple((stroke(name), say(key)) for name, key in strokes)
