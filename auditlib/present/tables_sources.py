"""Tables on the sources themselves: every two of one day side by side, totals printed, customers under two codes."""

from collections.abc import Hashable, Mapping
from typing import TYPE_CHECKING

from auditlib.deliver.labels import label
from auditlib.formats import Formats
from auditlib.present.markup import Cell, Column, Html, table
from auditlib.present.switch import redrawn
from auditlib.source_pairs import LEDGER, TOTALS_ONLY

if TYPE_CHECKING:
    from auditlib.audit_results import AuditResults

__all__ = ["alike_customers", "printed_totals", "source_pairs", "suspects"]

ROWS_SHOWN = 50


@redrawn
def source_pairs(results: "AuditResults", formats: Formats) -> Html:
    """Return every two sources of one day beside the ledger's own (`tables.tie_out` has these), and if they tie."""
    _, pairs = formats.gettext, results.pairs
    others = pairs[pairs["first_kind"] != LEDGER] if len(pairs) else pairs
    columns = (
        Column(_("Première source"), "wide"), Column(_("Seconde source"), "wide"), Column(_("À la date du")),
        Column(_("Première"), "number"), Column(_("Seconde"), "number"), Column(_("Écart"), "number"),
        Column(_("Clients en écart"), "number"), Column(_("Rapprochement")))
    verdicts = {True: Cell(_("rapproché"), tone="good"), False: Cell(_("écart"), tone="bad")}
    printed = [
        (
            _side(row, "first", formats),
            _side(row, "second", formats),
            formats.short_date(row["as_of_date"]),
            formats.cents(row["first_cents"]),
            formats.cents(row["second_cents"]),
            formats.cents(row["difference_cents"]),
            _("non détaillés") if row["customers"] == TOTALS_ONLY else formats.count(row["customers"]),
            verdicts[bool(row["ties"])],
        )
        for row in others.to_dict("records")
    ]
    return table(columns, printed, empty=_("Aucune autre paire de sources ne porte la même date."))


def _side(row: Mapping[Hashable, object], side: str, formats: Formats) -> Cell:
    return Cell(str(row[side]), detail=label(row[f"{side}_kind"], language=formats.language))


@redrawn
def printed_totals(results: "AuditResults", formats: Formats) -> Html:
    """Return how many of the sums that each file prints are those of the rows loaded, and what the others lack."""
    _, totals = formats.gettext, results.control_totals
    columns = (
        Column(_("Fichier"), "wide"), Column(_("Nature du total")), Column(_("Comparés"), "number"),
        Column(_("Exacts"), "number"), Column(_("Écart"), "number"))
    keys = ["source_file", "source_sheet", "class"]
    printed = [
        (Cell(str(file), detail=str(sheet)), label(name, language=formats.language), formats.count(len(own)),
         formats.count(int(own["agrees"].sum())),
         Cell(formats.cents(int(own["difference_cents"].sum())), tone="" if own["agrees"].all() else "late"))
        for (file, sheet, name), own in totals.groupby(keys, sort=False, observed=True)]
    return table(columns, printed, empty=_("Aucun document n’imprime de total à comparer."))


@redrawn
def suspects(results: "AuditResults", formats: Formats) -> Html:
    """Return the rows that may explain the printed totals that differ, with their file, sheet and row."""
    _, rows = formats.gettext, results.suspects
    columns = (
        Column(_("Fichier"), "wide"), Column(_("Ligne"), "number"), Column(_("Pourquoi")),
        Column(_("Montant"), "number"), Column(_("Total en ligne"), "number"), Column(_("Écart du total"), "number"))
    printed = [
        (Cell(str(row["source_file"]), detail=" · ".join(filter(None, (str(row["source_sheet"]), row["text"])))),
         formats.count(row["source_row"]), label(row["suspicion"], language=formats.language),
         formats.cents(row["amount_cents"]) if row["amount_cents"] else "–",
         formats.count(row["total_row"]) if row["total_row"] else _("annoncé"),
         formats.cents(row["difference_cents"]) if row["difference_cents"] else "–")
        for row in rows.head(ROWS_SHOWN).to_dict("records")]
    hidden = len(rows) - ROWS_SHOWN
    note = _("et {count} autres, dans le classeur").format(count=formats.count(hidden)) if hidden > 0 else ""
    return table(columns, printed, empty=_("Aucune ligne n’est suspectée."), note=note)


@redrawn
def alike_customers(results: "AuditResults", formats: Formats) -> Html:
    """Return the pairs of codes that may be one debtor, with what each owes."""
    _, pairs = formats.gettext, results.alike_customers
    columns = (
        Column(_("Client"), "wide"), Column(_("Doit"), "number"), Column(_("Peut-être le même"), "wide"),
        Column(_("Doit"), "number"), Column(_("Pourquoi")))
    why = {"siren": _("même SIREN"), "name": _("noms presque identiques")}
    printed = [
        (Cell(str(row["name"]), detail=str(row["customer_id"])), formats.cents(row["amount_cents"]),
         Cell(str(row["other_name"]), detail=str(row["other_id"])), formats.cents(row["other_amount_cents"]),
         why[str(row["why"])])
        for row in pairs.head(ROWS_SHOWN).to_dict("records")]
    hidden = len(pairs) - ROWS_SHOWN
    note = _("et {count} autres, dans le classeur").format(count=formats.count(hidden)) if hidden > 0 else ""
    return table(columns, printed, empty=_("Aucun client ne semble tenu sous deux codes."), note=note)
