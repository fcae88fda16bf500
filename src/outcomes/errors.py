"""The errors that the library raises on purpose.

    OutcomesError
    ├── DefinitionError        a partnership, framework or agreement folder has faults (all of them, with file:line)
    ├── UnreadableFileError    a file cannot be opened at all (missing, a directory, no permission)
    ├── OutputError            a folder or file cannot be written; nothing in it was changed
    ├── UnknownNameError       a place, indicator, partner, policy or framework that nobody defined
    ├── TableError             a frame does not have the columns or types that a stage's table needs
    ├── LedgerError            the record cannot be read, written or trusted
    │   └── LedgerBusyError    another writer held the record too long
    ├── PublicationRefused     publishing is not allowed (no policy, no audit, a draft agreement)
    ├── ReadbackError          a scorecard file is not one, or of a newer schema
    ├── SharedOutcomeError     a score of one organisation on a shared outcome was asked for
    ├── SubsidiarityError      an upper level was to change what a lower one owns
    └── VoluntaryMixedError    answers of volunteers were to go into an estimate of a population

Every one carries a message of four parts where they exist: where, what was found, what was expected, what to do.
No message ever quotes a value that could identify a person.
"""

from collections.abc import Iterable
from dataclasses import dataclass

__all__ = [
    "DefinitionError",
    "Fault",
    "LedgerBusyError",
    "LedgerError",
    "OutcomesError",
    "OutputError",
    "PublicationRefused",
    "ReadbackError",
    "SharedOutcomeError",
    "SubsidiarityError",
    "TableError",
    "UnknownNameError",
    "UnreadableFileError",
    "VoluntaryMixedError",
]


class OutcomesError(Exception):
    """The root of every error that the library raises on purpose."""


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """One fault in a definition file.

    Attributes:
        file: The file, relative to the folder that was loaded, with `/` between parts.
        line: The 1-based line, or 0 where the whole file or folder is meant.
        rule: The stable name of the rule that was broken, such as `unknown-partner`.
        message: What was found and what was expected.
        fix: What to do about it.
        is_advice: Whether it is only said: advice stops nothing from being loaded.
    """

    file: str
    line: int
    rule: str
    message: str
    fix: str = ""
    is_advice: bool = False

    def __str__(self) -> str:
        """Return the fault as one line, `file:line: rule: message Fix.`; advice says so after its rule."""
        where = f"{self.file}:{self.line}" if self.line else self.file
        rule = f"{self.rule} (advice)" if self.is_advice else self.rule
        return f"{where}: {rule}: {self.message}" + (f" {self.fix}" if self.fix else "")


class DefinitionError(OutcomesError):
    """A folder of definitions has faults; `faults` lists every one, sorted by file and line."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults: tuple[Fault, ...] = tuple(sorted(set(faults)))
        count = len(self.faults)
        lines = "\n".join(f"  {fault}" for fault in self.faults)
        super().__init__(f"{count} fault{'' if count == 1 else 's'} in the definitions:\n{lines}")


class UnreadableFileError(OutcomesError):
    """A file or folder cannot be opened at all."""


class OutputError(OutcomesError):
    """A folder or file cannot be written; nothing in it was changed."""


class UnknownNameError(OutcomesError):
    """A place, indicator, partner, policy or framework that nobody defined."""


class TableError(OutcomesError):
    """A frame does not have the columns or types that a stage's table needs."""


class LedgerError(OutcomesError):
    """The record cannot be read, written or trusted."""


class LedgerBusyError(LedgerError):
    """Another writer held the record for too long; trying again may succeed."""


class PublicationRefused(OutcomesError):  # noqa: N818  (an act refused, not a fault)
    """Publishing is not allowed; the message says what is missing."""


class SubsidiarityError(OutcomesError):
    """What one level owns was to be changed by another; the message names the agreement in which it is changed."""


class ReadbackError(OutcomesError):
    """A file that should hold a scorecard does not, or is of a newer schema."""


class SharedOutcomeError(OutcomesError):
    """A score of one organisation on a shared outcome was asked for; there is none, and the message says why."""


class VoluntaryMixedError(OutcomesError):
    """Answers of volunteers were to go into an estimate of a population; they speak for those who came forward."""
