"""The rules of the tree from purpose to measure: nothing hangs in the air. Each is advice, and names the orphan."""

from collections.abc import Iterator

from outcomes.definitions import Complaint, advice
from outcomes.framework.frameworks import Frameworks

__all__ = ["outcome_without_indicator", "outcome_without_purpose"]


@advice
def outcome_without_indicator(frameworks: Frameworks) -> Iterator[Complaint]:
    """Every outcome of a framework in use has an indicator that tells of it, unless only some of these were chosen."""
    for source in frameworks.counted:
        if source.header is None or source.is_cut_down:
            continue
        # inclusions that cannot be read may be the ones that are looked for
        if any(fault.file.endswith("inclusions.yaml") for fault in source.faults):
            continue
        served = {located.noun.outcome for located in source.inclusions}
        for position, outcome in enumerate(source.header.noun.outcomes):
            if outcome.id not in served:
                message = f"outcome {outcome.id!r} has no indicator, so nobody can tell how it stands."
                fix = "Add an indicator under it in inclusions.yaml, or take it out."
                yield source.header.says(message, fix, "outcomes", position, "id")


@advice
def outcome_without_purpose(frameworks: Frameworks) -> Iterator[Complaint]:
    """Where a framework says what some of its outcomes are for, it says it of every one."""
    for header in frameworks.headers:
        if header.noun.id not in frameworks.listed:
            continue
        outcomes = header.noun.outcomes
        if header.noun.purpose or not any(outcome.purpose for outcome in outcomes):
            continue
        for position, outcome in enumerate(outcomes):
            if not outcome.purpose:
                message = f"outcome {outcome.id!r} serves no purpose, and others of this framework do."
                fix = "Write its purpose, or one purpose for the framework."
                yield header.says(message, fix, "outcomes", position, "id")
