"""Section on currencies: what is owed in each, beside the main one, and revaluation entries apart."""

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from auditlib.deliver.parts import Section, Table, table
from auditlib.deliver.sections_stock import ageing_rows
from auditlib.formats import Formats

if TYPE_CHECKING:
    from auditlib.indicators import AuditResults

__all__ = ["currencies", "document_amounts", "has_foreign_documents"]

REVALUATION = "fx_difference"


def has_foreign_documents(items: pd.DataFrame) -> bool:
    """Tell whether some open items have a document in another currency than the amounts."""
    foreign = items["foreign_currency"].astype("str")
    return bool(((foreign != "") & (foreign != items["currency"].astype("str"))).any())


def document_amounts(items: pd.DataFrame) -> pd.DataFrame:
    """Return the currency of each item's document, and its amount in it.

    Returns
    -------
    DataFrame
        ``currency`` and ``amount_cents``: what is left of it where the amounts were converted by us, the amount of the
        document where the client's ledger carries both. [cents, VAT included]
    """
    foreign, main = items["foreign_currency"].astype("str"), items["currency"].astype("str")
    if "foreign_residual_cents" in items:
        amount = items["foreign_residual_cents"]
    else:
        stated = items["foreign_amount_cents"].abs() * np.sign(items["amount_cents"])
        amount = stated.where(foreign != "", items["residual_cents"])
    return pd.DataFrame({"currency": foreign.where(foreign != "", main), "amount_cents": amount})


def currencies(results: "AuditResults", formats: Formats) -> Section | None:
    """Compose the receivable currency by currency; None where all is in one and none is revalued."""
    if results.summary["receivable"].get("total") is None:
        return _apart(results, formats)
    items = results.open_items
    if items.empty or not (has_foreign_documents(items) or (items["kind"] == REVALUATION).any()):
        return None
    _, is_converted = formats.gettext, "foreign_residual_cents" in items
    basis = (
        _("Les montants sont convertis en {currency} aux cours fournis, pièce par pièce ; ce qui est soldé dans sa "
          "devise l’est aussi une fois converti.") if is_converted else
        _("Le grand livre tient les comptes en {currency} ; le montant de chaque pièce dans sa devise est donné à "
          "côté."))
    said = [basis.format(currency=formats.currency)]
    revalued = int(items.loc[items["kind"] == REVALUATION, "residual_cents"].sum())
    if (items["kind"] == REVALUATION).any():
        said.append(_("Les écarts de change restés sur les comptes clients pèsent {amount} : ils sont mis à part, car "
                      "nul client ne les doit.").format(amount=formats.cents(revalued)))
    return Section(
        "currencies", _("L’encours par devise"), _("Que doivent les clients dans chaque devise ?"),
        " ".join(said), tables=(_by_currency(results, formats),),
        meaning=_("Une créance en devise gagne ou perd de la valeur tant qu’elle n’est pas réglée."),
        action=_("Relancer dans la devise de la facture, et vérifier les cours à la date d’arrêté."))


def _by_currency(results: "AuditResults", formats: Formats) -> Table:
    """Return one row a currency, revaluation entries apart; the last column adds up to the receivable."""
    _, items = formats.gettext, results.open_items
    known = results.summary.get("currencies") or {}
    listed = document_amounts(items).assign(residual_cents=items["residual_cents"].to_numpy(), items=1)
    revalued = (items["kind"] == REVALUATION).to_numpy()
    sums = listed[~revalued].groupby("currency")[["items", "amount_cents", "residual_cents"]].sum()
    rows = [
        (str(code), formats.count(row["items"]),
         formats.in_currency(str(code)).cents(row["amount_cents"]),
         formats.short_number(known[code]["rate"], digits=8) if "rate" in known.get(code, {}) else "–",
         formats.cents(row["residual_cents"]))
        for code, row in sums.to_dict("index").items()]
    if revalued.any():
        rows.append((_("Écarts de change"), formats.count(int(revalued.sum())), "–", "–",
                     formats.cents(int(items["residual_cents"][revalued].sum()))))
    total = (_("Encours"), formats.count(len(items)), "", "", formats.cents(int(items["residual_cents"].sum())))
    own = _("Restant dû en devise") if "foreign_residual_cents" in items else _("Montant des pièces en devise")
    titles = [_("Devise"), _("Pièces"), own, _("Cours"), _("Encours en {currency}").format(currency=formats.currency)]
    return table(titles, "lrrrr", [*rows, total], has_total=True)


def _apart(results: "AuditResults", formats: Formats) -> Section:
    """Compose the ageing of each currency, where amounts are not added for want of rates."""
    _, summary = formats.gettext, results.summary
    titles = [_("Tranche"), _("Montant"), _("Part de l’encours"), _("Pièces")]
    tables = [
        table(titles, "lrrr", ageing_rows(part, formats.in_currency(code)), title=code,
              has_total=True)
        for code, part in (summary.get("currencies") or {}).items()]
    return Section(
        "currencies", _("L’encours par devise"), _("Que doivent les clients, et depuis quand ?"),
        formats.stored(summary["receivable"].get("reason")), tables=tuple(tables),
        action=_("Donner les cours à la date d’arrêté pour obtenir un encours total et les indicateurs."))
