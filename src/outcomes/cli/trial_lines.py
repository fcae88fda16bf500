"""Says a trial in plain lines: the layout's faults first, then sheets, columns, texts, rows, figures and findings."""

from collections.abc import Iterator, Sequence
from typing import Final

from outcomes.cli.finding_lines import finding_lines
from outcomes.file_names import file_name
from outcomes.intake.trial.model import ColumnSeen, FigureSeen, LayoutTrial, ReadAs, TableSeen
from outcomes.report.result_verdict import verdict_in_words

__all__ = ["trial_lines"]

_MOST_SHEETS: Final = 20
_MOST_COLUMNS: Final = 80
_MOST_COUNTS: Final = 12
_OF_CHECK: Final = "--report FILE.html lists all"


def trial_lines(trial: LayoutTrial) -> Iterator[str]:
    """Yield what a layout makes of a file.

    Arguments:
        trial: As `try_layout` returns it.
    """
    yield from (str(fault) for fault in trial.faults)
    if trial.verdict is None:
        yield f"The layout could not be read; nothing of {file_name(trial.file)} was looked at."
        return
    whose = f"from {trial.partner_code}" if trial.partner_code else "as anybody's (give --partner to hold it to one)"
    verdict = verdict_in_words(trial.verdict, is_received=False)
    yield f"{file_name(trial.file)}, read by the layout {trial.layout}, {whose}: {verdict}. Nothing was stored."
    yield from _sheets(trial)
    for table in trial.tables:
        yield ""
        yield from _table(table)
    yield from _figures(trial)
    yield from (line.replace(_OF_CHECK, "--json lists all") for line in finding_lines(trial.findings))
    others = [name for name in trial.fitting if name != trial.layout]
    if not trial.tables and trial.sheets:
        yield ""
        if others:
            yield f"These layouts of the partnership find their tables in it: {', '.join(others)}."
        elif trial.proposal:
            yield "No layout fits. `--propose` writes a first one, made of the file's own headers."


def _sheets(trial: LayoutTrial) -> Iterator[str]:
    for sheet in trial.sheets[:_MOST_SHEETS]:
        found = ("no table", "a table", f"{sheet.tables} tables")[min(sheet.tables, 2)]
        named = f"Worksheet “{sheet.name}”" if sheet.name is not None else "The file"
        yield f"  {named}: {sheet.rows:,} rows, {sheet.columns} columns, {found}"
    if len(trial.sheets) > _MOST_SHEETS:
        yield f"  and {len(trial.sheets) - _MOST_SHEETS} more worksheets"


def _table(table: TableSeen) -> Iterator[str]:
    where = f" of “{table.sheet}”" if table.sheet is not None else ""
    rows = str(table.header_row)
    if table.header_first_row != table.header_row:
        rows = f"{table.header_first_row} to {table.header_row}"
    heading = f"Table{where}: header in row {rows}" if table.header_row else f"Table{where}: columns named by the file"
    yield heading + (f", {table.figures} figures in each row" if table.figures > 1 else "")
    for column in table.columns[:_MOST_COLUMNS]:
        yield f"  {column.letter:>3}  {column.header or '(no name)'}  {_made_of(column)}"
    if len(table.columns) > _MOST_COLUMNS:
        yield f"       and {len(table.columns) - _MOST_COLUMNS} more columns"
    for name, text in table.constants:
        yield f"    =  {name} is “{text}” in every row"
    yield from _texts(table)
    yield f"  Rows below the header: {table.rows_below:,}; read: {table.rows_read:,}"
    for left in table.rows_left:
        yield f"    {f'{left.count:,} ' if left.count is not None else ''}{left.what} ({left.code})"


def _made_of(column: ColumnSeen) -> str:
    if column.read_as is ReadAs.OURS:
        return f"→ {column.column}"
    if column.read_as is ReadAs.NAMED:
        return f"→ {column.column}" if column.column else "named by the layout"
    if column.read_as is ReadAs.UNKNOWN:
        return "UNKNOWN: not read" + (f"; did you mean {column.nearest}?" if column.nearest else "")
    if column.read_as is ReadAs.IGNORED:
        return "ignored" + (f": {column.nearest}" if column.nearest else "")
    return "not read: it has no name, but cells"


def _texts(table: TableSeen) -> Iterator[str]:
    left = dict(table.texts_left)
    for name in dict.fromkeys(text.column for text in table.texts):
        yield f"  Texts of {name}:"
        for text in (one for one in table.texts if one.column == name):
            becomes = f" → “{text.becomes}”" if text.becomes else ""
            unknown = "" if text.is_known else "  NOT KNOWN HERE" + ("" if text.becomes else ", no code translates it")
            yield f"    {text.rows:>9,} × “{text.text}”{becomes}{unknown}"
        if name in left:
            yield f"              and {left[name]:,} more"


def _figures(trial: LayoutTrial) -> Iterator[str]:
    if not trial.figures:
        return
    yield ""
    yield f"Figures: {trial.figures:,}"
    yield from _counts("indicators", trial.indicators)
    yield from _counts("periods", trial.periods)
    yield from (f"  {_figure(one)}" for one in trial.first_figures)


def _counts(what: str, counts: Sequence[tuple[str, int]]) -> Iterator[str]:
    if counts:
        shown = ", ".join(f"{text} ({count:,})" for text, count in counts[:_MOST_COUNTS])
        more = f" and {len(counts) - _MOST_COUNTS} more" if len(counts) > _MOST_COUNTS else ""
        yield f"  {what}: {shown}{more}"


def _figure(one: FigureSeen) -> str:
    where = f"“{one.sheet}” row {one.row}" if one.sheet is not None else f"row {one.row}"
    numbers = ", ".join(f"{name} {text}{f' ({cell})' if cell else ''}" for name, text, cell in one.numbers)
    group = f" {one.breakdown}" if one.breakdown else ""
    return f"{where}: {one.indicator_id} {one.area_code} {one.period}{group}: {numbers}"
