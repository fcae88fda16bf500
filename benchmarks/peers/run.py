"""Measures ours beside its peers, one after the other, and writes it down: `python -m benchmarks.peers.run --write`."""

import argparse
import gc
import json
import math
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any, Final

import polars as pl

from benchmarks.measure import machine
from benchmarks.peers.worker import Peer, PeerMissingError
from benchmarks.statistics_families import FAMILIES, measured_families
from benchmarks.statistics_page import write_page

__all__ = ["Contest", "contests", "main"]

_HERE: Final = Path(__file__).parent
_RESULT: Final = _HERE.parent / "results" / "statistics.json"
_LIMITS: Final = ("lower_ci_95", "upper_ci_95", "lower_ci_99_8", "upper_ci_99_8")
_TOLERANCE: Final = 1e-12
_CHECKED: Final = 20_000
_ABSENT: Final = ("", "NA", "NaN")


@dataclass(frozen=True)
class Contest:
    """One task of ours beside a peer's.

    Attributes:
        goal: The goal that it belongs to.
        wanted: How many times as quick as the peer ours shall be.
        family: The family of ours.
        task: The peer's task.
        size: How many rows or series ours gets.
        peer_size: How many the peer gets; fewer where it is slow, and then both are compared per row.
        columns: Our columns, each with the peer's; the last are told by word or flag.
    """

    goal: str
    wanted: float
    family: str
    task: str
    size: int
    peer_size: int
    columns: dict[str, str]


def contests(peer: str, scale: float = 1.0) -> list[Contest]:
    """Return what is measured against a peer; `scale` makes everything smaller."""
    million, series = int(1_000_000 * scale), int(500 * scale)
    if peer == "PHStatsMethods":
        columns = {"value": "Value", **{name: f"{name.split('_')[0]}_{name.split('_ci_')[1]}_ci" for name in _LIMITS}}
        few = int(10_000 * scale)
        return [
            Contest("G11", 200.0, "proportion", "proportions", million, few, columns),
            Contest("G11", 200.0, "crude rate", "rates", million, few, columns),
        ]
    if peer == "PHEindicatormethods":
        names = ("lower95_0cl", "upper95_0cl", "lower99_8cl", "upper99_8cl")
        columns = {"value": "value", **dict(zip(_LIMITS, names, strict=True))}
        return [
            Contest("G11", 4.0, "proportion", "proportions", million, million, columns),
            Contest("G11", 4.0, "crude rate", "rates", million, million, columns),
        ]
    own = ("process_mean", "lower_process_limit", "upper_process_limit", "is_flagged")
    mean = "mean" if peer == "nhspy-plotthedots" else "mean_col"
    columns = dict(zip(own, (mean, "lpl", "upl", "special_cause_flag"), strict=True))
    return [
        Contest(
            "G12", 10.0 if peer == "nhspy-plotthedots" else 100.0, "special cause", "charts", series, series, columns
        )
    ]


def measured(peer: Peer, contest: Contest, rounds: int, folder: Path) -> dict[str, Any]:
    """Return what a contest found, after both gave one answer.

    Raises:
        AssertionError: A number differs by more than 1e-12 of itself, or a flag at all.
    """
    family = FAMILIES[contest.family]
    mine, theirs = family.table(contest.size), family.table(contest.peer_size)
    source, answer = folder / "table.csv", folder / "answer.csv"
    checked = family.table(min(contest.peer_size, _CHECKED))
    checked.write_csv(source)
    peer.run(contest.task, source, answer)
    worst = _hold_to_one_answer(family.run(checked), answer, contest)
    theirs.write_csv(source)
    spent: dict[str, list[float]] = {"ours": [], "peer": [], "ours, processor": [], "peer, processor": []}
    ours: Callable[[], object] = partial(family.run, mine)
    ours()
    for turn in range(rounds):
        for who in ("ours", "peer") if turn % 2 else ("peer", "ours"):
            if who == "peer":
                wall, processor = peer.run(contest.task, source, None)
            else:
                gc.collect()
                began, before = time.perf_counter(), time.process_time()
                ours()
                wall, processor = time.perf_counter() - began, time.process_time() - before
            spent[who].append(wall)
            spent[f"{who}, processor"].append(processor)
    share = contest.peer_size / contest.size
    ratios = {
        kind: [theirs / share / mine for mine, theirs in zip(spent[f"ours{kind}"], spent[f"peer{kind}"], strict=True)]
        for kind in ("", ", processor")
    }
    return {
        **{name: value for name, value in asdict(contest).items() if name != "columns"},
        "values_that_agree": worst[0],
        "worst_difference": worst[1],
        "rounds": rounds,
        "seconds": round(median(spent["ours"]), 4),
        "peer_seconds": round(median(spent["peer"]), 4),
        "ratio": _spread(ratios[""]),
        "processor_ratio": _spread(ratios[", processor"]),
    }


def _hold_to_one_answer(ours: pl.DataFrame, answer: Path, contest: Contest) -> tuple[int, float]:
    """Compare all values; return how many agree and the largest relative difference."""
    theirs = pl.read_csv(answer, infer_schema=False)
    assert theirs.height == ours.height, f"{contest.task}: {theirs.height} rows, not {ours.height}"
    if "rule" in ours.columns:
        ours = ours.with_columns(is_flagged=pl.col("rule").is_not_null())
    compared, worst = 0, 0.0
    for own_name, peer_name in contest.columns.items():
        for own, text in zip(ours[own_name].to_list(), theirs[peer_name].str.strip_chars().to_list(), strict=True):
            compared += 1
            if isinstance(own, bool):
                assert own == (text.lower() == "true"), f"{contest.task}, {own_name}: {own}, not {text}"
                continue
            assert own is not None and text not in _ABSENT, f"{contest.task}, {own_name}: {own}, not {text}"
            distance = abs(own - float(text)) / (abs(own) or 1.0)
            assert math.isfinite(distance) and distance <= _TOLERANCE, f"{contest.task}, {own_name}: {own}, not {text}"
            worst = max(worst, distance)
    return compared, worst


def _spread(values: Sequence[float]) -> list[float]:
    return [round(value, 2) for value in (median(values), min(values), max(values))]


def commands(given: argparse.Namespace) -> dict[str, list[str] | None]:
    """Return how each peer is started; None for one that was not named."""
    python = [*given.python.split(), str(_HERE / "of_python.py")]
    r = [*given.r.split(), str(_HERE / "of_r.R")]
    return {
        "PHStatsMethods": python,
        "nhspy-plotthedots": ["env", f"PYTHONPATH={given.nhspy}", *python] if given.nhspy else None,
        "PHEindicatormethods": [*r, "PHEindicatormethods", given.pheindicatormethods] if given.r else None,
        "NHSRplotthedots": [*r, "NHSRplotthedots", given.nhsrplotthedots] if given.r else None,
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--python",
        default="uv run --no-project --with phstatsmethods==0.1.16 python",
        help="the interpreter that has PHStatsMethods and pandas",
    )
    parser.add_argument("--nhspy", default="", help="a checkout of nhspy-plotthedots")
    parser.add_argument("--r", default="", help="Rscript, where R and dplyr are installed")
    parser.add_argument("--pheindicatormethods", default="", help="its sources, where it is not installed")
    parser.add_argument("--nhsrplotthedots", default="", help="its sources, where it is not installed")
    parser.add_argument("--note", default="", help="what the page shall say of how the peers were installed")
    parser.add_argument("--rounds", type=int, default=5, help="how many rounds count")
    parser.add_argument("--scale", type=float, default=1.0, help="a share of the full size")
    parser.add_argument("--write", action="store_true", help="write docs/benchmarks.md and benchmarks/results")
    given = parser.parse_args()
    found: dict[str, Any] = {"machine": machine(), "note": given.note, "peers": {}, "absent": {}}
    for name, command in commands(given).items():
        if command is None:
            found["absent"][name] = "not named"
            continue
        try:
            with TemporaryDirectory() as folder, Peer(command) as peer:
                results = [
                    measured(peer, contest, given.rounds, Path(folder)) for contest in contests(name, given.scale)
                ]
                found["peers"][name] = {"version": peer.version, "contests": results}
        except PeerMissingError as error:
            found["absent"][name] = str(error).strip().splitlines()[-1] if str(error).strip() else "did not start"
        print(name, json.dumps(found["peers"].get(name, found["absent"].get(name)), indent=1), flush=True)
    found["families"] = measured_families(int(1_000_000 * given.scale), int(100_000 * given.scale), 3)
    if given.write:
        _RESULT.write_text(json.dumps(found, indent=2) + "\n", "utf-8")
        write_page()


if __name__ == "__main__":
    main()
