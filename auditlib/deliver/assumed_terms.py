"""What depends on due dates, side by side under the terms assumed: for the report and for the workbook."""

from typing import TYPE_CHECKING

from auditlib.deliver.definitions import definition
from auditlib.deliver.parts import Section, table
from auditlib.deliver.sheets import Column, Sheet
from auditlib.formats import Formats, bucket_label
from auditlib.texts import N_

if TYPE_CHECKING:
    from auditlib.indicators import AuditResults

__all__ = ["assumed_terms", "assumed_terms_sheet"]

TITLE = N_("Échéances supposées")


def assumed_terms(results: "AuditResults", formats: Formats) -> Section | None:
    """Compose "Que deviennent les chiffres sous d’autres conditions ?"; None where due dates are known."""
    _, variants = formats.gettext, results.summary.get("assumed_terms")
    if not variants:
        return None
    titles = [_("Mesure"), *(entry["terms"] for entry in variants)]
    align = "l" + "r" * len(variants)
    aged = [
        (bucket_label(rows[0]["bucket"], language=formats.language),
         *(formats.amount(row["amount"]) for row in rows))
        for rows in zip(*(entry["ageing"] for entry in variants), strict=True)
    ]
    measured = [
        (definition(name, language=formats.language).label,
         *(formats.measure(each["value"], each["unit"]) for each in (entry["indicators"][name] for entry in variants)))
        for name in variants[0]["indicators"]
    ]
    return Section(
        "assumed_terms", _(TITLE), _("Que deviennent les chiffres sous d’autres conditions de règlement ?"),
        _("Plus de 20 % de l’encours brut repose sur des échéances supposées : ce qui en dépend est estimé, et donné "
          "ici sous trois conditions."),
        tables=(table(titles, align, aged, title=_("Ancienneté")), table(titles, align, measured, title=_("Mesures"))),
        meaning=_("L’écart entre les colonnes est la part d’incertitude due aux échéances manquantes."),
        action=_("Demander les conditions de règlement par client, ou un grand livre avec échéances."))


def assumed_terms_sheet(results: "AuditResults", formats: Formats) -> Sheet:
    """Return the figures under each of the terms assumed, one row a bucket or a measure."""
    _ = formats.gettext
    rows = [
        (entry["terms"], kind, name, value)
        for entry in results.summary["assumed_terms"]
        for kind, name, value in [
            *(("amount", bucket_label(row["bucket"], language=formats.language), row["amount"])
              for row in entry["ageing"]),
            *((each["unit"], definition(name, language=formats.language).label, each["value"])
              for name, each in entry["indicators"].items())]
    ]
    return Sheet(_(TITLE), [
        Column(_("Conditions"), [row[0] for row in rows], "text", 26),
        Column(_("Mesure"), [row[2] for row in rows], "wrapped", 44),
        Column(_("Valeur"), [row[3] for row in rows], "amount", 20, kinds=[row[1] for row in rows])])
