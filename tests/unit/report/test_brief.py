"""The first screen tells movement apart from level, and names what is disputed and what was not kept."""

from datetime import date

from outcomes.report.brief_view import brief_view
from outcomes.scorecard.model import DisputeLine, Scorecard, SpecialCause
from outcomes.vocabulary import CommitmentState, DisputeSubject, Word
from tests.report_cards import castlewick


def moving(card: Scorecard, word: Word) -> set[str]:
    """The measures whose trend or special cause says that word."""
    return {
        line.page_name
        for line in card.lines
        if word in (line.trend.word, line.special_cause.word if isinstance(line.special_cause, SpecialCause) else None)
    }


def test_measures_that_move_come_before_those_that_only_stand_better_or_worse() -> None:
    card = castlewick()
    found = brief_view(card)
    for groups, names, word in (
        (found.better, card.summary.better, Word.IMPROVING),
        (found.worse, card.summary.worse, Word.GETTING_WORSE),
    ):
        told = {group.heading: [item.of for item in group.lines] for group in groups}
        assert sorted(name for ones in told.values() for name in ones) == sorted(names)
        for heading, ones in told.items():
            is_moving = heading.endswith("over time")
            assert ones
            assert all((name in moving(card, word)) is is_moving for name in ones), heading
    assert [group.heading for group in found.worse] == sorted(group.heading for group in found.worse)


def test_only_an_open_dispute_is_named_at_its_measure() -> None:
    said = "Disputed: every position is at the measure."
    dispute = DisputeLine(about=DisputeSubject.VALUE, area_code="X1", area="Castlewick", positions=())
    settled = dispute.model_copy(update={"settled_on": date(2026, 11, 1)})
    for disputes, is_named in (((), False), ((settled,), False), ((settled, dispute), True)):
        card = castlewick()
        section = card.outcomes[0]
        line = section.local[0].model_copy(update={"disputes": disputes})
        section = section.model_copy(update={"local": (line, *section.local[1:])})
        found = brief_view(card.model_copy(update={"outcomes": (section, *card.outcomes[1:])}))
        items = [item for group in (*found.better, *found.worse) for item in group.lines]
        items += [*found.cannot_tell, *found.no_difference]
        assert {item.of for item in items if said in item.text} == ({line.page_name} if is_named else set())


def test_what_was_not_kept_stands_with_its_words_beside_what_is_late() -> None:
    card = castlewick()
    states = (CommitmentState.LATE, CommitmentState.NOT_KEPT)
    found = brief_view(card)
    expected = [(line.what, line.explanation) for line in card.commitments if line.state in states]
    assert [(what, words) for what, _, words in found.late] == expected
    not_kept = [line for line in card.commitments if line.state is CommitmentState.NOT_KEPT]
    assert [who for what, who, _ in found.late if what in {line.what for line in not_kept}] == [
        f"not kept. {line.partner}:" for line in not_kept
    ]
