"""Tables of risk: provisions, what stands beside them, subsequent receipts, and what failures would cost."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from auditlib.deliver.definitions import definition
from auditlib.deliver.rows_risk import failure_rows, failure_titles, provision_rows, provision_titles
from auditlib.formats import Formats
from auditlib.present.markup import Cell, Column, Html, absent, table
from auditlib.present.switch import redrawn

if TYPE_CHECKING:
    from auditlib.audit_results import AuditResults

__all__ = ["failures", "measures", "provisions", "unsettled"]

MEASURES = ("provision_matrix", "provision_deductible", "provision_booked", "vat_recoverable", "receivable_restated",
            "subsequent_receipts_30d", "subsequent_receipts_60d", "cash_releasable", "financing_cost",
            "insolvency_check_age")
UNSETTLED_SHOWN = 20


@redrawn
def provisions(results: "AuditResults", formats: Formats) -> Html:
    """Return the provision matrix, then the files assessed one by one."""
    reason = results.summary["indicators"].get("provision_matrix", {}).get("reason")
    rows = provision_rows(results, formats) if len(results.provisions) else []
    total = rows[-1] if rows else ()
    return table(_columns(provision_titles(formats)), rows[:-1], total=total, note=formats.stored(reason),
                 empty=formats.gettext("Aucune pièce ouverte : rien à déprécier."))


@redrawn
def measures(results: "AuditResults", formats: Formats) -> Html:
    """Return the figures of risk and money, an absent one with its reason."""
    _, entries = formats.gettext, results.summary["indicators"]
    rows = []
    for name in (one for one in MEASURES if one in entries):
        entry, meaning = entries[name], definition(name, language=formats.language)
        value = formats.measure(entry["value"], entry["unit"])
        shown = absent(_("n. d."), formats.stored(entry["reason"])) if entry["value"] is None else Cell(value)
        rows.append((meaning.label, shown, Cell(meaning.sentence, detail=formats.stored(entry["note"]))))
    return table((Column(_("Mesure")), Column(_("Valeur"), "number"), Column(_("Lecture"), "wide")), rows)


@redrawn
def failures(results: "AuditResults", formats: Formats) -> Html:
    """Return what the failure of each of the largest customers would cost."""
    rows = failure_rows(results, formats) if len(results.exposures) else []
    return table(_columns(failure_titles(formats)), rows, empty=formats.gettext("Aucun client n’a de solde débiteur."))


@redrawn
def unsettled(results: "AuditResults", formats: Formats) -> Html:
    """Return what later movements leave unsettled of the receivable, the largest first."""
    _, entry = formats.gettext, results.summary["indicators"].get("subsequent_receipts_30d", {})
    names = results.customers.set_index("customer_id")["name"]
    titles = [_("Client"), _("Pièce"), _("Dû à la date d’arrêté"), _("Réglé depuis"), _("Non réglé")]
    rows = [(
        names.get(str(row["customer_id"]), str(row["customer_id"])), Cell(row["document_ref"], detail=_source(row)),
        formats.cents(row["residual_cents"]), formats.cents(row["settled_cents"]), formats.cents(row["left_cents"]),
    ) for row in results.subsequent.head(UNSETTLED_SHOWN).to_dict("records")]
    columns = [Column(titles[0], "wide"), Column(titles[1]), *(Column(title, "number") for title in titles[2:])]
    return table(columns, rows, empty=formats.stored(entry.get("reason")) or _("Tout l’encours a été réglé depuis."))


def _source(row: Mapping[Any, Any]) -> str:
    parts = (str(row["source_file"]), str(row["source_sheet"]), str(row["source_row"]))
    return " · ".join(part for part in parts if part)


def _columns(titles: list[str]) -> list[Column]:
    return [Column(titles[0], "wide"), *(Column(title, "number") for title in titles[1:])]

