"""What the failure of one customer would cost, as the dashboard says it: read from the results."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import pandas as pd

from auditlib.formats import Formats
from auditlib.present.markup import Html, Tile, shown, tiles
from auditlib.texts import N_
from auditlib.what_if import NO_ANNUAL_SALES, NO_MARGIN, NO_VAT_RULE, VAT_ON_JUDGMENT, VAT_ON_PAYMENT, VAT_UNKNOWN

if TYPE_CHECKING:
    from auditlib.audit_results import AuditResults

__all__ = ["debtors", "failure"]

PUBLIC = "public"
NOT_COMPUTED = N_("Les documents reçus ne permettent pas de simuler une défaillance.")
NOBODY = N_("Aucun client privé n’a de solde débiteur dans cette sélection.")


def debtors(results: "AuditResults", listed: pd.DataFrame) -> list[tuple[str, str]]:
    """Return name and code of the customers listed whose failure can be simulated, the largest exposure first.

    A public body pays late but is never liquidated: it is not offered.

    Parameters
    ----------
    results : AuditResults
    listed : DataFrame
        From `auditlib.present.slices.Slices.customers`.
    """
    exposures = results.exposures
    if not len(exposures):
        return []
    private = exposures[exposures["customer_type"].astype("str") != PUBLIC]
    owing = private[(private["exposure_cents"] > 0) & private["customer_id"].isin(listed["customer_id"])]
    return [(f"{name or code} ({code})", str(code))
            for name, code in zip(owing["name"].astype("str"), owing["customer_id"].astype("str"), strict=True)]


def failure(results: "AuditResults", customer_id: str, formats: Formats) -> Html:
    """Return what would be lost, what of it comes back as VAT and when, and what it would take to make up for it.

    Parameters
    ----------
    results : AuditResults
        Its ``exposures`` hold one row a customer (`auditlib.risk_exposures.exposures`).
    customer_id : str
        Empty: nobody to choose from.
    formats : Formats
    """
    exposures = results.exposures
    if not len(exposures) or not customer_id:
        why = formats.stored(NOBODY if len(exposures) else results.summary["receivable"].get("reason") or NOT_COMPUTED)
        return Html(f'<p class="audit-empty">{shown(why)}</p>')
    row = exposures[exposures["customer_id"] == customer_id].iloc[0].to_dict()
    return tiles([_gap(row, formats), _loss(row, formats), _vat(row, formats), *_compensation(row, formats)])


def _gap(row: Mapping[Any, Any], formats: Formats) -> Tile:
    _ = formats.gettext
    notes = [_("TTC, dont {amount} échus").format(amount=formats.cents(row["overdue_cents"]))]
    if pd.notna(row["share_of_receivable"]):
        notes.append(_("{share} des soldes débiteurs").format(share=formats.share(row["share_of_receivable"])))
    if row["procedure"]:
        notes.append(_("procédure en cours"))
    return Tile("gap", _("Trou de trésorerie"), formats.cents(row["exposure_cents"]), note=" · ".join(notes))


def _loss(row: Mapping[Any, Any], formats: Formats) -> Tile:
    _ = formats.gettext
    return _tile("loss", _("Perte hors taxes"), row["loss_cents"], formats, note=_("hors TVA"), reason=VAT_UNKNOWN)


def _vat(row: Mapping[Any, Any], formats: Formats) -> Tile:
    """Say what VAT comes back and when: what is not recovered costs as much as the loss."""
    _, back = formats.gettext, row["vat_recoverable_cents"]
    limit = row["vat_deadline"]
    if pd.notna(limit):
        said = _("à réclamer avant le {date}") if back else _("délai de réclamation passé le {date}")
        when = said.format(date=formats.short_date(limit))
    elif back == 0 and row["vat_cents"]:
        when = formats.stored(VAT_ON_PAYMENT)
    else:
        when = formats.stored(VAT_ON_JUDGMENT) if back else ""
    reason = NO_VAT_RULE if row["is_vat_known"] else VAT_UNKNOWN
    return _tile("vat", _("TVA récupérable"), back, formats, note=when, reason=reason)


def _compensation(row: Mapping[Any, Any], formats: Formats) -> list[Tile]:
    _, share = formats.gettext, row["share_of_margin"]
    reason = NO_MARGIN if row["is_vat_known"] else VAT_UNKNOWN
    unshared = NO_ANNUAL_SALES if pd.notna(row["compensating_cents"]) else reason
    months = "" if pd.isna(share) else _("soit {months} mois de marge").format(
        months=formats.short_number(12 * share, digits=1))
    return [
        _tile("compensating", _("Ventes à refaire"), row["compensating_cents"], formats, reason=reason,
              note=_("hors taxes, pour que leur marge couvre la perte")),
        Tile("margin", _("Part de la marge annuelle"), _("n. d.") if pd.isna(share) else formats.share(share),
             note=months,
             reason="" if pd.notna(share) else formats.stored(unshared))]


def _tile(code: str, name: str, cents: float | None, formats: Formats, *, note: str, reason: str) -> Tile:
    """Return a tile of an amount, its reason instead where there is none."""
    if cents is None or pd.isna(cents):
        return Tile(code, name, formats.gettext("n. d."), reason=formats.stored(reason))
    return Tile(code, name, formats.cents(int(cents)), note=note)
