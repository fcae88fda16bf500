"""Says who is to be in the room, for which conversation, for which people: indicator × population × partner × role."""

import re
from collections.abc import Iterator
from datetime import date
from typing import Final

import polars as pl

from outcomes.agreement.model import Agreement
from outcomes.breakdown import spoken_group
from outcomes.errors import UnknownNameError
from outcomes.framework.model import Inclusion, Indicator
from outcomes.partnership.model import Partnership
from outcomes.partnership.partner_succession import code_now
from outcomes.partnership.supplies import supplies
from outcomes.table import hold_to_table
from outcomes.vocabulary import Role

__all__ = ["ROOM_COLUMNS", "who_is_in_the_room"]

ROOM_COLUMNS: Final[dict[str, pl.DataType]] = {
    "place_code": pl.String(),
    "outcome": pl.String(),
    "tier": pl.String(),
    "indicator_id": pl.String(),
    "indicator": pl.String(),
    # whose conversation it is: the area within the place (or the place), and the group of its people; empty for all
    "area_code": pl.String(),
    "area": pl.String(),
    "breakdown": pl.String(),
    # in words: whom the measure counts, there
    "population": pl.String(),
    "partner_code": pl.String(),
    "partner": pl.String(),
    "partner_type": pl.String(),
    # a Role
    "role": pl.String(),
    # the role that signs for it; null of a partner that is no party
    "signatory_role": pl.String(),
    # how many partners are in the room for the indicator in this place; fewer than two is a lint warning
    "partners_in_the_room": pl.Int32(),
}
_ORDER: Final = (Role.ACCOUNTABLE, Role.CONTRIBUTES, Role.SUPPLIES_DATA, Role.CONSULTED)


def who_is_in_the_room(
    partnership: Partnership,
    *,
    place: str,
    as_of: date,
    indicator: str | None = None,
    topic: str | None = None,
    population: str | None = None,
) -> pl.DataFrame:
    """Return who has which part in what, so that the right people are called for a conversation.

    Who is accountable, contributes, supplies data or is consulted stands in the place's agreement; suppliers whom it
    does not name are those of partners.yaml. In place of a partner that ended stands whoever followed it. An indicator
    for which nobody is named has one row without a partner.

    Arguments:
        partnership: The world.
        place: The code of the place.
        as_of: The day whose agreement holds.
        indicator: Only for this one (id, official code or alias); None for all.
        topic: Only for the indicators of this outcome, by id, or whose name or outcome holds the word; None for all.
        population: Only for the people of this area within the place, or of a group whose text holds the word: who is
            there for everybody is there too. None for all.

    Returns:
        Columns `ROOM_COLUMNS`, in the order of the place's page, then by population, role and partner.

    Raises:
        UnknownNameError: No such area or indicator, or nothing of the place is called by the topic.

    Source: the integration White Paper (2022) asks who must be in the room for which conversation for which population.

    >>> from tempfile import TemporaryDirectory
    >>> from outcomes.partnership.loading import load_partnership
    >>> from outcomes.partnership.scaffold import init_partnership
    >>> with TemporaryDirectory() as folder:
    ...     _ = init_partnership(f"{folder}/ours")
    ...     partnership = load_partnership(f"{folder}/ours")
    >>> room = who_is_in_the_room(partnership, place="PLACE-A", as_of=date(2026, 5, 1), indicator="local-01")
    >>> room.select("partner_code", "role").rows()
    [('COUNCIL', 'accountable'), ('TRUST', 'accountable'), ('TRUST', 'supplies_data')]
    """
    area = partnership.areas[place]
    agreement = partnership.agreement_for(place, as_of)
    wanted = None if indicator is None else _resolved(partnership, indicator)
    rows = []
    sent = supplies(partnership, as_of)
    inside = partnership.footprints.within(place)
    here = sent.filter(pl.col("area_code").is_in(inside)).select("indicator_id", "partner_code").unique()
    by_indicator: dict[str, set[str]] = {}
    for indicator_id, code in here.sort("indicator_id", "partner_code").iter_rows():
        by_indicator.setdefault(indicator_id, set()).add(code)
    for inclusion, noun in _latest(partnership, agreement, as_of):
        if wanted not in (None, noun.id) or not _is_about(partnership, inclusion, noun, topic):
            continue
        parts = {
            (area_code, breakdown, code_now(partnership, code, as_of), role)
            for area_code, breakdown, code, role in _parts(agreement, noun, by_indicator.get(noun.id, set()))
        }
        count = len({code for _, _, code, _ in parts})
        for area_code, breakdown, code, role in sorted(parts, key=_by_population) or [("", "", "", None)]:
            if not _speaks_of(partnership, place, area_code, breakdown, population):
                continue
            rows.append(_row(partnership, agreement, place, inclusion, noun, (area_code, breakdown, code, role), count))
    if not rows and topic is not None:
        offered = ", ".join(sorted({one.outcome for one, _ in _latest(partnership, agreement, as_of)}))
        raise UnknownNameError(f"nothing of {area.name} is called {topic!r}; its outcomes are: {offered}")
    return hold_to_table(pl.DataFrame(rows, schema=ROOM_COLUMNS, orient="row"), ROOM_COLUMNS, "room")


Part = tuple[str, str, str, Role | None]


def _by_population(part: Part) -> tuple[str, str, int, str]:
    area_code, breakdown, code, role = part
    return area_code, breakdown, _ORDER.index(role) if role else len(_ORDER), code


def _resolved(partnership: Partnership, name: str) -> str:
    ids = partnership.names_of_indicators.get(name, ())
    if len(ids) != 1:
        offered = ", ".join(ids or sorted({key[0] for key in partnership.indicators}))
        raise UnknownNameError(f"{name!r} is no one indicator; give one of these ids: {offered}")
    return ids[0]


def _latest(
    partnership: Partnership, agreement: Agreement | None, as_of: date
) -> Iterator[tuple[Inclusion, Indicator]]:
    """The measures of a place, each in the version that holds on the day, or else its latest."""
    found: dict[str, tuple[Inclusion, Indicator]] = {}
    for _, inclusion in partnership.lines_for(agreement):
        noun = partnership.indicators[inclusion.key]
        if noun.id not in found or noun.holds_on(as_of):
            found[noun.id] = (inclusion, noun)
    yield from found.values()


def _is_about(partnership: Partnership, inclusion: Inclusion, noun: Indicator, topic: str | None) -> bool:
    if topic is None or topic == inclusion.outcome:
        return True
    titles = (
        one.title for framework in partnership.frameworks for one in framework.outcomes if one.id == inclusion.outcome
    )
    return any(topic.casefold() in text.casefold() for text in (*titles, noun.name, noun.short_name))


def _parts(agreement: Agreement | None, noun: Indicator, suppliers: set[str]) -> set[Part]:
    parts: set[Part] = {
        (duty.area_code, duty.breakdown, duty.partner, duty.role)
        for duty in (agreement.responsibilities if agreement else ())
        if noun.id in duty.indicators
    }
    named = {code for _, _, code, role in parts if role is Role.SUPPLIES_DATA}
    return parts | {("", "", code, Role.SUPPLIES_DATA) for code in suppliers - named}


def _speaks_of(partnership: Partnership, place: str, area_code: str, breakdown: str, population: str | None) -> bool:
    if population is None or not (area_code or breakdown):
        return True
    if population == place or population in partnership.areas:
        return area_code in ("", population)
    # whole words: male is not a part of female
    return re.search(rf"(?<!\w){re.escape(population)}(?!\w)", breakdown, re.IGNORECASE) is not None


def _row(
    partnership: Partnership,
    agreement: Agreement | None,
    place: str,
    inclusion: Inclusion,
    noun: Indicator,
    part: Part,
    count: int,
) -> tuple[object, ...]:
    area_code, breakdown, code, role = part
    area = partnership.areas[area_code or place]
    group = spoken_group(breakdown, noun.by_deprivation)
    counted = noun.denominator_definition or noun.numerator_definition
    partner = partnership.partners_by_code.get(code)
    signs = {party.partner: party.signatory_role for party in (agreement.parties if agreement else ())}
    return (
        place,
        inclusion.outcome,
        inclusion.tier.value,
        noun.id,
        noun.short_name or noun.name,
        area.code,
        area.name,
        breakdown,
        ", ".join(text for text in (counted, group, area.name) if text),
        code or None,
        partner.name if partner else None,
        partner.type.value if partner else None,
        role.value if role else None,
        signs.get(code),
        count,
    )
