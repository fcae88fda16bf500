"""Reads a workbook of Excel 97 to 2003 (.xls) that was found safe: its formulas are taken as they were last saved."""

from typing import Final

from outcomes.intake.personal_numbers import rows_with_nhs_number
from outcomes.intake.reading.binary_marks import DamagedRecordsError, PasswordError, binary_marks
from outcomes.intake.reading.compound_file import DamagedContainerError, every_stream, open_compound_file
from outcomes.intake.reading.grid import Reading, Refusal
from outcomes.intake.reading.sheet_walk import SheetMarks
from outcomes.intake.reading.unseen_bytes import numbers_in_parts
from outcomes.intake.reading.workbook import grids_of
from outcomes.intake.remark import Remark
from outcomes.partnership.layout import Limits

__all__ = ["read_old_workbook", "refusal_of_old_workbook"]

_STREAMS: Final = ("Workbook", "Book")
_ENCRYPTED: Final = "EncryptedPackage"
_LOCKED: Final = "is protected by a password"


def read_old_workbook(content: bytes, limits: Limits) -> Reading:
    """Return one table for each worksheet that holds anything.

    Raises:
        Refusal: The file is damaged or protected by a password, is no workbook, or is too large.
    """
    grids = grids_of(content, _marks_of(content), limits)
    is_in_cells = any(rows_with_nhs_number(cells) for grid in grids for cells in grid.cells)
    try:
        found = tuple(
            numbers_in_parts(content, every_stream(content), names_of_sheets=_STREAMS, is_in_cells=is_in_cells)
        )
    except DamagedContainerError as fault:
        raise _damaged(f"it is damaged or cut off ({fault})") from None
    return Reading(grids, found)


def refusal_of_old_workbook(content: bytes) -> Refusal:
    """Return why an old Office file is refused that no description allows to be read."""
    try:
        _marks_of(content)
    except Refusal as refusal:
        if refusal.remark.code != "OUT-007":
            return refusal
        return _locked("is protected by a password, is in the old Excel format (.xls), or is damaged")
    return _locked("is in the old Excel format (.xls), which is read only where the layout of the sheet says so")


def _locked(what: str) -> Refusal:
    return Refusal(Remark(code="OUT-005", details={"what": what}))


def _damaged(what: str) -> Refusal:
    return Refusal(Remark(code="OUT-007", details={"what": what}))


def _marks_of(content: bytes) -> dict[str, SheetMarks]:
    try:
        container = open_compound_file(content, _STREAMS)
        if _ENCRYPTED in container.names:
            # a newer workbook with a password is kept in an old container
            raise _locked(_LOCKED)
        stream = next((container.streams[name] for name in _STREAMS if name in container.streams), None)
        if stream is None:
            raise Refusal(Remark(code="OUT-003", details={"what": "an old Office file without a worksheet"}))
        return binary_marks(stream)
    except PasswordError:
        raise _locked(_LOCKED) from None
    except (DamagedContainerError, DamagedRecordsError) as fault:
        raise _damaged(f"it is damaged or cut off ({fault})") from None
