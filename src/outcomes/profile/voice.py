"""The line of residents' voice: which outcomes have what people said beside them, and how many were heard, once."""

from outcomes.agreement.model import Insight, people_heard
from outcomes.profile.breadth import a_year_before
from outcomes.profile.model import ProfileLine
from outcomes.profile.words import Subject

__all__ = ["known_insights", "voice"]


def known_insights(subject: Subject) -> tuple[Insight, ...]:
    """Return what people of the place had said by the date, and what sums it up."""
    every = subject.agreement.insights if subject.agreement else ()
    return tuple(one for one in every if one.collected_to <= subject.as_of)


def voice(subject: Subject) -> ProfileLine:
    """Return how many outcomes have what people said beside them, how much is of the last year, how many were heard.

    A person and a record count once, however many summaries carry them up; records that heard so few that somebody may
    be known are counted as records only.
    """
    title, question = "Residents’ voice", "How well do we hear residents?"
    known = known_insights(subject)
    definitions = subject.partnership.indicators
    measures = {one.indicator: one.outcome for one in subject.ordered}
    outcomes = set(measures.values())
    since = a_year_before(subject.as_of)
    records = [one for one in known if not one.summarises]
    felt = {one.outcome for one in subject.ordered if definitions[one.key].is_experience_measure}
    experience = f"{len(felt)} of {len(outcomes)} outcomes have a measure of what people experience"
    if not known:
        counts: tuple[tuple[str, int], ...] = (("outcomes with an experience measure", len(felt)),) if felt else ()
        told = f"{experience}. No insight is recorded."
        return ProfileLine(id="voice", title=title, question=question, counts=counts, sentence=told)
    heard = {name for one in known for name in one.outcomes if name in outcomes}
    heard |= {measures[name] for one in known for name in one.indicators if name in measures}
    people = people_heard((one.id for one in records), {one.id: one for one in known})
    recent = sum(one.collected_to >= since for one in records)
    counts = (
        ("outcomes with an experience measure", len(felt)),
        ("outcomes with an insight", len(heard)),
        ("outcomes with neither", len(outcomes - heard - felt)),
        ("insights", len(records)),
        ("of the last year", recent),
        ("people heard", people.people),
    )
    told = (
        f"{experience}, {len(heard)} an insight; "
        f"{len(records)} {'insight' if len(records) == 1 else 'insights'}, {recent} of the last year, heard "
        f"{people.people} people, each counted once."
    )
    return ProfileLine(id="voice", title=title, question=question, counts=counts, sentence=told)
