"""Prints the acts on the record and what moved in it, in plain text or as one JSON document."""

from typing import Any, Final

import polars as pl
import typer

from outcomes.cli.printing import counted, print_json
from outcomes.file_names import file_name
from outcomes.ledger.model import Tombstone
from outcomes.ledger.moving import RecordChanges
from outcomes.partnership.model import Partnership
from outcomes.report.result_verdict import verdict_in_words
from outcomes.workflows.changing import Moved

__all__ = [
    "moved_document",
    "positions_document",
    "print_moved",
    "print_past_retention",
    "print_positions",
    "print_stone",
    "print_unsure",
]

_SHOWN: Final = 40
_WORDS: Final = ("comparison", "trend", "target", "special_cause", "inequality")


def print_stone(stone: Tombstone) -> None:
    """Print what was destroyed, and what of it is elsewhere still."""
    typer.echo(
        f"Entry {stone.number}: submission {stone.submission} ({stone.partner_code}, {file_name(stone.file)}) is "
        "expunged; its bytes and figures are destroyed."
    )
    if stone.is_content_shared_with:
        typer.echo(f"  The very same bytes are kept for submission {_numbers(stone.is_content_shared_with)}.")
    if stone.figures_also_in:
        typer.echo(f"  Some of the same figures are kept in submission {_numbers(stone.figures_also_in)}.")
    print_unsure(stone.unsure_of)
    typer.echo("  Backups of the folder hold it still: destroy them too.")
    typer.echo("  Pages, notes and workbooks written of it (--reports, --report) may quote it: destroy those too.")


def print_unsure(submissions: tuple[int, ...]) -> None:
    """Print which later submissions may have said the same figures again, unkept."""
    if submissions:
        typer.echo(
            f"  Submission {_numbers(submissions)} came when the record did not keep what a file says again. Where it "
            "said the same figures, send that file again: it will count anew."
        )


def _numbers(numbers: tuple[int, ...]) -> str:
    return ", ".join(map(str, numbers))


def print_past_retention(found: pl.DataFrame, *, as_json: bool) -> None:
    """Print which submissions are past their period of retention."""
    if as_json:
        print_json([{name: _plain(value) for name, value in row.items()} for row in found.iter_rows(named=True)])
        return
    if found.is_empty():
        typer.echo("No submission is past its period of retention.")
    for row in found.iter_rows(named=True):
        typer.echo(
            f"{row['submission']:>4}  {file_name(row['file'])}  {row['partner_code']}: received {row['received_on']}, "
            f"kept until {row['retained_until']}; {counted(row['figures'], 'figure')}, {row['figures_that_count']} of "
            "which count"
        )
    if not found.is_empty():
        typer.echo("Nothing was destroyed. Give --yes to expunge these; nobody can undo it.")


def print_moved(moved: Moved, partnership: Partnership) -> None:
    """Print what moved: acts, figures with old and new, then what of the scorecards reads differently."""
    record = moved.record
    typer.echo(f"From ledger number {record.since} to {record.known_at}, as of {moved.as_of}. For partners only.")
    _print_acts(record)
    figures = _as_sent(record.figures, partnership)
    for change, title in (("new", "New figures"), ("revised", "Revised"), ("gone", "Gone")):
        rows = figures.filter(pl.col("change") == change)
        if rows.height:
            typer.echo(f"{title}: {rows.height}")
        for row in rows.head(_SHOWN).iter_rows(named=True):
            typer.echo(f"  {_figure_line(row)}")
        _print_more(rows.height)
    if record.figures.is_empty():
        typer.echo("No figure moved.")
    typer.echo(f"On the scorecards: {counted(moved.scorecards.height, 'change')}")
    for row in moved.scorecards.head(_SHOWN).iter_rows(named=True):
        typer.echo(f"  {_card_line(row)}")
    _print_more(moved.scorecards.height)


def _as_sent(frame: pl.DataFrame, partnership: Partnership) -> pl.DataFrame:
    """Return figures with their counts as partners send them, not in whole multiples of the indicator's scales."""
    scales = pl.DataFrame(
        [(one.id, one.version, one.numerator_scale, one.denominator_scale) for one in partnership.indicators.values()],
        schema={
            "indicator_id": pl.String,
            "indicator_version": pl.Int32,
            "numerators": pl.Int64,
            "denominators": pl.Int64,
        },
        orient="row",
    )
    scaled = frame.join(scales, on=["indicator_id", "indicator_version"], how="left", maintain_order="left")
    return scaled.with_columns(
        pl.col(name) / pl.col(f"{part}s").fill_null(1)
        for part in ("numerator", "denominator")
        for name in frame.columns
        if name == part or name.startswith(f"{part}_")
    ).select(frame.columns)


def _print_acts(record: RecordChanges) -> None:
    for receipt in record.receipts:
        sender = receipt.partner_code or "unknown sender"
        verdict = verdict_in_words(receipt.verdict, is_received=True)
        typer.echo(f"  {receipt.number:>4}  {file_name(receipt.file)}  {sender}: {verdict}")
    for act in record.withdrawals:
        typer.echo(f"  {act.number:>4}  submission {act.submission} of {act.partner_code} withdrawn: {act.reason}")
    for stone in record.tombstones:
        typer.echo(
            f"  {stone.number:>4}  submission {stone.submission} of {stone.partner_code} expunged: {stone.reason}"
        )
    for stone in record.destroyed_since:
        typer.echo(
            f"Not compared: submission {stone.submission} counted at ledger number {record.since}, and was expunged by "
            f"entry {stone.number}."
        )


def _print_more(height: int) -> None:
    if height > _SHOWN:
        typer.echo(f"  … and {height - _SHOWN} more; --json lists all")


def _figure_line(row: dict[str, Any]) -> str:
    group = f", {row['breakdown']}" if row["breakdown"] else ""
    source = "" if row["source_code"] in ("", row["partner_code"]) else f" for {row['source_code']}"
    before, after = (_said(row, end) for end in ("before", "after"))
    told = {"new": after, "gone": f"was {before}", "revised": f"{before} → {after}"}[row["change"]]
    return f"{row['indicator_id']}, {row['area_code']}, {row['period']}{group}: {told} ({row['partner_code']}{source})"


def _said(row: dict[str, Any], end: str) -> str:
    """The figure as submitted."""
    if row[f"status_{end}"]:
        return str(row[f"status_{end}"])
    numerator, denominator, value = (row[f"{name}_{end}"] for name in ("numerator", "denominator", "value"))
    if numerator is None:
        return f"value {value:.10g}" if value is not None else "no number"
    return f"{numerator:.10g}" if denominator is None else f"{numerator:.10g} of {denominator:.10g}"


def _card_line(row: dict[str, Any]) -> str:
    where = f"{row['indicator']}, {row['area']}, {row['period']}" + (
        f", {row['breakdown']}" if row["breakdown"] else ""
    )
    told = [row["change"]] if row["change"] != "changed" else []
    for name in ("value", "reason", *_WORDS):
        before, after = row[f"{name}_before"], row[f"{name}_after"]
        if before != after:
            told.append(f"{name.replace('_', ' ')} {_shown(before)} → {_shown(after)}")
    return f"{where} ({row['framework_id']}): {', '.join(told) or row['what']}"


def _shown(said: Any) -> str:
    if said is None:
        return "none"
    return f"{said:.6g}" if isinstance(said, float) else str(said)


def moved_document(moved: Moved, partnership: Partnership) -> dict[str, Any]:
    """Return what moved as plain values for JSON."""
    record = moved.record
    return {
        "since": record.since,
        "known_at": record.known_at,
        "as_of": moved.as_of.isoformat(),
        "files": [
            {"number": one.number, "file": one.file, "partner": one.partner_code, "verdict": one.verdict.value}
            for one in record.receipts
        ],
        "withdrawals": [
            {"number": act.number, "submission": act.submission, "partner": act.partner_code, "reason": act.reason}
            for act in record.withdrawals
        ],
        "tombstones": [stone_document(stone) for stone in record.tombstones],
        "destroyed_since": [stone_document(stone) for stone in record.destroyed_since],
        "figures": rows_document(_as_sent(record.figures, partnership)),
        "scorecards": rows_document(moved.scorecards),
    }


def stone_document(stone: Tombstone) -> dict[str, Any]:
    """Return a tombstone as plain values for JSON."""
    return {
        "number": stone.number,
        "submission": stone.submission,
        "partner": stone.partner_code,
        "reason": stone.reason,
        "authority": stone.authority,
    }


def rows_document(frame: pl.DataFrame) -> list[dict[str, Any]]:
    """Return a frame's rows as plain values for JSON."""
    return [{name: _plain(value) for name, value in row.items()} for row in frame.iter_rows(named=True)]


def _plain(value: Any) -> Any:
    return value.isoformat() if hasattr(value, "isoformat") else value


def print_positions(disputed: pl.DataFrame, partial: pl.DataFrame, partnership: Partnership) -> None:
    """Print where sources differ, position by position, and which sums lack a source."""
    place = ("indicator_id", "area_code", "period", "breakdown")
    if disputed.height:
        typer.echo("Disputes (all positions are kept; * is the one computation goes on with):")
    for row in _as_sent(disputed.head(_SHOWN), partnership).iter_rows(named=True):
        where = ", ".join(row[name] for name in place if row[name])
        source = "" if row["source_code"] == row["partner_code"] else f" for {row['source_code']}"
        said = _said({f"{name}_now": row.get(name) for name in ("status", "numerator", "denominator", "value")}, "now")
        mark = "*" if row["is_taken"] else " "
        typer.echo(f" {mark} {where}: {said} from {row['partner_code']}{source}, ledger number {row['submission']}")
    _print_more(disputed.height)
    if partial.height:
        typer.echo("Partial sums:")
    for row in partial.head(_SHOWN).iter_rows(named=True):
        where = ", ".join(row[name] for name in place if row[name])
        missing = f"; missing: {', '.join(row['missing_parts'])}" if row["missing_parts"] else ""
        typer.echo(f"   {where}: {row['parts_contributed']} of {row['parts_expected']} sources{missing}")
    _print_more(partial.height)


def positions_document(disputed: pl.DataFrame, partial: pl.DataFrame, partnership: Partnership) -> dict[str, Any]:
    """Return disputes and partial sums as plain values for JSON."""
    return {"disputes": rows_document(_as_sent(disputed, partnership)), "partial_sums": rows_document(partial)}
