"""The sheet of findings a client sends back with his answers, recognised by its headers and read row by row."""

from typing import Any

import numpy as np
import pandas as pd

from auditlib.finding_codes import FINDING_CODES
from auditlib.loaders.aliases import normalise
from auditlib.loaders.grid import Grid
from auditlib.loaders.left_out import skipped_rows
from auditlib.loaders.own_sheet import days_of, find_header, texts_of

__all__ = ["answer_sheet"]

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
    chosen = choices.get("columns", {})
    names = {role: (*((normalise(str(chosen[role])),) if role in chosen else ()), *known)
             for role, known in HEADERS.items()}
    header, columns = find_header(grid, names, lambda found, _: {"finding", "answer"} <= set(found))
    if header < 0:
        return None
    texts = {role: texts_of(grid, column) for role, column in columns.items()}
    blank = pd.Series([""] * grid.cells.num_rows, dtype="str")
    code = texts["finding"].str.strip()
    day, _ = days_of(grid, columns.get("due_date"))
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


def _classes(code: pd.Series, said: np.ndarray[tuple[int], np.dtype[np.bool_]], header: int) -> np.ndarray[
        tuple[int], np.dtype[np.str_]]:
    known = code.isin(FINDING_CODES).to_numpy()
    empty = (code == "").to_numpy()
    classes = np.select([empty & ~said, known & said, known], ["blank", "item", "unanswered"], "rejected").astype("U20")
    classes[:header] = np.where(classes[:header] == "blank", "blank", "title")
    classes[header] = "header"
    return classes
