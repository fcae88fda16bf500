"""The words of the page and the note about one return, a part of the table of every printed word."""

from typing import Final

__all__ = ["RESULT_WORDING"]

RESULT_WORDING: Final = {
    "res_receipt": "Receipt {number}",
    "res_check": "Result of a check",
    "res_title": "Your return",
    "res_title_of": "Your return for {period}",
    "res_title_span": "Your return for {first} to {last}",
    "res_page_title": "{kicker}: {verdict}",
    "res_from": "{file}, from {partner}",
    "res_from_unknown": "{file}, from a sender that could not be told",
    # the verdict
    "res_word_rejected": "not accepted yet",
    "res_word_accepted": "accepted",
    "res_word_fit": "ready to send",
    "res_rejected": "Not accepted yet: {what} to mend",
    "res_accepted": "Accepted: {what} recorded",
    "res_accepted_nothing": "Accepted: nothing new to record",
    "res_fit": "Ready to send: {what} read",
    "res_fit_nothing": "Ready to send",
    "res_rejected_check": (
        "This was a check, and the file is not taken in: no figure of it is stored or counts yet."
    ),
    "res_rejected_receipt": (
        "Your file came, and is not accepted yet: no figure of this file is stored or counts yet. That it came, and "
        "why it is not accepted yet, is on record under number {number}."
    ),
    "res_rows": (
        "Of your {rows}, {number} are in order: leave them as they are; they do not count yet either, but need not be "
        "typed again. In the other {mend} stands what is to be mended."
    ),
    "res_rows_one": "row",
    "res_row": (
        "Of your {rows}, 1 is in order: leave it as it is; it does not count yet either, but need not be typed "
        "again. In the other {mend} stands what is to be mended."
    ),
    "res_rows_all": "All of your {rows} are to be mended.",
    "res_rows_all_one": "Your one row is to be mended.",
    "res_one_fault": (
        "One fault holds the whole file up, so that a total for a place is never built on half a return: nothing "
        "counts until one file without faults has come."
    ),
    "res_accepted_receipt": "The file is on record under number {number}.",
    "res_all_new": "All its figures are new.",
    "res_some_new": "{new} of its {all} figures are new; the others were on record before.",
    "res_none_new": "All its figures were on record before, so nothing changed.",
    "res_fit_check": "This was a check: nothing has been stored yet.",
    "res_would_be_new": "Of its {all} figures, {new} would be new to the record.",
    "res_look_too": "There is {what} to look at: it does not stop the file.",
    "res_looks_too": "There are {what} to look at: they do not stop the file.",
    # the steps
    "res_steps": "What to do next",
    "res_step_people": (
        "Take every NHS number and everything else about single people out of the file, and tell your data protection "
        "officer. We kept no copy of it."
    ),
    "res_step_open": "Open the file that you sent. The list on this page gives {what}, in your own rows and columns.",
    "res_step_workbook": (
        "Open the copy of your workbook that came with this page, {file}, in which what is to be mended is marked "
        "and has a comment; or your own file. Either will do."
    ),
    "res_step_workbook_listed": (
        "Open the copy of your workbook that came with this page, {file}, in which what is to be mended is listed "
        "before its sheets; or your own file. Either will do."
    ),
    "res_every_cell": "each cell to mend",
    "res_every_place": "each thing to mend",
    "res_step_mend": "Mend what is listed. Everything else can stay as it is.",
    "res_unlock": (
        "If a cell cannot be changed, and is not merged with another, the sheet is protected: choose Review, then "
        "Unprotect Sheet. Our templates have no password."
    ),
    "res_unlock_row": (
        "If a cell cannot be changed, and is not merged with another, or a row cannot be deleted, the sheet is "
        "protected: choose Review, then Unprotect Sheet. Our templates have no password."
    ),
    "res_step_rows": "Delete rows last, from the bottom up: then the row numbers given here still hold.",
    "res_questions": "Questions: {contact}",
    "res_questions_none": "Questions: reply to whoever sent you this.",
    "res_beside": "“{name}” stands beside it",
    "res_step_again": "Save the file and send the whole of it again, {when}.",
    "res_by": "by {date}",
    "res_overdue": "as soon as you can: it was due on {date}",
    "res_soon": "as soon as you can",
    "res_step_look": "Look at what is listed under “{heading}”; send the file once more only if something is wrong.",
    "res_step_look_first": "Look at what is listed under “{heading}”, and mend what is wrong.",
    "res_step_nothing": "There is nothing for you to mend.",
    "res_step_keep": "Keep this page: it shows what was recorded, and under which number.",
    "res_step_send": "Send the file, as you always do.",
    "res_step_then": "You get a receipt with a number. Until then nothing is on record.",
    "res_step_next": "Your next figures are due on {date}: {what}.",
    "res_step_next_unknown": "No date is set for your next figures.",
    "res_and_more": "{what} and {more} more",
    # the sheet
    "res_sheet": "Your sheet",
    "res_sheets": "Your sheets",
    "res_of_sheet": "Sheet {sheet}",
    "res_of_file": "The file {file}",
    "res_sheet_marks": "The numbers and letters in the marked cells are those of the lists below.",
    "res_sheet_plain": "The first rows, as they were read.",
    "res_sheet_caption": "Part of {what}, with what was found marked",
    "res_sheet_region": "{what}, with what was found marked",
    "res_skipped_one": "1 row not shown",
    "res_skipped": "{number} rows not shown",
    "res_columns_hidden_one": "1 column of the sheet is not shown.",
    "res_columns_hidden": "{number} columns of the sheet are not shown.",
    "res_withheld": "An NHS number stands in this row, so nothing of it is shown",
    "res_empty_cell": "empty",
    "res_row_label": "Row",
    "res_mark_fault": "Number {number} to mend:",
    "res_mark_note": "Note {number}:",
    # what is to be mended
    "res_mend": "{what} to mend",
    "res_markers": "In place of a number you may write:",
    "res_marker": "{text} if {meaning}",
    "res_wrote": "You wrote",
    "res_wrote_nothing": "nothing",
    "res_under": "under “{header}”",
    "res_wrong": "What is wrong",
    "res_noticed": "What we noticed",
    "res_do": "What to do",
    "res_example": "For example",
    "res_cell": "Cell",
    "res_about": "The row is about",
    "res_whole_file": "The whole file",
    "res_more_of_kind": "and {number} more like these. The list as CSV names every one.",
    "res_code": "More about {code}",
    "res_times": "{number} times",
    # what needs a look, and what needs nothing
    "res_look": "Please look at",
    "res_look_lede": "These do not stop the file. If they are right, leave them as they are.",
    "res_nothing": "Read, and nothing for you to do",
    # what was read
    "res_read": "What we read",
    "res_read_rejected": "This is how we read the rows that are in order. None of them counts yet.",
    "res_read_rejected_all": "This is how we read your file. None of it counts yet.",
    "res_read_accepted": "This is how we understood your file.",
    "res_read_none": "Nothing in the file could be read as figures.",
    "res_read_by_number": "How it was read stands in the record under number {number}.",
    "res_read_caption": "Indicators, periods and places that were read",
    "res_indicator": "Indicator",
    "res_periods": "Periods",
    "res_places": "Places",
    "res_figures": "Figures",
    "res_rows_in_order": "Rows in order",
    "res_rows_read": "Rows read",
    "res_without": "{number} with a reason in place of a number",
    "res_span_count": "{first} to {last} ({number})",
    "res_places_more": "{names} and {more} more",
    # why
    "res_why": "Why we ask",
    "res_more": "More: why we ask, and what this was checked against",
    "res_why_shared": (
        "Your figures become part of what the partners of {partnership} share: {indicators}. They are added to those "
        "of others for each place, never scored for you alone."
    ),
    "res_why_none": "Your figures become part of what the partners of {partnership} share.",
    "res_why_rejected": (
        "Until the file is accepted, the scorecard shows the last figures that were accepted, marked as out of date, "
        "or says that none have come. It never fills the gap."
    ),
    "res_why_accepted": "The scorecard shows them with the file and row that they came from.",
    "res_why_same": "The same checks and the same dates hold for every partner.",
    # particulars
    "res_facts": "This check",
    "res_facts_receipt": "This receipt",
    "res_fact_from": "From",
    "res_fact_file": "File",
    "res_fact_size": "{bytes} bytes",
    "res_fact_number": "On record as",
    "res_fact_number_text": "Number {number}",
    "res_fact_received": "Received",
    "res_fact_checked": "Checked as of",
    "res_fact_against": "Checked against",
    "res_fact_due": "Due",
    "res_fact_fingerprint": "Fingerprint of your file",
    "res_fact_people": "Personal data",
    "res_people_none": "No NHS number found",
    "res_people_found": "An NHS number was found; no copy of the file was kept",
    "res_foot": "For the sender and those who keep the record.",
    "res_foot_text": "It quotes the file that was sent; do not publish it.",
    "res_access": "Colour is never used alone. This page needs no script and no network.",
    # the covering note
    "note_subject_rejected": "Your return {file}: not accepted yet, {what} to mend",
    "note_subject_accepted": "Your return {file}: accepted",
    "note_subject_fit": "Your return {file}: ready to send",
    "note_subject": "Subject: {subject}",
    "note_hello": "Thank you for {file}.",
    "note_hello_of": "Thank you for {file}, figures for {period}.",
    "note_about_file": "About {file}.",
    "note_about_file_of": "About {file}, figures for {period}.",
    "note_mend": "To mend:",
    "note_mend_sheet": "To mend, in the sheet {sheet}:",
    "note_look": "Please look at:",
    "note_in_sheet": "sheet {sheet}, {where}",
    "note_kind": "{where}: {text}",
    "note_about": "{where} ({about})",
    "note_later": "A number that is known later is sent later, in the whole file once more.",
    "note_named": "{where}: “{value}”",
    "note_wrote": "you wrote “{value}”. {text}",
    "note_elsewhere": "and {number} more elsewhere",
    "note_nothing": "Nothing to do about: {what}.",
    "note_more": "And {number} more cells or rows, not named here.",
    "note_all": "{what} every one.",
    "note_all_page": "The page {page} lists",
    "note_all_workbook": "The workbook {file} lists",
    "note_all_both": "The page {page} and the workbook {file} list",
    "note_again": (
        "Save the file and send the whole of it again, the way you sent this one or as a reply to this, {when}."
    ),
    "note_one_fault": (
        "One fault holds the whole file up: nothing of it counts until one file without faults has come. Until then "
        "the scorecard shows your last accepted figures, marked as out of date, or says that none have come."
    ),
    "note_if_none": "What is not sent is shown as missing, never as zero.",
    "note_next": "Your next figures are due on {date}: {what}.",
    "note_read": "We read {what}.",
    "note_read_of": "{figures} of {indicators}",
    "note_where": "Attached: the page {page}, which shows each cell in your own sheet.",
    "note_workbook": "Attached: {file}, your workbook {marked}. {either}",
    "note_both": (
        "Attached: the page {page}, which shows each cell in your own sheet, and {file}, your workbook {marked}. "
        "{either}"
    ),
    "note_marked": "with these cells marked",
    "note_listed": "with a list of this before its sheets",
    # what the one who receives a file can do, said to the one who sent it
    "res_name_it": (
        "Send it in the template that was made for you, which says whose it is, or under the name that was agreed with "
        "you."
    ),
    "res_ask_again": "Take it out of what is sent; or, if it is to count again, say so to whoever receives it.",
    "note_either": "Mend the marked workbook or your own file, either will do.",
    "note_own": "Mend your own file, and send that.",
    "note_same": "Do as for {cell}.",
    "note_receipt": "Receipt {number}.",
}  # fmt: skip
