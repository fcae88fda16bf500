"""What the commands print: check results, receipts, statuses and explanations in plain text."""

import json
import sys
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import typer

from outcomes.cli.finding_lines import finding_lines
from outcomes.file_names import file_name
from outcomes.finding import Finding
from outcomes.intake.model import CheckResult, Receipt
from outcomes.ledger.model import ReturnsStatus
from outcomes.partnership.model import Partnership
from outcomes.partnership.partner_succession import source_name
from outcomes.report.result_advice import as_said
from outcomes.report.result_verdict import verdict_in_words
from outcomes.report.wording import say
from outcomes.scorecard.model import Explanation, ExplanationStep, SourceRow
from outcomes.vocabulary import DataStatus, Verdict

if TYPE_CHECKING:
    import polars as pl

__all__ = [
    "counted",
    "print_broken_off",
    "print_check",
    "print_explanation",
    "print_json",
    "print_receipts",
    "print_status",
]

_SHOWN = 40
_RECEIVED_BEFORE = "OUT-652"
_STATUSES = (
    DataStatus.RECEIVED,
    DataStatus.LATE,
    DataStatus.REVISED,
    DataStatus.REJECTED,
    DataStatus.WITHDRAWN,
    DataStatus.EXPUNGED,
    DataStatus.MISSING,
    DataStatus.NOT_YET_DUE,
)


def counted(number: int, noun: str) -> str:
    """Return a number with its noun.

    >>> counted(1, "fault"), counted(2, "fault")
    ('1 fault', '2 faults')
    """
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def print_json(document: object) -> None:
    """Print one JSON document: in UTF-8, or in plain ASCII where the output has another encoding."""
    encoding = (sys.stdout.encoding or "").lower().replace("-", "")
    typer.echo(json.dumps(document, ensure_ascii=encoding != "utf8", indent=1))


def print_check(result: CheckResult) -> None:
    """Print one file's verdict and what to mend, in the sheet's own addresses."""
    sender = f" from {result.partner_code}" if result.partner_code else ""
    typer.echo(f"{file_name(result.file)}{sender}: {verdict_in_words(result.verdict, is_received=False)}")
    if result.verdict is Verdict.REJECTED:
        if any(finding.code == _RECEIVED_BEFORE for finding in result.findings):
            typer.echo("  It came before, and its figures count. Sent now, it would not be accepted.")
        else:
            typer.echo("  No figure of it counts yet. Mend what is listed; send the whole file again.")
    _print_findings(result.findings, is_on_record=False)
    if result.findings:
        typer.echo("")
    if result.loaded_rows:
        gained = "" if result.new_observations is None else f", {result.new_observations} new to the record"
        typer.echo(f"  {counted(result.loaded_rows, 'figure')} read{gained}")


def print_receipts(receipts: Sequence[Receipt], names: Sequence[str] = (), *, with_findings: bool = False) -> None:
    """Print one line a file, and for what was not simply accepted why; of a file that came before, the line alone.

    Arguments:
        receipts: In the order of the files.
        names: The files' names as they came now, of at least as many; none where they are those of the receipts.
        with_findings: Whether to say what was found.
    """
    for at, receipt in enumerate(receipts):
        name = names[at] if names else receipt.file
        gained = f", {receipt.new_observations} of {receipt.loaded_rows} figures new"
        if receipt.sent_again_after is not None:
            gained += f"; the very same file was withdrawn by entry {receipt.sent_again_after}, and counts again"
        if receipt.is_repeat:
            earlier = "" if name == receipt.file else f" as {file_name(receipt.file)}"
            gained = f"; received before{earlier}, nothing changed"
            if receipt.verdict is Verdict.REJECTED:
                gained += " (`outcomes check` says what to mend)"
        sender = receipt.partner_code or "unknown sender"
        verdict = verdict_in_words(receipt.verdict, is_received=True)
        typer.echo(f"{receipt.number:>4}  {file_name(name)}  {sender}: {verdict}{gained}")
        if with_findings and receipt.findings and not receipt.is_repeat:
            _print_findings(receipt.findings, is_on_record=receipt.verdict is not Verdict.REJECTED)
            typer.echo("")


def print_broken_off(receipts: Sequence[Receipt], names: Sequence[str], files: int) -> None:
    """Print what is on record of a run that ends before its last file or report.

    Arguments:
        receipts: Of the files that were recorded.
        names: As in `print_receipts`.
        files: How many there were to receive.
    """
    if not receipts:
        return
    print_receipts(receipts, names, with_findings=True)
    are = "is" if len(receipts) == 1 else "are"
    typer.echo(
        f"{len(receipts)} of {counted(files, 'file')} {are} on record by now; receive again to go on from there.",
        err=True,
    )


def _print_findings(findings: Sequence[Finding], *, is_on_record: bool) -> None:
    for line in finding_lines(as_said(findings, is_on_record=is_on_record)):
        typer.echo(line)


def print_status(
    status: ReturnsStatus, partnership: Partnership, *, as_json: bool, more: Mapping[str, Any] | None = None
) -> None:
    """Print, partner by partner, how many figures were expected and came; `more` goes into the JSON document."""
    counts: dict[str, Counter[str]] = {}
    for partner, state in status.frame.select("partner_code", "status").iter_rows():
        counts.setdefault(partner, Counter())[state] += 1
    if as_json:
        document = {
            "as_of": status.as_of.isoformat(),
            "known_at": status.known_at,
            "partners": [
                {"partner": partner, **{state.value: states[state] for state in _STATUSES}}
                for partner, states in sorted(counts.items())
            ],
            "owed": _owed(status),
            "owed_for_others": _owed_for_others(status, partnership),
            **(more or {}),
        }
        print_json(document)
        return
    typer.echo(f"As of {status.as_of}, ledger number {status.known_at}")
    if status.known_at == 0:
        typer.echo("Nobody has sent anything yet.")
    width = max((len(partnership.partner(partner).name) for partner in counts), default=0)
    for partner, states in sorted(counts.items()):
        said = ", ".join(f"{states[state]} {_state_in_words(state)}" for state in _STATUSES if states[state])
        typer.echo(f"  {partner:<8} {partnership.partner(partner).name:<{width}}  {said}")
    if not counts:
        typer.echo("No figure is expected: the partnership names no supplier for any period.")
    owed = _owed(status)
    if owed:
        typer.echo("Owed:")
    for one in owed[:_SHOWN]:
        where = f"{_state_in_words(one['status'])} for {', '.join(one['area_codes'])}"
        measure = _measure(one, partnership)
        typer.echo(f"  {one['partner']:<8} {measure}, {one['period']}, due {one['due_on']}: {where}")
    if len(owed) > _SHOWN:
        typer.echo(f"  … and {len(owed) - _SHOWN} more; --json lists all")
    for_others = _owed_for_others(status, partnership)
    if for_others:
        typer.echo("Sent for others, and missing or late:")
    for one in for_others[:_SHOWN]:
        who = f"{one['source']} ({one['source_code']})" if one["source"] != one["source_code"] else one["source"]
        where = f"{one['status']} for {', '.join(one['area_codes'])}"
        measure = _measure(one, partnership)
        typer.echo(f"  {one['partner']:<8} {measure}, {one['period']}, due {one['due_on']}: {who} {where}")
    if len(for_others) > _SHOWN:
        typer.echo(f"  … and {len(for_others) - _SHOWN} more; --json lists all")


def _owed_for_others(status: ReturnsStatus, partnership: Partnership) -> list[dict[str, Any]]:
    """What a partner was to send for somebody else and has not, or sent late: whose it is, longest due first."""
    columns = ("due_on", "partner_code", "source_code", "indicator_id", "indicator_version", "period", "status")
    found = _with_areas(status.sources, columns, (DataStatus.MISSING, DataStatus.LATE))
    return [
        {
            "partner": partner,
            "source_code": source,
            "source": source_name(partnership, partner, source),
            "indicator_id": indicator,
            "indicator_version": version,
            "period": period,
            "due_on": due_on,
            "status": state,
            "area_codes": codes,
        }
        for (due_on, partner, source, indicator, version, period, state), codes in found.items()
    ]


def _with_areas(
    frame: "pl.DataFrame", columns: Sequence[str], states: Collection[str]
) -> dict[tuple[Any, ...], list[str]]:
    """The figures in some states, each with the codes of its areas, in the order of the columns."""
    found: dict[tuple[Any, ...], list[str]] = {}
    for due_on, *key, area_code in frame.select(*columns, "area_code").iter_rows():
        if key[-1] in states:
            found.setdefault((due_on.isoformat(), *key), []).append(area_code)
    return {key: sorted(codes) for key, codes in sorted(found.items())}


def _measure(owed: Mapping[str, Any], partnership: Partnership) -> str:
    """The id of a measure, with the version that is meant where there are several, such as `falls@1`."""
    several = len(partnership.versions_of(owed["indicator_id"])) > 1
    return f"{owed['indicator_id']}@{owed['indicator_version']}" if several else str(owed["indicator_id"])


def _state_in_words(state: str) -> str:
    """What people read of a status; its value is for programs."""
    return say("res_word_rejected") if state == DataStatus.REJECTED else str(state)


def _owed(status: ReturnsStatus) -> list[dict[str, Any]]:
    """What is due and has not come, or is not accepted yet: by partner, indicator and period, longest due first."""
    columns = ("due_on", "partner_code", "indicator_id", "indicator_version", "period", "status")
    owed = _with_areas(status.frame, columns, (DataStatus.MISSING, DataStatus.REJECTED, DataStatus.WITHDRAWN))
    return [
        {
            "partner": partner,
            "indicator_id": indicator,
            "indicator_version": version,
            "period": period,
            "due_on": due_on,
            "status": state,
            "area_codes": codes,
        }
        for (due_on, partner, indicator, version, period, state), codes in owed.items()
    ]


def print_explanation(explanation: Explanation) -> None:
    """Print where one number comes from, stage by stage, down to the rows."""
    typer.echo(f"{explanation.name} ({explanation.indicator_id}, version {explanation.indicator_version})")
    typer.echo(f"{explanation.area} ({explanation.area_code}), {explanation.period}")
    typer.echo(f"as of {explanation.as_of}, ledger number {explanation.known_at}")
    definition = explanation.definition
    typer.echo(f"\nNumerator: {definition.numerator}")
    if definition.denominator:
        typer.echo(f"Denominator: {definition.denominator}")
    if explanation.formula:
        typer.echo(f"Method: {definition.method_title} ({definition.method}). {explanation.formula}")
    for step in explanation.steps:
        _print_step(step)
    if explanation.references:
        typer.echo("\nReferences:")
    for number, reference in enumerate(explanation.references, 1):
        typer.echo(f"  [{number}] {reference}")
    typer.echo("\nRows:")
    for row in explanation.rows:
        typer.echo(f"  {_row_text(row)}")
    typer.echo(f"\nSource of the definition: {definition.source}. {definition.licence}")


def _print_step(step: ExplanationStep) -> None:
    """Print one stage: what it did, its method, the rows it looked at and every number worked out."""
    typer.echo(f"\n{step.stage[:1].upper()}{step.stage[1:]}: {step.sentence}")
    for name, figure in step.figures:
        typer.echo(f"  {name}: {figure}")
    if step.method:
        numbers = "".join(f"[{number}]" for number in step.references)
        typer.echo(f"  method: {step.method_title} ({step.method}) {numbers}".rstrip())
        typer.echo(f"    {step.method_formula}")
        typer.echo(f"    held against: {'; '.join(step.evidence)}")
    for table in step.tables:
        typer.echo(f"  {table.title}:")
        for row in (table.columns, *table.rows):
            typer.echo(f"    {' | '.join(_cell(cell) for cell in row)}")
    for working in step.workings:
        typer.echo(f"  {working.what} = {working.formula}")
        typer.echo(f"    {working.with_numbers}")


def _cell(cell: str | float | None) -> str:
    return cell if isinstance(cell, str) else _number(cell)


def _row_text(row: SourceRow) -> str:
    figure = row.status or f"{_number(row.numerator)} of {_number(row.denominator)}"
    if row.value is not None:
        figure += f", value {_number(row.value)}"
    group = f", {row.breakdown}" if row.breakdown else ""
    sheet = f", sheet {row.sheet}" if row.sheet else ""
    revised = ", a revision" if row.is_revision else ""
    return (
        f"{row.area} ({row.area_code}){group}: {figure} — {row.partner}, {file_name(row.file)}{sheet}, row {row.row}, "
        f"ledger number {row.submission}{revised}"
    )


def _number(number: float | None) -> str:
    return "none" if number is None else f"{number:.10g}"
