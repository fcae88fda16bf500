"""Measures the goals of checking: `python -m benchmarks.intake.run [--rows 1e7] [--smoke] [--write]`."""

import argparse
import io
import json
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

import python_calamine

from benchmarks.intake.contenders import (
    Answer,
    by_hand,
    by_pandera,
    cast_csv,
    decode,
    fourteen,
    lenient_csv,
    typed_csv,
    unique_alone,
    whole_check,
)
from benchmarks.intake.page import intake_page
from benchmarks.intake.submissions import (
    COLUMNS,
    receiver,
    size_of_one,
    write_csv,
    write_parquet,
    write_xlsx,
)
from benchmarks.measure import interleaved, machine, peak_memory
from benchmarks.statistics_page import write_page
from benchmarks.world import Size
from outcomes.intake.reading import read_content
from outcomes.partnership.model import Partnership
from outcomes.vocabulary import Verdict

__all__ = ["measure_intake"]

_RESULT: Final = Path(__file__).parents[1] / "results" / "intake.json"
_AGREED_ROWS: Final = 200_000
_MEMORY: Final = """
from pathlib import Path
import polars as pl
from benchmarks.intake.contenders import fourteen, by_hand, whole_check
from benchmarks.intake.submissions import receiver, size_of_one
path, size = Path({path!r}), size_of_one({rows})
kept = {call}
"""


def measure_intake(folder: Path, rows: int, csv_rows: int, xlsx_rows: int, rounds: int) -> dict[str, Any]:
    """See that all contenders count the same bad rows, then measure each goal.

    Arguments:
        folder: Where the files go.
        rows: How many rows the Parquet files have.
        csv_rows: How many rows the CSV files, and the smaller Parquet files, have.
        xlsx_rows: How many rows the workbook has.
        rounds: How many rounds count; of what takes long, fewer.
    """
    found: dict[str, Any] = {"machine": machine(), "rows": rows, "csv_rows": csv_rows, "xlsx_rows": xlsx_rows}
    found["agreed"] = _agreed(folder / "agreed", min(rows, _AGREED_ROWS))
    few = max(1, rounds // 2)
    for name, count, turns in (("large", rows, few), ("small", csv_rows, rounds)):
        size, here = size_of_one(count), folder / name
        clean, bad = write_parquet(here, size)
        partnership = receiver(size)
        found[f"G1 {name}"] = _json(
            {
                "decode": decode(clean),
                "14 rules and the key, ours": fourteen(clean, partnership),
                "14 rules and the key by hand": by_hand(clean, size),
                "14 rules and the key, pandera": by_pandera(clean, size),
                "its unique alone": unique_alone(clean),
                "check, the whole": whole_check(clean, partnership),
            },
            "decode",
            turns,
        )
        found[f"G2 {name}"] = _json(
            {
                "14 rules, clean": fourteen(clean, partnership),
                "14 rules, 30 % bad": fourteen(bad, partnership),
                "check, clean": whole_check(clean, partnership),
                "check, 30 % bad": whole_check(bad, partnership),
                "by hand, 30 % bad": by_hand(bad, size),
                "pandera, 30 % bad": by_pandera(bad, size),
            },
            "14 rules, clean",
            turns,
        )
        found[f"memory {name}"] = _memory(clean, bad, size)
    found["CSV"] = _csv(folder / "small", partnership, rounds)
    found["XLSX"] = _xlsx(folder / "small", partnership, xlsx_rows, rounds)
    return found


def _agreed(folder: Path, rows: int) -> dict[str, Any]:
    """Every contender counts the same rows for each rule, in the clean file and in the bad one."""
    size = size_of_one(rows)
    clean, bad = write_parquet(folder, size)
    partnership = receiver(size)
    answers: dict[str, dict[str, Answer]] = {}
    for name, path in (("clean", clean), ("bad", bad)):
        answers[name] = {
            "ours": fourteen(path, partnership)(),
            "by hand": by_hand(path, size)(),
            "pandera": by_pandera(path, size)(),
        }
        assert answers[name]["ours"] == answers[name]["by hand"] == answers[name]["pandera"], answers[name]
    assert not any(answers["clean"]["ours"].values()), answers["clean"]
    assert all(answers["bad"]["ours"].values()), answers["bad"]
    assert whole_check(clean, partnership)().verdict is not Verdict.REJECTED
    assert whole_check(bad, partnership)().verdict is Verdict.REJECTED
    return {"rows": size.rows, "bad": answers["bad"]["ours"]}


def _csv(folder: Path, partnership: Partnership, rounds: int) -> dict[str, Any]:
    clean, bad_cells, one_bad = write_csv(folder, folder / "clean.parquet")
    bad = lenient_csv(bad_cells, partnership)()
    named = whole_check(one_bad, partnership)()
    faults = [finding.row for finding in named.findings if finding.severity.value == "error"]
    assert len(faults) == 1, named.findings[:3]
    assert bad[COLUMNS[4]], bad
    # of rows under the header, counted from 0
    alone = {name: [row + 2 for row in rows] for name, rows in cast_csv(bad_cells)().items()}
    assert bad == alone, (len(bad[COLUMNS[4]]), len(alone[COLUMNS[4]]))
    return {
        "bad cells": len(bad[COLUMNS[4]]),
        "the bad row": faults[0],
        **_json(
            {
                "typed read_csv": typed_csv(clean),
                "read, bad cells by row": lenient_csv(bad_cells, partnership),
                "read, no bad cell": lenient_csv(clean, partnership),
                "by polars alone, bad cells by row": cast_csv(bad_cells),
                "check, clean": whole_check(clean, partnership),
                "check, one bad row": whole_check(one_bad, partnership),
            },
            "typed read_csv",
            rounds,
        ),
    }


def _xlsx(folder: Path, partnership: Partnership, rows: int, rounds: int) -> dict[str, Any]:
    path = write_xlsx(folder, rows)
    limits = partnership.layouts["native"].limits

    def alone() -> list[list[Any]]:
        workbook = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(path.read_bytes()))
        return workbook.get_sheet_by_index(0).to_python(skip_empty_area=False)

    def ours() -> object:
        return read_content(path.read_bytes(), path.name, limits, bool)

    return _json(
        {"calamine alone": alone, "read": ours, "check, the whole": whole_check(path, partnership)},
        "calamine alone",
        rounds,
    )


def _memory(clean: Path, bad: Path, size: Size) -> dict[str, float]:
    calls = {
        "the table alone": (clean, "pl.read_parquet(path)"),
        "14 rules, clean": (clean, "fourteen(path, receiver(size))()"),
        "14 rules, 30 % bad": (bad, "fourteen(path, receiver(size))()"),
        "14 rules by hand, 30 % bad": (bad, "by_hand(path, size)()"),
        "check, clean": (clean, "whole_check(path, receiver(size))()"),
        "check, 30 % bad": (bad, "whole_check(path, receiver(size))()"),
    }
    return {
        name: round(peak_memory(_MEMORY.format(path=str(path), rows=size.rows, call=call)), 2)
        for name, (path, call) in calls.items()
    }


def _json(contenders: dict[str, Callable[[], object]], baseline: str, rounds: int) -> dict[str, Any]:
    return {name: one.as_json() for name, one in interleaved(contenders, baseline, rounds).items()}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=float, default=1e7, help="how many rows of Parquet are checked")
    parser.add_argument("--csv-rows", type=float, default=1e6, help="how many rows of CSV, and of the smaller Parquet")
    parser.add_argument("--xlsx-rows", type=float, default=1e5, help="how many rows of the workbook")
    parser.add_argument("--rounds", type=int, default=5, help="how many rounds count")
    parser.add_argument("--smoke", action="store_true", help="small and quick: whether it runs, not how fast")
    parser.add_argument("--write", action="store_true", help="write docs/benchmarks.md and benchmarks/results")
    given = parser.parse_args()
    rows, csv_rows, xlsx_rows, rounds = int(given.rows), int(given.csv_rows), int(given.xlsx_rows), given.rounds
    if given.smoke:
        rows, csv_rows, xlsx_rows, rounds = 20_000, 10_000, 1_000, 1
    with TemporaryDirectory() as folder:
        found = measure_intake(Path(folder), rows, csv_rows, xlsx_rows, rounds)
    print(intake_page(found))
    if given.write:
        _RESULT.write_text(json.dumps(found, indent=2) + "\n", "utf-8")
        write_page()


if __name__ == "__main__":
    main()
