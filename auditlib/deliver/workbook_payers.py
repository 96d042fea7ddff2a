"""Sheets on how each customer pays."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from auditlib.deliver.labels import labels
from auditlib.deliver.sheets import Column, Sheet
from auditlib.deliver.workbook_measures import column_values
from auditlib.formats import Formats
from auditlib.payers import TREND
from auditlib.present.figures_payers import named

if TYPE_CHECKING:
    from auditlib.indicators import AuditResults

__all__ = ["SHEETS"]


def _payers(results: "AuditResults", formats: Formats) -> Sheet | None:
    """List every customer with his profile, its evidence and the measures behind it."""
    if not len(results.payers):
        return None
    _, people = formats.gettext, named(results.payers, results)
    people = people.sort_values(["net_overdue_cents", "receivable_cents"], ascending=False, kind="stable")

    def plain(title: str, name: str, kind: str = "count", width: float = 12, total: str = "") -> Column:
        return Column(title, column_values(people[name]), kind, width, total)

    return Sheet(
        _("Profils de payeurs"),
        [
            plain(_("Code"), "customer_id", "text", 13),
            plain(_("Client"), "name", "text", 38),
            Column(_("Profil"), labels(people["profile"], language=formats.language), "text", 22),
            plain(_("Ce qui le montre"), "evidence", "wrapped", 70),
            plain(_("Encours"), "receivable_cents", "amount", 17, "subtotal"),
            plain(_("Échu net"), "net_overdue_cents", "amount", 17, "subtotal"),
            plain(_("Factures réglées"), "paid_invoices"),
            plain(_("Dont avec échéance"), "dated_invoices"),
            plain(_("Réglées par prélèvement"), "direct_debit_invoices"),
            plain(_("Montant réglé"), "paid_cents", "amount", 17, "subtotal"),
            plain(_("Écart moyen à l’échéance (jours)"), "days_beyond_terms", "days"),
            plain(_("Neuvième décile du retard (jours)"), "days_late_p90", "days"),
            plain(_("Écart interquartile du retard (jours)"), "days_late_spread", "days"),
            plain(_("Variation en deux trimestres (jours)"), "trend_days", "days"),
            plain(_("Part payée en plusieurs fois"), "part_paid_share", "share"),
            plain(_("Part contestée"), "disputed_share", "share"),
            plain(_("Part à échéance supposée"), "share_estimated", "share"),
            plain(_("Dernier règlement"), "last_payment_on", "date"),
            plain(_("Jours sans règlement, échu"), "silent_days"),
            *_promises(plain, formats),
            *(plain(_("Écart moyen sur 6 mois, M−{months} (jours)").format(months=int(name[-2:])), name,
                    "days") for name in TREND),
        ],
        freeze=2,
        notes=[_("Sur la fenêtre, prélèvements exclus des habitudes ; compensations et pertes ne sont pas des "
                 "règlements.")],
    )


def _promises(plain: Callable[..., Column], formats: Formats) -> list[Column]:
    _ = formats.gettext
    return [
        plain(_("Promesses"), "promises"),
        plain(_("Promesses tenues"), "promises_kept"),
        plain(_("Promesses non tenues"), "promises_broken"),
        plain(_("Promesses en cours"), "promises_pending"),
        plain(_("Montant promis et tenu"), "promised_kept_cents", "amount", 16, "subtotal"),
        plain(_("Montant promis et non tenu"), "promised_broken_cents", "amount", 16, "subtotal"),
    ]


SHEETS: tuple[Callable[["AuditResults", Formats], Sheet | None], ...] = (_payers,)
