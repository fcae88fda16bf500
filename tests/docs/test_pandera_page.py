"""The examples of docs/pandera.md do what they say, and its table has every trap that is tested."""

import doctest
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "pandera.md"


def test_every_example_of_the_page_does_what_it_says() -> None:
    flags = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE
    results = doctest.testfile(str(PAGE), module_relative=False, optionflags=flags, encoding="utf-8")
    assert results.attempted > 15
    assert results.failed == 0


def test_every_trap_of_the_page_is_tested() -> None:
    listed = {int(number) for number in re.findall(r"^\| (\d+) \|", PAGE.read_text(encoding="utf-8"), re.MULTILINE)}
    tests = (ROOT / "tests" / "unit" / "intake" / "test_pandera_traps.py").read_text(encoding="utf-8")
    assert listed == {int(number) for number in re.findall(r"def test_trap_(\d+)_", tests)} == set(range(1, 14))
