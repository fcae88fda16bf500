"""Reads a polars frame in the long form into entries, for those who validate frames instead of files."""

import polars as pl

from outcomes.intake.cell_scan import scan
from outcomes.intake.entries_model import Table
from outcomes.intake.missing_columns import missing_column
from outcomes.intake.preparing import prepared
from outcomes.intake.reading import Refusal, read_frame
from outcomes.intake.remark import Remark
from outcomes.intake.rules import RULES
from outcomes.intake.tables import finders_for, read_tables
from outcomes.intake.terms import Terms
from outcomes.vocabulary import Severity

__all__ = ["FrameFault", "framed"]


class FrameFault(Exception):  # noqa: N818  (carries what is wrong with the frame as such)
    """The frame as such cannot be read; carries the remarks that say why."""

    def __init__(self, remarks: tuple[Remark, ...]) -> None:
        self.remarks = remarks
        super().__init__(", ".join(sorted(self.codes)))

    @property
    def codes(self) -> frozenset[str]:
        """The codes of what is wrong."""
        return frozenset(remark.code for remark in self.remarks)


def framed(frame: pl.DataFrame, terms: Terms) -> tuple[Table, pl.DataFrame]:
    """Return the table and the entries of a frame.

    Arguments:
        frame: In the long form; its first record counts as row 2.
        terms: What it is held against.

    Raises:
        FrameFault: A column is missing or stands twice, nothing is in it, or a personal number is.
    """
    limits = terms.layout.limits
    try:
        reading = read_frame(frame, limits)
        # a personal number must not come near a message that quotes values
        personal = [remark for grid in reading.grids for remark in scan(grid, {}, limits) if remark.code == "OUT-701"]
        if personal:
            raise FrameFault(tuple(personal))
        read = read_tables(reading.grids, finders_for(terms), terms)
        table = read.table
    except Refusal as refusal:
        raise FrameFault((refusal.remark,)) from None
    names = read.headers[0].names
    scanned = tuple(remark for grid in reading.grids for remark in scan(grid, names, limits))
    faults = [remark for remark in (*table.remarks, *scanned) if RULES[remark.code].severity is Severity.ERROR]
    if faults:
        raise FrameFault(tuple(faults))
    entries = prepared(table, terms)
    missing = [
        missing_column(column, table.header_row, table.names)
        for column in ("numerator", "denominator")
        if not table.has(column) and entries[f"needs_{column}"].any()
    ]
    if missing:
        raise FrameFault(tuple(missing))
    return table, entries
