"""Says in words which former areas a stretch of a series rests on, or why it has no figures."""

from collections.abc import Iterable

from outcomes.report.formatting import date_text, joined, value_text
from outcomes.report.wording import say, sentence_case
from outcomes.scorecard.model import FormerArea, FormerAreas, IndicatorLine
from outcomes.vocabulary import AreaChange, Qualifier, Reason

__all__ = ["former_areas_notes", "former_areas_of_page", "rests_on_former_areas"]


def former_areas_notes(line: IndicatorLine) -> tuple[str, ...]:
    """Return one sentence for each stretch of a line's points that rests on areas that ended."""
    return tuple(_sentence(stretch) for stretch in line.former_areas)


def former_areas_of_page(lines: Iterable[IndicatorLine]) -> tuple[str, ...]:
    """Return what is to be said of former areas once for a page: every sentence of its lines once, earliest first."""
    stretches = {stretch: None for line in lines for stretch in line.former_areas}
    return tuple(_sentence(stretch) for stretch in sorted(stretches, key=lambda stretch: stretch.last))


def rests_on_former_areas(line: IndicatorLine) -> bool:
    """Whether the current value is one of former areas, or is missing because nothing can be made of theirs."""
    value = line.current.value if line.current else None
    return (
        bool(line.former_areas)
        and value is not None
        and (Qualifier.FORMER_AREAS in value.qualifiers or value.reason is Reason.NOT_COMPARABLE)
    )


def _sentence(stretch: FormerAreas) -> str:
    """One stretch in words.

    >>> from datetime import date
    >>> area = FormerArea(area_code="E10000023", name="North Yorkshire", share=1.0)
    >>> _sentence(FormerAreas(change=AreaChange.RECODE, last=date(2023, 3, 31), areas=(area,)))
    'Figures up to 31 March 2023 are those of North Yorkshire (E10000023), which became this area.'
    """
    last = date_text(stretch.last)
    until = (
        say("former_span", first=date_text(stretch.first), last=last)
        if stretch.first
        else say("former_until", last=last)
    )
    kind = stretch.change.value.replace(" ", "_")
    if stretch.is_without_figures and stretch.change is not AreaChange.SPLIT:
        kind = "published"
    is_divided = stretch.change in (AreaChange.SPLIT, AreaChange.APPORTIONED)
    # the parts before the wholes: they are why
    areas = sorted(stretch.areas, key=lambda area: (area.share == 1, area.area_code))
    named = joined([_shared(area) if is_divided else _named(area) for area in areas])
    return sentence_case(say(f"former_{kind}", until=until, areas=named))


def _named(area: FormerArea) -> str:
    return say("former_area", name=area.name, code=area.area_code)


def _shared(area: FormerArea) -> str:
    if area.share is None:
        return say("former_part", area=_named(area))
    if area.share == 1:
        return say("former_whole", area=_named(area))
    return say("former_share", share=value_text(area.share * 100, 1, "%"), area=_named(area))
