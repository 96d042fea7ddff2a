"""Sheets of rows: aged balance, open items, customers, tie-out, files, findings."""

from collections.abc import Callable
from typing import TYPE_CHECKING

import pandas as pd
from openpyxl.utils import get_column_letter

from auditlib.deliver.labels import label, labels
from auditlib.deliver.sheets import Column, Sheet
from auditlib.deliver.workbook_currencies import document_columns
from auditlib.deliver.workbook_measures import column_values
from auditlib.findings import audit_findings
from auditlib.formats import Formats, bucket_label

if TYPE_CHECKING:
    from auditlib.indicators import AuditResults

__all__ = ["SHEETS"]

SKIPPED_SHOWN = 5_000
"""Rejected rows are all shown; of the titles, subtotals and lines of other accounts, the first ones."""


def _aged_balance(results: "AuditResults", formats: Formats) -> Sheet:
    """List customer by bucket; each row's total and the sheet's are formulas."""
    _ = formats.gettext
    buckets = [row["bucket"] for row in results.summary["ageing"]]
    items = _amounts(results)
    table = pd.pivot_table(
        items.assign(customer_id=items["customer_id"].astype("str"), bucket=items["bucket"].astype("str")),
        index="customer_id",
        columns="bucket",
        values="amount_cents",
        aggfunc="sum",
        fill_value=0,
    ).reindex(columns=buckets, fill_value=0)
    total = table.sum(axis=1)
    table = table.loc[total.sort_values(ascending=False, kind="stable").index]
    names = results.customers.set_index("customer_id")["name"]
    last = get_column_letter(2 + len(buckets))
    return Sheet(
        _("Balance âgée"),
        [
            Column(_("Code"), table.index.tolist(), "text", 14),
            Column(_("Client"), names.reindex(table.index).fillna("").tolist(), "text", 38),
            *(
                Column(
                    bucket_label(name, language=formats.language), (table[name] / 100).tolist(), "amount", 16,
                    total="sum",
                )
                for name in buckets
            ),
            Column(
                _("Encours"), (total.reindex(table.index) / 100).tolist(), "amount", 17, total="sum",
                formula=f"=SUM(C{{row}}:{last}{{row}})",
            ),
        ],
        freeze=2,
    )


def _amounts(results: "AuditResults") -> pd.DataFrame:
    """Return amounts by customer and bucket: of the open items, else of the aged balance that stands for them."""
    if len(results.open_items) or results.cube.empty:
        columns = {"residual_cents": "amount_cents"}
        return results.open_items[["customer_id", "bucket", "residual_cents"]].rename(columns=columns)
    at_end: pd.DataFrame = results.cube[results.cube["month_end"] == results.summary["as_of_date"]]
    return at_end


def _open_items(results: "AuditResults", formats: Formats) -> Sheet:
    _, language = formats.gettext, formats.language
    items = results.open_items
    names = items["customer_id"].astype("str").map(results.customers.set_index("customer_id")["name"]).fillna("")

    def plain(title: str, name: str, kind: str = "text", width: float = 13) -> Column:
        return Column(title, column_values(items[name]), kind, width)

    buckets = {code: bucket_label(code, language=language) for code in items["bucket"].astype("str").unique()}
    yes = {True: _("oui"), False: ""}
    return Sheet(
        _("Postes ouverts"),
        [
            plain(_("Code"), "customer_id"),
            Column(_("Client"), names.tolist(), "text", 34),
            plain(_("Pièce"), "document_ref", width=16),
            Column(_("Nature"), labels(items["kind"], language=language), "text", 14),
            plain(_("Libellé"), "label", width=28),
            plain(_("Date de pièce"), "document_date", "date", 11),
            plain(_("Comptabilisé le"), "posting_date", "date", 12),
            plain(_("Échéance"), "due_date", "date", 11),
            Column(_("Origine de l’échéance"), labels(items["due_date_origin"], language=language), "text", 15),
            plain(_("Jours de retard"), "days_overdue", "count", 9),
            Column(_("Tranche"), items["bucket"].astype("str").map(buckets).tolist(), "text", 17),
            plain(_("Montant d’origine"), "original_amount_cents", "amount", 16),
            Column(_("Reste dû"), column_values(items["residual_cents"]), "amount", 16, total="subtotal"),
            *document_columns(items, formats),
            Column(_("Dont en litige"), column_values(items["disputed_cents"]), "amount", 15, total="subtotal"),
            Column(_("Douteux"), items["is_doubtful"].map(yes).tolist(), "text", 9),
            plain(_("Compte"), "account"),
            plain(_("Activité"), "business_unit", width=16),
            plain(_("Commercial"), "salesperson", width=16),
            plain(_("Fichier source"), "source_file", width=26),
            plain(_("Feuille source"), "source_sheet", width=16),
            plain(_("Ligne source"), "source_row", "count", 9),
        ],
        freeze=2,
        notes=[_("Les totaux suivent le filtre.")],
    )


def _customers(results: "AuditResults", formats: Formats) -> Sheet:
    _, language = formats.gettext, formats.language
    people = results.customers[results.customers["gross_cents"].ne(0) | results.customers["receivable_cents"].ne(0)]
    people = people.sort_values("receivable_cents", ascending=False, kind="stable")
    positive = people["receivable_cents"].clip(lower=0)
    running = positive.cumsum() / max(int(positive.sum()), 1)

    def plain(title: str, name: str, kind: str = "text", width: float = 16, total: str = "") -> Column:
        return Column(title, column_values(people[name]), kind, width, total)

    return Sheet(
        _("Concentration"),
        [
            plain(_("Code"), "customer_id", width=13),
            plain(_("Client"), "name", width=38),
            Column(_("Type"), labels(people["customer_type"], language=language), "text", 15),
            Column(_("Zone"), labels(people["zone"], language=language), "text", 15),
            plain(_("Commercial"), "salesperson"),
            plain(_("Encours"), "receivable_cents", "amount", 17, "subtotal"),
            plain(_("Part de l’encours"), "share", "share", 10),
            Column(_("Part cumulée"), running.tolist(), "share", 10),
            plain(_("Encours brut"), "gross_cents", "amount", 17, "subtotal"),
            plain(_("Échu"), "overdue_cents", "amount", 17, "subtotal"),
            plain(_("Échu net"), "net_overdue_cents", "amount", 17, "subtotal"),
            plain(_("Crédits non affectés"), "unallocated_cents", "amount", 17, "subtotal"),
            plain(_("En litige"), "disputed_cents", "amount", 16, "subtotal"),
            plain(_("Plus ancien retard (jours)"), "oldest_days_overdue", "count", 12),
            plain(_("Ventes de la fenêtre"), "sales_window_cents", "amount", 17, "subtotal"),
        ],
        freeze=2,
    )


def _reconciliation(results: "AuditResults", formats: Formats) -> Sheet:
    """Each second source, then the differences by customer."""
    _ = formats.gettext
    ties, gaps = results.tie_out, results.differences
    ok = {True: _("rapproché"), False: _("écart")}
    source = [*ties["source"].tolist(), *([_("Écart par client")] * len(gaps))]
    status = [*(ok[bool(flag)] for flag in ties["ties"]), *([ok[False]] * len(gaps))]
    blank, blanks = [""] * len(ties), [None] * len(gaps)
    return Sheet(
        _("Rapprochement"),
        [
            Column(_("Source"), source, "text", 34),
            Column(
                _("Nature"),
                [*(label(kind, language=formats.language) for kind in ties["kind"]), *([""] * len(gaps))],
                "text",
                20,
            ),
            Column(_("À la date du"), [*column_values(ties["as_of_date"]), *blanks], "date", 12),
            Column(_("Code"), [*blank, *gaps["customer_id"].astype("str")], "text", 14),
            Column(_("Client"), [*blank, *gaps["name"]], "text", 38),
            Column(_("Grand livre"), _joined(ties["ledger_cents"], gaps["ledger_cents"]), "amount", 18),
            Column(_("Seconde source"), _joined(ties["total_cents"], gaps["second_source_cents"]), "amount", 18),
            Column(_("Écart"), _joined(ties["difference_cents"], gaps["difference_cents"]), "amount", 16),
            Column(_("Résultat"), status, "text", 14),
        ],
        notes=[_("Aucune seconde source n’a été fournie : l’encours n’est pas rapproché.")] if ties.empty else (),
    )


def _joined(first: pd.Series, second: pd.Series) -> list[float]:
    return [*(first.astype("float64") / 100), *(second.astype("float64") / 100)]


def _files(results: "AuditResults", formats: Formats) -> Sheet:
    _, language = formats.gettext, formats.language
    files = results.intake
    plain = (
        (_("Lignes lues"), "rows_read", "count"),
        (_("Chargées"), "rows_loaded", "count"),
        (_("Écartées"), "rows_skipped", "count"),
        (_("Rejetées"), "rows_rejected", "count"),
        (_("Débit"), "debit_cents", "amount"),
        (_("Crédit"), "credit_cents", "amount"),
    )
    return Sheet(
        _("Lecture des fichiers"),
        [
            Column(_("Fichier"), column_values(files["file"]), "text", 34),
            Column(_("Feuille"), column_values(files["sheet"]), "text", 20),
            Column(_("Nature"), labels(files["kind"], language=language), "text", 22),
            Column(_("Emploi"), labels(files["role"], language=language), "text", 20),
            *(
                Column(
                    title,
                    column_values(files[name]),
                    kind,
                    16 if kind == "amount" else 12,
                    total="sum" if kind == "count" else "",
                )
                for title, name, kind in plain
            ),
            Column(_("Remarque"), column_values(files["note"]), "wrapped", 60),
        ],
        notes=[_("Lignes lues = chargées + écartées (titres, sous-totaux, autres comptes) + rejetées.")],
    )


def _not_loaded(results: "AuditResults", formats: Formats) -> Sheet:
    _ = formats.gettext
    rows = results.rejected
    refused = rows["class"].astype("str") == "rejected"
    shown = pd.concat([rows[refused], rows[~refused].head(SKIPPED_SHOWN)])
    note = _("Lignes rejetées : {rejected} ; lignes écartées : {skipped}, dont affichées : {shown}.").format(
        rejected=formats.count(refused.sum()),
        skipped=formats.count((~refused).sum()),
        shown=formats.count(len(shown) - refused.sum()),
    )
    return Sheet(
        _("Lignes non chargées"),
        [
            Column(_("Fichier"), column_values(shown["source_file"]), "text", 34),
            Column(_("Feuille"), column_values(shown["source_sheet"]), "text", 20),
            Column(_("Ligne"), column_values(shown["source_row"]), "count", 9),
            Column(_("Classe"), labels(shown["class"], language=formats.language), "text", 18),
            Column(_("Motif"), column_values(shown["reason"]), "text", 50),
            Column(_("Texte de la ligne"), column_values(shown["text"]), "text", 80),
        ],
        notes=[note],
    )


def _findings(results: "AuditResults", formats: Formats) -> Sheet:
    _, language = formats.gettext, formats.language
    found = audit_findings(results, language=language)
    return Sheet(
        _("Constats"),
        [
            Column(_("Gravité"), labels(found["severity"], language=language), "text", 14),
            Column(_("Constat"), column_values(found["sentence"]), "wrapped", 110),
            Column(_("Lignes"), column_values(found["rows"]), "count", 10),
            Column(_("Montant"), column_values(found["amount_cents"]), "amount", 17),
            Column(_("Identifiant"), column_values(found["finding"]), "text", 28),
        ],
    )


SHEETS: tuple[Callable[["AuditResults", Formats], Sheet], ...] = (
    _aged_balance,
    _open_items,
    _customers,
    _reconciliation,
    _files,
    _not_loaded,
    _findings,
)
