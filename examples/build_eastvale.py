"""Writes every generated file of the fictional partnership Eastvale and Moor: series, returns and counts of panels.

Run it as `uv run python -m examples.build_eastvale`; it reproduces the committed files byte for byte.
What people agreed (frameworks, agreements, partners, areas, calendar, policies) is written by hand and left alone.
"""

import argparse
import csv
from pathlib import Path

from examples._eastvale.figures import every_figure
from examples._eastvale.panels import write_panels
from examples._eastvale.returns import every_file
from examples._eastvale.series import write_series
from examples._eastvale.sheets import write_sheet


def build(folder: Path) -> None:
    """Write `series/`, `returns/` and the counts of `panels/` into a partnership's folder."""
    write_series(folder / "series")
    write_panels(folder / "panels")
    returns = folder / "returns"
    returns.mkdir(parents=True, exist_ok=True)
    files = every_file(every_figure())
    for sent in files:
        write_sheet(returns / sent.file, sent.figures, sent.manner)
    with (returns / "schedule.csv").open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(("file", "received_at", "note"))
        writer.writerows((sent.file, sent.received_at, sent.note) for sent in files)


def main() -> None:
    """Read the command line and build."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=Path(__file__).parent / "eastvale", help="the partnership's folder")
    folder = parser.parse_args().out
    build(folder)
    print(f"Written: {folder}")


if __name__ == "__main__":
    main()
