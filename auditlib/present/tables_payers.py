"""Tables of how customers pay: by profile, and the first customers each with his evidence."""

import math
from typing import TYPE_CHECKING, Any

import pandas as pd

from auditlib.deliver.labels import label
from auditlib.formats import Formats
from auditlib.payer_profiles import profile_summary
from auditlib.present.customer_tables import who
from auditlib.present.figures_payers import AT_RISK, SURE, named
from auditlib.present.markup import Cell, Column, Html, table
from auditlib.present.switch import redrawn

if TYPE_CHECKING:
    from auditlib.audit_results import AuditResults

__all__ = ["payers", "profiles"]

CUSTOMERS_SHOWN = 15
STEADY_DAYS = 2.0
"""A mean delay that moves by no more than this is steady. [days]"""


@redrawn
def profiles(results: "AuditResults", formats: Formats) -> Html:
    """Return customers, receivable and net overdue by profile, with their total."""
    _ = formats.gettext
    columns = (Column(_("Profil"), "wide"), Column(_("Clients"), "number"), Column(_("Encours"), "number"),
               Column(_("Échu net"), "number"))
    if not len(results.payers):
        return table(columns, [], empty=_not_known(formats))
    rows = profile_summary(results.payers)
    sums = rows[["customers", "receivable_cents", "net_overdue_cents"]].sum()
    largest = max(int(rows["net_overdue_cents"].max()), 1)
    printed = [
        (label(row["profile"], language=formats.language), formats.count(row["customers"]),
         formats.cents(row["receivable_cents"]),
         Cell(formats.cents(row["net_overdue_cents"]), bar=row["net_overdue_cents"] / largest))
        for row in rows.to_dict("records")]
    total = (_("Total"), formats.count(sums["customers"]), formats.cents(sums["receivable_cents"]),
             formats.cents(sums["net_overdue_cents"]))
    return table(columns, printed, total=total)


@redrawn
def payers(results: "AuditResults", formats: Formats, *, count: int = CUSTOMERS_SHOWN) -> Html:
    """Return the customers with the largest net overdue: profile, trend and evidence."""
    _ = formats.gettext
    columns = (Column(_("Client"), "wide"), Column(_("Profil")), Column(_("Échu net"), "number"),
               Column(_("Écart moyen"), "number"), Column(_("Tendance")), Column(_("Ce qui le montre"), "wide"))
    if not len(results.payers):
        return table(columns, [], empty=_not_known(formats))
    late = results.payers[results.payers["net_overdue_cents"] > 0].nlargest(count, "net_overdue_cents")
    rows = named(late, results).to_dict("records")
    return table(columns, [_row(row, formats) for row in rows], empty=_("Aucun client n’a d’échu net."))


def _not_known(formats: Formats) -> str:
    return formats.gettext("Les documents reçus ne donnent pas les règlements : les profils ne se mesurent pas.")


def _row(row: dict[Any, Any], formats: Formats) -> tuple[str | Cell, ...]:
    profile = str(row["profile"])
    tone = "good" if profile in SURE else "bad" if profile in AT_RISK else ""
    mean = row["days_beyond_terms"]
    return (
        who(row),
        Cell(label(profile, language=formats.language), tone=tone),
        formats.cents(row["net_overdue_cents"]),
        "–" if math.isnan(mean) else formats.days(mean),
        _arrow(row["trend_days"], formats),
        row["evidence"],
    )


def _arrow(days: float, formats: Formats) -> str | Cell:
    """Return the trend over two quarters: an arrow, and by how many days."""
    if pd.isna(days):
        return "–"
    moved = formats.gettext("{days} j").format(days=formats.short_number(days, digits=0))
    if abs(days) <= STEADY_DAYS:
        return Cell("→", detail=moved, tone="inline")
    return Cell("↗ +" + moved, tone="late") if days > 0 else Cell("↘ " + moved, tone="good")

