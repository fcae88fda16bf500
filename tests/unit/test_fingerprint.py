"""Fingerprints: the same content gives the same text, another content another one."""

import hashlib
import json
import subprocess
import sys
from datetime import date
from enum import Enum
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outcomes.fingerprint import fingerprint_of, sha256_of_bytes
from outcomes.scalars import Definition, Number
from outcomes.vocabulary import Tier

SCALARS = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text()
TREES = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3), max_leaves=8
)


class Noun(Definition):
    number: Number = 1.0
    names: tuple[str, ...] = ()


class Colour(Enum):
    RED = "red"


def test_the_hash_of_bytes_is_sha_256() -> None:
    assert sha256_of_bytes(b"abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"


@given(TREES)
def test_plain_json_content_hashes_as_its_sorted_compact_json(tree: Any) -> None:
    written = json.dumps(tree, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    try:
        content = written.encode()
    except UnicodeEncodeError:
        return
    assert fingerprint_of(tree) == hashlib.sha256(content).hexdigest()


def test_the_order_of_keys_does_not_count_and_that_of_members_does() -> None:
    assert fingerprint_of({"a": 1, "b": 2}) == fingerprint_of({"b": 2, "a": 1})
    assert fingerprint_of([1, 2]) != fingerprint_of([2, 1])


@pytest.mark.parametrize(
    ("one", "other"), [(1, "1"), (1, True), (None, "None"), (0, False), ("", None), ([], {}), (["a", "b"], ["ab"])]
)
def test_values_of_different_kinds_are_told_apart(one: object, other: object) -> None:
    assert fingerprint_of(one) != fingerprint_of(other)


def test_tuples_enums_dates_and_models_are_their_plain_content() -> None:
    assert fingerprint_of((1, 2)) == fingerprint_of([1, 2])
    assert fingerprint_of([Tier.LOCAL, Colour.RED, {Colour.RED: 1}]) == fingerprint_of(["local", "red", {"red": 1}])
    assert fingerprint_of(date(2026, 3, 31)) == fingerprint_of("2026-03-31")
    assert fingerprint_of(Noun(number=2, names=("a",))) == fingerprint_of({"names": ["a"], "number": 2.0})


def test_a_set_has_one_order_whatever_it_holds() -> None:
    assert fingerprint_of({1, "1", "b", "a"}) == fingerprint_of(frozenset({"a", "b", "1", 1}))
    assert fingerprint_of({"b", "a"}) == fingerprint_of(["a", "b"])
    assert fingerprint_of({"1"}) != fingerprint_of({1})


def test_a_set_gives_the_same_text_whatever_the_seed_of_hashing() -> None:
    code = "from outcomes.fingerprint import fingerprint_of; print(fingerprint_of({1, '1', 'a', 'b', ('c', 2)}))"
    found = {
        subprocess.run(
            [sys.executable, "-c", code], env={"PYTHONHASHSEED": seed}, capture_output=True, text=True, check=True
        ).stdout
        for seed in ("1", "2", "3")
    }
    assert len(found) == 1


@pytest.mark.parametrize("content", [b"ab", bytearray(b"ab"), [b"ab"], {"a": object()}, 1j, {1: {2: object}}])
def test_what_is_no_plain_value_has_no_fingerprint(content: object) -> None:
    with pytest.raises(TypeError, match="has no fingerprint"):
        fingerprint_of(content)


def test_no_key_is_lost_because_another_has_its_text() -> None:
    with pytest.raises(TypeError, match="two keys of a mapping have the same text"):
        fingerprint_of({1: "a", "1": "b"})
