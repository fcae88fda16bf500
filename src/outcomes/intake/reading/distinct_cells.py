"""Has the workbook reader read what the cells of plain worksheets hold, each content once in place of every cell."""

import io
import zipfile
from collections.abc import Callable, Mapping
from typing import Any, Final, TypeVar

import python_calamine

from outcomes.intake.reading.plain_sheet import PlainSheet, condensed, with_known_errors

__all__ = ["values_of_contents"]

Read = TypeVar("Read")

_MARKUP: Final = (".xml", ".rels")
# what the reader unpacks, too
_PACKINGS: Final = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
# of more contents than this, each should stand in two cells at least
_FEW: Final = 10_000


def values_of_contents(
    archive: zipfile.ZipFile, sheets: Mapping[str, str], plain: Mapping[str, PlainSheet]
) -> dict[str, list[Any]]:
    """Return what the reader says of each content of plain worksheets, by the sheets' names.

    What a cell means hangs on its own tag and on the workbook's strings, styles and settings, never on where it stands.
    So the reader is given the same workbook with smaller worksheets, and what it says is spread over the cells.

    Arguments:
        archive: A workbook that was found safe.
        sheets: The worksheets' names, each with the name of its part.
        plain: The worksheets, by name, in which nothing but values and formulas stands.

    Returns:
        For each sheet as many values as it has contents; a sheet is missing where it is to be read cell by cell.
    """
    chosen = {
        sheets[name]: name
        for name, sheet in plain.items()
        if archive.getinfo(sheets[name]).compress_type in _PACKINGS
        and len(sheet.contents) <= max(_FEW, len(sheet.positions) // 2)
    }
    if not chosen:
        return {}
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as smaller:
        for part in archive.namelist():
            if part in chosen:
                smaller.writestr(zipfile.ZipInfo(part), condensed(with_known_errors(plain[chosen[part]]), _label(part)))
            elif part.lower().endswith(_MARKUP) and part not in sheets.values():
                smaller.writestr(zipfile.ZipInfo(part), archive.read(part))
    buffer.seek(0)
    workbook = _tried(python_calamine.CalamineWorkbook.from_filelike, buffer)
    found: dict[str, list[Any]] = {}
    for part, name in chosen.items() if workbook else ():
        lines = _tried(_cells_of, workbook, name) or [[]]
        # another worksheet might be the one that the reader takes for it
        if lines.pop() == [_label(part)] and len(lines) == len(plain[name].contents):
            found[name] = [value for (value,) in lines]
    return found


def _label(part: str) -> str:
    # in XML as it is
    return "part " + part.encode().hex()


def _cells_of(workbook: python_calamine.CalamineWorkbook, name: str) -> list[list[Any]]:
    return workbook.get_sheet_by_name(name).to_python(skip_empty_area=False)


def _tried(read: Callable[..., Read], *of: Any) -> Read | None:
    try:
        return read(*of)
    except BaseException as error:
        # the reader is written in Rust: what it cannot read may arrive as a panic, which is no Exception
        if isinstance(error, Exception) or type(error).__name__ == "PanicException":
            return None
        raise
