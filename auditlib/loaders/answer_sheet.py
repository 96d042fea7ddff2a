"""The sheet of findings a client sends back with his answers, recognised by its headers and read row by row."""

from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa

from auditlib.finding_codes import FINDING_CODES
from auditlib.loaders.aliases import normalise
from auditlib.loaders.date_values import decide_order, parse_dates
from auditlib.loaders.grid import Grid
from auditlib.loaders.left_out import skipped_rows

__all__ = ["answer_sheet", "is_own_sheet"]

HEADERS = {
    "finding": ("identifiant", "identifiant du constat", "code constat", "code du constat", "finding", "finding code",
                "finding id", "finding identifier", "identifier"),
    "answer": ("reponse du client", "reponse client", "client s answer", "client answer", "client s response",
               "client response", "customer s answer", "customer s response"),
    "owner": ("responsable", "owner", "responsible"),
    "due_date": ("date prevue", "echeance", "date", "pour le", "due date", "planned date", "target date",
                 "expected date"),
    "decision": ("decision", "decision du client", "client s decision"),
}
"""Names of the columns, as `normalise` leaves them; the first two tell the sheet."""
DECISIONS = {
    "accepte": "accepted", "accepted": "accepted", "conteste": "contested", "contested": "contested",
    "disputed": "contested", "corrige": "corrected", "corrected": "corrected", "sans suite": "no_action",
    "no action": "no_action", "no further action": "no_action",
}
UNKNOWN = "no finding has this identifier; keep the identifiers of the sheet sent with the draft report"
UNANSWERED = "nothing is answered on this row"
HEADER_ROWS = 40
"""A header further down is none."""


def answer_sheet(grid: Grid, choices: dict[str, Any]) -> tuple[pd.DataFrame, pd.DataFrame] | None:
    """Read a sheet of answers; None where the grid is something else.

    Parameters
    ----------
    grid : Grid
    choices : dict
        The auditor's mapping: ``kind: finding_answers`` and ``columns`` (finding, answer, owner, due_date, decision).

    Returns
    -------
    table : DataFrame
        ``finding, answer, owner, due_date, decision, source_row``: the rows with an answer to a known finding.
    skipped : DataFrame
        Every other row, as `auditlib.loaders.left_out.skipped_rows` gives them.
    """
    if choices.get("kind", "finding_answers") != "finding_answers":
        return None
    header, columns = _header(grid, choices.get("columns", {}))
    if header < 0:
        return None
    texts = {role: _texts(grid, column) for role, column in columns.items()}
    blank = pd.Series([""] * grid.cells.num_rows, dtype="str")
    code = texts["finding"].str.strip()
    day = _days(grid, columns.get("due_date"))
    said = ~np.isnat(day)
    for role in ("answer", "decision", "owner"):
        said |= (texts.get(role, blank) != "").to_numpy()
    classes = _classes(code, said, header)
    kept = np.flatnonzero(classes == "item")
    reasons = {int(row): UNKNOWN if classes[row] == "rejected" else UNANSWERED
               for row in np.flatnonzero(np.isin(classes, ["rejected", "unanswered"]))}
    decision = texts.get("decision", blank).iloc[kept]
    table = pd.DataFrame({
        "finding": code.iloc[kept], "answer": texts["answer"].iloc[kept], "owner": texts.get("owner", blank).iloc[kept],
        "due_date": day[kept], "decision": [DECISIONS.get(normalise(text), text) for text in decision],
        "source_row": kept + 1})
    return table.reset_index(drop=True), skipped_rows(grid, classes, reasons, classes != "item")


def is_own_sheet(grid: Grid) -> bool:
    """Tell a sheet of the audit's own workbook: its first cell is its name."""
    return bool(grid.cells.num_rows and grid.cells.num_columns and grid.row(0)[0] == grid.sheet)


def _header(grid: Grid, chosen: dict[str, str]) -> tuple[int, dict[str, int]]:
    """Return the row of the header (-1: there is none) and the column of each role."""
    names = {role: (*((normalise(str(chosen[role])),) if role in chosen else ()), *known)
             for role, known in HEADERS.items()}
    for row in range(min(HEADER_ROWS, grid.cells.num_rows)):
        cells = [normalise(cell) for cell in grid.row(row)]
        found = {role: cells.index(name) for role, known in names.items()
                 if (name := next((name for name in known if name in cells), ""))}
        if {"finding", "answer"} <= set(found):
            return row, found
    return -1, {}


def _texts(grid: Grid, column: int) -> pd.Series:
    return pd.Series(grid.cells.column(column).to_pylist(), dtype="str").fillna("").str.strip()


def _days(grid: Grid, column: int | None) -> np.ndarray[tuple[int], np.dtype[np.datetime64]]:
    if column is None:
        return np.full(grid.cells.num_rows, np.datetime64("NaT", "s"))
    cells = grid.cells.column(column)
    dated = pa.array([text if text[:1].isdigit() else "" for text in cells.to_pylist()])
    return parse_dates(dated, decide_order({"due_date": dated}).name).days


def _classes(code: pd.Series, said: np.ndarray[tuple[int], np.dtype[np.bool_]], header: int) -> np.ndarray[
        tuple[int], np.dtype[np.str_]]:
    known = code.isin(FINDING_CODES).to_numpy()
    empty = (code == "").to_numpy()
    classes = np.select([empty & ~said, known & said, known], ["blank", "item", "unanswered"], "rejected").astype("U20")
    classes[:header] = np.where(classes[:header] == "blank", "blank", "title")
    classes[header] = "header"
    return classes
