"""Runs a piece of work in a forked process, to its end or until it is killed at a moment or at a system call.

The process that forks must not have used polars' threads: what it hands to the work is loaded elsewhere before.
"""

import ctypes
import fcntl
import os
import pickle
import platform
import select
import signal
import sys
import time
import traceback
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, TypeVar

__all__ = ["Ended", "Work", "both_killed", "can_step", "finished", "run_together", "start", "stepped"]

T = TypeVar("T")
Work = Callable[[Callable[[Any], None]], None]
# system calls that change a file, its name, its durability or a lock on it, by machine (the kernel's tables)
_CALLS: Final[dict[str, dict[int, str]]] = {
    "x86_64": {
        1: "write", 18: "pwrite", 26: "msync", 72: "fcntl", 74: "fsync", 75: "fdatasync", 77: "ftruncate",
        82: "rename", 83: "mkdir", 84: "rmdir", 87: "unlink", 257: "openat", 258: "mkdirat", 263: "unlinkat",
        264: "renameat", 285: "fallocate", 316: "renameat2",
    },
    "aarch64": {
        25: "fcntl", 34: "mkdirat", 35: "unlinkat", 38: "renameat", 46: "ftruncate", 47: "fallocate", 56: "openat",
        64: "write", 68: "pwrite", 82: "fsync", 83: "fdatasync", 227: "msync", 276: "renameat2",
    },
}  # fmt: skip
_TRACEME, _CONT, _SYSCALL, _SETOPTIONS, _GET_SYSCALL_INFO = 0, 7, 24, 0x4200, 0x420E
# stops at system calls are told apart from signals; what is traced dies with its tracer
_OPTIONS: Final = 0x1 | 0x100000
_ENTRY: Final = 1
_SETS: Final = (fcntl.F_SETLK, fcntl.F_SETLKW)


class _SyscallInfo(ctypes.Structure):
    """The head of the kernel's struct ptrace_syscall_info."""

    _fields_ = (
        ("op", ctypes.c_uint8),
        ("padding", ctypes.c_uint8 * 3),
        ("architecture", ctypes.c_uint32),
        ("instruction", ctypes.c_uint64),
        ("stack", ctypes.c_uint64),
        ("number", ctypes.c_uint64),
        ("arguments", ctypes.c_uint64 * 6),
    )


@dataclass(frozen=True)
class Ended:
    """How a process ended: whether it was killed, before which system call (by name and place), and what it said."""

    was_killed: bool
    call: str
    calls: int
    said: tuple[Any, ...]


def can_step() -> bool:
    """Tell whether this machine lets a process be stopped at its system calls."""
    return sys.platform == "linux" and platform.machine() in _CALLS


def start(work: Work, *, is_traced: bool = False) -> tuple[int, int]:
    """Fork a process for a piece of work; return its id and the pipe through which it says things.

    Arguments:
        work: Given a function by which it says something to the one who started it.
        is_traced: Whether it stops at once, to be stepped.
    """
    ours, theirs = os.pipe()
    process = os.fork()
    if process:
        os.close(theirs)
        return process, ours
    code = 1
    try:
        os.close(ours)
        if is_traced:
            _ptrace(_TRACEME, 0, 0, 0)
            os.kill(os.getpid(), signal.SIGSTOP)

        def say(what: Any) -> None:
            content = pickle.dumps(what)
            os.write(theirs, len(content).to_bytes(4, "big") + content)

        work(say)
        code = 0
    except BaseException:
        os.write(2, traceback.format_exc().encode())
    finally:
        os._exit(code)


def finished(work: Callable[..., T], *given: Any) -> T:
    """Do a piece of work in a process of its own, and return what it returns."""
    process, pipe = start(lambda say: say(work(*given)))
    said = _all_said(pipe)
    _, status = os.waitpid(process, 0)
    if status or not said:
        raise AssertionError(f"the process ended with {os.waitstatus_to_exitcode(status)}")
    answer: T = said[-1]
    return answer


def both_killed(works: Sequence[Work], seconds: Sequence[float]) -> list[Ended]:
    """Start several processes and kill each after its own while; any may have ended before."""
    begun = time.monotonic()
    started = [start(work) for work in works]
    for (process, _), moment in sorted(zip(started, seconds, strict=True), key=lambda pair: pair[1]):
        time.sleep(max(0.0, begun + moment - time.monotonic()))
        os.kill(process, signal.SIGKILL)
    ended = []
    for process, pipe in started:
        _, status = os.waitpid(process, 0)
        code = os.waitstatus_to_exitcode(status)
        if code not in (0, -signal.SIGKILL):
            raise AssertionError(f"the process ended with {code}")
        ended.append(Ended(code != 0, "", 0, _all_said(pipe)))
    return ended


def run_together(works: Sequence[Work], last_waits_for: Path) -> list[tuple[Any, ...]]:
    """Run several processes at once to their ends, and return what each said.

    Arguments:
        works: The last one goes on until the others are done.
        last_waits_for: A file that is made when they are.
    """
    started = [start(work) for work in works]
    said: dict[int, bytes] = {pipe: b"" for _, pipe in started}
    open_pipes = set(said)
    while open_pipes:
        ready, _, _ = select.select(sorted(open_pipes), [], [])
        for pipe in ready:
            part = os.read(pipe, 1 << 16)
            said[pipe] += part
            if not part:
                open_pipes.discard(pipe)
        if open_pipes <= {started[-1][1]}:
            last_waits_for.touch()
    for process, pipe in started:
        os.close(pipe)
        _, status = os.waitpid(process, 0)
        if status:
            raise AssertionError(f"a process ended with {os.waitstatus_to_exitcode(status)}")
    return [_unpacked(content) for content in said.values()]


def stepped(work: Work, die_before: int | None) -> Ended:
    """Let a process go from one system call that changes files to the next, and kill it before one of them.

    Arguments:
        work: It stops itself (`SIGSTOP`) where the counting begins.
        die_before: The number of the system call, from 1, that is not done any more; None to count them all.
    """
    process, pipe = start(work, is_traced=True)
    _wait_stopped(process)
    _ptrace(_SETOPTIONS, process, 0, _OPTIONS)
    _ptrace(_CONT, process, 0, 0)
    _wait_stopped(process)
    calls, passed_on = 0, 0
    while True:
        _ptrace(_SYSCALL, process, 0, passed_on)
        _, status = os.waitpid(process, 0)
        if not os.WIFSTOPPED(status):
            break
        passed_on = 0
        stop = os.WSTOPSIG(status)
        if stop != signal.SIGTRAP | 0x80:
            passed_on = stop
            continue
        call = _call_at(process)
        if call is None:
            continue
        calls += 1
        if calls == die_before:
            os.kill(process, signal.SIGKILL)
            os.waitpid(process, 0)
            return Ended(True, call, calls, _all_said(pipe))
    code = os.waitstatus_to_exitcode(status)
    if code != 0:
        raise AssertionError(f"the process ended with {code}")
    return Ended(False, "", calls, _all_said(pipe))


def _call_at(process: int) -> str | None:
    """Return the name of the system call at whose entry a process stands; None of another call, or at its end."""
    info = _SyscallInfo()
    _ptrace(_GET_SYSCALL_INFO, process, ctypes.sizeof(info), ctypes.addressof(info))
    call = _CALLS[platform.machine()].get(info.number) if info.op == _ENTRY else None
    # of these only some change anything: files that are made, locks that are taken
    if (call == "openat" and not info.arguments[2] & os.O_CREAT) or (
        call == "fcntl" and info.arguments[1] not in _SETS
    ):
        return None
    return call


def _wait_stopped(process: int) -> None:
    _, status = os.waitpid(process, 0)
    if not os.WIFSTOPPED(status):
        raise AssertionError("the process ended before it was stepped")


def _ptrace(request: int, process: int, address: int, data: int) -> None:
    library = ctypes.CDLL(None, use_errno=True)
    library.ptrace.argtypes = [ctypes.c_long] * 4
    library.ptrace.restype = ctypes.c_long
    if library.ptrace(request, process, address, data) == -1:
        raise OSError(ctypes.get_errno(), f"ptrace {request} failed")


def _all_said(pipe: int) -> tuple[Any, ...]:
    content = b""
    while part := os.read(pipe, 1 << 16):
        content += part
    os.close(pipe)
    return _unpacked(content)


def _unpacked(content: bytes) -> tuple[Any, ...]:
    """Return what a process said, as far as it said it whole."""
    said = []
    while len(content) >= 4:
        size = int.from_bytes(content[:4], "big")
        if len(content) < 4 + size:
            break
        said.append(pickle.loads(content[4 : 4 + size]))
        content = content[4 + size :]
    return tuple(said)
