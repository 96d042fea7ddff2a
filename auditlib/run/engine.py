"""A Papermill engine that runs a notebook in a warm kernel.

Papermill loads this module as its entry point while it is itself being imported; import `papermill` first.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from papermill.clientwrap import PapermillNotebookClient
from papermill.engines import Engine, NotebookExecutionManager
from papermill.log import logger

from auditlib.run.kernel import WarmKernel

__all__ = ["WarmKernelEngine"]

OUTPUT_SECONDS = 20
"""A cell's output is waited for so long after its end: the deliverables written beside keep this process busy, and
nbclient's four seconds would call that a loss."""


class WarmKernelEngine(Engine):  # type: ignore[misc]
    """Papermill engine ``auditlib``: runs in the warm kernel it is given, else in one of its own.

    The kernel is an argument of ``papermill.execute_notebook(…, engine_name="auditlib", warm_kernel=…)``:
    the engine itself keeps nothing between calls, and ``papermill --engine auditlib`` works as plain Papermill does.
    """

    @classmethod
    def execute_managed_notebook(cls, nb_man: NotebookExecutionManager, kernel_name: str, *,
                                 warm_kernel: WarmKernel | None = None, stdout_file: IO[str] | None = None,
                                 stderr_file: IO[str] | None = None, log_output: bool = False,
                                 execution_timeout: int | None = None, **_unused: Any) -> None:
        """Run the notebook `nb_man` holds (Papermill's interface)."""
        with _kernel(warm_kernel, kernel_name) as kernel:
            runner = PapermillNotebookClient(
                nb_man, km=kernel.manager, kernel_name=kernel.manager.kernel_name, log=logger, log_output=log_output,
                stdout_file=stdout_file, stderr_file=stderr_file, timeout=execution_timeout,
                iopub_timeout=OUTPUT_SECONDS, store_widget_state=False, record_timing=False)
            runner.kc = kernel.fresh_client(Path.cwd())
            runner.execute()


@contextmanager
def _kernel(given: WarmKernel | None, kernel_name: str) -> Iterator[WarmKernel]:
    if given is not None:
        yield given
        return
    with WarmKernel(kernel_name) as own:
        yield own
