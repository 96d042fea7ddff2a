"""Deletes a client's data after the engagement, and certifies what was deleted."""

import datetime as dt
import shutil
from collections.abc import Iterable
from pathlib import Path

from auditlib.adjustment_words import adjustments_path
from auditlib.answers import answers_path
from auditlib.errors import BadInputError
from auditlib.parameters import Parameters, load_parameters
from auditlib.register import file_digest
from auditlib.run import places
from auditlib.run.workspace import FAILED
from auditlib.texts import translator

__all__ = ["data_of", "purge_client"]

CERTIFICATES = ".certificates"


def data_of(client: str | Path, *, outputs: Path | None = None) -> list[Path]:
    """Return the folders and files of the project that hold a client's data.

    Raises
    ------
    BadInputError
        If the parameters file cannot be read.
    """
    home = places.home_of(client)
    parameters = load_parameters(client, home=home)
    return [path for path in _candidates(home, outputs or home / "outputs", parameters) if path.exists()]


def purge_client(client: str | Path, *, now: dt.datetime, outputs: Path | None = None) -> Path:
    """Delete a client's outputs, cache and the documents inside the project, and write a certificate.

    Documents outside the project were never copied: they are the auditor's to delete, and the certificate says so.

    Parameters
    ----------
    client : str or Path
    now : datetime
        When, as the certificate prints it.
    outputs : Path, optional

    Returns
    -------
    Path
        The certificate: every file deleted with its SHA-256.

    Raises
    ------
    BadInputError
        If there is nothing to delete.
    """
    home = places.home_of(client)
    parameters = load_parameters(client, home=home)
    doomed = data_of(client, outputs=outputs)
    if not doomed:
        raise BadInputError(f"{parameters.client}: nothing to delete, no outputs, cache or documents in the project")
    files = sorted(file for path in doomed for file in (path, *path.rglob("*")) if file.is_file())
    lines = [f"{file_digest(file)}  {_shown(file, home)}" for file in files]
    folder = places.private_folder((outputs or home / "outputs") / CERTIFICATES)
    certificate = folder / f"{parameters.client}-{now:%Y%m%dT%H%M%S}.txt"
    certificate.write_text(_text(parameters, now, lines), encoding="utf-8")
    for path in doomed:
        shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)
    return certificate


def _candidates(home: Path, outputs: Path, parameters: Parameters) -> Iterable[Path]:
    yield outputs / parameters.client
    yield outputs / f"{FAILED}{parameters.client}"
    yield home / ".cache" / parameters.client
    yield answers_path(parameters.source, parameters.client)
    yield adjustments_path(parameters.source, parameters.client)
    for text in parameters.documents:
        path = (parameters.source.parent / text).resolve()
        if path.is_relative_to(home / "documents") and path != home / "documents":
            yield path


def _shown(path: Path, home: Path) -> str:
    return str(path.relative_to(home)) if path.is_relative_to(home) else str(path)


def _text(parameters: Parameters, now: dt.datetime, lines: list[str]) -> str:
    _ = translator(parameters.language).gettext
    title = _("Certificat d'effacement des données de {client}").format(client=parameters.title)
    when = _("Effacement le {date}. {count} fichiers, avec leur empreinte SHA-256 :").format(
        date=now.strftime("%d/%m/%Y %H:%M"), count=len(lines))
    kept = _("Les documents conservés hors du projet n'ont jamais été copiés et ne sont pas concernés.")
    return "\n".join([title, "", when, "", *lines, "", kept, ""])
