"""Hears Ctrl-C where it is safe: not inside a library that calls back into Python, which may swallow or reword it."""

import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Final

__all__ = ["interruptions_heard"]

# compiled libraries that run Python of their own or of ours, also while they load
_CALLING_BACK: Final = frozenset({"polars", "pandera", "pydantic", "scipy"})
_SECONDS_UNTIL_ASKED_AGAIN: Final = 0.01
# then it is raised wherever it is
_ASKED_AT_MOST: Final = 1_000


@contextmanager
def interruptions_heard() -> Iterator[None]:
    """Raise a Ctrl-C within the block as soon as no library that calls back, and no cleaning up, would be torn.

    An interruption that strikes in Python called from compiled code may come out as another error, as a panic, or not
    at all; one that strikes while another exception is handled could leave a half-written file. So it waits some
    hundredths of a second until the block is out of both. Where interruptions are ignored (`nohup`) or answered by
    somebody else, outside the main thread, and on systems without interval timers, nothing is changed.

    Raises:
        KeyboardInterrupt: The block was interrupted.
    """
    is_ours = threading.current_thread() is threading.main_thread() and hasattr(signal, "setitimer")
    if not is_ours or signal.getsignal(signal.SIGINT) is not signal.default_int_handler:
        yield
        return
    asked = 0

    def hear(_number: int, frame: FrameType | None) -> None:
        nonlocal asked
        asked += 1
        if asked < _ASKED_AT_MOST and (sys.exc_info()[0] is not None or _is_called_back(frame)):
            signal.setitimer(signal.ITIMER_REAL, _SECONDS_UNTIL_ASKED_AGAIN)
            return
        raise KeyboardInterrupt

    alarmed = signal.signal(signal.SIGALRM, hear)
    signal.signal(signal.SIGINT, hear)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0.0)
        signal.signal(signal.SIGINT, signal.default_int_handler)
        signal.signal(signal.SIGALRM, alarmed)


def _is_called_back(frame: FrameType | None) -> bool:
    """Whether one of the libraries is on the stack."""
    while frame is not None:
        name = str(frame.f_globals.get("__name__", ""))
        if name.partition(".")[0] in _CALLING_BACK:
            return True
        frame = frame.f_back
    return False
