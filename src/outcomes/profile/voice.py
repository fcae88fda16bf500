"""The line of residents' voice: outcomes seen through people's own account, who was heard, whom panels speak for."""

from collections import Counter

from outcomes.profile.model import ProfileDetail, ProfileLine
from outcomes.profile.words import Subject
from outcomes.vocabulary import PanelVerdict

__all__ = ["voice"]


def voice(subject: Subject) -> ProfileLine:
    """Return how many outcomes have an experience measure or an insight, how many people were heard, and the panels.

    A person and a record count once, however many summaries carry them up. A panel is counted by what its comparison
    with the population says; volunteers are named as such and speak for nobody else.
    """
    title, question = "Residents’ voice", "How well do we hear residents?"
    voices = subject.voices
    outcomes = voices.outcomes
    felt = sum(bool(one.experience_measures) for one in outcomes)
    spoken_to = sum(bool(one.heard.records) for one in outcomes)
    unheard = sum(not one.is_heard for one in outcomes)
    heard = voices.heard
    verdicts = Counter(panel.verdict for panel in voices.panels)
    counts = [
        ("outcomes with an experience measure", felt),
        ("outcomes with an insight", spoken_to),
        ("outcomes that hear nobody", unheard),
        ("insights", heard.records),
        ("people heard", heard.people),
    ]
    told = (
        f"Of {_counted(len(outcomes), 'outcome')}, {felt} {'has' if felt == 1 else 'have'} a measure of what people "
        f"experience and {spoken_to} an insight; {unheard} {'hears' if unheard == 1 else 'hear'} nobody."
    )
    if heard.records:
        told += f" {_counted(heard.records, 'insight')} heard {heard.people:,} people, each counted once."
    else:
        told += " No insight is recorded."
    panels = tuple((f"panels: {verdict.value}", verdicts[verdict]) for verdict in PanelVerdict if verdicts[verdict])
    if panels:
        spoken = ", ".join(f"{verdicts[verdict]} {verdict.value}" for verdict in PanelVerdict if verdicts[verdict])
        told += f" Panels: {spoken}."
    details = tuple(
        ProfileDetail(
            title=panel.title,
            counts=(("members", panel.members),),
            sentence=f"Beside its population: {panel.verdict.value}.",
        )
        for panel in voices.panels
    )
    return ProfileLine(
        id="voice", title=title, question=question, counts=(*counts, *panels), sentence=told, details=details
    )


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
