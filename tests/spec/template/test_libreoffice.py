"""LibreOffice opens a template, types into it and saves it: it comes back as it was filled, and knows whose it is.

Needs `soffice` and a system Python with `uno`; where continuous integration runs (CI is set) it must not be skipped.
"""

import io
import json
import shutil
import subprocess
import sys
from collections.abc import Sequence
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from outcomes.bundled import bundled_folder
from outcomes.intake.checking import check
from outcomes.intake.model import CheckResult
from outcomes.intake.template.asking import asked_of
from outcomes.intake.template.writing import template_workbook
from outcomes.partnership.loading import load_partnership
from outcomes.partnership.model import Partnership
from outcomes.vocabulary import Verdict
from tests.shared import IN_CI

AS_OF = date(2026, 11, 22)
TYPING = Path(__file__).with_name("libreoffice_typing.py")


@cache
def _python_of_the_office() -> str | None:
    if shutil.which("soffice") is None:
        return None
    for python in ("/usr/bin/python3", sys.executable):
        if Path(python).exists():
            tried = subprocess.run([python, "-c", "import uno"], capture_output=True, check=False)
            if tried.returncode == 0:
                return python
    return None


pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        _python_of_the_office() is None and not IN_CI,
        reason="LibreOffice (soffice) or its Python module uno is not installed",
    ),
]


@pytest.fixture(scope="module")
def world() -> Partnership:
    return load_partnership(bundled_folder("examples", "eastvale"))


def _saved_by_office(
    folder: Path, content: bytes, typed: dict[str, str], asked: list[str], tried: Sequence[tuple[str, ...]] = ()
) -> tuple[bytes, Any]:
    python = _python_of_the_office()
    assert python is not None, "LibreOffice and its Python module uno are needed here"
    profile = folder / "profile"
    job = {
        "source": str(folder / "template.xlsx"),
        "target": str(folder / "returned.xlsx"),
        "profile": str(profile),
        "sheet": "Return",
        "typed": typed,
        "asked": asked,
        "tried": tried,
    }
    (folder / "template.xlsx").write_bytes(content)
    (folder / "job.json").write_text(json.dumps(job), encoding="utf-8")
    done = subprocess.run(
        [python, str(TYPING), str(folder / "job.json")], capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode == 0, done.stderr
    return (folder / "returned.xlsx").read_bytes(), json.loads(done.stdout)


def _address(header: list[str], column: str, row: int) -> str:
    return f"{openpyxl.utils.get_column_letter(header.index(column) + 1)}{row}"


def _figures(result: CheckResult) -> list[tuple[Any, ...]]:
    columns = ("indicator_id", "area_code", "period", "breakdown", "numerator", "denominator", "status", "comment")
    return sorted(result.frame.select(columns).iter_rows(), key=str)


def test_what_is_typed_in_libreoffice_comes_back_as_it_was_typed(tmp_path: Path, world: Partnership) -> None:
    asked = asked_of(world, "EVH", as_of=AS_OF)
    content = template_workbook(asked)
    header = list(asked.columns)
    typed: dict[str, str] = {}
    expected: list[tuple[Any, ...]] = []
    for row, line in enumerate(asked.rows, start=2):
        scales = (line.indicator.numerator_scale, line.indicator.denominator_scale)
        numbers: list[int | None] = [None, None]
        status = "suppressed" if row == 6 else None
        for at, (column, number) in enumerate((("numerator", 100 + row), ("denominator", 200 + row))):
            if asked.text_of(line, column) is None:
                is_marker = status and column == "numerator"
                typed[_address(header, column, row)] = "[c]" if is_marker else str(number)
                numbers[at] = None if is_marker else number * scales[at]
        comment = "=1+1 is no formula here" if row == 2 else None
        if comment:
            typed[_address(header, "comment", row)] = comment.replace("=", "from ")
            comment = comment.replace("=", "from ")
        expected.append((line.indicator.id, line.area_code, line.period, "", *numbers, status, comment))
    # a row that is added below: a month that a program would like to take for a date
    below = len(asked.rows) + 2
    more = {"indicator_id": "op-01", "place_code": "EMX060001", "period": "2026-10", "age_band": "0-17"}
    more |= {"numerator": "7", "denominator": "9"}
    typed |= {_address(header, column, below): text for column, text in more.items()}
    expected.append(("op-01", "EMX060001", "2026-10", "age_band=0-17", 7, 9, None, None))
    lists = [_address(header, column, below) for column in ("indicator_id", "place_code", "age_band")]
    numbers_checked = [_address(header, "numerator", 2), _address(header, "numerator", below)]

    saved, said = _saved_by_office(tmp_path, content, typed, [*lists, *numbers_checked])

    result = check(saved, world, as_of=AS_OF, file_name="sent.xlsx")
    assert result.partner_code == "EVH"
    codes = {finding.code for finding in result.findings}
    # that a marker was read is always said
    assert codes == {"OUT-458"}, result.findings
    assert _figures(result) == sorted(expected, key=str)
    assert {address: said["checked"][address] for address in lists} == dict.fromkeys(lists, "LIST")
    assert {address: said["checked"][address] for address in numbers_checked} == dict.fromkeys(
        numbers_checked, "CUSTOM"
    )
    assert said["sheets"]["Return"] is True
    assert said["sheets"]["outcomes_template"] is False

    # and the saved file still has its lists, its locks and its hidden sheet
    book = openpyxl.load_workbook(io.BytesIO(saved))
    page = book["Return"]
    kinds = {one.type for one in page.data_validations.dataValidation}
    assert {"list", "custom"} <= kinds
    assert page.protection.sheet
    assert page[_address(header, "indicator_id", 2)].protection.locked
    assert not page[_address(header, "numerator", 2)].protection.locked
    assert book["outcomes_template"].sheet_state != "visible"


def test_a_template_filled_in_libreoffice_without_markers_is_plainly_accepted(
    tmp_path: Path, world: Partnership
) -> None:
    asked = asked_of(world, "STA", as_of=AS_OF)
    header = list(asked.columns)
    typed: dict[str, str] = {}
    for row in range(2, len(asked.rows) + 2):
        typed |= {_address(header, "numerator", row): str(row), _address(header, "denominator", row): "80"}
    content = template_workbook(asked)
    page = openpyxl.load_workbook(io.BytesIO(content))["Return"]
    cell = _address(header, "numerator", 2)
    (rule,) = [one.formula1 for one in page.data_validations.dataValidation if cell in one.sqref]
    entries = {"12": True, "0": True, "[c]": True, "*": True, "<5": True, " [x] ": True}
    entries |= {"12.5": False, "-1": False, "about 50": False, "a*": False, "-": False, "?": False}
    scratch = _address(header, "numerator", 250)
    tried = [(cell, text, f"={rule.replace(',', ';')}", scratch) for text in entries]
    saved, said = _saved_by_office(tmp_path, content, typed, [], tried)
    assert dict(zip(entries, said["lets_in"], strict=True)) == entries
    result = check(saved, world, as_of=AS_OF, file_name="sent.xlsx")
    assert (result.verdict, result.findings) == (Verdict.ACCEPTED, ())
    assert result.frame["numerator"].to_list() == list(range(2, len(asked.rows) + 2))
