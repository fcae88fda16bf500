"""Builds the scorecards: every place's tree, and the tidy results of all, from one protected table."""

from collections.abc import Mapping, Sequence
from datetime import date

import polars as pl

from outcomes.agreement.model import Agreement
from outcomes.errors import UnknownNameError
from outcomes.estimates.model import Estimates
from outcomes.fingerprint import fingerprint_of, sha256_of_bytes
from outcomes.framework.model import Framework, Inclusion
from outcomes.intake.observations import Observations
from outcomes.judgement.model import without_targets
from outcomes.ledger.model import ReturnsStatus
from outcomes.no_score import refuse_partners
from outcomes.partnership.model import Partnership
from outcomes.profile.model import Profile
from outcomes.profile.voices import Voices
from outcomes.protection.model import WORKING_COPY, Protected
from outcomes.scorecard.agreed import agreement_record, unready_sentences, without_contract_measures
from outcomes.scorecard.balances import results_with_balances, with_balances
from outcomes.scorecard.challenges import challenge_lines, response_counts
from outcomes.scorecard.chance import remaining_together, with_false_discoveries
from outcomes.scorecard.collection import Scorecards
from outcomes.scorecard.figures import Figures
from outcomes.scorecard.headers import agreement_summary, commitment_lines, partner_returns, place_header, summary_of
from outcomes.scorecard.lines import LineMaker
from outcomes.scorecard.meetings import board_of
from outcomes.scorecard.model import IndicatorLine, OutcomeSection, Scorecard, Versions
from outcomes.scorecard.money import money_of
from outcomes.scorecard.partners import partner_lines
from outcomes.scorecard.purpose import purpose_of, purpose_tree
from outcomes.scorecard.results import tidy_results, with_stale
from outcomes.scorecard.room import room_lines
from outcomes.scorecard.sources import sources_of
from outcomes.scorecard.versions_meant import of_version
from outcomes.statistics import METHODS
from outcomes.status_table import StatusMeasure
from outcomes.version import VERSION
from outcomes.vocabulary import AreaLevel, Tier

__all__ = ["build_scorecards", "places_of"]


def places_of(partnership: Partnership, as_of: date, places: Sequence[str] = ()) -> tuple[str, ...]:
    """Return the codes of the areas that get a scorecard, sorted by name, then code.

    Arguments:
        partnership: The world.
        as_of: The date that the pages speak for; only areas that exist on it have one.
        places: Area codes at any level; empty for every area at the level of places.

    Raises:
        UnknownNameError: A code that no area has on the date, or that of a remainder.
        SharedOutcomeError: The code of a partner: a scorecard is of a place.
    """
    for code in places:
        refuse_partners(partnership.partners_by_code, partnership.areas, f"places={list(places)!r}", code)
    # a place that is named twice has one page
    named = [partnership.areas[code] for code in dict.fromkeys(places)]
    for area in named:
        if not area.is_valid(as_of, as_of):
            raise UnknownNameError(f"the area {area.code!r} ({area.name}) does not exist on {as_of}; see areas.csv")
        if area.is_remainder:
            raise UnknownNameError(f"the area {area.code!r} ({area.name}) is a remainder, which has no page of its own")
    everywhere = partnership.areas.at_level(AreaLevel.PLACE)
    areas = named or [area for area in everywhere if area.is_valid(as_of, as_of) and not area.is_remainder]
    if not areas:
        raise UnknownNameError("no area at the level of places exists on this date, so there is no scorecard to build")
    return tuple(area.code for area in sorted(areas, key=lambda area: (area.name, area.code)))


def build_scorecards(
    protected: Protected,
    estimates: Estimates,
    partnership: Partnership,
    *,
    as_of: date,
    profiles: Mapping[str, Profile],
    returns: ReturnsStatus | None = None,
    places: Sequence[str] = (),
    positions: pl.DataFrame | None = None,
    observations: Observations | None = None,
    voices: Mapping[str, Voices] | None = None,
) -> Scorecards:
    """Return the scorecards of all places.

    Arguments:
        protected: What may leave the house.
        estimates: Made from the protected place measures, never from the true ones.
        partnership: The world.
        as_of: The date that the pages speak for.
        profiles: Area code to its profile: ten lines, parity, coverage, balances.
        returns: What was expected and received; None where no ledger stands behind the figures.
        places: Which areas get a page; empty for every area at the level of places.
        positions: Where sources disagree on a figure, what it is by each, protected (columns `POSITION_COLUMNS`); None
            where nobody looked.
        observations: The partners' figures, from which a number leads back to its file and rows; without them a page
            names its partners alone.
        voices: Area code to what people said, of the places and of the area that the partnership covers.

    Returns:
        One scorecard a place, and the tidy results of every area.
    """
    judgements = protected.judgements
    chosen_places = places_of(partnership, as_of, places)
    # tables have one target a measure: what an agreement in force changed or dropped stands on the pages alone
    standing = without_targets(judgements, partnership.replaced_target_keys(as_of))
    figures = Figures(estimates, judgements, partnership, _asked_for(partnership, chosen_places))
    versions = _versions(protected, estimates, partnership)
    titles = {method.name: method.title for method in METHODS}
    below = {code for area in chosen_places for code in partnership.footprints.within(area)}
    sources = sources_of(observations, returns, partnership, sorted(below))
    cards = []
    for area_code in chosen_places:
        agreement = partnership.agreement_for(area_code, as_of)
        maker = LineMaker(
            figures, partnership, agreement, returns, area_code, titles, positions, sources, protected.policy
        )
        included = partnership.lines_for(agreement)
        latest = _latest_versions(included)
        made = [
            maker.line(framework, one, as_of, is_earlier_version=one.version < latest[one.indicator])
            for framework, one in included
        ]
        lines = with_balances(made, profiles[area_code].balances)
        chosen = [(one.outcome, one.order, line) for (_, one), line in zip(included, lines, strict=True)]
        outcomes = _sections(partnership, agreement, chosen)
        commitments = of_version(commitment_lines(agreement, partnership, as_of) if agreement else (), latest)
        card = Scorecard(
            partnership_id=partnership.description.id,
            partnership_title=partnership.description.title,
            is_fictional=partnership.description.is_fictional,
            place=place_header(partnership, area_code, as_of),
            as_of=as_of,
            product="draft" if protected.policy else "working copy",
            draft_reasons=_draft_reasons(protected, partnership, agreement, as_of),
            agreement=agreement_summary(agreement, partnership, as_of) if agreement else None,
            record=agreement_record(agreement, partnership, lines, as_of) if agreement else None,
            summary=summary_of([line for section in outcomes for line in (*section.local, *section.national)]),
            profile=profiles[area_code].lines,
            parity=profiles[area_code].parity,
            coverage=profiles[area_code].coverage,
            asked=profiles[area_code].asked,
            purpose=purpose_tree(
                outcomes,
                [line for line in lines if line.tier is Tier.OPERATIONAL],
                {line.page_name: outcome for outcome, _, line in chosen},
                partnership,
                agreement,
            ),
            outcomes=outcomes,
            operational=tuple(line for _, _, line in sorted(chosen, key=_by_order) if line.tier is Tier.OPERATIONAL),
            commitments=commitments,
            challenges=of_version(challenge_lines(partnership, area_code, as_of), latest),
            responses=response_counts(partnership, area_code, as_of),
            room=of_version(room_lines(partnership, area_code, as_of), latest),
            returns=partner_returns(returns, partnership, area_code),
            partners=partner_lines(partnership, agreement, returns, lines, area_code=area_code, as_of=as_of),
            money=money_of(
                agreement,
                partnership,
                [(section.id, section.title) for section in outcomes],
                area_code=area_code,
                as_of=as_of,
            ),
            board=board_of(agreement, partnership, commitments, as_of=as_of, with_private=protected.policy is None),
            voices=(voices or {}).get(area_code),
            attributions=_attributions(partnership, lines),
            versions=versions,
        )
        cards.append(with_false_discoveries(card))
    return Scorecards(
        title=partnership.description.title,
        introduction=partnership.description.introduction,
        cards=tuple(cards),
        remaining_together=remaining_together(cards),
        frame=results_with_balances(
            with_stale(
                without_contract_measures(tidy_results(estimates, standing, partnership), partnership, as_of),
                returns,
                partnership,
                as_of,
                judgements.overdue,
            ),
            {code: profiles[code] for code in chosen_places},
        ),
        as_of=as_of,
        known_at=estimates.known_at,
        policy_id=protected.policy.id if protected.policy else WORKING_COPY,
        partner_codes=frozenset(partnership.partners_by_code),
        voices=(voices or {}).get(partnership.description.area_code),
        signals=standing.frame.filter(pl.col("area_code").is_in(chosen_places)),
        status_tables={
            framework.id: framework.statuses for framework in partnership.frameworks if framework.statuses is not None
        },
        status_measures={
            framework.id: _measures(framework, partnership, as_of)
            for framework in partnership.frameworks
            if framework.statuses is not None
        },
    )


def _measures(framework: Framework, partnership: Partnership, as_of: date) -> tuple[StatusMeasure, ...]:
    """The measures that a framework includes by definitions that hold on a date."""
    included = (partnership.indicators.get(inclusion.key) for inclusion in framework.inclusions)
    return tuple(
        StatusMeasure(*indicator.key, indicator.official_code or None, indicator.name, indicator.unit)
        for indicator in included
        if indicator is not None and indicator.holds_on(as_of)
    )


def _asked_for(partnership: Partnership, places: Sequence[str]) -> frozenset[str]:
    """Every area of which a page says anything: the places, their parts, and whatever they are compared with."""
    footprints = partnership.footprints
    areas = set(places)
    for place in places:
        areas.update(footprints.parts(place))
        areas.update(footprints.ancestors(place))
    above = (AreaLevel.NATION, AreaLevel.REGION, AreaLevel.SYSTEM)
    areas.update(area.code for level in above for area in partnership.areas.at_level(level))
    return frozenset(areas)


def _latest_versions(included: Sequence[tuple[Framework, Inclusion]]) -> dict[str, int]:
    """Of each measure of a page its last version there; those before it are told to be earlier ones."""
    latest: dict[str, int] = {}
    for _, inclusion in included:
        latest[inclusion.indicator] = max(inclusion.version, latest.get(inclusion.indicator, 0))
    return latest


def _by_order(chosen: tuple[str, int, IndicatorLine]) -> tuple[int, str]:
    return (chosen[1], chosen[2].indicator_id)


def _sections(
    partnership: Partnership, agreement: Agreement | None, chosen: Sequence[tuple[str, int, IndicatorLine]]
) -> tuple[OutcomeSection, ...]:
    """One section an outcome, in the order of the agreement's frameworks; one outcome of several frameworks is one."""
    sections = []
    for outcome in partnership.outcomes_for(agreement):
        here = [entry for entry in sorted(chosen, key=_by_order) if entry[0] == outcome.id]
        local = tuple(line for _, _, line in here if line.tier is Tier.LOCAL)
        national = tuple(line for _, _, line in here if line.tier is Tier.NATIONAL)
        if local or national:
            sections.append(
                OutcomeSection(
                    id=outcome.id,
                    title=outcome.title,
                    description=outcome.description,
                    purpose=purpose_of(outcome.id, partnership, agreement),
                    local=local,
                    national=national,
                )
            )
    return tuple(sections)


def _draft_reasons(
    protected: Protected, partnership: Partnership, agreement: Agreement | None, as_of: date
) -> tuple[str, ...]:
    reasons = []
    if protected.policy is not None and not protected.has_recoverability_audit:
        reasons.append(
            "It has not been audited for hidden numbers that could be worked out from others, so it is not published: "
            "do not pass it on beyond the partners."
        )
    if agreement is None:
        reasons.append("No agreement is recorded for this place.")
    else:
        reasons.extend(unready_sentences(agreement, partnership, as_of))
    return tuple(reasons)


def _attributions(partnership: Partnership, lines: Sequence[IndicatorLine]) -> tuple[str, ...]:
    """Every source and licence behind the page, once each; of a series what its readers have to know, too."""
    told = {(line.definition.source, line.definition.licence, "") for line in lines}
    described = [series.description for series in partnership.series.values()]
    told |= {(one.source, one.licence, one.note) for one in described}
    return tuple(sorted({". ".join(text.rstrip(".") for text in texts if text) for texts in told}))


def _versions(protected: Protected, estimates: Estimates, partnership: Partnership) -> Versions:
    policy = protected.policy
    return Versions(
        library=VERSION,
        ledger_number=estimates.known_at,
        partnership_fingerprint=partnership.fingerprint,
        frameworks=tuple(f"{framework.id} {framework.version}" for framework in partnership.frameworks),
        policy_id=policy.id if policy else WORKING_COPY,
        policy_title=policy.title if policy else "Small numbers are not hidden",
        policy_fingerprint=fingerprint_of(policy) if policy else "",
        protected_sha256=_hash_of_table(pl.concat([protected.frame, protected.measures.submitted])),
    )


def _hash_of_table(frame: pl.DataFrame) -> str:
    """The hash of the table's canonical text: the same on any machine and with any version of the file formats."""
    flat = frame.with_columns(pl.col(pl.List(pl.String)).list.join("; "))
    return sha256_of_bytes(flat.write_csv().encode())
