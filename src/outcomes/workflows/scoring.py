"""Scoring: the street from observations to scorecards, in one call."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import polars as pl

from outcomes.estimates.estimating import estimate
from outcomes.intake.observations import Observations
from outcomes.judgement.judging import judge
from outcomes.judgement.renumbering import renumbered
from outcomes.ledger.model import ReturnsStatus
from outcomes.partnership.model import Partnership
from outcomes.profile.profiling import profile
from outcomes.protection.model import WORKING_COPY
from outcomes.protection.protecting import protect
from outcomes.rollup.rolling import roll_up
from outcomes.scorecard.assembly import build_scorecards, places_of
from outcomes.scorecard.collection import Scorecards

__all__ = ["scorecards"]


def scorecards(
    partnership: Partnership,
    observations: Observations,
    *,
    as_of: date,
    policy: str,
    returns: ReturnsStatus | None = None,
    places: Sequence[str] = (),
) -> Scorecards:
    """Return the scorecards of every place: roll up, estimate, judge, protect, build.

    Words are judged on true counts; every printed number is estimated once more from the protected counts.

    Arguments:
        partnership: The world that the figures are read against.
        observations: The partners' figures, as known at a ledger number or from a frame of your own.
        as_of: The date that the scorecards speak for.
        policy: The id of the policy that protects small numbers, such as `hes-2018`; `none` makes the unprotected
            working copy, marked on every page. There is no default.
        returns: What was expected and received; leave out where no ledger stands behind the figures.
        places: The area codes to build for; leave out for every area at the level of places. Figures are always
            computed for all.

    Returns:
        The scorecards, with `results()` as a tidy frame.

    Raises:
        UnknownNameError: No such policy or place.
    """
    # a wrong name fails before any work is done
    rules = None if policy == WORKING_COPY else partnership.policy(policy).id
    chosen = places_of(partnership, as_of, places)
    measures = roll_up(observations, partnership, as_of=as_of)
    estimates = estimate(measures, partnership)
    judgements = judge(estimates, partnership, as_of=as_of)
    protected = protect(measures, judgements, partnership, policy=rules)
    # the working copy prints the true counts themselves
    printed = estimates if rules is None else estimate(protected.measures, partnership)
    if rules is not None:
        # the words stay those of the true counts; levels, distances and slopes come from the protected ones
        again = judge(printed, partnership, as_of=as_of)
        protected = replace(protected, judgements=renumbered(protected.judgements, again))
    # the ten lines of a place are counted from its own words: of a nation of small areas they are few
    is_chosen = pl.col("area_code").is_in(chosen)
    words = replace(protected.judgements, frame=protected.judgements.frame.filter(is_chosen))
    profiles = {
        area_code: profile(
            words,
            partnership.agreement_for(area_code, as_of),
            returns,
            partnership,
            area_code=area_code,
            as_of=as_of,
        )
        for area_code in chosen
    }
    return build_scorecards(
        protected, printed, partnership, as_of=as_of, profiles=profiles, returns=returns, places=chosen
    )
