"""Which sectors took part: every sector a row, silence said of those with a partner, no sector counted otherwise."""

from dataclasses import replace
from datetime import date
from typing import Any

from outcomes.partnership.model import Partner
from outcomes.profile.burden import asked_in
from outcomes.profile.model import Coverage, SectorRow
from outcomes.profile.profiling import profile
from outcomes.vocabulary import PartnerType
from tests.small_world import inclusion, indicator
from tests.unit.scorecard.card_world import AS_OF, agreement, judgements, partnership, status


def covered(
    *, returns: Any = None, as_of: date = AS_OF, and_partners: tuple[Partner, ...] = (), **agreed: Any
) -> Coverage:
    world = partnership(
        indicators=[indicator("a"), indicator("c")],
        local=[inclusion("a")],
        national=[inclusion("c", tier="national", outcome="money")],
        agreements=[agreement(**agreed)],
    )
    world = replace(world, partners=(*world.partners, *and_partners))
    asked = asked_in(world, as_of, ["PL1"])["PL1"]
    found = profile(
        judgements(), world.agreement_for("PL1", as_of), returns, world, area_code="PL1", as_of=as_of, asked=asked
    ).coverage
    assert found is not None
    return found


def row(coverage: Coverage, sector: PartnerType) -> SectorRow:
    return next(one for one in coverage.rows if one.sector is sector)


def test_every_sector_but_the_publishers_has_a_row_in_one_order() -> None:
    assert [one.sector for one in covered().rows] == [one for one in PartnerType if one is not PartnerType.PUBLISHER]


def test_the_year_ends_on_the_page_s_date() -> None:
    found = covered()
    assert (found.since, found.until) == (date(2025, 11, 23), AS_OF)


def test_figures_due_in_the_year_are_counted_and_older_ones_are_not() -> None:
    rows = [
        {"partner_code": "CC", "due_on": date(2026, 6, 1), "status": "received"},
        {"partner_code": "CC", "due_on": date(2026, 7, 1), "status": "missing"},
        {"partner_code": "CC", "due_on": date(2025, 11, 22), "status": "received"},
        {"partner_code": "VA", "due_on": date(2026, 6, 1), "status": "rejected"},
    ]
    found = covered(returns=status(*rows))
    council = row(found, PartnerType.COUNCIL)
    assert (council.due, council.sent) == (2, 1)
    assert "data" not in council.silent
    assert "data" in row(found, PartnerType.VOLUNTARY_SECTOR).silent


def test_a_sector_that_is_asked_for_no_figure_sends_none() -> None:
    assert "data" in row(covered(returns=status()), PartnerType.NHS_TRUST).silent


def test_without_a_record_of_returns_nobody_is_called_silent_in_data() -> None:
    found = covered()
    assert not found.is_recorded
    assert not found.without("data")


def test_a_sector_signs_when_one_of_its_partners_has() -> None:
    found = covered()
    assert [one.sector for one in found.without("signature")] == [PartnerType.NHS_TRUST]
    assert row(found, PartnerType.COUNCIL).signed == 1


def test_owners_are_counted_for_shared_and_for_local_measures() -> None:
    duties = [{"partner": "VA", "role": "accountable", "indicators": ["a", "c"]}]
    found = row(covered(responsibilities=duties), PartnerType.VOLUNTARY_SECTOR)
    assert (found.owned, found.owned_local) == (2, 1)


def test_promises_count_while_they_were_open_in_the_year() -> None:
    made = {"partner": "CC", "what": "Open a hub"}
    promises = [
        {**made, "id": "1", "due": date(2027, 1, 1)},
        {**made, "id": "2", "due": date(2026, 1, 1)},
        {**made, "id": "3", "due": date(2026, 1, 1), "kept_on": date(2025, 12, 1)},
        {**made, "id": "4", "due": date(2025, 1, 1), "kept_on": date(2025, 1, 1)},
    ]
    assert row(covered(commitments=promises), PartnerType.COUNCIL).promises == 3


def test_the_promise_of_a_partner_that_ended_counts_under_the_sector_of_the_one_that_followed_it() -> None:
    ended = Partner(
        code="OLD",
        name="Old Housing",
        type=PartnerType.HOUSING,
        footprint=("PL1",),
        valid_to=date(2026, 6, 30),
        successor="CC",
    )
    alone = ended.model_copy(
        update={"code": "LAST", "name": "Last Police", "type": PartnerType.POLICE, "successor": ""}
    )
    promise = {"what": "Dry every home", "due": date(2027, 1, 1)}
    promises = [{**promise, "id": "1", "partner": "OLD"}, {**promise, "id": "2", "partner": "LAST"}]
    duties = [{"partner": "OLD", "role": "accountable", "indicators": ["a"]}]
    found = covered(and_partners=(ended, alone), commitments=promises, responsibilities=duties)
    council = row(found, PartnerType.COUNCIL)
    assert (council.promises, council.owned) == (1, 1)
    assert row(found, PartnerType.HOUSING).promises == 0
    # nobody followed this one: what it promised stays with its own sector, so that the column adds up
    assert row(found, PartnerType.POLICE).promises == 1
    assert sum(one.promises for one in found.rows) == len(promises)
