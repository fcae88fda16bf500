"""The options that commands share, what they are read as, and what they open."""

import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final, TypeVar

import typer

from outcomes.days import FIRST_DAY, LAST_DAY, is_within_span
from outcomes.file_names import file_name
from outcomes.personal_numbers import masked

if TYPE_CHECKING:
    from outcomes.ledger.store import Ledger
    from outcomes.partnership.model import Partnership

__all__ = [
    "FAULTS",
    "Again",
    "AsOf",
    "FileLayout",
    "FilePeriod",
    "KnownAt",
    "KnownPoint",
    "LedgerFolder",
    "PartnerCode",
    "PartnershipFolder",
    "Places",
    "ReadSince",
    "ReceivedAt",
    "Reports",
    "date_spoken_for",
    "number_known",
    "opened_ledger",
    "opened_partnership",
    "progress",
    "submission_number",
]

Day = TypeVar("Day", bound=date)

# the exit code of a file that is rejected, and of faults in definitions or in the record
FAULTS: Final = 1


def _day(text: str) -> date:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise typer.BadParameter(f"{text!r} is no date; write year-month-day, such as 2026-11-22") from None
    return _within_span(day, text)


def _moment(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise typer.BadParameter(f"{text!r} is no time; write 2026-11-22T09:30:00+00:00") from None
    return _within_span(moment if moment.tzinfo else moment.replace(tzinfo=UTC), text)


def _within_span(named: Day, text: str) -> Day:
    if not is_within_span(named):
        raise typer.BadParameter(f"{text!r} lies too far off; give a date from {FIRST_DAY} to {LAST_DAY}")
    return named


@dataclass(frozen=True, slots=True)
class KnownPoint:
    """A point in the record, as the user names it: a ledger number, or a moment that stands for one."""

    named: int | datetime


def _ledger_number(text: str) -> KnownPoint:
    if text.isascii() and text.isdigit():
        return KnownPoint(int(text))
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise typer.BadParameter(
            f"{masked(text)!r} is no ledger number; write a whole number, such as 12, or a time, such as "
            "2026-11-20T09:00"
        ) from None
    if len(text) <= len("2026-11-20"):
        # the day's first or its last moment: that would be a guess
        raise typer.BadParameter(f"{text!r} is a day; write the time of day too, such as {text}T17:00")
    return KnownPoint(_within_span(moment if moment.tzinfo else moment.replace(tzinfo=UTC), text))


def submission_number(text: str) -> int:
    """Read the number of a submission."""
    if not (text.isascii() and text.isdigit()):
        raise typer.BadParameter(
            f"{masked(text)!r} is no ledger number; write that of the submission's receipt, such as 12"
        )
    return int(text)


def _period(text: str) -> str:
    from outcomes.intake.period_spellings import is_period

    if not is_period(text):
        raise typer.BadParameter(f"{text!r} is no period; write it in its exact form, such as 2026-09 or 2020/21")
    return text


PartnershipFolder = Annotated[Path, typer.Option("--partnership", help="The partnership's folder.")]
LedgerFolder = Annotated[Path, typer.Option("--ledger", help="The ledger's folder.")]
AsOf = Annotated[
    date | None,
    typer.Option("--as-of", parser=_day, metavar="DATE", help="The date it speaks for; today if not given."),
]
KnownAt = Annotated[
    KnownPoint | None,
    typer.Option(
        "--known-at",
        parser=_ledger_number,
        metavar="N|TIME",
        help="The ledger number to look at, or a time (UTC unless it says otherwise); the latest if not given.",
    ),
]
ReadSince = Annotated[
    KnownPoint | None,
    typer.Option(
        "--since",
        parser=_ledger_number,
        metavar="N|TIME",
        help="The earlier ledger number or time; that of the last publication, else the number before, if not given.",
    ),
]
FilePeriod = Annotated[
    str | None,
    typer.Option(
        "--period", parser=_period, metavar="PERIOD", help="The period of sheets that name none, such as 2020/21."
    ),
]
FileLayout = Annotated[str | None, typer.Option("--layout", help="The layout of the sheets; else the partner's own.")]
Again = Annotated[bool, typer.Option("--again", help="A file that was withdrawn is meant to count again.")]
PartnerCode = Annotated[str | None, typer.Option("--partner", help="The sender's code; else the file's name tells.")]
Places = Annotated[
    list[str] | None, typer.Option("--place", help="Only these places' pages; figures are computed for all.")
]
Reports = Annotated[
    list[str] | None,
    typer.Option(
        "--report",
        metavar="FILE",
        help="Write the result as .html, .txt, .csv, .json or .xlsx (the marked workbook); a folder gets a page and a "
        "note for each file. May be given several times.",
    ),
]
ReceivedAt = Annotated[
    datetime | None,
    typer.Option("--received-at", parser=_moment, metavar="TIME", help="When it came; now if not given."),
]


def date_spoken_for(given: date | None) -> date:
    """The date it speaks for: today is filled in here, once, and said."""
    if given is not None:
        return given
    today = datetime.now(UTC).date()
    typer.echo(f"As of {today.isoformat()} (today; give --as-of for another date)", err=True)
    return today


def opened_partnership(folder: Path) -> "Partnership":
    """Load the partnership of a folder."""
    from outcomes.partnership.loading import load_partnership

    return load_partnership(folder)


def opened_ledger(folder: Path, *, create: bool = False) -> "Ledger":
    """Open the ledger of a folder."""
    from outcomes.ledger.store import open_ledger

    return open_ledger(folder, create=create)


def number_known(record: "Ledger", point: KnownPoint | None) -> int:
    """The ledger number that is meant; what a time stands for is said, and what was destroyed since."""
    number = record.number_known(None if point is None else point.named)
    if point is not None and isinstance(point.named, datetime):
        typer.echo(f"At {point.named.isoformat()} the record stood at ledger number {number}", err=True)
    for stone in record.destroyed_since(number):
        typer.echo(
            f"Not shown: the figures of submission {stone.submission} ({stone.partner_code}, {file_name(stone.file)}). "
            f"They counted at ledger number {number} and were expunged by entry {stone.number} ({stone.authority}).",
            err=True,
        )
    return number


def progress() -> Callable[[str], None]:
    """Says each step on the terminal; silent where nobody watches."""
    if not sys.stderr.isatty():
        return lambda _: None
    return lambda step: typer.echo(f"  {step}", err=True)
