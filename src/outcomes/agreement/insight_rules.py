"""The rules about what people said and how it is carried up: one rule, one function."""

from collections.abc import Iterator, Mapping

from outcomes.agreement.agreements import Agreements
from outcomes.agreement.model import Insight, least_heard
from outcomes.agreement.model.carrying import circles, people_heard, records_of
from outcomes.agreement.repeated import unknown_outcome_says
from outcomes.definitions import Complaint, Located
from outcomes.vocabulary import Consent

__all__ = [
    "insight_circle",
    "insight_released_without_consent",
    "insight_too_few",
    "insight_twice",
    "insight_words",
    "summary_of_elsewhere",
    "summary_shows_more",
    "unknown_insight",
    "unknown_insight_area",
    "unknown_insight_outcome",
]

_WIDTH = {Consent.COUNT_ONLY: 0, Consent.PARTNERS: 1, Consent.PUBLIC: 2}


def _rows(agreements: Agreements) -> Iterator[Located[Insight]]:
    for source in agreements.sources:
        yield from source.rows(Insight)


def _by_id(agreements: Agreements) -> dict[str, Insight]:
    """Every insight of the partnership; of two with one id the first, since that is said by a rule of its own."""
    found: dict[str, Insight] = {}
    for row in _rows(agreements):
        found.setdefault(row.noun.id, row.noun)
    return found


def insight_twice(agreements: Agreements) -> Iterator[Complaint]:
    """An insight's id stands once in the whole partnership, so that one above can name it."""
    seen: dict[str, str] = {}
    for row in _rows(agreements):
        if row.noun.id in seen:
            message = f"insight {row.noun.id!r} already stands in {seen[row.noun.id]}."
            yield row.says(message, "Give each record its own id.")
        seen.setdefault(row.noun.id, row.origin.file)


def unknown_insight_area(agreements: Agreements) -> Iterator[Complaint]:
    """An insight is about its agreement's place, or about an area within it."""
    if agreements.areas is None:
        return
    for source in agreements.sources:
        within = agreements.below.get(source.area_code, frozenset())
        for row in source.rows(Insight):
            code = row.noun.area_code
            if code not in agreements.areas:
                yield row.says(f"the area {code!r} of insight {row.noun.id!r} is no area of areas.csv.", "Correct it.")
            elif source.area_code in agreements.areas and code not in within:
                message = f"the area {code!r} of insight {row.noun.id!r} lies outside {source.area_code!r}."
                yield row.says(message, "Log it beside the agreement of a place that the area belongs to.")


def unknown_insight_outcome(agreements: Agreements) -> Iterator[Complaint]:
    """The outcomes that an insight speaks to are those of a framework in use."""
    for row in _rows(agreements):
        for named in row.noun.outcomes:
            if wrong := unknown_outcome_says(agreements, named):
                yield row.says(*wrong)


def insight_words(agreements: Agreements) -> Iterator[Complaint]:
    """An insight says what was said, unless the people agreed to be counted only: then none of their words stand."""
    for row in _rows(agreements):
        is_counted_only = row.noun.consent is Consent.COUNT_ONLY
        if is_counted_only and (row.noun.text or row.noun.dissent):
            message = f"the people of insight {row.noun.id!r} agreed to be counted only, and their words stand here."
            yield row.says(message, "Take text and dissent out, or write the consent that they gave.")
        elif not is_counted_only and not row.noun.text:
            message = f"insight {row.noun.id!r} does not say what was said."
            yield row.says(message, "Fill text, or write count_only where the people agreed to be counted only.")


def insight_too_few(agreements: Agreements) -> Iterator[Complaint]:
    """Enough people were heard that nobody is known by what was said."""
    every = _by_id(agreements)
    for row in _rows(agreements):
        insight, least = row.noun, least_heard(row.noun.method)
        # of a summary those whose number may be shown: what rests on a few is theirs
        heard = insight.n_heard or people_heard(records_of(insight.id, every), every).people
        is_known = all(record in every for record in insight.summarises)
        if is_known and insight.consent is not Consent.COUNT_ONLY and heard < least:
            message = (
                f"insight {insight.id!r} shows what {heard} people said; of {insight.method.value} at least {least} "
                "are expected, since one of a few may be known by it."
            )
            fix = "Take its words out and write count_only, or sum it up with others."
            yield row.says(message, fix)


def insight_released_without_consent(agreements: Agreements) -> Iterator[Complaint]:
    """What is released to the public was agreed to by the people who said it."""
    for row in _rows(agreements):
        if row.noun.released_on is not None and row.noun.consent is not Consent.PUBLIC:
            message = f"insight {row.noun.id!r} is released, and its consent is {row.noun.consent.value}."
            yield row.says(message, "Take the release out, or ask the people for their consent.")


def unknown_insight(agreements: Agreements) -> Iterator[Complaint]:
    """What a summary sums up is recorded."""
    every = _by_id(agreements)
    for row in _rows(agreements):
        for named in row.noun.summarises:
            if named not in every:
                message = f"insight {row.noun.id!r} summarises {named!r}, and there is no such insight."
                yield row.says(message, "Log it in the insights.csv of its place, or correct the id.")


def insight_circle(agreements: Agreements) -> Iterator[Complaint]:
    """No summary sums up itself, not by way of others either."""
    in_circles: Mapping[str, tuple[str, ...]] = circles(_by_id(agreements))
    for row in _rows(agreements):
        if row.noun.id in in_circles:
            trail = " → ".join(in_circles[row.noun.id])
            yield row.says(f"insight {row.noun.id!r} summarises itself: {trail}.", "Take one of them out.")


def summary_of_elsewhere(agreements: Agreements) -> Iterator[Complaint]:
    """A summary sums up what was said in its own area, or in areas within it."""
    every = _by_id(agreements)
    for row in _rows(agreements):
        within = agreements.below.get(row.noun.area_code, frozenset({row.noun.area_code}))
        for named in row.noun.summarises:
            if named in every and every[named].area_code not in within:
                message = (
                    f"insight {row.noun.id!r} is about {row.noun.area_code!r}, and summarises {named!r} of "
                    f"{every[named].area_code!r}, outside it."
                )
                yield row.says(message, "A summary stands at the level that holds all of its records.")


def summary_shows_more(agreements: Agreements) -> Iterator[Complaint]:
    """A summary is shown to nobody who may not see what it rests on."""
    every = _by_id(agreements)
    for row in _rows(agreements):
        # those who agreed to be counted only are counted, and lend it no words
        asked = [every[named].consent for named in records_of(row.noun.id, every) if named != row.noun.id]
        speaking = [consent for consent in asked if consent is not Consent.COUNT_ONLY]
        widest = min(speaking, key=_WIDTH.__getitem__, default=Consent.COUNT_ONLY)
        if asked and _WIDTH[row.noun.consent] > _WIDTH[widest]:
            message = f"summary {row.noun.id!r} has the consent {row.noun.consent.value}, its records {widest.value}."
            yield row.says(message, f"Write {widest.value}, or ask the people of the records.")
