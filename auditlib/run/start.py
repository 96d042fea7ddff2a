"""Starts an engagement: its parameters file, from the commented template."""

import datetime as dt
import io
import re
from collections.abc import Sequence
from pathlib import Path

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap

from auditlib.errors import BadInputError
from auditlib.parameters import load_parameters
from auditlib.run import places

__all__ = ["may_be_read", "start_engagement"]

CLIENT = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]*")


def start_engagement(client: str, files: Sequence[Path] = (), *, as_of_date: dt.date, client_name: str = "",
                     signed_on: dt.date | None = None, signatory: str = "", allow_unsigned: bool = False) -> Path:
    """Write ``parameters/<client>.yaml``, and make ``documents/<client>/`` where no file is named.

    Files are named where they are; nothing is copied.

    Parameters
    ----------
    client : str
        Short name: letters, digits, ``_``, ``.`` and ``-``.
    files : sequence of Path
        What the client sent.
    as_of_date : date
    client_name : str
        As the report prints it.
    signed_on, signatory
        The signed non-disclosure agreement, if it is.
    allow_unsigned : bool
        For demos and tests.

    Returns
    -------
    Path
        The parameters file.

    Raises
    ------
    BadInputError
        If the name cannot be used or is taken, or a file is missing.
    """
    home = places.home_of()
    target = _new_file(home, client)
    for file in files:
        if not file.exists():
            raise BadInputError(f"{file}: no such file or folder")
    content = _template(home)
    content["client"], content["client_name"], content["as_of_date"] = client, client_name or client, as_of_date
    content["documents"] = [str(file.resolve()) for file in files] or f"../documents/{client}"
    content["nda"].update({"allow_unsigned": True} if allow_unsigned else {})
    content["nda"].update({"signed_on": signed_on, "signatory": signatory} if signed_on else {})
    if not files:
        (home / "documents" / client).mkdir(parents=True, exist_ok=True)
    text = io.StringIO()
    YAML().dump(content, text)
    target.write_text(text.getvalue(), encoding="utf-8")
    load_parameters(target)
    return target


def may_be_read(client: str | Path) -> bool:
    """Tell whether a client's documents may be read: the non-disclosure agreement is signed, or not needed."""
    parameters = load_parameters(client, home=places.home_of(client))
    try:
        parameters.require_signed()
    except BadInputError:
        return False
    return True


def _new_file(home: Path, client: str) -> Path:
    if not CLIENT.fullmatch(client) or client == "template":
        raise BadInputError(f"client {client}: expected a short name of letters, digits, _, . and -, such as acme")
    target = home / "parameters" / f"{client}.yaml"
    if target.exists():
        raise BadInputError(f"parameters/{client}.yaml exists already; edit it, or choose another name")
    return target


def _template(home: Path) -> CommentedMap:
    for folder in (home, places.CHECKOUT):
        path = folder / "parameters" / "template.yaml"
        if path.is_file():
            return YAML().load(path.read_text(encoding="utf-8"))  # type: ignore[no-any-return]
    raise BadInputError("parameters/template.yaml is missing; restore it from the project")
