"""How long the parts of a run take, and which one is under way."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

__all__ = ["Clock", "Progress"]

Progress = Callable[[str, int, int], None]
"""Told which part starts, how many are done, and how many there are."""


class Clock:
    """Times the parts of a run.

    Attributes
    ----------
    seconds : dict of str to float
        By part, in the order they ended. [s]
    """

    def __init__(self, progress: Progress | None, parts: list[str]) -> None:
        self.progress = progress
        self.total = len(parts)
        self.seconds: dict[str, float] = {}

    @contextmanager
    def part(self, name: str) -> Iterator[None]:
        """Time a block, and tell that it starts."""
        start = time.perf_counter()
        if self.progress:
            self.progress(name, len(self.seconds), self.total)
        yield
        self.seconds[name] = time.perf_counter() - start
