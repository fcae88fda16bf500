"""Says why no organisation has a score of a shared outcome, wherever one is asked for, and what to ask instead."""

from collections.abc import Container
from typing import Any, NoReturn

from outcomes.errors import SharedOutcomeError

__all__ = ["no_score", "refuse_partners", "score_of_partner"]


def no_score(asked: str, partner: str = "") -> SharedOutcomeError:
    """Return the error that a score of one organisation was asked for.

    Arguments:
        asked: What was asked, as it was written, such as `results(partner='EVH')`.
        partner: The organisation's code; empty where none is named.

    >>> str(no_score("results(partner='EVH')", "EVH")).split(".")[0]
    "results(partner='EVH'): no result of 'EVH' alone exists"
    """
    whose = f"{partner!r}" if partner else "one organisation"
    return SharedOutcomeError(
        f"{asked}: no result of {whose} alone exists. An outcome here is what all partners bring about together, for "
        "the people of a place: a figure split by organisation would judge it by whom it serves and by what others do. "
        "Ask for a place instead; for what a partner promised (Scorecard.commitments), what it sent (returns_status) "
        "and what it answers for with others (who_is_in_the_room)."
    )


def refuse_partners(codes: Container[str], named: Container[str], asked: str, code: str) -> None:
    """Refuse the code of a partner where that of a place is expected.

    Arguments:
        codes: The codes of partners.
        named: The codes of areas; an area that shares its code with a partner is meant.
        asked: What was asked, as it was written.
        code: What was given.

    Raises:
        SharedOutcomeError: The code is a partner's, and no area's.

    >>> refuse_partners({"EVH"}, {"P1"}, "scorecards(places=['P1'])", "P1")
    """
    if code in codes and code not in named:
        raise no_score(asked, code)


def score_of_partner(partner: str = "", *_asked: Any, **_named: Any) -> NoReturn:
    """Refuse, always: there is no score of one organisation on a shared outcome, and the message says why.

    Arguments:
        partner: The organisation's code.

    Raises:
        SharedOutcomeError: Always; it names what can be asked instead.

    >>> score_of_partner("EVH", indicator="local-02")
    Traceback (most recent call last):
    outcomes.errors.SharedOutcomeError: score_of_partner('EVH'): no result of 'EVH' alone exists. ...
    """
    raise no_score(f"score_of_partner({partner!r})", partner)
