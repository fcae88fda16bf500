"""Turns a catalogue into what its page prints: strings, anchors and links, nothing left to decide."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from outcomes.framework.catalogue import Catalogue, CatalogueEntry, CatalogueSet, SameMeasure
from outcomes.report.definition_view import breaks_text, safe_link
from outcomes.report.formatting import date_text, joined, number_text
from outcomes.report.wording import counted, in_words, say, sentence_case
from outcomes.vocabulary import AreaLevel, Measured, Polarity, VerificationState

__all__ = ["CatalogueView", "StateView", "catalogue_view"]

# how the definitions mark a direction that nobody has agreed yet
_TO_BE_CONFIRMED: Final = "to be confirmed"


@dataclass(frozen=True, slots=True)
class StateView:
    """How far an entry was checked: its mark, its word, and what was seen."""

    symbol: str
    word: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class LinkView:
    """Another entry of the page, or another set."""

    anchor: str
    text: str


@dataclass(frozen=True, slots=True)
class Fact:
    """One particular of a definition."""

    term: str
    text: str
    link: str = ""
    is_code: bool = False


@dataclass(frozen=True, slots=True)
class EntryView:
    """One indicator on the terms of one set, as it is printed; the keys are what it is found by."""

    anchor: str
    name: str
    subtitle: str
    value: str
    rhythm: str
    direction: str
    agreed: str
    state: StateView
    also: tuple[LinkView, ...]
    near: tuple[LinkView, ...]
    facts: tuple[Fact, ...]
    direction_key: str
    state_key: str
    shared_key: str


@dataclass(frozen=True, slots=True)
class GroupView:
    """The entries of one outcome of a set."""

    id: str
    anchor: str
    title: str
    description: str
    purpose: str
    entries: tuple[EntryView, ...]


@dataclass(frozen=True, slots=True)
class SetView:
    """One set, with its counts."""

    id: str
    anchor: str
    title: str
    publisher: str
    stamp: str
    description: str
    purpose: str
    caption: str
    whole: str
    asks: str
    official: str
    others: str
    shared: str
    groups: tuple[GroupView, ...]


@dataclass(frozen=True, slots=True)
class CatalogueView:
    """The whole page."""

    title: str
    lede: str
    counts: str
    sets: tuple[SetView, ...]
    legend: tuple[tuple[StateView, str], ...]
    directions: tuple[tuple[str, str], ...]
    states: tuple[tuple[str, str], ...]
    sources: tuple[str, ...]


def _state(state: VerificationState | None, detail: str = "") -> StateView:
    match state:
        case VerificationState.YES:
            return StateView("v-yes", say("cat_official"), detail)
        case VerificationState.PARTIAL:
            return StateView("v-partial", say("cat_to_be_confirmed"), say("cat_partly"))
        case VerificationState.MEMORY:
            return StateView("v-memory", say("cat_to_be_confirmed"), say("cat_not_seen"))
        case None:
            return StateView("v-none", say("cat_not_said"))


def _seen(entry: CatalogueEntry) -> str:
    """What was seen of an official entry, and whether its definition was."""
    # the words of a verification name what was seen before the place where it was
    found = re.match(r"yes: (.+?) seen in ", entry.verified)
    words = [say("cat_seen", seen=found[1])] if found else []
    if entry.definition_state not in (None, VerificationState.YES):
        words.append(say("cat_definition_open"))
    elif found and "definition" not in found[1] and not entry.numerator:
        words.append(say("cat_definition_not_seen"))
    return sentence_case("; ".join(words))


def _anchor(set_id: str, indicator_id: str) -> str:
    return f"{set_id}--{indicator_id}"


def _elsewhere(other: SameMeasure, there: frozenset[str]) -> LinkView:
    # one of a set that is not on this page leads to the list of sets
    anchor = _anchor(other.set_id, other.indicator_id) if other.set_id in there else "sets"
    code = other.official_code or other.indicator_id
    return LinkView(anchor, say("cat_other", set=other.set_title, code=code))


def _value(entry: CatalogueEntry) -> str:
    what = entry.published_as or say(f"statistic_{entry.statistic.value}")
    is_taken = bool(entry.published_because) or entry.statistic.value == "published_value"
    if is_taken and entry.published_as:
        what = say("def_published_as", statistic=say("statistic_published_value"), what=entry.published_as)
    unit = say("cat_unit_open") if "unit" in entry.not_established and not entry.unit else entry.unit
    return sentence_case(f"{what}, {unit}" if unit else what)


def _rhythm(entry: CatalogueEntry) -> str:
    rhythm = sentence_case(say(f"rhythm_{entry.period_kind.value}"))
    if "period" in entry.not_established:
        rhythm += f" ({say('cat_rhythm_open')})"
    # a level of no name would be read as an area where an organisation is meant
    return rhythm if entry.level is AreaLevel.OTHER else f"{rhythm}, {say(f'level_{entry.level.value}')}"


def _open(entry: CatalogueEntry, key: str, text: str) -> str:
    if key not in entry.not_established:
        return text
    return say("def_open_but", text=text) if text else say("def_open")


def _holds(entry: CatalogueEntry) -> str:
    first = date_text(entry.valid_from) if entry.valid_from else ""
    last = date_text(entry.valid_to) if entry.valid_to else ""
    if first and last:
        return say("cat_holds_between", first=first, last=last)
    if first:
        return say("cat_holds_from", first=first)
    return say("cat_holds_to", last=last) if last else ""


def _facts(entry: CatalogueEntry) -> tuple[Fact, ...]:
    definition = entry.definition_verified if entry.definition_verified != entry.verified else ""
    multiplier = entry.multiplier
    decimals = 0 if multiplier == int(multiplier) else 2
    statistic = sentence_case(say(f"statistic_{entry.statistic.value}"))
    if multiplier != 1:
        statistic = say("def_statistic_text", statistic=statistic, multiplier=number_text(multiplier, decimals))
    facts = [
        Fact(say("cat_fact_name"), entry.published_name),
        Fact(say("def_numerator"), _open(entry, "numerator_definition", entry.numerator)),
        Fact(say("def_denominator"), _open(entry, "denominator_definition", entry.denominator)),
        Fact(say("def_statistic"), _open(entry, "statistic", statistic)),
        Fact(say("def_unit"), _open(entry, "unit", entry.unit)),
        Fact(say("cat_fact_why"), entry.published_because),
        Fact(say("cat_fact_strata"), entry.standard_population),
        Fact(say("cat_fact_groups"), joined(tuple(group.replace("_", " ") for group in entry.groups))),
        Fact(say("def_measured"), sentence_case(entry.measured.value.replace("_", " ")))
        if entry.measured is not Measured.OVER_PERIOD
        else Fact("", ""),
        Fact(say("def_breaks"), breaks_text((one.from_day, one.because) for one in entry.breaks)),
        Fact(say("def_limits"), f"{entry.limits_of_use} {say('cat_proxy') if entry.is_proxy else ''}".strip()),
        Fact(say("def_comparable"), entry.comparable_with),
        Fact(say("cat_fact_holds"), sentence_case(_holds(entry))),
        Fact(say("cat_fact_aliases"), "; ".join(entry.aliases)),
        Fact(say("def_source"), entry.source, safe_link(entry.source_url)),
        Fact(say("def_licence"), entry.licence),
        Fact(say("cat_fact_checked"), sentence_case(entry.verified)),
        Fact(say("cat_fact_definition"), sentence_case(definition)),
        *(Fact(say("cat_fact_where"), address, safe_link(address)) for address in entry.addresses),
        Fact(say("cat_fact_taken"), entry.definition_agreed_by),
        Fact(say("cat_fact_defined"), entry.defined_in),
        Fact(say("cat_fact_include"), entry.reference, is_code=True),
    ]
    return tuple(fact for fact in facts if fact.text)


def _entry(entry: CatalogueEntry, there: frozenset[str]) -> EntryView:
    names = [say("cat_code", code=entry.official_code)] if entry.official_code else []
    if entry.official_code != entry.indicator_id:
        names.append(say("cat_id", id=entry.indicator_id))
    if entry.indicator_version > 1:
        names.append(say("cat_version", version=entry.indicator_version))
    agreed = ""
    if entry.polarity is not Polarity.NO_JUDGEMENT:
        is_open = entry.polarity_agreed_by in ("", _TO_BE_CONFIRMED)
        agreed = say("cat_agreed_open") if is_open else say("cat_agreed_by", who=entry.polarity_agreed_by)
    return EntryView(
        anchor=_anchor(entry.set_id, entry.indicator_id),
        name=entry.name,
        subtitle=sentence_case(", ".join(names)),
        value=_value(entry),
        rhythm=_rhythm(entry),
        direction=sentence_case(say(f"polarity_{entry.polarity.value}")),
        agreed=sentence_case(agreed),
        state=_state(entry.state, _seen(entry)),
        also=tuple(_elsewhere(other, there) for other in entry.also_in),
        near=tuple(_elsewhere(other, there) for other in entry.overlaps_with),
        facts=_facts(entry),
        direction_key=entry.polarity.value,
        state_key=entry.state.value if entry.state else "none",
        shared_key="yes" if entry.also_in else "no",
    )


def _tally(entries: Iterable[CatalogueEntry]) -> tuple[int, int, int]:
    """How many there are, are official, and are shared with another set."""
    listed = tuple(entries)
    return len(listed), sum(one.is_official for one in listed), sum(bool(one.also_in) for one in listed)


def _set(one: CatalogueSet, there: frozenset[str]) -> SetView:
    all_, official, shared = _tally(one.entries)
    others = all_ - official
    return SetView(
        id=one.id,
        anchor=f"set-{one.id}",
        title=one.title,
        publisher=one.publisher,
        stamp=(
            f"{say('cat_counts', all=counted(all_, 'indicator'), official=official, others=others)} "
            f"{one.publisher}. {say('cat_edition')} {one.version}."
        ),
        description=one.description,
        purpose=one.purpose,
        caption=say("cat_caption", set=one.title),
        whole=say("cat_whole_set", set=one.title),
        asks=f"{all_:,}",
        official=f"{official:,}",
        others=f"{others:,}",
        shared=f"{shared:,}",
        groups=tuple(
            GroupView(
                id=outcome.id,
                anchor=f"in-{one.id}--{outcome.id}",
                title=outcome.title,
                description=outcome.description,
                purpose=outcome.purpose,
                entries=tuple(_entry(entry, there) for entry in one.entries if entry.outcome_id == outcome.id),
            )
            for outcome in one.outcomes
            if any(entry.outcome_id == outcome.id for entry in one.entries)
        ),
    )


def catalogue_view(catalogue: Catalogue) -> CatalogueView:
    """Return the page of a catalogue.

    Arguments:
        catalogue: The sets and their entries.
    """
    all_, official, _ = _tally(catalogue.entries)
    there = frozenset(one.id for one in catalogue.sets)
    measures = len({(entry.indicator_id, entry.indicator_version) for entry in catalogue.entries})
    states = tuple(state for state in VerificationState if any(one.state is state for one in catalogue.entries))
    meanings = {
        VerificationState.YES: say("cat_how_official"),
        VerificationState.PARTIAL: say("cat_how_partial"),
        VerificationState.MEMORY: say("cat_how_memory"),
    }
    return CatalogueView(
        title=say("cat_title_of", title=catalogue.title) if catalogue.title else say("cat_title"),
        lede=say(
            "cat_lede", sets=in_words(len(catalogue.sets), "indicator set"), measures=counted(measures, "measure")
        ),
        counts=say("cat_official_count", official=official, all=counted(all_, "indicator"), others=all_ - official),
        sets=tuple(_set(one, there) for one in catalogue.sets),
        legend=tuple((_state(state), meanings[state]) for state in states),
        directions=tuple((one.value, sentence_case(say(f"polarity_{one.value}"))) for one in Polarity),
        states=tuple((state.value, _option(_state(state))) for state in states),
        sources=tuple(f"{one.title}: {one.source}. {one.licence}." for one in catalogue.sets),
    )


def _option(state: StateView) -> str:
    return f"{state.word}: {state.detail.lower()}" if state.detail else state.word
