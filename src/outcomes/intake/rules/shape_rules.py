"""Rules on the shape of the table (OUT-1..): sheet, header, columns, and rows that hold no figure."""

from typing import Final

from outcomes.intake.rules.rule import Rule, error, warning

__all__ = ["SHAPE_RULES"]

_HEADER: Final = "indicator_id,place_code,period,numerator,denominator"

SHAPE_RULES: Final[tuple[Rule, ...]] = (
    error(
        "OUT-101",
        "no-header",
        "No row with the column names was found in the first {rows} rows. {hint}",
        "Put the column names in the row above the figures, one row a figure: {expected}.",
        example=_HEADER,
    ),
    error(
        "OUT-102",
        "column-missing",
        "The column {column} is missing. {hint}",
        "{how}",
        example=_HEADER,
    ),
    error(
        "OUT-103",
        "column-twice",
        "Two columns are called {column}; it cannot be told which one counts.",
        "Delete or rename one of them.",
    ),
    error(
        "OUT-104",
        "no-figures",
        "There is a header, but no row with a figure under it. That is not the same as zero.",
        "Add the figures; write a marker such as [x] where a figure is not available.",
    ),
    error(
        "OUT-105",
        "several-tables",
        "Several worksheets hold a table with this header: {sheets}. It cannot be told which is the return.",
        "Send a workbook with one such sheet, in which all stands that is to count.",
    ),
    error(
        "OUT-106",
        "row-too-long",
        "The row has {found:# field|# fields}, the header has {expected}. A number may have slipped into the "
        "next column, "
        "as an unquoted 1,050 does.",
        "Remove the surplus fields; write numbers without separators.",
        example="1050",
    ),
    error(
        "OUT-107",
        "row-cut-short",
        "The row ends before the column {column}.",
        "Complete the row, and check that the file was not cut off.",
    ),
    error(
        "OUT-108",
        "file-cut-off",
        "The file ends in the middle of its last row ({found} of {expected} fields, and no line end); "
        "its last number may have lost digits.",
        "Send the whole file again.",
    ),
    error(
        "OUT-109",
        "column-of-lists",
        "The column {column} holds lists or groups of values; a single number or text is expected in each cell.",
        "Write one value in each cell, and a row for each figure.",
    ),
    error(
        "OUT-110",
        "sheet-missing",
        "There is no worksheet called {expected}; there are: {sheets}.",
        "Give the worksheet the name that is expected, or ask for the description of the sheet to be changed.",
    ),
    error(
        "OUT-111",
        "filter-column-missing",
        "The column {column}, which says which rows are meant, is missing.",
        "Send the sheet with this column, as it is described: {layout}.",
    ),
    error(
        "OUT-112",
        "nothing-listed",
        "No row is about a place and an indicator that this partnership knows; all were left out.",
        "Check that it is the right file, and that its codes are those of the code list.",
    ),
    error(
        "OUT-113",
        "kind-of-number-unknown",
        "“{value}” is none of the kinds of number that the description of this sheet knows.",
        "Correct the text, or describe it: which of our columns it fills, or that it is not read.",
    ),
    error(
        "OUT-115",
        "way-of-grouping-unknown",
        "“{value}” is none of the ways to group people that the description of this sheet knows.",
        "Correct the text, or describe it: which of our columns it names, or that such rows are not read.",
    ),
    error(
        "OUT-114",
        "header-differs",
        "A header stands here once more, but its columns are not those of the first one.",
        "Send the tables with the same columns in the same order, or describe the second one as a table of its own.",
    ),
    error(
        "OUT-116",
        "row-in-one-cell",
        "A whole row stands in one cell (“{value}”): its fields are separated otherwise than in the other rows, or it "
        "is in quotation marks from end to end.",
        "Write the row as the others are written, each field in its own column.",
    ),
    warning(
        "OUT-151",
        "row-above-header",
        "The row stands above the header and was skipped.",
        "Nothing needs doing.",
    ),
    warning("OUT-152", "blank-row", "The row is blank and was skipped.", "Nothing needs doing."),
    warning(
        "OUT-153",
        "blank-column",
        "The column {letter} has no name and nothing in it; it was skipped.",
        "Nothing needs doing.",
    ),
    warning(
        "OUT-154",
        "text-row",
        "The row holds words only (“{value}”), no figure; it was skipped.",
        "Nothing needs doing, if it is a note or a heading.",
    ),
    warning(
        "OUT-155",
        "header-repeated",
        "The header stands here once more; the row was skipped.",
        "Check that two exports were pasted together on purpose.",
    ),
    warning(
        "OUT-156",
        "row-short",
        "The row has {found:# field|# fields}, the header has {expected}; only columns that may be empty are "
        "missing. "
        "It was read.",
        "Nothing needs doing.",
    ),
    warning(
        "OUT-157",
        "surplus-fields-empty",
        "Every row ends in "
        "{found:# empty field that has no header; it was|# empty fields that have no header; they were} "
        "skipped.",
        "Nothing needs doing.",
    ),
    warning(
        "OUT-158",
        "column-not-read",
        "The column {column} is not asked for and was not read. {hint}",
        "Delete it, or correct its name if it should be one of: {expected}.",
    ),
    warning(
        "OUT-164",
        "columns-not-described",
        "The description of this sheet says nothing of these columns, and they were not read: {columns}.",
        "Nothing needs doing, or describe them.",
    ),
    warning(
        "OUT-159",
        "column-without-name",
        "The column {letter} has no name, but something stands in it (first in row {first}); it was not read.",
        "Give the column its name, or delete it.",
    ),
    warning(
        "OUT-160",
        "header-spelling",
        "The header “{value}” was read as {column}.",
        "Nothing needs doing; {column} is the exact name.",
    ),
    warning(
        "OUT-161",
        "sheet-chosen",
        "The workbook has several worksheets; “{sheet}” was read, because only it has the header. Not read: {others}.",
        "Nothing needs doing, if that is the return.",
    ),
    warning(
        "OUT-162",
        "hidden-row",
        "The row is hidden in the worksheet; its figure was read like any other.",
        "Delete the row if it is not meant to be sent.",
    ),
    warning(
        "OUT-163",
        "rows-left-out",
        "{found:# row was|# rows were} left out by the column {column}, as the description of this sheet says. "
        "{because}",
        "Nothing needs doing.",
    ),
    warning(
        "OUT-168",
        "total-not-found",
        "No row has {texts} in the column {column}, by which the description of this sheet knows its totals; nothing "
        "was compared with them.",
        "Check whether totals are called otherwise in this file.",
    ),
    warning(
        "OUT-169",
        "sheet-of-other-name",
        "Worksheets are read whose name is written like “{written}”. Not read: {others}.",
        "Nothing needs doing, if these hold no figures; else give them the name that is expected.",
    ),
    warning(
        "OUT-167",
        "table-without-figures",
        "One of the tables that the description of this file names has no row with a figure in it.",
        "Nothing needs doing, if there are none.",
    ),
    warning(
        "OUT-165",
        "totals-compared",
        "{found:# row is a total and belongs|# rows are totals and belong} to no place, as the description of "
        "this sheet "
        "says; {compared:# number was|# numbers were} compared with the sum of the parts, and "
        "{agreeing:# agrees|# agree}. "
        "{because}",
        "Nothing needs doing.",
    ),
    warning(
        "OUT-166",
        "absent-rows",
        "{found:# figure without a row was|# figures without a row were} read as 0, as the description of this "
        "sheet says. "
        "{because}",
        "Nothing needs doing.",
    ),
)
