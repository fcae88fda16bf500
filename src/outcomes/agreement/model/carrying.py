"""Which records a summary rests on, each once however many paths lead to it, and how many people they heard."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from outcomes.agreement.model.insights import Insight, least_heard

__all__ = ["PeopleHeard", "circles", "people_heard", "records_of"]


class PeopleHeard(NamedTuple):
    """How many people some records heard, each person once.

    Attributes:
        people: Those of the records that heard enough for their number to be shown.
        records: How many records there are.
        few_records: How many of them heard so few that their people are not counted in `people`: a number that holds
            them would give theirs away beside the others.
    """

    people: int
    records: int
    few_records: int


def records_of(insight_id: str, every: Mapping[str, Insight]) -> tuple[str, ...]:
    """Return the ids of the records that an insight rests on, sorted; of a record, itself.

    Arguments:
        insight_id: A record or a summary.
        every: Every insight by its id. What is named and not here is left out.

    >>> from datetime import date
    >>> def said(id, n=None, *of):
    ...     return Insight(id=id, group="g", method="summary" if of else "walk", n_heard=n, area_code="A", theme="t",
    ...                    collected_from=date(2026, 5, 1), collected_to=date(2026, 5, 1), consent="partners",
    ...                    summarises=of)
    >>> every = {one.id: one for one in (said("a", 9), said("b", 7), said("low", None, "a", "b"),
    ...                                  said("high", None, "low", "a"))}
    >>> records_of("high", every), people_heard(records_of("high", every), every).people
    (('a', 'b'), 16)
    """
    found: set[str] = set()
    seen: set[str] = set()
    front = [insight_id]
    while front:
        one = front.pop()
        if one in seen or one not in every:
            continue
        seen.add(one)
        if every[one].summarises:
            front += every[one].summarises
        else:
            found.add(one)
    return tuple(sorted(found))


def people_heard(records: Iterable[str], every: Mapping[str, Insight]) -> PeopleHeard:
    """Return how many people some records heard; a person and a record count once.

    Records that name the same `people`, or the same panel and no people, heard the same ones: the most that any of
    them heard are counted.

    Arguments:
        records: Ids of records, as `records_of` gives them; one that is named twice counts once.
        every: Every insight by its id.
    """
    most: dict[str, tuple[int, int]] = {}
    grouped: dict[str, int] = {}
    for one in sorted(set(records)):
        record = every[one]
        people = record.people_key
        number = record.n_heard or 0
        most[people] = max(most.get(people, (0, 0)), (number, least_heard(record.method)))
        grouped[people] = grouped.get(people, 0) + 1
    shown = [number for number, least in most.values() if number >= least]
    few = [grouped[people] for people, (number, least) in most.items() if number < least]
    return PeopleHeard(sum(shown), sum(grouped.values()), sum(few))


def circles(every: Mapping[str, Insight]) -> dict[str, tuple[str, ...]]:
    """Return the insights that sum up themselves, each with one way round to it.

    >>> circles({})
    {}
    """
    found: dict[str, tuple[str, ...]] = {}
    for start in sorted(every):
        ways: list[tuple[str, ...]] = [(start,)]
        seen: set[str] = set()
        while ways and start not in found:
            way = ways.pop(0)
            for further in every[way[-1]].summarises:
                if further == start:
                    found[start] = (*way, further)
                    break
                if further in every and further not in seen:
                    seen.add(further)
                    ways.append((*way, further))
    return found
