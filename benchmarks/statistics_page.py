"""Writes what the statistical methods cost, beside their peers and by family, as a part of docs/benchmarks.md."""

import json
from pathlib import Path
from typing import Any, Final

from benchmarks.intake.page import intake_page
from benchmarks.page import page_of

__all__ = ["family_lines", "statistics_page", "write_page"]

_HERE: Final = Path(__file__).parent
_STREET: Final = _HERE / "results" / "10000000.json"
_STATISTICS: Final = _HERE / "results" / "statistics.json"
_INTAKE: Final = _HERE / "results" / "intake.json"
_PAGE: Final = _HERE.parent / "docs" / "benchmarks.md"
_MILLION: Final = 1_000_000


def write_page(street: dict[str, Any] | None = None) -> None:
    """Write docs/benchmarks.md anew from what the street found (or from its results that are kept) and the peers."""
    if street is None and _STREET.exists():
        street = json.loads(_STREET.read_text("utf-8"))
    parts = [] if street is None else [page_of(street)]
    if _INTAKE.exists():
        parts.append(intake_page(json.loads(_INTAKE.read_text("utf-8"))))
    if _STATISTICS.exists():
        parts.append(statistics_page(json.loads(_STATISTICS.read_text("utf-8"))))
    _PAGE.write_text("\n".join(parts), "utf-8")


def statistics_page(found: dict[str, Any]) -> str:
    """Return the part of the page that tells of the statistical methods, made from what the runs found."""
    peers = "; ".join(f"{name} ({one['version']})" for name, one in found["peers"].items()) or "none"
    absent = [f"{name} ({why})" for name, why in found["absent"].items()]
    machine = ", ".join(f"{name} {value}" for name, value in found["machine"].items())
    return "\n".join(
        [
            "## G11 and G12: the statistical methods beside their peers",
            "",
            "Measured by `python -m benchmarks.peers.run --write`; the peers are no dependencies: each runs in a "
            "process of its own, in turn with ours, and only its call is timed, not the reading of its table. Ratios "
            "are how many times as long the peer takes for each row or series, as median and range of the rounds; "
            "where the peer is slow it gets fewer rows. Before any time was taken both gave one answer: every value "
            "and limit within 1e-12, every flag. The machine has two cores that others used at the same time: the "
            "ratio of processor time is the steadier, and ours is given all that its two threads spent.",
            "",
            f"Machine: {machine}.",
            "",
            f"Peers: {peers}."
            + (f" Not measured: {', '.join(absent)}." if absent else "")
            + (f" {found['note']}" if found["note"] else ""),
            "",
            "| goal | peer | task | rows or series of ours | of the peer | ours, seconds | wanted | by the clock "
            "| range | by the processor | range | |",
            "| --- | --- | --- | ---: | ---: | ---: | --- | ---: | --- | ---: | --- | --- |",
            *(_contest(name, contest) for name, one in found["peers"].items() for contest in one["contests"]),
            "",
            "Where they differ, and so no row of these tables shows it: PHStatsMethods stops at a count of 0 and adds "
            "all rows up unless each is a group of its own, as here; PHEindicatormethods stops a whole table at one "
            "impossible row; nhspy-plotthedots flags a series that does not vary; neither gives reasons. Ours checks "
            "each row and says why one has no value, within the same time.",
            "",
            "## Every family of statistics, at two sizes",
            "",
            "Seconds for a million rows of the table, and the processor's; *growth* is the processor time of ten times "
            "as many rows over ten times that of the fewer: 1 is linear, below 1 has a part that is paid once.",
            "",
            *family_lines(found["families"]),
            "",
        ]
    )


def family_lines(families: dict[str, Any]) -> list[str]:
    """Return the table of the families."""
    return [
        "| family | one of | how many | rows | seconds | a million rows | a million rows, processor | growth |",
        "| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: |",
        *(_family(name, one) for name, one in families.items()),
    ]


def _contest(peer: str, one: dict[str, Any]) -> str:
    wall, processor = one["ratio"], one["processor_ratio"]
    least = min(wall[0], processor[0])
    verdict = "reached" if least >= one["wanted"] else f"not reached, {least / one['wanted']:.2f} of the goal"
    return (
        f"| {one['goal']} | {peer} | {one['task']} | {one['size']:,} | {one['peer_size']:,} | {one['seconds']:.3f} "
        f"| ≥ {one['wanted']:.0f} × | {wall[0]:,.1f} × | {wall[1]:,.1f}–{wall[2]:,.1f} "
        f"| {processor[0]:,.1f} × | {processor[1]:,.1f}–{processor[2]:,.1f} | {verdict} |"
    )


def _family(name: str, one: dict[str, Any]) -> str:
    scale = _MILLION / one["rows"]
    return (
        f"| {name} | {one['of']} | {one['size']:,} | {one['rows']:,} | {one['seconds']:.2f} "
        f"| {one['seconds'] * scale:.2f} | {one['processor_seconds'] * scale:.2f} | {one['growth']:.2f} |"
    )
