"""Turns one Scorecard into what the page for everyone prints, in plain English; partners' words only when released."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from markupsafe import Markup

from outcomes.report.brief_view import commitment_counts
from outcomes.report.formatting import date_text, interval_text, number_text, value_text
from outcomes.report.headline import first_comparison_word, joint, movement, told_comparison
from outcomes.report.line_tables import interval_of
from outcomes.report.line_view import LineView, line_view
from outcomes.report.marks import GOOD_WORDS, UNWELCOME_WORDS, Mark, commitment_mark, mark_of
from outcomes.report.public_wording import PLAIN_MEANINGS
from outcomes.report.replies import reply_note, when_due
from outcomes.report.signals import reason_text, sentences_once, with_unit_short
from outcomes.report.wording import counted, in_words, say, sentence_case
from outcomes.scorecard.model import (
    CommitmentLine,
    IndicatorLine,
    Inequality,
    Scorecard,
    SpecialCause,
    Value,
    calls_for_reply,
)
from outcomes.vocabulary import NO_COMPARISON, Tier, Word

__all__ = ["PublicCard", "PublicPromise", "PublicReply", "PublicRow", "PublicView", "public_view"]

_NO_CHANGE: Final = frozenset({Word.NO_SIGNIFICANT_CHANGE, Word.CANNOT_TELL})
# beyond these a percentage is not told as so many in 100
_LOWEST, _HIGHEST = 1.0, 99.0


@dataclass(frozen=True, slots=True)
class PublicReply:
    """What stands beside something unwelcome: released words with who said them, or that there are none."""

    lead: str
    words: str


@dataclass(frozen=True, slots=True)
class PublicBar:
    """One of two bars that are compared."""

    name: str
    value: str
    drawing: Markup


@dataclass(frozen=True, slots=True)
class PublicCard:
    """One measure in plain words."""

    page_name: str
    figure: str
    title: str
    mark: Mark
    word: str
    value: str
    unit: str
    interval: str
    period: str
    texts: tuple[str, ...]
    bars: tuple[PublicBar, ...]
    replies: tuple[PublicReply, ...]


@dataclass(frozen=True, slots=True)
class PublicPromise:
    """One promise in plain words."""

    what: str
    who: str
    mark: Mark
    state: str
    due: str
    words: str
    is_quoted: bool


@dataclass(frozen=True, slots=True)
class PublicRow:
    """One measure in the table of every number."""

    line: LineView
    mark: Mark
    word: str
    reply: str


@dataclass(frozen=True, slots=True)
class PublicGroup:
    """The rows of one outcome, or of the everyday measures."""

    title: str
    rows: tuple[PublicRow, ...]


@dataclass(frozen=True, slots=True)
class PublicView:
    """The page, section by section."""

    lede: str
    stamp: tuple[str, ...]
    well: tuple[PublicCard, ...]
    work: tuple[PublicCard, ...]
    same: tuple[PublicCard, ...]
    unknown: tuple[PublicCard, ...]
    texts: dict[str, str]
    promises_text: str
    promises: tuple[PublicPromise, ...]
    every: tuple[PublicGroup, ...]
    hidden: tuple[str, ...]
    sure: tuple[str, ...]
    words: tuple[tuple[str, str], ...]


def public_view(card: Scorecard) -> PublicView:
    """Return what the page for everyone prints: the same values and words as every page of the place."""
    summary = card.summary
    lines = {line.page_name: line for line in card.lines}
    # what is good in one way and bad in another stands once, by its comparison; the mirror of a page swaps the two
    work = [one for one in summary.worse if one not in summary.better or _is_worse(lines[one])]
    well = [one for one in summary.better if one not in work]
    lists = {
        "well": well,
        "work": work,
        "same": list(summary.no_difference),
        "unknown": list(summary.cannot_tell),
    }
    number = counted(sum(line.tier is not Tier.OPERATIONAL for line in card.lines), "measure")
    # a measure stands in its list and among all: what is printed of it is made once
    views = {
        name: line_view(line, card.place.name, area_code=card.place.area_code, with_depth=False)
        for name, line in lines.items()
    }
    cards = {name: tuple(_card(card, views[one]) for one in ids if one in views) for name, ids in lists.items()}
    texts = {name: say(f"pub_{name}_text", number=len(found), all=number) for name, found in cards.items() if found}
    partners = len(card.agreement.parties) if card.agreement else 0
    local = sum(len(section.local) for section in card.outcomes)
    national = sum(len(section.national) for section in card.outcomes)
    place = card.place.name
    return PublicView(
        lede=say("pub_lede", partners=sentence_case(in_words(partners, "partner")), place=place)
        if partners
        else say("pub_lede_alone", place=place),
        stamp=(
            say("pub_known", date=date_text(card.as_of)),
            say("pub_count", number=number, local=local, national=national),
        ),
        texts=texts,
        promises_text=_promises_text(card.commitments),
        promises=tuple(_promise(one) for one in card.commitments),
        every=_every(card, views),
        hidden=_hidden(card),
        sure=_sure(card),
        words=_words(card),
        **cards,
    )


def _is_worse(line: IndicatorLine) -> bool:
    """Whether a measure that is both good and bad is bad in what is read first: its comparison, else its movement."""
    word = first_comparison_word(line)
    if word in GOOD_WORDS or word in UNWELCOME_WORDS:
        return word in UNWELCOME_WORDS
    return movement(line)[0] in UNWELCOME_WORDS


def plain_word(line: IndicatorLine) -> tuple[Mark, str]:
    """Return the mark and the words that say how a measure is going: its comparison, and how it moves."""
    value = line.current.value if line.current else None
    if value is None or value.value is None:
        return mark_of(Word.CANNOT_TELL), sentence_case(Word.CANNOT_TELL.value)
    word, compared = first_comparison_word(line), told_comparison(line)
    moving, direction, _ = movement(line)
    judged = GOOD_WORDS | UNWELCOME_WORDS
    if compared and moving in judged and word not in judged:
        # what moves is the news, and stands first
        text = say("pub_both", comparison=moving.value, joint=joint(moving, word), moving=compared)
        return mark_of(moving, direction), sentence_case(text)
    if compared and moving not in _NO_CHANGE:
        text = say("pub_both", comparison=compared, joint=joint(word, moving), moving=moving.value)
        return mark_of(word), sentence_case(text)
    if compared:
        return mark_of(word), sentence_case(compared)
    return mark_of(moving, direction), sentence_case(moving.value)


def _in_100(line: IndicatorLine, value: Value) -> str:
    if value.value is None or not line.unit.startswith("%"):
        return ""
    if value.value < _LOWEST:
        return say("pub_under_one")
    if value.value > _HIGHEST:
        return say("pub_over_99")
    return say("pub_in_100", number=value_text(value.value, 0, ""))


def _card(card: Scorecard, view: LineView) -> PublicCard:
    line = view.line
    mark, word = plain_word(line)
    value = line.current.value if line.current else None
    texts = []
    if value is None:
        texts.append(say("pub_no_figure_yet"))
    elif value.value is None:
        texts.append(say("pub_no_figure", reason=reason_text(value)))
    else:
        about = _in_100(line, value)
        texts += [about] if about else []
        if mark == mark_of(Word.CANNOT_TELL):
            texts += _why_untold(line)
    texts += [f"{view.disputed}."] if view.disputed else []
    texts += [_gap(line)] if _gap(line) else []
    replies = _replies(line) if calls_for_reply(line) else ()
    return PublicCard(
        page_name=line.page_name,
        figure=view.figure,
        title=line.name,
        mark=mark,
        word=word,
        value=view.value,
        unit=view.unit,
        interval=view.interval,
        period=view.period,
        texts=tuple(texts),
        bars=_bars(card, view),
        replies=replies,
    )


def _why_untold(line: IndicatorLine) -> tuple[str, ...]:
    """Why neither comparison nor movement says anything, each reason once."""
    first = line.comparisons[0] if line.comparisons else None
    is_compared = first is not None and first.benchmark is not None
    reasons = [first.because if first is not None and is_compared else say("pub_nothing_to_compare")]
    reasons.append(line.trend.because if line.trend.method else say("pub_trend_not_asked"))
    if isinstance(line.special_cause, SpecialCause):
        reasons.append(line.special_cause.because)
    return sentences_once(reasons)


def _gap(line: IndicatorLine) -> str:
    gap = line.inequality
    if not isinstance(gap, Inequality) or gap.word in _NO_CHANGE:
        return ""
    word = Word.WIDENING if gap.word is Word.IMPROVING_UNEQUALLY else gap.word
    return say("pub_gap", word=word.value)


def _bars(card: Scorecard, view: LineView) -> tuple[PublicBar, ...]:
    """The place and what it is compared with, on one scale that begins at 0."""
    line = view.line
    value = line.current.value.value if line.current else None
    benchmark = line.comparisons[0].benchmark if first_comparison_word(line) not in NO_COMPARISON else None
    if value is None or benchmark is None or benchmark.value is None or min(value, benchmark.value) < 0:
        return ()
    high = max(value, benchmark.value)
    other = with_unit_short(value_text(benchmark.value, line.decimals, ""), line.unit)
    drawn = ((card.place.name, view.value, value, True), (benchmark.name, other, benchmark.value, False))
    return tuple(PublicBar(name, text, Markup(_bar(level, high, is_own=own))) for name, text, level, own in drawn)


def _bar(level: float, high: float, *, is_own: bool) -> str:
    width = 100 * level / high if high else 0
    look = 'fill="#12436d"' if is_own else 'fill="#fff" stroke="#212b32" stroke-width="1.5"'
    return (
        '<svg class="bar" viewBox="0 0 100 14" preserveAspectRatio="none" aria-hidden="true" focusable="false">'
        f'<rect x="0.5" y="1" width="{max(width - 1, 0):.1f}" height="12" vector-effect="non-scaling-stroke" {look}/>'
        "</svg>"
    )


def _replies(line: IndicatorLine) -> tuple[PublicReply, ...]:
    """What partners say beside something unwelcome; of words that nobody released only that they are there."""
    if not line.replies:
        due = when_due(line)
        return (PublicReply(f"{say('reply_none')} {due}".strip(), ""),)
    return tuple(
        PublicReply(say("pub_says", partner=reply.partner), reply.text)
        if reply.is_released
        else PublicReply(f"{say('pub_replied', partner=reply.partner)} {say('pub_not_released')}", "")
        for reply in line.replies
    )


def _promises_text(commitments: Sequence[CommitmentLine]) -> str:
    if not commitments:
        return say("pub_promises_none")
    counts = f"{counted(len(commitments), 'promise')}: {commitment_counts(commitments)}"
    return say("pub_promises_text", counts=counts)


def _promise(one: CommitmentLine) -> PublicPromise:
    has_words = bool(one.explanation or one.evidence)
    words = say("pub_they_say_nothing")
    if has_words:
        words = say("pub_not_released")
    if has_words and one.is_released:
        evidence = say("evidence", evidence=one.evidence) if one.evidence else ""
        words = " ".join(text for text in (one.explanation, evidence) if text)
    return PublicPromise(
        what=one.what,
        who=one.partner,
        mark=commitment_mark(one.state),
        state=sentence_case(one.state.value),
        due=date_text(one.due),
        words=words,
        is_quoted=has_words and one.is_released,
    )


def _every(card: Scorecard, views: Mapping[str, LineView]) -> tuple[PublicGroup, ...]:
    groups = [
        PublicGroup(section.title, _rows(views, (*section.local, *section.national))) for section in card.outcomes
    ]
    if card.operational:
        groups.append(PublicGroup(say("operational"), _rows(views, card.operational)))
    return tuple(groups)


def _rows(views: Mapping[str, LineView], lines: Iterable[IndicatorLine]) -> tuple[PublicRow, ...]:
    rows = []
    for line in lines:
        mark, word = plain_word(line)
        rows.append(PublicRow(views[line.page_name], mark, word, reply_note(line) if calls_for_reply(line) else ""))
    return tuple(rows)


def _hidden(card: Scorecard) -> tuple[str, ...]:
    policy = card.versions.policy_title or card.versions.policy_id
    texts = [say("pub_hidden_1", policy=policy), say("pub_hidden_2")]
    if card.product == "draft":
        texts.append(say("pub_hidden_3"))
    return tuple(texts)


def _sure(card: Scorecard) -> tuple[str, ...]:
    """What a range is, with one of the page's own as the example."""
    first = next(
        (line for line in card.lines if line.current is not None and interval_of(line.current.value, line.decimals)),
        None,
    )
    example = say("pub_sure_1_none")
    if first is not None and first.current is not None:
        value = first.current.value
        assert value.lower_ci_95 is not None
        assert value.upper_ci_95 is not None
        text = interval_text(value.lower_ci_95, value.upper_ci_95, first.decimals)
        measure = first.short_name or first.name
        example = say("pub_sure_1", measure=f"“{measure}”", interval=with_unit_short(text, first.unit))
    summary = card.summary
    chance = number_text(summary.differing_by_chance, 0)
    about = say("chance_small") if chance == "0" else say("chance_about", number=chance)
    said = say("pub_sure_3", compared=counted(summary.compared, "comparison"), chance=about)
    return (example, say("pub_sure_2"), *((said,) if summary.compared else ()))


def _words(card: Scorecard) -> tuple[tuple[str, str], ...]:
    """The words that this page uses, and what they mean."""
    used: set[Word] = set()
    for line in card.lines:
        used |= {comparison.first_word for comparison in line.comparisons} or {Word.NOT_COMPARED}
        used.add(movement(line)[0])
        used |= {part.comparison.first_word for part in line.parts if part.comparison is not None}
        if isinstance(line.inequality, Inequality):
            used.add(line.inequality.word)
    known = ("pub_in_100", "pub_rate", "pub_range", "pub_hidden", "pub_poorer")
    pairs = [(say(f"{key}_word"), say(f"{key}_means")) for key in known]
    pairs += [(sentence_case(word.value), meaning) for word, meaning in PLAIN_MEANINGS.items() if word in used]
    return tuple(pairs)
