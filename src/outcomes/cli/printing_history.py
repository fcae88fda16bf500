"""What `import-history` prints: the files, what was read of each series, revisions, and the published values."""

from itertools import groupby
from operator import itemgetter
from typing import Any

import polars as pl
import typer

from outcomes.cli.printing import counted, print_check, print_receipts
from outcomes.exchange.check_json import check_document
from outcomes.partnership.model import Partnership
from outcomes.workflows.backtesting import Backtest
from outcomes.workflows.importing import ImportedHistory

__all__ = ["history_document", "print_history"]

_SHOWN = 40


def print_history(imported: ImportedHistory, *, is_dry_run: bool) -> None:
    """Print what came of an import."""
    if is_dry_run:
        typer.echo("A dry run: nothing was recorded.")
        for result in imported.results:
            print_check(result)
    else:
        print_receipts(imported.receipts, with_findings=True)
        typer.echo("Recorded as history: none of these figures is late.")
    _print_series(imported.series)
    if imported.revisions.height:
        typer.echo(f"\nRevised: {counted(imported.revisions.height, 'figure')} that the record had otherwise")
        for row in imported.revisions.head(_SHOWN).iter_rows(named=True):
            group = f", {row['breakdown']}" if row["breakdown"] else ""
            typer.echo(
                f"  {row['indicator_id']}, {row['area_code']}, {row['period']}{group}: {_counts(row, '')}, "
                f"before {_counts(row, '_before')} (ledger number {row['submission_before']})"
            )
        _print_more(imported.revisions.height)
    if imported.backtest is not None:
        _print_backtest(imported.backtest)


def _print_series(series: pl.DataFrame) -> None:
    if series.is_empty():
        return
    typer.echo("\nRead, by indicator, place and year:")
    rows = series.iter_rows(named=True)
    for (indicator_id, name), of_indicator in groupby(rows, key=itemgetter("indicator_id", "indicator")):
        typer.echo(f"  {name} ({indicator_id})")
        for (code, area), of_place in groupby(of_indicator, key=itemgetter("area_code", "area")):
            typer.echo(f"    {area} ({code})")
            for row in of_place:
                typer.echo(f"      {row['year']}: {_year(row)}")


def _year(row: dict[str, Any]) -> str:
    if not row["figures"]:
        return "no figure"
    span = row["first"] if row["first"] == row["last"] else f"{row['first']} to {row['last']}"
    text = f"{counted(row['figures'], 'figure')}, {span}"
    if row["without_number"]:
        text += f", {row['without_number']} without a number"
    return text + (f"; missing {row['gaps']}" if row["gaps"] else "")


def _print_backtest(tested: Backtest) -> None:
    typer.echo(
        f"\nHeld against what was published, as of {tested.as_of}: of {counted(tested.frame.height, 'value')} "
        f"{tested.agreeing} agree within their printed rounding, {tested.differing} differ"
    )
    differing = tested.frame.filter(~pl.col("agrees"))
    for reason, count in (
        differing.group_by("likely_reason").len().sort("len", "likely_reason", descending=[True, False]).iter_rows()
    ):
        typer.echo(f"  {count} {reason}")
    for row in differing.head(_SHOWN).iter_rows(named=True):
        group = f", {row['breakdown']}" if row["breakdown"] else ""
        typer.echo(
            f"  line {row['line']}: {row['indicator']}, {row['place']}, {row['period']}{group}: "
            f"published {_number(row['published'])}, computed {_number(row['computed'])}"
        )
        typer.echo(f"      {row['differs_in']}; {row['likely_reason']}: {row['explanation']}")
    _print_more(differing.height)


def _print_more(count: int) -> None:
    if count > _SHOWN:
        typer.echo(f"  … and {count - _SHOWN} more; --json lists all")


def _counts(row: dict[str, Any], ending: str) -> str:
    numerator, denominator, value = (row[f"{name}{ending}"] for name in ("numerator", "denominator", "value"))
    text = _number(numerator) if denominator is None else f"{_number(numerator)} of {_number(denominator)}"
    return text if value is None else f"value {_number(value)}"


def _number(number: float | None) -> str:
    return "none" if number is None else f"{number:.6g}" if abs(number) < 1e5 else f"{number:.10g}"


def history_document(imported: ImportedHistory, partnership: Partnership) -> dict[str, Any]:
    """Return all of it as one JSON document."""
    tested = imported.backtest
    return {
        "files": [check_document(result, partnership) for result in imported.results],
        "receipts": [
            {"number": receipt.number, "file": receipt.file, "is_repeat": receipt.is_repeat}
            for receipt in imported.receipts
        ],
        "series": imported.series.to_dicts(),
        "revisions": imported.revisions.to_dicts(),
        "backtest": None
        if tested is None
        else {
            "as_of": tested.as_of.isoformat(),
            "agreeing": tested.agreeing,
            "differing": tested.differing,
            "values": tested.frame.to_dicts(),
        },
    }
