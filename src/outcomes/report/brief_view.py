"""Writes the first screen of a place in words: better, worse, cannot be told, promised, late, chance."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from outcomes.report.balance_view import apart_text
from outcomes.report.chance_view import ChanceView, chance_view, remaining_text
from outcomes.report.formatting import date_text, joined, number_text
from outcomes.report.inequality_view import inequality_spoken
from outcomes.report.line_tables import point_period, printed_value
from outcomes.report.replies import replies_counted, reply_note
from outcomes.report.signals import reason_text, sentences_once, spoken_signals
from outcomes.report.wording import counted, say
from outcomes.scorecard.model import CommitmentLine, IndicatorLine, Scorecard, SpecialCause, Summary, calls_for_reply
from outcomes.vocabulary import CommitmentState, Word

__all__ = ["Brief", "BriefItem", "brief_chance", "brief_sentence", "brief_view", "chance_text", "commitment_counts"]

_STATES: Final = (
    CommitmentState.LATE,
    CommitmentState.KEPT,
    CommitmentState.NOT_KEPT,
    CommitmentState.NOT_YET_DUE,
    CommitmentState.WITHDRAWN,
)


@dataclass(frozen=True, slots=True)
class BriefItem:
    """One sentence of the brief, led by a link to its line, with the reply that an unwelcome word calls for."""

    anchor: str
    name: str
    text: str
    of: str = ""
    reply: str = ""


@dataclass(frozen=True, slots=True)
class BriefGroup:
    """What the measures of a list have in common: that they move, or only stand better or worse; empty of measures."""

    heading: str
    lines: tuple[BriefItem, ...]


@dataclass(frozen=True, slots=True)
class Brief:
    """The first screen in words."""

    sentence: str
    replies: str
    better: tuple[BriefGroup, ...]
    worse: tuple[BriefGroup, ...]
    cannot_tell: tuple[BriefItem, ...]
    no_difference: tuple[BriefItem, ...]
    promised: tuple[tuple[str, str], ...]
    late: tuple[tuple[str, str, str], ...]
    chance: str
    chance_behind: ChanceView


def _brief_item(line: IndicatorLine, said: str) -> BriefItem:
    texts = []
    if line.current is not None:
        value = line.current.value
        if value.value is not None:
            texts.append(
                say(
                    "value_in",
                    value=printed_value(value, line.decimals, line.unit),
                    period=point_period(line, line.current),
                )
            )
        else:
            texts.append(say("no_value_because", reason=reason_text(value)))
    else:
        texts.append(f"{say('not_yet')}.")
        if line.data_note:
            texts.append(line.data_note)
    if said:
        texts.append(said)
    if apart_text(line):
        texts.append(apart_text(line))
    if any(dispute.settled_on is None for dispute in line.disputes):
        texts.append(say("brief_disputed"))
    reply = f"{reply_note(line)}." if calls_for_reply(line) and said else ""
    name = line.short_name or line.name
    return BriefItem(f"m-{line.page_name}", name, " ".join(texts), line.page_name, reply)


def _spoken(line: IndicatorLine) -> str:
    """The signals of a line, and what its gap does."""
    return " ".join(text for text in (spoken_signals(line), inequality_spoken(line)) if text)


def _why_unknown(line: IndicatorLine) -> str:
    """Why neither comparison, trend nor special cause of a line says anything, each reason once."""
    if line.current is None or line.current.value.value is None:
        return ""
    reasons = [comparison.because for comparison in line.comparisons[:1]] or [say("no_benchmark")]
    reasons.append(line.trend.because)
    if isinstance(line.special_cause, SpecialCause):
        reasons.append(line.special_cause.because)
    return " ".join(sentences_once(reasons))


def brief_sentence(card: Scorecard) -> str:
    """Return how many measures of a place say what, in words; that there are none."""
    summary = card.summary
    locals_ = sum(len(section.local) for section in card.outcomes)
    nationals = sum(len(section.national) for section in card.outcomes)
    if not locals_ + nationals:
        return say("no_measures")
    both = len(set(summary.better) & set(summary.worse))
    sentence = say(
        "brief_counts",
        all=counted(locals_ + nationals, "measure"),
        local=locals_,
        national=nationals,
        better=_with_verb(len(summary.better), "is", "are"),
        worse=_with_verb(len(summary.worse), "is", "are"),
        both=say("in_both_lists", number=both) if both else "",
        same=_with_verb(len(summary.no_difference), "is", "are"),
        unknown=len(summary.cannot_tell),
    )
    # level and movement are two questions: few of those that are worse need be getting worse
    direction = next((line.sentence for line in card.profile if line.id == "direction"), "")
    if direction:
        sentence += " " + say("brief_over_time", told=direction)
    if card.operational:
        called = [line.short_name or line.name for line in card.operational if calls_for_reply(line)]
        names = say("brief_named", names=joined(called)) if called else ""
        everyday = counted(len(card.operational), "measure")
        sentence += " " + say("brief_everyday", called=len(called), all=everyday, names=names)
    return sentence


def brief_view(card: Scorecard) -> Brief:
    """Return the first screen of a place; good and bad are written by one rule."""
    summary: Summary = card.summary
    by_name = {line.page_name: line for line in card.lines}

    def lines(names: Sequence[str]) -> list[IndicatorLine]:
        return [by_name[name] for name in names if name in by_name]

    return Brief(
        sentence=brief_sentence(card),
        replies=replies_counted((summary,)),
        better=_groups(lines(summary.better), Word.IMPROVING, "better"),
        worse=_groups(lines(summary.worse), Word.GETTING_WORSE, "worse"),
        cannot_tell=tuple(_brief_item(line, _why_unknown(line)) for line in lines(summary.cannot_tell)),
        no_difference=tuple(_brief_item(line, _spoken(line)) for line in lines(summary.no_difference)),
        promised=_promised(card.commitments),
        late=tuple(
            (line.what, _since_when(line), line.explanation)
            for line in card.commitments
            if line.state in (CommitmentState.LATE, CommitmentState.NOT_KEPT)
        ),
        chance=brief_chance(card),
        chance_behind=chance_view(card),
    )


def _groups(lines: Sequence[IndicatorLine], moving: Word, which: str) -> tuple[BriefGroup, ...]:
    """The measures that move first, then those that only stand better or worse than what they are compared with."""
    found: dict[str, list[BriefItem]] = {f"{which}_moving": [], f"{which}_standing": []}
    for line in lines:
        kind = "moving" if moving in line.movements else "standing"
        found[f"{which}_{kind}"].append(_brief_item(line, _spoken(line)))
    return tuple(BriefGroup(say(key), tuple(items)) for key, items in found.items() if items)


def _since_when(line: CommitmentLine) -> str:
    if line.state is CommitmentState.NOT_KEPT:
        return say("not_kept_by", partner=line.partner)
    return f"{say('days_late', number=counted(line.days_late, 'day'))}. {line.partner}:"


def brief_chance(card: Scorecard) -> str:
    """Return how many comparisons of a place differ, how many chance alone would flag, and how many remain."""
    summary = card.summary
    said = chance_text(summary.compared, summary.differing, summary.differing_by_chance, "chance", "measure")
    return f"{said} {remaining_text(summary.differing, len(summary.remaining), summary.without_p_value)}".rstrip()


def _with_verb(number: int, one: str, many: str) -> str:
    return f"{number} {say(one if number == 1 else many)}"


def chance_text(compared: int, differing: int, by_chance: float, pattern: str, noun: str) -> str:
    """Return how many comparisons differ, and how many chance alone would flag.

    >>> chance_text(16, 9, 0.8, "chance", "measure")
    'Of the 16 measures that have a comparison, 9 differ at the 95% level. Chance alone would give about 1.'
    """
    if not compared:
        return say("chance_none")
    rounded = number_text(by_chance, 0)
    chance = say("chance_small") if rounded == "0" else say("chance_about", number=rounded)
    flags = say("differs" if differing == 1 else "differ", number=differing)
    return say(pattern, compared=counted(compared, noun), differing=flags, chance=chance)


def _promised(commitments: Sequence[CommitmentLine]) -> tuple[tuple[str, str], ...]:
    """How many promises stand in each state, and what is most worth knowing of them."""
    rows = []
    for state in _STATES:
        here = [line for line in commitments if line.state is state]
        if not here:
            continue
        partners = sorted({line.partner for line in here})
        detail = say("kept_by", partners=joined(partners))
        if state is CommitmentState.NOT_YET_DUE:
            detail = say("next_due", partners=joined(partners), date=date_text(min(line.due for line in here)))
        rows.append((say("see_all", number=len(here), state=state.value), detail))
    return tuple(rows)


def commitment_counts(commitments: Sequence[CommitmentLine]) -> str:
    """Return the number of promises in each state, in words.

    >>> commitment_counts(())
    ''
    """
    found = [(state, sum(line.state is state for line in commitments)) for state in _STATES]
    return ", ".join(say("see_all", number=number, state=state.value) for state, number in found if number)
