"""Sections on what the law gives and takes."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from auditlib.deliver.parts import Section, table
from auditlib.deliver.rows_law import (
    debtor_rows,
    debtor_titles,
    half_year_rows,
    half_year_titles,
    legal_rows,
    legal_titles,
    over_cap_rows,
    over_cap_titles,
    prescription_rows,
    prescription_titles,
)
from auditlib.formats import Formats

if TYPE_CHECKING:
    from auditlib.indicators import AuditResults

__all__ = ["SECTIONS"]

DEBTORS_SHOWN, CLAIMS_SHOWN = 10, 15


def late_interest(results: "AuditResults", formats: Formats) -> Section | None:
    """Compose "Que pourrait-on réclamer pour les retards ?"; None without open items."""
    _, entries = formats.gettext, results.summary["indicators"]
    lines = results.late_interest
    interest, indemnity = entries.get("late_interest"), entries.get("recovery_indemnity")
    if not len(lines.columns) or interest is None or indemnity is None:
        return None
    if interest["value"] is None:
        sentence = _("Les pénalités de retard ne sont pas disponibles. {reason}").format(
            reason=formats.stored(interest["reason"]))
    else:
        sentence = _("À titre de droit théorique, les retards de paiement des professionnels et des acheteurs publics "
                     "de France ouvrent droit à {interest} de pénalités et à {indemnity} d’indemnités forfaitaires, "
                     "pour {claims} factures.").format(
            interest=formats.amount(interest["value"]), indemnity=formats.measure(indemnity["value"], "amount"),
            claims=formats.count(interest["basis_items"]))
    tables = []
    if by_half := half_year_rows(results, formats):
        tables.append(table(half_year_titles(formats), "lrrrr", by_half, title=_("Pénalités par semestre"),
                            has_total=True))
    if top := debtor_rows(results, formats, count=DEBTORS_SHOWN):
        tables.append(table(debtor_titles(formats), "llrrrr", top, title=_("Premiers débiteurs")))
    return Section(
        "late_interest", _("Pénalités et indemnités de retard"), _("Que pourrait-on réclamer pour les retards ?"),
        " ".join(filter(None, [sentence, formats.stored(interest["note"])])), tables=tuple(tables),
        meaning=_("C’est un droit, non une créance comptabilisée ni une recommandation de tout réclamer. Les "
                  "particuliers n’en doivent rien : ni pénalités professionnelles, ni indemnité de 40 €."),
        action=_("Rappeler ce droit dans chaque mise en demeure, décider client par client de l’exercer ou de s’en "
                 "servir pour obtenir le principal, et vérifier d’abord les types et les litiges."))


def over_cap(results: "AuditResults", formats: Formats) -> Section | None:
    """Compose "Des délais accordés dépassent-ils la loi ?"; None where no invoice could be judged."""
    _, entries = formats.gettext, results.summary["indicators"]
    share, amount = entries.get("terms_over_cap"), entries.get("terms_over_cap_amount")
    if share is None or amount is None or share["value"] is None:
        return None
    public = entries["terms_over_cap_public"]["value"]
    said = [_("{share} des facturations aux professionnels dont l’échéance est convenue, soit {amount}, dépassent le "
              "plafond légal.").format(share=formats.share(share["value"]), amount=formats.amount(amount["value"]))]
    if public is not None:
        said.append(_("Pour les acheteurs publics, cette part est de {share}.").format(share=formats.share(public)))
    rows = over_cap_rows(results, formats, count=DEBTORS_SHOWN)
    return Section(
        "over_cap", _("Les délais au-delà du plafond légal"), _("Des délais accordés dépassent-ils la loi ?"),
        " ".join(filter(None, [*said, formats.stored(share["note"])])),
        tables=(table(over_cap_titles(formats), "llrrrr", rows),) if rows else (),
        meaning=_("L’amende vise le client qui paie au-delà du plafond ; pour l’entreprise auditée, un délai illégal "
                  "est un motif d’exiger un paiement plus rapide."),
        action=_("Vérifier les secteurs à plafond propre, puis renégocier les conditions de ces clients."))


def prescription(results: "AuditResults", formats: Formats) -> Section | None:
    """Compose "Quelles créances allons-nous perdre faute d’agir ?"; None without open items."""
    _, entries = formats.gettext, results.summary["indicators"]
    risk, lapsed = entries.get("prescription_at_risk"), entries.get("prescription_lapsed")
    if risk is None or lapsed is None or risk["value"] is None or lapsed["value"] is None:
        return None
    said = (_("{risk} d’échu net se prescrivent dans les douze mois, dont {three} dans les trois mois ; {lapsed} le "
              "sont déjà.") if risk["value"] or lapsed["value"]
            else _("Aucun échu net n’est prescrit ni ne se prescrit dans les douze mois."))
    sentence = said.format(
        risk=formats.amount(risk["value"]), lapsed=formats.amount(lapsed["value"]),
        three=formats.measure(entries["prescription_at_risk_3m"]["value"], "amount"))
    rows = prescription_rows(results, formats, count=CLAIMS_SHOWN)
    return Section(
        "prescription", _("La prescription"), _("Quelles créances allons-nous perdre faute d’agir ?"),
        " ".join(filter(None, [sentence, formats.stored(risk["note"])])),
        tables=(table(prescription_titles(formats), "lllllrl", rows, widths=(3, 2, 2, 0, 0, 0, 2)),) if rows else (),
        meaning=_("Une mise en demeure n’interrompt pas la prescription ; une reconnaissance de dette, un acompte, une "
                  "action en justice ou une déclaration de créance, si. Contre une personne publique, une demande "
                  "écrite de paiement suffit."),
        action=_("Obtenir avant la date une reconnaissance écrite ou un acompte, sinon saisir le juge."))


def legal_annex(results: "AuditResults", formats: Formats) -> Section | None:
    """Compose the annex of legal parameters used, with their sources; None where none was."""
    _, rates = formats.gettext, results.legal_rates
    if rates.empty:
        return None
    rows = legal_rows(rates[rates["is_used"]], formats)
    unsure = int((rates["is_used"] & (rates["status"] != "verified")).sum())
    return Section(
        "legal_rates", _("Annexe : les paramètres légaux"), _("Sur quels textes et quels taux reposent ces calculs ?"),
        _("Paramètres utilisés : {count}, dont à vérifier : {unsure}.").format(count=len(rows), unsure=unsure),
        tables=(table(legal_titles(formats), "lrlll", rows, widths=(13, 9, 13, 26, 0), is_dense=True),),
        meaning=_("Chaque paramètre est une ligne datée avec sa source ; ceci n’est pas un avis juridique."),
        action=_("Relire à la source tout paramètre « à vérifier » avant une réclamation.") if unsure else "")


SECTIONS: tuple[Callable[["AuditResults", Formats], Section | None], ...] = (
    late_interest, over_cap, prescription, legal_annex)
