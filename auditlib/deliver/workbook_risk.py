"""Sheets on what may be lost."""

from collections.abc import Callable
from typing import TYPE_CHECKING

import pandas as pd

from auditlib.deliver.rows_risk import class_label
from auditlib.deliver.sheets import Column, Sheet
from auditlib.deliver.workbook_measures import column_values
from auditlib.formats import Formats
from auditlib.present.figures_risk import transition

if TYPE_CHECKING:
    from auditlib.indicators import AuditResults

__all__ = ["SHEETS"]


def _provisions(results: "AuditResults", formats: Formats) -> Sheet | None:
    _, rows, entry = formats.gettext, results.provisions, results.summary["indicators"].get("provision_matrix", {})
    if rows.empty:
        return None
    return Sheet(_("Dépréciations"), [
        Column(_("Tranche ou dossiers"), [class_label(name, formats) for name in rows["class"]], "text", 26),
        _amount(_("Brut TTC"), rows["gross_cents"], total="sum"),
        _amount(_("Couvert par crédits"), rows["covered_cents"], total="sum"),
        _amount(_("TVA"), rows["vat_cents"].where(rows["is_vat_known"])),
        _amount(_("Net HT"), rows["net_cents"].where(rows["is_vat_known"])),
        Column(_("Taux"), column_values(rows["rate"]), "share", 10),
        _amount(_("Dépréciation"), rows["provision_cents"], total="sum"),
        Column(_("Apprécié un par un"), _yes(rows["is_individual"], formats), "text", 12),
        Column(_("Déductible si justifié"), _yes(rows["is_deductible"], formats), "text", 12),
        Column(_("Pièces"), rows["items"].tolist(), "count", 10),
    ], notes=[note for note in (formats.stored(entry.get("reason") or entry.get("note")),) if note])


def _rolls(results: "AuditResults", formats: Formats) -> Sheet | None:
    _, rows = formats.gettext, results.roll_rates
    if rows.empty:
        return None
    steps = zip(rows["from_bucket"], rows["to_bucket"], strict=True)
    return Sheet(_("Taux de passage"), [
        Column(_("Passage"), [transition(start, end, formats) for start, end in steps], "text", 34),
        Column(_("Taux"), column_values(rows["rate"]), "share", 10),
        _amount(_("Volume observé"), rows["volume_cents"]),
        _amount(_("Passé à la tranche suivante"), rows["arrived_cents"]),
        Column(_("Passages"), rows["transitions"].tolist(), "count", 10),
        Column(_("Plafonné"), _yes(rows["is_capped"], formats), "text", 10),
        Column(_("Fixé par l’auditeur"), _yes(rows["is_given"], formats), "text", 12),
    ])


def _subsequent(results: "AuditResults", formats: Formats) -> Sheet | None:
    _, rows = formats.gettext, results.subsequent
    if rows.empty:
        return None
    names = results.customers.set_index("customer_id")["name"]
    customer = rows["customer_id"].astype("str")
    return Sheet(_("Encaissements postérieurs"), [
        Column(_("Code"), customer.tolist(), "text", 14),
        Column(_("Client"), customer.map(names).fillna("").tolist(), "text", 34),
        Column(_("Pièce"), column_values(rows["document_ref"]), "text", 18),
        Column(_("Échéance"), column_values(rows["due_date"]), "date", 12),
        _amount(_("Dû à la date d’arrêté"), rows["residual_cents"], total="subtotal"),
        _amount(_("Réglé depuis"), rows["settled_cents"], total="subtotal"),
        _amount(_("Avoirs et pertes depuis"), rows["other_cents"], total="subtotal"),
        _amount(_("Non réglé"), rows["left_cents"], total="subtotal"),
        Column(_("Fichier"), column_values(rows["source_file"]), "text", 28),
        Column(_("Feuille"), column_values(rows["source_sheet"]), "text", 18),
        Column(_("Ligne"), rows["source_row"].tolist(), "count", 9),
    ], freeze=2)


def _exposures(results: "AuditResults", formats: Formats) -> Sheet | None:
    _, rows = formats.gettext, results.exposures
    if rows.empty:
        return None
    return Sheet(_("Défaillance d’un client"), [
        Column(_("Code"), column_values(rows["customer_id"]), "text", 14),
        Column(_("Client"), column_values(rows["name"]), "text", 34),
        _amount(_("Trésorerie manquante TTC"), rows["exposure_cents"], total="subtotal"),
        _amount(_("Perte HT"), rows["loss_cents"]),
        _amount(_("TVA"), rows["vat_cents"].where(rows["is_vat_known"])),
        _amount(_("TVA récupérable"), rows["vat_recoverable_cents"]),
        Column(_("À réclamer avant"), column_values(rows["vat_deadline"]), "date", 12),
        _amount(_("Ventes de compensation"), rows["compensating_cents"]),
        Column(_("Part de la marge annuelle"), column_values(rows["share_of_margin"]), "share", 12),
        Column(_("Part de l’encours"), column_values(rows["share_of_receivable"]), "share", 12),
        Column(_("Procédure"), column_values(rows["procedure"]), "text", 24),
        Column(_("Jugement"), column_values(rows["judgment_date"]), "date", 12),
    ], freeze=2)


def _amount(title: str, cents: pd.Series, *, total: str = "") -> Column:
    values = [None if pd.isna(value) else value / 100 for value in cents]
    return Column(title, values, "figure" if not total else "amount", 16, total=total)


def _yes(flags: pd.Series, formats: Formats) -> list[str]:
    return [formats.gettext("oui") if flag else "" for flag in flags]


SHEETS: tuple[Callable[["AuditResults", Formats], Sheet | None], ...] = (_provisions, _rolls, _subsequent, _exposures)
