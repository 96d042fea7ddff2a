"""The criteria of the self-assessment: 13 dimensions (DOMAIN.md D), each criterion with the kind of action it is."""

from dataclasses import dataclass

from auditlib.texts import N_

__all__ = ["ACTIONS", "AUTONOMY", "CRITERIA", "DIMENSIONS", "SCALE", "CriterionText"]

SCALE = (N_("inexistant"), N_("dépend des personnes"), N_("écrit"), N_("mesuré"), N_("mesuré et amélioré"))
"""What the scores 0 to 4 stand for."""

ACTIONS: dict[str, str] = {
    "preventive": N_("Action préventive"), "curative": N_("Action curative"), "dissuasive": N_("Action dissuasive")}
"""What keeps an invoice from being late, what brings a late one in, and what makes being late cost something."""

DIMENSIONS: dict[str, str] = {
    "policy": N_("Politique et rôles"),
    "account_opening": N_("Ouverture de compte"),
    "contract": N_("Contrat et conditions"),
    "order": N_("Commande et livraison"),
    "invoicing": N_("Facturation"),
    "exposure": N_("Suivi de l’encours"),
    "disputes": N_("Litiges"),
    "dunning": N_("Relance"),
    "litigation": N_("Contentieux"),
    "cash_application": N_("Affectation des règlements"),
    "reporting": N_("Pilotage"),
    "tools": N_("Outils et données"),
    "staffing": N_("Moyens"),
}
"""Title of each dimension."""


@dataclass(frozen=True)
class CriterionText:
    """One criterion: the kind of action it is, what is scored, and the evidence that would show it (French)."""

    action: str
    statement: str
    evidence: str


def _preventive(statement: str, evidence: str) -> CriterionText:
    return CriterionText("preventive", statement, evidence)


def _curative(statement: str, evidence: str) -> CriterionText:
    return CriterionText("curative", statement, evidence)


def _dissuasive(statement: str, evidence: str) -> CriterionText:
    return CriterionText("dissuasive", statement, evidence)


CRITERIA: dict[str, CriterionText] = {
    "policy.written": _preventive(
        N_("La politique de crédit est écrite et connue de ceux qui vendent"), N_("le document, sa date")),
    "policy.block": _dissuasive(
        N_("Une personne désignée peut bloquer une commande, et l’a fait"), N_("le dernier blocage")),
    "policy.bonus": _preventive(
        N_("La prime des commerciaux dépend des encaissements"), N_("le plan de rémunération")),
    "account_opening.identity": _preventive(
        N_("Le SIREN et la situation du client sont vérifiés avant la première livraison"), N_("une fiche récente")),
    "account_opening.limit": _preventive(
        N_("La limite de crédit repose sur des éléments écrits"), N_("la fiche de décision")),
    "account_opening.contacts": _preventive(
        N_("Le payeur, le circuit de validation et le portail sont relevés à l’ouverture"), N_("une fiche récente")),
    "contract.accepted": _preventive(
        N_("Les conditions de vente sont acceptées par écrit"), N_("un exemplaire signé")),
    "contract.penalties": _dissuasive(
        N_("Conditions et factures portent les pénalités et l’indemnité de 40 €, et elles sont réclamées"),
        N_("une facture, une réclamation")),
    "contract.retention": _dissuasive(
        N_("Réserve de propriété et suspension des livraisons sont prévues"), N_("la clause")),
    "contract.terms": _preventive(
        N_("Les délais accordés respectent le plafond légal et sont suivis"), N_("la liste des exceptions")),
    "order.reference": _preventive(
        N_("Le numéro de commande du client est exigé avant de livrer"), N_("une commande récente")),
    "order.proof": _preventive(
        N_("La preuve de livraison ou de service fait est classée avec la facture"), N_("un dossier pris au hasard")),
    "order.check": _preventive(
        N_("L’encours est contrôlé avant d’accepter une commande"), N_("l’écran ou la procédure")),
    "invoicing.delay": _preventive(
        N_("La facture part dans les deux jours de la livraison"), N_("le délai mesuré")),
    "invoicing.quality": _preventive(
        N_("Rejets et factures refaites sont comptés et expliqués"), N_("le relevé du mois")),
    "invoicing.platform": _preventive(
        N_("Facture électronique et Chorus Pro : les statuts sont suivis"), N_("le tableau des statuts")),
    "exposure.review": _preventive(
        N_("Les limites de crédit sont revues au moins une fois par an"), N_("la dernière revue")),
    "exposure.watch": _preventive(
        N_("Les défaillances sont surveillées (BODACC, assureur)"), N_("la dernière alerte")),
    "exposure.stop": _dissuasive(
        N_("Les livraisons s’arrêtent quand la limite est dépassée"), N_("un cas récent")),
    "disputes.codes": _curative(
        N_("Chaque litige a un motif, une date et un montant"), N_("la liste en cours")),
    "disputes.owner": _curative(
        N_("Chaque litige a un responsable et un délai de réponse"), N_("la liste en cours")),
    "disputes.causes": _preventive(
        N_("Les causes sont analysées et corrigées"), N_("la dernière action")),
    "dunning.before_due": _preventive(
        N_("Les gros montants sont confirmés avant l’échéance"), N_("le journal")),
    "dunning.scenarios": _curative(
        N_("La relance suit un scénario par type de client"), N_("le scénario")),
    "dunning.log": _curative(
        N_("Appels, relances et promesses sont notés avec leur date"), N_("le journal")),
    "dunning.promises": _curative(
        N_("Une promesse non tenue déclenche un appel le lendemain"), N_("un cas récent")),
    "litigation.trigger": _dissuasive(
        N_("Le jour et le montant du passage au contentieux sont fixés et tenus"), N_("la règle, un dossier")),
    "litigation.notice": _dissuasive(
        N_("La mise en demeure est complète et part à sa date"), N_("une lettre récente")),
    "litigation.partners": _dissuasive(
        N_("Avocat ou commissaire de justice sont choisis, leur taux de succès est suivi"), N_("le suivi")),
    "cash_application.daily": _curative(
        N_("Les règlements sont affectés sous deux jours"), N_("le dernier relevé")),
    "cash_application.unallocated": _curative(
        N_("Les règlements non affectés sont revus chaque mois"), N_("la liste du mois")),
    "cash_application.automatic": _curative(
        N_("Le lettrage est en grande partie automatique"), N_("la part mesurée")),
    "reporting.ageing": _curative(
        N_("La balance âgée est revue chaque mois avec la direction"), N_("le dernier compte rendu")),
    "reporting.target": _curative(
        N_("Le délai de règlement a une définition, un objectif et un responsable"), N_("le tableau de bord")),
    "reporting.forecast": _curative(
        N_("La prévision d’encaissement est comparée au réalisé"), N_("le dernier écart")),
    "tools.dunning": _curative(
        N_("L’outil de relance est relié à la comptabilité"), N_("une démonstration")),
    "tools.master": _preventive(
        N_("Le fichier clients est sans doublon et a un responsable"), N_("le contrôle")),
    "tools.history": _curative(
        N_("L’historique d’un client se lit en une minute"), N_("une démonstration")),
    "staffing.time": _curative(
        N_("Un temps fixe est réservé au recouvrement chaque semaine"), N_("l’agenda")),
    "staffing.training": _curative(
        N_("Les chargés de recouvrement sont formés au téléphone et au droit"), N_("la dernière formation")),
    "staffing.backup": _curative(
        N_("Un remplaçant sait reprendre le travail en cours"), N_("la dernière absence")),
}
"""By dimension and name: stable keys of the scores."""

AUTONOMY = ("policy.written", "dunning.scenarios", "litigation.notice", "tools.history", "staffing.time",
            "staffing.training", "staffing.backup")
"""Criteria that tell whether collection goes on without a third party and without one particular person."""
