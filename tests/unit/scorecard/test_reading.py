"""A scorecard's JSON reads back the same; anything else is refused in one sentence."""

import codecs
import json
import os
from pathlib import Path
from typing import Any

import pytest

from outcomes.errors import ReadbackError, UnreadableFileError
from outcomes.scorecard.model import SCHEMA_VERSION, Scorecard
from outcomes.scorecard.reading import read_scorecard, scorecard_json
from tests.report_cards import bare_scorecard, castlewick
from tests.small_world import estimates
from tests.unit.scorecard.card_world import agreement, cards, judgements, partnership, status


@pytest.fixture(scope="module")
def card() -> Scorecard:
    made = cards(
        estimates({"value": 20.0, "qualifiers": ["partial"]}, {"period": "2022/23", "value": 0.1}),
        judgements({"signal": "trend", "word": "improving", "amount": 0.1 + 0.2}),
        of=partnership(agreements=[agreement()]),
        returns=status({}),
    )
    return made["PL1"]


def tree(card: Scorecard) -> dict[str, Any]:
    found = json.loads(scorecard_json(card))
    assert isinstance(found, dict)
    return found


def refusal(content: bytes) -> str:
    with pytest.raises(ReadbackError) as error:
        read_scorecard(content)
    assert "\n" not in str(error.value)
    return str(error.value)


def test_what_is_written_reads_back_the_same(card: Scorecard, tmp_path: Path) -> None:
    text = scorecard_json(card)
    assert read_scorecard(text.encode()) == card
    path = tmp_path / "PL1.json"
    path.write_text(text, encoding="utf-8")
    assert read_scorecard(path) == read_scorecard(str(path)) == card
    # and writes the same again
    assert scorecard_json(read_scorecard(path)) == text
    assert text.endswith("}\n")


def test_every_awkward_page_reads_back_the_same() -> None:
    for whole in (castlewick(), bare_scorecard()):
        assert read_scorecard(scorecard_json(whole).encode()) == whole


def test_a_byte_order_mark_does_no_harm(card: Scorecard) -> None:
    assert read_scorecard(codecs.BOM_UTF8 + scorecard_json(card).encode()) == card


def test_the_version_stands_first(card: Scorecard) -> None:
    assert next(iter(tree(card).items())) == ("schema_version", SCHEMA_VERSION)


def test_a_newer_schema_asks_for_a_newer_library(card: Scorecard) -> None:
    newer = json.dumps({**tree(card), "schema_version": SCHEMA_VERSION + 1, "new_part": {}}).encode()
    assert refusal(newer) == (
        f"the content has schema_version {SCHEMA_VERSION + 1}; this library reads up to {SCHEMA_VERSION}: "
        "install a newer one"
    )


@pytest.mark.parametrize("version", [None, "1", True, 1.5, [], 0, -1])
def test_a_version_that_is_none_is_refused(card: Scorecard, version: object) -> None:
    assert "is no scorecard" in refusal(json.dumps({**tree(card), "schema_version": version}).encode())


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<html></html>",
        b"{",
        b"\xff\xfe{\x00",
        b"\x00" * 9,
        b"[" * 200_000,
        b'{"schema_version": ' + b"1" * 5000 + b"}",
        "a,b\n1,2\n".encode("utf-16"),
    ],
)
def test_what_is_no_json_is_refused(content: bytes) -> None:
    assert refusal(content) == (
        "the content is no scorecard: it is no JSON; expected a file of the folder scorecards/ of a built site"
    )


@pytest.mark.parametrize("content", [b"[]", b"1", b"null", b'"schema_version"', b"{}"])
def test_json_of_something_else_is_refused(content: bytes) -> None:
    assert refusal(content).startswith("the content is no scorecard: it has no schema_version")


def test_parts_that_do_not_fit_are_counted_and_the_first_is_named(card: Scorecard) -> None:
    wrong = {**tree(card), "as_of": "22 November", "extra": 1}
    del wrong["product"]
    said = refusal(json.dumps(wrong).encode())
    assert said.startswith("the content is no scorecard: 3 parts do not fit, first as_of: ")


def test_nan_is_no_value(card: Scorecard) -> None:
    changed = tree(card)
    changed["summary"]["differing_by_chance"] = float("nan")
    assert "is no scorecard" in refusal(json.dumps(changed).encode())


def test_a_missing_file_and_a_folder_are_said(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFileError) as missing:
        read_scorecard(tmp_path / "none.json")
    assert str(missing.value) == (
        f"{tmp_path / 'none.json'} cannot be read: No such file or directory; give a scorecard's JSON file"
    )
    with pytest.raises(UnreadableFileError, match=r"cannot be read: .*; give a scorecard's JSON file"):
        read_scorecard(str(tmp_path))


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="the modes of files do not bind root")
def test_a_file_that_may_not_be_read_is_said(tmp_path: Path) -> None:
    (tmp_path / "card.json").write_bytes(b"{}")
    (tmp_path / "card.json").chmod(0)
    with pytest.raises(UnreadableFileError, match="cannot be read: Permission denied"):
        read_scorecard(tmp_path / "card.json")
