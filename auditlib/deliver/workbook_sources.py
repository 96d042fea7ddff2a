"""Sheets on the sources themselves: every two of one day side by side, totals printed, customers under two codes."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from auditlib.deliver.labels import labels
from auditlib.deliver.sheets import Column, Sheet
from auditlib.deliver.workbook_measures import column_values
from auditlib.formats import Formats
from auditlib.source_pairs import LEDGER, TOTALS_ONLY

if TYPE_CHECKING:
    from auditlib.indicators import AuditResults

__all__ = ["SHEETS"]

SHORTEST = 2
"""Fewer pairs are what the sheet of the tie-out shows already."""


def _pairs(results: "AuditResults", formats: Formats) -> Sheet | None:
    """Each two sources of one day, then the customers that differ."""
    _, pairs, gaps = formats.gettext, results.pairs, results.pair_differences
    if len(pairs) < SHORTEST:
        return None
    ok, blanks = {True: _("rapproché"), False: _("écart")}, [None] * len(gaps)
    first = [*pairs["first"].where(pairs["first_kind"] != LEDGER, _("Grand livre")),
             *gaps["first"].where(gaps["first"] != "", _("Grand livre"))]
    named = pairs["customers"].where(pairs["customers"] != TOTALS_ONLY).astype("Int64")

    def both(name: str) -> list[object]:
        return [*column_values(pairs[name]), *column_values(gaps[name])]

    return Sheet(
        _("Sources deux à deux"),
        [
            Column(_("Première source"), first, "text", 34),
            Column(_("Seconde source"), both("second"), "text", 34),
            Column(_("Nature"), [*labels(pairs["second_kind"], language=formats.language), *([""] * len(gaps))],
                   "text", 20),
            Column(_("À la date du"), both("as_of_date"), "date", 12),
            Column(_("Code"), [*([""] * len(pairs)), *gaps["customer_id"].astype("str")], "text", 14),
            Column(_("Client"), [*([""] * len(pairs)), *gaps["name"]], "text", 38),
            Column(_("Première"), both("first_cents"), "amount", 18),
            Column(_("Seconde"), both("second_cents"), "amount", 18),
            Column(_("Écart"), both("difference_cents"), "amount", 16),
            Column(_("Clients en écart"), [*column_values(named), *blanks], "count", 12),
            Column(_("Résultat"), [*(ok[bool(tied)] for tied in pairs["ties"]), *([ok[False]] * len(gaps))],
                   "text", 14),
        ],
        notes=[_("Le grand livre est reconstitué à la date de chaque source ; l’écart est la première source moins la "
                 "seconde.")],
    )


def _suspects(results: "AuditResults", formats: Formats) -> Sheet | None:
    """The printed totals that differ from the rows loaded, each with the rows that may explain it."""
    _, totals, rows = formats.gettext, results.control_totals, results.suspects
    broken = totals[~totals["agrees"]]
    if broken.empty and rows.empty:
        return None
    keys, tail = ["source_file", "source_sheet"], [None] * len(rows)

    def both(first: str, second: str) -> list[object]:
        return [*column_values(broken[first]), *column_values(rows[second])]

    return Sheet(
        _("Totaux imprimés"),
        [
            *(Column(title, both(name, name), "text", width)
              for name, title, width in zip(keys, (_("Fichier"), _("Feuille")), (34, 20), strict=True)),
            Column(_("Ligne"), both("source_row", "source_row"), "count", 9),
            Column(_("Nature"), [*labels(broken["class"], language=formats.language),
                                 *labels(rows["suspicion"], language=formats.language)], "text", 28),
            Column(_("Code"), [*broken["customer_id"].astype("str"), *([""] * len(rows))], "text", 14),
            Column(_("Imprimé"), [*column_values(broken["printed_cents"]), *tail], "amount", 18),
            Column(_("Lu"), both("loaded_cents", "amount_cents"), "amount", 18),
            Column(_("Écart"), both("difference_cents", "difference_cents"), "amount", 16),
            Column(_("Total en ligne"), [*([None] * len(broken)), *column_values(rows["total_row"])], "count", 12),
            Column(_("Texte de la ligne"), [*([""] * len(broken)), *column_values(rows["text"])], "text", 80),
        ],
        notes=[_("Totaux comparés : {count}, dont exacts : {held}. Sous chaque total en écart, les lignes qui "
                 "l’expliquent peut-être.").format(
                     count=formats.count(len(totals)), held=formats.count(int(totals["agrees"].sum())))],
    )


def _alike(results: "AuditResults", formats: Formats) -> Sheet | None:
    """The pairs of codes that may be one debtor."""
    _, pairs = formats.gettext, results.alike_customers
    if not len(pairs):
        return None
    why = {"siren": _("même SIREN"), "name": _("noms presque identiques")}
    return Sheet(
        _("Clients en double"),
        [
            Column(_("Code"), pairs["customer_id"].tolist(), "text", 14),
            Column(_("Client"), pairs["name"].tolist(), "text", 38),
            Column(_("Doit"), column_values(pairs["amount_cents"]), "amount", 18),
            Column(_("Autre code"), pairs["other_id"].tolist(), "text", 14),
            Column(_("Peut-être le même"), pairs["other_name"].tolist(), "text", 38),
            Column(_("Il doit"), column_values(pairs["other_amount_cents"]), "amount", 18),
            Column(_("Pourquoi"), [why[str(one)] for one in pairs["why"]], "text", 24),
        ],
        notes=[_("Des propositions à confirmer : aucun compte n’a été fusionné.")],
    )


SHEETS: tuple[Callable[["AuditResults", Formats], Sheet | None], ...] = (_pairs, _suspects, _alike)
