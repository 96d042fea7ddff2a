"""The same file sent twice, under two names: read once, and said."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from auditlib.loaders.movements import signed_amounts
from auditlib.loaders.quality import finding
from auditlib.loaders.source import Source
from auditlib.texts import N_
from auditlib.told import Amount

__all__ = ["copies_of", "copy_finding"]

WITH_AMOUNTS = ("customer_ledger", "fec", "invoice_list", "open_items", "aged_balance", "trial_balance")

COPY = re.compile(r"copie|copy|\(\d+\)", re.IGNORECASE)
"""How file managers and mail programs call a copy."""


def copies_of(digests: Mapping[Path, str], *, mapping: Mapping[str, Any]) -> dict[str, str]:
    """Return the file that each copy repeats, by name.

    The one that the auditor's mapping speaks of is read, else the first whose name is not a copy's.

    Parameters
    ----------
    digests : mapping of Path to str
        SHA-256 of each file.
    mapping : mapping
        The auditor's choices, by file or ``file/sheet``.
    """
    spoken_of = {key.partition("/")[0] for key in mapping}
    first: dict[str, str] = {}
    copies = {}
    for path in sorted(digests, key=lambda path: (path.name not in spoken_of, bool(COPY.search(path.name)))):
        original = first.setdefault(digests[path], path.name)
        if original != path.name:
            copies[path.name] = original
    return copies


def copy_finding(source: Source, original: str) -> pd.DataFrame:
    """Say that a sheet or text file is not loaded again, with its rows and what they add up to."""
    rows = len(source.table)
    total = int(signed_amounts(source.table, source.kind).sum()) if source.kind in WITH_AMOUNTS else 0
    return finding(
        "same_file_twice", "warning", N_(
            "{file} : même fichier que « {original} », à l'octet près ; il n'est lu qu'une fois ({rows} lignes "
            "écartées, {amount})."), rows=rows, amount_cents=total,
        figures={"file": source.name, "original": original, "rows": rows, "amount": Amount(total)})
