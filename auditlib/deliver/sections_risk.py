"""Sections on what may be lost."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from auditlib.deliver import svg
from auditlib.deliver.definitions import definition
from auditlib.deliver.parts import Section, Table, chart, table, text_rows
from auditlib.deliver.rows_risk import failure_rows, failure_titles, provision_rows, provision_titles
from auditlib.formats import Formats
from auditlib.present.figures_risk import roll_flow, transition

if TYPE_CHECKING:
    from auditlib.indicators import AuditResults

__all__ = ["SECTIONS"]

BESIDE = ("provision_matrix", "provision_deductible", "provision_booked", "vat_recoverable")
UNSETTLED_SHOWN = 10


def provisions(results: "AuditResults", formats: Formats) -> Section | None:
    """Compose "Combien risque-t-on de ne jamais encaisser ?"; None without open items."""
    _, entries = formats.gettext, results.summary["indicators"]
    if results.provisions.empty:
        return None
    matrix, booked = (entries[name]["value"] for name in ("provision_matrix", "provision_booked"))
    if matrix is None:
        sentence = _("La perte statistique n’est pas disponible. {reason}").format(
            reason=formats.stored(entries["provision_matrix"]["reason"]))
    else:
        sentence = _("D’après les passages d’un mois à l’autre, {amount} hors taxes sont à attendre en pertes, hors "
                     "dossiers appréciés un par un ; les comptes portent {booked} de dépréciation.").format(
            amount=formats.amount(matrix), booked=formats.measure(booked, "amount"))
    figure = roll_flow(results, formats)
    matrix_rows = provision_rows(results, formats)
    tables = [table(provision_titles(formats), "lrrrrrr", matrix_rows, has_total=True), _beside(results, formats)]
    if figure is not None:
        tables.append(_rolls(results, formats))
    return Section(
        "provisions", _("Les dépréciations"), _("Combien risque-t-on de ne jamais encaisser ?"), sentence,
        charts=(chart(svg.bars, figure, formats),) if figure else (), tables=tuple(tables),
        meaning=_("La matrice est une estimation de gestion. Seule la dépréciation justifiée dossier par dossier, sur "
                  "le montant hors taxes, peut être déduite (CGI, art. 39, 1-5°)."),
        action=_("Documenter chaque dossier douteux (relances, procédure, probabilité de perte), puis rapprocher le "
                 "total du compte 491."))


def _beside(results: "AuditResults", formats: Formats) -> Table:
    """Set the matrix beside the books: the deductible part, accounts 491 and 416, and the VAT to recover."""
    _, entries = formats.gettext, results.summary["indicators"]
    rows = [(definition(name, language=formats.language).label, formats.measure(entries[name]["value"], "amount"),
             formats.stored(entries[name]["reason"] or entries[name]["note"])) for name in BESIDE]
    doubtful = results.provisions.loc[results.provisions["class"] == "doubtful", "gross_cents"]
    rows.insert(3, (_("Créances inscrites en 416"), formats.cents(int(doubtful.sum())), _("TTC, dans l’encours.")))
    titles = [_("Mesure"), _("Montant"), _("Lecture")]
    return table(titles, "lrl", rows, title=_("À côté des comptes"), widths=(0, 0, 1))


def _rolls(results: "AuditResults", formats: Formats) -> Table:
    _, rolls = formats.gettext, results.roll_rates
    named = rolls.assign(step=[transition(start, end, formats) for start, end in zip(
        rolls["from_bucket"], rolls["to_bucket"], strict=True)])
    columns: dict[str, Callable[[Any], str]] = {
        "step": str, "rate": formats.share, "volume_cents": formats.cents, "arrived_cents": formats.cents}
    titles = [_("Passage"), _("Taux"), _("Volume observé"), _("Passé à la tranche suivante")]
    months = _("Taux de passage sur {months} mois").format(months=formats.count(int(rolls["transitions"].iloc[0])))
    return table(titles, "lrrr", text_rows(named, columns), title=months)


def subsequent(results: "AuditResults", formats: Formats) -> Section | None:
    """Compose "L’encours a-t-il été réglé depuis ?"; None where the documents stop at the as-of date."""
    _, entries = formats.gettext, results.summary["indicators"]
    thirty, sixty = (entries.get(f"subsequent_receipts_{days}d", {}).get("value") for days in (30, 60))
    if thirty is None:
        return None
    left = results.subsequent
    names = results.customers.set_index("customer_id")["name"]
    shown = left.head(UNSETTLED_SHOWN)
    rows = text_rows(shown.assign(name=shown["customer_id"].astype("str").map(names)), {
        "name": str, "document_ref": str, "due_date": formats.short_date, "residual_cents": formats.cents,
        "settled_cents": formats.cents, "left_cents": formats.cents})
    titles = [_("Client"), _("Pièce"), _("Échéance"), _("Dû à la date d’arrêté"), _("Réglé depuis"), _("Non réglé")]
    return Section(
        "subsequent", _("Les encaissements postérieurs"), _("L’encours a-t-il été réglé depuis ?"),
        _("{thirty} de l’encours étaient réglés 30 jours après la date d’arrêté, {sixty} après 60 jours.").format(
            thirty=formats.share(thirty), sixty=formats.measure(sixty, "share")),
        tables=(table(titles, "lllrrr", rows),),
        meaning=_("Ce qui a été encaissé depuis existait et valait son montant ; ce qui ne l’a pas été reste à "
                  "justifier : {amount}.").format(amount=formats.cents(int(left["left_cents"].sum()))),
        action=_("Obtenir, pour chaque pièce non réglée, la preuve de livraison ou la réponse du client."))


def failure(results: "AuditResults", formats: Formats) -> Section | None:
    """Compose "Que coûterait la défaillance d’un grand client ?"; None where no customer owes anything."""
    _, entries = formats.gettext, results.summary["indicators"]
    rows = failure_rows(results, formats) if len(results.exposures) else []
    if not rows:
        return None
    missing = [formats.stored(entries[name]["reason"]) for name in ("compensating_sales", "vat_recoverable")
               if entries.get(name, {}).get("reason")]
    age = entries["insolvency_check_age"]
    return Section(
        "failure", _("La défaillance d’un client"), _("Que coûterait la défaillance d’un grand client ?"),
        _("Si « {name} » ne payait plus, {cash} de trésorerie manqueraient, soit {loss} de perte hors taxes.").format(
            name=rows[0][0], cash=rows[0][1], loss=rows[0][2]),
        tables=(table(failure_titles(formats), "lrrrrrr", rows, widths=(4, 2, 2, 2, 2, 2, 2)),),
        meaning=" ".join([_("La TVA payée se récupère à la liquidation du débiteur ou quand la créance est "
                            "définitivement irrécouvrable (CGI, art. 272, 1) ; la trésorerie, elle, manque tout de "
                            "suite."), *missing]),
        action=" ".join([_("Fixer une limite de crédit à ces clients et surveiller leurs incidents de paiement."),
                         formats.stored(age["reason"] or age["note"])]))


def restated(results: "AuditResults", formats: Formats) -> Section | None:
    """Compose "Que devient l’encours avec les créances cédées ?"; None where none was declared."""
    _, entries = formats.gettext, results.summary["indicators"]
    entry = entries.get("receivable_restated", {})
    if entry.get("value") is None:
        return None
    names = ("receivable_restated", "dso", "dso_restated")
    rows = [(_("Encours"), formats.amount(results.summary["receivable"]["total"]))]
    rows += [(definition(name, language=formats.language).label, formats.measure(
        entries[name]["value"], entries[name]["unit"])) for name in names]
    return Section(
        "restated", _("Les créances cédées avec recours"), _("Que devient l’encours avec les créances cédées ?"),
        _("{amount} de créances cédées avec recours ou escomptées restent à la charge du client si le débiteur ne paie "
          "pas.").format(amount=formats.amount(entry["basis_amount"])),
        tables=(table([_("Mesure"), _("Valeur")], "lr", rows),),
        meaning=_("Céder une créance avec recours donne de la trésorerie sans réduire le risque ni le délai réel."),
        action=_("Suivre le délai retraité, et rapprocher le relevé du factor de ces créances."))


SECTIONS: tuple[Callable[["AuditResults", Formats], Section | None], ...] = (
    provisions, subsequent, failure, restated)
