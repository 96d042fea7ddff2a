"""One warm kernel that several notebooks of one client share."""

import tempfile
import textwrap
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Self

from jupyter_client.manager import AsyncKernelManager
from jupyter_core.utils import run_sync

from auditlib.run.places import short_temporary_folder

__all__ = ["START_TIMEOUT", "WarmKernel"]

START_TIMEOUT = 120
FRESH_STATE = textwrap.dedent("""
    import os as _os, sys as _sys
    if "ipywidgets" in _sys.modules:
        _sys.modules["ipywidgets"].Widget.close_all()
    _os.chdir({folder!r})
    get_ipython().reset(new_session=True)
""")
"""What makes a used kernel look new: no widget, no variable, no execution count, and the notebook's folder."""


class WarmKernel:
    """One kernel that several notebooks of **one** client share, shut down on leaving the ``with`` block.

    Starting a kernel and importing pandas and plotly costs two seconds; six notebooks pay it once.
    Modules keep their state between notebooks, so no module of this package keeps a client's data.

    Parameters
    ----------
    kernel_name : str
    log_path : Path, optional
        File that receives the kernel's own output (its standard error above all).
    environment : dict of str to str, optional
        The kernel's environment; this process's when absent.
    first_lines : sequence of str
        Code the kernel runs as it starts: imports that its first notebook then does not wait for.
    """

    def __init__(self, kernel_name: str = "python3", *, log_path: Path | None = None,
                 environment: dict[str, str] | None = None, first_lines: Sequence[str] = ()) -> None:
        # Sockets in a private folder: TCP ports would be open to the machine's other users.
        self.sockets = tempfile.TemporaryDirectory(prefix="auditlib-", dir=short_temporary_folder())
        self.manager = AsyncKernelManager(kernel_name=kernel_name, transport="ipc", ip=f"{self.sockets.name}/kernel")
        self.log_path = log_path
        self.environment = environment
        self.first_lines = first_lines
        self.client: Any = None

    def __enter__(self) -> Self:
        self.begin()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None,
                 trace: TracebackType | None) -> None:
        self.shut_down()

    def begin(self) -> None:
        """Start the kernel's process without waiting for it: it imports while its caller works on."""
        with _opened(self.log_path) as log:
            outputs = {} if log is None else {"stdout": log, "stderr": log}
            environment = {} if self.environment is None else {"env": self.environment}
            imports = [f"--IPKernelApp.exec_lines={line}" for line in self.first_lines]
            run_sync(self.manager.start_kernel)(extra_arguments=imports, **outputs, **environment)

    def fresh_client(self, folder: Path) -> Any:
        """Return the kernel's client, the kernel made as one that just started in `folder`."""
        client = self._ready_client()
        run_sync(client.execute_interactive)(
            FRESH_STATE.format(folder=str(folder)), store_history=False, silent=False, allow_stdin=False,
            output_hook=lambda _: None, timeout=START_TIMEOUT)
        return client

    def reconnect(self) -> None:
        """Give up the client, whose messages no longer arrive: the next notebook gets a new one of the same kernel."""
        if self.client is not None:
            self.client.stop_channels()
            self.client = None

    def shut_down(self) -> None:
        """Stop the kernel, whatever state it is in."""
        self.reconnect()
        if self.manager.has_kernel:
            run_sync(self.manager.shutdown_kernel)(now=True)
        self.sockets.cleanup()

    def _ready_client(self) -> Any:
        if self.client is None:
            self.client = self.manager.client()
            self.client.start_channels()
            run_sync(self.client.wait_for_ready)(timeout=START_TIMEOUT)
            self.client.allow_stdin = False
        return self.client


@contextmanager
def _opened(path: Path | None) -> Iterator[IO[bytes] | None]:
    if path is None:
        yield None
        return
    with path.open("ab") as file:
        yield file
