"""Turns signals into what a page prints of them: a mark, a word and the sentences under it."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from markupsafe import Markup

from outcomes.report.formatting import date_text, value_text, with_unit
from outcomes.report.marks import Mark, mark_of
from outcomes.report.target_words import (
    agreed_text,
    goal_text,
    is_of_level,
    now_text,
    period_of_text,
    set_by_text,
    with_unit_short,
)
from outcomes.report.wording import say, sentence_case
from outcomes.scorecard.model import Comparison, IndicatorLine, NotBuilt, SpecialCause, TargetSignal, Value
from outcomes.vocabulary import NO_COMPARISON, Certainty, Change, Reason, Word

__all__ = [
    "SignalView",
    "absence_text",
    "agreed_text",
    "by_interval",
    "compared_with",
    "comparison_views",
    "headline_target",
    "in_sentence",
    "not_built_view",
    "period_of_text",
    "reason_text",
    "sentences_once",
    "set_by_text",
    "spoken_signals",
    "target_view",
    "trend_view",
    "with_unit_short",
]

_MORE_OR_LESS = {
    Word.MUCH_BETTER, Word.BETTER, Word.WORSE, Word.MUCH_WORSE,
    Word.MUCH_HIGHER, Word.HIGHER, Word.LOWER, Word.MUCH_LOWER,
}  # fmt: skip


_IS_DUE = (Word.MET, Word.NOT_MET)
_NO_ICON = Markup("")


@dataclass(frozen=True, slots=True)
class SignalView:
    """One signal as it is printed.

    Attributes:
        mark: Shape and sign.
        word: In sentence case.
        details: What stands under the word, one short text a line.
        icon: A drawing in place of the mark; empty for none.
    """

    mark: Mark
    word: str
    details: tuple[str, ...] = ()
    icon: Markup = _NO_ICON


def reason_text(value: Value) -> str:
    """Return why a value is missing, in words for the middle of a sentence."""
    reason = value.reason or Reason.MISSING
    text = say(f"reason_{reason.value}")
    return f"{text}: {say(f'detail_{value.detail.value}')}" if value.detail else text


def absence_text(value: Value) -> str:
    """Return the Reason as a word, for a cell in which a number would stand."""
    return sentence_case((value.reason or Reason.MISSING).value)


def sentences_once(reasons: Iterable[str]) -> tuple[str, ...]:
    """Return reasons as sentences, each once; nothing of what is empty.

    >>> sentences_once(["too few points", "", "too few points."])
    ('Too few points.',)
    """
    told = dict.fromkeys(reason.rstrip(".") for reason in reasons if reason)
    return tuple(f"{sentence_case(reason)}." for reason in told)


def comparison_views(line: IndicatorLine) -> tuple[SignalView, ...]:
    """Return what the cell of comparison holds; that chance alone is allowed for is said once, whatever follows it."""
    once = say("not_allowing")
    views: dict[SignalView, None] = {}
    for comparison in line.comparisons:
        view = _comparison_view(line, comparison)
        if any(once in earlier.details for earlier in views):
            view = replace(view, details=tuple(detail for detail in view.details if detail != once))
        views[view] = None
    return tuple(views)


def _comparison_view(line: IndicatorLine, comparison: Comparison) -> SignalView:
    """One comparison: its word, what it is compared with and, where nothing is said, why."""
    details = []
    benchmark = comparison.benchmark
    if benchmark is not None and benchmark.value is not None:
        printed = with_unit_short(value_text(benchmark.value, line.decimals, ""), line.unit)
        details.append(say("against", benchmark=benchmark.name, value=printed))
    elif benchmark is not None and not comparison.because:
        details.append(say("against_unknown", benchmark=benchmark.name))
    details += _allowing(line, comparison)
    if comparison.because:
        details.append(comparison.because)
    if not details:
        details.append(say("no_benchmark"))
    word = comparison.first_word
    return SignalView(mark_of(word), sentence_case(word.value), tuple(details))


def _allowing(line: IndicatorLine, comparison: Comparison) -> list[str]:
    """What stands under a word that allows for overdispersion, or why it does not: which word is which."""
    found = comparison.overdispersion
    if found is None:
        return []
    if found.word is None:
        return [say("not_allowing")]
    text = say("allowing_unsaid")
    if found.areas is not None and found.lower_limit is not None and found.upper_limit is not None:
        lower, upper = (value_text(limit, line.decimals, "") for limit in (found.lower_limit, found.upper_limit))
        text = say("allowing", areas=found.areas, lower=lower, upper=upper)
    return [text, say("by_interval", word=comparison.word.value)]


def in_sentence(name: str) -> str:
    """Return a name as it stands inside a sentence: a leading article loses its capital.

    >>> in_sentence("The other places"), in_sentence("England")
    ('the other places', 'England')
    """
    return f"t{name[1:]}" if name.startswith("The ") else name


def trend_view(line: IndicatorLine) -> SignalView:
    """Return the trend: its word and how many points it rests on, or why it cannot be told."""
    trend = line.trend
    basis = say("last_points", number=trend.points) if trend.points else say("no_points")
    detail = trend.because or basis
    return SignalView(mark_of(trend.word, trend.direction), sentence_case(trend.word.value), (detail,))


def target_view(line: IndicatorLine, target: TargetSignal) -> SignalView:
    """Return one target: its word, the level with its date and setter, the setter's own rule, the decision."""
    details = []
    is_plain = is_of_level(target) and not target.breakdown
    if not is_plain:
        details += [text for text in (goal_text(line, target), now_text(line, target)) if text]
    elif target.target_value is not None:
        details.append(
            say(
                "target_held_at" if _is_held(line, target) else "target_at",
                value=with_unit_short(agreed_text(target.target_value), line.unit),
                period=period_of_text(line.period_kind, target.target_period),
                level=set_by_text(target.set_by),
            )
        )
    elif target.word is not Word.NO_TARGET:
        details.append(say("target_at_unknown"))
    if is_plain and target.expected is not None and target.expected != target.target_value:
        now = with_unit_short(value_text(target.expected, line.decimals, ""), line.unit)
        details.append(say("path_now", value=now))
    ruling = [word.value for word in (target.reached, target.certainty) if word is not None]
    if ruling:
        details.append(sentence_case(", ".join(ruling)))
    # "within chance" and "no target" are the reason already
    if target.because and target.certainty is not Certainty.WITHIN_CHANCE and target.word is not Word.NO_TARGET:
        details.append(target.because)
    if target.change is not None and target.replaced_since is not None:
        became = say(
            "target_was_dropped" if target.change is Change.DROPPED else "target_was_changed",
            date=date_text(target.replaced_since, short=True),
            decision=target.replaced_decision,
        )
        details.insert(0, became)
    # one running text: as short lines of their own they would make the tallest cell of every row
    text = " ".join(detail if detail.endswith(".") else f"{detail}." for detail in details)
    return SignalView(mark_of(target.word), sentence_case(target.word.value), (text,) if text else ())


def not_built_view(signal: NotBuilt) -> SignalView:
    """Return a signal that is not computed: cannot tell, and why."""
    return SignalView(mark_of(signal.word), sentence_case(signal.word.value), (signal.because,))


def compared_with(comparison: Comparison) -> str:
    """Return a comparison's first word with what it is compared with: *better than England*."""
    text = _word_with(comparison.first_word, comparison)
    if comparison.first_word is comparison.word:
        return text
    return say("and_by_interval", word=text, other=comparison.word.value)


def by_interval(comparison: Comparison) -> str:
    """Return a comparison's word by its interval alone with what it is compared with."""
    return _word_with(comparison.word, comparison)


def _word_with(word: Word, comparison: Comparison) -> str:
    name = comparison.benchmark.name if comparison.benchmark else ""
    if not name or word in NO_COMPARISON:
        return word.value
    return say("than" if word in _MORE_OR_LESS else "to", word=word.value, benchmark=in_sentence(name))


def spoken_signals(line: IndicatorLine) -> str:
    """Return the first comparison, the trend, special cause and the target of today as one short sentence."""
    said: list[str] = []
    first = line.comparisons[0] if line.comparisons else None
    if first is not None and first.word not in NO_COMPARISON:
        said.append(compared_with(first))
    cause = line.special_cause.word if isinstance(line.special_cause, SpecialCause) else Word.CANNOT_TELL
    if line.trend.word is not Word.CANNOT_TELL:
        said.append(line.trend.word.value)
    if cause is Word.NO_SIGNIFICANT_CHANGE:
        said.append(say("spc_spoken_none"))
    elif cause is not Word.CANNOT_TELL:
        said.append(say("spc_spoken", word=cause.value))
    elif line.trend.word is Word.CANNOT_TELL and said:
        # similar says nothing of whether it moves
        said.append(say("trend_untold"))
    said += _spoken_target(line)
    return f"{sentence_case(', '.join(said))}." if said else ""


def headline_target(line: IndicatorLine) -> TargetSignal | None:
    """Return the target that speaks for today: of those whose setter comes first, the one that was due last.

    A target that is not due yet, or of which nothing can be told, is returned only where there is no other; None where
    no target holds.
    """
    held = [target for target in line.targets if target.word is not Word.NO_TARGET and target.change is None]
    # a target for a group, or of the gap between two, does not speak for everybody where another does
    known = [target for target in held if not target.breakdown] or held
    told = [target for target in known if target.word is not Word.CANNOT_TELL and _has_end(target)]
    due = [target for target in told if target.word in _IS_DUE and target.set_by is told[0].set_by]
    # periods of one rhythm stand in the order of their texts
    return max(due, key=lambda target: target.target_period) if due else next(iter(told or known), None)


def _has_end(target: TargetSignal) -> bool:
    """Whether it is known what is to be reached: a benchmark needs no level of its own."""
    return target.target_value is not None or not is_of_level(target)


def _spoken_target(line: IndicatorLine) -> list[str]:
    target = headline_target(line)
    if target is None or target.word is Word.CANNOT_TELL or not _has_end(target):
        return []
    if not is_of_level(target) or target.breakdown or target.target_value is None:
        goal = goal_text(line, target, is_bare=True)
        return [say("target_goal", goal=goal[:1].lower() + goal[1:], word=target.word.value)]
    value = with_unit(agreed_text(target.target_value), line.unit)
    period = period_of_text(line.period_kind, target.target_period)
    if target.word not in _IS_DUE:
        return [say("target_track", word=target.word.value, value=value, period=period)]
    pattern = "target_held" if _is_held(line, target) else "target_due"
    return [say(pattern, word=target.word.value, value=value, period=period)]


def _is_held(line: IndicatorLine, target: TargetSignal) -> bool:
    """Whether a target was due before the period of the value, and is still held to."""
    return target.word in _IS_DUE and line.current is not None and target.target_period < line.current.period
