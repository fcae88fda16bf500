"""Rules on the file as such (OUT-0..): whether it opens, how large it is, how its text is written, whose it is."""

from typing import Final

from outcomes.intake.rules.rule import Rule, error, warning

__all__ = ["FILE_RULES"]

FILE_RULES: Final[tuple[Rule, ...]] = (
    error("OUT-001", "empty-file", "The file is empty: nothing was sent.", "Send the file again, with its figures."),
    error(
        "OUT-002",
        "file-too-large",
        "The file is larger than {limit}, and no larger one is read.",
        "Send fewer periods at a time, or only the columns that are asked for.",
    ),
    error(
        "OUT-003",
        "not-a-table",
        "The file is {what}, not a table of figures.",
        "Send the table itself, saved as CSV, Excel workbook (.xlsx) or Parquet.",
    ),
    error(
        "OUT-004",
        "damaged-text",
        "Between its letters the file holds empty bytes, which no text has. It is damaged, or written in UTF-16 "
        "without "
        "the mark that says so.",
        "Save the file again as “CSV UTF-8” and send it.",
    ),
    error(
        "OUT-005",
        "locked-or-old-workbook",
        "The workbook {what}.",
        "Open it in Excel, remove the password if it has one, and save it as “Excel Workbook (.xlsx)”.",
    ),
    error(
        "OUT-006",
        "unsafe-workbook",
        "The workbook was refused unopened: {what}.",
        "Copy the figures into a new, plain workbook and send that.",
    ),
    error(
        "OUT-007",
        "unreadable-workbook",
        "The file cannot be read as an Excel workbook: {what}.",
        "Open it in Excel, save it again as “Excel Workbook (.xlsx)”, and check that the upload finished.",
    ),
    error(
        "OUT-008",
        "unreadable-parquet",
        "The Parquet file is cut off or damaged.",
        "Export the file again, and check that the upload finished.",
    ),
    error(
        "OUT-009",
        "unknown-encoding",
        "The letters of the file cannot be read{from_here}. Text in UTF-8 is expected; UTF-16 with its mark and "
        "Windows-1252 are read "
        "too.",
        "Save the file again as “CSV UTF-8”.",
    ),
    error(
        "OUT-010",
        "broken-quotes",
        "A quotation mark opens in row {row} or after it and is never closed: all that follows would be one cell.",
        'Close the quotation mark, or write one inside a text twice ("").',
    ),
    error(
        "OUT-011",
        "too-many-rows",
        "The table has {found:# row|# rows}; the limit is {limit}.",
        "Send fewer periods at a time; delete formatted but empty rows under the table.",
    ),
    error(
        "OUT-012",
        "too-many-columns",
        "A row has {found} columns; the limit is {limit}.",
        "Send only the columns that are asked for; delete formatted but empty columns beside the table.",
    ),
    error(
        "OUT-013",
        "cell-too-long",
        "A cell is longer than {limit} characters; nothing after it was read.",
        "Shorten the text, or leave it out.",
    ),
    error(
        "OUT-014",
        "sender-unknown",
        "It cannot be told whose file this is: no partner's file names look like this one's.",
        "Say the partner (--partner), or name the file as agreed: {patterns}.",
    ),
    error(
        "OUT-015",
        "sender-in-doubt",
        "It cannot be told whose file this is: the file name fits {partners}.",
        "Say the partner (--partner), or give each partner its own pattern of file names.",
    ),
    error(
        "OUT-016",
        "template-of-unknown",
        "The workbook was made as the template of “{found}”, and no partner of this partnership has that code.",
        "Fill the template that was made for you, or ask for a new one.",
    ),
    error(
        "OUT-017",
        "sender-contradicted",
        "The workbook was made as the template of {found}, but {said} {given}. It cannot be told whose figures these "
        "are.",
        "If they are those of {found}, send the file under that name; if not, put the figures into the template that "
        "was made for {given}.",
    ),
    error(
        "OUT-018",
        "template-of-other-version",
        "The workbook is a template of version “{found}”; version {expected} is read. Columns may stand for "
        "something "
        "else in it.",
        "Ask for a new template and copy the figures into it.",
    ),
    error(
        "OUT-019",
        "template-of-other-partnership",
        "The workbook was made as a template of the partnership “{found}”, not of {expected}.",
        "Send it to the partnership that asked for it, or ask this one for a template.",
    ),
    error(
        "OUT-020",
        "file-of-another-partner",
        "{rows:The one row is not|None of the # rows is} about an indicator and a place that {partner} supplies; "
        "{rows:it is|all are} about what {found} supplies.",
        "If the file is {found}'s, send or check it under that name. If not, use your own indicators and places.",
    ),
    warning(
        "OUT-051",
        "utf-16",
        "The file is text in UTF-16. It was read.",
        "Nothing needs doing; “CSV UTF-8” is the usual form.",
    ),
    warning(
        "OUT-052",
        "windows-1252",
        "The file is not UTF-8; it was read as Windows-1252, which first matters here.",
        "Check that letters, pound signs and dashes look right; save as “CSV UTF-8” next time.",
    ),
    warning(
        "OUT-053",
        "old-line-ends",
        "{lines} end as on old Macintosh computers (CR only). They were read.",
        "Nothing needs doing; “CSV UTF-8” is the usual form.",
    ),
    warning(
        "OUT-054",
        "other-separator",
        "The cells are separated by {separator} instead of a comma. They were read.",
        "Nothing needs doing; “CSV UTF-8” with commas is the usual form.",
    ),
    warning(
        "OUT-055",
        "name-and-content-differ",
        "By its content the file is {what}, whatever its name says. It was read as one.",
        "Give the file the ending that fits its content.",
    ),
    warning(
        "OUT-056",
        "name-of-another-partner",
        "The file was taken as {partner}'s, but its name is like those of {found}.",
        "Check that it is the right file, sent for the right partner.",
    ),
)
