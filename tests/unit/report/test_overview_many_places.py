"""With many places the overview counts them instead of naming every one."""

from outcomes.report.overview_brief import brief_sentences
from tests.report_cards import castlewick


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
