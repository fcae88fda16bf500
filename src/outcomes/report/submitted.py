"""Says in words what somebody gave for a whole whose value is the sum of its parts, and how far the two are apart."""

from outcomes.report.formatting import count_text, joined, number_text, value_text
from outcomes.report.wording import say
from outcomes.scorecard.model import SubmittedWhole, Value

__all__ = ["differing_whole", "submitted_notes"]


def submitted_notes(value: Value, decimals: int, unit: str) -> tuple[str, ...]:
    """Return the sum of the parts and what was given for the whole, in short sentences; empty where nothing was.

    Arguments:
        value: The value, with its counts.
        decimals, unit: How the measure's values are printed.

    >>> given = SubmittedWhole(value=148101, numerator=148101, numerator_difference=744, partners=("NHS England",))
    >>> submitted_notes(Value(value=147357, numerator=147357, submitted=given), 0, "")
    ('Sum of its parts: 147,357', 'NHS England gives 148,101 for the whole (744 more)')
    """
    given = value.submitted
    if given is None or value.value is None:
        return ()
    if not _differs(given):
        return (
            say("same_whole" if len(given.partners) < 2 else "same_whole_by_several", partners=joined(given.partners)),
        )
    own = _counts(value.numerator, value.denominator) if given.numerator is not None else ""
    return (
        say("sum_of_parts", figure=own or value_text(value.value, decimals, unit)),
        _given(given, decimals, unit),
    )


def differing_whole(value: Value, decimals: int, unit: str) -> tuple[str, ...]:
    """Return what was given for the whole only where it differs, for a table with little room."""
    given = value.submitted
    if given is None or value.value is None or not _differs(given):
        return ()
    return (_given(given, decimals, unit),)


def _differs(given: SubmittedWhole) -> bool:
    if given.numerator_difference is None:
        return bool(given.value_difference)
    return bool(given.numerator_difference or given.denominator_difference)


def _given(given: SubmittedWhole, decimals: int, unit: str) -> str:
    figure = _counts(given.numerator, given.denominator)
    if given.value is not None and (not figure or given.denominator is not None):
        printed = value_text(given.value, decimals, unit)
        figure = say("counts_and_value", counts=figure, value=printed) if figure else printed
    words = "submitted_whole" if len(given.partners) < 2 else "submitted_whole_by_several"
    return say(words, partners=joined(given.partners), figure=figure, difference=_difference(given, decimals))


def _counts(numerator: float | None, denominator: float | None) -> str:
    if numerator is None:
        return ""
    if denominator is None:
        return count_text(numerator)
    return say("counts_of", numerator=count_text(numerator), denominator=count_text(denominator))


def _difference(given: SubmittedWhole, decimals: int) -> str:
    if given.numerator_difference is None:
        by = given.value_difference or 0.0
        if by == 0:
            return say("same")
        # a difference is never printed as none
        shown = next((d for d in range(decimals, decimals + 6) if abs(by) >= 0.5 * 10**-d), decimals + 6)
        return say("higher_by" if by > 0 else "lower_by", number=number_text(abs(by), shown))
    said = _more_or_fewer(given.numerator_difference)
    if not given.denominator_difference:
        return said
    return say("out_of_difference", numerator=said, denominator=_more_or_fewer(given.denominator_difference))


def _more_or_fewer(by: float) -> str:
    if by == 0:
        return say("same")
    return say("more" if by > 0 else "fewer", number=count_text(abs(by)))
