"""Hold an interruption back while compiled libraries load: one that struck inside them would end in their own words."""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

__all__ = ["interruption_held"]


@contextmanager
def interruption_held() -> Iterator[None]:
    """Let a Ctrl-C wait until the block is done, then raise it as ever.

    Raises:
        KeyboardInterrupt: The block was interrupted.
    """
    # only the main thread may set an answer to a signal, and only it is interrupted
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    came: list[int] = []

    def held(number: int, _frame: FrameType | None) -> None:
        came.append(number)

    before = signal.signal(signal.SIGINT, held)
    try:
        yield
    finally:
        # none where something that is not Python answers it
        signal.signal(signal.SIGINT, signal.default_int_handler if before is None else before)
    if came:
        raise KeyboardInterrupt
