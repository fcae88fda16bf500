"""Layout: a description of a sheet, as data, so that other people's files are read without special code."""

from typing import Final, Literal, Self

from pydantic import Field, model_validator

from outcomes.partnership.layout_parts import (
    MARGIN,
    NUMBERS,
    Cells,
    OneBelowTheOther,
    PeriodReading,
    PlausibleChange,
    RowFilter,
    SideBySide,
    TotalRows,
    WideFigure,
)
from outcomes.scalars import Day, Definition, Flag, PositiveWhole, Slug, Text, Whole, Words
from outcomes.vocabulary import RowStatus

__all__ = [
    "MARGIN",
    "NATIVE",
    "NUMBERS",
    "Cells",
    "Choice",
    "Layout",
    "Limits",
    "NamedGroups",
    "OneBelowTheOther",
    "PeriodReading",
    "PlausibleChange",
    "RowFilter",
    "SideBySide",
    "TableDescription",
    "TotalRows",
    "WideFigure",
]


class Limits(Definition):
    """How large a file may be before it is refused unread.

    Attributes:
        max_file_bytes: Bytes of the file as it was sent.
        max_rows, max_columns: Rows and columns of one sheet.
        max_cell_chars: Characters of one cell.
        max_count: The largest number that a figure may have.
        xlsx_max_unpacked_bytes: Bytes of all parts of a workbook together, unpacked.
        xlsx_max_ratio: How many times smaller than its content a packed part of a workbook may be.
        xlsx_ratio_applies_above_bytes: Unpacked bytes of a part up to which its ratio is not looked at.
    """

    max_file_bytes: PositiveWhole = 209_715_200
    max_rows: PositiveWhole = 2_000_000
    max_columns: PositiveWhole = 200
    max_cell_chars: PositiveWhole = 32_767
    max_count: PositiveWhole = 1_000_000_000
    xlsx_max_unpacked_bytes: PositiveWhole = 536_870_912
    xlsx_max_ratio: PositiveWhole = 100
    xlsx_ratio_applies_above_bytes: PositiveWhole = 10_485_760


class Choice(Definition):
    """One category of a closed list and the spellings that are read as it.

    Attributes:
        category: The category, as figures have it.
        spellings: What partners write for it (trimmed, lower case).
    """

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
        rounded_to: Numerator or denominator to how many decimals of it are read: what floating point has left beyond
            them is rounded away (half away from zero), and counted.
        empty_number_means: What a figure is that is empty in numerator and value; without it, blank is refused.
        tolerated: Codes of findings that a publication is let in with, each with the reason: a published contradiction
            is shown, not corrected. Only rules that say so themselves can be tolerated.
        ragged_tail: How many trailing header fields the data rows may lack.
        null_words: Texts that mean "not given" in optional columns (trimmed, lower case).
        markers: What stands in place of a number, by meaning (trimmed, lower case).
        lists: Closed lists of the breakdown columns.
        first_period_starts: No period may begin before this day.
        plausible_change: When a figure is said to be out of line with the sender's own earlier ones.
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
    rounded_to: dict[Literal["numerator", "denominator"], Whole] = Field(default_factory=dict)
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
    plausible_change: PlausibleChange = PlausibleChange()
    limits: Limits = Limits()
    source: Words = ""
    licence: Words = ""

    @model_validator(mode="after")
    def _tables_say_each_thing_once(self) -> Self:
        for table in self.described_tables:
            shapes = [name for name in ("wide", "side_by_side", "one_below_the_other") if getattr(table, name, None)]
            if len(shapes) > 1:
                raise ValueError(f"a table is either {shapes[0]} or {shapes[1]}, and not both")
            mapped = set(table.columns.values())
            twice = sorted(mapped & set(table.joined))
            if twice:
                raise ValueError(f"{twice[0]!r} is a column and joined of several; keep one")
            given = {name for figure in table.wide for name in figure.constants}
            given |= {table.side_by_side.becomes} if table.side_by_side else set()
            twice = sorted(given & (mapped | set(table.joined)))
            if twice:
                raise ValueError(f"{twice[0]!r} is a column of the sheet and said by each figure; keep one")
            if (table.period.cell or table.period.beside) and "period" in given | mapped | {
                *table.joined,
                *table.constants,
            }:
                # the one cell would overrule what each row says
                raise ValueError("one cell names the period of the sheet, and so does a column or constant; keep one")
            if table.period.sheet and table.sheet:
                raise ValueError("period.sheet says which worksheets are read, and so does sheet; keep one")
            # months that stand side by side are those of the worksheet's year
            others = {*mapped, *table.joined, *table.constants, *(name for one in table.wide for name in one.constants)}
            if table.period.sheet and "period" in others:
                raise ValueError("the worksheet's name names the period, and so does a column or constant; keep one")
        return self

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

    @property
    def columns_named(self) -> frozenset[str]:
        """Our columns that any of the tables fills."""
        found: set[str] = set()
        for table in self.described_tables:
            found |= {*table.columns.values(), *table.constants, *table.joined, *table.codes}
            for figure in table.wide:
                found |= {*figure.constants, *figure.cells}
            if table.side_by_side:
                found |= {table.side_by_side.becomes, table.side_by_side.figure}
            if table.one_below_the_other:
                found |= set(table.one_below_the_other.figures.values())
            if table.named_groups:
                found |= set(table.named_groups.dimensions.values())
        return frozenset(found - {MARGIN})


NATIVE: Final = Layout(id="native", title="The long form: one row a figure")
