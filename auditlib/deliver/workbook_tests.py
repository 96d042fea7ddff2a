"""Sheets on the audit tests: programme, rows pointed at, and the findings for the client to comment on."""

from collections.abc import Callable
from typing import TYPE_CHECKING

import pandas as pd

from auditlib.controls.sentences import conclusion, rule, title
from auditlib.controls.wording import DETAILS, OBJECTIVES, TESTS
from auditlib.deliver.labels import labels
from auditlib.deliver.sheets import Column, Sheet
from auditlib.deliver.workbook_measures import column_values
from auditlib.formats import Formats
from auditlib.working_papers import DECISIONS, STATUSES, working_papers

if TYPE_CHECKING:
    from auditlib.indicators import AuditResults

__all__ = ["SHEETS"]

ROWS_SHOWN = 5_000
"""Rows printed of each test; the rest is in data/test_rows.parquet, and the sheet says how many."""


def _programme(results: "AuditResults", formats: Formats) -> Sheet | None:
    """List every test: rule, population, exceptions, status and conclusion."""
    _, tests = formats.gettext, results.tests
    if not len(tests):
        return None
    rows = tests.to_dict("records")
    counted = results.test_rows["test"].astype("str").value_counts().reindex(tests["test"].astype("str")).fillna(0)
    statuses = {"exception": _("exceptions"), "clean": _("sans exception"), "not_tested": _("non testé")}

    def plain(heading: str, name: str, kind: str, width: float, total: str = "") -> Column:
        return Column(heading, column_values(tests[name]), kind, width, total)

    return Sheet(
        _("Programme de tests"),
        [
            Column(_("Test"), [title(row, formats) for row in rows], "wrapped", 30),
            Column(_("Objectif"), [_(OBJECTIVES[str(row["objective"])]) for row in rows], "text", 22),
            Column(_("Règle et paramètres"), [rule(row, formats) for row in rows], "wrapped", 60),
            plain(_("Lignes examinées"), "population_rows", "count", 12),
            plain(_("Montant examiné"), "population_cents", "amount", 18),
            plain(_("Exceptions (lignes)"), "rows", "count", 12, "sum"),
            plain(_("Exceptions (montant)"), "amount_cents", "amount", 18),
            Column(_("Lignes dans les données"), counted.astype("int64").tolist(), "count", 12, "sum"),
            Column(_("Statut"), [statuses[str(row["status"])] for row in rows], "text", 15),
            Column(_("Gravité"), labels(tests["severity"], language=formats.language), "text", 14),
            Column(_("Conclusion"), [conclusion(row, formats) for row in rows], "wrapped", 80),
            plain(_("Identifiant"), "test", "text", 26),
        ],
        notes=[_("Le nombre d’exceptions de chaque test est celui de ses lignes ; les deux totaux sont égaux.")],
    )


def _rows(results: "AuditResults", formats: Formats) -> Sheet | None:
    """List the rows of every test, each back to its source."""
    _, every = formats.gettext, results.test_rows
    if not len(every):
        return None
    shown = every[every.groupby("test", observed=True).cumcount() < ROWS_SHOWN]
    names = results.customers.set_index("customer_id")["name"]
    titles = {code: _(wording.title) for code, wording in TESTS.items()}
    details = {code: _(text) for code, text in DETAILS.items()}

    def plain(heading: str, name: str, kind: str = "text", width: float = 13) -> Column:
        return Column(heading, column_values(shown[name]), kind, width)

    note = _("Lignes : {count}, dont affichées : {shown}. Une ligne de montant nul est montrée pour comparaison ; les "
             "totaux suivent le filtre.").format(count=formats.count(len(every)), shown=formats.count(len(shown)))
    return Sheet(
        _("Lignes des tests"),
        [
            Column(_("Test"), shown["test"].astype("str").map(titles).tolist(), "text", 34),
            plain(_("Code"), "customer_id"),
            Column(_("Client"), shown["customer_id"].astype("str").map(names).fillna("").tolist(), "text", 34),
            plain(_("Pièce"), "document_ref", width=16),
            plain(_("Date de pièce"), "document_date", "date", 11),
            plain(_("Comptabilisé le"), "posting_date", "date", 12),
            plain(_("Échéance"), "due_date", "date", 11),
            plain(_("Montant de la pièce"), "item_cents", "amount", 16),
            Column(_("Montant en cause"), column_values(shown["amount_cents"]), "amount", 16, "subtotal"),
            Column(_("Constat de la ligne"), shown["detail"].astype("str").map(details).fillna("").tolist(), width=34),
            plain(_("Jours"), "days", "count", 9),
            Column(_("Ensemble"), _sets(shown), "count", 10),
            plain(_("Fichier source"), "source_file", width=26),
            plain(_("Feuille source"), "source_sheet", width=16),
            Column(_("Ligne source"), [row or None for row in shown["source_row"].tolist()], "count", 9),
            plain(_("Identifiant"), "test", width=26),
        ],
        freeze=3,
        notes=[note],
    )


def _sets(rows: pd.DataFrame) -> list[int | None]:
    return [number + 1 if number >= 0 else None for number in rows["set_number"].tolist()]


def _to_comment(results: "AuditResults", formats: Formats) -> Sheet | None:
    """Put the findings before the client: what he fills in comes back with the documents."""
    _, papers = formats.gettext, working_papers(results, language=formats.language)
    if not len(papers):
        return None

    def plain(heading: str, name: str, kind: str = "wrapped", width: float = 34) -> Column:
        return Column(heading, column_values(papers[name]), kind, width)

    decisions = {code: _(text) for code, text in DECISIONS.items()}
    statuses = {code: _(text) for code, text in STATUSES.items()}
    return Sheet(
        _("Constats à commenter"),
        [
            plain(_("Identifiant du constat"), "finding", "text", 26),
            Column(_("Gravité"), labels(papers["severity"], language=formats.language), "text", 14),
            plain(_("Constat"), "sentence", width=60),
            plain(_("Montant"), "amount_cents", "amount", 16),
            plain(_("Risque"), "risk"),
            plain(_("Causes habituelles"), "cause"),
            plain(_("Action proposée"), "action", width=40),
            plain(_("Responsable"), "owner", "answer", 24),
            plain(_("Date prévue"), "due_date", "answer_date", 13),
            plain(_("Réponse du client"), "answer", "answer", 50),
            Column(_("Décision"), papers["decision"].replace(decisions).tolist(), "answer", 16,
                   choices=tuple(decisions.values())),
            Column(_("Suivi"), papers["status"].map(statuses).tolist(), "text", 16),
        ],
        notes=[_("Remplir les cellules en jaune, puis renvoyer ce classeur avec les documents : les réponses "
                 "paraissent dans la version suivante du rapport.")],
    )


SHEETS: tuple[Callable[["AuditResults", Formats], Sheet | None], ...] = (_programme, _rows, _to_comment)
