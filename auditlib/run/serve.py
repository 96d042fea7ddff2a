"""Serves one client's presentation with Voilà: this machine only, and only with the token."""

import json
import os
import secrets
import socket
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from auditlib.errors import BadInputError
from auditlib.run import places
from auditlib.run.engagement import open_engagement
from auditlib.run.steps import PRESENTATION

__all__ = ["configuration", "presentation_of", "serve_presentation"]

ADDRESS = "127.0.0.1"
FOR_THE_AUDITOR = "auditor"
"""Tag of the cells a reader of the notebook wants, and a viewer of the page does not."""
PING = 30_000
IDLE_SECONDS = 300
"""A closed page's kernel goes after that; under two minutes slow pages lose theirs while they load."""
READY_PAGES = 1
"""Pages executed before anybody asks: the first viewer waits half as long."""


def serve_presentation(client: str | Path, *, as_of_date: str = "", outputs: Path | None = None, port: int = 0,
                       announce: Callable[[str], None] = print) -> None:
    """Serve a client's presentation until interrupted.

    Parameters
    ----------
    client : str or Path
        Name of ``parameters/<client>.yaml``, or the path of a parameters file.
    as_of_date : str
        Empty: the latest finished run.
    outputs : Path, optional
    port : int
        0: any free one.
    announce : callable
        Told the address, token included, before the server starts.

    Raises
    ------
    BadInputError
        If there is no finished run, the non-disclosure agreement is not signed, or the port is taken.
    """
    from voila.app import Voila  # half a second, and only this command needs it

    notebook = presentation_of(client, as_of_date=as_of_date, outputs=outputs)
    os.environ["AUDITLIB_HOME"] = str(places.home_of(client))
    chosen, token = _free_port(port), secrets.token_urlsafe(32)
    with tempfile.TemporaryDirectory(prefix="auditlib-", dir=places.short_temporary_folder()) as folder:
        _write_private(Path(folder) / "voila.json", configuration(port=chosen, token=token))
        server = Voila.instance(config_file_paths=[folder], connection_dir_root=folder, log_level="ERROR")
        server.initialize([str(notebook)])
        announce(f"http://{ADDRESS}:{chosen}/?token={token}")
        server.start()


def presentation_of(client: str | Path, *, as_of_date: str = "", outputs: Path | None = None) -> Path:
    """Return the executed presentation of a client's run.

    Raises
    ------
    BadInputError
        If there is none, or the non-disclosure agreement is not signed.
    """
    audit = open_engagement(client, as_of_date=as_of_date)
    audit.parameters.require_signed()
    name = audit.parameters.client
    runs = places.finished_runs(outputs or audit.home / "outputs", name)
    shown = [run for run in runs if not as_of_date or run.name == as_of_date]
    if not shown or not (shown[-1] / f"{PRESENTATION}.ipynb").is_file():
        at = f" at {as_of_date}" if as_of_date else ""
        raise BadInputError(f"{name}: no finished run{at}; first: auditlib run {client}")
    return shown[-1] / f"{PRESENTATION}.ipynb"


def configuration(*, port: int, token: str) -> dict[str, dict[str, Any]]:
    """Return Voilà's configuration: loopback, token, no file of the folder, idle kernels removed."""
    return {
        "Voila": {"ip": ADDRESS, "port": port, "port_retries": 0, "token": token, "open_browser": False,
                  "tornado_settings": {"ws_ping_interval": PING, "ws_ping_timeout": PING}},
        "VoilaConfiguration": {
            "file_denylist": [".*"], "show_tracebacks": False, "allow_template_override": "NOTEBOOK",
            "allow_theme_override": "NO", "preheat_kernel": True, "default_pool_size": READY_PAGES,
        },
        "KernelManager": {"transport": "ipc"},  # TCP would be open to the machine's other users
        "TagRemovePreprocessor": {"enabled": True, "remove_cell_tags": [FOR_THE_AUDITOR]},
        "MappingKernelManager": {"cull_idle_timeout": IDLE_SECONDS, "cull_interval": 60},
    }


def _write_private(path: Path, content: dict[str, Any]) -> None:
    path.touch(mode=0o600, exist_ok=False)
    path.write_text(json.dumps(content), encoding="utf-8")


def _free_port(wished: int) -> int:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((ADDRESS, wished))
        except OSError as problem:
            raise BadInputError(
                f"port {wished} cannot be used ({problem.strerror}); choose another with --port") from problem
        return int(probe.getsockname()[1])
