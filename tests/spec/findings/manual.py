"""Writes the page of each finding from its example: the messages are what a check says of it, never typed.

usage: python -m tests.spec.findings.manual [FOLDER]
"""

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from outcomes.finding import Finding
from outcomes.intake.rules import RULES, Rule
from outcomes.intake.rules.documentation import PAGES
from outcomes.report.fault_titles import FAULT_TITLES
from outcomes.vocabulary import Severity, Verdict
from tests.spec.findings.examples import Example, checked, examples, shown

__all__ = ["FOLDER", "pages"]

FOLDER: Final = Path(__file__).parents[3] / PAGES
_GROUPS: Final = {
    "0": "The file as such",
    "1": "The shape of the table",
    "2": "What a figure is for",
    "3": "Periods",
    "4": "How numbers are written",
    "5": "What the numbers say together",
    "6": "What was received before",
    "7": "What must not be in a return, or is handled with care",
}
_SHOWN: Final = 3
_INTRODUCTION: Final = """\
Everything that a check can say of a partner's file, by its code. An error sends the file back; a warning lets it in.
Each code has a page: what it means, why it is asked, a sheet that brings it about, what the check then says, and the
same sheet mended. A code is never used again for something else.

The examples are held against a small partnership: the trust `T1` sends `stay` (a proportion, by month) and others for
the places `P1` and `P2`, the council `C2` sends `elsewhere` for `P9`, and the day is 22 November 2026."""
_MADE: Final = "<!-- made by python -m tests.spec.findings.manual; edit tests/spec/findings/*.yaml -->"


def pages() -> dict[str, str]:
    """Return the text of every page by its file's name."""
    made = {f"{code}.md": "\n".join(_page(example)) + "\n" for code, example in examples().items()}
    return {"README.md": "\n".join(_index()) + "\n", **made}


def _index() -> Iterator[str]:
    yield _MADE
    yield "# Findings"
    yield ""
    yield _INTRODUCTION
    for digit, title in _GROUPS.items():
        yield ""
        yield f"## {title} (OUT-{digit}..)"
        yield ""
        yield "| code | name | | what it means |"
        yield "| --- | --- | --- | --- |"
        for code, example in examples().items():
            if code[4] == digit:
                rule = RULES[code]
                yield f"| [{code}]({code}.md) | {FAULT_TITLES[code]} | {rule.severity.value} | {example.means} |"


def _page(example: Example) -> Iterator[str]:
    rule = RULES[example.code]
    yield _MADE
    yield f"# {rule.code}: {FAULT_TITLES[rule.code]}"
    yield ""
    yield _weight(rule)
    yield ""
    yield example.means
    yield ""
    yield f"**Why it is asked.** {example.why}"
    yield ""
    yield f"Its name in lists is `{rule.name}`."
    yield ""
    yield "## Failing"
    yield ""
    yield from _before(example)
    yield from shown(example.failing)
    result = checked(example.failing)
    own = [finding for finding in result.findings if finding.code == rule.code]
    yield ""
    yield "What the check says:"
    yield ""
    yield from _messages(own)
    if others := sorted({finding.code for finding in result.findings} - {rule.code}):
        yield f"The same sheet also brings about {_links(others)}."
        yield ""
    yield "## Mended"
    yield ""
    yield from shown(example.mended)
    yield ""
    yield _verdict(example)
    yield ""
    yield "[All findings](README.md)"


def _weight(rule: Rule) -> str:
    if rule.severity is Severity.WARNING:
        return "A warning: the file is let in, and this is said."
    tolerable = " The description of a published sheet may let it in, with its reason (`tolerated`)."
    said = "An error: the file is not accepted yet, and no figure of it counts."
    return said + (tolerable if rule.is_tolerable else "")


def _before(example: Example) -> Iterator[str]:
    given = example.failing.described
    if layout := given.get("layout"):
        yield f"The sheet has a description of its own: `{_flow(layout)}`."
        yield ""
    for earlier in given.get("before", ()):
        yield f"Received before, from {earlier.get('sender', 'T1')}:"
        yield ""
        yield from shown(type(example.failing)(earlier))
        yield ""
        yield "And now:"
        yield ""


def _flow(described: object) -> str:
    """A description as YAML on one line."""
    if isinstance(described, dict):
        return "{" + ", ".join(f"{key}: {_flow(one)}" for key, one in described.items()) + "}"
    if isinstance(described, list):
        return "[" + ", ".join(map(_flow, described)) + "]"
    return str(described)


def _messages(findings: Sequence[Finding]) -> Iterator[str]:
    for finding in findings[:_SHOWN]:
        where = _where(finding)
        yield f"> {f'**{where}**: ' if where else ''}{finding.text}"
        yield ">"
        yield f"> To do: {finding.fix}"
        if finding.example:
            yield ">"
            yield f"> For example: `{finding.example}`"
        yield ""
    if len(findings) > _SHOWN:
        yield f"And the same of {len(findings) - _SHOWN} more."
        yield ""


def _where(finding: Finding) -> str:
    parts = [f"worksheet {finding.sheet}"] if finding.sheet else []
    if finding.cell:
        parts.append(f"cell {finding.cell}")
    elif finding.row is not None:
        parts.append(f"row {finding.row}")
    if finding.column:
        parts.append(f"column {finding.column}")
    text = ", ".join(parts)
    return text[:1].upper() + text[1:]


def _links(codes: Sequence[str]) -> str:
    links = [f"[{code}]({code}.md)" for code in codes]
    return links[0] if len(links) == 1 else f"{', '.join(links[:-1])} and {links[-1]}"


def _verdict(example: Example) -> str:
    result = checked(example.mended)
    rows = "1 figure" if result.loaded_rows == 1 else f"{result.loaded_rows} figures"
    if result.verdict is Verdict.ACCEPTED:
        return f"The check says: accepted, {rows}."
    return f"The check says: accepted, {rows}; still said: {_links(sorted({one.code for one in result.findings}))}."


def main() -> None:
    """Write every page, and remove those of codes that are no more."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    made = pages()
    for path in folder.glob("OUT-*.md"):
        if path.name not in made:
            path.unlink()
    for name, text in made.items():
        (folder / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
