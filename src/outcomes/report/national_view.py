"""Turns one Scorecard into what the page for the region and the nation prints: its counts, its basis, its tiers."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from outcomes.report.accountability_view import returns_sentence
from outcomes.report.agreement_view import agreement_sentence
from outcomes.report.brief_view import brief_chance, commitment_counts
from outcomes.report.formatting import joined
from outcomes.report.headline import first_comparison_word
from outcomes.report.line_view import LineView, line_view
from outcomes.report.wording import counted, say, sentence_case
from outcomes.scorecard.model import IndicatorLine, Scorecard
from outcomes.vocabulary import NO_COMPARISON, Tier

__all__ = ["TERMS", "NationalOutcome", "NationalView", "national_view"]

# what travels with every number of this page: how it is defined, what it may be compared with, its limits
TERMS: Final = frozenset(
    {
        "def_published_name",
        "def_numerator",
        "def_denominator",
        "def_statistic",
        "def_method",
        "def_polarity",
        "def_comparison",
        "def_breaks",
        "def_comparable",
        "def_limits",
        "def_verified",
        "def_source",
        "def_licence",
        "def_also",
    }
)


@dataclass(frozen=True, slots=True)
class NationalTier:
    """The lines of one tier of one outcome, as the table of lines reads them."""

    title: str
    count: str
    lines: tuple[LineView, ...]


@dataclass(frozen=True, slots=True)
class NationalOutcome:
    """One outcome with the lines of one tier."""

    title: str
    caption: str
    tier: NationalTier


@dataclass(frozen=True, slots=True)
class NationalView:
    """The page; `brief` and `basis` are sentences and pairs, the tiers are tables."""

    brief: tuple[str, ...]
    chance: str
    basis: tuple[tuple[str, str], ...]
    national: tuple[NationalOutcome, ...]
    local: tuple[NationalOutcome, ...]
    everyday: NationalTier | None
    promises: str


def national_view(card: Scorecard) -> NationalView:
    """Return what the page for the region and the nation prints: the same values, words and replies as the place's."""
    return NationalView(
        brief=tuple(_tier_brief(card, tier) for tier in (Tier.NATIONAL, Tier.LOCAL)),
        chance=brief_chance(card),
        basis=_basis(card),
        national=_outcomes(card, Tier.NATIONAL),
        local=_outcomes(card, Tier.LOCAL),
        everyday=_tier("tier_operational", card.operational, card) if card.operational else None,
        promises=_promises(card),
    )


def _lines(card: Scorecard, tier: Tier) -> list[IndicatorLine]:
    return [line for line in card.lines if line.tier is tier]


def _tier_brief(card: Scorecard, tier: Tier) -> str:
    """How many measures of a tier stand in each list of the first screen of the place."""
    name = say("tier_national" if tier is Tier.NATIONAL else "tier_local")
    names = {line.page_name for line in _lines(card, tier)}
    if not names:
        return say("up_brief_none", tier=name)
    summary = card.summary
    lists = [names & set(one) for one in (summary.better, summary.worse, summary.no_difference, summary.cannot_tell)]
    better, worse, same, unknown = lists
    both = len(better & worse)
    return say(
        "up_brief_tier",
        tier=name,
        all=counted(len(names), "measure"),
        better=len(better),
        worse=len(worse),
        both=say("in_both_lists", number=both) if both else "",
        same=len(same),
        unknown=len(unknown),
    )


def _basis(card: Scorecard) -> tuple[tuple[str, str], ...]:
    """What is to be known before figures are read across places."""
    lines = card.lines
    number = counted(len(lines), "measure")
    unsure = [line.short_name or line.name for line in lines if line.definition.is_to_be_confirmed]
    definitions = say("up_definitions_all", number=number)
    if unsure:
        definitions = say("up_definitions_open", open=len(unsure), number=number, names=joined(unsure))
    compared = sum(first_comparison_word(line) not in NO_COMPARISON for line in lines)
    values = [line.current.value for line in lines if line.current is not None and line.current.value.value is not None]
    whole = sum(value.parts_expected == value.parts_contributed and not value.missing_parts for value in values)
    agreement = agreement_sentence(card.agreement) if card.agreement else say("up_agreement_none")
    return (
        (say("up_definitions"), definitions),
        (say("up_comparable"), say("up_comparable_text", compared=compared, number=number)),
        (say("up_uncertainty"), say("interval_means")),
        (say("up_coverage"), say("up_coverage_text", whole=whole, number=counted(len(values), "figure"))),
        (say("up_small"), f"{card.versions.policy_title or card.versions.policy_id}."),
        (say("up_returns"), returns_sentence(card.returns)),
        (say("up_agreement"), agreement),
    )


def _tier(key: str, lines: Sequence[IndicatorLine], card: Scorecard) -> NationalTier:
    place = card.place
    return NationalTier(
        title=say(key),
        count=counted(len(lines), "measure"),
        lines=tuple(
            line_view(line, place.name, area_code=place.area_code, with_depth=False, terms=TERMS) for line in lines
        ),
    )


def _outcomes(card: Scorecard, tier: Tier) -> tuple[NationalOutcome, ...]:
    is_national = tier is Tier.NATIONAL
    found = []
    for section in card.outcomes:
        lines = section.national if is_national else section.local
        if lines:
            caption = say(
                "measures_caption", outcome=section.title, local=len(section.local), national=len(section.national)
            )
            key = "tier_national" if is_national else "tier_local"
            found.append(NationalOutcome(section.title, caption, _tier(key, lines, card)))
    return tuple(found)


def _promises(card: Scorecard) -> str:
    counts = commitment_counts(card.commitments)
    return say("up_promises_text", counts=sentence_case(counts)) if counts else say("up_promises_none")
