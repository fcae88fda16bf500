"""Scoring: the street from observations to scorecards, in one call."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import polars as pl

from outcomes.breakdown import WHOLE
from outcomes.estimates.estimating import estimate
from outcomes.estimates.model import Estimates
from outcomes.intake.observations import Observations, said_by_successors
from outcomes.judgement.judging import judge
from outcomes.judgement.model import without_targets
from outcomes.judgement.renumbering import renumbered
from outcomes.ledger.model import ReturnsStatus
from outcomes.no_score import no_score
from outcomes.partnership.model import Partnership
from outcomes.profile.burden import asked_in
from outcomes.profile.hearing import every_voice
from outcomes.profile.profiling import profile
from outcomes.profile.words import CurrentFigure
from outcomes.protection.model import WORKING_COPY
from outcomes.protection.protecting import protect
from outcomes.rollup.rolling import roll_up
from outcomes.scorecard.assembly import build_scorecards, places_of
from outcomes.scorecard.collection import Scorecards
from outcomes.workflows.positions import positions_of_values

__all__ = ["scorecards"]


def scorecards(
    partnership: Partnership,
    observations: Observations,
    *,
    as_of: date,
    policy: str,
    returns: ReturnsStatus | None = None,
    places: Sequence[str] = (),
    partner: str | None = None,
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
        partner: Never: a scorecard is of a place.

    Returns:
        The scorecards, with `results()` as a tidy frame.

    Raises:
        UnknownNameError: No such policy or place.
        SharedOutcomeError: A score of one partner was asked for; there is none, and the message says why.
    """
    if partner is not None:
        raise no_score(f"scorecards(partner={partner!r})", partner)
    # a wrong name fails before any work is done
    rules = None if policy == WORKING_COPY else partnership.policy(policy).id
    chosen = places_of(partnership, as_of, places)
    observations = replace(observations, frame=said_by_successors(observations.frame, partnership))
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
    # what an agreement in force dropped is shown, and counted no more
    words = without_targets(words, partnership.replaced_target_keys(as_of))
    asked = asked_in(partnership, as_of, chosen)
    voices = every_voice(partnership, (*chosen, partnership.description.area_code), as_of=as_of)
    current = _current_figures(printed, chosen, as_of)
    profiles = {
        area_code: profile(
            words,
            partnership.agreement_for(area_code, as_of),
            returns,
            partnership,
            area_code=area_code,
            as_of=as_of,
            asked=asked[area_code],
            voices=voices[area_code],
            current=current[area_code],
        )
        for area_code in chosen
    }
    positions = positions_of_values(observations, partnership, as_of=as_of, policy=rules, printed=printed.frame)
    return build_scorecards(
        protected,
        printed,
        partnership,
        as_of=as_of,
        profiles=profiles,
        returns=returns,
        places=chosen,
        positions=positions,
        observations=observations,
        voices=voices,
    )


def _current_figures(printed: Estimates, places: Sequence[str], as_of: date) -> dict[str, dict[str, CurrentFigure]]:
    """The newest figure of each measure for everybody, by area code and indicator."""
    rows = (
        printed.frame.filter(
            pl.col("area_code").is_in(list(places)) & (pl.col("breakdown") == WHOLE) & (pl.col("period_end") <= as_of)
        )
        .sort("period_start", "indicator_version")
        .select("area_code", "indicator_id", "period_kind", "period_start", pl.col("value").is_not_null())
    )
    found: dict[str, dict[str, CurrentFigure]] = {area_code: {} for area_code in places}
    # the last of each stays
    for area_code, indicator, *figure in rows.iter_rows():
        found[area_code][indicator] = CurrentFigure(*figure)
    return found
