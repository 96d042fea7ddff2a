"""Runs one source notebook: in the client's language, in the run's kernel, saved into the run."""

from pathlib import Path

import nbformat
import papermill
from nbclient.exceptions import CellTimeoutError
from nbformat import NotebookNode
from papermill.exceptions import PapermillExecutionError

from auditlib import errors
from auditlib.errors import AuditError, BadInputError
from auditlib.run.kernel import WarmKernel
from auditlib.texts import translator

__all__ = ["execute_notebook", "translated"]

ATTEMPTS = 3
"""Times a notebook is run: on a busy machine a cell's last messages are now and then lost between kernel and client."""


def execute_notebook(source: Path, target: Path, *, values: dict[str, str], language: str, kernel: WarmKernel) -> None:
    """Run a notebook in a warm kernel with the values of its parameter cell, and save it.

    Raises
    ------
    BadInputError
        If a value has no name in the parameter cell, or a cell refused its input.
    AuditError
        If a cell failed for another reason.
    """
    _refuse_unknown(source, values)
    for attempt in range(1, ATTEMPTS + 1):
        notebook = translated(nbformat.read(source, as_version=4), language)  # type: ignore[no-untyped-call]
        try:
            papermill.execute_notebook(
                notebook, target, values, engine_name="auditlib", warm_kernel=kernel, cwd=target.parent,
                progress_bar=False, request_save_on_cell_execute=False)
        except PapermillExecutionError as problem:
            raise _as_raised(problem, source.name) from problem
        except CellTimeoutError as problem:
            if attempt == ATTEMPTS:
                raise AuditError(f"{source.name}: the output of a cell did not arrive, {ATTEMPTS} times in a row; "
                                 "run the audit again when the machine is less busy") from problem
            kernel.reconnect()
        else:
            return


def translated(notebook: NotebookNode, language: str) -> NotebookNode:
    """Put the markdown cells into a language; a cell's whole French source is its message identifier."""
    say = translator(language).gettext
    notebook.metadata["language"] = language
    for cell in notebook.cells:
        if cell.cell_type == "markdown" and cell.source:
            cell.source = say(cell.source)
    return notebook


def _refuse_unknown(source: Path, values: dict[str, str]) -> None:
    known = papermill.inspect_notebook(str(source))
    if unknown := sorted(set(values) - set(known)):
        raise BadInputError(
            f"{source.name}: its parameter cell has no {', '.join(unknown)} (it has {', '.join(known)})")


def _as_raised(problem: PapermillExecutionError, name: str) -> AuditError:
    """Return the kernel's error as this process would have raised it."""
    kind = getattr(errors, problem.ename, None)
    if isinstance(kind, type) and issubclass(kind, AuditError):
        return kind(problem.evalue)
    return AuditError(f"{name}: cell {problem.exec_count} failed ({problem.ename}: {problem.evalue.splitlines()[0]})")
