"""Says which former areas the points of a series rest on, from before its area was there."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from outcomes.geography.succession import Origin, Succession, change_of
from outcomes.scorecard.model import FormerArea, FormerAreas, Point
from outcomes.vocabulary import AreaChange, Qualifier, Reason

__all__ = ["former_areas_of"]


def former_areas_of(
    succession: Succession, area_code: str, points: Sequence[Point], names: Mapping[str, str], as_of: date
) -> tuple[FormerAreas, ...]:
    """Return the stretches of a series that rest on areas that ended; empty where every point is the area's own.

    Arguments:
        succession: The chains of areas.
        area_code: The area.
        points: Its points, earliest first.
        names: Area code to name.
        as_of: The day that the page speaks for.
    """
    if area_code not in succession.predecessors or not points:
        return ()
    stretches: dict[tuple[tuple[Origin, ...], bool], None] = {}
    for point in points:
        is_refused = point.value.reason is Reason.NOT_COMPARABLE
        if is_refused or Qualifier.FORMER_AREAS in point.value.qualifiers:
            origins = succession.origins(area_code, point.period_start, as_of)
            if origins:
                stretches[origins, is_refused] = None
    found = [_stretch(succession, origins, is_refused, names) for origins, is_refused in stretches]
    for day, codes in succession.taken_in(area_code).items():
        if points[0].period_start < day <= points[-1].period_end:
            areas = tuple(FormerArea(area_code=code, name=names.get(code, code)) for code in codes)
            found.append(FormerAreas(change=AreaChange.TAKEN_IN, last=day - timedelta(days=1), areas=areas))
    return tuple(sorted(found, key=lambda stretch: stretch.last))


def _stretch(
    succession: Succession, origins: Sequence[Origin], is_refused: bool, names: Mapping[str, str]
) -> FormerAreas:
    areas = [succession.areas[origin.code] for origin in origins]
    return FormerAreas(
        change=change_of(origins),
        # the days on which all of them were there
        first=max((area.valid_from for area in areas if area.valid_from), default=None),
        last=min(area.valid_to for area in areas if area.valid_to),
        areas=tuple(
            FormerArea(
                area_code=origin.code,
                name=names.get(origin.code, origin.code),
                share=None if origin.share is None else float(origin.share),
            )
            for origin in origins
        ),
        is_without_figures=is_refused,
    )
