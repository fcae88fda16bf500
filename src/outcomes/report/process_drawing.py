"""Draws a process control chart over a line: mean, limits, and the icons of variation and assurance."""

from collections.abc import Callable, Sequence
from functools import cache
from typing import Final

from outcomes.report.charts import PATH, ChartPoint, coordinate, mark_at
from outcomes.report.marks import CONCERN, GOOD, INK, NEUTRAL, Mark
from outcomes.vocabulary import Assurance, Variation

__all__ = ["assurance_icon", "flag_of", "icon_drawings", "process_strokes", "variation_icon"]

_FLAGS: Final = {
    Variation.IMPROVEMENT: Mark("good"),
    Variation.CONCERN: Mark("bad"),
    Variation.NOT_JUDGED: Mark("neutral"),
}
# the line of the target below the process, through it, or above it
_WAVES: Final = {
    Assurance.CONSISTENTLY_MEETS: (GOOD, 9, 20),
    Assurance.HIT_AND_MISS: (NEUTRAL, 13, 13),
    Assurance.CONSISTENTLY_MISSES: (CONCERN, 17, 6),
}


def flag_of(variation: Variation | None) -> Mark | None:
    """Return the mark of a point that shows a special cause; None of any other.

    >>> flag_of(Variation.CONCERN), flag_of(Variation.COMMON_CAUSE)
    (Mark(shape='bad', sign=''), None)
    """
    return _FLAGS.get(variation) if variation is not None else None


def process_strokes(
    points: Sequence[ChartPoint], x: Callable[[float], float], y: Callable[[float], float], half: float
) -> str:
    """Return the strokes of mean and limits, segment by segment, as SVG paths that keep their width when stretched.

    Arguments:
        points: Every period, earliest first.
        x, y: From months and values to the drawing.
        half: Months of half a period: segments meet between two.
    """
    segments: dict[int, list[ChartPoint]] = {}
    for point in points:
        if point.limits is not None:
            segments.setdefault(point.limits.segment, []).append(point)
    keep = 'vector-effect="non-scaling-stroke" fill="none"'
    means, firm, provisional, begins = "", "", "", ""
    stretches = list(segments.values())
    for place, segment in enumerate(stretches):
        limits = segment[0].limits
        if limits is None:
            continue
        # segments meet between two periods; the first begins and the last ends with its period
        left = coordinate(x(segment[0].month - (half if place else 0)))
        right = coordinate(x(segment[-1].month + (half if segment is not stretches[-1] else 0)))
        means += f"M{left} {coordinate(y(limits.mean))}H{right}"
        drawn = "".join(f"M{left} {coordinate(y(limit))}H{right}" for limit in (limits.lower, limits.upper))
        if limits.is_provisional:
            provisional += drawn
        else:
            firm += drawn
        if place:
            begins += f"M{left} {coordinate(y(limits.upper))}V{coordinate(y(limits.lower))}"
    strokes = (
        (means, f'stroke="{INK}" stroke-width="1.2"'),
        (firm, f'stroke="{NEUTRAL}" stroke-width="1.4" stroke-dasharray="9 4"'),
        (provisional, f'stroke="{NEUTRAL}" stroke-width="1.4" stroke-dasharray="3 3"'),
        (begins, f'stroke="{INK}" stroke-width="1.2"'),
    )
    return "".join(f'<path class="spc" d="{path}" {keep} {look}/>' for path, look in strokes if path)


def _icon(name: str) -> str:
    return f'<svg class="spci" aria-hidden="true"><use href="#{name}"/></svg>'


def variation_icon(variation: Variation, direction: str | None) -> str:
    """Return the icon of variation: a run between two dashed limits, its last points marked by special cause.

    Arguments:
        variation: What the last point shows.
        direction: `up` or `down` of a special cause.

    >>> variation_icon(Variation.CONCERN, "down")
    '<svg class="spci" aria-hidden="true"><use href="#v-concern-down"/></svg>'
    """
    return _icon(_of_variation(variation, direction))


def assurance_icon(assurance: Assurance) -> str:
    """Return the icon of assurance: a wave and the line of the target.

    The wave above the line lies on the good side, through it chance decides, below it lies on the bad side: a sign, and
    the same where less is better.
    """
    return _icon(_of_assurance(assurance))


def _of_variation(variation: Variation, direction: str | None) -> str:
    way = "" if variation is Variation.COMMON_CAUSE else f"-{'down' if direction == 'down' else 'up'}"
    return f"v-{variation.value.replace(' ', '-')}{way}"


def _of_assurance(assurance: Assurance) -> str:
    return f"v-{assurance.value.replace(' ', '-')}"


@cache
def icon_drawings() -> dict[str, str]:
    """Return what is drawn of each icon in its 32 × 26 box, by the id that a page uses it by."""
    frame = f'<rect x="1" y="1" width="30" height="24" rx="4" fill="#fff" stroke="{NEUTRAL}" stroke-width="1.5"/>'
    drawn = {
        _of_variation(variation, way): _variation(variation, way) for variation in Variation for way in ("up", "down")
    }
    drawn |= {_of_assurance(assurance): _assurance(assurance) for assurance in Assurance}
    return {name: f"{frame}{drawing}" for name, drawing in drawn.items()}


def _variation(variation: Variation, direction: str) -> str:
    heights = [15.0, 13.0, 15.0, 12.0, 14.0] if variation is Variation.COMMON_CAUSE else [15.0, 13.0, 15.0, 7.0, 5.0]
    if direction == "down" and variation is not Variation.COMMON_CAUSE:
        heights = [26 - height for height in heights]
    places = list(zip((6.0, 11.0, 16.0, 21.0, 26.0), heights, strict=True))
    line = "L".join(f"{coordinate(x)} {coordinate(y)}" for x, y in places)
    limits = f'<path d="M4 8H28M4 18H28" stroke="{NEUTRAL}" stroke-dasharray="2 2"/>'
    drawn = f'{limits}<path d="M{line}" fill="none" stroke="{NEUTRAL}" stroke-width="1.4"/>'
    flag = flag_of(variation)
    for number, (x, y) in enumerate(places):
        if flag is not None and number > 2:
            drawn += mark_at(x, y, flag, 2.8)
        else:
            drawn += f'<circle cx="{coordinate(x)}" cy="{coordinate(y)}" r="1.7" fill="{NEUTRAL}"/>'
    return drawn


def _assurance(assurance: Assurance) -> str:
    colour, wave, line = _WAVES[assurance]
    return (
        f'<path d="M4 {wave}c3-5 5-5 8 0s5 5 8 0 5-5 8 0" fill="none" stroke="{colour}" stroke-width="2.2"/>'
        f'<path d="M3 {line}H29" stroke="{PATH}" stroke-width="2" stroke-dasharray="3 2"/>'
    )
