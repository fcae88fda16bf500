"""A program that records files and acknowledges each, to be run beside others or killed at any point.

python -m tests.unit.ledger.writer FOLDER PARTNER COUNT [STEP]: after STEP syncs or renames it dies as by kill -9.
"""

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from outcomes.ledger.recording import record
from outcomes.ledger.store import open_ledger
from tests.unit.ledger.handmade import NOON, accepted, figure


def write(folder: str, partner: str, count: int) -> None:
    """Record so many files, each with a new figure and a revised one, and print each number once it is recorded."""
    ledger = open_ledger(folder)
    for place in range(count):
        content = f"{partner} {place}".encode()
        rows = [
            figure(place, partner_code=partner, area_code=f"area-{place}"),
            figure(place, partner_code=partner, area_code="revised every time"),
        ]
        receipt = record(ledger, accepted(*rows, content=content, partner=partner), content, received_at=NOON)
        print(receipt.number, flush=True)


def die_after(steps: int) -> None:
    """Let the process die, without any clean-up, before its next sync, rename or removal after so many."""
    left = steps

    def fatal(act: Callable[..., Any]) -> Callable[..., Any]:
        def acting(*values: Any, **terms: Any) -> Any:
            nonlocal left
            left -= 1
            if left < 0:
                os._exit(9)
            return act(*values, **terms)

        return acting

    os.fsync = fatal(os.fsync)
    Path.replace = fatal(Path.replace)  # type: ignore[method-assign]
    Path.unlink = fatal(Path.unlink)  # type: ignore[method-assign]


if __name__ == "__main__":
    if len(sys.argv) > 4:
        die_after(int(sys.argv[4]))
    write(sys.argv[1], sys.argv[2], int(sys.argv[3]))
