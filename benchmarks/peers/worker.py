"""Runs a peer in a process of its own that stays up: it reads a table, works when asked, and says what it spent."""

import json
import subprocess
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

__all__ = ["Peer", "PeerMissingError"]


class PeerMissingError(Exception):
    """The peer cannot be run here."""


class Peer:
    """A peer's process. It is asked by lines `task input output` and answers `{"seconds": …, "processor": …}`.

    The seconds are those of the peer's own call: neither reading the table nor writing the answer counts.
    """

    def __init__(self, command: Sequence[str]) -> None:
        try:
            self._process = subprocess.Popen(
                command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
            )
        except FileNotFoundError as error:
            raise PeerMissingError(f"{command[0]}: not found") from error
        self.version = self._line()["version"]

    def run(self, task: str, table: Path, answer: Path | None) -> tuple[float, float]:
        """Return the seconds, and those of the processor, of one task; its answer is written where a file is named."""
        assert self._process.stdin is not None
        self._process.stdin.write(f"{task} {table} {answer or '-'}\n")
        self._process.stdin.flush()
        spent = self._line()
        return float(spent["seconds"]), float(spent["processor"])

    def _line(self) -> dict[str, str]:
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line.startswith("{"):
            assert self._process.stderr is not None
            self._process.kill()
            raise PeerMissingError(line + self._process.stderr.read())
        read: dict[str, str] = json.loads(line)
        return read

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._process.wait(timeout=60)
        for pipe in (self._process.stdout, self._process.stderr):
            assert pipe is not None
            pipe.close()
