"""Turns one Scorecard into what its page prints around the lines: brief, tiers, promises, returns, profile, footer."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from markupsafe import Markup

from outcomes.report.charts import share_bar, tally
from outcomes.report.formatting import date_text, joined, number_text
from outcomes.report.line_tables import point_period, printed_value
from outcomes.report.line_view import LineView, line_view, shared_note
from outcomes.report.marks import Mark, commitment_mark, mark_of
from outcomes.report.signals import reason_text, spoken_signals
from outcomes.report.wording import MEANINGS, counted, in_words, say, sentence_case
from outcomes.scorecard.model import CommitmentLine, IndicatorLine, PartnerReturns, ProfileLine, Scorecard, Summary
from outcomes.vocabulary import CommitmentState, Word

__all__ = ["PlaceView", "chance_text", "commitment_counts", "commitment_rows", "place_view", "profile_rows", "stamp_of"]

_STATES: Final = (
    CommitmentState.LATE,
    CommitmentState.KEPT,
    CommitmentState.NOT_KEPT,
    CommitmentState.NOT_YET_DUE,
    CommitmentState.WITHDRAWN,
)
_MARK_OF_WORD: Final = {str(word): mark_of(word) for word in Word} | {
    str(state): commitment_mark(state) for state in CommitmentState
}
# lines of the profile whose counts are drawn as marks: the others count things that are neither good nor bad
_TALLIED: Final = frozenset({"attainment", "direction", "comparison", "inequality", "commitments"})


@dataclass(frozen=True, slots=True)
class BriefItem:
    """One sentence of the brief, led by a link to its line."""

    anchor: str
    name: str
    text: str


@dataclass(frozen=True, slots=True)
class Brief:
    """The first screen in words."""

    sentence: str
    better: tuple[BriefItem, ...]
    worse: tuple[BriefItem, ...]
    cannot_tell: tuple[BriefItem, ...]
    no_difference: tuple[BriefItem, ...]
    promised: tuple[tuple[str, str], ...]
    late: tuple[tuple[str, str, str], ...]
    chance: str


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


@dataclass(frozen=True, slots=True)
class CommitmentRow:
    """One promise in a table."""

    mark: Mark
    state: str
    what: str
    partner: str
    due: str
    days: str
    words: str
    place: str = ""


@dataclass(frozen=True, slots=True)
class ReturnsRow:
    """What came of one partner."""

    partner: str
    bar: Markup
    counts: tuple[int, ...]
    note: str


@dataclass(frozen=True, slots=True)
class ProfileRow:
    """One of the ten lines."""

    title: str
    question: str
    marks: Markup
    sentence: str


@dataclass(frozen=True, slots=True)
class PlaceView:
    """A page of one place; `card` is what it was made from."""

    card: Scorecard
    lede: str
    stamp: tuple[str, ...]
    brief: Brief
    outcomes: tuple[OutcomeView, ...]
    operational: TierView | None
    shared_notes: tuple[tuple[str, str], ...]
    has_special_cause: bool
    has_inequality: bool
    commitments: tuple[CommitmentRow, ...]
    returns: tuple[ReturnsRow, ...]
    returns_sentence: str
    profile: tuple[ProfileRow, ...]
    agreement_sentence: str
    parties: tuple[tuple[str, str, str], ...]
    meanings: tuple[tuple[str, str], ...]
    made_from: str
    fingerprints: str


def _brief_item(line: IndicatorLine, said: str, *, with_reply: bool = False) -> BriefItem:
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
    if said:
        texts.append(said)
    if with_reply:
        texts.append(say("reply_given") if line.replies else say("reply_none_short"))
    return BriefItem(f"m-{line.indicator_id}", line.short_name or line.name, " ".join(texts))


def _why_unknown(line: IndicatorLine) -> str:
    """Why neither the comparison nor the trend of a line says anything, each reason once."""
    if line.current is None or line.current.value.value is None:
        return ""
    reasons = [comparison.because for comparison in line.comparisons[:1]] or [say("no_benchmark")]
    reasons.append(line.trend.because)
    told = dict.fromkeys(reason.rstrip(".") for reason in reasons if reason)
    return " ".join(f"{sentence_case(reason)}." for reason in told)


def _brief(card: Scorecard) -> Brief:
    summary: Summary = card.summary
    by_id = {line.indicator_id: line for line in card.lines}

    def lines(ids: Sequence[str]) -> list[IndicatorLine]:
        return [by_id[indicator] for indicator in ids if indicator in by_id]

    locals_ = sum(len(section.local) for section in card.outcomes)
    nationals = sum(len(section.national) for section in card.outcomes)
    both = len(set(summary.better) & set(summary.worse))
    sentence = say(
        "brief_counts",
        all=counted(locals_ + nationals, "measure"),
        local=locals_,
        national=nationals,
        better=_with_verb(len(summary.better), "is", "are"),
        worse=_with_verb(len(summary.worse), "is", "are"),
        both=say("in_both_lists", number=both) if both else "",
        same=_with_verb(len(summary.no_difference), "shows", "show"),
        unknown=len(summary.cannot_tell),
    )
    return Brief(
        sentence=sentence,
        better=tuple(_brief_item(line, spoken_signals(line)) for line in lines(summary.better)),
        worse=tuple(_brief_item(line, spoken_signals(line), with_reply=True) for line in lines(summary.worse)),
        cannot_tell=tuple(_brief_item(line, _why_unknown(line)) for line in lines(summary.cannot_tell)),
        no_difference=tuple(_brief_item(line, spoken_signals(line)) for line in lines(summary.no_difference)),
        promised=_promised(card.commitments),
        late=tuple(
            (line.what, f"{say('days_late', number=counted(line.days_late, 'day'))}. {line.partner}:", line.explanation)
            for line in card.commitments
            if line.state is CommitmentState.LATE
        ),
        chance=chance_text(summary.compared, summary.differing, summary.differing_by_chance, "measure"),
    )


def _with_verb(number: int, one: str, many: str) -> str:
    return f"{number} {say(one if number == 1 else many)}"


def chance_text(compared: int, differing: int, by_chance: float, noun: str) -> str:
    """Return how many comparisons differ, and how many chance alone would flag.

    >>> chance_text(16, 9, 0.8, "measure")
    'Of the 16 measures that have a comparison, 9 differ at the 95% level. Chance alone would give about 1.'
    """
    if not compared:
        return say("chance_none")
    rounded = number_text(by_chance, 0)
    chance = say("chance_small") if rounded == "0" else say("chance_about", number=rounded)
    flags = say("differs" if differing == 1 else "differ", number=differing)
    return say("chance", compared=counted(compared, noun), differing=flags, chance=chance)


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
            detail = say("next_due", date=date_text(min(line.due for line in here)))
        rows.append((say("see_all", number=len(here), state=state.value), detail))
    return tuple(rows)


def commitment_counts(commitments: Sequence[CommitmentLine]) -> str:
    """Return the number of promises in each state, in words.

    >>> commitment_counts(())
    ''
    """
    found = [(state, sum(line.state is state for line in commitments)) for state in _STATES]
    return ", ".join(say("see_all", number=number, state=state.value) for state, number in found if number)


def commitment_rows(commitments: Sequence[CommitmentLine], place: str = "") -> tuple[CommitmentRow, ...]:
    """Return promises as rows of a table, in the order given."""
    rows = []
    for line in commitments:
        words = []
        if line.since is not None:
            words.append(
                f"{say('on_date', state=sentence_case(line.state.value), date=date_text(line.since, short=True))}."
            )
        if line.explanation:
            words.append(line.explanation)
        if line.evidence:
            words.append(say("evidence", evidence=line.evidence))
        rows.append(
            CommitmentRow(
                mark=commitment_mark(line.state),
                state=sentence_case(line.state.value),
                what=line.what,
                partner=line.partner,
                due=date_text(line.due, short=True),
                days=counted(line.days_late, "day") if line.days_late else "",
                words=" ".join(words),
                place=place,
            )
        )
    return tuple(rows)


def _returns_row(row: PartnerReturns) -> ReturnsRow:
    on_time, due = row.received - row.late, row.expected - row.not_yet_due
    label = say(
        "share_label",
        partner=row.partner,
        on_time=on_time,
        late=row.late,
        rejected=row.rejected,
        missing=row.missing,
        due=due,
    )
    kinds = (("on_time", on_time), ("late", row.late), ("rejected", row.rejected), ("missing", row.missing))
    notes = [row.note] if row.note else []
    if row.revised:
        notes.append(say("revised_note", number=row.revised))
    if not notes or not row.note:
        state = "returns_nothing_due" if not due else "returns_complete" if on_time == due else "returns_open"
        notes.insert(0, say(state))
    return ReturnsRow(
        partner=row.partner,
        bar=Markup(share_bar(kinds, label)),
        counts=(due, on_time, row.late, row.rejected, row.missing, row.not_yet_due),
        note=". ".join(notes),
    )


def _returns_sentence(returns: Sequence[PartnerReturns]) -> str:
    if not returns:
        return say("none_returns")
    return say(
        "returns_counts",
        due=counted(sum(row.expected - row.not_yet_due for row in returns), "figure"),
        on_time=sum(row.received - row.late for row in returns),
        late=sum(row.late for row in returns),
        rejected=sum(row.rejected for row in returns),
        missing=sum(row.missing for row in returns),
        not_yet=sum(row.not_yet_due for row in returns),
    )


def profile_rows(profile: Sequence[ProfileLine], *, a_row: int = 24) -> tuple[ProfileRow, ...]:
    """Return the ten lines: marks where words are counted, and the sentence."""
    rows = []
    for line in profile:
        marks = ""
        if line.id in _TALLIED and all(word in _MARK_OF_WORD for word, _ in line.counts):
            counts = [(_MARK_OF_WORD[word], number) for word, number in line.counts]
            marks = tally(counts, say("tally_label", counts=line.sentence), a_row=a_row)
        rows.append(ProfileRow(line.title, line.question, Markup(marks), line.sentence))
    return tuple(rows)


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


def _tier(key: str, lines: Sequence[IndicatorLine], place: str, said_once: frozenset[str]) -> TierView:
    return TierView(
        title=say(key),
        count=counted(len(lines), "measure"),
        lines=tuple(line_view(line, place, said_once=said_once) for line in lines),
    )


def _used_words(card: Scorecard) -> set[str]:
    used: set[str] = {*(str(line.state) for line in card.commitments)}
    for line in card.lines:
        compared = [*line.comparisons, *(part.comparison for part in line.parts if part.comparison is not None)]
        used |= {str(comparison.word) for comparison in compared} | {str(line.trend.word)}
        used |= {str(signal.word) for signal in (line.special_cause, line.inequality) if signal is not None}
        for target in line.targets:
            used |= {str(word) for word in (target.word, target.reached, target.certainty) if word is not None}
        values = [point.value for point in line.points] + [part.value for part in line.parts]
        used |= {str(qualifier) for value in values for qualifier in value.qualifiers}
        used |= {str(Word.NOT_COMPARED)} if not line.comparisons else set()
        used |= {str(Word.NO_TARGET)} if not line.targets else set()
    return used


def place_view(card: Scorecard) -> PlaceView:
    """Return everything that the page of a place prints, in its order."""
    lines, place, agreement = card.lines, card.place.name, card.agreement
    notes = {signal: shared_note(lines, signal) for signal in ("special_cause", "inequality")}
    said_once = frozenset(note for note in notes.values() if note)
    partners = len(agreement.parties) if agreement else 0
    used = _used_words(card)
    return PlaceView(
        card=card,
        lede=say("place_lede", place=place, partners=in_words(partners, "partner"))
        if partners
        else say("place_lede_alone", place=place),
        stamp=stamp_of(card),
        brief=_brief(card),
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
                    _tier("tier_local", section.local, place, said_once),
                    _tier("tier_national", section.national, place, said_once),
                ),
            )
            for section in card.outcomes
        ),
        operational=_tier("tier_operational", card.operational, place, said_once) if card.operational else None,
        shared_notes=tuple((say(signal), note) for signal, note in notes.items() if note),
        has_special_cause=any(line.special_cause and line.special_cause.because not in said_once for line in lines),
        has_inequality=any(line.inequality and line.inequality.because not in said_once for line in lines),
        commitments=commitment_rows(card.commitments),
        returns=tuple(_returns_row(row) for row in card.returns),
        returns_sentence=_returns_sentence(card.returns),
        profile=profile_rows(card.profile),
        agreement_sentence=_agreement_sentence(card),
        parties=tuple(
            (
                party.partner,
                party.signatory_role,
                date_text(party.signed_on, short=True) if party.signed_on else say("not_signed"),
            )
            for party in (agreement.parties if agreement else ())
        ),
        meanings=tuple((sentence_case(word), meaning) for word, meaning in MEANINGS.items() if word in used),
        made_from=made_from(card),
        fingerprints=say(
            "fingerprints",
            figures=grouped(card.versions.protected_sha256),
            partnership=grouped(card.versions.partnership_fingerprint),
            policy=grouped(card.versions.policy_fingerprint),
        ),
    )


def _agreement_sentence(card: Scorecard) -> str:
    agreement = card.agreement
    if agreement is None:
        return say("no_agreement_text")
    return say(
        "agreement_text" if agreement.decision else "agreement_no_decision",
        form=sentence_case(say(f"form_{agreement.form.value}")),
        version=agreement.version,
        date=date_text(agreement.effective_from),
        decision=agreement.decision,
    )


def made_from(card: Scorecard) -> str:
    """Return what a page was made from, in one line."""
    return say(
        "made_from",
        date=date_text(card.as_of),
        ledger=f"{card.versions.ledger_number:,}",
        frameworks=joined(card.versions.frameworks),
        policy=card.versions.policy_title or card.versions.policy_id,
        library=card.versions.library,
    )


def grouped(digest: str) -> str:
    """Return the first 16 characters of a digest in groups of four, to be read aloud; words where there is none.

    >>> grouped("7f3a92c10b6ed4a8ffff")
    '7F3A-92C1-0B6E-D4A8'
    """
    head = digest[:16].upper()
    return "-".join(head[start : start + 4] for start in range(0, len(head), 4)) or say("no_fingerprint")
