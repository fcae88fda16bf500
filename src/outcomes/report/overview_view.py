"""Turns all scorecards into what the overview prints: six sentences, glance marks, ten lines, late promises, multiples.

Places stand in alphabetical order within their level and whole. Nothing is ranked or added up over measures.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from outcomes.report.accountability_view import CommitmentRow, late_rows
from outcomes.report.challenge_view import ChallengesSection, challenges_of_all
from outcomes.report.chance_view import remaining_places
from outcomes.report.formatting import date_text, joined
from outcomes.report.made_from import made_from
from outcomes.report.overview_brief import brief_sentences
from outcomes.report.overview_glance import PlacesTable, glance_label, glance_signals, places_tables
from outcomes.report.overview_groups import FinderRow, finder_rows, most_cards, place_groups
from outcomes.report.overview_measures import MeasureTable, measure_tables
from outcomes.report.replies import replies_counted
from outcomes.report.voice_view import InsightView, insight_views
from outcomes.report.wording import counted, in_words, say, sentence_case
from outcomes.scorecard.model import Scorecard, Voices

__all__ = ["OverviewView", "overview_view"]


@dataclass(frozen=True, slots=True)
class OverviewView:
    """The overview; `cards` are the scorecards in the order of the page."""

    cards: tuple[Scorecard, ...]
    title: str
    lede: str
    stamp: tuple[str, ...]
    brief: tuple[tuple[str, str], ...]
    remaining: tuple[tuple[str, str], ...]
    finder: tuple[FinderRow, ...]
    order_text: str
    glance_rows: tuple[str, ...]
    tables: tuple[PlacesTable, ...]
    replies: str
    late: tuple[CommitmentRow, ...]
    challenges: ChallengesSection
    voices: tuple[InsightView, ...]
    measures: tuple[MeasureTable, ...]
    made_from: str
    attributions: tuple[str, ...]


def _stamp(cards: Sequence[Scorecard]) -> tuple[str, ...]:
    if not cards:
        return ()
    stamp = [joined([counted(len([c for c in cards if c.place.level is level]), say(f"level_{level.value}"))
                     for level in dict.fromkeys(card.place.level for card in cards)])]  # fmt: skip
    locals_ = {line.key for card in cards for section in card.outcomes for line in section.local}
    nationals = {line.key for card in cards for section in card.outcomes for line in section.national}
    stamp.append(say("tier_counts", local=len(locals_), national=len(nationals)))
    stamp.append(say("as_of", date=joined(list(dict.fromkeys(date_text(card.as_of) for card in cards)))))
    return tuple(stamp)


def overview_view(
    cards: Sequence[Scorecard],
    title: str,
    remaining: Mapping[str, tuple[str, ...]] | None = None,
    voices: Voices | None = None,
) -> OverviewView:
    """Return everything that the overview prints.

    Arguments:
        cards: The scorecards, in any order.
        title: The name of the whole.
        remaining: Area code to the measures whose difference stays among those of all pages; None where nobody asked.
        voices: What people said anywhere, seen from the whole; None where nobody looked.
    """
    groups = place_groups(cards)
    ordered = tuple(card for group in groups for card in group.cards)
    finder = finder_rows(groups)
    signals = glance_signals(ordered)
    noun = say(f"level_{ordered[0].place.level.value}") if len({card.place.level for card in ordered}) == 1 else "area"
    lede = say("no_places")
    if len(ordered) == 1:
        lede = say("overview_lede_one")
    elif ordered:
        lede = say("overview_lede", places=sentence_case(in_words(len(ordered), noun)))
    return OverviewView(
        cards=ordered,
        title=title,
        lede=lede,
        stamp=_stamp(ordered),
        brief=brief_sentences(most_cards(ordered), remaining),
        remaining=remaining_places(most_cards(ordered), remaining)
        if remaining is not None and any(card.summary.differing for card in ordered)
        else (),
        finder=finder,
        order_text=say("glance_text_within" if finder else "glance_text"),
        glance_rows=tuple(glance_label(signal, cards) for signal in signals),
        tables=places_tables(ordered, groups, signals),
        replies=replies_counted(tuple(card.summary for card in ordered)),
        late=late_rows(ordered),
        challenges=challenges_of_all(ordered),
        voices=insight_views(voices, pages={card.place.area_code for card in ordered}) if voices else (),
        measures=measure_tables(ordered, groups),
        made_from=made_from(ordered[0]) if ordered else "",
        attributions=tuple(dict.fromkeys(text for card in ordered for text in card.attributions)),
    )
