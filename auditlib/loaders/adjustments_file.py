"""The auditor's adjustments, read from the workbook they are written in: each row understood, or rejected with why."""

import hashlib
import json
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa

from auditlib.adjustment_words import (
    CHANGES,
    COLUMNS,
    KIND_NAMES,
    OF_CUSTOMER,
    TYPE_NAMES,
    WITHOUT_VALUE,
    codes_by_word,
    plain_word,
)
from auditlib.errors import BadInputError
from auditlib.loaders.date_values import parse_dates
from auditlib.loaders.grid import Grid
from auditlib.loaders.values import parse_amounts, repair_identifiers
from auditlib.loaders.workbook import read_workbook
from auditlib.schemas import ADJUSTMENTS, empty, validate
from auditlib.texts import N_, translator

__all__ = ["adjustments_digest", "read_adjustments"]

ASKED = ("change", "reason", "author")
"""Columns that tell the sheet that is filled in from the lists beside it."""
FIRST_ROWS = 40
"""The header stands among them, whatever was written above it."""
VALUE_WORDS = {"kind": codes_by_word(KIND_NAMES), "customer_type": codes_by_word(TYPE_NAMES)}
NO_CHANGE = N_("correction inconnue : choisir une valeur de la liste")
NO_REASON = N_("motif manquant")
NO_AUTHOR = N_("auteur manquant")
NO_DAY = N_("date de la décision manquante ou illisible : l’écrire comme 31/12/2025")
NO_VALUE = N_("nouvelle valeur manquante ou non comprise")
NO_CUSTOMER = N_("code client manquant")
NO_ROW = N_("pièce non désignée : reprendre fichier, ligne et montant de la feuille des pièces")


def read_adjustments(path: Path, *, language: str = "fr") -> pd.DataFrame:
    """Read the auditor's adjustments; a missing file holds none.

    Parameters
    ----------
    path : Path
        A workbook made by `auditlib.deliver.adjustments_workbook`, in either language.
    language : {"fr", "en"}
        Of the reasons why a row is rejected.

    Returns
    -------
    DataFrame
        `schemas.ADJUSTMENTS`, in the order written; ``status`` is read or rejected, ``new_value`` an ISO date, a code
        or the text as written. [cents, VAT included, credits negative]

    Raises
    ------
    BadInputError
        If the file cannot be read, or holds no sheet of adjustments.
    """
    cells = _filled_rows(path)
    if cells.empty:
        return empty(ADJUSTMENTS)
    changes = codes_by_word(CHANGES)
    rows = pd.DataFrame({
        "sheet_row": cells.index + 1, "change": [changes.get(plain_word(text), text) for text in cells["change"]],
        "source_file": cells["source_file"], "source_sheet": cells["source_sheet"],
        "source_row": _numbers(cells["source_row"]), "customer_id": _identifiers(cells["customer_id"]),
        "document_ref": _identifiers(cells["document_ref"]), "due_date": _days(cells["due_date"]),
        "amount_cents": parse_amounts(pa.array(cells["amount_cents"]), is_workbook=True).cents,
        "reason": cells["reason"], "author": cells["author"], "decided_on": _days(cells["decided_on"]),
        "old_value": ""}).reset_index(drop=True)
    rows["new_value"] = _values(rows["change"], cells["new_value"].reset_index(drop=True))
    rows["why"] = [translator(language).gettext(why) for why in map(_refusal, rows.to_dict("records"))]
    rows["status"] = ["rejected" if why else "read" for why in rows["why"]]
    return validate(rows, ADJUSTMENTS)[list(ADJUSTMENTS.columns)]


def adjustments_digest(path: Path) -> str:
    """Return the SHA-256 of what is filled in, "" for nothing: lists written anew beside it change nothing.

    Raises
    ------
    BadInputError
        As `read_adjustments`.
    """
    rows = _filled_rows(path).to_dict("records")
    return hashlib.sha256(json.dumps(rows, sort_keys=True).encode()).hexdigest() if rows else ""


def _filled_rows(path: Path) -> pd.DataFrame:
    """Return the rows with something in them, as texts by role; the index is the row's, from 0."""
    if not path.is_file():
        return pd.DataFrame(columns=list(COLUMNS), dtype="str")
    roles = codes_by_word(COLUMNS)
    for grid in read_workbook(path):
        for header in range(min(FIRST_ROWS, grid.cells.num_rows)):
            titles = [roles.get(plain_word(text), "") for text in grid.row(header)]
            if all(role in titles for role in ASKED):
                return _body(grid, titles, header, path)
    raise BadInputError(f"{path.name}: no sheet has the columns {', '.join(COLUMNS[role] for role in ASKED)}; "
                        "put the file aside and make a new one with: auditlib adjust CLIENT")


def _body(grid: Grid, titles: list[str], header: int, path: Path) -> pd.DataFrame:
    missing = [COLUMNS[role] for role in COLUMNS if role not in titles]
    if missing:
        raise BadInputError(f"{path.name}, sheet {grid.sheet}, row {header + 1}: column {', '.join(missing)} is "
                            "missing; give the columns their names back")
    columns = {role: grid.cells.column(titles.index(role)).to_pylist() for role in COLUMNS}
    body = pd.DataFrame(columns, dtype="str").iloc[header + 1:]
    return body[(body != "").any(axis=1)]


def _identifiers(column: pd.Series) -> list[str]:
    return [str(text) for text in repair_identifiers(pa.array(column.tolist(), pa.string())).to_pylist()]


def _days(column: pd.Series) -> pd.Series:
    return pd.Series(parse_dates(pa.array(column.tolist(), pa.string()), "day_first").days, index=column.index)


def _numbers(column: pd.Series) -> pd.Series:
    return pd.to_numeric(column, errors="coerce").fillna(0).astype("int64")


def _values(changes: pd.Series, written: pd.Series) -> list[str]:
    """Bring each new value to its canonical text; "" where it is not understood."""
    days = _days(written).dt.strftime("%Y-%m-%d").fillna("")
    plain = _identifiers(written)
    found = []
    for change, day, text in zip(changes, days, plain, strict=True):
        if change in ("due_date", "document_date"):
            found.append(day)
        else:
            found.append(VALUE_WORDS[change].get(plain_word(text), "") if change in VALUE_WORDS else text)
    return found


def _refusal(row: dict[Any, Any]) -> str:
    """Say what is missing of a row; "" where it can be looked up."""
    of_customer = row["change"] in OF_CUSTOMER
    rules = (
        (row["change"] not in CHANGES, NO_CHANGE),
        (of_customer and not row["customer_id"], NO_CUSTOMER),
        (not of_customer and not (row["source_file"] and row["source_row"] and row["amount_cents"]), NO_ROW),
        (row["change"] not in WITHOUT_VALUE and not row["new_value"], NO_VALUE),
        (not row["reason"], NO_REASON), (not row["author"], NO_AUTHOR), (pd.isna(row["decided_on"]), NO_DAY))
    return next((sentence for broken, sentence in rules if broken), "")
