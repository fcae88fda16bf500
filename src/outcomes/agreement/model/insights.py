"""What people said and who gathered it: the noun Insight, and what of it may be shown to whom."""

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Final, Self

from pydantic import BeforeValidator, model_validator

from outcomes.agreement.model.release import Released, is_released
from outcomes.scalars import Day, PositiveWhole, Slug, Text, Words
from outcomes.vocabulary import Audience, Consent, InsightMethod

__all__ = ["LEAST_HEARD", "Insight", "least_heard", "may_show_words"]

# fewer, and somebody may be known by what was said. Ten is the threshold of secure research settings for tables of a
# survey (Safe Data Access Professionals, Handbook on Statistical Disclosure Control for Outputs); five that of the
# policy `under-5`, taken here for what groups say
LEAST_HEARD: Final[Mapping[InsightMethod, int]] = {
    InsightMethod.PANEL: 10,
    InsightMethod.SURVEY: 10,
    InsightMethod.FOCUS_GROUP: 5,
    InsightMethod.INTERVIEWS: 5,
    InsightMethod.CONVERSATIONS: 5,
    InsightMethod.STORIES: 5,
    InsightMethod.COMPLAINTS: 5,
    InsightMethod.WALK: 5,
    InsightMethod.PEER_RESEARCH: 5,
    InsightMethod.MEETING: 5,
    InsightMethod.SUMMARY: 5,
}


def _listed(given: object) -> object:
    """A cell of a CSV file names several with semicolons between them."""
    if isinstance(given, str):
        return tuple(one.strip() for one in given.split(";") if one.strip())
    return given


Codes = Annotated[tuple[Slug, ...], BeforeValidator(_listed)]


class Insight(Released):
    """What some people said about a theme, or what several such records say together; a row of `insights.csv`.

    Attributes:
        id: Its own, in the whole partnership: a summary above names it.
        partner: The code of the partner that gathered it; may stay empty where a group did.
        group: Who gathered it, where that is no partner, or who was heard; a group, never a person.
        method: How people were listened to.
        n_heard: How many people; none of a summary, which heard nobody itself.
        panel: The id of the panel, or of the survey in panels/, whose people were heard; empty for none.
        people: The people themselves, under one name in every record that heard the same ones, so that they are counted
            once. Left out, the records of one panel heard the same ones.
        area_code: Where they live: the agreement's place, or an area within it.
        collected_from, collected_to: The first and the last day.
        theme: What it is about, in a few words; may be shown to every partner.
        text: What was said.
        dissent: The view of the minority, in its own words; carried up with every summary.
        consent: What the people allow to be shown, and to whom.
        indicators, outcomes: The measures and outcomes that it speaks to.
        summarises: The ids of the records that it sums up, those of areas below among them.
        released_by, released_on: The role that released its words to the public, and the day.
    """

    id: Slug
    partner: Words = ""
    group: Words = ""
    method: InsightMethod
    n_heard: PositiveWhole | None = None
    panel: Words = ""
    people: Words = ""
    area_code: Text
    collected_from: Day
    collected_to: Day
    theme: Text
    text: Words = ""
    dissent: Words = ""
    consent: Consent
    indicators: Codes = ()
    outcomes: Codes = ()
    summarises: Codes = ()

    @model_validator(mode="after")
    def _is_a_record_or_a_summary(self) -> Self:
        is_summary = self.method is InsightMethod.SUMMARY
        if is_summary != bool(self.summarises):
            raise ValueError("the method summary and the ids of what it summarises go together")
        if is_summary and self.n_heard is not None:
            raise ValueError(
                "a summary heard nobody itself, so n_heard stays empty: its people are those of its records, each once"
            )
        if self.method is InsightMethod.PANEL and not self.panel:
            raise ValueError("panel is missing; the id of the panel whose members were heard is expected")
        if not is_summary and self.n_heard is None:
            raise ValueError("n_heard is missing; how many people were heard is expected")
        return self

    @property
    def people_key(self) -> str:
        """The name under which its people are counted; two records of one name heard the same people."""
        # names of three sorts that may read alike
        named = (("people", self.people), ("panel", self.panel), ("record", self.id))
        return next(f"{sort} {name}" for sort, name in named if name)

    @model_validator(mode="after")
    def _says_who_and_when(self) -> Self:
        if not self.partner and not self.group:
            raise ValueError("who gathered it is expected, a partner or a group")
        if self.collected_to < self.collected_from:
            raise ValueError(f"collected_to {self.collected_to} lies before collected_from {self.collected_from}")
        return self


def least_heard(method: InsightMethod) -> int:
    """Return how many people must have been heard before anything that they said is shown.

    >>> least_heard(InsightMethod.FOCUS_GROUP)
    5
    """
    return LEAST_HEARD[method]


def may_show_words(insight: Insight, audience: Audience, as_of: date) -> bool:
    """Return whether the words of an insight, its dissent among them, may stand on a page.

    Partners see them unless the people agreed to be counted only; the nation where the people agreed that anybody may;
    the public where besides a named role has released them. How many were heard is another question: `least_heard`.

    Arguments:
        insight: What was said.
        audience: For whom the page is.
        as_of: The date that the page speaks for; a later release is not known yet.

    >>> said = Insight(id="i1", group="Walkers of Low Fen", method="walk", n_heard=9, area_code="LF",
    ...                collected_from=date(2026, 5, 1), collected_to=date(2026, 5, 1), theme="Buses", consent="public")
    >>> [may_show_words(said, audience, date(2026, 11, 22)) for audience in Audience]
    [True, True, False]
    """
    if audience is Audience.PARTNERS:
        return insight.consent is not Consent.COUNT_ONLY
    if insight.consent is not Consent.PUBLIC:
        return False
    return audience is Audience.NATIONAL or is_released(insight, as_of)
