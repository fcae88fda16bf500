"""What a target is for, and what it asks: by which a target of one version is known again in the next."""

from outcomes.fingerprint import fingerprint_of
from outcomes.target import Target
from outcomes.vocabulary import TargetKind

__all__ = ["target_sort", "target_subject", "target_substance"]


def target_subject(target: Target, area_code: str) -> tuple[str, str, str]:
    """Return whose figure a target is held against: the indicator's id, the area's code, the group.

    Arguments:
        target: As agreed.
        area_code: The place of the agreement, of which a target is that names no area.
    """
    return (target.indicator, target.area_code or area_code, target.speaks_for)


def target_sort(target: Target, area_code: str) -> tuple[str, ...]:
    """Return what a target is for: one of the same sort in a later version stands in its place.

    A path may take the place of a level; a gap, a change and a benchmark each say something else.

    Arguments:
        target: As agreed.
        area_code: The place of the agreement.
    """
    is_level = target.kind in (TargetKind.LEVEL, TargetKind.PATH)
    sort = "" if is_level else f"{target.kind.value} {target.compared_with} {target.match or ''}"
    return (*target_subject(target, area_code), sort, str(target.is_standard))


def target_substance(target: Target) -> str:
    """Return a hash of what a target asks for, apart from who decided it when: one that is restated is the same.

    Arguments:
        target: As agreed.
    """
    return fingerprint_of(target.model_dump(mode="json", exclude={"decision", "agreed_on", "area_code", "set_by"}))
