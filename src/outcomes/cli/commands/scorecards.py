"""Commands on scores: build a draft site, export statuses, publish, explain one number."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from outcomes.cli import printing
from outcomes.cli.commands.options import (
    AsOf,
    KnownAt,
    KnownPoint,
    LedgerFolder,
    PartnershipFolder,
    Places,
    date_spoken_for,
    number_known,
    opened_ledger,
    opened_partnership,
    progress,
)
from outcomes.errors import OutcomesError

if TYPE_CHECKING:
    from outcomes.scorecard.collection import Scorecards

__all__ = ["build", "evidence", "explain", "publish", "statuses"]


def _scorecards(
    partnership: Path,
    ledger: Path,
    *,
    as_of: date | None,
    known_at: KnownPoint | None,
    place: Sequence[str] | None,
    policy: str,
) -> "Scorecards":
    """Score what the ledger holds, saying each step."""
    from outcomes.ledger.status import returns_status
    from outcomes.workflows.scoring import scorecards

    day = date_spoken_for(as_of)
    say = progress()
    say("Loading the partnership")
    world = opened_partnership(partnership)
    record = opened_ledger(ledger)
    number = number_known(record, known_at)
    say(f"Scoring what is known at ledger number {number}")
    return scorecards(
        world,
        record.observations(number),
        as_of=day,
        policy=policy,
        returns=returns_status(world, record, as_of=day, known_at=number),
        places=place or (),
    )


def _protection(policy: str | None, *, is_working_copy: bool) -> str:
    """The policy that was chosen; exactly one of the two must be said."""
    from outcomes.protection.model import WORKING_COPY

    if (policy is None) != is_working_copy:
        raise OutcomesError(
            "say how small numbers are protected: --policy NAME for a protected draft, or --working-copy for the "
            "unprotected one that only partners may see (one of the two)"
        )
    return policy or WORKING_COPY


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
    from outcomes.workflows.building import build_site

    chosen = _protection(policy, is_working_copy=working_copy)
    cards = _scorecards(partnership, ledger, as_of=as_of, known_at=known_at, place=place, policy=chosen)
    progress()(f"Writing {len(cards)} scorecards")
    paths = build_site(cards, out)
    typer.echo(
        f"{printing.counted(len(paths), 'file')} written to {out}: {printing.counted(len(cards), 'scorecard')} "
        f"as of {cards.as_of}, ledger number {cards.known_at}"
    )
    typer.echo(f"Open {paths[0]}")


def evidence(
    *,
    partnership: PartnershipFolder,
    ledger: LedgerFolder,
    place: Annotated[str, typer.Option("--place", help="The code of the place.")],
    out: Annotated[Path, typer.Option("--out", help="The archive to write, such as evidence.zip.")],
    as_of: AsOf = None,
    known_at: KnownAt = None,
    policy: Annotated[str | None, typer.Option("--policy", help="The policy that protects small numbers.")] = None,
    working_copy: Annotated[
        bool, typer.Option("--working-copy", help="Unprotected, with what was heard in private, for partners only.")
    ] = False,
    with_unreleased: Annotated[
        bool, typer.Option("--with-unreleased", help="With words of partners and people that nobody has released.")
    ] = False,
) -> None:
    """Write the evidence of one place's work as one archive: agreement, decisions, promises, figures, record.

    The record is taken as it stood at the end of the day, unless --known-at names another point.
    """
    from outcomes.workflows.evidence import write_evidence

    chosen = _protection(policy, is_working_copy=working_copy)
    day = date_spoken_for(as_of)
    point = known_at or KnownPoint(datetime.combine(day, time.max, UTC))
    cards = _scorecards(partnership, ledger, as_of=day, known_at=point, place=[place], policy=chosen)
    written = write_evidence(
        cards, out, opened_ledger(ledger), place=place, definitions=partnership, with_unreleased=with_unreleased
    )
    typer.echo(f"The evidence of {cards[place].place.name} as of {cards.as_of} is in {written}")


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

    day = date_spoken_for(as_of)
    world = opened_partnership(partnership)
    record = opened_ledger(ledger)
    number = number_known(record, known_at)
    page = None
    if family:
        cards = score(world, record.observations(number), as_of=day, policy=WORKING_COPY, places=[place])
        page = cards[place]
    explanation = explain_number(
        record, world, place=place, indicator=indicator, as_of=day, known_at=number, period=period, page=page
    )
    if as_json:
        printing.print_json(explanation.model_dump(mode="json"))
    else:
        printing.print_explanation(explanation)
