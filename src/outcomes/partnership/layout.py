"""Layout: a description of a sheet, as data, so that other people's files are read without special code."""

from typing import Final, Literal

from pydantic import Field

from outcomes.scalars import Day, Definition, PositiveWhole, Slug, Text, Whole, Words
from outcomes.vocabulary import RowStatus

__all__ = ["NATIVE", "Choice", "Layout", "Limits", "PeriodReading", "RowFilter"]


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


class PeriodReading(Definition):
    """How the sheet writes periods.

    Attributes:
        form: `canonical` (with the lenient forms of the intake rules) or `year` (four digits: the calendar year,
            or the year in which a financial or academic year, or a span of three years, begins).
    """

    form: Literal["canonical", "year"] = "canonical"


class Layout(Definition):
    """How one kind of sheet is laid out.

    Attributes:
        id: Its code, which is also its file's name; partners.yaml names it under layout.
        title: Whose sheet it describes, in a few words.
        sheet: The worksheet to read; empty for the only one that holds data.
        header_search_rows: In how many top rows the header may stand.
        columns: The sheet's header (folded: trimmed, lower case, spaces and hyphens to underscores) to our column:
            indicator_id, place_code, period, numerator, denominator, value, lower_ci_95, upper_ci_95, value_note,
            comment, source_code, value_status, or a dimension such as sex. Empty: the headers are our own names.
        ignored_columns: Headers (folded) that are known and not read, so that nothing is said of them.
        constants: Our column to the text that every row has; only for columns that the sheet does not have.
        codes: Our column to (the sheet's text, trimmed, to ours); a text that is not listed stays as it is.
        rows: Which rows are read and which are skipped, with the reason; in order, counted, and said as a warning.
        empty_number_means: What a figure is that is empty in numerator and value; without it, blank is refused.
        tolerated: Codes of findings that a publication is let in with, each with the reason: a published contradiction
            is shown, not corrected. Only rules that say so themselves can be tolerated.
        period: How periods are written.
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
    sheet: Words = ""
    header_search_rows: PositiveWhole = 20
    columns: dict[Text, Slug] = Field(default_factory=dict)
    ignored_columns: tuple[Text, ...] = ()
    constants: dict[Slug, Text] = Field(default_factory=dict)
    codes: dict[Slug, dict[Text, Text]] = Field(default_factory=dict)
    rows: tuple[RowFilter, ...] = ()
    empty_number_means: RowStatus | None = None
    tolerated: dict[Text, Text] = Field(default_factory=dict)
    period: PeriodReading = PeriodReading()
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


NATIVE: Final = Layout(id="native", title="The long form: one row a figure")
