"""The register of the documents received: one row per file."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import pandas as pd

from auditlib.schemas import REGISTER, validate

__all__ = ["build_register", "file_digest"]

CHUNK = 1 << 20


def file_digest(path: Path) -> str:
    """Return the SHA-256 of a file's content, in hexadecimal."""
    with path.open("rb") as content:
        digest = hashlib.sha256()
        while block := content.read(CHUNK):
            digest.update(block)
    return digest.hexdigest()


def build_register(
    paths: Sequence[Path], digests: Mapping[Path, str], intake: pd.DataFrame, *, e_invoices: Iterable[str] = (),
) -> pd.DataFrame:
    """Write down each file received.

    Parameters
    ----------
    paths : sequence of Path
        Every file, read or not.
    digests : mapping of Path to str
        Their SHA-256.
    intake : DataFrame
        `schemas.INTAKE`; a file without a row in it was kept, not read (a contract, a letter).
    e_invoices : iterable of str
        Names of the files that are electronic invoices.

    Returns
    -------
    DataFrame
        `schemas.REGISTER`; ``received_on`` is the day the file was last written, ``total_cents`` its debits
        less its credits (of the sheets with items, where others summarise them).
    """
    electronic, rows = set(e_invoices), []
    for path in paths:
        sheets = intake[intake["file"] == path.name]
        unread = "e_invoice" if path.name in electronic else "document"
        rows.append({
            "name": path.name, "kind": "+".join(dict.fromkeys(sheets["kind"].astype("str"))) or unread,
            "received_on": pd.Timestamp(path.stat().st_mtime, unit="s").normalize(),
            "sha256": digests[path], "rows": int(sheets["rows_read"].sum()), "total_cents": _total(sheets)})
    return validate(pd.DataFrame(rows), REGISTER)


def _total(sheets: pd.DataFrame) -> int:
    """Sum the sheets that give items, else the first that summarises: the others repeat them."""
    items = sheets[sheets["role"] == "items"]
    counted = items if len(items) else sheets[sheets["role"] == "second_source"].head(1)
    return int((counted["debit_cents"] - counted["credit_cents"]).sum())
