"""Says findings in plain lines of at most 80 characters: each kind once, with its cells; bounded, no colour."""

import textwrap
from collections.abc import Iterator, Sequence
from typing import Final

from outcomes.finding import Finding
from outcomes.report.result_advice import meanings_of_markers, shortened_advice, unlocking
from outcomes.report.result_groups import Group, cells_in_words, faults, grouped, needs_nothing, to_look_at
from outcomes.report.result_subject import NHS_NUMBER
from outcomes.report.wording import say

__all__ = ["finding_lines"]

_WIDTH: Final = 80
_MOST_KINDS: Final = 12
_MOST_NOTES: Final = 6
_MOST_ONES: Final = 5
_MOST_ADDRESSES: Final = 6


def finding_lines(findings: Sequence[Finding]) -> Iterator[str]:
    """Yield what is to be mended, what to look at and what was only said; each kind once.

    Arguments:
        findings: In the order in which a check gives them.
    """
    meanings, unlock = meanings_of_markers(findings), unlocking(findings)
    findings = shortened_advice(findings)
    sheets = {finding.sheet for finding in findings}
    has_sheets = len(sheets - {None}) > 1
    looks = grouped(one for one in findings if to_look_at(one))
    notes = grouped(one for one in findings if needs_nothing(one))
    for heading, groups, most in (
        ("To mend:", faults(findings), _MOST_KINDS),
        ("Please look at (this does not stop the file):", looks, _MOST_KINDS),
    ):
        if groups:
            yield ""
            yield f"  {heading}"
        for number, group in enumerate(groups[:most], 1):
            yield from _kind(number, group, has_sheets=has_sheets)
        yield from _more(groups, most)
    once = [f"{say('res_markers')} {'; '.join(say('res_marker', text=text, meaning=it) for text, it in meanings)}."]
    once = [*(once if meanings else []), *([unlock] if unlock else [])]
    if once:
        yield ""
    for text in once:
        yield from _wrapped(text, 2)
    if notes:
        yield ""
        yield "  Nothing to do about:"
    for group in notes[:_MOST_NOTES]:
        said = group.text or group.title
        yield from _wrapped(f"{_where(group, has_sheets=has_sheets)}{said} ({group.first.code})", 4)
    yield from _more(notes, _MOST_NOTES)


def _kind(number: int, group: Group, *, has_sheets: bool) -> Iterator[str]:
    where = _where(group, has_sheets=has_sheets)
    first = group.first
    yield from _wrapped(f"{where}{group.title} ({first.code})", 2, f"{number:>3}. ")
    is_said_once = bool(group.text)
    if is_said_once:
        yield from _wrapped(first.text, 7)
    for one in group.findings[:_MOST_ONES] if len(group.findings) > 1 else ():
        yield from _one(one, is_said_once=is_said_once)
        if not group.fix and one.fix:
            yield from _wrapped(f"To do: {one.fix}", 9)
    more = group.count - min(len(group.findings), _MOST_ONES)
    if len(group.findings) > 1 and more:
        yield f"         … and {more:,} more"
    if group.fix:
        example = f" For example: {group.example}" if group.example else ""
        yield from _wrapped(f"To do: {group.fix}{example}", 7)


def _one(finding: Finding, *, is_said_once: bool) -> Iterator[str]:
    place = finding.cell or (f"row {finding.row}" if finding.row is not None else "the file")
    wrote = f" “{finding.value}”" if finding.value else ""
    if is_said_once:
        # what the sentence of the first one does not say of the others
        if finding.value:
            yield from _wrapped(f"{place}{wrote}", 9)
        return
    yield from _wrapped(f"{place}: {finding.text}", 9)


def _where(group: Group, *, has_sheets: bool) -> str:
    where = cells_in_words(group, _MOST_ADDRESSES)
    # sheets that are not read are looked through for people as well: of these a row alone says nothing
    if group.first.sheet and (has_sheets or group.first.code == NHS_NUMBER):
        where = f"sheet {group.first.sheet}, {where}" if where else f"sheet {group.first.sheet}"
    return f"{where[:1].upper()}{where[1:]}: " if where else ""


def _more(groups: Sequence[Group], most: int) -> Iterator[str]:
    if len(groups) > most:
        yield f"    … and {len(groups) - most} more; --report FILE.html lists all"


def _wrapped(text: str, indent: int, first: str = "") -> list[str]:
    begin = " " * indent + first
    return textwrap.wrap(
        text,
        _WIDTH,
        initial_indent=begin,
        subsequent_indent=" " * len(begin),
        break_long_words=True,
        break_on_hyphens=False,
    )
