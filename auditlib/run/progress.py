"""A progress bar, on a terminal only."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from auditlib.run.clock import Progress

__all__ = ["shown_progress"]


@contextmanager
def shown_progress() -> Iterator[Progress | None]:
    """Give what `run_client` tells its progress to; None where nobody watches standard error."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, SpinnerColumn, TextColumn, TimeElapsedColumn
    from rich.progress import Progress as Bar

    columns = (SpinnerColumn(), BarColumn(), TextColumn("{task.completed}/{task.total}"), TimeElapsedColumn(),
               TextColumn("{task.description}"))
    with Bar(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("")
        yield lambda part, done, total: bar.update(task, description=part, completed=done, total=total)
