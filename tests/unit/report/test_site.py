"""A site is written all or none, inside its folder, the same bytes every time."""

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from outcomes.errors import OutcomesError, OutputError
from outcomes.report.site import html_pages, write_html
from tests.report_cards import Collection, collection, scorecard
from tests.unit.report.test_pages import Page


def test_a_site_is_an_overview_and_the_pages_of_each_place_and_of_its_measures(tmp_path: Path) -> None:
    written = write_html(collection(), tmp_path / "site")
    expected = ["index.html"]
    for card in collection().cards:
        code = card.place.area_code
        expected += [f"{folder}/{code}.html" for folder in ("places", "agreements", "national", "public")]
        expected += [f"indicators/{code}/{line.indicator_id}.html" for line in card.lines]
    assert [path.relative_to(tmp_path / "site").as_posix() for path in written] == [*expected, "READ_FIRST.txt"]
    assert all(path.read_bytes().startswith(b"<!DOCTYPE html>") for path in written[:-1])


def test_every_link_of_a_site_leads_to_one_of_its_pages(tmp_path: Path) -> None:
    import re

    for path in write_html(collection(), tmp_path):
        for href in re.findall(r'href="([^"#]+)(?:#[^"]*)?"', path.read_text(encoding="utf-8")):
            if not href.startswith("https://example.org"):
                assert (path.parent / href).resolve().is_file(), href


def test_a_link_into_a_place_page_arrives_at_its_line(tmp_path: Path) -> None:
    import re

    index, *_ = write_html(collection(), tmp_path)
    found = re.findall(r'href="(places/[^"#]+)#([^"]+)"', index.read_text(encoding="utf-8"))
    assert len(found) > 50
    for page, anchor in found:
        assert f'id="{anchor}"' in (tmp_path / page).read_text(encoding="utf-8")


def test_the_front_page_has_the_words_of_a_collection_that_has_some() -> None:
    @dataclass(frozen=True)
    class Introduced(Collection):
        introduction: str = "How people are doing."

    told = html_pages(Introduced(collection().cards))["index.html"].decode()
    assert "How people are doing." in told
    assert "How people are doing." not in html_pages(collection())["index.html"].decode()


def test_the_same_cards_give_the_same_bytes_in_any_process_and_any_order(tmp_path: Path) -> None:
    code = (
        "import sys; from outcomes.report.site import write_html\n"
        "from tests.report_cards import Collection, collection\n"
        "write_html(Collection(tuple(reversed(collection().cards))), sys.argv[1])"
    )
    environment = {**os.environ, "PYTHONHASHSEED": "7", "TZ": "Asia/Tokyo", "LC_ALL": "C"}
    subprocess.run([sys.executable, "-c", code, str(tmp_path / "other")], check=True, env=environment)
    for name, content in html_pages(collection()).items():
        assert (tmp_path / "other" / name).read_bytes() == content, name


@pytest.mark.parametrize(
    "code", ["../evil", "a/b", "..", "", "C:evil", "a b", "x" * 65, "é", "-rf", ".hidden", "a\n", "con.html"]
)
def test_an_area_code_that_is_no_plain_name_writes_nothing(tmp_path: Path, code: str) -> None:
    with pytest.raises(OutputError, match="cannot be a file name"):
        write_html(Collection((scorecard(code, "Evil"),)), tmp_path / "site")
    assert list(tmp_path.iterdir()) == []


def test_two_places_of_one_name_on_disk_are_refused(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="share one area code"):
        write_html(Collection((scorecard("E1a", "A"), scorecard("e1A", "B"))), tmp_path / "site")
    assert list(tmp_path.iterdir()) == []


def test_a_file_where_the_folder_should_be_is_a_plain_error_and_stays(tmp_path: Path) -> None:
    taken = tmp_path / "site"
    taken.write_text("mine", encoding="utf-8")
    with pytest.raises(OutcomesError, match="is a file; a folder is expected"):
        write_html(collection(), taken)
    assert taken.read_text(encoding="utf-8") == "mine"


def test_a_disk_that_fails_leaves_an_older_site_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    older = {path: path.read_bytes() for path in write_html(collection(), tmp_path / "site")}
    writes = 0
    real = Path.write_bytes

    def full(path: Path, content: bytes) -> int:
        nonlocal writes
        writes += 1
        if writes > 2:
            raise OSError(28, "No space left on device")
        return real(path, content)

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(OutputError, match="No space left"):
        write_html(Collection((scorecard(name="Changed"), *collection().cards[:1])), tmp_path / "site")
    monkeypatch.undo()
    assert {path: path.read_bytes() for path in (tmp_path / "site").rglob("*") if path.is_file()} == older


def test_other_files_of_the_folder_are_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine", encoding="utf-8")
    write_html(collection(), tmp_path)
    assert (tmp_path / "mine.txt").read_text(encoding="utf-8") == "mine"


def test_no_card_at_all_is_a_site_with_one_page(tmp_path: Path) -> None:
    assert [path.name for path in write_html(Collection(()), tmp_path)] == ["index.html", "READ_FIRST.txt"]


READERS = {
    "public": "Who may read it: everyone, once it is published.",
    "national": "Who may read it: the region, the nation and the partners of",
}


def test_every_page_says_who_may_read_it_and_asks_search_engines_to_leave_it_out() -> None:
    for product in ("draft", "working copy"):
        cards = tuple(card.model_copy(update={"product": product}) for card in collection().cards)
        pages = html_pages(Collection(cards))
        assert {"public/", "national/"} & {name.partition("/")[0] + "/" for name in pages} == (
            set() if product == "working copy" else {"public/", "national/"}
        )
        for name, page in pages.items():
            text = Page(page.decode()).text
            told = READERS.get(name.partition("/")[0], "Who may read it: the partners of")
            assert told in text, name
            # of another page than the public one, that it is not for the web
            assert ("Not for the web" in text) == (product == "draft" and not name.startswith("public/")), name
            assert ("Nothing of a working copy goes on the web" in text) == (product == "working copy"), name
            assert b'<meta name="robots" content="noindex">' in page, name


def test_the_folder_says_first_what_of_it_may_go_on_the_web(tmp_path: Path) -> None:
    *_, note = write_html(collection(), tmp_path / "site")
    said = " ".join(note.read_text(encoding="utf-8").split())
    assert note.name == "READ_FIRST.txt"
    assert "Only public/ is made for the web, and only once it is published" in said
    assert "Put public/ on a web server, never the folder that it lies in." in said
    cards = [card.model_copy(update={"product": "working copy"}) for card in collection().cards]
    *_, note = write_html(Collection((*cards[:1], *collection().cards[1:])), tmp_path / "working")
    assert "Nothing in this folder goes on the web or beyond the partners." in note.read_text(encoding="utf-8")
