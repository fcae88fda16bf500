"""Tries a layout on a file: what would be read of it, and what not; a first layout where none fits. Stores nothing."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Final

from outcomes.errors import Fault
from outcomes.intake.checking import tried
from outcomes.intake.trial.model import LayoutTrial
from outcomes.intake.trial.proposing import proposed_layout
from outcomes.intake.trial.tracing import counts_of, first_figures, fitting_layouts, sheets_seen, tables_seen
from outcomes.partnership.model import Partnership
from outcomes.partnership.one_layout import with_layout

__all__ = ["try_layout"]

_OLD_EXCEL: Final = bytes.fromhex("D0CF11E0A1B11AE1")
_PERSONAL: Final = "OUT-701"


def try_layout(
    file: str | Path,
    partnership: str | Path,
    *,
    layout: str | Path | None = None,
    partner: str | None = None,
    period: str | None = None,
    rows: int = 10,
    as_of: date = date.max,
) -> LayoutTrial:
    """Say what a layout makes of a file, for whoever writes the layout; nothing is stored.

    It is the trace of a check of the file, not a second way of reading it. Where a personal number stands in the file,
    no text and no figure of it is shown.

    Arguments:
        file: The file.
        partnership: The partnership's folder.
        layout: The id of a layout of the partnership, or the path of a YAML file, which may lie anywhere and have
            faults; None: the partner's own, else the one layout that fits the file, else the long form.
        partner: The sender's code; None: what the file's name tells, else anybody.
        period: The period of sheets that name none, such as `2020/21`.
        rows: How many of the first figures are listed.
        as_of: Periods that begin later are refused; no period is too new if not given.

    Returns:
        The trial. Where the layout has faults that keep it from being read, only those.

    Raises:
        UnreadableFileError: The file or the folder cannot be opened.
        DefinitionError: Something else in the partnership has faults.
        UnknownNameError: No partner, layout or file has that name.
        ValueError: `period` is no period of any kind.
    """
    written = with_layout(partnership, layout)
    path = Path(file)
    if layout is not None and not written.layout:
        return LayoutTrial(file=path.name, layout="", partner_code=partner or "", faults=written.faults)
    world = written.partnership
    sender = world.partner(partner) if partner else None
    chosen = written.layout or (sender.layout if sender else "")
    if chosen:
        return _trial(path, world, chosen, partner, period, rows, as_of, written.faults)
    first = _trial(path, _with_open_native(world), "native", partner, period, rows, as_of, ())
    fitting = [one for one in first.fitting if one != "native"]
    if first.tables or len(fitting) != 1:
        return first
    return _trial(path, world, fitting[0], partner, period, rows, as_of, ())


def _with_open_native(world: Partnership) -> Partnership:
    """The partnership with a long form that opens old workbooks too: to propose a layout, they must be looked into."""
    native = world.layouts["native"]
    return replace(world, layouts={**world.layouts, "native": native.model_copy(update={"is_old_excel_read": True})})


def _trial(
    path: Path,
    world: Partnership,
    layout: str,
    partner: str | None,
    period: str | None,
    rows: int,
    as_of: date,
    faults: tuple[Fault, ...],
) -> LayoutTrial:
    result, found = tried(path, world, partner=partner, as_of=as_of, layout=layout, period=period)
    trial = LayoutTrial(
        file=result.file,
        layout=layout,
        partner_code=result.partner_code,
        faults=faults,
        verdict=result.verdict,
        findings=result.findings,
    )
    if found.terms is None or found.reading is None:
        return trial
    grids = found.reading.grids
    trial = replace(trial, sheets=sheets_seen(grids, found.headers))
    if any(finding.code == _PERSONAL for finding in result.findings):
        return trial
    is_old_excel = _is_old_excel(path)
    fitting = fitting_layouts(grids, world, found.terms)
    return replace(
        trial,
        tables=tables_seen(found),
        fitting=fitting,
        indicators=counts_of(found.entries, "indicator_id"),
        periods=counts_of(found.entries, "period"),
        figures=0 if found.entries is None else found.entries.height,
        first_figures=tuple(first_figures(found, rows)),
        proposal=proposed_layout(grids, found.terms, result.file, is_old_excel=is_old_excel),
    )


def _is_old_excel(path: Path) -> bool:
    with path.open("rb") as stream:
        return stream.read(len(_OLD_EXCEL)) == _OLD_EXCEL
