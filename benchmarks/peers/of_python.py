"""The peers in Python, run by their own interpreter: PHStatsMethods and nhspy-plotthedots; reads and writes CSV."""

import json
import sys
import time
from collections.abc import Callable
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from typing import Any

LEVELS = [0.95, 0.998]
# none of these is in our environment, so none is imported by name
pandas = import_module("pandas")


def proportions(table: Any) -> Any:
    # each row a group of its own: without groups the package adds all rows up
    return import_module("PHStatsMethods").ph_proportion(
        table, "x", "n", group_cols=["row"], multiplier=100, confidence=LEVELS
    )


def rates(table: Any) -> Any:
    return import_module("PHStatsMethods").ph_rate(
        table, "x", "n", group_cols=["row"], multiplier=100_000, confidence=LEVELS
    )


def charts(table: Any) -> Any:
    calculate = import_module("nhspy_plotthedots.pandas_spc_calculations").pandas_spc_x_calc
    # its own way for many series, as its tutorial has it
    return pandas.concat([calculate(series.copy(), "value") for _, series in table.groupby("series")])


TASKS: dict[str, Callable[[Any], Any]] = {"proportions": proportions, "rates": rates, "charts": charts}


def main() -> None:
    found = []
    for package in ("phstatsmethods", "nhspy-plotthedots", "pandas"):
        try:
            found.append(f"{package} {version(package)}")
        except PackageNotFoundError:
            continue
    print(json.dumps({"version": ", ".join(found)}), flush=True)
    for line in sys.stdin:
        task, source, answer = line.split()
        table = pandas.read_csv(source)
        # what is loaded when first used is no part of the work
        TASKS[task](table.head(72))
        began, spent = time.perf_counter(), time.process_time()
        result = TASKS[task](table)
        took = {"seconds": time.perf_counter() - began, "processor": time.process_time() - spent}
        if answer != "-":
            result.to_csv(answer, index=False)
        print(json.dumps(took), flush=True)


if __name__ == "__main__":
    main()
