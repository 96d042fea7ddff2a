"""A sheet of follow-up read row by row: what each row says in typed columns, and why a row says nothing usable."""

from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from auditlib.follow_up_words import COLUMNS
from auditlib.loaders.aliases import normalise
from auditlib.loaders.follow_up_forms import CHOICES, DAYS, FORMS, OFFERED, Form, header_names
from auditlib.loaders.grid import Grid, any_filled
from auditlib.loaders.left_out import skipped_rows
from auditlib.loaders.own_sheet import amounts_of, days_of, find_header, texts_of

__all__ = ["FOLLOW_UP_KINDS", "follow_up_sheet"]

FOLLOW_UP_KINDS = ("follow_up", "commitments", "actions", "contacts")
AMOUNTS = ("promised_cents", "dispute_cents")
UNANSWERED = "nothing is filled in on this row"
NO_DAY = "{header}: no date is given; write it like 31/12/2025"
BAD_DAY = "{header}: {value} is not a date; write it like 31/12/2025"
BAD_AMOUNT = "{header}: {value} is not an amount; write it like 1234,56"
BAD_CHOICE = "{header}: {value} is not one of the choices of the list; choose one of {choices}"
NO_CUSTOMER = "no customer is named on this row; give his code or his name"


def follow_up_sheet(grid: Grid, choices: dict[str, Any]) -> tuple[str, pd.DataFrame, pd.DataFrame] | None:
    """Read a sheet of follow-up; None where the grid is something else.

    A row with a date, an amount or a choice that cannot be understood is rejected whole, so that its author
    corrects it once and nothing of it counts twice.

    Parameters
    ----------
    grid : Grid
    choices : dict
        The auditor's mapping: ``kind`` (a kind of `auditlib.loaders.follow_up_forms.FORMS`) and ``columns``.

    Returns
    -------
    kind : str
    table : DataFrame
        The rows that say something, columns by role; amounts in cents, choices as codes.
    skipped : DataFrame
        Every other row, as `auditlib.loaders.left_out.skipped_rows` gives them.
    """
    chosen = choices.get("columns", {})
    for form in FORMS:
        if choices.get("kind", form.kind) != form.kind:
            continue
        names = {role: (*((normalise(str(chosen[role])),) if role in chosen else ()), *header_names(role))
                 for role in form.roles}
        header, columns = find_header(grid, names, form.is_header)
        if header >= 0:
            return form.kind, *_read(grid, form, header, columns)
    return None


def _read(grid: Grid, form: Form, header: int, columns: dict[str, int]) -> tuple[pd.DataFrame, pd.DataFrame]:
    columns = _each_once(form, columns)
    rows = _Rows(grid, columns)
    body = np.arange(grid.cells.num_rows) > header
    table = pd.DataFrame({role: rows.read(role) for role in form.roles})
    said = rows.are_filled(form.filled)
    who = ("key_customer", "customer_id", "customer_name")
    for role in form.required:
        rows.refuse(np.isnat(table[role].to_numpy()) & said, NO_DAY, role, ())
    nobody = ~rows.are_filled(who) & said
    rows.reasons.update({int(row): NO_CUSTOMER for row in np.flatnonzero(nobody) if int(row) not in rows.reasons})
    refused = np.isin(np.arange(len(body)), list(rows.reasons)) & body & said
    blank = ~any_filled(grid.cells)
    classes = np.select([blank, ~body, refused, said], ["blank", "title", "rejected", "item"], "unanswered")
    classes = classes.astype("U20")
    classes[header] = "header"
    reasons = {row: why for row, why in rows.reasons.items() if refused[row]}
    reasons |= {int(row): UNANSWERED for row in np.flatnonzero(classes == "unanswered")}
    kept = np.flatnonzero(classes == "item")
    table = _settled(table, form).iloc[kept].assign(source_row=kept + 1).reset_index(drop=True)
    return table, skipped_rows(grid, classes, reasons, classes != "item")


def _each_once(form: Form, columns: dict[str, int]) -> dict[str, int]:
    """Give a column to one role only, the first of the form's: "Client" is not the contact's name as well."""
    once: dict[int, str] = {}
    for role in form.roles:
        if role in columns:
            once.setdefault(columns[role], role)
    return {role: column for column, role in once.items()}


class _Rows:
    """The cells of a form, read role by role; `reasons` gathers why rows cannot be used, the first of each."""

    def __init__(self, grid: Grid, columns: dict[str, int]) -> None:
        self.grid, self.columns = grid, columns
        self.reasons: dict[int, str] = {}

    def texts(self, role: str) -> pd.Series:
        return texts_of(self.grid, self.columns.get(role))

    def are_filled(self, roles: tuple[str, ...]) -> npt.NDArray[np.bool_]:
        filled = np.zeros(self.grid.cells.num_rows, dtype=bool)
        for role in roles:
            filled |= (self.texts(role) != "").to_numpy()
        return filled

    def refuse(self, bad: npt.NDArray[np.bool_], why: str, role: str, choices: tuple[str, ...]) -> None:
        values = self.texts(role)
        for row in np.flatnonzero(bad):
            sentence = why.format(header=COLUMNS[role], value=repr(values.iloc[row]), choices=", ".join(choices))
            self.reasons.setdefault(int(row), sentence)

    def read(self, role: str) -> pd.Series | npt.NDArray[Any]:
        column = self.columns.get(role)
        if role in DAYS:
            days, bad = days_of(self.grid, column)
            self.refuse(bad, BAD_DAY, role, ())
            return days
        if role in AMOUNTS:
            cents, bad = amounts_of(self.grid, column)
            self.refuse(bad, BAD_AMOUNT, role, ())
            return cents
        return self._choice(role) if role in CHOICES else self.texts(role)

    def _choice(self, role: str) -> pd.Series:
        written = self.texts(role)
        known = CHOICES[role]
        codes = [known.get(normalise(text), "") for text in written]
        found = pd.Series(codes, dtype="str")
        self.refuse(((found == "") & (written != "")).to_numpy(), BAD_CHOICE, role, OFFERED[role])
        return found


def _settled(table: pd.DataFrame, form: Form) -> pd.DataFrame:
    """Name promises as lists of promises do, and customers and items by their keys where they have one."""
    named = table.assign(customer_id=table["key_customer"].where(table["key_customer"] != "", table["customer_id"]))
    if "key_ref" in named:
        named["document_ref"] = named["key_ref"].where(named["key_ref"] != "", named["document_ref"])
    if "plain_name" in named:
        named["name"] = named["name"].where(named["name"] != "", named["plain_name"])
    if form.kind != "promises":
        return named
    return named.rename(columns={"promised_cents": "amount_cents"})
