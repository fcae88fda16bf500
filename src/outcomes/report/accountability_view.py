"""Turns promises, returns and the ten lines of a profile into rows of tables."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from markupsafe import Markup

from outcomes.report.charts import share_bar, tally
from outcomes.report.formatting import date_text
from outcomes.report.marks import Mark, commitment_mark, mark_of
from outcomes.report.wording import counted, say, sentence_case
from outcomes.scorecard.model import CommitmentLine, PartnerReturns, ProfileLine, Scorecard, SourceReturns
from outcomes.vocabulary import CommitmentState, Word

__all__ = [
    "CommitmentRow",
    "ProfileRow",
    "ReturnsRow",
    "commitment_rows",
    "late_rows",
    "profile_rows",
    "returns_row",
    "returns_sentence",
]

_MARK_OF_WORD: Final = {str(word): mark_of(word) for word in Word} | {
    str(state): commitment_mark(state) for state in CommitmentState
}
# lines of the profile whose counts are drawn as marks: the others count things that are neither good nor bad
_TALLIED: Final = frozenset({"attainment", "direction", "comparison", "inequality", "commitments"})


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


def late_rows(cards: Sequence[Scorecard]) -> tuple[CommitmentRow, ...]:
    """Return the late promises of every partner, place by place: the same on every partner's page."""
    rows: list[CommitmentRow] = []
    for card in cards:
        late = [line for line in card.commitments if line.state is CommitmentState.LATE]
        late.sort(key=lambda line: (line.partner.casefold(), line.due, line.id))
        rows += commitment_rows(late, card.place.name)
    return tuple(rows)


def returns_row(row: PartnerReturns) -> ReturnsRow:
    """Return what came of one partner: counts, their share drawn, and a note."""
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
    is_for_others = any(source.expected > source.not_yet_due for source in row.sources)
    notes = [row.note] if row.note else []
    if row.revised:
        notes.append(say("revised_note", number=row.revised))
    if not notes or not row.note:
        # what came late has come: how much did stands in a column of its own
        is_complete = row.received == due and not any(source.missing for source in row.sources)
        is_asked = due or is_for_others
        state = "returns_nothing_due" if not is_asked else "returns_complete" if is_complete else "returns_open"
        notes.insert(0, say(state))
    if is_for_others:
        notes.append(say("returns_sources", sources="; ".join(map(_source_text, row.sources))))
    return ReturnsRow(
        partner=row.partner,
        bar=Markup(share_bar(kinds, label)),
        counts=(due, on_time, row.late, row.rejected, row.missing, row.not_yet_due),
        note=". ".join(notes),
    )


def _source_text(source: SourceReturns) -> str:
    """How much of one source is in, such as `Heather Home Care: 2 of 3, 1 late`."""
    late = say("returns_source_late", late=source.late) if source.late else ""
    due = source.expected - source.not_yet_due
    return say("returns_source", name=source.name, received=due - source.missing, due=due, late=late)


def returns_sentence(returns: Sequence[PartnerReturns]) -> str:
    """Return how many figures were due and what became of them, in words."""
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
