"""Writes the table of what the source articles ask for, the test that shows it and where a user sees it.

`python -m tests.seeds.table` writes docs/asked_for.md anew; a test holds the page to the tests.
"""

import csv
import importlib
from pathlib import Path
from typing import Final

from tests.seeds.seed import FEATURES, SEEDS

__all__ = ["PAGE", "table"]

PAGE: Final = Path(__file__).parents[2] / "docs" / "asked_for.md"
_HEAD: Final = """\
# What the source articles ask for

Five articles on integrated care began this project. Forty-nine things were read out of them; each has one test of its
own, which goes in by a file and out by a page, an export or a command, and fails when the function behind the feature
is switched off (`python -m tests.seeds.switch_off`). Made by `python -m tests.seeds.table`.

| asked for | what the software does | test | where to see it |
| --- | --- | --- | --- |
"""


def table() -> str:
    """Return the page."""
    for path in sorted(Path(__file__).parent.glob("test_*.py")):
        importlib.import_module(f"tests.seeds.{path.stem}")
    with Path(__file__).with_name("rows.csv").open(encoding="utf-8", newline="") as rows:
        does = {row["feature"]: row["software_does"] for row in csv.DictReader(rows)}
    lines = []
    for feature in FEATURES:
        one = SEEDS.get(feature)
        file, _, name = one.test.partition("::") if one else ("", "", "")
        shown = f"[{name}](../{file})" if one else "none yet"
        seen = (one.seen + (f" (waits for: {one.waits_for})" if one.waits_for else "")) if one else ""
        lines.append(f"| {feature} | {does[feature]} | {shown} | {seen} |".replace("<", "&lt;"))
    return _HEAD + "\n".join(lines) + "\n"


if __name__ == "__main__":
    PAGE.write_text(table(), encoding="utf-8", newline="\n")
