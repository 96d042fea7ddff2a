"""The auditor's adjustments: figures before and after, and each correction; for report, workbook and notebook alike."""

from typing import TYPE_CHECKING, Any

from auditlib.adjustment_words import CHANGES, KIND_NAMES, TYPE_NAMES
from auditlib.adjustments.targets import DESIGNATED
from auditlib.deliver.definitions import definition
from auditlib.deliver.parts import Section, Table, table, text_rows
from auditlib.deliver.sheets import Column, Sheet
from auditlib.deliver.workbook_measures import column_values
from auditlib.formats import Formats, bucket_label
from auditlib.texts import N_

if TYPE_CHECKING:
    from auditlib.audit_results import AuditResults

__all__ = ["adjustments_section", "adjustments_sentence", "adjustments_sheet", "adjustments_table", "compared_table"]

TITLE = N_("Ajustements de l’auditeur")
STOCK = {
    "total": N_("Encours clients"), "gross": N_("Encours brut"), "overdue": N_("Échu"), "net_overdue": N_("Échu net"),
    "disputed": N_("En litige"), "doubtful": N_("Douteux"),
}
STATES = {"applied": N_("appliqué"), "rejected": N_("rejeté")}
VALUES = {**KIND_NAMES, **TYPE_NAMES}
DATED = ("due_date", "document_date")


def adjustments_section(results: "AuditResults", formats: Formats) -> Section | None:
    """Compose "Qu'a corrigé l'auditeur ?"; None where he corrected nothing."""
    if not len(results.adjustments):
        return None
    _ = formats.gettext
    tables = (compared_table(results, formats), adjustments_table(results, formats))
    return Section(
        "adjustments", _(TITLE), _("Qu’a corrigé l’auditeur, et qu’est-ce que cela change ?"),
        adjustments_sentence(results, formats), tables=tuple(part for part in tables if part.rows),
        meaning=_("Les chiffres du rapport sont ceux d’après ajustements ; le rapprochement avec les autres sources se "
                  "fait sur les comptes tels que l’entreprise les tient."),
        action=_("Faire confirmer chaque ajustement par la comptabilité, et l’enregistrer dans les comptes."))


def adjustments_sentence(results: "AuditResults", formats: Formats) -> str:
    """Say how many corrections count, how many were rejected, and that the books still tie."""
    _, entry, tie = formats.gettext, results.summary["adjustments"], results.summary["reconciliation"]
    said = _("Corrections appliquées : {applied} ; rejetées : {rejected}.").format(
        applied=formats.count(entry["applied"]), rejected=formats.count(entry["rejected"]))
    if tie.get("adjusted_balance") is None:
        return said
    law = _("Solde des comptes : {ledger} = encours ajusté : {adjusted} + exclu : {excluded}.").format(
        ledger=formats.amount(tie["ledger_balance"]), adjusted=formats.amount(tie["adjusted_balance"]),
        excluded=formats.amount(tie["excluded"]))
    return f"{said} {law}"


def compared_table(results: "AuditResults", formats: Formats) -> Table:
    """Return the main figures before and after, and the change; no row where nothing was applied."""
    _ = formats.gettext
    rows = [(title, formats.measure(before, unit), formats.measure(after, unit), _change(before, after, unit, formats))
            for title, unit, before, after in _compared(results, formats) if before or after]
    return table([_("Mesure"), _("Avant ajustements"), _("Après ajustements"), _("Écart")], "lrrr", rows,
                 title=_("Les chiffres, avant et après"))


def adjustments_table(results: "AuditResults", formats: Formats) -> Table:
    """Return each correction: what, of which item, why, by whom and when, and whether it counts."""
    _ = formats.gettext
    rows = text_rows(_written(results, formats), {
        "change": str, "target": str, "amount_cents": lambda cents: formats.cents(cents) if cents else "",
        "values": str, "reason": str, "author": str, "decided_on": formats.short_date, "status": str})
    titles = [_("Correction"), _("Pièce ou client"), _("Montant"), _("Ancienne et nouvelle valeur"), _("Motif"),
              _("Auteur"), _("Date"), _("État")]
    return table(titles, "llrlllll", rows, title=_("Chaque correction"), widths=(2, 2, 0, 2, 2, 0, 0, 2), is_dense=True)


def adjustments_sheet(results: "AuditResults", formats: Formats) -> Sheet | None:
    """Return the sheet of corrections; None where there is none."""
    if not len(results.adjustments):
        return None
    _, rows = formats.gettext, _written(results, formats)
    compared = [f"{title} : {formats.measure(before, unit)} → {formats.measure(after, unit)}"
                for title, unit, before, after in _compared(results, formats)]
    return Sheet(_(TITLE), [
        Column(_("Correction"), rows["change"].tolist(), "text", 28),
        Column(_("Fichier"), column_values(rows["source_file"]), "text", 26),
        Column(_("Feuille"), column_values(rows["source_sheet"]), "text", 16),
        Column(_("Ligne"), [row or None for row in rows["source_row"]], "count", 9),
        Column(_("Code client"), column_values(rows["customer_id"]), "text", 14),
        Column(_("Pièce"), column_values(rows["document_ref"]), "text", 16),
        Column(_("Montant"), column_values(rows["amount_cents"]), "amount", 16),
        Column(_("Ancienne et nouvelle valeur"), rows["values"].tolist(), "wrapped", 34),
        Column(_("Motif"), column_values(rows["reason"]), "wrapped", 40),
        Column(_("Auteur"), column_values(rows["author"]), "text", 18),
        Column(_("Date"), column_values(rows["decided_on"]), "date", 12),
        Column(_("État"), rows["status"].tolist(), "wrapped", 40)],
        notes=[adjustments_sentence(results, formats), *compared])


def _compared(results: "AuditResults", formats: Formats) -> list[tuple[str, str, float | None, float | None]]:
    """Return title, unit, value before and value after of each figure."""
    before, after = results.summary["adjustments"]["before"], results.summary
    if before is None:
        return []
    rows = [(formats.gettext(title), "amount", before["receivable"][name], after["receivable"][name])
            for name, title in STOCK.items()]
    rows += [(bucket_label(old["bucket"], language=formats.language), "amount", old["amount"], new["amount"])
             for old, new in zip(before["ageing"], after["ageing"], strict=True)]
    return rows + [
        (definition(name, language=formats.language).label, entry["unit"], entry["value"],
         after["indicators"][name]["value"]) for name, entry in before["indicators"].items()]


def _change(before: float | None, after: float | None, unit: str, formats: Formats) -> str:
    if before is None or after is None:
        return ""
    if unit == "share":
        return formats.gettext("{number} points").format(number=formats.decimal(100 * (after - before), digits=1))
    return formats.measure(round(after - before, 2 if unit == "amount" else 6), unit)


def _written(results: "AuditResults", formats: Formats) -> Any:
    """Return the corrections with their codes in words."""
    _, rows = formats.gettext, results.adjustments
    listed = rows.to_dict("records")
    return rows.assign(
        change=[_(text) for text in rows["change"].astype("str").map(lambda code: CHANGES.get(code, code))],
        target=[" – ".join(filter(None, (row["customer_id"], row["document_ref"]))) for row in listed],
        values=[_values(row, formats) for row in listed],
        status=[" : ".join(filter(None, (_(state), row["why"]))) for state, row in zip(
            rows["status"].astype("str").map(STATES), listed, strict=True)])


def _values(row: dict[Any, Any], formats: Formats) -> str:
    old, new = (_value(row["change"], row[name], formats) for name in ("old_value", "new_value"))
    return f"{old} → {new}" if old and new else new


def _value(change: str, text: str, formats: Formats) -> str:
    if change in DATED and text:
        return formats.short_date(text)
    parts = text.split(" | ")
    if change == "accept_match" and len(parts) == len(DESIGNATED):
        return parts[DESIGNATED.index("document_ref")] or parts[DESIGNATED.index("source_row")]
    return formats.gettext(VALUES.get(text, text))
