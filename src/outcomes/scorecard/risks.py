"""Lists what could be wrong with a figure, or with what is read into it: facts one by one, never a score of trust."""

from collections.abc import Sequence
from typing import Final

from outcomes.scorecard.model import DefinitionSummary, SourceFile, Staleness, Value
from outcomes.vocabulary import Qualifier

__all__ = ["risks_of"]

# an interval as wide as this share of the value leaves the value itself open
_WIDE: Final = 0.5
_OF_QUALIFIERS: Final = {
    Qualifier.DISPUTED: "Partners give different figures; every one of them is shown.",
    Qualifier.PROVISIONAL: "The figure is provisional.",
    Qualifier.ESTIMATED: "The figure is estimated.",
    Qualifier.LOW_RELIABILITY: "Its sender calls the figure of low reliability.",
    Qualifier.PARTIAL: "Not everybody whose figure belongs to it has sent it.",
    Qualifier.BREAK_IN_SERIES: "It cannot be compared with the periods before.",
}


def risks_of(
    value: Value | None,
    definition: DefinitionSummary,
    files: Sequence[SourceFile],
    stale: Staleness | None = None,
    *,
    knows_files: bool = True,
) -> tuple[str, ...]:
    """Return in short sentences what limits the confidence in a figure; nothing where nothing is known to.

    Arguments:
        value: The figure; None where there is none.
        definition: How it is defined, and what it may not be used for.
        files: The files behind it.
        stale: What should have followed it by now.
        knows_files: Whether a record stands behind the figure, so that a missing signature can be told.
    """
    found = []
    if value is None or value.value is None:
        found.append("There is no figure.")
    else:
        found += _of_interval(value)
        found += [text for qualifier, text in _OF_QUALIFIERS.items() if qualifier in value.qualifiers]
    if value is not None and value.coverage is not None and value.coverage < 1:
        found.append(f"It speaks for {value.coverage:.0%} of the people.")
    if stale is not None:
        found.append(f"A later figure is due: {stale.next_period}.")
    if knows_files:
        found += _of_files(files)
    if definition.is_to_be_confirmed:
        found.append("Its definition is to be confirmed.")
    found += [f"The definition leaves open: {part}." for part in definition.not_established]
    if definition.limits_of_use:
        found.append(f"Limits of use: {definition.limits_of_use}")
    return tuple(found)


def _of_interval(value: Value) -> list[str]:
    lower, upper, middle = value.lower_ci_95, value.upper_ci_95, value.value
    if lower is None or upper is None:
        return ["It has no interval, so that chance cannot be told."]
    if middle and (upper - lower) / 2 > _WIDE * abs(middle):
        return ["Its 95% interval is wide: chance alone may explain much of it."]
    return []


def _of_files(files: Sequence[SourceFile]) -> list[str]:
    found = []
    unsigned = sorted({one.file for one in files if one.file and not one.signed_off_by})
    if unsigned:
        found.append(f"No sign-off is recorded of {', '.join(unsigned)}.")
    remarked = sorted({code for one in files for code in one.codes})
    if remarked:
        found.append(f"The check remarked on what was sent: {', '.join(remarked)}.")
    return found
