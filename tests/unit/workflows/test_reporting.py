"""Reports are written by the ending of their name, whole or not at all; an inbox gets the same ones again."""

import json
import zipfile
from contextlib import suppress
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from outcomes.errors import OutputError
from outcomes.ledger.store import open_ledger
from outcomes.workflows.receiving import receive
from outcomes.workflows.reporting import (
    Checked,
    refuse_report_paths,
    safe_name,
    write_check_report,
    write_check_reports,
)
from tests.unit.intake.returns_world import CLEAN, HEADER, WORLD, sent, sheet
from tests.unit.intake.test_every_finding import NUMBER, workbook

FAULTY = sheet("stay,P1,2026-04,about 50,20")
WHEN = datetime(2026, 11, 21, 9, tzinfo=UTC)
DAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("name", "start"),
    [
        ("a.html", b"<!DOCTYPE html>"),
        ("a.TXT", b"Subject: "),
        ("a.csv", b"\xef\xbb\xbfrecord,"),
        ("a.json", b"[\n"),
    ],
)
def test_a_report_is_what_its_ending_says(name: str, start: bytes, tmp_path: Path) -> None:
    path = write_check_report(sent(FAULTY), WORLD, tmp_path / "new" / "folder" / name)
    assert path.read_bytes().startswith(start)
    first = path.read_bytes()
    assert write_check_report(sent(FAULTY), WORLD, path).read_bytes() == first
    assert [one.name for one in path.parent.iterdir()] == [name]


def test_a_marked_workbook_is_written_of_a_workbook_and_the_page_speaks_of_it(tmp_path: Path) -> None:
    pytest.importorskip("openpyxl")
    content = workbook(Returns=[HEADER.split(","), ["stay", "P1", "2026-04", "about 50", 20]])
    result = sent(content, file_name="T1.xlsx")
    page, book = write_check_reports([Checked(result, content)], WORLD, [tmp_path / "a.html", tmp_path / "a.xlsx"])
    assert book.read_bytes().startswith(b"PK")
    assert "a.xlsx" in page.read_text(encoding="utf-8")
    with pytest.raises(OutputError, match="none was given"):
        write_check_report(result, WORLD, tmp_path / "b.xlsx")


def test_where_the_workbook_cannot_be_marked_all_else_is_written_and_nothing_speaks_of_it(tmp_path: Path) -> None:
    pytest.importorskip("openpyxl")
    content = workbook(Returns=[[*HEADER.split(","), "comment"], ["stay", "P1", "2026-04", "about 50", 20, NUMBER]])
    checked = [Checked(sent(content, file_name="T1.xlsx"), content)]
    with pytest.raises(OutputError, match=r"a\.xlsx was not written: .*NHS number.*The other reports were: .*a\.txt"):
        write_check_reports(checked, WORLD, [tmp_path / "a.html", tmp_path / "a.xlsx", tmp_path / "a.txt"])
    assert sorted(one.name for one in tmp_path.iterdir()) == ["a.html", "a.txt"]
    assert all("a.xlsx" not in one.read_text(encoding="utf-8") for one in tmp_path.iterdir())
    with pytest.raises(OutputError, match=r"^T1\.xlsx is not sent back"):
        write_check_reports(checked, WORLD, [tmp_path / "b.xlsx"])


def test_json_holds_every_file(tmp_path: Path) -> None:
    checked = [Checked(sent(FAULTY, file_name="T1_a.csv")), Checked(sent(b"", file_name="T1_b.csv"))]
    (path,) = write_check_reports(checked, WORLD, [tmp_path / "all.json"])
    assert [one["file"] for one in json.loads(path.read_text(encoding="utf-8"))] == ["T1_a.csv", "T1_b.csv"]


@pytest.mark.parametrize("name", ["report.pdf", "report", ".html.bak"])
def test_an_ending_that_means_nothing_is_refused(name: str, tmp_path: Path) -> None:
    with pytest.raises(OutputError, match=r"ends in \.html, \.txt, \.csv, \.json or \.xlsx"):
        refuse_report_paths([tmp_path / name], ["a.csv"])


def test_a_report_never_replaces_the_partners_own_file(tmp_path: Path) -> None:
    file = tmp_path / "return.csv"
    file.write_text(FAULTY, encoding="utf-8")
    (tmp_path / "sub").mkdir()
    with pytest.raises(OutputError, match="the partner's own file"):
        refuse_report_paths([tmp_path / "sub" / ".." / "return.csv"], [file])


FOREIGN = {
    ".html": b'<!DOCTYPE html>\n<html lang="en-GB">\n<head>\n<title>Minutes of the board</title>',
    ".txt": b"Subject: Your return\n\nDear all",
    ".csv": b"\xef\xbb\xbfarea_code,name,level\nX,Y,place\n",
    ".json": b'[\n {\n  "file": "a.csv",\n  "rows": []\n }\n]\n',
    ".xlsx": workbook(Areas=[["area_code", "name"], ["X", "Y"]]),
}


@pytest.mark.parametrize("kind", FOREIGN)
def test_a_report_replaces_only_a_report_of_its_kind(kind: str, tmp_path: Path) -> None:
    pytest.importorskip("openpyxl")
    path, checked = tmp_path / f"a{kind}", Checked(sent(FAULTY, file_name="T1.csv"), FAULTY.encode())
    path.write_bytes(FOREIGN[kind])
    with pytest.raises(OutputError, match="not replaced"):
        refuse_report_paths([path], ["T1.csv"])
    with pytest.raises(OutputError, match="not replaced"):
        write_check_reports([checked], WORLD, [path, tmp_path / "other.json"])
    assert path.read_bytes() == FOREIGN[kind]
    assert [one.name for one in tmp_path.iterdir()] == [path.name]
    # nothing is lost with an empty file, nor with the report of a check before, on whatever file
    path.write_bytes(b"")
    write_check_reports([checked], WORLD, [path])
    before = path.read_bytes()
    write_check_reports([Checked(sent(CLEAN, file_name="T1_b.csv"), CLEAN.encode())], WORLD, [path])
    assert path.read_bytes() != before
    refuse_report_paths([path], ["T1.csv"])
    for other in set(FOREIGN) - {kind}:
        path.with_suffix(other).write_bytes(path.read_bytes())
        with pytest.raises(OutputError, match="not replaced"):
            refuse_report_paths([path.with_suffix(other)], ["T1.csv"])


def test_a_marked_workbook_that_was_saved_since_may_be_a_return_and_stays(tmp_path: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    content = workbook(Returns=[HEADER.split(","), ["stay", "P1", "2026-04", "about 50", 20]])
    checked, path = [Checked(sent(content, file_name="T1.xlsx"), content)], tmp_path / "T1.xlsx"
    write_check_reports(checked, WORLD, [path])
    write_check_reports(checked, WORLD, [path])
    book = openpyxl.load_workbook(path)
    book.save(path)
    mended = path.read_bytes()
    with pytest.raises(OutputError, match="not replaced"):
        write_check_reports(checked, WORLD, [path])
    assert path.read_bytes() == mended


def test_a_damaged_marked_workbook_stays_and_is_said(tmp_path: Path) -> None:
    pytest.importorskip("openpyxl")
    content = workbook(Returns=[HEADER.split(","), ["stay", "P1", "2026-04", "about 50", 20]])
    checked, path = [Checked(sent(content, file_name="T1.xlsx"), content)], tmp_path / "T1.xlsx"
    write_check_reports(checked, WORLD, [path])
    written = path.read_bytes()
    with zipfile.ZipFile(path) as archive:
        part = archive.getinfo("xl/workbook.xml")
        begin = part.header_offset + 30 + len(part.filename)
    for at in range(begin, begin + part.compress_size, 7):
        damaged = written[:at] + bytes([written[at] ^ 0xFF]) + written[at + 1 :]
        path.write_bytes(damaged)
        with suppress(OutputError):
            refuse_report_paths([path], ["T1.csv"])
        assert path.read_bytes() == damaged


def test_a_page_of_a_receipt_is_replaced_and_a_foreign_file_in_a_folder_is_not(tmp_path: Path) -> None:
    ledger = open_ledger(tmp_path / "ledger")
    (tmp_path / "T1.csv").write_text(CLEAN, encoding="utf-8")
    (receipt,) = receive(tmp_path / "T1.csv", WORLD, ledger, received_at=WHEN, as_of=DAY)
    checked, folder = Checked(sent(CLEAN, file_name="T1.csv"), receipt=receipt), tmp_path / "out"
    for _ in range(2):
        write_check_reports([checked], WORLD, [folder / "a.html", folder / "a.txt", f"{folder}/"])
    (folder / "T1.csv.txt").write_text("my own notes", encoding="utf-8")
    with pytest.raises(OutputError, match=r"T1\.csv\.txt is there already"):
        refuse_report_paths([folder], ["inbox/T1.csv"])


def test_several_files_need_a_folder_or_a_list(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match=r"there are 2: give a folder \(a/\)"):
        refuse_report_paths(["a.html"], ["1.csv", "2.csv"])
    refuse_report_paths(["a.csv", "a.json", "folder/", tmp_path], ["1.csv", "2.csv"])
    with pytest.raises(OutputError, match="the same name"):
        refuse_report_paths(["a.csv", "./a.csv"], ["1.csv"])


def test_a_folder_gets_a_page_and_a_note_for_each_file_under_names_that_do_not_meet(tmp_path: Path) -> None:
    names = ["T1_a.csv", "T1_A.csv", "T1 a.csv", "../../T1_a.csv", "T1_a.csv", "..."]
    checked = [Checked(sent(FAULTY, file_name=name)) for name in names]
    written = write_check_reports(checked, WORLD, [f"{tmp_path}/out/"])
    assert len(written) == len({path.name.lower() for path in written}) == 12
    assert {path.parent for path in written} == {tmp_path / "out"}
    assert sorted(tmp_path.iterdir()) == [tmp_path / "out"]
    # each note names the page beside it
    for path in written:
        if path.suffix == ".txt":
            assert path.with_suffix(".html").name in path.read_text(encoding="utf-8").replace("\n", " ")


@pytest.mark.parametrize(
    "name", ["/etc/passwd", "..\\..\\x", "a\x00b", "con", "é" * 300, "a" * 300, ".hidden", "-rf", "a/b/c.csv", ""]
)
def test_a_safe_name_has_no_folder_and_is_short(name: str) -> None:
    safe = safe_name(name)
    assert 1 <= len(safe) <= 80
    assert not set(safe) - set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-")
    assert safe[0] not in ".-"


def inbox(folder: Path) -> Path:
    folder.mkdir()
    (folder / "T1_bad.csv").write_text(FAULTY.replace("2026-04", "2026-06"), encoding="utf-8")
    (folder / "T1_good.csv").write_text(HEADER + "\n" + CLEAN, encoding="utf-8")
    (folder / f"T1_{NUMBER}.csv").write_text(FAULTY.replace("2026-04", "2026-05"), encoding="utf-8")
    (folder / "T1_zlast.csv").write_text(HEADER + "\n" + CLEAN.replace(",10,", ",12,"), encoding="utf-8")
    return folder


def files_of(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def test_an_inbox_gets_a_page_and_a_note_for_each_file_and_the_same_bytes_again(tmp_path: Path) -> None:
    box, ledger = inbox(tmp_path / "inbox"), open_ledger(tmp_path / "ledger")
    receive(box, WORLD, ledger, received_at=WHEN, as_of=DAY, reports=tmp_path / "first")
    first = files_of(tmp_path / "first")
    assert len(first) == 8
    assert not any(NUMBER in name or "9991234578" in name for name in first)
    assert not any(b"999 123 4578" in content or b"9991234578" in content for content in first.values())
    later = datetime(2026, 11, 23, 12, tzinfo=UTC)
    receive(box, WORLD, ledger, received_at=later, as_of=DAY, reports=tmp_path / "second")
    assert files_of(tmp_path / "second") == first
    receive(box, WORLD, ledger, received_at=later, as_of=DAY, reports=tmp_path / "first")
    assert files_of(tmp_path / "first") == first


def test_a_page_of_a_receipt_says_its_number_and_when_it_came(tmp_path: Path) -> None:
    ledger = open_ledger(tmp_path / "ledger")
    receive(inbox(tmp_path / "inbox"), WORLD, ledger, received_at=WHEN, as_of=DAY, reports=tmp_path / "pages")
    (page,) = (tmp_path / "pages").glob("*good.csv.html")
    text = page.read_text(encoding="utf-8")
    assert page.name.startswith("0000")
    assert f"Receipt {int(page.name[:6])}" in text
    assert "21 November 2026, 09:00 UTC" in text


def test_where_reports_cannot_be_written_nothing_is_recorded(tmp_path: Path) -> None:
    ledger = open_ledger(tmp_path / "ledger")
    (tmp_path / "taken").write_text("x", encoding="utf-8")
    with pytest.raises(OutputError, match="a folder is expected"):
        receive(inbox(tmp_path / "inbox"), WORLD, ledger, received_at=WHEN, as_of=DAY, reports=tmp_path / "taken")
    assert ledger.number == 0


def test_receiving_without_reports_is_as_it_was(tmp_path: Path) -> None:
    one, other = open_ledger(tmp_path / "one"), open_ledger(tmp_path / "other")
    box = inbox(tmp_path / "inbox")
    plain = receive(box, WORLD, one, received_at=WHEN, as_of=DAY)
    assert plain == receive(box, WORLD, other, received_at=WHEN, as_of=DAY, reports=tmp_path / "pages")
