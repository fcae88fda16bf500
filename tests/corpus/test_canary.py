"""An NHS number in a file: the file is rejected, and the number is told by nothing that the product writes or says."""

import io
import json
import logging
import re
import sqlite3
import traceback
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import polars as pl
import pytest

from outcomes.cli import printing
from outcomes.errors import OutcomesError
from outcomes.exchange.check_json import check_document
from outcomes.intake.checking import check
from outcomes.intake.model import CheckResult
from outcomes.ledger.store import open_ledger
from outcomes.ledger.verifying import verify
from outcomes.partnership.model import Partnership
from outcomes.vocabulary import Verdict
from outcomes.workflows.receiving import receive
from outcomes.workflows.reporting import Checked, write_check_reports
from outcomes.workflows.returning import returned_workbook
from tests.corpus.canaries import Canary, canaries
from tests.corpus.generated.description import DESCRIPTION
from tests.corpus.generated.sheet import months
from tests.corpus.generated.writing import csv_bytes
from tests.corpus.world import partnership_from

# once, on one Python, is enough of these
pytestmark = pytest.mark.slow

DAY = date(2026, 2, 10)
NOON = datetime(2026, 2, 10, 12, tzinfo=UTC)
CANARIES = tuple(canaries())


@pytest.fixture(scope="module")
def world() -> Partnership:
    return partnership_from(DESCRIPTION)


def is_told(number: str, said: str | bytes) -> bool:
    """Whether the digits stand in a text or in bytes, in any grouping, in UTF-8 or UTF-16."""
    text = said.replace(b"\0", b"").decode("latin-1") if isinstance(said, bytes) else said
    return re.search(r"[^0-9A-Za-z]{0,3}".join(number), text) is not None


def everything_said(error: BaseException | None) -> str:
    """What an exception and all that led to it say."""
    said = ""
    while error is not None:
        said += repr(error) + str(error) + "".join(traceback.format_exception(error))
        for frame, _ in traceback.walk_tb(error.__traceback__):
            # a caller's own variables are the caller's
            said += str(frame.f_code.co_name)
        error = error.__cause__ or error.__context__
    return said


def files_of(folder: Path) -> Iterator[tuple[str, bytes]]:
    for path in sorted(folder.rglob("*")):
        yield path.relative_to(folder).as_posix(), b""
        if path.is_file():
            yield path.name, path.read_bytes()
            if path.suffix == ".sqlite":
                with sqlite3.connect(path) as connection:
                    yield path.name, "\n".join(connection.iterdump()).encode()
                connection.close()
            elif path.suffix == ".parquet":
                yield path.name, pl.read_parquet(io.BytesIO(path.read_bytes())).write_json().encode()


def test_there_is_a_number_in_every_place() -> None:
    assert len(CANARIES) >= 140
    assert len({canary.number for canary in CANARIES}) == len(CANARIES)
    assert all(canary.number.startswith("999") for canary in CANARIES)


@pytest.mark.parametrize("canary", CANARIES, ids=lambda canary: canary.name)
def test_it_is_rejected_and_no_finding_or_report_tells_it(
    canary: Canary,
    world: Partnership,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    caplog: pytest.LogCaptureFixture,
) -> None:
    with caplog.at_level(logging.DEBUG):
        result = check(canary.content, world, partner="INFIRMARY-P", as_of=DAY, file_name=canary.file)
        assert result.verdict is Verdict.REJECTED
        assert not result.keeps_bytes
        assert result.loaded_rows == 0
        assert result.frame.is_empty()
        if canary.is_told_apart:
            assert "OUT-701" in {finding.code for finding in result.findings}
        said = [repr(result), *map(repr, result.all_findings()), json.dumps(check_document(result, world))]
        said += [repr(result.understood), repr(result.excerpts)]
        # what is held is more than what is shown
        if result.read is not None:
            said += [repr(result.read.rows.to_dicts()), *(repr(one.to_dicts()) for one in result.read.tables.values())]
        printing.print_check(result)
        targets = [tmp_path / "result.html", tmp_path / "note.txt", tmp_path / "list.csv", tmp_path / "list.json"]
        write_check_reports([Checked(result, canary.content)], world, targets)
        said.append(everything_said(failure_of(lambda: returned(canary, result, tmp_path))))
    captured = capsys.readouterr()
    said += [captured.out, captured.err, caplog.text, *(str(record.args) for record in caplog.records)]
    assert not any(is_told(canary.number, text) for text in said)
    assert [name for name, content in files_of(tmp_path) if is_told(canary.number, content or name)] == []


def returned(canary: Canary, result: CheckResult, folder: Path) -> None:
    (folder / "returned.xlsx").write_bytes(returned_workbook(canary.content, result))


def failure_of(act: Callable[[], object]) -> BaseException | None:
    try:
        act()
    except OutcomesError as error:
        return error
    return None


def test_no_byte_of_a_ledger_tells_any_of_them(
    world: Partnership,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    caplog: pytest.LogCaptureFixture,
) -> None:
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    (inbox / "000 clean.csv").write_bytes(csv_bytes(months()))
    for at, canary in enumerate(CANARIES, start=1):
        (inbox / f"{at:03d} {canary.file}").write_bytes(canary.content)
    # passed over
    (inbox / f".{CANARIES[0].number}.csv").write_bytes(b"x")
    (inbox / f"~${CANARIES[1].number}.xlsx").write_bytes(b"x")
    folder, reports = tmp_path / "ledger", tmp_path / "reports"
    ledger = open_ledger(folder)
    shown: list[str] = []
    with caplog.at_level(logging.DEBUG):
        receipts = receive(
            inbox,
            world,
            ledger,
            received_at=NOON,
            as_of=DAY,
            partner="INFIRMARY-P",
            reports=reports,
            progress=lambda name, *_: shown.append(name),
        )
        printing.print_receipts(receipts, with_findings=True)
    assert [receipt.verdict is Verdict.REJECTED for receipt in receipts] == [False, *[True] * len(CANARIES)]
    assert verify(ledger) == ()
    captured = capsys.readouterr()
    said = [captured.out, captured.err, caplog.text, *map(repr, receipts), *map(repr, ledger.receipts()), *shown]
    held = [*files_of(folder), *files_of(reports)]
    assert len(held) > 2 * len(CANARIES)
    for canary in CANARIES:
        assert not any(is_told(canary.number, text) for text in said), canary.name
        told = [name for name, content in held if is_told(canary.number, content or name)]
        assert not told, (canary.name, told)


def test_a_file_that_cannot_be_opened_is_told_without_its_number(world: Partnership, tmp_path: Path) -> None:
    number = CANARIES[0].number
    for name in (f"{number}.csv", f"{number[:3]} {number[3:6]} {number[6:]}.xlsx"):
        missing = tmp_path / name
        for act in (
            lambda missing=missing: check(missing, world, partner="INFIRMARY-P", as_of=DAY),
            lambda missing=missing: receive(
                missing, world, open_ledger(tmp_path / "ledger"), received_at=NOON, as_of=DAY, partner="INFIRMARY-P"
            ),
        ):
            error = failure_of(act)
            assert error is not None
            assert not is_told(number, str(error)), str(error)


def test_what_looks_for_a_number_finds_one() -> None:
    assert is_told("9991234578", "see 999-123 4578.")
    assert is_told("9991234578", "9991234578".encode("utf-16-le"))
    assert not is_told("9991234578", "9991234579")
