"""Layout: a description of a sheet, as data, so that other people's files are read without special code."""

from typing import Final, Literal

from pydantic import Field

from outcomes.scalars import Day, Definition, Flag, PositiveWhole, Slug, Text, Whole, Words
from outcomes.vocabulary import RowStatus

__all__ = [
    "NATIVE",
    "Cells",
    "Choice",
    "Layout",
    "Limits",
    "NamedGroups",
    "OneBelowTheOther",
    "PeriodReading",
    "RowFilter",
    "SideBySide",
    "TableDescription",
    "TotalRows",
    "WideFigure",
]


class Limits(Definition):
    """How large a file may be before it is refused unread."""

    max_file_bytes: PositiveWhole = 209_715_200
    max_rows: PositiveWhole = 2_000_000
    max_columns: PositiveWhole = 200
    max_cell_chars: PositiveWhole = 32_767
    max_count: PositiveWhole = 1_000_000_000
    max_id_chars: PositiveWhole = 64
    xlsx_max_unpacked_bytes: PositiveWhole = 536_870_912
    xlsx_max_ratio: PositiveWhole = 100
    xlsx_ratio_applies_above_bytes: PositiveWhole = 10_485_760


class Choice(Definition):
    """One category of a closed list and the spellings (trimmed, lower case) that are read as it."""

    category: Text
    spellings: tuple[Text, ...] = ()


def _default_lists() -> dict[str, tuple[Choice, ...]]:
    return {
        "sex": (
            Choice(category="Persons", spellings=("persons", "person", "p", "all")),
            Choice(category="Male", spellings=("male", "m")),
            Choice(category="Female", spellings=("female", "f")),
        ),
    }


class RowFilter(Definition):
    """Rows that are read only (`keep`), or skipped and counted (`skip`), by what stands in one of the sheet's columns.

    Attributes:
        column: The sheet's own header.
        keep: The row is read only if the cell is one of these; an empty text means an empty cell.
        skip: The row is skipped if the cell is one of these.
        because: Said with the number of rows that were skipped.
    """

    column: Text
    keep: tuple[Words, ...] = ()
    skip: tuple[Words, ...] = ()
    because: Text


class TotalRows(Definition):
    """Rows that are totals of the others: compared with the sum of their parts, never read as a place.

    Attributes:
        column: The sheet's own header by which a total row is known.
        texts: What stands there in a total row (trimmed, any case).
        within: The sheet's headers in which a total and its parts have the same text; empty: every other row is a part.
        because: Said with the number of rows.
    """

    column: Text
    texts: tuple[Words, ...] = Field(min_length=1)
    within: tuple[Text, ...] = ()
    because: Words = ""


class Cells(Definition):
    """Cells of one row whose numbers make up one number, exactly.

    Attributes:
        add: The sheet's headers whose cells are added up. A cell that holds a marker, or nothing, or no number makes
            the whole so: a part that is missing is not nought.
        less: Headers whose cells are taken off.
    """

    add: tuple[Text, ...] = Field(min_length=1)
    less: tuple[Text, ...] = ()


class WideFigure(Definition):
    """One figure among those that stand side by side in each row of a wide sheet.

    Attributes:
        constants: Our column to the text that this figure has in every row, such as its indicator_id.
        cells: Our column of a number (numerator, denominator, value, lower_ci_95, …) to the cells it is made of.
        is_left_out_where_blank: Whether a row in which all of its cells are blank has no such figure.
    """

    constants: dict[Slug, Text] = Field(default_factory=dict)
    cells: dict[Slug, Cells] = Field(min_length=1)
    is_left_out_where_blank: Flag = False


class SideBySide(Definition):
    """A run of columns that hold the same number for different categories, periods or indicators.

    Attributes:
        headers: The sheet's headers; empty where a pattern finds them.
        pattern: A regular expression that the whole header must match (before folding, trimmed); what its first group
            holds, or else all of it, is the text.
        becomes: Our column for the header's text, such as age_band or period; `codes` and `lists` apply to it.
        figure: Our column for the cells' numbers.
        is_left_out_where_blank: Whether a blank cell is no figure at all.
    """

    headers: tuple[Text, ...] = ()
    pattern: Words = ""
    becomes: Slug
    figure: Slug = "numerator"
    is_left_out_where_blank: Flag = False


class OneBelowTheOther(Definition):
    """A sheet in which the numbers of one figure stand in several rows, each row saying which number it holds.

    Rows that agree in every other column that is read belong to one figure.

    Attributes:
        column: The sheet's header of the column that says which number it is.
        value: The sheet's header of the column of the numbers.
        figures: What stands in `column` (trimmed, any case) to our column of a number; `margin_95` is half the width of
            a 95% interval around the value.
        skip: What stands in `column` of rows that are known and not read.
    """

    column: Text
    value: Text
    figures: dict[Text, Slug] = Field(min_length=1)
    skip: tuple[Text, ...] = ()


class PeriodReading(Definition):
    """How the sheet writes periods.

    Attributes:
        form: `canonical` (with the lenient forms of the intake rules) or `year` (four digits: the calendar year,
            or the year in which a financial or academic year, or a span of three years, begins).
        pattern: The text around the period, which is written as `{period}`, such as `MSitAE-{period}`; any case.
        cell: The address of the one cell that names the period of the whole sheet, such as `A2`.
        beside: The text of a cell above the header; the first filled cell right of it names the period of the sheet.
    """

    form: Literal["canonical", "year"] = "canonical"
    pattern: Words = ""
    cell: Words = ""
    beside: Words = ""


class NamedGroups(Definition):
    """A pair of columns of which one says in which way people are grouped, and the other in which group the row is.

    Attributes:
        kind: The sheet's header of the column that names the way to group people; empty in rows about everybody.
        category: The sheet's header of the column of the groups; `codes` and `lists` of our column apply to it.
        dimensions: What stands in `kind` (trimmed, any case, without quotation marks around it) to our column, such as
            ethnic_group.
        unlisted: Why rows grouped in another way are skipped and counted; empty: such a row is refused.
    """

    kind: Text
    category: Text
    dimensions: dict[Text, Slug] = Field(min_length=1)
    unlisted: Words = ""


class TableDescription(Definition):
    """How one table of a file is laid out.

    Attributes:
        sheet: The worksheet to read (any case); alternatives that other issues of the file use are separated by `|`.
            Empty for the only one that holds data.
        header_search_rows: In how many top rows the header may stand.
        header_rows: In how many rows the header stands. A header of several rows reads downwards, its parts joined by a
            blank; a part that is empty is that of the nearest filled cell to the left, except in the last row.
        is_header_repeated_by_first: Whether of several columns with one header the first one counts.
        columns: The sheet's header (folded: trimmed, lower case, spaces and hyphens to underscores) to our column:
            indicator_id, place_code, period, numerator, denominator, value, lower_ci_95, upper_ci_95, value_note,
            comment, source_code, value_status, or a dimension such as sex. Empty: the headers are our own names.
        ignored_columns: Headers (folded) that are known and not read, so that nothing is said of them.
        constants: Our column to the text that every row has; only for columns that the sheet does not have.
        codes: Our column to (the sheet's text, trimmed, to ours); a text that is not listed stays as it is.
        joined: Our column to the sheet's headers whose texts, joined by a blank, are its text (before `codes`).
        rows: Which rows are read and which are skipped, with the reason; in order, counted, and said as a warning.
        totals: Rows that are totals of the others.
        wide: The figures that stand side by side in each row, where a row holds several.
        side_by_side: A run of columns that hold one number for different categories or periods.
        one_below_the_other: For sheets in which each row holds one number of a figure.
        named_groups: For sheets in which one column names the breakdown and another its category.
        period: How periods are written.
    """

    sheet: Words = ""
    header_search_rows: PositiveWhole = 20
    header_rows: PositiveWhole = 1
    is_header_repeated_by_first: Flag = False
    columns: dict[Text, Slug] = Field(default_factory=dict)
    ignored_columns: tuple[Text, ...] = ()
    constants: dict[Slug, Text] = Field(default_factory=dict)
    codes: dict[Slug, dict[Text, Text]] = Field(default_factory=dict)
    joined: dict[Slug, tuple[Text, ...]] = Field(default_factory=dict)
    rows: tuple[RowFilter, ...] = ()
    totals: tuple[TotalRows, ...] = ()
    wide: tuple[WideFigure, ...] = ()
    side_by_side: SideBySide | None = None
    one_below_the_other: OneBelowTheOther | None = None
    named_groups: NamedGroups | None = None
    period: PeriodReading = PeriodReading()


class Layout(TableDescription):
    """How one kind of file is laid out: its one table, or several.

    Attributes:
        id: Its code, which is also its file's name; partners.yaml names it under layout.
        title: Whose sheet it describes, in a few words.
        tables: The tables, where a file holds several; each takes from the layout what it does not say itself, and
            all of them together are one submission.
        is_old_excel_read: Whether a workbook of Excel 97 to 2003 (.xls) is read; its formulas are taken as last saved.
        unlisted_places: Why rows about places that the partnership does not know are skipped and counted, as in a
            national file; empty: such a row is refused.
        unlisted_indicators: The same for indicators.
        ambiguous_repeats: Why rows that give different figures for one indicator, place, period and group are all set
            aside and counted, as in an extract that has lost the columns that told them apart; empty: they are refused.
        absent_rows_mean_none: Why a figure that has no row is 0 (of 0), as in tables that leave out every row in which
            nobody was counted: such rows are added, for every place that the file names and every combination of the
            categories that stand together in it, and counted. Empty: what has no row was not sent.
        empty_number_means: What a figure is that is empty in numerator and value; without it, blank is refused.
        tolerated: Codes of findings that a publication is let in with, each with the reason: a published contradiction
            is shown, not corrected. Only rules that say so themselves can be tolerated.
        ragged_tail: How many trailing header fields the data rows may lack.
        null_words: Texts that mean "not given" in optional columns (trimmed, lower case).
        markers: What stands in place of a number, by meaning (trimmed, lower case).
        lists: Closed lists of the breakdown columns.
        first_period_starts: No period may begin before this day.
        limits: Size limits.
        source, licence: Of a published sheet.
    """

    id: Slug
    title: Text
    tables: tuple[TableDescription, ...] = ()
    is_old_excel_read: Flag = False
    unlisted_places: Words = ""
    unlisted_indicators: Words = ""
    ambiguous_repeats: Words = ""
    absent_rows_mean_none: Words = ""
    empty_number_means: RowStatus | None = None
    tolerated: dict[Text, Text] = Field(default_factory=dict)
    ragged_tail: Whole = 0
    null_words: tuple[Text, ...] = ("null", "n/a", "na", "none", "-")
    markers: dict[RowStatus, tuple[Text, ...]] = Field(
        default_factory=lambda: {
            RowStatus.SUPPRESSED: ("*", "c", "[c]", "<5", "<8"),
            RowStatus.NOT_AVAILABLE: ("..", "x", "[x]"),
            RowStatus.NOT_APPLICABLE: ("z", "[z]"),
        }
    )
    lists: dict[Slug, tuple[Choice, ...]] = Field(default_factory=_default_lists)
    first_period_starts: Day | None = None
    limits: Limits = Limits()
    source: Words = ""
    licence: Words = ""

    @property
    def described_tables(self) -> tuple[TableDescription, ...]:
        """Every table of the file, each with what it takes from the layout."""
        own = {name: getattr(self, name) for name in TableDescription.model_fields}
        if not self.tables:
            return (TableDescription.model_construct(**own),)
        return tuple(
            TableDescription.model_construct(
                **{**own, **{name: getattr(table, name) for name in table.model_fields_set}}
            )
            for table in self.tables
        )


NATIVE: Final = Layout(id="native", title="The long form: one row a figure")
