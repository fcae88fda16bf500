"""Turns one Scorecard into what its page prints around the lines: brief, tiers, promises, returns, profile, footer."""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from outcomes.report.accountability_view import (
    CommitmentRow,
    ProfileRow,
    ReturnsRow,
    commitment_rows,
    profile_rows,
    returns_row,
    returns_sentence,
)
from outcomes.report.agreement_view import agreement_sentence, signed_sentence
from outcomes.report.brief_view import Brief, brief_view
from outcomes.report.challenge_view import ChallengesBrief, challenges_brief
from outcomes.report.chance_notes import ChanceNote, chance_notes
from outcomes.report.formatting import date_text
from outcomes.report.former_areas import former_areas_of_page
from outcomes.report.line_view import LineView, line_view, shared_note
from outcomes.report.made_from import fingerprints, made_from
from outcomes.report.money_view import money_line
from outcomes.report.priorities_view import priorities_sentence
from outcomes.report.special_cause_view import process_keys
from outcomes.report.voice_view import voices_line
from outcomes.report.wording import MEANINGS, counted, in_words, say, sentence_case
from outcomes.scorecard.model import IndicatorLine, Place, Scorecard, SpecialCause
from outcomes.vocabulary import Word

__all__ = ["PlaceView", "fingerprints", "made_from", "place_view", "used_meanings"]


@dataclass(frozen=True, slots=True)
class TierView:
    """The lines of one tier of one outcome."""

    title: str
    count: str
    lines: tuple[LineView, ...]


@dataclass(frozen=True, slots=True)
class OutcomeView:
    """One outcome with its two tiers, local first."""

    anchor: str
    title: str
    description: str
    caption: str
    tiers: tuple[TierView, ...]
    money: str = ""
    voices: str = ""


@dataclass(frozen=True, slots=True)
class PlaceView:
    """A page of one place; `card` is what it was made from."""

    card: Scorecard
    lede: str
    stamp: tuple[str, ...]
    former_areas: tuple[str, ...]
    brief: Brief
    outcomes: tuple[OutcomeView, ...]
    operational: TierView | None
    shared_notes: tuple[str, ...]
    has_special_cause: bool
    process_keys: tuple[tuple[Markup, str], ...]
    has_inequality: bool
    chance_notes: tuple[ChanceNote, ...]
    commitments: tuple[CommitmentRow, ...]
    challenges: ChallengesBrief
    returns: tuple[ReturnsRow, ...]
    returns_sentence: str
    profile: tuple[ProfileRow, ...]
    agreement_sentence: str
    signed_sentence: str
    priorities_sentence: str
    meanings: tuple[tuple[str, str], ...]
    made_from: str
    fingerprints: str


def stamp_of(card: Scorecard) -> tuple[str, ...]:
    """Return the facts under the headline, one short text each."""
    place, agreement = card.place, card.agreement
    stamp = []
    if place.population is not None:
        residents = say("residents", number=f"{place.population:,}")
        stamp.append(f"{residents} ({place.population_note})" if place.population_note else residents)
    if place.part_names:
        stamp.append(say("parts", number=counted(len(place.part_names), "area")))
    if agreement is None:
        stamp.append(say("no_agreement"))
    else:
        signed = sum(1 for party in agreement.parties if party.signed_on is not None)
        texts = [
            say("agreement_version", version=agreement.version),
            say("signed", signed=signed, all=len(agreement.parties)),
        ]
        if not agreement.is_in_force:
            texts.append(say("not_in_force"))
        stamp.append(", ".join(texts))
        stamp.append(say("review_by", date=date_text(agreement.review_by)))
    stamp.append(say("as_of", date=date_text(card.as_of)))
    return tuple(stamp)


def _tier(key: str, lines: Sequence[IndicatorLine], place: Place, said_once: frozenset[str]) -> TierView:
    return TierView(
        title=say(key),
        count=counted(len(lines), "measure"),
        lines=tuple(
            line_view(line, place.name, area_code=place.area_code, said_once=said_once, with_depth=False)
            for line in lines
        ),
    )


def _used_words(card: Scorecard) -> set[str]:
    used: set[str] = {*(str(line.state) for line in card.commitments)}
    for line in card.lines:
        compared = [*line.comparisons, *(part.comparison for part in line.parts if part.comparison is not None)]
        used |= {str(word) for one in compared for word in (one.word, one.first_word)} | {str(line.trend.word)}
        used |= {str(signal.word) for signal in (line.special_cause, line.inequality) if signal is not None}
        for target in line.targets:
            told = (target.word, target.reached, target.certainty, target.assurance)
            used |= {str(word) for word in told if word is not None}
        values = [point.value for point in line.points] + [part.value for part in line.parts]
        used |= {str(qualifier) for value in values for qualifier in value.qualifiers}
        used |= {str(Word.NOT_COMPARED)} if not line.comparisons else set()
        used |= {str(Word.NO_TARGET)} if not line.targets else set()
    return used


def used_meanings(card: Scorecard) -> tuple[tuple[str, str], ...]:
    """Return every word that a page of a place may use about its measures, with what it means."""
    used = _used_words(card)
    return tuple((sentence_case(word), meaning) for word, meaning in MEANINGS.items() if word in used)


def place_view(card: Scorecard) -> PlaceView:
    """Return everything that the page of a place prints, in its order."""
    lines, place, agreement = card.lines, card.place.name, card.agreement
    notes = {signal: shared_note(lines, signal) for signal in ("special_cause", "inequality")}
    said_once = frozenset(note for note in notes.values() if note)
    partners = len(agreement.parties) if agreement else 0
    has_special_cause = any(isinstance(line.special_cause, SpecialCause) for line in lines)
    return PlaceView(
        card=card,
        lede=say("place_lede", place=place, partners=in_words(partners, "partner"))
        if partners
        else say("place_lede_alone", place=place),
        stamp=stamp_of(card),
        former_areas=former_areas_of_page(lines),
        brief=brief_view(card),
        outcomes=tuple(
            OutcomeView(
                anchor=f"o-{section.id}",
                title=section.title,
                description=section.description,
                caption=say(
                    "measures_caption",
                    outcome=section.title,
                    local=len(section.local),
                    national=len(section.national),
                ),
                tiers=(
                    _tier("tier_local", section.local, card.place, said_once),
                    _tier("tier_national", section.national, card.place, said_once),
                ),
                money=money_line(card.money, section.id),
                voices=voices_line(card, section.id),
            )
            for section in card.outcomes
        ),
        operational=_tier("tier_operational", card.operational, card.place, said_once) if card.operational else None,
        shared_notes=tuple(note for note in notes.values() if note),
        has_special_cause=has_special_cause,
        process_keys=process_keys() if has_special_cause else (),
        has_inequality=any(line.inequality and line.inequality.because not in said_once for line in lines),
        chance_notes=chance_notes(card),
        commitments=commitment_rows(card.commitments),
        challenges=challenges_brief(card),
        returns=tuple(returns_row(row) for row in card.returns),
        returns_sentence=returns_sentence(card.returns),
        profile=profile_rows(card.profile),
        agreement_sentence=agreement_sentence(agreement),
        signed_sentence=signed_sentence(agreement),
        priorities_sentence=priorities_sentence(card),
        meanings=used_meanings(card),
        made_from=made_from(card),
        fingerprints=fingerprints(card),
    )
