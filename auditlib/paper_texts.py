"""Texts of the working papers: for each finding its risk, usual causes, the action proposed and who takes it."""

from typing import NamedTuple

from auditlib.finding_codes import FINDING_CODES
from auditlib.texts import N_

__all__ = ["DATA", "PaperText", "paper_text"]


class PaperText(NamedTuple):
    """Words of one working paper; French, for the catalogue."""

    risk: str
    cause: str
    action: str
    owner: str


ACCOUNTING = N_("Comptabilité clients")
CREDIT = N_("Crédit et recouvrement")
FINANCE = N_("Direction financière")
SALES = N_("Administration des ventes")
LEGAL = N_("Juridique")

TEXTS: dict[str, PaperText] = {
    "credit_balance_customers": PaperText(
        N_("Actif et passif compensés à tort ; remboursement ou facture oubliés."),
        N_("Acompte, double paiement, facture non émise, avoir en trop."),
        N_("Justifier chaque solde, facturer, rembourser ou reclasser au passif."), ACCOUNTING),
    "unallocated_receipts": PaperText(
        N_("Échu surestimé ; relance d’une facture déjà payée."),
        N_("Virement sans référence, lettrage en retard."),
        N_("Identifier puis affecter chaque règlement ; lettrer au fil de l’eau."), ACCOUNTING),
    "old_credit_notes": PaperText(
        N_("Échu surestimé ; remboursement exigible par le client."),
        N_("Avoir non imputé par le client, litige clos sans suivi."),
        N_("Imputer les avoirs sur les factures visées, avec l’accord du client."), ACCOUNTING),
    "duplicate_invoices": PaperText(
        N_("Créance fictive, chiffre d’affaires et TVA surévalués."),
        N_("Double saisie, import rejoué, deux livraisons identiques."),
        N_("Rapprocher des bons de livraison ; émettre un avoir si le doublon est avéré."), SALES),
    "cut_off_year": PaperText(
        N_("Chiffre d’affaires rattaché au mauvais exercice."),
        N_("Facturation décalée, clôture avancée."),
        N_("Comparer la livraison à la facture ; passer l’écriture de régularisation."), FINANCE),
    "cut_off": PaperText(
        N_("Encours incomplet à la date d’arrêté."),
        N_("Saisie tardive, journaux restés ouverts après la clôture."),
        N_("Justifier chaque écriture ; ajuster l’encours si elle lui appartient."), FINANCE),
    "late_posting": PaperText(
        N_("Échéance entamée avant tout suivi ; relance en retard."),
        N_("Circuit de validation long, factures saisies par lots."),
        N_("Raccourcir le délai entre livraison, facture et comptabilisation."), SALES),
    "reversed_sales": PaperText(
        N_("Chiffre d’affaires de clôture gonflé."),
        N_("Vente non livrée, retour prévu, pression sur les objectifs."),
        N_("Obtenir commande, bon de livraison et motif de l’avoir ; ajuster les comptes."), FINANCE),
    "late_validation": PaperText(
        N_("Écritures modifiables après coup ; valeur probante du FEC affaiblie."),
        N_("Validation en bloc à la clôture."),
        N_("Valider les journaux chaque mois."), FINANCE),
    "days_off": PaperText(
        N_("Écriture passée hors contrôle."),
        N_("Traitement automatique, travail exceptionnel, antidatage."),
        N_("Identifier l’auteur et le motif par sondage."), FINANCE),
    "round_sums": PaperText(
        N_("Écriture estimée ou sans pièce."),
        N_("Provision, acompte, régularisation globale."),
        N_("Produire la pièce de chaque écriture."), ACCOUNTING),
    "benford": PaperText(
        N_("Montants construits plutôt que constatés."),
        N_("Tarifs répétés, seuil d’autorisation, abonnements."),
        N_("Expliquer la série en excès ; sonder les pièces."), FINANCE),
    "re_aged_invoices": PaperText(
        N_("Retards masqués, dépréciation minorée."),
        N_("Report accordé, correction d’erreur, balance embellie."),
        N_("Obtenir l’accord écrit de chaque report ; rétablir l’échéance d’origine à défaut."), CREDIT),
    "rebilled_credit_notes": PaperText(
        N_("Retard remis à zéro, ancienneté masquée."),
        N_("Erreur de facturation corrigée, report déguisé."),
        N_("Rattacher la facture refaite à son échéance d’origine ; exiger un motif."), CREDIT),
    "related_parties": PaperText(
        N_("Encours et DSO faussés par le groupe."),
        N_("Convention de trésorerie, compensation non faite."),
        N_("Réconcilier les comptes réciproques ; compenser par convention écrite."), FINANCE),
    "terms_over_cap": PaperText(
        N_("Délai illégal financé par le fournisseur."),
        N_("Conditions imposées par le client, délai négocié sans contrôle."),
        N_("Rappeler le plafond légal et ramener les conditions en dessous."), SALES),
    "missing_due_dates": PaperText(
        N_("Retard invisible, relance impossible."),
        N_("Échéance non saisie, conditions absentes de la fiche client."),
        N_("Compléter les conditions de paiement des fiches clients."), ACCOUNTING),
    "due_at_issue": PaperText(
        N_("Retard surestimé, relances injustifiées."),
        N_("Vente au comptant, échéance par défaut du logiciel."),
        N_("Vérifier les conditions de paiement de ces clients."), ACCOUNTING),
    "dispute_without_code": PaperText(
        N_("Relance contre-productive ; avoir à établir non prévu."),
        N_("Litige connu du seul commercial, paiement partiel non analysé."),
        N_("Enregistrer chaque litige avec motif, montant, responsable et délai."), SALES),
    "insolvent_debtors": PaperText(
        N_("Perte non dépréciée ; poursuites interdites."),
        N_("Veille des procédures insuffisante."),
        N_("Arrêter relances et intérêts, transférer au compte 416, déprécier."), CREDIT),
    "claims_not_declared": PaperText(
        N_("Créance inopposable à la procédure : perte totale."),
        N_("Publication non surveillée, délai ignoré."),
        N_("Déclarer sans délai ; hors délai, demander un relevé de forclusion dans les six mois."), LEGAL),
    "receivable_concentration": PaperText(
        N_("Trésorerie dépendante de quelques débiteurs."),
        N_("Structure commerciale, plafonds non suivis."),
        N_("Fixer un plafond par débiteur ; assurer ou garantir les premiers."), FINANCE),
    "provision_shortfall": PaperText(
        N_("Actif et résultat surévalués."),
        N_("Revue des créances anciennes non faite à l’arrêté."),
        N_("Revoir chaque dossier ancien ; doter le compte 491 hors taxes."), FINANCE),
    "doubtful_coverage": PaperText(
        N_("Créance douteuse sans dépréciation, ou dépréciation sans objet."),
        N_("Reclassement et dotation passés séparément."),
        N_("Aligner les comptes 416 et 491, dossier par dossier."), ACCOUNTING),
    "prescription_near": PaperText(
        N_("Droit d’agir perdu."), N_("Dossier ancien sans acte interruptif."),
        N_("Obtenir une reconnaissance de dette ou saisir le juge avant la date."), LEGAL),
    "no_reminder": PaperText(
        N_("Retard qui dure faute de demande."), N_("Relances faites hors de l’outil, ou pas faites."),
        N_("Relancer et noter chaque relance."), CREDIT),
    "overdue_commitments": PaperText(
        N_("Client relancé à tort, ou qui retient son paiement à bon droit."),
        N_("Engagement pris au téléphone et confié à personne ; avoir ou duplicata en attente."),
        N_("Tenir l’engagement ou convenir d’une nouvelle date ; ne relancer qu’ensuite."), CREDIT),
    "partial_lettering": PaperText(
        N_("Balance encombrée, petites pertes non constatées."),
        N_("Frais bancaires, arrondis, escompte pris à tort."),
        N_("Solder selon un seuil écrit ; réclamer au-delà."), ACCOUNTING),
    "wrong_signs": PaperText(
        N_("Nature des écritures faussée : ventes, avoirs, règlements."),
        N_("Extourne en négatif, mauvais sens de saisie."),
        N_("Corriger le sens ; extourner par l’écriture inverse."), ACCOUNTING),
    "suspense_accounts": PaperText(
        N_("Règlements de clients restés en attente."), N_("Encaissement non identifié."),
        N_("Justifier et solder les comptes d’attente avant l’arrêté."), ACCOUNTING),
    "overdue_bills": PaperText(
        N_("Effet impayé présenté comme à encaisser."), N_("Retour d’effet non comptabilisé, remise oubliée."),
        N_("Rapprocher de la banque ; repasser les impayés au compte 411."), ACCOUNTING),
    "subsequent_cash": PaperText(
        N_("Créance inexistante ou irrécouvrable."), N_("Litige, retard, facture sans contrepartie."),
        N_("Justifier chaque pièce par commande, livraison et confirmation du client."), FINANCE),
    "same_identity": PaperText(
        N_("Plafond contourné, encours éclaté."), N_("Fiche créée deux fois, établissements d’une même société."),
        N_("Fusionner ou rattacher les fiches ; suivre le plafond par débiteur."), SALES),
    "returned_payments": PaperText(
        N_("Débiteur en difficulté ; encaissement annulé."), N_("Provision insuffisante, opposition, erreur bancaire."),
        N_("Appeler le jour même ; revoir le plafond et le moyen de paiement."), CREDIT),
    "broken_lettering": PaperText(
        N_("Solde par facture faux."), N_("Lettrage partiel, écriture modifiée après lettrage."),
        N_("Délettrer et reprendre chaque groupe."), ACCOUNTING),
    "broken_tie": PaperText(
        N_("Encours non fiable."), N_("Extraits à des dates différentes, écritures manuelles."),
        N_("Expliquer l’écart, client par client, avant toute conclusion."), FINANCE),
    "overdue_over_90_days": PaperText(
        N_("Perte probable, dépréciation à constater."), N_("Relances tardives, litiges non traités."),
        N_("Traiter les dossiers un par un, du plus gros au plus petit."), CREDIT),
    "overdue_concentration": PaperText(
        N_("Retard porté par quelques débiteurs."), N_("Plafonds non suivis, grands comptes peu relancés."),
        N_("Nommer un responsable par débiteur et commencer par eux."), CREDIT),
    "low_lettering_coverage": PaperText(
        N_("État des créances en partie déduit, et non constaté."), N_("Lettrage non tenu."),
        N_("Reprendre le lettrage ; le tenir chaque semaine."), ACCOUNTING),
}
CLAUSES = PaperText(
    N_("Créance mal protégée, amende administrative, clause inopposable."),
    N_("Conditions générales anciennes, ou jamais revues par un juriste."),
    N_("Compléter les conditions générales de vente et les faire accepter avant la livraison."), LEGAL)
STIPULATED = PaperText(
    N_("Clause réputée non écrite, amende administrative, pénalités discutées."),
    N_("Taux ou délai repris d’un ancien modèle, textes non rapprochés."),
    N_("Retenir un taux et un délai conformes, les mêmes dans tous les documents et au paramétrage."), LEGAL)
MENTIONS = PaperText(
    N_("Amendes fiscale et administrative ; facture contestée ou payée plus tard."),
    N_("Modèle de facture du logiciel non tenu à jour."),
    N_("Corriger le modèle de facture et vérifier la première facture émise ensuite."), SALES)
EXTERNAL = PaperText(
    N_("Créances surévaluées ou contrôle insuffisant, déjà signalés."),
    N_("Recommandations restées sans suite."),
    N_("Obtenir la réponse de la direction à chaque point et la comparer aux constats de l’audit."), FINANCE)
MATCHING = PaperText(
    N_("Affectation des règlements en partie déduite."), N_("Lettrage incomplet ou absent."),
    N_("Confirmer ou corriger le rapprochement proposé."), ACCOUNTING)
DATA = PaperText(
    N_("Mesures fondées sur des documents incomplets ou ambigus."), N_("Extraction, paramétrage ou saisie."),
    N_("Confirmer la lecture des documents, ou en fournir de nouveaux."), ACCOUNTING)
SOURCES = PaperText(
    N_("Deux sources ne donnent pas le même encours."), N_("Dates d’extraction ou périmètres différents."),
    N_("Expliquer la différence et fournir les sources à une même date."), ACCOUNTING)
INFERRED = PaperText(
    N_("Retards calculés sur des échéances que personne n’a vérifiées."), N_("Échéances absentes de l’extraction."),
    N_("Faire confirmer les conditions de paiement de ces clients."), ACCOUNTING)
ADJUSTED = PaperText(
    N_("Comptes qui ne portent pas encore la correction."), N_("Écriture ou donnée erronée dans les comptes."),
    N_("Faire confirmer chaque ajustement par la comptabilité, et l’enregistrer dans les comptes."), ACCOUNTING)
REFUSED = PaperText(
    N_("Correction voulue, sans effet sur les chiffres."), N_("Ligne incomplète, ou pièce introuvable."),
    N_("Reprendre la ligne dans le classeur des ajustements."), N_("Cabinet d’audit"))
FAMILIES = {
    "due_dates_inferred": INFERRED, "adjustments_applied": ADJUSTED, "adjustments_rejected": REFUSED,
    **dict.fromkeys(("no_lettering", "matching_proposals", "matching_replacements", "matching_by_fifo",
                     "unallocated_credits"), MATCHING),
    **dict.fromkeys(("compensating_differences", "ageing_differs", "source_not_comparable", "as_of_date_differs",
                     "broken_totals", "opening_differs", "openings_already_loaded", "rows_in_two_files",
                     "source_not_used", "file_name_date_differs", "same_file_twice", "sources_differ",
                     "row_count_differs"), SOURCES),
    **dict.fromkeys(("terms_payment_term_missing", "terms_penalty_missing", "terms_indemnity_missing",
                     "terms_discount_missing", "terms_retention_missing", "terms_suspension_missing",
                     "terms_jurisdiction_missing", "terms_not_accepted"), CLAUSES),
    **dict.fromkeys(("terms_of_sale_over_cap", "terms_of_sale_unread", "default_terms_differ",
                     "default_terms_proposed", "contract_rate_below_floor", "contract_rate_differs"), STIPULATED),
    **dict.fromkeys(("invoice_penalty_missing", "invoice_indemnity_missing", "invoice_mentions_missing",
                     "invoice_reform_mentions_missing"), MENTIONS),
    **dict.fromkeys(("auditors_reservation", "auditors_receivable_points"), EXTERNAL),
}


def paper_text(finding: str) -> PaperText:
    """Return the texts of a finding; what is about the documents themselves shares its texts.

    Raises
    ------
    KeyError
        If no finding has this code (`auditlib.finding_codes`).
    """
    if finding not in FINDING_CODES:
        raise KeyError(finding)
    return TEXTS.get(finding) or FAMILIES.get(finding, DATA)
