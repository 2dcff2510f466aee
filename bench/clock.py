"""Clocks."""

import time
from collections.abc import Callable


def cpu(act: Callable[[], object]) -> float:
    """Milliseconds of this process's CPU time."""
    started = time.process_time()
    act()
    return (time.process_time() - started) * 1000


def wall(act: Callable[[], object]) -> float:
    """Seconds on the wall."""
    started = time.perf_counter()
    act()
    return time.perf_counter() - started
