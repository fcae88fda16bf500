"""The scorecards of all places: whose page, why it is a draft, in which order, from which inputs."""

from dataclasses import replace
from datetime import date

import polars as pl
import pytest

from outcomes.errors import UnknownNameError
from outcomes.fingerprint import fingerprint_of
from outcomes.geography.areas import Areas
from outcomes.reference_series import REFERENCE_COLUMNS, ReferenceSeries, SeriesDescription
from outcomes.scorecard.assembly import places_of
from outcomes.table import empty_table
from outcomes.vocabulary import AreaLevel, Tier
from tests.small_world import estimates, inclusion, indicator
from tests.unit.scorecard.card_world import (
    AS_OF,
    POLICY,
    agreement,
    cards,
    judgements,
    partnership,
    protected,
    status,
)

UNAUDITED = (
    "It has not been audited for hidden numbers that could be worked out from others, so it is not published: "
    "do not pass it on beyond the partners."
)
NO_AGREEMENT = "No agreement is recorded for this place."


def test_an_audited_page_with_a_signed_agreement_has_no_reason_to_be_held_back() -> None:
    card = cards(of=partnership(agreements=[agreement()]), what=protected(is_audited=True))["PL1"]
    assert (card.product, card.draft_reasons) == ("draft", ())
    assert card.agreement is not None
    assert card.agreement.is_in_force


def test_a_page_without_an_agreement_says_so_and_is_still_made() -> None:
    card = cards()["PL1"]
    assert card.draft_reasons == (UNAUDITED, NO_AGREEMENT)
    assert (card.agreement, card.commitments) == (None, ())
    assert [line.indicator_id for line in card.lines] == ["smoking"]


def test_a_working_copy_says_what_it_is() -> None:
    made = cards(what=protected(policy=None))
    card = made["PL1"]
    assert card.product == "working copy"
    # it is no draft of a publication, so no audit is asked of it
    assert card.draft_reasons == (NO_AGREEMENT,)
    assert card.versions.policy_title == "Small numbers are not hidden"
    assert (made.policy_id, card.versions.policy_id, card.versions.policy_fingerprint) == ("none", "none", "")


@pytest.mark.parametrize(("as_of", "signed"), [(date(2026, 4, 1), 1), (date(2026, 4, 9), 1), (date(2026, 4, 10), 2)])
def test_an_agreement_that_lacks_signatures_says_how_many(as_of: date, signed: int) -> None:
    late = agreement(
        parties=[
            {"partner": "CC", "signatory_role": "leader", "signed_on": date(2026, 3, 1)},
            {"partner": "VA", "signatory_role": "chair", "signed_on": date(2026, 4, 10)},
            {"partner": "NHS", "signatory_role": "director"},
        ]
    )
    card = cards(of=partnership(agreements=[late]), what=protected(is_audited=True), as_of=as_of)["PL1"]
    assert card.draft_reasons == (f"The agreement lacks signatures: {signed} of 3 partners have signed.",)
    assert card.agreement is not None
    assert not card.agreement.is_in_force


def test_the_latest_version_that_is_effective_is_the_agreement() -> None:
    newer = agreement(version=2, effective_from=date(2026, 10, 1), title="Second")
    future = agreement(version=3, effective_from=date(2026, 12, 1), title="Third")
    whole = partnership(agreements=[agreement(), newer, future])
    for as_of, title in ((AS_OF, "Second"), (date(2026, 9, 30), "Castlewick shared outcomes")):
        found = cards(of=whole, as_of=as_of)["PL1"].agreement
        assert found is not None
        assert found.title == title
    assert cards(of=whole, as_of=date(2026, 3, 31))["PL1"].agreement is None


def test_local_and_national_measures_stand_under_their_outcome_in_order() -> None:
    names = ("a", "b", "c", "d", "e")
    whole = partnership(
        indicators=[indicator(name) for name in names],
        local=[
            inclusion("a", order=2),
            inclusion("b", order=1),
            inclusion("c", tier="operational", order=1),
            inclusion("d", outcome="money"),
        ],
        national=[inclusion("a", tier="national"), inclusion("e", tier="national")],
    )
    card = cards(of=whole)["PL1"]
    assert [(section.id, section.title) for section in card.outcomes] == [
        ("health", "Health (local)"),
        ("money", "Enough money"),
    ]
    health = card.outcomes[0]
    assert [line.indicator_id for line in health.local] == ["b", "a"]
    # a measure of both frameworks has one line, on the terms of the first
    assert [line.indicator_id for line in health.national] == ["e"]
    assert health.local[1].also_in == ("National framework",)
    assert [line.indicator_id for line in card.operational] == ["c"]
    assert [line.indicator_id for line in card.lines] == ["b", "a", "e", "d", "c"]
    assert "c" not in {*card.summary.cannot_tell, *card.summary.better, *card.summary.worse}


def test_the_agreement_decides_which_framework_comes_first() -> None:
    whole = partnership(national=[inclusion(tier="national")], agreements=[agreement(frameworks=["national", "local"])])
    made = cards(of=whole)
    (line,) = made["PL1"].lines
    assert (line.framework_id, line.tier) == ("national", Tier.NATIONAL)
    assert made["PL1"].outcomes[0].title == "Health (national)"
    # a place without one has the partnership's own order
    assert made["PL2"].lines[0].framework_id == "local"
    only = partnership(national=[inclusion(tier="national")], agreements=[agreement(frameworks=["national"])])
    assert [line.framework_id for line in cards(of=only)["PL1"].lines] == ["national"]


def test_the_choice_of_places_changes_no_figure() -> None:
    values = estimates({"value": 20.0}, {"area_code": "PL2", "value": 30.0}, {"area_code": "SYS1", "value": 25.0})
    whole = partnership(agreements=[agreement()])
    every = cards(values, of=whole, returns=status({}))
    some = cards(values, of=whole, returns=status({}), places=["PL2", "SYS1"])
    assert [card.place.area_code for card in some] == ["PL2", "SYS1"]
    assert some["PL2"] == every["PL2"]
    assert some.results().equals(every.results())
    # any level may have a page
    assert some["SYS1"].place.level is AreaLevel.SYSTEM


def test_every_place_has_a_page_by_name_and_a_place_that_is_named_twice_has_one() -> None:
    assert places_of(partnership(), AS_OF) == ("PL1", "PL2", "PL9", "PL3")
    assert places_of(partnership(), AS_OF, ["PL3", "PL1", "PL3"]) == ("PL1", "PL3")


def test_an_unknown_place_is_said() -> None:
    with pytest.raises(UnknownNameError, match="no area has the code 'PL7'"):
        places_of(partnership(), AS_OF, ["PL1", "PL7"])


def test_a_place_has_a_page_while_it_exists() -> None:
    whole = partnership()
    ended = whole.areas.frame.with_columns(
        pl.when(area_code="PL2").then(pl.lit(date(2026, 3, 31))).otherwise("valid_to").alias("valid_to")
    )
    whole = replace(whole, areas=Areas(ended))
    assert places_of(whole, date(2026, 3, 31)) == ("PL1", "PL2", "PL9", "PL3")
    assert places_of(whole, AS_OF) == ("PL1", "PL9", "PL3")
    with pytest.raises(UnknownNameError, match=r"the area 'PL2' \(Dunmere\) does not exist on 2026-11-22"):
        places_of(whole, AS_OF, ["PL2"])


def test_a_partnership_without_places_has_no_scorecard() -> None:
    whole = partnership()
    none = replace(whole, areas=Areas(whole.areas.frame.filter(pl.col("level") != "place")))
    with pytest.raises(UnknownNameError, match="no area at the level of places exists on this date"):
        places_of(none, AS_OF)


def test_a_page_names_all_that_it_was_made_from() -> None:
    versions = cards()["PL1"].versions
    assert versions.frameworks == ("local 2", "national 2")
    assert (versions.policy_id, versions.policy_title) == ("test", "Small numbers are hidden")
    assert versions.policy_fingerprint == fingerprint_of(POLICY)
    assert versions.partnership_fingerprint == "made by hand"
    assert len(versions.protected_sha256) == 64


def test_every_page_shares_the_hash_of_the_protected_table_and_another_table_has_another() -> None:
    one, other = cards(), cards(what=protected(policy=None))
    assert {card.versions.protected_sha256 for card in one} == {card.versions.protected_sha256 for card in other}
    table = protected()
    changed = replace(
        table, measures=type(table.measures)(table.frame.with_columns(pl.lit(6, dtype=pl.Int64).alias("numerator")))
    )
    assert cards(what=changed)["PL1"].versions.protected_sha256 != one["PL1"].versions.protected_sha256


def test_every_source_and_licence_is_named_once() -> None:
    whole = partnership(
        indicators=[
            indicator("a", source="Survey.", licence="OGL"),
            indicator("b", source="Survey", licence="OGL"),
            indicator("c", source="Registry", licence="Owned"),
        ],
        local=[inclusion("a"), inclusion("b"), inclusion("c")],
    )
    assert cards(of=whole)["PL1"].attributions == ("Registry. Owned", "Survey. OGL")


def test_what_readers_have_to_know_of_a_series_stands_with_its_source() -> None:
    told = {
        "kind": "population",
        "title": "Persons",
        "released_on": date(2025, 7, 1),
        "source": "ONS.",
        "licence": "OGL.",
    }
    of_series = [
        ReferenceSeries(
            SeriesDescription.model_validate({"id": name, "note": note, **told}), empty_table(REFERENCE_COLUMNS)
        )
        for name, note in (("old", "2026 is a projection."), ("new", ""))
    ]
    whole = partnership(indicators=[], local=[], series=of_series)
    assert cards(of=whole)["PL1"].attributions == ("ONS. OGL", "ONS. OGL. 2026 is a projection")


def test_the_collection_has_the_name_and_the_words_of_its_partnership() -> None:
    whole = partnership()
    described = whole.description.model_copy(update={"introduction": "How people are doing."})
    assert cards(of=whole).introduction == ""
    made = cards(of=replace(whole, description=described))
    assert (made.title, made.introduction) == (whole.description.title, "How people are doing.")


def test_the_same_input_gives_the_same_scorecards() -> None:
    values = estimates({"value": 20.0}, {"period": "2023/24", "value": 21.0})
    words = judgements({"signal": "trend", "word": "improving"})
    one, other = cards(values, words), cards(type(values)(values.frame.reverse()), words)
    assert one.cards == other.cards
    assert one.results().equals(other.results())
