"""What the lines of one place are, in the order of its page, and what each signal says of each of them."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import polars as pl

from outcomes.agreement.model import Agreement
from outcomes.framework.model import Framework, Inclusion
from outcomes.judgement.model import Judgements
from outcomes.ledger.model import ReturnsStatus
from outcomes.partnership.model import Partnership
from outcomes.profile.model import AskedOfPartner
from outcomes.profile.voices import Voices
from outcomes.vocabulary import PartnerType, Signal, Tier, Word

__all__ = ["CurrentFigure", "Said", "Subject", "counts_of", "direction_of", "sentence", "spoken"]

# the key of a measure on the terms of a framework, and a signal
_Key = tuple[str, str, int, str]


@dataclass(frozen=True)
class Said:
    """One word of a signal, of one measure.

    Attributes:
        inclusion: The measure on its terms.
        word: What is said.
        against: What it is held against: a benchmark's kind, the level that set a target, a method.
        target_key: Of a target, where it stands in the partnership's files; empty otherwise.
    """

    inclusion: Inclusion
    word: Word
    against: str = ""
    target_key: str = ""


@dataclass(frozen=True)
class CurrentFigure:
    """The newest figure of a measure for a place.

    Attributes:
        period_kind: Its rhythm.
        period_start: The first day of its period.
        has_value: Whether there is a number; one that cannot be calculated or is hidden is not stale.
    """

    period_kind: str
    period_start: date
    has_value: bool


@dataclass(frozen=True)
class Subject:
    """Everything that the lines of one place are counted from.

    Attributes:
        judgements: Protected words; those of other areas may be among them.
        agreement: The place's agreement on the date; None where none is recorded.
        returns: What was expected and received; None where no ledger stands behind the figures.
        partnership: The world.
        area_code: The place.
        as_of: The date that the lines speak for.
        voices: What people of the place said.
        asked: What each partner is asked for here.
        current: The newest figure of each measure here: its rhythm, its first day and whether it has a value; None
            where nobody looked.
    """

    judgements: Judgements
    agreement: Agreement | None
    returns: ReturnsStatus | None
    partnership: Partnership
    area_code: str
    as_of: date
    voices: Voices
    asked: tuple[AskedOfPartner, ...] = ()
    current: Mapping[str, CurrentFigure] | None = None

    @cached_property
    def every_line(self) -> tuple[tuple[Framework, Inclusion], ...]:
        """Every measure of the place once, operational ones too."""
        return self.partnership.lines_for(self.agreement)

    @cached_property
    def lines(self) -> tuple[tuple[Framework, Inclusion], ...]:
        """The local and national measures: operational ones stand apart and move nothing."""
        return tuple(pair for pair in self.every_line if pair[1].tier is not Tier.OPERATIONAL)

    @cached_property
    def ordered(self) -> tuple[Inclusion, ...]:
        """The local and national measures as they stand on the page: outcome by outcome, the local ones first."""
        outcomes = {outcome.id: number for number, outcome in enumerate(self.partnership.outcomes_for(self.agreement))}
        tiers = (Tier.LOCAL, Tier.NATIONAL)
        return tuple(
            sorted(
                (inclusion for _, inclusion in self.lines),
                key=lambda one: (outcomes[one.outcome], tiers.index(one.tier), one.order, one.indicator, one.version),
            )
        )

    @cached_property
    def inside(self) -> frozenset[str]:
        """The place and everything in it."""
        return frozenset(self.partnership.footprints.within(self.area_code))

    @cached_property
    def owed(self) -> pl.DataFrame:
        """The expected figures of the place and its parts, without those of publishers, who owe nobody anything."""
        if self.returns is None:
            raise ValueError("no record of returns stands behind these figures")
        publishers = [one.code for one in self.partnership.partners if one.type is PartnerType.PUBLISHER]
        return self.returns.frame.filter(
            pl.col("area_code").is_in(sorted(self.inside)) & ~pl.col("partner_code").is_in(publishers)
        )

    @cached_property
    def here(self) -> pl.DataFrame:
        """What the signals say of the place itself."""
        return self.judgements.frame.filter(pl.col("area_code") == self.area_code)

    @cached_property
    def _words(self) -> dict[_Key, list[tuple[str, str, Word]]]:
        # a target for a group, or of the gap between two, is one of the measure's targets
        is_counted = (pl.col("breakdown") == "") | pl.col("target_key").is_not_null()
        rows = self.here.filter(is_counted)
        # of a large area the word that is read first, which allows for overdispersion
        first = pl.coalesce("adjusted_word", "word")
        columns = ("framework_id", "indicator_id", "indicator_version", "signal", "against", "target_key")
        found: dict[_Key, list[tuple[str, str, Word]]] = {}
        for framework, indicator, version, signal, against, key, word in rows.select(*columns, first).iter_rows():
            told = (against or "", key or "", Word(word))
            found.setdefault((framework, indicator, version, signal), []).append(told)
        return found

    def of(self, framework: Framework, inclusion: Inclusion, signal: Signal) -> list[Said]:
        """What a signal says of one measure: every target, and of several benchmarks the first choice."""
        words = self._words.get((framework.id, *inclusion.key, signal.value), [])
        if not words:
            return []
        if signal is Signal.TARGET:
            # a national and a local target stand side by side; neither overrides the other
            agreed = [one for one in words if one[2] is not Word.NO_TARGET]
            return [Said(inclusion, word, against, key) for against, key, word in agreed or words]
        choice = {kind.value: number for number, kind in enumerate(inclusion.benchmarks)}
        against, key, word = min(words, key=lambda one: choice.get(one[0], len(choice)))
        return [Said(inclusion, word, against, key)]

    def said(self, signal: Signal) -> list[Said]:
        """What a signal says of every local and national measure."""
        return [one for framework, inclusion in self.lines for one in self.of(framework, inclusion, signal)]


def direction_of(subject: Subject, framework: Framework, inclusion: Inclusion) -> Word | None:
    """Return which way a measure moves: its trend or, where that cannot be told, its special cause; None if unasked."""
    trend = next((one.word for one in subject.of(framework, inclusion, Signal.TREND)), None)
    cause = next((one.word for one in subject.of(framework, inclusion, Signal.SPECIAL_CAUSE)), None)
    return cause if cause is not None and trend in (None, Word.CANNOT_TELL) else trend


def counts_of(words: Iterable[str], order: Sequence[str]) -> tuple[tuple[str, int], ...]:
    """Return how often each word is there, in a given order; a word that is not there is left out."""
    counter = Counter(words)
    return tuple((str(word), counter[word]) for word in order if counter[word])


def spoken(counts: Sequence[tuple[str, int]]) -> str:
    """Return counts in words.

    >>> spoken((("met", 2), ("not met", 1)))
    '2 met, 1 not met'
    """
    return ", ".join(f"{number} {word}" for word, number in counts) if counts else "nothing to count yet"


def sentence(text: str) -> str:
    """Return a text as a sentence.

    >>> sentence("nothing to count yet")
    'Nothing to count yet.'
    """
    return text[:1].upper() + text[1:] + "."
