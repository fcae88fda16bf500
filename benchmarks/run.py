"""Measures the goals G3, G4, G6 and G9: `python -m benchmarks.run [--rows 1e7] [--smoke]`; writes what it found."""

import argparse
import json
from dataclasses import replace
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from benchmarks.agreement import hold_to_one_answer
from benchmarks.contenders import Street, decode_observations, decode_submissions, duckdb_street, polars_street
from benchmarks.generate import write_world
from benchmarks.imports import importing, loaded_by
from benchmarks.intake.page import intake_page
from benchmarks.intake.run import measure_intake
from benchmarks.measure import Measured, interleaved, machine, peak_memory
from benchmarks.page import page_of
from benchmarks.statistics_families import measured_families
from benchmarks.statistics_page import family_lines, write_page
from benchmarks.world import Size, size_for

__all__ = ["measure_all"]

_HERE = Path(__file__).parent
_PUBLIC = "import outcomes; outcomes.roll_up, outcomes.estimate, outcomes.judge"
_MEMORY = """
from pathlib import Path
from benchmarks.contenders import Street, decode_observations, duckdb_street, polars_street
from benchmarks.world import Size
folder, size = Path({folder!r}), {size!r}
{call}
"""


def measure_all(folder: Path, size: Size, rounds: int, check_rows: int) -> dict[str, Any]:
    """Write the world, see that all contenders give one answer, then measure each goal.

    Arguments:
        folder: Where the files go.
        size: How many figures are scored.
        rounds: How many rounds count.
        check_rows: How many figures are checked and scored from partners' own files; fewer, because checking is slower.
    """
    write_world(folder, size)
    agreed = hold_to_one_answer(folder, size)
    street = Street.over(folder, size)
    found: dict[str, Any] = {
        "machine": machine(),
        "rows": size.rows,
        "size": {name: getattr(size, name) for name in ("partners", "neighbourhoods", "indicators", "years", "levels")},
        "values_that_agree": agreed,
    }
    decode = decode_observations(folder)
    found["G3"] = _json(
        interleaved(
            {
                "decode": decode,
                "roll_up": street.rolled_up,
                "outcomes": street.from_observations,
                "polars by hand": polars_street(folder, size),
                "DuckDB SQL": duckdb_street(folder, size),
            },
            "decode",
            rounds,
        )
    )
    found["G3 memory in GiB"] = _memory(folder, size)
    found["G6"] = _one_level_more(folder, size, rounds)
    found["G4"] = _checked(folder / "checked", size_for(check_rows), max(2, rounds // 2))
    outcomes, polars = "import outcomes", "import polars"
    found["G9"] = {
        **_json(
            interleaved(
                {
                    polars: importing(polars),
                    outcomes: importing(outcomes),
                    "the verbs of scoring": importing(_PUBLIC),
                },
                polars,
                3 * rounds,
            )
        ),
        "loaded by import outcomes": loaded_by(outcomes),
        "loaded by the verbs of scoring": loaded_by(_PUBLIC),
    }
    return found


def _one_level_more(folder: Path, size: Size, rounds: int) -> dict[str, Any]:
    """The same figures under one level more, which has half as many areas as there are neighbourhoods."""
    taller = replace(size, levels=size.levels + 1)
    streets = {"4 levels": Street.over(folder, size), "5 levels": Street.over(folder, taller)}
    whole = interleaved({name: street.from_observations for name, street in streets.items()}, "4 levels", rounds)
    summed = interleaved(
        {f"{name}, roll_up": street.rolled_up for name, street in streets.items()}, "4 levels, roll_up", rounds
    )
    areas = [sum(len(codes) for codes in given.area_codes.values()) for given in (size, taller)]
    return {"areas": areas, **_json(whole), **_json(summed)}


def _checked(folder: Path, size: Size, rounds: int) -> dict[str, Any]:
    write_world(folder, size)
    street = Street.over(folder, size)
    contenders = {
        "decode": decode_submissions(folder),
        "check alone": street.checked,
        "check and score": street.from_submissions,
    }
    return {"rows": size.rows, **_json(interleaved(contenders, "decode", rounds))}


def _memory(folder: Path, size: Size) -> dict[str, float]:
    calls = {
        "decode": "decode_observations(folder)()",
        "outcomes": "Street.over(folder, size).from_observations()",
        "polars by hand": "polars_street(folder, size)()",
        "DuckDB SQL": "duckdb_street(folder, size)()",
    }
    statement = partial(_MEMORY.format, folder=str(folder), size=size)
    return {name: round(peak_memory(statement(call=call)), 2) for name, call in calls.items()}


def _json(measured: dict[str, Measured]) -> dict[str, Any]:
    return {name: one.as_json() for name, one in measured.items()}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=float, default=1e7, help="how many figures are scored")
    parser.add_argument("--check-rows", type=float, default=1e6, help="how many figures are checked and scored")
    parser.add_argument("--rounds", type=int, default=7, help="how many rounds count")
    parser.add_argument("--smoke", action="store_true", help="small and quick: whether it runs, not how fast")
    parser.add_argument("--write", action="store_true", help="write docs/benchmarks.md and benchmarks/results")
    given = parser.parse_args()
    rows, check_rows, rounds = int(given.rows), int(given.check_rows), given.rounds
    if given.smoke:
        rows, check_rows, rounds = 100_000, 20_000, 1
    with TemporaryDirectory() as folder:
        found = measure_all(Path(folder), size_for(rows), rounds, check_rows)
    print(page_of(found))
    if given.smoke:
        with TemporaryDirectory() as folder:
            print(intake_page(measure_intake(Path(folder), 20_000, 10_000, 1_000, rounds)))
        print("\n".join(family_lines(measured_families(10_000, 500, rounds))))
    if given.write:
        (_HERE / "results").mkdir(exist_ok=True)
        (_HERE / "results" / f"{found['rows']}.json").write_text(json.dumps(found, indent=2) + "\n", "utf-8")
        write_page(found)


if __name__ == "__main__":
    main()
