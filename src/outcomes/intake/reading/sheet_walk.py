"""Goes through a worksheet's XML tag by tag and holds it to the one way in which its cells can be read."""

import re
import zipfile
from dataclasses import dataclass, field
from typing import Final

from outcomes.intake.reading.grid import Refusal
from outcomes.intake.reading.plain_sheet import MOST_COLUMNS, MOST_ROWS, PlainSheet
from outcomes.intake.reading.xml_events import local_name, parser_of, read_by
from outcomes.intake.remark import Remark

__all__ = ["SheetMarks", "walked"]

_ADDRESS: Final = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})\Z", re.ASCII)
_ROW: Final = re.compile(r"[1-9][0-9]{0,6}\Z", re.ASCII)
_ERROR: Final = re.compile(r"#(?:[A-Z_]{1,20}|DIV/0|N/A)[!?]?\Z", re.ASCII)
# a cell with a text names its place among the texts of the workbook, or none
_PLACE_OF_TEXT: Final = re.compile(r"(?:[0-9]{1,9})?\Z", re.ASCII)


@dataclass
class SheetMarks:
    """What stands in one worksheet's XML beside its values; places are (row from 0, column from 0).

    Of a worksheet in which nothing but values and formulas stands, `plain` holds its cells, and `of_contents` what is
    to be said of its contents: of each the row is its position. The places of cells are then empty. `height` and
    `width` are how far cells reach that hold anything.
    """

    errors: dict[tuple[int, int], str] = field(default_factory=dict)
    uncalculated: set[tuple[int, int]] = field(default_factory=set)
    percent: set[tuple[int, int]] = field(default_factory=set)
    hidden_rows: list[int] = field(default_factory=list)
    height: int = 0
    width: int = 0
    plain: PlainSheet | None = field(default=None, repr=False, compare=False)
    of_contents: "SheetMarks | None" = None


def walked(archive: zipfile.ZipFile, part: str | bytes, percent_styles: frozenset[str]) -> SheetMarks:
    """Return what stands in a worksheet's XML beside its values.

    Arguments:
        archive: A workbook that was found safe.
        part: The name of the worksheet's part, or its content.
        percent_styles: The numbers of the styles in which a number is shown as a hundred times as much.

    Raises:
        Refusal: It is not well-formed, or can be read in more ways than one.
    """
    walk = _Walk(percent_styles)
    read_by(walk.parser, archive, part)
    return walk.marks


class _Walk:
    """Where in a worksheet the parser is, and what it has seen."""

    def __init__(self, percent_styles: frozenset[str]) -> None:
        self.marks = SheetMarks()
        self.parser = parser_of(self._start, self._end, self._text)
        self.parser.CommentHandler = self.parser.StartCdataSectionHandler = self._aside
        self.parser.ProcessingInstructionHandler = self._aside
        self._percent_styles = percent_styles
        self._here: tuple[int, int] = (-1, -1)
        self._is_row_told = True
        self._kind = self._style = ""
        self._is_in_cell = self._is_in_value = False
        self._has_formula = self._has_value = self._has_text = False
        # the pieces of a value, and at which byte they begin
        self._pieces: list[str] = []
        self._begin = -1

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._aside()
        match local_name(name):
            case "c":
                self._here = _place(attributes.get("r"), self._here, self._is_row_told)
                self._is_row_told = self._is_in_cell = True
                self._kind, self._style = attributes.get("t", "n"), attributes.get("s", "")
                self._has_formula = self._has_value = self._has_text = False
                self._pieces, self._begin = [], -1
            case "v" if self._is_in_cell:
                if self._has_value or self._has_text:
                    raise _damaged("a cell holds two values")
                self._is_in_value = self._has_value = True
            case "f":
                self._has_formula = True
            case "is":
                if self._kind != "inlineStr":
                    # Excel shows nothing there, and a reader shows the text
                    raise _damaged("a cell holds a text, and says that it holds something else")
                if self._is_in_cell and (self._has_value or self._has_text):
                    raise _damaged("a cell holds two values")
                self._has_text = True
            case "row":
                self._here = (_row_of(attributes.get("r"), self._here[0]), -1)
                self._is_row_told = "r" in attributes
                if attributes.get("hidden") in ("1", "true"):
                    self.marks.hidden_rows.append(self._here[0] + 1)

    def _text(self, text: str) -> None:
        if self._is_in_value:
            if self._begin < 0:
                self._begin = self.parser.CurrentByteIndex
            self._pieces.append(text)

    def _aside(self, *_: object) -> None:
        """A tag, a comment or the like within a value: there readers stop, or pass over what follows."""
        if self._is_in_value:
            raise _damaged("a value is interrupted")

    def _end(self, name: str) -> None:
        local = local_name(name)
        if local == "v" and self._is_in_value:
            self._is_in_value = False
            written = self.parser.CurrentByteIndex - self._begin
            # a letter of a number that is written by its code ends the number for some readers
            if self._pieces and self._kind != "str" and written != len("".join(self._pieces).encode()):
                raise _damaged("a number is not written in plain digits")
            if self._kind == "s" and not _PLACE_OF_TEXT.match("".join(self._pieces)):
                raise _damaged("a cell names no text of the workbook")
        elif local == "c":
            self._end_of_cell()

    def _end_of_cell(self) -> None:
        value, marks, here = "".join(self._pieces), self.marks, self._here
        has_result = bool(value.strip())
        if self._kind == "e":
            # whatever else stands there is not to be quoted
            marks.errors[here] = value.strip() if _ERROR.match(value.strip()) else "#ERROR"
        elif self._has_formula and not has_result and self._kind not in ("str", "inlineStr"):
            marks.uncalculated.add(here)
        elif self._style in self._percent_styles and self._kind == "n" and has_result:
            marks.percent.add(here)
        # cells that only have a format may stand a million rows below the last one that holds something; for a value,
        # though it be empty, a reader may make room
        if self._has_value or self._has_formula or self._has_text or self._kind == "e":
            marks.height, marks.width = max(marks.height, here[0] + 1), max(marks.width, here[1] + 1)
        self._is_in_cell = False


def _place(address: str | None, before: tuple[int, int], is_row_told: bool) -> tuple[int, int]:
    if address is None:
        # a cell without an address follows the one before it
        return (before[0], before[1] + 1)
    found = _ADDRESS.match(address)
    column = 0
    for letter in found[1] if found else "":
        column = column * 26 + ord(letter) - 64
    row = int(found[2]) - 1 if found else MOST_ROWS
    if row >= MOST_ROWS or column > MOST_COLUMNS or row < before[0] or (row > before[0] and is_row_told):
        raise _damaged("a cell has an address outside its row")
    # a cell that is there twice could be read two ways
    if column - 1 <= before[1]:
        raise _damaged("the cells of a row are not in order")
    return (row, column - 1)


def _row_of(said: str | None, before: int) -> int:
    if said is None:
        # a row without a number follows the one before it
        return before + 1
    if not _ROW.match(said) or int(said) > MOST_ROWS:
        raise _damaged("a row has a number that no sheet has")
    if int(said) - 1 <= before:
        raise _damaged("its rows are not in order")
    return int(said) - 1


def _damaged(what: str) -> Refusal:
    return Refusal(Remark(code="OUT-007", details={"what": what}))
