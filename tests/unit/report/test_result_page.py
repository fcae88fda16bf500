"""The page and the note about one return say what was found, in the sender's own cells; whatever stands in the file."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from outcomes.cli.finding_lines import finding_lines
from outcomes.finding import Finding
from outcomes.intake.checking import check
from outcomes.intake.model import CheckResult, Receipt, ReturnSummary
from outcomes.intake.rules import RULES
from outcomes.intake.summarising import return_summary
from outcomes.report.covering_note import covering_note
from outcomes.report.environment import style_of
from outcomes.report.fault_titles import FAULT_TITLES, fault_title
from outcomes.report.result_groups import cells_in_words, faults
from outcomes.report.result_page import result_page
from outcomes.report.result_wording import RESULT_WORDING
from outcomes.vocabulary import Severity, Verdict
from tests.unit.intake.returns_world import CLEAN, HEADER, WORLD, sent, sheet
from tests.unit.intake.test_every_finding import NUMBER, workbook
from tests.unit.report.test_escaping import HOSTILE
from tests.unit.report.test_pages import Page

FAULTY = sheet(
    "stay,P1,2026-04,about 50,20",
    "stay,P2,2026-04,30,20",
    "stay,P1,2026-05,7,-",
    "stya,P2,2026-05,7,20",
    "stay,P1,2026-06,seven,20",
    "stay,P2,2026-06,+5,20",
)


def page_of(result: CheckResult, receipt: Receipt | None = None) -> Page:
    return Page(result_page(result, return_summary(result, WORLD), receipt=receipt))


def note_of(result: CheckResult, receipt: Receipt | None = None) -> str:
    return covering_note(result, return_summary(result, WORLD), receipt=receipt, page="page.html")


def receipt_for(result: CheckResult, number: int = 12) -> Receipt:
    return Receipt(
        number=number,
        file=result.file,
        partner_code=result.partner_code,
        sha256=result.sha256,
        received_at=datetime(2026, 11, 21, 9, 30, tzinfo=UTC),
        verdict=result.verdict,
        codes=tuple(sorted({finding.code for finding in result.findings})),
        loaded_rows=result.loaded_rows,
        new_observations=result.loaded_rows,
        findings=result.findings,
    )


def test_the_verdict_comes_first_and_says_how_many_things_and_that_nothing_was_stored() -> None:
    text = page_of(sent(FAULTY)).text
    verdict = text.index("Not accepted yet: four things to mend")
    assert verdict < text.index("no figure of it is stored or counts yet") < text.index("What to do next")
    assert "Of your 6 rows, 1 are in order" not in text
    assert "Of your 6 rows, 1 is in order: leave it as it is" in text


def test_each_fault_says_what_was_written_where_what_is_wrong_and_what_to_do() -> None:
    text = page_of(sent(FAULTY)).text
    for said in (
        "Cell D3: A part is larger than its whole",
        "The indicator stay; Dunmere; 2026-04",
        "The numerator 30 is above the denominator 20",
        "under “denominator”",
        "This can mean several things",
        "write a marker: [x], [z] or [c]",
        "Did you mean stay",
    ):
        assert said in text, said


def test_repeated_faults_are_one_problem_with_a_list_of_its_cells() -> None:
    page = page_of(sent(FAULTY))
    assert "Cells D2 and D6: This is not a number" in page.text
    assert page.text.count("This is not a number") == 2  # the heading and the name of its list
    tables = [attributes.get("class") for tag, attributes in page.tags if tag == "table"]
    assert tables.count("tab ones") == 1
    assert "about 50" in page.text
    assert "seven" in page.text


def test_what_is_counted_only_is_said_as_a_number() -> None:
    result = sent(sheet(*(f"stay,P1,2026-04,bad{number},20" for number in range(60))))
    text = page_of(result).text
    assert "and 40 more like these. The list as CSV names every one." in text
    assert "Not accepted yet: one thing to mend" in text
    assert "bad19" in text
    assert "D21" in text
    assert "D22" not in text


def test_the_sheet_is_drawn_with_its_own_rows_letters_and_marks_that_lead_to_the_problems() -> None:
    page = page_of(sent(FAULTY))
    ids = page.attributes("id")
    assert len(ids) == len(set(ids))
    inside = [href[1:] for href in page.attributes("href") if href.startswith("#")]
    assert set(inside) <= set(ids)
    assert {"p1", "p2", "p3", "p4"} <= set(inside)
    heads = re.findall(r'<th scope="col">([A-E])</th>', result_page(sent(FAULTY)))
    assert heads == ["A", "B", "C", "D", "E"]
    assert page.faults == []
    assert page.open == []


def test_where_something_is_to_be_mended_only_the_sheets_in_which_it_stands_are_drawn() -> None:
    rows: list[Sequence[object]] = [HEADER.split(","), ["stay", "P1", "2026-04", "what", 20]]
    content = workbook(Notes=[["some words"], ["and more"]], Return=rows)
    text = page_of(sent(content, file_name="T1.xlsx")).text
    assert "Sheet Return" in text
    assert "Sheet Notes" not in text


def test_what_needs_nothing_stands_apart() -> None:
    text = page_of(sent(FAULTY)).text
    nothing = text.index("Read, and nothing for you to do")
    assert text.index("“+5” was read without its plus sign.") > nothing


def test_an_accepted_file_has_a_page_too_with_what_was_read() -> None:
    result = sent(HEADER + "\n" + CLEAN)
    text = page_of(result).text
    assert "Ready to send: 2 figures read" in text
    assert "Your return for April 2026" in text
    assert "The indicator stay" in text
    assert "Castlewick and Dunmere" in text
    assert "to mend" not in text.replace("nothing for you to mend", "")
    recorded = page_of(result, receipt_for(result)).text
    assert "Receipt 12" in recorded
    assert "Accepted: 2 figures recorded" in recorded
    assert "on record under number 12" in recorded
    assert "21 November 2026, 09:30 UTC" in recorded


def test_a_receipt_alone_has_a_page_without_a_sheet() -> None:
    result = sent(FAULTY)
    page = Page(result_page(receipt_for(result)))
    assert "Not accepted yet: four things to mend" in page.text
    assert "Your sheet" not in page.text
    assert page.faults == []
    bare = Page(result_page(replace(receipt_for(result), findings=(), verdict=Verdict.ACCEPTED)))
    assert "on record under number 12" in bare.text


def test_a_result_and_a_receipt_of_another_file_make_no_page() -> None:
    result, other = sent(FAULTY), sent(HEADER + "\n" + CLEAN)
    with pytest.raises(ValueError, match="of different files"):
        result_page(result, receipt=receipt_for(other))


def test_a_file_that_nothing_could_be_read_of_has_a_page() -> None:
    for content in (b"", b"\x89PNG....", b"just,words\nand,more\n"):
        result = sent(content)
        page = page_of(result)
        assert page.faults == []
        assert "Not accepted yet: one thing to mend" in page.text
        assert "Nothing in the file could be read as figures." in page.text
        assert "one thing to mend" in note_of(result)


def test_of_a_row_with_an_nhs_number_the_page_shows_no_cell() -> None:
    content = sheet(f"stay,P1,2026-04,seventeen,31,{NUMBER}", "stay,P2,2026-04,18,44,ok", header=HEADER + ",comment")
    result = sent(content)
    page = page_of(result)
    assert "An NHS number stands in this row, so nothing of it is shown" in page.text
    for made in (page.text, note_of(result)):
        assert not re.search(r"9991234578|999 123 4578|123|seventeen|\b31\b", made.replace(result.sha256, ""))
    assert "44" in page.text
    assert "tell your data protection officer" in page.text


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_anywhere_in_a_file_makes_no_element(text: str) -> None:
    def made(given: str) -> Page:
        name = given.replace("/", "").replace("[", "").replace("]", "").replace("\x1f", "")[:20] or "x"
        sheet_name = re.sub(r"[\\*?:\x00-\x1f]", "", name)
        cell = re.sub(r"[\x00-\x1f]", "", given)
        rows: list[list[object]] = [
            [*HEADER.split(","), "comment", f"c{cell}"],
            [f"i{cell}", f"p{cell}", f"t{cell}", f"n{cell}", f"d{cell}", f"w{cell}", f"z{cell}"],
            ["stay", "P1", "2026-04", 1, 2, f"w{cell}", f"z{cell}"],
        ]
        content = workbook(**{sheet_name: rows})
        result = sent(content, file_name=f"T1_{given}.xlsx")
        return page_of(result)

    # one clean page with every part that the hostile one may have
    clean, hostile = made("harmless"), made(text)
    parts = page_of(sent(FAULTY + "stay,P1,2026-07,0,0\n")).tags + clean.tags
    assert {(tag, name) for tag, attributes in hostile.tags for name in attributes} <= {
        (tag, name) for tag, attributes in parts for name in attributes
    }
    assert {tag for tag, _ in hostile.tags} <= {tag for tag, _ in parts}
    shown = re.sub(r"[\x00-\x1f]", "", text)[:12]
    assert f"i{shown}" in hostile.text
    assert hostile.faults == []
    assert {tag for tag, _ in hostile.tags} & {"script", "img", "iframe", "form", "link", "object"} == set()


def test_marks_of_direction_and_controls_are_shown_as_dots() -> None:
    result = sent(sheet("stay,P1,2026-04,\u202e12\u2066,20"), file_name="T1_\u202efdp.csv")
    html = result_page(result, return_summary(result, WORLD))
    note = note_of(result)
    for made in (html, note):
        assert not re.search("[\u202a-\u202e\u2066-\u2069\u200e\u200f]", made)
        assert "T1_·fdp.csv" in made


def test_the_page_allows_its_one_style_and_asks_for_nothing() -> None:
    html = result_page(sent(FAULTY))
    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]*)"', html)
    assert policy is not None
    assert "script-src" not in policy[1]
    assert "style-src &#39;sha256-" in policy[1]
    assert not re.search(r"https?://|//[a-z]", html.split("</style>")[1])
    page = Page(html)
    assert page.attributes("style") == []
    assert all(not name.startswith("on") for _, attributes in page.tags for name in attributes)
    css = str(style_of("result"))
    assert not re.search(r"@import|@font-face|url\(|//", css)
    assert css.count("{") == css.count("}")


def test_the_same_result_makes_the_same_bytes() -> None:
    assert result_page(sent(FAULTY)) == result_page(sent(FAULTY))
    assert note_of(sent(FAULTY)) == note_of(sent(FAULTY))


def test_a_link_leads_to_the_documentation_of_a_code_where_one_is_given() -> None:
    html = result_page(sent(FAULTY), link=lambda code: f"https://example.org/codes/{code}")
    assert 'href="https://example.org/codes/OUT-402"' in html
    assert "More about OUT-402" in html


def test_a_due_date_says_by_when_and_a_passed_one_that_it_has_passed() -> None:
    result = sent(FAULTY)
    assert result.as_of == date(2026, 11, 22)
    for due, said in (
        (date(2026, 11, 28), "again, by 28 November 2026"),
        (date(2026, 11, 22), "again, by 22 November 2026"),
        (date(2026, 11, 14), "as soon as you can: it was due on 14 November 2026"),
        (None, "send the whole of it again, as soon as you can"),
    ):
        summary = ReturnSummary(partnership_title="Small", due_on=due)
        assert said in Page(result_page(result, summary)).text
    summary = ReturnSummary(partnership_title="Small", next_due_on=date(2026, 12, 15), next_due=("a", "b", "c"))
    good = sent(HEADER + "\n" + CLEAN)
    assert (
        "due on 15 December 2026: a, b and 1 more" in Page(result_page(good, summary, receipt=receipt_for(good))).text
    )


def test_the_note_is_short_plain_and_in_the_senders_cells() -> None:
    note = note_of(sent(FAULTY))
    lines = note.splitlines()
    assert lines[0] == "Subject: Your return T1_return.csv: not accepted yet, four things to mend"
    assert lines[1] == ""
    assert max(map(len, lines[1:])) <= 72
    # four things to mend, one said only
    assert 36 <= len(lines) <= 40
    assert "1. This is not a number: D2 (" in note
    assert "page.html" in note
    assert not re.search(r"\b(null|NaN|polars|dataframe|column_missing|regex|parser|json)\b", note, re.IGNORECASE)


def test_what_was_only_said_is_shown_too_however_much_is_to_be_mended() -> None:
    faulty = [f"stay,P1,2025-{month:02d},what,20" for month in range(1, 9)]
    clean = [f"stay,P2,2025-{month:02d},7,20" for month in range(1, 9)]
    (excerpt,) = sent(sheet(*faulty, *clean, "stay,P2,2026-05,+5,20")).excerpts
    assert [row.row for row in excerpt.rows][-1] == 18


def test_the_note_names_sheets_and_counts_what_it_does_not_name() -> None:
    rows: list[Sequence[object]] = [HEADER.split(",")]
    rows += [["stay", "P1", f"2026-{month:02d}", "what", 20] for month in (1, 2, 3, 5, 7, 9)]
    note = note_of(sent(workbook(Returns=rows), file_name="T1.xlsx"))
    assert "in the sheet Returns: 1. Cells D2 to D7:" in re.sub(r"\s+", " ", note)
    many = note_of(sent(sheet(*(f"stay,P1,2026-04,bad{n},20" for n in range(0, 90)))))
    assert re.search(r"\d+ more", many)


def test_a_kind_with_one_cell_says_what_was_written_what_the_row_is_about_and_its_own_sentence() -> None:
    note = re.sub(r"\s+", " ", note_of(sent(sheet("stay,P1,2026-04,about 50,20", "stay,P2,2026-04,7,20"))))
    assert "1. D2 (The indicator stay; Castlewick): “about 50” is no number and no marker." in note
    assert "figures for April 2026" in note
    # of a few cells each is named, with what is said of it alone
    row = "(The indicator stay; Castlewick)"
    few = re.sub(r"\s+", " ", note_of(sent(FAULTY)))
    assert f"1. This is not a number: D2 {row}: “about 50”; D6 {row}: “seven”. Write a whole number" in few
    letter = "“1O5” is no number and no marker. Its O is a letter, not a digit: look the number up"
    few = re.sub(r"\s+", " ", note_of(sent(FAULTY.replace("seven", "1O5"))))
    assert f"1. This is not a number: D2 {row}: “about 50”; D6 {row}: {letter}. Write a whole number" in few


def test_a_note_is_short_whatever_there_is_to_say() -> None:
    columns = [
        f"stay,P{number % 2 + 1},2026-{number % 9 + 1:02d},{text},20"
        for number, text in enumerate(
            ["about 50", "N/A", "1;5", "", "1.5", "-3", "9" * 30, "7%", "=x", "#N/A", "01/02/2026"] * 400
        )
    ]
    places = [f"sta{number},Q{number},{number}/x,{number},-" for number in range(400)]
    note = note_of(sent(sheet(*columns, *places)))
    subject, *lines = note.splitlines()
    assert subject == "Subject: Your return T1_return.csv: not accepted yet, 11 things to mend"
    assert len(lines) < 30
    assert max(map(len, lines)) <= 72
    flat = re.sub(r"\s+", " ", note)
    assert re.search(r"And [0-9,]+ more cells or rows, not named here. The page page.html lists every one.", flat)


def test_the_note_names_every_cell_and_row_up_to_fifteen() -> None:
    texts = ["about", "N/A", "1;5", "", "1.5", "-3", "9" * 30, "7%", "inf", "5e3", "1/2/26", "[q]", "no", "two"]
    rows = [f"stay,P{at % 2 + 1},2025-{at % 12 + 1:02d},{text},20" for at, text in enumerate(texts)]
    result = sent(sheet(*rows))
    cells = {one.cell for one in result.findings if one.severity is Severity.ERROR}
    assert len(cells) == len(texts)
    note = note_of(result)
    assert "not named here" not in note
    spans = re.findall(r"D([0-9]+)(?:\s+to\s+D([0-9]+))?", note)
    assert cells <= {f"D{row}" for first, last in spans for row in range(int(first), int(last or first) + 1)}
    subject, *lines = note.splitlines()
    assert subject == "Subject: Your return T1_return.csv: not accepted yet, nine things to mend"
    # nine kinds, each in its own words
    assert 50 <= len(lines) <= 54
    assert max(map(len, lines)) <= 72


def test_the_name_of_a_file_is_cut_in_the_subject_of_a_note_and_broken_in_its_text() -> None:
    name = "T1_" + "x" * 150 + ".csv"
    for text, outcome in ((FAULTY, "not accepted yet, four things to mend"), (f"{HEADER}\n{CLEAN}", "ready to send")):
        subject, *lines = note_of(sent(text, file_name=name)).splitlines()
        assert subject == f"Subject: Your return T1_{'x' * 96}…: {outcome}"
        assert max(map(len, lines)) <= 72


def test_the_note_says_what_is_attached_which_file_to_mend_and_what_counts_meanwhile() -> None:
    rows: list[Sequence[object]] = [HEADER.split(","), ["stay", "P1", "2026-04", "what", 20]]
    result = sent(workbook(Return=rows), file_name="T1.xlsx")
    made = covering_note(result, return_summary(result, WORLD), page="p.html", marked_workbook="m.xlsx")
    flat = re.sub(r"\s+", " ", made)
    assert "Attached: the page p.html, which shows each cell in your own sheet, and m.xlsx, your workbook" in flat
    assert "Mend the marked workbook or your own file, either will do." in flat
    assert "One fault holds the whole file up: nothing of it counts until one file without faults has come." in flat
    assert "the scorecard shows your last accepted figures, marked as out of date" in flat
    assert "the way you sent this one or as a reply to this" in flat
    # of what is no workbook the marked one is only a copy of its texts; and nothing is attached that is not there
    text = sent(FAULTY)
    made = covering_note(text, return_summary(text, WORLD), marked_workbook="m.xlsx")
    assert "Mend your own file, and send that." in re.sub(r"\s+", " ", made)
    assert "Attached" not in covering_note(text, return_summary(text, WORLD))


def test_the_sender_is_told_what_the_sender_can_do_and_of_no_other_partners_files() -> None:
    content = workbook(Return=[HEADER.split(","), ["stay", "P1", "2026-04", 7, 20]])
    result = check(content, WORLD, as_of=date(2026, 11, 22), file_name="return.xlsx")
    assert "(--partner)" in result.findings[0].fix
    note = covering_note(result, return_summary(result, WORLD), page="p.html", marked_workbook="m.xlsx")
    page = Page(result_page(result, return_summary(result, WORLD), marked_workbook="m.xlsx")).text
    for text in (re.sub(r"\s+", " ", note), page):
        assert "--partner" not in text
        assert "C2_" not in text
        assert "or under the name that was agreed with you" in text
    # nothing stands in a cell, so nothing is marked in one
    assert "your workbook with a list of this before its sheets" in re.sub(r"\s+", " ", note)
    assert "is listed before its sheets" in page


def test_one_row_is_said_as_one_row() -> None:
    assert "Your one row is to be mended." in page_of(sent(sheet("stay,P1,2026-04,what,20"))).text
    one_of_two = page_of(sent(sheet("stay,P1,2026-04,what,20", "stay,P2,2026-04,11,20"))).text
    assert "In the other row stands what is to be mended." in one_of_two


def test_only_of_a_check_it_is_said_that_the_file_is_not_taken_in() -> None:
    result = sent(FAULTY)
    checked, received = (re.sub(r"\s+", " ", note_of(result, one)) for one in (None, receipt_for(result)))
    assert "This was a check, and the file is not taken in" in checked
    assert "Thank you" not in checked
    assert "check" not in received
    assert "Thank you for T1_return.csv" in received
    assert "Your file came, and is not accepted yet" in received


def test_the_note_names_the_measure_and_the_place_without_a_figure() -> None:
    note = re.sub(r"\s+", " ", note_of(sent(sheet("stay,P1,2026-04,7,20"))))
    assert "a. Places without a figure: The indicator stay (stay), 2026-04: no figure for 1 of 2 places" in note
    assert "Dunmere (P2)" in note


def test_rows_that_contradict_are_one_thing_with_both_numbers_and_rows_are_deleted_last() -> None:
    rows = ("stay,P1,2026-04,166,200", "stay,P1,2026-04,173,200", "stay,Total,2026-04,300,400")
    result = sent(sheet(*rows))
    note, text = re.sub(r"\s+", " ", note_of(result)), page_of(result).text
    assert "two things to mend" in note
    assert "1. The indicator stay; Castlewick; 2026-04: Rows 2 and 3 give different figures" in note
    assert "row 2 says 166, row 3 says 173." in note
    assert "Keep the right one and delete the other row." in note
    for made in (note, text):
        assert "Delete rows last, from the bottom up" in made
    assert "Delete rows last" not in note_of(sent(FAULTY))
    assert "To do: Delete the whole row 4" in "\n".join(finding_lines(result.findings))


def test_what_a_marker_means_is_said_once_and_not_in_every_advice() -> None:
    result = sent(sheet("stay,P1,2026-04,N/A,20", "stay,P2,2026-04,,20"))
    for made in (note_of(result), page_of(result).text, "\n".join(finding_lines(result.findings))):
        flat = re.sub(r"\s+", " ", made)
        assert flat.count("there is no number yet, or nobody counted") == 1
        assert "In place of a number you may write: " in flat
    # a file of which no advice names a marker has no such words
    assert "In place of a number" not in note_of(sent(sheet("stay,P9,2026-04,1,20")))


def test_rows_in_order_and_rows_to_mend_are_all_rows_everywhere() -> None:
    result = sent(FAULTY)
    summary = return_summary(result, WORLD)
    assert (summary.rows_read, summary.rows_to_mend) == (6, 5)
    assert sum(one.figures for one in summary.indicators) == 1
    text = page_of(result).text
    assert "Rows in order" in text
    assert "understood" not in text


def test_in_a_check_a_marker_will_count_and_once_received_it_counts() -> None:
    result = sent(sheet("stay,P1,2026-04,[x],20", "stay,P2,2026-04,7,20"))
    assert "will count as not available" in page_of(result).text
    received = page_of(result, receipt_for(result)).text
    assert "counts as not available" in received
    assert "will count" not in received
    back = sent(sheet("stay,P1,2026-04,[x],20", "stay,P2,2026-04,what,20"))
    assert "will count as not available" in page_of(back, receipt_for(back)).text


def test_whom_to_ask_is_the_partnerships_contact_else_whoever_sent_it() -> None:
    result = sent(FAULTY)
    summary = return_summary(result, WORLD)
    assert "Questions: reply to whoever sent you this." in re.sub(r"\s+", " ", covering_note(result, summary))
    asked = replace(summary, contact="Ann, 01632 960000")
    for made in (covering_note(result, asked), Page(result_page(result, asked)).text):
        assert "Questions: Ann, 01632 960000" in re.sub(r"\s+", " ", made)


def test_a_narrow_screen_gets_the_marked_cells_alone_each_with_its_heading_and_row() -> None:
    html = result_page(sent(FAULTY), return_summary(sent(FAULTY), WORLD))
    (marked,) = re.findall(r'<ul class="marked">(.*?)</ul>', html, flags=re.DOTALL)
    text = re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", marked))
    assert "Row 2 The indicator stay; Castlewick; 2026-04" in text
    assert "D2 numerator about 50" in text
    assert text.count("Row ") == 6
    # what was only said is marked too, quieter
    assert "D7 numerator +5" in text
    assert 'class="pin note quiet" href="#n1"' in marked
    assert 'id="n1"' in html


def test_a_file_name_cannot_add_a_line_to_the_subject() -> None:
    result = sent(FAULTY, file_name="T1_a\nBcc: everybody@example.org\r\n.csv")
    lines = note_of(result).splitlines()
    assert lines[0].startswith("Subject: Your return T1_a·Bcc: everybody@example.org··.csv")
    assert not [line for line in lines if line.startswith("Bcc:")]


def test_every_code_has_a_heading_in_plain_words() -> None:
    assert set(FAULT_TITLES) == set(RULES)
    for title in FAULT_TITLES.values():
        assert len(title) <= 48
        assert title[0].isupper()
        assert not title.endswith(".")
    unknown = Finding(code="OUT-999", severity=Severity.ERROR, text="This is new. And more.")
    assert fault_title(unknown) == "This is new"


def test_every_word_of_the_page_and_the_note_is_used() -> None:
    from pathlib import Path

    from outcomes.bundled import bundled_folder
    from outcomes.report import result_wording

    folder = Path(str(result_wording.__file__)).parent
    sources = [path.read_text(encoding="utf-8") for path in folder.glob("*.py") if path.name != "result_wording.py"]
    sources += [path.read_text(encoding="utf-8") for path in bundled_folder("reports", "result").glob("*.jinja")]
    named = set(re.findall(r"\bw\.(\w+)|[\"']((?:res|note)_\w+)[\"']", "\n".join(sources)))
    asked = {one for pair in named for one in pair} | {f"note_subject_{key}" for key in ("rejected", "accepted", "fit")}
    assert set(RESULT_WORDING) - asked == set()


def test_addresses_in_words_name_spans_and_what_is_left() -> None:
    rows = [f"stay,P1,2026-04,bad{n},20" for n in range(60)]
    (group, *_) = [one for one in faults(sent(sheet(*rows)).findings) if one.first.code == "OUT-402"]
    assert cells_in_words(group, 3) == "cells D2 to D21 and 40 more"
