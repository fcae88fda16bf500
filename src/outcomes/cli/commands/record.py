"""Commands on the record itself: withdraw, expunge, upgrade, what moved, and the proof that it is whole."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Annotated

import typer

from outcomes.cli import printing
from outcomes.cli.commands.options import (
    FAULTS,
    AsOf,
    KnownAt,
    LedgerFolder,
    PartnershipFolder,
    ReadSince,
    date_spoken_for,
    number_known,
    opened_ledger,
    opened_partnership,
    progress,
    submission_number,
)
from outcomes.errors import OutcomesError
from outcomes.file_names import file_name

__all__ = ["changes", "expunge", "upgrade", "verify", "withdraw"]

_By = Annotated[str, typer.Option("--by", help="Who does it; kept in the record.")]


def withdraw(
    submission: Annotated[
        int, typer.Argument(parser=submission_number, metavar="SUBMISSION", help="Its ledger number.")
    ],
    *,
    ledger: LedgerFolder,
    reason: Annotated[str, typer.Option("--reason", help="Why, in a few words; kept for good.")],
    by: _By = "",
) -> None:
    """Take a submission back: from now on it does not count, and the record says so."""
    from outcomes.cli.record_printing import print_unsure
    from outcomes.ledger.withdrawing import withdraw as withdraw_from

    record = opened_ledger(ledger)
    try:
        made = withdraw_from(record, submission, reason=reason, at=_now(), by=by)
    except ValueError as error:
        raise OutcomesError(f"nothing was withdrawn: {error}.") from None
    typer.echo(
        f"Entry {made.number}: submission {made.submission} ({made.partner_code}, {file_name(made.file)}) is "
        f"withdrawn. --known-at {made.number - 1} still shows it."
    )
    print_unsure(made.unsure_of)


def expunge(
    submission: Annotated[
        int | None, typer.Argument(parser=submission_number, metavar="[SUBMISSION]", help="Its ledger number.")
    ] = None,
    *,
    ledger: LedgerFolder,
    reason: Annotated[str | None, typer.Option("--reason", help="Why, in a few words; kept for good.")] = None,
    authority: Annotated[
        str | None, typer.Option("--authority", help="On whose decision or by which rule; kept for good.")
    ] = None,
    by: _By = "",
    due: Annotated[
        bool, typer.Option("--due", help="List what is past the partnership's period of retention.")
    ] = False,
    partnership: Annotated[
        Path | None, typer.Option("--partnership", help="The partnership's folder, for --due.")
    ] = None,
    as_of: AsOf = None,
    yes: Annotated[bool, typer.Option("--yes", help="With --due: destroy what is listed. Nobody can undo it.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="With --due: print the list as one JSON document.")] = False,
) -> None:
    """Destroy a submission's bytes and figures for good; a tombstone with reason and authority stays."""
    from outcomes.cli.record_printing import print_stone
    from outcomes.ledger.expunging import expunge as expunge_from

    if due:
        if submission is not None or partnership is None:
            raise OutcomesError("--due needs --partnership and no submission: it lists what is past its time.")
        _expunge_due(ledger, partnership, as_of, by=by, is_done=yes, as_json=as_json)
        return
    if submission is None or reason is None or authority is None:
        raise OutcomesError("Give the submission's number, --reason and --authority; or --due and --partnership.")
    record = opened_ledger(ledger)
    try:
        stone = expunge_from(record, submission, reason=reason, authority=authority, at=_now(), by=by)
    except ValueError as error:
        raise OutcomesError(f"nothing was expunged: {error}.") from None
    print_stone(stone)


def _expunge_due(ledger: Path, partnership: Path, as_of: date | None, *, by: str, is_done: bool, as_json: bool) -> None:
    from outcomes.cli.record_printing import print_past_retention, print_stone
    from outcomes.ledger.retention import expunge_past_retention, past_retention

    day = date_spoken_for(as_of)
    world = opened_partnership(partnership)
    record = opened_ledger(ledger)
    if not is_done:
        print_past_retention(past_retention(record, world, as_of=day), as_json=as_json)
        return
    say = progress()
    made = expunge_past_retention(
        record, world, as_of=day, at=_now(), by=by, progress=lambda place, total: say(f"{place} of {total}")
    )
    for stone in made:
        print_stone(stone)
    if not made:
        typer.echo("No submission is past its period of retention.")


def upgrade(
    old: Annotated[Path, typer.Argument(metavar="OLD", help="The folder of a ledger of an older format.")],
    new: Annotated[Path, typer.Argument(metavar="NEW", help="A new or empty folder.")],
) -> None:
    """Copy a ledger of an older format into a new folder; the old one is left as it is."""
    from outcomes.ledger.upgrading import upgrade as upgrade_into

    record = upgrade_into(old, new, at=_now())
    typer.echo(
        f"{new}: {record.number} entries in format {record.format_number}, verified. Every number means what it did. "
        f"{old} is as it was."
    )


def changes(
    *,
    partnership: PartnershipFolder,
    ledger: LedgerFolder,
    since: ReadSince = None,
    as_of: AsOf = None,
    known_at: KnownAt = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON document and nothing else.")] = False,
) -> None:
    """Say what moved since the last publication, or since an earlier number: figures, acts, words on the scorecards."""
    from outcomes.cli.record_printing import moved_document, print_moved
    from outcomes.workflows.changing import changes_since

    day = date_spoken_for(as_of)
    world = opened_partnership(partnership)
    record = opened_ledger(ledger)
    start = None if since is None else record.number_known(since.named)
    number = number_known(record, known_at)
    if start is not None and start > number:
        raise OutcomesError(f"--since {start} comes after ledger number {number}; give an earlier number.")
    moved = changes_since(world, record, as_of=day, since=start, known_at=number)
    if as_json:
        printing.print_json(moved_document(moved, world))
    else:
        print_moved(moved, world)


def _now() -> datetime:
    return datetime.now(UTC).replace(microsecond=0)


def verify(*, ledger: LedgerFolder) -> None:
    """Prove that the record is whole: every link of its chain and every file it keeps."""
    from outcomes.ledger.verifying import verify as verify_ledger

    faults = verify_ledger(ledger)
    for fault in faults:
        typer.echo(str(fault))
    if faults:
        typer.echo(f"{printing.counted(len(faults), 'fault')}: the record cannot be trusted as it is", err=True)
        raise typer.Exit(FAULTS)
    record = opened_ledger(ledger)
    stones = len(record.tombstones())
    but = f" but for {printing.counted(stones, 'submission')} expunged" if stones else ""
    typer.echo(
        f"The record is whole: {record.number} entries, every file as it was received{but} "
        f"(format {record.format_number})."
    )
