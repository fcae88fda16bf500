"""The commands of `outcomes`: each reads its options, calls one workflow and prints what came of it."""

import sys
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from outcomes.cli import printing
from outcomes.errors import OutcomesError, UnreadableFileError
from outcomes.version import VERSION
from outcomes.vocabulary import Verdict

if TYPE_CHECKING:
    from outcomes.ledger.store import Ledger
    from outcomes.partnership.model import Partnership
    from outcomes.scorecard.collection import Scorecards

__all__ = ["app"]

app = typer.Typer(
    name="outcomes",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    # plain text: a frame drawn around a message breaks paths over lines and is read out by screen readers
    rich_markup_mode=None,
    add_completion=False,
    help="A shared outcomes framework tracker: check partners' returns, keep the record, build honest scorecards.",
)

_FAULTS = 1


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise typer.BadParameter(f"{text!r} is no date; write year-month-day, such as 2026-11-22") from None


def _moment(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise typer.BadParameter(f"{text!r} is no time; write 2026-11-22T09:30:00+00:00") from None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _ledger_number(text: str) -> int:
    if not (text.isascii() and text.isdigit()):
        raise typer.BadParameter(f"{text!r} is no ledger number; write a whole number, such as 12")
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
    int | None,
    typer.Option(
        "--known-at", parser=_ledger_number, metavar="N", help="The ledger number to look at; the latest if not given."
    ),
]
FilePeriod = Annotated[
    str | None,
    typer.Option(
        "--period", parser=_period, metavar="PERIOD", help="The period of sheets that name none, such as 2020/21."
    ),
]
FileLayout = Annotated[str | None, typer.Option("--layout", help="The layout of the sheets; else the partner's own.")]
PartnerCode = Annotated[str | None, typer.Option("--partner", help="The sender's code; else the file's name tells.")]


@app.callback(invoke_without_command=True)
def outcomes(
    *,
    version: Annotated[bool, typer.Option("--version", help="Print the version and exit.")] = False,
) -> None:
    """A shared outcomes framework tracker."""
    if version:
        typer.echo(VERSION)
        raise typer.Exit


def _as_of(given: date | None) -> date:
    """The date it speaks for: today is filled in here, once, and said."""
    if given is not None:
        return given
    today = datetime.now(UTC).date()
    typer.echo(f"As of {today.isoformat()} (today; give --as-of for another date)", err=True)
    return today


def _partnership(folder: Path) -> "Partnership":
    from outcomes.partnership.loading import load_partnership

    return load_partnership(folder)


def _ledger(folder: Path, *, create: bool = False) -> "Ledger":
    from outcomes.ledger.store import open_ledger

    return open_ledger(folder, create=create)


def _progress() -> Callable[[str], None]:
    """Says each step on the terminal; silent where nobody watches."""
    if not sys.stderr.isatty():
        return lambda _: None
    return lambda step: typer.echo(f"  {step}", err=True)


@app.command()
def demo(
    *,
    out: Annotated[Path, typer.Option("--out", help="Where to write.")] = Path("outcomes-demo"),
) -> None:
    """Run the whole street on the bundled, fictional example; ends by naming the page to open."""
    from outcomes.workflows.example import run_example

    run = run_example(out, progress=_progress())
    printing.print_receipts(run.receipts)
    typer.echo(f"{printing.counted(len(run.paths), 'file')} written to {run.site}")
    typer.echo(f"Open {run.index}")


@app.command()
def init(
    folder: Annotated[Path, typer.Argument(help="The folder to make.")],
    *,
    indicators: Annotated[Path | None, typer.Option("--indicators", help="A CSV or Excel list of indicators.")] = None,
) -> None:
    """Write a first partnership folder, with comments that teach."""
    from outcomes.partnership.indicator_list import lenient_readings, read_indicator_list
    from outcomes.partnership.scaffold import init_partnership

    paths = init_partnership(folder, indicators=indicators)
    if indicators is not None:
        for said in lenient_readings(read_indicator_list(indicators)):
            typer.echo(f"In {indicators.name}: {said}.")
    typer.echo(f"{printing.counted(len(paths), 'file')} written to {folder}. Next: outcomes lint {folder}")


@app.command()
def catalogue(
    partnership: Annotated[
        Path | None, typer.Argument(metavar="[PARTNERSHIP]", help="A partnership's folder; the bundled sets if none.")
    ] = None,
    *,
    out: Annotated[Path | None, typer.Option("--out", help="The folder for a page, CSV and JSON.")] = None,
    framework: Annotated[list[str] | None, typer.Option("--framework", help="Only this set; may be repeated.")] = None,
) -> None:
    """List what indicator sets ask for, official and to be confirmed; with --out as a page to search."""
    from outcomes.cli.listing import catalogue_counts, print_catalogue
    from outcomes.workflows.cataloguing import catalogue as catalogue_of
    from outcomes.workflows.cataloguing import write_catalogue

    listed = catalogue_of(_partnership(partnership) if partnership else None, frameworks=framework or ())
    if out is None:
        print_catalogue(listed)
        return
    paths = write_catalogue(listed, out)
    typer.echo(f"{printing.counted(len(paths), 'file')} written to {out}: {catalogue_counts(listed)}")
    typer.echo(f"Open {paths[0]}")


@app.command()
def lint(
    path: Annotated[Path, typer.Argument(help="A partnership's or framework's folder, or an agreement's file.")],
) -> None:
    """Name every fault of a partnership, framework or agreement, with file and line."""
    from outcomes.partnership.lint import lint_path

    faults = lint_path(path)
    for fault in faults:
        typer.echo(str(fault))
    grave = [fault for fault in faults if not fault.is_advice]
    advice = len(faults) - len(grave)
    typer.echo(
        f"{printing.counted(len(grave), 'fault')}, {printing.counted(advice, 'piece')} of advice in {path}", err=True
    )
    if grave:
        raise typer.Exit(_FAULTS)


@app.command()
def check(
    files: Annotated[list[Path], typer.Argument(metavar="FILE", help="Partners' files.")],
    *,
    partnership: PartnershipFolder,
    partner: PartnerCode = None,
    ledger: Annotated[Path | None, typer.Option("--ledger", help="Compare with what the ledger holds.")] = None,
    as_of: AsOf = None,
    layout: FileLayout = None,
    period: FilePeriod = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON document and nothing else.")] = False,
) -> None:
    """Say what a file holds and what to mend in it; nothing is stored."""
    from outcomes.exchange.check_json import check_document
    from outcomes.intake.checking import check as check_file

    _refuse_unreadable(files)
    day = _as_of(as_of)
    world = _partnership(partnership)
    record = _ledger(ledger) if ledger else None
    results = [
        check_file(path, world, partner=partner, as_of=day, ledger=record, layout=layout, period=period)
        for path in files
    ]
    if as_json:
        printing.print_json([check_document(result, world) for result in results])
    else:
        for result in results:
            printing.print_check(result)
    if any(result.verdict is Verdict.REJECTED for result in results):
        raise typer.Exit(_FAULTS)


def _refuse_unreadable(files: Sequence[Path]) -> None:
    """Before any work: what is not there, is a folder, or might never end."""
    for path in files:
        if not path.exists():
            raise UnreadableFileError(f"{path} is not there; give the path of a partner's file")
        if path.is_dir():
            raise UnreadableFileError(f"{path} is a folder; give files, or `outcomes receive` a whole inbox")
        if not path.is_file():
            raise UnreadableFileError(f"{path} is no plain file; give the path of a partner's file")


@app.command()
def receive(
    files: Annotated[list[Path], typer.Argument(metavar="FILE|INBOX", help="Partners' files, or an inbox folder.")],
    *,
    partnership: PartnershipFolder,
    ledger: LedgerFolder,
    partner: PartnerCode = None,
    as_of: AsOf = None,
    layout: FileLayout = None,
    period: FilePeriod = None,
    received_at: Annotated[
        datetime | None,
        typer.Option("--received-at", parser=_moment, metavar="TIME", help="When it came; now if not given."),
    ] = None,
) -> None:
    """Check files and record what is accepted; receiving the same file again changes nothing."""
    from outcomes.workflows.receiving import inbox_files
    from outcomes.workflows.receiving import receive as receive_files

    # all that can be wrong is found out before a new ledger is made
    inbox, _ = inbox_files(files)
    day = _as_of(as_of)
    moment = received_at or datetime.now(UTC).replace(microsecond=0)
    world = _partnership(partnership)
    if partner is not None:
        world.partner(partner)
    if layout is not None:
        world.layout(layout)
    record = _ledger(ledger, create=True)
    say = _progress()
    receipts = receive_files(
        files,
        world,
        record,
        received_at=moment,
        as_of=day,
        partner=partner,
        period=period,
        layout=layout,
        progress=lambda name, number, total: say(f"{number} of {total}: {name}"),
    )
    printing.print_receipts(receipts, with_findings=True)
    if not inbox:
        typer.echo("The inbox holds no file.")
    if any(receipt.verdict is Verdict.REJECTED for receipt in receipts):
        raise typer.Exit(_FAULTS)


@app.command()
def status(
    *,
    partnership: PartnershipFolder,
    ledger: LedgerFolder,
    as_of: AsOf = None,
    known_at: KnownAt = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON document and nothing else.")] = False,
) -> None:
    """Say who has sent what was expected, and who has not."""
    from outcomes.ledger.status import returns_status

    day = _as_of(as_of)
    world = _partnership(partnership)
    record = _ledger(ledger)
    printing.print_status(returns_status(world, record, as_of=day, known_at=known_at), world, as_json=as_json)


Places = Annotated[
    list[str] | None, typer.Option("--place", help="Only these places' pages; figures are computed for all.")
]


def _scorecards(
    partnership: Path,
    ledger: Path,
    *,
    as_of: date | None,
    known_at: int | None,
    place: Sequence[str] | None,
    policy: str,
) -> "Scorecards":
    """Score what the ledger holds, saying each step."""
    from outcomes.ledger.status import returns_status
    from outcomes.workflows.scoring import scorecards

    day = _as_of(as_of)
    say = _progress()
    say("Loading the partnership")
    world = _partnership(partnership)
    record = _ledger(ledger)
    number = record.number if known_at is None else known_at
    say(f"Scoring what is known at ledger number {number}")
    return scorecards(
        world,
        record.observations(number),
        as_of=day,
        policy=policy,
        returns=returns_status(world, record, as_of=day, known_at=number),
        places=place or (),
    )


@app.command()
def build(
    *,
    partnership: PartnershipFolder,
    ledger: LedgerFolder,
    out: Annotated[Path, typer.Option("--out", help="The folder for the site.")],
    as_of: AsOf = None,
    known_at: KnownAt = None,
    place: Places = None,
    policy: Annotated[str | None, typer.Option("--policy", help="The policy that protects small numbers.")] = None,
    working_copy: Annotated[bool, typer.Option("--working-copy", help="Unprotected, for partners only.")] = False,
) -> None:
    """Build a marked draft site of scorecards."""
    from outcomes.protection.model import WORKING_COPY
    from outcomes.workflows.building import build_site

    if (policy is None) != working_copy:
        raise OutcomesError(
            "say how small numbers are protected: --policy NAME for a protected draft, or --working-copy for the "
            "unprotected one that only partners may see (one of the two)"
        )
    cards = _scorecards(partnership, ledger, as_of=as_of, known_at=known_at, place=place, policy=policy or WORKING_COPY)
    _progress()(f"Writing {len(cards)} scorecards")
    paths = build_site(cards, out)
    typer.echo(
        f"{printing.counted(len(paths), 'file')} written to {out}: {printing.counted(len(cards), 'scorecard')} "
        f"as of {cards.as_of}, ledger number {cards.known_at}"
    )
    typer.echo(f"Open {paths[0]}")


@app.command()
def statuses(
    *,
    partnership: PartnershipFolder,
    ledger: LedgerFolder,
    framework: Annotated[str, typer.Option("--framework", help="A framework with a statuses.yaml, such as bcf.")],
    out: Annotated[Path, typer.Option("--out", help="The CSV file to write.")],
    policy: Annotated[str, typer.Option("--policy", help="The policy that protects small numbers.")],
    as_of: AsOf = None,
    known_at: KnownAt = None,
    place: Places = None,
) -> None:
    """Write a framework's measures in another system's fixed statuses, with the rule that gave each."""
    from outcomes.workflows.exporting_statuses import write_statuses

    cards = _scorecards(partnership, ledger, as_of=as_of, known_at=known_at, place=place, policy=policy)
    typer.echo(f"Statuses of {framework} written to {write_statuses(cards, out, framework=framework)}")


@app.command()
def publish(
    *,
    partnership: PartnershipFolder,
    ledger: LedgerFolder,
    policy: Annotated[str, typer.Option("--policy", help="The policy that protects small numbers.")],
    decision: Annotated[str, typer.Option("--decision", help="The reference of the decision to publish.")],
    as_of: AsOf = None,
    known_at: KnownAt = None,
) -> None:
    """Refuse to publish, with every reason: this version has no audit of what could be worked out."""
    from outcomes.workflows.publishing import publish as publish_cards

    publish_cards(
        _scorecards(partnership, ledger, as_of=as_of, known_at=known_at, place=None, policy=policy), decision=decision
    )


@app.command()
def explain(
    *,
    partnership: PartnershipFolder,
    ledger: LedgerFolder,
    place: Annotated[str, typer.Option("--place", help="The area's code.")],
    indicator: Annotated[str, typer.Option("--indicator", help="The indicator's id, code or alias.")],
    period: Annotated[
        str | None, typer.Option("--period", help="A period, such as 2025/26; the current one if not given.")
    ] = None,
    as_of: AsOf = None,
    known_at: KnownAt = None,
    family: Annotated[
        bool,
        typer.Option("--family", help="Also work out which differences of the whole page stay: slower."),
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON document and nothing else.")] = False,
) -> None:
    """Go from one number back to its files and rows. Works on the record: never public."""
    from outcomes.protection.model import WORKING_COPY
    from outcomes.workflows.explaining import explain as explain_number
    from outcomes.workflows.scoring import scorecards as score

    day = _as_of(as_of)
    world = _partnership(partnership)
    record = _ledger(ledger)
    page = None
    if family:
        cards = score(world, record.observations(known_at), as_of=day, policy=WORKING_COPY, places=[place])
        page = cards[place]
    explanation = explain_number(
        record, world, place=place, indicator=indicator, as_of=day, known_at=known_at, period=period, page=page
    )
    if as_json:
        printing.print_json(explanation.model_dump(mode="json"))
    else:
        printing.print_explanation(explanation)


@app.command()
def verify(*, ledger: LedgerFolder) -> None:
    """Prove that the record is whole: every link of its chain and every file it keeps."""
    from outcomes.ledger.verifying import verify as verify_ledger

    faults = verify_ledger(ledger)
    for fault in faults:
        typer.echo(str(fault))
    if faults:
        typer.echo(f"{printing.counted(len(faults), 'fault')}: the record cannot be trusted as it is", err=True)
        raise typer.Exit(_FAULTS)
    record = _ledger(ledger)
    typer.echo(
        f"The record is whole: {record.number} entries, every file as it was received (format {record.format_number})."
    )
