"""What one page says of returns, trends and targets is said alike on every other, and counts what stands beside it."""

from outcomes.profile.model import ProfileDetail
from outcomes.report.accountability_view import returns_row
from outcomes.report.chance_view import chance_view
from outcomes.report.profile_view import lines_section
from outcomes.report.special_cause_view import process_keys
from outcomes.scorecard.model import PartnerReturns, SourceReturns
from outcomes.vocabulary import PartnerType, Word
from tests.report_cards import castlewick
from tests.unit.report.test_special_cause import cause, monthly, process


def returned(received: int, late: int, missing: int = 0, sources: tuple[SourceReturns, ...] = ()) -> str:
    row = PartnerReturns(
        partner="Eastvale Homes Group",
        type=PartnerType.HOUSING,
        expected=2,
        received=received,
        late=late,
        missing=missing,
        rejected=0,
        revised=0,
        not_yet_due=0,
        sources=sources,
    )
    return returns_row(row).note


def test_a_return_that_is_all_there_is_complete_though_some_of_it_was_late() -> None:
    assert returned(2, 1) == "Complete"
    assert returned(1, 1, missing=1) == "Not complete"
    source = SourceReturns(code="HEA", name="Heather", expected=2, received=1, late=0, missing=1, not_yet_due=0)
    assert returned(2, 0, sources=(source,)).startswith("Not complete")
    came_late = source.model_copy(update={"received": 2, "late": 1, "missing": 0})
    assert returned(2, 0, sources=(came_late,)) == "Complete. Sent for others: Heather: 2 of 2, 1 late"


def test_a_return_that_is_to_be_mended_is_called_alike_on_every_page() -> None:
    card = castlewick()
    part = ProfileDetail(title="Community Alliance", counts=(("due", 14), ("rejected", 4)))
    told = tuple(line.model_copy(update={"details": (part,)}) if line.id == "data" else line for line in card.profile)
    section = lines_section(card.model_copy(update={"profile": told}))
    assert section is not None
    parts = [text for _, _, details in section.lines for _, text in details]
    assert "14 due, 4 not accepted yet." in parts
    assert not [text for text in parts if "rejected" in text]


def test_special_causes_are_said_not_to_be_among_the_trends_that_are_counted() -> None:
    card = castlewick()
    card = card.model_copy(update={"summary": card.summary.model_copy(update={"trends_told": 1})})
    alone = "Words of special cause are not counted among them."
    assert alone not in " ".join(chance_view(card).notes)
    line = monthly(special_cause=cause(Word.IMPROVING, process()))
    section = card.outcomes[0]
    with_cause = section.model_copy(update={"local": (*section.local, line)})
    both = card.model_copy(update={"outcomes": (with_cause, *card.outcomes[1:])})
    assert alone in " ".join(chance_view(both).notes)


def test_the_legend_of_assurance_holds_whichever_way_is_good() -> None:
    told = [text for icon, text in process_keys() if "v-consistently" in icon or "v-hit" in icon]
    assert len(told) == 3
    assert told[0].startswith("The process lies on the good side of the target")
    assert told[2].startswith("The process lies on the bad side of the target")
    assert not [text for text in told if "below" in text or "above" in text]
