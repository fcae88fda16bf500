"""Reads the examples of findings, which are data, makes the files that they describe, and checks them."""

import hashlib
import io
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Final

import openpyxl
import polars as pl
import xlsxwriter
from ruamel.yaml import YAML

from outcomes.intake.checking import check
from outcomes.intake.model import CheckResult, TakenBack
from outcomes.intake.template.asking import asked_of
from outcomes.intake.template.mark import RETURN_SHEET
from outcomes.intake.template.writing import template_workbook
from tests.spec.findings.worlds import world
from tests.unit.intake.old_excel import old_workbook
from tests.unit.intake.returns_world import AS_OF, HEADER, Record

__all__ = ["Example", "Sheet", "checked", "examples", "shown"]

_WIDTH: Final = 120
FOLDER: Final = Path(__file__).parent
_OF_BOTH: Final = ("header", "layout", "world", "before", "sender", "period", "name", "again")


@dataclass(frozen=True)
class Sheet:
    """What a partner sends in an example, as it is described.

    Attributes:
        described: The keys of its YAML. One of `rows`, `text`, `workbook`, `old_workbook`, `parquet`, `bytes` and
            `template` says what it is; the others change it.
    """

    described: Mapping[str, Any]

    @property
    def name(self) -> str:
        """The name of the file."""
        endings = {"workbook": "xlsx", "template": "xlsx", "old_workbook": "xls", "parquet": "parquet"}
        ending = next((ending for key, ending in endings.items() if key in self.described), "csv")
        return str(self.described.get("name") or f"T1_return.{ending}")

    @property
    def text(self) -> str:
        """The text of a file of text."""
        if "text" in self.described:
            return str(self.described["text"])
        header = self.described.get("header", HEADER)
        text = "\n".join([header, *self.described["rows"]]) + "\n"
        return text.replace("@", "x" * int(self.described.get("long_comment", 1)))

    @property
    def content(self) -> bytes:
        """The bytes of the file."""
        given = self.described
        for key, make in _MAKERS.items():
            if key in given:
                return _changed(make(given[key]), given)
        text = self.text.replace("\n", {"CR": "\r"}.get(given.get("line_ends", ""), "\n"))
        return _changed(text.encode(given.get("encoding", "utf-8")), given)


@dataclass(frozen=True)
class Example:
    """One code with what brings it about and what does not.

    Attributes:
        code, means, why: Of the finding; in plain words.
        failing, mended: The two files.
        also: Other codes that the failing file brings about by itself.
    """

    code: str
    means: str
    why: str
    failing: Sheet
    mended: Sheet
    also: frozenset[str]


@cache
def examples() -> dict[str, Example]:
    """Return every example by its code."""
    found: dict[str, Example] = {}
    for path in sorted(FOLDER.glob("*.yaml")):
        for code, given in YAML(typ="safe").load(path.read_text(encoding="utf-8")).items():
            if code in found:
                raise ValueError(f"{path.name}: {code} has an example already")
            found[code] = _example(code, given)
    return dict(sorted(found.items()))


def _example(code: str, given: Mapping[str, Any]) -> Example:
    shared = {key: given[key] for key in _OF_BOTH if key in given}
    sheets = []
    for key in ("failing", "mended"):
        own = given[key] if isinstance(given[key], Mapping) else {"rows": given[key]}
        sheets.append(Sheet({**shared, **own}))
    known = {"means", "why", "failing", "mended", "also", *_OF_BOTH}
    if strange := sorted(set(given) - known):
        raise ValueError(f"{code}: {strange[0]} is no key of an example")
    return Example(code, given["means"], given["why"], sheets[0], sheets[1], frozenset(given.get("also", ())))


@dataclass
class _Record(Record):
    """A record in memory that may also have files taken back."""

    taken_back: dict[str, TakenBack] = field(default_factory=dict)

    def content_taken_back(self, sha256: str, partner_code: str, given_period: str = "") -> TakenBack | None:
        return self.taken_back.get(sha256)


def checked(sheet: Sheet) -> CheckResult:
    """Return what a check says of a sheet, after what was received before it.

    Arguments:
        sheet: What is sent.
    """
    given = sheet.described
    partnership = world(given.get("world", ""), given.get("layout"))
    record = _Record() if "before" in given else None
    for earlier in given.get("before", ()):
        assert record is not None
        before = Sheet(earlier)
        result = check(
            before.content, partnership, partner=earlier.get("sender", "T1"), as_of=AS_OF, ledger=record,
            file_name=before.name,
        )  # fmt: skip
        assert result.frame.height, result.findings
        if act := earlier.get("taken_back"):
            record.taken_back = {result.sha256: TakenBack(2, "sent by mistake", is_destroyed=act == "destroyed")}
        else:
            record.keep(result)
    return check(
        sheet.content,
        partnership,
        partner=given.get("sender", "T1") or None,
        as_of=AS_OF,
        ledger=record,
        file_name=sheet.name,
        period=given.get("period"),
        again=bool(given.get("again")),
    )


def _changed(content: bytes, given: Mapping[str, Any]) -> bytes:
    """The content with what a hostile or careless hand does to it."""
    if "cut_to" in given:
        content = content[: int(len(content) * given["cut_to"])]
    if "replaced" in given:
        for old, new in given["replaced"].items():
            content = _repacked(content, old.encode(), new.encode())
    if "member" in given:
        buffer = io.BytesIO(content)
        with zipfile.ZipFile(buffer, "a") as archive:
            archive.writestr(zipfile.ZipInfo(given["member"]), "x")
        content = buffer.getvalue()
    return content


def _repacked(content: bytes, old: bytes, new: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as packed, zipfile.ZipFile(buffer, "w") as made:
        for name in packed.namelist():
            made.writestr(zipfile.ZipInfo(name), packed.read(name).replace(old, new))
    return buffer.getvalue()


def _workbook(sheets: Mapping[str, Any]) -> bytes:
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        for name, described in sheets.items():
            page = book.add_worksheet(name)
            rows, hidden = (described, ()) if isinstance(described, list) else (described["rows"], described["hidden"])
            for row, cells in enumerate(rows):
                for column, cell in enumerate(cells):
                    _write(book, page, row, column, cell)
            for row in hidden:
                page.set_row(row - 1, None, None, {"hidden": True})
    return buffer.getvalue()


def _write(book: Any, page: Any, row: int, column: int, cell: Any) -> None:
    if isinstance(cell, Mapping):
        page.write_formula(row, column, cell["formula"], None, cell["result"])
    elif isinstance(cell, date):
        page.write_datetime(row, column, cell, book.add_format({"num_format": "yyyy-mm-dd"}))
    elif cell is not None:
        page.write(row, column, cell)


def _parquet(columns: Mapping[str, list[Any]]) -> bytes:
    buffer = io.BytesIO()
    pl.DataFrame(dict(columns)).write_parquet(buffer)
    return buffer.getvalue()


def _bytes(described: Mapping[str, Any]) -> bytes:
    start = bytes.fromhex(described["hex"]) if "hex" in described else described.get("text", "").encode("latin-1")
    # reproducible, and packed by nothing
    noise = b"".join(hashlib.sha256(bytes([at])).digest() for at in range(8))
    return bytes(start) + noise * int(described.get("noise", 0))


def _template(described: Mapping[str, Any]) -> bytes:
    """The template of T1, each figure filled with the same two numbers."""
    book = openpyxl.load_workbook(io.BytesIO(template_workbook(asked_of(world("two trusts"), "T1", as_of=AS_OF))))
    page = book[RETURN_SHEET]
    places = {cell.value: cell.column for cell in page[1]}
    for row in range(2, page.max_row + 1):
        for column, number in described.items():
            if page.cell(row, places["indicator_id"]).value:
                page.cell(row, places[column]).value = number
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


_MAKERS: Final = {
    "workbook": _workbook,
    "old_workbook": old_workbook,
    "parquet": _parquet,
    "bytes": _bytes,
    "template": _template,
}


def shown(sheet: Sheet) -> Iterator[str]:
    """Yield the lines of Markdown in which a page shows a sheet.

    Arguments:
        sheet: What is sent.
    """
    given = sheet.described
    if "is" in given:
        yield f"{given['is']}"
        if not {"workbook", "rows", "text"} & set(given) or "long_comment" in given or given.get("text") == "":
            return
        yield ""
    if "workbook" in given:
        for name, described in given["workbook"].items():
            yield f"Worksheet “{name}”:"
            yield ""
            yield from _table(described if isinstance(described, list) else described["rows"])
    elif "parquet" in given:
        columns = given["parquet"]
        yield from _table([list(columns), *map(list, zip(*columns.values(), strict=True))], letters=False)
    else:
        yield "```text"
        lines = sheet.text.split("\n")
        for number, line in enumerate(lines[:-1] if lines[-1] == "" else lines, 1):
            shown_line = line if len(line) <= _WIDTH else f"{line[:_WIDTH]}…"
            yield f"{number:>2}  {shown_line}".rstrip()
        yield "```"


def _table(rows: list[list[Any]], *, letters: bool = True) -> Iterator[str]:
    width = max(len(row) for row in rows)
    heads = [chr(65 + at) for at in range(width)] if letters else [str(name) for name in rows[0]]
    yield "| | " + " | ".join(heads) + " |"
    yield "| ---: |" + " --- |" * width
    first = 1 if letters else 2
    for number, row in enumerate(rows if letters else rows[1:], first):
        cells = [_cell(cell) for cell in [*row, *[None] * (width - len(row))]]
        yield f"| {number} | " + " | ".join(cells) + " |"


def _cell(cell: Any) -> str:
    if isinstance(cell, Mapping):
        return f"`{cell['formula']}` {cell['result']}".strip()
    return "" if cell is None else str(cell).replace("|", "\\|")
