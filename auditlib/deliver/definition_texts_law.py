"""Texts of the definitions about law (INDICATORS.md 4, which is normative)."""

from auditlib.texts import N_

__all__ = ["LAW_TEXTS"]

LAW_TEXTS: dict[str, tuple[str, str, str, str]] = {
    "late_interest": (
        N_("Pénalités de retard (droit théorique)"), "amount",
        N_("Ce que la loi permet de réclamer aux professionnels et acheteurs publics de France pour leurs retards."),
        N_("Échu net non contesté et règlements tardifs, TTC × taux de chaque semestre × jours ÷ 365 ; rien "
           "sur les particuliers, les avoirs, les retenues, le groupe, les créances prescrites, ni après "
           "un jugement d’ouverture"),
    ),
    "late_interest_abroad": (
        N_("Pénalités de retard, débiteurs hors de France"), "amount",
        N_("Le même calcul pour les débiteurs hors de France, dont la loi du contrat est à vérifier."),
        N_("Comme les pénalités de retard, au taux entre professionnels"),
    ),
    "late_interest_unconfirmed": (
        N_("Pénalités de retard, type à confirmer"), "amount",
        N_("Ce qui serait dû si les débiteurs de type inconnu étaient des professionnels."),
        N_("Comme les pénalités de retard, au taux entre professionnels"),
    ),
    "recovery_indemnity": (
        N_("Indemnités forfaitaires de 40 € (droit théorique)"), "amount",
        N_("Indemnité due par facture d’un professionnel ou d’un acheteur public payée en retard."),
        N_("40 € × factures en retard, une fois par facture"),
    ),
    "recovery_indemnity_abroad": (
        N_("Indemnités forfaitaires, débiteurs hors de France"), "amount",
        N_("Le même calcul pour les débiteurs hors de France, dont la loi du contrat est à vérifier."),
        N_("40 € × factures en retard, une fois par facture"),
    ),
    "recovery_indemnity_unconfirmed": (
        N_("Indemnités forfaitaires, type à confirmer"), "amount",
        N_("Ce qui serait dû si les débiteurs de type inconnu étaient des professionnels."),
        N_("40 € × factures en retard, une fois par facture"),
    ),
    "terms_over_cap": (
        N_("Délais supérieurs au plafond légal"), "share",
        N_("Part des facturations aux professionnels dont le délai convenu dépasse le plafond légal."),
        N_("Factures au-delà de la lecture légale la plus favorable ÷ factures aux professionnels dont l’échéance est "
           "convenue, sur la période"),
    ),
    "terms_over_cap_amount": (
        N_("Montant facturé au-delà du plafond légal"), "amount",
        N_("Facturations aux professionnels dont le délai convenu dépasse le plafond légal."),
        N_("Somme des factures au-delà de la lecture légale la plus favorable, sur la période"),
    ),
    "terms_over_cap_public": (
        N_("Délais publics supérieurs au plafond"), "share",
        N_("Part des facturations aux acheteurs publics dont le délai convenu dépasse le leur."),
        N_("Factures au-delà de 30, 50 ou 60 jours ÷ factures aux acheteurs publics dont l’échéance est convenue"),
    ),
    "prescription_at_risk": (
        N_("Créances prescrites dans les 12 mois"), "amount",
        N_("Échu net dont le droit d’agir s’éteint dans les douze mois."),
        N_("Échu net dont la date de prescription tombe dans les 12 mois, comptée du départ le plus tôt défendable"),
    ),
    "prescription_at_risk_6m": (
        N_("Créances prescrites dans les 6 mois"), "amount",
        N_("Échu net dont le droit d’agir s’éteint dans les six mois."),
        N_("Échu net dont la date de prescription tombe dans les 6 mois"),
    ),
    "prescription_at_risk_3m": (
        N_("Créances prescrites dans les 3 mois"), "amount",
        N_("Échu net dont le droit d’agir s’éteint dans les trois mois."),
        N_("Échu net dont la date de prescription tombe dans les 3 mois"),
    ),
    "prescription_lapsed": (
        N_("Créances déjà prescrites"), "amount",
        N_("Échu net dont le droit d’agir est éteint à la date d’arrêté."),
        N_("Échu net dont la date de prescription est passée"),
    ),
}
"""Label, unit, sentence and formula of each identifier."""
