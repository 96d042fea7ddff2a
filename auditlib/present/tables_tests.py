"""Tables of the audit tests and of the working papers, as a notebook shows them."""

from typing import TYPE_CHECKING

from auditlib.controls.sentences import conclusion, title
from auditlib.controls.wording import DETAILS, OBJECTIVES
from auditlib.deliver.labels import label
from auditlib.formats import Formats
from auditlib.present.markup import Cell, Column, Html, table
from auditlib.present.switch import redrawn
from auditlib.present.tables import SEVERITY_TONES
from auditlib.working_papers import STATUSES, working_papers

if TYPE_CHECKING:
    from auditlib.audit_results import AuditResults

__all__ = ["papers", "programme", "rows"]

ROWS_SHOWN = 50


@redrawn
def programme(results: "AuditResults", formats: Formats) -> Html:
    """Return every audit test: exceptions first by gravity, then those without, then those not made and why."""
    _ = formats.gettext
    columns = (Column(_("Test")), Column(_("Résultat")), Column(_("Lignes"), "number"),
               Column(_("Montant"), "number"), Column(_("Conclusion"), "wide"))
    if not len(results.tests):
        return table(columns, [], empty=_("Les documents reçus ne permettent pas les tests."))
    ranks = {"serious": 0, "warning": 1, "info": 2}
    places = {"exception": 0, "clean": 1, "not_tested": 2}
    tests = results.tests.assign(
        place=results.tests["status"].astype("str").map(places),
        gravity=results.tests["severity"].astype("str").map(ranks).fillna(3))
    ordered = tests.sort_values(["place", "gravity"], kind="stable").to_dict("records")
    names = {"clean": _("sans exception"), "not_tested": _("non testé")}
    printed = [
        (
            Cell(title(row, formats), detail=_(OBJECTIVES[str(row["objective"])])),
            Cell(names.get(str(row["status"])) or label(row["severity"], language=formats.language),
                 tone="good" if row["status"] == "clean" else SEVERITY_TONES.get(str(row["severity"]), "")),
            formats.count(row["rows"]) if row["rows"] else "–",
            formats.cents(row["amount_cents"]) if row["rows"] else "–",
            conclusion(row, formats),
        )
        for row in ordered
    ]
    return table(columns, printed)


@redrawn
def rows(results: "AuditResults", formats: Formats, *, test: str, count: int = ROWS_SHOWN) -> Html:
    """Return the largest exceptions of one test, each back to its source row.

    Parameters
    ----------
    results : AuditResults
    test : str
        Code of the test.
    count : int
        Rows shown.
    language : {"fr", "en"}
    """
    _ = formats.gettext
    every = results.test_rows
    own = every[every["test"] == test] if len(every) else every
    order = own["amount_cents"].abs().sort_values(ascending=False, kind="stable").index if len(own) else own.index
    shown = own.loc[order[:count]]
    names = results.customers.set_index("customer_id")["name"]
    columns = (Column(_("Client"), "wide"), Column(_("Pièce")), Column(_("Date de pièce")), Column(_("Échéance")),
               Column(_("Montant en cause"), "number"), Column(_("Constat de la ligne")), Column(_("Source")))
    printed = [
        (
            Cell(str(names.get(row["customer_id"], row["customer_id"])), detail=str(row["customer_id"])),
            str(row["document_ref"]), formats.short_date(row["document_date"]), formats.short_date(row["due_date"]),
            formats.cents(row["amount_cents"]),
            Cell(_(DETAILS.get(str(row["detail"]), "")), detail="" if row["days"] != row["days"] else formats.days(
                row["days"], digits=0)),
            Cell(str(row["source_file"]), detail=_source(row["source_sheet"], row["source_row"], formats)),
        )
        for row in shown.to_dict("records")
    ]
    hidden = len(own) - len(shown)
    note = _("et {count} autres, moindres").format(count=formats.count(hidden)) if hidden else ""
    return table(columns, printed, empty=_("Aucune exception."), note=note)


@redrawn
def papers(results: "AuditResults", formats: Formats) -> Html:
    """Return the working papers: each finding with risk, cause, action, owner, date, and the client's answer."""
    _ = formats.gettext
    columns = (Column(_("Constat"), "wide"), Column(_("Risque et causes")), Column(_("Action")),
               Column(_("Responsable")), Column(_("Réponse du client")))
    printed = [
        (
            Cell(row["sentence"], detail=label(row["severity"], language=formats.language),
                 tone=SEVERITY_TONES.get(str(row["severity"]), "")),
            Cell(row["risk"], detail=row["cause"]), row["action"],
            Cell(row["owner"], detail="" if formats.short_date(row["due_date"]) == "–" else formats.short_date(
                row["due_date"])),
            Cell(row["answer"] or _(STATUSES[str(row["status"])]), detail=row["decision"]),
        )
        for row in working_papers(results, language=formats.language).to_dict("records")
    ]
    return table(columns, printed, empty=_("Aucun constat."))


def _source(sheet: str, row: int, formats: Formats) -> str:
    place = formats.gettext("ligne {row}").format(row=row) if row else ""
    return " · ".join(filter(None, (str(sheet), place)))

