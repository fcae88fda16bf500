"""The nouns of a trial: what a layout makes of a file, sheet by sheet and column by column; nothing is stored."""

from dataclasses import dataclass
from enum import StrEnum

from outcomes.errors import Fault
from outcomes.finding import Finding
from outcomes.vocabulary import Verdict

__all__ = ["ColumnSeen", "FigureSeen", "LayoutTrial", "ReadAs", "RowsSeen", "SheetSeen", "TableSeen", "TextSeen"]


class ReadAs(StrEnum):
    """What the description of a sheet makes of one of its columns."""

    OURS = "read"
    NAMED = "named by the layout"
    IGNORED = "ignored"
    UNKNOWN = "unknown"
    NAMELESS = "without a name"


@dataclass(frozen=True)
class SheetSeen:
    """A worksheet, or the one table of a file without sheets.

    Attributes:
        name: The worksheet's name; None in a file without sheets.
        rows, columns: How large it is.
        tables: How many tables were found in it.
    """

    name: str | None
    rows: int
    columns: int
    tables: int


@dataclass(frozen=True)
class ColumnSeen:
    """One column of a table.

    Attributes:
        letter: Its letter in the sheet.
        header: The sheet's own wording, quoted short.
        read_as: What is made of it.
        column: Our column, where it is one.
        nearest: Of an unknown one, what may have been meant: a header that the layout names, or a column of ours. Of an
            ignored one, why, if the layout does not name it.
    """

    letter: str
    header: str
    read_as: ReadAs
    column: str = ""
    nearest: str = ""


@dataclass(frozen=True)
class TextSeen:
    """One text of a column of codes.

    Attributes:
        column: Our column.
        text: What stands in the sheet, quoted short.
        becomes: What `codes` makes of it; empty where no code translates it, and it stays as it is.
        rows: In how many of the rows that were read.
        is_known: Whether it is then an indicator, a place, a period or a category that this partnership has.
    """

    column: str
    text: str
    becomes: str
    rows: int
    is_known: bool


@dataclass(frozen=True)
class RowsSeen:
    """Some rows of a table, or numbers of its totals, and what became of them.

    Attributes:
        count: How many rows; None where the sentence says it.
        what: In words.
        code: The code of the finding that says it.
    """

    count: int | None
    what: str
    code: str


@dataclass(frozen=True)
class TableSeen:
    """A table that was found.

    Attributes:
        sheet: Its worksheet.
        header_first_row, header_row: The first and the last row of its header; 0 where the file itself has the names.
        columns: Every column.
        constants: Our columns that have one text in every row.
        figures: How many figures stand in each row.
        texts: What stands in the columns of codes: the most frequent of each, those that nobody knows first.
        texts_left: How many further texts of each column are not listed.
        rows_below: How many rows stand below the header.
        rows_read: Those of which at least one figure was read.
        rows_left: Rows that were skipped, with the reason; and what totals were compared.
    """

    sheet: str | None
    header_first_row: int
    header_row: int
    columns: tuple[ColumnSeen, ...]
    constants: tuple[tuple[str, str], ...]
    figures: int
    texts: tuple[TextSeen, ...]
    texts_left: tuple[tuple[str, int], ...]
    rows_below: int
    rows_read: int
    rows_left: tuple[RowsSeen, ...]


@dataclass(frozen=True)
class FigureSeen:
    """One figure as it was read, with the cells that it was read from.

    Attributes:
        sheet, row: Where it stands.
        indicator_id, area_code, period, breakdown: What it is for; empty where it could not be told.
        numbers: Our column of a number, its text, and its cell (empty where several cells or no cell make it up).
    """

    sheet: str | None
    row: int
    indicator_id: str
    area_code: str
    period: str
    breakdown: str
    numbers: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True)
class LayoutTrial:
    """What a layout makes of a file; nothing is stored.

    Attributes:
        file: The file's name, without folders.
        layout: The layout's id; empty where it could not be read.
        partner_code: Whose file it was read as; empty: anybody's, so that nothing is held to what a partner supplies.
        faults: What is wrong with the layout itself, by file and line; advice too.
        sheets: Every worksheet.
        tables: The tables that were found.
        fitting: The layouts of the partnership whose tables stand in the file.
        indicators, periods: Those that were read, with the number of figures of each.
        figures: How many were read.
        first_figures: The first of them.
        verdict: What `check` would say.
        findings: All that it would say.
        proposal: A first layout in YAML, of the file's own headers; each of its guesses is marked as one.
    """

    file: str
    layout: str
    partner_code: str
    faults: tuple[Fault, ...]
    sheets: tuple[SheetSeen, ...] = ()
    tables: tuple[TableSeen, ...] = ()
    fitting: tuple[str, ...] = ()
    indicators: tuple[tuple[str, int], ...] = ()
    periods: tuple[tuple[str, int], ...] = ()
    figures: int = 0
    first_figures: tuple[FigureSeen, ...] = ()
    verdict: Verdict | None = None
    findings: tuple[Finding, ...] = ()
    proposal: str = ""
