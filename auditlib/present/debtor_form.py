"""The form in which the auditor says what a debtor is, where the files and the inference do not tell surely."""

from collections.abc import Callable, Mapping
from typing import Any

import ipywidgets
import pandas as pd

from auditlib.deliver.labels import label
from auditlib.formats import Formats
from auditlib.present import controls
from auditlib.present.markup import Cell, Column, Html, shown, table

__all__ = ["debtor_form", "uncertain"]

SHOWN = 15
TYPES, ZONES = ("B2B", "B2C", "public"), ("FR", "EU", "non_EU")
RANK = {"": 0, "low": 1, "medium": 2, "high": 3}
Save = Callable[[Mapping[str, Mapping[str, Any]]], str]


def uncertain(customers: pd.DataFrame, *, count: int = SHOWN) -> pd.DataFrame:
    """Return the debtors whose type or zone is not told surely, the largest balances first.

    Parameters
    ----------
    customers : DataFrame
        `auditlib.customer_table.customer_table`.
    count : int
        How many at most.
    """
    ranks = [customers[name].astype("str").map(RANK).fillna(0) for name in ("type_confidence", "zone_confidence")]
    doubtful = customers[pd.concat(ranks, axis=1).min(axis=1) < RANK["high"]]
    order = doubtful["receivable_cents"].abs().sort_values(ascending=False, kind="stable").index
    return doubtful.loc[order].head(count)


def debtor_form(
    customers: pd.DataFrame, formats: Formats, *, save: Save, by: str = "", count: int = SHOWN,
) -> ipywidgets.VBox:
    """Return the form: what was found and why, a choice of type and zone for each debtor, and a button.

    Parameters
    ----------
    customers : DataFrame
        `auditlib.customer_table.customer_table`.
    formats : Formats
    save : callable
        Takes the decisions by customer_id, writes them, and returns the name of the file.
    by : str
        Who decides.
    count : int
        Debtors listed.
    """
    _, rows = formats.gettext, uncertain(customers, count=count)
    if rows.empty:
        established = _("Le type et la zone de chaque client sont établis.")
        return controls.form([controls.html(Html(shown(established)))], formats, classes="")
    types = {key: _choice(TYPES, formats) for key in rows["customer_id"]}
    zones = {key: _choice(ZONES, formats) for key in rows["customer_id"]}
    author = ipywidgets.Text(value=by, description=_("Décidé par"), style={"description_width": "initial"})
    why = ipywidgets.Text(description=_("Motif"), style={"description_width": "initial"})
    button, said = ipywidgets.Button(description=_("Enregistrer"), button_style="primary"), ipywidgets.HTML()

    def write(_button: ipywidgets.Button) -> None:
        made = {key: {"customer_type": types[key].value, "zone": zones[key].value} for key in types}
        made = {key: {name: value for name, value in one.items() if value} for key, one in made.items()}
        signed = {key: {**one, "by": author.value, "why": why.value} for key, one in made.items() if one}
        said.value = controls.wrapped(shown(_said(signed, save, formats)))

    button.on_click(write)
    lines = [ipywidgets.HBox([types[key], zones[key], ipywidgets.Label(str(name))])
             for key, name in zip(rows["customer_id"], rows["name"], strict=True)]
    return controls.form([controls.html(_found(rows, formats)), *lines, author, why, button, said], formats)


def _said(signed: Mapping[str, Mapping[str, Any]], save: Save, formats: Formats) -> str:
    _ = formats.gettext
    if not signed:
        return _("Rien n’a été choisi.")
    return _("Décisions enregistrées dans {file} : {count}. Elles comptent dès la prochaine exécution.").format(
        count=formats.count(len(signed)), file=save(signed))


def _choice(values: tuple[str, ...], formats: Formats) -> ipywidgets.Dropdown:
    options = [(formats.gettext("inchangé"), "")] + [
        (label(value, language=formats.language), value) for value in values]
    return ipywidgets.Dropdown(options=options, layout={"width": "170px"})


def _found(rows: pd.DataFrame, formats: Formats) -> Html:
    """Return what was found of each debtor, how surely and why."""
    _ = formats.gettext
    words = {"high": _("sûr"), "medium": _("probable"), "low": _("à confirmer"), "": _("inconnu")}

    def cell(row: Mapping[Any, Any], name: str, prefix: str) -> Cell:
        value = label(row[name], language=formats.language) if row[name] else _("inconnu")
        surely = words[str(row[f"{prefix}_confidence"])]
        return Cell(str(value), detail=f"{surely} – {formats.stored(str(row[f'{prefix}_reason']))}")

    columns = (Column(_("Client"), "wide"), Column(_("Encours"), "number"), Column(_("Type")), Column(_("Zone")))
    return table(columns, [
        (Cell(str(row["name"]), detail=str(row["customer_id"])), formats.cents(row["receivable_cents"]),
         cell(row, "customer_type", "type"), cell(row, "zone", "zone")) for row in rows.to_dict("records")])
