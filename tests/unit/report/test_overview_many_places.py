"""With many places the overview counts them instead of naming every one, and puts them under the area they lie in."""

from outcomes.report.overview_brief import brief_sentences
from outcomes.report.overview_groups import finder_rows, most_cards, place_groups
from outcomes.report.pages import overview_page
from outcomes.scorecard.model import Scorecard
from outcomes.vocabulary import AreaLevel
from tests.report_cards import castlewick


def _card(name: str, *within: str, level: AreaLevel = AreaLevel.PLACE) -> Scorecard:
    card = castlewick()
    changes = {"area_code": name.replace(" ", "-"), "name": name, "within": within, "level": level}
    return card.model_copy(update={"place": card.place.model_copy(update=changes)})


def _councils(number: int, region: str) -> list[Scorecard]:
    return [_card(f"{region} council {n}", region, "England") for n in range(number)]


def test_many_places_are_counted() -> None:
    card = castlewick()
    others = [
        card.model_copy(update={"place": card.place.model_copy(update={"area_code": f"X{n}", "name": f"Place {n}"})})
        for n in range(20)
    ]
    heard = card.model_copy(update={"summary": card.summary.model_copy(update={"better": ()})})
    said = dict(brief_sentences([heard, *others]))
    assert "20 of 21 places" in said["What went well."]
    assert "Place 3" not in said["What went well."]


def test_many_places_of_several_regions_stand_under_their_region() -> None:
    cards = [*_councils(5, "West"), *_councils(3, "East")]
    groups = place_groups(cards)
    assert [(group.whole, group.is_first, len(group.cards)) for group in groups] == [
        ("East", True, 3),
        ("West", True, 3),
        ("West", False, 2),
    ]
    html = overview_page(cards, title="Councils")
    assert html.index(">East</h3>") < html.index(">West</h3>")
    assert "Places stand under the area that they lie in" in html


def test_a_region_with_a_page_of_its_own_is_linked_from_the_finder() -> None:
    region = _card("East", "England", level=AreaLevel.REGION)
    rows = finder_rows(place_groups([region, *_councils(3, "East"), *_councils(3, "West")]))
    assert [(row.whole, row.href) for row in rows] == [("East", "places/East.html"), ("West", "")]
    assert rows[1].places[0] == ("West council 0", "places/West-council-0.html")


def test_a_few_places_or_those_of_one_whole_need_no_headings() -> None:
    for cards in ([*_councils(2, "West"), *_councils(2, "East")], _councils(9, "West")):
        assert {group.whole for group in place_groups(cards)} == {""}
        assert finder_rows(place_groups(cards)) == ()
        assert "Find a place" not in overview_page(cards, title="Councils")


def test_a_region_is_not_counted_beside_its_own_councils() -> None:
    region = _card("East", "England", level=AreaLevel.REGION)
    councils = _councils(3, "East")
    assert most_cards([region, *councils]) == tuple(councils)
    assert most_cards([]) == ()
