"""Writes the six sentences that open the overview: well, not well, cannot be told, promised, not heard, chance."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Final

from outcomes.report.brief_view import chance_text, commitment_counts
from outcomes.report.chance_view import remaining_text
from outcomes.report.formatting import joined
from outcomes.report.wording import counted, say
from outcomes.scorecard.model import AgreementRecord, Scorecard
from outcomes.vocabulary import READY_PRIORITIES, PriorityState

__all__ = ["brief_sentences"]

_NOT_READY: Final = frozenset(PriorityState) - READY_PRIORITIES
# a sentence names so many measures, and counts the rest
_MOST_NAMED: Final = 4
# and so many places, before it counts them instead
_MOST_PLACES: Final = 12


def brief_sentences(
    cards: Sequence[Scorecard], remaining: Mapping[str, tuple[str, ...]] | None = None
) -> tuple[tuple[str, str], ...]:
    """Return six (lead, sentence) pairs; good and bad are found and written by one rule.

    Arguments:
        cards: The scorecards in the order of the page.
        remaining: Area code to the measures whose difference stays among those of all pages; None where nobody asked.
    """
    if not cards:
        return ()
    commitments = [line for card in cards for line in card.commitments]
    promised = say("none_promised")
    if commitments:
        number = counted(len(commitments), "promise")
        promised = say("promised_sentence", number=number, states=commitment_counts(commitments))
    summaries = [card.summary for card in cards]
    chance = chance_text(
        sum(summary.compared for summary in summaries),
        sum(summary.differing for summary in summaries),
        sum(summary.differing_by_chance for summary in summaries),
        "chance_sentence",
        "comparison",
    )
    differing = sum(summary.differing for summary in summaries)
    if remaining is not None:
        staying = sum(len(remaining.get(card.place.area_code, ())) for card in cards)
        without = sum(summary.without_p_value for summary in summaries)
        chance = f"{chance} {remaining_text(differing, staying, without)}".rstrip()
    well = _measures(cards, [summary.better for summary in summaries], "verb_better") or say("none_well")
    badly = _measures(cards, [summary.worse for summary in summaries], "verb_worse") or say("none_badly")
    return (
        (say("brief_well"), well),
        (say("brief_badly"), badly),
        (say("brief_unknown"), _unknown(cards)),
        (say("brief_promised"), promised),
        (say("brief_unheard"), _unheard(cards)),
        (say("brief_chance"), chance),
    )


def _measures(cards: Sequence[Scorecard], listed_by_card: Iterable[tuple[str, ...]], verb: str) -> str:
    """The measures of which a word is true in most places first, then in the order of the pages."""
    # a page name is of one place, which need not have the other versions of a measure
    names: dict[tuple[str, int], str] = {}
    for card in cards:
        for line in card.lines:
            names.setdefault(line.key, line.short_name or line.name)
    places: dict[tuple[str, int], list[str]] = {}
    for card, listed in zip(cards, listed_by_card, strict=True):
        keys = {line.page_name: line.key for line in card.lines}
        for name in listed:
            if name in keys:
                places.setdefault(keys[name], []).append(card.place.name)
    order = list(names)
    found = sorted(places, key=lambda indicator: (-len(places[indicator]), order.index(indicator)))
    # measures of which it is true in the same places share one sentence
    together: dict[tuple[str, ...], list[str]] = {}
    for indicator in found[:_MOST_NAMED]:
        together.setdefault(tuple(places[indicator]), []).append(names[indicator])
    sentences = []
    for where, measures in together.items():
        is_are = say("is" if len(measures) == 1 else "are")
        shown = _places(where, len(cards))
        said = say(verb, is_are=is_are)
        sentences.append(say("measure_places", measures=joined(measures), verb=said, places=shown))
    if not sentences:
        return ""
    rest = len(found) - min(len(found), _MOST_NAMED)
    more = f"; {say('and_more', others=counted(rest, 'other measure'))}" if rest else ""
    return f"{'; '.join(sentences)}{more}."


def _places(names: Sequence[str], number: int) -> str:
    """Places by name; of many, how many."""
    if len(names) == number > 1:
        return say("every_place")
    return joined(names) if len(names) <= _MOST_PLACES else say("places_counted", number=len(names), all=number)


def _unknown(cards: Sequence[Scorecard]) -> str:
    unknown = sum(len(card.summary.cannot_tell) for card in cards)
    everything = sum(len(section.local) + len(section.national) for card in cards for section in card.outcomes)
    return say("unknown_sentence", unknown=unknown, all=everything)


def _unheard(cards: Sequence[Scorecard]) -> str:
    without = [card.place.name for card in cards if card.agreement is None or not card.agreement.is_in_force]
    recorded = [(card.place.name, card.record) for card in cards if card.record is not None]
    open_ones = [name for name, record in recorded if not record.priorities or _has(record, _NOT_READY)]
    old = [name for name, record in recorded if _has(record, (PriorityState.EVIDENCE_OVERDUE,))]
    behind = [card.place.name for card in cards if any(row.missing or row.rejected for row in card.returns)]
    sentences = []
    if without:
        sentences.append(say("unheard_agreement", places=_places(without, len(cards))))
    if open_ones:
        sentences.append(say("unheard_priorities", places=_places(open_ones, len(cards))))
    if old:
        sentences.append(say("old_evidence", places=_places(old, len(cards))))
    if behind:
        sentences.append(say("unheard_returns", places=_places(behind, len(cards))))
    return " ".join(sentences) or say("heard_all")


def _has(record: AgreementRecord, states: Collection[PriorityState]) -> bool:
    return any(one.state in states for one in record.priorities)
