"""What a page or note about one return is made from: a check, a receipt, or both, read in one way."""

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from outcomes.finding import Finding
from outcomes.intake.model import CheckResult, PeriodRead, Receipt, ReturnSummary, SheetExcerpt
from outcomes.report.formatting import date_text, joined, shortened
from outcomes.report.result_advice import (
    as_said,
    asks_for_deletion,
    for_sender,
    meanings_of_markers,
    shortened_advice,
    unlocking,
)
from outcomes.report.result_groups import Group, faults, grouped, labels_of, needs_nothing, to_look_at
from outcomes.report.wording import in_words, say
from outcomes.vocabulary import Verdict

__all__ = ["NHS_NUMBER", "Subject"]

NHS_NUMBER = "OUT-701"
_MOST_NAMED = 2
_LONGEST_NAME = 100


def _visible(text: str) -> str:
    """A text with what nobody would see (line ends, controls, marks of direction) shown as a dot."""
    return "".join("·" if unicodedata.category(one)[0] == "C" or one in "\u2028\u2029" else one for one in text)


@dataclass(frozen=True)
class Subject:
    """One return and all that is known of it.

    Attributes:
        result: What the check found; None where only the receipt is left.
        receipt: What the record says of it; None for a check that stored nothing.
        summary: What was read and when it is due; None where nobody worked it out.
        marked_workbook: The name of the marked copy of the workbook that comes along; empty if none does.
    """

    result: CheckResult | None
    receipt: Receipt | None = None
    summary: ReturnSummary | None = None
    marked_workbook: str = ""

    def __post_init__(self) -> None:
        """Refuse a page about nothing, and one about two files."""
        if self.result is None and self.receipt is None:
            raise ValueError("a result page needs a check result or a receipt; neither was given")
        if self.result is not None and self.receipt is not None and self.result.sha256 != self.receipt.sha256:
            raise ValueError(
                f"{self.result.file}: the check result and receipt {self.receipt.number} are of different files; "
                "give those of one file"
            )

    @property
    def _one(self) -> CheckResult | Receipt:
        found = self.result or self.receipt
        assert found is not None
        return found

    @property
    def file(self) -> str:
        """The file's name, shortened, on one line."""
        return shortened(_visible(self._one.file), _LONGEST_NAME)

    @property
    def sha256(self) -> str:
        """The hash of the file's bytes."""
        return self._one.sha256

    @property
    def verdict(self) -> Verdict:
        """On the whole file."""
        return self._one.verdict

    @property
    def is_rejected(self) -> bool:
        """Whether it was sent back."""
        return self.verdict is Verdict.REJECTED

    @cached_property
    def findings(self) -> Sequence[Finding]:
        """The findings that are listed, as a page says them."""
        said = as_said(self._one.findings, is_on_record=bool(self.receipt) and not self.is_rejected)
        return shortened_advice(for_sender(said))

    @property
    def excerpts(self) -> tuple[SheetExcerpt, ...]:
        """The parts of the sheets that are shown."""
        return self.result.excerpts if self.result else ()

    @property
    def sender(self) -> str:
        """The sender's name, else its code, else nothing."""
        return (self.summary.partner_name if self.summary else "") or self._one.partner_code

    @property
    def has_people(self) -> bool:
        """Whether an NHS number stood in the file."""
        return any(one.code == NHS_NUMBER for one in self.findings)

    @cached_property
    def faults(self) -> tuple[Group, ...]:
        """What is to be mended, by kind."""
        return faults(self.findings)

    @property
    def has_marks(self) -> bool:
        """Whether any finding stands in a row, so that its workbook has a mark."""
        return any(one.row is not None for one in self.findings)

    @property
    def has_marked_faults(self) -> bool:
        """Whether anything that is to be mended stands in a row."""
        return any(one.row is not None for group in self.faults for one in group.findings)

    @cached_property
    def to_look_at(self) -> tuple[Group, ...]:
        """What is let in, but worth a look, by kind."""
        return grouped(one for one in self.findings if to_look_at(one))

    @cached_property
    def nothing_to_do(self) -> tuple[Group, ...]:
        """What is only said, by kind."""
        return grouped(one for one in self.findings if needs_nothing(one))

    @cached_property
    def sheets(self) -> tuple[str, ...]:
        """The sheets that findings name."""
        return tuple(dict.fromkeys(one.sheet for one in self.findings if one.sheet))

    @property
    def figures(self) -> int:
        """How many figures were read; of a rejected file, how many rows were understood."""
        if self.is_rejected:
            return sum(one.figures for one in self.summary.indicators) if self.summary else 0
        return self._one.loaded_rows

    @cached_property
    def to_mend(self) -> str:
        """How much is to be mended, in words: as many things as have a number."""
        return in_words(len(self.faults), "thing")

    @cached_property
    def labels(self) -> Mapping[tuple[object, ...], str]:
        """The label of each kind of finding."""
        return labels_of(self.findings)

    @property
    def asks_for_deletion(self) -> bool:
        """Whether a row is to be deleted."""
        return any(asks_for_deletion(one) for group in self.faults for one in group.findings)

    @property
    def rows(self) -> tuple[int, int] | None:
        """How many rows were read and in how many of them is something to mend; None where that cannot be told."""
        if self.summary is None or self.summary.rows_to_mend is None:
            return None
        return self.summary.rows_read, self.summary.rows_to_mend

    @property
    def markers(self) -> tuple[str, ...]:
        """What may stand in place of a number, and when, where what is to be mended names it."""
        meanings = meanings_of_markers(self._one.findings)
        return tuple(say("res_marker", text=text, meaning=meaning) for text, meaning in meanings)

    @property
    def period(self) -> PeriodRead | None:
        """The period of all that was read; None where there are several, or nothing was read."""
        read = self.summary.indicators if self.summary else ()
        periods = {period for one in read for period in (one.first, one.last)}
        return next(iter(periods)) if len(periods) == 1 else None

    @property
    def contact(self) -> str:
        """Whom to ask, as a sentence."""
        given = self.summary.contact if self.summary else ""
        return say("res_questions", contact=given) if given else say("res_questions_none")

    @property
    def unlocking(self) -> str:
        """What is said of locked cells and rows; empty where none of them is to be mended."""
        return unlocking(self._one.findings)

    @property
    def when(self) -> str:
        """By when a rejected file is to come again, in words."""
        due = self.summary.due_on if self.summary else None
        day = self.result.as_of if self.result else None
        if due is None:
            return say("res_soon")
        return say("res_overdue" if day is not None and due < day else "res_by", date=date_text(due))

    @property
    def next_due(self) -> tuple[str, str]:
        """The next day on which figures are due and what they are; empty texts where no date is set."""
        if self.summary is None or self.summary.next_due_on is None:
            return "", ""
        names = self.summary.next_due
        what = joined(names[:_MOST_NAMED])
        if len(names) > _MOST_NAMED:
            what = say("res_and_more", what=", ".join(names[:_MOST_NAMED]), more=len(names) - _MOST_NAMED)
        return date_text(self.summary.next_due_on), what
