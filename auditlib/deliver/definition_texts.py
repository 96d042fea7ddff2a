"""Texts of the definitions (INDICATORS.md 3 and 4, which are normative)."""

from auditlib.deliver.definition_texts_forecast import FORECAST_TEXTS
from auditlib.deliver.definition_texts_law import LAW_TEXTS
from auditlib.deliver.definition_texts_payers import PAYER_TEXTS
from auditlib.deliver.definition_texts_risk import RISK_TEXTS
from auditlib.texts import N_

__all__ = ["TEXTS"]

TEXTS: dict[str, tuple[str, str, str, str]] = {
    "ageing": (
        N_("Balance âgée"),
        "table",
        N_("Montants restant dus à la date d’arrêté, classés par jours de retard."),
        N_(
            "Soldes débiteurs par tranche de retard ; sans échéance, âge inconnu et crédits non affectés à part ; "
            "la somme est l’encours."
        ),
    ),
    "overdue_rate": (
        N_("Taux d’échu"),
        "share",
        N_("Part de l’encours brut dont l’échéance est dépassée."),
        N_("Échu ÷ (encours brut − sans échéance − âge inconnu)"),
    ),
    "overdue_rate_30": (
        N_("Taux d’échu à plus de 30 jours"),
        "share",
        N_("Part de l’encours brut en retard de plus de 30 jours."),
        N_("Échu depuis plus de 30 jours ÷ (encours brut − sans échéance − âge inconnu)"),
    ),
    "overdue_rate_60": (
        N_("Taux d’échu à plus de 60 jours"),
        "share",
        N_("Part de l’encours brut en retard de plus de 60 jours."),
        N_("Échu depuis plus de 60 jours ÷ (encours brut − sans échéance − âge inconnu)"),
    ),
    "overdue_rate_90": (
        N_("Taux d’échu à plus de 90 jours"),
        "share",
        N_("Part de l’encours brut en retard de plus de 90 jours."),
        N_("Échu depuis plus de 90 jours ÷ (encours brut − sans échéance − âge inconnu)"),
    ),
    "overdue_rate_net": (
        N_("Taux d’échu net"),
        "share",
        N_("Part en retard une fois déduits les règlements et avoirs reçus mais non affectés."),
        N_("Échu net ÷ somme des soldes clients débiteurs"),
    ),
    "dso": (
        N_("DSO (délai moyen de règlement)"),
        "days",
        N_("Nombre de jours de chiffre d’affaires TTC que représente l’encours."),
        N_("Encours ÷ ventes TTC de la période × nombre de jours de la période"),
    ),
    "dso_excl_doubtful": (
        N_("DSO hors douteux"),
        "days",
        N_("DSO sur le seul encours qui n’est ni douteux ni en procédure collective."),
        N_("Encours hors douteux ÷ ventes TTC de la période × nombre de jours"),
    ),
    "dso_external": (
        N_("DSO hors groupe"),
        "days",
        N_("DSO sans les sociétés du groupe."),
        N_("Encours hors groupe ÷ ventes TTC hors groupe × nombre de jours"),
    ),
    "dso_restated": (
        N_("DSO retraité"),
        "days",
        N_("DSO après réintégration des créances cédées avec recours et effets escomptés non échus."),
        N_("(Encours + créances cédées) ÷ ventes TTC de la période × nombre de jours"),
    ),
    "dso_count_back": (
        N_("DSO par épuisement"),
        "days",
        N_("Nombre de jours de ventes, en remontant depuis la date d’arrêté, encore impayés."),
        N_(
            "L’encours est imputé sur les ventes du dernier mois, puis du précédent, jusqu’à épuisement ; le "
            "dernier mois "
            "atteint compte au prorata."
        ),
    ),
    "dso_count_back_excl_doubtful": (
        N_("DSO par épuisement hors douteux"),
        "days",
        N_("DSO par épuisement sur l’encours hors créances douteuses."),
        N_("Encours hors douteux imputé sur les ventes des mois successifs, en remontant."),
    ),
    "dso_best_possible": (
        N_("DSO incompressible (non échu)"),
        "days",
        N_("Part du DSO due aux seules conditions de paiement accordées."),
        N_("Non échu ÷ ventes TTC de la période × nombre de jours"),
    ),
    "dso_late": (
        N_("DSO de retard"),
        "days",
        N_("Part du DSO due aux retards de paiement sans litige connu."),
        N_("Échu ni litigieux ni douteux ÷ ventes TTC de la période × nombre de jours"),
    ),
    "dso_disputed": (
        N_("DSO de litige"),
        "days",
        N_("Part du DSO due aux montants contestés."),
        N_("Montants en litige ÷ ventes TTC de la période × nombre de jours"),
    ),
    "dso_doubtful": (
        N_("DSO douteux"),
        "days",
        N_("Part du DSO due aux créances douteuses ou en procédure collective."),
        N_("Créances douteuses ÷ ventes TTC de la période × nombre de jours"),
    ),
    "dso_undated": (
        N_("DSO sans échéance"),
        "days",
        N_("Part du DSO due aux créances sans échéance ou d’âge inconnu."),
        N_("Sans échéance et âge inconnu ÷ ventes TTC de la période × nombre de jours"),
    ),
    "dso_unallocated": (
        N_("Effet des crédits non affectés sur le DSO"),
        "days",
        N_("Jours que les règlements et avoirs non affectés retirent au DSO (négatif ou nul)."),
        N_("Crédits non affectés ÷ ventes TTC de la période × nombre de jours"),
    ),
    "recovery_rate_1m": (
        N_("Taux de recouvrement à 1 mois"),
        "share",
        N_("Part des factures échues un mois donné qui est réglée à la fin du mois suivant."),
        N_(
            "Règlements affectés au plus tard fin M+1 ÷ (échu du mois M − avoirs affectés) ; 12 dernières "
            "cohortes mûres"
        ),
    ),
    "recovery_rate_3m": (
        N_("Taux de recouvrement à 3 mois"),
        "share",
        N_("Part des factures échues un mois donné qui est réglée à la fin du troisième mois suivant."),
        N_(
            "Règlements affectés au plus tard fin M+3 ÷ (échu du mois M − avoirs affectés) ; 12 dernières "
            "cohortes mûres"
        ),
    ),
    "recovery_rate_30d": (
        N_("Taux de recouvrement à 30 jours"),
        "share",
        N_("Part des factures réglée dans les 30 jours suivant leur échéance."),
        N_("Règlements au plus tard à l’échéance + 30 jours ÷ (échu − avoirs affectés)"),
    ),
    "recovery_rate_90d": (
        N_("Taux de recouvrement à 90 jours"),
        "share",
        N_("Part des factures réglée dans les 90 jours suivant leur échéance."),
        N_("Règlements au plus tard à l’échéance + 90 jours ÷ (échu − avoirs affectés)"),
    ),
    "recovery_rate_overdue_1m": (
        N_("Recouvrement de l’échu en 1 mois"),
        "share",
        N_("Part de l’échu d’il y a un mois qui a été réglée depuis."),
        N_("Règlements du mois sur l’échu d’ouverture ÷ (échu d’ouverture − avoirs affectés)"),
    ),
    "recovery_rate_overdue_3m": (
        N_("Recouvrement de l’échu en 3 mois"),
        "share",
        N_("Part de l’échu d’il y a trois mois qui a été réglée depuis."),
        N_("Règlements des 3 mois sur l’échu d’ouverture ÷ (échu d’ouverture − avoirs affectés)"),
    ),
    "weighted_days_to_pay": (
        N_("Délai moyen de paiement pondéré"),
        "days",
        N_("Jours entre la facture et son règlement, pondérés par les montants."),
        N_("Σ règlement × (date de règlement − date de facture) ÷ Σ règlements de la période"),
    ),
    "weighted_days_beyond_terms": (
        N_("Retard moyen pondéré"),
        "days",
        N_("Jours entre l’échéance et le règlement, pondérés ; négatif si payé en avance."),
        N_("Σ règlement × (date de règlement − échéance) ÷ Σ règlements de la période"),
    ),
    "median_days_beyond_terms_km": (
        N_("Retard médian (Kaplan–Meier)"),
        "days",
        N_("Retard au bout duquel la moitié des factures est réglée, factures encore ouvertes comprises."),
        N_("Médiane de Kaplan–Meier du délai jusqu’au règlement complet − délai contractuel"),
    ),
    "weighted_contract_terms": (
        N_("Délai contractuel moyen"),
        "days",
        N_("Délai de paiement accordé en moyenne, pondéré par les montants."),
        N_("Σ montant × (échéance − date de facture) ÷ Σ montants, factures à échéance donnée"),
    ),
    "collection_effectiveness_index": (
        N_("Indice d’efficacité du recouvrement"),
        "share",
        N_("Part de ce qui pouvait être encaissé sur 3 mois et qui l’a été."),
        N_("(Ouverture + ventes − clôture − pertes) ÷ (ouverture + ventes − non échu de clôture)"),
    ),
    "dilution_rate": (
        N_("Taux d’avoirs"),
        "share",
        N_("Part de la facturation annulée par des avoirs."),
        N_("Avoirs ÷ facturation brute de la période"),
    ),
    **RISK_TEXTS,
    **LAW_TEXTS,
    **PAYER_TEXTS,
    **FORECAST_TEXTS,
    "subsequent_receipts": (
        N_("Apurement postérieur"),
        "share",
        N_("Part de l’encours réglée après la date d’arrêté."),
        N_("Encours réglé à T + 30 et T + 60 jours ÷ encours à T"),
    ),
    "evolution": (
        N_("Évolution mensuelle"),
        "table",
        N_("Les mêmes mesures à chaque fin de mois."),
        N_("Reconstitution depuis le grand livre : chaque mois ne connaît que ce qui était comptabilisé."),
    ),
    "receivable": (
        N_("Encours clients"),
        "amount",
        N_("Ce que doivent les clients à la date d’arrêté, crédits non affectés déduits."),
        N_("Somme des restants dus = solde comptable du périmètre"),
    ),
    "gross": (
        N_("Encours brut"),
        "amount",
        N_("Somme des créances restant dues, sans déduire les crédits non affectés."),
        N_("Somme des restants dus débiteurs"),
    ),
    "net_overdue": (
        N_("Échu net"),
        "amount",
        N_("Ce qui est réellement en retard, seule base des relances et des actions."),
        N_("Par client : échu − crédits non affectés − acomptes disponibles, sans descendre sous zéro"),
    ),
    "unallocated_credits": (
        N_("Crédits non affectés"),
        "amount",
        N_("Règlements et avoirs reçus, non rattachés à une facture."),
        N_("Somme des restants dus créditeurs (négative ou nulle)"),
    ),
    "lettering_coverage": (
        N_("Couverture du lettrage"),
        "share",
        N_("Part des crédits de plus de 60 jours qui portent un code de lettrage."),
        N_("Crédits lettrés ÷ crédits comptabilisés plus de 60 jours avant la date d’arrêté"),
    ),
}
"""Label, unit, sentence and formula of each identifier."""
