"""Which outcomes of a framework are seen through nobody's eyes: neither an experience measure nor an insight source."""

from collections.abc import Iterator

from outcomes.definitions import Complaint, advice
from outcomes.framework.frameworks import Frameworks
from outcomes.framework.reading import FrameworkSource
from outcomes.vocabulary import Tier

__all__ = ["complaint_of_unheard", "shared_measures", "unheard_outcome"]


def shared_measures(frameworks: Frameworks, source: FrameworkSource) -> dict[str, dict[str, bool]]:
    """Return each shared outcome of a framework, its measures, and of each whether people's own account is measured.

    Arguments:
        frameworks: Every framework that is read together.
        source: One of them.

    Returns:
        The outcomes that have a local or national measure, in the framework's order.
    """
    outcomes = sorted(source.header.noun.outcomes if source.header else (), key=lambda one: (one.order, one.id))
    found: dict[str, dict[str, bool]] = {outcome.id: {} for outcome in outcomes}
    for located in source.inclusions:
        inclusion = located.noun
        if inclusion.tier is Tier.OPERATIONAL or inclusion.outcome not in found:
            continue
        versions = frameworks.usable[source.id].get(inclusion.indicator, {})
        indicator = versions.get(inclusion.version)
        measures = found[inclusion.outcome]
        is_felt = indicator is not None and indicator.is_experience_measure
        # one version that is people's own account is enough
        measures[inclusion.indicator] = measures.get(inclusion.indicator, False) or is_felt
    return {outcome: measures for outcome, measures in found.items() if measures}


def complaint_of_unheard(source: FrameworkSource, unheard: list[str]) -> Iterator[Complaint]:
    """Yield what is said of a framework's outcomes that nobody's experience tells of; nothing where there is none."""
    if not unheard or source.header is None:
        return
    which = "the outcome" if len(unheard) == 1 else f"{len(unheard)} outcomes"
    verb = "has" if len(unheard) == 1 else "have"
    message = (
        f"of framework {source.id!r} {which} {', '.join(unheard)} {verb} neither an experience measure nor an insight "
        "source: people's own account is missing."
    )
    fix = (
        "Mark a measure with is_experience_measure: true, say under heard_through how people are listened to, or log "
        "insights that name the outcome."
    )
    yield source.header.says(message, fix, "outcomes")


@advice
def unheard_outcome(frameworks: Frameworks) -> Iterator[Complaint]:
    """Every shared outcome has an experience measure or an insight source."""
    for source in frameworks.counted:
        said = {outcome.id for outcome in source.header.noun.outcomes if outcome.heard_through} if source.header else ()
        measured = shared_measures(frameworks, source)
        unheard = [one for one, measures in measured.items() if one not in said and not any(measures.values())]
        yield from complaint_of_unheard(source, unheard)
