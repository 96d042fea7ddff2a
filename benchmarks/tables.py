"""Prints what a benchmark measured, and times what it measures."""

import gc
import time
from collections.abc import Callable, Sequence
from typing import TypeVar

from rich.console import Console
from rich.table import Table

__all__ = ["show", "timed"]

Result = TypeVar("Result")


def show(title: str, columns: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Print a table; the first column is text, the others are figures."""
    table = Table(title=title, title_justify="left")
    for number, name in enumerate(columns):
        table.add_column(name, justify="right" if number else "left", no_wrap=True)
    for row in rows:
        table.add_row(*row)
    Console(width=120).print(table)


def timed(
    work: Callable[[], Result], *, repeat: int = 1, clock: Callable[[], float] = time.perf_counter,
) -> tuple[float, Result]:
    """Return the shortest of `repeat` times in seconds, and what the work gives back.

    The processor's clock (`time.process_time`) does not count what other work takes of a shared machine.
    """
    best, result = float("inf"), None
    for _ in range(repeat):
        gc.collect()
        start = clock()
        result = work()
        best = min(best, clock() - start)
    return best, result  # type: ignore[return-value]
