"""Reads pages of examples: sheets, a layout, and what comes of them, each in a block of its own.

A block of `csv` is a file of text; several blocks, or one with a name behind `csv`, are the worksheets of a workbook.
A block of `yaml` is the layout (without id and title). The table below it has the figures that are read; a block of
`text` has findings, one a line, with the rest of their sentence left out after `…`. Of a file that is refused there is
no table. What is said of the shape of a described sheet is listed only where a page is about it.
"""

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final

import polars as pl
import xlsxwriter
from ruamel.yaml import YAML

from outcomes.framework.model import Breakdown
from outcomes.intake.checking import check
from outcomes.intake.model import CheckResult
from outcomes.partnership.layout import Layout
from outcomes.partnership.model import Partnership
from outcomes.vocabulary import PartnerType, Verdict
from tests.unit.intake.returns_world import AS_OF, BANDS, SEX, indicator, returns_world

__all__ = ["Example", "examples_of", "read", "told"]

_BLOCK: Final = re.compile(r"^```(\w+) ?(.*)$")
_COLUMNS: Final = {
    "indicator": "indicator_id",
    "place": "area_code",
    "group": "breakdown",
    "lower": "lower_ci_95",
    "upper": "upper_ci_95",
}
# said of every sheet with rows beside its table; a page that is about them lists them
_UNLISTED: Final = ("OUT-151", "OUT-152", "OUT-154", "OUT-161", "OUT-555")
_ROUTES: Final = Breakdown(dimension="route", categories=("Urgent", "Routine"), whole="All routes")
INDICATORS: Final = (
    indicator("waits", name="Seen in time", breakdowns=(SEX, BANDS, _ROUTES)),
    indicator("visits", statistic="count", multiplier=1, denominator="none", breakdowns=(SEX, BANDS, _ROUTES)),
    indicator("half", statistic="count", multiplier=1, denominator="none", numerator="number", numerator_scale=2),
    indicator(
        "survey",
        statistic="published_value",
        multiplier=1,
        denominator="none",
        period="calendar_year",
        breakdowns=(SEX,),
    ),
)


@dataclass
class Example:
    """One example of a page.

    Attributes:
        name: The headings above it.
        sheets: The name (empty for a file of text) and rows of each sheet.
        layout: The layout's keys; None while it has not been read.
        period: The period that is given with the file.
        figures: The cells of the table below it, its header first.
        findings: What is said.
    """

    name: str
    sheets: list[tuple[str, str]] = field(default_factory=list)
    layout: dict[str, Any] | None = None
    period: str | None = None
    figures: list[list[str]] = field(default_factory=list)
    findings: list[str] = field(default_factory=list)


def examples_of(page: Path) -> list[Example]:
    """Return the examples of a page that have sheets, a layout and what comes of them."""
    return [one for one in _examples(page.read_text(encoding="utf-8")) if one.sheets and one.layout is not None]


def _examples(text: str) -> Iterator[Example]:
    headings: dict[int, str] = {}
    current = Example("")
    lines = iter(text.splitlines())
    for line in lines:
        if line.startswith("#"):
            level = len(line) - len(line.lstrip("#"))
            headings = {at: said for at, said in headings.items() if at < level} | {level: line.lstrip("# ")}
            yield current
            current = Example("")
        block = _BLOCK.match(line)
        if block:
            body = "\n".join(iter(lambda: next(lines), "```"))
            if block[1] == "csv" and current.layout is not None:
                yield current
                current = Example("")
            _take(current, block[1], block[2], body)
            current.name = current.name or " / ".join(said for at, said in sorted(headings.items()) if at > 1)
        elif line.startswith("|") and current.layout is not None and not set(line) <= set("|- "):
            current.figures.append([cell.strip() for cell in line.strip().strip("|").split("|")])
    yield current


def _take(example: Example, kind: str, name: str, body: str) -> None:
    if kind == "csv":
        example.sheets.append((name, body + "\n"))
    elif kind == "yaml":
        example.layout = YAML(typ="base", pure=True).load(body) or {}
    elif kind == "sh":
        found = re.search(r"--period (\S+)", body)
        example.period = found[1] if found else None
    elif kind == "text":
        example.findings += [line for line in body.splitlines() if line.strip()]


def read(example: Example) -> CheckResult:
    """Return what a check finds of an example; the sender is a publisher."""
    name, content = "T1_sheet.csv", example.sheets[0][1].encode()
    if len(example.sheets) > 1 or example.sheets[0][0]:
        name, content = "T1_sheet.xlsx", _workbook(example.sheets)
    layout = Layout(**{"id": "theirs", "title": "Their sheet", **(example.layout or {})})
    partnership = replace(_world(), layouts={"theirs": layout, "native": Layout(id="native", title="native")})
    return check(
        content, partnership, partner="T1", as_of=AS_OF, layout="theirs", file_name=name, period=example.period
    )


def _world() -> Partnership:
    world = returns_world(indicators=INDICATORS, type=PartnerType.PUBLISHER, footprint=("P1", "P2"))
    return replace(world, areas=replace(world.areas, other_codes={"P1": ("QX1",)}))


def _workbook(sheets: list[tuple[str, str]]) -> bytes:
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_numbers": True})
    for name, text in sheets:
        page = book.add_worksheet(name)
        for row, cells in enumerate(csv.reader(io.StringIO(text))):
            for column, cell in enumerate(cells):
                page.write(row, column, cell)
    book.close()
    return buffer.getvalue()


def told(example: Example, result: CheckResult) -> tuple[list[list[str]], list[str]]:
    """Return what came of an example in the form of the page: the table and the findings."""
    header = example.figures[0] if example.figures else []
    frame = result.frame.select(_COLUMNS.get(name, name) for name in header) if header else pl.DataFrame()
    rows = [[_cell(cell) for cell in row] for row in frame.iter_rows()] if header else []
    if result.verdict is not Verdict.REJECTED:
        assert header, "a file that is let in has a table of figures"
    listed = {line[:7] for line in example.findings}
    findings = [
        _line(one.code, one.cell, one.row, one.text)
        for one in result.findings
        if one.code in listed or one.code not in _UNLISTED
    ]
    return [header, *rows] if header else [], _shortened(findings, example.findings)


def _line(code: str, cell: str | None, row: int | None, text: str) -> str:
    where = cell or (f"row {row}" if row else "")
    return f"{code} {where}: {text}" if where else f"{code}: {text}"


def _shortened(findings: list[str], given: list[str]) -> list[str]:
    """A finding that begins as one of the page does, up to its `…`, is that of the page."""
    begun = [line.removesuffix("…") for line in given if line.endswith("…")]
    return [next((start + "…" for start in begun if line.startswith(start)), line) for line in findings]


def _cell(cell: object) -> str:
    if cell is None:
        return ""
    return f"{cell:g}" if isinstance(cell, float) else str(cell)
