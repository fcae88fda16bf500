"""The example partnership shows everything at least once, and is as sound as we ask anyone's to be."""

from collections import Counter
from datetime import date

import polars as pl
import pytest

from outcomes.agreement.model import commitment_state
from outcomes.bundled import bundled_folder
from outcomes.partnership.lint import lint_partnership
from outcomes.partnership.loading import load_partnership
from outcomes.partnership.model import Partnership
from outcomes.partnership.supplies import expected_figures, supplies
from outcomes.vocabulary import (
    AreaLevel,
    Combine,
    CommitmentState,
    PartnerType,
    PeriodKind,
    Polarity,
    Role,
    Statistic,
    TargetKind,
    Tier,
)

FOLDER = bundled_folder("examples", "eastvale")
AS_OF = date(2026, 11, 22)


@pytest.fixture(scope="module")
def eastvale() -> Partnership:
    return load_partnership(FOLDER)


def places_of_today(partnership: Partnership) -> list[str]:
    return [area.code for area in partnership.areas.at_level(AreaLevel.PLACE) if area.valid_to is None]


def test_lint_says_of_the_example_that_its_one_draft_lacks_a_signature_and_nothing_else() -> None:
    (said,) = lint_partnership(FOLDER)
    assert (said.rule, said.file, said.is_advice) == ("lacks-signature", "agreements/EMX060003.yaml", True)


def test_the_example_says_that_it_is_fictional(eastvale: Partnership) -> None:
    assert eastvale.description.is_fictional
    assert "made up" in eastvale.description.introduction
    # no code that any real area has
    assert {area.code[:3] for area in eastvale.areas} == {"EMX"}


def test_four_places_of_three_neighbourhoods_or_more_one_of_them_shared(eastvale: Partnership) -> None:
    places = places_of_today(eastvale)
    assert len(places) == 4
    parts = [part for place in places for part in eastvale.footprints.members[place]]
    assert len(set(parts)) == len(eastvale.areas.at_level(AreaLevel.NEIGHBOURHOOD)) == 14
    assert [part for part, times in Counter(parts).items() if times > 1] == ["EMX020404"]


def test_people_of_the_places_add_up_to_the_system_in_every_year_and_band(eastvale: Partnership) -> None:
    population = eastvale.series["population"].frame
    key = ["period_start", "breakdown"]
    places = (
        population.filter(pl.col("area_code").is_in(places_of_today(eastvale)))
        .group_by(key)
        .agg(pl.col("numerator").sum())
    )
    system = population.filter(pl.col("area_code") == "EMX540001").select(*key, "numerator")
    assert system.height == 11 * 20
    assert places.sort(key).equals(system.sort(key))


def test_every_type_of_partner_is_there(eastvale: Partnership) -> None:
    assert {partner.type for partner in eastvale.partners} == set(PartnerType)


def test_every_statistic_that_is_computed_is_there(eastvale: Partnership) -> None:
    computed = {
        Statistic.PROPORTION,
        Statistic.CRUDE_RATE,
        Statistic.MEAN,
        Statistic.COUNT,
        Statistic.DIRECTLY_STANDARDISED_RATE,
        Statistic.PUBLISHED_VALUE,
    }
    assert {indicator.statistic for indicator in eastvale.indicators.values()} == computed


def test_every_rhythm_in_use_is_there(eastvale: Partnership) -> None:
    rhythms = {
        PeriodKind.MONTH,
        PeriodKind.QUARTER,
        PeriodKind.CALENDAR_YEAR,
        PeriodKind.FINANCIAL_YEAR,
        PeriodKind.THREE_CALENDAR_YEARS,
    }
    assert {indicator.period for indicator in eastvale.indicators.values()} == rhythms


def test_terms_of_every_kind_are_there(eastvale: Partnership) -> None:
    indicators = eastvale.indicators.values()
    assert {indicator.combine for indicator in indicators} == set(Combine)
    assert {breakdown.dimension for indicator in indicators for breakdown in indicator.breakdowns} == {
        "sex",
        "age_band",
        "deprivation_quintile",
    }
    assert [indicator.id for indicator in indicators if indicator.numerator_scale == 2] == ["op-02"]
    inclusions = [inclusion for _, inclusion in eastvale.inclusions]
    assert {inclusion.tier for inclusion in inclusions} == set(Tier)
    assert {inclusion.polarity for inclusion in inclusions} == set(Polarity)


def test_local_and_national_stand_equal_and_operational_measures_apart(eastvale: Partnership) -> None:
    local = eastvale.frameworks[0]
    tiers = Counter(inclusion.tier for inclusion in local.inclusions)
    assert tiers == {Tier.LOCAL: 12, Tier.NATIONAL: 14, Tier.OPERATIONAL: 5}


def test_every_place_has_an_agreement_of_which_one_is_superseded_and_one_a_draft(eastvale: Partnership) -> None:
    places = places_of_today(eastvale)
    current = [eastvale.agreement_for(place, AS_OF) for place in places]
    assert [agreement is not None for agreement in current] == [True] * 4
    assert [a.area_code for a in current if a and not eastvale.standing_of(a, AS_OF).is_in_force] == ["EMX060003"]
    assert [(a.area_code, a.version) for a in current if a and a.supersedes] == [("EMX060002", 2)]
    assert len({a.form for a in current if a}) == 4


def test_every_shared_outcome_has_several_owners_in_every_place(eastvale: Partnership) -> None:
    shared = {i.indicator for i in eastvale.frameworks[0].inclusions if i.tier is not Tier.OPERATIONAL}
    for agreement in eastvale.agreements:
        owners = Counter(
            indicator
            for duty in agreement.responsibilities
            if duty.role is Role.ACCOUNTABLE
            for indicator in set(duty.indicators) & shared
        )
        assert {indicator for indicator in shared if owners[indicator] < 2} == set(), agreement.area_code


def test_promises_stand_in_every_state(eastvale: Partnership) -> None:
    states = {commitment_state(promise, AS_OF) for a in eastvale.agreements for promise in a.commitments}
    assert states == set(CommitmentState)


def test_targets_of_every_kind_are_set_by_places_and_levels_and_paths_by_the_nation(eastvale: Partnership) -> None:
    local = [target for agreement in eastvale.agreements for target in agreement.targets]
    national = [target for _, inclusion in eastvale.inclusions for target in inclusion.targets]
    assert {target.kind for target in local} == set(TargetKind)
    assert {target.kind for target in national} == {TargetKind.LEVEL, TargetKind.PATH}
    assert {target.set_by for target in local} == {AreaLevel.PLACE}
    assert {target.set_by for target in national} == {AreaLevel.NATION}
    assert [target.breakdown for target in local if target.breakdown] == [
        "deprivation_quintile=1 most deprived",
        "sex=Male",
    ]


def test_agreements_and_the_list_of_partners_name_the_same_suppliers(eastvale: Partnership) -> None:
    # Dunmarsh, whose agreement is a draft, is read from partners.yaml: it must not be asked for other figures
    asked = supplies(eastvale, AS_OF)
    by_place = {
        place: set(asked.filter(pl.col("area_code") == place).select("indicator_id", "source_code").iter_rows())
        for place in ("EMX060001", "EMX060003", "EMX060004")
    }
    assert by_place["EMX060001"] == by_place["EMX060003"] == by_place["EMX060004"]
    indicators = {indicator_id for indicator_id, _ in eastvale.indicators}
    assert set(asked["indicator_id"]) == indicators


def test_only_carers_breaks_in_castlewick_have_two_suppliers_of_one_figure(eastvale: Partnership) -> None:
    ended = [partner.code for partner in eastvale.partners if partner.valid_to]
    asked = supplies(eastvale, AS_OF).filter(~pl.col("partner_code").is_in(ended))
    one_source = [i.id for i in eastvale.indicators.values() if i.combine is Combine.ONE_SOURCE]
    several = (
        asked.filter(pl.col("indicator_id").is_in(one_source))
        .group_by("indicator_id", "area_code")
        .agg(pl.col("partner_code").n_unique())
        .filter(pl.col("partner_code") > 1)
    )
    assert several.select("indicator_id", "area_code").rows() == [("local-08", "EMX060002")]


def test_every_returns_due_day_is_counted_from_the_start_of_the_exchange(eastvale: Partnership) -> None:
    expected = expected_figures(eastvale, AS_OF)
    assert expected["period_start"].min() == eastvale.calendar.returns_from
    assert {PeriodKind(kind) for kind in expected["period_kind"].unique()} == {PeriodKind.MONTH, PeriodKind.QUARTER}


def test_a_kept_promise_has_evidence_and_one_not_kept_says_that_it_will_not_be_done(eastvale: Partnership) -> None:
    promises = {promise.id: promise for agreement in eastvale.agreements for promise in agreement.commitments}
    states = {name: commitment_state(promise, AS_OF) for name, promise in promises.items()}
    kept = [name for name, state in states.items() if state is CommitmentState.KEPT]
    assert len(kept) > 10
    assert [name for name in kept if not promises[name].evidence] == []
    given_up = [name for name, state in states.items() if state is CommitmentState.NOT_KEPT]
    assert given_up
    assert [name for name in given_up if not (promises[name].explanation and promises[name].decision)] == []
