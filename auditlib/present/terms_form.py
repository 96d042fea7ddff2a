"""The form in which the auditor confirms payment terms, where due dates rest on unchecked ones, or on none."""

from collections.abc import Callable, Mapping

import ipywidgets
import pandas as pd

from auditlib.errors import BadInputError
from auditlib.formats import Formats
from auditlib.present import controls
from auditlib.present.markup import Cell, Column, Html, shown, table

__all__ = ["terms_form", "unconfirmed_terms"]

SHOWN = 15
Save = Callable[[Mapping[str, Mapping[str, str]]], str]


def unconfirmed_terms(open_items: pd.DataFrame, customers: pd.DataFrame, *, count: int = SHOWN) -> pd.DataFrame:
    """Return the customers whose open debits have a due date by unconfirmed terms, or none, the largest amounts first.

    Parameters
    ----------
    open_items : DataFrame
        `schemas.OPEN_ITEMS`.
    customers : DataFrame
        `schemas.CUSTOMERS`.
    count : int
        How many at most.

    Returns
    -------
    DataFrame
        ``customer_id, name, payment_terms``, ``amount_cents`` and ``items`` concerned [cents, VAT included].
    """
    origin = open_items["due_date_origin"].astype("str")
    unsure = origin.isin(["default", "none"]) | ((origin == "terms") & ~open_items["is_terms_confirmed"])
    rows = open_items[unsure & (open_items["residual_cents"] > 0) & ~open_items["is_age_unknown"]]
    sums = rows.groupby(rows["customer_id"].astype("str"))["residual_cents"].agg(["sum", "size"])
    largest = sums.sort_values("sum", ascending=False, kind="stable").head(count)
    named = customers.set_index(customers["customer_id"].astype("str"))[["name", "payment_terms"]]
    return named.reindex(largest.index).assign(
        amount_cents=largest["sum"], items=largest["size"]).rename_axis("customer_id").reset_index()


def terms_form(
    open_items: pd.DataFrame, customers: pd.DataFrame, formats: Formats, *, save: Save, by: str = "",
    count: int = SHOWN,
) -> ipywidgets.VBox:
    """Return the form: amounts and terms known, other terms to write or a box to confirm those, and a button.

    Parameters
    ----------
    open_items, customers : DataFrame
        See `unconfirmed_terms`.
    formats : Formats
    save : callable
        Takes the decisions by customer_id, writes them, and returns the name of the file.
    by : str
        Who decides.
    count : int
        Customers listed.
    """
    _, rows = formats.gettext, unconfirmed_terms(open_items, customers, count=count)
    if rows.empty:
        nothing = _("Aucune échéance ne repose sur des conditions à confirmer.")
        return controls.form([controls.html(Html(shown(nothing)))], formats, classes="")
    lines = {row["customer_id"]: _Line(row["name"], row["payment_terms"], formats) for row in rows.to_dict("records")}
    author, why = (ipywidgets.Text(value=value, description=text, style={"description_width": "initial"})
                   for value, text in ((by, _("Décidé par")), ("", _("Motif"))))
    button, said = ipywidgets.Button(description=_("Enregistrer"), button_style="primary"), ipywidgets.HTML()

    def write(_button: ipywidgets.Button) -> None:
        made = {key: line.terms for key, line in lines.items() if line.terms}
        signed = {key: {"terms": terms, "by": author.value, "why": why.value} for key, terms in made.items()}
        said.value = controls.wrapped(shown(_said(signed, save, formats)))

    button.on_click(write)
    return controls.form([controls.html(_found(rows, formats)), *(line.view for line in lines.values()), author, why,
                          button, said], formats)


class _Line:
    """The two ways to decide of one customer: a box for the terms known, a field for others."""

    def __init__(self, name: str, known: str, formats: Formats) -> None:
        _ = formats.gettext
        self.known = known
        self.confirmed = ipywidgets.Checkbox(
            description=_("confirmer"), disabled=not known, indent=False, layout={"width": "110px"})
        self.other = ipywidgets.Text(placeholder=known or _("ex. 45 jours fin de mois"), layout={"width": "230px"})
        self.view = ipywidgets.HBox([self.confirmed, self.other, ipywidgets.Label(name)])

    @property
    def terms(self) -> str:
        """The terms decided, "" for none."""
        return self.other.value.strip() or (self.known if self.confirmed.value else "")


def _said(signed: Mapping[str, Mapping[str, str]], save: Save, formats: Formats) -> str:
    _ = formats.gettext
    if not signed:
        return _("Rien n’a été choisi.")
    try:
        file = save(signed)
    except BadInputError as problem:
        return str(problem)
    return _("Décisions enregistrées dans {file} : {count}. Elles comptent dès la prochaine exécution.").format(
        count=formats.count(len(signed)), file=file)


def _found(rows: pd.DataFrame, formats: Formats) -> Html:
    """Return whose due dates are not sure, for how much, and the terms known."""
    _ = formats.gettext
    columns = (Column(_("Client"), "wide"), Column(_("Encours concerné"), "number"), Column(_("Lignes"), "number"),
               Column(_("Conditions connues")))
    return table(columns, [
        (Cell(str(row["name"]), detail=str(row["customer_id"])), formats.cents(row["amount_cents"]),
         formats.count(row["items"]), str(row["payment_terms"]) or _("aucune")) for row in rows.to_dict("records")])
