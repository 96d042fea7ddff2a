"""Texts of the definitions about concentration and cost (INDICATORS.md 4, which is normative)."""

from auditlib.texts import N_

__all__ = ["RISK_TEXTS"]

RISK_TEXTS: dict[str, tuple[str, str, str, str]] = {
    "concentration_top1": (
        N_("Poids du premier client"),
        "share",
        N_("Part du premier client dans l’encours débiteur."),
        N_("Solde du premier client ÷ somme des soldes débiteurs"),
    ),
    "concentration_top5": (
        N_("Poids des 5 premiers clients"),
        "share",
        N_("Part des cinq premiers clients dans l’encours débiteur."),
        N_("Soldes des 5 premiers clients ÷ somme des soldes débiteurs"),
    ),
    "concentration_top10": (
        N_("Poids des 10 premiers clients"),
        "share",
        N_("Part des dix premiers clients dans l’encours débiteur."),
        N_("Soldes des 10 premiers clients ÷ somme des soldes débiteurs"),
    ),
    "concentration_top20": (
        N_("Poids des 20 premiers clients"),
        "share",
        N_("Part des vingt premiers clients dans l’encours débiteur."),
        N_("Soldes des 20 premiers clients ÷ somme des soldes débiteurs"),
    ),
    "concentration_hhi": (
        N_("Indice de Herfindahl"),
        "index",
        N_("Concentration de l’encours, de 0 (émietté) à 10 000 (un seul client)."),
        N_("Σ (part de chaque client en %)²"),
    ),
    "concentration_gini": (
        N_("Coefficient de Gini"),
        "coefficient",
        N_("Inégalité de répartition de l’encours, de 0 (égale) à 1."),
        N_("Aire entre la courbe de Lorenz et la diagonale × 2"),
    ),
    "financing_cost": (
        N_("Coût de financement des retards"),
        "amount_per_year",
        N_("Ce que coûte chaque année le financement de l’échu net."),
        N_("Échu net moyen des fins de mois × taux de financement"),
    ),
    "cash_per_dso_day": (
        N_("Trésorerie par jour de DSO"),
        "amount",
        N_("Trésorerie libérée par un jour de DSO gagné."),
        N_("Ventes TTC de la période ÷ nombre de jours de la période"),
    ),
    "cash_releasable": (
        N_("Trésorerie mobilisable"),
        "amount",
        N_("Échu net recouvrable au-delà de ce que laisse le taux d’échu visé."),
        N_("Échu net hors litige, douteux, retenues et groupe − échu au taux cible"),
    ),
    "provision_matrix": (
        N_("Dépréciation statistique"),
        "amount",
        N_("Perte attendue sur l’encours selon l’historique du client."),
        N_("Σ créance HT de la tranche × taux de passage vers la perte ; dossiers individuels à part"),
    ),
    "provision_booked": (
        N_("Dépréciation comptabilisée"),
        "amount",
        N_("Dépréciation des comptes clients portée dans les comptes."),
        N_("Solde créditeur des comptes 491"),
    ),
    "provision_deductible": (
        N_("Dépréciation fiscalement déductible"),
        "amount",
        N_("Dépréciation des dossiers douteux, en procédure ou en litige, justifiée créance par créance."),
        N_("Σ créance HT du dossier × taux apprécié ; la dépréciation statistique en est exclue"),
    ),
    "vat_recoverable": (
        N_("TVA récupérable sur liquidations"),
        "amount",
        N_("TVA payée sur des créances dont le débiteur est en liquidation judiciaire, encore réclamable."),
        N_("TVA contenue dans les créances sur débiteurs en liquidation, délai de réclamation non expiré"),
    ),
    "receivable_restated": (
        N_("Encours retraité"),
        "amount",
        N_("Encours majoré des créances cédées avec recours et des effets escomptés non échus."),
        N_("Encours + créances affacturées non réglées + effets escomptés non échus"),
    ),
    "subsequent_receipts": (
        N_("Encaissements postérieurs (60 jours)"),
        "share",
        N_("Part de l’encours réglée dans les 60 jours qui suivent la date d’arrêté."),
        N_("Règlements affectés de la date d’arrêté à 60 jours après ÷ encours à la date d’arrêté"),
    ),
    "subsequent_receipts_30d": (
        N_("Encaissements postérieurs à 30 jours"),
        "share",
        N_("Part de l’encours réglée dans les 30 jours qui suivent la date d’arrêté."),
        N_("Règlements affectés de la date d’arrêté à 30 jours après ÷ encours à la date d’arrêté"),
    ),
    "subsequent_receipts_60d": (
        N_("Encaissements postérieurs à 60 jours"),
        "share",
        N_("Part de l’encours réglée dans les 60 jours qui suivent la date d’arrêté."),
        N_("Règlements affectés de la date d’arrêté à 60 jours après ÷ encours à la date d’arrêté"),
    ),
    "insolvency_check_age": (
        N_("Ancienneté du contrôle des procédures collectives"),
        "days",
        N_("Jours écoulés à la date d’arrêté depuis la dernière consultation du BODACC."),
        N_("Date d’arrêté − date du contrôle, zéro si le contrôle lui est postérieur"),
    ),
    "compensating_sales": (
        N_("Ventes de compensation"),
        "amount",
        N_("Chiffre d’affaires à réaliser pour compenser les impayés."),
        N_("Impayés HT ÷ taux de marge"),
    ),
}
"""Label, unit, sentence and formula of each identifier."""
