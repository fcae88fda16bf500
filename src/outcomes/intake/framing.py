"""Reads a polars frame in the long form into entries, for those who validate frames instead of files."""

import polars as pl

from outcomes.intake.cell_scan import scan
from outcomes.intake.entries_model import Table
from outcomes.intake.layouts import find_table, header_finder
from outcomes.intake.missing_columns import missing_column
from outcomes.intake.preparing import prepared
from outcomes.intake.reading import Refusal, read_frame
from outcomes.intake.remark import Remark
from outcomes.intake.rows import table_of
from outcomes.intake.rules import RULES
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
    finder = header_finder(terms.layout, terms.columns)
    try:
        reading = read_frame(frame, limits)
        # a personal number must not come near a message that quotes values
        personal = [remark for grid in reading.grids for remark in scan(grid, {}, limits) if remark.code == "OUT-701"]
        if personal:
            raise FrameFault(tuple(personal))
        header, said = find_table(reading.grids, finder)
        table = table_of(header, terms.layout, frozenset(terms.indicator_names))
    except Refusal as refusal:
        raise FrameFault((refusal.remark,)) from None
    scanned = tuple(remark for grid in reading.grids for remark in scan(grid, header.names, limits))
    faults = [remark for remark in (*said, *table.remarks, *scanned) if RULES[remark.code].severity is Severity.ERROR]
    if faults:
        raise FrameFault(tuple(faults))
    entries = prepared(table, terms)
    missing = [
        missing_column(column, table.header_row, table.names.values())
        for column in ("numerator", "denominator")
        if not table.has(column) and entries[f"needs_{column}"].any()
    ]
    if missing:
        raise FrameFault(tuple(missing))
    return table, entries
